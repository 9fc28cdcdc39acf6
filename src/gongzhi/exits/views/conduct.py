"""处罚、评价、名单: what authorities found about providers; recording it, calling it final, revoking it.

A row is corrected by revoking it and recording another.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from gongzhi.acts.door import Answer
from gongzhi.acts.facts import Facts, read_facts
from gongzhi.papers.models import File
from gongzhi.papers.queries import content_of, headers_of
from gongzhi.procedures.queries import reader_of
from gongzhi.registry.models import Organisation
from gongzhi.registry.queries import day_of
from gongzhi.registry.territory import visible_estates
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.forms import FactsForm, form_of
from gongzhi.ui.forms.facts_form import Paper, paper_name
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotAllowed, NotFound

from .. import sheets
from ..actions.conduct import conduct_final, record_conduct, revoke_conduct
from ..conduct_facts import ConductFinal, RecordConduct, RevokeConduct
from ..conduct_list import (
    STATES,
    Wanted,
    choices_for,
    conduct_seen,
    counts_of,
    providers_found,
    told_row,
    told_rows,
    wanted_conduct,
    within_filter,
)
from ..keyset import id_in, page_of
from ..models import Conduct
from ..models.conduct import ConductKind
from ..policies import SAYS, is_keeper, keeps
from ..readers import demand_part
from .sending import KEPT, KEY, Sent, actor_in, carried, kept_paper, key_in

SOURCE = "source"
FOUND = 30
DONE = "conduct_done"
#: What a refusal calls the list.
WHAT = "处罚、评价和名单记录"


@seated
def conduct(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The rows one sees, the newest decision first."""
    held, wanted, today = seat.official, Wanted.read(request.GET.dict()), day_of(seat.at)
    demand_part(held, WHAT)
    seen = conduct_seen(held, seat.at)
    found, more = page_of(wanted_conduct(seen, wanted, today), "decided_on", wanted.after, newest_first=True)
    told = {
        "rows": told_rows(found, held, seat.at),
        "more": more or "",
        "wanted": wanted,
        "states": STATES,
        "counts": counts_of(within_filter(seen, wanted), today),
        "kinds": ConductKind.choices,
        "is_keeper": is_keeper(held),
        "about": _about(wanted),
    }
    return render(request, "exits/conduct.html", told)


@seated
def conduct_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a spreadsheet."""
    held, wanted = seat.official, Wanted.read(request.GET.dict())
    demand_part(held, WHAT)
    rows = wanted_conduct(conduct_seen(held, seat.at), wanted, day_of(seat.at))
    found, _ = page_of(rows, "decided_on", None, newest_first=True, shown=EXPORTED)
    cells = map(sheets.conduct, told_rows(found, held, seat.at))
    return workbook("处罚评价名单", sheets.CONDUCT, cells, seat.at)


def _about(wanted: Wanted) -> str:
    """Whose rows are listed, by name."""
    row = Organisation.objects.filter(pk=wanted.provider).first() if wanted.provider else None
    return row.name if row is not None else ""


@seated
def one(request: HttpRequest, seat: Seat, conduct_id: UUID) -> HttpResponse:
    """One row, and what its keeper may do with it."""
    row = _row(seat, conduct_id)
    told = told_row(row, reader_of(seat.official).masked, day_of(seat.at))
    page = {
        "row": told,
        "may_correct": told["state"] != "revoked" and keeps(actor_in(request, seat), row.pk, seat.at),
        "may_again": _may_again(seat, row),
        "sees_estate": _sees_estate(seat, row),
        "says": SAYS,
        "done": request.session.pop(DONE, ""),
    }
    return render(request, "exits/conduct_row.html", page)


def _may_again(seat: Seat, row: Conduct) -> bool:
    """Whether the reader may record another row about the same provider."""
    if row.organisation_id is None or not is_keeper(seat.official):
        return False
    return providers_found(seat.official, "", seat.at).filter(pk=row.organisation_id).exists()


def _sees_estate(seat: Seat, row: Conduct) -> bool:
    """Whether the estate's own pages are open to the reader."""
    if row.estate_id is None:
        return False
    return visible_estates(seat.official, seat.at).filter(pk=row.estate_id).exists()


@seated
def paper(request: HttpRequest, seat: Seat, conduct_id: UUID) -> HttpResponse:
    """The paper a row was recorded from, for whoever reads cases unmasked."""
    row = _row(seat, conduct_id)
    file = File.objects.filter(pk=row.paper_id).first() if row.paper_id is not None else None
    if file is None or reader_of(seat.official).masked:
        raise NotFound("这条记录没有来源文件，或者您无权查看。")
    response = HttpResponse(content_of(file), headers=headers_of(file))
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return response


def _row(seat: Seat, conduct_id: UUID) -> Conduct:
    demand_part(seat.official, "处罚、评价和名单记录")
    row = conduct_seen(seat.official, seat.at).filter(pk=conduct_id).distinct().first()
    if row is None:
        raise NotFound("没有这条记录，或者不在您的范围内，请从列表中打开。")
    return row


# Recording ----------------------------------------------------------------------------------------------------------


@seated
def choose_provider(request: HttpRequest, seat: Seat) -> HttpResponse:
    """About which provider."""
    _demand_keeper(seat)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:50]
    found = list(providers_found(seat.official, asked, seat.at)[: FOUND + 1])
    told = {"providers": found[:FOUND], "has_more": len(found) > FOUND, "asked": asked}
    return render(request, "exits/conduct_provider.html", told)


@seated
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, seat: Seat, provider_id: UUID) -> HttpResponse:
    """The form of a new row; begun from a revoked one where it takes its place."""
    _demand_keeper(seat)
    provider = providers_found(seat.official, "", seat.at).filter(pk=provider_id).first()
    if provider is None:
        raise NotFound("没有这个物业服务人，或者不在您的范围内，请重新选择。")
    kept, wrong = kept_paper(request, SOURCE, seat) if request.method == "POST" else (None, "")
    form = _form(request, seat, provider, kept)
    page = {"provider": provider, "title": "登记处罚、评价或者名单", "kept": kept}
    if request.method == "GET":
        return _page(request, form, page, Sent())
    if wrong:
        form.is_valid()
        form.add_error(paper_name(SOURCE), wrong)
        return _page(request, form, page, Sent(status=400))
    by, key = actor_in(request, seat), key_in(request)

    def carry() -> Answer:
        said = form.said() | {"paper_id": kept[0] if kept is not None else None}
        return record_conduct(by=by, at=seat.at, facts=read_facts(RecordConduct, said), key=key)

    return _answered(request, form, page, carried(form, carry), "已登记")


def _form(
    request: HttpRequest, seat: Seat, provider: Organisation, kept: tuple[str, str] | None
) -> FactsForm:
    """Its form: the paper comes as a file, not as a number."""
    papers = [
        Paper(SOURCE, "来源文件", is_required=False, hint="处罚决定书、评价结果或者名单公告", kept=kept)
    ]
    form = form_of(
        RecordConduct,
        data=request.POST or None,
        files=request.FILES or None,
        initial=_begun(request, seat, provider),
        choices=choices_for(seat.official, provider, seat.at),
        papers=papers,
    )
    del form.fields["paper_id"]
    return form


def _begun(request: HttpRequest, seat: Seat, provider: Organisation) -> dict[str, Any]:
    """What a new row begins with: the provider; of a row it corrects everything but its end."""
    said: dict[str, Any] = {"organisation_id": str(provider.pk)}
    old = id_in(request.GET.get("from", ""))
    row = conduct_seen(seat.official, seat.at).filter(pk=old).first() if old else None
    if row is None:
        return said
    names = ("kind", "document_number", "said", "decided_on", "served_on", "acted_on", "final_on", "until_on")
    ids = ("organisation_id", "person_id", "estate_id", "authority_id")
    found = {name: getattr(row, name) for name in names}
    return found | {name: str(getattr(row, name) or "") for name in ids}


def _demand_keeper(seat: Seat) -> None:
    if not is_keeper(seat.official):
        raise NotAllowed(f"您无权办理，应由{SAYS}办理。")


# Correcting ---------------------------------------------------------------------------------------------------------


@seated
@require_http_methods(["GET", "POST"])
def final(request: HttpRequest, seat: Seat, conduct_id: UUID) -> HttpResponse:
    """The decision can no longer be challenged."""
    return _correct(request, seat, conduct_id, ConductFinal, conduct_final, "登记终局")


@seated
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, seat: Seat, conduct_id: UUID) -> HttpResponse:
    """It was revoked, or the entry was wrong."""
    return _correct(request, seat, conduct_id, RevokeConduct, revoke_conduct, "撤销记录")


def _correct(
    request: HttpRequest,
    seat: Seat,
    conduct_id: UUID,
    kind: type[Facts],
    act: Callable[..., Answer],
    title: str,
) -> HttpResponse:
    """A form about one row, which names it itself."""
    row = _row(seat, conduct_id)
    if not keeps(actor_in(request, seat), row.pk, seat.at):
        raise NotAllowed(f"您无权办理，应由{SAYS}办理。")
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None:
        sent["conduct_id"] = str(row.pk)
    form = form_of(kind, data=sent, choices={"conduct_id": [(str(row.pk), str(row))]})
    page = {"row": told_row(row, False, day_of(seat.at)), "title": title}
    if sent is None:
        return _page(request, form, page, Sent())
    by, key = actor_in(request, seat), key_in(request)

    def carry() -> Answer:
        return act(by=by, at=seat.at, facts=form.facts(), key=key)

    return _answered(request, form, page, carried(form, carry), f"已{title}")


def _answered(
    request: HttpRequest, form: FactsForm, page: dict[str, Any], sent: Sent, done: str
) -> HttpResponse:
    if sent.answer is None:
        return _page(request, form, page, sent)
    request.session[DONE] = done
    return redirect("exits-conduct-row", conduct_id=sent.answer.value["conduct_id"])


def _page(request: HttpRequest, form: FactsForm, page: dict[str, Any], sent: Sent) -> HttpResponse:
    form.fields.pop("conduct_id", None)
    kept = page.get("kept")
    hidden = [(KEY, key_in(request)), *([(KEPT, kept[0])] if kept else [])]
    told = page | {"form": form, "hidden": hidden, "refusal": sent.refusal, "list": reverse("exits-conduct")}
    return render(request, "exits/conduct_form.html", told, status=sent.status)
