"""A list that is handed over, item by item: one table in which every item is told, each told item an act of its own.

What can be recorded is recorded, and a row that cannot keeps what was typed beside its reason, and the photographs that
came with it: a long list is not lost for one missing date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Textarea, TextInput
from django.http import QueryDict
from django.urls import reverse

from gongzhi.acts.facts import read_facts
from gongzhi.procedures.kinds.checklist import RECORD, ItemSaid
from gongzhi.procedures.models import Item as ItemRow
from gongzhi.procedures.models import Task
from gongzhi.procedures.perform import act_of
from gongzhi.procedures.presenting import ReadView
from gongzhi.ui.forms import FactsForm
from gongzhi.ui.forms.facts_form import ADD, paper_name
from gongzhi.ui.forms.reading import fields_of
from gongzhi.ui.pieces import Piece
from gongzhi.values.refusals import Invalid

from . import drafts
from .casepage import task_deed
from .deeds import Deed, Files, is_id, named, names_of, new_key
from .drafts import About
from .saying import about_task, sent_papers

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
#: What is chosen for that where one item is told by itself.
BEYOND = "清单以外的项目"

Item = Mapping[str, Any]
#: What a row says, the photographs that came with it as papers of the act, the key of its sending.
Record = Callable[[ItemSaid, list[dict[str, str]], str], None]
#: The photographs that came with a row: those that are stored, and what is wrong with the others.
Taken = tuple[Files, Mapping[str, str]]
NOTHING: Taken = ({}, {})


@dataclass(frozen=True)
class Line:
    """An item, with its fields where the reader may tell it, and the photographs stored for it."""

    item: Item
    form: FactsForm | None = None
    deed: Deed | None = None
    stored: Files = field(default_factory=dict)

    @property
    def is_told(self) -> bool:
        """Whether it was found, or found missing."""
        return bool(self.item["state"])

    @property
    def prefix(self) -> str:
        """The prefix of its fields."""
        return self.deed.prefix if self.deed is not None else ""

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields that name the photographs stored already."""
        assert self.deed is not None
        return [(self.deed.kept_name(code), one[0]) for code, each in self.stored.items() for one in each]

    @property
    def says(self) -> bool:
        """Whether anything new was said of it."""
        return self.form is not None and (self.form.has_changed() or bool(self.hidden))


@dataclass(frozen=True)
class Inventory:
    """A list as a page shows it; without an address it is only read."""

    title: str
    lines: tuple[Line, ...]
    address: str = ""
    key: str = ""
    further: Line | None = None
    #: When what stands in it was kept as a draft.
    kept_at: datetime | None = None
    #: What the act is called by which the whole list is said to be complete.
    finishes: str = ""
    #: That act has to be told more than the rows: it stands in a form of its own.
    asks_more: bool = False
    #: The reader tells it only where others do not: the list is folded.
    instead: bool = False

    @property
    def told(self) -> int:
        """How many items were told."""
        return sum(line.is_told for line in self.lines)

    @property
    def rows(self) -> tuple[Line, ...]:
        """The rows of the page: every item, and the one beyond the list."""
        return (*self.lines, self.further) if self.further is not None else self.lines

    @property
    def mistakes(self) -> int:
        """How many rows could not be recorded."""
        forms = [line.form for line in self.rows if line.form is not None]
        return sum(bool(form.is_bound and form.errors) for form in forms)


def about_item(deed: Deed, task: Task, code: str) -> Deed:
    """The form of one item by itself; what is told of it already stands there.

    Last comes what the list does not name: of that alone the name is asked.
    """
    rows = {row.code: row for row in ItemRow.objects.filter(round=task.round_id).order_by("position")}
    chosen = [(row.code, row.label) for row in rows.values()]
    known = {name: getattr(rows[code], name) for name in TOLD} | {"code": code} if code in rows else {}
    beyond = _new_code(rows)
    return replace(
        deed,
        choices={**deed.choices, "code": [*chosen, (beyond, BEYOND)]},
        initial=known,
        needed={"label": ("code", (beyond,))},
    )


def items_of(items: Iterable[Item], step: str) -> list[Item]:
    """The items of a step in the round that counts."""
    return [item for item in items if item["step"] == step and not item["void"]]


def inventories(
    case: Mapping[str, Any], view: ReadView, kept: Mapping[str, drafts.Kept], account_id: UUID
) -> dict[str, list[Piece]]:
    """Step code → its list, with fields where the reader has to tell it, and what the account kept of them."""
    steps = dict.fromkeys(item["step"] for item in case["items"] if not item["void"])
    told = {code: _inventory(case, view, code, kept, account_id) for code in steps}
    return {code: [Piece(TEMPLATE, one, stays=bool(one.address))] for code, one in told.items()}


def names_of_lists(case: Mapping[str, Any]) -> list[str]:
    """The names of the drafts of the lists that the reader has to tell."""
    return [about_list(task["id"], case["id"]).name for task in case["tasks"] if _may_tell(task, case)]


def about_list(task_id: UUID, case_id: UUID) -> About:
    """The draft of a whole list."""
    return about_task(task_id, "items", case_id)


def _inventory(
    case: Mapping[str, Any], view: ReadView, step: str, kept: Mapping[str, drafts.Kept], account_id: UUID
) -> Inventory:
    mine = next((task for task in case["tasks"] if task["step"] == step and _may_tell(task, case)), None)
    items = items_of(case["items"], step)
    if mine is None:
        title = next(str(one["title"]) for one in case["steps"] if one["code"] == step)
        return Inventory(title, tuple(Line(item) for item in items))
    begun = Sheet.of(view, step, mine["id"], str(mine["name"])).begun(items, kept, account_id)
    return replace(begun, instead=bool(mine["instead"]))


def _may_tell(task: Mapping[str, Any], case: Mapping[str, Any]) -> bool:
    is_open = task["mine"] and task["state"] == "open" and case["state"] == "open"
    return bool(is_open and any(act["act"] == RECORD for act in task["acts"]))


# The sheet that is filled in ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """The list of a task as it is told. `deed`: one item, of which every row has its own."""

    title: str
    task_id: UUID
    deed: Deed
    about: About
    finishes: str = ""
    asks_more: bool = False

    @classmethod
    def of(cls, view: ReadView, step: str, task_id: UUID, name: str) -> Sheet:
        """The list of one step, as the task of that name tells it."""
        declared = view.declaration.step(step)
        deed = task_deed(task_id, declared, act_of(declared, RECORD), view, None)
        about = about_list(task_id, view.row.pk)
        whole = declared.asked_on(name, act_of(declared, declared.main_act))
        more = any(ask.is_required for ask in fields_of(whole.facts))
        return cls(declared.title, task_id, deed, about, whole.title, more)

    def shown(self, items: Sequence[Item]) -> Inventory:
        """The list as it stands."""
        return self._told(items, None, lambda deed: NOTHING)

    def begun(self, items: Sequence[Item], kept: Mapping[str, drafts.Kept], account_id: UUID) -> Inventory:
        """The list as it stands, with what the account kept of it; nothing of that is judged."""
        draft = kept.get(self.about.name)
        if draft is None:
            return self.shown(items)
        ids = [one for name, said in draft.said.items() if "-kept-" in name for one in said]
        names = names_of([one for one in ids if is_id(one)], account_id)
        data = QueryDict(mutable=True)
        for name, said in draft.said.items():
            data.setlist(name, list(said))
        for prefix in (FURTHER, *(f"i{n}" for n in range(len(items)))):
            data[f"{prefix}-{ADD}"] = "-"
        told = self.sent(items, data, lambda deed: (named(deed.kept_ids(draft.said), names), {}))
        return replace(told, kept_at=draft.kept_at)

    def sent(self, items: Sequence[Item], data: QueryDict, take: Callable[[Deed], Taken]) -> Inventory:
        """The list as it was filled in. `take`: the photographs that came with a row."""
        return self._told(items, data, take)

    def keep(self, sent: Inventory, data: QueryDict, account_id: UUID, at: datetime) -> bool:
        """Keep what was filled in as a draft; False where it is too long."""
        rows = tuple(f"{line.prefix}-" for line in sent.rows)
        said = {
            name: [str(one) for one in data.getlist(name)]
            for name in data
            if name.startswith(rows) and "-kept-" not in name
        }
        for line in sent.rows:
            for name, file_id in line.hidden:
                said.setdefault(name, []).append(file_id)
        return drafts.keep(account_id, self.about, said, at)

    def drop(self, account_id: UUID) -> None:
        """Forget the draft: what it said was recorded, or thrown away."""
        drafts.drop(account_id, self.about)

    def _told(
        self, items: Sequence[Item], data: QueryDict | None, take: Callable[[Deed], Taken]
    ) -> Inventory:
        lines = tuple(self._line(f"i{n}", item, data, take) for n, item in enumerate(items))
        further = self._line(FURTHER, {"state": ""}, data, take)
        address = reverse("task-items", args=[self.task_id])
        key = data.get(KEY, "") if data is not None else ""
        return Inventory(
            self.title, lines, address, key or new_key(), further, None, self.finishes, self.asks_more
        )

    def _line(self, prefix: str, item: Item, data: QueryDict | None, take: Callable[[Deed], Taken]) -> Line:
        deed = replace(self.deed, prefix=prefix, initial={name: item.get(name) for name in TOLD})
        stored, wrong = take(deed)
        form = deed.form(data, stored)
        for name in ("code",) if prefix == FURTHER else ("code", "label"):
            del form.fields[name]
        form.fields["state"].required = False
        form.auto_id = f"id_{str(self.task_id)[-8:]}_%s"  # a page may show several lists
        for name, one in form.fields.items():
            if isinstance(one.widget, Textarea):  # one line beside the others
                one.widget = TextInput()
            if name != "state":  # each of its boxes says itself what it is
                one.widget.attrs["aria-label"] = f"{item.get('label', '另加一项')}：{WORDS.get(name, '名称')}"
        for code, sentence in wrong.items():
            form.add_error(paper_name(code), sentence)
        return Line(item, form, deed, stored)

    def record(
        self, sent: Inventory, record: Record, items: Callable[[], Sequence[Item]]
    ) -> tuple[Inventory, int]:
        """Record every row that says something new.

        Returns the list as it then stands, in which rows that could not be recorded keep what was said in them, and how
        many were recorded. `items`: reads the list anew.
        """
        codes = {str(line.item["code"]) for line in sent.lines}
        done = {line.prefix for line in sent.lines if _record(line, line.item["code"], sent.key, record)}
        if sent.further is not None and _record(sent.further, _new_code(codes), sent.key, record):
            done.add(FURTHER)
        now = self.shown(items())
        left = {line.prefix: line for line in sent.rows if line.prefix not in done}
        lines = tuple(replace(left.get(line.prefix, line), item=line.item) for line in now.lines)
        return replace(now, lines=lines, further=left.get(FURTHER, now.further)), len(done)


def _record(line: Line, code: Any, key: str, record: Record) -> bool:
    """Record one row, or set its sentence at its field."""
    form, deed = line.form, line.deed
    if form is None or deed is None or not line.says or form.errors:
        return False
    try:
        said = form.said()
        facts = read_facts(ItemSaid, {**said, "code": str(code), "label": said.get("label") or ""})
        record(facts, sent_papers(deed, line.stored), f"{key}-{code}"[:120])
    except Invalid as wrong:
        form.refuse(wrong)
        return False
    return True


def _new_code(known: Iterable[str]) -> str:
    """A code for what the list does not name."""
    taken = set(known)
    return next(code for n in range(1, len(taken) + 2) if (code := f"further-{n}") not in taken)
