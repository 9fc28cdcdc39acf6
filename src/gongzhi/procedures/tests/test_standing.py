"""Standing acts: through the same door, in the same order, as often as needed."""

from typing import Any

import pytest

from gongzhi.notices.publish import Publish
from gongzhi.procedures.declare import Procedure, Standing
from gongzhi.procedures.kinds import Review, Submit
from gongzhi.procedures.models import Case, CaseAct
from gongzhi.procedures.standing import offered
from gongzhi.procedures.terms import ActSpec
from gongzhi.procedures.tests.stage import LAW, Law, Stage, Word, period
from gongzhi.registry.roles import COMMUNITY, OWNERS, PROVIDER, RESIDENT, SUBDISTRICT
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotFound, NotPossible, RuleBroken


def not_a_bad_word(law: Any, facts: Word, situation: Any) -> Decision:
    if facts.word == "坏":
        return refuse("不能填写这个内容，请改正。", citations=(LAW,))
    return allow(warnings=("示例提示",))


def keep(*, case: Any, round_id: Any, facts: Any, by: Any, at: Any) -> None:
    """Nothing outside the case."""


class Stands(Procedure):
    """Acts beside its steps."""

    code, title = "stands", "示例常设"
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT,)
    standing = {
        "remark": Standing(ActSpec("remark", "备注", Word), (COMMUNITY, RESIDENT), not_a_bad_word, keep),
        "pursue": Standing(ActSpec("pursue", "追偿", Word), (OWNERS,), outlives=True),
    }
    first = Submit("起点", by=PROVIDER, facts=Word)
    one = Publish("公示一", by=OWNERS, after=first, days="s.days")
    two = Publish("公示二", by=OWNERS, after=first, days="s.days")
    last = Review(
        "结束", by=OWNERS, after=first, facts=Word, ends={"refuse": "ended"}, back={"return": first}
    )


@pytest.fixture
def stands(stage: Stage, law: Law) -> Stage:
    law["s.days"] = period("7D")
    return stage.declare(Stands).open("stands", word="示例")


def test_a_standing_act_is_said_as_often_as_needed(stands: Stage) -> None:
    for word in ("一", "二"):
        answer = stands.stand("community_worker", "remark", word=word)
        assert answer.value["warnings"] == ["示例提示"]
    stands.stand("tenant", "remark", word="三")
    said = CaseAct.objects.filter(name="remark").order_by("seq")
    assert [act.facts["word"] for act in said] == ["一", "二", "三"]


def test_the_order_is_who_then_when_then_law(stands: Stage) -> None:
    stands.stand("subdistrict_leader", "end", reason="示例终止")
    with pytest.raises(NotAllowed, match="应由示例白山社区居民委员会、本小区业主或住户办理"):
        stands.stand("other_provider_leader", "remark", word="坏")
    with pytest.raises(NotPossible, match=r"案件已结束（示例终止），不能再“备注”"):
        stands.stand("community_worker", "remark", word="坏")


def test_the_law_refuses_with_its_article(stands: Stage) -> None:
    with pytest.raises(RuleBroken, match="不能填写这个内容") as refused:
        stands.stand("community_worker", "remark", word="坏")
    assert refused.value.citations == (LAW,)
    assert not CaseAct.objects.filter(name="remark").exists()


def test_what_outlives_its_case_stays_open_when_it_has_ended(stands: Stage) -> None:
    stands.stand("subdistrict_leader", "end", reason="示例终止")
    assert [one.spec.name for one in offered(stands.case())] == ["pursue"]
    stands.stand("committee_head", "pursue")


def test_acts_of_a_step_are_open_while_its_round_is(stands: Stage) -> None:
    names = [one.spec.name for one in offered(stands.case())]
    assert names.count("object") == names.count("report_torn") == 2
    with pytest.raises(Invalid, match="写明是哪一步：one、two"):
        stands.stand("owner", "object", content="示例异议")
    with pytest.raises(NotPossible, match="公示尚未张贴"):
        stands.stand("owner", "object", "one", content="示例异议")
    with pytest.raises(NotPossible, match="没有“object”这个操作"):
        stands.stand("owner", "object", "first", content="示例异议")


def test_an_unknown_act_or_case_is_refused(stands: Stage) -> None:
    with pytest.raises(NotPossible, match="没有“fly”这个操作"):
        stands.stand("owner", "fly")
    row = stands.root
    Case.objects.filter(pk=row).update()
    stands.root = stands.actor("owner").person_id  # type: ignore[assignment]
    with pytest.raises(NotFound):
        stands.stand("owner", "remark")
    stands.root = row


def test_whoever_began_a_case_takes_it_back(stands: Stage) -> None:
    with pytest.raises(NotAllowed, match="“撤回”应由示例白山甲物业有限公司办理"):
        stands.stand("subdistrict_officer", "withdraw", reason="示例撤回")
    stands.stand("provider_leader", "withdraw", reason="示例撤回")
    assert stands.case().row.outcome == "withdrawn"
    assert stands.tasks() == []
    rounds = [found for step in Stands.steps for found in stands.case().rounds(step)]
    assert {found.step.code for found in rounds if found.void_at is None} == {"first"}


def test_two_who_read_the_same_picture_do_not_both_act_on_it(stands: Stage) -> None:
    stands.do("committee_head", "last.decide", "approve", expects=1)
    with pytest.raises(Conflict, match="他人已办理（示例白山业委会主任，2026-03-02 09:00）"):
        stands.do("committee_head", "one.post", "post", expects=1, **notice(stands))


def notice(stage: Stage) -> dict[str, Any]:
    return {
        "title": "示例公示",
        "body": "示例内容",
        "places": ["东门"],
        "posted_at": stage.now.isoformat(),
        "posted_by": ["示例甲"],
    }


def test_a_task_repeated_under_its_key_is_done_once(stands: Stage) -> None:
    first = stands.do("committee_head", "last.decide", "approve", key="k1", word="好")
    again = stands.do("committee_head", "last.decide", "approve", key="k1", word="好")
    assert (again.replayed, again.act_id) == (True, first.act_id)
    with pytest.raises(Conflict, match="已用于另一件事"):
        stands.do("committee_head", "last.decide", "approve", key="k1", word="不好")


def test_facts_are_kept_with_their_class_and_never_changed(stands: Stage) -> None:
    stands.do("committee_head", "last.decide", "approve", word="好")
    act = CaseAct.objects.get(name="approve")
    assert act.facts == {"word": "好", "on": None, "at": None}
    assert act.facts_class.endswith("procedures.tests.stage.Word/1")
    assert stands.case().said(Stands.last).word == "好"


def test_what_was_never_said_is_no_empty_answer(stands: Stage) -> None:
    assert stands.case().heard(Stands.last) is None
    with pytest.raises(LookupError):
        stands.case().said(Stands.last)
