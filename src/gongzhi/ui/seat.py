"""In which appointment somebody who signed in sits, and the instant of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongzhi.registry import acting
from gongzhi.registry.models import Appointment, Post
from gongzhi.values.now import now
from gongzhi.values.refusals import NotAllowed

#: Where a session keeps its choice.
SESSION_CHOICE = "acting_as"


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
    """What the account may act as today."""
    return acting.appointments_of(request.user.pk, at) if request.user.is_authenticated else []


def choose(request: HttpRequest, appointment_id: str, at: datetime) -> bool:
    """Keep a choice, if it is the account's own."""
    own = any(str(one.pk) == appointment_id for one in choices(request, at))
    if own:
        request.session[SESSION_CHOICE] = appointment_id
    return own


def chosen(request: HttpRequest, at: datetime) -> Appointment | None:
    """The session's choice, where it still holds."""
    named = str(request.session.get(SESSION_CHOICE, ""))
    return next((one for one in choices(request, at) if str(one.pk) == named), None)


View = Callable[..., HttpResponse]


def seated(view: View) -> View:
    """Give a view its seat; who has not signed in or not chosen is sent there first."""

    @login_required
    @wraps(view)
    def look(request: HttpRequest, **named: Any) -> HttpResponse:
        at = now()
        held = chosen(request, at)
        if held is None:
            return redirect("acting-as")
        return view(request, Seat(held, at), **named)

    return look
