"""How the law's keys are ordered and worded on pages; the words stand in `law_words.yaml`, the numbers in the law."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from gongzhi.law import reading
from gongzhi.law.schema import REASONABLE, Kind, Mode, Status
from gongzhi.law.value import Value, value_words
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
    "SEEN-LRB": "已与法规库核对",
    "SEEN-WEB": "已与公开文本核对",
    "SEEN-WEB?": "公开文本，待核实",
    "SEEN-CODE": "已与法典核对",
    "SEEN-CODE?": "法典文本，待核实",
    "SEEN-SOURCE": "已与来源文件核对",
    "GK": "一般知识，待核实",
    "NOT-FOUND": "文本没有写明",
    "PRACTICE": "办公惯例，不是法律规定",
    "LOCAL": "本地设定",
    "CONTRACT": "合同约定",
}
SIGNS = {">": "＞ ", ">=": "≥ ", "<": "＜ ", "<=": "≤ "}


class Group(BaseModel):
    """Families of keys shown together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    title: str
    families: tuple[str, ...]


class Chain(BaseModel):
    """Keys to be counted one after the other, to begin with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    about: str
    keys: tuple[str, ...]


class Words(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    groups: tuple[Group, ...]
    anchors: Mapping[str, str]
    chains: tuple[Chain, ...]
    rooms: Mapping[str, str]


@cache
def words() -> Words:
    """Read once a process."""
    return Words.model_validate(reading.read_yaml(Path(__file__).with_suffix(".yaml")))


def group_of(key: str) -> str:
    """The code of the group a key stands in; its own family where none lists it."""
    family = key.partition(".")[0]
    return next((one.code for one in words().groups if family in one.families), family)


def anchor_words(value: Value) -> str:
    """What a period counts from, or back to; "" where nothing is said."""
    if not value.anchor or value.kind is not Kind.PERIOD:
        return ""
    event = words().anchors.get(value.anchor, value.anchor)
    return f"{event}之日往前数" if value.direction is Direction.BEFORE else f"自{event}之日起"


def said(value: Value) -> str:
    """The value in words; of a list how many items it has where they have no names."""
    sign = SIGNS.get(value.comparator or "", "")
    return sign + plain(value.value, value.unit, value.options, usual=False)


def plain(raw: Any, unit: str | None, options: Mapping[str, str], *, usual: bool = True) -> str:
    """A value or a proposal in words."""
    if raw == REASONABLE:
        return "合理期限"
    if isinstance(raw, tuple | list):
        return _listed(raw, options)
    if isinstance(raw, Mapping) and set(raw) != {"at_least", "per"}:
        return f"{len(raw)} 个分项"
    if isinstance(raw, str):
        return named(raw, options) or "见条文"
    return f"{value_words(raw, unit)}{_measure(raw, unit)}"


def _measure(raw: Any, unit: str | None) -> str:
    """A unit of counting (次, 人), which is a word already."""
    is_count = isinstance(raw, int) and not isinstance(raw, bool)
    return unit if is_count and unit is not None and not unit.isascii() else ""


def named(code: Any, options: Mapping[str, str]) -> str:
    """The name of one item: its label, the key's option, or the body it is; "" where it has none."""
    if isinstance(code, Mapping):
        return str(code.get("label", ""))
    text = str(code)
    if any(not sign.isascii() for sign in text) or text[:1].isdigit():
        return text
    return options.get(text) or reading.bodies().get(text, "")


def _listed(items: Any, options: Mapping[str, str]) -> str:
    names = [named(item, options) for item in items]
    return "、".join(names) if all(names) else f"{len(names)} 项"


def list_names(value: Value) -> list[str]:
    """The items of a list by name, those that have one."""
    items = value.value if isinstance(value.value, tuple) else ()
    return [name for name in (named(item, value.options) for item in items) if name]
