"""The rules of a settlement's paper: its scope, its firm, the report. Pure.

《白山市物业服务人退出及应急服务管理办法》第13条至第15条. The rules of its money stand in `cost_rules.py`.
"""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.money import yuan

from .settled_until import Rest
from .settlement_facts import (
    BooksDemand,
    Comparison,
    Entrustment,
    Findings,
    FirmQuoted,
    LateBook,
    SettlementReport,
    SettlementScope,
)
from .settlement_situation import SettlementSituation

PARTS, FIRM, QUOTES = "settlement.report_parts", "settlement.firm_requirements", "settlement.quotes_at_least"
LIMITED, SIGNERS = "settlement.scope_limited_steps", "settlement.report_signers"
THIRD_PARTY = "settlement.third_party_required"


def scope_is_whole(law: CaseLaw, facts: SettlementScope, situation: SettlementSituation) -> Decision:
    """Every part the report must have is in the scope, and the books are asked for in time. 第13条、第14条."""
    cites = law.cites(PARTS)
    labels = {item["code"]: item["label"] for item in law.items(PARTS)}
    missing = [label for code, label in labels.items() if code not in facts.parts]
    if missing:
        return refuse(f"清算范围还缺：{'、'.join(missing)}，请补齐后提交。", citations=cites)
    unknown = [code for code in facts.parts if code not in labels]
    if unknown and labels:
        return refuse(f"清算范围中没有“{unknown[0]}”这一项，请从当地规定的各项中选择。")
    if facts.books_due_on <= situation.today:
        return refuse("提供资料的日期要晚于今天，请改填。")
    return _period_is_of_the_service(facts, situation) or allow(citations=cites)


def _period_is_of_the_service(facts: SettlementScope, situation: SettlementSituation) -> Decision | None:
    """The period may end with the service, or today where that is over or not known. The refusal, else None."""
    last, today = situation.service_ends, situation.today
    if facts.period_to <= max(today, last or today):
        return None
    if last is None or last < today:
        return refuse("清算期间不能晚于今天，请改填止日。")
    return refuse(f"清算期间不能晚于合同终止日（计划退出日）{last}，请改填止日。")


def _reaches_so_far(facts: SettlementReport, situation: SettlementSituation) -> Decision | None:
    """Figures are of days that are over, within the period that was asked for. The refusal, else None."""
    begins, ends = situation.period or (None, None)
    if facts.reached_on > situation.today:
        return refuse("清算数字的截止日不能晚于今天，请改填已经算到的日期。")
    if begins is not None and ends is not None and not begins <= facts.reached_on <= ends:
        return refuse(f"清算数字的截止日要在清算期间（{begins}至{ends}）以内，请改填。")
    return None


def demands_missing_books(law: CaseLaw, facts: BooksDemand, situation: SettlementSituation) -> Decision:
    """A demand names what is missing and gives a day that lies ahead. `practice.md` 6."""
    cites = law.cites(LIMITED)
    left_out = [label for label in situation.missing_books.values() if label not in facts.items]
    if left_out:
        return refuse(f"催告函没有写明：{'、'.join(left_out)}，请把未提供的资料逐项写上。")
    if facts.until_on <= situation.today:
        return refuse("催告的限期要晚于今天，请改填。")
    return allow(citations=cites)


def book_came_in(law: CaseLaw, facts: LateBook, situation: SettlementSituation) -> Decision:
    """Received by now. `practice.md` 6."""
    if facts.received_on > situation.today:
        return refuse("收到日期不能晚于今天，请核对。")
    return allow(citations=law.cites(LIMITED))


# The firm -----------------------------------------------------------------------------------------------------------


def quote_is_free_of_interest(law: CaseLaw, facts: FirmQuoted, situation: SettlementSituation) -> Decision:
    """A registered third party, 第13条; that it has nothing to do with the provider is practice: `practice.md` 12.2."""
    cites = law.cites(THIRD_PARTY, FIRM)
    if facts.firm == situation.provider:
        return refuse("退出的物业服务人不是第三方机构，请另选机构。", citations=cites)
    if situation.chosen is not None:
        return refuse("比选已经结束，不能再登记报价。")
    if facts.quoted_on > situation.today:
        return refuse("报价日期不能晚于今天，请核对。")
    if facts.firm in situation.quotes:
        return refuse("这家机构已经报价，请核对机构。")
    if facts.is_related or facts.firm in situation.related:
        return refuse("这家机构与退出的物业服务人有利害关系，不能参加比选，请另选机构。")
    if facts.firm not in situation.firms:
        return refuse("请选择登记在册的第三方机构；未登记的请先登记单位。")
    return allow(citations=cites)


def compares_enough(law: CaseLaw, facts: Comparison, situation: SettlementSituation) -> Decision:
    """One of those that quoted, after as many quotes as the place asks for. `practice.md` 12.2; no article says so."""
    needed = int(law.value(QUOTES).value or 1)
    if len(situation.quotes) < needed:
        return refuse(
            f"已登记{len(situation.quotes)}家报价，至少要有{needed}家（{law.set_by(QUOTES)}），请先用“登记报价”登记其他机构的报价。"
        )
    if facts.firm not in situation.quotes:
        return refuse("选定的机构没有报价，请从报价的机构中选定，或者先用“登记报价”登记它的报价。")
    lowest, chosen = min(situation.quotes.values()), situation.quotes[facts.firm]
    notes = (
        (f"选定的报价{yuan(chosen)}高于最低报价{yuan(lowest)}，理由写入比选记录。",)
        if chosen > lowest
        else ()
    )
    return allow(
        figures={"选定报价": yuan(chosen), "最低报价": yuan(lowest)},
        citations=law.cites(THIRD_PARTY),
        warnings=notes,
    )


def firm_is_independent(law: CaseLaw, facts: Entrustment, situation: SettlementSituation) -> Decision:
    """A third party (第13条); chosen, with nothing to do with the provider, at no more than it quoted: practice."""
    cites = law.cites(THIRD_PARTY, FIRM)
    if facts.firm == situation.provider:
        return refuse("退出的物业服务人不是第三方机构，请另行委托。", citations=cites)
    if not facts.is_independent or facts.firm in situation.related:
        return refuse("第三方机构不能与退出的物业服务人有利害关系，请另行委托。")
    if facts.firm not in situation.firms:
        return refuse("请选择登记在册的第三方机构；未登记的请先登记单位。")
    if facts.firm != situation.chosen:
        return refuse("委托的机构不是比选选定的机构，请按比选记录填写。")
    quoted = situation.quotes[facts.firm]
    if facts.fee_cents > quoted:
        return refuse(f"委托费用超出了比选报价{yuan(quoted)}，请按报价签订。")
    if facts.report_due_on <= situation.today:
        return refuse("约定的报告日期要晚于今天，请改填。")
    return allow(citations=cites)


# The report ---------------------------------------------------------------------------------------------------------


def report_is_whole(law: CaseLaw, facts: SettlementReport, situation: SettlementSituation) -> Decision:
    """Every part the law asks for, and what was not provided, by name. 第14条."""
    cites = law.cites(PARTS, SIGNERS)
    told = {part.code for part in facts.parts}
    missing = [item["label"] for item in law.items(PARTS) if item["code"] not in told]
    if missing:
        return refuse(f"清算报告还缺：{'、'.join(missing)}，请补齐后提交。", citations=cites)
    unsaid = [label for code, label in situation.missing_books.items() if code not in facts.not_provided]
    if unsaid:
        return refuse(f"{'、'.join(unsaid)}没有提供，清算报告要写明范围受限并逐项列出，请补充后提交。")
    wrong = [code for code in facts.not_provided if code not in situation.missing_books]
    if wrong:
        return refuse(f"“{wrong[0]}”并不在未提供的资料之列，请核对后提交。")
    too_far = _reaches_so_far(facts, situation)
    if too_far is not None:
        return too_far
    notes = ["未提供的资料列为追索事项，并作为处罚线索。"] if facts.scope_limited else []
    last = situation.service_ends
    if last is None or facts.reached_on < last:
        notes.append(f"{Rest(facts.reached_on, last).words}，报告公示、封面写明，离场时要写明是否结清。")
    return allow(citations=cites, warnings=tuple(notes))


def findings_rest_on_report(law: CaseLaw, facts: Findings, situation: SettlementSituation) -> Decision:
    """No more is confirmed than the report found, but for what an objection that was adopted has added. 第15条."""
    cites = law.cites("settlement.refund_within")
    if facts.amount_cents > situation.reported_cents and not facts.beyond.strip():
        return refuse(
            f"清算报告查出的违规资金为{yuan(situation.reported_cents)}，确认金额不能超出，请核对；"
            "采纳异议而增加的，写明超出的依据。"
        )
    return allow(citations=cites)
