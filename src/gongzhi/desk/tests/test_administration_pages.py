"""系统管理, page by page: who reads what, what stands there, and that nothing shows a code or somebody's data."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongzhi.accounts.facts import SignInFailed
from gongzhi.accounts.history import fail_sign_in
from gongzhi.accounts.models import Account
from gongzhi.acts import log
from gongzhi.acts.check import findings_of
from gongzhi.acts.door import ACTIONS, SYSTEM
from gongzhi.acts.models import Act, Chain
from gongzhi.desk.administration import audit
from gongzhi.desk.administration.act_titles import title_of
from gongzhi.desk.administration_urls import urlpatterns
from gongzhi.desk.models import Draft
from gongzhi.law.actions import set_local_value
from gongzhi.law.facts import SetLocalValue
from gongzhi.law.models import LocalSetting
from gongzhi.messages.models import Message
from gongzhi.papers.tests.test_seals import drawn
from gongzhi.procedures.models import JobFailure
from gongzhi.registry.models import Appointment, Look, Organisation, Person
from gongzhi.registry.personal import read_number
from gongzhi.registry.tests.cast import resident_id
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE

from .administering import NOW, Office, complaints, filled, opened_office, the_form
from .looking import plain, read

pytestmark = pytest.mark.django_db

OFFICIALS = ("city_officer", "county_officer", "county_leader", "subdistrict_officer", "community_worker")
OTHERS = (
    "provider_legal_representative",
    "firm_accountant",
    "committee_head",
    "owner",
    "county_officer@zhuji",
    "county_leader@zhuji",
)
WHO = ("administrator", "auditor", *OFFICIALS, *OTHERS)


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Office]:
    """Built once; what a test does is taken back."""
    with django_db_blocker.unblock(), opened_office(tmp_path_factory.mktemp("files"), *WHO) as made:
        yield made


# Who may look at what -----------------------------------------------------------------------------------------------

EVERYBODY = frozenset(WHO)
ADMINISTRATOR, AUDITOR = frozenset({"administrator"}), frozenset({"auditor"})
PEOPLE = EVERYBODY - AUDITOR
#: They may bring in some table somewhere.
KEEPERS = frozenset(
    {"administrator", *OFFICIALS, "committee_head", "county_officer@zhuji", "county_leader@zhuji"}
)
#: Address → who reads it; anybody else is refused with 403, or is told that it is not there (404).
RULES: dict[str, tuple[frozenset[str], int]] = {
    "administration/": (EVERYBODY, 403),
    "administration/acts/<str:name>/": (EVERYBODY, 403),
    "administration/acts/<str:name>/done/": (EVERYBODY, 403),
    "administration/acts/<str:name>/find/<slug:path>/": (EVERYBODY, 403),
    "administration/organisations/": (EVERYBODY, 403),
    "administration/organisations.xlsx": (EVERYBODY, 403),
    "administration/organisations/<uuid:organisation_id>/": (EVERYBODY, 403),
    "administration/organisations/<uuid:organisation_id>/seal/": (frozenset({"county_leader"}), 403),
    "administration/organisations/<uuid:organisation_id>/seal/withdraw/": (frozenset({"county_leader"}), 403),
    "administration/appointments/": (PEOPLE, 403),
    "administration/appointments.xlsx": (PEOPLE, 403),
    "administration/people/": (PEOPLE, 403),
    "administration/people/<uuid:person_id>/": (
        frozenset({"administrator", "city_officer", "county_officer", "county_leader"}),
        404,
    ),
    "administration/accounts/": (ADMINISTRATOR, 403),
    "administration/accounts.xlsx": (ADMINISTRATOR, 403),
    "administration/accounts/<uuid:account_id>/": (ADMINISTRATOR, 403),
    "administration/tables/": (KEEPERS, 403),
    "administration/tables/<slug:kind>/": (KEEPERS, 403),
    "administration/tables/<slug:kind>/errors/": (KEEPERS, 403),
    "administration/tables/<slug:kind>/export/": (KEEPERS, 403),
    "administration/tables/<slug:kind>/template.<slug:format_>": (KEEPERS, 403),
    "administration/settings/": (EVERYBODY, 403),
    "administration/settings.xlsx": (EVERYBODY, 403),
    "administration/audit/": (AUDITOR, 403),
    "administration/audit.xlsx": (AUDITOR, 403),
    "administration/audit/acts/<uuid:act_id>/": (AUDITOR, 403),
    "administration/audit/chains/<uuid:chain_id>/": (AUDITOR, 403),
    "administration/condition/": (ADMINISTRATOR, 403),
}


def address(office: Office, route: str) -> str:
    """An address with what it names: an officer of the county, the owner's account, the newest act."""
    act = Act.objects.latest("id")
    named = {
        "<str:name>": "registry.grant_power_of_attorney",
        "<slug:path>": "agent_id",
        "<slug:kind>": "units",
        "<slug:format_>": "xlsx",
        "<uuid:organisation_id>": office.organisation("county"),
        "<uuid:person_id>": str(office.cast.home.people["county_officer"].pk),
        "<uuid:account_id>": str(office.cast["owner"].account_id),
        "<uuid:act_id>": str(act.pk),
        "<uuid:chain_id>": str(act.chain_id),
    }
    for mark, value in named.items():
        route = route.replace(mark, value)
    return f"/{route}"


def test_every_address_has_a_rule() -> None:
    assert {str(one.pattern) for one in urlpatterns} == set(RULES)


@pytest.mark.parametrize("route", sorted(RULES))
def test_who_may_look(office: Office, route: str) -> None:
    may, refused = RULES[route]
    wrong = {}
    for name in WHO:
        answer = office.look(name).get(address(office, route))
        if name not in may and name == "auditor" and refused == 404:
            wanted = 403
        else:
            wanted = (302 if route.endswith("/done/") else 200) if name in may else refused
        if answer.status_code != wanted:
            wrong[name] = (wanted, answer.status_code, complaints(answer)[:300])
    assert wrong == {}
    answer = Client().get(address(office, route))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


def test_where_the_posts_of_the_system_begin(office: Office) -> None:
    assert office.look("administrator").get("/")["Location"] == "/administration/"
    assert office.look("auditor").get("/")["Location"] == "/administration/audit/"


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        (
            "administrator",
            ("登记事项", "单位", "人员与任职", "登记表", "账号", "本地设定", "运行状态"),
            ("审计记录", "办件"),
        ),
        ("auditor", ("审计记录", "单位", "本地设定"), ("人员与任职", "登记表", "账号", "运行状态")),
        (
            "county_officer",
            ("登记事项", "单位", "人员与任职", "登记表", "本地设定"),
            ("审计记录", "运行状态"),
        ),
        ("committee_head", ("登记事项", "登记表"), ("本地设定", "审计记录")),
        (
            "provider_legal_representative",
            ("登记事项", "单位", "人员与任职"),
            ("登记表", "本地设定", "审计记录"),
        ),
    ],
)
def test_the_navigation_is_that_of_the_post(
    office: Office, name: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    text = read(office.look(name), "/administration/")
    navigation = plain(text.split('aria-label="主导航"')[1].split("</nav>")[0])
    assert "系统管理" in navigation
    assert [one for one in shown if one not in navigation] == []
    assert [one for one in hidden if one in navigation.split()] == []


def test_an_owner_has_no_section_and_reaches_the_acts_from_the_account(office: Office) -> None:
    text = read(office.look("owner"), "/account/")
    assert "系统管理" not in plain(text)
    assert 'href="/administration/"' in text
    listed = plain(read(office.look("owner"), "/administration/"))
    assert "签发令牌" in listed
    assert "登记单位" not in listed


# Acts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "act", "may"),
    [
        ("county_officer", "accounts.open_account", "系统管理员"),
        ("owner", "registry.register_estate", "当地县（市、区）或者市物业主管部门"),
        ("administrator", "law.set_local_value", "本级或者上级物业主管部门、人民政府"),
        ("auditor", "registry.register_person", "物业主管部门"),
        ("provider_legal_representative", "exits.record_conduct", "当地县（市、区）或者市物业主管部门"),
    ],
)
def test_a_post_that_can_never_do_it_is_told_who_may(office: Office, name: str, act: str, may: str) -> None:
    client = office.look(name)
    for path in (f"/administration/acts/{act}/", f"/administration/acts/{act}/find/organisation_id/"):
        assert may in plain(read(client, path, 403))
    assert client.post(f"/administration/acts/{act}/", {"form-do": "send"}).status_code == 403
    assert ACTIONS[act].title not in plain(read(client, "/administration/"))


def test_an_act_nobody_declared_or_nobody_may_call_has_no_page(office: Office) -> None:
    for name in ("nothing", "papers.store_file", "accounts.sign_in"):
        assert "没有这个登记事项" in plain(
            read(office.look("administrator"), f"/administration/acts/{name}/", 404)
        )


def test_a_refusal_of_the_door_keeps_what_was_typed(office: Office) -> None:
    # the county's officer may not appoint in their own office: its head does
    form = the_form(
        office.look("county_officer"),
        "registry.appoint",
        organisation=office.organisation("county"),
        person=office.new_person,
    )
    answer = form.send(post="clerk", from_on="2026-03-02")
    assert answer.status_code == 403
    assert "应由系统管理员（机关）、本单位负责人或者上级登记机关办理" in plain(answer.content.decode())
    again = filled(office.look("county_officer"), answer.content.decode())
    assert (again.value("from_on"), again.value("person_id")) == ("2026-03-02", office.new_person)
    assert Draft.objects.count() == 1


def test_bad_input_is_told_at_its_field_and_loses_nothing(office: Office) -> None:
    form = the_form(office.look("administrator"), "registry.register_person")
    answer = form.send(name="示例某人", id_kind="resident", id_number="123")
    assert answer.status_code == 400
    assert "公民身份号码应为18位" in answer.content.decode()
    assert filled(office.look("administrator"), answer.content.decode()).value("name") == "示例某人"


def test_a_name_papers_cannot_print_is_registered_and_told(office: Office) -> None:
    client = office.look("administrator")
    answer = the_form(client, "registry.register_person").send(name="示例\U0002a6a5", id_kind="other")
    assert answer.status_code == 302, complaints(answer)
    told = "“\U0002a6a5”字（U+2A6A5）字库里没有，文书上以编码代替，请手工填写。"
    assert told in plain(read(client, answer["Location"]))
    assert Person.objects.filter(name="示例\U0002a6a5").count() == 1


def test_the_same_person_is_not_registered_twice_without_a_word(office: Office) -> None:
    client, said = (
        office.look("administrator"),
        {"name": "示例同名", "phone": "13800009177", "id_kind": "other"},
    )
    the_form(client, "registry.register_person").send(**said)
    (first,) = Person.objects.filter(name="示例同名")
    form = the_form(client, "registry.register_person")
    asked = form.send(**said)
    text = asked.content.decode()
    assert (asked.status_code, Person.objects.filter(name="示例同名").count()) == (200, 1)
    assert f'<a href="/administration/people/{first.pk}/">示例同名</a>' in text
    assert "138****9177" in text
    # another name, or another telephone, is nobody that is known
    for other in ({**said, "name": "示例异名"}, {**said, "phone": "13800009178"}):
        assert the_form(client, "registry.register_person").send(**other).status_code == 302
    sure = filled(client, text)
    assert [sure.send().status_code for _ in range(2)] == [302, 302]
    assert Person.objects.filter(name="示例同名").count() == 3
    # two of one name are told apart by their telephones
    found = read(client, "/administration/people/?q=示例同名")
    assert (found.count("138****9177"), found.count("138****9178")) == (2, 1)
    looked = read(client, "/administration/acts/registry.appoint/find/person_id/?q=示例同名")
    assert "示例同名 138****9178" in looked


def test_a_person_of_a_known_name_without_any_number_is_asked_about_first(office: Office) -> None:
    client, said = office.look("administrator"), {"name": "示例无号", "id_kind": "resident"}
    assert the_form(client, "registry.register_person").send(**said).status_code == 302
    asked = the_form(client, "registry.register_person").send(**said)
    text = asked.content.decode()
    assert (asked.status_code, Person.objects.filter(name="示例无号").count()) == (200, 1)
    assert "已有同名人员" in plain(text)
    assert filled(client, text).send().status_code == 302
    assert Person.objects.filter(name="示例无号").count() == 2


def test_a_value_that_is_anothers_already_is_told_at_its_field_and_nobody_was_quicker(office: Office) -> None:
    client = office.look("administrator")
    number = resident_id(9177)
    the_form(client, "registry.register_person").send(name="示例甲", id_kind="resident", id_number=number)
    for name, told, says in (
        (
            "registry.register_person",
            {"name": "示例乙", "id_kind": "resident", "id_number": number},
            "另一姓名下",
        ),
        (
            "accounts.open_account",
            {"username": Account.objects.values_list("username", flat=True)[0]},
            "已被使用",
        ),
    ):
        answer = the_form(client, name).send(**told)
        text = answer.content.decode()
        assert answer.status_code == 409
        assert says in text
        assert "别人刚改过" not in text
        assert 'aria-invalid="true"' in text


def test_a_wrong_telephone_is_told_at_the_telephone(office: Office) -> None:
    form = the_form(office.look("administrator"), "registry.register_person")
    answer = form.send(name="示例某人", id_kind="resident", phone="abc")
    text = answer.content.decode()
    assert answer.status_code == 400
    at_fields = dict(re.findall(r'<div id="(\w[\w-]*)_error">(.*?)</div>', text))
    assert [name.rpartition("-")[2] for name, says in at_fields.items() if "应为11位" in says] == ["phone"]


def test_a_new_registration_begins_without_the_person_refused_before(office: Office) -> None:
    client = office.look("administrator")
    refused = the_form(client, "registry.register_person").send(name="示例被拒", id_number="123", phone="138")
    assert refused.status_code == 400
    page = client.get("/administration/acts/registry.register_person/").content.decode()
    assert "示例被拒" not in page
    assert filled(client, page).value("id_number") == ""
    (href,) = re.findall(r'<a href="([^"]+)">接着填上次没有办成的</a>', page)
    assert filled(client, read(client, href)).value("name") == "示例被拒"
    # what was kept on purpose is shown when it was kept, and nothing is offered where nothing waits
    kept = filled(client, page).send("keep", name="示例暂存")
    assert filled(client, read(client, kept["Location"])).value("name") == "示例暂存"
    filled(client, page).send("drop")
    assert "接着填" not in read(client, "/administration/acts/registry.register_person/")


def test_a_form_sent_twice_counts_once(office: Office) -> None:
    client = office.look("county_officer")
    form = the_form(client, "registry.register_buildings", estate=office.cast.estate.pk)
    first, second = (form.send(rows__0__name="示例9幢") for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Act.objects.filter(name="registry.register_buildings", said__rows__0__name="示例9幢").count() == 1
    assert "只计一次" in plain(read(client, second["Location"]))


def test_a_secret_is_shown_once_and_kept_nowhere(office: Office) -> None:
    client = office.look("owner")
    form = the_form(client, "accounts.issue_token")
    assert list(form.choices("account_id")) == [str(office.cast["owner"].account_id)]
    answer = form.send(purpose="示例程序二")
    assert answer.status_code == 200, complaints(answer)
    (secret,) = re.findall(r"gz_[\w-]+", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    again = form.send(purpose="示例程序二")
    assert secret not in again.content.decode()
    assert "已经显示过一次" in plain(again.content.decode())
    assert secret not in str(list(Act.objects.filter(name="accounts.issue_token").values("answer", "said")))
    assert secret not in str(dict(client.session))
    assert "示例程序二" in read(client, "/account/")
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_a_password_enters_no_draft(office: Office) -> None:
    client = office.look("administrator")
    form = the_form(client, "accounts.open_account")
    assert form.send("keep", username="example-new", password="long-example-2")["Location"].endswith(
        "?kept=1"
    )
    again = the_form(client, "accounts.open_account")
    assert (again.value("username"), again.value("password")) == ("example-new", "")
    assert again.send("drop").status_code == 302
    assert the_form(client, "accounts.open_account").value("username") == ""


def test_what_a_reference_refers_to_is_looked_for_and_the_form_waits(office: Office) -> None:
    client = office.look("subdistrict_officer")
    form = the_form(client, "registry.form_committee", estate=office.cast.bare_estate.pk)
    assert "find:members-0-person_id" in form.buttons
    kept = form.send("find:members-0-person_id", name="示例委员会", seats="3")
    found = kept["Location"]
    assert found.startswith("/administration/acts/registry.form_committee/find/members-0-person_id/?estate=")
    owner = office.cast.home.people["owner"]
    text = read(client, f"{found}&q={owner.name}")
    href = next(one for one in re.findall(r'href="([^"]+pick=[^"]+)"', text) if str(owner.pk) in one)
    answer = client.get(href.replace("&amp;", "&"))
    back = filled(client, answer.content.decode())
    assert (back.value("name"), back.value("seats"), back.value("members-0-person_id")) == (
        "示例委员会",
        "3",
        str(owner.pk),
    )
    assert owner.name in back.choices("members-0-person_id")[str(owner.pk)]


def test_people_beyond_ones_territory_are_found_by_a_whole_number_only_and_masked(office: Office) -> None:
    client, stranger = office.look("county_officer"), office.cast.areas["zhuji"].people["owner"]
    number = read_number(stranger, "id_number")
    assert "没有这个人" in plain(read(client, f"/administration/people/?q={stranger.name}"))
    assert "没有这个人" in plain(read(client, f"/administration/people/?q={number[:-1]}"))
    text = read(client, f"/administration/people/?q={number}")
    assert stranger.name not in text
    assert "不在您的范围内" in text
    assert number[4:-4] not in plain(text).replace(number, "")


# Registers ----------------------------------------------------------------------------------------------------------


def rows_of(text: str) -> list[str]:
    """The heads of the rows of a page's table."""
    return [plain(one).strip() for one in re.findall(r'<th scope="row">(.*?)</th>', text, re.DOTALL)]


def sheet(client: Client, path: str) -> list[list[str]]:
    """The rows of a spreadsheet, without its head."""
    answer = client.get(path)
    assert answer.status_code == 200
    found = load_workbook(BytesIO(answer.getvalue())).worksheets[0]
    return [
        [
            f"{cell:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if isinstance(cell, date) else str(cell or "")
            for cell in row
        ]
        for row in found.iter_rows(min_row=2, values_only=True)
    ]


@pytest.mark.parametrize(
    ("name", "path", "asked"),
    [
        ("administrator", "organisations", "kind=property_authority"),
        ("county_officer", "organisations", "q=slbs&place=220602"),
        ("administrator", "accounts", "q=example-"),
        ("county_officer", "appointments", "post=officer"),
        ("auditor", "audit", "account=example-"),
    ],
)
def test_the_spreadsheet_holds_what_is_seen(office: Office, name: str, path: str, asked: str) -> None:
    client = office.look(name)
    seen = rows_of(read(client, f"/administration/{path}/?{asked}"))
    exported = sheet(client, f"/administration/{path}.xlsx?{asked}")
    assert seen
    assert [row[0] for row in exported][: len(seen)] == [re.sub(r" 已终止$", "", one) for one in seen]


def test_organisations_are_found_by_name_initials_kind_place_and_end(office: Office) -> None:
    client = office.look("county_officer")
    county = office.cast.organisations["county"]
    for asked in (
        f"q={county.name}",
        f"q={county.initials[:4]}",
        f"q={county.uscc}",
        "place=220602",
        "kind=property_authority",
    ):
        assert county.name in rows_of(read(client, f"/administration/organisations/?{asked}")), asked
    assert county.name not in rows_of(read(client, "/administration/organisations/?place=330681"))
    assert rows_of(read(client, "/administration/organisations/?state=ended")) == []
    Organisation.objects.filter(pk=county.pk).update(to_on="2026-03-01")
    assert rows_of(read(client, "/administration/organisations/?state=ended")) == [f"{county.name} 已终止"]
    assert "没有符合条件的单位" in plain(read(client, "/administration/organisations/?q=查无此名"))


def test_a_list_goes_on_by_keys_and_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.look("county_officer")
    whole = rows_of(read(client, "/administration/organisations/"))
    monkeypatch.setattr("gongzhi.desk.administration.paging.SHOWN", 5)
    path, forward = "/administration/organisations/", list[str]()
    while path:
        text = read(client, path)
        forward += rows_of(text)
        following = re.search(r'href="([^"]+)" rel="next"', text)
        path = following[1].replace("&amp;", "&") if following else ""
    assert forward == whole
    back = re.search(r'href="([^"]+)" rel="prev"', text)
    assert back is not None
    rest = len(whole) % 5 or 5
    assert rows_of(read(client, back[1].replace("&amp;", "&"))) == whole[-rest - 5 : -rest]
    assert "从第一页重新开始" in read(client, "/administration/organisations/?after=nothing", 400)


def test_the_page_of_a_body_says_who_is_in_post_and_offers_what_one_may_do_there(office: Office) -> None:
    county, officer = office.cast.organisations["county"], office.cast.home.people["county_officer"]
    path = f"/administration/organisations/{county.pk}/"
    for_administrator = read(office.look("administrator"), path)
    assert officer.name in for_administrator
    assert "结束任职" in for_administrator
    assert f'href="/administration/acts/registry.appoint/?organisation={county.pk}"' in for_administrator
    for_provider = read(office.look("provider_legal_representative"), path)
    assert officer.name not in for_provider
    assert "结束任职" not in for_provider
    assert "示例县建白山" in plain(for_provider)
    assert "没有启用，文书打印后盖章" in plain(for_provider)


def test_a_seals_picture_comes_in_and_is_given_up_by_the_head_of_its_body(
    office: Office, settings: Any
) -> None:
    settings.REHEARSAL = False
    client, path = (
        office.look("county_leader"),
        f"/administration/organisations/{office.organisation('county')}/",
    )
    (key,) = re.findall(r'name="form-key" value="([^"]+)"', read(client, f"{path}seal/"))
    body = {"form-key": key, "form-do": "send", "seal-millimetres": "60"}
    wrong = client.post(f"{path}seal/", body | {"seal-paper-seal": SimpleUploadedFile("示例.png", drawn())})
    assert (wrong.status_code, "印章直径应在" in wrong.content.decode()) == (400, True)
    # the picture is stored already: only the measure is put right
    (kept,) = re.findall(r'name="seal-kept-seal" value="([^"]+)"', wrong.content.decode())
    body |= {"form-key": f"{key}-2", "seal-millimetres": "42", "seal-kept-seal": kept}
    assert client.post(f"{path}seal/", body)["Location"] == path
    assert "使用中，直径 42 毫米" in plain(read(client, path))
    done = client.post(
        f"{path}seal/withdraw/", {"form-key": f"{key}-3", "form-do": "send", "seal-why": "示例遗失"}
    )
    assert done["Location"] == path
    assert "没有启用" in plain(read(client, path))


def test_the_estates_a_provider_manages_are_told_but_not_to_the_systems_administrator(office: Office) -> None:
    path, name = f"/administration/organisations/{office.organisation('provider')}/", office.cast.estate.name
    assert name in read(office.look("county_officer"), path)
    assert name not in read(office.look("administrator"), path)
    assert name not in read(office.look("county_officer@zhuji"), path)


def test_the_administrator_meets_no_owner(office: Office) -> None:
    client, owner = office.look("administrator"), office.cast.home.people["owner"]
    assert owner.name not in read(client, "/administration/appointments/?state=every")
    assert owner.name not in read(client, "/administration/accounts/")
    assert read(client, f"/administration/people/{owner.pk}/", 404)
    assert "没有这个人" in plain(read(client, f"/administration/people/?q={owner.name}"))


def test_a_persons_numbers_are_masked_until_somebody_says_what_for_and_the_person_sees_it(
    office: Office,
) -> None:
    client, owner = office.look("county_officer"), office.cast.home.people["owner"]
    number = read_number(owner, "phone")
    text = read(client, f"/administration/people/{owner.pk}/")
    assert number not in text
    assert f"{number[:3]}****{number[-4:]}" in text
    answer = the_form(client, "registry.unmask", person=owner.pk).send(field="phone", purpose="示例电话核对")
    assert number in answer.content.decode()
    assert Look.objects.get().purpose == "示例电话核对"
    told = plain(read(office.look("owner"), "/account/"))
    assert "手机号码 ：示例电话核对" in told
    assert office.cast.home.people["county_officer"].name in told
    assert "没有人看过" in plain(read(office.look("committee_head"), "/account/"))


def test_a_post_of_the_system_is_offered_nothing_that_people_do_for_themselves(office: Office) -> None:
    for name in ("auditor", "administrator"):
        told = read(office.look(name), "/administration/")
        for act in ("grant_power_of_attorney", "revoke_power_of_attorney", "unmask"):
            assert f"registry.{act}/" not in told, (name, act)
    assert "registry.grant_power_of_attorney/" in read(office.look("owner"), "/administration/")


def test_reversed_days_of_the_record_are_said_to_be_reversed(office: Office) -> None:
    client = office.look("auditor")
    told = read(client, "/administration/audit/?from=2026-03-03&to=2026-03-02")
    assert "“自”比“至”晚" in told
    assert "没有符合条件的记录" not in told
    assert "没有符合条件的记录" in read(client, "/administration/audit/?from=2020-03-02&to=2020-03-03")


# 本地设定 -----------------------------------------------------------------------------------------------------------

HOLE = "exit.filing_within"
COUNTY = "示例白山县住房和城乡建设局"


def test_a_hole_is_filled_from_the_law_table_and_its_paper_is_told(office: Office) -> None:
    client = office.look("county_leader")
    assert f"key={HOLE}&amp;jurisdiction=220602" in read(client, "/law/?q=filing_within&at=220602")
    assert "去设定" not in read(office.look("county_leader@zhuji"), "/law/?q=filing_within&at=220602")
    page = f"/administration/settings/?at=220602&q={HOLE}"
    assert "未设定 “表决结果备案”照常办，由它定的一步不带期限" in plain(read(client, page))
    form = the_form(client, "law.set_local_value", key=HOLE, jurisdiction="220602")
    wrong = form.send(value_0="x", value_1="WD", authority=COUNTY, instrument="示例通知", set_on="2026-03-02")
    assert wrong.status_code == 400
    assert "请填不小于 1 的整数。" in wrong.content.decode()
    asked = form.send(value_0="5", value_1="WD", authority=COUNTY, instrument="示例通知", set_on="2026-03-02")
    assert "由 未设定 改为 5个工作日" in plain(asked.content.decode())
    assert "相差很大" not in plain(asked.content.decode())
    assert not LocalSetting.objects.exists()
    done = filled(client, asked.content.decode()).send()
    assert done.status_code == 302, complaints(done)
    told = plain(read(client, page))
    for words in ("5个工作日", COUNTY, "示例通知", "2026-03-02", "本地设定"):
        assert words in told
    assert "自 2026-03-02" in read(client, page)
    assert [row[2:6] for row in sheet(client, f"/administration/settings.xlsx?at=220602&q={HOLE}")] == [
        ["5个工作日", "本地设定", COUNTY, "示例通知"]
    ]


def test_a_value_that_is_there_is_replaced_only_when_its_reader_saw_it_and_confirmed(office: Office) -> None:
    given = SetLocalValue(
        jurisdiction="2206",
        key=HOLE,
        value="P5WD",
        authority="示例市局",
        instrument="示例市通知",
        set_on=date(2026, 3, 2),
    )
    set_local_value(by=SYSTEM, at=NOW, facts=given)
    client = office.look("county_leader")
    form = the_form(client, "law.set_local_value", key=HOLE, jurisdiction="220602")
    county = {"authority": COUNTY, "instrument": "示例通知", "set_on": "2026-12-15"}
    asked = form.send(value_0="500", value_1="D", **county)
    told = plain(asked.content.decode())
    assert asked.status_code == 200
    assert "由 5个工作日 改为 500日 ，自 2026-12-15 起" in told
    assert "现在的值由示例市局设定（示例市通知" in told
    assert "白山市其他地方不变" in told
    assert "与通常的值相差很大：500日是现在的值（5个工作日）的71.4倍" in told
    assert not LocalSetting.objects.filter(jurisdiction="220602").exists()
    again = filled(client, asked.content.decode())
    assert again.value("authority") == COUNTY
    other = again.send(value_0="50", value_1="D")  # not what was confirmed
    assert "改为 50日" in plain(other.content.decode())
    done = filled(client, other.content.decode()).send()
    assert done.status_code == 302, complaints(done)
    told = plain(read(client, done["Location"]))
    for words in ("表决结果等报备期限", "浑江区", "50日", "2026-12-15"):
        assert words in told, words
    coming = f"自 2026-12-15 起改为 50日（{COUNTY}，示例通知）"
    for path in (
        f"/administration/settings/?at=220602&q={HOLE}",
        f"/law/keys/{HOLE}/",
        f"/administration/acts/law.set_local_value/?key={HOLE}&jurisdiction=220602",
    ):
        assert coming in plain(read(client, path)), path
    assert coming not in plain(read(client, "/administration/settings/?at=2206"))


def test_an_officer_sets_and_adopts_nothing_where_somebody_leads_the_body(office: Office) -> None:
    client = office.look("county_officer")
    text = plain(read(client, "/administration/settings/?at=220602"))
    assert "不能为浑江区设定" in text
    assert "人民政府的负责人" in plain(
        read(client, f"/administration/acts/law.set_local_value/?key={HOLE}&jurisdiction=220602", 403)
    )
    assert "人民政府的负责人" in plain(read(client, "/administration/acts/law.adopt_instrument/", 403))


def test_the_body_that_sets_is_chosen_among_those_of_the_place_and_above(office: Office) -> None:
    form = the_form(office.look("county_leader"), "law.set_local_value", key=HOLE, jurisdiction="220602")
    assert COUNTY in form.choices("authority")
    assert set(form.choices("authority")) == {COUNTY, "示例白山市住房和城乡建设局"}
    answer = form.send(
        value_0="5", value_1="WD", authority="张三", instrument="示例通知", set_on="2026-03-02"
    )
    assert answer.status_code == 400
    assert not LocalSetting.objects.exists()


def test_who_may_not_set_is_told_which_bodies_can_and_never_sent_to_oneself(office: Office) -> None:
    street = office.cast.home.estate.community[:9]
    note = plain(read(office.look("subdistrict_officer"), f"/administration/settings/?at={street}"))
    county = office.cast.organisations["county"].name
    assert county in note.partition("其中之一的负责人办理")[0]
    assert "系统管理员、审计人员除外" in note
    assert "本级或者上级" not in note


def test_what_was_set_is_told_as_its_own_key_calls_it(office: Office) -> None:
    client = office.look("county_leader")
    form = the_form(client, "law.set_local_value", key="fund.vote_scope", jurisdiction="220602")
    asked = form.send(value="area", authority=COUNTY, instrument="示例通知", set_on="2026-03-02")
    done = filled(client, asked.content.decode()).send()
    assert done.status_code == 302, complaints(done)
    # elsewhere the same code is 按面积
    assert "：整个小区" in plain(read(client, "/administration/settings/?at=220602&q=vote_scope"))


def test_a_value_is_not_asked_for_without_its_key(office: Office) -> None:
    answer = office.look("county_leader").get("/administration/acts/law.set_local_value/")
    assert (answer.status_code, answer["Location"]) == (302, "/administration/settings/")


def test_who_may_not_set_reads_who_may(office: Office) -> None:
    for name in ("administrator", "provider_legal_representative", "county_officer@zhuji"):
        text = plain(read(office.look(name), "/administration/settings/?at=220602"))
        assert "不能为浑江区设定" in text
        assert "另行设定 " not in text.replace("可另行设定", "")


def test_a_draft_is_adopted_by_its_own_place(office: Office) -> None:
    client = office.look("county_leader@zhuji")
    text = read(client, "/administration/settings/?at=330681")
    assert "征求意见稿" in text
    assert "instrument=ZJ" in text
    form = the_form(client, "law.adopt_instrument", jurisdiction="330681", instrument="ZJ")
    done = form.send(
        number="示例〔2026〕3号", adopted_on="2026-03-01", authority="示例诸暨县住房和城乡建设局"
    )
    assert done.status_code == 302, complaints(done)
    text = read(client, "/administration/settings/?at=330681")
    assert "示例〔2026〕3号" in text
    assert "instrument=ZJ" not in text


# 审计记录 -----------------------------------------------------------------------------------------------------------


def test_the_record_tells_who_did_what_and_nothing_of_what_was_said(office: Office) -> None:
    owner = office.cast.home.people["owner"]
    the_form(office.look("county_officer"), "registry.unmask", person=owner.pk).send(
        field="phone", purpose="示例电话核对"
    )
    client = office.look("auditor")
    text = read(client, "/administration/audit/?section=looks")
    assert "手机号码：示例电话核对" in plain(text)
    assert "经办人·示例白山县住房和城乡建设局" in plain(text)
    pages = [
        text,
        read(client, "/administration/audit/"),
        read(client, "/administration/audit/?section=sign-in"),
    ]
    pages += [
        read(client, f"/administration/audit/acts/{act.pk}/") for act in Act.objects.order_by("-id")[:3]
    ]
    own = office.cast.alone["auditor"].person_id  # one's own name stands at the top
    for name in Person.objects.exclude(pk=own).values_list("name", flat=True):
        assert not any(f">{name}<" in page or f"{name}，" in page for page in pages), name
    assert not any(read_number(owner, "phone") in page for page in pages)
    assert "登录" in plain(pages[2])


def test_the_record_is_narrowed_by_account_title_day_and_root(office: Office) -> None:
    client, account = office.look("auditor"), office.cast["county_officer"].account_id
    asked = audit.Asked(title="登记任职")
    names = set(audit.asked_for(_auditor(office), asked, ZONE).values_list("name", flat=True))
    assert names == {"registry.appoint"}
    signed = Act.objects.filter(account_id=account, name="accounts.sign_in").get()
    assert signed.seq >= 1
    text = plain(read(client, f"/administration/audit/?root={signed.chain_id}&title=登录"))
    assert "登录" in text
    assert "没有符合条件的记录" in plain(read(client, "/administration/audit/?to=2019-12-31"))
    assert "没有符合条件的记录" in plain(read(client, "/administration/audit/?account=nobody-at-all"))


def _auditor(office: Office) -> Any:
    return Appointment.objects.select_related("organisation").get(pk=office.cast["auditor"].appointment_id)


def test_an_auditor_of_an_organisation_reads_the_acts_of_its_posts_only(office: Office) -> None:
    held = _auditor(office)
    held.organisation = office.cast.organisations["county"]
    acts = set(audit.acts_seen(held).values_list("appointment_id", flat=True))
    the_form(office.look("county_officer"), "registry.register_buildings", estate=office.cast.estate.pk).send(
        rows__0__name="示例9幢"
    )
    assert acts <= {office.cast["county_officer"].appointment_id}
    assert set(audit.acts_seen(held).values_list("name", flat=True)) >= {"registry.register_buildings"}
    assert (
        not audit.acts_seen(held)
        .exclude(appointment_id=office.cast["county_officer"].appointment_id)
        .exists()
    )


def test_a_chain_is_recomputed_in_plain_words(office: Office) -> None:
    client = office.look("auditor")
    chain = Chain.objects.filter(kind="estate").latest("seq")
    log.seal(NOW)
    text = plain(read(client, f"/administration/audit/chains/{chain.pk}/"))
    assert f"{chain.seq} 条记录没有改过" in text
    for forbidden in ("哈希", "Merkle", "hash"):
        assert forbidden not in text.split("给懂技术的人")[0]
    with connection.cursor() as cursor:
        _loosen(cursor)
        cursor.execute(
            "UPDATE acts_act SET said_digest = %s WHERE chain_id = %s AND seq = 1", ["0" * 64, _key(chain.pk)]
        )
    broken = plain(read(client, f"/administration/audit/chains/{chain.pk}/"))
    assert "记录对不上" in broken
    assert "第 1 环断裂" in broken


def test_a_tail_that_was_cut_is_found_by_what_was_sealed(office: Office) -> None:
    chain = Chain.objects.filter(kind="estate").latest("seq")
    log.seal(NOW)
    assert list(findings_of(Chain.objects.get(pk=chain.pk))) == []
    last = Act.objects.filter(chain=chain).latest("seq")
    with connection.cursor() as cursor:
        _loosen(cursor)
        cursor.execute("DELETE FROM acts_act WHERE chain_id = %s AND seq = %s", [_key(chain.pk), last.seq])
    Chain.objects.filter(pk=chain.pk).update(seq=last.seq - 1, head=last.previous, sealed_seq=last.seq - 1)
    (found,) = findings_of(Chain.objects.get(pk=chain.pk))
    assert f"封存到第 {last.seq} 环" in found


def _loosen(cursor: Any) -> None:
    """Somebody with the database in hand takes the triggers away; taken back with the test."""
    if connection.vendor == "sqlite":
        for event in ("update", "delete"):
            cursor.execute(f'DROP TRIGGER "acts_act_no_{event}"')
    else:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks that wait is not altered
        cursor.execute("ALTER TABLE acts_act DISABLE TRIGGER USER")


def _key(pk: Any) -> Any:
    return pk.hex if connection.vendor == "sqlite" else pk


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (audit.Asked(), "act_in_time"),
        (audit.Asked(title="登记任职"), "act_of_name"),
        (audit.Asked(title="退出信息公示：提出异议"), "act_of_name"),
        (audit.Asked(account="example-"), "act_of_account"),
    ],
)
def test_the_record_is_read_by_an_index(office: Office, asked: audit.Asked, index: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole")
    plan = audit.asked_for(_auditor(office), asked, ZONE).order_by("-at", "-pk")[:50].explain()
    assert index in plan
    assert "SCAN acts_act" not in plan or "USING INDEX" in plan


def test_the_acts_of_an_account_are_found_with_what_befell_it(office: Office) -> None:
    """Who signs in wrongly is nobody yet: it stands in the history of the account that was meant."""
    account = Account.objects.get(pk=office.cast["county_officer"].account_id)
    fail_sign_in(by=SYSTEM, at=NOW, facts=SignInFailed(account_id=account.pk, step="password"))
    found = audit.asked_for(_auditor(office), audit.Asked(account=account.username), ZONE)
    assert "accounts.fail_sign_in" in found.values_list("name", flat=True)


def test_every_act_has_words(office: Office) -> None:
    for name in Act.objects.values_list("name", flat=True).distinct():
        assert not title_of(name).isascii()
        assert "." not in title_of(name)
    for name in (
        "exit.open",
        "exit.application.submit",
        "exit.withdraw",
        "procedures.tick",
        "registry.import_table",
    ):
        assert title_of(name) != "系统到期事项", name


# 运行状态 -----------------------------------------------------------------------------------------------------------


def test_the_condition_says_how_the_system_is_and_nothing_of_its_business(office: Office) -> None:
    client, name = office.look("administrator"), office.cast.estate.name
    text = plain(read(client, "/administration/condition/"))
    assert "仿宋、小标宋、楷体、宋体由 Noto Serif SC 代替；黑体由 Noto Sans SC 代替" in text
    assert "运行正常" in text
    assert CALENDAR.version in text
    assert ("SQLite" if connection.vendor == "sqlite" else "PostgreSQL") in text
    provider = office.cast.organisations["provider"]
    Message.objects.create(
        key="示例",
        organisation=provider,
        title=f"示例{name}",
        body="示例",
        created_at=NOW,
        tries=6,
        error="示例",
    )
    JobFailure.objects.create(name="send_messages", at=NOW, fault="OSError")
    text = plain(read(client, "/administration/condition/"))
    assert "后台有事项失败" in text
    assert "已放弃 1" in text
    assert "发送消息" in text
    assert name not in text


# All ----------------------------------------------------------------------------------------------------------------


def test_no_page_shows_a_code(office: Office) -> None:
    codes = set(ACTIONS) | {"property_authority", "residents_committee", "officer", "county_officer"}
    for route in sorted(RULES):
        for name in ("administrator", "auditor", "county_officer"):
            answer = office.look(name).get(address(office, route))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                words = set(plain(answer.content.decode()).split())
                assert codes & words == set(), (route, name)


@pytest.mark.parametrize(
    ("name", "path", "most"),
    [
        ("administrator", "/administration/", 40),
        ("county_officer", "/administration/organisations/", 45),
        ("county_officer", "/administration/appointments/", 45),
        ("administrator", "/administration/accounts/", 40),
        ("county_officer", "/administration/settings/?at=220602", 40),
        ("county_officer", "/administration/tables/", 40),
        ("county_officer", "/administration/tables/owners/", 40),
        ("auditor", "/administration/audit/", 40),
        ("administrator", "/administration/condition/", 45),
    ],
)
def test_a_page_asks_the_database_a_bounded_number_of_times(
    office: Office, name: str, path: str, most: int
) -> None:
    client = office.look(name)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= most, len(asked)
