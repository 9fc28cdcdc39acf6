"""Whose pages these are: somebody in a post at an estate, looking at that estate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gongzhi.registry.models import AT_AN_ESTATE, Appointment, Estate, Post
from gongzhi.registry.queries import day_of
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotAllowed

NOT_HERE = "这里是业主、住户、承租人和志愿者的页面，请换成您在小区的职务，或者回工作台。"


@dataclass(frozen=True)
class Neighbour:
    """Who looks, at which estate, when."""

    seat: Appointment
    estate: Estate
    at: datetime

    @property
    def person_id(self) -> UUID:
        """The person."""
        return self.seat.person_id

    @property
    def on(self) -> date:
        """The day."""
        return day_of(self.at)

    @property
    def is_volunteer(self) -> bool:
        """Whether they look after what hangs at the walls."""
        return self.seat.post == Post.VOLUNTEER


View = Callable[..., HttpResponse]


def is_neighbour(seat: Appointment) -> bool:
    """Whether the post is held at an estate, in no organisation."""
    return seat.post in AT_AN_ESTATE


def at_home(view: View) -> View:
    """Give a view its neighbour; NotAllowed in any other post."""

    @seated
    @wraps(view)
    def look(request: HttpRequest, seat: Seat, **named: Any) -> HttpResponse:
        held = seat.official
        if not is_neighbour(held) or held.estate is None:
            raise NotAllowed(NOT_HERE)
        return view(request, Neighbour(held, held.estate, seat.at), **named)

    return look
