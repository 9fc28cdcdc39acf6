"""What providers still owe after an exit, and who does not leave: the lists, the overdue first.

《白山市物业服务人退出及应急服务管理办法》第15条、第17条、第36条; 《民法典》第949条.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from gongzhi.procedures.models import Clock, Party
from gongzhi.procedures.queries import reader_of, visible_cases
from gongzhi.registry.models import OF_ONE_ESTATE, Appointment, OrganisationKind
from gongzhi.registry.queries import day_of
from gongzhi.registry.roles import OWNERS, PROVIDER, SUCCESSOR, holder_of
from gongzhi.ui.parts.figures import money
from gongzhi.values.now import ZONE

from .keyset import id_in
from .models import Claim, Holdout
from .models.claims import ClaimKind
from .models.holdouts import HoldoutStage
from .places import code_in, lies_in

#: The clock of a refund, which is the due day of irregular money.
REFUND = "settlement.refund_within"
STATES = {"open": "未了结", "overdue": "逾期未还", "closed": "已了结"}
STAGES = {
    "open": "待追偿",
    "demand": "已书面催告",
    "mediation": "调解中",
    "suit": "已起诉",
    "judgment": "已有生效裁判",
    "paid": "已给付",
}
RELATED = ("case__estate", "debtor", "item")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims: in a state, of a kind, in a place, against a debtor."""

    state: str = "open"
    kind: str = ""
    place: str = ""
    debtor: UUID | None = None
    after: UUID | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Wanted:
        """From the address; what nobody knows is left out."""
        state, kind = said.get("state", ""), said.get("kind", "")
        return cls(
            state=state if state in STATES else "open",
            kind=kind if kind in ClaimKind.values else "",
            place=code_in(said.get("place", "")),
            debtor=id_in(said.get("debtor", "")),
            after=id_in(said.get("after", "")),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out beside what is closed."""
        return bool(self.kind or self.place or self.debtor or self.state == "overdue")


def claims_seen(appointment: Appointment) -> QuerySet[Any]:
    """The claims of the cases one sees, each with `due`, the day it is due by, and `sort_on`."""
    rows = Claim.objects.filter(case__in=visible_cases(appointment), round__void_at=None)
    clock = Clock.objects.filter(case=OuterRef("case"), key=REFUND, stopped_at=None)
    refund = Subquery(clock.order_by("-anchor_at").values("due_on")[:1])
    due = Choose(When(kind=ClaimKind.MONEY, then=refund), default=F("due_on"), output_field=DateField())
    never = Value(date.max, output_field=DateField())
    return rows.annotate(due=due).annotate(sort_on=Coalesce(due, never))


def wanted_claims(seen: QuerySet[Any], wanted: Wanted, on: date) -> QuerySet[Any]:
    """Of those seen the ones that were asked for."""
    rows = within_filter(seen, wanted)
    if wanted.state == "closed":
        return rows.filter(closed_at__isnull=False)
    rows = rows.filter(closed_at=None)
    return rows.filter(due__lt=on) if wanted.state == "overdue" else rows


def within_filter(seen: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    """The same in every state."""
    rows = seen.filter(lies_in(wanted.place, "case__"))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows.filter(debtor=wanted.debtor) if wanted.debtor else rows


def totals_of(rows: QuerySet[Any], on: date) -> dict[str, Any]:
    """How many stand in each state, and what the open ones add up to, in cents."""
    is_open = Q(closed_at=None)
    found: dict[str, Any] = rows.aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due__lt=on)),
        closed=Count("pk", filter=~is_open),
        cents=Sum("amount_cents", filter=is_open),
    )
    return found | {"cents": found["cents"] or 0}


def told_claims(rows: Sequence[Any], appointment: Appointment, at: datetime) -> list[dict[str, Any]]:
    """Claims as they are told, with who pursues each: of what was to be handed over the successor, else the owners.

    Its state is the claim's own, the same to every reader; whether it is the reader's to pursue is told apart.
    """
    parties = Party.objects.filter(case__in=[row.case_id for row in rows], role=SUCCESSOR.code, void_at=None)
    taking = {party.case_id: party.organisation for party in parties.select_related("organisation")}
    masked, today = reader_of(appointment).masked, day_of(at)
    owners = _owners_sides(rows, appointment, today)
    body = appointment.organisation_id
    found = []
    for row in rows:
        one = _told(row, taking.get(row.case_id), masked, today)
        is_owners = one["pursuer_role"] == OWNERS.code
        successor = taking.get(row.case_id)
        pursuer = owners.get(row.case.estate_id) if is_owners else getattr(successor, "pk", None)
        found.append(one | {"is_mine": row.closed_at is None and body is not None and pursuer == body})
    return found


def _owners_sides(rows: Sequence[Any], appointment: Appointment, on: date) -> dict[UUID, UUID]:
    """Estate → who acts for its owners, read where the reader's body may be that at all."""
    body = appointment.organisation
    if body is None or body.kind not in (*OF_ONE_ESTATE, OrganisationKind.RESIDENTS_COMMITTEE):
        return {}
    estates = {row.case.estate_id: row.case.estate for row in rows}
    held = {key: holder_of(OWNERS, estate, on).organisation for key, estate in estates.items()}
    return {key: found.pk for key, found in held.items() if found is not None}


def _state_of(row: Any, today: date) -> str:
    if row.closed_at is not None:
        return "closed"
    return "overdue" if row.due is not None and row.due < today else "open"


def _told(row: Any, taking: Any, masked: bool, today: date) -> dict[str, Any]:
    by_successor = row.kind == ClaimKind.ITEM and taking is not None
    return {
        "id": row.pk,
        "kind": row.kind,
        "kind_title": str(ClaimKind(row.kind).label),
        "what": row.item.label if row.item is not None else money(row.amount_cents),
        "amount_cents": row.amount_cents,
        "case": row.case_id,
        "number": row.case.number,
        "estate": row.case.estate.name,
        "debtor": {"id": row.debtor_id, "name": row.debtor.name},
        "pursuer_role": SUCCESSOR.code if by_successor else OWNERS.code,
        "pursuer": taking.name if by_successor else "业主方",
        "state": _state_of(row, today),
        "state_title": STATES[_state_of(row, today)],
        "stage": row.stage,
        "stage_title": STAGES.get(row.stage, row.stage),
        "sued_under": "" if masked else row.sued_under,
        "is_lead": row.grounds_penalty,
        "due_on": row.due,
        "due_at": end_of(row.due),
        "is_overdue": _state_of(row, today) == "overdue",
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
    }


def end_of(day: date | None) -> datetime | None:
    """The exclusive end of a day."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE) if day is not None else None


# Who does not leave -------------------------------------------------------------------------------------------------


def holdouts_seen(appointment: Appointment) -> QuerySet[Holdout]:
    """Refusals to leave, in the cases one sees."""
    return Holdout.objects.filter(case__in=visible_cases(appointment)).select_related("case__estate")


def told_holdouts(rows: Sequence[Any], appointment: Appointment, at: datetime) -> list[dict[str, Any]]:
    """Refusals as they are told, with who refuses and for how many days."""
    parties = Party.objects.filter(case__in=[row.case_id for row in rows], role=PROVIDER.code, void_at=None)
    staying = {party.case_id: party.organisation for party in parties.select_related("organisation")}
    masked, today = reader_of(appointment).masked, day_of(at)
    return [
        {
            "id": row.pk,
            "case": row.case_id,
            "number": row.case.number,
            "estate": row.case.estate.name,
            "provider": named.name if (named := staying.get(row.case_id)) is not None else "",
            "found_on": row.found_on,
            "days": ((day_of(row.closed_at) if row.closed_at else today) - row.found_on).days,
            "stage": row.stage,
            "stage_title": str(HoldoutStage(row.stage).label),
            "sued_under": "" if masked else row.sued_under,
            "closed_at": row.closed_at,
        }
        for row in rows
    ]
