"""What I objected to, and the replies: mine alone, whatever the estate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.acts.actor import Actor
from gongzhi.notices.models import Objection
from gongzhi.notices.objected import CONFIRMED
from gongzhi.notices.papers import REPLY
from gongzhi.notices.presenting import HOW
from gongzhi.procedures.documents import Copy, Made, Source
from gongzhi.procedures.models import Round, Task
from gongzhi.procedures.printing import printed
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.view import CaseView
from gongzhi.values.refusals import Invalid, NotFound

from .neighbour import Neighbour

SHOWN = 20
NO_REPLY = "没有这份异议答复书，或者还没有答复，请到“我的异议和答复”查看。"


@dataclass(frozen=True, slots=True)
class Said:
    """An objection of mine; `reply_by`: until when it has to be answered, where the place has set that.

    `served_how`: how the reply arrived, in words; `may_confirm`: it was given and nobody has said that it arrived.
    """

    row: Objection
    reply_by: datetime | None
    served_how: str
    may_confirm: bool


def mine(me: Neighbour) -> QuerySet[Objection]:
    """Every objection I raised myself."""
    return Objection.objects.filter(person=me.person_id)


def count_unanswered(me: Neighbour) -> int:
    """How many still wait for their reply."""
    return mine(me).filter(replied_at=None).count()


def unconfirmed(me: Neighbour) -> QuerySet[Objection]:
    """Those whose reply was given and of which nobody has said that it arrived."""
    return mine(me).filter(replied_at__isnull=False, served_at=None, round__void_at=None)


def count_unconfirmed(me: Neighbour) -> int:
    """How many those are."""
    return unconfirmed(me).count()


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
    open_rounds = set(_going_on(rows))
    return [
        Said(
            row,
            dues.get((row.round_id, f"reply:{row.turn}")),
            HOW.get(row.served_how, ""),
            row.replied_at is not None and row.served_at is None and row.round_id in open_rounds,
        )
        for row in rows
    ]


def _going_on(rows: Sequence[Objection]) -> Iterable[UUID]:
    """The rounds of these that still count: what was said in a void one is void with it."""
    unserved = [row.round_id for row in rows if row.replied_at is not None and row.served_at is None]
    if not unserved:
        return ()
    return Round.objects.filter(pk__in=unserved, void_at=None).values_list("pk", flat=True)


def confirm(me: Neighbour, by: Actor, objection_id: UUID) -> None:
    """Say through the door that the reply to one of mine has arrived; said twice it counts once."""
    row = mine(me).select_related("notice", "round__step").filter(pk=objection_id).first()
    if row is None:
        raise NotFound(NO_REPLY)
    if row.served_at is not None:
        return
    perform_on_case(
        by=by,
        at=me.at,
        case_id=row.notice.case_id,
        act=CONFIRMED,
        facts={"turn": row.turn},
        step=row.round.step.code,
        key=f"phone-received-{row.pk}",
    )
