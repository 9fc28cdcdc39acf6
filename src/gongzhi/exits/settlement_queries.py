"""Reads of a settlement: the situation its rules look at, the predicates of its declaration, what it gives."""

from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, F, Model, OuterRef, Q, QuerySet, Subquery, Sum, UUIDField

from gongzhi.acts.kept import Kept
from gongzhi.procedures.kinds.obeying import Obeyed
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Appointment, Organisation, OrganisationKind, Unit
from gongzhi.registry.queries import in_force
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.exchange import SettlementTold
from gongzhi.values.money import yuan
from gongzhi.values.text import by_number

from .apportioning import COMMUNITY
from .models import AdvanceOffset, CommunityAdvance, CostPlan, CostShare, Quote
from .orders import came_in
from .settled_until import service_ends
from .settlement_situation import SettlementSituation

BASIS, ORDER = "settlement.apportionment_basis", "settlement.cost_order"
#: Which of a unit's areas a basis is.
AREAS = {"building_area": "building_area", "exclusive_area": "exclusive_area"}


def _books(case: Any) -> QuerySet[Item]:
    return Item.objects.filter(case=case, round__step__code="books", round__void_at=None)


def _missing_books(case: Any) -> QuerySet[Item]:
    return _books(case).filter(state="missing", made_up_at=None).order_by("position")


def _related_firms(provider: Any, on: Any) -> QuerySet[Appointment, UUID]:
    people = Appointment.objects.filter(in_force(on), organisation=provider).values("person")
    held = Appointment.objects.filter(
        in_force(on), person__in=people, organisation__kind=OrganisationKind.THIRD_PARTY_FIRM
    )
    return held.values_list("organisation_id", flat=True).distinct()


def _without(field: str, estate: Any) -> QuerySet[Unit, tuple[str, str]]:
    rows = Unit.objects.filter(estate=estate, **{f"{field}__isnull": True}).order_by(
        "building__name", "label"
    )
    return rows.values_list("building__name", "label")


# Its rules are asked at every act of a settlement, so each read is put together once.
_PLAN = Kept(
    lambda case: CostPlan.objects.filter(case=case, round__void_at=None).order_by("-round__opened_at")[:1],
    case=UUIDField(),
)
_FIRMS = Kept(
    lambda: Organisation.objects.filter(kind=OrganisationKind.THIRD_PARTY_FIRM, to_on=None).values_list(
        "id", flat=True
    )
)
_QUOTES = Kept(
    lambda case: Quote.objects.filter(case=case).values_list("firm_id", "amount_cents"), case=UUIDField()
)
_MISSING_BOOKS = Kept(lambda case: _missing_books(case).values_list("code", "label"), case=UUIDField())
_UNITS = Kept(
    lambda estate: (
        Unit.objects.filter(estate=estate)
        .order_by()
        .values("estate")
        .annotate(count=Count("id"))
        .values_list("count", flat=True)
    ),
    estate=UUIDField(),
)
_UNKNOWN = {field: Kept(partial(_without, field), estate=UUIDField()) for field in AREAS.values()}
_RELATED = Kept(_related_firms, provider=UUIDField(), on=DateField())


def plan_of(case: CaseView) -> CostPlan | None:
    """The cost plan that counts."""
    return _PLAN.first(case=case.id)


def plan_told(case: CaseView) -> Any:
    """The plan that counts, with every sum of its shares, advances and offsets, read at once."""
    return case.once("cost plan", lambda: _plan_with_sums(case))


def _plan_with_sums(case: CaseView) -> Any:
    def over(model: type[Model], what: Any) -> Subquery:
        rows = model._default_manager.filter(plan=OuterRef("pk")).order_by().values("plan")
        return Subquery(rows.annotate(found=what).values("found"))

    rows = CostPlan.objects.filter(case=case.row, round__void_at=None).annotate(
        units=over(CostShare, Count("id")),
        areas=over(CostShare, Sum("area")),
        shared=over(CostShare, Sum("share_cents")),
        paid=over(CostShare, Sum("paid_cents")),
        owing=over(CostShare, Count("id", filter=Q(paid_cents__lt=F("share_cents")))),
        bridged=over(CommunityAdvance, Sum("amount_cents")),
        returned=over(AdvanceOffset, Sum("amount_cents")),
    )
    return rows.order_by("-round__opened_at").first()


def shares_told(case: CaseView, plan: CostPlan) -> list[CostShare]:
    """Every share of the plan that counts, as `shares_of` has them."""
    return case.once("cost shares", lambda: shares_of(plan))


def quotes_told(case: CaseView) -> list[Quote]:
    """What the firms asked for, the cheapest first."""
    rows = Quote.objects.filter(case=case.row).select_related("firm").order_by("amount_cents", "id")
    return case.once("quotes", lambda: list(rows))


def shares_of(plan: CostPlan, start: int = 0, stop: int | None = None) -> list[CostShare]:
    """Units' shares by building and room, numbers as numbers: all of them, or those from one place to another."""
    rows = CostShare.objects.filter(plan=plan)
    return sorted(rows, key=lambda row: (by_number(row.building), by_number(row.label), row.pk))[start:stop]


def area_field(case: CaseView) -> str:
    """The area by which the place shares the cost; where it says nothing, the building area."""
    return AREAS[str(case.law.value(BASIS).value or "building_area")]


def settlement_situation(case: CaseView, at: datetime) -> SettlementSituation:
    """A settlement as its rules see it."""
    from .procedures import Settlement

    today, plan = case.local_day(at), plan_of(case)
    provider = case.organisation(PROVIDER.code)
    comparison, entrusted = case.heard(Settlement.comparison), case.heard(Settlement.entrustment)
    report, scope = case.heard(Settlement.report), case.heard(Settlement.scope)
    return SettlementSituation(
        today=today,
        service_ends=service_ends(case.root),
        period=(scope.period_from, scope.period_to) if scope is not None else None,
        firms=tuple(_FIRMS.rows()),
        related=_related(provider, today),
        provider=provider.pk if provider is not None else None,
        quotes=dict(_QUOTES.rows(case=case.id)),
        chosen=comparison.firm if comparison is not None else None,
        fee_cents=entrusted.fee_cents if entrusted is not None else 0,
        is_collected=case.is_done(Settlement.collection),
        missing_books=dict(_MISSING_BOOKS.rows(case=case.id)),
        reported_cents=report.irregular_cents if report is not None else 0,
        **_units(case),
        **(sums_of(plan) if plan is not None else {}),
    )


def _units(case: CaseView) -> dict[str, Any]:
    """How many units there are, and which lack the area that counts."""
    estate = case.row.estate_id
    unknown = _UNKNOWN[area_field(case)].rows(estate=estate)
    return {
        "units": _UNITS.first(estate=estate) or 0,
        "unknown_areas": tuple(f"{building}{label}" for building, label in unknown),
    }


def sums_of(plan: CostPlan) -> dict[str, Any]:
    """Every sum of the plan as it stands."""
    shares = list(CostShare.objects.filter(plan=plan))
    unpaid = [(share, share.share_cents - share.paid_cents) for share in shares]
    return {
        "total_cents": plan.total_cents,
        "owners_cents": plan.owners_cents,
        "paid_cents": sum(share.paid_cents for share in shares),
        "unpaid_cents": sum(rest for _, rest in unpaid),
        "unpaid_demanded_cents": sum(rest for share, rest in unpaid if share.demanded_on is not None),
        "advanced_cents": _sum(plan.advances),
        "offset_cents": _sum(plan.offsets),
        "payable": tuple((share.unit_id, rest) for share, rest in unpaid),
    }


def _sum(rows: Any) -> int:
    return int(rows.aggregate(sum=Sum("amount_cents"))["sum"] or 0)


def _related(provider: Organisation | None, on: date) -> tuple[UUID, ...]:
    """Firms in which somebody of the provider holds a post."""
    if provider is None:
        return ()
    return tuple(_RELATED.rows(provider=provider.pk, on=on))


# Predicates of the declaration --------------------------------------------------------------------------------------


def missing_books(case: CaseView) -> QuerySet[Item]:
    """What was asked for, was told missing, and has not come in since."""
    return _missing_books(case.id)


def books_missing(case: CaseView) -> bool:
    """Whether books are missing."""
    return missing_books(case).exists()


def books_came_in(case: CaseView) -> Obeyed | None:
    """When the last of the missing books came in; None while one is missing."""
    return came_in(_books(case.id))


def books_asked_by(case: CaseView) -> date | None:
    """By when the notice asks for the books; None where it was not sent."""
    from .procedures import Settlement

    asked = case.heard(Settlement.scope)
    return asked.books_due_on if asked is not None else None


def report_agreed_by(case: CaseView) -> date | None:
    """By when the contract with the firm wants its report; None while nobody is entrusted."""
    from .procedures import Settlement

    entrusted = case.heard(Settlement.entrustment)
    return entrusted.report_due_on if entrusted is not None else None


def books_demanded_by(case: CaseView) -> date | None:
    """Until when the books were demanded; None where they were not."""
    from .procedures import Settlement

    demand = case.heard(Settlement.books_demand)
    return demand.until_on if demand is not None else None


def owners_pay(case: CaseView) -> bool:
    """Whether a part falls on the owners."""
    plan = plan_of(case)
    return plan is not None and plan.owners_cents > 0


def was_advanced(case: CaseView) -> bool:
    """Whether the community bridged unpaid shares."""
    plan = plan_of(case)
    return plan is not None and plan.advances.exists()


def community_is_asked(case: CaseView) -> bool:
    """Whether the community has to be asked: shares stay unpaid after demand, and nothing was bridged yet."""
    plan = plan_of(case)
    if plan is None or COMMUNITY not in case.law.optional(ORDER) or plan.advances.exists():
        return False
    unpaid = CostShare.objects.filter(plan=plan, paid_cents__lt=F("share_cents"), demanded_on__isnull=False)
    return unpaid.exists()


def money_reported(case: CaseView) -> bool:
    """Whether the report found irregular money."""
    from .procedures import Settlement

    report = case.heard(Settlement.report)
    return report is not None and report.irregular_cents > 0


# What it shows and gives --------------------------------------------------------------------------------------------


def accounts_of(plan: CostPlan, fee_cents: int, other_cents: int) -> list[str]:
    """Income and expenses of the settlement, and how far the advance was offset: what the notice has to show."""
    now = sums_of(plan)
    bridged, returned, spent = now["advanced_cents"], now["offset_cents"], fee_cents + other_cents
    lines = [
        f"收入：公共收益列支{yuan(plan.revenue_cents)}，业主缴纳{yuan(now['paid_cents'])}，社区垫付{yuan(bridged)}",
        f"支出：机构费用{yuan(fee_cents)}，其他{yuan(other_cents)}",
        balance_words(plan.revenue_cents + now["paid_cents"] + bridged - spent),
    ]
    if bridged:
        lines.append(f"社区垫付{yuan(bridged)}，已抵扣{yuan(returned)}，尚待抵扣{yuan(bridged - returned)}")
    if now["unpaid_cents"]:
        lines.append(f"业主尚欠{yuan(now['unpaid_cents'])}，仍须缴纳")
    return lines


def balance_words(cents: int) -> str:
    """结余12.00元, 差额12.00元（支出超过收入）: an account bears no minus sign."""
    return f"结余{yuan(cents)}" if cents >= 0 else f"差额{yuan(-cents)}（支出超过收入）"


def settlement_told(case: CaseView) -> SettlementTold:
    """What a settlement gives to the exit."""
    from .procedures import Settlement

    findings, report = case.heard(Settlement.findings), case.heard(Settlement.report)
    return SettlementTold(
        irregular_cents=findings.amount_cents if findings is not None else 0,
        scope_limited=report.scope_limited if report is not None else False,
        confirmed_served_at=case.instant("findings.served"),
        reached_on=report.reached_on if report is not None else None,
    )
