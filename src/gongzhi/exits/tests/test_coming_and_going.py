"""The successor comes at the hour of the handover; who goes tells nothing that the lists contradict."""

from datetime import timedelta
from typing import Any

import pytest

from gongzhi.exits.tests.handing import signature
from gongzhi.exits.tests.play import Play, at, departure
from gongzhi.exits.tests.test_leaving import applied, names_interim
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.procedures.models import Item
from gongzhi.values.refusals import NotPossible, RuleBroken

GIVER, RECEIVER = "provider_leader", "other_provider_leader"


@pytest.fixture
def agreed(play: Play) -> Play:
    """The street named who serves meanwhile; the contract ends on 30 June 2026."""
    names_interim(applied(play).vote(heads_for=2)).agree("2026-06-30").settle()
    return play.until("2026-06-30 09:00")


def came(play: Play, text: str) -> Any:
    """The successor says when it came."""
    said = {"leader": "示例负责人", "staff": 8, "stands": "示例岗位交接"}
    return play.do(RECEIVER, "exit.takeover.submit", "submit", taken_over_at=at(text).isoformat(), **said)


def left(play: Play, **more: Any) -> Any:
    """The provider says that it is out."""
    return play.do(GIVER, "exit.departure.submit", "submit", **departure(play.now) | more)


def test_the_successor_comes_at_the_minute_the_confirmation_names_though_it_is_signed_later(
    agreed: Play,
) -> None:
    agreed.plan().go(hours=2)
    agreed.empower(GIVER).empower(RECEIVER)
    for step in agreed.lists():
        agreed.fill(step)
        agreed.sign(step)
    agreed.go(minutes=30).approve(RECEIVER)  # handed over at 11:30
    agreed.go(minutes=12).do(
        GIVER, "handover.confirmation.countersign:provider", "countersign", **signature()
    )
    with pytest.raises(NotPossible, match="不能早于交接确认书写明的交接时间（2026年6月30日（周二）11:30）"):
        came(agreed, "2026-06-30 11:29")
    came(agreed, "2026-06-30 11:30")


def test_nobody_confirms_as_given_back_what_a_list_still_has_as_missing(agreed: Play) -> None:
    agreed.hand_over(missing=("premises", "owner_register")).take_over().go(minutes=5)
    with pytest.raises(RuleBroken, match="“服务用房及内部办公设施设备”、“业主名册和服务档案”仍为缺失"):
        left(agreed)
    with pytest.raises(RuleBroken, match="物业服务用房还没有撤出或交还"):
        left(agreed, rooms_returned=False, data_handed_over=False)
    rooms = Item.objects.get(case=agreed.case("handover").row, code="premises", round__void_at=None)
    agreed.stand(RECEIVER, "exit", "make_up", item=str(rooms.pk), made_up_on="2026-06-30", state="present")
    with pytest.raises(RuleBroken, match="交接清单上“业主名册和服务档案”仍为缺失"):
        left(agreed)
    (warned,) = left(agreed, data_handed_over=False).value["warnings"]
    assert "列为遗留问题" in warned
    text = text_of(made(agreed, "exit", "departure.departure_confirmation"))
    assert "没有移交或者没有删除留存" in text


def test_whose_register_is_not_missing_hands_it_over(agreed: Play) -> None:
    agreed.hand_over().take_over()
    agreed.now += timedelta(minutes=5)
    with pytest.raises(RuleBroken, match="业主信息还没有撤出或交还"):
        left(agreed, data_handed_over=False)
