"""Cases: opening, finding, reading one whole, performing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Status

from gongzhi.acts.door import Answer
from gongzhi.procedures.models import Case, Task
from gongzhi.procedures.opening import find_subject, open_case
from gongzhi.procedures.perform import perform
from gongzhi.procedures.presenting import title_of, told_organisation, told_subject, told_summary
from gongzhi.procedures.queries import listed_cases, tasks_of, visible_cases
from gongzhi.procedures.standing import perform_on_case
from gongzhi.ui.casefile import case_file

from ..auth import caller_of, key_of
from ..paging import page
from ..schemas.asked import AskedCases, AskedPage
from ..schemas.basics import PROBLEMS, CaseDone, CaseOpened, Page, PaperIn
from ..schemas.cases import ActIn, CaseIn, CaseOut, CaseSummary, WaitingTask
from .procedures import done

router = Router(tags=["案件"])


#: Filters that are columns.
COLUMNS = ("procedure", "variant", "outcome", "city", "county", "subdistrict", "community", "number")


@router.post("/cases", response={201: CaseOpened, **PROBLEMS}, summary="立案")
def create_case(request: HttpRequest, body: CaseIn) -> Any:
    """Open a case and, where facts are given, perform the act it begins with."""
    caller, key = caller_of(request), key_of(request)
    answer = open_case(
        by=caller.actor,
        at=caller.at,
        procedure=body.procedure,
        variant=body.variant,
        subject=find_subject(*body.subject.named()[0]),
        facts=body.facts,
        papers=_papers(body.papers),
        key=key,
    )
    opened = {"id": answer.value["case"], "number": answer.value["number"]}
    return Status(201, _case_done(answer, body.facts) | opened)


@router.get("/cases", response={200: Page[CaseSummary], **PROBLEMS}, summary="查找案件")
def list_cases(request: HttpRequest, wanted: Query[AskedCases]) -> Any:
    """Visible cases, newest first; without `children` those that no other visible case leads to."""
    appointment = caller_of(request).official
    whole = wanted.children or wanted.root is not None
    rows = visible_cases(appointment) if whole else listed_cases(appointment)
    rows = _filtered(rows, wanted).select_related("estate", "organisation", "jurisdiction")
    found, more = page(rows, by="opened_at", after=wanted.after, limit=wanted.limit, newest_first=True)
    return {"items": [told_summary(row) for row in found], "next": more}


def _filtered(rows: QuerySet[Case], wanted: AskedCases) -> QuerySet[Case]:
    equal = {name: getattr(wanted, name) for name in COLUMNS if getattr(wanted, name)}
    equal |= {name: getattr(wanted, name) for name in ("estate", "root") if getattr(wanted, name)}
    state = Q(ended_at__isnull=wanted.state == "open") if wanted.state else Q()
    return rows.filter(state, **equal)


@router.get(
    "/cases/{case_id}", response={200: CaseOut, **PROBLEMS}, summary="一件案件的全部情况", by_alias=True
)
def get_case(request: HttpRequest, case_id: UUID) -> Any:
    """State, steps, rounds, tasks, clocks with their working, notices, papers, history, `version`."""
    caller = caller_of(request)
    return case_file(case_id, caller.official, caller.at)


@router.post("/cases/{case_id}/{act}", response={200: CaseDone, **PROBLEMS}, summary="办理案件事项")
def perform_standing(request: HttpRequest, case_id: UUID, act: str, body: ActIn) -> Any:
    """A standing act of the case: withdraw, suspend, extend, object …; `step` where several steps offer it."""
    caller = caller_of(request)
    answer = perform_on_case(
        by=caller.actor,
        at=caller.at,
        case_id=case_id,
        act=act,
        facts=body.facts or {},
        papers=_papers(body.papers),
        step=body.step,
        key=key_of(request),
        expects=body.expects,
    )
    return _case_done(answer, body.facts)


@router.get("/tasks", response={200: Page[WaitingTask], **PROBLEMS}, summary="我的待办")
def list_tasks(request: HttpRequest, wanted: Query[AskedPage]) -> Any:
    """What waits for me, soonest first."""
    caller = caller_of(request)
    found, more = page(tasks_of(caller.official), by="sort_at", after=wanted.after, limit=wanted.limit)
    return {"items": [told_task(task, caller.at) for task in found], "next": more}


@router.post("/tasks/{task_id}/{act}", response={200: CaseDone, **PROBLEMS}, summary="办理一项任务")
def perform_task(request: HttpRequest, task_id: UUID, act: str, body: ActIn) -> Any:
    """Perform an act on a task."""
    caller = caller_of(request)
    answer = perform(
        by=caller.actor,
        at=caller.at,
        task_id=task_id,
        act=act,
        facts=body.facts or {},
        papers=_papers(body.papers),
        key=key_of(request),
        expects=body.expects,
    )
    return _case_done(answer, body.facts)


def told_task(task: Task, at: datetime) -> dict[str, Any]:
    """A task as a work list shows it."""
    case = task.case
    copied = ("name", "title", "acting_for", "vacant", "note", "opened_at", "due_at")
    return {
        "id": task.pk,
        "case": {
            "id": case.pk,
            "number": case.number,
            "title": title_of(case),
            "subject": told_subject(case),
        },
        "step": task.round.step.code,
        "organisation": told_organisation(task.organisation),
        "person": task.person.name if task.person is not None else "",
        "is_overdue": task.due_at is not None and task.due_at <= at,
        **{name: getattr(task, name) for name in copied},
    }


def _papers(sent: list[PaperIn]) -> list[dict[str, Any]]:
    return [paper.model_dump() for paper in sent]


def _case_done(answer: Answer, said: Any) -> dict[str, Any]:
    return done(answer, said) | {"case": answer.value["case"]}
