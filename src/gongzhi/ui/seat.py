"""In which appointment somebody who signed in sits, and the instant of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from gongzhi.accounts import unsent
from gongzhi.accounts.sessions import SECOND_FACTOR
from gongzhi.registry import acting
from gongzhi.registry.models import OF_THE_SYSTEM, TERRITORIAL, Appointment, OrganisationKind, Post
from gongzhi.registry.queries import day_of
from gongzhi.values.now import now
from gongzhi.values.refusals import NotAllowed

from .parts import days

#: Where a session keeps its choice.
SESSION_CHOICE = "acting_as"
#: They see a territory and are no authorities.
NO_AUTHORITIES = (
    OrganisationKind.RESIDENTS_COMMITTEE,
    OrganisationKind.COMMUNITY_WORKSTATION,
    OrganisationKind.MEDIATION_COMMITTEE,
)


@dataclass(frozen=True)
class Seat:
    """Who looks, and when."""

    appointment: Appointment
    at: datetime

    @property
    def official(self) -> Appointment:
        """The appointment, where it may read the city's business."""
        if self.appointment.post == Post.ADMINISTRATOR:
            raise NotAllowed("系统管理员不查看业务数据，应由业务经办人员查看。")
        return self.appointment


def choices(request: HttpRequest, at: datetime) -> list[Appointment]:
    """What the account may act as today; read once a request."""
    if not request.user.is_authenticated:
        return []
    known: tuple[UUID, date, list[Appointment]] | None = getattr(request, "_gongzhi_seats", None)
    on = day_of(at)
    if known is None or known[:2] != (request.user.pk, on):
        known = (request.user.pk, on, acting.appointments_of(request.user.pk, at))
        request._gongzhi_seats = known  # type: ignore[attr-defined]
    return known[2]


def choose(request: HttpRequest, appointment_id: str, at: datetime) -> bool:
    """Keep a choice, if it is the account's own."""
    own = any(str(one.pk) == appointment_id for one in choices(request, at))
    if own:
        request.session[SESSION_CHOICE] = appointment_id
    return own


def chosen(request: HttpRequest, at: datetime) -> Appointment | None:
    """The session's choice, where it still holds and the session may act in it; the only post there is needs none."""
    held = _named(request, at)
    return None if held is None or lacks_second_factor(request, held) else held


def _named(request: HttpRequest, at: datetime) -> Appointment | None:
    """The session's choice, whether or not the session has proved enough for it."""
    held, named = choices(request, at), str(request.session.get(SESSION_CHOICE, ""))
    if not named and len(held) == 1:
        choose(request, named := str(held[0].pk), at)
    return next((one for one in held if str(one.pk) == named), None)


def is_official(appointment: Appointment) -> bool:
    """Whether the post is one of an authority, or of the system."""
    organisation = appointment.organisation
    if organisation is None or appointment.post in OF_THE_SYSTEM:
        return appointment.post in OF_THE_SYSTEM
    return organisation.kind in TERRITORIAL and organisation.kind not in NO_AUTHORITIES


def lacks_second_factor(request: HttpRequest, appointment: Appointment) -> bool:
    """Whether this session must show a one-time code before it acts in the appointment."""
    demanded = settings.TOTP_FOR_OFFICIALS and is_official(appointment)
    return bool(demanded and not request.session.get(SECOND_FACTOR))


View = Callable[..., HttpResponse]


def seated(view: View) -> View:
    """Give a view its seat; who has not signed in, not chosen or not proved enough is sent there first.

    What one post is shown is no other's: a browser asks again before it shows a page once more.
    """

    @wraps(view)
    def look(request: HttpRequest, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        at = now()
        held = chosen(request, at)
        if held is not None:
            days.read_on(at)
            answer = view(request, Seat(held, at), **named)
            answer.setdefault("Cache-Control", "private, no-cache")
            return answer
        if _named(request, at) is not None:
            return redirect("second-factor")
        to = request.get_full_path()
        return redirect(reverse("acting-as") + (f"?{urlencode({'next': to})}" if to != "/" else ""))

    return look


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here; a form that was sent is kept for who filled it in."""
    if request.method == "POST":
        unsent.keep(request)
    return redirect_to_login(request.get_full_path())
