"""Photographs beside a notice: let out to the public on a copy with covered cells, and taken back.

`practice.md` 5: faces, plates and door numbers are masked on the public copy.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import action
from gongzhi.acts.policies import binds
from gongzhi.acts.roots import Root
from gongzhi.papers.models import MarkedCopy
from gongzhi.papers.photographs.band import drawn
from gongzhi.papers.photographs.keeping import keep_drawn, marks_of
from gongzhi.papers.storage import read
from gongzhi.procedures.models import PaperUse
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.models import Appointment, Estate
from gongzhi.registry.roles import COMMUNITY, SUBDISTRICT, Place
from gongzhi.values.identifiers import mask_name
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, NotAllowed, NotFound, NotPossible

from .facts import ShowPicture, WithdrawPicture
from .models import Notice, PublicPicture

NO_PICTURE = "没有这张照片，或者已经撤下，请刷新后再办。"


def _notice(notice_id: UUID) -> Notice:
    rows = Notice.objects.select_related("case", "estate", "issuer")
    found = rows.filter(pk=notice_id).first()
    if found is None:
        raise NotFound("没有这份公示，请核对编号。")
    return found


def shown_picture(picture_id: UUID) -> PublicPicture:
    """One picture that is public now; NotFound otherwise."""
    rows = PublicPicture.objects.select_related("notice__case", "notice__estate", "notice__issuer", "file")
    found = rows.filter(pk=picture_id, withdrawn_at=None).first()
    if found is None:
        raise NotFound(NO_PICTURE)
    return found


def picture_of(notice: Notice, mark_id: UUID) -> MarkedCopy:
    """A photograph that was brought in the notice's own round; NotFound otherwise."""
    uses = PaperUse.objects.filter(act__round=notice.round_id, copy=mark_id)
    found = MarkedCopy.objects.select_related("photograph__file", "file").filter(use__in=uses).first()
    if found is None:
        raise NotFound("这次公示没有这张照片，请从办件页面打开。")
    return found


# Who may ------------------------------------------------------------------------------------------------------------


def may_show(notice: Notice, held: Appointment, at: datetime) -> bool:
    """Whoever posted it, its community, its street; a post at another estate ends there."""
    return bool(may_be_shown([(notice.pk, notice.issuer_id)], notice.estate, held, at))


def may_be_shown(
    posted: Iterable[tuple[UUID, UUID]], estate: Estate | None, held: Appointment, at: datetime
) -> set[UUID]:
    """Of several notices at an estate, each with who posted it, those whose photographs one may let out."""
    notices = list(posted)
    if not notices or (held.estate_id is not None and (estate is None or held.estate_id != estate.pk)):
        return set()
    own = {notice for notice, issuer in notices if issuer == held.organisation_id}
    if len(own) == len(notices) or estate is None:
        return own
    place = Place(estate, at.astimezone(ZONE).date())
    near = [place.holder_of(role).organisation for role in (COMMUNITY, SUBDISTRICT)]
    is_near = any(body is not None and body.pk == held.organisation_id for body in near)
    return {notice for notice, _ in notices} if is_near else own


def _demand(notice: Notice, by: Actor, at: datetime) -> None:
    if not may_show(notice, appointment_of(by, at), at):
        raise NotAllowed(
            f"您无权公开或者撤下这份公示的照片，应由公示人{notice.issuer.name}、社区或者街道办理。"
        )


@binds("shows_pictures_of_notice", says="公示人、社区、街道")
def shows_pictures_of_notice(*, by: Actor, facts: ShowPicture, at: datetime) -> None:
    """The notice's own people."""
    _demand(_notice(facts.notice), by, at)


@binds("withdraws_public_picture", says="公示人、社区、街道")
def withdraws_public_picture(*, by: Actor, facts: WithdrawPicture, at: datetime) -> None:
    """The notice's own people; a picture that is public already is no secret."""
    _demand(shown_picture(facts.public_picture).notice, by, at)


# The acts -----------------------------------------------------------------------------------------------------------


def _root_of_notice(facts: ShowPicture) -> Root:
    return Root("case", _notice(facts.notice).case.root_id)


def _root_of_picture(facts: WithdrawPicture) -> Root:
    return Root("case", shown_picture(facts.public_picture).notice.case.root_id)


@action(
    "notices.show_picture",
    title="公开公示照片",
    facts=ShowPicture,
    root=_root_of_notice,
    may="shows_pictures_of_notice",
)
def show_picture(*, by: Actor, at: datetime, facts: ShowPicture) -> dict[str, Any]:
    """Draw the public copy: the cells painted over, its maker's name masked; the original stays where it is."""
    notice = _notice(facts.notice)
    mark = picture_of(notice, facts.picture)
    if PublicPicture.objects.filter(notice=notice, mark=mark, withdrawn_at=None).exists():
        raise Conflict("这张照片已经公开；要改遮挡的地方，请先撤下再公开。")
    marks = marks_of(mark, taken_by=mask_name(mark.taken_by))
    content = drawn(read(mark.photograph.file.digest), marks, facts.covered)
    file = keep_drawn(content, name=f"{notice.number}照片.jpg", at=at)
    shown = PublicPicture.objects.create(
        notice=notice,
        mark=mark,
        file=file,
        covered=sorted(set(facts.covered)),
        caption=facts.caption,
        shown_at=at,
        shown_by_id=by.person_id,
    )
    return {"id": shown.pk, "notice": notice.pk}


@action(
    "notices.withdraw_picture",
    title="撤下公开的公示照片",
    facts=WithdrawPicture,
    root=_root_of_picture,
    may="withdraws_public_picture",
)
def withdraw_picture(*, by: Actor, at: datetime, facts: WithdrawPicture) -> dict[str, Any]:
    """Show it no longer; that it was shown, and what was covered, stays on record."""
    rows = PublicPicture.objects.filter(pk=facts.public_picture, withdrawn_at=None)
    if not rows.update(withdrawn_at=at, withdrawn_why=facts.why):
        raise NotPossible(NO_PICTURE)
    return {"id": facts.public_picture}
