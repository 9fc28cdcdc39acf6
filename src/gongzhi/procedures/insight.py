"""Who looks into a body's own chain: the body itself and the authorities; all others see what leaves it.

A kind names what of its steps is internal (`Step.internal`: acts, tasks, marks) and when a round has left the body
(`Step.is_out`). A party, and whoever reads for the public, sees of such a step that it is open, then what was served.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.models.organisations import AUTHORITIES

from . import catalogue
from .hearing import CORRECT
from .models import CaseAct, IssuedPaper, PaperUse, Round, Task

if TYPE_CHECKING:
    from .declare import Step
    from .documents import Made
    from .standing_acts import Offered
    from .view import CaseView


@dataclass(frozen=True, slots=True)
class Insight:
    """For whom a case is read: an authority sees every chain, a body its own."""

    organisation_id: UUID | None
    is_authority: bool

    def sees(self, case: CaseView, step: Step[Any], round_id: UUID) -> bool:
        """Whether the chain of a round is seen: it has none, or is the reader's own."""
        if not step.internal or self.is_authority:
            return True
        own = (task.organisation_id for task in case.tasks[round_id].values() if task.role == step.by.code)
        return self.organisation_id is not None and self.organisation_id in own


def insight_of(appointment: Appointment | None) -> Insight:
    """What an appointment looks into; an auditor looks at the course of everything."""
    if appointment is None:
        return Insight(None, False)
    organisation = appointment.organisation
    is_authority = organisation.kind in AUTHORITIES if organisation is not None else False
    return Insight(appointment.organisation_id, is_authority or appointment.post == Post.AUDITOR)


def _sees(case: CaseView, step: Step[Any] | None, round_id: UUID | None) -> bool:
    if case.insight is None or step is None or round_id is None:
        return True
    return case.insight.sees(case, step, round_id)


def _is_out(case: CaseView, step: Step[Any], found: Round) -> bool:
    return step.is_out(case.round_view(found))


def shows_round(case: CaseView, step: Step[Any], found: Round) -> bool:
    """A round that went back before it left the body is the body's own."""
    return found.void_at is None or _sees(case, step, found.id) or _is_out(case, step, found)


def shows_task(case: CaseView, step: Step[Any], found: Round, task: Task) -> bool:
    """Not the tasks of the chain, and until it has left the body none of the body's."""
    if _sees(case, step, found.id):
        return True
    return task.name not in step.internal and (task.role != step.by.code or _is_out(case, step, found))


def hidden_tasks(case: CaseView) -> set[UUID]:
    """The tasks of the case its reader does not know of."""
    every = ((step, found) for step in case.declared for found in case.rounds(step))
    return {
        task.id
        for step, found in every
        for task in case.tasks[found.id].values()
        if not (shows_round(case, step, found) and shows_task(case, step, found, task))
    }


def shows_mark(case: CaseView, step: Step[Any], found: Round, name: str) -> bool:
    """Not the marks of the chain."""
    return name not in step.internal or _sees(case, step, found.id)


def shows_issued(case: CaseView, step: Step[Any], found: Round) -> bool:
    """The paper, once it has left the body."""
    return _sees(case, step, found.id) or _is_out(case, step, found)


def shows_act(case: CaseView, act: CaseAct) -> bool:
    """Not what the chain says, nor what puts that right."""
    step = _step_of(case, act)
    return step is None or not is_internal(step, act) or _sees(case, step, act.round_id)


def is_internal(step: Step[Any], act: CaseAct) -> bool:
    """Whether an act belongs to the chain, or corrects one that does."""
    return (act.facts["act"] if act.name == CORRECT else act.name) in step.internal


def _step_of(case: CaseView, act: CaseAct) -> Step[Any] | None:
    if act.round_id is None:
        return None
    return next(
        (step for step in case.declared if any(found.id == act.round_id for found in case.rounds(step))), None
    )


def shows_offered(case: CaseView, one: Offered) -> bool:
    """Not what the body may do with a draft of its own."""
    if one.step is None or one.spec.name not in one.step.internal:
        return True
    found = case.live_round(one.step)
    return found is None or _sees(case, one.step, found.id)


def shows_made(case: CaseView, made: Made) -> bool:
    """Not the drafts, and nothing that is made of a chain before it has left the body."""
    step, view = made.source.step, made.source.round
    if step is None or view is None or _sees(case, step, view.id):
        return True
    return step.is_out(view) and not made.is_preview


# What was read without its case -------------------------------------------------------------------------------------


def papers_shown(rows: Iterable[IssuedPaper], appointment: Appointment | None) -> Iterator[IssuedPaper]:
    """Of issued papers those the reader may know of; costs nothing for an authority."""
    from .view import CaseView

    insight = insight_of(appointment)
    for row in rows:
        if insight.is_authority:
            yield row
            continue
        case = CaseView(row.case, insight=insight)
        found = next(
            ((step, one) for step in case.declared for one in case.rounds(step) if one.id == row.round_id),
            None,
        )
        if found is None or shows_issued(case, *found):
            yield row


def uses_shown(rows: Iterable[PaperUse], appointment: Appointment | None) -> Iterator[PaperUse]:
    """Of papers sent with acts those the reader may know of; `act` and `case` should be selected with them."""
    from .view import CaseView

    insight = insight_of(appointment)
    internal = {CORRECT, *(name for one in catalogue.every() for step in one.steps for name in step.internal)}
    for row in rows:
        is_plain = insight.is_authority or row.act.round_id is None or row.act.name not in internal
        if is_plain or shows_act(CaseView(row.case, insight=insight), row.act):
            yield row


def acts_shown(rows: Iterable[CaseAct], appointment: Appointment | None) -> Iterator[CaseAct]:
    """Of acts those the reader may know of; `case` and `round__step` should be selected with them."""
    from .view import CaseView

    insight = insight_of(appointment)
    for row in rows:
        if insight.is_authority or row.round is None:
            yield row
            continue
        step = catalogue.find(row.case.procedure, row.case.version).step(row.round.step.code)
        is_plain = row.name not in (*step.internal, CORRECT)
        if is_plain or shows_act(CaseView(row.case, insight=insight), row):
            yield row


def tasks_shown(rows: Iterable[Task], appointment: Appointment | None) -> Iterator[Task]:
    """Of tasks those the reader may know of, as they may: of a chain that is open only that its step is.

    `case` and `round__step` should be selected with them.
    """
    from .view import CaseView

    insight = insight_of(appointment)
    for row in rows:
        step = catalogue.find(row.case.procedure, row.case.version).step(row.round.step.code)
        if insight.is_authority or not step.internal or row.organisation_id == insight.organisation_id:
            yield row
            continue
        case = CaseView(row.case, insight=insight)
        found = next(one for one in case.rounds(step) if one.id == row.round_id)
        if shows_task(case, step, found, row):
            yield row
        elif not _is_out(case, step, found):
            row.title, row.note, row.note_before = step.title, "", ""
            yield row
