"""What is known before somebody fills in a form: the earliest day, the latest, the balance as it stands.

It reads no more than the day needs; the rules look at the whole situation when the form comes back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum

from gongzhi.procedures.view import CaseView
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.foretold import HasToBeSaid
from gongzhi.values.money import yuan
from gongzhi.values.periods import due

from . import queries
from .conduct_rules import proposal_of, unset_of
from .counting import earliest_after
from .ground_queries import completes_since, contract_as_it_stands, contract_ends, term_end
from .ground_rules import NOT_RENEWING_NOTICE, PRECONDITION, counted_words, notice_key, to_be_set
from .handover_queries import meters_read
from .handover_rules import read_on_another_day
from .models import PrepaidFee, Quote
from .rules import AGREEMENT, EARLY
from .settled_until import rest_of_exit
from .settlement_queries import plan_of, sums_of
from .settlement_rules import QUOTES


def earliest_exit(case: CaseView, at: datetime) -> Mapping[str, str]:
    """The earliest day one may plan, were the application to arrive today. 《白山市…管理办法》第12条."""
    said = _in_time(case, EARLY, at)
    return {"exit_on": said} if said else {}


def agreed_end(case: CaseView, at: datetime) -> Mapping[str, str]:
    """The earliest day the contract can end by agreement, and whose decision it rests on.

    《白山市…管理办法》第9条第3项、第12条; 《民法典》第278条第1款第4项.
    """
    arrived, law = case.instant("application.arrived"), case.law
    told = (
        {} if law.is_wanted(AGREEMENT) else {"decided_on": DECIDED_BY_OWNERS, "decided_by": PAPER_OF_DECISION}
    )
    if arrived is None or not law.is_period(EARLY):
        return told
    period, earliest = law.value(EARLY).period, earliest_after(law, EARLY, arrived)
    return told | {"ends_on": f"申请于 {case.local_day(arrived)} 到达，满{period}，最早 {earliest}"}


DECIDED_BY_OWNERS = HasToBeSaid(
    "此处必填：提前终止合同由业主共同决定，业主委员会按决定签订；还没有决定的，先由业主共同决定同意提前终止，"
    "表决在线下进行，不用另行立案，决议随协议一并上传；“业主共同决定由谁接替”不能代替"
)

PAPER_OF_DECISION = HasToBeSaid("此处必填：写明决议或者会议纪要的名称、编号，没有编号的写明存放地点")


def earliest_end(case: CaseView, at: datetime) -> Mapping[str, str]:
    """The earliest day a notice may name, were it to arrive today; at the term's end not before that.

    《民法典》第946、948条.
    """
    key, term = notice_key(case.variant), term_end(case)
    said = _in_time(case, key, at) if key else ""
    words = "；".join(filter(None, (said, f"不早于合同期满的 {term}" if term is not None else "")))
    return {"ends_on": words} if words else {}


def earliest_entry(case: CaseView, at: datetime) -> Mapping[str, str]:
    """Until when whoever leaves serves by its contract, so that nobody is to come before. 《民法典》第950条."""
    end = contract_ends(case) or term_end(case)
    return {"starts_on": f"原合同 {end} 终止，进场不早于这一天"} if end is not None else {}


def recorded_conduct(case: CaseView, at: datetime) -> Mapping[str, str]:
    """What the records say of a forced ground, or what has to be set first; whether an order to correct comes before.

    《白山市…管理办法》第10条第1项至第3项、第7项.
    """
    ordered = CORRECTED_FIRST if case.variant in case.law.listed(PRECONDITION) else NO_ORDER
    return {"correct_by_on": ordered} | _evidence_recorded(case, at)


CORRECTED_FIRST = HasToBeSaid("本情形以责令限期整改为前提，必须填写，期满后仍不改正的才能认定")
NO_ORDER = "本情形不以责令整改为前提，不用填写"


def _evidence_recorded(case: CaseView, at: datetime) -> dict[str, str]:
    if unset := unset_of(case.law, case.variant):
        return {"evidence": to_be_set(case.law, unset)}
    entries = queries.recorded_conduct(case, at)
    told = proposal_of(case.law, case.variant, entries)
    if told is None:
        return {}
    words = counted_words(case.law, told.readings[0]) if told.readings else told.sentence
    rows = told.readings[0].rows if told.readings else told.rows
    listed = [
        f"{one.authority} {one.document_number}（{one.decided_on}决定）" for one in entries if one.id in rows
    ]
    return {"evidence": "：".join(filter(None, (words, "；".join(listed))))}


def registered_end(case: CaseView, at: datetime) -> Mapping[str, str]:
    """The last day of the term as it is registered, and until when the notice has to arrive. 《民法典》第947条第2款."""
    ends_on = contract_as_it_stands(case).ends_on
    if ends_on is None:
        return {}
    is_counted = case.law.is_period(NOT_RENEWING_NOTICE)
    by = due(case.law.rule(NOT_RENEWING_NOTICE), ends_on, CALENDAR).due_on if is_counted else None
    told = f"登记的合同期满日期是 {ends_on}，登记有误的先更正登记"
    return {"contract_ends_on": told + (f"；通知最迟 {by} 到达" if by else "")}


def term_that_ends(case: CaseView, at: datetime) -> Mapping[str, Any]:
    """The last day of the term as it is registered, and no other, for whoever will not renew to begin with."""
    return _registered(case, "contract_ends_on")


def term_that_ended(case: CaseView, at: datetime) -> Mapping[str, Any]:
    """The same for whoever tells that the term is over."""
    return _registered(case, "contract_ended_on")


def _registered(case: CaseView, field: str) -> Mapping[str, Any]:
    ends_on = contract_as_it_stands(case).ends_on
    return {field: ends_on} if ends_on is not None else {}


def registered_expiry(case: CaseView, at: datetime) -> Mapping[str, str]:
    """That the day of the register counts, and who puts it right. `practice.md` 1.1."""
    found = _registered(case, "contract_ended_on")
    return {name: f"登记的合同期满日期是 {day}，登记有误的先更正登记" for name, day in found.items()}


def meters_to_read_again(case: CaseView, at: datetime) -> Mapping[str, str]:
    """Which meters were not read on the day of the confirmation, were it today. `practice.md` 7."""
    old = read_on_another_day(meters_read(case), case.local_day(at))
    return {"confirmed_at": f"{old}，请先重新读表登记"} if old else {}


def rest_to_settle(case: CaseView, at: datetime) -> Mapping[str, str]:
    """That the settlement's figures end before the service did. 《白山市…管理办法》第14条."""
    rest = rest_of_exit(case)
    return {"rest": rest.words} if rest is not None else {}


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


def _in_time(case: CaseView, key: str, at: datetime) -> str:
    """What `key` leaves a notice that arrives today, or one that is completed today, in words; "": nothing counts."""
    if not case.law.is_period(key):
        return ""
    since = completes_since(case)
    arrived = since or case.local_day(at)
    when = f"补正前 {arrived} " if since is not None else "今天"
    return f"提前{case.law.value(key).period}，{when}送达的最早 {earliest_after(case.law, key, arrived)}"
