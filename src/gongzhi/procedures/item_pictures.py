"""Which photographs show which item of a list: numbered through their step in the order in which they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .declare import Step
from .models import CaseAct, Item, PaperUse


@dataclass(frozen=True, slots=True)
class ItemPicture:
    """A photograph that came with what was told of an item. `number`: as lists print it, P-001."""

    number: str
    item: str
    use: PaperUse


def item_pictures(step: Step[Any], uses: Iterable[PaperUse]) -> list[ItemPicture]:
    """The photographs of a step's items. `uses`: the papers of all its rounds, in the order in which they came.

    A number stays what it is when more are told, and when the list is told again in a later round.
    """
    found: list[ItemPicture] = []
    for use in uses:
        item = step.item_of(use.act.name, use.act.facts) if use.copy_id is not None else ""
        if item:
            found.append(ItemPicture(f"P-{len(found) + 1:03d}", item, use))
    return found


def by_item(pictures: Iterable[ItemPicture]) -> Mapping[str, list[ItemPicture]]:
    """Code of an item → its photographs."""
    found: dict[str, list[ItemPicture]] = defaultdict(list)
    for picture in pictures:
        found[picture.item].append(picture)
    return found


def pictures_of_step(step: Step[Any], case_id: Any) -> list[ItemPicture]:
    """The same, read for one step of a case."""
    rows = PaperUse.objects.filter(case=case_id, act__round__step__code=step.code, copy__isnull=False)
    return item_pictures(step, rows.select_related("act").order_by("act__seq", "id"))


def item_shown(step: Step[Any], act: CaseAct) -> str:
    """What the photographs of an act show, where it tells of an item: the item's name; "" otherwise."""
    code = step.item_of(act.name, act.facts)
    if not code:
        return ""
    row = Item.objects.filter(round=act.round_id, code=code).first()
    return row.label if row is not None else str(act.facts.get("label", ""))
