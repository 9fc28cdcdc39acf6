"""What I objected to, and the replies: mine alone, whatever the estate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.notices.models import Objection
from gongzhi.notices.papers import REPLY
from gongzhi.procedures.documents import Copy, Made, Source
from gongzhi.procedures.models import Task
from gongzhi.procedures.printing import printed
from gongzhi.procedures.view import CaseView
from gongzhi.values.refusals import Invalid, NotFound

from .neighbour import Neighbour

SHOWN = 20
NO_REPLY = "没有这份异议答复书，或者还没有答复，请到“我的异议和答复”查看。"


@dataclass(frozen=True, slots=True)
class Said:
    """An objection of mine; `reply_by`: until when it has to be answered, where the place has set that."""

    row: Objection
    reply_by: datetime | None


def mine(me: Neighbour) -> QuerySet[Objection]:
    """Every objection I raised myself."""
    return Objection.objects.filter(person=me.person_id)


def count_unanswered(me: Neighbour) -> int:
    """How many still wait for their reply."""
    return mine(me).filter(replied_at=None).count()


def page_of(me: Neighbour, after: UUID | None) -> tuple[list[Said], UUID | None]:
    """One page, newest first, and the id the next one begins after."""
    rows = mine(me)
    if after is not None:
        rows = rows.filter(_older(me, after))
    related = ("notice__issuer", "notice__estate")
    found = list(rows.select_related(*related).order_by("-raised_at", "-id")[: SHOWN + 1])
    more = found[SHOWN - 1].pk if len(found) > SHOWN else None
    return _with_dues(found[:SHOWN]), more


def _older(me: Neighbour, after: UUID) -> Q:
    start = mine(me).filter(pk=after).values_list("raised_at", flat=True).first()
    if start is None:
        raise Invalid("翻页的起点已经不在了，请从第一页重新开始。", fields={"after": "没有这一行"})
    return Q(raised_at__lt=start) | Q(raised_at=start, pk__lt=after)


def reply_of(me: Neighbour, objection_id: UUID) -> bytes:
    """The written reply to one of mine as PDF; NotFound where it is none of mine or has no reply yet."""
    rows = mine(me).filter(replied_at__isnull=False).select_related("notice__case", "round__step")
    row = rows.filter(pk=objection_id).first()
    if row is None:
        raise NotFound(NO_REPLY)
    case = CaseView(row.notice.case)
    copy = Copy(str(row.turn), said_at=row.replied_at)
    step = case.declaration.step(row.round.step.code)
    return printed(Made(REPLY, Source(case, step, case.round_view(row.round), copy, me.at)))


def _with_dues(rows: Sequence[Objection]) -> list[Said]:
    waiting = [row.round_id for row in rows if row.replied_at is None]
    tasks = Task.objects.filter(round__in=waiting, open=True, name__startswith="reply:") if waiting else ()
    dues = {(task.round_id, task.name): task.due_at for task in tasks}
    return [Said(row, dues.get((row.round_id, f"reply:{row.turn}"))) for row in rows]
