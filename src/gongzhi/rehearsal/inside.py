"""The cell this process serves, and who may look at its own pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongzhi.registry.models import Estate
from gongzhi.ui.refusals import leads_on
from gongzhi.values.now import now
from gongzhi.values.refusals import NotAllowed, NotFound

from .folder import Built, Cell, Folder

#: Where a session keeps who came in, and from where.
WHO, HOME = "rehearsal_who", "rehearsal_home"
NOT_HERE = "正式系统里没有演练台，请到“演练”页面打开一个演练。"
TO_THE_LIST = "看本单位的演练"
CLOSED = "要进入演练，请在正式系统的“演练”页面点“打开”。"


@dataclass(frozen=True, slots=True)
class Inside:
    """The cell, and the instant of the page."""

    cell: Cell
    folder: Folder
    at: datetime

    @property
    def built(self) -> Built:
        """What was built."""
        found = self.folder.built
        assert found is not None
        return found

    @property
    def estate(self) -> Estate:
        """The copied estate."""
        return Estate.objects.get(pk=self.built.estate_id)


def inside(request: HttpRequest) -> Inside:
    """The cell of this process; NotFound in the real system, with the way to the rehearsals there are."""
    if settings.CELL is None:
        leads_on(request, reverse("rehearsals"), TO_THE_LIST)
        raise NotFound(NOT_HERE)
    return Inside(settings.CELL, Folder(settings.DATA), now())


View = Callable[..., HttpResponse]


def rehearsing(view: View) -> View:
    """Give a view the cell; only who came in by the entrance has it."""

    @wraps(view)
    def look(request: HttpRequest, **named: Any) -> HttpResponse:
        here = inside(request)

        @login_required
        def known(request: HttpRequest) -> HttpResponse:
            if WHO not in request.session:
                raise NotAllowed(CLOSED)
            return view(request, here, **named)

        return known(request)

    return look


def who_came(request: HttpRequest) -> str:
    """Who came in."""
    return str(request.session.get(WHO, ""))
