"""登记小区位置: the form of an estate's outline."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongzhi.acts.policies import policy
from gongzhi.registry.actions import set_outline
from gongzhi.registry.facts import OutlineSaid, SetOutline
from gongzhi.registry.models import Estate, Outline
from gongzhi.registry.queries import outline_of
from gongzhi.registry.tables.places import AtCode
from gongzhi.registry.territory import visible_estates
from gongzhi.ui.forms import form_of
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.ids import new_id
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, Refusal

from .acting import actor_in

NO_ESTATE = "没有这个小区，或者不在您的范围内，请核对地址。"


def may_place(request: HttpRequest, seat: Seat, estate: Estate) -> bool:
    """Whether the seat may record where the estate lies."""
    try:
        _demand(request, seat, estate)
    except NotAllowed:
        return False
    return True


def _demand(request: HttpRequest, seat: Seat, estate: Estate) -> None:
    facts = AtCode(jurisdiction_code=estate.community)
    policy(set_outline.may).check(by=actor_in(request, seat), facts=facts, at=seat.at)


@seated
@require_http_methods(["GET", "POST"])
def place_page(request: HttpRequest, seat: Seat, estate_id: UUID) -> HttpResponse:
    """The form, begun with what is recorded; what was typed stays when it is refused."""
    estate = visible_estates(seat.official, seat.at).filter(pk=estate_id).first()
    if estate is None:
        raise NotFound(NO_ESTATE)
    _demand(request, seat, estate)
    data = request.POST if request.method == "POST" else None
    form = form_of(OutlineSaid, data=data, initial=_begun(outline_of(estate)))
    told: dict[str, Any] = {
        "estate": estate,
        "form": form,
        "key": request.POST.get("key", "")[:64] or str(new_id()),
    }
    if not form.is_valid():
        return render(request, "desk/estate/place.html", told, status=400 if form.is_bound else 200)
    try:
        facts = SetOutline(estate_id=estate.pk, **form.facts().model_dump())
        set_outline(by=actor_in(request, seat), at=seat.at, facts=facts, key=told["key"])
    except Invalid as wrong:
        form.refuse(wrong)
        return render(request, "desk/estate/place.html", told, status=STATUS[wrong.code])
    except Refusal as refused:
        told["refused"] = refusal_shown(refused)
        return render(request, "desk/estate/place.html", told, status=STATUS[refused.code])
    return redirect("estate", estate_id=estate.pk)


def _begun(row: Outline | None) -> dict[str, Any]:
    """What is recorded, as the form takes it."""
    if row is None:
        return {}
    begun = {name: getattr(row, name) for name in ("datum", "source", "measured_on")}
    if row.is_point:
        return begun | {"longitude": row.longitude, "latitude": row.latitude}
    return begun | {"geojson": row.shape_text}
