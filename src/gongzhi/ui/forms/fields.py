"""The Django field and widget of each kind of field."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from gongzhi.values.money import parse_yuan
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid

from .choices import BOXES, choices_of
from .periods import IsoPeriodField
from .reading import Asked

#: A text that may be longer than this gets several lines.
ONE_LINE = 100
INVALID = {
    "date": "要写成日期，例如 2026-01-05。",
    "datetime": "要写成日期和时间，例如 2026-01-05 09:00。",
    "number": "要写成数字。",
    "choice": "请在列出的各项中选一项。",
    "uuid": "不是有效的编号，请核对后重新填写。",
    "json": "不是有效的 JSON，请核对后重新填写。",
}
YES_NO = [("true", "是"), ("false", "否")]
Choices = Sequence[tuple[str, str]]


class MoneyField(forms.CharField):
    """Yuan as people type them, read as whole cents; `least` and `most` are cents too."""

    def __init__(self, *, least: int | None = None, most: int | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.least, self.most = least, most

    def to_python(self, value: Any) -> Any:
        """The cents, None where nothing was typed."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            cents = parse_yuan(str(text), allow_negative=True)
        except Invalid as wrong:
            raise forms.ValidationError(wrong.sentence) from None
        if self.least is not None and cents < self.least:
            raise forms.ValidationError(f"金额不能小于 {self._yuan(self.least)} 元。")
        if self.most is not None and cents > self.most:
            raise forms.ValidationError(f"金额不能大于 {self._yuan(self.most)} 元。")
        return cents

    def _yuan(self, cents: int) -> str:
        return str(self.prepare_value(cents)).removesuffix(".00")

    def prepare_value(self, value: Any) -> Any:
        """Cents as yuan; what was typed stays as it was."""
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        whole, rest = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{whole}.{rest:02d}"


class TextField(forms.CharField):
    """A text with the line ends that are stored, whatever the browser sends."""

    def to_python(self, value: Any) -> Any:
        """The text, stripped."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


#: Where one answer ends and the next begins; people's names stand side by side as well.
_LINE, _NAME = re.compile("\n"), re.compile("[\n、，,；;]")


class LinesField(TextField):
    """A list of short answers, one a line. `of_people`: names, which are also told apart by the signs of a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, item: forms.Field, of_people: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.item, self.ends = item, _NAME if of_people else _LINE

    def clean(self, value: Any) -> Any:
        """The answers of the lines that say something."""
        parts = (part.strip() for part in self.ends.split(super().clean(value) or ""))
        return [self.item.clean(part) for part in parts if part]

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return value if isinstance(value, str) or value is None else "\n".join(map(str, value))


class LocalDatetimeField(forms.Field):
    """Day and time in Asia/Shanghai, read as an aware instant."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"})

    def to_python(self, value: Any) -> Any:
        """The instant, None where nothing was typed."""
        if value in self.empty_values:
            return None
        try:
            found = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise forms.ValidationError(INVALID["datetime"]) from None
        return found if found.tzinfo is not None else found.replace(tzinfo=ZONE)

    def prepare_value(self, value: Any) -> Any:
        """As the browser's own field writes it; seconds only where there are any."""
        if not isinstance(value, datetime):
            return value
        local = value.astimezone(ZONE).replace(tzinfo=None)
        exact = "microseconds" if local.microsecond else "seconds" if local.second else "minutes"
        return local.isoformat(timespec=exact)


class JsonField(forms.JSONField):
    """Anything: written as JSON by who knows it."""

    def prepare_value(self, value: Any) -> Any:
        """Readable Chinese, and nothing where there is nothing."""
        if isinstance(value, forms.fields.InvalidJSONInput):
            return value
        return "" if value is None else json.dumps(value, ensure_ascii=False, default=str)


class YesNoField(forms.TypedChoiceField):
    """是 or 否, said by whoever fills it in."""

    def __init__(self, **more: Any) -> None:
        super().__init__(coerce=lambda value: value == "true", empty_value=None, **more)

    def prepare_value(self, value: Any) -> Any:
        """The choice a truth stands for."""
        return str(value).lower() if isinstance(value, bool) else value


def field_of(ask: Asked, offered: Choices | None) -> forms.Field:
    """The field of what is asked; `offered`: what may be chosen for a reference. TypeError: a kind no form knows."""
    common: dict[str, Any] = {"label": ask.label, "help_text": ask.hint, "required": ask.is_required}
    common["error_messages"] = {"required": f"请填写“{ask.label}”。"}
    if ask.item is not None and offered is not None:
        return _choices(list(offered), ask, common)
    known = choices_of(ask.inner, ask.info)
    if known or offered is not None:
        return _choice(_left(known, offered or ()), ask, common)
    if ask.item is not None:
        # the list's bounds are not those of its items
        item = scalar(
            Asked(ask.name, FieldInfo(annotation=ask.item), ask.item, None, False), {"required": True}
        )
        of_people = bool(ask.extra.get("people"))
        how = "每行一人，也可以用顿号隔开" if of_people else "每行一项"
        hint = f"{ask.hint}；{how}" if ask.hint and of_people else ask.hint or how
        return LinesField(item=item, of_people=of_people, **common | {"help_text": hint})
    return scalar(ask, common)


def _left(known: list[tuple[str, str]], offered: Choices) -> list[tuple[str, str]]:
    """What there is to choose: what is offered besides, or, where all of it is known, what is left of that."""
    codes = [code for code, _ in offered]
    left = [one for one in known if one[0] in codes]
    return left if left and len(left) == len(codes) else [*known, *offered]


def _choices(choices: list[tuple[str, str]], ask: Asked, common: dict[str, Any]) -> forms.Field:
    """Any number of them, each a box."""
    common["error_messages"]["invalid_choice"] = INVALID["choice"]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple(), **common)


def _choice(choices: list[tuple[str, str]], ask: Asked, common: dict[str, Any]) -> forms.Field:
    """Two to four as boxes, more as a list; nothing is chosen beforehand but what counts where nothing is said."""
    common["error_messages"]["invalid_choice"] = INVALID["choice"]
    codes = [value for value, _ in choices]
    has_empty = "" in codes
    has_default = str(getattr(ask.info.default, "value", ask.info.default)) in codes
    boxes = len(choices) <= BOXES
    if not has_empty and not has_default and (not boxes or not ask.is_required):
        choices = [("", "请选择" if ask.is_required else "不填"), *choices]
    if has_empty:
        common["required"] = False
    widget = forms.RadioSelect() if boxes else forms.Select()
    return forms.ChoiceField(choices=choices, widget=widget, **common)


def scalar(ask: Asked, common: dict[str, Any]) -> forms.Field:
    """The field of one answer."""
    kind = ask.inner
    if kind is bool:
        return _bool(ask, common)
    low, high = _bounds(ask) if kind is int else (None, None)
    if ask.is_money:
        return MoneyField(least=low, most=high, widget=_input("decimal", "short"), **common)
    if kind is int:
        common = common | {"error_messages": common.get("error_messages", {}) | whole_number_words(low, high)}
        return forms.IntegerField(min_value=low, max_value=high, widget=_input("numeric", "short"), **common)
    if kind is Decimal:
        return _decimal(ask, common)
    if kind is UUID:
        return forms.UUIDField(**_wrong(common, "uuid"))
    if kind is date:
        return forms.DateField(
            widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d"],
            **_wrong(common, "date"),
        )
    if kind in (datetime, AwareDatetime):
        return LocalDatetimeField(**common)
    if kind is str:
        return _text(ask, common)
    if kind is Any or getattr(kind, "__origin__", kind) is dict:
        return JsonField(widget=forms.Textarea(attrs={"rows": 3}), **_wrong(common, "json"))
    raise TypeError(f"no form field for {ask.name}: {kind}")


def _bounds(ask: Asked) -> tuple[int | None, int | None]:
    """The least and the greatest whole number that is taken."""
    low, high = ask.bound("ge"), ask.bound("le")
    return low if low is not None or ask.bound("gt") is None else ask.bound("gt") + 1, high


def whole_number_words(low: int | None, high: int | None = None) -> dict[str, str]:
    """What a field of whole numbers answers to anything else: which of them it takes."""
    if low is not None and high is not None:
        takes = f" {low} 到 {high} 之间的"
    elif low is not None:
        takes = f"不小于 {low} 的"
    else:
        takes = f"不大于 {high} 的" if high is not None else ""
    says = f"请填{takes}整数。"
    return dict.fromkeys(("invalid", "min_value", "max_value"), says)


def _wrong(common: dict[str, Any], kind: str) -> dict[str, Any]:
    messages = common.get("error_messages", {}) | {"invalid": INVALID[kind]}
    return common | {"error_messages": messages}


def _input(mode: str, css: str = "") -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": mode, "class": css})


def _bool(ask: Asked, common: dict[str, Any]) -> forms.Field:
    """A tick where a default stands for no; else 是 or 否 has to be said."""
    if ask.info.is_required() or ask.is_optional:
        empty = [] if ask.is_required else [("", "不说明")]
        return YesNoField(choices=[*empty, *YES_NO], widget=forms.RadioSelect(), **common)
    return forms.BooleanField(**common | {"required": False})


def _decimal(ask: Asked, common: dict[str, Any]) -> forms.Field:
    digits, places = ask.bound("max_digits"), ask.bound("decimal_places")
    messages = {"max_digits": "位数太多。", "max_decimal_places": f"最多 {places} 位小数。"}
    common = _wrong(common, "number")
    common["error_messages"] |= messages
    widget = _input("decimal", "short")
    return forms.DecimalField(max_digits=digits, decimal_places=places, widget=widget, **common)


#: A period has at most so many of its unit: four digits.
MOST_OF_A_UNIT = 9999


def _text(ask: Asked, common: dict[str, Any]) -> forms.Field:
    if ask.is_period:
        return IsoPeriodField(most=MOST_OF_A_UNIT, messages=whole_number_words(1, MOST_OF_A_UNIT), **common)
    longest, shortest = ask.bound("max_length"), ask.bound("min_length")
    messages = common.get("error_messages", {})
    messages |= {"max_length": f"最多 {longest} 个字。", "min_length": f"至少 {shortest} 个字。"}
    long = longest is None or longest > ONE_LINE
    if ask.is_secret:
        bounds = {"max_length": longest, "min_length": shortest, "strip": False}
        return forms.CharField(widget=forms.PasswordInput(), **bounds, **common)
    widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
    common = common | {"error_messages": messages}
    return TextField(max_length=longest, min_length=shortest, widget=widget, **common)
