"""Tables of a case: what is registered, what it adds up to, and a file that is checked or brought in whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.accounts import unsent
from gongzhi.law import queries as law
from gongzhi.procedures.models import Case
from gongzhi.procedures.presenting import ReadView, subject_name
from gongzhi.procedures.queries import case_seen, reader_of
from gongzhi.registry.tables import templates
from gongzhi.registry.tables.checking import Checked, FaultyTable
from gongzhi.registry.tables.columns import Kind
from gongzhi.registry.tables.faulty import error_file
from gongzhi.registry.tables.formats import Format
from gongzhi.registry.tables.importing import check_table, take_in
from gongzhi.registry.tables.plans import Plan
from gongzhi.registry.tables.writing import file_of
from gongzhi.ui.parts.figures import money
from gongzhi.ui.parts.listing import Listing
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import Seat, seated
from gongzhi.ui.tables.files import table_file
from gongzhi.ui.tables.forms import LARGEST, TableForm, error_name, key_of
from gongzhi.ui.tables.told import Told, checked_told, taken_told
from gongzhi.values.ids import new_id
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible, Refusal

from ..pieces import handing, settling
from ..tables import payments, prepaid, settled
from ..tables.finding import Carrier
from .sending import KEY, actor_in

#: What the buttons send.
DO, IMPORT, ERRORS = "form-do", "import", "errors"
KEPT_IN = "办件经过"
TEMPLATE = "exits/table.html"


@dataclass(frozen=True)
class Way:
    """One table of a case: its act, its kind, what stands on its page."""

    act: str
    kind: Callable[[ReadView], Kind]
    balance: Callable[[ReadView], Listing | None]
    sum_of: Callable[[Plan], int]
    #: Every room, where that stands on no page of its own.
    whole: Callable[[ReadView], Listing | None] = lambda _: None
    #: The rows that wait, for a file that is begun with them in the place of an empty one.
    begun: Callable[[ReadView], Iterator[tuple[Any, ...]]] | None = None


WAYS = {
    "payments": Way(payments.ACT, payments.kind_of, settling.balance_of, payments.sum_of),
    "prepaid": Way(prepaid.ACT, prepaid.kind_of, handing.balance_of, prepaid.sum_of, handing.prepaid_of),
    "settled": Way(
        *(settled.ACT, settled.kind_of, handing.balance_of, settled.sum_of, handing.prepaid_of),
        begun=settled.begun,
    ),
}


@dataclass(frozen=True)
class Asked:
    """A request about one table of one case."""

    request: HttpRequest
    seat: Seat
    row: Case
    view: ReadView
    code: str

    @property
    def way(self) -> Way:
        """The table."""
        return WAYS[self.code]

    @property
    def carrier(self) -> Carrier:
        """The act it comes to."""
        return Carrier(self.view, self.way.act)

    @property
    def kind(self) -> Kind:
        """Its columns, and how it is checked."""
        return self.way.kind(self.view)

    def demand(self) -> None:
        """NotAllowed, NotPossible: this reader brings in no such table, or nobody does now."""
        self.carrier.demand(actor_in(self.request, self.seat), self.seat.at)

    def page(self, status: int = 200, **told: Any) -> HttpResponse:
        """The page, with what came of a file."""
        view = ReadView(self.row)  # as it stands now
        why_not = ""
        try:
            self.demand()
        except (NotAllowed, NotPossible) as refused:
            why_not = refused.sentence
        begun = {
            "row": self.row,
            "name": subject_name(self.row),
            "kind": self.kind,
            "code": self.code,
            "address": reverse("case-table", args=[self.row.pk, self.code]),
            "key": f"table-{new_id()}",
            "form": TableForm(),
            "listing": self.way.balance(view),
            "whole": self.way.whole(view),
            "why_not": why_not,
            "is_begun": self.way.begun is not None,
            "kept_in": KEPT_IN,
            "largest": LARGEST,
        }
        return render(self.request, TEMPLATE, begun | told, status=status)


def _asked(request: HttpRequest, seat: Seat, case_id: UUID, code: str) -> Asked:
    """NotFound: the case has no such table; NotAllowed: single rooms are not for this reader."""
    row = case_seen(case_id, seat.official)
    if reader_of(seat.official).masked:
        raise NotAllowed("各户的缴费情况只给经办单位查看，您可以查看办件里的合计。")
    view = ReadView(row)
    if code not in WAYS or WAYS[code].act not in view.declaration.standing:
        raise NotFound("这件办件没有这种表，请回到办件查看。")
    return Asked(request, seat, row, view, code)


@seated
@never_cache
@require_http_methods(["GET", "POST"])
def case_table(request: HttpRequest, seat: Seat, case_id: UUID, code: str) -> HttpResponse:
    """What the table adds up to; a file that was sent is checked, brought in whole, or answered with its errors."""
    with law.pinned():
        asked = _asked(request, seat, case_id, code)
        if request.method == "GET":
            return asked.page(is_unsent=unsent.take(request) is not None)
        return _answer(asked)


def _answer(asked: Asked) -> HttpResponse:
    form = TableForm(asked.request.POST, asked.request.FILES)
    asked.demand()
    if not form.is_valid():
        return asked.page(STATUS["invalid"], form=form)
    do, content = asked.request.POST.get(DO, ""), form.content()
    try:
        checked = _checked(asked, form, content)
        if do == ERRORS and not checked.is_good:
            return _errors(checked, form)
        told, status = _taken(asked, form, checked, content) if do == IMPORT else _told(checked, form), 200
    except FaultyTable as faulty:
        told, status = _told(faulty.checked, form), STATUS[faulty.code]
    except Invalid as wrong:
        form.refuse(wrong)
        return asked.page(STATUS[wrong.code], form=form)
    except Refusal as refused:
        return asked.page(STATUS[refused.code], form=form, refusal=refusal_shown(refused))
    if not told.wrong:
        told = replace(told, sums=_sums(asked, checked, is_taken=told.is_taken))
    return asked.page(status, form=TableForm() if told.is_taken else form, told=told)


def _checked(asked: Asked, form: TableForm, content: bytes) -> Checked:
    by = actor_in(asked.request, asked.seat)
    return check_table(asked.kind, content, by=by, at=asked.seat.at, sheet=form.sheet_named)


def _told(checked: Checked, form: TableForm) -> Told:
    return checked_told(checked, form.upload.name or "", form.upload.size or 0)


def _taken(asked: Asked, form: TableForm, checked: Checked, content: bytes) -> Told:
    sent = asked.request.POST.get(KEY) or f"table-{new_id()}"
    key = key_of(sent, form.sheet_named, content)
    by = actor_in(asked.request, asked.seat)
    return taken_told(checked.kind, take_in(checked, by=by, at=asked.seat.at, key=key))


def _sums(asked: Asked, checked: Checked, *, is_taken: bool) -> list[tuple[str, str]]:
    """What the new rows come to, beside the balance."""
    return [("本次登记合计" if is_taken else "可以登记合计", money(asked.way.sum_of(checked.plan)))]


def _errors(checked: Checked, form: TableForm) -> HttpResponse:
    format_ = checked.table.source.format
    return table_file(error_file(checked), format_, error_name(checked.kind, form.upload.name or "", format_))


@seated
def case_table_template(
    request: HttpRequest, seat: Seat, case_id: UUID, code: str, format_: str
) -> HttpResponse:
    """An empty table with its explanation; or one that begins with the rows that wait."""
    with law.pinned():
        asked = _asked(request, seat, case_id, code)
    if format_ not in list(Format):
        raise NotFound(f"模板没有{format_}格式，请下载xlsx或者csv。")
    found, kind = Format(format_), asked.kind
    if asked.way.begun is not None:
        rows = [tuple(column.title for column in kind.columns), *asked.way.begun(asked.view)]
        content = file_of(found, kind.title, rows, templates.template_look(kind))
        return table_file(content, found, f"{kind.title}-未处理.{found}")
    return table_file(templates.template(asked.kind, found), found, f"{asked.kind.title}-模板.{found}")
