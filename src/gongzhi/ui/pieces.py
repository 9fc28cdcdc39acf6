"""What stands in place under a step of a case's page: a template with what it is told.

A business room offers pieces for steps of its own procedures when the application starts; the page of a case asks for
them by the case's own codes, so that no page names a procedure or a step.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.procedures.declare import Procedure, Step
from gongzhi.procedures.view import CaseView


@dataclass(frozen=True, slots=True)
class Piece:
    """A template, and what it finds as `told` beside the page's own context.

    `stays`: it is not folded away with a step that is done: its reader acts there, or goes on from there.
    """

    template: str
    told: Any = None
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at a case, and when. `masked`: an owner or resident, who sees no single person's or unit's affairs."""

    at: datetime
    masked: bool = False


Reading = Callable[[CaseView, Look], Any]

_OFFERED: dict[tuple[str, str], list[tuple[str, Reading, bool]]] = defaultdict(list)


def offer(
    procedure: type[Procedure], step: Step[Any], template: str, read: Reading, *, stays: bool = False
) -> None:
    """Show `template` under a step, told what `read` answers; None shows nothing. Call it in `AppConfig.ready`.

    `read` is asked once the step has opened, and takes few queries: a case's page has a budget. What several pieces
    look at is read by `CaseView.once`.
    """
    wanted = (template, read, stays)
    if wanted not in _OFFERED[procedure.code, step.code]:
        _OFFERED[procedure.code, step.code].append(wanted)


def offered(view: CaseView, case: Mapping[str, Any], look: Look) -> dict[str, list[Piece]]:
    """Step code → pieces of the rooms, for the steps of a presented case that have opened."""
    begun = [step["code"] for step in case["steps"] if step["state"] in ("open", "done")]
    found = {code: offered_at(view, code, look) for code in begun}
    return {code: pieces for code, pieces in found.items() if pieces}


def offered_at(view: CaseView, code: str, look: Look) -> list[Piece]:
    """The pieces of the rooms for one step that has opened."""
    offers = _OFFERED.get((view.row.procedure, code), ())
    asked = [(template, read(view, look), stays) for template, read, stays in offers]
    return [Piece(template, told, stays) for template, told, stays in asked if told is not None]
