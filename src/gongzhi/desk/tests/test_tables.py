"""登记表: registers come in and go out on a page as by command: nothing halfway, nothing kept, nothing lost."""

import csv
import io
import re
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import Workbook, load_workbook

from gongzhi.accounts.models import Account
from gongzhi.acts.models import Act
from gongzhi.acts.policies import policy
from gongzhi.desk.administration import tables
from gongzhi.registry.models import Appointment, Look, Unit
from gongzhi.registry.tables.exporting import EXPORT
from gongzhi.registry.tables.importing import IMPORT
from gongzhi.registry.tables.kinds import KINDS
from gongzhi.registry.tests.tables import COMMUNITY, UNITS, saved, sheet, text, unit
from gongzhi.ui.navigation import shown
from gongzhi.ui.tables import told

from .administering import NOW, Office, opened_office
from .looking import PASSWORD, plain, read

pytestmark = pytest.mark.django_db

WHO = (
    *(
        "administrator",
        "auditor",
        "city_officer",
        "county_officer",
        "subdistrict_officer",
        "community_worker",
    ),
    *("committee_head", "provider_legal_representative", "owner", "county_officer@zhuji"),
)
PAGE = "/administration/tables/units/"
#: Full-width digits are the same room, a written date is a date.
GOOD = text(UNITS, unit("９幢", "９０１"), unit("9幢", "902"))
BAD = text(
    (*UNITS, "专有部分面积"), unit("9幢", "901", "89,5"), unit("9幢", "902", ""), unit("9幢", "９０２", "")
)


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Office]:
    """Built once; what a test does is taken back."""
    with django_db_blocker.unblock(), opened_office(tmp_path_factory.mktemp("files"), *WHO) as made:
        yield made


def hidden(page: str, name: str) -> str:
    """A field of the page that nobody fills in."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return unescape(found[1])


def send(
    client: Client, do: str, content: bytes, name: str = "房屋.csv", *, page: str = PAGE, **said: str
) -> Any:
    """Open the page, choose a file, press a button."""
    body = {"form-key": said.pop("key", "") or hidden(read(client, page), "form-key"), "form-do": do}
    body |= {f"table-{one}": value for one, value in said.items()}
    return client.post(page, {**body, "table-file": SimpleUploadedFile(name, content)})


def words(answer: Any) -> str:
    """What the main part of a page says."""
    return plain(answer.content.decode().split('id="main"')[1])


def export(client: Client, kind: str, places: tuple[str, ...] = (COMMUNITY,), **said: str) -> Any:
    """Ask for an export as the form does."""
    body: dict[str, Any] = {"out-places": places, "out-codes": "", "out-format": "csv"}
    return client.post(
        f"/administration/tables/{kind}/export/",
        body | {f"out-{name}": value for name, value in said.items()},
    )


def rows_of(answer: HttpResponse) -> list[list[str]]:
    """The rows of a csv that came as a download."""
    assert "attachment" in answer["Content-Disposition"], words(answer)
    assert "no-store" in answer["Cache-Control"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


# Who, and which -----------------------------------------------------------------------------------------------------


def test_every_kind_is_told_in_the_order_it_is_brought_in(office: Office) -> None:
    page = read(office.look("county_officer"), "/administration/tables/")
    assert re.findall(r'<a class="tt" href="/administration/tables/(\w+)/"', page) == list(KINDS)
    for kind in KINDS.values():
        assert tables.HOLDS[kind.code] in page
        assert policy(kind.may).says in page
    assert page.count("不由您导入") == 1  # divisions


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("administrator", {"divisions", "organisations"}),
        ("county_officer", {"organisations", "estates", "units", "owners", "contracts"}),
        ("subdistrict_officer", {"organisations", "units", "owners", "contracts"}),
        ("community_worker", {"owners", "contracts"}),
        ("committee_head", {"owners", "contracts"}),
    ],
)
def test_a_kind_one_may_never_bring_in_has_no_form_and_says_who_may(
    office: Office, name: str, may: set[str]
) -> None:
    client = office.look(name)
    for kind in KINDS.values():
        path = f"/administration/tables/{kind.code}/"
        page = read(client, path)
        assert ('name="table-file"' in page) == (kind.code in may), kind.code
        assert (f"应由{policy(kind.may).says}导入" in page) == (kind.code not in may), kind.code
        if kind.code not in may:
            for address in (path, f"{path}errors/"):
                answer = client.post(address, {"table-file": SimpleUploadedFile("a.csv", GOOD)})
                assert (answer.status_code, f"您无权导入“{kind.title}”表" in words(answer)) == (403, True)


def test_the_navigation_agrees_with_the_policies(office: Office) -> None:
    for name in WHO:
        actor = office.actor(name)
        held = Appointment.objects.select_related("organisation").get(pk=actor.appointment_id)
        entries = {row.entry.url_name for row in shown("office", "/", held)}
        assert ("tables" in entries) == any(policy(one.may).may_ever(actor, NOW) for one in KINDS.values()), (
            name
        )


def test_there_is_no_other_kind_and_no_other_template(office: Office) -> None:
    client = office.look("county_officer")
    assert "没有“people”这种表" in read(client, "/administration/tables/people/", 404)
    assert "没有xls格式" in read(client, f"{PAGE}template.xls", 404)


def test_the_columns_and_the_template_say_the_same(office: Office) -> None:
    client = office.look("county_officer")
    page = plain(read(client, PAGE))
    answer = client.get(f"{PAGE}template.xlsx")
    assert "attachment" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    titles = [cell.value for cell in book.worksheets[0][1]]
    assert titles == [column.title for column in KINDS["units"].columns]
    for column in KINDS["units"].columns:
        assert all(
            words in page for words in (column.title, column.note, column.example, "、".join(column.options))
        )
    assert titles == rows_of(client.get(f"{PAGE}template.csv"))[0]


# Checking -----------------------------------------------------------------------------------------------------------


def test_a_check_counts_and_writes_nothing_and_keeps_what_was_typed(office: Office) -> None:
    client, before = office.look("county_officer"), Unit.objects.count()
    answer = send(client, "check", sheet_of("一期"), "房屋.xlsx", sheet="一期")
    assert answer.status_code == 200
    assert "核对通过，还没有登记" in words(answer)
    assert "可以登记 2 套" in words(answer)
    assert "再选一次同一个文件" in words(answer)
    assert 'name="table-sheet" value="一期"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Unit.objects.count() == before
    assert not Act.objects.filter(name=IMPORT).exists()


def sheet_of(*names: str) -> bytes:
    """An xlsx of two new units in a sheet of each name."""
    book = Workbook()
    for name in names:
        page = book.create_sheet(name)
        for row in (UNITS, unit("9幢", "901"), unit("9幢", "902")):
            page.append(row)
    book.remove(book.worksheets[0])
    return saved(book)


def test_wrong_rows_are_told_by_their_number_and_come_back_as_a_file_of_which_no_copy_is_kept(
    office: Office,
) -> None:
    client, before = office.look("county_officer"), Unit.objects.count()
    for do, status in (("check", 200), ("import", 400)):
        answer = send(client, do, BAD)
        told = words(answer)
        assert answer.status_code == status
        assert "有 2 行有误，什么都没有登记" in told
        assert "第 2 行 “专有部分面积”应为面积数字，现为“89,5”" in told
        assert "第 4 行 房号“9幢 902”与第3行重复" in told.replace("９０２", "902")
        assert "其余可以登记 1 套" in told
    found = re.search(r'href="data:text/csv;base64,([^"]+)" download="([^"]+)"', answer.content.decode())
    assert found is not None
    assert unescape(found[2]) == "房屋-错误.csv"
    rows = list(csv.reader(io.StringIO(b64decode(unescape(found[1])).decode("utf-8-sig"))))
    assert [row[-1] for row in rows][:3] == ["错误原因", "“专有部分面积”应为面积数字，现为“89,5”", ""]
    assert [row[:4] for row in rows] == [row[:4] for row in csv.reader(io.StringIO(BAD.decode()))]
    assert Unit.objects.count() == before


def test_the_errors_of_a_large_table_are_given_against_the_same_file_once_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "LINKED", 50)
    client = office.look("county_officer")
    answer = send(client, "check", BAD)
    page = answer.content.decode()
    assert "data:text/csv" not in page
    assert f'action="{PAGE}errors/"' in page
    again = client.post(
        f"{PAGE}errors/", {"again-file": SimpleUploadedFile("房屋.csv", BAD), "again-sheet": ""}
    )
    assert rows_of(again)[0][-1] == "错误原因"
    right = client.post(f"{PAGE}errors/", {"again-file": SimpleUploadedFile("房屋.csv", GOOD)})
    assert "核对通过，还没有登记" in words(right)
    none = client.post(f"{PAGE}errors/", {"again-sheet": ""})
    assert (none.status_code, "请选择表格文件" in words(none)) == (400, True)
    other = client.post(f"{PAGE}errors/", {"again-file": SimpleUploadedFile("房屋.csv", b"%PDF-1.7")})
    assert (other.status_code, "而是PDF或者图片" in words(other)) == (400, True)


def test_no_more_errors_are_listed_than_anybody_reads(office: Office) -> None:
    rows = text(UNITS, *(unit("9幢", "") for _ in range(60)))
    told = words(send(office.look("county_officer"), "check", rows))
    assert "先列出 50 行，另有 10 行见错误文件" in told
    assert "第 51 行" in told
    assert "第 52 行" not in told


@pytest.mark.parametrize(
    ("content", "sheet_named", "field", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "file", "这是旧版xls文件"),
        (b"", "", "file", "文件是空的"),
        (b"PK\x03\x04", "", "file", "表格文件已损坏"),
        (sheet(("甲", "乙"), (1, 2)), "", "file", "没有找到“房屋”表的表头"),
        (sheet_of("一期", "二期"), "", "sheet", "请指明导入哪一个"),
        (sheet_of("一期", "二期"), "三期", "sheet", "没有工作表“三期”"),
    ],
)
@pytest.mark.parametrize("do", ["check", "import"])
def test_what_is_no_such_table_is_told_at_its_field_and_nothing_typed_is_lost(
    office: Office, do: str, content: bytes, sheet_named: str, field: str, sentence: str
) -> None:
    answer = send(office.look("county_officer"), do, content, sheet=sheet_named)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page.split(f'id="id_table-{field}_error"')[1].split("</div>")[0]
    assert f'name="table-sheet" value="{sheet_named}"' in page or not sheet_named


def test_a_file_beyond_the_bounds_is_refused_at_its_field(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongzhi.registry.tables.limits.FILE", 20)
    assert "文件不能超过" in words(send(office.look("county_officer"), "check", GOOD))


def test_a_form_without_a_file_asks_for_it(office: Office) -> None:
    answer = office.look("county_officer").post(PAGE, {"form-do": "check", "table-sheet": "一期"})
    assert (answer.status_code, "请选择表格文件" in words(answer)) == (400, True)
    assert 'value="一期"' in answer.content.decode()


def test_of_who_may_act_in_none_of_the_places_each_row_is_told_so_on_the_page(office: Office) -> None:
    answer = send(office.look("county_officer@zhuji"), "check", GOOD, sheet="一期")
    assert "不在您的范围，应由小区所在地物业主管部门" in words(answer)
    assert 'value="一期"' in answer.content.decode()


# Bringing in --------------------------------------------------------------------------------------------------------


def test_a_table_is_brought_in_and_its_record_shown(office: Office) -> None:
    client = office.look("county_officer")
    answer = send(client, "import", GOOD.decode().encode("gb18030"))
    told = words(answer)
    assert (answer.status_code, "已导入“房屋”表" in told, "新登记 2 套" in told) == (200, True, True)
    assert {row.label for row in Unit.objects.filter(building__name="9幢")} == {"901", "902"}
    record = Act.objects.get(name=IMPORT)
    assert f'href="#record-{record.pk}"' in answer.content.decode()
    assert f'id="record-{record.pk}"' in answer.content.decode()
    assert "接着导入“业主”表" in told
    assert "您还没有导入过" not in words(client.get(PAGE))
    assert "您还没有导入过" in words(office.look("city_officer").get(PAGE))


def test_a_form_sent_twice_counts_once_and_the_next_file_is_another_sending(office: Office) -> None:
    client = office.look("county_officer")
    key = hidden(read(client, PAGE), "form-key")
    first, second = (send(client, "import", GOOD, key=key) for _ in range(2))
    assert "已导入“房屋”表" in words(first)
    assert "同一份表重复提交，只计一次" in words(second)
    assert "新登记 2 套" in words(second)
    other = send(client, "import", text(UNITS, unit("9幢", "903")), key=key)
    assert "新登记 1 套" in words(other)
    assert Act.objects.filter(name=IMPORT).count() == 2
    assert Unit.objects.filter(building__name="9幢").count() == 3
    # the page may have been cut off: the same file from a fresh page writes nothing
    assert "每一行都已登记，而且相同" in words(send(client, "import", GOOD))
    assert Act.objects.filter(name=IMPORT).count() == 2


def test_what_should_be_looked_at_is_told_with_the_import(office: Office) -> None:
    answer = send(
        office.look("county_officer"), "import", text(UNITS, unit("9幢", "901"), unit("9栋", "902"))
    )
    assert "第3行楼栋“9栋”与“9幢”写法相近" in words(answer)


def test_the_administrator_brings_in_divisions(office: Office) -> None:
    client, page = office.look("administrator"), "/administration/tables/divisions/"
    rows = text(("区划代码", "名称"), ("220602001999", "示例新社区"))
    assert "新登记 1 个" in words(send(client, "import", rows, page=page))
    assert "新登记 1 个" in plain(read(client, page).split('id="past"')[1])
    assert "将改为“示例改名社区”" in words(
        send(client, "check", rows.replace("新社区".encode(), "改名社区".encode()), page=page)
    )


def test_a_form_sent_when_the_session_was_over_comes_back_without_its_file(office: Office) -> None:
    client, account = Client(), Account.objects.get(pk=office.cast["county_officer"].account_id)
    sign_in(client, office, account)
    page = read(client, PAGE)
    body = {"form-by": hidden(page, "form-by"), "form-do": "import", "table-sheet": "一期"}
    client.logout()
    away = client.post(PAGE, body | {"table-file": SimpleUploadedFile("房屋.csv", GOOD)})
    assert away["Location"].startswith("/sign-in/")
    sign_in(client, office, account)
    back = client.get(PAGE)
    assert "登录已经过期，没有核对、没有导入" in words(back)
    assert 'value="一期"' in back.content.decode()
    assert not Act.objects.filter(name=IMPORT).exists()


def sign_in(client: Client, office: Office, account: Account) -> None:
    """By password, in the post of the cast."""
    client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    client.post("/acting-as/", {"appointment": str(office.cast["county_officer"].appointment_id)})


# Taking out ---------------------------------------------------------------------------------------------------------


def test_the_seats_own_place_is_chosen_and_what_goes_out_comes_in_again(office: Office) -> None:
    client = office.look("county_officer")
    page = read(client, PAGE)
    chosen = re.findall(r'<input type="checkbox" name="out-places" value="(\d+)"[^>]*checked', page)
    assert chosen == ["220602"]
    assert "out-numbers" not in page
    answer = export(client, "units", ("220602",), codes=COMMUNITY)
    rows = rows_of(answer)
    assert len(rows) == Unit.objects.filter(estate__county="220602").count() + 1
    assert f"已登记，相同 {len(rows) - 1} 套" in words(send(client, "check", answer.content))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_export_is_offered_where_it_can_be_had(office: Office, kind: str) -> None:
    """`OPEN` are those the policy of the import does not close."""
    client = office.look("community_worker")
    is_offered = 'id="out"' in read(client, f"/administration/tables/{kind}/")
    answer = export(client, kind, numbers="masked")
    assert is_offered == (kind not in ("estates", "units"))
    assert (answer.status_code == 403) != is_offered, words(answer)


def test_a_check_tells_which_signs_papers_cannot_print(office: Office) -> None:
    client = office.look("county_officer")
    told = "“\U0002a6a5”字（U+2A6A5）字库里没有，文书上以编码代替，请手工填写。"
    rare = text(UNITS, unit("9幢", "901\U0002a6a5"), unit("9幢", "902𠮷"))
    assert told in words(send(client, "check", rare))
    assert "字库里没有" not in words(send(client, "check", GOOD))
    assert told in words(send(client, "import", rare))


def test_owners_go_out_masked_and_the_list_is_recorded(office: Office) -> None:
    rows = rows_of(export(office.look("community_worker"), "owners", numbers="masked", purpose="示例用途"))
    numbers = [row[rows[0].index("手机号码")] for row in rows[1:]]
    assert numbers
    assert all("****" in number for number in numbers if number)
    assert Act.objects.get(name=EXPORT).said["purpose"] == ""
    assert not Look.objects.exists()


def test_numbers_in_the_clear_want_a_purpose_and_everybody_shown_can_see_who_looked(office: Office) -> None:
    client, place = office.look("county_officer"), ("220602",)
    for purpose in ("", "看"):
        answer = export(client, "owners", place, numbers="in-the-clear", purpose=purpose)
        assert (answer.status_code, "请写明用途" in words(answer)) == (400, True)
        assert re.search(r'value="in-the-clear"[^>]*checked', answer.content.decode())
    assert not Look.objects.exists()
    rows = rows_of(export(client, "owners", place, numbers="in-the-clear", purpose="示例核对名册"))
    numbers = [row[rows[0].index("手机号码")] for row in rows[1:]]
    assert any(re.fullmatch(r"1\d{10}", number) for number in numbers)
    assert {look.purpose for look in Look.objects.all()} == {"示例核对名册"}
    assert "示例核对名册" in plain(read(office.look("owner"), "/account/"))


def test_a_post_that_may_not_look_is_offered_masked_numbers_only(office: Office) -> None:
    Appointment.objects.filter(pk=office.cast["committee_head"].appointment_id).update(
        post="committee_member"
    )
    client = office.look("committee_head")
    page = read(client, "/administration/tables/owners/")
    assert "out-numbers" not in page
    assert "完整号码只给因职责需要核对的人员" in page
    rows = rows_of(export(client, "owners", numbers="in-the-clear", purpose="示例用途"))
    assert all("****" in row[rows[0].index("手机号码")] for row in rows[1:] if row[rows[0].index("手机号码")])


@pytest.mark.parametrize(
    ("places", "codes", "status", "field", "sentence"),
    [
        ((), "", 400, "places", "请选择导出哪个地区"),
        ((), "，", 400, "codes", "请写明导出哪个地区"),
        ((), "999999", 404, "codes", "没有行政区划代码“999999”"),
        ((), "220602103", 404, "codes", "没有可以导出的小区"),
        (("330681",), "", 400, "places", "330681"),
    ],
)
def test_a_wrong_place_is_told_at_its_field(
    office: Office, places: tuple[str, ...], codes: str, status: int, field: str, sentence: str
) -> None:
    answer = export(office.look("county_officer"), "units", places, codes=codes)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page.split(f'id="id_out-{field}_error"')[1].split("</div>")[0]
    assert f'name="out-codes" value="{codes}"' in page or not codes


def test_an_export_of_another_place_is_refused_above_its_form_which_keeps_what_was_chosen(
    office: Office,
) -> None:
    answer = export(office.look("county_officer"), "units", (), codes="330681")
    section = answer.content.decode().split('id="export"')[1]
    assert answer.status_code == 403
    assert "您无权办理，应由小区所在地物业主管部门" in section
    assert 'name="out-codes" value="330681"' in section


def test_an_export_one_may_never_have_is_refused(office: Office) -> None:
    answer = export(office.look("community_worker"), "units")
    assert (answer.status_code, "您无权办理，应由小区所在地物业主管部门" in words(answer)) == (403, True)
