"""Start-up checks of every declaration: a reference to nothing, an outcome named nowhere, an unbound child."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

from django.core.checks import Error, register

from gongzhi.acts.door import ACTIONS
from gongzhi.acts.policies import POLICIES
from gongzhi.law import reading

from . import catalogue
from .declare import Ahead, Every, Procedure, Step
from .kinds.child import Child
from .recurring import LEVELS
from .standing_acts import BASE


@register()
def check_declarations(**_: Any) -> list[Error]:
    """Django's system check: the application does not start on a wrong declaration."""
    found = [finding for procedure in catalogue.current() for finding in findings(procedure)]
    found += [
        f"action {action.name} names the unbound policy {action.may}"
        for action in ACTIONS.values()
        if action.may not in POLICIES
    ]
    return [Error(text, id="procedures.E001") for text in found]


def findings(procedure: type[Procedure]) -> Iterator[str]:
    """What is wrong with one declaration, in words."""
    yield from _head_findings(procedure)
    yield from _standing_findings(procedure)
    for step in procedure.steps:
        where = f"{procedure.code}.{step.code}"
        yield from _order_findings(procedure, step, where)
        yield from _key_findings(procedure, step, where)
        if isinstance(step, Child) and not _is_bound(step.runs):
            yield f"{where} runs {step.runs}, which is declared nowhere"
            continue
        yield from _outcome_findings(procedure, step, where)
        yield from _anchor_findings(procedure, step, where)


def _head_findings(procedure: type[Procedure]) -> Iterator[str]:
    if not procedure.code or not procedure.title:
        yield f"{procedure.__name__} has no code or no title"
    if not procedure.steps:
        yield f"{procedure.code} has no steps"
    if isinstance(procedure.opens, Ahead):
        yield from _watch_findings(procedure, procedure.opens)
    if isinstance(procedure.opens, Every):
        if procedure.subject != "jurisdiction" or procedure.opens.per.code not in LEVELS:
            yield f"{procedure.code} recurs per {procedure.opens.per.code}, which is no jurisdiction"
        if procedure.opens.key not in _known_keys():
            yield f"{procedure.code} recurs by {procedure.opens.key}, which is no key of the law"
    if procedure.variants_key and procedure.variants_key not in _known_keys():
        yield f"{procedure.code} looks for its variants in {procedure.variants_key}, which is no key of the law"
    for told in (procedure.takes, procedure.result):
        if told is not None and not is_dataclass(told):
            yield f"{procedure.code} exchanges {told.__name__}, which is no dataclass"
    if procedure.code in _runs(procedure, set()):
        yield f"{procedure.code} runs itself"


def _watch_findings(procedure: type[Procedure], opens: Ahead) -> Iterator[str]:
    if procedure.subject == "jurisdiction":
        yield f"{procedure.code} watches a date of a jurisdiction, which has none"
    if opens.key not in _known_keys():
        yield f"{procedure.code} looks ahead by {opens.key}, which is no key of the law"
    if not any(due.ahead and due.key == opens.key for step in procedure.steps for due in step.due):
        yield f"{procedure.code} watches a date and tells nobody of it"


def _runs(procedure: type[Procedure], seen: set[str]) -> set[str]:
    """Every procedure run below this one."""
    for step in procedure.steps:
        if isinstance(step, Child) and step.runs not in seen and _is_bound(step.runs):
            seen.add(step.runs)
            _runs(catalogue.find(step.runs), seen)
    return seen


def _standing_findings(procedure: type[Procedure]) -> Iterator[str]:
    for name, own in procedure.standing.items():
        if name != own.spec.name:
            yield f"{procedure.code} lists the standing act {own.spec.name} as {name}"
        if name in BASE:
            yield f"{procedure.code} declares {name}, which every case has"
        if not own.by:
            yield f"{procedure.code} lets nobody do {name}"


def _order_findings(procedure: type[Procedure], step: Step[Any], where: str) -> Iterator[str]:
    earlier = procedure.steps[: procedure.steps.index(step)]
    for moment in step.moments:
        if moment.step not in earlier:
            yield f"{where} comes after {moment.step!r}, which is not declared before it"
        elif moment.mark and moment.mark not in _marks_of(moment.step):
            yield f"{where} comes after the mark {moment.mark}, which {moment.step!r} never sets"
    for outcome, target in step.back.items():
        if target is not step and (target not in earlier or step not in procedure.downstream(target)):
            yield f"{where} goes back on {outcome} to {target!r}, which does not lead to it"
    known = {variant.code for variant in procedure.variants}
    for variant in step.when.variants if step.when is not None else ():
        if variant not in known:
            yield f"{where} is wanted in the variant {variant}, which {procedure.code} does not have"


def _outcome_findings(procedure: type[Procedure], step: Step[Any], where: str) -> Iterator[str]:
    for outcome in step.unhandled():
        yield f"{where} has the outcome {outcome}, which is named nowhere"
    for outcome in (*step.back, *step.ends, *step.goes):
        if outcome not in step.all_outcomes():
            yield f"{where} names the outcome {outcome}, which it never has"
    for ended in step.ends.values():
        if ended not in procedure.outcomes:
            yield f"{where} ends the case as {ended}, which is no outcome of {procedure.code}"
    if step.main_act and step.main_act not in step.act_specs():
        yield f"{where} has the main act {step.main_act}, which it does not know"


def _key_findings(procedure: type[Procedure], step: Step[Any], where: str) -> Iterator[str]:
    """Every key of the law a step names is one."""
    named = [*(step.when.keys if step.when is not None else ()), *step.keys()]
    for due in step.due:
        named += [due.key, due.safeguard]
    for key in named:
        if key and key not in _known_keys():
            yield f"{where} asks for {key}, which is no key of the law"


def _anchor_findings(procedure: type[Procedure], step: Step[Any], where: str) -> Iterator[str]:
    """A clock counts from a mark of this procedure, of a child, or of one that runs it."""
    above = [parent for parent in catalogue.current() if procedure.code in _runs(parent, set())]
    for due in step.due:
        if isinstance(due.of, str) and not any(_is_marked(due.of, by) for by in (procedure, *above)):
            yield f"{where} counts from {due.of}, which no step marks"


def _is_marked(path: str, procedure: type[Procedure]) -> bool:
    first, _, rest = path.partition(".")
    for step in procedure.steps:
        if not rest and first in _marks_of(step):
            return True
        if step.code == first and rest:
            if rest in _marks_of(step):
                return True
            if isinstance(step, Child) and _is_bound(step.runs):
                return _is_marked(rest, catalogue.find(step.runs))
    return False


def _marks_of(step: Step[Any]) -> tuple[str, ...]:
    """The marks of a step; of a child's step also those of its own steps."""
    if isinstance(step, Child) and _is_bound(step.runs):
        inside = [name for known in catalogue.find(step.runs).steps for name in _marks_of(known)]
        return (*step.mark_names(), *inside)
    return step.mark_names()


def _known_keys() -> frozenset[str]:
    return frozenset(reading.keys())


def _is_bound(code: str) -> bool:
    return any(procedure.code == code for procedure in catalogue.current())
