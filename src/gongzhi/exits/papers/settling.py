"""Papers of a settlement: the sharing of its cost, the entrustment, the report's cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from gongzhi.papers.contents.agreements import Entrustment
from gongzhi.papers.contents.content import Content, lines, reached, sentence, telephone
from gongzhi.papers.contents.figures import Share, area_words, share_table
from gongzhi.papers.contents.orders import Refund, RefundOrder
from gongzhi.papers.contents.settlement import SettlementCover
from gongzhi.papers.documents import Document as Form
from gongzhi.papers.documents import Letter, Record, Section
from gongzhi.procedures.documents import UNKNOWN, Copy, Document, Source, heard, once_said
from gongzhi.procedures.forms import estate_of
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import COMMUNITY, FIRM, OWNERS, PROVIDER
from gongzhi.values.citations import Citation
from gongzhi.values.money import yuan
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words

from .. import apportioning, settlement_facts
from ..letters import BOOKS_NOTICE
from ..models import CommunityAdvance, CostPlan, Quote
from ..reliance import about, said_on
from ..settled_until import rest_of
from ..settlement_queries import BASIS, plan_of, quotes_told, shares_told
from .sources import acting_for, body, code_of, named, paragraphs, phone_of, signed_by

AREA_WORDS = {"building_area": "房屋建筑面积", "exclusive_area": "专有部分面积"}


def part_title(source: Source, code: str) -> str:
    """The name of one part of the settlement, as the place's list has it."""
    for item in source.case.law.listed("settlement.report_parts"):
        if item["code"] == code:
            return str(item["label"])
    return code


def books_request(source: Source) -> Form:
    """清算方案及提供资料通知: the owners' side tells the provider the scope and asks for the books by a day."""
    said: settlement_facts.SettlementScope = heard(source)
    parts = "、".join(part_title(source, code) for code in said.parts)
    letter = Letter(
        title=BOOKS_NOTICE,
        recipient=named(source, PROVIDER),
        paragraphs=(
            f"现对你单位在{estate_of(source)}物业服务期间的财务进行清算。",
            "一、清算范围和期间",
            f"{parts}；{date_words(said.period_from)}至{date_words(said.period_to)}。",
            "二、清算方案",
            *(sentence(part) for part in paragraphs(said.remark)),
            "三、应提供的资料和期限",
            f"请于{date_words(said.books_due_on)}前提供：{sentence(said.books)}",
        ),
    )
    return signed_by(letter, source, OWNERS)


def funding(plan: CostPlan) -> tuple[str, ...]:
    """The law's order of sources, and what each bears."""
    proof = (
        f"（截至{date_words(plan.as_of)}，凭证{plan.voucher}）"
        if plan.as_of is not None
        else "（没有凭证，按零计算）"
    )
    told = {
        apportioning.REVENUE: f"公共收益：可用余额{yuan(plan.available_cents)}{proof}，列支{yuan(plan.revenue_cents)}",
        apportioning.OWNERS: f"业主分摊：{yuan(plan.owners_cents)}",
        apportioning.COMMUNITY: "社区垫付：只在催缴后仍未缴纳的范围内，垫付后仍向欠费人追偿",
    }
    return tuple(told[code] for code in plan.order if code in told)


def told_shares(case: CaseView, plan: CostPlan) -> tuple[Share, ...]:
    """Each unit's share; no names."""
    return tuple(
        Share(unit=f"{row.building}{row.label}", area=row.area, cents=row.share_cents)
        for row in shares_told(case, plan)
    )


def quotation(source: Source, quotes: Sequence[Quote]) -> str:
    """The quotes the total rests on, and which was chosen."""
    from ..procedures import Settlement

    compared = source.case.heard(Settlement.comparison)
    chosen = compared.firm if compared is not None else None
    told = (
        f"{row.firm.name}报价{yuan(row.amount_cents)}" + ("（选定）" if row.firm_id == chosen else "")
        for row in quotes
    )
    return "；".join(told) or f"报价{UNKNOWN}"


def total_words(source: Source, plan: CostPlan, quotes: Sequence[Quote]) -> str:
    """What the whole costs: the chosen quote, and for what the rest is."""
    from ..procedures import Settlement

    compared, said = source.case.heard(Settlement.comparison), source.case.heard(Settlement.funding)
    chosen = compared.firm if compared is not None else None
    row = next((one for one in quotes if one.firm_id == chosen), None)
    if row is None or said is None or plan.total_cents <= row.amount_cents:
        return yuan(plan.total_cents)
    rest = yuan(plan.total_cents - row.amount_cents)
    return (
        f"{yuan(plan.total_cents)}，其中选定机构报价{yuan(row.amount_cents)}，其他{rest}"
        f"（{said.other_for or UNKNOWN}）"
    )


def basis_of_shares(source: Source) -> str:
    """The articles by whose area it is shared."""
    return "、".join(map(str, source.case.law.cites(BASIS))) or UNKNOWN


def area_of(plan: CostPlan) -> str:
    """The area that counts, in words."""
    return AREA_WORDS.get(plan.basis, plan.basis)


def formula(plan: CostPlan, shares: Sequence[Share]) -> str:
    """How each unit's share is worked out, with the sums it can be checked by."""
    return (
        f"每套应摊＝业主分摊总额{yuan(plan.owners_cents)}×该套{area_of(plan)}"
        f"÷参加分摊的总面积{area_words(shares)}平方米；逐套取整到分，尾差依次补给小数部分最大的房屋"
    )


def sharing_sheet(source: Source) -> Form | None:
    """费用分摊表: the working and each unit's share, before it is posted."""
    plan = plan_of(source.case)
    if plan is None:
        return None
    rows = told_shares(source.case, plan)
    shared = (Section(heading="三、各户分摊", table=share_table(rows)),) if rows else ()
    return Record(
        title="财务清算费用分摊表",
        number=source.case.row.number,
        boxed=True,
        lines=lines(
            ("小区", estate_of(source)),
            ("总额", total_words(source, plan, quotes_told(source.case))),
            wide=("小区", "总额"),
        ),
        sections=(
            Section(heading="一、资金来源顺序", paragraphs=funding(plan)),
            Section(heading="二、怎么算的", paragraphs=tuple(plan.working)),
            *shared,
        ),
        date=date_words(source.made_at.astimezone(ZONE).date()),
    )


def entrustment(source: Source) -> Content | None:
    """委托书（第三方清算）. Where its fee comes from is what the cost plan says."""
    from ..procedures import Settlement

    said: settlement_facts.Entrustment = heard(source)
    scope, plan = source.case.heard(Settlement.scope), plan_of(source.case)
    firm = Organisation.objects.filter(pk=said.firm).first()
    if scope is None or firm is None:
        return None
    quote = source.case.row.quotes.filter(firm=firm).first()
    return Entrustment(
        number=source.case.row.number,
        client=named(source, OWNERS),
        client_capacity=acting_for(source, OWNERS),
        firm=firm.name,
        firm_code=code_of(firm),
        qualification=said.qualification,
        estate=estate_of(source),
        provider=named(source, PROVIDER),
        scope=tuple(part_title(source, code) for code in scope.parts),
        from_on=scope.period_from,
        to_on=scope.period_to,
        fee_cents=said.fee_cents,
        fee_source=_fee_source(plan, said.fee_cents) if plan is not None else UNKNOWN,
        independence=_independence(said, quote.statement if quote is not None else ""),
        deliverable=said.deliverable,
        deliver_by_on=said.report_due_on,
        books_by_on=scope.books_due_on,
        made_on=source.made_at.astimezone(ZONE).date(),
    )


def _fee_source(plan: CostPlan, fee_cents: int) -> str:
    """The sources bear the whole cost of the settlement, of which the firm's fee is a part where it is less."""
    sources = "；".join(funding(plan))
    if plan.total_cents <= fee_cents:
        return sources
    return f"从清算费用总额{yuan(plan.total_cents)}中支付。总额的来源：{sources}"


def _independence(said: settlement_facts.Entrustment, statement: str) -> str:
    declared = "受托机构声明与物业服务人没有利害关系。" if said.is_independent else UNKNOWN
    return f"{declared}声明原文：{sentence(statement)}" if statement else declared


def not_provided(source: Source, said: settlement_facts.SettlementReport) -> tuple[str, ...]:
    """What was asked for and did not come, by the name the list of books has for it."""
    rows = Item.objects.filter(case=source.case.row, round__step__code="books", round__void_at=None)
    names = dict(rows.values_list("code", "label"))
    return tuple(names.get(code) or part_title(source, code) for code in said.not_provided)


def found_words(part: settlement_facts.ReportPart) -> str:
    """What a part of the report found, with the sums it names."""
    named_sums = (("确认金额", part.confirmed_cents), ("问题金额", part.irregular_cents))
    sums = "，".join(_sum_words(name, cents) for name, cents in named_sums if cents is not None)
    return part.finding.rstrip("。") + (f"；{sums}" if sums else "")


def _sum_words(name: str, cents: int) -> str:
    """确认金额12.00元; one below nothing is a shortfall and bears no minus sign."""
    return f"{name}{yuan(cents)}" if cents >= 0 else f"{name}为差额{yuan(-cents)}"


def report_cover(source: Source) -> Content | None:
    """清算报告封面. The report itself is the firm's."""
    from ..procedures import Settlement

    said: settlement_facts.SettlementReport = heard(source)
    scope, entrusted = source.case.heard(Settlement.scope), source.case.heard(Settlement.entrustment)
    if scope is None or entrusted is None:
        return None
    first, second = said.accountants[:2]
    return SettlementCover(
        number=source.case.row.number,
        estate=estate_of(source),
        provider=named(source, PROVIDER),
        client=named(source, OWNERS),
        firm=named(source, FIRM),
        qualification=entrusted.qualification,
        accountants=(first, second),
        from_on=scope.period_from,
        to_on=scope.period_to,
        reached=reached_words(source, said),
        parts=tuple(part_title(source, part.code) for part in said.parts),
        not_provided=not_provided(source, said),
        made_on=source.made_at.astimezone(ZONE).date(),
    )


def reached_words(source: Source, said: settlement_facts.SettlementReport) -> str:
    """Until which day the figures reach, and that what came after is settled on its own."""
    rest = rest_of(source.case)
    return rest.words if rest is not None else f"清算至{date_words(said.reached_on)}"


def refund_order(source: Source) -> Content | None:
    """限期退还: the confirmed sum, the account, the day that counts from its service. 《…管理办法》第15条."""
    said: settlement_facts.Findings = heard(source)
    from ..procedures import Settlement

    served = source.case.instant("findings.served")
    due = _refund_due(source)
    if served is None or due is None:
        return None
    owners = body(source, OWNERS)
    cited: tuple[Citation, ...] = source.case.law.cites("settlement.refund_within")
    return RefundOrder(
        recipient=named(source, PROVIDER),
        facts_found=(
            *about(
                source.case,
                (
                    *said_on(source.case, Settlement.report, "财务清算报告"),
                    *said_on(source.case, Settlement.findings, "查实违规资金确认"),
                ),
            ),
            *_irregular(source),
            f"确认违规资金{yuan(said.amount_cents)}，确认依据：{said.basis}",
        ),
        basis="、".join(one.in_words() for one in cited) or UNKNOWN,
        contact=reached(named(source, OWNERS), telephone(phone_of(owners))),
        confirmed=f"{date_words(served.astimezone(ZONE).date())}送达",
        refunds=(Refund(what="查实的违规资金", cents=said.amount_cents, voucher="见确认依据"),),
        deadline_on=due,
        account=said.account if _NUMBER.search(said.account) else f"{said.account}，账号{UNKNOWN}",
        consequence="业主一方将依法追偿，并报告主管部门。",
        defence="对查实的事实、金额有异议的，可以书面提出并附凭证。",
        remedy="可以申请调解，或者依法提起诉讼。",
    )


#: What may be the number of an account.
_NUMBER = re.compile(r"\d[\d\s-]{5,}")


def _irregular(source: Source) -> tuple[str, ...]:
    """What the report found wrong, part by part with its sum, and the facts and vouchers it rests on."""
    from ..procedures import Settlement

    report = source.case.heard(Settlement.report)
    if report is None or not report.irregular_cents:
        return ()
    wrong = (part for part in report.parts if part.irregular_cents)
    told = (f"{part_title(source, part.code)}：{found_words(part)}" for part in wrong)
    whole = f"清算报告查出违规资金{yuan(report.irregular_cents)}：{report.irregular_basis}"
    return (whole, *told)


def _refund_due(source: Source) -> date | None:
    """The last day to refund, as the parent's clock has it."""
    clocks = source.case.root.row.clocks.filter(key="settlement.refund_within", due_on__isnull=False)
    found = clocks.order_by("-anchor_at").first()
    return found.due_on if found is not None else None


def _of_the_owners(source: Source) -> str:
    """责任者 of what the owners' side demands, whoever took it in."""
    return named(source, OWNERS)


def refund_letter(source: Source) -> Form | None:
    """The demand of the owners' side, signed by it: it is no authority's order."""
    content = refund_order(source)
    return signed_by(content.form(), source, OWNERS) if content is not None else None


def _once_served(source: Source) -> Sequence[Copy]:
    said = source.view.last("receive", "prove")
    return [Copy(said_at=said.at)] if said is not None else []


def advances(plan: CostPlan) -> list[CommunityAdvance]:
    """What the community bridged, oldest first."""
    return list(plan.advances.select_related("organisation").order_by("advanced_at", "id"))


def advance_words(row: CommunityAdvance) -> str:
    """One advance: when, who, how much, from where, and from what it comes back."""
    told = (
        f"{date_words(row.advanced_at.astimezone(ZONE).date())}，{row.organisation.name}垫付{yuan(row.amount_cents)}，"
        f"经费来源：{row.source}",
        f"抵扣方案：{row.offset_plan}",
        row.consent and f"物业服务人书面同意：{row.consent}",
    )
    return "".join(sentence(part) for part in told)


def advances_in_short(source: Source) -> str:
    """Every advance with its offset, as it is filed."""
    plan = plan_of(source.case)
    return "".join(advance_words(row) for row in (advances(plan) if plan is not None else []))


def advance_sheet(source: Source) -> Form | None:
    """垫付及抵扣方案: what was bridged, from where, and from what it comes back."""
    plan = plan_of(source.case)
    rows = advances(plan) if plan is not None else []
    if not rows:
        return None
    letter = Letter(
        title="社区垫付及抵扣方案",
        paragraphs=(
            f"{estate_of(source)}财务清算费用的垫付和抵扣情况如下：",
            *(advance_words(row) for row in rows),
        ),
    )
    return signed_by(letter, source, COMMUNITY)


SCOPE = Document("books_request", "清算及提供资料通知书", books_request, is_kept=True)
SHEET = Document("sharing_sheet", "费用分摊表", sharing_sheet)
ENTRUSTMENT = Document("entrustment", "委托书（第三方清算）", entrustment)
COVER = Document("settlement_cover", "清算报告封面", report_cover, is_kept=True)
REFUND_LETTER = Document(
    "refund_letter", "限期退还通知书", refund_letter, _once_served, author=_of_the_owners, is_kept=True
)
ADVANCE = Document("advance_plan", "垫付及抵扣方案", advance_sheet, once_said)
