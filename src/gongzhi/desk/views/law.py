"""法规库: keys by place, one key, due dates with their working, coverage, defects. The law alone speaks."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from gongzhi.law import queries as law
from gongzhi.law.book import LawBook
from gongzhi.law.layers import Adopted
from gongzhi.law.remarks import Remark
from gongzhi.law.schema import ROOT
from gongzhi.registry.queries import day_of
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import Refusal

from .. import law_askers, law_chain, law_coverage, law_table
from ..administration.settings import settable
from ..law_words import EVIDENCE, group_of, plain, words
from .acting import actor_in

SECTIONS = {"law": "参数对照", "law-due": "期限计算", "law-coverage": "条款落实", "law-defects": "原文瑕疵"}
Told = dict[str, Any]
#: Empty rows offered below those that were asked for.
BLANK = 3
KINDS = {"": "全部", "defect": "原文瑕疵", "tension": "与上位法的关系"}


def _own(seat: Seat) -> str:
    """Where the reader works or lives."""
    held = seat.appointment
    if held.organisation is not None and held.organisation.jurisdiction_code:
        return held.organisation.jurisdiction_code
    estate = held.estate or (held.organisation.estate if held.organisation is not None else None)
    return estate.county if estate is not None else ""


def _known(book: LawBook, code: str) -> str:
    """A place of the law, "" where the book does not know it."""
    try:
        return book.place(code) if code else ""
    except Refusal:
        return ""


def _choices(book: LawBook, own: str) -> dict[str, str]:
    """Places to choose from: one's own with all above it, and every place with a text."""
    chain = [code for code in reversed(book.chain(own)) if len(code) <= 6] if own else []
    return law_table.names_of(book, dict.fromkeys([*chain, *book.packs]))


@seated
def table(request: HttpRequest, seat: Seat) -> HttpResponse:
    """参数对照."""
    today = day_of(seat.at)
    on = law_chain.read_on(request.GET.get("on", ""), today)
    name = request.GET.get("q", "").strip()[:50]
    groups = {one.code: one.title for one in words().groups}
    group = request.GET.get("group", "" if name else next(iter(groups)))
    with law.pinned() as book:
        own = _known(book, _own(seat))
        columns = law_table.places(book, request.GET.getlist("at"), own)
        told: Told = {
            "rows": law_table.table(book, columns, on, group=group, name=name),
            "columns": columns,
            "adoptions": _adoptions(book, columns, on),
            "choices": _choices(book, own),
            "settable": _settable(request, seat, book, columns),
        }
    told |= {"on": on, "today": today, "name": name, "group": group, "groups": groups, "sections": SECTIONS}
    return render(request, "desk/law/table.html", told)


def _settable(
    request: HttpRequest, seat: Seat, book: LawBook, columns: list[law_table.Place]
) -> frozenset[str]:
    """The places among the columns that the reader may set values for."""
    by = actor_in(request, seat)
    return settable(seat.appointment, by, seat.at, book, [one.code for one in columns])


def _adoptions(book: LawBook, columns: list[law_table.Place], on: date) -> dict[str, Adopted]:
    """Place → the text it has adopted by then."""
    codes = {one.code for one in columns}
    return {
        one.jurisdiction: one
        for one in book.adoptions
        if one.jurisdiction in codes and one.decides_from <= on
    }


@seated
def key_page(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """One key at every place, with all that must be said beside it. NotFound: no such key."""
    today = day_of(seat.at)
    on = law_chain.read_on(request.GET.get("on", ""), today)
    with law.pinned() as book:
        about = book.key(key)
        own = _known(book, _own(seat))
        columns = [law_table.Place(code, name, code == own) for code, name in _choices(book, own).items()]
        row = law_table.row(book, key, columns, on)
        told: Told = {
            "row": row,
            "about": about,
            "usual": plain(about.usual, None, about.options, key=key) if about.usual is not None else "",
            "remarks": law_table.remarks_of(book, key),
            "differs": law_table.differs(row.cells),
            "points": law_table.points_of(row),
            "silent": [one.place.name for one in row.cells if one.kind == "none"],
            "settable": _settable(request, seat, book, columns),
        }
    told |= {"askers": law_askers.askers(key), "evidence": EVIDENCE, "on": on, "today": today}
    told |= {"group": group_of(key), "sections": SECTIONS}
    return render(request, "desk/law/key.html", told)


@seated
def due(request: HttpRequest, seat: Seat) -> HttpResponse:
    """期限计算: the rows of the form, each counted from its own date or from the row before.

    NotFound: no such place; Invalid: the day of the law is none.
    """
    today = day_of(seat.at)
    asked_on = request.GET.get("on", "")
    links = law_chain.asked(request.GET.getlist("key"), request.GET.getlist("from"))
    with law.pinned() as book:
        own = _known(book, _own(seat))
        asked_at = request.GET.get("at", "")
        place = book.place(asked_at) if asked_at else own or ROOT
        day = law_chain.read_on(asked_on, today)
        done = law_chain.reckon(book, place, links, day if asked_on else None)
        told: Told = {
            "links": done,
            "blank": range(len(done) + 1, min(len(done) + BLANK, law_chain.LONGEST) + 1),
            "keys": law_table.counted_keys(book, place, day),
            "choices": _choices(book, place) | law_table.names_of(book, [place]),
            "name": law_table.names_of(book, [place]).get(place, place),
        }
    told |= {"place": place, "on": asked_on, "today": today, "chains": words().chains, "sections": SECTIONS}
    return render(request, "desk/law/due.html", told)


@seated
def coverage(request: HttpRequest, seat: Seat) -> HttpResponse:
    """条款落实: the 290 provisions."""
    source, state = request.GET.get("source", ""), request.GET.get("state", "")
    name = request.GET.get("q", "").strip()[:50]
    counts = law_coverage.counts(law_coverage.covered().items)
    told = {
        "lines": law_coverage.lines(source, state, name),
        "counts": counts,
        "total": counts[""],
        "realised": counts["proved"] + counts["realised"],
        "states": law_coverage.STATES,
        "sources": {"": "全部", **law_coverage.sources()},
        "source": source,
        "state": state,
        "name": name,
        "sections": SECTIONS,
    }
    return render(request, "desk/law/coverage.html", told)


@seated
def defects(request: HttpRequest, seat: Seat) -> HttpResponse:
    """原文瑕疵: what the sources leave open or get wrong, and where they pull against superior law."""
    kind, place = request.GET.get("kind", ""), request.GET.get("at", "")
    with law.pinned() as book:
        names = law_table.names_of(book, book.packs)
        titles = {key: book.key(key).title for one in book.remarks for key in one.keys}
        found = [_remark(one, names, titles) for one in book.remarks if _is_asked(one, kind, place)]
        told = {"rows": found, "places": names, "total": len(book.remarks)}
    told |= {"kinds": KINDS, "kind": kind, "place": place, "sections": SECTIONS}
    return render(request, "desk/law/defects.html", told)


def _is_tension(remark: Remark) -> bool:
    return remark.id.startswith("T")


def _is_asked(remark: Remark, kind: str, place: str) -> bool:
    of_kind = not kind or _is_tension(remark) == (kind == "tension")
    return of_kind and (not place or not remark.packs or place in remark.packs)


def _remark(remark: Remark, names: dict[str, str], titles: dict[str, str]) -> dict[str, object]:
    return {
        "remark": remark,
        "kind": KINDS["tension" if _is_tension(remark) else "defect"],
        "places": [names.get(code, code) for code in remark.packs],
        "keys": [(key, titles[key]) for key in remark.keys],
    }


@cache_control(max_age=3600, public=True)
def style(request: HttpRequest) -> HttpResponse:
    """The stylesheet of the law table and the estate's file; it names the tokens of `ui` and no colour of its own."""
    return render(request, "desk/reference.css", content_type="text/css; charset=utf-8")
