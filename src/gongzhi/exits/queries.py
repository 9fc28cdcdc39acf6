"""Reads of an exit: the situations its rules look at, the predicates of its declarations, what its children give."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import MANAGERS, Organisation, OrganisationKind, ServiceContract, Unit
from gongzhi.registry.queries import committee_standing
from gongzhi.registry.roles import FIRM, PROVIDER, SUCCESSOR
from gongzhi.values.exchange import HandoverTold, SettlementTold, VoteAsked, VoteTold
from gongzhi.values.now import ZONE

from .models import CommunityAdvance, CostPlan, CostShare
from .situations import ExitSituation, HandoverSituation, SettlementSituation

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


# The settlement -----------------------------------------------------------------------------------------------------


def plan_of(case: CaseView) -> CostPlan | None:
    """The cost plan that counts."""
    rows = CostPlan.objects.filter(case=case.row, round__void_at=None)
    return rows.order_by("-round__opened_at").first()


def settlement_situation(case: CaseView, at: datetime) -> SettlementSituation:
    """A settlement as its rules see it."""
    from .procedures import Settlement

    estate, plan = case.row.estate, plan_of(case)
    shares = list(CostShare.objects.filter(plan=plan)) if plan is not None else []
    unpaid = [(share, share.share_cents - share.paid_cents) for share in shares]
    units = Unit.objects.filter(estate=estate)
    unknown = units.filter(building_area=None).select_related("building").order_by("building__name", "label")
    advances = CommunityAdvance.objects.filter(plan=plan) if plan is not None else ()
    provider, report = case.organisation(PROVIDER.code), case.heard(Settlement.report)
    firms = Organisation.objects.filter(kind=OrganisationKind.THIRD_PARTY_FIRM, to_on=None)
    return SettlementSituation(
        today=case.local_day(at),
        units=units.count(),
        unknown_areas=tuple(f"{unit.building.name}{unit.label}" for unit in unknown),
        total_cents=plan.total_cents if plan is not None else 0,
        firms=tuple(firms.values_list("id", flat=True)),
        provider=provider.pk if provider is not None else None,
        owners_cents=plan.owners_cents if plan is not None else 0,
        paid_cents=sum(share.paid_cents for share in shares),
        unpaid_cents=sum(rest for _, rest in unpaid),
        unpaid_demanded_cents=sum(rest for share, rest in unpaid if share.demanded_on is not None),
        advanced_cents=sum(advance.amount_cents for advance in advances),
        reported_cents=report.irregular_cents if report is not None else 0,
        payable=tuple((share.unit_id, rest) for share, rest in unpaid),
    )


def owners_pay(case: CaseView) -> bool:
    """Whether a part falls on the owners."""
    plan = plan_of(case)
    return plan is not None and plan.owners_cents > 0


def was_advanced(case: CaseView) -> bool:
    """Whether the community bridged unpaid shares."""
    plan = plan_of(case)
    return plan is not None and plan.advances.exists()


def money_reported(case: CaseView) -> bool:
    """Whether the report found irregular money."""
    from .procedures import Settlement

    report = case.heard(Settlement.report)
    return report is not None and report.irregular_cents > 0


def settlement_told(case: CaseView) -> SettlementTold:
    """What a settlement gives to the exit."""
    from .procedures import Settlement

    findings, report = case.heard(Settlement.findings), case.heard(Settlement.report)
    return SettlementTold(
        irregular_cents=findings.amount_cents if findings is not None else 0,
        scope_limited=report.scope_limited if report is not None else False,
        confirmed_served_at=case.instant("findings.served"),
    )


def firm_of(case: CaseView) -> Organisation | None:
    """The firm that was entrusted."""
    return case.organisation(FIRM.code)


# The handover -------------------------------------------------------------------------------------------------------


def handover_situation(case: CaseView, at: datetime) -> HandoverSituation:
    """A handover as its rules see it."""
    done = [case.instant(path) for path in ("documents.listed", "assets.listed")]
    known = [instant.astimezone(ZONE) for instant in done if instant is not None]
    return HandoverSituation(at=at, lists_done_at=max(known) if known else None, opened_at=case.row.opened_at)


def handover_told(case: CaseView) -> HandoverTold:
    """What a handover gives to the exit: what is missing, and who refused to sign."""
    missing = Item.objects.filter(case=case.row, round__void_at=None, state="missing", made_up_at=None)
    refused = [
        str(act.facts["refused_by"])
        for act in case.row.said.filter(name="record_refusal", round__void_at=None).order_by("at")
    ]
    return HandoverTold(missing.count(), tuple(refused))
