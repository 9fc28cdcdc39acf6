"""Acting: a form that is sent goes through the same door as the interface for programs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer
from gongzhi.law import queries as law
from gongzhi.procedures import catalogue
from gongzhi.procedures.documents import papers_made
from gongzhi.procedures.entering import TITLE as ENTERED
from gongzhi.procedures.entering import plain
from gongzhi.procedures.hearing import CORRECT
from gongzhi.procedures.insight import acts_shown
from gongzhi.procedures.mayact import may_do, may_stand
from gongzhi.procedures.models import Case, CaseAct, Task
from gongzhi.procedures.perform import act_of, perform
from gongzhi.procedures.presenting import ReadView, subject_name, title_of
from gongzhi.procedures.queries import case_seen, reader_of
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.standing_acts import Offered, demand_open, find, roles_of
from gongzhi.procedures.tasks import spec_of
from gongzhi.procedures.undone import Undone, undone_by
from gongzhi.ui.refusals import leads_on
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound, NotPossible

from ..asking import asked_for
from ..casepage import Beside, is_to_enter, standing_deed, task_deed, tells_items, ways_on
from ..checklists import about_item
from ..deeds import DO, FIND, Deed, Shown, shown
from ..drafts import drop, kept_of
from ..saying import SENT_BEFORE, Outcome, Sending, put_back, take
from ..worklist import holder_of

#: Where the session keeps what was just done, for the page that follows.
DONE = "just_done"
FORM = "desk/act/act.html"
Done = Callable[[HttpRequest, Answer, dict[str, Any]], HttpResponse]


def actor_in(request: HttpRequest, seat: Seat) -> Actor:
    """Who acts, in the post of the seat."""
    return Actor(request.user.pk, seat.appointment.pk, seat.appointment.person_id)


def own_id(request: HttpRequest) -> UUID:
    """The account that is signed in; a seat has one."""
    account_id: UUID | None = request.user.pk
    assert account_id is not None
    return account_id


#: An act as a page takes it: its form, what carries it out, what the page says around it.
Said = tuple[Deed, Callable[[Sending], Answer], dict[str, Any]]


@seated
@require_http_methods(["GET", "POST"])
def task_act(request: HttpRequest, seat: Seat, task_id: UUID, act: str) -> HttpResponse:
    """One act on a task."""
    return answer(request, seat, *said_on_task(request, seat, task_id, act))


def said_on_task(request: HttpRequest, seat: Seat, task_id: UUID, act: str) -> Said:
    """An act on a task, for who may do it."""
    rows = Task.objects.filter(pk=task_id).select_related("case", "round__step", "organisation", "person")
    task = rows.first()
    if task is None:
        raise NotFound("没有这项任务，可能已经撤销，请刷新待办列表。")
    row, by = case_seen(task.case_id, seat.official), actor_in(request, seat)
    leads_on(request, reverse("case", args=[row.pk]), "打开这件办件")
    with law.pinned():
        view = ReadView(row, insight=reader_of(seat.official).insight)
        step = view.declaration.step(task.round.step.code)
        spec = act_of(step, act)
        hand = seat.appointment.person.name
        is_entered = act == step.main_act and is_to_enter(view, task, by, seat.at)
        deed = task_deed(
            task.pk,
            step,
            spec,
            view,
            version_of(row),
            at=seat.at,
            name=task.name,
            hand=hand,
            is_entered=is_entered,
        )
        if tells_items(deed):
            deed = about_item(deed, task, request.GET.get("item", ""))
        if request.method == "GET" and task.open:
            may_do(view, task, spec_of(view, task), by, seat.at)
        made = papers_made(view, seat.at, masked=reader_of(seat.official).masked)
        papers = [one.told() for one in made if one.source.step is step and not one.is_past]

    def carry(sent: Sending) -> Answer:
        sent = replace(sent, facts=plain(sent.facts, spec.facts))
        # a form may ask for less than the act's own class: that reads it whole
        whole = isinstance(sent.facts, spec.facts)
        said = {} if whole else {"facts": sent.facts.model_dump(mode="json")}
        return perform(by=by, at=seat.at, task_id=task_id, act=act, **{**_sent(sent), **said})

    page = {
        "title": ENTERED if is_entered else spec.title,
        "of": task.title,
        "row": row,
        "task": task,
        "papers": papers,
    }
    page["holder"] = holder_of(task)
    page["asked_before"] = asked_for(view, step, task.name) if task.open else ()
    return deed, carry, page


@seated
@require_http_methods(["GET", "POST"])
def case_act(request: HttpRequest, seat: Seat, case_id: UUID, act: str) -> HttpResponse:
    """One standing act of a case; a correction has a form of its own, beside the words it puts right."""
    if act == CORRECT:
        case_seen(case_id, seat.official)
        return redirect("case", case_id=case_id)
    return answer(request, seat, *said_on_case(request, seat, case_id, act))


def said_on_case(request: HttpRequest, seat: Seat, case_id: UUID, act: str) -> Said:
    """A standing act of a case, for who may do it while it is open; `step` of the address chooses between steps."""
    row, by = case_seen(case_id, seat.official), actor_in(request, seat)
    leads_on(request, reverse("case", args=[row.pk]), "打开这件办件")
    step = request.GET.get("step", "")
    found = find(catalogue.find(row.procedure, row.version), act, step)
    spec, view = found[0].spec, ReadView(row)
    with law.pinned():
        hand = seat.appointment.person.name
        deed = standing_deed(view, found[0], step, version_of(row), at=seat.at, hand=hand)
        if request.method == "GET":
            roles = [role for one in found for role in roles_of(view, one)]
            may_stand(view, roles, spec.title, by, seat.at, posts=spec.posts)
            demand_open(view, found, by, seat.at)
        undone = undone_by(view, found[0]) if request.method == "GET" else _still_undone(view, found[0])

    def carry(sent: Sending) -> Answer:
        return perform_on_case(by=by, at=seat.at, case_id=case_id, act=act, step=step, **_sent(sent))

    of = found[0].step.title if found[0].step is not None else ""
    return deed, carry, {"title": spec.title, "of": of, "row": row, "undone": undone}


def _still_undone(view: ReadView, one: Offered) -> list[Undone]:
    """What is said beside a form that was sent; why it cannot be done, the door says."""
    try:
        return undone_by(view, one)
    except NotPossible:
        return []


def version_of(row: Case) -> int:
    """The version of a case from `case_seen`."""
    return int(getattr(row, "chain_seq", None) or 0)


def _sent(sent: Sending) -> dict[str, Any]:
    return {"facts": sent.facts, "papers": sent.papers, "key": sent.key, "expects": sent.expects}


# The form, its answer, what follows ---------------------------------------------------------------------------------


def answer(
    request: HttpRequest,
    seat: Seat,
    deed: Deed,
    carry: Callable[[Sending], Answer],
    page: dict[str, Any],
    done: Done | None = None,
    find: Callable[[str], str] | None = None,
) -> HttpResponse:
    """The page of a form; what comes of it when it is sent.

    `done`: what follows, by default the case's page. `find`: field → where one looks for what it may refer to.
    """
    page |= {"crumbs": crumbs_of(page.get("row"))}
    template = page.get("template", FORM)
    if request.method == "GET":
        put_back(request, deed, actor_in(request, seat), seat.at)
        drafts = kept_of(own_id(request), [deed.about.name])
        one = shown([deed], drafts, own_id(request))[0]
        return render(request, template, page | {"page": one})
    if request.POST.get(DO) == "drop":
        drop(own_id(request), deed.about)
        return redirect(deed.address)
    outcome = take(request, deed, actor_in(request, seat), seat.at, carry)
    if outcome.answer is not None:
        return (done or _done)(request, outcome.answer, page)
    wanted = request.POST.get(DO, "")
    if outcome.kept and find is not None and wanted.startswith(FIND):
        return redirect(find(wanted.removeprefix(FIND)))
    if outcome.kept:
        return redirect(f"{deed.address}{'&' if '?' in deed.address else '?'}kept=1")
    told: dict[str, Any] = {
        "page": _again(outcome, page),
        "refusal": outcome.refusal,
        "stale": _stale(seat, outcome, page),
    }
    told["asks"] = outcome.asks
    told["ways"] = _ways(request, seat, outcome, page.get("row"))
    return render(request, template, page | told, status=outcome.status)


def crumbs_of(row: Case | None) -> list[tuple[str, str]]:
    """The way to the case a form belongs to; nothing where it is not there yet."""
    if row is None:
        return []
    return [(reverse("case", args=[row.pk]), f"{subject_name(row)}：{title_of(row)}")]


def _done(request: HttpRequest, done: Answer, page: dict[str, Any]) -> HttpResponse:
    """To the case, which says what happened."""
    request.session[DONE] = {
        "title": page["title"],
        "of": page.get("of", ""),
        "warnings": done.value.get("warnings", []),
        "replayed": done.replayed,
        "number": done.value.get("number", ""),
    }
    return redirect("case", case_id=done.value["case"])


def _again(outcome: Outcome, page: dict[str, Any]) -> Shown:
    """The form once more; where somebody was quicker, with what is now the newest version."""
    row = page.get("row")
    if not outcome.conflict:
        return outcome.shown
    return outcome.shown.again(version_of(row) if row is not None else None)


def _ways(request: HttpRequest, seat: Seat, outcome: Outcome, row: Case | None) -> list[Beside]:
    """Where a refusal leads that names another act of the case."""
    if outcome.refusal is None or row is None:
        return []
    with law.pinned():
        return ways_on(ReadView(row), outcome.refusal["sentence"], actor_in(request, seat), seat.at)


def _stale(seat: Seat, outcome: Outcome, page: dict[str, Any]) -> dict[str, Any] | None:
    """Who changed the case meanwhile, when, and what."""
    row = page.get("row")
    seen = outcome.shown.version
    if outcome.refusal is SENT_BEFORE:  # who changed it is the reader
        return None
    if not outcome.conflict or row is None or seen is None or seen == version_of(row):
        return None
    acts = CaseAct.objects.filter(case__root_id=row.root_id, seq__gt=seen).select_related(
        "organisation", "person", "round__step", "case"
    )
    last = next(acts_shown(acts.order_by("-seq"), seat.official), None)
    if last is None:
        return None
    body = last.organisation.name if last.organisation is not None else ""
    person = last.person.name if last.person is not None and not reader_of(seat.official).masked else ""
    who = " ".join(filter(None, (body, person))) or "他人"
    return {"who": who, "when": last.at, "what": f"办理了“{_title_of(last)}”"}


def _title_of(said: CaseAct) -> str:
    """The title of what was said."""
    declared = catalogue.find(said.case.procedure, said.case.version)
    if said.round is None:
        return "案件事项"
    step = declared.step(said.round.step.code)
    spec = step.act_specs().get(said.name)
    return f"{step.title}：{spec.title}" if spec is not None else step.title
