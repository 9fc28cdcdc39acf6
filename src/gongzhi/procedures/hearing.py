"""What was said in a round, as it counts: acts in the order of the chain, each put right by its corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from gongzhi.acts.facts import Facts
from gongzhi.registry.roles import PASSER_BY

from .entering import is_entered
from .models import CaseAct
from .terms import RoundView, Said

if TYPE_CHECKING:
    from .declare import Step

F = TypeVar("F", bound=Facts)
CORRECT = "correct"


def told_in(acts: Iterable[CaseAct]) -> tuple[Said, ...]:
    """The acts of a round, oldest first. A correction stands in the place of what it corrects; the rows stay."""
    told: list[Said] = []
    for act in acts:
        if act.name == CORRECT:
            _put_right(told, act)
        told.append(_said(act))
    return tuple(told)


def _said(act: CaseAct) -> Said:
    """An act as it was said. What was entered for somebody else is the word of whoever holds the task."""
    name = act.task.name if act.task is not None else ""
    said = Said(act.id, name, act.name, act.facts, act.at, act.person_id, act.organisation_id)
    if act.task is None or not is_entered(act.facts):
        return said
    return replace(said, organisation_id=act.task.organisation_id, entered_by_id=act.organisation_id)


def _put_right(told: list[Said], correction: CaseAct) -> None:
    wanted = correction.facts
    for place, said in reversed(list(enumerate(told))):
        if said.act == wanted["act"] and wanted["task"] in ("", said.task):
            told[place] = replace(said, facts=wanted["facts"])
            return


def corrected_by(acts: Iterable[CaseAct]) -> dict[UUID, UUID]:
    """Correction → the act it stands in the place of, of acts of any rounds, oldest first."""
    before: dict[UUID | None, list[CaseAct]] = defaultdict(list)
    found = {}
    for act in acts:
        wanted, earlier = act.facts, before[act.round_id]
        if act.name == CORRECT:
            fits = (one for one in reversed(earlier) if _is_meant(wanted, one))
            corrected = next(fits, None)
            if corrected is not None:
                found[act.id] = corrected.id
        earlier.append(act)
    return found


def _is_meant(wanted: Mapping[str, Any], act: CaseAct) -> bool:
    return act.name == wanted["act"] and wanted["task"] in ("", act.task.name if act.task is not None else "")


def heard_in(view: RoundView, step: Step[F]) -> F | None:
    """What was said last in the step's main act; None while nothing was."""
    said = view.last(step.main_act) if step.main_act else None
    return step.facts.model_validate(said.facts) if said is not None else None


def nameless(act: CaseAct) -> dict[str, str]:
    """Who said what the platform passed on: nobody who had signed in; nothing of any other act."""
    return {"person": PASSER_BY.title} if act.account_id is None else {}
