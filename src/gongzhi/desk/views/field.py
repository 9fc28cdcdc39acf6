"""现场拍照: what can be photographed now, and the form of it, one question a screen, on a telephone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from gongzhi.acts.door import Answer
from gongzhi.law import queries as law
from gongzhi.papers.queries import number_off_site
from gongzhi.procedures.presenting import subject_name
from gongzhi.ui.seat import Seat, seated

from ..deeds import ASKED, BACK, DO, KEEP, MORE, Deed, Shown, shown
from ..drafts import kept_of
from ..fieldwork import shots_of_notices, shots_of_tasks
from ..questions import Asked
from ..saying import Outcome, Sending, put_back, take
from .acting import DONE, actor_in, own_id, said_on_case, said_on_task


@seated
def shots(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Everything that waits for a camera."""
    with law.pinned():
        tasks = list(shots_of_tasks(seat.official, seat.at))
        notices = list(shots_of_notices(seat.official, actor_in(request, seat), seat.at))
    ready = [one for one in (*tasks, *notices) if one.is_ready]
    told = {
        "tasks": tasks,
        "notices": notices,
        "number": len(ready),
        "places": len({one.place for one in ready}),
        "done": request.session.pop(DONE, None),
    }
    return render(request, "desk/field/shots.html", told)


@seated
@require_http_methods(["GET", "POST"])
def task_question(request: HttpRequest, seat: Seat, task_id: UUID, act: str) -> HttpResponse:
    """A task with photographs."""
    return _asked(request, seat, *said_on_task(request, seat, task_id, act))


@seated
@require_http_methods(["GET", "POST"])
def case_question(request: HttpRequest, seat: Seat, case_id: UUID, act: str) -> HttpResponse:
    """A standing act with photographs."""
    return _asked(request, seat, *said_on_case(request, seat, case_id, act))


def _asked(
    request: HttpRequest,
    seat: Seat,
    deed: Deed,
    carry: Callable[[Sending], Answer],
    page: dict[str, Any],
) -> HttpResponse:
    """Show a question; take its answer; go on to the next, or send the whole."""
    page |= {"place": subject_name(page["row"])}
    deed = replace(deed, version=None)  # what others do meanwhile makes no picture stale
    if request.method == "GET":
        put_back(request, deed, actor_in(request, seat), seat.at)
        found = shown([deed], kept_of(own_id(request), [deed.about.name]), own_id(request))[0]
        asked = _asked_in(found, request.GET.get("q"))
        if asked.number and found.kept_at is None:  # it was sent, and the browser went back
            return redirect(_address(request, 0))
        return _page(request, asked, page)
    outcome = take(request, deed, actor_in(request, seat), seat.at, carry)
    asked = _asked_in(outcome.shown, request.POST.get(ASKED))
    if outcome.answer is not None:
        shots = [UUID(one[0]) for each in outcome.shown.kept.values() for one in each]
        request.session[DONE] = {
            "title": "：".join(filter(None, (page["of"], page["title"]))),
            "place": page["place"],
            "pictures": len(shots),
            "off_site": number_off_site(shots),
            "warnings": outcome.answer.value.get("warnings", []),
            "replayed": outcome.answer.replayed,
        }
        return redirect("field")
    following = {MORE: asked.number, BACK: asked.number - 1, KEEP: asked.number + 1}
    wanted = request.POST.get(DO, "")
    if wanted not in following:
        return _again(request, outcome, asked, page)
    if outcome.status != 200 or (asked.field.errors and wanted == KEEP):
        return _page(request, asked, page, 400)
    return redirect(_address(request, min(max(following[wanted], 0), asked.count - 1)))


def _again(request: HttpRequest, outcome: Outcome, asked: Asked, page: dict[str, Any]) -> HttpResponse:
    """It could not be carried out: the question that has to be answered anew, or why not."""
    found = Asked(asked.page, asked.first_mistake)
    return _page(request, found, page | {"refusal": outcome.refusal}, outcome.status)


def _asked_in(form: Shown, text: str | None) -> Asked:
    """The question of that number; the last where there are not so many."""
    number = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 else 0
    return Asked(form, min(number, Asked(form, 0).count - 1))


def _page(request: HttpRequest, asked: Asked, page: dict[str, Any], status: int = 200) -> HttpResponse:
    """One screen. What the other questions have not been answered yet is no mistake."""
    back = _address(request, asked.number - 1) if asked.number else ""
    told = {"asked": asked, "page": asked.page, "form": asked.page.form, "back_to": back}
    return render(request, "desk/field/question.html", page | told, status=status)


def _address(request: HttpRequest, number: int) -> str:
    """The screen of another question of the same form."""
    step = {"step": request.GET["step"]} if "step" in request.GET else {}
    return f"{request.path}?{urlencode({**step, 'q': str(number)})}"
