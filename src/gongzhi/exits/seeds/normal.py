"""The other grounds, each in the area whose rules it shows. Days are counted from the present."""

from typing import Any

from gongzhi.registry.roles import ASSEMBLY, OWNERS, SUBDISTRICT

from . import words
from .forced import arrives, decide, inform
from .scenes import name_successor, post, take_down, vote
from .telling import Story, Telling

#: The last day of the contracts that the registers say are ending, and of the one that is over.
ENDING, EXPIRED = 55, -12


def term_over(tell: Telling) -> Story:
    """白山, 第9条第1项: the term is over, nobody renewed, and the provider said it would not go on."""
    yield tell.day(-8, "09:20")
    said = {"contract_ended_on": tell.on(EXPIRED), "renewal_decided": False, "served_on": False}
    remark = "期满前未能召开业主大会会议，物业服务人书面表示仅维持至接管（示例）"
    tell.begin("term_expired", tell.organ(OWNERS), "service_contract", **said, remark=remark)
    yield from arrives(tell, -7, "exit.expiry.receive")


def dismissed_at_term(tell: Telling) -> Story:
    """绍兴, 第34条: decided ninety days ahead, told sixty days ahead; the result hung five working days."""
    yield tell.day(-66, "10:00")
    tell.begin("dismissed_at_term", tell.organ(ASSEMBLY), **words.motion("合同即将期满，多数业主不同意续聘"))
    yield from decide(tell, -50, "dismiss")
    inform(tell, ENDING)
    yield from arrives(tell, -47)
    yield tell.day(-33, "09:00")
    take_down(tell, "exit.result_notice")


def not_renewing(tell: Telling) -> Story:
    """绍兴, 第34条: the provider will not renew and tells four; it arrived a week before the latest day."""
    yield tell.day(-43, "09:30")
    said = words.leaving("经营调整，期满后不再续约")
    tell.begin("provider_not_renewing", tell.provider(), **said, contract_ends_on=tell.on(ENDING))
    tell.later(20)
    for path in tell.tasks("exit.copies.send:"):
        tell.do(path, "send", **words.sent(tell.now))
    yield from arrives(tell, -42, "exit.non_renewal.receive")


def indefinite_ended(tell: Telling) -> Story:
    """白山, 《民法典》第948条: the term ended long ago and service went on; the provider ends it with sixty days."""
    yield tell.day(-20, "10:00")
    said = words.leaving("合同期满后未再续签，经营亏损，依法解除不定期合同")
    tell.begin(
        "indefinite_ended",
        tell.provider(),
        "termination_notice",
        **said,
        ends_on=tell.on(45),
        served_on=True,
    )
    yield from arrives(tell, -19, "exit.ending.receive")


def stays_on(tell: Telling) -> Story:
    """阳城: dismissed in its term, a reasonable day was set, and it does not leave: the owners sue."""
    yield tell.day(-130, "10:00")
    tell.begin("dismissed_in_term", tell.organ(ASSEMBLY), **words.motion("服务长期不达标，多次整改无效"))
    yield tell.day(-118, "16:00")
    vote(tell)
    tell.later(60)
    name_successor(tell, -50)
    yield tell.day(-117, "09:00")
    post(tell, "exit.result_notice", "业主大会表决结果公示")
    inform(tell, -50)
    yield from arrives(tell, -115)
    yield tell.day(-48, "10:00")
    reason = "项目设备较多，给予三周合理期限办理交接"
    heard = "已听取业主委员会和物业服务人意见（示例）"
    said: dict[str, Any] = {"leave_on": tell.on(-28), "reason": reason, "heard": heard}
    tell.stand(tell.organ(SUBDISTRICT), "set_leave_date", **said)
    yield tell.day(-18, "11:00")  # a last day in a long holiday moves to the day after it
    what = "合理期限届满仍占用服务用房和消防控制室，拒绝移交资料"
    tell.stand(
        tell.organ(SUBDISTRICT),
        "record_holdout",
        found_on=tell.today,
        what=what,
        demanded="书面催告两次并现场告知（示例）",
    )
    yield tell.day(-12, "15:00")
    tell.stand(
        tell.organ(OWNERS),
        "pursue_holdout",
        step="lawsuit",
        on=tell.today,
        paper="示例民初1号",
        authority="业主大会决议（示例）",
    )


def replaced(tell: Telling) -> Story:
    """双辽, 《民法典》第940条: the owners hired another provider; its contract ended the developer's."""
    yield tell.day(-40, "10:00")
    tell.begin("preliminary_replaced", tell.organ(ASSEMBLY), **words.motion("选聘新的物业服务人"))
    yield from decide(tell, -26)
    inform(tell, -10)
    tell.later(30)
    name_successor(tell, -10)
    yield from arrives(tell, -24)
    yield tell.day(-15, "09:00")
    take_down(tell, "exit.result_notice")


def other_lawful(tell: Telling) -> Story:
    """白山, 第9条第5项: the basis is stated and told to both; nothing follows of itself."""
    yield tell.day(-10, "10:00")
    said = {"basis": "人民法院生效裁判解除前期物业服务合同（示例）", "facts_found": "裁判已生效并送达双方"}
    tell.begin("other_lawful", tell.organ(SUBDISTRICT), "stated_basis", **said, ends_on=tell.on(20))
    yield from arrives(tell, -9, "exit.basis.receive:owners")
    tell.later(90)
    tell.do("exit.basis.receive:provider", "receive", arrived_at=tell.now)
