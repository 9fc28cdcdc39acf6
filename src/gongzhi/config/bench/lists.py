"""Row *list*: an officer's first page of tasks and of cases, at 100 000 and at 1 000 000 cases in the database.

Beside each: the same page ten times fewer cases ago, and a bare query for as many rows of the same table.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models

from gongzhi.api.paging import page as keyset_page
from gongzhi.procedures.models import Case, CaseStep, Round, Task
from gongzhi.procedures.queries import listed_cases, tasks_of
from gongzhi.registry.models import (
    Appointment,
    Estate,
    EstateKind,
    Organisation,
    OrganisationKind,
    Person,
    Post,
)
from gongzhi.values.ids import new_id

from . import place, scratch
from .figures import Figure, median, seconds

GROWTH, BARE = 1.15, 2.0
PAGE = 50
#: Rounds in turns, and times a page is read in each.
ROUNDS, TIMES = 8, 10
TENTH = "bench_tenth"
AT_ONCE = 5000
#: A cell as `scale.md` plans it: so many counties, streets in each, communities in each.
COUNTIES, STREETS, COMMUNITIES = 10, 12, 10


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose page it is."""

    title: str
    appointment: Appointment


def measure(cases: int) -> list[Figure]:
    """Fill to a tenth, keep that aside, fill up; then time every page in both, in turns."""
    world = _World.build()
    pages = world.pages()
    world.fill(0, cases // 10)
    scratch.copy_aside(TENTH)
    world.fill(cases // 10, cases)
    pages |= {f"bare {model.__name__}": _bare(model) for model in (Task, Case)}
    took = _in_turns(pages)
    figures = []
    for name in pages:
        if not name.startswith("bare"):
            bare = "bare Task" if name.startswith("tasks") else "bare Case"
            figures += _figures(name, took["", name], took[TENTH, name], took["", bare], cases)
    return figures


def _figures(name: str, took: float, tenth: float, bare: float, cases: int) -> list[Figure]:
    """One page beside itself among a tenth of the cases, and beside bare rows."""
    grown = f"{took * 1e3:.2f} ms at {cases}, {tenth * 1e3:.2f} ms at {cases // 10}"
    rows = f"{took * 1e3:.2f} ms beside {bare * 1e3:.2f} ms for {PAGE} bare rows"
    return [
        Figure("list", f"{name}: from a tenth of the cases", took / tenth, GROWTH, "×", grown),
        Figure("list", f"{name}: beside a bare query", took / bare, BARE, "×", rows),
    ]


def _in_turns(pages: Mapping[str, Callable[[], object]]) -> dict[tuple[str, str], float]:
    """The median of every page in both databases; in turns, so that a machine that slows down slows both."""
    samples: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for kept in (TENTH, ""):
            with scratch.within(kept):
                for name, page in pages.items():
                    page()
                    samples[kept, name] += [seconds(page) for _ in range(TIMES)]
    return {which: median(values) for which, values in samples.items()}


def _tasks(appointment: Appointment) -> object:
    return keyset_page(tasks_of(appointment), by="sort_at", after=None, limit=PAGE)


def _cases(appointment: Appointment) -> object:
    rows = listed_cases(appointment).select_related("estate", "organisation", "jurisdiction")
    return keyset_page(rows, by="opened_at", after=None, limit=PAGE, newest_first=True)


def _bare(model: Any) -> Callable[[], object]:
    """As many rows of the table, by its key, with the estate a list shows."""
    related = ("case__estate", "round__step", "organisation", "person") if model is Task else ("estate",)
    return lambda: list(model.objects.select_related(*related).order_by("-pk")[:PAGE])


@dataclass
class _World:
    """The organs and estates the cases are spread over."""

    organs: dict[str, Organisation]
    estates: list[Estate]

    @classmethod
    def build(cls) -> "_World":
        organs = {"city": _organ(OrganisationKind.PROPERTY_AUTHORITY, city="2206")}
        estates = []
        for county in (f"2206{n:02}" for n in range(COUNTIES)):
            organs[county] = _organ(OrganisationKind.PROPERTY_AUTHORITY, city="2206", county=county)
            for street in (f"{county}{n:03}" for n in range(STREETS)):
                codes = {"city": "2206", "county": county, "subdistrict": street}
                organs[street] = _organ(OrganisationKind.SUBDISTRICT_OFFICE, **codes)
                estates += [_estate(codes | {"community": f"{street}{n:03}"}) for n in range(COMMUNITIES)]
        Organisation.objects.bulk_create(organs.values(), batch_size=AT_ONCE)
        Estate.objects.bulk_create(estates, batch_size=AT_ONCE)
        return cls(organs, estates)

    def pages(self) -> dict[str, Callable[[], object]]:
        """Every page that is timed, by its name."""
        street = next(code for code in self.organs if len(code) == 9)
        county = street[:6]
        seats = [
            Seat("a street", _officer(self.organs[street])),
            Seat("a county", _officer(self.organs[county])),
            Seat("the city", _officer(self.organs["city"])),
        ]
        found: dict[str, Callable[[], object]] = {}
        for seat in seats:
            found[f"tasks of {seat.title}"] = lambda seat=seat: _tasks(seat.appointment)  # type: ignore[misc]
            found[f"cases of {seat.title}"] = lambda seat=seat: _cases(seat.appointment)  # type: ignore[misc]
        return found

    def fill(self, start: int, stop: int) -> None:
        """Cases start … stop with a step, a round and a task each, newest last."""
        for begin in range(start, stop, AT_ONCE):
            for model, rows in self._rows(range(begin, min(begin + AT_ONCE, stop))):
                model._default_manager.bulk_create(list(rows))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _rows(self, numbers: range) -> Iterator[tuple[type[models.Model], Iterator[Any]]]:
        ids = [(new_id(), new_id(), new_id()) for _ in numbers]
        places = [self.estates[number % len(self.estates)] for number in numbers]
        whole = list(zip(numbers, ids, places, strict=True))
        yield Case, (_case(number, one[0], where) for number, one, where in whole)
        yield (
            CaseStep,
            (
                CaseStep(id=step, case_id=case, code="filing", kind="file", position=1)
                for _, (case, step, _), _ in whole
            ),
        )
        yield (
            Round,
            (
                Round(id=found, step_id=step, number=1, opened_at=place.NOW)
                for _, (_, step, found), _ in whole
            ),
        )
        yield Task, (self._task(number, one, where) for number, one, where in whole)

    def _task(self, number: int, ids: tuple[UUID, UUID, UUID], estate: Estate) -> Task:
        holder = (self.organs[estate.subdistrict], self.organs[estate.county], self.organs["city"])[
            number % 3
        ]
        due = place.NOW + timedelta(minutes=number % 500_000)
        return Task(
            case_id=ids[0],
            round_id=ids[2],
            name="receipt",
            title="示例",
            role="county",
            organisation=holder,
            **_codes(estate),
            opened_at=place.NOW,
            due_at=due,
            sort_at=due,
        )


def _codes(estate: Estate) -> dict[str, str]:
    return {level: getattr(estate, level) for level in ("city", "county", "subdistrict", "community")}


def _case(number: int, case: UUID, estate: Estate) -> Case:
    return Case(
        id=case,
        root_id=case,
        number=f"bench-{number}",
        procedure="exit",
        version=1,
        variant="provider_early",
        estate=estate,
        **_codes(estate),
        law_on=place.NOW.date(),
        opened_at=place.NOW + timedelta(minutes=number),
    )


def _organ(kind: OrganisationKind, **codes: str) -> Organisation:
    smallest = list(codes.values())[-1]
    return Organisation(
        kind=kind, name=f"示例{smallest}", jurisdiction_code=smallest, from_on=place.BEGAN.date(), **codes
    )


def _estate(codes: dict[str, str]) -> Estate:
    return Estate(
        kind=EstateKind.OLD, name=f"示例{codes['community']}", registered_on=place.BEGAN.date(), **codes
    )


def _officer(organ: Organisation) -> Appointment:
    person = Person.objects.create(name="示例", registered_at=place.BEGAN)
    return Appointment.objects.create(
        person=person, post=Post.OFFICER, organisation=organ, from_on=place.BEGAN.date()
    )
