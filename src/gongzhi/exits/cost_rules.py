"""The rules of a settlement's money: who bears the cost, payments, the advance and its offset, the bill. Pure.

《白山市物业服务人退出及应急服务管理办法》第13条.
"""

from uuid import UUID

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.money import yuan

from .apportioning import COMMUNITY, OWNERS, pour
from .settlement_facts import (
    Advance,
    BillClosed,
    CollectionClosed,
    Demand,
    FundingPlan,
    Offset,
    Payment,
    PaymentsTold,
)
from .settlement_situation import SettlementSituation

ORDER, BASIS = "settlement.cost_order", "settlement.apportionment_basis"
LIMIT, OFFSETS = "settlement.advance_limit", "settlement.advance_offset_from"
#: What a debtor pays after all goes to whoever bridged it; that needs no text.
DEBTOR = "debtor_paid"


def cost_can_be_shared(law: CaseLaw, facts: FundingPlan, situation: SettlementSituation) -> Decision:
    """Proved revenue comes first; the rest by area, refused while an area is unknown. 第13条第1、2项."""
    order, cites = law.items(ORDER), law.cites(ORDER, BASIS)
    quoted = situation.quotes.get(situation.chosen, 0) if situation.chosen is not None else 0
    if facts.total_cents < quoted:
        return refuse(f"费用总额不足以支付选定机构的报价{yuan(quoted)}，请改填总额。")
    rest = facts.total_cents - quoted
    if quoted and rest and not facts.other_for.strip():
        return refuse(f"费用总额比选定机构的报价{yuan(quoted)}多{yuan(rest)}，请写明这部分的用途。")
    if facts.revenue_as_of is not None and facts.revenue_as_of > situation.today:
        return refuse("余额截至日期不能晚于今天，请核对。")
    poured = pour(facts.total_cents, facts.revenue_cents, order)
    figures = {"公共收益列支": yuan(poured.revenue_cents), "业主分摊": yuan(poured.owners_cents)}
    if not poured.owners_cents:
        return allow(figures=figures, citations=cites)
    if OWNERS not in order:
        return refuse(
            "当地没有规定由业主分摊清算费用，请先由业主共同决定费用来源。", citations=law.cites(ORDER)
        )
    if not situation.units:
        return refuse("小区还没有登记房屋，不能计算分摊，请先登记房屋。")
    if not situation.unknown_areas:
        return allow(figures=figures, citations=cites)
    names = "、".join(situation.unknown_areas[:5])
    more = f"等{len(situation.unknown_areas)}套" if len(situation.unknown_areas) > 5 else ""
    title = law.value(BASIS).options.get(str(law.value(BASIS).value), "房屋建筑面积")
    return refuse(
        f"{names}{more}的{title}未登记，不能计算分摊，请先补登面积。",
        figures=figures,
        citations=law.cites(BASIS),
    )


def demands_what_is_unpaid(law: CaseLaw, facts: Demand, situation: SettlementSituation) -> Decision:
    """There is something unpaid to demand. 第13条第3项."""
    if facts.demanded_on > situation.today:
        return refuse("催缴日期不能晚于今天，请核对。")
    if not situation.unpaid_cents:
        return refuse("分摊费用已经收齐，无需催缴。")
    return allow(citations=law.cites(ORDER))


def pays_its_share(law: CaseLaw, facts: Payment, situation: SettlementSituation) -> Decision:
    """A unit pays no more than its share, also after the community bridged it. 第13条第2项."""
    return payment_fits(law, facts, situation, dict(situation.payable))


def payment_fits(
    law: CaseLaw, facts: Payment, situation: SettlementSituation, payable: dict[UUID, int]
) -> Decision:
    """The same with what each unit still owes told apart: of several payments the later find less."""
    owed, cites = payable.get(facts.unit), law.cites(ORDER)
    if owed is None:
        return refuse("这套房屋不在本次分摊范围内，请核对房屋。")
    if facts.paid_on > situation.today:
        return refuse("缴纳日期不能晚于今天，请核对。")
    if facts.amount_cents > owed:
        return refuse(f"这套房屋还应缴{yuan(owed)}，填写的金额超出了，请核对。")
    bridged = situation.advanced_cents > situation.offset_cents
    notes = ("社区曾垫付欠缴部分，收到的款项优先归还社区，请登记抵扣。",) if bridged else ()
    return allow(citations=cites, warnings=notes)


def payments_fit(law: CaseLaw, facts: PaymentsTold, situation: SettlementSituation) -> Decision:
    """Each of them, one after the other: the first that does not fit refuses all. 第13条第2项."""
    payable, decision = dict(situation.payable), allow()
    for number, one in enumerate(facts.rows, 1):
        decision = payment_fits(law, one, situation, payable)
        if not decision.allowed:
            return refuse(f"第{number}笔：{decision.sentence}", citations=decision.citations)
        payable[one.unit] -= one.amount_cents
    return decision


# The advance --------------------------------------------------------------------------------------------------------


def advance_is_bounded(law: CaseLaw, facts: Advance, situation: SettlementSituation) -> Decision:
    """The community bridges unpaid shares only, after demand, and no more than stays unpaid. 第13条第3项."""
    cites = law.cites(ORDER, LIMIT)
    if COMMUNITY not in law.items(ORDER):
        return refuse("当地没有规定社区垫付，不能办理垫付。", citations=cites)
    if situation.is_collected:
        return refuse("收缴已经结束，不能再垫付，未缴部分请继续追缴。")
    if not situation.unpaid_demanded_cents:
        return refuse("垫付只针对催缴后仍未缴纳的部分，请先催缴。", citations=cites)
    room = max(situation.unpaid_demanded_cents - situation.advanced_cents, 0)
    figures = {"可垫付": yuan(room)}
    if facts.amount_cents > room:
        return refuse(
            f"催缴后仍未缴纳的还有{yuan(room)}，垫付金额不能超出，请改填。", figures=figures, citations=cites
        )
    return _offset_plan(law, facts) or allow(figures=figures, citations=cites)


def _offset_plan(law: CaseLaw, facts: Advance) -> Decision | None:
    """From where the law lets it be offset; a lump-sum provider's fees are its own. `practice.md` 1 (10)."""
    known = {item["code"]: item for item in law.items(OFFSETS)}
    source = known.get(facts.offset_from)
    if source is None:
        names = "、".join(f"{item['label']}（{code}）" for code, item in known.items())
        return refuse(f"抵扣来源只能是：{names}，请改填。", citations=law.cites(OFFSETS))
    guarded = source.get("needs_consent_if")
    if guarded and not facts.fee_mode:
        return refuse("从物业费中抵扣的，要写明物业费是包干制还是酬金制，请补充。")
    if guarded == facts.fee_mode and guarded and not facts.consent:
        return refuse(
            "包干制的物业费是物业服务人的收入，抵扣要有它的书面同意，请取得后填写同意书的日期或者文号。"
        )
    return None


def offset_is_bounded(law: CaseLaw, facts: Offset, situation: SettlementSituation) -> Decision:
    """No more comes back than was bridged, from a source the law names or from the debtor. 第13条第3项."""
    cites = law.cites(OFFSETS)
    left = situation.advanced_cents - situation.offset_cents
    if facts.on > situation.today:
        return refuse("抵扣日期不能晚于今天，请核对。")
    if facts.source not in {DEBTOR, *(item["code"] for item in law.items(OFFSETS))}:
        return refuse("抵扣来源不在当地规定的范围内，请改填。", citations=cites)
    if facts.amount_cents > left:
        return refuse(f"尚待抵扣的垫付款为{yuan(left)}，填写的金额超出了，请核对。")
    return allow(figures={"尚待抵扣": yuan(left - facts.amount_cents)}, citations=cites)


def collection_was_tried(law: CaseLaw, facts: CollectionClosed, situation: SettlementSituation) -> Decision:
    """Nothing is given up that was never demanded. 第13条第3项."""
    if situation.unpaid_cents > situation.unpaid_demanded_cents:
        return refuse("还有未催缴的分摊费用，请先催缴再结束收缴。")
    uncovered = situation.unpaid_cents - situation.advanced_cents
    note = (f"仍有{yuan(uncovered)}未收，欠缴业主仍须缴纳。",) if uncovered > 0 else ()
    return allow(citations=law.cites(ORDER), warnings=note)


def bill_adds_up(law: CaseLaw, facts: BillClosed, situation: SettlementSituation) -> Decision:
    """The firm gets no more than was agreed, the whole no more than was planned. `practice.md` 12.2 (10)."""
    cites = law.cites(ORDER)
    if facts.paid_on > situation.today:
        return refuse("支付日期不能晚于今天，请核对。")
    if facts.fee_cents > situation.fee_cents:
        return refuse(f"支付机构的费用超出了委托合同的{yuan(situation.fee_cents)}，请核对。")
    if facts.fee_cents + facts.other_cents > situation.total_cents:
        return refuse(f"支出合计超出了费用方案的{yuan(situation.total_cents)}，请核对。")
    left = situation.advanced_cents - situation.offset_cents
    notes = (f"社区垫付的{yuan(left)}尚待抵扣，请按抵扣方案继续登记。",) if left else ()
    return allow(citations=cites, warnings=notes)
