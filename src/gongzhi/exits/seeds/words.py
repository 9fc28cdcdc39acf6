"""What is said in the exits of the demonstration: invented, but as it might be written."""

from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from gongzhi.values.wording import date_words

REASON = "人工和能耗成本上涨，项目连续亏损，经与总公司研究，拟提前终止物业服务合同"


def application(exit_on: date) -> dict[str, Any]:
    """A whole application."""
    return {
        "exit_on": exit_on,
        "reason": REASON,
        "handover_plan": "按资料清单、资产清单逐项移交，安排专人配合财务清算和现场查验，关键岗位移交到人",
        "contact": "示例项目部 13900000088",
        "staff_until_takeover": "保安、保洁、维修人员保持现有编制，消防控制室和电梯应急保持全天值守",
        "serves_until_takeover": True,
        "prepaid": "预收物业费、装修押金和门禁卡押金，逐户明细随申请提交（示例）",
    }


def agreement(ends_on: date, leave_within_days: int | None = None) -> dict[str, Any]:
    """What both sides agree."""
    return {
        "ends_on": ends_on,
        "leave_within_days": leave_within_days,
        "settlement": "由委托方选定的第三方机构清算，双方提供全部账册和凭证",
        "fees_until": ends_on,
        "prepaid": "未服务期间的预收物业费按户退还，押金凭据退还",
        "breach": "任一方未按约定清算、移交的，赔偿由此造成的损失",
    }


def owners_decision(decided_on: date) -> dict[str, Any]:
    """The owners' decision an agreement rests on, voted on paper."""
    number = f"业主大会决议〔{decided_on.year}〕第3号（同意提前终止物业服务合同，示例）"
    return {"decided_on": decided_on, "decided_by": number}


def notice(title: str, body: str, posted_at: datetime, by: list[str]) -> dict[str, Any]:
    """What is said when a notice is put up; its wording comes from the case."""
    return {
        "title": title,
        "body": body,
        "places": ["小区主要出入口公告栏", "各单元门厅", "社区公开栏"],
        "posted_at": posted_at,
        "posted_by": by,
    }


def sent(at: datetime) -> dict[str, Any]:
    """A filing that was sent."""
    return {"sent_at": at, "method": "platform", "proof": "平台报送回执（示例）"}


OBJECTION = "公示没有说明已预交物业费的退还办法，本人已预交到年底，要求明确退还时间和方式"
OBJECTION_TO_REPORT = "报告没有列明地面停车收入的去向，要求补充说明近两年的停车费收支"
REPLY: dict[str, Any] = {
    "finding": "经核实，公示没有写明退还办法；未服务期间的预收费用按户退还，办法写入退出协议，明细经清算核对后公布",
    "adopted": True,
    "next_remedy": "对答复不服的，可以申请街道调解，或者依法向人民法院起诉",
    "summary": "要求说明已预交物业费怎么退、什么时候退",
}
REPLY_TO_CHANGE: dict[str, Any] = {
    "finding": "经核实，本次公示的是物业服务人自行提出的退出申请；由谁接替由业主共同决定，您的意见将在表决时告知业主",
    "adopted": False,
    "next_remedy": REPLY["next_remedy"],
    "summary": "不同意更换物业服务人",
}


def served(at: datetime, by: list[str]) -> dict[str, Any]:
    """A reply was brought to who objected."""
    return {
        "arrived_at": at,
        "method": "direct",
        "address": "异议人住所（示例）",
        "servers": by,
        "received_by": "示例业主（书面）",
        "capacity": "本人",
        "may_receive": True,
    }


TORN = "东门公告栏的公示被小广告覆盖，部分内容已看不清"
RETURN = "申请未附预收费用及押金清单，退出时间与交接安排前后不一致，请补充后重新提交"
SUSPEND = "业主委员会主任因病住院，双方申请暂缓协商，街道现场核实属实"
SUSPEND_BASIS = "双方书面申请和街道现场核实记录（示例）"
WITHDRAW = "与业主委员会重新商定服务标准和收费，继续履行合同，撤回退出申请"
REFUSE = "业主委员会认为清算和预收费用退还方案不明确，不同意提前终止合同"
AMEND = "接替单位尚在比选，退出时间需要推后，重新提交申请"


def vote(
    voted_on: date,
    heads: int,
    area: str,
    figures: tuple[int, str, int, str],
    chosen: str,
    who: object,
) -> dict[str, Any]:
    """A recorded result: who could vote, who did, who was for it, against it, or neither."""
    against, area_against = (figures[0] - figures[2]) // 2, (Decimal(figures[1]) - Decimal(figures[3])) / 2
    area_against = area_against.quantize(Decimal("0.01"), ROUND_DOWN)
    return {
        "voted_on": voted_on,
        "heads_total": heads,
        "heads_voted": figures[0],
        "heads_for": figures[2],
        "area_total": area,
        "area_voted": figures[1],
        "area_for": figures[3],
        "chosen": chosen,
        "organisation": who,
        "present": "示例街道工作人员甲（街道物业科）、示例网格员（社区网格员）",
        "heads_against": against,
        "heads_abstained": figures[0] - figures[2] - against,
        "area_against": str(area_against),
        "area_abstained": str(Decimal(figures[1]) - Decimal(figures[3]) - area_against),
        "ballots_sent": heads,
        "ballots_returned": figures[0],
        "ballots_valid": figures[0],
        "checking": "公示期内工作日9:00至17:00，社区居民委员会办公室（示例）",
        "place": "社区居民委员会会议室（示例）",
        "chair": "示例业主委员会主任",
        "recorder": "示例业主委员会委员",
        "attended": ["示例业主代表甲（计票人）", "示例业主代表乙（监票人）"],
    }


def order(until_on: date, missing: str) -> dict[str, Any]:
    """An order to hand over what is missing; its remedies are those the form begins with."""
    return {
        "facts_found": f"交接清单载明{missing}缺失，承诺的补交期限已过仍未移交",
        "basis": "《物业管理条例》第五十八条、《中华人民共和国民法典》第九百四十九条",
        "items": missing,
        "until_on": until_on,
        "consequence": "逾期不移交的，依法处理并记入信用记录",
    }


# Grounds --------------------------------------------------------------------------------------------------------------


def classification(found_on: date, facts_found: str, **more: Any) -> dict[str, Any]:
    """What the county found."""
    return {
        "found_on": found_on,
        "facts_found": facts_found,
        "basis": "《白山市物业服务人退出及应急服务管理办法》第十条（示例引用）",
        "evidence": "主管部门案卷及所附材料（示例）",
        **more,
    }


def urging(answer_by_on: date) -> dict[str, Any]:
    """The letter to the owners' assembly."""
    return {
        "facts_found": "有关情形已由主管部门查明，材料附后",
        "attachments": "查明有关情形的材料（示例）",
        "basis": "《白山市物业服务人退出及应急服务管理办法》第十条（示例引用）",
        "request": "请依法召开业主大会会议，就是否解聘现物业服务人、由谁接替进行表决",
        "answer_by_on": answer_by_on,
        "contact": "示例物业科 0439-0000000",
    }


def motion(reason: str, **more: Any) -> dict[str, Any]:
    """The owners are to decide."""
    basis = "物业服务合同关于解除和终止的条款（示例）"
    return {"reason": reason, "basis": basis, "moved_by": "业主委员会及联名业主（示例）", **more}


def ending(ends_on: date) -> dict[str, Any]:
    """The owners tell the provider that the contract ends."""
    return {
        "ends_on": ends_on,
        "basis": "物业服务合同关于终止的约定和业主共同决定，决定结果附后",
        "clause": "第十二条（示例）",
        "hand_over": f"请于{date_words(ends_on)}前移交全部资料、设施设备、服务用房和预收费用明细",
        "contact": "业主委员会值班电话 0439-0000001",
    }


def leaving(reason: str) -> dict[str, Any]:
    """What a provider says that leaves."""
    return {
        "reason": reason,
        "handover_plan": "按清单逐项移交，配合清算和现场查验",
        "contact": "示例项目部 13900000088",
        "serves_until_takeover": True,
    }
