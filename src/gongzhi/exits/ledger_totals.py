"""What a ledger adds up to: how many exits at which stage, of which kind, in which place. Each opens its list."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from gongzhi.procedures.models import Case

from . import grounds
from .ledger import RUNNING, STAGES, STOPPED, is_late


@dataclass(slots=True)
class Sum:
    """Exits counted: those that run, that ended, on a forced ground, with a task overdue; `stopped` ones are none."""

    running: int = 0
    ended: int = 0
    stopped: int = 0
    forced: int = 0
    late: int = 0

    @property
    def all(self) -> int:
        """Running and ended ones."""
        return self.running + self.ended

    @property
    def normal(self) -> int:
        """Those on no forced ground."""
        return self.all - self.forced


@dataclass(slots=True)
class Totals:
    """The whole, by stage, and by the code of a place."""

    whole: Sum = field(default_factory=Sum)
    stages: Counter[str] = field(default_factory=Counter)
    places: dict[str, Sum] = field(default_factory=dict)


def totals_of(rows: QuerySet[Case], level: str, at: datetime) -> Totals:
    """Counted in one query; `level`: the column of the places, "" for none."""
    names = ("stage", "variant", "is_late", *((level,) if level else ()))
    counted = rows.annotate(is_late=is_late(at)).order_by().values_list(*names).annotate(number=Count("pk"))
    totals = Totals()
    for stage, variant, late, *place, number in counted:
        totals.stages[stage] += number
        for one in (totals.whole, *(totals.places.setdefault(code, Sum()) for code in place)):
            _add(one, stage, variant, late, number)
    return totals


def _add(to: Sum, stage: str, variant: str, late: bool, number: int) -> None:
    if stage == STOPPED:
        to.stopped += number
        return
    if stage == "ended":
        to.ended += number
    else:
        to.running += number
    to.forced += number * (variant in grounds.FORCED_CODES)
    to.late += number * bool(late)


def stage_choices() -> dict[str, str]:
    """The stages as a filter, from the first one on."""
    return {"": "全部", RUNNING: "在办", **dict(reversed(STAGES.items()))}
