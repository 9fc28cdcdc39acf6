"""Scenes of a handover that several stories share: plan, signers, lists, readings, prepaid fees, confirmation."""

from datetime import date
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.procedures.models import Item
from gongzhi.registry.models import Unit
from gongzhi.registry.roles import PROVIDER

from .endings import take_over
from .scenes import file_with
from .signing import empower
from .telling import Story, Telling

#: By when what is missing was promised, in days from the present.
MADE_UP = -20
#: Why a list was filled without the giver, and on which video.
ALONE = {
    "why": "原物业服务人移交资料后离开清点现场，经书面通知和三次电话联系，未参加资产清点",
    "video": "示例执法记录仪20号",
}


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
        teams="资料组、资产组、设备组各两人，街道一人总协调",
        attendees=["原物业服务人", "接收方", "社区居民委员会", "街道办事处", "辖区派出所"],
        police_told=True,
        police_note="已函告辖区派出所，当日到场维持秩序（示例）",
        remark="先资料后资产，逐项清点、拍照、签字，当日出具交接确认书",
    )


def receiver(tell: Telling) -> Actor:
    """Somebody of the receiving side."""
    return tell.somebody(tell.task("handover.documents.fill:one_sided").organisation_id)


def empower_both(tell: Telling) -> None:
    """Both sides say who signs."""
    empower(tell, "handover", tell.organ(PROVIDER), receiver(tell))


def lists(tell: Telling) -> list[str]:
    """The lists that are open, in their order."""
    return [path.split(".")[1] for path in tell.tasks("handover.") if path.endswith(".fill")]


def fill(
    tell: Telling,
    step: str,
    missing: tuple[str, ...] = (),
    only: int | None = None,
    alone: bool = False,
) -> None:
    """Each item of a list is told; the list is closed unless only some are. `alone`: without the giver."""
    path = f"handover.{step}.fill" + (":one_sided" if alone else "")
    rows = Item.objects.filter(case=tell.case("handover"), round__step__code=step, round__void_at=None)
    if step == "extra" and only is None:
        count(tell)
    for item in list(rows.order_by("id"))[:only]:
        said: dict[str, Any] = {"state": "original" if step == "documents" else "present", "quantity": 1}
        if item.code in missing:
            said = {"state": "missing", "reason": "前任未移交，正在补办", "make_up_on": tell.on(MADE_UP)}
        tell.do(path, "record", code=item.code, **said)
    if only is None:
        tell.later(10)
        officials = ["示例街道工作人员甲", "示例街道工作人员乙"]
        proof: dict[str, Any] = {**ALONE, "officials": officials, "witness": tell.names()[0]}
        tell.do(path, "fill", remark="已逐项清点", **(proof if alone else {}))


def count(tell: Telling) -> None:
    """Meters at the minute, one lift, what two owners had paid beforehand."""
    by = tell.organ(PROVIDER)
    for medium, meter, reading in (("water", "总水表", "12876.500"), ("power", "公共用电总表", "30452.000")):
        said: dict[str, Any] = {"medium": medium, "meter": meter, "reading": reading, "read_at": tell.now}
        tell.stand(by, "record_reading", "handover", **said, photo="示例照片12号")
    lift = {"lift": "1幢1号梯", "registration": "示例梯0001", "maintainer": "示例电梯维保有限公司"}
    tell.stand(by, "record_lift", "handover", **lift, rescue_phone="96333（示例）")
    unit = Unit.objects.filter(estate=tell.estate).order_by("building__name", "label", "id").first()
    assert unit is not None
    prepay(tell, by, unit.pk)


def prepay(tell: Telling, by: Actor, unit: UUID) -> None:
    """A year's property fee, served up to today, and two deposits."""
    year = tell.today.year
    fee: dict[str, Any] = {"kind": "property_fee", "paid_cents": 144_000, "served_to": tell.today}
    fee |= {"from_on": date(year, 1, 1), "to_on": date(year, 12, 31)}
    tell.stand(by, "record_prepaid", "handover", unit=unit, **fee)
    for kind, cents in (("decoration_deposit", 200_000), ("card_deposit", 5_000)):
        left: dict[str, Any] = {"kind": kind, "paid_cents": cents, "from_on": date(year - 1, 6, 1)}
        tell.stand(by, "record_prepaid", "handover", unit=unit, **left)


def sign_list(tell: Telling, step: str, giver: bool = True) -> None:
    """Both sides and the witnesses sign a list; without the giver, that is recorded."""
    for path in tell.tasks(f"handover.{step}."):
        if path.split(".", 2)[2].startswith(("sign:", "witness:")) and (giver or "provider" not in path):
            tell.sign(path)
    if not giver:
        refuse(tell, step, "经通知未到场签字")


def refuse(tell: Telling, step: str, reason: str) -> None:
    """Two people record that the provider would not sign, before a witness."""
    first, second, witness = "示例街道工作人员甲", "示例街道工作人员乙", tell.names()[0]
    tell.do(
        f"handover.{step}.refusal",
        "record_refusal",
        refused_by="示例项目负责人",
        reason=reason,
        recorders=[first, second],
        witness=witness,
        refused_at=tell.now,
        place=f"{tell.estate.name}物业服务用房",
    )


def serve_inventory(tell: Telling) -> None:
    """What was counted without the provider is left at its office, before a witness."""
    said: dict[str, Any] = {
        "lists": "资产移交清单及录像说明",
        "remark": "有异议的，请于收到后尽快书面提出并说明理由（示例）",
    }
    tell.do("handover.inventory_served.submit", "submit", **said)
    tell.later(120)
    tell.do(
        "handover.inventory_served.prove",
        "prove",
        arrived_at=tell.now,
        method="leave",
        address="原物业服务人项目办公室",
        servers=["示例街道工作人员甲", "示例街道工作人员乙"],
        witness=tell.names()[0],
        refusal="拒绝签收，在见证人在场时留置",
    )


def confirm(
    tell: Telling,
    issues: str = "3幢二号电梯年检待换证",
    refusals: str = "",
    by_on: date | None = None,
) -> None:
    """The confirmation is signed by both in the minute it names."""
    by = tell.somebody(tell.task("handover.confirmation.decide").organisation_id)
    signed = tell.signature(by)
    tell.do(
        "handover.confirmation.decide",
        "approve",
        "handover_confirmation",
        confirmed_at=tell.now,
        content="资料、资产按清单移交，钥匙、密码和系统权限同时移交",
        open_issues=issues,
        resolution="由原物业服务人负责办理或补交，接收方跟进",
        resolve_by=by_on or tell.today.replace(year=tell.today.year + 1, day=1),
        refusals=refusals,
        signer=signed["signer"],
        capacity=signed["capacity"],
    )
    tell.sign("handover.confirmation.countersign:provider", "countersign")
    for path in tell.tasks("handover.confirmation.acknowledge:"):
        tell.sign(path, "acknowledge")


def hand_over(tell: Telling, day: int, *, takes_over: bool = False) -> Story:
    """Planned the week before; lists, signatures and confirmation on one day, and the takeover in the same minute."""
    yield tell.day(day - 7, "15:00")
    plan(tell, day)
    yield tell.day(day, "09:00")
    hand_over_lists(tell)
    confirm(tell)
    if takes_over:
        take_over(tell)
    yield tell.day(day + 1, "09:30")
    file_with(tell, "handover.filing")


def hand_over_lists(tell: Telling) -> None:
    """Every list of the place is filled and signed."""
    empower_both(tell)
    for step in lists(tell):
        fill(tell, step)
        sign_list(tell, step)
        tell.later(30)
