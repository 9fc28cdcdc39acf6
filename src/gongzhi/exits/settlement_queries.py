"""Reads of a settlement: the situation its rules look at, the predicates of its declaration, what it gives."""

from datetime import datetime

from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Organisation, OrganisationKind, Unit
from gongzhi.registry.roles import FIRM, PROVIDER
from gongzhi.values.exchange import SettlementTold

from .models import CommunityAdvance, CostPlan, CostShare
from .settlement_situation import SettlementSituation


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
