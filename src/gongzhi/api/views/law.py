"""The law at a place, and a due date with its working."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from gongzhi.law import command
from gongzhi.law import queries as law
from gongzhi.registry.queries import day_of
from gongzhi.values import periods
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.refusals import Invalid, NotPossible

from ..auth import instant_of
from ..schemas.asked import AskedLaw
from ..schemas.basics import PROBLEMS, PUBLIC_PROBLEMS
from ..schemas.law import DueIn, DueOut, ValueOut

router = Router(tags=["法规"])
public = Router(tags=["公开"])


@router.get(
    "/law/parameters", response={200: list[ValueOut], **PROBLEMS}, summary="某地某日的规定", by_alias=True
)
def list_parameters(request: HttpRequest, wanted: Query[AskedLaw]) -> Any:
    """Every key defined at a place on a date, drafts too, with status and citations; or the one asked for."""
    return _values(wanted, instant_of(request))


@public.get(
    "/law/parameters",
    response={200: list[ValueOut], **PUBLIC_PROBLEMS},
    summary="某地某日的规定",
    by_alias=True,
)
def list_parameters_publicly(request: HttpRequest, wanted: Query[AskedLaw]) -> Any:
    """The same: the law is public."""
    return _values(wanted, instant_of(request))


def _values(wanted: AskedLaw, at: datetime) -> list[dict[str, Any]]:
    on = wanted.on or day_of(at)
    with law.pinned() as book:
        book.place(wanted.at)
        if wanted.key:
            return [book.value_of(wanted.key, wanted.at, on, deciding=False).as_json()]
        return [value.as_json() for value in book.values_at(wanted.at, on)]


@router.post("/law/due", response={200: DueOut, **PROBLEMS}, summary="算一个期限", exclude_unset=True)
def count_due(request: HttpRequest, body: DueIn) -> Any:
    """A due date with its working; the law is that of the day of the event unless `on` says otherwise."""
    start, is_day = _instant(body.from_)
    value = law.value_of(body.key, body.at, body.on or start.date(), deciding=False)
    if not value.is_defined:
        raise NotPossible(f"{body.at}没有“{value.title}”的规定，不能计算日期。")
    reckoned = periods.due(value.rule, start, CALENDAR)
    return command.due_json(value, reckoned, is_day=is_day)


def _instant(text: str) -> tuple[datetime, bool]:
    try:
        return command.read_instant(text)
    except command.Unreadable as unreadable:
        raise Invalid(str(unreadable), fields={"from": "读不懂"}) from None
