"""A step that opens once more: what was last said in it, and what its tasks are to answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from .declare import Step
from .hearing import told_in
from .models import Round
from .signed import WAY, signer_field
from .terms import Said
from .view import CaseView


@dataclass(frozen=True)
class SaidBefore:
    """What a form begins with. `is_own`: the step itself sent it back, so that what it rests on has not changed."""

    facts: Mapping[str, Any]
    is_own: bool = False


NOTHING = SaidBefore({})


def said_before(case: CaseView, step: Step[Any], act: str, task: str) -> SaidBefore:
    """What was said last in a step's main act, by the same task, in a void round; without its hours and hands."""
    found = case.live_round(step)
    if act != step.main_act or found is None or found.closed_at is not None:
        return NOTHING
    for before in reversed(_voided(case, step)):
        said = [one for one in case.round_view(before).acts(act) if task in ("", one.task)]
        if said:
            return SaidBefore(_read(step, act, said[-1]), bool(_closed_back(step, before)))
    return NOTHING


def _read(step: Step[Any], act: str, said: Said) -> dict[str, Any]:
    """As the form has it, without instants and signatures: another paper is sent at another hour, and signed anew."""
    kind = step.act_specs()[act].facts
    try:
        read = dict(iter(kind.model_validate(said.facts)))  # a field may be called `keys`
    except ValidationError:
        return {}
    signature = (signer_field(kind), WAY)
    return {
        name: value
        for name, value in read.items()
        if not isinstance(value, datetime) and name not in signature
    }


@dataclass(frozen=True)
class Asked:
    """Why something is to be said (once more): in which step and act it was asked for, or in words alone.

    `is_met`: it was asked of another step, which has answered since; here it only tells why the round is a new one.
    """

    at: datetime
    why: str
    step: Step[Any] | None = None
    said: Said | None = None
    is_met: bool = False


def asked_of(case: CaseView, step: Step[Any], task: str) -> list[Asked]:
    """What a task answers: a request in its round, then why earlier ones are void, newest first.

    A round that is decided still has tasks that answer something (a filing is done when it is sent, and completed
    later); why earlier ones are void is told no more.
    """
    found = case.live_round(step)
    if found is None:
        return []
    said = step.answers(case.round_view(found), task)
    here = [Asked(said.at, "", step, said)] if said is not None else []
    if found.closed_at is not None:
        return here
    return [*here, *(_why_void(case, step, before) for before in reversed(_voided(case, step)))]


def _voided(case: CaseView, step: Step[Any]) -> list[Round]:
    return [found for found in case.rounds(step) if found.void_at is not None]


def _why_void(case: CaseView, step: Step[Any], found: Round) -> Asked:
    """The act that sent it back: the last one of its own round, of the round of another step, or an act of the case."""
    assert found.void_at is not None
    sent_back = next(_sent_back(case, step, found), None)
    if sent_back is not None:
        return Asked(found.void_at, found.void_why, *sent_back, is_met=_is_met(case, step, sent_back[0]))
    beside = [said for said in told_in(case.acts_of(None)) if said.at == found.void_at]
    return Asked(found.void_at, found.void_why, None, beside[-1] if beside else None)


def _is_met(case: CaseView, step: Step[Any], other: Step[Any]) -> bool:
    """Whether the step that was to say it again is another one, and has."""
    live = case.live_round(other) if other is not step else None
    return live is not None and case.round_view(live).last(other.main_act) is not None


def _sent_back(case: CaseView, step: Step[Any], found: Round) -> Iterator[tuple[Step[Any], Said]]:
    for one in (step, *(other for other in case.declared if other is not step)):
        for part in case.rounds(one):
            is_it = part.id == found.id if one is step else part.void_at == found.void_at
            said = case.round_view(part).said if is_it and _closed_back(one, part) else ()
            if said:
                yield one, said[-1]


def _closed_back(step: Step[Any], found: Round) -> bool:
    """Whether a round closed with an outcome that goes back."""
    return bool(found.outcome) and step.back_to(found.outcome) is not None
