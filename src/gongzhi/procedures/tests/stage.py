"""A stage for throw-away procedures: the cast, a law of the test's own, and acts by path."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import AwareDatetime, Field

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer
from gongzhi.acts.facts import Facts
from gongzhi.law import queries
from gongzhi.law.schema import Kind, Status
from gongzhi.law.value import Value
from gongzhi.procedures import catalogue
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.models import Case, Clock, Task
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.procedures.perform import perform
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.view import CaseView
from gongzhi.registry.tests.cast import Cast
from gongzhi.values.citations import Citation
from gongzhi.values.now import ZONE
from gongzhi.values.periods import Direction, Roll
from gongzhi.values.refusals import NotFound

LAW = Citation("示例办法", "第1条")


def at(text: str) -> datetime:
    """An instant in Asia/Shanghai from `2026-03-02 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class Word(Facts):
    """Something said."""

    word: str = Field(title="内容", default="示例", max_length=50)
    on: date | None = Field(title="日期", default=None)
    at: AwareDatetime | None = Field(title="时间", default=None)


def period(text: str, roll: Roll = Roll.NONE, direction: Direction = Direction.AFTER, **more: Any) -> Value:
    """A period of the law: `10D`, `5WD`, `24h`, `3M`."""
    unit = text.lstrip("0123456789")
    return value(Kind.PERIOD, int(text[: -len(unit)]), unit=unit, roll=roll, direction=direction, **more)


def value(kind: Kind, what: Any, **more: Any) -> Value:
    """A value of the law; `what` None has to be set locally."""
    known = {"citations": (LAW,), "status": Status.IN_FORCE} | more
    return Value(key="", title="示例参数", kind=kind, value=what, **known)


UNDEFINED = Value(key="", title="示例参数", kind=Kind.PERIOD)


@dataclass
class Law:
    """The law of a test: its own keys before those of the packs. Of each key what counts from a day on."""

    own: dict[str, list[tuple[date, Value]]] = field(default_factory=dict)

    def __setitem__(self, key: str, found: Value) -> None:
        self.own[key] = [(date(2000, 1, 1), found)]

    def __contains__(self, key: str) -> bool:
        return key in self.own

    def of(self, key: str, on: date) -> Value:
        """What counted on a day; a hole is filled by what came first."""
        known = [found for since, found in self.own[key] if since <= on]
        later = [found for since, found in self.own[key] if since > on and found.is_set]
        best = known[-1] if known else UNDEFINED
        return later[0] if best.is_defined and not best.is_set and later else best


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> Law:
    """The law of the test."""
    mine, asked, ruled = Law(), queries.value_of, queries.rule_of

    def value_of(key: str, code: str, on: date, **more: Any) -> Value:
        return mine.of(key, on) if key in mine else asked(key, code, on, **more)

    def rule_of(key: str, code: str, on: date, **more: Any) -> Any:
        return mine.of(key, on).rule if key in mine else ruled(key, code, on, **more)

    monkeypatch.setattr(queries, "value_of", value_of)
    monkeypatch.setattr(queries, "rule_of", rule_of)
    return mine


@contextmanager
def declared(*procedures: type[Procedure]) -> Iterator[None]:
    """Declare throw-away procedures, and forget them afterwards."""
    for procedure in procedures:
        catalogue.declared(procedure)
    try:
        yield
    finally:
        for procedure in procedures:
            catalogue.forget(procedure)


def agreed(act: str) -> dict[str, Any]:
    """The opinion of who checks or signs a paper off: they agree where a test says nothing else."""
    return {"opinion": "同意"} if act in ("check", "sign_off") else {}


@dataclass
class Stage:
    """One case played by the cast. `now` is the present."""

    cast: Cast
    now: datetime
    root: UUID = None  # type: ignore[assignment]
    #: Set by a test that breaks its case on purpose.
    is_tampered: bool = False
    declared: list[type[Procedure]] = field(default_factory=list)

    def declare(self, *procedures: type[Procedure]) -> "Stage":
        """Declare throw-away procedures; they are forgotten when the test is over."""
        for procedure in procedures:
            catalogue.declared(procedure)
        self.declared += procedures
        return self

    def until(self, text: str) -> "Stage":
        """Let time pass."""
        self.now = at(text)
        return self

    def actor(self, name: str) -> Actor:
        """One of the home area."""
        return self.cast.home.actors[name]

    def open(self, procedure: str, name: str = "provider_leader", variant: str = "", **facts: Any) -> "Stage":
        """Open a case about the home estate; `facts` begin it where there are any."""
        answer = open_case(
            by=self.actor(name),
            at=self.now,
            procedure=procedure,
            subject=Subject(estate=self.cast.estate),
            variant=variant,
            facts=facts or None,
        )
        self.root = UUID(answer.value["case"])
        return self

    def case(self, procedure: str = "") -> CaseView:
        """The root, or the newest case of a procedure below it."""
        rows = Case.objects.filter(root_id=self.root)
        rows = rows.filter(procedure=procedure) if procedure else rows.filter(pk=self.root)
        row = rows.order_by("-opened_at", "-id").first()
        if row is None:
            raise NotFound(procedure)
        return CaseView(row)

    def tasks(self) -> list[str]:
        """What is open in the tree, as `step.task`."""
        rows = Task.objects.filter(case__root_id=self.root, open=True)
        return sorted(f"{step}.{name}" for step, name in rows.values_list("round__step__code", "name"))

    def task(self, path: str) -> Task:
        """The open task of `step.task`, else the newest of that path."""
        step, name = path.split(".", 1)
        rows = Task.objects.filter(case__root_id=self.root, round__step__code=step, name=name)
        found = rows.order_by("-open", "-opened_at", "-id").first()
        assert found is not None, f"no task {path}; open: {self.tasks()}"
        return found

    def do(self, name: str, path: str, act: str = "submit", **facts: Any) -> Answer:
        """An act on a task."""
        more = {key: facts.pop(key) for key in ("papers", "key", "expects") if key in facts}
        facts = agreed(act) | facts
        return perform(
            by=self.actor(name), at=self.now, task_id=self.task(path).id, act=act, facts=facts, **more
        )

    def stand(self, who: str, does: str, /, at_step: str = "", of: str = "", **facts: Any) -> Answer:
        """A standing act of the root, or of the case of the procedure `of`."""
        case_id = self.case(of).id
        return perform_on_case(
            by=self.actor(who), at=self.now, case_id=case_id, act=does, facts=facts, step=at_step
        )

    def outcome(self, step: str, procedure: str = "") -> str:
        """The outcome of a step, "" while it is not decided."""
        return self.case(procedure).steps[step].outcome

    def clock(self, key: str, **more: Any) -> Clock:
        """The one clock of a key."""
        return Clock.objects.get(case__root_id=self.root, key=key, **more)
