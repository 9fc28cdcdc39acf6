"""The forms of the tables: a file to check or bring in, the same again for its errors, and what to take out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongzhi.registry.tables import limits
from gongzhi.registry.tables.columns import Kind
from gongzhi.registry.tables.formats import Format
from gongzhi.values.refusals import Invalid, NotFound, Refusal

from .tables import LARGEST

MASKED, CLEAR = "masked", "in-the-clear"
PURPOSE = "请写明用途，例如：核对业主名册。"
#: A key of the door is no longer than this beside the digest it is joined with.
KEY = 60


def file_field(label: str) -> forms.FileField:
    """The field a table comes in; whether it is one, its reader judges."""
    return forms.FileField(
        label=label,
        help_text=f"xlsx 或者 csv，不超过 {LARGEST} MB、{limits.ROWS // 10_000} 万行；旧版 xls 请先另存为 xlsx",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "请选择表格文件。"},
    )


class TableForm(forms.Form):
    """A table, and its sheet where several would do. The file is read and let go."""

    prefix = "table"
    #: Refusals that are the form's own: the rest is said above it.
    answers_for = (Invalid,)
    file = file_field("表格文件")
    sheet = forms.CharField(
        label="工作表名称",
        help_text="只有一张工作表的不用填；几张都像这种表时，写明是哪一张",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )

    @property
    def upload(self) -> UploadedFile[Any]:
        """The file that came."""
        found: UploadedFile[Any] = self.cleaned_data["file"]
        return found

    @property
    def sheet_named(self) -> str:
        """The sheet that was named, "" where none was."""
        return str(self.cleaned_data["sheet"])

    def content(self) -> bytes:
        """The bytes, read no further than the largest table may be."""
        self.upload.seek(0)
        return bytes(self.upload.read(limits.FILE + 1))

    def refuse(self, wrong: Refusal) -> None:
        """Set the sentence of a refusal at its field, at the top where it has none."""
        fields = wrong.fields if isinstance(wrong, Invalid) else {}
        name = next((name for name in fields if name in self.fields), None)
        self.add_error(name, wrong.sentence)


class ErrorsForm(TableForm):
    """The same file once more, for its errors: no copy of it was kept."""

    prefix = "again"
    file = file_field("同一个表格文件")
    sheet = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput())


def key_of(sent: str, sheet: str, content: bytes) -> str:
    """The key of a sending: the form's own, the file and its sheet, so that another file is another sending."""
    digest = sha256(sheet.encode("utf-8", "surrogatepass") + b"\0" + content).hexdigest()
    return f"{sent[:KEY]}-{digest[:40]}"


def error_name(kind: Kind, sent: str, format_: Format) -> str:
    """What the file of errors is called."""
    return f"{PurePath(sent).stem or kind.title}-错误.{format_}"


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
