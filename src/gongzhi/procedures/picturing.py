"""Photographs in a case: the copy that is drawn when one is used, and how a use of one is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.models import Photograph
from gongzhi.papers.photographs.band import Marks, when
from gongzhi.papers.photographs.keeping import mark_copy, told_photograph
from gongzhi.papers.photographs.rule import OFF_SITE, ON_SITE
from gongzhi.registry.models import TERRITORIAL, Appointment

from . import catalogue
from .item_pictures import item_shown
from .models import CaseAct, PaperUse
from .terms import RoundView


def draw_copies(act: CaseAct, uses: Iterable[PaperUse], view: RoundView | None = None) -> None:
    """Draw the marked copy of each photograph among what came with an act; inside it, so that one sending draws one."""
    uses = list(uses)
    photos = Photograph.objects.filter(file__in=[use.file_id for use in uses]).select_related("file")
    known = {photo.file_id: photo for photo in photos}
    for use in uses:
        photo = known.get(use.file_id)
        if photo is not None:
            use.copy = mark_copy(photo, _marks(act, use, photo, view), at=act.at)


def _marks(act: CaseAct, use: PaperUse, photo: Photograph, view: RoundView | None) -> Marks:
    row = act.case
    about = row.estate or row.organisation or row.jurisdiction
    return Marks(
        shot_at=photo.shot_at,
        sent_at=photo.sent_at,
        on_site=photo.on_site,
        place=about.name if about is not None else "",
        subject=_matter(act, use.kind),
        taken_by=act.person.name if act.person is not None else "",
        case_number=row.number,
        spot=_spot(act, view),
    )


def _spot(act: CaseAct, view: RoundView | None) -> str:
    """Where the photographs of an act were taken, as far as the act, or what was said in its round before it, tells."""
    if act.round is None or view is None:
        return ""
    declared = catalogue.find(act.case.procedure, act.case.version)
    return declared.step(act.round.step.code).spot_of(view, act.name, act.facts)


def _matter(act: CaseAct, kind: str) -> str:
    """The step, else the procedure, and what the picture shows: an item of a list, else a kind of picture."""
    declared = catalogue.find(act.case.procedure, act.case.version)
    if act.round is None:
        return _about(declared.title, _shows(kind))
    step = declared.step(act.round.step.code)
    return _about(step.title, item_shown(step, act) or _shows(kind))


def _shows(kind: str) -> str:
    return str(PaperKind(kind).label) if kind in PaperKind.values else ""


def _about(title: str, shows: str) -> str:
    return f"{title}·{shows}" if shows else title


def sees_originals(appointment: Appointment) -> bool:
    """Authorities and communities: an original tells where its maker stood and with which telephone."""
    body = appointment.organisation
    return body is not None and body.kind in TERRITORIAL


def came_before(uses: Iterable[PaperUse]) -> dict[UUID, datetime]:
    """Use → when the same picture, byte for byte, had come with an earlier act. `uses`: the oldest first.

    Whoever looks is told so: there may be a reason, and nothing is refused for it.
    """
    first: dict[str, PaperUse] = {}
    found = {}
    for use in uses:
        if use.copy is not None:
            earlier = first.setdefault(use.file.digest, use)
            if earlier.act_id != use.act_id:
                found[use.pk] = earlier.act.at
    return found


def told_picture(
    use: PaperUse, *, original: bool, number: str = "", came_at: datetime | None = None
) -> dict[str, Any] | None:
    """A photograph as the case shows it; None for any other paper. `original`: whether the reader may open it.

    `number`: its own in the list of which it shows an item; `came_at`: when the same one had come before.
    """
    copy = use.copy
    if copy is None:
        return None
    photo, shown = copy.photograph, f"{number} {copy.subject}" if number else title_of_kind(use.kind)
    place = ON_SITE if photo.on_site else OFF_SITE
    told = told_photograph(photo) or {}
    return told | {
        "copy": copy.file_id,
        "mark": copy.pk,
        "number": number,
        "original": use.file_id if original else None,
        "taken_by": copy.taken_by,
        "place": copy.place,
        "spot": copy.spot,
        "subject": copy.subject,
        "site": place,
        "came_at": came_at,
        "times": when(photo.shot_at, photo.sent_at, on_site=photo.on_site),
        "alt": "，".join(filter(None, (shown, copy.place, copy.spot, place))),
    }


def title_of_kind(kind: str) -> str:
    """What a picture of this kind shows."""
    return _shows(kind) or "照片"
