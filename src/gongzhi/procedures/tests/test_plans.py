"""The plans behind the lists and the tick: an index gives the rows in the list's own order, on both engines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from gongzhi.procedures import statements
from gongzhi.procedures.models import Case, CaseStep, Clock
from gongzhi.procedures.queries import listed_cases, tasks_of
from gongzhi.procedures.tests.stage import Stage
from gongzhi.procedures.tick import with_another
from gongzhi.registry.models import Appointment
from gongzhi.values.calendars import CALENDAR

PAGE = 50
ELSEWHERE, HERE = 1200, 12
_SMALL_TABLE_WAYS = ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort")


@pytest.fixture
def crowded(stage: Stage) -> Stage:
    """A city whose cases lie elsewhere but for a few, so that an engine sees what an index is good for."""
    estate = stage.cast.home.estate
    codes = {level: getattr(estate, level) for level in ("city", "county", "subdistrict", "community")}
    cases = [_case(stage, number, codes) for number in range(ELSEWHERE + HERE)]
    Case.objects.bulk_create(cases)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return stage


def _case(stage: Stage, number: int, codes: dict[str, str]) -> Case:
    """One in a hundred lies here; the others in some other place of each level."""
    here = number % (1 + ELSEWHERE // HERE) == 0
    case = Case(number=f"示例{number}", procedure="exit", version=1, estate=stage.cast.home.estate)
    case.root_id = case.id
    case.law_on, case.opened_at = stage.now.date(), stage.now + timedelta(minutes=number)
    for level, code in codes.items():
        setattr(case, level, code if here else f"{number % 50:0{len(code)}}")
    return case


def seat(stage: Stage, name: str) -> Appointment:
    held = stage.actor(name).appointment_id
    assert held is not None
    return Appointment.objects.select_related("organisation").get(pk=held)


def plan_of(rows: QuerySet[Any]) -> str:
    """The plan of the first page. PostgreSQL is kept from what pays over the few rows of a test alone."""
    with without_ways_of_small_tables():
        return rows[: PAGE + 1].explain()


@contextmanager
def without_ways_of_small_tables() -> Iterator[None]:
    """For this one question: the checks at the end of the transaction would each be planned at enormous cost."""
    ways = _SMALL_TABLE_WAYS if connection.vendor == "postgresql" else ()
    with connection.cursor() as cursor:
        for way in ways:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        yield
        for way in ways:
            cursor.execute(f"SET LOCAL enable_{way} = on")


def is_sorted_by_hand(plan: str) -> bool:
    return "TEMP B-TREE" in plan or "Sort Key" in plan


def newest(appointment: Appointment) -> QuerySet[Case]:
    return listed_cases(appointment).select_related("estate").order_by("-opened_at", "-pk")


#: Who looks at which list, and the index that gives it.
LISTS: tuple[tuple[str, Callable[[Appointment], QuerySet[Any]], str], ...] = (
    ("city_officer", newest, "case_city"),
    ("county_officer", newest, "case_county"),
    ("subdistrict_officer", newest, "case_subdistrict"),
    ("community_worker", newest, "case_community"),
    ("county_officer", tasks_of, "task_todo"),
    ("provider_leader", tasks_of, "task_todo"),
)


def test_the_first_page_comes_out_of_an_index_in_its_own_order(crowded: Stage) -> None:
    """All of them in one city: it is dear to build."""
    plans = [(name, index, plan_of(rows(seat(crowded, name)))) for name, rows, index in LISTS]
    assert [(name, plan) for name, index, plan in plans if index not in plan] == []
    assert [(name, plan) for name, _, plan in plans if is_sorted_by_hand(plan)] == []


def test_a_list_in_another_order_is_seen_to_be_sorted_by_hand(crowded: Stage) -> None:
    assert is_sorted_by_hand(plan_of(listed_cases(seat(crowded, "county_officer")).order_by("ended_why")))


def test_the_tick_finds_what_is_due_by_its_index(stage: Stage) -> None:
    plan = plan_of(statements.waiting(stage.now + timedelta(days=1)))  # type: ignore[arg-type]
    assert "rung_waiting" in plan
    assert not is_sorted_by_hand(plan)
    plan = plan_of(statements.days_due(stage.now + timedelta(days=1)))
    assert "task_rings" in plan
    assert not is_sorted_by_hand(plan)


def test_the_tick_passes_over_clocks_counted_with_todays_calendar(crowded: Stage) -> None:
    """As many as the city has, whatever their number: each of the two ranges begins where they end."""
    version = CALENDAR.version
    steps = [
        CaseStep(case=case, code="agreement", kind="review", position=1)
        for case in Case.objects.filter(number__startswith="示例")
    ]
    CaseStep.objects.bulk_create(steps)
    Clock.objects.bulk_create(
        Clock(case=s.case, step=s, key="x", anchor=f"y{n}", anchor_at=crowded.now, calendar=version)
        for s in steps
        for n in range(10)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for rows in with_another(version):
        plan = plan_of(rows.values_list("case__root_id"))
        assert "clock_running" in plan
        assert "SCAN procedures_case" not in plan
