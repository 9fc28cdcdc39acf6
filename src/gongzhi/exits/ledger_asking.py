"""What the address of the ledger's page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongzhi.procedures.recurring import days_of
from gongzhi.registry.queries import day_of

from . import grounds
from .keyset import id_in
from .ledger import RUNNING, STAGES, Asked
from .ledger_rows import CATEGORIES
from .places import code_in

#: How many years one may choose among.
YEARS = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters and page of the ledger; `period`: a year or a quarter, `from_on` and `to_on` where days are named."""

    place: str = ""
    ground: str = ""
    stage: str = ""
    category: str = ""
    period: str = ""
    from_on: date | None = None
    to_on: date | None = None
    overdue: bool = False
    after: UUID | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Wanted:
        """From the address; what nobody knows is left out."""
        ground, stage, category = said.get("ground", ""), said.get("stage", ""), said.get("category", "")
        return cls(
            place=code_in(said.get("place", "")),
            ground=ground if ground in grounds.TITLES else "",
            stage=stage if stage in (*STAGES, RUNNING) else "",
            category=category if category in CATEGORIES else "",
            period=period_in(said.get("period", "")),
            from_on=_day_in(said.get("from", "")),
            to_on=_day_in(said.get("to", "")),
            overdue=said.get("overdue", "") == "1",
            after=id_in(said.get("after", "")),
        )

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day of what is looked at; a period goes before days."""
        return days_of(self.period) if self.period else (self.from_on, self.to_on)

    @property
    def is_narrow(self) -> bool:
        """Whether anything at all is asked for."""
        parts = (self.place, self.ground, self.stage, self.category, self.overdue, *self.days)
        return any(parts)

    def asked(self, at: datetime, *, any_stage: bool = False) -> Asked:
        """The same as the register takes it."""
        first, last = self.days
        return Asked(
            jurisdiction=self.place,
            from_on=first,
            to_on=last,
            ground=self.ground,
            stage="" if any_stage else self.stage,
            category=self.category,
            late_at=at if self.overdue else None,
        )


def periods_offered(at: datetime) -> list[tuple[str, str]]:
    """This year and those before it, each whole and by quarters, down from the present."""
    today = day_of(at)
    found: list[tuple[str, str]] = []
    for year in range(today.year, today.year - YEARS, -1):
        found.append((f"{year}", f"{year} 年"))
        quarters = [
            (f"{year}Q{number}", f"{year} 年第{name}季度") for number, name in enumerate("一二三四", 1)
        ]
        found += [one for one in reversed(quarters) if days_of(one[0])[0] <= today]
    return found


def period_in(text: str) -> str:
    """A year, a quarter or a month from the address; whatever is none is as good as not asked."""
    try:
        days_of(text)
    except ValueError:
        return ""
    return text


def _day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
