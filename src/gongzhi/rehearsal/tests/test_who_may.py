"""Who may copy an estate, see the copies of an organisation and throw them away."""

from typing import Any
from uuid import UUID

import pytest

from gongzhi.acts.door import ACTIONS, SYSTEM
from gongzhi.acts.models import Act
from gongzhi.exits.tests.play import Play
from gongzhi.rehearsal import actions
from gongzhi.rehearsal.facts import BeginRehearsal, DiscardRehearsal
from gongzhi.rehearsal.folder import Folder, folders
from gongzhi.values.refusals import NotAllowed, NotFound, NotPossible

#: Of the home area, who works in an organisation that sees its estate.
MAY = {
    *("city_officer", "county_officer", "county_reviewer", "county_leader"),
    *("subdistrict_officer", "subdistrict_reviewer", "subdistrict_leader", "subdistrict_clerk"),
    *("community_worker", "community_head", "provider_leader", "provider_legal_representative"),
    *("committee_head", "committee_member", "second_member"),
}


def begin(play: Play, name: str, capture: Any, drafts: bool = False) -> Folder:
    """Somebody copies the home estate."""
    facts = BeginRehearsal(estate_id=play.area.estate.pk, with_drafts=drafts)
    by = play.cast[name] if name else SYSTEM
    with capture(execute=True):
        answer = actions.begin(by=by, at=play.now, facts=facts)
    return next(one for one in folders(_data()) if one.id == answer.value["rehearsal_id"])


def _data() -> Any:
    from django.conf import settings

    return settings.DATA


def test_who_works_for_the_estate_may_and_nobody_else(both: Play) -> None:
    facts = BeginRehearsal(estate_id=both.area.estate.pk, with_drafts=False)
    may = set()
    for name, actor in both.cast.actors.items():
        try:
            actions.begin(by=actor, at=both.now, facts=facts)
        except NotAllowed:
            continue
        may.add(name)
    assert may == MAY


def test_what_is_asked_for_lies_in_a_folder_and_is_recorded_with_the_estate(
    play: Play, django_capture_on_commit_callbacks: Any
) -> None:
    folder = begin(play, "subdistrict_officer", django_capture_on_commit_callbacks, drafts=True)
    cell = folder.cell
    assert cell is not None
    assert (cell.estate, cell.organisation) == ("示例白山一号小区", "示例白山街道办事处")
    assert (cell.by, cell.with_drafts) == ("示例白山街道经办", True)
    # the play's time is 2026-03-02 09:00; the copy begins there
    assert cell.began + cell.offset == pytest.approx(play.now.timestamp())
    assert len(cell.secret) >= 32
    assert '"示例业主0001"' in folder.package
    act = Act.objects.order_by("-seq").filter(name="rehearsal.begin").get()
    assert act.chain.id == play.area.estate.pk
    assert act.answer == {"rehearsal_id": folder.id}


def test_of_a_copy_that_was_not_recorded_nothing_lies_on_the_disk(play: Play) -> None:
    facts = BeginRehearsal(estate_id=play.area.estate.pk, with_drafts=False)
    actions.begin(by=SYSTEM, at=play.now, facts=facts)
    assert folders(_data()) == []


def test_there_are_no_more_than_the_setting_says(
    play: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.REHEARSAL_CELLS = 1
    first = begin(play, "county_officer", django_capture_on_commit_callbacks)
    with pytest.raises(NotPossible, match="最多同时保留 1 个"):
        begin(play, "county_officer", django_capture_on_commit_callbacks)
    first.write_state("gone", 0)
    begin(play, "county_officer", django_capture_on_commit_callbacks)


def test_only_the_organisation_that_made_it_throws_it_away(
    play: Play, django_capture_on_commit_callbacks: Any
) -> None:
    folder = begin(play, "subdistrict_officer", django_capture_on_commit_callbacks)
    facts = DiscardRehearsal(rehearsal_id=UUID(folder.id))
    for name in ("county_officer", "community_head", "provider_leader", "owner"):
        with pytest.raises(NotAllowed):
            actions.discard(by=play.cast[name], at=play.now, facts=facts)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(by=play.cast["subdistrict_clerk"], at=play.now, facts=facts)
    assert folder.wish is not None
    assert (folder.wish.what, folder.wish.who) == ("away", "示例白山街道文书")
    folder.write_state("gone", 0)
    with pytest.raises(NotPossible, match="已经丢弃"):
        actions.discard(by=SYSTEM, at=play.now, facts=facts)
    with pytest.raises(NotFound):
        actions.discard(by=SYSTEM, at=play.now, facts=DiscardRehearsal(rehearsal_id=play.area.estate.pk))


def test_programs_may_do_it_too() -> None:
    assert all(ACTIONS[name].public for name in ("rehearsal.begin", "rehearsal.discard"))
