"""A list that is handed over, told item by item on one page."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongzhi.law import queries as law
from gongzhi.procedures.kinds.checklist import RECORD, ItemSaid
from gongzhi.procedures.mayact import may_do
from gongzhi.procedures.models import Item, Task
from gongzhi.procedures.perform import act_of, perform
from gongzhi.procedures.presenting import ReadView
from gongzhi.procedures.queries import case_seen
from gongzhi.procedures.tasks import spec_of
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound, Refusal

from ..checklists import Inventory, record_all, told_by
from .acting import DONE, actor_in, crumbs_of


@seated
@require_http_methods(["GET", "POST"])
def task_items(request: HttpRequest, seat: Seat, task_id: UUID) -> HttpResponse:
    """The items of a task's list; those that say something new are recorded, each by an act of its own."""
    task = Task.objects.filter(pk=task_id).select_related("round__step", "organisation", "person").first()
    if task is None:
        raise NotFound("没有这项任务，可能已经撤销，请刷新待办列表。")
    row, by = case_seen(task.case_id, seat.official), actor_in(request, seat)
    with law.pinned():
        view = ReadView(row)
        step = view.declaration.step(task.round.step.code)
        act_of(step, RECORD)
        if request.method == "GET" and task.open:
            may_do(view, task, spec_of(view, task), by, seat.at)
    page = {"row": row, "task": task, "crumbs": crumbs_of(row)}
    if request.method == "GET":
        told = told_by(step.title, _items(task), task_id)
        return render(request, "desk/act/list.html", page | {"told": told})

    def record(facts: ItemSaid, key: str) -> None:
        perform(by=by, at=seat.at, task_id=task_id, act=RECORD, facts=facts, key=key)

    sent = told_by(step.title, _items(task), task_id, request.POST)
    told, done, refused = _record(sent, record)
    if refused is None and not told.mistakes:
        request.session[DONE] = {"title": f"登记 {done} 项", "of": step.title, "warnings": []}
        return redirect(f"{reverse('case', args=[row.pk])}#step-{step.code}")
    page |= {"told": told, "saved": done, "refusal": refusal_shown(refused) if refused else None}
    return render(
        request, "desk/act/list.html", page, status=STATUS[refused.code if refused is not None else "invalid"]
    )


def _items(task: Task) -> list[dict[str, object]]:
    """The list in the order in which it was laid out."""
    fields = ("code", "label", "state", "quantity", "condition", "reason", "make_up_on")
    return list(Item.objects.filter(round=task.round).order_by("position").values(*fields))


def _record(
    sent: Inventory, record: Callable[[ItemSaid, str], None]
) -> tuple[Inventory, int, Refusal | None]:
    """What was recorded; a refusal of the whole stops, and what was typed stays."""
    try:
        return *record_all(sent, record), None
    except Refusal as refused:
        return sent, 0, refused
