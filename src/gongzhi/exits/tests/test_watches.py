"""A contract's end and an exit without a successor are watched; the law's own days stand beside the office's."""

from datetime import date
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.exits.tests.looking import addresses, see
from gongzhi.exits.tests.play import Play, at
from gongzhi.law.actions import set_local_value
from gongzhi.law.facts import SetLocalValue
from gongzhi.messages.models import Message
from gongzhi.procedures import check, tick, watching
from gongzhi.procedures.clockview import state_of
from gongzhi.procedures.models import Case, Clock, Rung, Task
from gongzhi.procedures.view import CaseView
from gongzhi.registry import actions
from gongzhi.registry.facts import BeginEngagement, SignContract
from gongzhi.registry.models import ContractKind, ContractTerm, Mode, ServiceContract
from gongzhi.registry.tests.cast import Area, build_cast
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible, RuleBroken

MEETING = "exit.decision_meeting_before_expiry"
OWNERS_NOTICE = "exit.owner_non_renewal_notice_before"
PROVIDER_NOTICE = "exit.provider_notice_before"


def run(*instants: str) -> None:
    """The minute's jobs."""
    for instant in instants:
        tick.follow_dates(at(instant))
        watching.open_due(at(instant))
        tick.fire_due(at(instant))


def watch_of(area: Area, procedure: str = "contract_watch") -> Case:
    return Case.objects.filter(procedure=procedure, estate=area.estate).latest("opened_at")


def watched(play: Play, instant: str = "2026-07-04 00:00") -> Play:
    """The contract's end has come into sight; the play goes on in the watch."""
    run(instant)
    play.root = watch_of(play.area).pk
    return play.until(instant)


def told(play: Play, name: str) -> list[str]:
    rows = Message.objects.filter(organisation=play.area.organisations[name], key__startswith="clocks:")
    return [line for row in rows.order_by("created_at", "id") for line in row.body.splitlines()]


def rungs(case: Case, key: str) -> list[str]:
    rows = Rung.objects.filter(clock__case=case, clock__key=key, dropped_at=None).order_by("due_at")
    return [f"{row.name} {row.due_at.astimezone(ZONE):%Y-%m-%d}" for row in rows]


def sign(area: Area, starts_on: str, ends_on: str | None, **more: Any) -> None:
    facts = SignContract(
        estate_id=area.estate.pk,
        provider_id=more.pop("provider", area.organisations["provider"]).pk,
        signed_on=date(2026, 6, 1),
        starts_on=date.fromisoformat(starts_on),
        ends_on=date.fromisoformat(ends_on) if ends_on else None,
        **more,
    )
    actions.sign_contract(by=SYSTEM, at=at("2026-06-01 09:00"), facts=facts)


def intends(play: Play, choice: str, **more: Any) -> Any:
    return play.do("committee_head", "contract_watch.intention.submit", "submit", choice=choice, **more).value


def concludes(play: Play, result: str) -> None:
    play.do(
        "subdistrict_officer", "contract_watch.conclusion.submit", "submit", result=result, remark="示例说明"
    )


# The contract's end -------------------------------------------------------------------------------------------------


def test_the_committee_says_what_it_means_to_do_and_the_street_sees_it_through(play: Play) -> None:
    watched(play)
    assert play.open_tasks() == ["contract_watch.conclusion.submit", "contract_watch.intention.submit"]
    holders = {task.name: task for task in Task.objects.filter(case=play.root, open=True)}
    assert {task.organisation for task in holders.values()} <= {
        play.area.organisations["committee"],
        play.area.organisations["subdistrict"],
    }
    # the contract ends with 31 December 2026
    assert {task.due_at for task in Task.objects.filter(case=play.root, open=True)} == {
        at("2027-01-01 00:00")
    }


def test_in_baishan_the_law_has_one_latest_day_and_it_binds_the_provider_only_if_it_wants_to_go(
    play: Play,
) -> None:
    """90 days before 31 December 2026: 2 October, in the National Day week; advised 30 September, a Wednesday."""
    watched(play)
    (clock,) = Clock.objects.filter(case=play.root).exclude(key="watch.contract_end")
    assert (clock.key, clock.due_on, clock.advised_on) == (
        PROVIDER_NOTICE,
        date(2026, 10, 2),
        date(2026, 9, 30),
    )
    assert any("国庆" in line for line in clock.working)
    assert rungs(watch_of(play.area), PROVIDER_NOTICE) == ["remind 2026-09-30", "passed 2026-10-03"]
    run("2026-10-03 00:00")
    assert state_of(Clock.objects.get(pk=clock.pk), at("2026-10-03 00:00")) == "passed"
    assert told(play, "provider") == [
        "到期预警办结：距2026年12月31日（周四）还有180天",
        "到期预警办结：即将到期（2026年10月2日（周五）24:00）",
        "到期预警办结：距2026年12月31日（周四）还有89天",
        "到期预警办结：最迟日期已过（2026年10月2日（周五）24:00）",
    ]
    assert not any("最迟" in line or "即将" in line for line in told(play, "committee"))
    assert told(play, "county") == []


def test_a_contract_with_a_term_of_its_own_has_its_own_latest_day(play: Play) -> None:
    """120 days before 31 December 2026: 2 September, a Wednesday."""
    ContractTerm.objects.create(
        contract_id=play.area.contract_id, key=PROVIDER_NOTICE, value={"value": 120, "unit": "D"}
    )
    watched(play)
    assert Clock.objects.get(case=play.root, key=PROVIDER_NOTICE).due_on == date(2026, 9, 2)


@pytest.fixture
def zhuji(db: None) -> Play:
    """诸暨, whose own text is a draft: 绍兴's regulation counts."""
    cast = build_cast(at("2026-03-02 09:00"), areas=("zhuji",))
    return Play(cast, cast.areas["zhuji"], at("2026-03-02 09:00"))


def test_in_zhuji_the_meeting_is_due_ninety_days_before_and_the_owners_notice_sixty(zhuji: Play) -> None:
    """−90: 2 October (National Day; advised 30 September). −60: 1 November, a Sunday; advised Friday 30 October."""
    watched(zhuji)
    days = {
        clock.key: (clock.due_on, clock.advised_on)
        for clock in Clock.objects.filter(case=zhuji.root).exclude(key="watch.contract_end")
    }
    assert days == {
        MEETING: (date(2026, 10, 2), date(2026, 9, 30)),
        PROVIDER_NOTICE: (date(2026, 10, 2), date(2026, 9, 30)),
        OWNERS_NOTICE: (date(2026, 11, 1), date(2026, 10, 30)),
    }
    meeting = zhuji.task("contract_watch.meeting.submit")
    assert (meeting.organisation, meeting.due_at) == (
        zhuji.area.organisations["committee"],
        at("2026-10-03 00:00"),
    )
    run("2026-10-03 00:00", "2026-10-04 00:00")
    # the meeting is a duty, so its lateness goes up; the notices are not
    assert any(
        "合同到期业主大会会议：逾期未办" in line
        for line in told(zhuji, "subdistrict") + told(zhuji, "community")
    )
    zhuji.until("2026-10-05 09:00").do(
        "committee_head",
        "contract_watch.meeting.submit",
        "submit",
        held_on="2026-10-04",
        decided="renew",
        remark="示例会议情况",
    )
    assert Clock.objects.get(case=zhuji.root, key=MEETING).met_at is not None


def test_who_says_it_late_is_shown_the_days_that_are_past_and_nothing_is_refused(zhuji: Play) -> None:
    watched(zhuji)
    zhuji.until("2026-10-12 09:00")
    warnings = intends(zhuji, "hire_anew")["warnings"]
    assert len(warnings) == 2
    assert all("2026-10-02" in one for one in warnings)


def test_an_intention_may_change_and_decides_nothing(play: Play) -> None:
    watched(play)
    intends(play, "undecided")
    play.stand("committee_head", "contract_watch", "change_intention", choice="renew", remark="示例变更")
    assert CaseView(watch_of(play.area)).row.ended_at is None
    run("2026-10-02 00:00")
    assert "到期预警办结：距2026年12月31日（周四）还有90天" in told(play, "committee")


def test_a_contract_is_not_indefinite_before_its_end(play: Play) -> None:
    watched(play)
    with pytest.raises(RuleBroken, match="还不是不定期合同"):
        concludes(play.until("2026-12-31 23:00"), "indefinite")
    concludes(play.until("2027-01-01 09:00"), "indefinite")
    case = watch_of(play.area)
    assert (case.outcome, case.ended_why) == ("done", "到期预警办结已办结")
    run("2027-01-02 00:00", "2027-02-01 00:00")
    assert Case.objects.filter(procedure="contract_watch", estate=play.area.estate).count() == 1


def test_a_watch_is_concluded_by_an_exit_only_where_one_runs(play: Play) -> None:
    watched(play)
    root = play.root
    with pytest.raises(NotPossible, match="没有在办的退出案件"):
        concludes(play, "exiting")
    play.apply("2026-12-31")
    play.root = root
    concludes(play, "exiting")
    assert watch_of(play.area).outcome == "done"


def test_a_contract_whose_end_an_exit_sees_to_is_not_watched(paged: Play) -> None:
    """Not when it comes into sight, and not when the exit begins after the watch, which is settled with a link."""
    play = watched(paged)
    assert watch_of(play.area).outcome == ""
    play.until("2026-07-06 09:00").not_renew("2026-12-31")
    run("2026-07-06 09:01")
    case, number = watch_of(play.area), play.case().row.number
    assert (case.outcome, case.ended_why) == ("gone", f"合同的终止已在办理：{number}")
    assert not Task.objects.filter(case=case, open=True).exists()
    assert addresses(see(play, "committee_head", f"/cases/{case.pk}/"), "打开该办件") == [
        f"/cases/{play.root}/"
    ]
    run("2026-10-02 00:00", "2026-12-31 00:00")
    assert Case.objects.filter(procedure="contract_watch", estate=play.area.estate).count() == 1


def test_a_watch_opens_once_the_exit_that_saw_to_it_comes_to_nothing(play: Play) -> None:
    play.until("2026-06-01 09:00").not_renew("2026-12-31")
    run("2026-07-04 00:00")
    assert not Case.objects.filter(procedure="contract_watch", estate=play.area.estate).exists()
    play.until("2026-07-05 09:00").stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    run("2026-07-06 00:00")
    assert watch_of(play.area).outcome == ""


def test_a_new_contract_ends_the_watch_whoever_the_provider_is(play: Play) -> None:
    watched(play)
    sign(play.area, "2027-01-01", "2029-12-31", provider=play.area.organisations["other_provider"])
    run("2026-07-10 00:00", "2026-10-02 00:00")
    case = watch_of(play.area)
    assert (case.outcome, case.ended_why) == ("gone", "已登记新的物业服务合同，自2027-01-01起")
    assert len(told(play, "committee")) == 1


def test_an_emergency_agreement_is_no_new_contract(play: Play) -> None:
    watched(play)
    sign(play.area, "2027-01-01", "2027-06-30", kind=ContractKind.EMERGENCY)
    run("2026-07-10 00:00")
    assert watch_of(play.area).ended_at is None


def test_another_manager_ends_the_watch(play: Play) -> None:
    watched(play)
    facts = BeginEngagement(
        estate_id=play.area.estate.pk,
        from_at=at("2026-08-01 10:00"),
        mode=Mode.SELF_MANAGED,
        paper_title="示例业主共同决定",
    )
    actions.begin_engagement(by=SYSTEM, at=at("2026-08-01 10:00"), facts=facts)
    run("2026-08-01 10:01")
    assert (watch_of(play.area).outcome, watch_of(play.area).ended_why) == (
        "gone",
        "该小区已不由合同的物业服务人管理",
    )


def test_a_contract_without_an_end_or_that_nobody_manages_by_is_not_watched(play: Play) -> None:
    ServiceContract.objects.filter(pk=play.area.contract_id).update(ends_on=None)
    sign(play.area, "2026-01-01", "2026-12-31", provider=play.area.organisations["other_provider"])
    run("2026-07-04 00:00")
    assert not Case.objects.filter(procedure="contract_watch").exists()


def test_a_provider_sees_the_watch_of_its_contract_and_a_stranger_does_not(play: Play) -> None:
    from gongzhi.procedures.queries import visible_cases
    from gongzhi.registry.models import Appointment

    watched(play)
    seen = {}
    for name in ("provider_leader", "other_provider_leader", "committee_head", "county_officer"):
        appointment = Appointment.objects.get(pk=play.cast[name].appointment_id)
        seen[name] = visible_cases(appointment).filter(pk=play.root).exists()
    assert seen == {
        "provider_leader": True,
        "other_provider_leader": False,
        "committee_head": True,
        "county_officer": True,
    }


# An exit whose successor nobody has named ---------------------------------------------------------------------------


def test_an_exit_near_its_day_without_a_successor_is_watched(play: Play) -> None:
    """Told on 2 March, to leave on 30 June 2026: −180 is past; −90 1 April, −60 1 May (Labour Day), −30 31 May."""
    play.apply("2026-06-30")
    run("2026-03-02 09:01", "2026-04-01 00:00", "2026-05-01 00:00", "2026-05-31 00:00")
    case = watch_of(play.area, "notice_watch")
    assert (case.towards_on, case.watched) == (date(2026, 6, 30), play.root)
    assert rungs(case, "watch.notice") == [
        "ahead:P180D 2026-01-01",
        "ahead:P90D 2026-04-01",
        "ahead:P60D 2026-05-01",
        "ahead:P30D 2026-05-31",
        "overdue 2026-07-01",
    ]
    assert [line for line in told(play, "provider") if line.startswith("接替安排")] == [
        "接替安排：距2026年6月30日（周二）还有120天",
        "接替安排：距2026年6月30日（周二）还有90天",
        "接替安排：距2026年6月30日（周二）还有60天",
        "接替安排：距2026年6月30日（周二）还有30天",
    ]
    assert [line for line in told(play, "county") if line.startswith("接替安排")] == [
        "接替安排：距2026年6月30日（周二）还有30天"
    ]


def look_ahead(value: list[str], on: str, said_on: str = "") -> None:
    """示例白山 sets how long ahead it looks to a planned exit."""
    facts = SetLocalValue(
        jurisdiction="220602",
        key="watch.notice",
        value=value,
        authority="示例白山县住房和城乡建设局",
        instrument="示例县建〔2026〕1号",
        set_on=date.fromisoformat(on),
    )
    set_local_value(by=SYSTEM, at=at(f"{said_on or on} 09:00"), facts=facts)


def test_nobody_is_reminded_of_a_point_that_was_past_before_it_was_set(play: Play) -> None:
    """To leave on 30 June 2026; the list comes on 10 April: −100 was 22 March, −60 is 1 May, −30 is set no more."""
    play.apply("2026-06-30")
    run("2026-03-02 09:01", "2026-04-01 00:00")
    case, before = watch_of(play.area, "notice_watch"), told(play, "provider")
    look_ahead(["P100D", "P60D"], "2026-04-10")
    run("2026-04-10 09:01")
    assert rungs(case, "watch.notice") == [
        "ahead:P180D 2026-01-01",
        "ahead:P90D 2026-04-01",
        "ahead:P60D 2026-05-01",
        "overdue 2026-07-01",
    ]
    assert told(play, "provider") == before
    look_ahead(["P100D", "P60D", "P95D"], "2026-04-12", "2026-04-11")
    assert watching.astray(at("2026-04-12 09:01")) == []
    run("2026-05-01 00:00")
    assert told(play, "provider")[len(before) :] == ["接替安排：距2026年6月30日（周二）还有60天"]


def test_a_named_successor_ends_it(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    run("2026-03-02 09:01")
    play.go(days=1).vote().name_successor("2026-06-30")
    run("2026-03-03 09:01", "2026-04-01 00:00")
    case = watch_of(play.area, "notice_watch")
    assert case.outcome == "gone"
    assert case.ended_why.startswith("接替单位已确定：示例白山乙物业")


def test_a_fallback_has_to_be_ready_by_the_day(play: Play) -> None:
    play.apply("2026-06-30")
    run("2026-03-02 09:01")
    play.root = watch_of(play.area, "notice_watch").pk
    said = {"by": "emergency", "body": "示例应急单位", "remark": "示例预选"}
    with pytest.raises(NotPossible, match="2026-06-30"):
        play.do(
            "subdistrict_officer", "notice_watch.fallback.submit", "submit", ready_on="2026-07-01", **said
        )
    play.do("subdistrict_officer", "notice_watch.fallback.submit", "submit", ready_on="2026-06-30", **said)
    assert watch_of(play.area, "notice_watch").outcome == "done"


def test_a_fallback_that_comes_after_the_day_is_taken_with_the_gap_it_leaves(play: Play) -> None:
    """Planned for 30 June 2026; on 3 July nothing that is past helps any more."""
    play.apply("2026-06-30")
    run("2026-03-02 09:01")
    play.root = watch_of(play.area, "notice_watch").pk
    said = {"by": "emergency", "body": "示例应急单位", "remark": "示例预选"}

    def arranges(ready_on: str) -> Any:
        return play.do(
            "subdistrict_officer", "notice_watch.fallback.submit", "submit", ready_on=ready_on, **said
        )

    play.until("2026-06-30 23:00")
    with pytest.raises(NotPossible, match="请改填日期"):
        arranges("2026-07-03")
    play.until("2026-07-03 09:00")
    with pytest.raises(NotPossible, match="计划退出日2026年6月30日已过，请填写今天或者以后可以接管的日期"):
        arranges("2026-06-30")
    (warned,) = arranges("2026-07-05").value["warnings"]
    assert "计划退出日2026年6月30日已过，该日以后到2026年7月5日可以接管以前空4日" in warned
    assert watch_of(play.area, "notice_watch").outcome == "done"


def test_another_day_of_exit_is_another_date(play: Play) -> None:
    """The application goes back; until a new one says its day, there is none to watch."""
    play.apply("2026-06-30").arrive()
    run("2026-03-02 09:01")
    play.go(days=1).stand("provider_leader", "exit", "amend", reason="示例改期")
    run("2026-03-03 09:01")
    assert watch_of(play.area, "notice_watch").ended_why == "退出申请或者通知已退回，计划退出日期待重新确定"
    assert Case.objects.get(pk=play.root).towards_on is None


def test_the_day_beside_an_exit_is_checked(play: Play) -> None:
    play.apply("2026-06-30")
    assert list(check.findings(play.now)) == []
    Case.objects.filter(pk=play.root).update(towards_on=date(2026, 7, 1))
    (finding,) = check.findings(play.now)
    assert finding.endswith("的计划退出日应为2026-06-30，登记为2026-07-01。")
