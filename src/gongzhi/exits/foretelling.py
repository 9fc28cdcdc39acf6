"""What is known before somebody fills in a form: the earliest day, the latest, the balance as it stands.

It reads no more than the day needs; the rules look at the whole situation when the form comes back.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Count, Sum

from gongzhi.procedures.view import CaseView
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.money import yuan
from gongzhi.values.periods import due

from .counting import earliest_after
from .ground_queries import contract_as_it_stands, term_end
from .ground_rules import NOT_RENEWING_NOTICE, notice_key
from .models import PrepaidFee, Quote
from .rules import EARLY
from .settlement_queries import plan_of, sums_of
from .settlement_rules import QUOTES


def earliest_exit(case: CaseView, at: datetime) -> Mapping[str, str]:
    """The earliest day one may plan, were the application to arrive today. 《白山市…管理办法》第12条."""
    said = _in_time(case, EARLY, case.local_day(at))
    return {"exit_on": said} if said else {}


def agreed_end(case: CaseView, at: datetime) -> Mapping[str, str]:
    """The earliest day the contract can end by agreement. 《白山市…管理办法》第12条."""
    arrived = case.instant("application.arrived")
    if arrived is None or not case.law.is_period(EARLY):
        return {}
    period, earliest = case.law.value(EARLY).period, earliest_after(case.law, EARLY, arrived)
    return {"ends_on": f"申请于 {case.local_day(arrived)} 到达，满{period}，最早 {earliest}"}


def earliest_end(case: CaseView, at: datetime) -> Mapping[str, str]:
    """The earliest day a notice may name, were it to arrive today; at the term's end not before that.

    《民法典》第946、948条.
    """
    key, term = notice_key(case.variant), term_end(case)
    said = _in_time(case, key, case.local_day(at)) if key else ""
    words = "；".join(filter(None, (said, f"不早于合同期满的 {term}" if term is not None else "")))
    return {"ends_on": words} if words else {}


def registered_end(case: CaseView, at: datetime) -> Mapping[str, str]:
    """The last day of the term as it is registered, and until when the notice has to arrive. 《民法典》第947条第2款."""
    ends_on = contract_as_it_stands(case).ends_on
    if ends_on is None:
        return {}
    is_counted = case.law.is_period(NOT_RENEWING_NOTICE)
    by = due(case.law.rule(NOT_RENEWING_NOTICE), ends_on, CALENDAR).due_on if is_counted else None
    return {"contract_ends_on": f"登记的合同期满日期是 {ends_on}" + (f"，通知最迟 {by} 到达" if by else "")}


def shares_as_they_stand(case: CaseView, at: datetime) -> Mapping[str, str]:
    """What is billed, received and outstanding of the shares of a settlement's cost."""
    plan = plan_of(case)
    if plan is None:
        return {}
    now = sums_of(plan)
    words = (
        f"应缴合计{yuan(now['owners_cents'])}，已缴{yuan(now['paid_cents'])}，尚欠{yuan(now['unpaid_cents'])}"
    )
    return {"amount_cents": words}


def quotes_so_far(case: CaseView, at: datetime) -> Mapping[str, str]:
    """How many firms have quoted, and that quotes are entered first. `practice.md` 12.2."""
    told, needed = Quote.objects.filter(case=case.row).count(), int(case.law.value(QUOTES).value or 1)
    if told >= needed:
        return {"firm": f"已登记{told}家报价，从中选定"}
    return {"firm": f"已登记{told}家报价，至少要有{needed}家，请先用“登记报价”逐家登记，再填写本表"}


def prepaid_as_it_stands(case: CaseView, at: datetime) -> Mapping[str, str]:
    """What was told by now to be paid beforehand, and what of it comes back."""
    rows = PrepaidFee.objects.filter(case=case.row)
    told = rows.aggregate(count=Count("id"), paid=Sum("paid_cents"), back=Sum("refund_cents"))
    paid, back = int(told["paid"] or 0), int(told["back"] or 0)
    return {"paid_cents": f"已登记{told['count']}笔，预收合计{yuan(paid)}，应退{yuan(back)}"}


def _in_time(case: CaseView, key: str, arrived: date) -> str:
    """What `key` leaves a notice that arrives that day, in words; "" where the place counts no period."""
    if not case.law.is_period(key):
        return ""
    return f"提前{case.law.value(key).period}，今天送达的最早 {earliest_after(case.law, key, arrived)}"
