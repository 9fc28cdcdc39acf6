"""A paper of a case, looked at on the screen before it is printed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongzhi.law import queries as law
from gongzhi.procedures.documents import NO_DOCUMENT, Made, paper_made
from gongzhi.procedures.models import Case
from gongzhi.procedures.presenting import ReadView, told_documents
from gongzhi.procedures.printing import looked_at
from gongzhi.procedures.queries import case_seen, reader_of
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound

from .acting import crumbs_of


@seated
def document_page(request: HttpRequest, seat: Seat, case_id: UUID, code: str) -> HttpResponse:
    """The paper's pages as pictures, and the ways to its files."""
    with law.pinned():
        row, made = _made(request, seat, case_id, code)
        pages = range(1, len(looked_at(made)) + 1)
        told = told_documents(row, [made])[0]
        form = made.form()
    looks = [reverse("document-look", args=[case_id, code, number]) for number in pages]
    page = {"row": row, "paper": told, "looks": looks, "crumbs": crumbs_of(row)}
    page["headed"] = form.title if form.title not in told["title"] else ""
    page["number"] = form.number if form.number != row.number else ""
    return render(request, "desk/case/document.html", page)


@seated
def document_look(request: HttpRequest, seat: Seat, case_id: UUID, code: str, number: int) -> HttpResponse:
    """One of its pages as a picture."""
    with law.pinned():
        pages = looked_at(_made(request, seat, case_id, code)[1])
    if not 1 <= number <= len(pages):
        raise NotFound(NO_DOCUMENT)
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(pages[number - 1], content_type="image/png", headers=headers)


def _made(request: HttpRequest, seat: Seat, case_id: UUID, code: str) -> tuple[Case, Made]:
    row, reader = case_seen(case_id, seat.official), reader_of(seat.official)
    site = f"{request.scheme}://{request.get_host()}"
    return row, paper_made(
        ReadView(row, insight=reader.insight), code, seat.at, masked=reader.masked, site=site
    )
