"""Scenes of settlement, handover and departure that several stories share."""

from typing import Any

from gongzhi.values.now import ZONE

from . import words
from .scenes import file_with, post, take_down
from .telling import Story, Telling

#: What a settlement costs, in cents: an invented figure.
COST = 1_680_000


def scope(tell: Telling, books: int) -> None:
    """What is settled, and on which day the books are due."""
    opened = tell.case().opened_at.astimezone(ZONE).date()
    start = opened.replace(year=opened.year - 1, month=1, day=1)
    tell.do("settlement.scope.submit", "submit", **words.scope(start, tell.today, tell.on(books)))


def fund(tell: Telling, total: int, revenue: int) -> None:
    """How the settlement is paid for."""
    tell.do("settlement.funding.submit", "submit", **words.funding(total, revenue, tell.today))


def entrust(tell: Telling, fee: int, due: int) -> None:
    """The firm is entrusted, to report by a day."""
    tell.do(
        "settlement.entrustment.submit",
        "submit",
        "entrustment",
        firm=tell.firm.pk,
        qualification="示例执业证书",
        is_independent=True,
        fee_cents=fee,
        report_due_on=tell.on(due),
    )


def report(tell: Telling, irregular: int = 0) -> None:
    """The firm reports."""
    tell.do("settlement.report.submit", "submit", "settlement_report", **words.report(irregular))


def settle(tell: Telling, start: int, irregular: int = 0) -> Story:
    """A settlement paid from common revenue, up to its cleared notice; where none is asked for, nothing."""
    yield tell.day(start, "09:30")
    if not tell.tasks("settlement.scope"):
        return
    scope(tell, start + 5)
    yield tell.day(start + 2, "10:00")
    fund(tell, COST, COST + COST)
    yield tell.day(start + 3, "10:00")
    entrust(tell, COST, start + 20)
    yield tell.day(start + 12, "16:00")
    report(tell, irregular)
    yield tell.day(start + 13, "09:00")
    post(tell, "settlement.report_notice", "财务清算报告公示")
    yield tell.day(start + 22, "09:00")
    take_down(tell, "settlement.report_notice")


# Handover -----------------------------------------------------------------------------------------------------------


def plan(tell: Telling, days: int, clock: str = "09:00") -> None:
    """Where, when and with whom."""
    said_at = tell.now
    starts_at = tell.day(days, clock)
    tell.now = said_at
    tell.do(
        "handover.plan.submit",
        "submit",
        starts_at=starts_at,
        place=f"{tell.estate.name}物业服务用房",
        attendees=["原物业服务人", "接收方", "社区居民委员会", "街道办事处", "辖区派出所"],
        police_told=True,
        remark="先资料后资产，逐项清点、拍照、签字，当日出具交接确认书",
    )


def fill(tell: Telling, step: str, missing: tuple[str, ...] = (), only: int | None = None) -> None:
    """Each item of a list is told; the list is closed unless only some are."""
    items = list(
        tell.case("handover").items.filter(round__step__code=step, round__void_at=None).order_by("id")
    )
    for item in items[:only]:
        said: dict[str, Any] = {"state": "original" if step == "documents" else "present"}
        if item.code in missing:
            said = {"state": "missing", "reason": "前任未移交，正在补办", "make_up_on": tell.on(-20)}
        tell.do(f"handover.{step}.fill", "record", code=item.code, quantity=1, **said)
    if only is None:
        tell.later(10)
        tell.do(f"handover.{step}.fill", "fill", remark="已当面清点")


def sign_list(tell: Telling, step: str) -> None:
    """Both sides and the witness sign a list."""
    for name in ("sign:provider", "sign:receiver", "witness:community"):
        tell.sign(f"handover.{step}.{name}")


def confirm(tell: Telling) -> None:
    """The confirmation is signed by both, to the minute."""
    tell.do(
        "handover.confirmation.decide",
        "approve",
        "handover_confirmation",
        confirmed_at=tell.now,
        content="资料、资产按清单移交，钥匙、密码和系统权限同时移交",
        readings=[
            {"meter": "总水表", "reading": "示例12876"},
            {"meter": "公共用电总表", "reading": "示例30452"},
        ],
        open_issues="3幢二号电梯年检待换证",
        resolution="由原物业服务人配合办理，接收方跟进",
    )
    tell.later(15)
    tell.sign("handover.confirmation.countersign:provider", "countersign")
    for path in tell.tasks("handover.confirmation.acknowledge:"):
        tell.sign(path, "acknowledge")


def hand_over(tell: Telling, day: int, missing: tuple[str, ...] = ()) -> Story:
    """Planned the week before; lists, signatures and confirmation on one day."""
    yield tell.day(day - 7, "15:00")
    plan(tell, day)
    yield tell.day(day, "09:00")
    for step in ("documents", "assets"):
        fill(tell, step, missing)
        sign_list(tell, step)
        tell.later(40)
    confirm(tell)
    yield tell.day(day + 1, "09:30")
    file_with(tell, "handover.filing")


def take_over(tell: Telling) -> None:
    """The successor is on site."""
    tell.do(
        "exit.takeover.submit",
        "submit",
        taken_over_at=tell.now,
        leader="示例项目经理",
        staff=26,
        stands="门岗、消防控制室、电梯应急和保洁岗位已逐一交接",
    )


def leave(tell: Telling) -> None:
    """The provider is out."""
    tell.do(
        "exit.departure.submit",
        "submit",
        left_at=tell.now,
        people_and_goods_out=True,
        rooms_returned=True,
        data_handed_over=True,
        remark="业主信息已移交，留存副本已删除",
    )
