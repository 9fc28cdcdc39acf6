"""Claims, holdouts, watches, changes of managers as pages: each row by hand, totals, queries, whose they are."""

from datetime import date
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.exits.models import Claim
from gongzhi.exits.tests.looking import addresses, look, plain, read, rows_in, sheet_in
from gongzhi.exits.tests.play import Play, at
from gongzhi.exits.tests.test_ledger import opened, write_engagement_now
from gongzhi.exits.tests.test_ledger_page import queries_of
from gongzhi.procedures import tick, watching
from gongzhi.registry import actions
from gongzhi.registry.facts import SignContract
from gongzhi.registry.models import Mode
from gongzhi.registry.tests.cast import add_estate


@pytest.fixture
def owed(paged: Play) -> Play:
    """1,234.50 yuan of irregular money confirmed; the letter that claims it reaches the provider on 10 March."""
    opened(paged).vote().name_successor("2026-06-30").agree("2026-06-30").settle(irregular_cents=123_450)
    paged.do(
        "committee_head",
        "settlement.findings.submit",
        "submit",
        amount_cents=123_450,
        basis="示例依据",
        account="示例账户",
    )
    return paged


# Claims -------------------------------------------------------------------------------------------------------------


def test_what_is_owed_stands_with_who_owes_it_and_how_far_it_was_pursued(owed: Play) -> None:
    client = look(owed, "county_officer")
    text = read(client, "/exits/claims/")
    ((due, what, estate, debtor, pursuer, stage),) = rows_in(text)
    assert due == "没有期限"  # the refund's fifteen days have not begun: nothing was served
    assert what == "1,234.50 元 违规资金"
    assert estate.replace(" ", "") == f"示例白山一号小区{owed.case().row.number}"
    assert debtor == "示例白山甲物业有限公司"
    assert pursuer == "业 业主方"
    assert stage == "未了结 待追偿"
    assert "未了结金额合计 1,234.50 元" in plain(text)
    assert addresses(text, "登记进展") == []
    (row,) = sheet_in(client, *addresses(text, "导出"))
    assert (row["金额（元）"], row["类别"], row["谁欠"], row["谁追"]) == (
        "1234.5",
        "违规资金",
        debtor,
        "业主方",
    )
    assert (row["期限"], row["进展"], row["案号"]) == ("", "待追偿", owed.case().row.number)
    mine = read(look(owed, "committee_head"), "/exits/claims/")
    assert addresses(mine, "登记进展") == [f"/cases/{owed.root}/more/"]
    assert rows_in(mine)[0][5].startswith("未了结 待追偿 待我办理")
    theirs = read(look(owed, "provider_leader"), "/exits/claims/")
    assert (
        rows_in(theirs)[0][5] == "未了结 待追偿"
    )  # the claim's own state, and nothing of it is the debtor's to tell
    owed.stand(
        "committee_head",
        "exit",
        "recover",
        claim=str(Claim.objects.get().pk),
        step="suit",
        on="2026-03-10",
        authority="assembly",
        authority_paper="示例决议",
        remark="示例起诉",
    )
    assert "未了结 已起诉 业主大会决议：示例决议" in rows_in(read(client, "/exits/claims/"))[0][5]
    assert sheet_in(client, "/exits/claims.xlsx")[0]["起诉授权"] == "业主大会决议：示例决议"
    assert sheet_in(look(owed, "auditor"), "/exits/claims.xlsx")[0]["起诉授权"] == ""
    hidden = rows_in(read(look(owed, "auditor"), "/exits/claims/"))[0]
    assert hidden[5] == "未了结 已起诉"
    assert "示例决议" not in " ".join(hidden)
    assert rows_in(read(look(owed, "provider_leader"), "/exits/claims/"))[0][1] == what
    assert rows_in(read(look(owed, "committee_head"), "/exits/claims/"))[0][1] == what


def test_the_overdue_come_first_and_every_total_is_the_length_of_its_list(owed: Play) -> None:
    """Due on 20 March and, for its twin, on 5 March: on 10 March one is five days late, the money has no day yet."""
    first = Claim.objects.get()
    for day in (date(2026, 3, 20), date(2026, 3, 5)):
        twin = Claim(
            case=first.case, round=first.round, kind="prepaid", debtor=first.debtor, opened_at=owed.now
        )
        twin.amount_cents, twin.due_on = 10_000, day
        twin.save(force_insert=True)
    client = look(owed.until("2026-03-10 09:00"), "subdistrict_officer")
    text = read(client, "/exits/claims/")
    assert [row[0] for row in rows_in(text)] == [
        "逾期 5 日 2026-03-05 周四",
        "还剩 10 日 2026-03-20 周五",
        "没有期限",
    ]
    assert "3 项追偿没有了结，其中 1 项逾期未还" in plain(text)
    assert "合计 1,434.50 元" in plain(text)
    for words, number in (("未了结 3", 3), ("逾期未还 1", 1)):
        (address,) = addresses(text, words)
        assert len(rows_in(read(client, address))) == number
    assert len(rows_in(read(client, "/exits/claims/?kind=prepaid"))) == 2
    few = queries_of(client, "/exits/claims/?kind=money")
    assert queries_of(client, "/exits/claims/?kind=prepaid") == few
    told = client.get("/api/v1/ledgers/claims").json()["items"]
    assert [(one["due_on"], one["is_overdue"]) for one in told] == [
        ("2026-03-05", True),
        ("2026-03-20", False),
        (None, False),
    ]


def test_who_does_not_leave_is_listed_with_its_days(paged: Play) -> None:
    from gongzhi.exits.models import Holdout

    paged.apply("2026-06-30")
    Holdout.objects.create(case_id=paged.root, found_on=date(2026, 2, 20), opened_at=paged.now)
    client = look(paged, "committee_head")
    text = read(client, "/exits/holdouts/")
    ((estate, provider, found, days, stage, authority),) = rows_in(text)
    # 20 February to 2 March 2026: eight days in February, two in March
    assert (found, days, authority) == ("2026-02-20 周五", "10 日", "")
    assert estate.startswith("示例白山一号小区")
    assert provider == "示例白山甲物业有限公司"
    assert stage.startswith("已记录")
    (row,) = sheet_in(client, *addresses(text, "导出"))
    assert (row["记录日期"], row["已有天数"], row["物业服务人"]) == ("2026-02-20", "10", provider)
    assert sheet_in(client, "/exits/holdouts.xlsx?state=closed") == []
    assert "1 件拒不退出没有了结" in plain(text)
    assert "拒不退出 1 件" in plain(read(client, "/exits/claims/"))


# Watches ------------------------------------------------------------------------------------------------------------


def look_ahead(*instants: str) -> None:
    """The minute's jobs."""
    for instant in instants:
        watching.open_due(at(instant))
        tick.fire_due(at(instant))


def test_a_warning_stands_with_the_day_it_was_given(paged: Play) -> None:
    """A watch that began late gave its earliest warning when it began, not on the day it would have had."""
    look_ahead("2026-09-01 09:00")
    client = look(paged.until("2026-09-02 09:00"), "subdistrict_officer")
    text = read(client, "/exits/watches/")
    row = next(one for one in rows_in(text) if "物业服务合同到期预警" in one[1])
    assert row[2].startswith("−180日 已提醒 09-01 −90日 10-02")
    told = sheet_in(client, *addresses(text, "导出"))
    assert any(one["提前提醒"].startswith("−180日 2026-09-01（已提醒）") for one in told)


def test_a_contracts_end_stands_with_its_warnings_and_what_is_next(paged: Play) -> None:
    """The contract ends on 31 December 2026; looked at on 3 October two of four warnings were given.

    180 days before is 4 July, 90 are 2 October, 60 are 1 November, 30 are 1 December.
    """
    look_ahead("2026-07-04 00:00", "2026-10-02 00:00")
    client = look(paged.until("2026-10-03 09:00"), "subdistrict_officer")
    text = read(client, "/exits/watches/")
    row = next(one for one in rows_in(text) if "物业服务合同到期预警" in one[1])
    assert row[0] == "还剩 89 日 2026-12-31 周四"
    assert row[2] == "−180日 已提醒 07-04 −90日 已提醒 10-02 −60日 11-01 −30日 12-01"
    assert row[3].startswith("到期去留意向 业 示例白山一号小区业主委员会")
    assert "到期预警办结 政" in row[3]
    kind = f"物业服务合同到期预警 {len([one for one in rows_in(text) if '合同到期' in one[1]])}"
    (address,) = addresses(text, kind)
    narrow = read(client, address)
    assert {one[1].split(" ")[1] for one in rows_in(narrow)} == {"物业服务合同到期预警"}
    exported = sheet_in(client, *addresses(narrow, "导出"))
    assert len(exported) == len(rows_in(narrow))
    assert exported[0]["提前提醒"] == (
        "−180日 2026-07-04（已提醒）；−90日 2026-10-02（已提醒）；−60日 2026-11-01；−30日 2026-12-01"
    )
    assert (exported[0]["到期"], exported[0]["已过期"]) == ("2026-12-31", "")
    assert "示例白山一号小区业主委员会：到期去留意向" in exported[0]["接下来"]
    (told,) = [
        one
        for one in client.get("/api/v1/ledgers/watches").json()["items"]
        if one["kind"] == "contract_watch"
    ]
    assert [one["before"] for one in told["rungs"]] == ["−180日", "−90日", "−60日", "−30日"]
    assert "这个筛选下没有将到期的事" in read(client, "/exits/watches/?overdue=1")


def test_more_watches_cost_no_query_more(paged: Play) -> None:
    look_ahead("2026-07-04 00:00")
    client = look(paged.until("2026-07-04 09:00"), "county_officer")
    client.get("/exits/watches/")
    few, before = queries_of(client, "/exits/watches/"), len(rows_in(read(client, "/exits/watches/")))
    for number in range(3):
        another(paged, number)
    look_ahead("2026-07-05 00:00")
    assert queries_of(client, "/exits/watches/") == few
    assert len(rows_in(read(client, "/exits/watches/"))) == before + 3


def another(play: Play, number: int) -> Any:
    """Another estate whose contract ends on 31 December 2026."""
    provider = play.area.organisations["provider"]
    estate = add_estate(
        f"示例{number:02}号小区",
        play.area.spec.community,
        mode=Mode.CONTRACT,
        managed_from_at=at("2025-01-01 09:00"),
        organisation_id=provider.pk,
        paper_title="示例合同",
    )
    facts = SignContract(
        estate_id=estate.pk,
        provider_id=provider.pk,
        signed_on=date(2025, 1, 1),
        starts_on=date(2025, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    actions.sign_contract(by=SYSTEM, at=at("2025-01-01 09:00"), facts=facts)
    return estate


# Managers -----------------------------------------------------------------------------------------------------------


def test_an_estate_that_changed_stands_with_its_gap_hatched_and_counted(paged: Play) -> None:
    """Nobody from 1 March 22:10 to 2 March 07:40: nine hours and a half. The other estates never changed."""
    write_engagement_now(paged, "2026-03-01 22:10", mode=Mode.UNMANAGED, reason="示例弃管")
    write_engagement_now(
        paged,
        "2026-03-02 07:40",
        mode=Mode.COMMUNITY_CUSTODY,
        organisation=paged.area.organisations["community"],
        paper_title="示例托管决定",
    )
    client = look(paged, "community_head")
    text = read(client, "/exits/managers/")
    told = plain(text)
    assert "1 个小区换过管理人，1 个出现过无人在管" in told
    assert "共变更 2 次" in told
    assert "无人在管合计 9小时30分" in told
    kinds = [one.split(" ")[0] for one in text.split('<ol class="reigns">')[1].split('<li class="')[1:]]
    assert kinds == ["past", "gap", "now", "unknown"]
    assert "原因：示例弃管" in told
    now, gap, past = sheet_in(client, *addresses(text, "导出"))
    assert (now["自"], now["至"], now["无人在管合计（小时）"]) == ("2026-03-02 07:40", "今", "9.5")
    assert (gap["自"], gap["至"], gap["原因"]) == ("2026-03-01 22:10", "2026-03-02 07:40", "示例弃管")
    assert (past["至"], past["管理人"]) == ("2026-03-01 22:10", "示例白山甲物业有限公司")
    assert "1 个小区换过管理人" in plain(read(client, "/exits/managers/?period=2026Q1&gaps=1"))
    assert "这个筛选下没有变更" in read(client, "/exits/managers/?period=2025")
    few = queries_of(client, "/exits/managers/")
    estate = another(paged, 1)
    paged.area.estate = estate
    write_engagement_now(paged, "2026-03-02 08:00", mode=Mode.SELF_MANAGED, paper_title="示例决定")
    assert "2 个小区换过管理人" in plain(read(client, "/exits/managers/"))
    assert queries_of(client, "/exits/managers/") == few
    told = client.get("/api/v1/ledgers/managers?gaps=true").json()["items"]
    assert [one["unmanaged_minutes"] for one in told] == [9 * 60 + 30]
