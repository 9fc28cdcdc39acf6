"""演练台: coming in, the chairs, the clock, beginning anew and throwing away. Only in a cell."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.accounts.models import Account
from gongzhi.values.refusals import NotPossible

from .. import chairs, passing
from ..entrance import use_key
from ..folder import Wishes
from ..forms import ClockForm
from ..happened import ahead, happened
from ..inside import CLOSED, HOME, WHO, Inside, inside, rehearsing, who_came

#: Where a session keeps since when the clock was moved last, and how many jobs failed meanwhile.
MOVED, FAILED = "rehearsal_moved", "rehearsal_failed"


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Come in by a signed link, once."""
    here = inside(request)
    came = use_key(request.GET.get("key", ""), here.cell, here.folder)
    chairs.come_in(request, Account.objects.get(username=chairs.REHEARSER), here.at)
    request.session[WHO], request.session[HOME] = came.who, came.home
    answer = redirect("rehearsal-stage")
    add_never_cache_headers(answer)
    return answer


@rehearsing
@require_GET
def stage(request: HttpRequest, here: Inside) -> HttpResponse:
    """The chairs and the clock."""
    return _stage(request, here, ClockForm())


def _stage(request: HttpRequest, here: Inside, form: ClockForm, status: int = 200) -> HttpResponse:
    asked, estate = request.GET.get("owner", "").strip()[:50], here.estate
    moved = parse_datetime(str(request.session.get(MOVED, "")))
    page: dict[str, Any] = {
        "here": here,
        "estate": estate,
        "sides": chairs.sides(estate, here.at),
        "asked": asked,
        "found": chairs.owners(estate, asked, here.at) if asked else [],
        "ahead": ahead(here.at),
        "happened": happened(moved, here.at) if moved is not None else None,
        "failed": request.session.get(FAILED, 0),
        "form": form,
        "home": request.session.get(HOME, ""),
        "who": who_came(request),
    }
    return render(request, "rehearsal/stage.html", page, status=status)


@rehearsing
@require_POST
def sit(request: HttpRequest, here: Inside) -> HttpResponse:
    """Sit down in a chair; what the session knows of the rehearsal comes along."""
    kept = {name: request.session[name] for name in (WHO, HOME, MOVED, FAILED) if name in request.session}
    chairs.sit(request, request.POST.get("appointment", ""), here.at)
    request.session.update(kept)
    return redirect("work")


@rehearsing
@require_POST
def move_clock(request: HttpRequest, here: Inside) -> HttpResponse:
    """Let time pass."""
    form = ClockForm(request.POST)
    if not form.is_valid():
        return _stage(request, here, form, 400)
    if form.is_again(here.at):
        return redirect("rehearsal-stage")
    try:
        failed = passing.move_to(form.instant(here.at), here.at)
    except NotPossible as refused:
        form.add_error("at" if form.cleaned_data["days"] is None else "days", refused.sentence)
        return _stage(request, here, form, 400)
    request.session[MOVED], request.session[FAILED] = here.at.isoformat(), failed
    return redirect("rehearsal-stage")


@rehearsing
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, here: Inside) -> HttpResponse:
    """Begin anew from the same package."""
    return _wish(request, here, "again")


@rehearsing
@require_http_methods(["GET", "POST"])
def away(request: HttpRequest, here: Inside) -> HttpResponse:
    """Throw the cell away."""
    return _wish(request, here, "away")


def _wish(request: HttpRequest, here: Inside, what: Wishes) -> HttpResponse:
    """Asked once more; then the keeper is told, and the way back is shown: this very page is about to be gone."""
    home = request.session.get(HOME, "")
    if request.method == "GET":
        return render(request, "rehearsal/wish.html", {"what": what, "here": here})
    here.folder.write_wish(what, who_came(request))
    answer = render(request, "rehearsal/wished.html", {"what": what, "home": home, "here": here})
    if home:
        answer["Refresh"] = f"2; url={home}"
    return answer


def closed(request: HttpRequest) -> HttpResponse:
    """Who has not come in by the entrance, or whose session is over, is told the way."""
    page = {"words": CLOSED, "title": inside(request).cell.title}
    return render(request, "rehearsal/closed.html", page, status=403)
