"""Scenes that several stories share: a day on which the same things are always done."""

from decimal import Decimal
from typing import Any

from gongzhi.registry.queries import head_count, unit_totals
from gongzhi.values.now import ZONE

from . import words
from .telling import Story, Telling


def receive(tell: Telling) -> None:
    """The owners' side takes the application in."""
    tell.do("exit.application.receive", "receive", arrived_at=tell.now, received_by="示例签收人")


def file_with(tell: Telling, step: str = "exit.filing") -> None:
    """Each authority the place names is sent its copy."""
    for path in tell.tasks(f"{step}.send:"):
        tell.do(path, "send", **words.sent(tell.now))


def give_receipts(tell: Telling) -> None:
    """The authorities acknowledge what was filed with them."""
    for number, path in enumerate(tell.tasks("exit.filing.receipt:"), start=1):
        tell.do(path, "receipt", number=f"示例备案回执{number}号", remark="材料齐全")


def post(tell: Telling, step: str, title: str) -> None:
    """A notice is posted; a photograph shows it."""
    said = words.notice(title, tell.estate.name, tell.now, tell.names())
    tell.do(f"{step}.post", "post", "posting_photo", **said)


def take_down(tell: Telling, step: str) -> None:
    """A notice is taken down."""
    tell.do(f"{step}.take_down", "take_down", taken_down_at=tell.now, taken_down_by=tell.names())


def apply_and_arrive(tell: Telling, start: int, exit_day: int) -> Story:
    """Applied in the morning, filed at once, received the day after."""
    yield tell.day(start, "09:40")
    tell.open(tell.on(exit_day))
    tell.later(20)
    file_with(tell)
    yield tell.day(start + 1, "14:30")
    receive(tell)


def announce(tell: Telling, posted: int, down: int | None = None) -> Story:
    """The exit is made public where the place asks for it, and taken down when its days are full."""
    yield tell.day(posted, "08:30")
    if tell.tasks("exit.publicity.post"):
        post(tell, "exit.publicity", "物业服务人提前退出信息公示")
        if down is not None:
            yield tell.day(down, "09:10")
            take_down(tell, "exit.publicity")


def vote(tell: Telling, *, passes: bool = True, chosen: str = "contract") -> None:
    """The owners vote on who follows; every figure comes from the estate's own."""
    heads, area = head_count(tell.estate, tell.today), unit_totals(tell.estate).exclusive_area
    parts = (Decimal("0.8"), Decimal("0.7") if passes else Decimal("0.3"))
    voted, agreed = int(heads * parts[0]), int(heads * parts[0] * parts[1])
    cent = Decimal("0.01")
    areas = (area * parts[0]).quantize(cent), (area * parts[0] * parts[1]).quantize(cent)
    who = str(tell.follower.pk) if chosen == "contract" else None
    figures = (voted, str(areas[0]), agreed, str(areas[1]))
    tell.do("joint_decision.record.submit", "submit", **words.vote(heads, str(area), figures, chosen, who))


def name_successor(tell: Telling, starts: int) -> None:
    """The owners' side names whom the vote chose."""
    starts_on = tell.on(starts)
    said: dict[str, Any] = {"mode": "contract", "organisation": tell.follower.pk, "starts_on": starts_on}
    ends_on = starts_on.replace(year=starts_on.year + 2, month=12, day=1)
    tell.do("exit.successor.submit", "submit", **said, contract_ends_on=ends_on)


def agree(tell: Telling, exit_day: int, leave_within_days: int | None = None) -> None:
    """Both sides sign the exit agreement."""
    said = words.agreement(tell.on(exit_day), leave_within_days)
    tell.do("exit.agreement.decide", "approve", "exit_agreement", **said)
    tell.later(30)
    tell.sign("exit.agreement.countersign:provider", "countersign")


def up_to_agreement(tell: Telling, start: int, exit_day: int, agreed: int, **more: int) -> Story:
    """Applied, arrived, announced, the successor voted on and named, agreed."""
    yield from apply_and_arrive(tell, start, exit_day)
    yield from announce(tell, start + 2, start + 11)
    yield tell.day(agreed - 2, "15:00")
    vote(tell)
    tell.later(60)
    name_successor(tell, exit_day)
    yield tell.day(agreed, "10:20")
    agree(tell, exit_day, **more)


# Settlement ---------------------------------------------------------------------------------------------------------


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


COST = 1_680_000


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
