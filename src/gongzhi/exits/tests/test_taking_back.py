"""What an authority began and its leader signed, no officer takes back: who leads ends it, told what falls with it."""

import pytest

from gongzhi.exits.tests.play import Play
from gongzhi.messages.models import Message
from gongzhi.procedures.models import IssuedPaper
from gongzhi.procedures.standing import offered
from gongzhi.procedures.standing_acts import END, Offered
from gongzhi.procedures.undone import undone_by
from gongzhi.values.refusals import NotPossible


def offers(play: Play) -> set[str]:
    return {one.spec.name for one in offered(play.case())}


def what_falls(play: Play) -> str:
    (one,) = [one for one in offered(play.case()) if one.spec is END]
    assert isinstance(one, Offered)
    return "\n".join(line for undone in undone_by(play.case(), one) for line in undone.lines)


def test_an_officer_does_not_take_back_what_the_leader_signed_and_the_owners_decide_upon(play: Play) -> None:
    play.classify("grade_d")
    assert "withdraw" in offers(play)
    play.urge()
    assert "withdraw" not in offers(play)
    for name in ("county_officer", "county_leader"):
        with pytest.raises(NotPossible, match=r"“督促启动解聘程序的函”已经签发.*负责人“终止办理”"):
            play.stand(name, "exit", "withdraw", reason="示例撤回")
    assert play.case("joint_decision").row.ended_at is None
    assert "业主共同决定是否解聘" in what_falls(play)
    assert play.case("joint_decision").row.number in what_falls(play)
    assert "“督促启动解聘程序的函”" in what_falls(play)
    play.stand("county_leader", "exit", "end", reason="示例终止")
    assert play.case().row.outcome == "ended"
    assert IssuedPaper.objects.get().replaced_at is None


def test_a_letter_that_was_signed_and_not_served_is_the_leaders_too(play: Play) -> None:
    play.classify("grade_d")
    said = {"facts_found": "示例事实", "basis": "示例条款", "request": "示例督促", "contact": "示例"}
    play.do("county_officer", "exit.urging.draft", "draft", **said)
    play.do("county_reviewer", "exit.urging.check", "check", opinion="同意")
    assert "withdraw" in offers(play)
    play.do("county_leader", "exit.urging.sign_off", "sign_off", opinion="同意")
    with pytest.raises(NotPossible, match="终止办理"):
        play.stand("county_officer", "exit", "withdraw", reason="示例撤回")


def test_what_the_street_stated_is_not_taken_back_while_the_owners_decide_who_follows(play: Play) -> None:
    said = {"basis": "示例：人民法院生效判决解除合同", "facts_found": "示例事实", "ends_on": "2026-03-31"}
    play.begin("other_lawful", "subdistrict_officer", ("stated_basis",), **said)
    assert "withdraw" in offers(play)
    play.go(hours=1).reach("exit.basis.receive:owners", "committee_head")
    play.reach("exit.basis.receive:provider", "provider_leader")
    with pytest.raises(NotPossible, match=r"“业主共同决定由谁接替”.*正在由其他方办理"):
        play.stand("subdistrict_officer", "exit", "withdraw", reason="示例撤回")


def test_who_applied_takes_the_application_back_as_before(play: Play) -> None:
    play.apply("2026-06-30")
    assert "withdraw" in offers(play)
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    assert play.case().row.outcome == "withdrawn"


def test_whom_the_letter_had_reached_is_told_that_the_case_was_ended_and_why(play: Play) -> None:
    play.classify("grade_d")
    play.urge()
    play.stand("county_leader", "exit", "end", reason="示例：误立案")
    told = Message.objects.filter(title=f"{play.case().row.number}已终止")
    bodies = {row.organisation: row.body for row in told.select_related("organisation")}
    for name in ("committee", "provider", "county"):
        assert bodies[play.area.organisations[name]] == "示例：误立案"
