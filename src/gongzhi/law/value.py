"""A value of the law at one place on one date, with everything that must be said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from gongzhi.values.citations import Citation
from gongzhi.values.refusals import NotPossible
from gongzhi.values.terms import Direction, Period, Roll, Rule, Unit

from .schema import REASONABLE, Kind, Mode, Status

Source = Literal["", "pack", "local", "contract"]


@dataclass(frozen=True, slots=True)
class Value:
    """What the law says. Lists come as tuples, fractions as `"2/3"`, periods as a whole number of `unit`.

    `status` is that of the text that gives the value; `undefined` means that nobody up the chain defines the key: not
    required here. Defined without a value means: must be set locally. `inherited_from` is the code of the place that
    gives it, `asked_at` the one it was asked for; `flags` are the machine's words for `warnings`; `others` are values
    of other texts kept beside it. `options` are the words a choice may take; `usual` is what offices do where the place
    has set nothing: a proposal, never law, and never `value`.
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

    @property
    def is_defined(self) -> bool:
        """Whether this is required here at all."""
        return self.status is not Status.UNDEFINED

    @property
    def is_set(self) -> bool:
        """Whether there is a value to go by."""
        return self.value is not None

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
            because = f"（{self.warnings[0]}）" if self.warnings else ""
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


def value_words(value: Any, unit: str | None) -> str:
    """A value as a clerk reads it in a sentence."""
    if value is None:
        return "须由本地设定"
    if value == REASONABLE:
        return "合理期限"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and unit in set(Unit):
        return str(Period(value, Unit(unit)))
    if isinstance(value, tuple | list):
        return "、".join(
            str(one.get("label", one)) if isinstance(one, Mapping) else str(one) for one in value
        )
    if isinstance(value, Mapping) and set(value) != {"at_least", "per"}:
        return "，".join(f"{name} {value_words(part, None)}" for name, part in value.items())
    if isinstance(value, Mapping):
        per = {"month": "月", "quarter": "季度", "half_year": "半年", "year": "年"}[value["per"]]
        return f"每{per}至少{value['at_least']}次"
    return f"{value}{'元' if unit == 'CNY' else ''}"
