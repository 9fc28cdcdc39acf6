"""The figures a county reports of its exits for a span of days. `practice.md` 9. Whole numbers and exact texts only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Q

from gongzhi.notices.models import Interruption, Objection
from gongzhi.procedures.models import Clock, Task
from gongzhi.registry.models import Engagement, OrganisationKind
from gongzhi.values.now import ZONE

from .ledger import Asked, ledger_at, midnight
from .ledger_rows import LedgerRow, rows_of, unmanaged_minutes
from .models import Claim
from .models.claims import THINGS, ClaimKind

REFUND = "settlement.refund_within"
#: Below city and county the kind of body says the level.
LEVELS = {
    OrganisationKind.SUBDISTRICT_OFFICE: "subdistrict",
    OrganisationKind.RESIDENTS_COMMITTEE: "community",
    OrganisationKind.OWNERS_COMMITTEE: "owners",
    OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE: "owners",
    OrganisationKind.PROVIDER: "provider",
}
HOUR = timedelta(hours=1)


def figures_of(county: str, from_on: date, to_on: date, at: datetime) -> dict[str, Any]:
    """Every figure of the county's exits that ran in these days (both included), and the exits behind them."""
    cases = list(ledger_at(county, Asked(from_on=from_on, to_on=to_on)).order_by("opened_at", "id"))
    rows, roots = rows_of(cases, at), [case.pk for case in cases]
    span = (midnight(from_on), min(midnight(to_on + timedelta(days=1)), at))
    left = [row for row in rows if row.left_at is not None and span[0] <= row.left_at < span[1]]
    return {
        "exits": [_told(row) for row in rows],
        "by_category_and_stage": _by_stage(rows),
        "median_days_notice_to_departure": _median(_days(row) for row in left),
        "left": len(left),
        "left_with_successor": sum(_is_followed(row) for row in left),
        "unmanaged_minutes": _unmanaged({row.estate for row in rows if row.estate is not None}, span),
        "notices_interrupted": Interruption.objects.filter(
            notice__case__root__in=roots, found_at__gte=span[0], found_at__lt=span[1]
        ).count(),
        **_objections(roots, span),
        **_money(roots, span),
        **_things(roots, span),
        "overdue_tasks": _overdue(roots, span[1]),
    }


def _told(row: LedgerRow) -> dict[str, Any]:
    """An exit behind the figures, with what was unlawful in it. 《白山市…管理办法》第5条第2项."""
    return {
        "number": row.number,
        "estate": row.estate_name,
        "provider": row.provider,
        "credit_code": row.credit_code,
        "category": row.category,
        "ground": row.ground,
        "stage": row.stage,
        "unmanaged_minutes": row.unmanaged_minutes,
        "violations": list(row.violations),
        "measures": list(row.measures),
    }


def _by_stage(rows: Iterable[LedgerRow]) -> dict[str, dict[str, int]]:
    counted = Counter((row.category, row.stage) for row in rows)
    return {
        category: {stage: counted[category, stage] for known, stage in sorted(counted) if known == category}
        for category in sorted({category for category, _ in counted})
    }


def _days(row: LedgerRow) -> int | None:
    """Calendar days from the arrival of the notice to the departure."""
    if row.told_at is None or row.left_at is None:
        return None
    return (row.left_at.astimezone(ZONE).date() - row.told_at.astimezone(ZONE).date()).days


def _median(found: Iterable[int | None]) -> str:
    """The median as text, to the half; "" where there is nothing."""
    known = [one for one in found if one is not None]
    return f"{median(known):g}" if known else ""


def _is_followed(row: LedgerRow) -> bool:
    """Whether a successor had taken over when the provider left, with no minute between."""
    return row.taken_over_at is not None and row.left_at is not None and row.taken_over_at <= row.left_at


def _unmanaged(estates: set[UUID], span: tuple[datetime, datetime]) -> int:
    """Minutes of the span in which one of the estates was managed by nobody."""
    rows: dict[UUID, list[Engagement]] = {estate: [] for estate in estates}
    for row in Engagement.objects.filter(estate__in=estates).order_by("from_at"):
        rows[row.estate_id].append(row)
    return sum(unmanaged_minutes(found, span[0], span[1], span[1]) for found in rows.values())


def _objections(roots: Sequence[UUID], span: tuple[datetime, datetime]) -> dict[str, Any]:
    raised = Objection.objects.filter(
        notice__case__root__in=roots, raised_at__gte=span[0], raised_at__lt=span[1]
    )
    times = [
        (replied_at - raised_at) // HOUR
        for raised_at, replied_at in raised.values_list("raised_at", "replied_at")
        if replied_at is not None
    ]
    return {
        "objections": raised.count(),
        "objections_replied": len(times),
        "median_hours_to_reply": _median(times),
    }


def _money(roots: Sequence[UUID], span: tuple[datetime, datetime]) -> dict[str, int]:
    """Irregular money found and refunded in the span, and what is overdue at its end, in cents."""
    claims = list(Claim.objects.filter(case__in=roots, round__void_at=None, kind=ClaimKind.MONEY))
    missed = Clock.objects.filter(case__in=roots, key=REFUND, missed_at__lt=span[1])
    late = set(missed.values_list("case_id", flat=True))
    return {
        "money_found_cents": _sum(claim for claim in claims if span[0] <= claim.opened_at < span[1]),
        "money_refunded_cents": _sum(
            claim for claim in claims if claim.closed_at is not None and span[0] <= claim.closed_at < span[1]
        ),
        "money_overdue_cents": _sum(
            claim for claim in claims if claim.case_id in late and _is_open(claim, span[1])
        ),
    }


def _sum(claims: Iterable[Claim]) -> int:
    return sum(claim.amount_cents or 0 for claim in claims)


def _is_open(claim: Claim, at: datetime) -> bool:
    return claim.opened_at < at and (claim.closed_at is None or claim.closed_at >= at)


def _things(roots: Sequence[UUID], span: tuple[datetime, datetime]) -> dict[str, int]:
    """Missing documents, books and assets: told missing in the span, and still missing at its end."""
    claims = list(Claim.objects.filter(case__in=roots, round__void_at=None, kind__in=THINGS))
    return {
        "items_missing": sum(span[0] <= claim.opened_at < span[1] for claim in claims),
        "items_still_missing": sum(_is_open(claim, span[1]) for claim in claims),
    }


def _overdue(roots: Sequence[UUID], until: datetime) -> dict[str, int]:
    """Tasks that were late at the end of the span, by the level that holds them."""
    late = Task.objects.filter(case__root__in=roots, due_at__lte=until, void_at=None)
    late = late.filter(Q(open=True) | Q(done_at__gt=until)).select_related("organisation")
    return dict(sorted(Counter(_level(task) for task in late).items()))


def _level(task: Task) -> str:
    body = task.organisation
    if body is None:
        return "person"
    if body.kind == OrganisationKind.PROPERTY_AUTHORITY:
        return "county" if body.county else "city"
    return LEVELS.get(OrganisationKind(body.kind), "other")
