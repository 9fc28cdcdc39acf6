"""The exit ledger and an estate's managers through HTTP."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gongzhi.acts.door import SYSTEM
from gongzhi.api.tests.http import Web
from gongzhi.exits.ledger_sheet import IN_FILE
from gongzhi.exits.tests.play import at
from gongzhi.exits.tests.test_ledger import more_exits
from gongzhi.registry import actions
from gongzhi.registry.facts import BeginEngagement
from gongzhi.registry.models import Mode

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_the_county_reads_its_ledger_page_by_page(web: Web) -> None:
    web.apply("2026-06-30")
    more_exits(web, 2)
    first = web.get("county_officer", "/ledgers/exits?limit=2")
    assert [row["estate_name"] for row in first["items"]] == ["示例01号小区", "示例00号小区"]
    second = web.get("county_officer", f"/ledgers/exits?limit=2&after={first['next']}")
    assert ([row["estate_name"] for row in second["items"]], second["next"]) == (["示例白山一号小区"], None)
    (row,) = second["items"]
    assert (row["number"], row["stage"], row["stage_title"]) == (web.case().row.number, "begun", "已立案")
    assert (row["planned_on"], row["unmanaged_minutes"]) == ("2026-06-30", 0)


def test_the_frequency_the_place_has_not_set_is_said(two_areas: Web) -> None:
    (warning,) = two_areas.get("county_officer", "/ledgers/exits")["warnings"]
    assert "本地未设定“退出台账上报频次”" in warning
    assert "第5条第2项" in warning
    assert two_areas.get("county_officer@zhuji", "/ledgers/exits")["warnings"] == []


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("jurisdiction=220602001", 1),
        ("jurisdiction=220602002", 0),
        ("from=2026-03-02&to=2026-03-02", 1),
        ("to=2026-03-01", 0),
        ("ground=provider_early&stage=begun", 1),
        ("stage=left", 0),
    ],
)
def test_a_ledger_is_asked_by_place_period_ground_and_stage(web: Web, asked: str, count: int) -> None:
    web.apply("2026-06-30")
    assert len(web.get("city_officer", f"/ledgers/exits?{asked}")["items"]) == count


def test_a_stage_nobody_knows_is_refused(web: Web) -> None:
    assert web.ask("county_officer", "GET", "/ledgers/exits?stage=flown").status_code == 400


def test_the_ledger_as_a_spreadsheet_holds_every_row_that_was_asked_for(web: Web) -> None:
    web.apply("2026-06-30")
    more_exits(web, 2)
    answer = web.ask("county_officer", "GET", "/ledgers/exits?format=xlsx&limit=1")
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    assert "attachment" in answer["Content-Disposition"]
    page: Any = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in page[1]] == [*IN_FILE]
    assert page.max_row == 4


def test_who_has_no_ledger_is_told_whose_it_is(web: Web) -> None:
    answer = web.ask("community_worker", "GET", "/ledgers/exits")
    assert answer.status_code == 403
    assert "应由街道办事处" in answer.json()["detail"]


def test_an_estates_managers_follow_one_another_without_a_gap(web: Web) -> None:
    """甲 from 1 January 2025, nobody from 1 March 2026 22:10, the community from 3 March 07:40."""
    estate = web.area.estate
    for when, said in (
        ("2026-03-01 22:10", {"mode": Mode.UNMANAGED, "reason": "示例弃管"}),
        (
            "2026-03-03 07:40",
            {
                "mode": Mode.COMMUNITY_CUSTODY,
                "organisation_id": web.area.organisations["community"].pk,
                "paper_title": "示例托管决定",
            },
        ),
    ):
        facts = BeginEngagement(estate_id=estate.pk, from_at=at(when), **said)
        actions.begin_engagement(by=SYSTEM, at=at(when), facts=facts)
    told = web.get("committee_head", f"/estates/{estate.pk}/managers")
    assert told["estate"]["name"] == "示例白山一号小区"
    assert [(one["mode"], one["from_at"], one["to_at"]) for one in told["items"]] == [
        ("community_custody", "2026-03-03T07:40:00+08:00", None),
        ("unmanaged", "2026-03-01T22:10:00+08:00", "2026-03-03T07:40:00+08:00"),
        ("contract", "2025-01-01T09:00:00+08:00", "2026-03-01T22:10:00+08:00"),
    ]
    newest, gap, oldest = told["items"]
    assert (newest["paper"], newest["organisation"]["name"]) == ("示例托管决定", "示例白山社区居民委员会")
    assert (gap["reason"], gap["organisation"]) == ("示例弃管", None)
    assert (gap["to_on"], oldest["to_on"]) == (str(date(2026, 3, 2)), str(date(2026, 2, 28)))
