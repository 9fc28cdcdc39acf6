"""The tag of each part: `{% load parts %}`. What a tag shows is worked out in `gongzhi.ui.parts`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongzhi.ui import published
from gongzhi.ui.middleware import SHOWS_MAP
from gongzhi.ui.parts import (
    badges,
    chip,
    days,
    figures,
    fortnight,
    icons,
    lists,
    managers,
    maps,
    ruler,
    said,
    steps,
)
from gongzhi.ui.parts import working as workings

register = template.Library()
Shown = dict[str, Any]
#: Chips and articles of the same words are many on a page, and come again on the next: drawn once, so many are kept.
ALIKE = 2000

# Words and icons ----------------------------------------------------------------------------------------------------

register.filter("day_weekday", days.day_weekday)
register.filter("short_day", days.short_day)
register.filter("month_day", days.month_day)
register.filter("short_time", days.short_time)
register.filter("short_due", days.short_due)
register.filter("binding", days.binding)
register.filter("money", figures.money)
register.filter("area", figures.area)
register.simple_tag(icons.icon, name="icon")


@register.simple_tag
def page_assets() -> SafeString:
    """Icon, stylesheets and scripts of every page; those of packages that are not installed are left out."""
    fonts = [published.package_address(name, "index.css") for name in published.FONTS]
    styles = [*filter(None, fonts), published.own_address("css")]
    htmx = published.package_address("htmx.org", "dist/htmx.min.js")
    scripts = [*filter(None, [htmx]), published.own_address("js")]
    return format_html(
        '<link rel="icon" type="image/svg+xml" href="{}">\n{}\n{}',
        static(published.own_address("svg")),
        format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(one),) for one in styles)),
        format_html_join("\n", '<script src="{}" defer></script>', ((static(one),) for one in scripts)),
    )


@register.simple_tag
def package_file(name: str, path: str) -> str:
    """The address of a listed package's file, "" where it is not installed."""
    found = published.package_address(name, path)
    return static(found) if found else ""


@register.simple_tag(takes_context=True)
def map_assets(context: template.Context, shown: maps.Map | None) -> SafeString:
    """What a page with a map loads beside: Leaflet where it is installed, and our script; nothing without a map."""
    style, script = (published.package_address("leaflet", f"dist/leaflet.{kind}") for kind in ("css", "js"))
    if shown is None or not script:
        return SafeString("")
    setattr(_request(context), SHOWS_MAP, True)
    return format_html(
        '<link rel="stylesheet" href="{}"><script src="{}" defer></script><script src="{}" defer></script>',
        *(static(one) for one in (style, script, published.own_address("map"))),
    )


@register.inclusion_tag("ui/parts/_map.html")
def place_map(shown: maps.Map | None) -> Shown:
    """A map that a view made, with its text; nothing where there is none. Its page asks for `map_assets` too."""
    return {"map": shown, "tiles": settings.MAP_TILES, "credit": settings.MAP_CREDIT}


# Dates --------------------------------------------------------------------------------------------------------------


@register.simple_tag
def countdown(due_at: datetime | None, at: datetime, near: int, exact: bool = True) -> SafeString:
    """The chip of a date that runs."""
    return show_chip(chip.countdown(due_at, at, near, exact))


@register.simple_tag
def clock_chip(
    clock: Mapping[str, Any], at: datetime, near: int, suspensions: list[Mapping[str, Any]] | None = None
) -> SafeString:
    """The chip of a presented clock."""
    return show_chip(chip.of_clock(clock, at, near, suspensions))


@register.simple_tag
@lru_cache(maxsize=ALIKE)
def show_chip(made: chip.Chip | None) -> SafeString:
    """A chip that a view made."""
    return render_to_string("ui/parts/_chip.html", {"chip": made})


@register.inclusion_tag("ui/parts/_working.html")
def working(
    clock: Mapping[str, Any],
    at: datetime,
    case: Mapping[str, Any] | None = None,
    open: bool = False,
) -> Shown:
    """这个日期怎么算的, of a presented clock of a presented case."""
    return {"working": workings.working(clock, at, case), "open": open}


@register.simple_tag
def clock_cites(clock: Mapping[str, Any]) -> SafeString:
    """The articles of a presented clock."""
    return show_cites(workings.cites_of(clock))


@register.inclusion_tag("ui/parts/_working.html")
def notice_working(notice: Mapping[str, Any], at: datetime, open: bool = False) -> Shown:
    """这个日期怎么算的, of a presented notice."""
    return {"working": workings.of_notice(notice, at), "open": open}


@register.inclusion_tag("ui/parts/_two_clocks.html")
def two_clocks(conflict: Mapping[str, Any], clocks: Sequence[Mapping[str, Any]], at: datetime) -> Shown:
    """Two periods on one step: both, the binding one first."""
    order = {key: place for place, key in enumerate(conflict["clocks"])}
    found = sorted((one for one in clocks if one["id"] in order), key=lambda one: order[one["id"]])
    return {"conflict": conflict, "clocks": found, "at": at}


@register.inclusion_tag("ui/parts/_ruler.html")
def day_ruler(
    start: date | datetime, end: date | datetime, at: datetime, minimum: bool = False, **more: Any
) -> Shown:
    """A ruler from the day of the event to the last day; `skipped`, `halted`, `counts_first` as in `ruler`."""
    return {"ruler": ruler.ruler(start, end, at, minimum=minimum, **more)}


@register.inclusion_tag("ui/parts/_fortnight.html")
def two_weeks(dues: Sequence[fortnight.Due], at: datetime, href: str = "") -> Shown:
    """The two weeks ahead; `href` is completed by the day (`?day=`)."""
    return {"cells": fortnight.fortnight(dues, at, href)}


# A case -------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/_timeline.html", takes_context=True)
def step_timeline(
    context: template.Context,
    case: Mapping[str, Any],
    at: datetime,
    near: int,
    beside: steps.Beside | None = None,
) -> Shown:
    """The steps of a presented case; a piece sees the page's own context, with `step` and what it is `told`."""
    page: Shown = {str(name): value for name, value in context.flatten().items()}
    return {**page, "timeline": steps.timeline(case, at, near, beside)}


@register.inclusion_tag("ui/parts/_turn.html")
def turn_band(
    case: Mapping[str, Any], blocked: Sequence[steps.Blocked] = (), below: Mapping[Any, Any] | None = None
) -> Shown:
    """现在轮到 of a presented case. `below`: what each case below it waits for, by its id: task, holder, chip."""
    return {"turn": steps.turn(case, blocked, below or {})}


@register.inclusion_tag("ui/parts/_history.html")
def history(told: Sequence[said.Saying]) -> Shown:
    """经过: what was said when, by whom, newest first, the older part folded."""
    return {"course": said.course(told)}


@register.inclusion_tag("ui/parts/_papers.html")
def paper_list(papers: Sequence[Mapping[str, Any]], issued: Sequence[Mapping[str, Any]] = ()) -> Shown:
    """Papers sent with acts, numbered papers of authorities, and the photographs that belong to no notice."""
    pictures = [paper for paper in papers if paper.get("photograph") and not paper.get("of_notice")]
    plain = [paper for paper in papers if not paper.get("photograph")]
    return {"papers": plain, "issued": issued, "pictures": pictures}


@register.inclusion_tag("ui/parts/_pictures.html")
def picture_list(
    pictures: Sequence[Mapping[str, Any]], release: Any = None, shown: Sequence[Any] = ()
) -> Shown:
    """Photographs as small marked copies; with `release`, a notice's id, each with the way to let it out."""
    return {"pictures": pictures, "release": release, "shown": shown}


@register.inclusion_tag("ui/parts/_pairs.html")
def pairs(rows: Sequence[tuple[str, Any]], flush: bool = False) -> Shown:
    """Terms and values; empty values are left out, `flush` sets values to the right."""
    return {"rows": [(term, value) for term, value in rows if value not in ("", None)], "flush": flush}


# Badges -------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/_role.html")
def role_badge(role: str, name: str = "") -> Shown:
    """A role's disc and the name of who holds it."""
    return {"badge": badges.role_badge(role, name)}


@register.inclusion_tag("ui/parts/_role.html")
def holder_badge(role: str, organisation: Any, name: str) -> Shown:
    """Who holds a task: a body's disc where it is one, else the role's."""
    return {"badge": badges.holder_badge(role, organisation.kind if organisation is not None else "", name)}


@register.inclusion_tag("ui/parts/_role.html")
def organisation_badge(kind: str, name: str) -> Shown:
    """An organisation's disc and name."""
    return {"badge": badges.organisation_badge(kind, name)}


@register.simple_tag
def citation(instrument: str, article: str = "", state: str = "", href: str = "") -> SafeString:
    """One article; `state` is "", `local` or `draft`."""
    return show_cites([badges.citation(instrument, article, state, href)])


@register.simple_tag
def citations(found: Sequence[Any]) -> SafeString:
    """Several articles."""
    return show_cites(badges.cites(found))


@register.simple_tag
def show_cites(made: Sequence[badges.Cite]) -> SafeString:
    """Articles that a view made."""
    return _cites(tuple(made))


@lru_cache(maxsize=ALIKE)
def _cites(made: tuple[badges.Cite, ...]) -> SafeString:
    return render_to_string("ui/parts/_cites.html", {"cites": made})


@register.inclusion_tag("ui/parts/_proof.html")
def proof_badge(words: str, good: bool = True, href: str = "") -> Shown:
    """What can be proved, in plain words."""
    return {"proof": badges.proof(words, good, href)}


# Figures ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/_threshold.html")
def threshold_bar(made: figures.Bar) -> Shown:
    """A share against what the law asks for; make it with `figures.threshold`."""
    return {"th": made}


@register.inclusion_tag("ui/parts/_managers.html")
def manager_band(
    manager: Mapping[str, Any],
    all_managers: Sequence[Mapping[str, Any]],
    at: datetime,
    leavings: Mapping[UUID, managers.Leaving] | None = None,
) -> Shown:
    """今天谁在依法管理, with everybody before; `leavings` where the page has read them already."""
    return {"band": managers.manager_band(manager, all_managers, at, leavings), "at": at}


# Lists --------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/_heads.html", takes_context=True)
def table_heads(context: template.Context, columns: Sequence[lists.Column], default: str = "") -> Shown:
    """The head row of a table, sorted by the address."""
    return {"heads": lists.heads(_request(context), columns, default)}


@register.inclusion_tag("ui/parts/_tabs.html", takes_context=True)
def filter_tabs(
    context: template.Context, name: str, choices: Mapping[str, str], counts: Mapping[str, int] | None = None
) -> Shown:
    """A filter of a few choices that stands in the address."""
    return {"tabs": lists.tabs(_request(context), name, choices, counts)}


@register.inclusion_tag("ui/parts/_pages.html", takes_context=True)
def page_links(context: template.Context, after: str = "", before: str = "", shown: int = 0) -> Shown:
    """上一页, 下一页 of a list by keys."""
    return {"pages": lists.pages(_request(context), after=after, before=before, shown=shown)}


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changed: str | None) -> str:
    """This page's address with some of its questions changed."""
    return lists.address(_request(context), **changed)


def _request(context: template.Context) -> HttpRequest:
    found = context["request"]
    assert isinstance(found, HttpRequest)
    return found


# What the page says of itself ---------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/_empty.html")
def empty(
    true: str, following: str = "", href: str = "", action: str = "", is_missing: bool = False
) -> Shown:
    """Nothing here: what is true, what comes next, and where to look; `is_missing`: it was looked for in vain."""
    return {"true": true, "following": following, "href": href, "action": action, "is_missing": is_missing}


@register.inclusion_tag("ui/parts/_loading.html")
def loading(words: str) -> Shown:
    """Grey lines with words, shown by htmx after 400 ms."""
    return {"words": words}


@register.inclusion_tag("ui/parts/_stale.html")
def stale_form(who: str, when: datetime, what: str, href: str = "") -> Shown:
    """Somebody else changed this while it was being filled in; the reader's text is kept below."""
    return {"who": who, "when": when, "what": what, "href": href}


@register.inclusion_tag("ui/parts/_not_saved.html")
def not_saved(why: str, kept: str, number: str = "", href: str = "") -> Shown:
    """It could not be saved: why, what was kept, where to try again, a number to quote."""
    return {"why": why, "kept": kept, "number": number, "href": href}


@register.simple_tag
@lru_cache(maxsize=ALIKE, typed=True)  # what is marked safe is another word than the same one that is not
def waits(label: str, why: str) -> SafeString:
    """A control that must wait: dashed, with a lock and its reason."""
    return render_to_string("ui/parts/_waits.html", {"label": label, "why": why})


@register.inclusion_tag("ui/parts/_note.html")
def note(words: str, kind: str = "", title: str = "") -> Shown:
    """A remark; `kind` is "", `stop`, `warn`, `bad` or `good`."""
    return {"words": words, "kind": kind, "title": title}
