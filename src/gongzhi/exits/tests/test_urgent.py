"""The night without a provider: the street waits for no vote, and who serves meanwhile comes before the handover."""

from datetime import timedelta
from typing import Any

import pytest

from gongzhi.exits.tests.looking import plain, see
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_leaving import applied, names_interim
from gongzhi.registry.models import Mode
from gongzhi.registry.queries import manager_at
from gongzhi.values.refusals import NotAllowed, NotPossible, RuleBroken

RECORD = "joint_decision.record.submit"
ENTERED = {"leader": "示例负责人", "staff": 6, "found": "示例：门岗无人，消防控制室已接管"}


@pytest.fixture
def unvoted(play: Play) -> Play:
    """The contract ends on 30 June 2026; the owners have decided nothing. The night of 1 July."""
    applied(play).agree("2026-06-30")
    return play.until("2026-07-01 22:00")


def begin(play: Play, name: str = "subdistrict_leader") -> Any:
    """The street begins without a vote."""
    return play.stand(name, "exit", "begin_without_vote", reason="示例：物业服务人已撤离，业主尚未表决")


def enter(play: Play, name: str = "other_provider_leader", **more: Any) -> Any:
    """Who serves meanwhile says that it is on site."""
    return play.stand(name, "exit", "enter_early", **ENTERED | {"entered_at": play.now.isoformat()} | more)


@pytest.mark.proves("BS-081", "BS-082")
def test_the_leader_names_who_serves_meanwhile_though_the_owners_have_not_voted(unvoted: Play) -> None:
    play = unvoted
    assert "exit.interim.designate" not in play.open_tasks()
    assert "业主尚未决定，启动指定临时接管" in plain(
        see(play, "subdistrict_leader", f"/cases/{play.root}/more/")
    )
    form = plain(see(play, "subdistrict_leader", f"/cases/{play.root}/acts/begin_without_vote/"))
    assert "随即终止，接着由负责人办理“指定临时接管”" in form
    with pytest.raises(NotAllowed):
        begin(play, "subdistrict_officer")
    begin(play)
    assert "exit.interim.designate" in play.open_tasks()
    assert RECORD not in play.open_tasks()
    with pytest.raises(NotPossible, match="现在没有在等业主决定由谁接替"):
        begin(play)
    names_interim(play)
    assert play.case().organisation("successor") == play.area.organisations["other_provider"]


@pytest.mark.proves("BS-081", "BS-084")
def test_who_serves_meanwhile_manages_from_its_own_minute_before_settlement_and_handover(
    unvoted: Play,
) -> None:
    play = unvoted
    begin(play)
    with pytest.raises(NotPossible, match="还没有指定临时接管单位"):
        enter(play, "subdistrict_officer")
    names_interim(play)
    with pytest.raises(NotPossible, match="不能晚于现在"):
        enter(play, entered_at=(play.now + timedelta(hours=1)).isoformat())
    with pytest.raises(NotAllowed):
        enter(play, "committee_head")
    play.go(minutes=40)
    enter(play)
    found = manager_at(play.area.estate, play.now)
    assert found is not None
    assert (found.organisation, found.mode) == (play.area.organisations["other_provider"], Mode.EMERGENCY)
    assert (found.from_at, str(found.until_on)) == (play.now, "2026-12-31")
    with pytest.raises(NotPossible, match="已经登记为现在的管理单位"):
        enter(play)
    page = plain(see(play, "county_officer", f"/cases/{play.root}/"))
    assert "临时接管单位先行进场" in page


def test_nobody_comes_early_while_the_contract_runs_unless_nobody_serves(play: Play) -> None:
    applied(play).agree("2026-06-30")
    play.until("2026-06-20 09:00")
    begin(play)
    names_interim(play)
    with pytest.raises(RuleBroken, match="合同还没有终止，须继续服务"):
        enter(play)


def test_the_handover_later_writes_the_manager_no_second_time(unvoted: Play) -> None:
    play = unvoted
    begin(play)
    names_interim(play)
    enter(play)
    since = play.now
    play.settle().until("2026-07-20 09:00")
    play.hand_over().take_over()
    found = manager_at(play.area.estate, play.now)
    assert found is not None
    assert found.from_at == since


@pytest.mark.proves("BS-084")
def test_a_vote_held_anew_leaves_the_leaders_decision_standing_until_somebody_follows(unvoted: Play) -> None:
    play = unvoted
    begin(play)
    names_interim(play)
    play.stand("committee_head", "exit", "replace_successor", anew="vote", reason="示例：业主要求表决")
    assert play.case().organisation("successor") == play.area.organisations["other_provider"]
    assert play.case().heard(play.case().declaration.step("interim")) is not None
    assert RECORD in play.open_tasks()
    play.go(hours=1).vote(heads_for=2)
    assert play.case().organisation("successor") == play.area.organisations["other_provider"]
    assert "exit.interim.designate" not in play.open_tasks()
