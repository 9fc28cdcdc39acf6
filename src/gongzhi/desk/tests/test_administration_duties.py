"""系统管理: what the administrator does needs a second person, a paper and an auditor who can read it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from gongzhi.accounts.models import Account
from gongzhi.acts.models import Act
from gongzhi.desk.law_unset import while_unset
from gongzhi.law.actions import set_local_value
from gongzhi.law.facts import SetLocalValue
from gongzhi.registry.models import Appointment, Organisation, OrganisationKind, Person
from gongzhi.registry.personal import masked, read_number
from gongzhi.registry.policies import setters_at
from gongzhi.registry.tests.cast import add_organisation
from gongzhi.values.refusals import Invalid

from .administering import NOW, Office, complaints, opened_office, the_form
from .looking import plain, read

pytestmark = pytest.mark.django_db

WHO = ("administrator", "auditor", "county_leader", "county_officer")
PAPER = "示例县建任〔2026〕1号"
POST = {"post": "leader", "from_on": "2026-03-02", "paper_title": PAPER}


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Office]:
    """Built once; what a test does is taken back."""
    with django_db_blocker.unblock(), opened_office(tmp_path_factory.mktemp("files"), *WHO) as made:
        yield made


def test_the_administrator_appoints_others_and_never_themselves(office: Office) -> None:
    client, own = office.look("administrator"), office.cast.administrator.person_id
    county = office.organisation("county")
    refused = the_form(client, "registry.appoint", organisation=county, person=own).send(**POST)
    assert (refused.status_code, "不能为本人登记任职" in refused.content.decode()) == (403, True)
    assert Appointment.objects.filter(person_id=own).count() == 1
    form = the_form(client, "registry.appoint", organisation=county, person=office.new_person)
    nameless = form.send(**POST | {"paper_title": ""})
    assert (nameless.status_code, "请填写任命文件的名称或者文号" in complaints(nameless)) == (400, True)
    assert form.send(**POST, person_id=office.new_person).status_code == 302


def test_the_paper_of_a_post_stands_where_the_post_is_read(office: Office) -> None:
    client, county = office.look("administrator"), office.organisation("county")
    form = the_form(client, "registry.appoint", organisation=county, person=office.new_person)
    assert form.send(**POST).status_code == 302
    for path in (f"people/{office.new_person}", f"organisations/{county}", "appointments"):
        assert f"依据 {PAPER}" in plain(read(client, f"/administration/{path}/")), path


# Who sets -----------------------------------------------------------------------------------------------------------

COUNTY = "示例白山县住房和城乡建设局"
SETTING = {"value_0": "5", "value_1": "WD", "instrument": "示例县建〔2026〕1号", "set_on": "2026-03-02"}


@pytest.mark.parametrize(
    "kind", ["mediation_committee", "civil_affairs", "discipline_office", "police", "party_organisation"]
)
def test_no_other_body_is_offered_or_taken_as_the_one_that_sets(office: Office, kind: str) -> None:
    other = add_organisation(OrganisationKind(kind), "示例某机关", "220602")
    client = office.look("county_leader")
    form = the_form(client, "law.set_local_value", key="exit.filing_within", jurisdiction="220602")
    assert other.name not in form.choices("authority")
    said = {
        "jurisdiction": "220602",
        "key": "exit.filing_within",
        "value": "P5WD",
        "authority": other.name,
        "instrument": "示例县建〔2026〕1号",
        "set_on": date(2026, 3, 2),
    }
    facts = SetLocalValue(**said)
    with pytest.raises(Invalid, match=f"“{other.name}”不能为浑江区设定.*（已登记的有{COUNTY}、"):
        set_local_value(by=office.actor("county_leader"), at=NOW, facts=facts)
    by_the_city = facts.model_copy(update={"authority": "示例白山市住房和城乡建设局"})
    assert set_local_value(by=office.actor("county_leader"), at=NOW, facts=by_the_city)


def test_a_government_of_the_place_may_set_and_one_that_was_closed_may_not(office: Office) -> None:
    government = add_organisation(OrganisationKind.GOVERNMENT, "示例浑江区人民政府", "220602")
    assert setters_at("220602001") == ["示例浑江区人民政府", COUNTY, "示例白山市住房和城乡建设局"]
    Organisation.objects.filter(pk=government.pk).update(to_on=date(2026, 1, 31))
    assert setters_at("220602") == [COUNTY, "示例白山市住房和城乡建设局"]


# What the auditor reads ---------------------------------------------------------------------------------------------


def recorded(office: Office, name: str) -> str:
    """The auditor's page of the newest act of that name."""
    act = Act.objects.filter(name=name).latest("id")
    return plain(read(office.look("auditor"), f"/administration/audit/acts/{act.pk}/"))


def test_the_auditor_reads_who_received_which_post_and_no_number(office: Office) -> None:
    client, county = office.look("administrator"), office.organisation("county")
    form = the_form(client, "registry.appoint", organisation=county, person=office.new_person)
    assert form.send(**POST).status_code == 302
    text, person = recorded(office, "registry.appoint"), Person.objects.get(pk=office.new_person)
    for words in (person.name, "分管（值班）领导", COUNTY, "2026-03-02", PAPER, masked(person, "phone")):
        assert words in text, words
    for field in ("phone", "id_number"):
        assert read_number(person, field) not in text
    held = Appointment.objects.get(person=person, organisation=county)
    ended = the_form(client, "registry.end_appointment", appointment=held.pk).send(to_on="2026-03-31")
    assert ended.status_code == 302
    text = recorded(office, "registry.end_appointment")
    for words in (person.name, "分管（值班）领导", "2026-03-31"):
        assert words in text, words


def test_the_auditor_reads_whom_a_registration_and_an_account_belong_to(office: Office) -> None:
    client = office.look("administrator")
    said = {"name": "示例新登记", "phone": "13800009876", "id_kind": "other"}
    assert the_form(client, "registry.register_person").send(**said).status_code == 302
    text = recorded(office, "registry.register_person")
    assert "示例新登记（手机 138****9876）" in text
    linked = the_form(client, "registry.link_account", person=office.new_person, account=office.new_account)
    assert linked.send().status_code == 302
    text = recorded(office, "registry.link_account")
    assert Account.objects.get(pk=office.new_account).username in text
    assert Person.objects.get(pk=office.new_person).name in text
    assert the_form(client, "accounts.open_account").send(username="someone").status_code == 302
    assert "someone" in recorded(office, "accounts.open_account")


def test_the_auditor_reads_which_setting_became_what(office: Office) -> None:
    by = office.actor("county_leader")
    for value, on, was, now in (
        ("P5WD", date(2026, 3, 2), "未设定", "5个工作日"),
        ("P3WD", date(2026, 4, 1), "5个工作日", "3个工作日"),
    ):
        facts = SetLocalValue(
            jurisdiction="220602",
            key="exit.filing_within",
            value=value,
            authority=COUNTY,
            instrument="示例县建〔2026〕1号",
            set_on=on,
        )
        set_local_value(by=by, at=NOW, facts=facts)
        text = recorded(office, "law.set_local_value")
        for words in ("浑江区", f"原来的值 {was}", f"改为 {now}", str(on), COUNTY, "示例县建〔2026〕1号"):
            assert words in text, (words, text)


def test_the_auditor_reads_nothing_of_a_look_or_of_business(office: Office) -> None:
    officer, owner = office.look("county_officer"), office.cast.home.people["owner"]
    the_form(officer, "registry.unmask", person=owner.pk).send(field="phone", purpose="示例核对")
    for name in ("registry.unmask", "exits.record_conduct", "registry.register_owners"):
        text = recorded(office, name)
        assert "办理的内容不在这里显示" in text, name
        assert owner.name not in text, name


# What is not set ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "stops", "words"),
    [
        ("notice.advance_plan_days", True, "“垫付及抵扣方案公示”算不出要等满几日，设定以前办不结"),
        ("wall_posting.damage_checked_within", False, "照常办，由它定的一步不带期限"),
        ("settlement.books_within", False, "“提供资料清单”照常办，由它定的一步不带期限"),
        ("ladder.remind_before", False, "按办公惯例（3日）提醒和催办"),
        ("watch.contract_end", False, "“物业服务合同到期预警”按办公惯例提前提醒"),
        ("exit.ledger_report_frequency", False, "不按期立案，只立一件等待设定"),
        ("forced_exit.penalty_scope", False, "用到它的规则（强制解聘情形的认定）办到时会说明缺这一项"),
        ("credit.list_term", False, "现有步骤没有用到，不影响办理"),
    ],
)
def test_each_key_says_what_happens_while_it_is_not_set(key: str, stops: bool, words: str) -> None:
    found = while_unset(key)
    assert (found.stops, words in found.words) == (stops, True), found


def test_the_page_says_of_each_setting_what_it_stops_and_how_many_do(office: Office) -> None:
    text = plain(read(office.look("county_leader"), "/administration/settings/?at=220602&state=must"))
    assert "项不设定办不下去" in text
    assert "须先设定 “垫付及抵扣方案公示”算不出" in text
    damage = text.partition("公示缺损报告的核实期限")[2][:200]
    assert "未设定" in damage.partition("照常办，由它定的一步不带期限")[0]
    assert "须先设定" not in damage
    one = plain(
        read(
            office.look("county_leader"),
            "/administration/acts/law.set_local_value/?key=notice.advance_plan_days&jurisdiction=220602",
        )
    )
    assert "现在还没有值，“垫付及抵扣方案公示”算不出要等满几日" in one
