"""Procedures as they are declared, and the acts that need no case."""

from typing import Any

from ninja import Schema
from pydantic import Field

from .basics import RoleTold, Sent


class VariantOut(Schema):
    """One way a procedure begins; where a place is asked for, its category, article and papers there."""

    code: str
    title: str
    category: str = ""
    article: str = ""
    papers: list[dict[str, Any]] = []


class ProcedureSummary(Schema):
    """A procedure in the list."""

    code: str
    title: str
    version: int
    subject: str
    child_only: bool
    recurring: bool
    source: str
    variants: list[VariantOut]


class WhoMay(RoleTold):
    """Who performs an act: in which posts of the body, on which task."""

    posts: list[str]
    task: str


class ActDeclared(Schema):
    """An act: who may, what is said (`facts` is JSON Schema), which papers the place asks for."""

    act: str
    title: str
    main: bool
    finishes: bool
    on: str
    outlives: bool
    by: list[WhoMay]
    papers: list[dict[str, Any]]
    facts: dict[str, Any]


class After(Schema):
    """A step this one comes after, as far as a mark ("" is its end)."""

    step: str
    mark: str


class When(Schema):
    """When the step is wanted, and what is said where it is not."""

    keys: list[str]
    otherwise: str


class ClockDeclared(Schema):
    """A clock of a step; `value` is what the law says at the place asked for."""

    key: str
    anchor: str
    before: bool
    minimum: bool
    on_missed: str
    safeguard: str
    value: dict[str, Any] | None


class StepDeclared(Schema):
    """A step as it is declared."""

    code: str
    title: str
    kind: str
    by: RoleTold
    after: list[After]
    when: When | None
    outcomes: list[str]
    back: dict[str, str]
    ends: dict[str, str]
    mark: str
    runs: str
    realises: list[str]
    acts: list[ActDeclared]
    clocks: list[ClockDeclared]
    keys: list[str]
    law: list[dict[str, Any]]


class ProcedureOut(ProcedureSummary):
    """A procedure whole."""

    at: str
    parties: list[RoleTold]
    outcomes: list[str]
    steps: list[StepDeclared]
    standing: list[ActDeclared]


class ActionOut(Schema):
    """A change that needs no case."""

    name: str
    title: str
    may: str
    facts: dict[str, Any]


class ActionIn(Sent):
    """What is said in it."""

    facts: dict[str, Any] = {}
    expects: int | None = Field(None, ge=0)
