"""Registers as tables through HTTP: columns, template, check, import, export."""

import csv
import io
from base64 import b64decode
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongzhi.api.tests.http import BASE, Web
from gongzhi.api.tests.test_early_exit import expect
from gongzhi.registry.models import Ownership, Unit
from gongzhi.registry.tables.kinds import KINDS
from gongzhi.registry.tests.tables import COMMUNITY, OWNERS, UNITS, sheet, text, unit

GOOD = text(UNITS, unit("9幢", "901"), unit("9幢", "902"))
BAD = text(UNITS, unit("9幢", "901"), unit("9幢", ""))


def upload(web: Web, name: str, path: str, content: bytes, file: str = "房屋.csv", **headers: str) -> Any:
    """Send a file."""
    auth = {"Authorization": f"Bearer {web.token(name)}"}
    return web.client.post(
        f"{BASE}{path}", {"file": SimpleUploadedFile(file, content)}, headers=auth | headers
    )


def download(web: Web, name: str, path: str) -> Any:
    """Fetch a file."""
    return web.client.get(f"{BASE}{path}", headers={"Authorization": f"Bearer {web.token(name)}"})


def test_every_kind_tells_its_columns_and_who_may(web: Web) -> None:
    told = web.get("owner", "/tables")
    assert [one["kind"] for one in told] == list(KINDS)
    units = next(one for one in told if one["kind"] == "units")
    assert units["may"].startswith("小区所在地物业主管部门")
    assert units["columns"][0]["title"] == "社区代码"


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_a_template_comes_as_a_file(web: Web, format_: str) -> None:
    answer = download(web, "owner", f"/tables/units/template?format={format_}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert format_ in answer["Content-Disposition"]


def test_a_check_tells_the_counts_and_the_errors_and_writes_nothing(web: Web) -> None:
    units = Unit.objects.count()
    told = upload(web, "county_officer", "/tables/units/check", BAD).json()
    assert (told["rows"], told["wrong"], told["errors"]) == (2, 1, [{"row": 3, "reason": "“房号”没有填写"}])
    file = told["error_file"]
    assert (file["name"], file["media_type"]) == ("房屋-错误.csv", "text/csv")
    rows = list(csv.reader(io.StringIO(b64decode(file["content"]).decode("utf-8-sig"))))
    assert rows[2][-1] == "“房号”没有填写"
    good = upload(web, "county_officer", "/tables/units/check", GOOD).json()
    assert (good["new"], good["same"], good["wrong"], good["error_file"]) == (2, 0, 0, None)
    assert Unit.objects.count() == units


def test_a_table_is_taken_in_once(web: Web) -> None:
    first = upload(web, "county_officer", "/tables/units/import", GOOD).json()
    assert (first["new"], first["same"], first["replayed"]) == (2, 0, False)
    second = upload(web, "county_officer", "/tables/units/import", GOOD).json()
    assert (second["new"], second["same"], second["act"]) == (0, 2, None)
    assert Unit.objects.filter(building__name="9幢").count() == 2


def test_a_table_with_signs_papers_cannot_print_says_so_checked_or_taken_in(web: Web) -> None:
    rare = text(UNITS, unit("9幢", "901\U0002a6a5"))
    told = ["“\U0002a6a5”字（U+2A6A5）字库里没有，文书上以编码代替，请手工填写。"]
    for way in ("check", "import"):
        assert upload(web, "county_officer", f"/tables/units/{way}", rare).json()["warnings"] == told, way
        assert upload(web, "county_officer", f"/tables/units/{way}", GOOD).json()["warnings"] == [], way


def test_the_same_key_is_answered_as_the_first_time_and_another_file_under_it_is_a_conflict(web: Web) -> None:
    key = {"Idempotency-Key": "example-import"}
    first = upload(web, "county_officer", "/tables/units/import", GOOD, **key).json()
    again = upload(web, "county_officer", "/tables/units/import", GOOD, **key).json()
    assert (again["act"], again["new"], again["replayed"]) == (first["act"], 2, True)
    other = text(UNITS, unit("9幢", "903"))
    expect(upload(web, "county_officer", "/tables/units/import", other, **key), 409, "conflict")


def test_a_faulty_table_is_a_problem_that_names_the_rows(web: Web) -> None:
    told = expect(upload(web, "county_officer", "/tables/units/import", BAD), 400, "invalid")
    assert told["fields"] == {"rows.3": "“房号”没有填写"}
    assert "没有登记任何一行" in told["detail"]


def test_what_is_no_table_and_a_kind_that_is_none_are_problems(web: Web) -> None:
    expect(upload(web, "county_officer", "/tables/units/check", b"%PDF-1.7"), 400, "invalid")
    expect(upload(web, "county_officer", "/tables/people/check", GOOD), 404, "not-found")
    expect(upload(web, "county_officer", "/tables/units/check?sheet=%00", GOOD), 400, "invalid")


def test_one_sheet_of_several_is_named(web: Web) -> None:
    content = sheet(UNITS, unit("9幢", "901"), name="一期")
    assert (
        upload(web, "county_officer", "/tables/units/check?sheet=一期", content, "a.xlsx").json()["new"] == 1
    )
    expect(upload(web, "county_officer", "/tables/units/check?sheet=二期", content, "a.xlsx"), 400, "invalid")


def test_owners_come_in_and_go_out_masked(web: Web) -> None:
    assert upload(web, "community_head", "/tables/units/import", GOOD).status_code == 403
    upload(web, "county_officer", "/tables/units/import", GOOD)
    owners = text(OWNERS, unit("9幢", "901", "示例甲", "", "13800009001", "", "2025-06-01"))
    assert upload(web, "community_head", "/tables/owners/import", owners).json()["new"] == 1
    assert Ownership.objects.get(unit__label="901").fraction == 1
    answer = download(web, "community_head", f"/tables/owners/export?at={COMMUNITY}&format=csv")
    assert answer["Cache-Control"] == "no-store"
    assert "138****9001" in answer.content.decode("utf-8-sig")
    again = upload(web, "community_head", "/tables/owners/import", answer.content).json()
    assert (again["new"], again["same"]) == (0, 9)
