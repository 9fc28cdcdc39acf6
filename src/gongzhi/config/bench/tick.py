"""Row *tick*: the minute's tick over many running clocks of which few are due; its cost follows what is due."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models

from gongzhi.config.minute import fire_clocks
from gongzhi.procedures.models import Case, CaseStep, Clock, Rung
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.ids import new_id

from . import place, scratch
from .figures import Figure, seconds

LIMIT = 1.2
CLOCKS_A_CASE = 10
JUST_NOW, IN_A_YEAR = place.NOW - timedelta(minutes=1), place.NOW + timedelta(days=365)


def measure(few: int, many: int, due: int) -> list[Figure]:
    """The same number of due clocks among few and among many."""
    found = place.build()
    (estate,) = place.add_estates(found, 1)
    _fill(estate.pk, few, due)
    scratch.copy_aside("bench_few")
    short = seconds(lambda: fire_clocks(place.NOW))
    scratch.put_back("bench_few")
    _fill(estate.pk, many - few, 0)
    long = seconds(lambda: fire_clocks(place.NOW))
    beside = f"{due} due of {many} ({long:.2f} s) beside {due} due of {few} ({short:.2f} s)"
    return [Figure("tick", "cost follows what is due", long / short, LIMIT, "×", beside)]


def _fill(estate_id: Any, clocks: int, due: int) -> None:
    """Cases with their clocks, written in batches; the first `due` clocks ring now, the others in a year."""
    with scratch.filling():
        for like, rows in _rows(estate_id, clocks, due):
            scratch.add_alike(like, rows)


def _rows(estate_id: Any, clocks: int, due: int) -> Iterator[tuple[models.Model, Iterator[dict[str, Any]]]]:
    ids = [(new_id(), new_id()) for _ in range(max(1, clocks // CLOCKS_A_CASE))]
    running = [new_id() for _ in range(clocks)]
    case, step = ids[0]
    yield (
        _case(case, estate_id),
        ({"id": case, "root_id": case, "number": f"bench-{case}"} for case, _ in ids),
    )
    yield (
        CaseStep(case_id=case, code="agreement", kind="review", position=4),
        ({"id": step, "case_id": case} for case, step in ids),
    )
    yield (
        _clock(case, step),
        (_own_clock(running[n], *ids[n // CLOCKS_A_CASE % len(ids)], n) for n in range(clocks)),
    )
    yield (
        Rung(clock_id=running[0], name="overdue", due_at=IN_A_YEAR),
        (
            {"id": new_id(), "clock_id": clock, "due_at": JUST_NOW if n < due else IN_A_YEAR}
            for n, clock in enumerate(running)
        ),
    )


def _case(case: Any, estate_id: Any) -> Case:
    return Case(
        id=case,
        root_id=case,
        number=f"bench-{case}",
        procedure="exit",
        version=1,
        variant="provider_early",
        estate_id=estate_id,
        city="2206",
        county=place.COUNTY,
        subdistrict=place.STREET,
        community=place.COMMUNITY,
        law_on=place.NOW.date(),
        opened_at=place.NOW,
    )


def _clock(case: Any, step: Any) -> Clock:
    return Clock(
        case_id=case,
        step_id=step,
        key="exit.provider_early_exit_notice_before",
        anchor="application.arrived",
        anchor_at=place.NOW,
        due_at=IN_A_YEAR,
        calendar=CALENDAR.version,
    )


def _own_clock(clock: Any, case: Any, step: Any, number: int) -> dict[str, Any]:
    """What differs from clock to clock."""
    return {"id": clock, "case_id": case, "step_id": step, "anchor": f"application.arrived:{number}"}
