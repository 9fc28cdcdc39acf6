"""Notices as they are told: to those who read the case, and to the public."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, UUIDField, prefetch_related_objects
from django.urls import reverse

from gongzhi.acts import log
from gongzhi.acts.kept import Kept
from gongzhi.acts.models import Entry
from gongzhi.procedures.forms import METHODS
from gongzhi.procedures.models import Case
from gongzhi.values.identifiers import mask_name
from gongzhi.values.refusals import NotFound

from .models import Interruption, Notice, Objection, PublicPicture
from .replies import CONFIRMED

#: What stands for the last day, and for how it was counted, of a notice that is torn and does not hang again.
AGAIN = "公示中断，补贴后重新算"
#: How a reply reached who objected, in words.
HOW = METHODS | {CONFIRMED: "本人在平台确认收到"}
PUBLIC_TITLES = {
    "hanging": "公示中",
    "interrupted": "公示中断，需重新公示",
    "full": "公示期满",
    "ended": "已取下",
}


def state_of(notice: Notice, at: datetime) -> str:
    """`hanging`, `interrupted` (torn, not put back), `full` (its days are over) or `ended`."""
    if notice.ended_at is not None:
        return "ended"
    if is_torn(notice):
        return "interrupted"
    return "full" if notice.until_at is not None and at >= notice.until_at else "hanging"


def is_torn(notice: Notice) -> bool:
    """Whether it was found torn and did not hang again: its days were to begin anew, and what was counted is void.

    As it was read with the notice (`is_torn`), or by its `interruptions`.
    """
    if (known := getattr(notice, "is_torn", None)) is not None:
        return bool(known)
    return any(torn.again_at is None for torn in notice.interruptions.all())


def hung_full(notice: Notice) -> bool | None:
    """Whether a notice that was taken down had hung its full term; None where the place never said how long, and of one
    that is void.
    """
    if notice.ended_at is None or notice.until_at is None or notice.is_void:
        return None
    return notice.ended_at >= notice.until_at and not is_torn(notice)


def _state_title(notice: Notice, state: str) -> str:
    """The state in words; of one that was taken down also whether its days were full, and whether another hangs."""
    if state != "ended":
        return PUBLIC_TITLES[state]
    if notice.is_void:
        return f"已作废，纸质件{'应当' if notice.removed_at is None else '已'}取下"
    term = {True: "已满公示期，", False: "未满公示期，", None: ""}[hung_full(notice)]
    return f"{term}{'已被代替' if notice.replaced_by_id is not None else PUBLIC_TITLES[state]}"


def objections_of(notice: Notice) -> list[dict[str, Any]]:
    """What the public learns of the objections: number, days, adopted or not, and the reply's own public summary.

    No name, nothing of what was said.

    `objections` should be prefetched.
    """
    rows = sorted(notice.objections.all(), key=lambda row: row.turn)
    copied = ("turn", "raised_at", "replied_at", "adopted", "summary", "summary_corrected_at")
    return [{name: getattr(row, name) for name in copied} for row in rows]


def told_notice(notice: Notice, at: datetime) -> dict[str, Any]:
    """A notice as anybody may read it; `issuer`, `estate` selected, `interruptions` and `pictures` prefetched.

    One that is torn and does not hang again has no last day: it is counted when it does.
    """
    copied = (
        "number",
        "title",
        "body",
        "places",
        "basis",
        "posted_at",
        "counted_from",
    )
    state = state_of(notice, at)
    is_counted = state != "interrupted"
    return {
        "id": notice.pk,
        **{name: getattr(notice, name) for name in copied},
        "until_on": notice.until_on if is_counted else None,
        "until_at": notice.until_at if is_counted else None,
        "working": list(notice.working) if is_counted else [AGAIN],
        "exact": notice.exact,
        "digest": notice.digest,
        "state": state,
        "state_title": _state_title(notice, state),
        "hung_full": hung_full(notice),
        "issuer": notice.issuer_name,
        "issuer_id": notice.issuer_id,
        "estate": {"id": notice.estate.pk, "name": notice.estate.name} if notice.estate is not None else None,
        "ended_at": notice.ended_at,
        "ended_why": notice.ended_why,
        "is_void": notice.is_void,
        "removed_at": notice.removed_at,
        "replaced_by": notice.replaced_by_id,
        "interruptions": [_torn(torn) for torn in notice.interruptions.all()],
        "pictures": [_picture(one) for one in notice.pictures.all() if one.withdrawn_at is None],
    }


def _picture(one: PublicPicture) -> dict[str, Any]:
    """A picture that was let out, as the public sees it."""
    return {
        "id": one.pk,
        "mark": one.mark_id,
        "caption": one.caption,
        "shown_at": one.shown_at,
        "address": reverse("notice-picture", args=[one.notice_id, one.pk]),
    }


def _torn(torn: Interruption) -> dict[str, Any]:
    return {"found_at": torn.found_at, "what": torn.what, "again_at": torn.again_at}


def _of_case(case: Any) -> QuerySet[Notice]:
    """The notices of a case, each with whether it was `torn`, `objected` to or `pictured`."""
    own = [field.name for field in Notice._meta.concrete_fields]
    rows = Notice.objects.filter(case=case).select_related("issuer", "estate", "round__step")
    rows = rows.only(*own, "issuer__name", "estate__name", "round__number", "round__step__code")
    beside = {"torn": Interruption, "objected": Objection, "pictured": PublicPicture}
    there = {
        name: Exists(model._default_manager.filter(notice=OuterRef("pk"))) for name, model in beside.items()
    }
    return rows.annotate(**there).order_by("posted_at", "id")


_OF_CASE = Kept(_of_case, case=UUIDField())


def notices_of_case(case: Case, at: datetime, *, masked: bool) -> list[dict[str, Any]]:
    """The notices of a case, oldest first, with their objections; `masked` leaves out who objected and why."""
    found: list[Any] = _OF_CASE.rows(case=case.pk)
    _beside(found, "interruptions", Interruption.objects.all(), any(row.torn for row in found))
    objected = Objection.objects.select_related("person")
    _beside(found, "objections", objected, any(row.objected for row in found))
    _beside(found, "pictures", PublicPicture.objects.all(), any(row.pictured for row in found))
    return [
        told_notice(row, at)
        | {
            "step": row.round.step.code,
            "round": row.round.number,
            "round_id": row.round_id,
            "objections": [_objection(one, masked=masked) for one in row.objections.all()],
        }
        for row in found
    ]


def _beside(notices: list[Any], name: str, rows: QuerySet[Any], are_any: bool) -> None:
    """Read what belongs to the notices at once, and nothing where there is nothing."""
    prefetch_related_objects(notices, Prefetch(name, rows if are_any else rows.none()))


def _objection(row: Objection, *, masked: bool) -> dict[str, Any]:
    who = row.person.name if row.person is not None else row.on_paper_from
    return {
        "id": row.pk,
        "turn": row.turn,
        "from": mask_name(who) if masked else who,
        "content": "" if masked else row.content,
        "raised_at": row.raised_at,
        "entered_at": row.entered_at,
        "on_paper": row.person_id is None,
        "finding": "" if masked else row.finding,
        "adopted": row.adopted,
        "next_remedy": row.next_remedy,
        "replied_at": row.replied_at,
        "summary": row.summary,
        "summary_corrected_at": row.summary_corrected_at,
        "served_at": row.served_at,
        "served_how": HOW.get(row.served_how, ""),
    }


def public_notices(estate_id: UUID | None = None, community: str = "") -> QuerySet[Notice]:
    """Notices, newest first, of everywhere or of one estate or community."""
    rows = Notice.objects.select_related("issuer", "estate").prefetch_related("interruptions", "pictures")
    if estate_id is not None:
        rows = rows.filter(estate_id=estate_id)
    if community:
        rows = rows.filter(community=community)
    return rows.order_by("-posted_at", "-id")


def notices_of_estate(estate_id: UUID, at: datetime, most: int) -> list[dict[str, Any]]:
    """The newest notices of an estate as a list tells them: by title, issuer, days and state."""
    open_end = Interruption.objects.filter(notice=OuterRef("pk"), again_at=None)
    rows = Notice.objects.filter(estate_id=estate_id).annotate(is_torn=Exists(open_end))
    return [_in_list(row, at) for row in rows.order_by("-posted_at", "-id")[:most]]


def _in_list(notice: Notice, at: datetime) -> dict[str, Any]:
    state = state_of(notice, at)
    until_at = notice.until_at if state != "interrupted" else None
    copied = {"title": notice.title, "posted_at": notice.posted_at, "until_at": until_at}
    told = {"id": notice.pk, "issuer": notice.issuer_name, "state": state}
    return copied | told | {"state_title": _state_title(notice, state)}


def public_notice(notice_id: UUID, at: datetime) -> dict[str, Any]:
    """One notice with the proof that it stands in the public log; NotFound otherwise."""
    notice = public_notices().filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("没有这份公示，请核对编号。")
    return told_notice(notice, at) | {"proof": proof_of(notice), "replaces": replaced_notice(notice)}


def replaced_notice(notice: Notice) -> dict[str, Any] | None:
    """Id and number of the notice it replaced; None where it is the first."""
    row = Notice.objects.filter(replaced_by=notice).first()
    return {"id": row.pk, "number": row.number} if row is not None else None


def proof_of(notice: Notice) -> dict[str, Any] | None:
    """Where the log holds the notice's digest: leaf, size, root and audit path; None in its first minute."""
    entry = Entry.objects.filter(subject_id=notice.pk, kind="notice", leaf_index__isnull=False).first()
    if entry is None or entry.leaf_index is None:
        return None
    head = log.head()
    path = log.inclusion(entry.leaf_index, head.size)
    return {
        "leaf": entry.leaf_index,
        "data": entry.digest,
        "size": head.size,
        "root": head.root,
        "path": path,
    }
