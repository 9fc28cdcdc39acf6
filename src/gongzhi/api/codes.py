"""`docs/reference/codes.md`: the codes that programs rely on, generated from the declarations."""

from collections.abc import Iterable, Iterator
from typing import Any

from gongzhi.acts.door import ACTIONS, Action
from gongzhi.procedures import catalogue
from gongzhi.procedures.declare import Procedure, Step
from gongzhi.procedures.standing import BASE
from gongzhi.procedures.terms import Moment
from gongzhi.registry.roles import ROLES

HEAD = """\
# Codes

Generated from the declarations by `gongzhi.api.codes`; do not edit. Renaming a code is a breaking change.
"""


def render() -> str:
    """The whole page."""
    parts = [HEAD, *_procedures(), *_standing(), *_roles(), *_actions()]
    return "\n".join(parts).rstrip("\n") + "\n"


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _coded(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _procedures() -> Iterator[str]:
    for procedure in catalogue.current():
        yield f"## `{procedure.code}` {procedure.title}\n"
        yield f"Version {procedure.version}, about: {procedure.subject}. Outcomes: {_coded(procedure.outcomes)}.\n"
        if procedure.variants:
            rows = [(f"`{one.code}`", one.title) for one in procedure.variants]
            yield from _table(("variant", "情形"), rows)
        rows_of_steps = [_step(procedure, step) for step in procedure.steps]
        yield from _table(("step", "步骤", "kind", "role", "acts", "outcomes", "marks"), rows_of_steps)
        own = [_own(name, declared) for name, declared in procedure.standing.items()]
        if own:
            yield from _table(("standing act", "事项", "roles"), own)


def _step(procedure: type[Procedure], step: Step[Any]) -> tuple[str, ...]:
    acts = [*step.act_specs(), *step.standing_specs()]
    marks = dict.fromkeys([*filter(None, [step.marks]), *_relied_on(procedure, step)])
    role, outcomes = f"`{step.by.code}`", _coded(step.all_outcomes())
    return (f"`{step.code}`", step.title, f"`{step.kind}`", role, _coded(acts), outcomes, _coded(marks))


def _relied_on(procedure: type[Procedure], step: Step[Any]) -> Iterator[str]:
    """The marks of a step that other steps or clocks name, and those a missed clock sets."""
    for other in procedure.steps:
        moments: tuple[Moment, ...] = other.moments
        yield from (moment.mark for moment in moments if moment.step is step and moment.mark)
        for due in other.due:
            first, _, mark = due.anchor.partition(".")
            yield from [mark] if first == step.code and mark else []
    yield from (due.on_missed for due in step.due if due.on_missed)


def _own(name: str, declared: Any) -> tuple[str, ...]:
    return (f"`{name}`", declared.spec.title, _coded(role.code for role in declared.by))


def _standing() -> Iterator[str]:
    yield "## Standing acts of every case\n"
    yield from _table(("act", "事项"), [(f"`{name}`", spec.title) for name, spec in BASE.items()])


def _roles() -> Iterator[str]:
    yield "## Roles\n"
    named = (step.by for procedure in catalogue.current() for step in procedure.steps)
    known = dict.fromkeys([*ROLES.values(), *named])
    yield from _table(
        ("role", "角色", "kind"), [(f"`{one.code}`", one.title, f"`{one.kind}`") for one in known]
    )


def public_actions() -> dict[str, Action[Any]]:
    """The acts that need no case, by name, without those that only a test declares."""
    found = ((name, declared) for name, declared in sorted(ACTIONS.items()) if declared.public)
    return {name: declared for name, declared in found if ".tests." not in declared.facts.__module__}


def _actions() -> Iterator[str]:
    yield "## Acts that need no case\n"
    told = [(f"`{name}`", found.title) for name, found in public_actions().items()]
    yield from _table(("act", "事项"), told)


def write(path: str) -> None:
    """Write the page."""
    with open(path, "w", encoding="utf-8") as page:
        page.write(render())
