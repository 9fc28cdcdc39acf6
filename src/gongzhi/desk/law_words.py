"""How the law's keys are ordered and worded on pages; the words stand in `law_words.yaml`, the numbers in the law."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict

from gongzhi.law import reading
from gongzhi.law.schema import Kind, Mode, Status
from gongzhi.law.value import Value, about_item, code_words, item_words, value_words
from gongzhi.law.value import words as law_words
from gongzhi.values.calendars import Calendar
from gongzhi.values.terms import Direction

MODES = {
    Mode.LOCKED: ("lock", "不得改"),
    Mode.FLOOR: ("arrow-up", "只可更高"),
    Mode.CEILING: ("arrow-down", "只可更低"),
    Mode.REPLACE: ("edit", "可替换"),
    Mode.UNION: ("plus", "可增加"),
    Mode.CONTRACT: ("file-text", "合同可约定"),
}
STATUSES = {
    Status.IN_FORCE: "现行有效",
    Status.UNDATED: "未载日期，仅供演练",
    Status.DRAFT: "征求意见稿，仅供演练",
    Status.CAMPAIGN: "专项行动",
    Status.EXPIRED: "已失效",
    Status.STUB: "文本未找到",
    Status.UNDEFINED: "未规定",
}
EVIDENCE = {
    "SEEN-LRB": "已与公开的法规汇编核对（民间汇编，非官方版本）",
    "SEEN-WEB": "已与网页刊载的文字核对",
    "SEEN-WEB?": "只见于网页转载，待核实",
    "SEEN-CODE": "已与其他系统公开的资料核对",
    "SEEN-CODE?": "只见于其他系统的资料，待核实",
    "SEEN-SOURCE": "已与来源文件核对",
    "GK": "一般知识，待核实",
    "NOT-FOUND": "文本没有写明",
    "PRACTICE": "办公惯例，不是法律规定",
    "LOCAL": "本地设定",
    "CONTRACT": "合同约定",
}
SIGNS = {">": "＞ ", ">=": "≥ ", "<": "＜ ", "<=": "≤ "}
#: The machine's marks behind a sentence: a defect's number, a flag.
_MARK = re.compile(r"（(?:[A-Z]{2}-D\d+|T\d+|[a-z_]+)）")
_CODE = re.compile(r"[a-z][a-z_]+")


class Group(BaseModel):
    """Families of keys shown together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    title: str
    families: tuple[str, ...]


class ChainLink(BaseModel):
    """One period of a chain: counted from the result before it, or from the date another step is counted from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    #: The number of that step, beginning with 1.
    same_as: int = 0

    @property
    def typed(self) -> str:
        """What stands in the field of its date."""
        return same_as_words(self.same_as) if self.same_as else ""


class Chain(BaseModel):
    """Periods to be counted in their order, to begin with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    about: str
    links: tuple[ChainLink, ...]


class Words(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    groups: tuple[Group, ...]
    anchors: Mapping[str, str]
    chains: tuple[Chain, ...]
    rooms: Mapping[str, str]
    #: What a file of the code does with the law, where that is no step of a procedure.
    files: Mapping[str, str]
    #: Keys, or whole families, whose periods are the least time, where the text itself sets no bound.
    minimums: frozenset[str]


@cache
def words() -> Words:
    """Read once a process."""
    return Words.model_validate(reading.read_yaml(Path(__file__).with_suffix(".yaml")))


def same_as_words(step: int) -> str:
    """How a form says that a period counts from the date from which another step counts."""
    return f"同第{step}步"


def group_of(key: str) -> str:
    """The code of the group a key stands in; its own family where none lists it."""
    family = key.partition(".")[0]
    return next((one.code for one in words().groups if family in one.families), family)


def event_words(value: Value) -> str:
    """The event a period counts from, or back to; "" where nothing is said."""
    if not value.anchor or value.kind is not Kind.PERIOD:
        return ""
    return words().anchors.get(value.anchor, value.anchor)


def anchor_words(value: Value) -> str:
    """What a period counts from, or back to; "" where nothing is said."""
    event = event_words(value)
    if not event:
        return ""
    return f"{event}之日往前数" if value.direction is Direction.BEFORE else f"自{event}之日起"


def is_minimum(value: Value) -> bool:
    """Whether a period is the least time: a floor by its text, or used as one."""
    if value.kind is not Kind.PERIOD:
        return False
    listed = words().minimums
    return value.mode is Mode.FLOOR or value.key in listed or value.key.partition(".")[0] in listed


def said(value: Value) -> str:
    """The value in words, with its bound."""
    least = value.is_counted and is_minimum(value)
    sign = "至少 " if least else SIGNS.get(value.comparator or "", "")
    return sign + plain(value.value, value.unit, value.options, usual=False, key=value.key)


def plain(
    raw: Any, unit: str | None, options: Mapping[str, str], *, usual: bool = True, key: str = ""
) -> str:
    """A value or a proposal in words; `key`: whose it is, where a code means something of its own there."""
    return f"{value_words(raw, unit, options, key)}{_measure(raw, unit)}"


def _measure(raw: Any, unit: str | None) -> str:
    """A unit of counting (次, 人), which is a word already."""
    is_count = isinstance(raw, int) and not isinstance(raw, bool)
    return unit if is_count and unit is not None and not unit.isascii() else ""


def named(code: Any, options: Mapping[str, str], key: str = "") -> str:
    """The name of one item: its label, the key's option, what its code is called; "" where it has none."""
    if isinstance(code, Mapping):
        return str(code.get("label") or code.get("title") or "")
    text = str(code)
    if text.isascii() and not text[:1].isdigit() and not code_words(text, key, options):
        return ""
    return item_words(text, key, options)


def items_of(value: Value) -> list[tuple[str, str]]:
    """The items of a list: name, and what is said about it."""
    items = value.value if isinstance(value.value, tuple) else ()
    return [(item_words(item, value.key, value.options), about_item(item, value.key)) for item in items]


def parts_of(value: Value) -> list[str]:
    """The parts of a record, one a line; none for a phrase."""
    parts = said(value).split("；") if isinstance(value.value, Mapping) else []
    return parts if len(parts) > 1 else []


def in_words(sentence: str, key: str = "", options: Mapping[str, str] = MappingProxyType({})) -> str:
    """A sentence put together of the law's data, without the machine's marks and codes."""
    known = law_words()

    def word(found: re.Match[str]) -> str:
        code = found[0]
        own = known.keys.get(key, {}).get(code) or code_words(code, key, options)
        return own or known.parts.get(code, code)

    return _CODE.sub(word, _MARK.sub("", sentence))


def calendar_words(calendar: Calendar) -> str:
    """Which years' holidays are known, and the day of the newest notice."""
    if not calendar.tables:
        return "尚无放假安排"
    first, last = calendar.tables[0].year, calendar.tables[-1].year
    newest = max(table.issued_on for table in calendar.tables)
    years = f"{first}年" if first == last else f"{first}年至{last}年"
    return f"{years}的放假安排，最近一次更新为{newest.year}年{newest.month}月{newest.day}日的通知"
