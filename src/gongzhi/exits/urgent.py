"""The night without a provider: what does not wait for a vote, nor for settlement and handover.

《白山市…管理办法》第21条: emergency service begins at once where the provider is gone and the owners have decided
nothing. Who serves meanwhile comes as soon as it can; lists and accounts follow in their steps.
"""

from collections.abc import Mapping
from datetime import datetime

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.standing import Reason
from gongzhi.procedures.view import CaseView
from gongzhi.registry.queries import newest_engagement
from gongzhi.registry.roles import SUCCESSOR
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.minutes import minute_of
from gongzhi.values.wording import date_words, minute_words

from .facts import EnteredMeanwhile, InterimNamed
from .ground_queries import goes_on
from .situations import ExitSituation

UNTIL_TAKEOVER = "service.continue_until_takeover"


def awaited_vote(case: CaseView) -> CaseView | None:
    """The running case in which the owners decide who follows; None where nothing is waited for."""
    from .procedures import ProviderExit as Exit

    found = case.live_round(Exit.hiring) if goes_on(case) else None
    child = case.child_of(found.id) if found is not None else None
    return child if child is not None and child.row.ended_at is None else None


def is_vote_awaited(case: CaseView) -> bool:
    """Whether the owners have still to decide who follows."""
    return awaited_vote(case) is not None


def what_begins(case: CaseView, at: datetime) -> Mapping[str, str]:
    """What follows from it, before it is said."""
    waiting = awaited_vote(case)
    if waiting is None:
        return {}
    return {
        "reason": f"提交后{waiting.row.number}随即终止，接着由负责人办理“指定临时接管”；"
        "业主以后仍可以用“另定接替单位”表决"
    }


def serves_meanwhile(case: CaseView) -> InterimNamed | None:
    """Whom the street named, where nobody else follows and nobody has taken over."""
    from .procedures import ProviderExit as Exit

    named = case.heard(Exit.interim) if case.heard(Exit.successor) is None else None
    return named if case.instant("takeover.taken_over") is None else None


def may_come_early(case: CaseView) -> bool:
    """Whether who serves meanwhile was named, and is not the registered manager yet."""
    named = serves_meanwhile(case)
    if named is None or case.row.estate is None:
        return False
    successor, now = case.organisation(SUCCESSOR.code), newest_engagement(case.row.estate)
    return now is None or successor is None or now.organisation_id != successor.pk


def interim_is_urgent(law: CaseLaw, facts: Reason, situation: ExitSituation) -> Decision:
    """The street need not wait; that the contract still runs is told. 《白山市…管理办法》第21条; 《民法典》第950条."""
    warnings = []
    if situation.contract_end is not None and situation.today <= situation.contract_end:
        warnings.append(
            f"合同到{date_words(situation.contract_end)}才终止，业主仍可以表决；原物业服务人接管以前须继续服务"
        )
    return allow(citations=law.cites_known(UNTIL_TAKEOVER), warnings=tuple(warnings))


def comes_in_need(law: CaseLaw, facts: EnteredMeanwhile, situation: ExitSituation) -> Decision:
    """By now, from the hour of the decision on, once the contract is over or nobody serves. 《民法典》第950条."""
    cites = law.cites_known(UNTIL_TAKEOVER)
    if facts.entered_at > situation.at:
        return refuse("进场时间不能晚于现在，请在进场后填写。")
    begins = situation.interim_from
    if begins is not None and facts.entered_at < minute_of(begins):
        return refuse(
            f"指定临时接管决定书写明自{minute_words(begins)}起接管，请在该时以后进场，填写实际进场时间。",
        )
    ends = situation.contract_end
    if not situation.is_unserved and (ends is None or situation.today <= ends):
        return refuse(
            "原物业服务人的合同还没有终止，须继续服务，请按交接办理进场；原物业服务人已经弃管的，先登记无人在管。",
            citations=cites,
        )
    return allow(citations=cites)
