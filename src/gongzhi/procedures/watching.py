"""Watches: the tick opens a case ahead of a date, follows the date when it moves, and ends it when it is gone.

What is opened is found by an index on the date, less what is watched already, so the cost follows what is new. A
row and date are watched once, by constraint; what the owners or an authority have concluded stays concluded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from gongzhi.law import queries as law
from gongzhi.law.book import LawBook
from gongzhi.registry.models import Estate
from gongzhi.registry.roles import Place
from gongzhi.values.ids import uuid7
from gongzhi.values.now import ZONE
from gongzhi.values.periods import Period

from . import catalogue, clocks, undoing
from .declare import Ahead, Procedure
from .founding import open_by_itself, parties_of
from .ladder import AHEAD, day_ahead, days_at_most, periods_ahead
from .models import Case, Rung
from .models.cases import GONE, MOVED, OUT_OF_SIGHT
from .subjects import Subject
from .view import CaseView

#: How many cases a tick opens at most, and how many rows it reads at once.
AT_ONCE = 500
#: The law with which the lists of running watches were looked at last, by database.
_LOOKED: dict[str, LawBook] = {}


def watches() -> Iterator[tuple[type[Procedure], Ahead]]:
    """Every procedure the tick opens ahead of a date."""
    for procedure in catalogue.current():
        if isinstance(procedure.opens, Ahead):
            yield procedure, procedure.opens


# Opening ------------------------------------------------------------------------------------------------------------


def open_due(at: datetime) -> int:
    """Open the watches whose date has come into sight and that are not there yet; returns how many."""
    with law.pinned():
        return sum(_open_all(procedure, opens, at) for procedure, opens in watches())


def _open_all(procedure: type[Procedure], opens: Ahead, at: datetime) -> int:
    today, opened = at.astimezone(ZONE).date(), 0
    for row in _unwatched(procedure, opens, at):
        about = _about(row, opens)
        if _is_in_sight(_date(row, opens), _periods(opens.key, about, today), today):
            opened += _open_one(procedure, opens, row, about, at)
        if opened >= AT_ONCE:
            break
    return opened


def _unwatched(procedure: type[Procedure], opens: Ahead, at: datetime) -> Iterator[Any]:
    """The rows within the longest look ahead of any place, or that long past, and not watched; page by page."""
    today, reach = at.astimezone(ZONE).date(), timedelta(days=_reach(opens.key))
    known = Case.objects.filter(
        procedure=procedure.code, watched=OuterRef("pk"), towards_on=OuterRef(opens.date)
    )
    live = Case.objects.filter(procedure=procedure.code, watched=OuterRef("pk"), ended_at=None)
    rows = opens.of(at).filter(**{f"{opens.date}__range": (today - reach, today + reach)})
    rows = rows.filter(~Exists(known.exclude(outcome__in=OUT_OF_SIGHT)), ~Exists(live))
    rows = rows.select_related(opens.about).order_by(opens.date, "pk")
    page = list(rows[:AT_ONCE])
    while page:
        yield from page
        last = page[-1]
        beyond = Q(**{opens.date: _date(last, opens), "pk__gt": last.pk})
        beyond |= Q(**{f"{opens.date}__gt": _date(last, opens)})
        page = list(rows.filter(beyond)[:AT_ONCE]) if len(page) == AT_ONCE else []


def _reach(key: str) -> int:
    """How many days the furthest-looking place looks ahead."""
    book = law.book()
    own = (setting.value for setting in book.settings if setting.key == key)
    told = chain(book.key(key).usual or (), *own)
    return max((days_at_most(Period.parse(one)) for one in told), default=0)


def _date(row: Any, opens: Ahead) -> date:
    found: date = getattr(row, opens.date)
    return found


def _about(row: Any, opens: Ahead) -> Any:
    """The estate or organisation the row belongs to."""
    for name in opens.about.split("__"):
        row = getattr(row, name)
    return row


def _periods(key: str, about: Any, today: date) -> tuple[Period, ...]:
    return periods_ahead(law.value_of(key, _place(about), today))


def _place(about: Any) -> str:
    """The smallest division it lies in."""
    return str(about.community or about.subdistrict or about.county or about.city)


def _is_in_sight(on: date, periods: tuple[Period, ...], today: date) -> bool:
    """Whether the place looks that far; a date that passed in a pause is in sight as long as it would have been."""
    reach = max(map(days_at_most, periods), default=0)
    return bool(periods) and day_ahead(periods[0], on) <= today <= on + timedelta(days=reach)


def _open_one(procedure: type[Procedure], opens: Ahead, row: Any, about: Any, at: datetime) -> int:
    on, case_id, today = _date(row, opens), uuid7(at), at.astimezone(ZONE).date()
    subject = Subject(**{procedure.subject: about})
    case = Case(
        id=case_id,
        root_id=case_id,
        law_on=today,
        estate=subject.estate,
        organisation=subject.organisation,
        watched=row.pk,
        towards_on=on,
        opened_at=at,
        procedure=procedure.code,
        version=procedure.version,
        **subject.codes,
    )
    parties = parties_of(procedure, Place(about, today)) if isinstance(about, Estate) else {}
    said = {"watched": str(row.pk), "towards_on": str(on)}
    return int(open_by_itself(case, procedure, said, at, parties))


# Following ----------------------------------------------------------------------------------------------------------


def watched_on(case: CaseView) -> date | None:
    """The date a watch moves towards: what a declaration names as the anchor of its clocks."""
    return case.row.towards_on


def astray(at: datetime) -> list[UUID]:
    """The live watches whose row is gone or has another date, one query a procedure; and those of a changed list."""
    found: list[UUID] = []
    for procedure, opens in watches():
        now_on = opens.of(at).filter(pk=OuterRef("watched")).values(opens.date)[:1]
        live = _live(procedure).annotate(now_on=Subquery(now_on))
        moved = live.filter(Q(now_on=None) | ~Q(now_on=F("towards_on")))
        found += moved.order_by("id").values_list("id", flat=True)[:AT_ONCE]
    return list(dict.fromkeys([*found, *_with_another_list(at)]))


def _live(procedure: type[Procedure]) -> QuerySet[Case]:
    return Case.objects.filter(procedure=procedure.code, watched__isnull=False, ended_at=None)


def _with_another_list(at: datetime) -> list[UUID]:
    """The live watches whose place has set its list by now; looked for when the law has changed."""
    book = law.book()
    if _LOOKED.get(connection.alias) is book:
        return []
    live = (row for procedure, _ in watches() for row in _live(procedure))
    found = [row.pk for row in live if _has_another_list(CaseView(row), at)]
    _LOOKED[connection.alias] = book
    return found


def _has_another_list(case: CaseView, at: datetime) -> bool:
    """Whether the rungs that were laid are not those the place wants now: none too many waits, none is missing.

    A point that is past already is not missing: it is not laid any more.
    """
    opens = case.declaration.opens
    assert isinstance(opens, Ahead)
    periods = periods_ahead(case.law.value(opens.key))
    wanted = {f"{AHEAD}{period.iso}" for period in periods}
    coming = {f"{AHEAD}{period.iso}" for period in periods if _is_to_come(period, case, at)}
    rungs = Rung.objects.filter(clock__case=case.row, dropped_at=None, name__startswith=AHEAD)
    laid = dict(rungs.values_list("name", "done_at").order_by("done_at"))
    waiting = {name for name, done_at in laid.items() if done_at is None}
    return bool(laid) and (not waiting <= wanted or not coming <= set(laid))


def _is_to_come(period: Period, case: CaseView, at: datetime) -> bool:
    """Whether the day that lies the period before the date has not begun."""
    on = case.row.towards_on
    return on is not None and day_ahead(period, on) > case.local_day(at)


def days_to_come(case: CaseView, at: datetime) -> list[date]:
    """The days, in order, on which a running watch will still remind of its date by the list of the place."""
    opens, on = case.declaration.opens, case.row.towards_on
    if not isinstance(opens, Ahead) or on is None:
        return []
    periods = periods_ahead(case.law.value(opens.key))
    return sorted({day_ahead(one, on) for one in periods if _is_to_come(one, case, at)})


def following_another_list(key: str, seen: QuerySet[Case], at: datetime) -> list[Case]:
    """The running watches among those seen whose reminders the value of the key, as it stands now, moves."""
    mine = [_live(procedure) for procedure, opens in watches() if opens.key == key]
    live = (row for rows in mine for row in rows.filter(pk__in=seen.order_by().values("pk")).order_by("id"))
    return [row for row in live if _has_another_list(CaseView(row), at)]


def look_again(case: CaseView, at: datetime) -> bool:
    """Follow the date, or the list of the place; True where something changed. Root locked."""
    if refresh(case, at):
        return True
    if case.row.ended_at is not None or not _has_another_list(case, at):
        return False
    clocks.project(case, at, "本地设定了预警时点")
    return True


def refresh(case: CaseView, at: datetime) -> bool:
    """Bring a watch to the date as it is now, or end it with its reason; True where something changed. Root locked."""
    opens, row = case.declaration.opens, case.row
    if not isinstance(opens, Ahead) or row.watched is None or row.ended_at is not None:
        return False
    before = row.towards_on
    on = opens.of(at).filter(pk=row.watched).values_list(opens.date, flat=True).first()
    if on == before:
        return False
    if on is None:
        undoing.end(case, GONE, opens.gone(case, at), at)
    elif not _may_follow(case, opens, on, at):
        undoing.end(case, MOVED, f"日期由{before}改为{on}，到时另行预警", at)
    else:
        row.towards_on = on
        row.save(update_fields=["towards_on"])
        clocks.project(case, at, f"日期由{before}改为{on}")
    return True


def _may_follow(case: CaseView, opens: Ahead, on: date, at: datetime) -> bool:
    """Whether the new date is in sight, and was not concluded in another case."""
    periods = periods_ahead(case.law.value(opens.key))
    same = Case.objects.filter(procedure=case.row.procedure, watched=case.row.watched, towards_on=on)
    concluded = same.exclude(pk=case.row.pk).exclude(outcome__in=OUT_OF_SIGHT)
    return _is_in_sight(on, periods, case.local_day(at)) and not concluded.exists()
