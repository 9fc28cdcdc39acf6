"""The entries of the navigation. Rooms above offer theirs once, when the application starts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from django.urls import NoReverseMatch, reverse

from gongzhi.procedures.queries import ticks
from gongzhi.registry.models import Appointment

#: Shown in the bottom bar of a phone; the rest stands under 更多.
IN_BAR = 4


@dataclass(frozen=True, slots=True)
class Count:
    """A number beside an entry; `hot` where something in it is overdue; `more`: there are more than that."""

    number: int
    hot: bool = False
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number}+" if self.more else str(self.number)


@dataclass(frozen=True, slots=True)
class Glance:
    """What stands beside every page, read at once: the numbers at the entries and at the bell, by the names of their
    pages, and when the worker last went round.
    """

    numbers: Mapping[str, Count]
    tick_at: datetime | None


#: None for who is told no numbers.
Glancing = Callable[[Appointment, datetime], Glance | None]
#: The page whose number stands at the bell.
BELL = "messages"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation.

    url_name   the page it opens; an entry whose page does not exist (yet) is not shown
    icon       a name from `icons.json`
    section    the heading it stands under, "" at the top
    posts      who sees it, as codes of posts; nobody named: every post
    kinds      in which kinds of bodies, as codes; none named: in any, and a post in no body is not asked
    fits       asked of the seat where posts and kinds do not say it; without the database, for every page asks
    shell      `office`, `public` or both
    below      beginnings of paths that belong to it as well
    """

    title: str
    url_name: str
    icon: str = "file-text"
    section: str = ""
    posts: frozenset[str] = frozenset()
    shell: frozenset[str] = frozenset({"office"})
    below: tuple[str, ...] = ()
    order: int = 100
    kinds: frozenset[str] = frozenset()
    fits: Callable[[Appointment], bool] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one page shows it."""

    entry: Entry
    path: str
    current: bool = False
    count: Count | None = None
    opens: str = ""


_ENTRIES: dict[str, Entry] = {}
_GLANCING: list[Glancing] = []


def offer(*entries: Entry) -> None:
    """Add entries, or replace those of the same page. Call it in `AppConfig.ready`."""
    _ENTRIES.update({entry.url_name: entry for entry in entries})


def bind_glance(glancing: Glancing) -> None:
    """Say how what stands beside every page is read for a seat."""
    _GLANCING[:] = [glancing]


def glance(seat: Appointment | None, at: datetime) -> Glance:
    """What stands beside every page."""
    found = _GLANCING[0](seat, at) if _GLANCING and seat is not None else None
    return found or Glance({}, ticks().first())


def shown(
    shell: str, path: str, seat: Appointment | None, numbers: Mapping[str, Count] = MappingProxyType({})
) -> list[Shown]:
    """The entries of a shell for whoever looks, in order, the current one marked, headings where they change.

    `numbers`: what stands beside them, of a `Glance`.
    """
    entries = sorted(_ENTRIES.values(), key=lambda entry: (bool(entry.section), entry.order, entry.title))
    found = [(entry, _path(entry)) for entry in entries if shell in entry.shell and _may_see(entry, seat)]
    rows = [Shown(entry, where) for entry, where in found if where]
    current = _current(rows, path)
    return list(_finished(rows, current, numbers))


def _finished(rows: list[Shown], current: Shown | None, numbers: Mapping[str, Count]) -> Iterable[Shown]:
    section = ""
    for row in rows:
        count = numbers.get(row.entry.url_name)
        opens = row.entry.section if row.entry.section != section else ""
        section = row.entry.section
        yield replace(row, current=row is current, count=count, opens=opens)


def _current(rows: list[Shown], path: str) -> Shown | None:
    """The entry whose page, or a page below it, is looked at: the longest beginning wins."""

    def reach(row: Shown) -> int:
        if path == row.path:
            return len(path) + 1
        starts = [start for start in (row.path, *row.entry.below) if start != "/" and path.startswith(start)]
        return max(map(len, starts), default=0)

    best = max(rows, key=reach, default=None)
    return best if best is not None and reach(best) else None


def _may_see(entry: Entry, seat: Appointment | None) -> bool:
    if entry.posts and (seat is None or seat.post not in entry.posts):
        return False
    if entry.fits is not None and (seat is None or not entry.fits(seat)):
        return False
    body = seat.organisation if entry.kinds and seat is not None else None
    return body is None or body.kind in entry.kinds


def _path(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""
