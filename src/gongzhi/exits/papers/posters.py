"""How an exit words its notices from what the case knows. What was not said is left out: nothing is invented."""

from __future__ import annotations

from datetime import datetime

from gongzhi.notices.papers import Wording
from gongzhi.papers.contents.content import lines
from gongzhi.papers.contents.figures import area_words, share_table
from gongzhi.papers.documents import Line, Section
from gongzhi.procedures.documents import UNKNOWN, Copy, Source
from gongzhi.procedures.forms import estate_of
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import FIRM, OWNERS, PROVIDER
from gongzhi.values.money import yuan
from gongzhi.values.wording import date_words

from ..models import CostBill
from ..settlement_queries import plan_of, plan_told, quotes_told
from . import settling
from .sources import named, paragraphs
from .voted import decided

#: What the annex of the shares says and leaves out.
_FREE_OF_NAMES = "各户应摊金额见附表，只列房号，不列姓名。"


def _read(case: CaseView, at: datetime) -> Source:
    """The case as the papers read it."""
    return Source(case, None, None, Copy(), at)


def _told(*pairs: tuple[str, str]) -> tuple[Line, ...]:
    """Facts, each on one line; those with nothing to say are left out."""
    return lines(
        *((label, "；".join(part.rstrip("。；") for part in paragraphs(text))) for label, text in pairs)
    )


def exit_information(case: CaseView, at: datetime) -> Wording | None:
    """退出信息公示: when the provider means to leave, how it hands over, who serves until then."""
    from ..procedures import ProviderExit as Exit

    said, source = case.heard(Exit.application), _read(case, at)
    if said is None:
        return None
    provider, body = named(source, PROVIDER), case.organisation(PROVIDER.code)
    return Wording(
        title="物业服务人提前退出信息公示",
        paragraphs=(
            f"{provider}申请提前退出{estate_of(source)}的物业服务，现将有关情况公示如下。",
            "在新的管理人接管之前，该单位继续提供物业服务。",
        ),
        facts=_told(
            ("物业服务人", provider),
            ("计划退出日", date_words(said.exit_on)),
            ("退出原因", said.reason),
            ("交接安排", said.handover_plan),
            ("预收和押金", said.prepaid),
            ("联系电话", body.phone_service if body is not None else ""),
        ),
    )


def vote_result(case: CaseView, at: datetime) -> Wording | None:
    """表决结果公示: passed or not, ballots, both measures, thresholds, where ballots are checked."""
    found = decided(case, at)
    if found is None:
        return None
    return Wording(
        title="业主大会表决结果公示",
        paragraphs=(found.verdict(),),
        facts=(
            *_told(
                (found.what().label, found.decided),
                ("表决日期", date_words(found.voted_on)),
                ("到场见证", found.present),
            ),
            *found.figures(),
        ),
    )


def cost_sharing(case: CaseView, at: datetime) -> Wording | None:
    """费用分摊公示: total, quotes, sources in their order, basis, the formula; each unit's share in the annex."""
    plan, source = plan_told(case), _read(case, at)
    if plan is None:
        return None
    shares, quotes = settling.told_shares(case, plan), quotes_told(case)
    return Wording(
        title="清算费用分摊公示",
        paragraphs=(f"现将第三方财务清算的费用和分摊方案公示如下。{_FREE_OF_NAMES}",),
        facts=_told(
            ("总费用", settling.total_words(source, plan, quotes)),
            ("报价依据", settling.quotation(source, quotes)),
            ("从哪里出", "；".join(settling.funding(plan))),
            (
                "谁来分摊",
                f"{settling.basis_of_shares(source)}，按{settling.area_of(plan)}，"
                f"共{len(shares)}套，总面积{area_words(shares)}平方米",
            ),
            ("怎么算", settling.formula(plan, shares)),
        ),
        tables=(Section(heading="附表　各户分摊金额", table=share_table(shares)),) if shares else (),
    )


def advance_plan(case: CaseView, at: datetime) -> Wording | None:
    """垫付及抵扣方案公示: what was bridged, from where, and from what it comes back."""
    plan, source = plan_of(case), _read(case, at)
    rows = settling.advances(plan) if plan is not None else []
    if not rows:
        return None
    return Wording(
        title="社区临时垫付及抵扣方案公示",
        paragraphs=(
            f"{estate_of(source)}财务清算费用经催缴仍有未缴部分，由社区临时垫付。垫付不免除欠缴业主的缴纳义务。",
        ),
        facts=_told(
            ("垫付总额", yuan(sum(row.amount_cents for row in rows))),
            *((f"第{n}笔垫付", settling.advance_words(row)) for n, row in enumerate(rows, start=1)),
        ),
    )


def report_found(case: CaseView, at: datetime) -> Wording | None:
    """清算报告公示: firm, period, what each part found, irregular money, what is wanting, where the whole is read."""
    from ..procedures import Settlement

    source, said, scope = _read(case, at), case.heard(Settlement.report), case.heard(Settlement.scope)
    entrusted = case.heard(Settlement.entrustment)
    if said is None or scope is None:
        return None
    estate, firm = estate_of(source), named(source, FIRM)
    return Wording(
        title="财务清算报告公示",
        paragraphs=(
            f"{firm}已完成对{named(source, PROVIDER)}在{estate}物业服务期间的财务清算，现将结果公示如下。",
        ),
        facts=_told(
            ("清算报告", f"财务清算报告（{case.row.number}）"),
            ("清算机构", _with(firm, f"执业证书{entrusted.qualification}" if entrusted is not None else "")),
            ("清算期间", f"{date_words(scope.period_from)}至{date_words(scope.period_to)}"),
            ("清算截止", settling.reached_words(source, said)),
            *((settling.part_title(source, one.code), settling.found_words(one)) for one in said.parts),
            ("问题金额", _with(yuan(said.irregular_cents), said.irregular_basis)),
            ("未提供资料", _with("、".join(settling.not_provided(source, said)) or "无", said.limitation)),
            ("查阅全文", named(source, OWNERS)),
        ),
    )


def _with(words: str, more: str) -> str:
    """A fact with what explains it, where anything does."""
    return f"{words}（{'；'.join(part.rstrip('。；') for part in paragraphs(more))}）" if more else words


def accounts(case: CaseView, at: datetime) -> Wording | None:
    """清算费用收支公示: income, expenses and balance, the voucher, what becomes of the balance."""
    from ..procedures import Settlement

    said, plan, source = case.heard(Settlement.accounts), plan_of(case), _read(case, at)
    bill = CostBill.objects.filter(plan=plan).last() if plan is not None else None
    if said is None or bill is None:
        return None
    lines_of_bill = [line.partition("：") for line in bill.working]
    return Wording(
        title="清算费用收支公示",
        paragraphs=(f"{estate_of(source)}财务清算费用已经结算，现将收支公示如下。",),
        facts=_told(
            *((label, value) if value else _headed(label) for label, _, value in lines_of_bill),
            ("支付日期", date_words(said.paid_on)),
            ("支付凭证", said.voucher or UNKNOWN),
            ("差额处理" if any(map(_is_short, bill.working)) else "结余处理", said.remark),
        ),
    )


def _headed(line: str) -> tuple[str, str]:
    """A line of a bill that has no name of its own, under what it is about."""
    start = next((start for start in _HEADS if line.startswith(start)), "")
    return _HEADS.get(start, "说明"), line.removeprefix("结余").removeprefix("差额")


def _is_short(line: str) -> bool:
    """Whether a line of a bill says that more was spent than came in."""
    return line.startswith("差额")


#: How such lines begin, and what they are about.
_HEADS = {"结余": "结余", "差额": "差额", "社区垫付": "垫付抵扣", "业主尚欠": "尚欠"}
