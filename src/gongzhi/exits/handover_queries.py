"""Reads of a handover: the situation its rules look at, what it gives."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from gongzhi.acts.kept import Kept
from gongzhi.procedures.forms import name_of
from gongzhi.procedures.holders import hold
from gongzhi.procedures.models import Case, Item
from gongzhi.procedures.refusing import signed_after
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Unit
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.exchange import HandoverTold
from gongzhi.values.now import ZONE

from .ground_queries import contract_ends
from .ground_rules import LEAVE_WITHIN
from .handover_situation import HandoverSituation
from .models import FEES, Lift, MeterReading, PrepaidFee
from .parties import RECEIVER

LISTS = ("documents", "assets", "extra", "joint_check")


def _missing_items(case: Any) -> QuerySet[Item]:
    rows = Item.objects.filter(case=case, round__void_at=None, state="missing", made_up_at=None)
    return rows.order_by("round__opened_at", "round", "position")


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows there are, within the read of a case."""
    of_case = rows.filter(case=OuterRef("pk")).order_by().values("case")
    return Coalesce(Subquery(of_case.annotate(count=Count("id")).values("count")), 0)


# Its rules are asked at every item of its lists, so each read is put together once.
_MISSING = Kept(lambda case: _missing_items(case).values_list("label", "make_up_on"), case=UUIDField())
_EXTRA = Kept(
    lambda case: Item.objects.filter(case=case, round__step__code="extra", round__void_at=None).values_list(
        "code", "state", "condition"
    ),
    case=UUIDField(),
)
_UNITS = Kept(
    lambda estate: Unit.objects.filter(estate=estate).values_list("id", flat=True), estate=UUIDField()
)
_KINDS_BEHIND = ("meters", "prepaid", "deposits", "lifts")
_BEHIND = Kept(
    lambda case: Case.objects.filter(pk=case).values_list(
        _counted(MeterReading.objects.all()),
        _counted(PrepaidFee.objects.filter(kind__in=FEES)),
        _counted(PrepaidFee.objects.exclude(kind__in=FEES)),
        _counted(Lift.objects.all()),
    ),
    case=UUIDField(),
)


def _planned(case: CaseView) -> dict[str, Any]:
    """What a plan is laid beside; read only while there is none."""
    from .procedures import Handover

    above = case.parent
    if above is None or case.is_done(Handover.plan):
        return {}
    leaving = [
        clock.due_on for clock in above.clocks if clock.key == LEAVE_WITHIN and clock.stopped_at is None
    ]
    return {
        "contract_end": contract_ends(above),
        "leave_by": min((day for day in leaving if day is not None), default=None),
        "is_settled": above.instant("settlement.cleared") is not None,
    }


def meters_read(case: CaseView) -> tuple[tuple[str, date], ...]:
    """Each meter by name, and the day it was read on; none before there is a confirmation they are to stand on."""
    from .procedures import Handover

    if case.live_round(Handover.confirmation) is None:
        return ()
    rows = MeterReading.objects.filter(case=case.row).order_by("medium", "meter")
    return tuple((f"{row.get_medium_display()}表{row.meter}", case.local_day(row.read_at)) for row in rows)


def make_up_by(case: CaseView) -> date | None:
    """By when the last missing item is to be made up, as the lists say."""
    return _last(_MISSING.rows(case=case.id))


def _last(missing: Iterable[tuple[str, date | None]]) -> date | None:
    return max((day for _, day in missing if day is not None), default=None)


def handover_situation(case: CaseView, at: datetime) -> HandoverSituation:
    """A handover as its rules see it."""
    done = [case.instant(f"{step}.listed") for step in LISTS]
    known = [instant.astimezone(ZONE) for instant in done if instant is not None]
    receiver, missing = hold(case, RECEIVER, at), list(_MISSING.rows(case=case.id))
    sides = (case.organisation(PROVIDER.code), receiver.organisation)
    return HandoverSituation(
        at=at,
        today=case.local_day(at),
        opened_at=case.row.opened_at,
        lists_done_at=max(known) if known else None,
        has_receiver=not receiver.vacant,
        missing=tuple(label for label, _ in missing),
        make_up_by=_last(missing),
        extra={code: (state, condition) for code, state, condition in _EXTRA.rows(case=case.id)},
        behind=_behind(case),
        unsigned=tuple(unsigned_lists(case)),
        **_planned(case),
        readings=meters_read(case),
        units=frozenset(_UNITS.rows(estate=case.row.estate_id)),
        parties=frozenset(side.pk for side in sides if side is not None),
    )


def missing_items(case: CaseView) -> QuerySet[Item]:
    """What is missing on any list of the handover and has not come in."""
    return _missing_items(case.id)


def _behind(case: CaseView) -> dict[str, int]:
    """How many rows stand behind each further item that is more than a line of a list."""
    (found,) = _BEHIND.rows(case=case.id)
    return dict(zip(_KINDS_BEHIND, found, strict=True))


def unsigned_lists(case: CaseView) -> list[str]:
    """Titles of the lists that stand without the signature of a side; one both signed was not refused in the end."""
    return [step.title for step in case.declared if step.code in LISTS and case.outcome_of(step) == "refused"]


def planned_for(case: CaseView) -> datetime | None:
    """The instant the plan of the handover names; None while there is none."""
    from .procedures import Handover

    plan = case.heard(Handover.plan)
    return plan.starts_at if plan is not None else None


def was_unsigned(case: CaseView) -> bool:
    """Whether a list stands without the hand of a side."""
    return bool(unsigned_lists(case))


def handover_told(case: CaseView) -> HandoverTold:
    """What a handover gives to the exit: what is missing, and who refused to sign and has not signed since."""
    return HandoverTold(missing_items(case).count(), tuple(_refused(case)))


def _refused(case: CaseView) -> Iterator[str]:
    """By whom a signature was refused, of a side that has not signed since."""
    refusals = []
    for step in case.declared:
        found, sides = case.live_round(step), getattr(step, "sides", ())
        if found is None or not sides:
            continue
        view = case.round_view(found)
        refusals += [said for said in view.acts("record_refusal") if signed_after(view, said, sides) is None]
        refusals += view.acts("decline") if step.lists_items else ()
    told = sorted(refusals, key=lambda said: said.at)
    return (str(said.facts.get("refused_by") or name_of(said)) for said in told)
