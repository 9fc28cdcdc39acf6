"""A Django form of a Facts class, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from pydantic import BaseModel

from gongzhi.acts.facts import Facts, read_facts
from gongzhi.values.foretold import HasToBeSaid
from gongzhi.values.refusals import AlreadyTaken, Invalid

from .fields import Choices, field_of
from .reading import Asked, fields_of

#: What the button of another row sends, as `NAME=field`.
ADD = "add-row"
#: A form never has more rows than this; long lists come by import.
MOST_ROWS = 200
F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, slots=True)
class Need:
    """What another field has to be answered for a field to be asked for; `words`: of these answers."""

    name: str
    answers: Sequence[str]
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that an act has to bring. `kept`: id and name of a file that was stored already.

    A photograph comes from the camera or out of the album, several at a time; `pictures` are those stored already, and
    `gone` is the field that takes one of them away again. `takes_scans`: a PDF is as good as a photograph.
    """

    code: str
    title: str
    is_required: bool = True
    hint: str = ""
    kept: tuple[str, str] | None = None
    is_photograph: bool = False
    pictures: tuple[tuple[str, str], ...] = ()
    gone: str = ""
    takes_scans: bool = False


class RowForm(forms.Form):
    """The fields of one class, without rows of its own."""

    def __init__(
        self, kind: type[BaseModel], choices: Mapping[str, Choices], *, is_silent: bool = False, **more: Any
    ) -> None:
        super().__init__(**more)
        self.kind, self.is_silent = kind, is_silent
        self.asked: list[Asked] = [ask for ask in fields_of(kind) if ask.rows is None]
        for ask in self.asked:
            self.fields[ask.name] = field_of(ask, choices.get(ask.name))

    def full_clean(self) -> None:
        """Judge what was filled in, unless only another row was asked for."""
        super().full_clean()
        if self.is_silent:
            self._errors = ErrorDict()

    @property
    def is_gone(self) -> bool:
        """Whether its reader took it away."""
        return self.is_bound and self.data.get(f"{self.prefix}-gone") == "1"

    def said(self) -> dict[str, Any]:
        """What was filled in, as the class reads it; what was left empty is left to the class's own default."""
        found = {ask.name: _value(ask, self.cleaned_data.get(ask.name)) for ask in self.asked}
        return {name: value for name, value in found.items() if value is not _LEFT}

    def put(self, path: Sequence[str], sentence: str) -> None:
        """Set an error where it belongs; at the top where no field has that name."""
        name = path[0] if path and path[0] in self.fields else None
        if name is None or name not in self.errors:
            self.add_error(name, sentence)


_LEFT = object()


def _value(ask: Asked, value: Any) -> Any:
    """An answer, or what an empty field means."""
    if value not in (None, "", []):
        return value
    if ask.is_optional:
        return None
    if ask.inner is str or ask.item is not None:
        return [] if ask.item is not None else ""
    return value if value == "" and ask.info.default == "" else _LEFT


class Rows:
    """The rows of one list field: as many as were sent, one more where asked for, fewer where taken away."""

    def __init__(self, ask: Asked, form: FactsForm) -> None:
        assert ask.rows is not None
        self.ask, self.kind, self.form = ask, ask.rows, form
        self.name, self.title, self.hint = ask.name, ask.label, ask.hint
        self.count_name = form.add_prefix(f"{ask.name}-rows")
        if any(inner.rows is not None for inner in fields_of(ask.rows)):
            raise TypeError(f"rows within rows: {ask.name}")
        self.rows = [self._row(place) for place in range(self._count())]
        self.errors: list[str] = []

    def _count(self) -> int:
        if not self.form.is_bound:
            return max(len(self.form.initial.get(self.name) or ()), self.ask.bound("min_length") or 0)
        sent = str(self.form.data.get(self.count_name, ""))
        asked = self.form.data.get(self.form.add_prefix(ADD)) == self.name
        return min((int(sent) if sent.isdecimal() and len(sent) < 5 else 0) + asked, MOST_ROWS)

    def _row(self, place: int) -> RowForm:
        given = self.form.initial.get(self.name) or ()
        data = self.form.data if self.form.is_bound else None
        prefix = self.form.add_prefix(f"{self.name}-{place}")
        initial = given[place] if place < len(given) else None
        return RowForm(
            self.kind,
            self.form.choices,
            is_silent=self.form.is_silent,
            data=data,
            prefix=prefix,
            initial=initial,
            use_required_attribute=False,
        )

    @property
    def kept(self) -> list[RowForm]:
        """The rows that were not taken away."""
        return [row for row in self.rows if not row.is_gone]

    def is_valid(self) -> bool:
        """Whether every row can be read; all of them are looked at."""
        return [row.is_valid() for row in self.kept].count(False) == 0

    def put(self, path: Sequence[str], sentence: str) -> None:
        """Set an error at its row, or at the list."""
        if path and path[0].isdecimal() and int(path[0]) < len(self.kept):
            self.kept[int(path[0])].put(path[1:], sentence)
        else:
            self.errors.append(sentence)


class FactsForm(RowForm):
    """A form of a Facts class with its rows and papers. Built by `form_of`."""

    def __init__(
        self, kind: type[Facts], choices: Mapping[str, Choices], papers: Sequence[Paper], **more: Any
    ) -> None:
        super().__init__(kind, choices, **more)
        self.is_silent = self.asks_for_a_row
        self.facts_kind, self.choices, self.papers = kind, choices, papers
        self._facts: Facts | None = None
        #: The papers that came and could not come in: nobody is told to attach them as well.
        self.excused: frozenset[str] = frozenset()
        for paper in papers:
            self.fields[paper_name(paper.code)] = _file_field(paper)
        self.rowsets = [Rows(ask, self) for ask in fields_of(kind) if ask.rows is not None]
        #: Field → what makes it be asked for.
        self.needs: dict[str, Need] = {}
        for ask in self.asked:
            for other, answers in ask.needed_when.items():
                self.need_when(ask.name, other, answers)

    def full_clean(self) -> None:
        """Judge what was filled in; an excused paper is still one that is required, and shown so."""
        excused = [field for code in self.excused if (field := self.fields[paper_name(code)]).required]
        for field in excused:
            field.required = False
        super().full_clean()
        for field in excused:
            field.required = True

    def need_when(self, name: str, other: str, answers: Sequence[str]) -> None:
        """Ask for a field only where another one is answered so; there it has to be answered."""
        words = [str(says) for code, says in getattr(self.fields[other], "choices", ()) if code in answers]
        self.needs[name] = Need(other, answers, "”或“".join(words))
        if self.is_asked(name):
            self.fields[name].required = True

    def is_asked(self, name: str) -> bool:
        """Whether a field says anything beside what the others say by now."""
        need = self.needs.get(name)
        return need is None or str(self[need.name].value() or "") in need.answers

    def foretell(self, known: Mapping[str, str]) -> None:
        """Say beside a field what is known of its answer: the earliest day, the latest; that it is needed here."""
        for name, sentence in known.items():
            field = self.fields[name]
            field.required = field.required or isinstance(sentence, HasToBeSaid)
            field.help_text = f"{field.help_text}；{sentence}" if field.help_text else sentence

    @property
    def asks_for_a_row(self) -> bool:
        """Whether a button of another row was pressed: show the form again, judge nothing."""
        return self.is_bound and bool(self.data.get(self.add_prefix(ADD)))

    def is_valid(self) -> bool:
        """Whether the class takes what was filled in; else every field has its sentence."""
        if not self.is_bound or self.asks_for_a_row:
            return False
        rows_fine = [rows.is_valid() for rows in self.rowsets].count(False) == 0
        if not super().is_valid() or not rows_fine:
            return False
        try:
            self._facts = read_facts(self.facts_kind, self.said())
        except Invalid as wrong:
            self.refuse(wrong)
        return self._facts is not None

    def said(self) -> dict[str, Any]:
        """What was filled in, rows included."""
        return super().said() | {rows.name: [row.said() for row in rows.kept] for rows in self.rowsets}

    def facts(self) -> Facts:
        """What was said; only after `is_valid`."""
        assert self._facts is not None, "is_valid was not asked or said no"
        return self._facts

    def refuse(self, wrong: Invalid | AlreadyTaken) -> None:
        """Set the sentences of a refusal at their fields, at the top where they have none."""
        for name, sentence in (wrong.fields or {"": wrong.sentence}).items():
            if any(other.startswith(f"{name}.") for other in wrong.fields):
                continue  # a row that is wrong is not counted either: only its own sentence helps
            path = name.split(".")
            rows = next((rows for rows in self.rowsets if rows.name == path[0]), None)
            if rows is not None:
                rows.put(path[1:], sentence)
            else:
                self.put(path, sentence)

    def uploads(self) -> dict[str, UploadedFile[Any]]:
        """Code of a paper → the file that came with this request."""
        plain = [paper.code for paper in self.papers if not paper.is_photograph]
        found = {code: self.files.get(self.add_prefix(paper_name(code))) for code in plain}
        return {code: file for code, file in found.items() if file is not None}

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Field id, label and sentence of everything that is wrong, in the order of the page."""
        if not self.is_bound or self.asks_for_a_row:
            return
        yield from _mistakes(self)
        for rows in self.rowsets:
            yield from ((f"id_{rows.count_name}", rows.title, sentence) for sentence in rows.errors)
            for row in rows.kept:
                yield from _mistakes(row)


def _mistakes(form: RowForm) -> Iterator[tuple[str, str, str]]:
    yield from (("", "", str(sentence)) for sentence in form.non_field_errors())
    for bound in form:
        yield from ((f"box_{bound.auto_id}", str(bound.label), str(sentence)) for sentence in bound.errors)


def paper_name(code: str) -> str:
    """The name of a paper's file field."""
    return f"paper-{code}"


def shot_name(field: str, way: str) -> str:
    """The name of the file field of a photograph's way, beside the name of its paper."""
    return f"{field}-{way}"


def _file_field(paper: Paper) -> forms.FileField:
    return forms.FileField(
        label=paper.title,
        help_text=paper.hint,
        required=paper.is_required and paper.kept is None and not paper.pictures,
        error_messages={"required": f"请附上“{paper.title}”。", "empty": "这份文件是空的，请换一份。"},
    )


def form_of(
    kind: type[Facts],
    *,
    data: Any = None,
    files: Any = None,
    initial: Facts | Mapping[str, Any] | None = None,
    choices: Mapping[str, Choices] | None = None,
    papers: Sequence[Paper] = (),
    prefix: str | None = None,
) -> FactsForm:
    """The form of a Facts class.

    `data`, `files`: what was sent, `request.POST or None`; `initial`: facts or a draft to begin with; `choices`: field
    name → (value, words) of what a reference may refer to, by name also for fields of rows; `papers`: files to attach;
    `prefix` where a page has several forms.
    """
    begun = _plain(initial) if isinstance(initial, Facts) else dict(initial or {})
    return FactsForm(
        kind, choices or {}, papers, data=data, files=files, initial=_defaults(kind) | begun, prefix=prefix
    )


def _plain(facts: BaseModel) -> dict[str, Any]:
    """The answers by name; rows too."""
    return {name: _plain_rows(value) for name, value in facts}


def _plain_rows(value: Any) -> Any:
    is_rows = isinstance(value, tuple) and bool(value) and isinstance(value[0], BaseModel)
    return [_plain(row) for row in value] if is_rows else value


def _defaults(kind: type[BaseModel]) -> dict[str, Any]:
    """Defaults that say something, shown in the form."""
    found = {
        ask.name: ask.info.get_default(call_default_factory=True)
        for ask in fields_of(kind)
        if not ask.info.is_required()
    }
    return {name: value for name, value in found.items() if value not in (None, "", (), False, {})}
