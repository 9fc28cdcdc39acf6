"""Exits in their handover and after it: lists, refusals, orders, departures. Days are counted from the present."""

from typing import Any

from gongzhi.procedures.models import Item
from gongzhi.registry.models import Post
from gongzhi.registry.queries import committee_standing

from . import words
from .endings import leave, take_over
from .handing import (
    MADE_UP,
    confirm,
    empower_both,
    fill,
    hand_over,
    hand_over_lists,
    lists,
    plan,
    refuse,
    serve_inventory,
    sign_list,
)
from .scenes import agree, announce, apply_and_arrive, begun, file_with, give_receipts, up_to_agreement, vote
from .settling import settle
from .telling import Story, Telling

FIRST, LAST = "documents", "assets"
MISSING = ("drawings", "other")


def half_filled(tell: Telling) -> Story:
    """The lists lie open, half told."""
    yield from up_to_agreement(tell, -104, 3, -68)
    yield from settle(tell, -64)
    yield tell.day(-9, "15:00")
    plan(tell, -2)
    yield tell.day(-2, "09:20")
    fill(tell, FIRST, only=2)
    fill(tell, LAST, only=1)


def refusal_recorded(tell: Telling) -> Story:
    """The provider would not sign the first list: that was recorded before a witness. The second waits."""
    yield from up_to_agreement(tell, -108, -2, -70)
    yield from settle(tell, -66)
    yield tell.day(-12, "15:00")
    plan(tell, -4)
    yield tell.day(-4, "09:20")
    empower_both(tell)
    fill(tell, FIRST)
    for name in ("sign:receiver", "witness:community"):
        tell.sign(f"handover.{FIRST}.{name}")
    tell.later(50)
    refuse(tell, FIRST, "以物业费尚有欠缴为由拒绝在清单上签字")


def clocks_in_conflict(tell: Telling) -> Story:
    """Confirmed, and the contract has ended: two clocks run for leaving, and nobody has taken over yet."""
    yield from up_to_agreement(tell, -112, -12, -76)
    yield from settle(tell, -72)
    yield from hand_over(tell, -2)


def done(tell: Telling) -> Story:
    """Handed over, taken over to the minute, left, filed: the estate has another manager."""
    yield from up_to_agreement(tell, -160, -55, -124)
    yield from settle(tell, -118)
    yield tell.day(-66, "15:00")
    plan(tell, -56)
    yield tell.day(-56, "08:30")
    hand_over_lists(tell)
    confirm(tell)
    take_over(tell)
    yield tell.day(-55, "17:00")
    leave(tell)
    tell.later(20)
    file_with(tell, "handover.filing")
    yield tell.day(-53, "10:00")
    give_receipts(tell, "handover.filing")


def missing_ordered(tell: Telling) -> Story:
    """Papers were missing and did not come: the county drafts, checks and signs an order, three people, not one."""
    yield from up_to_agreement(tell, -165, -60, -130)
    yield from settle(tell, -124)
    yield from _without_the_provider(tell, -60)
    yield tell.day(-57, "18:00")
    leave(tell)
    yield tell.day(-30, "14:00")
    found = Item.objects.get(case__root_id=tell.root, code=MISSING[-1], state="missing")
    receiver = tell.somebody(tell.follower.pk)
    tell.stand(receiver, "make_up", item=found.pk, made_up_on=tell.today, state="sealed_copy")
    yield from _order(tell)


def _without_the_provider(tell: Telling, day: int) -> Story:
    """The provider brought its papers and stayed away from the goods: they were counted without it, on video."""
    yield tell.day(day - 7, "15:00")
    plan(tell, day)
    yield tell.day(day, "09:00")
    empower_both(tell)
    for step in sorted(lists(tell), key=lambda one: one == LAST):
        fill(tell, step, MISSING, alone=step == LAST)
        sign_list(tell, step, giver=step != LAST)
        tell.later(30)
    alone = "资产移交清单由接收方单方清点，原物业服务人没有参加清点，清点后到场签署确认书"
    confirm(tell, "竣工图等资料缺失，见清单", alone, tell.on(MADE_UP))
    take_over(tell)
    tell.later(30)
    serve_inventory(tell)
    yield tell.day(day + 1, "09:30")
    file_with(tell, "handover.filing")


def _order(tell: Telling) -> Story:
    yield tell.day(-15, "09:30")
    rows = Item.objects.filter(case__root_id=tell.root, state="missing", made_up_at=None)
    missing = "、".join(rows.filter(round__void_at=None).values_list("label", flat=True))
    said = words.order(tell.on(15), missing) | dict(begun(tell, "exit.order", "draft"))
    tell.do("exit.order.draft", "draft", post=Post.OFFICER, **said)
    yield tell.day(-14, "10:30")
    tell.do("exit.order.check", "check", post=Post.REVIEWER, opinion="事实清楚，同意报签")
    yield tell.day(-13, "16:30")
    tell.do("exit.order.sign_off", "sign_off", post=Post.LEADER, opinion="同意")
    yield tell.day(-13, "17:10")
    tell.do("exit.order.seal", "seal", post=Post.CLERK, copies=4, keeper="示例印章管理员")


def interim(tell: Telling) -> Story:
    """The vote failed; the street named an emergency provider for a time, who took over when the other left."""
    yield from apply_and_arrive(tell, -140, -35)
    yield from announce(tell, -138, -129)
    yield tell.day(-105, "15:00")
    vote(tell, passes=False)
    yield tell.day(-100, "10:00")
    agree(tell, -35)
    yield from settle(tell, -96)
    yield tell.day(-66, "09:30")
    tell.do(
        "exit.interim.designate",
        "submit",
        post=Post.LEADER,
        mode="emergency",
        organisation=tell.follower.pk,
        until_on=tell.on(100),
        content="保洁、秩序维护、共用设施应急维修三项基础服务",
        fee="按应急服务收费标准（示例）",
        reason="业主共同决定未通过，为不使小区失管，从应急储备库按次序指定",
        from_at=tell.day(-36, "09:00"),
        leader="示例项目经理 0000-0000000",
        number="示例街办决〔2026〕7号",
    )
    yield from hand_over(tell, -36, takes_over=True)
    yield tell.day(-34, "18:00")
    leave(tell)


def self_managed(tell: Telling) -> Story:
    """The owners chose to manage themselves: their committee took over."""
    yield from apply_and_arrive(tell, -130, -30)
    yield from announce(tell, -128, -119)
    yield tell.day(-100, "15:00")
    vote(tell, chosen="self_managed")
    committee = committee_standing(tell.estate, tell.today).committee
    assert committee is not None
    tell.later(90)
    said: dict[str, Any] = {"mode": "self_managed", "organisation": committee.pk, "starts_on": tell.on(-29)}
    tell.do("exit.successor.submit", "submit", **said)
    yield tell.day(-80, "10:00")
    agree(tell, -30)
    yield from settle(tell, -76)
    yield from hand_over(tell, -30, takes_over=True)
    yield tell.day(-28, "17:30")
    leave(tell)


def leaves_by_agreement(tell: Telling) -> Story:
    """Where the law asks for a reasonable time, the parties agreed on one: that is the clock."""
    yield from up_to_agreement(tell, -104, -6, -60, leave_within_days=21)
    yield from settle(tell, -56)
    yield from hand_over(tell, -3)
