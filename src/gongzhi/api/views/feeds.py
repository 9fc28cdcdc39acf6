"""Feeds that calendar programs and feed readers ask for."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition
from icalendar import Event
from ninja import Router

from gongzhi.law import queries as law
from gongzhi.notices.presenting import public_notices
from gongzhi.procedures.models import Case
from gongzhi.procedures.queries import case_seen, running_clocks, tasks_of, visible_cases
from gongzhi.registry.models import Estate
from gongzhi.registry.queries import in_place, place_named
from gongzhi.registry.territory import visible_estates
from gongzhi.values.refusals import NotFound

from .. import feeds
from ..auth import SIGNED_IN, TokenAsPassword, caller_of, instant_of
from ..schemas.basics import PROBLEMS, PUBLIC_PROBLEMS

#: A calendar program sends a name and a password: the password is the token.
router = Router(tags=["订阅"], auth=[*SIGNED_IN, TokenAsPassword()])
public = Router(tags=["订阅"])
MOST = 500
#: Of notices the newest: whoever wants the earlier ones follows the feed's link to the board.
NEWEST = 50
NO_ESTATE = "没有这个小区，或者不在您的范围内，请核对编号。"


@router.get("/feeds/tasks.ics", response={200: bytes, **PROBLEMS}, summary="我的待办日历")
def get_tasks_calendar(request: HttpRequest) -> HttpResponse:
    """What waits for me and when it is due."""
    caller = caller_of(request)
    rows = tasks_of(caller.official).filter(due_at__isnull=False)
    rows = rows.select_related("case__estate", "case__organisation", "case__jurisdiction")[:MOST]
    return _calendar("共治待办", [feeds.event_of_task(task, caller.at) for task in rows])


@router.get("/feeds/cases/{case_id}.ics", response={200: bytes, **PROBLEMS}, summary="一件案件的期限日历")
def get_case_calendar(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The running clocks of a case and of what runs below it."""
    caller = caller_of(request)
    found = case_seen(case_id, caller.official)
    tree = visible_cases(caller.official).filter(root=found.root_id)
    return _clocks(request, found.number, tree if found.root_id == found.pk else tree.filter(pk=found.pk))


@router.get("/feeds/estates/{estate_id}.ics", response={200: bytes, **PROBLEMS}, summary="一个小区的期限日历")
def get_estate_calendar(request: HttpRequest, estate_id: UUID) -> HttpResponse:
    """The running clocks of all cases of an estate that the caller sees."""
    caller = caller_of(request)
    estate = visible_estates(caller.official, caller.at).filter(pk=estate_id).first()
    if estate is None:
        raise NotFound(NO_ESTATE)
    return _clocks(request, estate.name, visible_cases(caller.official).filter(estate=estate, ended_at=None))


@public.get(
    "/feeds/notices/{estate_id}.atom", response={200: bytes, **PUBLIC_PROBLEMS}, summary="小区公示订阅"
)
def get_notices_feed(request: HttpRequest, estate_id: UUID) -> HttpResponse:
    """The newest notices of an estate. No token needed."""
    estate = Estate.objects.filter(pk=estate_id).first()
    if estate is None:
        raise NotFound("没有这个小区，请核对编号。")
    rows = public_notices(estate.pk)[:NEWEST]
    found = feeds.notices_of_estate(estate, rows, _address(request), instant_of(request))
    return _atom(request, found)


@public.get(
    "/feeds/notices/places/{code}.atom", response={200: bytes, **PUBLIC_PROBLEMS}, summary="地区公示订阅"
)
def get_place_notices_feed(request: HttpRequest, code: str) -> HttpResponse:
    """The newest notices of a division of any level. No token needed."""
    place = place_named(code)
    rows = in_place(public_notices(), place)[:NEWEST]
    found = feeds.notices_of_place(place, rows, _address(request), instant_of(request))
    return _atom(request, found)


def _atom(request: HttpRequest, found: feeds.Written) -> HttpResponse:
    """The feed; nothing where its reader has it already: most ask every few minutes."""

    def etag(request: HttpRequest) -> str:
        return f'"{sha256(found.content).hexdigest()}"'

    def last_modified(request: HttpRequest) -> datetime:
        return found.changed_at

    @condition(etag_func=etag, last_modified_func=last_modified)
    def whole(request: HttpRequest) -> HttpResponse:
        return HttpResponse(found.content, feeds.ATOM_TYPE)

    return whole(request)


def _address(request: HttpRequest) -> str:
    """Where this server's pages begin."""
    return request.build_absolute_uri("/").rstrip("/")


def _clocks(request: HttpRequest, name: str, cases: QuerySet[Case]) -> HttpResponse:
    at = instant_of(request)
    with law.pinned():
        events = [feeds.event_of_clock(clock, at) for clock in running_clocks(cases)[:MOST]]
    return _calendar(name, events)


def _calendar(name: str, events: list[Event]) -> HttpResponse:
    return HttpResponse(feeds.calendar_of(name, events), feeds.CALENDAR_TYPE)
