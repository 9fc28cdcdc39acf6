"""The rules of the watches, pure: (law, facts, situation) → Decision. Every number is the pack's."""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.periods import due
from gongzhi.values.wording import date_words

from .watch_facts import Fallback, Intention, MeetingHeld, WatchConcluded
from .watch_situation import WatchSituation

MEETING = "exit.decision_meeting_before_expiry"
OWNERS_NOTICE = "exit.owner_non_renewal_notice_before"
PROVIDER_NOTICE = "exit.provider_notice_before"
LATEST = (MEETING, OWNERS_NOTICE, PROVIDER_NOTICE)


def intention_is_told_in_time(law: CaseLaw, facts: Intention, situation: WatchSituation) -> Decision:
    """Whoever says it is told the latest days, and what is too late. 《民法典》第278、946、947条.

    Nothing is refused: an intention decides nothing, and a latest day that is past is shown, not made up.
    """
    figures, late = latest_days(law, situation)
    warnings = [f"{title}的最迟到达日（{day}）已过" for title, day in late.items()]
    if facts.choice != "undecided" and not situation.may_decide:
        warnings.append(f"{situation.owners}不能代业主决定续聘、另聘，须由业主共同决定")
    return allow(figures=figures, citations=law.cites(*_known(law)), warnings=tuple(warnings))


def latest_days(law: CaseLaw, situation: WatchSituation) -> tuple[dict[str, str], dict[str, str]]:
    """最迟到达日 and 建议送达日 of each backward period the place has; and, by title, the days that are past."""
    figures: dict[str, str] = {}
    late: dict[str, str] = {}
    if situation.on is None:
        return figures, late
    for key in _known(law):
        title, found = law.value(key).title, due(law.rule(key), situation.on, CALENDAR)
        figures[f"{title}：最迟到达日"] = str(found.due_on)
        figures[f"{title}：建议送达日"] = str(found.advised_on)
        if found.due_on is not None and found.due_on < situation.today:
            late[title] = str(found.due_on)
    return figures, late


def _known(law: CaseLaw) -> list[str]:
    return [key for key in LATEST if law.is_period(key)]


def meeting_was_held(law: CaseLaw, facts: MeetingHeld, situation: WatchSituation) -> Decision:
    """A meeting is reported when it was held. 《绍兴市物业管理条例》第34条."""
    if facts.held_on > situation.today:
        return refuse("会议日期不能晚于今天，请在会议召开后填写。")
    return allow(citations=law.cites(MEETING))


def conclusion_fits(law: CaseLaw, facts: WatchConcluded, situation: WatchSituation) -> Decision:
    """Term over is not contract over: indefinite only after its end, where service goes on. 《民法典》第948条."""
    cites = law.cites("exit.indefinite_notice_before")
    if facts.result == "indefinite" and situation.on is not None and situation.today <= situation.on:
        return refuse(f"合同到{situation.on}才期满，现在还不是不定期合同，请期满后再办结。", citations=cites)
    if facts.result == "exiting" and not situation.exit_running:
        return refuse("该小区没有在办的退出案件，请先立案，或者改选其他结果。")
    return allow(citations=cites if facts.result == "indefinite" else ())


def fallback_is_ready_in_time(law: CaseLaw, facts: Fallback, situation: WatchSituation) -> Decision:
    """Somebody is ready by the day the provider means to leave; once it is over, from today on, with a gap.

    《民法典》第950条.
    """
    cites = law.cites("service.continue_until_takeover")
    if situation.on is not None and situation.today > situation.on:
        past = f"计划退出日{date_words(situation.on)}已过，"
        if facts.ready_on < situation.today:
            return refuse(f"{past}请填写今天或者以后可以接管的日期。")
        days = (facts.ready_on - situation.on).days - 1
        gap = f"该日以后到{date_words(facts.ready_on)}可以接管以前空{days}日，" if days else ""
        return allow(citations=cites, warnings=(f"{past}{gap}接管以前由原物业服务人继续服务。",))
    if situation.on is not None and facts.ready_on > situation.on:
        return refuse(
            f"接替安排要在计划退出日（{situation.on}）以前就绪，请改填日期或者改选能在该日以前接管的单位。"
        )
    return allow(citations=cites)
