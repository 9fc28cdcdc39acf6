"""印章图片: bringing one in and giving it up."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongzhi.acts.door import Answer
from gongzhi.acts.policies import policy
from gongzhi.papers.seals import keep_seal
from gongzhi.registry.queries import organisation_with
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotAllowed

from ...deeds import Deed
from ...views.acting import actor_in, answer
from .. import sealing
from .acts import AFTER, FORM


@seated
@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, seat: Seat, organisation_id: UUID) -> HttpResponse:
    """A picture comes in; one in use before is withdrawn."""
    _demand(request, seat, organisation_id)
    carry = sealing.carry_keeping(actor_in(request, seat), seat, organisation_id)
    return _answer(request, seat, sealing.keeping(organisation_id), carry, organisation_id)


@seated
@require_http_methods(["GET", "POST"])
def seal_withdraw(request: HttpRequest, seat: Seat, organisation_id: UUID) -> HttpResponse:
    """It is printed no longer."""
    _demand(request, seat, organisation_id)
    carry = sealing.carry_withdrawing(actor_in(request, seat), seat, organisation_id)
    return _answer(request, seat, sealing.withdrawing(organisation_id), carry, organisation_id)


def _demand(request: HttpRequest, seat: Seat, organisation_id: UUID) -> None:
    """NotAllowed for who does not answer for the seal; NotFound for no body."""
    organisation_with(organisation_id)
    if not sealing.may_seal(actor_in(request, seat), seat, organisation_id):
        raise NotAllowed(f"您无权管理这个单位的印章图片，应由{policy(keep_seal.may).says}办理。")


def _answer(request: HttpRequest, seat: Seat, deed: Deed, carry: Any, organisation_id: UUID) -> HttpResponse:
    def done(request: HttpRequest, came: Answer, page: dict[str, Any]) -> HttpResponse:
        return redirect("organisation", organisation_id=organisation_id)

    page = {"title": deed.spec.title, "of": "", "template": FORM, "after": AFTER}
    return answer(request, seat, deed, carry, page, done)
