"""Scenes of takeover and departure that several stories share."""

from .telling import Telling


def take_over(tell: Telling) -> None:
    """The successor is on site."""
    tell.do(
        "exit.takeover.submit",
        "submit",
        taken_over_at=tell.now,
        leader="示例项目经理",
        staff=26,
        stands="门岗、消防控制室、电梯应急和保洁岗位已逐一交接",
        keys="门岗、设备房、物业用房钥匙当场清点交接；门禁、停车、监控管理员密码当场更换",
        present=["示例原项目经理（原物业服务人）", "示例网格员（社区工作者）"],
    )


def leave(tell: Telling) -> None:
    """The provider is out; whoever received looks and confirms it."""
    tell.do(
        "exit.departure.submit",
        "submit",
        left_at=tell.now,
        people_and_goods_out=True,
        rooms_returned=True,
        data_handed_over=True,
        keys="钥匙和门禁卡全部交还，管理员账号全部注销",
        present=["示例项目经理（接替单位）", "示例网格员（社区工作者）"],
        rest="settled",
        remark="业主信息已移交，留存副本已删除",
    )
    tell.do(
        "exit.departure.confirm_left",
        "confirm_left",
        checked="人员、财物已经全部撤出，物业服务用房、钥匙和门禁卡当场收回，管理员账号已经注销",
    )
