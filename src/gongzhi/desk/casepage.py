"""What a case's page adds to the case as it is told: the reader's forms in place, what has to wait, who may beside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from gongzhi.acts.actor import Actor
from gongzhi.procedures import catalogue
from gongzhi.procedures.again import said_before
from gongzhi.procedures.articles import articles_of
from gongzhi.procedures.declare import Step
from gongzhi.procedures.entering import TITLE, entered, with_the_scan
from gongzhi.procedures.kinds.checklist import ItemSaid
from gongzhi.procedures.mayact import is_own, may_enter
from gongzhi.procedures.models import Case, Task
from gongzhi.procedures.presenting import ReadView, papers_of_step
from gongzhi.procedures.queries import visible_cases
from gongzhi.procedures.reads import ALL_DONE
from gongzhi.procedures.signed import signer_field
from gongzhi.procedures.standing_acts import Offered, own_acts
from gongzhi.procedures.tasks import spec_of, step_of
from gongzhi.procedures.terms import ActSpec
from gongzhi.procedures.undone import undone_by_task
from gongzhi.registry.models import Appointment
from gongzhi.ui.parts.days import short_due
from gongzhi.ui.parts.steps import Blocked, inside, waiting
from gongzhi.values.citations import Citation

from .asking import AskedFor, asked_for
from .deeds import Deed
from .references import Around, choices_for, rows_to_begin_with
from .saying import about_case, about_task

#: The number of a case in a sentence.
NUMBERED = re.compile(r"[^\s：，。（）“”]+〔\d{4}〕[\d-]+")
#: More forms than these are not shown in place: the rest is reached by a link each.
IN_PLACE = 6
#: Of what has to wait, so much is said.
MOST_BLOCKED = 3


@dataclass(frozen=True)
class Duty:
    """An open task of the reader's: its deeds, or why somebody else of the same body has to do it."""

    task: Mapping[str, Any]
    deeds: Sequence[Deed] = ()
    why_not: str = ""
    #: What was asked for: it stands beside the form that answers it.
    asked: Sequence[AskedFor] = ()
    #: The papers of its step that can be read by now: a letter is looked at before it is checked, signed, sealed.
    papers: Sequence[Mapping[str, Any]] = ()


def duties(case: Mapping[str, Any], view: ReadView, at: datetime, hand: str = "") -> list[Duty]:
    """The reader's open tasks, each with the acts it allows now; last what is done only where others fail.

    `hand`: whose name a signature begins with.
    """
    waits = [task for task in case["tasks"] if task["mine"] and task["state"] == "open"]
    waits.sort(key=lambda task: bool(task["instead"]))
    place = around(view.row)
    return [_duty(task, case, view, place, at, hand) for task in waits]


def _duty(
    task: Mapping[str, Any],
    case: Mapping[str, Any],
    view: ReadView,
    place: Around,
    at: datetime,
    hand: str,
) -> Duty:
    if task["why_not"]:
        return Duty(task, why_not=task["why_not"])
    if not task["acts"]:
        return Duty(task, why_not=task["note"] or "要先办完列出的其他事项。")
    step = view.declaration.step(task["step"])
    specs = step.act_specs()
    deeds = [
        task_deed(
            task["id"],
            step,
            specs[act["act"]],
            view,
            case["version"],
            at=at,
            name=task["name"],
            place=place,
            hand=hand,
        )
        for act in task["acts"]
    ]
    papers = papers_of_step(case, step.code)
    asked = asked_for(view, step, task["name"])
    return Duty(task, [deed for deed in deeds if not tells_items(deed)], asked=asked, papers=papers)


def tells_items(deed: Deed) -> bool:
    """Whether the act is one item of a list."""
    return issubclass(deed.spec.facts, ItemSaid)


def task_deed(
    task_id: UUID,
    step: Step[Any],
    spec: ActSpec,
    view: ReadView,
    version: int | None,
    *,
    at: datetime | None = None,
    name: str = "",
    place: Around | None = None,
    hand: str = "",
    is_entered: bool = False,
) -> Deed:
    """An act on a task; `is_entered`: for whoever handed it in on paper.

    `at`: when it is worded to begin with, as the task of that `name`; `place`: what other forms of the page have read;
    `hand`: who is signed in, by name.
    """
    spec = step.asked_on(name, spec)
    if is_entered:
        spec = replace(spec, facts=entered(spec.facts))
    place = place or around(view.row)
    begun = _begun(view, step, spec, at, name) if at is not None else {}
    asked = step.asked_of(view, spec)
    return Deed(
        spec=spec,
        about=about_task(task_id, spec.name, view.row.pk),
        address=reverse("task-act", args=[task_id, spec.name]),
        prefix=f"t{str(task_id)[-8:]}-{spec.name}",
        papers=with_the_scan(asked, step.own_codes()) if is_entered else asked,
        choices=choices_for(spec.facts, place) | _codes(step, spec, view) | _offered_in(step, spec, view),
        version=version,
        initial={**_signed_by(spec, hand), **rows_to_begin_with(spec.facts, place), **begun},
        known=step.known_before(view, spec.name, at) if at is not None else {},
        undone=undone_by_task(view, step, spec.name) if at is not None else (),
    )


def _begun(view: ReadView, step: Step[Any], spec: ActSpec, at: datetime, name: str) -> Mapping[str, Any]:
    """What the case words, over what was said in a round that is void; what was sent back is put right as it was."""
    before, worded = said_before(view, step, spec.name, name), step.begins_with(view, spec.name, at, name)
    return {**worded, **before.facts} if before.is_own else {**before.facts, **worded}


def _signed_by(spec: ActSpec, hand: str) -> dict[str, str]:
    """A signature begins with the name of who is signed in."""
    name = signer_field(spec.facts)
    return {name: hand} if name and hand else {}


def _codes(step: Step[Any], spec: ActSpec, view: ReadView) -> dict[str, list[tuple[str, str]]]:
    """The step's own codes, as far as the round leaves them to choose."""
    found = view.live_round(step)
    return step.codes_of(spec.name, view.round_view(found) if found is not None else None)


def _offered_in(step: Step[Any], spec: ActSpec, view: ReadView) -> dict[str, list[tuple[str, str]]]:
    """What the round offers for the fields of an act that photographs come with."""
    found = view.live_round(step) if spec.pictures is not None else None
    offers = step.offers(view.round_view(found), spec.name) if found is not None else {}
    return {name: [(each, each) for each in words] for name, words in offers.items()}


def standing_deed(
    view: ReadView,
    one: Offered,
    step: str,
    version: int | None,
    *,
    at: datetime | None = None,
    hand: str = "",
) -> Deed:
    """An act on a case. `at`: when what is known beforehand is told; `hand`: who is signed in, by name."""
    case, spec = view.row, one.spec
    places = {name: [(each, each) for each in words] for name, words in one.offers(view).items()}
    return Deed(
        spec=spec,
        about=about_case(case.pk, spec.name, step),
        address=standing_address(case.pk, spec.name, step),
        prefix=f"c{str(case.pk)[-8:]}-{spec.name}",
        papers=one.pictures(view),
        choices={**choices_for(spec.facts, around(case)), **places},
        version=version,
        initial=_signed_by(spec, hand),
        known=one.known_before(view, at) if at is not None else {},
    )


def standing_address(case_id: UUID, act: str, step: str) -> str:
    """Where a standing act is said."""
    address = reverse("case-act", args=[case_id, act])
    return f"{address}?{urlencode({'step': step})}" if step else address


def around(row: Case) -> Around:
    """The case, as its references are looked up."""
    declared = catalogue.find(row.procedure, row.version)
    return Around(row, lambda code: declared.step(code).title)


@dataclass(frozen=True, slots=True)
class Beside:
    """A standing act the reader may do."""

    title: str
    address: str
    where: str


def beside(view: ReadView, by: Actor, at: datetime) -> list[Beside]:
    """The standing acts open to the reader now."""
    taken_in = [_entered(task, view) for task in view.open_tasks() if is_to_enter(view, task, by, at)]
    return [*(_beside(view.row, one) for one in own_acts(view, by, at)), *taken_in]


def is_to_enter(view: ReadView, task: Task, by: Actor, at: datetime) -> bool:
    """Whether the reader may enter a task that is somebody else's, whose paper was handed in."""
    spec = spec_of(view, task) if step_of(view, task).entered_by else None
    return spec is not None and may_enter(view, spec.entered_by, by, at) and not is_own(view, task, by, at)


def _entered(task: Task, view: ReadView) -> Beside:
    step = step_of(view, task)
    return Beside(f"{TITLE}：{step.title}", reverse("task-act", args=[task.pk, step.main_act]), step.title)


def ways_on(view: ReadView, sentence: str, by: Actor, at: datetime) -> list[Beside]:
    """Of the standing acts open to the reader those that a refusal names: it leads on to what it says."""
    named = [own for own in view.declaration.standing.values() if f"“{own.spec.title}”" in sentence]
    return [one for one in beside(view, by, at) if f"“{one.title}”" in sentence] if named else []


def _beside(row: Case, one: Offered) -> Beside:
    address = standing_address(row.pk, one.spec.name, one.at_step)
    return Beside(one.spec.title, address, one.step.title if one.step is not None else "")


def offered_at_steps(case: Mapping[str, Any], view: ReadView, body: UUID | None) -> dict[str, list[Beside]]:
    """Step → the standing acts that are told for it and are the reader's to do, as far as the case knows.

    Under a step that is open; what sends the case back to a step stands beside it when it is done, too.
    The reader's body is taken for each role of whose tasks it holds one here, or as which it is a party; the door asks
    anew.
    """
    if body is None:
        return {}
    own = {task["role"]["role"] for task in case["tasks"] if _body_of(task) == body}
    own |= {party["role"] for party in case["parties"] if _body_of(party) == body}
    begun = {step["code"]: step["state"] for step in case["steps"] if step["state"] in ("open", "done")}
    found: dict[str, list[Beside]] = {}
    for act in case["standing"]:
        if own & {role["role"] for role in act["by"]}:
            address = standing_address(view.row.pk, act["act"], act["step"])
            declared = view.declaration.standing.get(act["act"])
            states = ("open", "done") if declared is not None and declared.undoes is not None else ("open",)
            for code in (code for code in act["under"] if begun.get(code) in states):
                found.setdefault(code, []).append(Beside(act["title"], address, ""))
    return found


def _body_of(told: Mapping[str, Any]) -> UUID | None:
    return told["organisation"]["id"] if told["organisation"] else None


def blocked(case: Mapping[str, Any], duties_: Sequence[Duty]) -> list[Blocked]:
    """What cannot be done yet and why: the next steps to come, and tasks that wait for somebody else."""
    if case["state"] == "ended":
        return []
    declared = catalogue.find(case["procedure"])
    states = {step["code"]: step["state"] for step in case["steps"]}
    found = [
        Blocked(duty.task["title"], duty.why_not)
        for duty in duties_
        if duty.why_not and not duty.task["instead"] and not duty.task["stands_still"]
    ]
    for step in case["steps"]:
        if step["state"] == "waiting":
            before = [
                one
                for one in declared.step(step["code"]).after
                if states.get(one.code) in ("open", "waiting")
            ]
            if before and any(states[one.code] == "open" for one in before):
                found.append(Blocked(step["title"], f"先办完“{'”“'.join(one.title for one in before)}”"))
    return found[:MOST_BLOCKED]


def reasons(
    case: Mapping[str, Any], view: ReadView, aside: frozenset[str]
) -> dict[str, tuple[Citation, ...]]:
    """The articles each step rests on; of one that was skipped, those behind its skipping."""
    return {step["code"]: _cites(step, view, aside) for step in case["steps"]}


def _cites(step: Mapping[str, Any], view: ReadView, aside: frozenset[str]) -> tuple[Citation, ...]:
    declared = view.declaration.step(step["code"])
    if step["state"] != "skipped":
        return articles_of(declared, view.law)
    when = declared.when
    keys = (view.declaration.variants_key,) if step["code"] in aside else when.keys if when else ()
    return view.law.cites_known(*keys)


def heading(case: Mapping[str, Any]) -> str:
    """What the case stands at, in half a sentence."""
    if case["state"] == "ended":
        return "已结束"
    if case["state"] == "suspended":
        return "暂停计时中"
    waits = [task for task in waiting(case) if not task["instead"]]
    now = [task for task in waits if task["not_before"] is None]
    mine = [task for task in now if task["mine"] and not task["why_not"]]
    if mine:
        # as many as the turn band shows, which tells from when on those can be done that cannot yet
        every = sum(task["mine"] and not task["why_not"] for task in waits)
        return f"等您办“{mine[0]['title']}”{f'等 {every} 项' if every > 1 else ''}"
    holding = [task for task in now if task["holds"]]
    below = [step["title"] for step in case["steps"] if _waits_for_a_case(step, case)]
    if below and not holding:
        return f"等“{'”“'.join(below)}”办结"
    later = [task for task in waits if task["not_before"] is not None]
    if later and not holding:
        who = "您" if later[0]["mine"] and not later[0]["why_not"] else _holder(later[0])
        return f"{short_due(later[0]['not_before'])} 以后等{who}办“{later[0]['title']}”"
    if now:
        return f"等{_awaited(now[0])}办“{now[0]['title']}”"
    at_work = inside(case)
    return f"等{at_work[0]['by']['title']}办“{at_work[0]['title']}”" if at_work else "现在没有待办事项"


def how_it_ended(case: Mapping[str, Any]) -> str:
    """Why a case has ended; where something is still to be done after it, how much: then not all of it is over."""
    left = [task for task in waiting(case) if not task["instead"]] if case["state"] == "ended" else []
    if not left:
        return str(case["ended_why"])
    why = "" if case["ended_why"] == ALL_DONE else case["ended_why"]
    return "，".join(filter(None, (why, f"另有 {len(left)} 项后续待办")))


def ended_by(case: Mapping[str, Any], seat: Appointment) -> tuple[UUID, str] | None:
    """Id and number of the case that is named by why this one has ended, where the reader sees it."""
    named = NUMBERED.search(str(case["ended_why"])) if case["state"] == "ended" else None
    found = visible_cases(seat).filter(number=named[0]).first() if named is not None else None
    return (found.pk, found.number) if found is not None and found.pk != case["id"] else None


def _waits_for_a_case(step: Mapping[str, Any], case: Mapping[str, Any]) -> bool:
    """Whether the step is done by a case of its own, which is not over."""
    running = (child["step"] for child in case["children"] if not child["outcome"])
    return step["state"] == "open" and step["code"] in running


def _awaited(task: Mapping[str, Any]) -> str:
    return f"{_holder(task)}的同事" if task["mine"] else _holder(task)


def _holder(task: Mapping[str, Any]) -> str:
    organisation = task["organisation"]
    return str(organisation["name"] if organisation else task["person"] or task["role"]["title"])
