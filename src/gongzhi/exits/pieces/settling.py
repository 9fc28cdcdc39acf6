"""A settlement's money: quotes, the cost and its sources, each unit's share, payments, advances, the accounts."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from gongzhi.procedures.view import CaseView
from gongzhi.ui.parts.days import day_weekday, short_day
from gongzhi.ui.parts.figures import area, money
from gongzhi.ui.parts.listing import FIRST, Listing, columns
from gongzhi.ui.pieces import Look

from ..models import CostBill, CostShare
from ..settled_until import rest_of_exit
from ..settlement_queries import plan_told, quotes_told, shares_told

AREAS = {"building_area": "房屋建筑面积", "exclusive_area": "专有部分面积"}
Shown = list[Listing] | None


def books_due(case: CaseView, look: Look) -> list[str] | None:
    """Until when the books are to be provided and which, as the notice says: before whoever has to provide them."""
    from ..procedures import Settlement

    asked = case.heard(Settlement.scope)
    if asked is None or case.is_done(Settlement.books) or look.masked:
        return None
    return [f"要求提供资料的日期：{asked.books_due_on}。要求提供的账簿资料：{asked.books}"]


def rest_at_departure(case: CaseView, look: Look) -> list[str] | None:
    """Under the departure: what the settlement's figures do not reach, as long as nobody said that it is settled."""
    from ..procedures import ProviderExit as Exit

    found, said = rest_of_exit(case), case.heard(Exit.departure)
    if found is None or (said is not None and said.rest == "settled"):
        return None
    return [f"{found.words}{'，尚未结清' if said is not None else ''}。"]


def quotes(case: CaseView, look: Look) -> Shown:
    """What the firms asked for, the cheapest first."""
    rows = sorted(quotes_told(case), key=lambda row: (row.amount_cents, row.quoted_on))
    shown = tuple(
        (row.firm.name, money(row.amount_cents), short_day(row.quoted_on), row.statement) for row in rows
    )
    heads = columns("机构", "报价", "报价日期", "无利害关系声明", figures=["报价"])
    return [Listing("比选报价", heads, shown, empty="还没有登记报价。")]


def cost(case: CaseView, look: Look) -> Shown:
    """The cost, where it comes from, and how it falls on each unit."""
    plan = plan_told(case)
    if plan is None:
        return None
    return [_sources(plan), _shares(case, plan, look)] if plan.owners_cents else [_sources(plan)]


def _sources(plan: Any) -> Listing:
    proved = (
        f"截至 {day_weekday(plan.as_of)}，凭证 {plan.voucher}"
        if plan.as_of is not None
        else "没有凭证，按零计"
    )
    balance = f"可用余额 {money(plan.available_cents)}（{proved}）"
    rows = (
        ("小区公共收益", money(plan.revenue_cents), balance),
        ("业主分摊", money(plan.owners_cents), f"按{AREAS.get(plan.basis, plan.basis)}分摊"),
    )
    heads = columns("费用来源", "金额", "说明", figures=["金额"])
    return Listing("费用从哪里来", heads, rows, ("合计", money(plan.total_cents), ""), tuple(plan.working))


def _shares(case: CaseView, plan: Any, look: Look) -> Listing:
    note = f"共 {plan.units} 户、{area(plan.areas)}，各户之和 {_shared(plan)}"
    if look.masked:
        return Listing("每户应摊", notes=(note,))
    rows = tuple(share_cells(row)[:3] for row in shares_told(case, plan)[:FIRST])
    heads = columns("房屋", "分摊面积", "应摊", figures=["分摊面积", "应摊"])
    total = ("全部房屋", area(plan.areas), money(plan.owners_cents))
    more = reverse("cost-shares", args=[case.row.pk])
    return Listing("每户应摊", heads, rows, total, (note,), more, f"全部 {plan.units} 户及缴费情况")


def _shared(plan: Any) -> str:
    """What the shares add up to, held against what falls on the owners."""
    shared = int(plan.shared or 0)
    apart = plan.owners_cents - shared
    fits = "与分摊总额相符" if not apart else f"与分摊总额相差 {money(abs(apart))}"
    return f"{money(shared)}，{fits}"


#: What `share_cells` tells.
SHARE_COLUMNS = ("房屋", "分摊面积", "应摊", "已缴", "尚欠", "催缴日期")


def share_cells(row: CostShare) -> tuple[str, ...]:
    """Room, area, share, paid, still owed, when it was demanded."""
    owed = row.share_cents - row.paid_cents
    room, demanded = f"{row.building} {row.label}", day_weekday(row.demanded_on)
    return (
        room,
        area(row.area),
        money(row.share_cents),
        money(row.paid_cents),
        money(owed),
        demanded,
    )


def collection(case: CaseView, look: Look) -> Shown:
    """The balance, and where payments come in by a table."""
    found = balance_of(case)
    if found is None or look.masked:
        return [found] if found is not None else None
    more = reverse("case-table", args=[case.row.pk, "payments"])
    return [replace(found, more=more, more_words="按表登记各户缴费")]


def balance_of(case: CaseView) -> Listing | None:
    """How much of the shares is paid, how much was bridged and came back; None while nothing falls on the owners."""
    plan = plan_told(case)
    if plan is None or not plan.owners_cents:
        return None
    owed = plan.owners_cents - int(plan.paid or 0)
    rows = [
        ("应缴", money(plan.owners_cents), f"各户应摊之和 {_shared(plan)}"),
        ("已缴", money(plan.paid or 0), ""),
        ("尚欠", money(owed), f"{plan.owing} 户没有缴清" if owed else ""),
    ]
    if plan.bridged:
        left = plan.bridged - int(plan.returned or 0)
        rows.append(("社区垫付", money(plan.bridged), "欠费业主仍须缴纳"))
        rows.append(("垫付已抵扣", money(plan.returned or 0), f"尚待抵扣 {money(left)}"))
    heads = columns("项目", "金额", "说明", figures=["金额"])
    return Listing("收缴和垫付", heads, tuple(rows))


def bill(case: CaseView, look: Look) -> Shown:
    """The accounts as they were closed."""
    row = (
        CostBill.objects.filter(plan__case=case.row, round__void_at=None)
        .order_by("-round__opened_at")
        .first()
    )
    if row is None:
        return None
    paid = f"{day_weekday(row.paid_on)} 支付，凭证 {row.voucher}"
    return [Listing("收支结算", notes=(*row.working, paid))]
