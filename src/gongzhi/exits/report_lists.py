"""The rows behind each figure of a report, closed with it: what it was counted from, row by row.

A row says whose it is (`number`, `estate`), what (`what`), when (`on`), and its part of the figure (`amount`).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from gongzhi.notices.models import Interruption, Objection
from gongzhi.procedures.models import Case, Clock, Task
from gongzhi.procedures.presenting import title_of
from gongzhi.registry.models import Engagement, OrganisationKind
from gongzhi.registry.queries import day_of
from gongzhi.values.now import ZONE

from .ledger_rows import LedgerRow, unmanaged_minutes
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
Span = tuple[datetime, datetime]
Row = dict[str, Any]
Lists = dict[str, list[Row]]


def lists_of(rows: Sequence[LedgerRow], span: Span) -> Lists:
    """Figure → its rows, of exits that ran in the span."""
    roots = [row.case for row in rows]
    return {
        **_departures(rows, span),
        "unmanaged_minutes": _unmanaged(rows, span),
        "notices_interrupted": _interruptions(roots, span),
        **_objections(roots, span),
        **_money(roots, span),
        **_things(roots, span),
        "overdue_tasks": _overdue(roots, span[1]),
    }


def _row(case: Case, what: str, on: date | datetime | None, amount: int = 1, **more: Any) -> Row:
    estate = case.estate.name if case.estate is not None else ""
    return {"number": case.number, "estate": estate, "what": what, "on": _day(on), "amount": amount, **more}


def _day(on: date | datetime | None) -> str:
    if on is None:
        return ""
    return str(day_of(on) if isinstance(on, datetime) else on)


# Departures and managers --------------------------------------------------------------------------------------------


def _departures(rows: Sequence[LedgerRow], span: Span) -> Lists:
    left = [row for row in rows if row.left_at is not None and span[0] <= row.left_at < span[1]]
    return {
        "left": [_of_exit(row) for row in left],
        "left_with_successor": [_of_exit(row) for row in left if _is_followed(row)],
        "median_days_notice_to_departure": [
            _of_exit(row, days) for row in left if (days := _days(row)) is not None
        ],
    }


def _of_exit(row: LedgerRow, amount: int = 1) -> Row:
    what = f"{row.provider}离场"
    on = _day(row.left_at)
    return {"number": row.number, "estate": row.estate_name, "what": what, "on": on, "amount": amount}


def _days(row: LedgerRow) -> int | None:
    """Calendar days from the arrival of the notice to the departure."""
    if row.told_at is None or row.left_at is None:
        return None
    return (row.left_at.astimezone(ZONE).date() - row.told_at.astimezone(ZONE).date()).days


def _is_followed(row: LedgerRow) -> bool:
    """Whether a successor had taken over when the provider left, with no minute between."""
    return row.taken_over_at is not None and row.left_at is not None and row.taken_over_at <= row.left_at


def _unmanaged(rows: Sequence[LedgerRow], span: Span) -> list[Row]:
    """Minutes of the span in which nobody managed an estate, each estate once."""
    first = {row.estate: row for row in reversed(rows) if row.estate is not None}
    managed: dict[UUID, list[Engagement]] = {estate: [] for estate in first}
    for one in Engagement.objects.filter(estate__in=first).order_by("from_at"):
        managed[one.estate_id].append(one)
    minutes = {estate: unmanaged_minutes(found, *span, span[1]) for estate, found in managed.items()}
    return [
        {"number": row.number, "estate": row.estate_name, "what": "无人在管", "on": "", "amount": amount}
        for estate, row in first.items()
        if (amount := minutes[estate])
    ]


# Notices and objections ---------------------------------------------------------------------------------------------


def _interruptions(roots: Sequence[UUID], span: Span) -> list[Row]:
    rows = Interruption.objects.filter(
        notice__case__root__in=roots, found_at__gte=span[0], found_at__lt=span[1]
    )
    found = rows.select_related("notice__case__estate").order_by("found_at", "id")
    return [_row(one.notice.case, f"{one.notice.title}中断", one.found_at) for one in found]


def _objections(roots: Sequence[UUID], span: Span) -> Lists:
    rows = Objection.objects.filter(
        notice__case__root__in=roots, raised_at__gte=span[0], raised_at__lt=span[1]
    )
    raised = list(rows.select_related("notice__case__estate").order_by("raised_at", "id"))
    replied = [one for one in raised if one.replied_at is not None]
    return {
        "objections": [_objection(one) for one in raised],
        "objections_replied": [_objection(one) for one in replied],
        "median_hours_to_reply": [
            _objection(one, (one.replied_at - one.raised_at) // HOUR)
            for one in replied
            if one.replied_at is not None
        ],
    }


def _objection(one: Objection, amount: int = 1) -> Row:
    return _row(one.notice.case, f"对{one.notice.title}的异议", one.raised_at, amount)


# What is owed -------------------------------------------------------------------------------------------------------


def _money(roots: Sequence[UUID], span: Span) -> Lists:
    """Irregular money found and refunded in the span, and what is overdue at its end, in cents."""
    claims = _claims(roots, (ClaimKind.MONEY,))
    missed = Clock.objects.filter(case__in=roots, key=REFUND, missed_at__lt=span[1])
    late = set(missed.values_list("case_id", flat=True))
    found = [claim for claim in claims if span[0] <= claim.opened_at < span[1]]
    refunded = [
        claim for claim in claims if claim.closed_at is not None and span[0] <= claim.closed_at < span[1]
    ]
    overdue = [claim for claim in claims if claim.case_id in late and _is_open(claim, span[1])]
    return {
        "money_found_cents": [_sum(claim, claim.opened_at) for claim in found],
        "money_refunded_cents": [_sum(claim, claim.closed_at) for claim in refunded],
        "money_overdue_cents": [_sum(claim, claim.opened_at) for claim in overdue],
    }


def _things(roots: Sequence[UUID], span: Span) -> Lists:
    """Missing documents, books and assets: told missing in the span, and still missing at its end."""
    claims = _claims(roots, THINGS)
    return {
        "items_missing": [_thing(claim) for claim in claims if span[0] <= claim.opened_at < span[1]],
        "items_still_missing": [_thing(claim) for claim in claims if _is_open(claim, span[1])],
    }


def _claims(roots: Sequence[UUID], kinds: Iterable[str]) -> list[Claim]:
    rows = Claim.objects.filter(case__in=roots, round__void_at=None, kind__in=tuple(kinds))
    return list(rows.select_related("case__estate", "item").order_by("opened_at", "id"))


def _is_open(claim: Claim, at: datetime) -> bool:
    return claim.opened_at < at and (claim.closed_at is None or claim.closed_at >= at)


def _sum(claim: Claim, on: datetime | None) -> Row:
    return _row(claim.case, str(ClaimKind(claim.kind).label), on, claim.amount_cents or 0)


def _thing(claim: Claim) -> Row:
    return _row(claim.case, claim.item.label if claim.item is not None else "", claim.opened_at)


# Tasks --------------------------------------------------------------------------------------------------------------


def _overdue(roots: Sequence[UUID], until: datetime) -> list[Row]:
    """Tasks that were late at the end of the span, each with the level that holds it."""
    late = Task.objects.filter(case__root__in=roots, due_at__lte=until, void_at=None)
    late = late.filter(Q(open=True) | Q(done_at__gt=until)).select_related("organisation", "case__estate")
    return [
        _row(task.case, f"{title_of(task.case)}：{task.title}", task.due_at, level=_level(task))
        for task in late.order_by("due_at", "id")
    ]


def _level(task: Task) -> str:
    body = task.organisation
    if body is None:
        return "person"
    if body.kind == OrganisationKind.PROPERTY_AUTHORITY:
        return "county" if body.county else "city"
    return LEVELS.get(OrganisationKind(body.kind), "other")
