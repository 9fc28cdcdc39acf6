"""Recurring duties: once a calendar period for each place that has the duty, however often the tick comes."""

from datetime import date

import pytest

from gongzhi.law.models import Jurisdiction
from gongzhi.law.schema import Kind
from gongzhi.procedures import recurring
from gongzhi.procedures.declare import Every, Procedure
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.models import Case, Task
from gongzhi.procedures.tests.stage import UNDEFINED, Law, Stage, Word, at, value
from gongzhi.registry.roles import COUNTY, SUBDISTRICT


class Meeting(Procedure):
    """A joint meeting of every street."""

    code, title, subject = "meeting", "示例联席会议", "jurisdiction"
    opens = Every("m.frequency", SUBDISTRICT)
    meet = Submit("会议纪要", by=SUBDISTRICT, facts=Word)


@pytest.fixture
def streets(stage: Stage, law: Law) -> int:
    """How many streets there are; each has to meet once a quarter."""
    law["m.frequency"] = value(Kind.FREQUENCY, {"at_least": 1, "per": "quarter"})
    stage.declare(Meeting)
    return Jurisdiction.objects.filter(level="street").count()


def test_one_case_a_quarter_for_each_street(streets: int) -> None:
    assert recurring.open_due(at("2026-03-31 23:59")) == streets
    assert recurring.open_due(at("2026-03-31 23:59")) == 0
    assert recurring.open_due(at("2026-04-01 00:00")) == streets
    assert (
        Case.objects.filter(period="2026Q1").count()
        == Case.objects.filter(period="2026Q2").count()
        == streets
    )


def test_its_task_lies_with_the_street_and_carries_its_codes(streets: int, stage: Stage) -> None:
    recurring.open_due(stage.now)
    task = Task.objects.get(case__jurisdiction="220602001")
    assert task.organisation == stage.cast.organisations["subdistrict"]
    assert (task.city, task.county, task.subdistrict, task.community) == ("2206", "220602", "220602001", "")
    assert task.case.period == "2026Q1"


def test_a_street_that_is_not_registered_has_its_task_vacant_above(streets: int, stage: Stage) -> None:
    recurring.open_due(stage.now)
    task = Task.objects.filter(county="220602").exclude(subdistrict="220602001").first()
    assert task is not None
    assert (task.vacant, task.organisation) == (True, stage.cast.organisations["county"])


def test_where_nobody_defines_the_frequency_nothing_is_opened(streets: int, law: Law, stage: Stage) -> None:
    law["m.frequency"] = UNDEFINED
    assert recurring.open_due(stage.now) == 0


def test_a_duty_of_several_times_a_period_has_as_many_cases(streets: int, law: Law, stage: Stage) -> None:
    law["m.frequency"] = value(Kind.FREQUENCY, {"at_least": 2, "per": "year"})
    assert recurring.open_due(stage.now) == 2 * streets
    assert set(Case.objects.values_list("period", flat=True)) == {"2026", "2026-2"}


def test_asking_again_costs_a_handful_of_queries(
    streets: int, stage: Stage, django_assert_max_num_queries: object
) -> None:
    recurring.open_due(stage.now)
    # the law's revision, and two for each recurring duty: the product has one of its own, the county's report
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert recurring.open_due(stage.now) == 0


@pytest.mark.parametrize(
    ("per", "on", "name"),
    [
        ("quarter", date(2026, 3, 31), "2026Q1"),
        ("quarter", date(2026, 4, 1), "2026Q2"),
        ("quarter", date(2026, 12, 31), "2026Q4"),
        ("half_year", date(2026, 6, 30), "2026H1"),
        ("half_year", date(2026, 7, 1), "2026H2"),
        ("year", date(2026, 12, 31), "2026"),
        ("month", date(2026, 2, 28), "2026-02"),
    ],
)
def test_a_period_is_one_of_the_calendar(per: str, on: date, name: str) -> None:
    assert recurring.period_of(per, on) == name


def test_a_duty_whose_frequency_is_to_be_set_waits_visibly_and_begins_once_it_is(
    streets: int, law: Law, stage: Stage
) -> None:
    law["m.frequency"] = value(Kind.FREQUENCY, None)
    assert recurring.open_due(stage.now) == streets
    assert recurring.open_due(stage.now) == 0
    task = Task.objects.get(case__jurisdiction="220602001")
    assert (task.waits_for, task.case.period) == ("m.frequency", "unset")
    assert task.note.startswith("本地未设定“示例参数”，设定后才能办理")
    law["m.frequency"] = value(Kind.FREQUENCY, {"at_least": 1, "per": "year"})
    assert recurring.open_due(at("2026-03-03 09:00")) == streets
    assert Case.objects.filter(period="unset", outcome="ended").count() == streets
    assert Case.objects.filter(period="2026", ended_at=None).count() == streets
    assert recurring.open_due(at("2026-03-04 09:00")) == 0


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026Q4-2", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-2", date(2026, 1, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_period_has_its_days(period: str, first: date, last: date) -> None:
    assert recurring.days_of(period) == (first, last)


def test_a_county_has_its_own_level() -> None:
    assert recurring.LEVELS[COUNTY.code] == "county"
