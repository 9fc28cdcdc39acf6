"""缴费: what units paid of their shares of a settlement's cost.

《白山市物业服务人退出及应急服务管理办法》第13条第2项.
"""

from collections import Counter
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from gongzhi.procedures.view import CaseView
from gongzhi.registry.tables import cells
from gongzhi.registry.tables.checking import Check
from gongzhi.registry.tables.columns import Column, Kind
from gongzhi.registry.tables.plans import Plan

from ..cost_rules import payment_fits
from ..settlement_facts import Payment, PaymentsTold
from .finding import ROOMS, Carrier, facts_of, refused_by, rooms_of

ACT, ONE = "record_payments", "record_payment"
COLUMNS = (
    *ROOMS,
    Column("amount_cents", "金额（元）", cells.money, "这一次缴纳的金额，最多两位小数", "120.50",
           also=("缴费金额", "实缴金额", "已缴金额", "缴纳金额")),
    Column("paid_on", "缴纳日期", cells.day, "", "2026-03-20", fills=True, also=("缴费日期", "日期")),
)  # fmt: skip
Key = tuple[UUID, int, date]


def kind_of(case: CaseView) -> Kind:
    """The table of one case."""
    return Kind(
        "payments", "缴费", "笔", COLUMNS, "", partial(_check, case), lambda _: iter(()), personal=True
    )


def _check(case: CaseView, check: Check) -> Plan:
    """Row by row: the room bears a share, and no more is paid than it owes; what was told before is not told twice."""
    carrier = Carrier(case, ACT)
    carrier.demand(check.by, check.at)
    units = rooms_of(check, case.row.estate_id)
    situation = case.declaration.reads.situation(case, check.at)
    payable, told, seen, same = dict(situation.payable), _told(case), dict[Key, int](), 0
    rows: dict[int, Payment] = {}
    said = {row: _said(check, row, units[row]) for row in check.good()}
    for row, facts in facts_of(check, Payment, said):
        key = (facts.unit, facts.amount_cents, facts.paid_on)
        if key in seen:
            check.wrong(row, f"与第{check.line(seen[key])}行重复，同一天分几笔缴的请合并成一行")
            continue
        seen[key] = row
        if told[key]:
            same += 1
        elif not refused_by(check, row, payment_fits(case.law, facts, situation, payable)):
            payable[facts.unit] -= facts.amount_cents
            rows[row] = facts
    return carrier.plan(lambda: PaymentsTold(rows=tuple(rows.values())), list(rows), same)


def _said(check: Check, row: int, unit: UUID | None) -> dict[str, Any]:
    values = check.row(row)
    return {"unit": unit, "amount_cents": values["amount_cents"], "paid_on": values["paid_on"]}


def _told(case: CaseView) -> Counter[Key]:
    """What was told before, one by one or by a table."""
    acts = [act for act in case.acts_of(None) if act.name in (ACT, ONE)]
    each = [one for act in acts for one in (act.facts["rows"] if act.name == ACT else [act.facts])]
    return Counter((one.unit, one.amount_cents, one.paid_on) for one in map(Payment.model_validate, each))


def sum_of(plan: Plan) -> int:
    """What the new rows come to, in cents."""
    return sum(one.amount_cents for step in plan.steps for one in _facts(step.facts()))


def _facts(told: Any) -> tuple[Payment, ...]:
    assert isinstance(told, PaymentsTold)
    return told.rows
