"""The list of cases: its filters, its pages, its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.procedures import catalogue
from gongzhi.procedures.models import Case
from gongzhi.procedures.presenting import told_summary
from gongzhi.procedures.queries import listed_cases, visible_cases
from gongzhi.registry.models import Appointment
from gongzhi.ui.templatetags.words import outcome, state

SHOWN = 50
STATES = {"": "全部", "open": "在办", "ended": "已结束"}
COLUMNS = ("案号", "程序", "情形", "对象", "立案", "状态", "结束")


def id_in(text: str) -> UUID | None:
    """An id from the address; whatever is none is as good as not asked."""
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    state: str = ""
    procedure: str = ""
    estate: UUID | None = None
    after: UUID | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Wanted:
        """From the address; what nobody knows is left out."""
        known = {one.code for one in catalogue.every()}
        wish, code = asked.get("state", ""), asked.get("procedure", "")
        return cls(
            state=wish if wish in STATES else "",
            procedure=code if code in known else "",
            estate=id_in(asked.get("estate", "")),
            after=id_in(asked.get("after", "")),
        )

    @property
    def states(self) -> dict[str, str]:
        """The choices of the state."""
        return STATES

    def procedures(self) -> list[tuple[str, str]]:
        """The choices of the procedure."""
        return [(one.code, one.title) for one in catalogue.current()]


def listed(seat: Appointment, wanted: Wanted) -> QuerySet[Case]:
    """The cases, newest first; those a case stands in are listed where their procedure, or an estate, is asked for."""
    rows = visible_cases(seat) if wanted.procedure or wanted.estate is not None else listed_cases(seat)
    if wanted.state:
        rows = rows.filter(ended_at__isnull=wanted.state == "open")
    if wanted.procedure:
        rows = rows.filter(procedure=wanted.procedure)
    if wanted.estate is not None:
        rows = rows.filter(estate=wanted.estate)
    rows = rows.select_related("estate", "organisation", "jurisdiction")
    return rows.order_by("-opened_at", "-id")


def case_page_of(seat: Appointment, wanted: Wanted) -> tuple[list[dict[str, Any]], UUID | None]:
    """One page, and the key the next one begins after."""
    rows = listed(seat, wanted)
    if wanted.after is not None:
        last = Case.objects.filter(pk=wanted.after).values_list("opened_at", flat=True).first()
        if last is not None:
            rows = rows.filter(Q(opened_at__lt=last) | Q(opened_at=last, pk__lt=wanted.after))
    found = list(rows[: SHOWN + 1])
    return [told_summary(row) for row in found[:SHOWN]], found[SHOWN - 1].pk if len(found) > SHOWN else None


def cells_of(row: Case) -> tuple[Any, ...]:
    """A case as a row of the spreadsheet."""
    told = told_summary(row)
    says = outcome(told["outcome"]) if told["outcome"] else state(told["state"])
    name = told["subject"]["name"]
    return (told["number"], told["title"], told["variant_title"], name, row.opened_at, says, row.ended_at)
