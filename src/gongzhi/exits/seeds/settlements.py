"""Exits in their settlement: who pays, what the firm finds, what is not refunded. Days are counted from the present."""

from typing import Any

from django.db.models import F

from gongzhi.exits.models import Claim, CostShare
from gongzhi.registry.models import Post
from gongzhi.registry.roles import COMMUNITY, OWNERS

from . import words
from .scenes import agree, announce, apply_and_arrive, begun, post, take_down, up_to_agreement
from .settling import COST, compare, demand_books, entrust, fund, give_books, receive, report, scope, settle
from .telling import Story, Telling

PAYING, REVENUE, IRREGULAR = 10, 520_000, 3_845_600
REFUSED = ("public_revenue", "utilities")


def area_unknown(tell: Telling) -> Story:
    """Nobody knows the area of some dwellings, so that the cost cannot be shared: the plan waits.

    There is no committee; the community acts, but does not vote for the owners.
    """
    yield from apply_and_arrive(tell, -62, 45)
    yield from announce(tell, -60, -51)
    yield tell.day(-30, "10:00")
    agree(tell, 45)
    yield tell.day(-27, "09:30")
    scope(tell, -22)
    yield tell.day(-21, "10:00")
    compare(tell)


def apportionment_hanging(tell: Telling) -> Story:
    """Revenue bears a part, the owners the rest by building area; the plan hangs."""
    yield from up_to_agreement(tell, -66, 40, -14)
    yield tell.day(-11, "09:30")
    scope(tell, -6)
    yield tell.day(-5, "15:00")
    compare(tell)
    fund(tell, COST, REVENUE)
    yield tell.day(-4, "08:40")
    post(tell, "settlement.apportionment", "清算费用分摊公示")


def advance_hanging(tell: Telling) -> Story:
    """Some owners paid, the others were asked; the community bridges what stays unpaid, and posts how it is offset."""
    yield from up_to_agreement(tell, -86, 20, -58)
    yield tell.day(-55, "09:30")
    scope(tell, -50)
    yield tell.day(-53, "10:00")
    give_books(tell)
    yield tell.day(-52, "15:00")
    compare(tell)
    fund(tell, COST, 0)
    yield tell.day(-51, "08:40")
    post(tell, "settlement.apportionment", "清算费用分摊公示")
    yield tell.day(-42, "09:00")
    take_down(tell, "settlement.apportionment")
    yield from _collect(tell)
    yield tell.day(-4, "08:50")
    if tell.tasks("settlement.advance_notice.post"):
        post(tell, "settlement.advance_notice", "社区临时垫付及抵扣方案公示")
    for path in tell.tasks("settlement.advance_filing.send:"):
        tell.do(path, "send", **words.sent(tell.now))
    yield tell.day(-2, "10:20")
    _pay_late(tell)


def _collect(tell: Telling) -> Story:
    """Payments, a demand, an advance, and the end of the collection."""
    shares = CostShare.objects.filter(plan__case=tell.case("settlement"), plan__round__void_at=None)
    first = list(shares.select_related("unit").order_by("unit__building__name", "unit__label")[:PAYING])
    yield tell.day(-34, "14:00")
    for share in first:
        paid: dict[str, Any] = {
            "unit": share.unit_id,
            "amount_cents": share.share_cents,
            "paid_on": tell.today,
        }
        tell.stand(tell.organ(OWNERS), "record_payment", "settlement", **paid)
    yield tell.day(-25, "10:00")
    method = "逐户上门送达催缴单并在公告栏张贴总额"
    tell.stand(tell.organ(OWNERS), "demand", "settlement", demanded_on=tell.today, method=method)
    yield tell.day(-12, "11:00")
    unpaid = sum(shares.values_list(F("share_cents") - F("paid_cents"), flat=True))
    bridge: dict[str, Any] = {"amount_cents": unpaid // 2, "source": "社区公益金（示例）"}
    bridge["offset_from"] = "later_revenue"
    plan = "自以后年度公共收益中分期抵扣，欠缴业主补缴后优先归还"
    tell.do("settlement.collection.advance", "bridge", **bridge, offset_plan=plan)
    yield tell.day(-9, "16:00")
    tell.do("settlement.collection.submit", "submit", remark="已催缴，未缴部分继续追缴，垫付方案另行公示")


def _pay_late(tell: Telling) -> None:
    """One who had not paid paid after all: what the community had bridged of it comes back."""
    shares = CostShare.objects.filter(plan__case=tell.case("settlement"), plan__round__void_at=None)
    late = (
        shares.filter(paid_cents=0).select_related("unit").order_by("unit__building__name", "unit__label")[0]
    )
    said: dict[str, Any] = {"unit": late.unit_id, "amount_cents": late.share_cents, "paid_on": tell.today}
    tell.stand(tell.organ(OWNERS), "record_payment", "settlement", **said)
    tell.later(15)
    back: dict[str, Any] = {"amount_cents": late.share_cents, "source": "debtor_paid", "on": tell.today}
    tell.stand(tell.organ(COMMUNITY), "record_offset", "settlement", **back, voucher="示例收据16号")


def report_awaited(tell: Telling, refused: tuple[str, ...] = ()) -> Story:
    """Paid from common revenue; the firm is at work."""
    yield from up_to_agreement(tell, -60, 42, -22)
    yield tell.day(-20, "09:30")
    scope(tell, -15)
    yield tell.day(-18, "10:00")
    compare(tell)
    fund(tell, COST, COST)
    tell.later(60)
    entrust(tell, 10)
    yield tell.day(-15, "15:00")
    give_books(tell, refused)


def report_objected(tell: Telling) -> Story:
    """Books were refused and demanded; the report says so. It hangs, an owner asks, and the firm has to answer."""
    yield from report_awaited(tell, REFUSED)
    yield tell.day(-13, "09:30")
    demand_books(tell, -8)
    yield tell.day(-7, "11:00")
    _draft_order(tell)
    yield tell.day(-5, "16:00")
    report(tell, IRREGULAR, REFUSED)
    yield tell.day(-4, "08:30")
    post(tell, "settlement.report_notice", "财务清算报告公示")
    yield tell.day(-2, "19:40")
    tell.stand(tell.owner(), "object", "settlement", "report_notice", content=words.OBJECTION_TO_REPORT)


def _draft_order(tell: Telling) -> None:
    """The county drafts the order to produce the books; it is still in its hands."""
    tell.do(
        "settlement.books_order.draft",
        "draft",
        post=Post.OFFICER,
        facts_found="经书面通知和催告，物业服务人仍未提供公共收益和专营结算的账册凭证",
        basis="《白山市物业服务人退出及应急服务管理办法》第十四条、《中华人民共和国民法典》第九百四十九条",
        items="公共收益收支账册、凭证和银行流水，专营单位协议和结算单",
        until_on=tell.on(10),
        consequence="逾期不提供的，依法处理并记入信用记录",
        **begun(tell, "settlement.books_order", "draft"),
    )


def refund_overdue(tell: Telling) -> Story:
    """Irregular money was confirmed and served; it was not refunded in time, and the owners' side asked for it."""
    yield from up_to_agreement(tell, -150, -50, -118)
    yield from settle(tell, -114, IRREGULAR)
    yield tell.day(-88, "10:00")
    tell.do(
        "settlement.findings.submit",
        "submit",
        amount_cents=IRREGULAR,
        basis="清算报告公共收益部分及示例凭证",
        account="示例小区公共收益共管账户",
    )
    yield tell.day(-86, "15:00")
    receive(tell, "settlement.findings")
    yield tell.day(-24, "10:30")
    claim = Claim.objects.get(case=tell.root, kind="money")
    said: dict[str, Any] = {
        "claim": claim.pk,
        "step": "demand",
        "on": tell.today,
        "remark": "书面催告并告知将依法起诉",
    }
    tell.stand(tell.organ(OWNERS), "recover", **said)
