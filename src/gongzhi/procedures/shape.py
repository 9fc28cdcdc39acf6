"""The shape of every declaration, and what of it must not change once it is released.

`procedures.lock.json` holds the shape of every released version. A step of it that changes its name, kind, tasks, acts
or edges would break the cases that run on it: then the version is bumped and the old class kept while a case runs.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongzhi.registry.roles import Role

from . import catalogue
from .declare import Procedure, Step
from .standing_acts import BASE

#: What may be put into other words without touching a running case.
WORDS = {"title", "realises", "code", "procedure", "makes", "foretells", "on_arrival", "reply_basis"}


def shapes() -> dict[str, dict[str, Any]]:
    """Procedure → version → shape, of everything that is declared."""
    found: dict[str, dict[str, Any]] = {}
    for procedure in catalogue.every():
        found.setdefault(procedure.code, {})[str(procedure.version)] = shape_of(procedure)
    return found


def shape_of(procedure: type[Procedure]) -> dict[str, Any]:
    """What running cases of one version rest on."""
    return {
        "subject": procedure.subject,
        "parties": [role.code for role in procedure.parties],
        "variants": [variant.code for variant in procedure.variants],
        "outcomes": list(procedure.outcomes),
        "standing": sorted({*BASE, *procedure.standing}),
        "steps": {step.code: _step(step) for step in procedure.steps},
    }


def _step(step: Step[Any]) -> dict[str, Any]:
    """Kind, tasks, acts with the classes of their facts, edges, clocks, and whatever its kind was told."""
    told = {
        name: _plain(given)
        for name, given in sorted(vars(step).items())
        if name not in WORDS and name != "due"
    }
    return told | {
        "kind": step.kind,
        "tasks": list(step.task_names),
        "acts": {name: _facts(spec.facts) for name, spec in sorted(step.act_specs().items())},
        "standing": sorted(step.standing_specs()),
        "outcomes": list(step.all_outcomes()),
        "clocks": [[due.key, due.anchor, due.before, due.on_missed] for due in step.due],
    }


def _facts(kind: Any) -> str:
    return f"{kind.__module__.removeprefix('gongzhi.')}.{kind.__qualname__}/{kind.version}"


def _plain(given: Any) -> Any:
    """Something a step was told, as JSON: roles, steps and marks by code, functions by name."""
    if isinstance(given, (Role, Step)):
        return given.code
    if isinstance(given, dict):
        return {name: _plain(part) for name, part in sorted(given.items())}
    if isinstance(given, (tuple, list)):
        return [_plain(part) for part in given]
    if given is None or isinstance(given, (str, int, bool)):
        return given
    if hasattr(given, "mark"):
        return f"{given.step.code}.{given.mark}" if given.mark else given.step.code
    if hasattr(given, "variants"):
        return {"keys": list(given.keys), "variants": list(given.variants), "otherwise": bool(given.why_not)}
    return getattr(given, "__qualname__", type(given).__name__)


def changes(released: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Every released thing that is gone or changed, in words; a new step, version or procedure is none."""
    for code, versions in released.items():
        for version, before in versions.items():
            after = now.get(code, {}).get(version)
            if after is None:
                yield f"{code} {version} is released and declared no longer"
                continue
            yield from _changes_of(f"{code} {version}", before, after)


def _changes_of(where: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name, step in before["steps"].items():
        found = after["steps"].get(name)
        if found is None:
            yield f"{where}: the released step {name} is gone"
        for part, was in step.items() if found is not None else ():
            if found.get(part) != was:
                yield f"{where}: {name} has other {part}: {was!r} is now {found.get(part)!r}"
    for part in ("subject", "parties", "variants", "outcomes", "standing"):
        gone = set(_listed(before[part])) - set(_listed(after[part]))
        if gone:
            yield f"{where}: {part} without {'、'.join(sorted(gone))}"


def _listed(part: Any) -> list[str]:
    return part if isinstance(part, list) else [part]


def read_lock(path: Path) -> dict[str, dict[str, Any]]:
    """The released shapes; none before the first release."""
    released = json.loads(path.read_text("utf-8"))["released"] if path.exists() else {}
    return dict(released)


def write_lock(path: Path) -> None:
    """Release what is declared now: done once a release, after the changes were looked at."""
    text = json.dumps({"released": shapes()}, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", "utf-8")
