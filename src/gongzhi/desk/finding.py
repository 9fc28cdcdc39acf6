"""Search: each kind of thing by what an index can answer, and only what the reader may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import product
from operator import and_, or_
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from gongzhi.law.models import Jurisdiction
from gongzhi.notices.models import Notice
from gongzhi.procedures import catalogue
from gongzhi.procedures.insight import papers_shown
from gongzhi.procedures.issued import fell_with_case
from gongzhi.procedures.models import Case, IssuedPaper
from gongzhi.procedures.presenting import subject_name, title_of
from gongzhi.procedures.queries import reader_of, visible_cases
from gongzhi.registry.models import TERRITORIAL, Appointment, Organisation, Ownership, Person, Post
from gongzhi.registry.queries import day_of, in_force, named, spelt
from gongzhi.registry.territory import visible_estates, within
from gongzhi.values.identifiers import normalise
from gongzhi.values.ids import read_code
from gongzhi.values.now import ZONE

#: Of each kind.
SHOWN = 10
LONGEST = 50
#: The last part of a case's number: place and serial.
_SERIAL = re.compile(r"\d{4,12}-\d{1,7}", re.ASCII)
#: A serial alone.
_LAST = re.compile(r"-?\d{1,7}", re.ASCII)
#: The year of a number and what follows it: 〔2026〕, [2026]12号, （2026）220602-3.
_YEAR = re.compile(r"[〔\[(（](?P<year>20\d\d)[〕\])）](?P<rest>[\d-]{0,20})号?", re.ASCII)
#: A credit code, or so much of its beginning that it is no word: eight signs with a figure among them.
_CREDIT = re.compile(r"(?=.*\d)[0-9A-Z]{8,18}", re.ASCII)
_INITIALS = re.compile(r"[A-Za-z]+", re.ASCII)
#: What is said of a person who is neither an owner here today nor holds a post.
HOLDS_NOTHING = "在您的范围内现在没有职务和房屋"
#: How far back a bare serial is looked for, in years.
YEARS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    title: str
    href: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind."""

    title: str
    hits: tuple[Hit, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks for what."""

    text: str
    seat: Appointment
    at: datetime

    @property
    def words(self) -> list[str]:
        """What is said with blanks between: all of it has to be there."""
        return self.text.split()

    @property
    def bare(self) -> str:
        """The text as a number or a name is kept: without blanks."""
        return "".join(self.words)

    @property
    def initials(self) -> str:
        """The text as initials of pinyin, "" where it cannot be any."""
        return self.text.lower() if _INITIALS.fullmatch(self.text) else ""


def find(text: str, seat: Appointment, at: datetime) -> list[Found]:
    """Everything found, by kind; kinds without a hit are left out."""
    asking = Asking(text.strip()[:LONGEST], seat, at)
    if not asking.text:
        return []
    found = [Found(title, tuple(hits[:SHOWN]), len(hits) > SHOWN) for title, hits in _every(asking)]
    return [one for one in found if one.hits]


def _every(asking: Asking) -> Iterable[tuple[str, list[Hit]]]:
    for title, look in LOOKS.items():
        yield title, look(asking)


def _estates(asking: Asking) -> list[Hit]:
    """By parts of the name or address, or by pinyin; within what the reader sees."""
    rows = visible_estates(asking.seat, asking.at)
    wanted = reduce(and_, (Q(name__contains=one) | Q(address__contains=one) for one in asking.words))
    found = rows.filter(wanted | spelt(asking.text)).order_by("pinyin", "id")[: SHOWN + 1]
    return [Hit(row.name, _estate(row.pk), row.address) for row in found]


def _estate(estate_id: UUID) -> str:
    return reverse("estate", args=[estate_id])


def _organisations(asking: Asking) -> list[Hit]:
    """By parts of the name or the credit code, in the reader's city: who is registered is no secret."""
    body = asking.seat.organisation
    if body is None:
        return []
    near = Q(city=body.city) if body.city else within(body)
    wanted = named(asking.text)
    code = normalise(asking.text)
    if _CREDIT.fullmatch(code):
        wanted |= Q(uscc__startswith=code)
    found = Organisation.objects.filter(near, wanted, to_on=None).order_by("name", "id")
    return [
        Hit(row.name, reverse("organisation", args=[row.pk]), row.get_kind_display())
        for row in found[: SHOWN + 1]
    ]


def _cases(asking: Asking) -> list[Hit]:
    """By the whole number, its procedure, its place and serial in the last years, or its serial in one's territory."""
    seen = visible_cases(asking.seat).select_related("estate", "organisation", "jurisdiction")
    dated = _YEAR.fullmatch(asking.bare)
    serial = dated["rest"] if dated is not None else asking.bare
    now = asking.at.astimezone(ZONE).year
    years = [int(dated["year"])] if dated is not None else [now - back for back in range(YEARS)]
    titles = [one.title for one in catalogue.every()]
    if _SERIAL.fullmatch(serial):
        rows = seen.filter(number__in=_numbers(titles, years, [serial]))
    elif _LAST.fullmatch(serial):
        last = serial.removeprefix("-")
        places = _places(asking.seat)
        wanted = Q(number__in=_numbers(titles, years, [f"{code}-{last}" for code in places]))
        rows = seen.filter(wanted if places else Q(number__endswith=f"-{last}"))
    else:
        begun = [title for title in titles if asking.bare in title]
        begun += [asking.bare] if any(asking.bare.startswith(title) for title in titles) else []
        if not begun and len(asking.words) < 2:
            return []
        asked = [Q(number__startswith=one) for one in begun] or [_of_estate_and_procedure(asking)]
        rows = seen.filter(reduce(or_, asked))
    return [_case(row) for row in rows.order_by("-opened_at", "-id")[: SHOWN + 1]]


def _of_estate_and_procedure(asking: Asking) -> Q:
    """An estate's name and a procedure's, with a blank between, in any order: every word has to be one of the two."""
    every = list(catalogue.every())
    named = {word: [one.code for one in every if word in one.title] for word in asking.words}
    if not any(named.values()):
        return Q(pk__in=())
    words = (Q(estate__name__contains=word) | Q(procedure__in=codes) for word, codes in named.items())
    return reduce(and_, words)


def _numbers(titles: Iterable[str], years: Iterable[int], serials: Iterable[str]) -> list[str]:
    return [f"{title}〔{year}〕{serial}" for title, year, serial in product(set(titles), years, serials)]


def _places(seat: Appointment) -> list[str]:
    """The codes that numbers of the reader's territory bear; none for who takes part in few cases anywhere."""
    body = seat.organisation
    if body is None or body.kind not in TERRITORIAL:
        return []
    if body.county:
        return [body.county]
    below = Jurisdiction.objects.filter(parent=body.city).values_list("code", flat=True)
    return [body.city, *below]


def _case(row: Case) -> Hit:
    return Hit(f"{subject_name(row)}：{title_of(row)}", reverse("case", args=[row.pk]), row.number)


#: As numbers are read: body by body, 9号 before 10号.
_BY_NUMBER = ("number__organisation__document_code", "number__year", "number__serial", "id")


def _documents(asking: Asking) -> list[Hit]:
    """By the code printed on it, the beginning of its number, or its year and serial; 〔 may be typed as [ or (."""
    if reader_of(asking.seat).masked or not re.search(r"\d", asking.text):
        return []
    text = asking.bare.translate(str.maketrans("[]()（）", "〔〕〔〕〔〕"))
    code = read_code(asking.text)
    wanted = Q(pk=code) if code is not None else _numbered(text)
    rows = IssuedPaper.objects.filter(wanted, case__in=visible_cases(asking.seat))
    found = rows.select_related("number", "paper", "case", "round").order_by(*_BY_NUMBER)[: SHOWN + 1]
    shown = papers_shown(found, asking.seat)
    return [Hit(row.paper.title, reverse("case", args=[row.case_id]), _number(row)) for row in shown]


def _number(row: IssuedPaper) -> str:
    """The number, and that it is void where it is."""
    if row.number.voided_at is not None:
        return f"{row.number.text}，编号已作废"
    return f"{row.number.text}，已随案件终止作废" if fell_with_case(row) else row.number.text


def _numbered(text: str) -> Q:
    """A document's number as it was typed: whole, begun, or with no more than the end of the body's own word.

    What follows the year is a serial or nothing: a case's place and serial are no document's.
    """
    dated = _YEAR.search(text)
    if dated is None or dated.end() != len(text):
        return Q(number__text__startswith=text)
    if not dated.start():
        return _dated(dated)
    word = Q(number__organisation__document_code__endswith=text[: dated.start()])
    return Q(number__text__startswith=text) | (word & _dated(dated))


def _dated(dated: re.Match[str]) -> Q:
    if not dated["rest"]:
        return Q(number__year=int(dated["year"]))
    if not dated["rest"].isdecimal():
        return Q(pk__in=())
    return Q(number__year=int(dated["year"]), number__serial=int(dated["rest"]))


def _notices(asking: Asking) -> list[Hit]:
    """By the code printed on the poster, or the beginning of the number."""
    if not re.search(r"\d", asking.text):
        return []
    code = read_code(asking.text)
    wanted = Q(pk=code) if code is not None else Q(number__startswith=asking.bare)
    found = Notice.objects.filter(wanted).order_by("number_key")[: SHOWN + 1]
    return [Hit(row.title, reverse("notice", args=[row.pk]), row.number) for row in found]


def _people(asking: Asking) -> list[Hit]:
    """Owners, post holders and colleagues by the beginning of the name, for who works with the estate's files."""
    if reader_of(asking.seat).masked or asking.initials:
        return []
    estates = visible_estates(asking.seat, asking.at).order_by().values("pk")
    near = Q(ownerships__estate__in=estates) | Q(appointments__estate__in=estates)
    near |= Q(appointments__organisation=asking.seat.organisation_id)
    called = Q(name__startswith=asking.text) | Q(name__startswith=asking.bare)
    people = Person.objects.filter(near, called).distinct().order_by("name", "id")
    found = list(people[: SHOWN + 1])
    held = Ownership.objects.filter(person__in=found, estate__in=estates, to_on=None).select_related("estate")
    own = Q(estate__in=estates) | Q(organisation=asking.seat.organisation_id)
    known = Appointment.objects.filter(own, in_force(day_of(asking.at)), person__in=found)
    under: dict[UUID, dict[str, None]] = {one.pk: {} for one in found}  # in their order, each once
    where: dict[UUID, str] = {}
    for row in held:
        assert row.person_id is not None
        under[row.person_id][f"{Post.OWNER.label}·{row.estate}"] = None
        where[row.person_id] = _estate(row.estate_id)
    for post in known.select_related("organisation", "estate").order_by("from_on", "id"):
        under[post.person_id][str(post)] = None
    return [Hit(one.name, where.get(one.pk, ""), "、".join(under[one.pk]) or HOLDS_NOTHING) for one in found]


LOOKS: dict[str, Callable[[Asking], list[Hit]]] = {
    "小区": _estates,
    "办件": _cases,
    "文号": _documents,
    "公示": _notices,
    "单位": _organisations,
    "人员": _people,
}
