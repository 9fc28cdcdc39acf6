"""Who speaks on a public page, and the acts a notice offers to the public."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils.http import urlencode

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer
from gongzhi.acts.facts import Facts
from gongzhi.notices.models import Notice
from gongzhi.notices.offering import objectors_of
from gongzhi.notices.papers import desk_of, organs_of
from gongzhi.papers.signs import lacking, lacking_in_words
from gongzhi.procedures.standing import perform_on_case
from gongzhi.registry import acting
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import COMMUNITY, SUBDISTRICT, Place
from gongzhi.ui.seat import chosen
from gongzhi.values.now import ZONE

KEY_LENGTH = 64
#: In the address after something was said: the signs of it that papers cannot print, so many at most.
SIGNS, MOST_SIGNS = "signs", 20


def actor_of(request: HttpRequest, at: datetime) -> Actor | None:
    """Who is signed in, in the post that was chosen; None for a passer-by."""
    if request.user.pk is None:
        return None
    seat = chosen(request, at)
    return acting.actor_of(request.user.pk, seat.pk if seat is not None else None, at)


def objectors(notice: Notice) -> str:
    """Who may object, in words."""
    return "、".join(role.title for role in objectors_of(notice))


def stand(
    notice: Notice, act: str, facts: Any, *, by: Actor, at: datetime, key: str, papers: Sequence[Any] = ()
) -> Answer:
    """A standing act of the notice's step, through the door."""
    return perform_on_case(
        by=by,
        at=at,
        case_id=notice.case_id,
        act=act,
        facts=facts,
        papers=papers,
        step=notice.round.step.code,
        key=key,
    )


def key_of(sent: Mapping[str, str]) -> str:
    """The key a form carries, so that sending it twice counts once; a fresh one for a form not sent yet."""
    given = str(sent.get("key", ""))[:KEY_LENGTH]
    return given if given and given.isascii() and given.isprintable() else f"portal-{uuid4()}"


def with_signs(address: str, said: Facts) -> str:
    """The address that follows what was said; with the signs of it that papers cannot print, where there are any."""
    signs = "".join(lacking(said.model_dump_json()))[:MOST_SIGNS]
    return f"{address}&{urlencode({SIGNS: signs})}" if signs else address


def unprinted(request: HttpRequest, by: Actor | None) -> str:
    """What is told of those signs to who said it; "" where there is nothing. A passer-by has nothing set."""
    signs = request.GET.get(SIGNS, "")[:MOST_SIGNS] if by is not None else ""
    return lacking_in_words((signs,)) if signs else ""


def ways_of(notice: Notice, at: datetime) -> dict[str, Any]:
    """The ways without this site, as the poster says them: whom to call, where paper goes, who supervises."""
    street, community = organs_of(notice, at)
    bodies = dict.fromkeys(filter(None, (notice.issuer, community)))
    called = [body for body in bodies if body.phone_service]
    supervision = (street.phone_supervision or street.phone_service) if street is not None else ""
    return {
        "called": called,
        "desk": desk_of(notice.issuer, community),
        "street": street,
        "supervision": supervision,
    }


def community_of(notice: Notice, at: datetime) -> Organisation | None:
    """The community that watches the notice; the street where none is registered."""
    if notice.estate is None:
        return None
    place = Place(notice.estate, at.astimezone(ZONE).date())
    holders = (place.holder_of(COMMUNITY), place.holder_of(SUBDISTRICT))
    return next((holder.organisation for holder in holders if holder.organisation is not None), None)
