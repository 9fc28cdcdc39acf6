"""Row *list*: an officer's first page of tasks and of cases, at 100 000 and at 1 000 000 cases in the database.

Beside each: the same page ten times fewer cases ago, and a bare query for as many rows of the same table.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models

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
ROUNDS, TIMES = 11, 8
TENTH = "bench_tenth"
#: Which database and page → seconds, one a round.
Took = dict[tuple[str, str], list[float]]
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


def _figures(
    name: str, took: Sequence[float], tenth: Sequence[float], bare: Sequence[float], cases: int
) -> list[Figure]:
    """One page beside itself among a tenth of the cases, and beside bare rows; each round by itself."""
    page, few, rows = (median(values) * 1e3 for values in (took, tenth, bare))
    grown = f"{page:.2f} ms at {cases}, {few:.2f} ms at {cases // 10}"
    beside = f"{page:.2f} ms beside {rows:.2f} ms for {PAGE} bare rows"
    return [
        Figure("list", f"{name}: from a tenth of the cases", _ratio(took, tenth), GROWTH, "×", grown),
        Figure("list", f"{name}: beside a bare query", _ratio(took, bare), BARE, "×", beside),
    ]


def _ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """The median of the rounds' own ratios."""
    return median([one / other for one, other in zip(these, those, strict=True)])


def _in_turns(pages: Mapping[str, Callable[[], object]]) -> Took:
    """What every page took in both databases, the quickest of each round: what else runs only ever adds to it.

    Reading by reading in turns, each over a connection that stays open: a machine that slows down slows both.
    """
    samples: Took = defaultdict(list)
    with closing(scratch.beside(TENTH)) as tenth:

        def among_few(page: Callable[[], object]) -> float:
            with scratch.through(tenth):
                return seconds(page)

        for _ in range(ROUNDS):
            for name, page in pages.items():
                pairs = [(seconds(page), among_few(page)) for _ in range(TIMES)]
                for kept, took in zip(("", TENTH), zip(*pairs, strict=True), strict=True):
                    samples[kept, name].append(min(took))
    return samples


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
        Organisation.objects.bulk_create(organs.values(), batch_size=scratch.AT_ONCE)
        Estate.objects.bulk_create(estates, batch_size=scratch.AT_ONCE)
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
        with scratch.filling():
            for begin in range(start, stop, scratch.AT_ONCE):
                for like, rows in self._rows(range(begin, min(begin + scratch.AT_ONCE, stop))):
                    scratch.add_alike(like, rows)

    def _rows(self, numbers: range) -> Iterator[tuple[models.Model, Iterator[dict[str, Any]]]]:
        whole = [
            (number, new_id(), new_id(), new_id(), self.estates[number % len(self.estates)])
            for number in numbers
        ]
        first = whole[0]
        yield (
            _case(first[0], first[1], first[4]),
            (_own_case(number, case, estate) for number, case, _, _, estate in whole),
        )
        yield (
            CaseStep(case_id=first[1], code="filing", kind="file", position=1),
            ({"id": step, "case_id": case} for _, case, step, _, _ in whole),
        )
        yield (
            Round(step_id=first[2], number=1, opened_at=place.NOW),
            ({"id": found, "step_id": step} for _, _, step, found, _ in whole),
        )
        yield (
            self._task(first[4]),
            (
                {"id": new_id(), "case_id": case, "round_id": found} | self._own_task(number, estate)
                for number, case, _, found, estate in whole
            ),
        )

    def _task(self, estate: Estate) -> Task:
        return Task(
            name="receipt",
            title="示例",
            role="county",
            organisation=self.organs["city"],
            **_codes(estate),
            opened_at=place.NOW,
            due_at=place.NOW,
            sort_at=place.NOW,
        )

    def _own_task(self, number: int, estate: Estate) -> dict[str, Any]:
        holders = (self.organs[estate.subdistrict], self.organs[estate.county], self.organs["city"])
        due = place.NOW + timedelta(minutes=number % 500_000)
        return {"organisation_id": holders[number % 3].pk, "due_at": due, "sort_at": due} | _codes(estate)


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


def _own_case(number: int, case: UUID, estate: Estate) -> dict[str, Any]:
    """What differs from case to case."""
    return {
        "id": case,
        "root_id": case,
        "number": f"bench-{number}",
        "estate_id": estate.pk,
        "opened_at": place.NOW + timedelta(minutes=number),
    } | _codes(estate)


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
