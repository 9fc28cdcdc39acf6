"""A value of the law at one place on one date, with everything that must be said beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from gongzhi.values.citations import Citation
from gongzhi.values.refusals import NotPossible
from gongzhi.values.terms import Direction, Period, Roll, Rule, Unit

from . import reading
from .schema import REASONABLE, Kind, Mode, Status

Source = Literal["", "pack", "local", "contract"]
#: How the working of a date says that its number is no text's, but was set by the place.
SET_HERE = "本地设定："
#: How it says that the period was set after the event, and counts from the day it came into force.
SET_SINCE = "起算事件发生时本地尚未设定期限"
#: A bound of a share inside a record.
BOUNDS = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过"}
_TEN_THOUSAND = 10000
_TENFOLDS = frozenset({10, 100, 1000, 10000})
_SHARE = re.compile(r"\d+/[1-9]\d*")
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Value:
    """What the law says. Lists come as tuples, fractions as `"2/3"`, periods as a whole number of `unit`.

    `status` is that of the text that gives the value; `undefined` means that nobody up the chain defines the key: not
    required here. Defined without a value means: must be set locally. `inherited_from` is the code of the place that
    gives it, `asked_at` the one it was asked for; `flags` are the machine's words for `warnings`; `others` are values
    of other texts kept beside it. `options` are the words a choice may take; `usual` is what offices do where the place
    has set nothing: a proposal, never law, and never `value`. `set_on` is the day from which what a place set counts.
    """

    key: str
    title: str
    kind: Kind
    value: Any = None
    unit: str | None = None
    comparator: str | None = None
    citations: tuple[Citation, ...] = ()
    inherited_from: str | None = None
    status: Status = Status.UNDEFINED
    evidence: str = ""
    mode: Mode | None = None
    warnings: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    source: Source = ""
    anchor: str = ""
    direction: Direction = Direction.AFTER
    roll: Roll | None = None
    count_first_day: bool = False
    note: str = ""
    provisions: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    local_allowed: bool = False
    asked_at: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    usual: Any = None
    set_on: date | None = None

    @property
    def is_defined(self) -> bool:
        """Whether this is required here at all."""
        return self.status is not Status.UNDEFINED

    @property
    def is_set(self) -> bool:
        """Whether there is a value to go by."""
        return self.value is not None

    @property
    def set_here(self) -> tuple[str, ...]:
        """For the working of a date: who set its number, when, by which paper; nothing where a text gives it."""
        return (f"{SET_HERE}{self.note}",) if self.source == "local" else ()

    @property
    def is_counted(self) -> bool:
        """Whether it is a period with a number, so that a date follows from it without a person fixing one."""
        return self.kind is Kind.PERIOD and self.unit is not None and isinstance(self.value, int)

    @property
    def cited(self) -> str:
        """The citations as one phrase."""
        return "、".join(map(str, self.citations))

    def demand(self) -> "Value":
        """Return itself when set; else raise `NotPossible`, which says what to do next."""
        if not self.is_defined:
            because = f"（{self.warnings[0].rstrip('。')}）" if self.warnings else ""
            raise NotPossible(f"此处的规定中没有“{self.title}”这一项，请按通常程序办理{because}。")
        if not self.is_set:
            says = f"本地未设定“{self.title}”，请由有权机关先行设定（{self.key}）后再办理。"
            raise NotPossible(says, citations=self.citations)
        return self

    @property
    def period(self) -> Period:
        """A period; raises `NotPossible` when it is not set or a person has to fix the date."""
        self.demand()
        if self.kind is not Kind.PERIOD:
            raise NotPossible(f"“{self.title}”不是期限，不能计算日期。")
        if not self.is_counted:
            says = f"“{self.title}”没有固定天数，请由经办人确定合理的日期并写明理由。"
            raise NotPossible(says, citations=self.citations)
        return Period(int(self.value), Unit(self.unit or ""))

    @property
    def rule(self) -> Rule:
        """How it is counted. 《中华人民共和国民法典》第201条、第203条: hours and backward periods never roll."""
        period = self.period
        still = period.unit is Unit.HOURS or self.direction is Direction.BEFORE
        roll = self.roll or (Roll.NONE if still else Roll.NEXT_WORKDAY)
        return Rule(period, self.direction, roll, self.count_first_day)

    @property
    def fraction(self) -> Fraction:
        """An exact share; raises `NotPossible` when it is not set."""
        return Fraction(self.demand().value)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of a list, whether its items are codes or described items; empty when not set."""
        items = self.value if isinstance(self.value, tuple) else ()
        return tuple(code_of(item) for item in items)

    def as_json(self) -> dict[str, Any]:
        """The shape of `gongzhi law show --json`, and more."""
        return {
            "key": self.key,
            "title": self.title,
            "kind": self.kind.value,
            "value": self.value,
            "unit": self.unit,
            "comparator": self.comparator,
            "citations": [citation.as_json() for citation in self.citations],
            "inherited_from": self.inherited_from,
            "status": self.status.value,
            "evidence": self.evidence,
            "mode": self.mode.value if self.mode else None,
            "source": self.source,
            "from": self.anchor,
            "direction": self.direction.value,
            "is_defined": self.is_defined,
            "is_set": self.is_set,
            "local_allowed": self.local_allowed,
            "note": self.note,
            "options": dict(self.options),
            "usual": self.usual,
            "provisions": list(self.provisions),
            "others": list(self.others),
            "warnings": list(self.warnings),
            "flags": list(self.flags),
        }


def code_of(item: Any) -> str:
    """What identifies one item of a list."""
    return str(item["code"]) if isinstance(item, Mapping) and "code" in item else str(item)


def frozen(raw: Any) -> Any:
    """A value that callers may keep: lists become tuples, all the way down."""
    if isinstance(raw, list | tuple):
        return tuple(frozen(one) for one in raw)
    if isinstance(raw, Mapping):
        return {name: frozen(part) for name, part in raw.items()}
    return raw


class Words(BaseModel):
    """What the codes inside values are called, `value.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parts: Mapping[str, str]
    units: Mapping[str, str]
    counted: Mapping[str, str]
    unsaid: frozenset[str]
    codes: Mapping[str, str]
    keys: Mapping[str, Mapping[str, str]]


@cache
def words() -> Words:
    """Read once a process."""
    return Words.model_validate(reading.read_yaml(Path(__file__).with_suffix(".yaml")))


def code_words(code: str, key: str = "", options: Mapping[str, str] = MappingProxyType({})) -> str:
    """What one code is called under a key; "" where nobody named it."""
    known = words()
    places = (known.keys.get(key, {}), options, reading.bodies(), known.codes)
    return next((place[code] for place in places if code in place), "")


def part_words(name: str, key: str = "") -> str:
    """What one part of a record is called; its own name where nobody named it."""
    return words().keys.get(key, {}).get(name) or words().parts.get(name, name)


def share_words(raw: str) -> str:
    """A share as it is read: tenths, hundredths and so on in per cent, others as they are written."""
    share, below = Fraction(raw), int(raw.partition("/")[2])
    if below not in _TENFOLDS:
        return raw
    return f"{(share * 100).numerator / (share * 100).denominator:g}%"


def money_words(yuan: int) -> str:
    """Whole yuan: 50000 is 5万元, 5000 is 5000元."""
    return f"{yuan // _TEN_THOUSAND}万元" if yuan and yuan % _TEN_THOUSAND == 0 else f"{yuan}元"


def value_words(
    value: Any, unit: str | None, options: Mapping[str, str] = MappingProxyType({}), key: str = ""
) -> str:
    """A value as a clerk reads it in a sentence."""
    if value is None:
        return "须由本地设定"
    if value == REASONABLE:
        return "合理期限"
    if isinstance(value, tuple | list):
        return "、".join(item_words(one, key, options) for one in value)
    if isinstance(value, Mapping):
        return record_words(value, unit, key)
    return _single(value, unit, key, options)


def _single(value: Any, unit: str | None, key: str, options: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return _number(value, unit)
    text = str(value)
    return code_words(text, key, options) or _written(text)


def _number(value: int, unit: str | None) -> str:
    if unit in set(Unit):
        return str(Period(value, Unit(unit)))
    return money_words(value) if unit == "CNY" else str(value)


def _written(text: str) -> str:
    """A share, a length of time or a day in its usual form; any other text as it stands."""
    if _SHARE.fullmatch(text):
        return share_words(text)
    day = _DAY.fullmatch(text)
    if day is not None:
        return "".join(
            f"{int(part)}{sign}" for part, sign in zip(day.groups(), "年月日", strict=True) if part
        )
    try:
        return str(Period.parse(text))
    except ValueError:
        return text


def item_words(item: Any, key: str = "", options: Mapping[str, str] = MappingProxyType({})) -> str:
    """The name of one item of a list: its label, its title, or what its code is called."""
    if isinstance(item, Mapping):
        name = item.get("label") or item.get("title")
        return str(name) if name else record_words(item, None, key)
    return _single(item, None, key, options)


def about_item(item: Any, key: str = "") -> str:
    """What is said about an item beside its name; "" where it is a name alone."""
    return _parts(item, None, key, "；", "：") if isinstance(item, Mapping) else ""


def record_words(record: Mapping[str, Any], unit: str | None, key: str = "") -> str:
    """A record, part by part; a frequency as one phrase."""
    if set(record) == {"at_least", "per"}:
        per = {"month": "月", "quarter": "季度", "half_year": "半年", "year": "年"}[record["per"]]
        return f"每{per}至少{record['at_least']}次"
    return _parts(record, unit, key, "；", "：")


def _parts(record: Mapping[str, Any], unit: str | None, key: str, between: str, after: str) -> str:
    """The parts that have something to say, each with its name."""
    told = (
        (name, _sign(record, name) + _part(name, part, unit, key))
        for name, part in record.items()
        if name not in words().unsaid and not name.endswith("comparator") and part not in ("", (), [])
    )
    return between.join(f"{part_words(name, key)}{after}{said}" for name, said in told)


def _part(name: str, part: Any, unit: str | None, key: str) -> str:
    """One part of a record; a record inside it in one breath."""
    if isinstance(part, Mapping):
        return _parts(part, unit, key, "，", "")
    if isinstance(part, tuple | list):
        return "、".join(item_words(one, key) for one in part)
    own = words().units.get(name)
    whole = isinstance(part, int) and not isinstance(part, bool)
    if own and (whole or _DECIMAL.fullmatch(str(part))):
        return f"{part}{own}"
    return _single(part, unit, key, {}) + (words().counted.get(key, "") if whole and unit is None else "")


def _sign(record: Mapping[str, Any], name: str) -> str:
    """How a share is bounded: by the comparator that stands beside it."""
    if name != "fraction" and not name.endswith("share"):
        return ""
    stem = name.removesuffix("share") if name != "fraction" else ""
    return BOUNDS.get(record.get(f"{stem}comparator", ""), "")
