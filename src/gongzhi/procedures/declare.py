"""Declarations: a procedure is a class of steps a lawyer can read beside the article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, Union
from uuid import UUID

from gongzhi.acts.facts import Facts, NoFacts
from gongzhi.registry.roles import Role
from gongzhi.values.decision import Decision

from .lawview import required_papers
from .reads import Reads
from .signed import as_files, scan_asked, told_by_hand
from .terms import ActSpec, Condition, Due, Moment, NamedDate, NamedDay, RoundView, Said, TaskSpec

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .documents import Document
    from .effects import Effect
    from .lawview import CaseLaw
    from .view import CaseView

F = TypeVar("F", bound=Facts)
Rule = Callable[["CaseLaw", Any, Any], Decision]
#: Field → what the law says of it before it is filled in.
Foretells = Callable[["CaseView", datetime], Mapping[str, str]]
#: The items of the law's lists (`code`, `label`) that name the papers a case's ground asks for.
Papers = Callable[["CaseView"], Sequence[Mapping[str, Any]]]
#: What the arrival of a paper has shown: the case, the step's code, when → sentences; none where all is well.
Arrival = Callable[["CaseView", str, datetime], Sequence[str]]
Subject = Literal["estate", "organisation", "jurisdiction"]
Undoes = Callable[["CaseView"], Mapping[str, "Step[Any]"]]


@dataclass(frozen=True)
class Variant:
    """One way a procedure begins: a ground of exit, a kind of complaint."""

    code: str
    title: str
    realises: str = ""


Earlier = Union["Step[Any]", Moment]


def _earlier(after: Earlier | Sequence[Earlier] | None) -> tuple[Moment, ...]:
    """Everything a step comes after, as moments; a whole step is the moment of its end (mark "")."""
    if after is None:
        return ()
    given = (after,) if isinstance(after, (Step, Moment)) else tuple(after)
    return tuple(one if isinstance(one, Moment) else Moment(one, "") for one in given)


class Step(Generic[F]):
    """A step of a procedure. A subclass is a kind: it says tasks, acts and outcome, and nothing else.

    `does` changes the world outside the case and is never gone back over; `writes` keeps rows of the round's own.
    Every outcome that is not `positive` is named in `back` or `ends`, or, when the case simply goes on, in `goes`.
    """

    kind: ClassVar[str] = ""
    #: The names its tasks may have; `*` stands for a role or a number. Part of what is released.
    task_names: ClassVar[tuple[str, ...]] = ()
    #: Name of a task → the posts that alone do it, the same in every procedure.
    posted: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    #: Name of a task → the posts that are asked first, then those asked where nobody in them can; last, anybody.
    preferred: ClassVar[Mapping[str, tuple[tuple[str, ...], ...]]] = {}
    #: Name of a task → the tasks of its round whose doers leave it to somebody else, the same in every procedure.
    apart: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    #: Name of a task → a later one that whoever alone can do it is kept for, see `TaskSpec.later`.
    kept_for: ClassVar[Mapping[str, str]] = {}
    #: Name of a task → the key of the least time that has to pass before it can be done.
    least: Mapping[str, str] = {}
    outcomes: ClassVar[tuple[str, ...]] = ("done",)
    positive: ClassVar[tuple[str, ...]] = ("done",)
    leads_to: ClassVar[Mapping[str, str]] = {}  #: Act → the outcome it leads to, where that has another name.
    #: Whether what it came to stands, though the case goes back beyond it, until it is decided otherwise.
    stands: ClassVar[bool] = False
    #: Outcomes that send the case back to this very step unless the declaration says otherwise.
    returns: ClassVar[tuple[str, ...]] = ()
    #: The act whose facts are `facts` and which `rule`, `writes` and `does` belong to.
    main_act: ClassVar[str] = ""
    #: The acts whose facts alone carry what they say, so that a correction can stand in their place.
    correctable: ClassVar[tuple[str, ...]] = ()
    #: Those of them that are put right also when the case has ended or their round is void: the public still reads it.
    read_on: ClassVar[tuple[str, ...]] = ()
    #: The acts, tasks and marks that the body doing the step keeps to itself and the authorities (`insight`).
    internal: ClassVar[tuple[str, ...]] = ()
    #: Whether a round of it keeps a list of items; whether it opens a case below.
    lists_items: ClassVar[bool] = False
    opens_child: ClassVar[bool] = False
    #: Who may enter its main act for the side whose step it is, which handed it in on paper (代为登记).
    entered_by: tuple[Role, ...] = ()
    #: The papers every step of the kind makes of itself: receipts, proofs of service, posters.
    own_documents: ClassVar[tuple[Document, ...]] = ()

    def __init__(
        self,
        title: str,
        *,
        by: Role,
        after: Earlier | Sequence[Earlier] | None = None,
        when: Condition | None = None,
        facts: type[F] = NoFacts,  # type: ignore[assignment]
        rule: Rule | None = None,
        writes: Effect | None = None,
        does: Effect | None = None,
        due: Due | Sequence[Due] = (),
        marks: str = "",
        back: Mapping[str, Step[Any]] | None = None,
        ends: Mapping[str, str] | None = None,
        goes: Sequence[str] = (),
        papers: Papers | None = None,
        makes: Sequence[Document] = (),
        foretells: Foretells | None = None,
        named: NamedDay | None = None,
        realises: str = "",
    ) -> None:
        self.named = named
        self.title, self.by, self.facts = title, by, facts
        self.foretells = foretells
        self.moments, self.when = _earlier(after), when
        self.after: tuple[Step[Any], ...] = tuple(dict.fromkeys(moment.step for moment in self.moments))
        self.rule, self.writes, self.does = rule, writes, does
        self.due = (due,) if isinstance(due, Due) else tuple(due)
        self.marks, self.realises, self.papers = marks, tuple(realises.split()), papers
        self.back, self.ends, self.goes = dict(back or {}), dict(ends or {}), tuple(goes)
        self.makes = tuple(makes)
        self.code = ""
        self.procedure: type[Procedure] | None = None

    def __set_name__(self, owner: type[Procedure], name: str) -> None:
        self.code, self.procedure = name, owner

    def __repr__(self) -> str:
        return f"<{self.kind} {self.procedure.code if self.procedure else '?'}.{self.code}>"

    def at(self, mark: str) -> Moment:
        """This step as far as a mark: `after=application.at("submitted")`."""
        return Moment(self, mark)

    # What a kind says -------------------------------------------------------------------------------------------

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """The tasks the round has, given what was said in it so far."""
        raise NotImplementedError

    def act_specs(self) -> dict[str, ActSpec]:
        """Every act its tasks allow, by name."""
        raise NotImplementedError

    def codes_of(self, act: str, view: RoundView | None = None) -> dict[str, list[tuple[str, str]]]:
        """Fields of an act that take one of the step's own codes, each with the codes and their words.

        `view`: the round as it stands, where only what it still leaves to choose is asked for.
        """
        return {}

    def asked_on(self, task: str, spec: ActSpec) -> ActSpec:
        """An act as the form of one task asks for it: with what is demanded there, without what is not its matter."""
        return spec

    def item_of(self, act: str, facts: Mapping[str, Any]) -> str:
        """The code of the item of its list that an act told of; "" where it told of none."""
        return ""

    def spot_of(self, view: RoundView, act: str, facts: Mapping[str, Any]) -> str:
        """Where the photographs that come with an act were taken, as far as it tells; "" where it does not."""
        return ""

    def standing_specs(self) -> dict[str, tuple[ActSpec, tuple[Role, ...]]]:
        """Acts open to others while a round is open (an objection), each with who may."""
        return {}

    def stands_open(self, view: RoundView, act: str) -> bool:
        """Whether one of them is offered as the round stands now."""
        return True

    def is_for(self, view: RoundView, act: str, person: UUID | None) -> bool:
        """Whether a page offers one of them to a person who may: not what the rule takes from one person alone."""
        return True

    def outcome(self, view: RoundView) -> str | None:
        """The outcome with which the round closes, or None while it is open."""
        raise NotImplementedError

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """The kind's own conditions on an act; raises NotPossible or RuleBroken."""

    def corrected(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """What the kind keeps of an act that was put right follows; raises NotPossible where it cannot."""

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """The instants the round names, once it knows them."""
        return {}

    def record(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """The kind's own rows for an act (a notice, an item of a list)."""

    def keys(self) -> tuple[str, ...]:
        """The keys of the law its kind asks for."""
        return ()

    def mark_names(self) -> tuple[str, ...]:
        """Every mark a round may name, those of missed clocks included; what is counted from is looked for here."""
        own = (self.marks,) if self.marks else ()
        return (*own, *(due.on_missed for due in self.due if due.on_missed))

    def opened(self, view: RoundView, at: datetime) -> None:
        """Called when a round opens (a child case opens)."""

    def recount(self, view: RoundView, at: datetime) -> None:
        """Called when the calendar or the law changed: rows that keep a date of their own follow."""

    def voided(self, view: RoundView, at: datetime, why: str) -> None:
        """Called when a round is voided (a notice hangs no longer, a child is withdrawn)."""

    def left_over(self, view: RoundView) -> list[TaskSpec]:
        """What a void round still asks of somebody: it holds nothing up, and outlives the case."""
        return []

    def overtaken(self, view: RoundView) -> Mapping[str, str]:
        """Task of a round → what was done beside it that answers it or makes it needless, in half a sentence."""
        return {}

    def undone(self, view: RoundView) -> str:
        """What becomes of what a round has brought about when it is voided, in half a sentence; "" of words alone."""
        return ""

    def answers(self, view: RoundView, task: str) -> Said | None:
        """What was said in the round that a task answers (a request to complete); None where nothing was."""
        return None

    def why_uncounted(self, view: RoundView) -> str:
        """Why nothing is counted any longer from a round that has begun, in words; "" where its kind has none."""
        return ""

    def is_signed(self, view: RoundView) -> bool:
        """Whether who leads signed a paper of the round that still stands: no officer alone takes it back."""
        return False

    def is_out(self, view: RoundView) -> bool:
        """Whether a round has left the body that does it: before, what it makes is the body's own where acts are."""
        return True

    def warns(self, case: CaseView, act: str, at: datetime) -> Sequence[str]:
        """What an act that stands has shown, once the case has gone on: for whoever did it; others are told here."""
        return ()

    def dues(self, case: CaseView) -> tuple[Due, ...]:
        """The declared clocks, and those that what was said has started; beside a named day none waits for a value."""
        return self.due if self.named is None else self.named.beside(case, self.due)

    def tasks_of(self, view: RoundView) -> list[TaskSpec]:
        """The tasks of a round, each with the day that a paper of the case names for it."""
        specs = self.task_specs(view)
        return specs if self.named is None else [self.named.date(view.case, spec) for spec in specs]

    def wanted(self, case: CaseView) -> Condition | None:
        """The condition that does not hold, if any: the step is then skipped with its reason."""
        if self.when is None or self.when.holds(case):
            return None
        return next((part for part in self.when.parts if not part.holds(case)), self.when)

    def papers_of(self, case: CaseView, act: str) -> list[Mapping[str, Any]]:
        """What an act has to bring: what the place asks of the step, and what the case's own ground asks besides."""
        asked = required_papers(case.law, case.row.procedure, self.code, act)
        own = self.papers(case) if self.papers is not None and act == self.main_act else ()
        known = {item["code"] for item in asked}
        return [*asked, *(item for item in own if item["code"] not in known)]

    def demanded_of(self, case: CaseView, act: str, facts: Facts) -> list[Mapping[str, Any]]:
        """Of these what cannot be left out: what is signed on the platform is the paper the step makes of it."""
        return as_files(facts, self.papers_of(case, act), self.own_codes())

    def own_codes(self) -> frozenset[str]:
        """The codes of the papers the step makes of itself."""
        return frozenset(document.code for document in self.documents())

    def pictures_of(self, case: CaseView, spec: ActSpec) -> list[Mapping[str, Any]]:
        """The photographs an act may bring, in the same form; the kind says which of them the place wants."""
        return [spec.pictures.asked] if spec.pictures is not None else []

    def asked_of(self, case: CaseView, spec: ActSpec) -> list[Mapping[str, Any]]:
        """All an act has to or may bring, each once: papers, photographs, the scan of what was signed on paper."""
        papers = told_by_hand(spec.facts, self.papers_of(case, spec.name), self.own_codes())
        known = {item["code"] for item in papers}
        more = [*self.pictures_of(case, spec), *scan_asked(spec.facts)]
        return [*papers, *(item for item in more if item["code"] not in known)]

    def offers(self, view: RoundView, act: str) -> Mapping[str, Sequence[str]]:
        """What may be chosen for a field of an act, where the round knows: nothing has to be typed twice."""
        return {}

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """What stands in the form of an act to begin with, worded from the case; its writer may change it."""
        return {}

    def known_before(self, case: CaseView, act: str, at: datetime) -> Mapping[str, str]:
        """What the law says of fields of an act before they are filled in: a day, that one is needed here."""
        if self.foretells is None or act != self.main_act:
            return {}
        return self.foretells(case, at)

    def posts_of(self, task: str) -> tuple[str, ...]:
        """The posts that alone do a task of this name; none where anybody of the body may."""
        return self.posted.get(task, ())

    def apart_from(self, task: str) -> tuple[str, ...]:
        """The tasks of the round whose doers do not do a task of this name."""
        return self.apart.get(task, ())

    def documents(self) -> tuple[Document, ...]:
        """The papers that can be made of the step: those the declaration names, then those of its kind."""
        return (*self.makes, *self.own_documents)

    def may_correct(self, act: str, view: RoundView | None = None) -> bool:
        """Whether a correction can stand in the place of an act. Where rows were written it cannot.

        `view`: the round it was said in, where what was said after it is looked at.
        """
        wrote = act == self.main_act and (self.writes is not None or self.does is not None)
        return act in self.correctable and not wrote

    # What follows from it ---------------------------------------------------------------------------------------

    def goes_on(self, outcome: str) -> bool:
        """Whether the steps after this one may open."""
        return outcome in self.positive or outcome in self.goes

    def why_back(self, view: RoundView, outcome: str) -> str:
        """What of a round sends it back, in words of its own; "" where the outcome says it."""
        return ""

    def back_to(self, outcome: str) -> Step[Any] | None:
        """The step the case goes back to."""
        if outcome in self.goes or outcome in self.ends:
            return None
        return self.back.get(outcome) or (self if outcome in self.returns else None)

    def unhandled(self) -> list[str]:
        """Outcomes named nowhere; the start-up check fails for each."""
        named = {*self.positive, *self.goes, *self.back, *self.ends, *self.returns}
        return [outcome for outcome in self.all_outcomes() if outcome not in named]

    def all_outcomes(self) -> tuple[str, ...]:
        """Every outcome a round of this step may have."""
        return self.outcomes


@dataclass(frozen=True)
class Standing:
    """An act of a case beside its steps: who may, what is said, what it does, as often as needed."""

    spec: ActSpec
    by: tuple[Role, ...]
    rule: Rule | None = None
    does: Effect | None = None
    realises: str = ""
    #: Still open when the case has ended: what is owed outlives it.
    outlives: bool = False
    #: The steps under which it is offered: what they rest on is told by it.
    under: tuple[Step[Any], ...] = ()
    #: The step its effect goes back to, by the choice of its form it follows from ("" for any): its form says what that
    #: undoes, and it stands beside the step. Raises NotPossible where it cannot be done, as the effect does.
    undoes: Undoes | None = None
    #: What is known of its fields before they are filled in: the balance, for one.
    foretells: Foretells | None = None
    #: Whether a page offers it as the case stands; whoever says it all the same is told why not by its rule or effect.
    when: Callable[[CaseView], bool] | None = None


@dataclass(frozen=True)
class Every:
    """A recurring duty: the tick opens one case a calendar period for each holder of `per`."""

    key: str
    per: Role


@dataclass(frozen=True)
class Ahead:
    """A watch: the tick opens one case for each row whose date comes near, and ends it when there is nothing to watch.

    `of` gives, as of an instant, the rows that are watched; `date` is their field, `about` the path to the estate (or
    organisation) the case is about. `gone` says in one sentence why a row is watched no longer. `key` lists how long
    ahead the place looks.
    """

    key: str
    of: Callable[[datetime], QuerySet[Any]]
    date: str
    about: str
    gone: Callable[[CaseView, datetime], str]


class Procedure:
    """A procedure. Subclasses declare steps as class attributes, in the order they are read."""

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""
    version: ClassVar[int] = 1
    subject: ClassVar[Subject] = "estate"
    #: Parties bound when the case opens and never re-resolved.
    parties: ClassVar[tuple[Role, ...]] = ()
    #: Why it does not begin about an estate where nobody holds one of its parties, and what to do instead; "": it may.
    nobody_there: ClassVar[str] = ""
    variants: ClassVar[tuple[Variant, ...]] = ()
    #: The key of the law's list that says which variants a place knows; "" : all of them, everywhere.
    variants_key: ClassVar[str] = ""
    #: At most one live root case a procedure and estate.
    single: ClassVar[bool] = False
    #: Only a parent opens it.
    child_only: ClassVar[bool] = False
    #: The organs that may suspend, resume, extend and end: their leaders decide it.
    overseers: ClassVar[tuple[Role, ...]] = ()
    #: Who files the volume, where it is not the first of the overseers.
    volume_by: ClassVar[Role | None] = None
    standing: ClassVar[Mapping[str, Standing]] = {}
    opens: ClassVar[Every | Ahead | None] = None
    dates: ClassVar[tuple[NamedDate, ...]] = ()
    #: The date a case moves towards: kept beside the case, so that others can look ahead to it.
    towards: ClassVar[NamedDate | None] = None
    reads: ClassVar[Reads] = Reads()
    #: Papers of the whole case beside those of its steps and those every case has.
    makes: ClassVar[tuple[Document, ...]] = ()
    takes: ClassVar[type | None] = None
    result: ClassVar[type | None] = None
    outcomes: ClassVar[tuple[str, ...]] = ("done", "withdrawn", "ended")
    #: Whether what it came to stays as it is where whoever asked for it asks anew: what owners decided was decided.
    stands: ClassVar[bool] = False
    realises: ClassVar[str] = ""

    steps: ClassVar[tuple[Step[Any], ...]] = ()
    #: Whether a clock of it counts from something above it, and so follows when that moves.
    counts_from_above: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.steps = tuple(part for part in vars(cls).values() if isinstance(part, Step))
        own = {step.code for step in cls.steps}
        hidden = sorted(name for name in own if hasattr(Procedure, name))
        if hidden:
            raise TypeError(f"{cls.__name__} has a step named {hidden[0]}, which a procedure itself has")
        anchors = [due.of for step in cls.steps for due in step.due]
        cls.counts_from_above = any(
            isinstance(of, NamedDate) or of.partition(".")[0] not in own for of in anchors
        )

    @classmethod
    def step(cls, code: str) -> Step[Any]:
        """The step of that code; KeyError where there is none."""
        for step in cls.steps:
            if step.code == code:
                return step
        raise KeyError(code)

    @classmethod
    def downstream(cls, step: Step[Any]) -> list[Step[Any]]:
        """The step and everything that comes after it, directly or not, in declared order."""
        reached = {step}
        for candidate in cls.steps:
            if reached & set(candidate.after):
                reached.add(candidate)
        return [candidate for candidate in cls.steps if candidate in reached]
