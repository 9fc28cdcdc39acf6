"""The list of estates: what the address asks for, one page of rows by keys, and the places one may narrow it to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from gongzhi.law.models import Jurisdiction
from gongzhi.procedures.queries import listed_cases
from gongzhi.registry.divisions import COLUMNS
from gongzhi.registry.models import Appointment, Engagement, Estate, Mode
from gongzhi.registry.queries import named
from gongzhi.values.refusals import Invalid

SHOWN = 50
#: Counted no further.
MOST = 2000
CELLS = ("小区", "种类", "所在地", "地址", "今天谁在管", "方式", "自", "在办案件")
MANAGED = {"": "全部", "none": "无人在管"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    name: str = ""
    place: str = ""
    managed: str = ""
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, questions: Mapping[str, str]) -> "Asked":
        """From the address; what is too long or not offered is not asked."""
        managed = questions.get("managed", "")
        return cls(
            name=questions.get("q", "").strip()[:50],
            place=questions.get("place", "").strip()[:12],
            managed=managed if managed in MANAGED else "",
            after=questions.get("after", ""),
            before=questions.get("before", ""),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and the keys the next and the previous page begin at, "" where there is none."""

    rows: Sequence[Estate]
    after: str
    before: str


def asked_estates(seen: QuerySet[Estate], asked: Asked, on: date) -> QuerySet[Estate]:
    """Of the estates one sees those that are asked for, each with `mode_now`, `since_on` and `holder`."""
    newest = Engagement.objects.filter(estate=OuterRef("pk"), from_on__lte=on).order_by("-from_on")
    rows = seen.annotate(
        mode_now=Subquery(newest.values("mode")[:1]),
        since_on=Subquery(newest.values("from_on")[:1]),
        holder=Subquery(newest.values("organisation__name")[:1]),
    )
    if asked.name:
        rows = rows.filter(named(asked.name))
    if asked.place:
        rows = rows.filter(_lies_in(asked.place))
    return rows.filter(mode_now=Mode.UNMANAGED) if asked.managed == "none" else rows


def _lies_in(place: str) -> Q:
    """In a city, county, subdistrict or community; in nothing where the code is none of them."""
    level = Jurisdiction.objects.filter(pk=place).values_list("level", flat=True).first()
    if level == "province":
        return Q(city__in=Jurisdiction.objects.filter(parent_id=place).values("code"))
    return Q(**{COLUMNS[level]: place}) if level in COLUMNS else Q(pk__in=())


def page_of(rows: QuerySet[Estate], asked: Asked) -> Page:
    """One page by pinyin and id. Invalid: the key it should begin at is no estate of the list."""
    backwards = bool(asked.before)
    start = asked.before or asked.after
    if start:
        rows = rows.filter(_beyond(start, backwards))
    order = ("-pinyin", "-pk") if backwards else ("pinyin", "pk")
    found = list(rows.order_by(*order)[: SHOWN + 1])
    more, found = len(found) > SHOWN, found[:SHOWN]
    if backwards:
        found.reverse()
    if not found:
        return Page((), "", "")
    first, last = str(found[0].pk), str(found[-1].pk)
    has_next, has_previous = (True, more) if backwards else (more, bool(asked.after))
    return Page(found, last if has_next else "", first if has_previous else "")


def _beyond(start: str, backwards: bool) -> Q:
    try:
        anchor = Estate.objects.filter(pk=UUID(start)).first()
    except ValueError:
        anchor = None
    if anchor is None:
        raise Invalid("翻页的起点已经不在了，请从第一页重新开始。", fields={"after": "没有这一行"})
    way = "lt" if backwards else "gt"
    same = Q(**{"pinyin": anchor.pinyin, f"pk__{way}": anchor.pk})
    return Q(**{f"pinyin__{way}": anchor.pinyin}) | same


def told_rows(estates: Sequence[Any], appointment: Appointment) -> list[dict[str, Any]]:
    """The page's rows: who manages each, how many cases run there that the reader sees, where it lies."""
    running = listed_cases(appointment).filter(estate__in=[one.pk for one in estates], ended_at=None)
    counted = dict(running.order_by().values_list("estate").annotate(Count("pk")))
    names = _names(code for one in estates for code in (one.subdistrict, one.community))
    return [
        {
            "estate": one,
            "kind": one.get_kind_display(),
            "place": f"{names.get(one.subdistrict, '')} {names.get(one.community, '')}".strip(),
            "mode": str(Mode(one.mode_now).label) if one.mode_now else "",
            "is_none": one.mode_now == Mode.UNMANAGED,
            "since_on": one.since_on,
            "holder": one.holder or "",
            "cases": counted.get(one.pk, 0),
        }
        for one in estates
    ]


def cells_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """A row of the list as cells of `CELLS`."""
    estate, since = row["estate"], row["since_on"] or ""
    return (
        *(estate.name, row["kind"], row["place"], estate.address),
        *(row["holder"], row["mode"], since, row["cases"] or ""),
    )


def _names(codes: Any) -> dict[str, str]:
    rows = Jurisdiction.objects.filter(pk__in=set(codes))
    return dict(rows.values_list("code", "name"))


def places_offered(seen: QuerySet[Estate], appointment: Appointment, place: str) -> list[tuple[str, str]]:
    """Code and name of the places to narrow to: those under the chosen one (or one's own), and the way back up.

    Who has no territory is offered the subdistricts of the estates there are to see.
    """
    own = appointment.organisation.jurisdiction_code if appointment.organisation is not None else ""
    top = Jurisdiction.objects.filter(pk=own).first()
    if top is None or appointment.organisation is None or not _is_wide(appointment):
        codes = seen.order_by().values_list("subdistrict", flat=True).distinct()[:SHOWN]
        return sorted(_names(codes).items())
    chosen = Jurisdiction.objects.filter(pk=place).select_related("parent").first() or top
    above = [chosen] if chosen.pk != top.pk else []
    if chosen.parent is not None and chosen.parent_id not in (top.pk, top.parent_id, None):
        above.insert(0, chosen.parent)
    below = Jurisdiction.objects.filter(parent=chosen, to_on=None).order_by("code")[:MOST]
    return [(one.code, one.name) for one in (*above, *below)]


def _is_wide(appointment: Appointment) -> bool:
    """Whether the post's organisation sees a territory with more than one community in it."""
    organisation = appointment.organisation
    return bool(organisation and organisation.estate_id is None and not organisation.community)


def figures(rows: QuerySet[Estate]) -> tuple[int, int]:
    """How many there are and how many of them nobody manages, counted up to `MOST`."""
    found = list(rows.order_by().annotate(now=F("mode_now")).values_list("now", flat=True)[:MOST])
    return len(found), found.count(Mode.UNMANAGED)
