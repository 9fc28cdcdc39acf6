"""Reads of an exit: the situations its rules look at, the predicates of its declarations, what its children give."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import MANAGERS, Organisation, ServiceContract
from gongzhi.registry.queries import committee_standing
from gongzhi.registry.roles import PROVIDER, SUCCESSOR
from gongzhi.values.exchange import HandoverTold, SettlementTold, VoteAsked, VoteTold

from .situations import ExitSituation

LEAVE_WITHIN = "exit.leave_within"


# The exit -----------------------------------------------------------------------------------------------------------


def exit_situation(case: CaseView, at: datetime) -> ExitSituation:
    """An exit as its rules see it."""
    from .procedures import ProviderExit as Exit

    vote, told = case.result(Exit.hiring), case.result(Exit.settlement)
    application = case.heard(Exit.application)
    provider, successor = case.organisation(PROVIDER.code), case.organisation(SUCCESSOR.code)
    standing = (
        committee_standing(case.row.estate, case.local_day(at)) if case.row.estate is not None else None
    )
    committee = (standing.committee or standing.interim) if standing is not None else None
    managers = Organisation.objects.filter(kind__in=MANAGERS, to_on=None).values_list("id", flat=True)
    return ExitSituation(
        at=at,
        today=case.local_day(at),
        said_exit_on=application.exit_on if application is not None else None,
        arrived_at=case.instant("application.arrived"),
        vote=vote if isinstance(vote, VoteTold) else None,
        successor=successor.pk if successor is not None else None,
        provider=provider.pk if provider is not None else None,
        committee=committee.pk if committee is not None else None,
        managers=tuple(managers),
        handed_over_at=case.instant("handover.confirmed"),
        handover_decided=bool(case.outcome_of(Exit.handover)),
        taken_over_at=case.instant("takeover.taken_over"),
        irregular_cents=told.irregular_cents if isinstance(told, SettlementTold) else 0,
    )


def contract_of(case: CaseView) -> ServiceContract | None:
    """The contract under which the provider of the case manages the estate: the newest begun by the opening."""
    provider = case.organisation(PROVIDER.code)
    if provider is None or case.row.estate is None:
        return None
    rows = ServiceContract.objects.filter(
        estate=case.row.estate, provider=provider, starts_on__lte=case.row.law_on
    )
    return rows.order_by("-starts_on", "-id").first()


def exit_terms(case: CaseView) -> Mapping[str, Any]:
    """What the contract, and above it the exit agreement, says where the law lets contracts prevail."""
    from .procedures import ProviderExit as Exit

    contract = contract_of(case)
    terms = dict(contract.terms.values_list("key", "value")) if contract is not None else {}
    agreement = case.heard(Exit.agreement)
    if agreement is not None and agreement.leave_within_days:
        terms[LEAVE_WITHIN] = {"value": agreement.leave_within_days, "unit": "D"}
    return terms


def contract_ends(case: CaseView) -> date | None:
    """When the contract ends: as agreed in the exit agreement. Without one an early exit ends no contract."""
    from .procedures import ProviderExit as Exit

    if not case.is_done(Exit.agreement):
        return None
    agreement = case.heard(Exit.agreement)
    return agreement.ends_on if agreement is not None else None


def asks_to_hire(case: CaseView) -> VoteAsked:
    """What the owners are asked: whom to hire, or to manage themselves."""
    return VoteAsked("hire_or_dismiss_provider", "选聘新物业服务人或者决定自行管理")


def vote_passed(case: CaseView) -> bool:
    """Whether the owners decided who follows."""
    from .procedures import ProviderExit as Exit

    told = case.result(Exit.hiring)
    return isinstance(told, VoteTold) and told.passed


def vote_failed(case: CaseView) -> bool:
    """Whether the owners did not decide."""
    return not vote_passed(case)


def money_confirmed(case: CaseView) -> bool:
    """Whether the settlement confirmed irregular money."""
    from .procedures import ProviderExit as Exit

    told = case.result(Exit.settlement)
    return isinstance(told, SettlementTold) and told.irregular_cents > 0


def items_missing(case: CaseView) -> bool:
    """Whether the handover left items missing."""
    from .procedures import ProviderExit as Exit

    told = case.result(Exit.handover)
    return isinstance(told, HandoverTold) and told.missing > 0
