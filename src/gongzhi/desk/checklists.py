"""A list that is handed over, item by item: one table in which every item is told, each told item an act of its own.

What can be recorded is recorded, and a row that cannot keeps what was typed beside its reason: a long list is not lost
for one missing date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.forms import Textarea, TextInput
from django.urls import reverse

from gongzhi.acts.facts import read_facts
from gongzhi.procedures.kinds.checklist import RECORD, ItemSaid
from gongzhi.procedures.models import Item as ItemRow
from gongzhi.procedures.models import Task
from gongzhi.ui.forms import FactsForm, form_of
from gongzhi.ui.pieces import Piece
from gongzhi.values.refusals import Invalid

from .deeds import Deed, new_key

TEMPLATE = "desk/act/_list.html"
#: The field of the page beside those of the rows.
KEY = "list-key"
#: What is told of an item; the rest of the class says which item is meant.
TOLD = ("state", "quantity", "condition", "reason", "make_up_on")
WORDS = {
    "state": "状态",
    "quantity": "份数",
    "condition": "状况",
    "reason": "缺失原因",
    "make_up_on": "补交期限",
}
#: The prefix of the row in which something beyond the list is told.
FURTHER = "x"

Item = Mapping[str, Any]
Record = Callable[[ItemSaid, str], None]


@dataclass(frozen=True)
class Line:
    """An item, with its fields where the reader may tell it."""

    item: Item
    form: FactsForm | None = None

    @property
    def is_told(self) -> bool:
        """Whether it was found, or found missing."""
        return bool(self.item["state"])


@dataclass(frozen=True)
class Inventory:
    """A list as a page shows it; without an address it is only read."""

    title: str
    lines: tuple[Line, ...]
    address: str = ""
    key: str = ""
    further: FactsForm | None = None
    #: Where one item is told by itself, with photographs.
    single: str = ""

    @property
    def told(self) -> int:
        """How many items were told."""
        return sum(line.is_told for line in self.lines)

    @property
    def mistakes(self) -> int:
        """How many rows could not be recorded."""
        forms = [*(line.form for line in self.lines), self.further]
        return sum(bool(form.is_bound and form.errors) for form in forms if form is not None)


def tells_items(deed: Deed) -> bool:
    """Whether the act is one item of a list."""
    return issubclass(deed.spec.facts, ItemSaid)


def about_item(deed: Deed, task: Task, code: str) -> Deed:
    """The form of one item by itself, with its photographs; what is told of it already stands there."""
    rows = {row.code: row for row in ItemRow.objects.filter(round=task.round_id).order_by("position")}
    chosen = [(row.code, row.label) for row in rows.values()]
    known = {name: getattr(rows[code], name) for name in TOLD} | {"code": code} if code in rows else {}
    return replace(deed, choices={**deed.choices, "code": chosen}, initial=known)


def items_of(case: Mapping[str, Any], step: str) -> list[Item]:
    """The items of a step in the round that counts."""
    return [item for item in case["items"] if item["step"] == step and not item["void"]]


def inventories(case: Mapping[str, Any]) -> dict[str, list[Piece]]:
    """Step code → its list, with fields where the reader has to tell it."""
    steps = dict.fromkeys(item["step"] for item in case["items"] if not item["void"])
    return {code: [Piece(TEMPLATE, _inventory(case, code))] for code in steps}


def _inventory(case: Mapping[str, Any], step: str) -> Inventory:
    mine = next((task for task in case["tasks"] if task["step"] == step and _may_tell(task, case)), None)
    title = next(str(one["title"]) for one in case["steps"] if one["code"] == step)
    if mine is None:
        return Inventory(title, tuple(Line(item) for item in items_of(case, step)))
    return told_by(title, items_of(case, step), mine["id"])


def _may_tell(task: Mapping[str, Any], case: Mapping[str, Any]) -> bool:
    is_open = task["mine"] and task["state"] == "open" and case["state"] == "open"
    return bool(is_open and any(act["act"] == RECORD for act in task["acts"]))


def told_by(title: str, items: Sequence[Item], task_id: UUID, data: Any = None) -> Inventory:
    """The list with its fields, as it stands or as it was sent."""
    lines = tuple(Line(item, _row(f"i{n}", item, data)) for n, item in enumerate(items))
    further = _row(FURTHER, {}, data, named=True)
    key = str(data.get(KEY, "")) if data else ""
    address, single = reverse("task-items", args=[task_id]), reverse("task-act", args=[task_id, RECORD])
    return Inventory(title, lines, address, key or new_key(), further, single)


def _row(prefix: str, item: Item, data: Any, *, named: bool = False) -> FactsForm:
    initial = {name: item.get(name) for name in TOLD}
    form = form_of(ItemSaid, data=data, initial=initial, prefix=f"{prefix}")
    for name in ("code",) if named else ("code", "label"):
        del form.fields[name]
    form.fields["state"].required = False
    for name, field in form.fields.items():
        if isinstance(field.widget, Textarea):  # one line beside the others
            field.widget = TextInput()
        field.widget.attrs["aria-label"] = f"{item.get('label', '另加一项')}：{WORDS.get(name, '名称')}"
    return form


def record_all(inventory: Inventory, record: Record) -> tuple[Inventory, int]:
    """Record every row that says something new; the list as it is then shown, and how many were recorded."""
    codes = {str(line.item["code"]) for line in inventory.lines}
    done = 0
    for line in inventory.lines:
        assert line.form is not None
        if line.form.has_changed():
            done += _record(line.form, str(line.item["code"]), inventory.key, record)
    if inventory.further is not None and inventory.further.has_changed():
        done += _record(inventory.further, _new_code(codes), inventory.key, record)
    return replace(inventory, key=new_key()), done


def _record(form: FactsForm, code: str, key: str, record: Record) -> bool:
    """Record one row, or set its sentence at its field."""
    form.full_clean()
    if form.errors:
        return False
    try:
        said = form.said()
        record(
            read_facts(ItemSaid, {**said, "code": code, "label": said.get("label") or ""}),
            f"{key}-{code}"[:120],
        )
    except Invalid as wrong:
        form.refuse(wrong)
        return False
    return True


def _new_code(known: Iterable[str]) -> str:
    """A code for what the list does not name."""
    taken = set(known)
    return next(code for n in range(1, len(taken) + 2) if (code := f"further-{n}") not in taken)
