"""A length of time on a form: a number and its unit, side by side; the short form is what the machine reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongzhi.values.terms import Period, Unit

UNITS = [
    (Unit.DAYS.value, "日"),
    (Unit.WORKING_DAYS.value, "个工作日"),
    (Unit.HOURS.value, "小时"),
    (Unit.MONTHS.value, "个月"),
    (Unit.YEARS.value, "年"),
]


class Together(forms.MultiWidget):
    """Parts of one value, side by side."""

    template_name = "ui/forms/_together.html"

    def __init__(self, widgets: Sequence[forms.Widget], words: Sequence[str]) -> None:
        super().__init__(widgets)
        for widget, word in zip(self.widgets, words, strict=True):
            widget.attrs["aria-label"] = word

    def id_for_label(self, id_: str) -> str:
        """The label leads to the first part."""
        return f"{id_}_0" if id_ else id_

    def decompress(self, value: Any) -> list[Any]:
        """Nothing is filled in beforehand."""
        return [None for _ in self.widgets]


class _NumberAndUnit(Together):
    """A period read from its short form again, where a form begins with one."""

    def decompress(self, value: Any) -> list[Any]:
        """15 and D of P15D; nothing of what is no period."""
        try:
            period = Period.parse(str(value or ""))
        except ValueError:
            return [None, None]
        return [period.amount, period.unit.value]


class IsoPeriodField(forms.MultiValueField):
    """A number and its unit, read as the short form `P15D` that the API takes. `most`: the greatest number."""

    def __init__(self, *, most: int, messages: dict[str, str], **more: Any) -> None:
        number = forms.IntegerField(min_value=1, max_value=most, required=False, error_messages=messages)
        box = forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
        super().__init__(
            (number, forms.ChoiceField(choices=UNITS, required=False)),
            widget=_NumberAndUnit((box, forms.Select(choices=UNITS)), ("数字", "单位")),
            require_all_fields=False,
            **more,
        )

    def compress(self, data_list: list[Any]) -> str:
        """`P15D`; a unit alone is no answer."""
        number, unit = (*data_list, None, None)[:2]
        if number is None and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        return Period(number, Unit(unit or Unit.DAYS)).iso if number is not None else ""
