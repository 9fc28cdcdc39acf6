"""Who holds a task: parties once and for all, organs as they change, on the record; nobody: vacant, and it says so."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.messages.models import Message
from gongzhi.procedures import organs, tick
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.holders import FirstOf
from gongzhi.procedures.kinds import Child, Submit
from gongzhi.procedures.models import Assignment, Recheck
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.procedures.parties import bind_party
from gongzhi.procedures.tests.stage import Stage, Word, at
from gongzhi.registry import actions
from gongzhi.registry.facts import BeginEngagement, EndAppointment
from gongzhi.registry.models import Appointment, Condition, Mode, Organisation
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, PROVIDER, SUCCESSOR
from gongzhi.values.refusals import NotAllowed

RECEIVER = FirstOf("test_receiver", "示例接收方", "organ", (SUCCESSOR, OWNERS))


def name_successor(*, case: Any, round_id: Any, facts: Any, by: Any, at: Any) -> None:
    found = Organisation.objects.get(name="示例白山乙物业有限公司")
    bind_party(case, SUCCESSOR.code, found, at=at, round_id=round_id)


class Receiving(Procedure):
    """The receiver is whoever comes first of several."""

    code, title, child_only = "receiving", "示例接收", True
    take = Submit("接收", by=RECEIVER, facts=Word)


class Roles(Procedure):
    """A step for each sort of role."""

    code, title = "roles", "示例角色"
    parties = (PROVIDER,)
    by_party = Submit("物业办", by=PROVIDER, facts=Word)
    by_owners = Submit("业主方办", by=OWNERS, facts=Word)
    by_successor = Submit("接替方办", by=SUCCESSOR, facts=Word)
    receiving = Child("接收", "receiving")
    naming = Submit("确定接替", by=COUNTY, facts=Word, writes=name_successor)


@pytest.fixture
def roles(stage: Stage) -> Stage:
    return stage.declare(Receiving, Roles).open("roles")


def holder(stage: Stage, path: str) -> str:
    found = stage.task(path).organisation
    return next(key for key, body in stage.cast.organisations.items() if body == found)


def test_a_party_stays_who_it_was_when_the_case_was_opened(roles: Stage) -> None:
    facts = BeginEngagement(
        estate_id=roles.cast.estate.pk,
        from_at=at("2026-03-03 09:00"),
        mode=Mode.CONTRACT,
        organisation_id=roles.cast.organisations["other_provider"].pk,
        paper_title="示例合同",
    )
    actions.begin_engagement(by=SYSTEM, at=at("2026-03-03 09:00"), facts=facts)
    roles.until("2026-03-04 09:00")
    with pytest.raises(NotAllowed, match="应由示例白山甲物业有限公司办理"):
        roles.do("other_provider_leader", "by_party.submit")
    roles.do("provider_leader", "by_party.submit")


def test_a_role_nobody_holds_is_vacant_with_the_street_and_says_so(roles: Stage) -> None:
    task = roles.task("by_successor.submit")
    assert (holder(roles, "by_successor.submit"), task.vacant) == ("subdistrict", True)
    assert task.note == "接替单位尚未确定，暂由示例白山街道办事处承办。"


def test_a_party_that_is_bound_takes_over_every_task_that_waited_for_it(roles: Stage) -> None:
    assert holder(roles, "take.submit") == "committee"
    roles.do("county_officer", "naming.submit")
    for path in ("by_successor.submit", "take.submit"):
        assert (holder(roles, path), roles.task(path).vacant) == ("other_provider", False)
    told = Message.objects.filter(organisation=roles.cast.organisations["other_provider"])
    assert sorted(message.title for message in told) == ["待办：接收", "待办：接替方办"]
    roles.do("other_provider_leader", "take.submit")
    assert holder(roles, "by_owners.submit") == "committee"


def leave(stage: Stage, *names: str) -> None:
    """Members leave the committee: two of five remain, then one."""
    for name in names:
        held = Appointment.objects.get(
            person=stage.cast.home.people[name], organisation=stage.cast.organisations["committee"]
        )
        facts = EndAppointment(appointment_id=held.pk, to_on=date(2026, 3, 2))
        actions.end_appointment(by=SYSTEM, at=stage.now, facts=facts)


def test_a_committee_that_falls_below_half_passes_its_tasks_on_with_the_next_tick(roles: Stage) -> None:
    assert holder(roles, "by_owners.submit") == "committee"
    leave(roles, "second_member")
    assert list(Recheck.objects.values_list("estate_id", flat=True)) == [roles.cast.estate.pk]
    roles.until("2026-03-03 00:01")
    assert organs.follow(roles.now) == 2
    assert not Recheck.objects.exists()
    task = roles.task("by_owners.submit")
    assert (holder(roles, "by_owners.submit"), task.vacant) == ("subdistrict", True)
    assert "成员不足半数" in task.note
    passed = Assignment.objects.filter(task=task).get()
    assert (passed.before, passed.after) == (
        roles.cast.organisations["committee"],
        roles.cast.organisations["subdistrict"],
    )
    assert "成员不足半数" in passed.why
    assert Act.objects.filter(name="procedures.reassign", chain_id=roles.root).count() == 1
    assert organs.follow(roles.now) == 0


def test_the_new_holder_is_told(roles: Stage) -> None:
    leave(roles, "second_member")
    organs.follow(at("2026-03-03 00:01"))
    told = Message.objects.filter(
        organisation=roles.cast.organisations["subdistrict"], title="待办：业主方办"
    )
    assert told.count() == 1


def test_an_old_holder_who_comes_too_late_is_told_who_may(roles: Stage) -> None:
    """No tick ran: the door resolves the organ anew, under the lock."""
    leave(roles, "second_member")
    roles.until("2026-03-03 09:00")
    with pytest.raises(NotAllowed, match="应由示例白山街道办事处办理"):
        roles.do("committee_head", "by_owners.submit")
    assert not Assignment.objects.exists()
    roles.do("subdistrict_officer", "by_owners.submit")
    assert Assignment.objects.count() == 1


def test_papers_still_go_to_a_committee_that_may_not_decide(stage: Stage) -> None:
    class Served(Procedure):
        """Something that must arrive at the owners' side."""

        code, title = "served", "示例送达"
        parties = (PROVIDER,)
        paper = Submit("通知", by=PROVIDER, to=OWNERS, facts=Word)

    leave(stage, "second_member")
    stage.until("2026-03-03 09:00").declare(Served).open("served", word="示例")
    assert holder(stage, "paper.receive") == "committee"
    organs.follow(stage.now)
    assert holder(stage, "paper.receive") == "committee"


def test_where_no_committee_was_ever_formed_the_community_acts_and_the_note_stays(stage: Stage) -> None:
    stage.declare(Receiving, Roles)
    answer = open_case(
        by=stage.actor("county_officer"),
        at=stage.now,
        procedure="roles",
        subject=Subject(estate=stage.cast.bare_estate),
    )
    stage.root = UUID(answer.value["case"])
    task = stage.task("by_owners.submit")
    assert holder(stage, "by_owners.submit") == "community"
    assert "由社区居民委员会代行" in task.acting_for
    assert not task.vacant
    stage.do("community_worker", "by_owners.submit")


def test_a_term_that_ends_at_midnight_changes_hands_without_anybody_acting(roles: Stage) -> None:
    """The committee's term ends on 31 December 2028; the first sweep after that day finds its estate."""
    organs.follow(at("2028-12-31 12:00"))
    found = organs.changed_between(date(2028, 12, 31), date(2029, 1, 1))
    assert found == {roles.cast.estate.pk}
    assert organs.changed_between(date(2029, 1, 1), date(2029, 1, 20)) == set()
    organs.follow(at("2029-01-01 00:01"))
    assert "任期届满未换届" in roles.task("by_owners.submit").note


def test_a_refusing_committee_is_replaced_and_comes_back(roles: Stage) -> None:
    from gongzhi.registry.models import CommitteeCondition

    committee = roles.cast.organisations["committee"]
    row = CommitteeCondition.objects.create(
        committee=committee, condition=Condition.REFUSING, from_on=date(2026, 3, 3), paper_title="示例认定"
    )
    assert tick.pass_on([roles.cast.estate.pk], at("2026-03-03 09:00")) == 2
    assert holder(roles, "by_owners.submit") == "subdistrict"
    row.to_on = date(2026, 3, 9)
    row.save()
    assert organs.changed_between(date(2026, 3, 9), date(2026, 3, 10)) == {roles.cast.estate.pk}
    assert tick.pass_on([roles.cast.estate.pk], at("2026-03-10 09:00")) == 2
    assert holder(roles, "by_owners.submit") == "committee"
    assert Assignment.objects.filter(task=roles.task("by_owners.submit")).count() == 2


def test_a_post_at_one_estate_gives_no_right_at_another(stage: Stage) -> None:
    stage.declare(Receiving, Roles)
    facts = BeginEngagement(
        estate_id=stage.cast.bare_estate.pk,
        from_at=at("2026-03-01 09:00"),
        mode=Mode.CONTRACT,
        organisation_id=stage.cast.organisations["provider"].pk,
        paper_title="示例合同",
    )
    actions.begin_engagement(by=SYSTEM, at=at("2026-03-01 09:00"), facts=facts)
    answer = open_case(
        by=stage.actor("provider_legal_representative"),
        at=stage.now,
        procedure="roles",
        subject=Subject(estate=stage.cast.bare_estate),
    )
    stage.root = UUID(answer.value["case"])
    with pytest.raises(NotAllowed):
        stage.do("provider_leader", "by_party.submit")
    stage.do("provider_legal_representative", "by_party.submit")


def test_two_different_compositions_cannot_bear_one_code() -> None:
    with pytest.raises(ValueError, match="composed twice"):
        FirstOf("test_receiver", "另一接收方", "organ", (COMMUNITY,))
