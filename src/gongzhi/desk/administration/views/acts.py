"""登记事项: what one may do without a case, each on its form, and what came of it."""

from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.accounts import unsent
from gongzhi.acts.door import Answer
from gongzhi.law import queries as law
from gongzhi.law.facts import SetLocalValue
from gongzhi.registry.facts import RegisterPerson
from gongzhi.registry.queries import day_of
from gongzhi.ui.seat import Seat, seated

from ...caselist import id_in
from ...deeds import CONFIRMED
from ...drafts import kept_of
from ...saying import AskFirst, Sending
from ...views.acting import actor_in, answer, own_id
from .. import offering
from ..alike import REGISTER_PERSON, alike
from ..following import following
from ..forming import PICK, PREFIX, ActionDeed, Sent, deed_of, find_address, picked_address, picked_in
from ..referring import find
from ..registers import Asking
from ..settings import SET, Row, replacing, row_of

#: Where the session keeps what was done, for the page that tells it. Never a secret.
DONE = "act_done"
FORM = "desk/administration/act.html"
#: What the address says where one goes on with a draft: asked for, or just kept.
DRAFT, KEPT = "draft", "kept"
AFTER = "提交后记入审计记录"
LONGEST = 50


@seated
def acts(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Everything one may do, grouped; about one thing where the address names it."""
    by, given = actor_in(request, seat), _named(request)
    if given:
        links = [
            link for name, value in given.items() for link in offering.about(by, seat.at, **{name: value})
        ]
        told = {"groups": offering.grouped(links), "about": True}
    else:
        told = {"groups": offering.offered(by, seat.at), "about": False}
    return render(request, "desk/administration/acts.html", told)


def _named(request: HttpRequest) -> dict[str, Any]:
    """The one thing an address may name, as a field of facts."""
    asked = {name: request.GET.get(offering.short(name), "") for name in ABOUT}
    return {name: value for name, value in asked.items() if id_in(value) is not None}


ABOUT = ("organisation_id", "estate_id", "person_id", "account_id")


@seated
@never_cache
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, seat: Seat, name: str) -> HttpResponse:
    """The form of one act, filled in with what the address settles."""
    found, by = offering.public_action(name), actor_in(request, seat)
    offering.demand_ever(found, by, seat.at)
    asking = _asking(request, seat, name)
    if needs_a_key(asking):
        return redirect("local-settings")
    with law.pinned():
        deed, has_draft = _deed(request, asking)

    def carry(sent: Sending) -> Answer:
        _ask_first(request, asking, sent)
        return found(by=by, at=seat.at, facts=sent.facts, key=sent.key)

    def done(request: HttpRequest, came: Answer, page: dict[str, Any]) -> HttpResponse:
        return _told(request, asking, came)

    page: dict[str, Any] = {
        "title": found.title,
        "of": "",
        "template": FORM,
        "after": AFTER,
        "has_password": bool(deed.secrets),
    }
    page["law"] = _law_row(asking)
    page["unsent"] = _with(deed.address, DRAFT) if has_draft and deed.is_afresh else ""
    return answer(request, seat, deed, carry, page, done, lambda path: find_address(asking, path))


def needs_a_key(asking: Asking) -> bool:
    """Whether a value of the law is to be said and the address does not name its key: one chooses it first."""
    return {"key", "value"} <= asking.act.facts.model_fields.keys() and not asking.given.get("key")


def _law_row(asking: Asking) -> Row | None:
    """What the law says of the key that is set, and what stands there now."""
    key, place = asking.given.get("key", ""), asking.given.get("jurisdiction", "")
    if "value" not in asking.act.facts.model_fields or not place:
        return None
    return row_of(law.book(), key, place, day_of(asking.at))


def _ask_first(request: HttpRequest, asking: Asking, sent: Sending) -> None:
    """A value that is there is not replaced before its reader saw by what, nor a person registered twice unseen."""
    asks: Any = None
    if asking.act.name == SET:
        asks = replacing(law.book(), cast(SetLocalValue, sent.facts), asking.at, asking.held)
    elif asking.act.name == REGISTER_PERSON:
        facts = cast(RegisterPerson, sent.facts)
        asks = alike(asking.held, asking.account_id, facts, sent.key, asking.at)
    if asks is not None and request.POST.get(CONFIRMED) != asks.mark:
        raise AskFirst(asks)


def _asking(request: HttpRequest, seat: Seat, name: str) -> Asking:
    found = offering.public_action(name)
    given = offering.given_in(found, request.GET.dict())
    return Asking(seat.appointment, own_id(request), seat.at, found, given)


def _deed(request: HttpRequest, asking: Asking) -> tuple[ActionDeed, bool]:
    """The form, its choices holding what was sent with it, or kept of it; whether something is kept of it."""
    if request.method == "POST":
        sent = _unprefixed({name: request.POST.getlist(name) for name in request.POST})
        return deed_of(asking, sent, {}), False
    picked = picked_in(request.GET.get(PICK, ""))
    name = deed_of(asking, {}, {}).about.name
    draft = kept_of(own_id(request), [name]).get(name)
    is_afresh = asking.act.facts.personal and not _goes_on(request)
    said = draft.said if draft is not None and not is_afresh else {}
    return replace(deed_of(asking, _unprefixed(said), picked), is_afresh=is_afresh), draft is not None


def _goes_on(request: HttpRequest) -> bool:
    """Whether one goes on with what was kept: asked for it, just kept it, picked something, or was signed out."""
    return bool(request.GET.keys() & {DRAFT, KEPT, PICK}) or unsent.is_kept(request)


def _with(address: str, name: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{name}=1"


def _unprefixed(said: Sent) -> dict[str, Any]:
    return {
        name.removeprefix(f"{PREFIX}-"): values
        for name, values in said.items()
        if name.startswith(f"{PREFIX}-")
    }


# What came of it ----------------------------------------------------------------------------------------------------


def _told(request: HttpRequest, asking: Asking, came: Answer) -> HttpResponse:
    """A new secret is told now and never again: its page is the answer itself. Anything else has one of its own."""
    told = following(asking, came, request.POST.dict())
    if asking.act.once:
        secrets = [
            (SECRETS.get(name, "只显示一次的内容"), came.value.get(name, "")) for name in asking.act.once
        ]
        return render(
            request, "desk/administration/done.html", told | {"secrets": secrets, "has_secret": True}
        )
    request.session[DONE] = told
    return redirect("action-done", name=asking.act.name)


SECRETS = {"secret": "令牌", "number": "号码"}


@seated
def action_done(request: HttpRequest, seat: Seat, name: str) -> HttpResponse:
    """What was just done, and what may be done next."""
    told = request.session.pop(DONE, None)
    if told is None or told["name"] != name:
        return redirect("administration")
    return render(request, "desk/administration/done.html", told)


# Looking for what a reference may refer to --------------------------------------------------------------------------


@seated
def action_find(request: HttpRequest, seat: Seat, name: str, path: str) -> HttpResponse:
    """A search of its own; each hit leads back to the form, which was kept."""
    found = offering.public_action(name)
    offering.demand_ever(found, actor_in(request, seat), seat.at)
    asking = _asking(request, seat, name)
    text = request.GET.get("q", "").strip()[:LONGEST]
    register, hits, more = find(asking, path.rpartition("-")[2], text)
    told = {
        "title": found.title,
        "register": register,
        "hits": [(hit.words, picked_address(asking, path, hit.id)) for hit in hits],
        "has_more": more,
        "asked": text,
        "back": reverse("action", args=[name]) + _query(asking),
        "given": [(offering.short(field), value) for field, value in asking.given.items()],
    }
    return render(request, "desk/administration/find.html", told)


def _query(asking: Asking) -> str:
    return offering.address(asking.act, asking.given).partition(reverse("action", args=[asking.act.name]))[2]
