"""Fields and widgets of these forms alone: a reference one looks for, a value in the shape of its key."""

import re
from typing import Any

from django import forms

from gongzhi.law.schema import REASONABLE, Key, Kind
from gongzhi.ui.forms.fields import INVALID, YES_NO, whole_number_words
from gongzhi.ui.forms.periods import UNITS, Together
from gongzhi.values.terms import Period, Unit

PER = [("month", "每月"), ("quarter", "每季度"), ("half_year", "每半年"), ("year", "每年")]


class Picked(forms.Select):
    """What is chosen, and a button that keeps the form and opens the page to look for another one."""

    template_name = "desk/administration/_picked.html"

    def __init__(self, path: str, **more: Any) -> None:
        super().__init__(**more)
        self.path = path

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the field the button names."""
        told: dict[str, Any] = super().get_context(name, value, attrs)
        return told | {"path": self.path}


class PeriodField(forms.MultiValueField):
    """A number and its unit, or a reasonable time; read as the law's own short form."""

    def __init__(self, **more: Any) -> None:
        number = forms.IntegerField(min_value=1, required=False, error_messages=whole_number_words(1))
        units = [*UNITS, (REASONABLE, "合理期限（不填数字）")]
        unit = forms.ChoiceField(choices=units, required=False)
        box = forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
        super().__init__(
            (number, unit),
            widget=Together((box, forms.Select(choices=units)), ("数字", "单位")),
            require_all_fields=False,
            **more,
        )

    def compress(self, data_list: list[Any]) -> Any:
        """{"value": 5, "unit": "WD"}, `reasonable`, or None where nothing was said."""
        number, unit = (*data_list, None, None)[:2]
        if unit == REASONABLE:
            return REASONABLE
        if number is None:
            return None
        return {"value": number, "unit": unit}


class ShareField(forms.CharField):
    """An exact share, written 2/3."""

    def to_python(self, value: Any) -> Any:
        """Without blanks, with the sign for fractions of any keyboard."""
        return "".join(str(value or "").replace("／", "/").split())


class AmountField(forms.IntegerField):
    """Whole yuan."""

    def to_python(self, value: Any) -> Any:
        """With its unit."""
        number = super().to_python(value)
        return None if number is None else {"value": number, "unit": "CNY"}

    def validate(self, value: Any) -> None:
        """The number alone has bounds."""
        super().validate(value["value"] if value else value)

    def run_validators(self, value: Any) -> None:
        """Likewise."""
        super().run_validators(value["value"] if value else value)


class OftenField(forms.MultiValueField):
    """At least so often in each period of the calendar."""

    def __init__(self, **more: Any) -> None:
        number = forms.IntegerField(min_value=1, required=False, error_messages=whole_number_words(1))
        per = forms.ChoiceField(choices=PER, required=False)
        box = forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
        super().__init__(
            (per, number),
            widget=Together((forms.Select(choices=PER), box), ("周期", "至少几次")),
            require_all_fields=False,
            **more,
        )

    def compress(self, data_list: list[Any]) -> Any:
        """{"at_least": 2, "per": "year"}."""
        per, number = (*data_list, None, None)[:2]
        return None if number is None else {"at_least": number, "per": per}


class ListedField(forms.CharField):
    """Several answers, one a line."""

    def to_python(self, value: Any) -> Any:
        """The lines that say something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


#: How a clerk writes a unit.
_WRITTEN = {"日": Unit.DAYS, "天": Unit.DAYS} | {words: Unit(code) for code, words in UNITS}
_WRITTEN |= {"工作日": Unit.WORKING_DAYS, "个小时": Unit.HOURS}
_LENGTH = re.compile(rf"(\d{{1,5}})\s*({'|'.join(_WRITTEN)})")
#: How lengths are written, by example; no length of the law.
_AS_WORDS = "、".join(f"{number}{words}" for number, words in ((30, "日"), (5, "个工作日"), (2, "个月")))


class PeriodsField(ListedField):
    """Several lengths of time in words, one a line; the short forms of the law are read too."""

    def __init__(self, **more: Any) -> None:
        box = forms.Textarea(attrs={"rows": 4})
        super().__init__(widget=box, help_text=f"每行一项，例如 {_AS_WORDS}", **more)

    def prepare_value(self, value: Any) -> Any:
        """What stands there in words, one a line; what was typed as it was typed."""
        if not isinstance(value, list | tuple):
            return value
        return "\n".join(str(Period.parse(one)) for one in value)

    def to_python(self, value: Any) -> Any:
        """The short forms. ValidationError names the line that is none and says how to write it."""
        lines = str(value or "").splitlines()
        return [_length(line.strip(), number) for number, line in enumerate(lines, 1) if line.strip()]


def _length(line: str, number: int) -> str:
    """One line as the law's own short form."""
    found = _LENGTH.fullmatch(line)
    try:
        return (Period(int(found[1]), _WRITTEN[found[2]]) if found else Period.parse(line.upper())).iso
    except ValueError:
        says = f"第 {number} 行“{line[:20]}”看不出多长，请写成数字加单位，例如 {_AS_WORDS}，每行一项。"
        raise forms.ValidationError(says) from None


class TruthField(forms.TypedChoiceField):
    """是 or 否."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=lambda value: value == "true",
            empty_value=None,
            widget=forms.RadioSelect(),
            **more,
        )


def field_of_key(about: Key, common: dict[str, Any], present: Any = None) -> forms.Field:
    """The field in which a value of a key is said; a list of periods begins with what is there at present."""
    if about.kind is Kind.PERIOD:
        return PeriodField(**common)
    if about.kind in (Kind.CHOICE, Kind.LIST) and about.options:
        return _options(about, common)
    if about.kind is Kind.LIST and about.of:
        return PeriodsField(**common, initial=present)
    if about.kind is Kind.LIST:
        return ListedField(widget=forms.Textarea(attrs={"rows": 3}), **common | {"help_text": "每行一项"})
    if about.kind is Kind.RECORD:
        return forms.JSONField(widget=forms.Textarea(attrs={"rows": 4}), **_wrong(common, "json"))
    return _plain(about, common)


def _options(about: Key, common: dict[str, Any]) -> forms.Field:
    choices = list(about.options.items())
    if about.kind is Kind.LIST:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple(), **common)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(), **common)


def _plain(about: Key, common: dict[str, Any]) -> forms.Field:
    box = forms.TextInput(attrs={"class": "short"})
    if about.kind is Kind.FLAG:
        return TruthField(**common)
    if about.kind is Kind.FREQUENCY:
        return OftenField(**common | {"help_text": "在多长的周期里，至少几次"})
    if about.kind is Kind.FRACTION:
        return ShareField(widget=box, **common | {"help_text": "写成分数，例如 2/3"})
    if about.kind is Kind.AMOUNT:
        return AmountField(widget=box, **_wrong(common, "number") | {"help_text": "整元"})
    if about.kind is Kind.NUMBER:
        messages = dict(common.get("error_messages", {})) | whole_number_words(None)
        return forms.IntegerField(widget=box, **common | {"error_messages": messages})
    return forms.CharField(max_length=200, **common)


def _wrong(common: dict[str, Any], kind: str) -> dict[str, Any]:
    messages = dict(common.get("error_messages", {})) | {"invalid": INVALID[kind]}
    return common | {"error_messages": messages}
