"""Corrections at the desk: which of the words of a case its reader may put right, and the form to do it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from pydantic import Field, ValidationError, create_model

from gongzhi.acts.actor import Actor
from gongzhi.acts.facts import Facts, said_json
from gongzhi.procedures import correcting
from gongzhi.procedures.declare import Step
from gongzhi.procedures.entering import entered
from gongzhi.procedures.hearing import CORRECT
from gongzhi.procedures.perform import act_of
from gongzhi.procedures.presenting import ReadView
from gongzhi.procedures.standing_acts import Correction, choose, find
from gongzhi.procedures.terms import ActSpec, RoundView, Said
from gongzhi.registry.models import Appointment
from gongzhi.values.refusals import NotFound

from .casepage import around
from .deeds import Deed
from .references import choices_for
from .saying import about_case

#: The field of the form that says why, beside those of what is put right.
WHY = "why_corrected"
STANDS = "这项内容已经生效，不能更正；要改动的，请办理新的事项。"


@dataclass(frozen=True)
class Told:
    """Something that was said in a round that counts, as it stands now."""

    step: Step[Any]
    said: Said
    #: The number of the round it was said in, and the round itself.
    round: int
    view: RoundView

    @property
    def spec(self) -> ActSpec:
        """The act it was said in."""
        return act_of(self.step, self.said.act)

    def correction(self, facts: Facts) -> Correction:
        """What goes through the door: the words that should have been said, and why."""
        plain = said_json(facts)
        why = plain.pop(WHY)
        return self.naming(plain, why)

    def naming(self, facts: dict[str, Any], why: str) -> Correction:
        """A correction of it."""
        return Correction(
            step=self.step.code,
            act=self.said.act,
            task=self.said.task,
            round=self.round,
            facts=facts,
            reason=why,
        )


def all_told(view: ReadView) -> Iterator[Told]:
    """Of the acts of each round, the newest of each task: only that can be put right.

    Of a round that is void, and of a case that has ended, what the public reads still; of others what counts.
    """
    for step in view.declared:
        for found in view.rounds(step):
            newest = {(said.task, said.act): said for said in view.round_view(found).said}
            yield from (
                Told(step, said, found.number, view.round_view(found))
                for said in newest.values()
                if said.act in step.act_specs()
                and found in correcting.rounds_of(view, step, said.act)
                and (view.row.ended_at is None or said.act in step.read_on)
            )


def offered(view: ReadView, seat: Appointment) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """Act → where its speaker may put it right; act → why he may not, where what it did stands."""
    hrefs: dict[UUID, str] = {}
    stands: dict[UUID, str] = {}
    for told in all_told(view):
        if _is_own(told.said, seat) and told.spec.facts.model_fields:
            if told.step.may_correct(told.said.act, told.view):
                hrefs[told.said.id] = reverse("correct", args=[view.row.pk, told.said.id])
            elif told.said.act == told.step.main_act and told.said.act in told.step.correctable:
                stands[told.said.id] = STANDS
    return hrefs, stands


def _is_own(said: Said, seat: Appointment) -> bool:
    body = said.entered_by_id or said.organisation_id
    if body is None:
        return said.person_id is not None and said.person_id == seat.person_id
    return bool(body == seat.organisation_id)


def told_as(view: ReadView, act_id: UUID) -> Told:
    """What was said in that act; NotFound where there is none that counts."""
    for told in all_told(view):
        if told.said.id == act_id:
            return told
    raise NotFound("没有这项可以更正的内容，可能已经作废或者另有新的填写，请回到办件页面查看。")


def demand(view: ReadView, told: Told, by: Actor, at: datetime) -> None:
    """Refuse before the form is shown: the case is over, somebody else said it, what it did stands."""
    choose(view, find(view.declaration, CORRECT, ""), by, at)
    correcting.may_correct(view, told.naming({}, "更正"), by, at)
    correcting.demand_read_on(view, told.step, told.said.act)
    correcting.demand_correctable(told.step, told.said.act, told.view)


@cache
def asking_why(kind: type[Facts]) -> type[Facts]:
    """The class of what is put right, with the reason after its own fields."""
    why = Field(title="更正原因", description="与原来的内容一起保留", min_length=2, max_length=300)
    made: type[Facts] = create_model(f"Corrected{kind.__name__}", __base__=kind, **{WHY: (str, why)})  # type: ignore[call-overload]
    return made


def correcting_deed(view: ReadView, told: Told, version: int | None) -> Deed:
    """The form of the act's own facts, filled with what counts now."""
    facts = told.spec.facts
    kind = asking_why(entered(facts) if told.said.entered_by_id is not None else facts)
    return Deed(
        spec=ActSpec(CORRECT, "更正", kind),
        about=about_case(view.row.pk, CORRECT, str(told.said.id)),
        address=reverse("correct", args=[view.row.pk, told.said.id]),
        prefix=f"c{str(told.said.id)[-8:]}-{CORRECT}",
        choices=choices_for(told.spec.facts, around(view.row)),
        version=version,
        initial=_begun(kind, told),
    )


def _begun(kind: type[Facts], told: Told) -> Facts:
    """What was said, as the form's class has it; words of an older class as far as they still fit."""
    try:
        read = dict(iter(told.spec.facts.model_validate(told.said.facts)))  # a field may be called `keys`
    except ValidationError:
        read = {name: value for name, value in told.said.facts.items() if name in kind.model_fields}
    return kind.model_construct(**read)
