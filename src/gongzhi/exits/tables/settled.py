"""预收退还和转移: which prepaid money was paid back, or passed on. 《最高人民法院…物业服务纠纷…解释》第3条."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextChoices

from gongzhi.procedures.view import CaseView
from gongzhi.registry.tables import cells
from gongzhi.registry.tables.checking import Check
from gongzhi.registry.tables.columns import Column, Kind
from gongzhi.registry.tables.plans import Plan

from ..handover_facts import SETTLED, PrepaidSettled, PrepaidSettledTable
from ..handover_rules import prepaid_was_settled
from ..models import PrepaidFee, PrepaidKind
from .finding import ROOMS, Carrier, facts_of, refused_by, rooms_of
from .prepaid import ALSO

ACT = "settle_prepaid_table"


class By(TextChoices):
    """How one was settled."""

    REFUND = "refund", SETTLED["refund"]
    TRANSFER = "transfer", SETTLED["transfer"]


COLUMNS = (
    *ROOMS,
    Column("kind", "类别", cells.choice(PrepaidKind, ALSO), "", "物业费", fills=True, also=("费用类别", "项目"),
           options=tuple(PrepaidKind.labels)),
    Column("from_on", "预缴期间起", cells.day, "押金为缴纳日期；同一类别有几笔没有处理的要填", "2026-01-01",
           needed=False, fills=True, also=("起始日期", "起")),
    Column("settled_by", "处理方式", cells.choice(By, {"退还": "refund", "转移": "transfer"}), "", "退还业主",
           fills=True, options=tuple(By.labels)),
    Column("settled_on", "退还或转移日期", cells.day, "一次处理多户的，各行填同一天", "2026-05-08", fills=True,
           also=("退还日期", "转移日期", "日期")),
    Column("voucher", "凭证号", cells.name(100), "一张凭证付多户的，各行填同一个凭证号", "示例凭证12号", fills=True,
           digits=True, also=("凭证",)),
)  # fmt: skip
Key = tuple[UUID | None, str]


def kind_of(case: CaseView) -> Kind:
    """The table of one case."""
    check = partial(_check, case)
    return Kind("settled", "预收退还和转移", "笔", COLUMNS, "", check, lambda _: iter(()), personal=True)


def begun(case: CaseView) -> Iterator[tuple[Any, ...]]:
    """A row of the table for each that still waits; how, when and by which voucher is to be filled in."""
    for row in _of(case).filter(settled_on=None, refund_cents__gt=0):
        yield row.unit.building.name, "", row.unit.label, row.get_kind_display(), row.from_on, "", "", ""


def _of(case: CaseView) -> QuerySet[PrepaidFee]:
    rows = PrepaidFee.objects.filter(case=case.row).select_related("unit__building")
    return rows.order_by("unit__building__name", "unit__label", "kind", "from_on")


def _check(case: CaseView, check: Check) -> Plan:
    """Row by row: one that waits and is settled by now; what was told before is not told twice."""
    carrier = Carrier(case, ACT)
    carrier.demand(check.by, check.at)
    units = rooms_of(check, case.row.estate_id)
    situation = case.declaration.reads.situation(case, check.at)
    there: dict[Key, list[PrepaidFee]] = defaultdict(list)
    for fee in _of(case):
        there[fee.unit_id, fee.kind].append(fee)
    said, seen, same = dict[int, dict[str, Any]](), dict[UUID, int](), 0
    for row in list(check.good()):
        values = check.row(row)
        meant = _meant(there[units[row], str(values["kind"])], values)
        if isinstance(meant, str):
            check.wrong(row, meant)
        elif meant.pk in seen:
            check.wrong(row, f"与第{check.line(seen[meant.pk])}行是同一笔，请删去一行")
        elif meant.settled_on is not None:
            seen[meant.pk], same = row, same + 1
        else:
            seen[meant.pk], said[row] = row, _said(meant, values)
    rows = {
        row: facts
        for row, facts in facts_of(check, PrepaidSettled, said)
        if not refused_by(check, row, prepaid_was_settled(case.law, facts, situation))
    }
    return carrier.plan(lambda: PrepaidSettledTable(rows=tuple(rows.values())), list(rows), same)


def _meant(there: list[PrepaidFee], values: dict[str, Any]) -> PrepaidFee | str:
    """The fee a row names; why it names none."""
    if values["from_on"] is not None:
        there = [one for one in there if one.from_on == values["from_on"]]
    waiting = [one for one in there if one.settled_on is None]
    told = [one for one in there if _is_told(one, values)]
    if not waiting and len(told) == 1:
        return told[0]
    if len(waiting) > 1:
        return "这套房屋的这个类别有几笔没有处理，请填预缴期间起，写明是哪一笔"
    if waiting:
        return waiting[0]
    return "这套房屋没有这个类别的未处理的预收费用，请核对，已经处理的请从表中删去"


def _is_told(row: PrepaidFee, values: dict[str, Any]) -> bool:
    said = (str(values["settled_by"]), values["settled_on"], values["voucher"])
    return (row.settled_by, row.settled_on, row.voucher) == said


def _said(row: PrepaidFee, values: dict[str, Any]) -> dict[str, Any]:
    told = {name: values[name] for name in ("settled_on", "voucher")}
    return {"prepaid": row.pk, "settled_by": str(values["settled_by"])} | told


def sum_of(plan: Plan) -> int:
    """What the new rows come to, in cents."""
    ids = [one.prepaid for step in plan.steps for one in _facts(step.facts())]
    found = PrepaidFee.objects.in_bulk(ids)
    return sum(row.refund_cents for row in found.values())


def _facts(told: Any) -> tuple[PrepaidSettled, ...]:
    assert isinstance(told, PrepaidSettledTable)
    return told.rows
