"""Lists whose order, filter and page stand in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest


def address(request: HttpRequest, **changed: str | None) -> str:
    """This page's address with some of its questions changed; None takes one away, and a page starts anew."""
    asked = request.GET.copy()
    if not {"after", "before"} & changed.keys():
        changed = {"after": None, "before": None, **changed}
    for name, value in changed.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head: a title, and where it can be sorted by, its key."""

    title: str
    key: str = ""
    numeric: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head as it is shown. `sorted`: "", ascending or descending."""

    column: Column
    href: str
    sorted: str


def heads(request: HttpRequest, columns: Sequence[Column], default: str = "") -> list[Head]:
    """Heads whose links sort by `sort=key`, or `sort=-key` the other way."""
    now = request.GET.get("sort", default)
    return [_head(request, column, now) for column in columns]


def _head(request: HttpRequest, column: Column, now: str) -> Head:
    if not column.key:
        return Head(column, "", "")
    order = "ascending" if now == column.key else "descending" if now == f"-{column.key}" else ""
    return Head(
        column, address(request, sort=f"-{column.key}" if order == "ascending" else column.key), order
    )


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of a filter, with how many there are."""

    title: str
    href: str
    current: bool
    count: str = ""


def tabs(
    request: HttpRequest, name: str, choices: Mapping[str, str], counts: Mapping[str, int] | None = None
) -> list[Tab]:
    """A filter of a few choices: value → title; the first is meant where nothing is asked for."""
    first = next(iter(choices), "")
    now = request.GET.get(name, first)
    return [
        Tab(
            title,
            address(request, **{name: value if value != first else None}),
            now == value,
            str((counts or {}).get(value, "")),
        )
        for value, title in choices.items()
    ]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list goes on; a list by keys knows no page numbers."""

    before: str
    after: str
    shown: int


def pages(request: HttpRequest, *, after: str = "", before: str = "", shown: int = 0) -> Pages:
    """`after` and `before`: the keys the next and the previous page begin at, "" where there is none."""
    return Pages(
        before=address(request, before=before, after=None) if before else "",
        after=address(request, after=after, before=None) if after else "",
        shown=shown,
    )
