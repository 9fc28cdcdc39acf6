"""登记表: the kinds, one kind with its forms, templates, the file of errors, exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.accounts import unsent
from gongzhi.acts.actor import Actor
from gongzhi.registry.tables import templates
from gongzhi.registry.tables.checking import Checked, FaultyTable
from gongzhi.registry.tables.columns import Kind
from gongzhi.registry.tables.exporting import export_table
from gongzhi.registry.tables.faulty import error_file
from gongzhi.registry.tables.formats import Format
from gongzhi.registry.tables.importing import check_table, import_table
from gongzhi.registry.tables.kinds import kind_named
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import Seat, seated
from gongzhi.ui.tables.files import table_file
from gongzhi.ui.tables.forms import LARGEST, ErrorsForm, TableForm, error_name, key_of
from gongzhi.ui.tables.told import Told, checked_told, taken_told
from gongzhi.values.refusals import NotFound, Refusal

from ...deeds import DO, KEY, new_key
from ...views.acting import actor_in, own_id
from .. import tables
from ..table_forms import ExportForm, typed_in

#: What the buttons send.
IMPORT = "import"
Shown = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request about one kind of table, by a seat that may bring in some."""

    request: HttpRequest
    seat: Seat
    by: Actor
    offers: list[tables.Offered]
    offer: tables.Offered

    @classmethod
    def read(cls, request: HttpRequest, seat: Seat, code: str) -> Asked:
        """NotFound: there is no such kind; NotAllowed: tables are nothing the seat works with."""
        by = actor_in(request, seat)
        offers, kind = tables.offered(by, seat.at), kind_named(code)
        return cls(request, seat, by, offers, next(one for one in offers if one.kind is kind))

    @property
    def kind(self) -> Kind:
        """The kind of table."""
        return self.offer.kind

    def export_form(self, data: Any = None, **more: Any) -> ExportForm:
        """The form of an export, begun with the place the seat works in."""
        held = self.seat.appointment
        may_unmask = tables.may_unmask(self.kind, self.by, self.seat.at)
        places, own = tables.places_offered(held), tables.own_place(held)
        return ExportForm(places, may_unmask=may_unmask, own=own, data=data, **more)

    def page(self, status: int = 200, **told: Any) -> HttpResponse:
        """The page of the kind, with what came of a form."""
        begun: Shown = {
            "offer": self.offer,
            "kind": self.kind,
            "key": new_key(),
            "form": TableForm(),
            "out": self.export_form() if self.offer.may_take_out else None,
            "past": tables.past_of(own_id(self.request), self.kind),
            "following": tables.next_of(self.offers, self.kind),
            "looked_at": tables.looked_at(self.kind),
            "largest": LARGEST,
        }
        return render(self.request, "desk/administration/table.html", begun | told, status=status)

    def begun(self) -> HttpResponse:
        """The page as one comes to it; what was typed when the session was over stands in it."""
        said = unsent.take(self.request)
        if said is None:
            return self.page()
        typed = said.dict()
        again: Shown = {"form": TableForm(initial=typed_in(TableForm, typed)), "is_unsent": True}
        if self.offer.may_take_out and f"{ExportForm.prefix}-format" in typed:
            places = {"places": said.getlist(f"{ExportForm.prefix}-places")}
            again["out"] = self.export_form(initial=typed_in(ExportForm, typed) | places)
        return self.page(**again)


@seated
def table_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The kinds in the order in which a register is brought in."""
    offers = tables.offered(actor_in(request, seat), seat.at)
    return render(request, "desk/administration/tables.html", {"offers": offers})


@seated
def table_template(request: HttpRequest, seat: Seat, kind: str, format_: str) -> HttpResponse:
    """An empty table with its explanation."""
    asked = Asked.read(request, seat, kind)
    if format_ not in list(Format):
        raise NotFound(f"模板没有{format_}格式，请下载xlsx或者csv。")
    found = Format(format_)
    return table_file(templates.template(asked.kind, found), found, f"{asked.kind.title}-模板.{found}")


# Checking and bringing in --------------------------------------------------------------------------------------------


@seated
@never_cache
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, seat: Seat, kind: str) -> HttpResponse:
    """One kind: its columns and forms; a file that was sent is checked, or brought in whole."""
    asked = Asked.read(request, seat, kind)
    if request.method == "GET":
        return asked.begun()
    tables.demand_ever(asked.offer)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return asked.page(STATUS["invalid"], form=form)
    take, status = _taken if request.POST.get(DO) == IMPORT else _checked, 200
    try:
        told = take(asked, form, form.content())
    except FaultyTable as faulty:
        told, status = _told(faulty.checked, form), STATUS[faulty.code]
    except Refusal as refused:
        return _refused(asked, form, refused, form=form)
    kept = TableForm() if told.is_taken else form
    return asked.page(status, form=kept, again=_again(told), told=told)


def _checked(asked: Asked, form: TableForm, content: bytes) -> Told:
    return _told(
        check_table(asked.kind, content, by=asked.by, at=asked.seat.at, sheet=form.sheet_named), form
    )


def _told(checked: Checked, form: TableForm) -> Told:
    return checked_told(checked, form.upload.name or "", form.upload.size or 0)


def _taken(asked: Asked, form: TableForm, content: bytes) -> Told:
    sent = asked.request.POST.get(KEY) or new_key()
    key = key_of(sent, form.sheet_named, content)
    taken = import_table(asked.kind, content, by=asked.by, at=asked.seat.at, sheet=form.sheet_named, key=key)
    return taken_told(asked.kind, taken)


def _again(told: Told) -> ErrorsForm | None:
    """The form that asks for the errors of a table too large for its page."""
    return ErrorsForm(initial={"sheet": told.sheet}) if told.wrong and told.file is None else None


def _refused(asked: Asked, sent: TableForm | ExportForm, refused: Refusal, **shown: Any) -> HttpResponse:
    """The page again: what was sent is wrong at its field, anything else is said above its form."""
    if isinstance(refused, sent.answers_for):
        sent.refuse(refused)
    else:
        shown["refused_export" if isinstance(sent, ExportForm) else "refusal"] = refusal_shown(refused)
    return asked.page(STATUS[refused.code], **shown)


@seated
@never_cache
@require_http_methods(["GET", "POST"])
def table_errors(request: HttpRequest, seat: Seat, kind: str) -> HttpResponse:
    """The same table sent once more is answered with its file of errors; one without errors by its page."""
    asked = Asked.read(request, seat, kind)
    if request.method == "GET":
        return asked.begun()
    tables.demand_ever(asked.offer)
    form = ErrorsForm(request.POST, request.FILES)
    if not form.is_valid():
        return asked.page(STATUS["invalid"], again=form)
    try:
        checked = check_table(asked.kind, form.content(), by=asked.by, at=seat.at, sheet=form.sheet_named)
    except Refusal as refused:
        return _refused(asked, form, refused, again=form)
    if checked.is_good:
        same = TableForm(initial={"sheet": form.sheet_named})
        return asked.page(form=same, told=_told(checked, form))
    format_ = checked.table.source.format
    return table_file(error_file(checked), format_, error_name(asked.kind, form.upload.name or "", format_))


# Taking out ----------------------------------------------------------------------------------------------------------


@seated
@never_cache
@require_http_methods(["GET", "POST"])
def table_export(request: HttpRequest, seat: Seat, kind: str) -> HttpResponse:
    """The registers of the territories as a file; a list of people leaves its record."""
    asked = Asked.read(request, seat, kind)
    if request.method == "GET":
        return asked.begun()
    form = asked.export_form(request.POST)
    if not form.is_valid():
        return asked.page(STATUS["invalid"], out=form)
    format_ = Format(form.cleaned_data["format"])
    try:
        content = export_table(
            asked.kind,
            format_,
            form.codes_asked(),
            by=asked.by,
            at=seat.at,
            purpose=form.purpose_said(),
        )
    except Refusal as refused:
        return _refused(asked, form, refused, out=form)
    return table_file(content, format_, f"{asked.kind.title}.{format_}")
