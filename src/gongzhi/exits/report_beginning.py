"""What a settlement's report begins with: the figures the case knows, for the firm to put right. It stays the firm's.

《白山市物业服务人退出及应急服务管理办法》第14条.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, Sum

from gongzhi.acts.facts import Facts
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.queries import in_force
from gongzhi.values.money import yuan
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words

from .models import Claim, ClaimKind, CostPlan, PrepaidFee
from .settlement_facts import RESULT_OPEN
from .settlement_queries import plan_of

F = TypeVar("F", bound=Facts)
PARTS = "settlement.report_parts"
#: The parts of which the case itself keeps sums.
REVENUE, COLLECTED = "public_revenue", "collected_fees"
#: How a book was given, in words.
GIVEN = {"original": "提供原件", "sealed_copy": "提供盖章复印件", "present": "已提供"}
#: What the form says of it: the words are the firm's, so nothing of this stands in them.
CHECK = "各部分已按案件登记的情况填入，请机构核对、更正；报告的内容由机构负责"


class Begun(Submit[F]):
    """As `Submit`; its form begins with what `begins` reads of the case."""

    def __init__(
        self, title: str, *, begins: Callable[[CaseView, datetime], Mapping[str, Any]], **rest: Any
    ) -> None:
        super().__init__(title, **rest)
        self.begins = begins

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """What the case knows by now."""
        return self.begins(case, at) if act == self.main_act else super().begins_with(case, act, at, task)


def report_as_known(case: CaseView, at: datetime) -> Mapping[str, Any]:
    """Part by part what was provided and proved; what is missing; irregular money confirmed before; who signs."""
    books, plan = _books(case), plan_of(case)
    parts = [_part(case, item["code"], books.get(item["code"]), plan) for item in case.law.optional(PARTS)]
    missing = [item for item in books.values() if item.state == "missing" and item.made_up_at is None]
    found: dict[str, Any] = {"parts": parts, "accountants": _accountants(case, at)}
    found |= _reached(case, at)
    if missing:
        found |= {
            "scope_limited": True,
            "not_provided": [item.code for item in missing],
            "limitation": "；".join(
                f"{item.label}没有提供（{item.reason}），相关收支不能确认" for item in missing
            ),
        }
    confirmed = Claim.objects.filter(case=case.row.root_id, kind=ClaimKind.MONEY, round__void_at=None)
    cents = confirmed.aggregate(sum=Sum("amount_cents"))["sum"]
    return found | ({"irregular_cents": int(cents)} if cents else {})


def _reached(case: CaseView, at: datetime) -> dict[str, Any]:
    """Today, or the end of the period where that is over."""
    from .procedures import Settlement

    scope = case.heard(Settlement.scope)
    return {"reached_on": min(scope.period_to, case.local_day(at))} if scope is not None else {}


def report_is_checked(case: CaseView, at: datetime) -> Mapping[str, str]:
    """Who answers for what stands in the form."""
    return {"irregular_cents": CHECK}


def _books(case: CaseView) -> dict[str, Item]:
    """The books as they were told, by part."""
    from .procedures import Settlement

    found = case.live_round(Settlement.books)
    rows = Item.objects.filter(round_id=found.id).exclude(state="") if found is not None else ()
    return {row.code: row for row in rows}


def _part(case: CaseView, code: str, book: Item | None, plan: CostPlan | None) -> dict[str, Any]:
    told, sums = [_provided(book)] if book is not None else [], dict[str, Any]()
    if code == REVENUE and plan is not None and plan.as_of is not None:
        told.append(
            f"公共收益可用余额{yuan(plan.available_cents)}（截至{date_words(plan.as_of)}，凭证{plan.voucher}），"
            f"列支清算费用{yuan(plan.revenue_cents)}"
        )
        sums["confirmed_cents"] = plan.available_cents
    if code == COLLECTED:
        told += _prepaid(case)
    if len(told) == 1 and book is not None and book.state != "missing":
        told.append(RESULT_OPEN)
    return {"code": code, "finding": "；".join(told), **sums}


def _provided(book: Item) -> str:
    """Whether the book came, and how."""
    if book.state == "missing" and book.made_up_at is None:
        return f"资料未提供（{book.reason}），不能确认"
    came = (
        f"，{date_words(book.made_up_at.astimezone(ZONE).date())}补交" if book.made_up_at is not None else ""
    )
    return f"资料{GIVEN.get(book.state, '已提供')}{came}"


def _prepaid(case: CaseView) -> list[str]:
    """What units paid beforehand, as far as it was told anywhere in the tree."""
    rows = PrepaidFee.objects.filter(case__root=case.row.root_id)
    told = rows.aggregate(count=Count("id"), paid=Sum("paid_cents"), back=Sum("refund_cents"))
    if not told["count"]:
        return []
    return [f"已登记预收费用和押金{told['count']}笔，合计{yuan(told['paid'])}，应退{yuan(told['back'])}"]


def _accountants(case: CaseView, at: datetime) -> list[str]:
    """The accountants registered with the firm that was entrusted."""
    from .procedures import Settlement

    entrusted = case.heard(Settlement.entrustment)
    if entrusted is None:
        return []
    held = Appointment.objects.filter(
        in_force(case.local_day(at)), organisation=entrusted.firm, post=Post.FIRM_ACCOUNTANT
    )
    return list(held.order_by("from_on", "id").values_list("person__name", flat=True)[:5])
