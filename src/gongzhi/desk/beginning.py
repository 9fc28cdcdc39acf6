"""A case before it is there: what can be opened, about what, in which variant, and the act it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from gongzhi.acts.actor import Actor
from gongzhi.acts.facts import NoFacts
from gongzhi.law import queries as law
from gongzhi.procedures import catalogue
from gongzhi.procedures.asked_within import asked_within
from gongzhi.procedures.declare import Procedure, Step
from gongzhi.procedures.entering import TITLE, entered, with_the_scan
from gongzhi.procedures.founding import parties_of
from gongzhi.procedures.mayact import demand_entrant, entered_step, holds, may_enter, may_stand
from gongzhi.procedures.models import Case, Party
from gongzhi.procedures.subjects import Subject, find_subject
from gongzhi.procedures.terms import ActSpec
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Appointment, Estate, Organisation
from gongzhi.registry.queries import day_of, named
from gongzhi.registry.roles import Place
from gongzhi.registry.territory import visible_estates, within
from gongzhi.ui.parts.badges import Cite, cites
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotAllowed, NotFound, NotPossible, Refusal

from . import drafts
from .beginners import ever_begins, first_roles, open_to_people
from .deeds import Deed
from .drafts import About
from .references import Around, choices_for

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Openable:
    """A procedure somebody may open."""

    code: str
    title: str
    roles: str
    #: Why it waits: no estate of the reader's is theirs to begin it for today.
    waits: str = ""


def offered_procedures(seat: Appointment, by: Actor, at: datetime) -> list[Openable]:
    """What the post comes to open, and by whom it is opened; what it can open nowhere today comes last and waits."""
    mine = [one for one in open_to_people() if ever_begins(one, seat)]
    found = [replace(_openable(one), waits=_why_nowhere(one, seat, by, at)) for one in mine]
    return sorted(found, key=lambda one: bool(one.waits))


def _why_nowhere(declared: type[Procedure], seat: Appointment, by: Actor, at: datetime) -> str:
    """Why none of the reader's estates can be chosen, where they are few enough to be asked one by one."""
    if declared.subject != "estate" or declared.variants:
        return ""
    estates = list(visible_estates(seat, at).order_by("pinyin", "id")[: SHOWN + 1])
    if not 0 < len(estates) <= SHOWN:
        return ""
    with law.pinned():
        if any(not _why_not(declared, Subject(estate=one), by, at) for one in estates):
            return ""
    return f"您范围内的小区现在都由{'、'.join(role.title for role in first_roles(declared))}中的其他单位提出"


def _openable(declared: type[Procedure]) -> Openable:
    return Openable(declared.code, declared.title, "、".join(role.title for role in first_roles(declared)))


# What it is about ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a case may be about."""

    id: str
    name: str
    where: str
    #: Why the reader cannot begin it there, and who does.
    why_not: str = ""
    #: Id and number of the case that runs there already, where there is only one at a time.
    running: tuple[UUID, str] | None = None


def subjects_for(kind: str, seat: Appointment, asked: str, at: datetime) -> tuple[list[Choice], bool]:
    """What the reader may choose, found by a part of the name, its pinyin or the initials of it."""
    if kind == "estate":
        found = visible_estates(seat, at)
        found = found.filter(named(asked)).order_by("pinyin", "id")
        rows = [Choice(str(row.pk), row.name, row.address) for row in found[: SHOWN + 1]]
        return rows[:SHOWN], len(rows) > SHOWN
    body = seat.organisation
    if body is None:
        return [], False
    if kind == "jurisdiction":
        return [Choice(body.jurisdiction_code, body.name, "本单位辖区")], False
    own = Organisation.objects.filter(within(body) | Q(pk=body.pk), named(asked), to_on=None)
    found_here = own.order_by("kind", "name")[: SHOWN + 1]
    rows = [Choice(str(row.pk), row.name, row.get_kind_display()) for row in found_here]
    return rows[:SHOWN], len(rows) > SHOWN


def with_running(
    declared: type[Procedure], found: Sequence[Choice], open_cases: Iterable[Case] | None = None
) -> list[Choice]:
    """With the case that runs there already: a second cannot be begun, and need not be filled in to be refused.

    `open_cases`: every case that runs there, where they were read.
    """
    if not declared.single or declared.subject != "estate":
        return list(found)
    if open_cases is None:
        rows = Case.objects.filter(procedure=declared.code, ended_at=None)
        open_cases = rows.filter(single=True, parent=None, estate__in=[one.id for one in found])
    running = {
        str(row.estate_id): (row.pk, row.number)
        for row in open_cases
        if row.procedure == declared.code and row.single and row.parent_id is None
    }
    return [replace(one, running=running.get(one.id)) for one in found]


def with_refusals(
    declared: type[Procedure], found: Sequence[Choice], by: Actor, at: datetime
) -> list[Choice]:
    """Those the reader may begin it for come first; of the others who does, or who is wanting there.

    Of several variants each has its own who begins it.
    """
    with law.pinned():
        if declared.variants:
            asked = [replace(one, why_not=_why_vacant(declared, one, at)) for one in found]
            return sorted(asked, key=lambda one: bool(one.why_not or one.running))
        asked = [
            replace(one, why_not=_why_not(declared, find_subject(declared.subject, one.id), by, at))
            for one in found
        ]
    return sorted(asked, key=lambda one: bool(one.why_not or one.running))


def offered_at(
    place: Place, by: Actor, at: datetime, open_cases: Iterable[Case] | None = None
) -> list[tuple[Openable, Choice]]:
    """What can be opened about an estate today, each with what runs there or why the reader cannot begin it."""
    estate = place.estate
    about, choice = Subject(estate=estate), Choice(str(estate.pk), estate.name, estate.address)
    found = []
    with law.pinned():
        for declared in open_to_people():
            if declared.subject == "estate":
                (one,) = with_running(declared, [choice], open_cases)
                why_not = _why_none(declared, about, by, at, place)
                found.append((_openable(declared), replace(one, why_not=why_not)))
    return found


def may_open(place: Place, by: Actor, at: datetime, open_cases: Iterable[Case]) -> bool:
    """Whether the reader can open anything about it."""
    return any(not one.why_not and one.running is None for _, one in offered_at(place, by, at, open_cases))


def _why_none(declared: type[Procedure], about: Subject, by: Actor, at: datetime, place: Place) -> str:
    """Why the reader begins none of its variants; "" where one is theirs to begin."""
    if not declared.variants:
        return _why_not(declared, about, by, at, place)
    if vacant := why_nobody(declared, about, at, place):
        return vacant
    roles = [step.by for step in declared.steps if not step.after]
    try:
        may_stand(_empty(declared, about, "", at, place), roles, declared.title, by, at, "提出")
    except NotAllowed as refused:
        return refused.sentence
    return ""


def why_nobody(declared: type[Procedure], about: Subject, at: datetime, place: Place | None = None) -> str:
    """Why it does not begin about an estate where nobody is one of its parties; "" where none is wanting."""
    if not declared.nobody_there or about.estate is None:
        return ""
    bound = parties_of(declared, place or Place(about.estate, day_of(at)))
    return "" if all(role.code in bound for role in declared.parties) else declared.nobody_there


def _why_vacant(declared: type[Procedure], one: Choice, at: datetime) -> str:
    if not declared.nobody_there or one.running is not None:
        return ""
    return why_nobody(declared, find_subject(declared.subject, one.id), at)


@dataclass(frozen=True, slots=True)
class Stop:
    """Why no case of a kind begins about a thing, whoever asks: who is wanting there, or the case that runs already.

    Of a case that runs and asks for it, both: why, and which it is.
    """

    vacant: str = ""
    running: tuple[UUID, str] | None = None


def stop_at(declared: type[Procedure], about: Subject, at: datetime) -> Stop | None:
    """What stops it before anything is filled in; None where nothing does."""
    if about.estate is None:
        return None
    (one,) = with_running(declared, [Choice(str(about.estate.pk), about.estate.name, about.estate.address)])
    if one.running is not None:
        return Stop(running=one.running)
    if asking := asked_within(declared, about.estate.pk):
        row, why = asking
        return Stop(why, (row.pk, row.number))
    vacant = why_nobody(declared, about, at)
    return Stop(vacant) if vacant else None


def _why_not(
    declared: type[Procedure], about: Subject, by: Actor, at: datetime, place: Place | None = None
) -> str:
    try:
        begun = Begun.of(declared, about, "", by, at, place)
        may_stand(begun.view, [step.by for step in begun.steps], declared.title, by, at, "提出")
    except (NotAllowed, NotPossible) as refused:
        return refused.sentence
    return ""


def subject_of(declared: type[Procedure], id_or_code: str, seat: Appointment, at: datetime) -> Subject:
    """The subject, if the reader may see it."""
    found = find_subject(declared.subject, id_or_code)
    if found.estate is not None:
        estate_seen(id_or_code, seat, at)
    return found


def estate_seen(named: str, seat: Appointment, at: datetime) -> Estate:
    """The estate, if the reader may see it."""
    found = find_subject("estate", named).estate
    assert found is not None
    if not visible_estates(seat, at).filter(pk=found.pk).exists():
        raise NotFound("没有这个小区，或者不在您的范围内，请重新选择。")
    return found


def name_of(about: Subject) -> str:
    """What it is called."""
    found = about.estate or about.organisation or about.jurisdiction
    assert found is not None
    return found.name


@dataclass(frozen=True, slots=True)
class Unsent:
    """A case that was begun to be filled in and not sent: about what, where its form is, when it was kept."""

    title: str
    about: str
    href: str
    kept_at: datetime


def unsent_of(account_id: UUID, seat: Appointment, at: datetime) -> list[Unsent]:
    """The account's own, newest first; of those the reader may still see the subject of, and that can still begin."""
    found = []
    for name, kept_at in drafts.begun_of(account_id):
        procedure, subject, variant = name
        declared = next((one for one in catalogue.current() if one.code == procedure), None)
        try:
            about = subject_of(declared, subject, seat, at) if declared is not None else None
        except Refusal:
            continue
        if declared is not None and about is not None and stop_at(declared, about, at) is None:
            code, is_entered = read_way(variant)
            way = next((one.title for one in declared.variants if one.code == code), "")
            way += f"（{TITLE}）" if is_entered else ""
            title = f"{declared.title}：{way}" if way else declared.title
            href = reverse("open-form", args=[procedure, subject, variant])
            found.append(Unsent(title, name_of(about), href, kept_at))
    return found


# Variants -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """A variant the law of the place lists: its article, the papers it asks for, who begins it, whether one may."""

    code: str
    title: str
    article: str
    papers: tuple[str, ...]
    by: str = ""
    may: bool = True
    why_not: str = ""
    #: What the reader may enter there for whoever hands it in on paper; "" where nothing.
    enters: str = ""


def variants_at(
    declared: type[Procedure], about: Subject, by: Actor, at: datetime
) -> tuple[list[Way], list[str], list[Cite]]:
    """Those the place lists, the titles of those it does not, and the articles that list them."""
    with law.pinned():
        if not declared.variants_key:
            return [Way(one.code, one.title, "", ()) for one in declared.variants], [], []
        view = CaseView(unwritten(declared, about, "", at))
        value = view.law.value(declared.variants_key)
        listed = {item["code"]: item for item in view.law.listed(declared.variants_key)}
        ways = [
            _begun_by(_way(one.code, one.title, listed[one.code]), declared, about, by, at)
            for one in declared.variants
            if one.code in listed
        ]
    return ways, [one.title for one in declared.variants if one.code not in listed], cites(value.citations)


def _way(code: str, title: str, item: dict[str, Any]) -> Way:
    papers = tuple(str(one["label"] if isinstance(one, dict) else one) for one in item.get("evidence", ()))
    return Way(code, title, str(item.get("article", "")), papers)


def _begun_by(way: Way, declared: type[Procedure], about: Subject, by: Actor, at: datetime) -> Way:
    """The way, with the roles that begin it, and whether the reader is one of them."""
    try:
        begun = Begun.of(declared, about, way.code, by, at)
    except NotPossible:
        return replace(way, may=False, why_not="此处的规定不需要办理")
    roles = {step.by.code: step.by for step in begun.steps}.values()
    may = any(holds(begun.view, role, by, at) for role in roles)
    titles = "、".join(role.title for role in roles)
    taken_in = (step for step in begun.steps if not holds(begun.view, step.by, by, at))
    enters = next((step.title for step in taken_in if may_enter(begun.view, step.entered_by, by, at)), "")
    way = replace(way, enters=enters)
    return replace(way, by=titles, may=may, why_not="" if may else f"由{titles}提出")


def unwritten(declared: type[Procedure], about: Subject, variant: str, at: datetime) -> Case:
    """The case as it would be; never saved."""
    case_id = new_id()
    return Case(
        id=case_id,
        root_id=case_id,
        variant=variant,
        law_on=at.astimezone(ZONE).date(),
        estate=about.estate,
        organisation=about.organisation,
        jurisdiction=about.jurisdiction,
        opened_at=at,
        procedure=declared.code,
        version=declared.version,
        **about.codes,
    )


def _empty(
    declared: type[Procedure], about: Subject, variant: str, at: datetime, place: Place | None = None
) -> CaseView:
    """The same as it is read, with whom its estate binds. `place`: the estate today, where it was read."""
    row = unwritten(declared, about, variant, at)
    view = CaseView(row)
    if about.estate is not None:
        view.places[row.law_on] = place = place or Place(about.estate, row.law_on)
    bound = parties_of(declared, place) if place is not None else {}
    view.begin_empty((), [Party(role=role, organisation=body) for role, body in bound.items()])
    return view


#: What the address of a variant ends with where the case begins with a paper that is entered for somebody else.
ENTERED = "-paper"


def read_way(address: str) -> tuple[str, bool]:
    """The variant of an address ("-" where there is none), and whether a paper is entered."""
    return address.removesuffix(ENTERED).removesuffix("-"), address.endswith(ENTERED)


# The first act ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Begun:
    """The steps a case would begin with, and the act of the one that is the reader's."""

    declared: type[Procedure]
    view: CaseView
    steps: Sequence[Step[Any]]
    step: Step[Any]
    #: Whether it is entered for whoever handed it in on paper.
    is_entered: bool = False

    @classmethod
    def of(
        cls,
        declared: type[Procedure],
        about: Subject,
        variant: str,
        by: Actor,
        at: datetime,
        place: Place | None = None,
        *,
        is_entered: bool = False,
    ) -> Begun:
        """Look at the case as if it were opened now. NotPossible where the place wants none of its first steps."""
        view = _empty(declared, about, variant, at, place)
        steps = [step for step in declared.steps if not step.after and step.wanted(view) is None]
        if not steps:
            raise NotPossible(f"此处的规定不需要办理{declared.title}，请核对情形和小区所在地。")
        if is_entered:
            return cls(declared, view, steps, entered_step(declared, steps), is_entered=True)
        own = steps[0] if len(steps) == 1 else next((s for s in steps if holds(view, s.by, by, at)), steps[0])
        return cls(declared, view, steps, own)

    def demand_may(self, by: Actor, at: datetime) -> None:
        """Refuse, before the form is shown, whoever may not begin it, or not enter it: NotAllowed, NotPossible."""
        if self.is_entered:
            demand_entrant(self.view, self.step, by, at)
        else:
            may_stand(self.view, [step.by for step in self.steps], self.declared.title, by, at, "提出")

    @property
    def has_act(self) -> bool:
        """Whether something is said with the opening."""
        return bool(self.step.main_act)

    @property
    def spec(self) -> ActSpec:
        """What is said with the opening; nothing where it just opens."""
        if not self.has_act:
            return ActSpec("open", "立案", NoFacts)
        spec = self.step.act_specs()[self.step.main_act]
        return replace(spec, facts=entered(spec.facts)) if self.is_entered else spec

    @property
    def title(self) -> str:
        """What is done: the first step."""
        if self.is_entered:
            return f"{TITLE}：{self.step.title}"
        return self.step.title if self.has_act else "立案"

    @property
    def variant_title(self) -> str:
        """The variant's title."""
        return next((one.title for one in self.declared.variants if one.code == self.view.variant), "")

    def _initial(self) -> Mapping[str, Any]:
        """What the step words of it before it is said."""
        if not self.has_act:
            return {}
        return self.step.begins_with(self.view, self.spec.name, self.view.row.opened_at)

    def _papers(self) -> Sequence[Mapping[str, Any]]:
        """What it has to bring; what is entered, its scan as well."""
        asked = self.step.asked_of(self.view, self.spec) if self.has_act else []
        return with_the_scan(asked, self.step.own_codes()) if self.is_entered else asked

    def deed(self, about: About, address: str) -> Deed:
        """The act as a form."""
        return Deed(
            spec=self.spec,
            about=about,
            address=address,
            prefix="open",
            papers=self._papers(),
            choices=choices_for(self.spec.facts, Around(self.view.row)),
            initial=self._initial(),
            known=self.step.known_before(self.view, self.spec.name, self.view.row.opened_at),
        )
