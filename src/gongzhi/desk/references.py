"""What the references of a form may refer to: organisations of the place, the case's own clocks and items, rooms."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from pydantic import BaseModel

from gongzhi.acts.facts import Facts
from gongzhi.exits.models import Claim, PrepaidFee
from gongzhi.exits.models.claims import ClaimKind
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.models import Case, Clock, Item, Party
from gongzhi.registry.models import COMMITTEES, MANAGERS, OF_ONE_ESTATE, Organisation, OrganisationKind, Unit
from gongzhi.registry.roles import PROVIDER
from gongzhi.ui.forms.fields import Choices
from gongzhi.ui.forms.reading import Asked, fields_of
from gongzhi.ui.parts.days import short_due
from gongzhi.values.money import yuan

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
    _offered: dict[str, list[tuple[str, str]]] = field(default_factory=dict, repr=False, compare=False)

    def offered(self, name: str) -> list[tuple[str, str]]:
        """What a field of that name may refer to, read once for all the forms of a page."""
        if name not in self._offered:
            self._offered[name] = list(OFFERED[name](self))
        return self._offered[name]

    @cached_property
    def law(self) -> CaseLaw:
        """The law of the place as of the root's opening."""
        codes = (self.case.community, self.case.subdistrict, self.case.county, self.case.city)
        return CaseLaw(next(filter(None, codes), ""), self.case.law_on)


def choices_for(kind: type[Facts], around: Around) -> dict[str, Choices]:
    """Field name → what may be chosen, for the references a class has; nothing is read for a class without any."""
    asked = [one for ask in fields_of(kind) for one in (fields_of(ask.rows) if ask.rows else (ask,))]
    wanted = {ask.name: ask.extra.get("offers", ask.name) for ask in asked if ask.inner is UUID}
    few = {ask.name: _named_by(ask, around) or _one_of(ask) for ask in asked}
    found: dict[str, Choices] = {name: choices for name, choices in few.items() if choices}
    return found | {name: around.offered(which) for name, which in sorted(wanted.items()) if which in OFFERED}


def _named_by(ask: Asked, around: Around) -> list[tuple[str, str]]:
    """The choices that a field's class names: a list of the law as the case sees it, or items found missing."""
    found = [(str(code), str(words)) for code, words in ask.extra.get("beside", {}).items()]
    if "listed" in ask.extra:
        found += [(item["code"], item["label"]) for item in around.law.listed(ask.extra["listed"])]
    if "missing_of" in ask.extra:
        rows = Item.objects.filter(case__root_id=around.case.root_id, round__void_at=None, made_up_at=None)
        rows = rows.filter(round__step__code=ask.extra["missing_of"], state="missing").order_by("position")
        found += rows.values_list("code", "label")
    return found


def words_of_codes(
    kind: type[BaseModel], around: Around, items: Sequence[Mapping[str, Any]]
) -> dict[str, Choices]:
    """Field name → the words of its codes: fixed ones, those of a list of the law, those of the case's items.

    `items`: as the case tells them; one that was brought meanwhile was missing when it was said.
    """
    asked = [one for ask in fields_of(kind) for one in (fields_of(ask.rows) if ask.rows else (ask,))]
    found = {}
    for ask in asked:
        step = ask.extra.get("missing_of")
        told = [(item["code"], item["label"]) for item in items if step and item["step"] == step]
        found[ask.name] = told or _named_by(ask, around) or _one_of(ask)
    return {name: choices for name, choices in found.items() if choices}


def rows_to_begin_with(kind: type[Facts], around: Around) -> dict[str, list[dict[str, str]]]:
    """Field name → a row for each item of the list that the law asks to be gone through."""
    found = {}
    for ask in fields_of(kind):
        for inner in fields_of(ask.rows) if ask.rows is not None else ():
            if "listed" in inner.extra:
                rows = [{inner.name: code} for code, _ in _named_by(inner, around)]
                found[ask.name] = rows
    return found


def _one_of(ask: Asked) -> list[tuple[str, str]]:
    """The choices of a text whose pattern lists them."""
    if ask.inner is not str:
        return []
    found = _ONE_OF.fullmatch(str(ask.bound("pattern") or ""))
    return [(code, WAYS.get(code, code)) for code in found[1].split("|")] if found else []


def _organisations(around: Around) -> Iterable[tuple[str, str]]:
    """Who may manage an estate of the city; the bodies of the estate and of its community."""
    case = around.case
    own = Q(estate=case.estate_id, kind__in=OF_ONE_ESTATE) if case.estate_id else Q(pk__in=[])
    near = Q(kind=OrganisationKind.RESIDENTS_COMMITTEE, community=case.community)
    return _named(Q(kind__in=MANAGERS, city=case.city) | own | near)


def _managers(around: Around) -> Q:
    """Who can be engaged in the city, but for the one that leaves in the very case. 《民法典》第937条."""
    leaving = Party.objects.filter(case=around.case.root_id, role=PROVIDER.code, void_at=None)
    return Q(kind__in=MANAGERS, city=around.case.city) & ~Q(pk__in=leaving.values("organisation"))


def _hired(around: Around) -> Iterable[tuple[str, str]]:
    return _named(_managers(around))


def _successors(around: Around) -> Iterable[tuple[str, str]]:
    """Who can be engaged, and the owners' committees where they manage themselves."""
    return _named(_managers(around) | Q(estate=around.case.estate_id, kind__in=COMMITTEES))


def _interim(around: Around) -> Iterable[tuple[str, str]]:
    """Who can be engaged, and the residents' committee that may take the estate into its custody."""
    near = Q(kind=OrganisationKind.RESIDENTS_COMMITTEE, community=around.case.community)
    return _named(_managers(around) | near)


def _firms(around: Around) -> Iterable[tuple[str, str]]:
    return _named(Q(kind=OrganisationKind.THIRD_PARTY_FIRM, city=around.case.city))


def _named(which: Q) -> Iterable[tuple[str, str]]:
    rows = Organisation.objects.filter(which, to_on=None).order_by("kind", "name", "id")
    return ((str(pk), name) for pk, name in rows.values_list("pk", "name")[:LONGEST])


def _clocks(around: Around) -> Iterable[tuple[str, str]]:
    rows = Clock.objects.filter(case=around.case, met_at=None, stopped_at=None).select_related("step")
    rows = rows.filter(
        minimum=False, advised_on=None
    )  # a least time and a backward period are not lengthened
    return (
        (str(row.pk), f"{around.title_of_step(row.step.code)}（{short_due(row.due_at) or '日期未定'}）")
        for row in rows.order_by("due_at", "id")
    )


def _missing_items(around: Around) -> Iterable[tuple[str, str]]:
    """What was told missing and has not come in."""
    return _items(around, state="missing", made_up_at=None)


def _items(around: Around, **more: Any) -> Iterable[tuple[str, str]]:
    rows = Item.objects.filter(case__root_id=around.case.root_id, round__void_at=None, **more)
    return (
        (str(pk), label)
        for pk, label in rows.order_by("round__opened_at", "round", "position").values_list("pk", "label")
    )


def _claims(around: Around) -> Iterable[tuple[str, str]]:
    rows = Claim.objects.filter(case__root_id=around.case.root_id, closed_at=None).select_related("item")
    return ((str(row.pk), _named_claim(row)) for row in rows.order_by("opened_at", "id"))


def _named_claim(row: Claim) -> str:
    what = row.item.label if row.item is not None else yuan(row.amount_cents or 0)
    return f"{ClaimKind(row.kind).label}：{what}"


def _prepaid(around: Around) -> Iterable[tuple[str, str]]:
    rows = PrepaidFee.objects.filter(case=around.case, settled_on=None).select_related("unit__building")
    return (
        (str(row.pk), f"{row.unit.building or ''} {row.unit.label} {row.get_kind_display()}".strip())
        for row in rows.order_by("unit__building__name", "unit__label", "id")
    )


def _units(around: Around) -> Iterable[tuple[str, str]]:
    rows = Unit.objects.filter(estate=around.case.estate_id).order_by("building__name", "label", "id")
    found = rows.values_list("pk", "building__name", "label")[:LONGEST]
    return ((str(pk), f"{building or ''} {label}".strip()) for pk, building, label in found)


OFFERED: dict[str, Callable[[Around], Iterable[tuple[str, str]]]] = {
    "assessor": _firms,
    "claim": _claims,
    "clock": _clocks,
    "firm": _firms,
    "item": _items,
    "missing_item": _missing_items,
    "manager": _hired,
    "manager_or_committee": _successors,
    "manager_or_custody": _interim,
    "organisation": _organisations,
    "prepaid": _prepaid,
    "unit": _units,
}
