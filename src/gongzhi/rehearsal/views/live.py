"""演练 in the real system: which copies the organisation has, making one, opening it, throwing it away."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from gongzhi.acts.actor import Actor
from gongzhi.law.package import waiting_texts
from gongzhi.registry.models import Estate
from gongzhi.registry.queries import day_of, head_count, named, unit_totals
from gongzhi.registry.territory import visible_estates
from gongzhi.ui.refusals import leads_on
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.ids import new_id
from gongzhi.values.refusals import NotFound, NotPossible

from .. import actions, housing
from ..entrance import Entrance, make_key
from ..facts import BeginRehearsal, DiscardRehearsal
from ..folder import Cell, Folder, is_kept
from ..inside import TO_THE_LIST
from ..policies import demand_of
from ..telling import told, told_all

SHOWN = 30
NO_ESTATE = "没有这个小区，或者不在您的范围内，请核对地址。"
IN_A_CELL = "这里是演练，请回到正式系统管理演练。"


def _official(seat: Seat) -> Seat:
    """The seat, where it may rehearse and this is the real system."""
    if settings.CELL is not None:
        raise NotFound(IN_A_CELL)
    demand_of(seat.official)
    return seat


def _actor(request: HttpRequest, seat: Seat) -> Actor:
    return Actor(request.user.pk, seat.appointment.pk, seat.appointment.person_id)


@seated
def listed(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The rehearsals of the seat's organisation, and how many this system still has room for."""
    rows = told_all(_official(seat).appointment)
    page = {"rows": rows, "standing": housing.standing(), "most": settings.REHEARSAL_CELLS}
    return render(request, "rehearsal/list.html", page)


@seated
def choose_estate(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Which estate is to be copied."""
    asked = request.GET.get("q", "").strip()[:50]
    seen = visible_estates(_official(seat).appointment, seat.at)
    rows = seen.filter(named(asked)).order_by("pinyin", "pk")[: SHOWN + 1]
    page = {"rows": rows[:SHOWN], "has_more": len(rows) > SHOWN, "asked": asked}
    return render(request, "rehearsal/choose.html", page)


@seated
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, seat: Seat, estate_id: UUID) -> HttpResponse:
    """What will be copied and what will not; then the copy."""
    estate = visible_estates(_official(seat).appointment, seat.at).filter(pk=estate_id).first()
    if estate is None:
        raise NotFound(NO_ESTATE)
    drafts = waiting_texts(estate.community, day_of(seat.at))
    said = request.POST.get("with_drafts", "" if drafts else "no")
    if request.method == "POST" and said:
        housing.demand_reachable(request.get_host())
        facts = BeginRehearsal(estate_id=estate.pk, with_drafts=said == "yes")
        key = request.POST.get("key", "")
        answer = actions.begin(by=_actor(request, seat), at=seat.at, facts=facts, key=key)
        return redirect("rehearsal", cell_id=answer.value["rehearsal_id"])
    status = 400 if request.method == "POST" else 200
    return render(request, "rehearsal/begin.html", _about(request, seat, estate, drafts), status=status)


def _about(request: HttpRequest, seat: Seat, estate: Estate, drafts: list[Any]) -> dict[str, Any]:
    return {
        "estate": estate,
        "totals": unit_totals(estate),
        "owners": head_count(estate, day_of(seat.at)),
        "drafts": drafts,
        "unsaid": request.method == "POST",
        "key": request.POST.get("key") or new_id(),
        "is_reachable": bool(housing.address_of(1, request.get_host())),
        "room": settings.REHEARSAL_CELLS - housing.standing(),
        "most": settings.REHEARSAL_CELLS,
        "days": settings.REHEARSAL_DAYS,
    }


@seated
def one(request: HttpRequest, seat: Seat, cell_id: UUID) -> HttpResponse:
    """How far one rehearsal is; the page asks again by itself while it is being prepared."""
    folder, cell = _own(request, seat, cell_id)
    return _shown(request, folder, cell)


def _own(request: HttpRequest, seat: Seat, cell_id: UUID) -> tuple[Folder, Cell]:
    """The cell, where the seat's organisation made it; whoever follows an old address is led to those there are."""
    leads_on(request, reverse("rehearsals"), TO_THE_LIST)
    return housing.seen_by(_official(seat).appointment, cell_id)


def _shown(request: HttpRequest, folder: Folder, cell: Cell) -> HttpResponse:
    """How far it is; of what is thrown away nothing but that it was, whichever of its addresses was kept."""
    row = told(folder, cell)
    page = {"row": row, "is_kept": is_kept(settings.DATA)}
    return render(request, "rehearsal/one.html", page, status=410 if row.is_gone else 200)


@seated
@require_http_methods(["GET", "POST"])
def open_cell(request: HttpRequest, seat: Seat, cell_id: UUID) -> HttpResponse:
    """Away into the cell. A page that leads on, for a form may send nobody to another site."""
    folder, cell = _own(request, seat, cell_id)
    if request.method == "GET" or told(folder, cell).is_gone:
        return _shown(request, folder, cell)
    if housing.step_shown(folder) != "ready":
        raise NotPossible("这个演练还没有准备好，请等状态变为“可以演练”后再打开。")
    base = housing.address_of(folder.state.port, request.get_host())
    if not base:
        raise NotPossible(housing.NO_ADDRESS)
    home = request.build_absolute_uri(reverse("rehearsal", args=[cell_id]))
    key = make_key(cell, Entrance(seat.appointment.person.name, home))
    address = f"{base}{reverse('rehearsal-enter')}?key={key}"
    answer = render(request, "rehearsal/leaving.html", {"address": address, "row": told(folder, cell)})
    answer["Refresh"] = f"0; url={address}"
    add_never_cache_headers(answer)
    return answer


@seated
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, seat: Seat, cell_id: UUID) -> HttpResponse:
    """Asked once more, then thrown away."""
    folder, cell = _own(request, seat, cell_id)
    if not told(folder, cell).may_discard:
        return _shown(request, folder, cell)
    if request.method == "POST":
        facts = DiscardRehearsal(rehearsal_id=cell_id)
        actions.discard(by=_actor(request, seat), at=seat.at, facts=facts)
        return redirect("rehearsals")
    return render(
        request, "rehearsal/discard.html", {"row": told(folder, cell), "back": reverse("rehearsals")}
    )
