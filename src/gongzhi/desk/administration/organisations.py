"""单位: the list as the address asks for it, and one body whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.law.models import Jurisdiction
from gongzhi.papers.models import SealImage
from gongzhi.registry.divisions import COLUMNS
from gongzhi.registry.models import (
    MANAGERS,
    Appointment,
    CommitteeTerm,
    Estate,
    Organisation,
    OrganisationKind,
    Post,
)
from gongzhi.registry.queries import named
from gongzhi.registry.territory import estates_of, visible_estates

from .seeing import administers, appointments_seen, name_for

STATES = {"": "现有", "ended": "已终止", "every": "全部"}
HEADS = ("名称", "类别", "所在地", "统一社会信用代码", "机关代字", "服务电话", "登记", "终止")
#: Shown of a long list on one body's page.
MOST = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    name: str = ""
    kind: str = ""
    place: str = ""
    state: str = ""
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Asked:
        """What is too long or not offered is not asked."""
        kind, state = asked.get("kind", ""), asked.get("state", "")
        return cls(
            name=asked.get("q", "").strip()[:50],
            kind=kind if kind in OrganisationKind.values else "",
            place=asked.get("place", "").strip()[:12],
            state=state if state in STATES else "",
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the state was asked."""
        return bool(self.name or self.kind or self.place)


def asked_for(asked: Asked, on: date) -> QuerySet[Organisation]:
    """The bodies that are asked for; who is registered is no secret."""
    rows = Organisation.objects.all()
    if asked.name:
        rows = rows.filter(named(asked.name) | Q(uscc=asked.name.upper()))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.place:
        rows = rows.filter(_lies_in(asked.place))
    if asked.state != "every":
        ended = Q(to_on__lt=on)
        rows = rows.filter(ended) if asked.state == "ended" else rows.filter(Q(to_on=None) | ~ended)
    return rows


def _lies_in(place: str) -> Q:
    """In a division, or standing for it; in nothing where the code is none."""
    level = Jurisdiction.objects.filter(pk=place).values_list("level", flat=True).first()
    if level == "province":
        below = Jurisdiction.objects.filter(parent_id=place).values("code")
        return Q(city__in=below) | Q(jurisdiction_code=place)
    return Q(**{COLUMNS[level]: place}) if level in COLUMNS else Q(pk__in=())


def places_offered(place: str, own: str) -> list[tuple[str, str]]:
    """Code and name of the chosen place, what lies above it and what lies below; the provinces where none is chosen."""
    chosen = Jurisdiction.objects.filter(pk=place or own).select_related("parent__parent__parent").first()
    if chosen is None:
        rows = Jurisdiction.objects.filter(parent=None, to_on=None).order_by("code")
        return [(one.code, one.name) for one in rows]
    above, step = list[Jurisdiction](), chosen.parent
    while step is not None:
        above.insert(0, step)
        step = step.parent
    below = Jurisdiction.objects.filter(parent=chosen, to_on=None).order_by("code")
    return [(one.code, one.name) for one in (*above, chosen, *below)]


def places_of(rows: Iterable[Organisation]) -> dict[str, str]:
    """The name of each body's place: the street or community with the county it lies in."""
    codes = {code for row in rows for code in (row.jurisdiction_code, row.county, row.city)} - {""}
    return dict(Jurisdiction.objects.filter(pk__in=codes).values_list("code", "name"))


def place_words(row: Organisation, names: Mapping[str, str]) -> str:
    """County and place, each once."""
    codes = dict.fromkeys(code for code in (row.county or row.city, row.jurisdiction_code) if code)
    return " ".join(names.get(code, "") for code in codes).strip()


def told(rows: Sequence[Organisation], on: date) -> list[dict[str, Any]]:
    """The rows of a page, and of the spreadsheet: the same cells."""
    names = places_of(rows)
    return [
        {
            "pk": row.pk,
            "name": row.name,
            "kind": str(OrganisationKind(row.kind).label),
            "place": place_words(row, names),
            "uscc": row.uscc,
            "warning": row.uscc_warning,
            "document_code": row.document_code,
            "phone": row.phone_service,
            "from_on": row.from_on,
            "to_on": row.to_on,
            "is_over": row.to_on is not None and row.to_on < on,
        }
        for row in rows
    ]


CELLS = ("name", "kind", "place", "uscc", "document_code", "phone", "from_on", "to_on")


def kinds_offered() -> list[tuple[str, str]]:
    """The kinds there are any of."""
    there = set(Organisation.objects.order_by().values_list("kind", flat=True).distinct())
    return [(str(kind.value), str(kind.label)) for kind in OrganisationKind if kind in there]


# One body -----------------------------------------------------------------------------------------------------------


def body_file(row: Organisation, held: Appointment, at: datetime, on: date) -> dict[str, Any]:
    """Everything one may read of it."""
    names = places_of([row])
    now, before = people_in(row, held, at, on)
    return {
        "row": row,
        "kind": str(OrganisationKind(row.kind).label),
        "place": place_words(row, names),
        "is_over": row.to_on is not None and row.to_on < on,
        "now": now,
        "before": before,
        "estates": _estates(row, held, at),
        "seal": SealImage.objects.filter(organisation=row, withdrawn_at=None).first(),
        "term": CommitteeTerm.objects.filter(committee=row).order_by("-starts_on").first(),
    }


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post, named as the reader may."""

    row: Appointment
    name: str
    post: str
    is_seen: bool
    estate: str = ""


def people_in(
    body: Organisation, held: Appointment, at: datetime, on: date
) -> tuple[list[Holder], list[Holder]]:
    """Who is in post now, and the last of those who were."""
    rows = Appointment.objects.filter(organisation=body).select_related("person", "estate")
    over = Q(to_on__lt=on)
    now = list(rows.exclude(over).order_by("post", "from_on", "pk")[:MOST])
    before = list(rows.filter(over).order_by("-to_on", "pk")[:MOST])
    shown = [row.pk for row in (*now, *before)]
    seen = set(appointments_seen(held, at).filter(pk__in=shown).values_list("pk", flat=True))
    estates = dict(visible_estates(held, at).filter(appointments__in=shown).values_list("pk", "name"))
    made = {row.pk: _holder(row, row.pk in seen, estates) for row in (*now, *before)}
    return [made[row.pk] for row in now], [made[row.pk] for row in before]


def _holder(row: Appointment, is_seen: bool, estates: Mapping[Any, str]) -> Holder:
    name, post = name_for(row.person, is_seen), str(Post(row.post).label)
    return Holder(row, name, post, is_seen, estates.get(row.estate_id, ""))


def _estates(row: Organisation, held: Appointment, at: datetime) -> list[Estate]:
    """What it manages, or the estate it stands for, of those the reader sees; nothing for who sees no business."""
    if administers(held):
        return []
    seen = visible_estates(held, at)
    if row.estate_id is not None:
        return list(seen.filter(pk=row.estate_id))
    if row.kind not in MANAGERS:
        return []
    managed = estates_of(row, at).order_by().values("pk")
    return list(seen.filter(pk__in=managed).order_by("pinyin", "pk")[: MOST + 1])
