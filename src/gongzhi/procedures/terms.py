"""The small words of a declaration: conditions, named dates, due dates, tasks and acts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from gongzhi.acts.facts import Facts, NoFacts
from gongzhi.registry.roles import Role
from gongzhi.values.wording import day_words, minute_words

if TYPE_CHECKING:
    from .view import CaseView


#: The period of a recurring case that waits for the place to set how often.
UNSET = "unset"


@dataclass(frozen=True)
class Condition:
    """When a step is wanted. `why_not` is kept on the step that is skipped."""

    holds: Callable[[CaseView], bool]
    why_not: str
    keys: tuple[str, ...] = ()
    parts: tuple[Condition, ...] = ()
    #: The variants it names, looked for at start-up.
    variants: tuple[str, ...] = ()


def required(key: str) -> Condition:
    """Wanted where the law of the place defines the key; a key nobody defines means *not required here*.

    A key set to null counts as defined: the step opens and says that a local value is missing.
    """
    return Condition(lambda case: case.law.is_wanted(key), "当地规定未作要求", (key,))


def ground(*variants: str) -> Condition:
    """Wanted in the named variants of the procedure."""
    return Condition(lambda case: case.variant in variants, "本情形不需要这一步", variants=variants)


def happens(predicate: Callable[[CaseView], bool], why_not: str) -> Condition:
    """Wanted when a fact of the case says so; `predicate` is a named function of the room."""
    return Condition(predicate, why_not)


def begun_by(party: Role) -> Condition:
    """Wanted when the party opened the case; while nobody has yet, either side may."""
    return Condition(lambda case: _has_begun(case, party) is not False, "由另一方提出")


def begun_by_others(party: Role) -> Condition:
    """Wanted when somebody else than the party opened the case; while nobody has yet, either side may."""
    return Condition(lambda case: _has_begun(case, party) is not True, f"由{party.title}提出")


def _has_begun(case: CaseView, party: Role) -> bool | None:
    """Whether the party opened it; None: not opened yet."""
    holder = case.organisation(party.code)
    if case.row.opened_by_id is None or holder is None:
        return None
    return case.row.opened_by_id == holder.pk


def both(*conditions: Condition) -> Condition:
    """Wanted when all hold; the first that does not is the reason."""
    keys = tuple(key for condition in conditions for key in condition.keys)
    why = "；".join(dict.fromkeys(condition.why_not for condition in conditions))
    variants = tuple(variant for condition in conditions for variant in condition.variants)
    return Condition(lambda case: all(one.holds(case) for one in conditions), why, keys, conditions, variants)


@dataclass(frozen=True)
class Moment:
    """A step as far as a mark: what comes after it opens when the mark is set, not only when the step is done."""

    step: Any
    mark: str


@dataclass(frozen=True)
class NamedDate:
    """A date a clock may count from that is no mark: the end of a contract, the planned day of leaving."""

    name: str
    title: str
    read: Callable[[CaseView], date | datetime | None]


@dataclass(frozen=True)
class NamedDay:
    """The last day of tasks of a step that a paper of the case names (a notice, a contract, a plan); no period does.

    `read` gives the day, or the instant; None while nothing names it. `by` is what names it, in half a sentence before
    the day: 清算方案要求的日期为. `tasks` are their names without what follows a colon. Where the place counts the
    period `unless`, that dates them and the paper's day does not; where it does not, no clock waits for a value, and
    what the place sets later leaves the day that was named.
    """

    read: Callable[[CaseView], date | datetime | None]
    by: str
    tasks: tuple[str, ...]
    unless: str = ""
    runs_on: bool = False

    def counts(self, case: CaseView) -> bool:
        """Whether the day is known, and no period of the place stands before it."""
        return not self._is_counted(case) and self.read(case) is not None

    def _is_counted(self, case: CaseView) -> bool:
        if not self.unless or not case.law.is_period(self.unless):
            return False
        value = case.law.value(self.unless)
        return value.source != "local" or value.set_on is None or value.set_on <= case.row.law_on

    def beside(self, case: CaseView, dues: tuple[Due, ...]) -> tuple[Due, ...]:
        """Of a step's clocks those that run beside the named day."""
        is_named = bool(self.unless) and self.counts(case)
        return tuple(due for due in dues if not is_named or due.key != self.unless)

    def date(self, case: CaseView, spec: TaskSpec) -> TaskSpec:
        """A task of the step, with its day."""
        if spec.name.partition(":")[0] not in self.tasks or spec.instead or not self.counts(case):
            return spec
        found = self.read(case)
        assert found is not None
        on = case.local_day(found) if isinstance(found, datetime) else found
        words = minute_words(found) if isinstance(found, datetime) else day_words(found)
        note = "；".join(filter(None, (f"{self.by}{words}", spec.note)))
        return replace(spec, due_on=on, note=note, runs_on=spec.runs_on or self.runs_on)


@dataclass(frozen=True)
class Due:
    """A clock of a step: the pack's `key`, counted from a mark path (`handover.confirmed`) or a named date.

    `on_missed` names the mark that is set when the clock runs out; `safeguard` is a key whose rule holds whatever
    the clock says. Citation and amount come from the pack; nothing is counted here.
    """

    key: str
    of: str | NamedDate
    before: bool = False
    on_missed: str = ""
    safeguard: str = ""
    #: A least time and no deadline: nobody is late, somebody is told when it is full.
    minimum: bool = False
    #: The mark that meets it, where that is not the end of the step.
    met_by: str = ""
    #: The one task it binds, where it does not bind the step.
    task: str = ""
    #: The clock of a watch: it ends with the date itself, and `key` lists how long ahead of it somebody is told.
    ahead: bool = False
    #: The latest day of what may also be left undone (a notice): told when near and when past; nobody is late.
    optional: bool = False
    #: Who is told at each rung beside the holders of the tasks it binds, and who from the last rung ahead on.
    tells: tuple[Role, ...] = ()
    at_last: tuple[Role, ...] = ()
    #: A clock without rungs dates a task and tells nobody.
    rings: bool = True
    #: Of a task that outlives the step: the end of the step does not meet it.
    outlives: bool = False
    #: It counts on while the case stands still: it is another's (who objected), and nothing of the case decides on it.
    runs_on: bool = False
    #: The keys whose articles are told with it, where those of `key` speak of another case; None: those of `key`.
    cites: tuple[str, ...] | None = None
    #: What it is called, where the key's own title speaks of something else than its end.
    title: str = ""

    @property
    def anchor(self) -> str:
        """How the anchor is written in the clock's row."""
        return self.of if isinstance(self.of, str) else self.of.name


def within(
    key: str, *, of: str | NamedDate, on_missed: str = "", safeguard: str = "", title: str = ""
) -> Due:
    """To be done within the period after the anchor."""
    return Due(key, of, on_missed=on_missed, safeguard=safeguard, title=title)


def before(key: str, *, of: str | NamedDate) -> Due:
    """To be done at the latest that long before the anchor; never rolls."""
    return Due(key, of, before=True)


def latest(key: str, *, of: str | NamedDate, tells: Sequence[Role]) -> Due:
    """The latest day for something one may also leave undone, that long before the anchor; never rolls."""
    return Due(key, of, before=True, optional=True, tells=tuple(tells))


def ahead(
    key: str, *, of: NamedDate, tells: Sequence[Role] = (), at_last: Sequence[Role] = (), rings: bool = True
) -> Due:
    """Towards a date that is watched: a rung for each period the place's list `key` names, and one on the date."""
    return Due(key, of, ahead=True, tells=tuple(tells), at_last=tuple(at_last), rings=rings)


@dataclass(frozen=True)
class TaskSpec:
    """One task a round has. `holds` False: it outlives the round and holds nothing up (a receipt)."""

    name: str
    title: str
    role: Role
    acts: tuple[str, ...]
    holds: bool = True
    posts: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    #: The posts that are asked first, then those asked where nobody in them can; last, anybody of the body.
    preferred: tuple[tuple[str, ...], ...] = ()
    #: The posts that later tasks of the chain want, each by somebody who did none of those before.
    later: tuple[tuple[str, ...], ...] = ()
    #: The task is to receive: it lies with the body papers are served on, even one that may not decide.
    receives: bool = False
    #: The key the place has to set first: until then the task stands there, says so, and allows nothing.
    waits_for: str = ""
    #: Done only where others do not do theirs (a refusal is recorded): nobody is waited for.
    instead: bool = False
    #: The key of the least time that has to pass before its own act is possible, and that in words.
    not_before: str = ""
    #: The day from which it can be done at all, where something said in the case and no period names it; why is `note`.
    opens_on: date | None = None
    note: str = ""
    #: The day from which the note says nothing any longer.
    note_until: date | None = None
    #: The last day to do it, where a paper of the case and no key of the law names it; why is `note`.
    due_on: date | None = None
    #: It is done also while the case stands still: others wait for it, or time goes on for it all the same.
    runs_on: bool = False
    #: Who may enter it for its holder where that handed it in on paper (代为登记).
    entered_by: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Pictures:
    """The photographs an act may bring, or has to: what kind of paper they are, and what they show.

    `takes_scans`: what came on paper is also brought as a scan, a PDF.
    """

    code: str
    title: str
    hint: str = ""
    is_required: bool = False
    takes_scans: bool = False

    @property
    def asked(self) -> dict[str, Any]:
        """As an item of the papers of an act."""
        return {
            "code": self.code,
            "label": self.title,
            "hint": self.hint,
            "photograph": True,
            "required": self.is_required,
            **({"scans": True} if self.takes_scans else {}),
        }


@dataclass(frozen=True)
class Scan:
    """A paper signed elsewhere that a standing act may bring as a scan: its kind, its title, when it has to."""

    code: str
    title: str
    hint: str = ""

    @property
    def asked(self) -> dict[str, Any]:
        """As an item of the papers of an act."""
        return {"code": self.code, "label": self.title, "hint": self.hint, "required": False}


@dataclass(frozen=True)
class ActSpec:
    """One act a task, a step or a case allows. `finishes` False: the task stays open after it (an item of a list).

    `outlasts`: an act beside a step that is open until the case ends, also when the step's round is closed by then;
    `outlives`: also after the case has ended, for what is owed then still.
    `proved`: refuses facts that do not stand up together with the kinds of the papers that came, as the law reads them.
    `posts`: of the body that may say a standing act, these posts alone; anybody of it while nobody there holds one.
    `scan`: the signed paper a standing act may bring; its effect says for whom it has to.
    """

    name: str
    title: str
    facts: type[Facts] = NoFacts
    finishes: bool = True
    pictures: Pictures | None = None
    outlasts: bool = False
    outlives: bool = False
    proved: Callable[[Any, Any, Collection[str]], None] | None = None
    posts: tuple[str, ...] = ()
    scan: Scan | None = None


@dataclass(frozen=True)
class Said:
    """One act as it was recorded in a round."""

    id: Any
    task: str
    act: str
    facts: Mapping[str, Any]
    at: datetime
    person_id: Any = None
    organisation_id: Any = None
    #: The body that entered it for `organisation_id`, whose word it is; None where that said it itself.
    entered_by_id: Any = None


@dataclass(frozen=True)
class RoundView:
    """What a kind may look at: the acts said in the round, oldest first, and the case."""

    id: Any
    case: CaseView
    opened_at: datetime
    said: tuple[Said, ...] = field(default=())

    def acts(self, *names: str) -> list[Said]:
        """The acts of these names, oldest first."""
        return [said for said in self.said if said.act in names]

    def last(self, *names: str) -> Said | None:
        """The newest act of these names."""
        found = self.acts(*names)
        return found[-1] if found else None

    def done(self, task: str) -> Said | None:
        """The newest act on a task."""
        return next((said for said in reversed(self.said) if said.task == task), None)
