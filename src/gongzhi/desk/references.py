"""What the references of a form may refer to: organisations of the place, the case's own clocks and items, rooms."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from uuid import UUID

from django.db.models import Q
from pydantic import BaseModel

from gongzhi.acts.facts import Facts
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.models import Case, Clock, Item
from gongzhi.registry.models import MANAGERS, OF_ONE_ESTATE, Organisation, OrganisationKind, Unit
from gongzhi.ui.forms import offering
from gongzhi.ui.forms.fields import Choices
from gongzhi.ui.forms.reading import Asked, fields_of
from gongzhi.ui.parts.days import short_due

#: A text that is one of a few codes, as its pattern says: `^(platform|direct)$`.
_ONE_OF = re.compile(r"\^\((\w+(?:\|\w+)+)\)\$")
#: The words of those codes.
WAYS = {
    "platform": "平台报送",
    "direct": "直接送达",
    "leave": "留置送达",
    "post": "邮寄送达",
    "electronic": "电子送达",
    "notice": "公告送达",
}
#: More are not listed to pick from.
LONGEST = 500


@dataclass(frozen=True)
class Around:
    """The case a form belongs to, written or about to be."""

    case: Case
    title_of_step: Callable[[str], str] = str

    @cached_property
    def law(self) -> CaseLaw:
        """The law of its place, as of its opening."""
        row = self.case
        return CaseLaw(row.community or row.subdistrict or row.county or row.city, row.law_on)


def choices_for(kind: type[Facts], around: Around) -> dict[str, Choices]:
    """Field name → what may be chosen, for the references a class has; nothing is read for a class without any."""
    asked = [one for ask in fields_of(kind) for one in (fields_of(ask.rows) if ask.rows else (ask,))]
    found = dict(few_of(kind)) | lawful(kind, around.law)
    for name in sorted({ask.name for ask in asked if ask.inner is UUID}):
        rows = offered(name, around)
        if rows is not None:
            found[name] = list(rows)
    return found


def lawful(kind: type[BaseModel], law: CaseLaw) -> dict[str, Choices]:
    """Field name → code and label of the items of the law's list it takes its codes from, rows too."""
    asked = [one for ask in fields_of(kind) for one in (fields_of(ask.rows) if ask.rows else (ask,))]
    lists = {ask.name: law.listed(ask.law) for ask in asked if ask.law}
    return {name: [(item["code"], item["label"]) for item in items] for name, items in lists.items() if items}


def offered(name: str, around: Around) -> Iterable[tuple[str, str]] | None:
    """Id and name of everything a field of that name may refer to; None where nobody offers anything."""
    if name in OFFERED:
        return OFFERED[name](around)
    look = offering.look_of(name)
    return look(around.case) if look is not None else None


@cache
def few_of(kind: type[BaseModel]) -> Mapping[str, Choices]:
    """Field name → the words of a text's few codes, rows too."""
    asked = [one for ask in fields_of(kind) for one in (fields_of(ask.rows) if ask.rows else (ask,))]
    few = {ask.name: _one_of(ask) for ask in asked if ask.inner is str}
    return {name: choices for name, choices in few.items() if choices}


def _one_of(ask: Asked) -> list[tuple[str, str]]:
    """The choices of a text whose pattern lists them."""
    found = _ONE_OF.fullmatch(str(ask.bound("pattern") or ""))
    return [(code, WAYS.get(code, code)) for code in found[1].split("|")] if found else []


def _organisations(around: Around) -> Iterable[tuple[str, str]]:
    """Who may manage an estate of the city; the bodies of the estate and of its community."""
    case = around.case
    own = Q(estate=case.estate_id, kind__in=OF_ONE_ESTATE) if case.estate_id else Q(pk__in=[])
    near = Q(kind=OrganisationKind.RESIDENTS_COMMITTEE, community=case.community)
    return _named(Q(kind__in=MANAGERS, city=case.city) | own | near)


def _firms(around: Around) -> Iterable[tuple[str, str]]:
    return _named(Q(kind=OrganisationKind.THIRD_PARTY_FIRM, city=around.case.city))


def _named(which: Q) -> Iterable[tuple[str, str]]:
    rows = Organisation.objects.filter(which, to_on=None).order_by("kind", "name", "id")
    return ((str(pk), name) for pk, name in rows.values_list("pk", "name")[:LONGEST])


def _clocks(around: Around) -> Iterable[tuple[str, str]]:
    rows = Clock.objects.filter(case=around.case, met_at=None, stopped_at=None).select_related("step")
    return (
        (str(row.pk), f"{around.title_of_step(row.step.code)}（{short_due(row.due_at) or '日期未定'}）")
        for row in rows.order_by("due_at", "id")
    )


def _items(around: Around) -> Iterable[tuple[str, str]]:
    rows = Item.objects.filter(case__root_id=around.case.root_id, round__void_at=None)
    return ((str(pk), label) for pk, label in rows.order_by("code", "id").values_list("pk", "label"))


def _units(around: Around) -> Iterable[tuple[str, str]]:
    rows = Unit.objects.filter(estate=around.case.estate_id).order_by("building__name", "label", "id")
    found = rows.values_list("pk", "building__name", "label")[:LONGEST]
    return ((str(pk), f"{building or ''} {label}".strip()) for pk, building, label in found)


OFFERED: dict[str, Callable[[Around], Iterable[tuple[str, str]]]] = {
    "assessor": _firms,
    "clock": _clocks,
    "firm": _firms,
    "item": _items,
    "organisation": _organisations,
    "unit": _units,
}
