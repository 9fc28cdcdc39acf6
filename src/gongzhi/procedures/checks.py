"""Start-up checks of every declaration: a reference to nothing, an outcome named nowhere, an unbound child."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register

from gongzhi.acts.door import ACTIONS
from gongzhi.acts.policies import POLICIES

from . import catalogue
from .declare import Procedure, Step
from .kinds.child import Child


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
    yield from _code_findings(procedure)
    for step in procedure.steps:
        where = f"{procedure.code}.{step.code}"
        yield from _reference_findings(procedure, step, where)
        yield from _anchor_findings(procedure, step, where)
        if isinstance(step, Child) and not _is_bound(step.runs):
            yield f"{where} runs {step.runs}, which is declared nowhere"
            continue
        for outcome in step.unhandled():
            yield f"{where} has the outcome {outcome}, which is named nowhere"


def _code_findings(procedure: type[Procedure]) -> Iterator[str]:
    if not procedure.code or not procedure.title:
        yield f"{procedure.__name__} has no code or no title"
    if not procedure.steps:
        yield f"{procedure.code} has no steps"
    for name, own in procedure.standing.items():
        if name != own.spec.name:
            yield f"{procedure.code} lists the standing act {own.spec.name} as {name}"


def _reference_findings(procedure: type[Procedure], step: Step[Any], where: str) -> Iterator[str]:
    earlier = procedure.steps[: procedure.steps.index(step)]
    for other in step.after:
        if other not in earlier:
            yield f"{where} comes after {other!r}, which is not declared before it"
    for outcome, target in step.back.items():
        if target not in (*earlier, step):
            yield f"{where} goes back on {outcome} to {target!r}, which is not before it"
    for outcome in (*step.back, *step.ends, *step.goes):
        if _knows_outcomes(step) and outcome not in step.all_outcomes():
            yield f"{where} names the outcome {outcome}, which it never has"
    for ended in step.ends.values():
        if ended not in procedure.outcomes:
            yield f"{where} ends the case as {ended}, which is no outcome of {procedure.code}"


def _knows_outcomes(step: Step[Any]) -> bool:
    return not isinstance(step, Child) or _is_bound(step.runs)


def _anchor_findings(procedure: type[Procedure], step: Step[Any], where: str) -> Iterator[str]:
    """A clock counts from a step of this procedure or of an ancestor; what is written with a dot is looked up."""
    codes = {known.code for known in procedure.steps}
    for wanted in step.due:
        if (
            isinstance(wanted.of, str)
            and wanted.of.partition(".")[0] not in codes
            and not procedure.child_only
        ):
            yield f"{where} counts from {wanted.of}, which no step marks"


def _is_bound(code: str) -> bool:
    return any(procedure.code == code for procedure in catalogue.current())
