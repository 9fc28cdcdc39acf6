"""The form of a table: a file to check or bring in, and the same again for its errors."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongzhi.registry.tables import limits
from gongzhi.registry.tables.columns import Kind
from gongzhi.registry.tables.formats import Format
from gongzhi.values.refusals import Invalid, Refusal

#: Mebibytes of a file at most.
LARGEST = limits.FILE // limits.MEBIBYTE
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
