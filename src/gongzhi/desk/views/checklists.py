"""A list that is handed over, told item by item on one page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongzhi.accounts import unsent
from gongzhi.law import queries as law
from gongzhi.papers.signs import lacking_in_words
from gongzhi.procedures.kinds.checklist import RECORD, ItemSaid
from gongzhi.procedures.mayact import may_do
from gongzhi.procedures.models import Task
from gongzhi.procedures.perform import perform
from gongzhi.procedures.presenting import ReadView, told_items
from gongzhi.procedures.queries import case_seen, reader_of
from gongzhi.procedures.tasks import spec_of
from gongzhi.ui.pieces import Look, offered_at
from gongzhi.ui.refusals import STATUS, leads_on, refusal_shown
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound, Refusal

from ..checklists import KEY, Inventory, Item, Sheet, Taken
from ..deeds import DO, KEEP, Deed, named, names_of
from ..drafts import kept_of
from ..saying import store_files
from .acting import DONE, actor_in, crumbs_of, own_id

#: `form-do`: throw the draft away; record, and say that the list is complete.
DROP, FINISH = "drop", "finish"


@seated
@require_http_methods(["GET", "POST"])
def task_items(request: HttpRequest, seat: Seat, task_id: UUID) -> HttpResponse:
    """The items of a task's list; those that say something new are recorded, each by an act of its own."""
    task = Task.objects.filter(pk=task_id).select_related("round__step", "organisation", "person").first()
    if task is None:
        raise NotFound("没有这项任务，可能已经撤销，请刷新待办列表。")
    row, by = case_seen(task.case_id, seat.official), actor_in(request, seat)
    leads_on(request, reverse("case", args=[row.pk]), "打开这件办件")
    with law.pinned():
        view = ReadView(row)
        sheet = Sheet.of(view, task.round.step.code, task_id, task.name)
        if request.method == "GET" and task.open:
            may_do(view, task, spec_of(view, task), by, seat.at)
        look = Look(seat.at, masked=reader_of(seat.official).masked)
        beside = offered_at(view, task.round.step.code, look)
    page: dict[str, Any] = {"row": row, "task": task, "crumbs": crumbs_of(row), "beside": beside}
    if request.method == "GET":
        return render(request, "desk/act/list.html", page | _begun(request, sheet, _items(view, task)))

    def take(deed: Deed) -> Taken:
        return store_files(request, deed, request.POST.get(KEY, ""), by, seat.at)

    said: list[str] = []

    def record(facts: ItemSaid, papers: list[dict[str, str]], key: str) -> None:
        perform(by=by, at=seat.at, task_id=task_id, act=RECORD, facts=facts, papers=papers, key=key)
        said.append(facts.model_dump_json())

    where = f"{reverse('case', args=[row.pk])}#step-{task.round.step.code}"
    if request.POST.get(DO) == DROP:
        sheet.drop(own_id(request))
        return redirect(where)
    sent = sheet.sent(_items(view, task), request.POST, take)
    if request.POST.get(DO) == KEEP and sheet.keep(sent, request.POST, own_id(request), seat.at):
        return redirect(f"{reverse('task-items', args=[task_id])}?kept=1")

    def finish() -> None:
        act = view.declaration.step(task.round.step.code).main_act
        perform(by=by, at=seat.at, task_id=task_id, act=act, facts={}, key=f"{sent.key[:100]}-{act}")

    told, done, refused = _recorded(
        lambda: sheet.record(sent, record, lambda: _items(ReadView(row), task)), sent
    )
    title = f"登记 {done} 项"
    if refused is None and not told.mistakes:
        sheet.drop(own_id(request))
        if request.POST.get(DO) == FINISH:
            title, refused = sheet.finishes, _refusal_of(finish)
    if refused is None and not told.mistakes:
        unprinted = lacking_in_words(said)
        warnings = [unprinted] if unprinted else []
        request.session[DONE] = {"title": title, "of": sheet.title, "warnings": warnings}
        return redirect(where)
    if told.mistakes:
        sheet.keep(told, request.POST, own_id(request), seat.at)
    page |= {"told": told, "saved": done, "refusal": refusal_shown(refused) if refused else None}
    return render(
        request, "desk/act/list.html", page, status=STATUS[refused.code if refused is not None else "invalid"]
    )


def _items(view: ReadView, task: Task) -> list[Item]:
    """The list in the order in which it was laid out."""
    step, number = task.round.step.code, task.round.number
    return [item for item in told_items(view) if (item["step"], item["round"]) == (step, number)]


def _begun(request: HttpRequest, sheet: Sheet, items: list[Item]) -> dict[str, Any]:
    """The list as it stands, with what was kept of it; or with what was typed when the session was over."""
    said = unsent.take(request)
    if said is None:
        own = own_id(request)
        return {"told": sheet.begun(items, kept_of(own, [sheet.about.name]), own)}

    def kept(deed: Deed) -> Taken:
        ids = deed.kept_ids(dict(said.lists()))
        return named(ids, names_of([one for each in ids.values() for one in each], own_id(request))), {}

    return {"told": sheet.sent(items, said, kept), "unsent": True}


def _refusal_of(act: Callable[[], None]) -> Refusal | None:
    try:
        act()
    except Refusal as refused:
        return refused
    return None


def _recorded(
    record: Callable[[], tuple[Inventory, int]], sent: Inventory
) -> tuple[Inventory, int, Refusal | None]:
    """What was recorded; a refusal of the whole stops, and what was typed stays."""
    try:
        return *record(), None
    except Refusal as refused:
        return sent, 0, refused
