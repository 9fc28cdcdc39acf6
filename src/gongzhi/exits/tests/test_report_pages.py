"""Reports as pages: figures as they were closed, each the sum of its list, beside the days before."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gongzhi.exits.report_figures import LEVELLED, MEDIANS, counted, figures_of
from gongzhi.exits.report_list import FIGURES
from gongzhi.exits.tests.looking import addresses, look, numbers_in, plain, read, rows_in, sheet_in, sheets_in
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_ledger import opened, write_engagement_now
from gongzhi.exits.tests.test_report import COUNTY, compile_it, due, quarterly
from gongzhi.procedures.models import ClosedFigures
from gongzhi.registry.models import Mode


@pytest.fixture
def reported(paged: Play) -> Play:
    """Nobody managed from 30 March 20:00 to 1 April 08:00; the first two quarters were compiled."""
    quarterly(paged)
    opened(paged)
    exit_id = paged.root
    write_engagement_now(paged, "2026-03-30 20:00", mode=Mode.UNMANAGED, reason="示例弃管")
    write_engagement_now(
        paged,
        "2026-04-01 08:00",
        mode=Mode.COMMUNITY_CUSTODY,
        organisation=paged.area.organisations["community"],
        paper_title="示例托管决定",
    )
    compile_it(due(paged, "2026-04-01 09:00", "2026Q2"))
    compile_it(due(paged, "2026-07-02 09:00", "2026Q3"))
    paged.kept["exit"] = exit_id
    return paged


def test_a_figure_stands_beside_that_of_the_days_before(reported: Play) -> None:
    """28 hours in the first quarter (30 March 20:00 to 31 March 24:00), 8 in the second; nobody has left."""
    client = look(reported, "city_officer")
    listed = rows_in(read(client, f"/exits/reports/?place={COUNTY}"))
    number = reported.case("exit_report").row.number
    assert listed[0][0] == f"2026-04-01 至 2026-06-30 {number}"
    assert listed[1][0].startswith("2026-01-01 至 2026-03-31 ")
    assert [row[2].split(" ")[0] for row in listed] == ["已编制，待上报签收"] * 2
    assert [row[3:5] for row in listed] == [["1", "0"]] * 2
    text = read(client, f"/exits/reports/{reported.root}/")
    rows = {row[0]: row for row in rows_in(text, "怎么来的")}
    assert rows["无人在管"][1:4] == ["8小时", "28小时", "少 20小时"]
    assert rows["离场"][1:4] == ["0 件", "0 件", "持平"]
    assert rows["通知到离场"][1:4] == ["无", "无", ""]
    assert "编制后没有改过" in text
    assert "紧接在前的一期" not in text
    assert addresses(text, "打开办件") == [f"/cases/{reported.root}/"]


def test_every_figure_opens_a_list_that_adds_up_to_it(reported: Play) -> None:
    client = look(reported, "county_officer")
    path = f"/exits/reports/{reported.root}/"
    closed = ClosedFigures.objects.get(case=reported.root).figures
    for figure in FIGURES:
        rows = closed["behind"][figure.name]
        assert counted(figure.name, rows) == closed[figure.name]
        text = read(client, f"{path}?figure={figure.name}")
        shown = rows_in(text, "逐行来源") if rows else []
        assert len(shown) == len(rows)
    ((estate, number, what, _, amount),) = rows_in(
        read(client, f"{path}?figure=unmanaged_minutes"), "逐行来源"
    )
    assert (estate, what, amount) == ("示例白山一号小区", "无人在管", "8小时")
    assert number.startswith("物业服务人退出〔2026〕")
    late = read(client, f"{path}?figure=overdue_tasks&level=owners")
    assert len(rows_in(late, "逐行来源")) == closed[LEVELLED]["owners"] > 0
    (exits,) = addresses(read(client, path), "正常退出 1 件")
    assert len(rows_in(read(client, exits.partition("#")[0]), "退出案件，编制时的情况")) == 1
    assert set(MEDIANS) < {figure.name for figure in FIGURES}


def test_a_report_is_exported_whole_as_it_was_closed(reported: Play) -> None:
    client = look(reported, "county_officer")
    listed = sheet_in(client, f"/exits/reports.xlsx?place={COUNTY}")
    assert [(row["报告期自"], row["报告期至"]) for row in listed] == [
        ("2026-04-01", "2026-06-30"),
        ("2026-01-01", "2026-03-31"),
    ]
    assert [(row["退出案件"], row["离场"]) for row in listed] == [("1", "0")] * 2
    assert listed[0]["等谁"]
    text = read(client, f"/exits/reports/{reported.root}/")
    sheets = sheets_in(client, *addresses(text, "导出"))
    assert list(sheets) == ["数字", "按类别和进展", "退出案件", "逐行来源"]
    figures = {row[0]: row[1:5] for row in sheets["数字"]}
    assert figures["无人在管"] == ["8", "小时", "28", "-20"]
    assert len(figures) == len(FIGURES) + 1
    closed = ClosedFigures.objects.get(case=reported.root).figures
    assert len(sheets["退出案件"]) == len(closed["exits"]) + 1
    for figure in FIGURES:
        rows = [row for row in sheets["逐行来源"] if row[0] == figure.title]
        assert len(rows) == len(closed["behind"][figure.name])
    late = [row for row in sheets["逐行来源"] if row[:2] == ["期末逾期事项", "业主方"]]
    assert len(late) == closed[LEVELLED]["owners"]


def test_figures_and_days_of_an_exported_report_are_numbers_and_days(reported: Play) -> None:
    client = look(reported, "county_officer")
    (path,) = addresses(read(client, f"/exits/reports/{reported.root}/"), "导出")
    book = load_workbook(BytesIO(client.get(path).content))
    columns = (("数字", "本期"), ("数字", "上一期"), ("数字", "比上期"), ("退出案件", "无人在管（小时）"))
    for title, column in (*columns, ("逐行来源", "计入")):
        told = values_of(book[title], column)
        assert told
        assert {type(value) for value in told} <= {int, float}, column
    assert {type(value) for value in values_of(book["逐行来源"], "日期")} == {datetime}


def values_of(sheet: Any, column: str) -> list[Any]:
    """What stands in a column, empty cells left out."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [value for row in rows if (value := row[heads.index(column)]) not in (None, "")]


def test_figures_stay_as_they_stood_whatever_happens_after(reported: Play) -> None:
    client = look(reported, "county_officer")
    before = read(client, f"/exits/reports/{reported.root}/?figure=unmanaged_minutes")
    reported.area.estate.name = "示例改名小区"
    reported.area.estate.save()
    after = read(client, f"/exits/reports/{reported.root}/?figure=unmanaged_minutes")
    assert rows_in(after, "逐行来源") == rows_in(before, "逐行来源")


def test_a_report_nobody_compiled_says_so_and_one_sent_back_is_kept(paged: Play) -> None:
    quarterly(paged)
    due(paged, "2026-04-01 00:05", "2026Q2")
    client = look(paged, "county_officer")
    assert "这一期还没有编制" in read(client, f"/exits/reports/{paged.root}/")
    assert "请在编制后导出" in read(client, f"/exits/reports/{paged.root}/report.xlsx", 404)
    compile_it(paged)
    paged.do("county_officer", "exit_report.report.submit", "submit", number="示例1号", signed_by="示例局长")
    paged.do("city_officer", "exit_report.report.receive", "return", missing="示例缺少说明")
    compile_it(paged.go(days=1))
    text = read(client, f"/exits/reports/{paged.root}/")
    assert "编制过 2 次" in plain(text)
    (old,) = [one for one in addresses(text, "2026-04-01 00:05") if "as=" in one]
    assert "这是退回前编制的数字" in read(client, f"/exits/reports/{paged.root}/{old}")
    told = client.get(f"/api/v1/reports/exits/{paged.root}").json()
    assert [one["counts"] for one in told["closed"]] == [True, False]
    assert told["closed"][0]["previous"] == told["closed"][1]["digest"]


def test_whose_reports_one_reads(reported: Play) -> None:
    path = f"/exits/reports/{reported.root}/"
    for name in ("subdistrict_officer", "community_head", "provider_leader", "owner"):
        assert "不在您的范围内" in read(look(reported, name), path, 404)
        assert "不在您的范围内" in read(look(reported, name), f"{path}report.xlsx", 404)
    assert "数字" in read(look(reported, "auditor"), path)


def test_a_changed_figure_would_be_said(reported: Play, monkeypatch: Any) -> None:
    monkeypatch.setattr("gongzhi.procedures.figures.digest_of", lambda row: "0" * 64)
    assert "与编制时不符" in read(look(reported, "city_officer"), f"/exits/reports/{reported.root}/")


def test_more_exits_change_the_figures_and_no_list_is_empty_handed(reported: Play) -> None:
    from datetime import date

    told = figures_of(COUNTY, date(2026, 1, 1), date(2026, 3, 31), reported.now)
    assert told["unmanaged_minutes"] == 28 * 60
    assert numbers_in(str(told["behind"]["unmanaged_minutes"][0]["amount"])) == [28 * 60]
