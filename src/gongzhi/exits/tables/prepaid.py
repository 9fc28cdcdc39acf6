"""预收费用和押金: what units paid beforehand, or left. 《最高人民法院…物业服务纠纷…解释》第3条."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from gongzhi.procedures.view import CaseView
from gongzhi.registry.tables import cells
from gongzhi.registry.tables.checking import Check
from gongzhi.registry.tables.columns import Column, Kind
from gongzhi.registry.tables.plans import Plan

from ..handover_facts import PrepaidTable, PrepaidTold
from ..handover_rules import prepaid_is_of_the_estate
from ..models import PrepaidFee, PrepaidKind
from .finding import ROOMS, Carrier, facts_of, refused_by, rooms_of

ACT = "record_prepaid_table"
ALSO = {"物管费": "property_fee", "物业管理费": "property_fee", "车位费": "parking_fee", "停车管理费": "parking_fee",
         "装修保证金": "decoration_deposit", "门禁押金": "card_deposit"}  # fmt: skip
_FEES = "物业费、停车费要填，押金不填"
COLUMNS = (
    *ROOMS,
    Column("kind", "类别", cells.choice(PrepaidKind, ALSO), "", "物业费", fills=True, also=("费用类别", "项目"),
           options=tuple(PrepaidKind.labels)),
    Column("paid_cents", "已缴（元）", cells.money, "最多两位小数", "1440.00", also=("已缴金额", "预收金额", "金额")),
    Column("from_on", "预缴期间起", cells.day, "押金填缴纳日期", "2026-01-01", fills=True, also=("起始日期", "起")),
    Column("to_on", "预缴期间止", cells.day, _FEES, "2026-12-31", needed=False, fills=True, also=("截止日期", "止")),
    Column("served_to", "服务至", cells.day, f"原物业服务人服务的最后一天；{_FEES}", "2026-06-30", needed=False,
           fills=True),
)  # fmt: skip
Key = tuple[UUID, str, date]
SAID = ("kind", "paid_cents", "from_on", "to_on", "served_to")


def kind_of(case: CaseView) -> Kind:
    """The table of one case."""
    check = partial(_check, case)
    return Kind("prepaid", "预收费用和押金", "笔", COLUMNS, "", check, lambda _: iter(()), personal=True)


def _check(case: CaseView, check: Check) -> Plan:
    """Row by row: a room of the estate, a whole period, and nothing told twice."""
    carrier = Carrier(case, ACT)
    carrier.demand(check.by, check.at)
    units = rooms_of(check, case.row.estate_id)
    situation = case.declaration.reads.situation(case, check.at)
    there, seen, same = _there(case), dict[Key, int](), 0
    rows: dict[int, PrepaidTold] = {}
    said = {row: _said(check, row, units[row]) for row in check.good()}
    for row, facts in facts_of(check, PrepaidTold, said):
        key = (facts.unit, facts.kind, facts.from_on)
        if key in seen:
            check.wrong(
                row, f"与第{check.line(seen[key])}行是同一套房屋、同一类别、同一起始日期，请合并或者核对"
            )
            continue
        seen[key] = row
        if key in there:
            if there[key] == (facts.paid_cents, facts.to_on, facts.served_to):
                same += 1
            else:
                check.wrong(row, "这笔已经登记，金额或者期间与表中不同，请核对")
        elif not refused_by(check, row, prepaid_is_of_the_estate(case.law, facts, situation)):
            rows[row] = facts
    return carrier.plan(lambda: PrepaidTable(rows=tuple(rows.values())), list(rows), same)


def _said(check: Check, row: int, unit: UUID | None) -> dict[str, Any]:
    values = check.row(row)
    return {"unit": unit} | {name: values[name] for name in SAID} | {"kind": str(values["kind"])}


def _there(case: CaseView) -> dict[Key, tuple[int, date | None, date | None]]:
    """What is registered: by room, kind and first day."""
    rows = PrepaidFee.objects.filter(case=case.row)
    return {(row.unit_id, row.kind, row.from_on): (row.paid_cents, row.to_on, row.served_to) for row in rows}


def sum_of(plan: Plan) -> int:
    """What the new rows come to, in cents."""
    return sum(one.paid_cents for step in plan.steps for one in _facts(step.facts()))


def _facts(told: Any) -> tuple[PrepaidTold, ...]:
    assert isinstance(told, PrepaidTable)
    return told.rows
