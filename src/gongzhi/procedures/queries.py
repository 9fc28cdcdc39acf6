"""Reads of cases: which an appointment sees and how much of them, what waits for it, whose files it may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, reduce
from itertools import chain
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, Exists, Field, OuterRef, Q, QuerySet, UUIDField
from django.db.models.functions import Cast

from gongzhi.acts.actor import Actor
from gongzhi.acts.kept import Kept, Several
from gongzhi.acts.policies import binds
from gongzhi.papers.models import File
from gongzhi.registry import acting
from gongzhi.registry.divisions import cities_under
from gongzhi.registry.models import OF_ONE_ESTATE, TERRITORIAL, Appointment, Organisation, Post
from gongzhi.registry.territory import within
from gongzhi.values.refusals import NotAllowed, NotFound

from . import catalogue, statements
from .insight import Insight, insight_of, papers_shown, uses_shown
from .models import Beat, Case, CaseAct, Clock, IssuedPaper, PaperUse, Party, Task
from .picturing import sees_originals

NO_CASE = "没有这件案件，或者不在您的范围内，请核对案号。"
NO_FILE = "没有这份文件，或者您无权查看，请从案件中打开。"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a case. `masked`: without what was said, its papers and people's names."""

    appointment: Appointment
    masked: bool

    @property
    def organisation_id(self) -> UUID | None:
        """The organisation read for."""
        return self.appointment.organisation_id

    @property
    def insight(self) -> Insight:
        """Which bodies' own chains the reader looks into."""
        return insight_of(self.appointment)

    def holds(self, task: Task, estate_id: UUID | None) -> bool:
        """Whether the task of a case about that estate lies with the reader; a post at one estate ends there."""
        if task.organisation_id is not None:
            own = self.appointment.estate_id
            elsewhere = own is not None and own != estate_id
            return task.organisation_id == self.organisation_id and not elsewhere
        return task.person_id is not None and task.person_id == self.appointment.person_id


def reader_of(appointment: Appointment) -> Reader:
    """Neighbours and auditors see the course of a case, not what was said in it."""
    return Reader(appointment, masked=appointment.organisation_id is None)


def visible_cases(appointment: Appointment | None) -> QuerySet[Case]:
    """The cases an appointment in force sees: its territory's, its estate's, or those it takes part in."""
    sight = sight_of(appointment)
    return seen_by(sight) if sight is not None else Case.objects.none()


def sight_of(appointment: Appointment | None) -> dict[str, Any] | None:
    """By what an appointment in force sees cases, as `seen_by` asks; None where it sees none."""
    if appointment is None or appointment.post == Post.ADMINISTRATOR:
        return None
    organisation = appointment.organisation
    if organisation is not None:
        return (
            _of_organisation(organisation) | {"given_a_task": organisation.pk} | _at_its_estate(appointment)
        )
    if appointment.post == Post.AUDITOR:
        return {}
    return {"estate": appointment.estate_id} if appointment.estate_id is not None else None


def _of_organisation(organisation: Organisation) -> dict[str, Any]:
    if organisation.kind in OF_ONE_ESTATE:
        return {"estate": organisation.estate_id}
    if organisation.kind not in TERRITORIAL:
        return {"takes_part": organisation.pk}
    return level_of(organisation) or {"cities": cities_under(organisation.jurisdiction_code)}


#: Beside the ways of seeing, which are alternatives: only what is of one estate.
ONLY_AT = "only_at"


def _at_its_estate(appointment: Appointment) -> dict[str, Any]:
    """A company's post at one estate sees what is of that estate, as it may act there and nowhere else."""
    organisation = appointment.organisation
    is_wide = organisation is None or organisation.kind in TERRITORIAL or appointment.estate_id is None
    return {} if is_wide else {ONLY_AT: appointment.estate_id}


def level_of(organisation: Organisation) -> dict[str, Any] | None:
    """The one equality that finds an authority's territory; None for a province's."""
    return next(({level: code} for level in LEVELS if (code := getattr(organisation, level))), None)


def seen_by(sight: Mapping[str, Any]) -> QuerySet[Case]:
    """The cases seen so: by any of the conditions, or all where there is none; at one estate where that is said.

    The values may be slots.
    """
    ways = (_seen(by, value) for by, value in sight.items() if by != ONLY_AT)
    rows = Case.objects.filter(reduce(or_, ways, Q()))
    return rows.filter(estate=sight[ONLY_AT]) if ONLY_AT in sight else rows


def _seen(by: str, value: Any) -> Q:
    if by == "given_a_task":
        return Q(pk__in=Task.objects.filter(open=True, organisation=value).values("case_id"))
    if by == "takes_part":
        return _takes_part(value)
    return Q(city__in=value) if by == "cities" else Q(**{by: value})


def _takes_part(organisation: Any) -> Q:
    """A party sees the case it is bound to and everything below it; a firm does not see the case above."""
    bound = Party.objects.filter(organisation=organisation, void_at=None).values("case_id")
    inside = Q(pk__in=bound) | Q(root_id__in=bound) | Q(parent__case_id__in=bound)
    return inside | Q(organisation=organisation) | Q(opened_by=organisation, parent=None)


def listed_cases(appointment: Appointment | None) -> QuerySet[Case]:
    """Of visible cases those a list begins with: roots, and for a party the child it is bound to.

    An authority's list is its territory's, one equality over an index in the list's own order; a case elsewhere that
    it was given a task in is reached from its work list.
    """
    if (listing := listing_of(appointment)) is not None:
        return listed_by(listing)
    organisation = appointment.organisation if appointment is not None else None
    if organisation is None or appointment is None or appointment.post == Post.ADMINISTRATOR:
        return visible_cases(appointment).filter(parent=None)
    if organisation.kind in TERRITORIAL:
        return Case.objects.filter(within(organisation), parent=None)
    bound = Party.objects.filter(organisation=organisation, void_at=None).values("case_id")
    return visible_cases(appointment).filter(Q(parent=None) | Q(pk__in=bound))


#: The columns by one of which an authority's territory below the province is found, the smallest first.
LEVELS = ("community", "subdistrict", "county", "city")
#: Those by one of which its list, or that of a body of an estate, is found.
LISTINGS = (*LEVELS, "estate")


def listing_of(appointment: Appointment | None) -> dict[str, Any] | None:
    """The one equality that finds an appointment's list, as `listed_by` asks; None where it takes more than one."""
    organisation = appointment.organisation if appointment is not None else None
    if organisation is None or appointment is None or appointment.post == Post.ADMINISTRATOR:
        return None
    if organisation.kind in OF_ONE_ESTATE:
        return {"estate": organisation.estate_id}
    return level_of(organisation) if organisation.kind in TERRITORIAL else None


def listed_by(listing: Mapping[str, Any]) -> QuerySet[Case]:
    """The cases of a list found so; the value may be a slot."""
    return Case.objects.filter(**listing, parent=None)


def case_seen(case_id: UUID, appointment: Appointment) -> Case:
    """One visible case with what its presentation needs, and `chain_seq`, its version; NotFound otherwise.

    `above_seen`: whether the case above it is visible as well. One query, put together once for each way of seeing.
    """
    sight = sight_of(appointment)
    found = _case_seen(tuple(sight)).first(case=case_id, **sight) if sight is not None else None
    if found is None:
        raise NotFound(NO_CASE)
    return found


@cache
def _case_seen(ways: tuple[str, ...]) -> Kept[Case]:
    fields = {by: _SIGHT.get(by, UUIDField()) for by in ways}

    def make(case: Any, **sight: Any) -> QuerySet[Case]:
        above = seen_by(sight).filter(pk=OuterRef("parent__case_id"))
        return statements.told(seen_by(sight).filter(pk=case)).annotate(above_seen=Exists(above))

    return Kept(make, case=UUIDField(), **fields)


#: What `sight_of` sees by, where it is no key.
_SIGHT: "dict[str, Field[Any, Any] | Several]" = {
    **dict.fromkeys(LEVELS, CharField()),
    "cities": Several(CharField()),
}


def tasks_of(appointment: Appointment, *, instead: bool = False) -> QuerySet[Task]:
    """What waits for the appointment, soonest first: its person's tasks, or its organisation's that its post may do and
    no colleague has to do in its person's stead, at its estate if it has one. `instead`: with what is done only where
    others do not do theirs.
    """
    held = holding_of(appointment)
    rows = held_by(held, instead=instead) if held is not None else Task.objects.none()
    return rows.select_related("case__estate", "round__step", "organisation", "person")


#: The ways tasks are held, by the names of `holding_of`.
HOLDINGS = (
    ("organisation", "others", "left", "hand"),
    ("organisation", "others", "left", "hand", "estate"),
    ("person",),
)
#: Of their values those that are names of tasks, several of them.
NAMES = ("others", "left")


def holding_of(appointment: Appointment) -> dict[str, Any] | None:
    """Whose tasks an appointment does, as `held_by` asks; the administrator's post holds none."""
    if appointment.post == Post.ADMINISTRATOR:
        return None
    if appointment.organisation_id is None:
        return {"person": appointment.person_id}
    own = {
        "organisation": appointment.organisation_id,
        "others": names_of_others(appointment.post),
        "left": names_left(appointment.post),
        "hand": appointment.person_id,
    }
    return own | {"estate": appointment.estate_id} if appointment.estate_id is not None else own


def names_of_others(post: str) -> list[str]:
    """The names of the tasks that other posts of the same body do alone; "", no task's name, where there is none."""
    posted = {
        name: posts for one in catalogue.every() for step in one.steps for name, posts in step.posted.items()
    }
    return sorted(name for name, posts in posted.items() if post not in posts) or [""]


def _preferred() -> dict[str, tuple[str, ...]]:
    """Name of a task → all the posts that are asked before anybody else is."""
    steps = (step for one in catalogue.every() for step in one.steps)
    return {name: posts[-1] for step in steps for name, posts in step.preferred.items()}


def names_left(post: str) -> list[str]:
    """The names of the tasks a post leaves to others where its body has them; "", no task's name, for none."""
    return sorted(name for name, posts in _preferred().items() if post not in posts) or [""]


def _is_left(names: Any) -> Q:
    """A task of those names whose body has somebody, for an open time, in a post that is asked first."""
    found = Q(pk__in=())
    for posts in sorted(set(_preferred().values())):
        known = sorted(name for name, own in _preferred().items() if own == posts)
        there = Appointment.objects.filter(
            organisation=OuterRef("organisation"),
            post__in=posts,
            to_on=None,
            from_on__lte=Cast(OuterRef("opened_at"), DateField()),
        )
        found |= Q(Exists(there), name__in=known)
    return found & Q(name__in=names)


def held_by(holding: Mapping[str, Any], *, instead: bool = False) -> QuerySet[Task]:
    """What waits for who holds it so, soonest first; the values may be slots.

    The estate, and whose it is by post and hand, are asked of each task that is found: the index of the work list keeps
    its order.
    """
    rows = _held(holding)
    if not instead:
        rows = rows.filter(instead=False)
    return rows.exclude(_left_to_colleagues(holding)) if "others" in holding else rows


def left_by(holding: Mapping[str, Any]) -> QuerySet[Task]:
    """What of its body's, held as `held_by` asks, somebody leaves to their colleagues, soonest first."""
    if "others" not in holding:
        return Task.objects.none()
    return _held(holding).filter(_left_to_colleagues(holding), instead=False)


def _left_to_colleagues(holding: Mapping[str, Any]) -> Q:
    """What other posts do alone, or first, what is not to be done by who did a task of the round before, and what
    whoever alone can do a later one is kept from.
    """
    apart = {
        name: names for one in catalogue.every() for step in one.steps for name, names in step.apart.items()
    }
    said = CaseAct.objects.filter(round=OuterRef("round"), person=holding["hand"])
    own = (Q(name=name) & Exists(said.filter(task__name__in=names)) for name, names in sorted(apart.items()))
    kept = (_is_kept(names, posts, holding["hand"]) for posts, names in _kept_for().items())
    return reduce(or_, (*own, *kept), Q(name__in=holding["others"]) | _is_left(holding["left"]))


def _kept_for() -> dict[tuple[str, ...], list[str]]:
    """The posts a later task of a chain wants → the tasks that whoever alone holds one of them is kept from."""
    found: dict[tuple[str, ...], set[str]] = {}
    for step in chain.from_iterable(one.steps for one in catalogue.every()):
        for name, later in step.kept_for.items():
            found.setdefault(step.posts_of(later), set()).add(name)
    return {posts: sorted(names) for posts, names in found.items()}


def _is_kept(names: list[str], posts: tuple[str, ...], hand: Any) -> Q:
    """A task of those names whose body has this person in those posts, and nobody else there who did none before it."""
    opened = Cast(OuterRef("opened_at"), DateField())
    able = Appointment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=opened), organisation=OuterRef("organisation"), post__in=posts
    ).filter(from_on__lte=opened)
    did = CaseAct.objects.filter(
        round=OuterRef(OuterRef("round")), person=OuterRef("person"), task__isnull=False
    )
    others = able.exclude(person=hand).filter(~Exists(did))
    return Q(Exists(able.filter(person=hand)), ~Exists(others), name__in=names)


def _held(holding: Mapping[str, Any]) -> QuerySet[Task]:
    whose = {name: holder for name, holder in holding.items() if name in ("organisation", "person")}
    rows = Task.objects.filter(**whose, open=True).order_by("sort_at", "id")
    if "estate" not in holding:
        return rows
    return rows.filter(Exists(Case.objects.filter(pk=OuterRef("case_id"), estate=holding["estate"])))


def ticks() -> QuerySet[Beat, datetime]:
    """When the worker last went round; nothing where it never did."""
    return Beat.objects.filter(name="tick").values_list("at", flat=True)


def running_clocks(cases: QuerySet[Case]) -> QuerySet[Clock]:
    """The clocks of these cases that run to a known instant, soonest first."""
    rows = Clock.objects.filter(
        case__in=cases, met_at__isnull=True, stopped_at__isnull=True, due_at__isnull=False
    )
    related = ("step", "case__estate", "case__organisation", "case__jurisdiction")
    return rows.select_related(*related).order_by("due_at", "id")


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """The wish to read a file."""

    file: File


@binds("reads_paper", says="上传人，或者能查看使用该文件的案件的经办人员")
def reads_paper(*, by: Actor, facts: Any, at: datetime) -> None:
    """The uploader; else who sees, unmasked, a case in which the file was used, shown or issued: not what a body keeps
    to itself.
    """
    if by.account_id is not None and facts.file.uploaded_by_account == by.account_id:
        return
    appointment = acting.appointment_of(by, at)
    seen = visible_cases(appointment)
    used = _uses_read(facts.file, appointment).filter(case__in=seen).select_related("act", "case")
    issued = IssuedPaper.objects.filter(paper__file=facts.file, case__in=seen).select_related("case")
    shown = chain(papers_shown(issued, appointment), uses_shown(used, appointment))
    if reader_of(appointment).masked or next(shown, None) is None:
        raise NotAllowed("您无权查看这份文件，应由上传人或者该案件的经办人员查看。")


def _uses_read(file: File, appointment: Appointment) -> QuerySet[PaperUse]:
    """The uses by which somebody may read a file: of a photograph all see the copy, few the original."""
    uses = PaperUse.objects.filter(Q(file=file) | Q(copy__file=file))
    return uses if sees_originals(appointment) else uses.filter(Q(copy=None) | Q(copy__file=file))


def file_read(file_id: UUID, by: Actor, at: datetime) -> File:
    """A file the actor may read; NotFound where there is none or nobody may say that there is."""
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        raise NotFound(NO_FILE)
    try:
        reads_paper(by=by, facts=ReadPaper(file), at=at)
    except NotAllowed:
        raise NotFound(NO_FILE) from None
    return file
