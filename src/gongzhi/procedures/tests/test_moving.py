"""An estate is moved into another community while a case runs: the case is found there, and its law stays."""

from datetime import date
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.law.actions import set_local_value
from gongzhi.law.facts import SetLocalValue
from gongzhi.procedures import check, organs
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Child, Submit
from gongzhi.procedures.models import Case, Task
from gongzhi.procedures.queries import listed_cases
from gongzhi.procedures.tests.stage import Stage, Word, at
from gongzhi.procedures.view import CaseView
from gongzhi.registry import actions
from gongzhi.registry.facts import ChangeBoundary
from gongzhi.registry.models import Appointment, OrganisationKind, Post
from gongzhi.registry.roles import COMMUNITY, PROVIDER, SUBDISTRICT
from gongzhi.registry.tests.cast import add_actor, add_organisation

OLD, NEW = "220602001001", "220602002001"
STREET = "220602002"


class Inner(Procedure):
    """A child."""

    code, title, child_only = "moved_inner", "示例内层", True
    by_community = Submit("社区办", by=COMMUNITY, facts=Word)


class Moved(Procedure):
    """Something of the community and of the street."""

    code, title = "moved", "示例迁移"
    parties = (PROVIDER,)
    start = Submit("开始", by=PROVIDER, facts=Word)
    inner = Child("内层", "moved_inner", after=start)
    by_street = Submit("街道办", by=SUBDISTRICT, after=start, facts=Word)


@pytest.fixture
def moved(stage: Stage) -> dict[str, Any]:
    """A case is running; then the boundary moves, and the next minute's tick comes."""
    street = add_organisation(OrganisationKind.SUBDISTRICT_OFFICE, "示例新街道", STREET)
    community = add_organisation(OrganisationKind.RESIDENTS_COMMITTEE, "示例新社区", NEW)
    worker = add_actor("示例新社区干事", Post.COMMUNITY_WORKER, organisation_id=community.pk)
    officer = add_actor("示例新街道经办", Post.OFFICER, organisation_id=street.pk)
    stage.declare(Inner, Moved).open("moved", word="示例")
    facts = ChangeBoundary(estate_id=stage.cast.estate.pk, community=NEW, paper_title="示例区划调整批复")
    actions.change_boundary(by=stage.actor("county_officer"), at=stage.now, facts=facts)
    stage.until("2026-03-03 09:00")
    organs.follow(stage.now)
    return {"stage": stage, "worker": worker, "officer": officer, "street": street, "community": community}


def appointment(actor: Any) -> Appointment:
    return Appointment.objects.get(pk=actor.appointment_id)


def test_the_case_its_child_and_their_open_tasks_lie_where_the_estate_lies(moved: dict[str, Any]) -> None:
    stage = moved["stage"]
    rows = Case.objects.filter(root_id=stage.root)
    assert set(rows.values_list("subdistrict", "community")) == {(STREET, NEW)}
    tasks = Task.objects.filter(case__root_id=stage.root, open=True)
    assert set(tasks.values_list("community", flat=True)) == {NEW}
    assert stage.task("by_street.submit").organisation == moved["street"]
    assert stage.task("by_community.submit").organisation == moved["community"]


def test_the_new_street_finds_it_in_its_list_and_the_old_one_no_longer(moved: dict[str, Any]) -> None:
    stage = moved["stage"]
    assert listed_cases(appointment(moved["officer"])).filter(pk=stage.root).exists()
    assert listed_cases(appointment(moved["worker"])).filter(pk=stage.root).exists()
    old = appointment(stage.actor("subdistrict_officer"))
    assert not listed_cases(old).filter(pk=stage.root).exists()


def test_its_law_stays_that_of_the_place_it_was_opened_in(moved: dict[str, Any]) -> None:
    """What the new street has set counts for cases opened there, and moves nothing under this one."""
    stage = moved["stage"]
    facts = SetLocalValue(
        jurisdiction=STREET, key="objection.reply_within", value="P5WD", authority="示例街道",
        instrument="示例通知", set_on=date(2025, 1, 1),
    )  # fmt: skip
    set_local_value(by=SYSTEM, at=at("2025-01-01 09:00"), facts=facts)
    for row in Case.objects.filter(root_id=stage.root):
        assert (row.law_at, CaseView(row).place_code) == (OLD, OLD)


def test_it_goes_on_with_the_new_ones(moved: dict[str, Any]) -> None:
    stage = moved["stage"]
    stage.cast.home.actors |= {"new_worker": moved["worker"], "new_officer": moved["officer"]}
    stage.do("new_worker", "by_community.submit")
    stage.do("new_officer", "by_street.submit")
    assert stage.case().row.outcome == "done"


def test_a_second_look_moves_nothing(moved: dict[str, Any]) -> None:
    stage = moved["stage"]
    organs.note_change(stage.cast.estate.pk, stage.now)
    assert organs.follow(stage.now) == 0


def test_a_case_left_behind_is_found_by_the_check(moved: dict[str, Any]) -> None:
    stage = moved["stage"]
    stage.is_tampered = True
    Case.objects.filter(pk=stage.root).update(community=OLD)
    assert any("与小区的区划不同" in one for one in check.findings(stage.now))
