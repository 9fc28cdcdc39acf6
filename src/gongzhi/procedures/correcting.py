"""Corrections (更正): what should have been said stands in the place of what was said; the first words stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from gongzhi.acts.actor import Actor
from gongzhi.acts.facts import Facts, read_facts, said_json
from gongzhi.registry import acting
from gongzhi.registry.models import Appointment
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible

from . import clocks, engine, undoing
from .declare import Procedure, Step
from .entering import is_entered
from .mayact import may_stand
from .models import PaperUse, Round
from .past_papers import keep_sent
from .perform import act_of, obey
from .signed import demand_same_hand
from .standing_acts import Correction
from .terms import RoundView, Said
from .view import CaseView


def read_correction(procedure: type[Procedure], facts: Facts) -> Correction:
    """The correction with its act named and its facts read as that act's; Invalid, a sentence a field."""
    told = cast("Correction", facts)
    step = _step(procedure, told.step)
    act = told.act or step.main_act
    read = read_facts(act_of(step, act).facts, told.facts)
    return told.model_copy(update={"act": act, "facts": said_json(read)})


def _step(procedure: type[Procedure], code: str) -> Step[Any]:
    try:
        return procedure.step(code)
    except KeyError:
        raise Invalid("没有这个步骤，请核对步骤代码。", fields={"step": "不在可选范围内"}) from None


def may_correct(case: CaseView, facts: Facts, by: Actor, at: datetime) -> Appointment | None:
    """Whoever said it may put it right; where nothing was said yet, whoever would say it is told so."""
    told = cast("Correction", facts)
    step = _step(case.declaration, told.step)
    said = _said(case, step, told)
    if said is None:
        return may_stand(case, (step.by,), "更正", by, at)
    body = said.entered_by_id or said.organisation_id
    if body is None:
        if said.person_id is None or by.person_id != said.person_id:
            raise NotAllowed("您无权更正，应由原来填写的人更正。")
        return None
    appointment = acting.appointment_of(by, at)
    if appointment.organisation_id != body:
        raise NotAllowed("您无权更正，应由原来填写的单位更正。")
    return appointment


def _said(case: CaseView, step: Step[Any], told: Correction) -> Said | None:
    return _found(case, step, told)[1]


def _found(case: CaseView, step: Step[Any], told: Correction) -> tuple[Round | None, Said | None]:
    """The round it was said in, and what was said: where it counts, else where the public reads it still."""
    for found in rounds_of(case, step, told.act):
        if told.round in (0, found.number):
            matching = [
                said for said in case.round_view(found).acts(told.act) if told.task in ("", said.task)
            ]
            if matching:
                return found, matching[-1]
    return None, None


def rounds_of(case: CaseView, step: Step[Any], act: str) -> list[Round]:
    """The rounds in which an act of that name may be put right, newest first: the one that counts, or every one."""
    live = case.live_round(step)
    return list(reversed(case.rounds(step))) if act in step.read_on else [live] if live is not None else []


def demand_read_on(case: CaseView, step: Step[Any], act: str) -> None:
    """When the case has ended only what the public still reads is put right: NotPossible."""
    if case.row.ended_at is not None and act not in step.read_on:
        raise NotPossible(
            f"案件已结束（{case.row.ended_why}），“{step.title}”的这项内容不能再更正，请以新的办理事项办理。"
        )


def demand_correctable(step: Step[Any], act: str, view: RoundView) -> None:
    """What has changed the world outside the case, or rows of its own, is not put right by other words."""
    if not step.may_correct(act, view):
        raise NotPossible(f"“{step.title}”的这项内容已经生效，不能更正，请以新的办理事项办理。")


def check(case: CaseView, facts: Facts, at: datetime) -> Round:
    """The round it belongs to. The corrected facts must stand before kind and rule as the first did."""
    told = cast("Correction", facts)
    step = _step(case.declaration, told.step)
    found, said = _found(case, step, told)
    if said is None or found is None:
        raise NotPossible(f"“{step.title}”还没有填写过内容，无需更正。")
    demand_read_on(case, step, told.act)
    if case.parent is not None and case.parent.asked_by(case) is None:
        raise NotPossible(f"{case.row.number}以后已经重新办理，不能更正，请在新的办件中办理。")
    demand_correctable(step, told.act, case.round_view(found))
    if told.facts == said.facts:
        raise NotPossible("更正后的内容与原来的一样，无需更正。")
    spec = act_of(step, told.act)
    corrected = spec.facts.model_validate(told.facts)
    demand_same_hand(said.facts, corrected)
    if is_entered(corrected) != is_entered(said.facts):
        raise NotPossible("由谁递交不能用更正改有为无或者改无为有，请只更正递交人的姓名。")
    step.check(case.round_view(found), said.task, told.act, corrected, at)
    if spec.proved is not None:
        brought = PaperUse.objects.filter(act=said.id).values_list("kind", flat=True)
        spec.proved(case.law, corrected, set(brought))
    if told.act == step.main_act:
        obey(case, step.rule, corrected, at)
    return found


def keep_letters(case: CaseView, facts: Facts, found: Round, at: datetime) -> None:
    """The letters of the step are put right with what they say, once the clocks have followed."""
    keep_sent(case, _step(case.declaration, cast("Correction", facts).step), found, at, again=True)


def carry_out(case: CaseView, facts: Facts, found: Round, at: datetime) -> None:
    """What the kind keeps, and the marks of the round, follow what is now said, and the clocks follow the marks."""
    told = cast("Correction", facts)
    step = _step(case.declaration, told.step)
    said, gave = _said(case, step, told), _given(case)
    if said is not None:
        read = act_of(step, told.act).facts.model_validate(told.facts)
        step.corrected(case.round_view(found), said.task, told.act, read, at)
    if found.void_at is None:
        engine.mark(case, step, found)
    case.is_touched = True
    clocks.project(case, at, f"更正：{told.reason}")
    asked = case.parent.asked_by(case) if case.parent is not None else None
    if case.parent is not None and asked is not None and gave != _given(case):
        if case.row.round_id is not None:
            case.parent.add_child(case.row.round_id, case)
        undoing.decide_anew(case.parent, asked, f"更正：{told.reason}", at)


def _given(case: CaseView) -> Any:
    """What a case that has ended gives to the one that asked for it; None where nobody asked, or while it runs."""
    if case.row.ended_at is None or case.parent is None or case.declaration.result is None:
        return None
    return case.declaration.reads.gives(case)
