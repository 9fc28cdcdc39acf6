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
        rest="settled",
        remark="业主信息已移交，留存副本已删除",
    )
