"""The rules of a provider that does not leave, pure: when it is one, and which way leads through court.

《民法典》第949、950条; 《阳城县…方案》四（二）. No authority puts it out, and no fine is made up here.
"""

from datetime import date

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.periods import due
from gongzhi.values.wording import date_words, day_words

from .ground_facts import CourtStep, HoldoutFound
from .situations import ExitSituation

AFTER_HANDOVER = "exit.leave_after_confirmation"
LEAVE_WITHIN, UNTIL_TAKEOVER = "exit.leave_within", "service.continue_until_takeover"
#: Unsettled debts and unfinished work are no reason to stay. 《白山市…管理办法》第20条第1款.
DEBTS = "exit.debts_no_excuse"
ROUTE, SANCTION = "exit.court_route", "handover.refusal_sanction"
#: What each step of the way comes after. A person is listed as dishonest only on a judgment that is being enforced.
AFTER = {
    "lawsuit": ("found", "lawsuit"),
    "judgment": ("lawsuit",),
    "court_enforcement": ("judgment",),
    "dishonest_list": ("court_enforcement",),
}
NEEDS = {
    "lawsuit": "先记录拒不退出的情况",
    "judgment": "先由业主方提起诉讼",
    "court_enforcement": "先有生效裁判",
    "dishonest_list": "先有生效裁判和强制执行案件",
}

SAID = {
    "found": "记录拒不退出",
    "lawsuit": "起诉",
    "judgment": "裁判",
    "court_enforcement": "申请强制执行",
    "dishonest_list": "申请列入失信被执行人",
}
#: Where neither law nor contract nor a person counts the time to leave. 《民法典》第949条第1款.
NO_TIME = "合同终止后的退出期限没有约定，也没有确定，请先确定合理的离场日期，并核对是否已经届满。"


def stays_without_right(law: CaseLaw, facts: HoldoutFound, situation: ExitSituation) -> Decision:
    """The contract is over and somebody is there to take over; until then staying is a duty. 《民法典》第949、950条."""
    cites = (*law.cites(LEAVE_WITHIN, UNTIL_TAKEOVER), *law.cites_known(DEBTS))
    if facts.found_on > situation.today:
        return refuse("记录日期不能晚于今天，请核对。")
    if situation.contract_end is None or facts.found_on <= situation.contract_end:
        return refuse(
            "合同还没有终止，物业服务人在场是履行合同，不是拒不退出。", citations=law.cites(LEAVE_WITHIN)
        )
    if situation.successor is None:
        return refuse(
            "还没有确定由谁接管，原物业服务人须继续服务，不是拒不退出；请先确定接替单位或者指定临时接管。",
            citations=law.cites(UNTIL_TAKEOVER),
        )
    leave_by = _leave_by(law, situation)
    if leave_by is not None and facts.found_on <= leave_by:
        return refuse(
            f"退出期限到{day_words(leave_by)}24:00届满，期限内在场不是拒不退出，请在届满后仍不退出时记录。",
            citations=cites,
        )
    return allow(citations=cites, warnings=() if leave_by is not None else (NO_TIME,))


def _leave_by(law: CaseLaw, situation: ExitSituation) -> date | None:
    """The last day of the time to leave: after the contract's end, or after the handover where that is over sooner.

    None where it is not counted. 《民法典》第949条; 《白山市…管理办法》第20条.
    """
    of = {LEAVE_WITHIN: situation.contract_end, AFTER_HANDOVER: situation.handed_over_at}
    ends = [
        due(law.rule(key), since, CALENDAR).due_on
        for key, since in of.items()
        if since is not None and law.is_period(key)
    ]
    return min((day for day in ends if day is not None), default=None)


def way_through_court(law: CaseLaw, facts: CourtStep, situation: ExitSituation) -> Decision:
    """Suit, judgment, enforcement, list, one after the other; a suit with its authority. 《阳城县…方案》四（二）.

    That it is out may be learnt later: only that may lie before the step before.
    """
    cites = law.cites_known(ROUTE, SANCTION)
    if facts.on > situation.today:
        return refuse("日期不能晚于今天，请核对。")
    if facts.step != "left" and situation.holdout not in AFTER[facts.step]:
        return refuse(f"{NEEDS[facts.step]}，再办理这一步。")
    since = situation.holdout_on
    if facts.step != "left" and since is not None and facts.on < since:
        return refuse(
            f"{SAID[facts.step]}日期不能早于{SAID[situation.holdout]}的日期{date_words(since)}，请核对后填写。"
        )
    if facts.step == "lawsuit" and not facts.authority:
        return refuse("代表业主起诉要写明由谁授权和授权文书，请补充后提交。")
    return allow(citations=cites)
