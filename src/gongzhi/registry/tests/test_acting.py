"""In which appointment a request acts, and only within its dates."""

from datetime import date, datetime

import pytest

from gongzhi.acts import chains
from gongzhi.acts.actor import Actor
from gongzhi.acts.door import SYSTEM
from gongzhi.registry import acting, actions
from gongzhi.registry.facts import EndAppointment
from gongzhi.registry.models import Post
from gongzhi.registry.tests.cast import Cast
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotAllowed


def test_an_account_acts_in_its_own_appointment(cast: Cast) -> None:
    actor = cast.county_officer
    assert actor.account_id is not None
    assert acting.actor_of(actor.account_id, actor.appointment_id, cast.at) == actor
    held = acting.appointment_of(actor, cast.at)
    assert (held.post, held.organisation) == (Post.OFFICER, cast.organisations["county"])
    assert acting.organisation_of(actor) == cast.organisations["county"]


def test_nobody_acts_in_anothers_appointment(cast: Cast) -> None:
    stranger, officer = cast.stranger, cast.county_officer
    assert stranger.account_id is not None
    with pytest.raises(NotAllowed, match="您没有这项任职"):
        acting.actor_of(stranger.account_id, officer.appointment_id, cast.at)
    forged = Actor(stranger.account_id, officer.appointment_id, stranger.person_id)
    with pytest.raises(NotAllowed, match="请先选择以哪个职务办理"):
        acting.appointment_of(forged, cast.at)


def test_an_account_without_a_person_has_no_appointment(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="还没有关联人员"):
        acting.actor_of(new_id(), cast.county_officer.appointment_id, cast.at)
    assert acting.actor_of(new_id(), None, cast.at).person_id is None


def test_without_an_appointment_one_is_somebody_but_holds_nothing(cast: Cast) -> None:
    stranger = cast.stranger
    assert stranger.account_id is not None
    actor = acting.actor_of(stranger.account_id, None, cast.at)
    assert actor.person_id == stranger.person_id
    with pytest.raises(NotAllowed, match="请先选择"):
        acting.appointment_of(actor, cast.at)
    assert acting.organisation_of(actor) is None


def test_a_post_holds_on_its_last_day_and_not_after(cast: Cast) -> None:
    actor = cast.county_officer
    assert actor.account_id is not None
    assert actor.appointment_id is not None
    facts = EndAppointment(appointment_id=actor.appointment_id, to_on=date(2026, 3, 31))
    actions.end_appointment(by=SYSTEM, at=cast.at, facts=facts)
    last = datetime(2026, 3, 31, 23, 59, tzinfo=ZONE)
    assert acting.actor_of(actor.account_id, actor.appointment_id, last) == actor
    after = datetime(2026, 4, 1, 0, 0, tzinfo=ZONE)
    with pytest.raises(NotAllowed, match="不在任期内"):
        acting.actor_of(actor.account_id, actor.appointment_id, after)
    with pytest.raises(NotAllowed):
        acting.appointment_of(actor, after)


def test_a_post_does_not_hold_before_its_first_day(cast: Cast) -> None:
    before = datetime(2024, 12, 31, 23, 59, tzinfo=ZONE)
    with pytest.raises(NotAllowed):
        acting.appointment_of(cast.county_officer, before)


def test_one_is_offered_what_one_holds_today(cast: Cast) -> None:
    head = cast.committee_head
    assert head.account_id is not None
    posts = {held.post for held in acting.appointments_of(head.account_id, cast.at)}
    assert posts == {Post.OWNER, Post.COMMITTEE_HEAD}
    assert acting.appointments_of(head.account_id, datetime(2024, 6, 1, tzinfo=ZONE)) == []


def test_a_conflict_names_the_person_behind_an_account(cast: Cast) -> None:
    assert chains.name_of(cast.county_officer.account_id) == "示例白山县局经办"
    assert chains.name_of(new_id()) == "另一位经办人"
