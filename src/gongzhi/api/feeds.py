"""Feeds: running clocks as an iCalendar, the notices of an estate or of a place as Atom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Max
from feedgen.feed import FeedGenerator
from icalendar import Calendar, Event

from gongzhi.acts.models import Entry
from gongzhi.law.models import Jurisdiction
from gongzhi.law.remarks import without_marks
from gongzhi.notices.models import Notice
from gongzhi.notices.rows import PERIOD
from gongzhi.procedures.models import Case, Clock, Task
from gongzhi.procedures.presenting import subject_name, title_of_step
from gongzhi.registry.models import Estate
from gongzhi.values.now import ZONE
from gongzhi.values.wording import due_words

CALENDAR_TYPE = "text/calendar; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
_PRODUCT = "-//gongzhi//clocks//ZH"
PROVISIONAL = "（暂定）"
#: A line of the working that says nothing to who reads a calendar: which edition of the working days was counted by.
_OF_OURS = "日历版本"


@dataclass(frozen=True, slots=True)
class Written:
    """A feed written out, and when what it tells changed last."""

    content: bytes
    changed_at: datetime


def _marked(words: str) -> str:
    """In a demonstration or a rehearsal every entry says so: it stands among real ones in the reader's own program."""
    return f"【{settings.PAPER_MARK}】{words}" if settings.PAPER_MARK else words


def calendar_of(name: str, events: Iterable[Event]) -> bytes:
    """An iCalendar (RFC 5545) of events."""
    calendar = Calendar()
    for field, value in (("prodid", _PRODUCT), ("version", "2.0"), ("x-wr-calname", _marked(name))):
        calendar.add(field, value)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def event_of_task(task: Task, at: datetime) -> Event:
    """When a task is due; one that waits without a date is no event."""
    assert task.due_at is not None
    event = _event(task.pk, f"截止：{task.title}", task.case, at)
    _at(event, task.due_at)
    return event


def event_of_clock(clock: Clock, at: datetime) -> Event:
    """When a clock runs out, with its working; a provisional date is tentative and says so."""
    assert clock.due_at is not None
    word = "期满" if clock.minimum else "截止"
    title = f"{word}：{title_of_step(clock.case, clock.step.code)}"
    event = _event(clock.pk, title if clock.exact else f"{title}{PROVISIONAL}", clock.case, at)
    event.add("status", "CONFIRMED" if clock.exact else "TENTATIVE")
    said = [line for line in clock.working if not line.startswith(_OF_OURS)]
    event["description"] = "\n".join(
        [str(event["description"]), *map(without_marks, (*said, *clock.warnings))]
    )
    if clock.due_on is not None:
        event.add("dtstart", clock.due_on)
        event.add("dtend", clock.due_on + timedelta(days=1))
    else:
        _at(event, clock.due_at)
    return event


def _event(key: UUID, title: str, case: Case, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{key}@gongzhi")
    event.add("dtstamp", at)
    event.add("summary", _marked(f"{title}（{subject_name(case)}）"))
    event.add("description", case.number)
    return event


def _at(event: Event, instant: datetime) -> None:
    """The minute before a due instant, which is the first one too late."""
    last = instant.astimezone(ZONE) - timedelta(minutes=1)
    event.add("dtstart", last)
    event.add("dtend", last + timedelta(minutes=1))


def notices_of_estate(estate: Estate, notices: Iterable[Notice], address: str, at: datetime) -> Written:
    """The notices of an estate. `address` is where this server's pages begin."""
    own, page = f"{address}/api/v1/feeds/notices/{estate.pk}.atom", f"{address}/notices/estates/{estate.pk}/"
    feed = _feed(f"urn:uuid:{estate.pk}", estate.name, own, page)
    told = [(notice, "") for notice in notices]
    return _filled(feed, _entries(feed, told, address), at)


def notices_of_place(place: Jurisdiction, notices: Iterable[Notice], address: str, at: datetime) -> Written:
    """The notices of a division; each entry begins with the name of its estate."""
    own = f"{address}/api/v1/feeds/notices/places/{place.code}.atom"
    feed = _feed(own, place.name, own, f"{address}/notices/places/{place.code}/")
    told = [(notice, _estate_of(notice)) for notice in notices]
    return _filled(feed, _entries(feed, told, address), at)


def _feed(key: str, name: str, own: str, page: str) -> FeedGenerator:
    """An Atom feed (RFC 4287) that stands at `own`; the board at `page` goes on where the feed ends."""
    feed = FeedGenerator()
    feed.id(key)
    feed.title(_marked(f"{name}公示"))
    feed.author(name="共治")
    feed.generator("gongzhi")
    feed.link(href=own, rel="self", type="application/atom+xml")
    feed.link(href=page, rel="alternate", type="text/html")
    return feed


def _filled(feed: FeedGenerator, changed: list[datetime], at: datetime) -> Written:
    """Written out. `changed`: when each entry was; an empty feed is as new as the day of the request."""
    updated = max(changed, default=at.replace(hour=0, minute=0, second=0, microsecond=0))
    feed.updated(updated)
    return Written(bytes(feed.atom_str(pretty=True)), updated)


def _estate_of(notice: Notice) -> str:
    return f"{notice.estate.name}：" if notice.estate is not None else ""


def _entries(feed: FeedGenerator, told: list[tuple[Notice, str]], address: str) -> list[datetime]:
    """An entry a notice, each with the words its title begins with; when each was changed last."""
    counted = _counted_at([notice for notice, _ in told])
    return [_entry(feed, notice, address, before, counted) for notice, before in told]


def _entry(
    feed: FeedGenerator, notice: Notice, address: str, before: str, counted: dict[UUID, datetime]
) -> datetime:
    entry = feed.add_entry(order="append")
    changed = _changed_at(notice, counted.get(notice.pk, notice.posted_at))
    entry.id(f"urn:uuid:{notice.pk}")
    entry.title(_marked(f"{before}{notice.title}（{notice.number}）"))
    entry.published(notice.posted_at)
    entry.updated(changed)
    entry.author(name=notice.issuer.name)
    entry.link(href=f"{address}/notices/{notice.pk}/")
    entry.content(_content(notice), type="text")
    return changed


def _counted_at(notices: list[Notice]) -> dict[UUID, datetime]:
    """When the period of each notice was put into the log last: at first, counted anew, taken down."""
    rows = Entry.objects.filter(kind=PERIOD, subject_id__in=[notice.pk for notice in notices])
    return dict(rows.order_by().values_list("subject_id").annotate(Max("at")))


def _changed_at(notice: Notice, counted: datetime) -> datetime:
    """When what is told of a notice changed last: also that it was found torn, before its days begin anew."""
    torn = [one.found_at for one in notice.interruptions.all()]
    return max(notice.posted_at, counted, *torn)


def _content(notice: Notice) -> str:
    until = f"公示至{due_words(notice.until_at)}。" if notice.until_at is not None else ""
    if notice.ended_at is None and any(torn.again_at is None for torn in notice.interruptions.all()):
        until = "发现缺损，公示中断，补贴后重新起算。"
    over = f"已取下：{notice.ended_why}。" if notice.ended_at is not None else ""
    return "\n".join(filter(None, (notice.body, until, over)))
