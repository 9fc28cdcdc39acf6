"""What was said in a case, as its reader sees it: with names for what it refers to, and a way to put it right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from gongzhi.procedures.presenting import ReadView, spec_of_act
from gongzhi.registry.models import Appointment, Organisation, Unit
from gongzhi.ui.forms.fields import Choices
from gongzhi.ui.forms.reading import fields_of
from gongzhi.ui.parts.said import Saying, sayings

from . import corrections
from .casepage import around
from .references import OFFERED, words_of_codes

#: The fields that name an organisation.
BODIES = frozenset({"organisation", "firm", "assessor", "organisation_id", "authority_id"})


def told_sayings(case: Mapping[str, Any], view: ReadView, seat: Appointment) -> list[Saying]:
    """Everything that was said, oldest first."""
    lines: Choices = [(item["code"], item["label"]) for item in case["items"]]
    place = around(view.row)

    def few(kind: type[BaseModel]) -> dict[str, Choices]:
        """The words of codes: those of the case's own lists, fixed ones, those of the law's lists."""
        return {**({"code": lines} if lines else {}), **words_of_codes(kind, place, case["items"])}

    told = sayings(case, view.declaration, names_in(case, view), few)
    if case["masked"]:
        return told
    hrefs, stands = corrections.offered(view, seat)
    return [replace(one, href=hrefs.get(one.id, ""), why_not=stands.get(one.id, "")) for one in told]


def names_in(case: Mapping[str, Any], view: ReadView) -> dict[str, str]:
    """Id → name of everything the answers refer to; nothing is read where nothing is referred to."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for act in case["history"]:
        spec = spec_of_act(view.declaration, act["step"], act["act"])
        if spec is not None:
            for field, value in _references(spec.facts, act["facts"] or {}):
                wanted[field].add(value)
    names = _known(case)
    for field, ids in wanted.items():
        missing = ids - names.keys()
        if missing:
            names |= dict(_look_up(field, missing, view))
    return names


def _references(kind: type[BaseModel], said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for ask in fields_of(kind):
        value = said.get(ask.name)
        if ask.rows is not None:
            for row in value or ():
                yield from _references(ask.rows, row)
        elif ask.inner is UUID and value:
            yield ask.name, str(value)


def _known(case: Mapping[str, Any]) -> dict[str, str]:
    """What the case itself tells the names of."""
    bodies = [one["organisation"] for one in (*case["parties"], *case["tasks"], *case["history"])]
    names = {str(body["id"]): str(body["name"]) for body in bodies if body is not None}
    names |= {str(item["id"]): str(item["label"]) for item in case["items"]}
    return names | {str(clock["id"]): str(clock["title"]) for clock in case["clocks"]}


def _look_up(field: str, ids: Iterable[str], view: ReadView) -> Iterable[tuple[str, str]]:
    if field in BODIES:
        rows = Organisation.objects.filter(pk__in=ids).values_list("pk", "name")
        return [(str(pk), name) for pk, name in rows]
    if field == "unit":
        places = Unit.objects.filter(pk__in=ids).values_list("pk", "building__name", "label")
        return [(str(pk), f"{building or ''} {label}".strip()) for pk, building, label in places]
    return OFFERED[field](around(view.row)) if field in OFFERED else ()
