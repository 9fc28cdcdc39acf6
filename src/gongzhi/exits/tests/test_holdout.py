"""A provider that does not leave: when it is one, and the owners' way through court; nobody puts it out."""

from datetime import date
from typing import Any

import pytest

from gongzhi.exits.models import Holdout
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_grounds_by_place import begin
from gongzhi.values.refusals import NotAllowed, NotPossible, RuleBroken


@pytest.fixture
def over(db: Any) -> Play:
    """阳城: dismissed, a successor named, the contract over since 31 May 2026; it is 2 June."""
    play = begin("yangcheng")
    play.move("dismissed_in_term")
    play.vote("contract")
    play.tell_end("2026-05-31", papers=())
    play.go(hours=1).reach("exit.notice.receive", "provider_leader")
    play.name_successor("2026-05-31")
    return play.until("2026-06-02 09:00")


def find(play: Play, name: str = "committee_head", on: str = "2026-06-02") -> None:
    said = {"found_on": on, "what": "示例：拒绝交出消防控制室", "demanded": "示例：两次书面催告"}
    play.stand(name, "exit", "record_holdout", **said)


def step(play: Play, name: str, by: str = "committee_head", **more: Any) -> None:
    said = {"step": name, "on": str(play.now.date()), "paper": "示例案号1"}
    play.stand(by, "exit", "pursue_holdout", **(said | more))


@pytest.mark.proves("YC-017")
def test_the_way_leads_through_suit_judgment_and_enforcement_to_the_list(over: Play) -> None:
    find(over)
    with pytest.raises(NotPossible, match="先有生效裁判和强制执行案件") as refused:
        step(over, "dishonest_list")
    assert refused.value.citations == ()
    with pytest.raises(NotPossible, match="写明由谁授权"):
        step(over, "lawsuit")
    step(over, "lawsuit", authority="示例业主大会决议")
    with pytest.raises(NotPossible, match="先有生效裁判"):
        step(over, "court_enforcement")
    for name in ("judgment", "court_enforcement", "dishonest_list", "left"):
        step(over, name)
    row = Holdout.objects.get()
    assert (row.stage, row.closed_at, row.sued_under) == ("left", over.now, "示例业主大会决议")


@pytest.mark.proves("YC-017")
def test_no_authority_is_a_party_to_it(over: Play) -> None:
    find(over, "subdistrict_officer")
    for name in ("county_officer", "subdistrict_officer", "provider_leader"):
        with pytest.raises(NotAllowed):
            step(over, "lawsuit", by=name, authority="示例")


def test_while_its_contract_runs_a_provider_that_stays_does_its_duty(over: Play) -> None:
    with pytest.raises(RuleBroken, match="合同还没有终止"):
        find(over, on="2026-05-31")


def baishan_over(play: Play) -> Play:
    """白山: dismissed, a successor named, the contract over since 31 May 2026; thirty days to leave."""
    play.move("dismissed_in_term")
    play.vote("contract")
    play.tell_end("2026-05-31")
    play.go(hours=1).reach("exit.notice.receive", "provider_leader")
    return play.name_successor("2026-05-31")


def test_while_the_time_to_leave_runs_a_provider_that_stays_breaks_no_duty(play: Play) -> None:
    """30 days after 31 May: 30 June is the last."""
    baishan_over(play).until("2026-07-02 09:00")
    with pytest.raises(RuleBroken, match="退出期限到2026年6月30日（周二）24:00届满") as refused:
        find(play, on="2026-06-30")
    assert "第20条第1款" in [citation.article for citation in refused.value.citations]
    find(play, on="2026-07-01")
    assert Holdout.objects.get().found_on == date(2026, 7, 1)


def test_a_day_that_was_set_for_leaving_is_the_last_of_that_time(over: Play) -> None:
    """阳城, whose law counts no time: until a day is set, it is said that none is."""
    said = {"leave_on": "2026-06-25", "reason": "示例：设备较多", "heard": "示例意见"}
    over.stand("subdistrict_officer", "exit", "set_leave_date", **said)
    over.until("2026-06-26 09:00")
    with pytest.raises(RuleBroken, match="退出期限到2026年6月25日（周四）24:00届满"):
        find(over, on="2026-06-25")
    find(over, on="2026-06-26")


def test_where_no_time_to_leave_is_set_it_is_said(over: Play) -> None:
    told = {"found_on": "2026-06-02", "what": "示例：拒绝交出消防控制室", "demanded": "示例：两次书面催告"}
    (warned,) = over.stand("committee_head", "exit", "record_holdout", **told).value["warnings"]
    assert "退出期限没有约定，也没有确定" in warned


def test_no_step_through_court_is_dated_before_the_one_it_follows(over: Play) -> None:
    find(over, on="2026-06-02")
    over.until("2026-07-20 09:00")
    with pytest.raises(NotPossible, match="起诉日期不能早于记录拒不退出的日期2026年6月2日"):
        step(over, "lawsuit", authority="示例", on="2026-06-01")
    step(over, "lawsuit", authority="示例", on="2026-06-10")
    with pytest.raises(NotPossible, match="裁判日期不能早于起诉的日期2026年6月10日"):
        step(over, "judgment", on="2026-06-09")
    step(over, "judgment", on="2026-07-10")
    with pytest.raises(NotPossible, match="申请强制执行日期不能早于裁判的日期2026年7月10日"):
        step(over, "court_enforcement", on="2026-07-09")
    step(over, "court_enforcement", on="2026-07-10")
    with pytest.raises(NotPossible, match="申请列入失信被执行人日期不能早于申请强制执行的日期2026年7月10日"):
        step(over, "dishonest_list", on="2026-07-01")


def test_while_nobody_is_there_to_take_over_staying_is_a_duty(db: Any) -> None:
    play = begin("yangcheng")
    play.move("dismissed_in_term")
    play.vote("dismiss")
    play.tell_end("2026-05-31", papers=())
    play.go(hours=1).reach("exit.notice.receive", "provider_leader")
    with pytest.raises(RuleBroken, match="须继续服务，不是拒不退出") as refused:
        find(play.until("2026-06-02 09:00"))
    assert any(citation.article == "第950条" for citation in refused.value.citations)


def test_one_record_at_a_time(over: Play) -> None:
    with pytest.raises(NotPossible, match="先记录拒不退出的情况"):
        step(over, "lawsuit", authority="示例")
    find(over)
    with pytest.raises(NotPossible, match="已有一条未了结的拒不退出记录"):
        find(over)
    assert Holdout.objects.get().found_on == date(2026, 6, 2)


@pytest.mark.proves("BS-078", "BS-119")
def test_in_baishan_debts_are_no_reason_to_stay_and_the_owners_may_sue(play: Play) -> None:
    play.move("dismissed_in_term")
    play.vote("contract")
    play.tell_end("2026-05-31")
    play.go(hours=1).reach("exit.notice.receive", "provider_leader")
    with pytest.raises(RuleBroken) as refused:
        find(play, on="2026-03-02")
    assert "第20条第1款" in [citation.article for citation in refused.value.citations]
    play.name_successor("2026-05-31").until("2026-07-01 09:00")
    said = {
        "found_on": "2026-07-01",
        "what": "示例：以业主欠费未清为由拒绝离场",
        "demanded": "示例：书面催告",
    }
    play.stand("committee_head", "exit", "record_holdout", **said)
    step(play, "lawsuit", authority="示例业主大会决议")
    assert Holdout.objects.get().stage == "lawsuit"
