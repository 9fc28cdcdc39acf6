"""What everybody may read: notices, who manages an estate, and the log that proves them. No token needed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from gongzhi.acts import log
from gongzhi.acts.models import Leaf
from gongzhi.notices.presenting import public_notice, public_notices, told_notice
from gongzhi.registry.models import Estate
from gongzhi.registry.presenting import told_manager_on
from gongzhi.registry.queries import day_of
from gongzhi.values.refusals import NotFound

from ..auth import instant_of
from ..paging import page
from ..schemas.asked import AskedConsistency, AskedDay, AskedInclusion, AskedNotices
from ..schemas.basics import PUBLIC_PROBLEMS, Page
from ..schemas.law import Consistency, Inclusion, LogHead, PublicNotice
from ..schemas.notices import NoticeOut
from ..schemas.registers import ManagerOut

router = Router(tags=["公开"])
NO_LEAF = "公开日志里没有这一片叶，请核对序号和大小。"


@router.get("/notices", response={200: Page[NoticeOut], **PUBLIC_PROBLEMS}, summary="公示")
def list_notices(request: HttpRequest, wanted: Query[AskedNotices]) -> Any:
    """Notices, newest first, also those that were taken down."""
    rows = public_notices(wanted.estate, wanted.community)
    found, more = page(rows, by="posted_at", after=wanted.after, limit=wanted.limit, newest_first=True)
    return {"items": [told_notice(row, instant_of(request)) for row in found], "next": more}


@router.get(
    "/notices/{notice_id}", response={200: PublicNotice, **PUBLIC_PROBLEMS}, summary="一份公示及其证明"
)
def get_notice(request: HttpRequest, notice_id: UUID) -> Any:
    """One notice with the proof that the log holds it."""
    return public_notice(notice_id, instant_of(request))


@router.get(
    "/estates/{estate_id}/manager", response={200: ManagerOut, **PUBLIC_PROBLEMS}, summary="谁在管理小区"
)
def get_manager_publicly(request: HttpRequest, estate_id: UUID, wanted: Query[AskedDay]) -> Any:
    """Who manages the estate on a date, by which paper."""
    found = Estate.objects.filter(pk=estate_id).first()
    if found is None:
        raise NotFound("没有这个小区，请核对编号。")
    return told_manager_on(found, wanted.on or day_of(instant_of(request)))


@router.get("/log/head", response={200: LogHead, **PUBLIC_PROBLEMS}, summary="公开日志的现状")
def get_log_head(request: HttpRequest) -> Any:
    """Size and root of the log."""
    return _head(log.head())


@router.get("/log/inclusion", response={200: Inclusion, **PUBLIC_PROBLEMS}, summary="某片叶在日志中的证明")
def prove_inclusion(request: HttpRequest, wanted: Query[AskedInclusion]) -> Any:
    """The audit path of a leaf in the log of `size` leaves (now: all of them)."""
    try:
        head = log.head(wanted.size)
        path = log.inclusion(wanted.leaf, head.size)
    except IndexError:
        raise NotFound(NO_LEAF) from None
    row = Leaf.objects.get(pk=wanted.leaf)
    told = {"leaf": row.index, "kind": row.kind, "data": row.data, "at": row.at}
    return told | _head(head) | {"path": path}


@router.get(
    "/log/consistency", response={200: Consistency, **PUBLIC_PROBLEMS}, summary="两次日志前后一致的证明"
)
def prove_consistency(request: HttpRequest, wanted: Query[AskedConsistency]) -> Any:
    """The proof that the log only grew between two sizes."""
    try:
        after = log.head(wanted.new)
        path = log.consistency(wanted.old, after.size)
        return {"old": _head(log.head(wanted.old)), "new": _head(after), "path": path}
    except IndexError:
        raise NotFound(NO_LEAF) from None


def _head(head: log.Head) -> dict[str, Any]:
    return {"size": head.size, "root": head.root}
