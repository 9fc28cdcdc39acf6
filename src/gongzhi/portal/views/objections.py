"""提出异议: signed in, through the door; on paper, where and how; and what came on paper, entered by who took it in."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gongzhi.accounts import unsent
from gongzhi.acts.actor import Actor
from gongzhi.notices.facts import EnterObjection, Object
from gongzhi.notices.objected import ENTERED, SAID
from gongzhi.notices.presenting import told_notice
from gongzhi.notices.publish import ON_PAPER
from gongzhi.ui.forms import FactsForm, form_of
from gongzhi.ui.forms.facts_form import Paper
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import to_sign_in
from gongzhi.values.minutes import minute_of
from gongzhi.values.refusals import Refusal

from .. import reading, receipts, speaking
from ..objecting import Hearing
from ..pages import instant, show
from ..receipts import SENT, TURN
from . import shots

#: What the address of the receipt tells.
SENT_ONE = "1"
#: In the address: somebody who may object themselves enters what came on paper.
FOR_OTHERS = "paper"
SCAN = Paper(
    *(ON_PAPER.code, ON_PAPER.title),
    is_required=False,
    hint=ON_PAPER.hint,
    is_photograph=True,
    takes_scans=ON_PAPER.takes_scans,
)


def object_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The form for who may object or enters what came on paper, and the way on paper for everybody."""
    notice, at = reading.notice_named(notice_id), instant()
    by, hearing = speaking.actor_of(request, at), Hearing(notice, at)
    if by is None and request.method == "POST":
        return to_sign_in(request)
    enters = by is not None and hearing.enters(by) and _is_for_others(request, hearing, by)
    kept, wrong = shots.kept_of(request, SCAN, by, at) if by is not None and enters else ((), "")
    told = _told(request, hearing, by, kept, enters=enters)
    form: FactsForm | None = told["form"]
    if form is not None and wrong:
        form.add_error(f"paper-{SCAN.code}", wrong)
    if by is None or form is None or request.method != "POST":
        return show(request, "object.html", told)
    if not form.is_valid():
        return show(request, "object.html", told, status=400)
    try:
        said, act = form.facts(), ENTERED if enters else SAID
        speaking.stand(notice, act, said, by=by, at=at, key=told["key"], papers=shots.sent(SCAN, kept))
    except Refusal as refused:
        return show(request, "object.html", told | {"refused": refusal_shown(refused)}, STATUS[refused.code])
    turn = str(hearing.turn_of(said.on_paper_from)) if isinstance(said, EnterObjection) else ""
    address = f"{request.path}?{SENT}={SENT_ONE}{f'&{TURN}={turn}' if turn else ''}"
    return receipts.receipt(request, by, SENT_ONE, turn, speaking.with_signs(address, said))


def _is_for_others(request: HttpRequest, hearing: Hearing, by: Actor) -> bool:
    """Who may object themselves does so unless they ask for the other form."""
    return FOR_OTHERS in request.GET or TURN in request.GET or not hearing.is_objector(by)


def _told(
    request: HttpRequest, hearing: Hearing, by: Actor | None, kept: shots.Kept, *, enters: bool
) -> dict[str, Any]:
    """What the page says; `closed`: why it is too late, `barred`: who may instead."""
    notice, at = hearing.notice, hearing.at
    closed = hearing.closed
    barred = hearing.barred(by) if by is not None and not enters else ""
    shut = hearing.shut if enters else closed or barred
    sent = bool(receipts.received(request, by))
    is_offered = by is not None and (request.method == "POST" or not shut)
    return {
        "notice": told_notice(notice, at),
        "objectors": speaking.objectors(notice),
        "community": speaking.community_of(notice, at),
        "issuer": notice.issuer,
        "answers": hearing.answers,
        "closed": closed,
        "shut": hearing.shut if enters else "",
        "barred": barred,
        "enters": enters,
        "may_enter": by is not None and not enters and not hearing.shut and hearing.enters(by),
        "form": _form(request, hearing, kept, enters=enters) if is_offered else None,
        "kept": [one[0] for one in kept],
        "key": speaking.key_of(request.POST),
        "earlier": hearing.earlier_of(by) if by is not None and not enters else [],
        "sent": sent,
        "unprinted": speaking.unprinted(request, by),
        "entered_for": hearing.entered_for(request.GET.get(TURN, "")) if enters and sent else "",
        "at": at,
    }


def _form(request: HttpRequest, hearing: Hearing, kept: shots.Kept, *, enters: bool) -> FactsForm:
    """The facts of an objection, or of one on paper; what was sent too late is not lost."""
    data = request.POST if request.method == "POST" else unsent.take(request)
    if not enters:
        return form_of(Object, data=data)
    begun = {} if hearing.closed else {"received_at": minute_of(hearing.at)}
    form = form_of(EnterObjection, data=data, initial=begun, papers=(shots.asked(SCAN, kept),))
    form.fields["received_at"].required = bool(hearing.closed)
    return form
