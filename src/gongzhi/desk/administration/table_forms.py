"""The form of what is taken out, and what was typed into a form of the tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gongzhi.registry.tables.formats import Format
from gongzhi.values.refusals import Invalid, NotFound, Refusal

MASKED, CLEAR = "masked", "in-the-clear"
PURPOSE = "请写明用途，例如：核对业主名册。"


class ExportForm(forms.Form):
    """Which territories, as what file; with a purpose, numbers in the clear."""

    prefix = "out"
    #: A place that is none, or without anything, is a mistake in the form.
    answers_for = (Invalid, NotFound)
    places = forms.MultipleChoiceField(
        label="地区",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "请选择导出哪个地区，或者写明区划代码。"},
    )
    codes = forms.CharField(
        label="其他区划代码",
        help_text="上面没有的写在这里，几个之间用空格隔开",
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请写明区划代码，例如220602。"},
    )
    format = forms.ChoiceField(
        label="文件格式",
        choices=[(Format.XLSX.value, "xlsx（Excel、WPS）"), (Format.CSV.value, "csv")],
        widget=forms.RadioSelect(),
        error_messages={"required": "请选择文件格式。"},
    )
    numbers = forms.ChoiceField(
        label="证件号码和手机号码",
        choices=[(MASKED, "隐去中间几位"), (CLEAR, "完整号码，写明用途")],
        widget=forms.RadioSelect(),
        error_messages={"required": "请选择号码怎样导出。"},
    )
    purpose = forms.CharField(
        label="用途",
        help_text="导出完整号码的要写；名册上的每个人都能看到谁查看过、为什么用途",
        min_length=2,
        max_length=200,
        required=False,
        error_messages={"required": PURPOSE, "min_length": PURPOSE},
    )

    def __init__(self, places: Sequence[tuple[str, str]], *, may_unmask: bool, own: str, **more: Any) -> None:
        begun = {"places": [own], "format": Format.XLSX.value, "numbers": MASKED}
        super().__init__(initial=begun | dict(more.pop("initial", None) or {}), **more)
        self._offer_places(places)
        if not may_unmask:
            del self.fields["numbers"], self.fields["purpose"]
        elif self._sent("numbers") == CLEAR:
            self.fields["purpose"].required = True

    def _offer_places(self, places: Sequence[tuple[str, str]]) -> None:
        """One of the places is chosen, or a code is typed; where none is offered, a code is."""
        chosen, typed = self.fields["places"], self.fields["codes"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = list(places)
        chosen.required = not self._sent("codes")
        if not places:
            del self.fields["places"]
            typed.label, typed.help_text, typed.required = "区划代码", "几个之间用空格隔开", True

    def _sent(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")).strip()

    def codes_asked(self) -> list[str]:
        """The territories, each once."""
        typed = re.split(r"[^0-9A-Za-z]+", str(self.cleaned_data["codes"]))
        return [*dict.fromkeys(code for code in (*self.cleaned_data.get("places", ()), *typed) if code)]

    def purpose_said(self) -> str:
        """What for, "" where numbers stay masked."""
        said = self.cleaned_data
        return str(said["purpose"]) if said.get("numbers") == CLEAR else ""

    def refuse(self, wrong: Refusal) -> None:
        """What was refused lies in the territories: there is none of that code, or nothing in it."""
        self.add_error("codes" if self._sent("codes") else "places", wrong.sentence)


def typed_in(form: type[forms.Form], said: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed into a form of that kind, from what was sent with its names."""
    names = form.base_fields
    return {name: said[f"{form.prefix}-{name}"] for name in names if f"{form.prefix}-{name}" in said}
