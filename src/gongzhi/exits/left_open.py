"""What a handover leaves open: who would not sign, what is missing, what was not paid back. Told where it ends.

A refusal holds nothing up (`practice.md` 6), so that a case goes on and is done; its cover and its note say it all the
same. 《白山市物业服务人退出及应急服务管理办法》第16条至第19条.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q, Sum

from gongzhi.procedures.models import Item
from gongzhi.procedures.reads import ends_done
from gongzhi.procedures.refusing import unsigned
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.money import yuan

from . import ground_queries
from .late_items import was_missing
from .models import PrepaidFee

#: How a case ended of which something is left.
CLOSED = "已结案"


def handover_ends_as(case: CaseView) -> tuple[str, str]:
    """Done, and in words who would not sign, how much is missing, how much was not paid back."""
    outcome, why = ends_done(case)
    return outcome, _with_rest(case, why)


def exit_ends_as(case: CaseView) -> tuple[str, str]:
    """As the exit itself ends; one that is done says besides what its handover leaves open."""
    outcome, why = ground_queries.ends_as(case)
    return outcome, _with_rest(case, why) if (outcome, why) == ends_done(case) else why


def noted(case: CaseView, at: datetime) -> Sequence[str]:
    """What the note of the file says of it, as of an instant, in sentences: the missing items by name."""
    handing = _handover_of(case)
    if handing is None:
        return ()
    told = [*_refusals(handing), *_missing(handing, at), *_unpaid(handing, at)]
    return tuple(f"{one}。" for one in told)


def _with_rest(case: CaseView, why: str) -> str:
    """Why it ended, with what is left; as it was where nothing is."""
    handing = _handover_of(case)
    if handing is None:
        return why
    refusals, missing = list(_refusals(handing)), len(_items_missing(handing))
    left = [f"{missing}项资料资产缺失未补交"] if missing else []
    left += _unpaid(handing)
    if not refusals and not left:
        return why
    rest = f"结案时{'，'.join(left)}" if left else ""
    return "；".join(filter(None, ("、".join(refusals) or CLOSED, rest)))


def _handover_of(case: CaseView) -> CaseView | None:
    from .procedures import Handover

    return case if case.row.procedure == Handover.code else case.child(Handover.code)


def _refusals(handing: CaseView) -> Iterator[str]:
    """移交方拒签资产移交清单、项目交接确认书: each side with the papers it did not sign."""
    found: dict[str, list[str]] = {}
    for step in handing.declared:
        row = handing.live_round(step)
        if row is None or handing.outcome_of(step) != "refused":
            continue
        for side in unsigned(handing.round_view(row).said, getattr(step, "sides", ())):
            found.setdefault("移交方" if side is PROVIDER else "接收方", []).append(step.title)
    return (f"{side}拒签{'、'.join(titles)}" for side, titles in found.items())


def _items_missing(handing: CaseView, at: datetime | None = None) -> list[Item]:
    """What is missing on its lists, or was at an instant."""
    rows = Item.objects.filter(case=handing.id, round__void_at=None, state="missing")
    rows = rows.order_by("round__opened_at", "round", "position")
    return [row for row in rows if (row.made_up_at is None if at is None else was_missing(row, at))]


def _missing(handing: CaseView, at: datetime) -> Iterator[str]:
    rows = _items_missing(handing, at)
    if rows:
        yield f"缺失未补交的资料资产{len(rows)}项：{'、'.join(row.label for row in rows)}"


def _unpaid(handing: CaseView, at: datetime | None = None) -> Iterator[str]:
    """预收费用和押金2笔共1,234.50元未退还或者转移, of what has to come back."""
    open_then = (
        Q(settled_on=None) if at is None else Q(settled_on=None) | Q(settled_on__gt=handing.local_day(at))
    )
    rows = PrepaidFee.objects.filter(open_then, case=handing.id, refund_cents__gt=0)
    count, sum_ = rows.count(), rows.aggregate(sum=Sum("refund_cents"))["sum"]
    if count:
        yield f"预收费用和押金{count}笔共{yuan(int(sum_))}未退还或者转移"
