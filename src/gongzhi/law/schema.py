"""The shape of a pack: what the YAML may say, checked when it is read. No number of the law stands here."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from gongzhi.values.terms import Direction, Period, Roll, Unit

ROOT = "CN"
REASONABLE = "reasonable"
UNITS = frozenset(unit.value for unit in Unit)


class Rank(StrEnum):
    """Kinds of text, from the weightiest down; the order of the members is the order of rank."""

    LAW = "law"
    INTERPRETATION = "judicial_interpretation"
    REGULATION = "state_council_regulation"
    LOCAL_REGULATION = "local_regulation"
    RULE = "rule"
    NORMATIVE = "normative_document"

    @property
    def weight(self) -> int:
        """Higher prevails."""
        return -list(Rank).index(self)


class Status(StrEnum):
    """How a text stands. Only `in_force`, a running `campaign`, or an adopted text decides a real case."""

    IN_FORCE = "in_force"
    UNDATED = "undated"
    DRAFT = "draft"
    CAMPAIGN = "campaign"
    EXPIRED = "expired"
    STUB = "stub"
    UNDEFINED = "undefined"


class Mode(StrEnum):
    """What a lower text may do with a value."""

    LOCKED = "locked"
    FLOOR = "floor"
    CEILING = "ceiling"
    REPLACE = "replace"
    UNION = "union"
    CONTRACT = "contract_overridable"


class Kind(StrEnum):
    """What sort of value a key holds."""

    PERIOD = "period"
    NUMBER = "number"
    FRACTION = "fraction"
    LIST = "list"
    CHOICE = "choice"
    FLAG = "flag"
    AMOUNT = "amount"
    FREQUENCY = "frequency"
    RECORD = "record"


Evidence = Literal[
    "SEEN-LRB",
    "SEEN-WEB",
    "SEEN-WEB?",
    "SEEN-CODE",
    "SEEN-CODE?",
    "SEEN-SOURCE",
    "GK",
    "NOT-FOUND",
    "PRACTICE",
    "LOCAL",
    "CONTRACT",
]
#: How offices work, not law: shown as such; it needs no source line, and a place may set its own.
PRACTICE = "PRACTICE"
DOUBTFUL = frozenset({"SEEN-WEB?", "SEEN-CODE?", "GK"})
Comparator = Literal[">", ">=", "<", "<="]
_CITE = re.compile(r"(?P<instrument>[A-Z0-9_]+)(?: (?P<article>\S+?))?(?P<item>第\d+项)?$")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Cite(_Strict):
    """Where a value stands: `CIVIL 第947条`, `BS 第13条第3项`, `ZJ 第7项`, `JL 三（六）`."""

    instrument: str
    article: str = ""
    item: str = ""

    @property
    def where(self) -> str:
        """Article and item as one phrase."""
        return self.article + self.item


def read_cite(raw: Any) -> Any:
    """Read the short form of a citation; anything else is left to pydantic."""
    found = _CITE.match(raw) if isinstance(raw, str) else None
    if found is None:
        return raw
    return {name: part or "" for name, part in found.groupdict().items()}


Cites = tuple[Annotated[Cite, BeforeValidator(read_cite)], ...]


class Instrument(_Strict):
    """One text. `stale` says why its wording here may be out of date; `missing` what it names and does not bring.

    `provisions` are those it realises as a whole.
    """

    title: str
    number: str = ""
    issuer: str = ""
    rank: Rank
    status: Status
    starts_on: date | None = Field(default=None, alias="from")
    ends_on: date | None = Field(default=None, alias="to")
    stale: str = ""
    note: str = ""
    missing: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _dates(self) -> "Instrument":
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValueError(f"《{self.title}》的终止日期早于起始日期")
        if self.status is Status.CAMPAIGN and self.ends_on is None:
            raise ValueError(f"《{self.title}》是专项行动而没有写明终止日期")
        return self


class Parameter(_Strict):
    """One value as one pack states it. `value: null` means: must be set locally."""

    value: Any
    unit: str | None = None
    comparator: Comparator | None = None
    mode: Mode = Mode.REPLACE
    cites: Cites = ()
    evidence: Evidence
    anchor: str = Field(default="", alias="from")
    roll: Roll | None = None
    count_first_day: bool = False
    local: Literal["", "allowed"] = ""
    note: str = ""
    provisions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> "Parameter":
        if self.value is not None and not self.cites and self.evidence != PRACTICE:
            raise ValueError("没有出处的值不得写入，请写 cites")
        if self.value is not None and self.evidence == "NOT-FOUND":
            raise ValueError("证据为 NOT-FOUND 的，值只能是 null")
        return self


class Pack(_Strict):
    """What one jurisdiction says."""

    code: str
    name: str
    parent: str | None
    instruments: dict[str, Instrument] = {}
    params: dict[str, Parameter] = {}

    @property
    def unverified(self) -> str:
        """Titles of the texts of this jurisdiction that were not found; empty when none is missing."""
        stubs = [one.title for one in self.instruments.values() if one.status is Status.STUB]
        return "、".join(f"《{title}》" for title in stubs)


class Key(_Strict):
    """A key of the law: its Chinese title, what sort of value it holds, which way a period is counted.

    `options` are the words a choice, or the items of a list, may take, with what they mean; `of: period` is a list of
    periods (`P30D`). `binds` is the act a period limits, where two may limit one. `usual` is office practice where the
    place has set nothing: a proposal, never law.
    """

    title: str
    kind: Kind
    direction: Direction = Direction.AFTER
    anchor: str = Field(default="", alias="from")
    fine: bool = False
    binds: str = ""
    of: Literal["", "period"] = ""
    options: dict[str, str] = {}
    usual: Any = None

    @model_validator(mode="after")
    def _whole(self) -> "Key":
        if self.of and self.kind is not Kind.LIST:
            raise ValueError("只有列表可以写 of")
        if self.usual is not None and not self.accepts(self.usual, None):
            raise ValueError("usual 与此参数的种类不符")
        return self

    def accepts(self, value: Any, unit: str | None) -> bool:
        """Whether a value (not null) is of this key's kind."""
        if not _SHAPES[self.kind](value, unit):
            return False
        items = value if isinstance(value, list | tuple) else [value]
        if self.options and not all(item in self.options for item in items):
            return False
        return not self.of or all(_reads_as_period(item) for item in items)


def _reads_as_period(item: Any) -> bool:
    try:
        return isinstance(item, str) and Period.parse(item).amount > 0
    except ValueError:
        return False


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_period(value: Any, unit: str | None) -> bool:
    """A whole number of a unit; or a reasonable time, which has none: a person fixes the date, with reason."""
    return unit is None if value == REASONABLE else _is_whole(value) and value > 0 and unit in UNITS


def _is_fraction(value: Any, unit: str | None) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d+/[1-9]\d*", value) is not None


def _is_frequency(value: Any, unit: str | None) -> bool:
    """At least so many in each calendar period."""
    return (
        isinstance(value, dict)
        and set(value) == {"at_least", "per"}
        and _is_whole(value["at_least"])
        and value["at_least"] > 0
        and value["per"] in ("month", "quarter", "half_year", "year")
    )


_SHAPES: dict[Kind, Callable[[Any, str | None], bool]] = {
    Kind.PERIOD: _is_period,
    Kind.NUMBER: lambda value, unit: _is_whole(value),
    Kind.FRACTION: _is_fraction,
    Kind.LIST: lambda value, unit: isinstance(value, list | tuple) and bool(value),
    Kind.CHOICE: lambda value, unit: isinstance(value, str) and bool(value),
    Kind.FLAG: lambda value, unit: isinstance(value, bool),
    Kind.AMOUNT: lambda value, unit: _is_whole(value) and unit == "CNY",
    Kind.FREQUENCY: _is_frequency,
    Kind.RECORD: lambda value, unit: isinstance(value, dict) and bool(value),
}


def read_value(raw: Any, unit: str | None = None) -> tuple[Any, str | None]:
    """Bring a value from outside into (value, unit): `"P60D"`, `{"value": 60, "unit": "D"}` or the plain value."""
    if isinstance(raw, dict) and "value" in raw and set(raw) <= {"value", "unit"}:
        return raw["value"], raw.get("unit")
    if unit is None and isinstance(raw, str) and raw.startswith("P"):
        try:
            period = Period.parse(raw)
        except ValueError:
            return raw, None
        return period.amount, period.unit.value
    return raw, unit
