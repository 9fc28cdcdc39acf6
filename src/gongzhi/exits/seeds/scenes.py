"""Scenes that several stories share: a day on which the same things are always done."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from gongzhi.procedures.view import CaseView
from gongzhi.registry.queries import head_count, unit_totals
from gongzhi.registry.roles import COMMUNITY, PROVIDER

from ..rules import AGREEMENT
from . import words
from .signing import empower
from .telling import Story, Telling


def receive(tell: Telling) -> None:
    """The owners' side takes the application in."""
    tell.do("exit.application.receive", "receive", arrived_at=tell.now)


def file_with(tell: Telling, step: str = "exit.filing") -> None:
    """Each authority the place names is sent its copy."""
    for path in tell.tasks(f"{step}.send:"):
        tell.do(path, "send", **words.sent(tell.now))


def give_receipts(tell: Telling, step: str = "exit.filing") -> None:
    """The authorities acknowledge what was filed with them."""
    own = tell.case(step.partition(".")[0]).number
    for number, path in enumerate(tell.tasks(f"{step}.receipt:"), start=1):
        tell.do(path, "receipt", number=f"{own}备案{number}", remark="材料齐全")


def post(tell: Telling, step: str, title: str) -> None:
    """A notice is posted; a photograph shows it."""
    said = words.notice(title, wording(tell, step), tell.now, tell.names())
    tell.do(f"{step}.post", "post", "photo_start", **said)


def wording(tell: Telling, step: str) -> str:
    """What the system offers to who posts, worded from the case."""
    return str(begun(tell, step, "post")["body"])


def begun(tell: Telling, step: str, act: str) -> Mapping[str, Any]:
    """What stands in the form of an act to begin with."""
    procedure, _, code = step.partition(".")
    case = CaseView(tell.case(procedure))
    return case.declaration.step(code).begins_with(case, act, tell.now)


def take_down(tell: Telling, step: str) -> None:
    """A notice is taken down."""
    names = tell.names()
    tell.do(f"{step}.take_down", "take_down", "photo_end", taken_down_at=tell.now, taken_down_by=names)


def patrol(tell: Telling, step: str, where: str = "小区主要出入口公告栏") -> None:
    """Somebody of the community goes to see a notice while it hangs, with a camera."""
    by, said = tell.organ(COMMUNITY), {"seen": "whole", "where": where, "companion": "示例网格员"}
    tell.stand_with(("photo_during",), by, "patrol", at_step=step, **said)


def apply_and_arrive(tell: Telling, start: int, exit_day: int) -> Story:
    """Applied in the morning, filed at once, received the day after."""
    yield tell.day(start, "09:40")
    tell.open(tell.on(exit_day))
    tell.later(20)
    file_with(tell)
    yield tell.day(start + 1, "14:30")
    receive(tell)


def announce(tell: Telling, posted: int, down: int | None = None) -> Story:
    """The exit is made public where the place asks for it, and taken down when its days are full.

    What is over has its receipts; those of a notice that hangs are still to be given.
    """
    yield tell.day(posted, "08:30")
    if down is not None:
        give_receipts(tell)
    if tell.tasks("exit.publicity.post"):
        post(tell, "exit.publicity", "物业服务人提前退出信息公示")
        yield tell.day(posted + 2, "16:20")
        patrol(tell, "publicity")
        if down is not None:
            yield tell.day(down, "09:10")
            take_down(tell, "exit.publicity")


def vote(tell: Telling, *, passes: bool = True, chosen: str = "contract") -> None:
    """The owners vote on who follows; every figure comes from the estate's own."""
    heads, cent = head_count(tell.estate, tell.today), Decimal("0.01")
    area = unit_totals(tell.estate).exclusive_area.quantize(cent)
    parts = (Decimal("0.8"), Decimal("0.7") if passes else Decimal("0.3"))
    voted, agreed = int(heads * parts[0]), int(heads * parts[0] * parts[1])
    areas = (area * parts[0]).quantize(cent), (area * parts[0] * parts[1]).quantize(cent)
    who = str(tell.follower.pk) if chosen == "contract" else None
    figures = (voted, str(areas[0]), agreed, str(areas[1]))
    meeting = {"held_from": tell.now - timedelta(hours=2), "held_to": tell.now}
    said = words.vote(tell.today, heads, str(area), figures, chosen, who) | meeting
    said["not_passed"] = not passes
    tell.do("joint_decision.record.submit", "submit", **said)


def name_successor(tell: Telling, starts: int) -> None:
    """The owners' side names whom the vote chose."""
    starts_on = tell.on(starts)
    said: dict[str, Any] = {"mode": "contract", "organisation": tell.follower.pk, "starts_on": starts_on}
    ends_on = starts_on.replace(year=starts_on.year + 2, month=12, day=1)
    tell.do("exit.successor.submit", "submit", **said, contract_ends_on=ends_on)


def agree(tell: Telling, exit_day: int, leave_within_days: int | None = None) -> None:
    """Both sides sign the exit agreement: the owners' on the platform, the provider's head on paper."""
    path = "exit.agreement.decide"
    owners = tell.somebody(tell.task(path).organisation_id)
    empower(tell, "exit", owners, tell.organ(PROVIDER))
    said = words.agreement(tell.on(exit_day), leave_within_days) | tell.signature(owners)
    if not CaseView(tell.case()).law.is_wanted(AGREEMENT):
        said |= words.owners_decision(tell.today - timedelta(days=1))
    tell.do(path, "approve", "exit_agreement", **said)
    tell.later(30)
    tell.sign_on_paper("exit.agreement.countersign:provider", "countersign")


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
