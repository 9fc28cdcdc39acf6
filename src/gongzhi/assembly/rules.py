"""The rules of a committee's term, pure: (law, facts, situation) → Decision. Every number is the pack's."""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.periods import due

from .facts import ReelectionStarted, TermConcluded
from .situations import TermSituation

REELECTION = "committee.reelection_before"
TERM_LIMIT = "contract.term_limit"


def reelection_has_begun(law: CaseLaw, facts: ReelectionStarted, situation: TermSituation) -> Decision:
    """It is reported when it has begun; what hinders the committee, or outlives its term, is said beside it.

    《业主大会和业主委员会指导规则》第47条; 《绍兴市物业管理条例》第24条.
    """
    cites = law.cites(REELECTION)
    if facts.started_on > situation.today:
        return refuse("换届启动日期不能晚于今天，请在启动后填写。", citations=cites)
    figures, late = {}, []
    if law.is_period(REELECTION) and situation.ends_on is not None:
        latest = due(law.rule(REELECTION), situation.ends_on, CALENDAR)
        figures = {"最迟启动日": str(latest.due_on), "建议启动日": str(latest.advised_on)}
        if latest.due_on is not None and facts.started_on > latest.due_on:
            late = [f"换届应最迟于{latest.due_on}启动，已迟延"]
    return allow(
        figures=figures, citations=cites, warnings=(*late, *_hindered(situation), *_outlived(law, situation))
    )


def _hindered(situation: TermSituation) -> list[str]:
    """What the state of the committee means for its re-election. `practice.md` 2."""
    found = []
    if situation.is_below_half:
        found.append(
            f"业主委员会应有{situation.seats}人、在任{situation.filled}人，不足半数，不能作出决定，由街道组织换届"
        )
    if situation.ends_on is not None and situation.today > situation.ends_on:
        found.append("任期已经届满：原业主委员会只保管资料、印章，不得召集会议决定选聘、解聘")
    if situation.is_seal_lost:
        found.append("业主委员会印章失控，交接前须先补救")
    return found


def _outlived(law: CaseLaw, situation: TermSituation) -> list[str]:
    """A contract that goes on after the term. `practice.md` 12.7 (12)."""
    until, ends_on = situation.contract_until, situation.ends_on
    if until is None or ends_on is None or until <= ends_on:
        return []
    basis = law.value(TERM_LIMIT).cited
    return [
        f"现行物业服务合同至{until}，长于业主委员会任期（至{ends_on}）"
        + (f"，与{basis}不符" if basis else "")
    ]


def conclusion_fits(law: CaseLaw, facts: TermConcluded, situation: TermSituation) -> Decision:
    """A term that runs is not concluded as failed; an interim committee has to stand. 《绍兴市物业管理条例》第16条."""
    if facts.result == "interim" and not situation.has_interim:
        return refuse(
            "物业管理委员会还没有登记，请先登记后再办结。", citations=law.cites("committee.fallback")
        )
    if (
        facts.result == "not_elected"
        and situation.ends_on is not None
        and situation.today <= situation.ends_on
    ):
        return refuse(f"任期到{situation.ends_on}才届满，换届仍可进行，请届满后再办结。")
    return allow(citations=law.cites(REELECTION))
