"""A notice hangs its days, is torn and hung again, objected to and answered; *无异议* is no veto. Counted by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongzhi.acts import log
from gongzhi.acts.canonical import digest
from gongzhi.acts.models import Entry
from gongzhi.law.schema import Kind
from gongzhi.notices import check, rows
from gongzhi.notices.models import Interruption, Notice, Objection
from gongzhi.notices.papers import posted_fields, poster
from gongzhi.notices.publish import CHECKED_WITHIN, REPLY_WITHIN, Publish
from gongzhi.procedures import clocks, tick
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.models import Clock, ClockMove
from gongzhi.procedures.tests.conftest import law, stage
from gongzhi.procedures.tests.stage import Law, Stage, Word, at, period, value
from gongzhi.procedures.tests.test_clocks import NextYear
from gongzhi.registry.policies import setters_at
from gongzhi.registry.roles import COMMUNITY, OWNER, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible

__all__ = ["law", "stage"]


class Noticed(Procedure):
    """A notice between two steps; the provider answers what is objected to."""

    code, title = "noticed", "示例公示案"
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT,)
    notice = Publish(
        "示例公示", by=OWNERS, days="n.days", objections=OWNER, replies=PROVIDER, marks="cleared"
    )
    after = Submit("之后", by=COMMUNITY, after=notice, facts=Word)


@pytest.fixture
def noticed(stage: Stage, law: Law) -> Iterator[Stage]:
    """Posted on Monday 2 March 2026 at 09:00 for seven days: to 9 March, 24:00. Replies within five working days."""
    law["n.days"], law[REPLY_WITHIN] = period("7D"), period("5WD")
    stage.declare(Noticed).open("noticed", "committee_head", **wording(stage))
    yield stage
    assert list(check.findings(stage.now)) == []


def wording(stage: Stage, **more: Any) -> dict[str, Any]:
    return {
        "title": "示例公示",
        "body": "示例内容",
        "places": ["东门", "1幢单元门"],
        "posted_at": stage.now.isoformat(),
        "posted_by": ["示例甲", "示例乙"],
        **more,
    }


def take_down(stage: Stage, when: str = "", **more: str) -> None:
    taken = at(when) if when else stage.now
    facts = {
        "taken_down_at": taken.isoformat(),
        "taken_down_by": ["示例甲", "示例乙"],
        "no_picture": "示例原因",
    }
    stage.do("committee_head", "notice.take_down", "take_down", **facts, **more)


def object_to(stage: Stage, who: str = "owner", **more: str) -> None:
    stage.stand(who, "object", content="示例异议", **more)


def reply(stage: Stage, turn: int = 1) -> None:
    facts = {"finding": "示例核实", "adopted": False, "next_remedy": "可向街道申请调解"}
    stage.do("provider_leader", f"notice.reply:{turn}", "reply", **facts)


def torn(stage: Stage, who: str = "tenant") -> None:
    stage.stand(who, "report_torn", found_at=stage.now.isoformat(), what="被撕毁")


def test_a_report_is_looked_at_in_the_time_the_place_has_set_and_says_until_when_it_hangs(
    noticed: Stage, law: Law
) -> None:
    torn(noticed.until("2026-03-03 10:00"))
    task = noticed.task("notice.torn:1")
    assert task.note == "公示挂到2026年3月9日（周一）24:00，请在此之前到现场核实"
    assert task.due_at is None
    assert not Clock.objects.filter(key=CHECKED_WITHIN).exists()
    law[CHECKED_WITHIN] = period("1D")
    torn(noticed, "owner")
    assert noticed.task("notice.torn:2").due_at == at("2026-03-05 00:00")
    for turn in (1, 2):
        noticed.do("community_worker", f"notice.torn:{turn}", "unfounded", reason="挂得好好的")
    assert all(clock.met_at == noticed.now for clock in Clock.objects.filter(key=CHECKED_WITHIN))
    take_down(noticed.until("2026-03-10 08:00"))
    assert noticed.case().instant("notice.cleared") == at("2026-03-10 08:00")


# Hanging --------------------------------------------------------------------------------------------------------------


def test_a_notice_hangs_to_the_end_of_its_last_day(noticed: Stage) -> None:
    notice = Notice.objects.get()
    assert (notice.until_on, notice.until_at) == (date(2026, 3, 9), at("2026-03-10 00:00"))
    assert notice.working
    assert notice.number == "公示〔2026〕220602-1"
    noticed.until("2026-03-10 08:00")
    with pytest.raises(NotPossible, match="要挂满到2026-03-09 24:00，2026-03-10 00:00以后才能取下"):
        take_down(noticed, "2026-03-09 23:59")
    take_down(noticed)
    assert noticed.outcome("notice") == "done"
    assert noticed.case().instant("notice.cleared") == at("2026-03-10 08:00")
    assert noticed.tasks() == ["after.submit"]


def test_places_told_side_by_side_are_several(noticed: Stage) -> None:
    noticed.until("2026-03-05 10:00")
    told = ["东门、西门，1幢；2幢", "东门", "北门\n南门"]
    noticed.do("committee_head", "notice.take_down", "replace", **wording(noticed, places=told))
    assert Notice.objects.get(ended_at=None).places == ["东门", "西门", "1幢", "2幢", "北门", "南门"]
    with pytest.raises(Invalid):
        noticed.do("committee_head", "notice.take_down", "replace", **wording(noticed, places=["、"]))


def test_it_is_told_when_its_days_are_full_and_nobody_is_late(noticed: Stage) -> None:
    tick.fire_due(at("2026-03-20 00:00"))
    clock = noticed.clock("n.days")
    assert [rung.name for rung in clock.rungs.all()] == ["full"]
    assert noticed.task("notice.take_down").due_at is None


def test_it_is_neither_posted_nor_taken_down_in_the_future(noticed: Stage) -> None:
    noticed.until("2026-03-10 08:00")
    with pytest.raises(NotPossible, match="取下时间不能晚于现在"):
        take_down(noticed, "2026-03-10 09:00")
    facts = wording(noticed, posted_at=at("2026-03-11 09:00").isoformat())
    with pytest.raises(NotPossible, match="张贴时间不能晚于现在"):
        noticed.do("committee_head", "notice.take_down", "replace", **facts)


def test_its_wording_and_period_stand_in_the_public_log_and_again_when_it_is_over(noticed: Stage) -> None:
    notice = Notice.objects.get()
    entries = Entry.objects.filter(subject_id=notice.pk)
    assert entries.get(kind="notice").digest == notice.digest
    assert entries.get(kind="notice_period").digest == digest(rows.period(notice))
    take_down(noticed.until("2026-03-10 08:00"))
    log.seal(noticed.now)
    kinds = Entry.objects.filter(subject_id=notice.pk, leaf_index__isnull=False).values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["notice", "notice_period", "notice_period"]


def test_one_notice_hangs_in_a_round(noticed: Stage) -> None:
    notice = Notice.objects.get()
    notice.pk, notice.number, notice.number_key = None, "另一编号", "另一编号"
    notice.id = Objection().id
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


# Changed and torn -----------------------------------------------------------------------------------------------------


def test_another_wording_is_another_notice_whose_days_begin_anew(noticed: Stage) -> None:
    noticed.until("2026-03-05 10:00")
    noticed.do("committee_head", "notice.take_down", "replace", **wording(noticed, body="示例新内容"))
    old, new = Notice.objects.order_by("posted_at")
    assert (old.replaced_by, old.ended_why) == (new, "内容变更，重新公示")
    assert (new.number, new.until_on) == ("公示〔2026〕220602-2", date(2026, 3, 12))
    assert noticed.clock("n.days").due_on == date(2026, 3, 12)


def test_a_torn_notice_hangs_its_days_anew_from_when_it_hangs_again(noticed: Stage) -> None:
    torn(noticed.until("2026-03-04 10:00"))
    assert noticed.task("notice.torn:1").organisation == noticed.cast.organisations["community"]
    found = {"found_at": at("2026-03-04 10:00").isoformat(), "what": "被撕毁"}
    noticed.do("community_worker", "notice.torn:1", "confirm_torn", **found)
    stopped = ClockMove.objects.filter(clock=noticed.clock("n.days")).order_by("at", "id").last()
    assert stopped is not None
    assert (stopped.after, stopped.why) == (None, "公示中断，补贴后重新起算")
    with pytest.raises(NotPossible, match="尚未核实或补贴"):
        take_down(noticed.until("2026-03-10 08:00"))
    again = {"posted_at": at("2026-03-04 09:00").isoformat(), "posted_by": ["示例甲"]}
    with pytest.raises(NotPossible, match="不能早于发现缺损"):
        noticed.do("committee_head", "notice.again:1", "post_again", **again)
    again["posted_at"] = at("2026-03-06 09:00").isoformat()
    noticed.do("committee_head", "notice.again:1", "post_again", **again)
    notice = Notice.objects.get()
    # 6 March + 7 days: 13 March
    assert (notice.counted_from, notice.until_on) == (at("2026-03-06 09:00"), date(2026, 3, 13))
    assert noticed.clock("n.days").due_on == date(2026, 3, 13)
    interruption = Interruption.objects.get()
    assert (interruption.found_at, interruption.again_at) == (at("2026-03-04 10:00"), at("2026-03-06 09:00"))
    with pytest.raises(NotPossible, match="公示期未满"):
        take_down(noticed)


def test_two_reports_of_one_tearing_are_mended_together(noticed: Stage) -> None:
    for who in ("tenant", "owner"):
        torn(noticed, who)
    found = {"found_at": noticed.now.isoformat(), "what": "被撕毁"}
    for turn in (1, 2):
        noticed.do("community_worker", f"notice.torn:{turn}", "confirm_torn", **found)
    assert [path for path in noticed.tasks() if "again" in path] == ["notice.again:1"]
    again = {"posted_at": noticed.now.isoformat(), "posted_by": ["示例甲"]}
    noticed.do("committee_head", "notice.again:1", "post_again", **again)
    assert not any("again" in path for path in noticed.tasks())
    take_down(noticed.until("2026-03-10 08:00"))


def test_a_report_that_proves_unfounded_moves_nothing(noticed: Stage) -> None:
    torn(noticed)
    noticed.do("community_worker", "notice.torn:1", "unfounded", reason="现场完好")
    assert Notice.objects.get().until_on == date(2026, 3, 9)
    take_down(noticed.until("2026-03-10 08:00"))


def test_what_was_torn_is_torn_no_longer_when_another_wording_hangs(noticed: Stage) -> None:
    torn(noticed)
    noticed.do("committee_head", "notice.take_down", "replace", **wording(noticed, body="示例新内容"))
    assert not any("torn" in path for path in noticed.tasks())
    take_down(noticed.until("2026-03-10 08:00"))


def confirm(stage: Stage, turn: int, **more: Any) -> None:
    found = {"found_at": stage.now.isoformat(), "what": "被撕毁"} | more
    stage.do("community_worker", f"notice.torn:{turn}", "confirm_torn", **found)


def hang_again(stage: Stage, turn: int) -> None:
    again = {"posted_at": stage.now.isoformat(), "posted_by": ["示例甲"]}
    stage.do("committee_head", f"notice.again:{turn}", "post_again", **again)


def test_torn_on_the_sixth_day_and_again_on_the_third_it_hangs_its_days_anew_each_time(
    noticed: Stage,
) -> None:
    torn(noticed.until("2026-03-08 18:00"))
    confirm(noticed, 1)
    hang_again(noticed.until("2026-03-08 20:00"), 1)
    # Sunday 8 March + 7 days: 15 March
    assert Notice.objects.get().until_on == date(2026, 3, 15)
    torn(noticed.until("2026-03-11 07:00"))
    confirm(noticed.until("2026-03-11 09:00"), 2)
    hang_again(noticed.until("2026-03-11 10:00"), 2)
    notice = Notice.objects.get()
    assert (notice.until_on, notice.interruptions.count()) == (date(2026, 3, 18), 2)
    take_down(noticed.until("2026-03-19 00:00"))
    assert noticed.outcome("notice") == "done"


def test_while_it_is_torn_its_days_are_not_over_and_objections_come_in(noticed: Stage) -> None:
    torn(noticed.until("2026-03-09 21:00"))
    confirm(noticed, 1)
    # its last day would have been 9 March, but it hangs no longer
    object_to(noticed.until("2026-03-10 20:30"))
    hang_again(noticed.until("2026-03-11 09:00"), 1)
    object_to(noticed.until("2026-03-18 23:59:59"), "co_owner")
    with pytest.raises(NotPossible, match="公示期已于2026年3月18日（周三）24:00届满"):
        object_to(noticed.until("2026-03-19 00:00:00"), "co_owner")
    assert Objection.objects.count() == 2


def test_what_is_torn_when_its_days_are_full_begins_none_anew(noticed: Stage) -> None:
    with pytest.raises(NotPossible, match="公示期已于2026年3月9日（周一）24:00届满，此后的缺损不影响公示"):
        torn(noticed.until("2026-03-10 00:00"))
    noticed.stand("tenant", "report_torn", found_at=at("2026-03-09 23:59").isoformat(), what="被撕毁")
    assert noticed.task("notice.torn:1").open


def test_a_finding_that_comes_after_it_hangs_again_is_of_the_old_tearing(noticed: Stage) -> None:
    noticed.until("2026-03-04 10:00")
    for who in ("tenant", "owner"):
        torn(noticed, who)
    confirm(noticed, 1)
    hang_again(noticed.until("2026-03-04 15:00"), 1)
    confirm(noticed.until("2026-03-05 09:00"), 2)
    assert not any("again" in path for path in noticed.tasks())
    assert Notice.objects.get().until_on == date(2026, 3, 11)
    assert Interruption.objects.filter(again_at=None).count() == 0
    torn(noticed.until("2026-03-06 09:00"))
    confirm(noticed, 3)
    assert "notice.again:2" in noticed.tasks()


def test_an_objection_at_the_last_second_is_in_time_and_the_next_one_is_not(noticed: Stage) -> None:
    object_to(noticed.until("2026-03-09 20:30:00"))
    object_to(noticed.until("2026-03-09 23:59:59"), "co_owner")
    with pytest.raises(NotPossible, match="24:00届满"):
        object_to(noticed.until("2026-03-10 00:00:00"))


def test_objections_to_a_wording_that_was_changed_are_answered_all_the_same(noticed: Stage) -> None:
    object_to(noticed)
    noticed.until("2026-03-05 10:00")
    noticed.do("committee_head", "notice.take_down", "replace", **wording(noticed, body="示例新内容"))
    take_down(noticed.until("2026-03-13 08:00"))
    assert noticed.outcome("notice") == ""
    reply(noticed)
    assert noticed.outcome("notice") == "done"


def test_another_wording_is_not_posted_before_the_one_it_replaces(noticed: Stage) -> None:
    torn(noticed.until("2026-03-04 10:00"))
    confirm(noticed, 1)
    hang_again(noticed.until("2026-03-04 15:00"), 1)
    facts = wording(noticed.until("2026-03-08 09:00"), posted_at=at("2026-03-04 14:59").isoformat())
    with pytest.raises(NotPossible, match="不能早于现有公示"):
        noticed.do("committee_head", "notice.take_down", "replace", **facts)


def test_nothing_is_found_torn_in_the_future(noticed: Stage) -> None:
    with pytest.raises(NotPossible, match="发现时间不能晚于现在"):
        noticed.stand("tenant", "report_torn", found_at=at("2026-03-03 09:00").isoformat(), what="被撕毁")


@pytest.mark.parametrize("minute", ["2026-03-02 08:59", "2026-02-01 09:00"])
def test_nothing_is_found_torn_before_it_hung(noticed: Stage, minute: str) -> None:
    torn(noticed.until("2026-03-04 10:00"))
    why = r"发现时间不能早于公示张贴的时间（2026年3月2日（周一）09:00）"
    with pytest.raises(NotPossible, match=why):
        confirm(noticed, 1, found_at=at(minute).isoformat())
    with pytest.raises(NotPossible, match=why):
        noticed.stand("tenant", "report_torn", found_at=at(minute).isoformat(), what="被撕毁")
    with pytest.raises(NotPossible, match="发现时间不能晚于现在"):
        confirm(noticed, 1, found_at=at("2026-03-04 10:01").isoformat())
    confirm(noticed, 1, found_at=at("2026-03-02 09:00").isoformat())
    assert Interruption.objects.get().found_at == at("2026-03-02 09:00")


def test_what_is_torn_again_is_found_after_it_hung_again(noticed: Stage) -> None:
    noticed.until("2026-03-04 10:00")
    for who in ("tenant", "owner"):
        torn(noticed, who)
    confirm(noticed, 1)
    hang_again(noticed.until("2026-03-04 15:00"), 1)
    torn(noticed.until("2026-03-05 09:00"))
    with pytest.raises(NotPossible, match="发现时间不能早于公示补贴的时间"):
        confirm(noticed, 3, found_at=at("2026-03-04 14:59").isoformat())
    # the late finding of what was mended says when that was
    confirm(noticed, 2, found_at=at("2026-03-04 10:00").isoformat())
    confirm(noticed, 3)
    assert [one.found_at for one in Interruption.objects.order_by("found_at")] == [
        at("2026-03-04 10:00"),
        at("2026-03-05 09:00"),
    ]


# Objections -----------------------------------------------------------------------------------------------------------


def test_an_objection_is_a_task_and_not_a_veto(noticed: Stage) -> None:
    object_to(noticed)
    task = noticed.task("notice.reply:1")
    assert task.organisation == noticed.cast.organisations["provider"]
    # Monday 2 March, five working days: 3, 4, 5, 6, 9 March
    assert task.due_at == at("2026-03-10 00:00")
    take_down(noticed.until("2026-03-10 08:00"))
    assert noticed.outcome("notice") == ""
    reply(noticed)
    assert noticed.outcome("notice") == "done"
    row = Objection.objects.get()
    assert (row.person_id, row.adopted, row.replied_at) == (
        noticed.actor("owner").person_id,
        False,
        at("2026-03-10 08:00"),
    )
    assert Clock.objects.get(key=REPLY_WITHIN).met_at == at("2026-03-10 08:00")


def test_the_clock_of_a_reply_binds_its_task_alone(noticed: Stage) -> None:
    object_to(noticed)
    object_to(noticed.until("2026-03-05 09:00"), "co_owner")
    # Thursday 5 March, five working days: 6, 9, 10, 11, 12 March
    assert noticed.task("notice.reply:2").due_at == at("2026-03-13 00:00")
    assert noticed.task("notice.reply:1").due_at == at("2026-03-10 00:00")
    assert noticed.task("notice.take_down").due_at is None


def test_an_objection_is_in_time_until_the_end_of_the_last_day(noticed: Stage) -> None:
    object_to(noticed.until("2026-03-09 23:59"))
    with pytest.raises(NotPossible, match="公示期已于2026年3月9日（周一）24:00届满"):
        object_to(noticed.until("2026-03-10 00:00"), "co_owner")


def test_what_one_person_says_twice_in_the_same_words_is_one_objection(noticed: Stage) -> None:
    """A page that was gone back to sends a form of its own once more: no key tells that it is the same."""
    object_to(noticed)
    enter(noticed)
    noticed.until("2026-03-04 10:00")
    with pytest.raises(NotPossible, match="这一条已经收到，不用再提"):
        object_to(noticed)
    for who in ("community_worker", "committee_head"):
        with pytest.raises(NotPossible, match="这一条已经收到，是第2项异议"):
            enter(noticed, who, "2026-03-03 16:20")
    replies = [one for one in noticed.tasks() if one.startswith("notice.reply")]
    assert replies == ["notice.reply:1", "notice.reply:2"]
    # the same words of somebody else, other words, and the same words to another wording are others
    object_to(noticed, "co_owner")
    enter(noticed, content="示例书面异议之二")
    noticed.do("committee_head", "notice.take_down", "replace", **wording(noticed, body="示例新内容"))
    object_to(noticed)
    assert Objection.objects.count() == 5


def test_only_those_the_notice_is_for_object(noticed: Stage) -> None:
    for who in ("tenant", "provider_leader", "subdistrict_officer"):
        with pytest.raises(NotAllowed, match="应由本小区业主办理"):
            object_to(noticed, who)


def enter(
    stage: Stage, who: str = "community_worker", received: str = "", content: str = "示例书面异议"
) -> None:
    facts = {"content": content, "on_paper_from": "示例业主乙"}
    stage.stand(
        who, "enter_objection", **facts, **({"received_at": at(received).isoformat()} if received else {})
    )


def test_an_objection_on_paper_is_entered_with_its_name_by_whoever_takes_paper_in(noticed: Stage) -> None:
    for who in ("owner", "subdistrict_officer"):
        with pytest.raises(NotAllowed, match=r"应由示例白山社区居民委员会、.+办理"):
            enter(noticed, who)
    enter(noticed)
    enter(noticed.until("2026-03-04 10:00"), "committee_head", "2026-03-03 16:20", "示例书面异议之二")
    first, second = Objection.objects.order_by("turn")
    assert (first.person, first.on_paper_from) == (None, "示例业主乙")
    assert first.raised_at == first.entered_at
    assert (second.raised_at, second.entered_at) == (at("2026-03-03 16:20"), at("2026-03-04 10:00"))
    # the reply is counted from the day the paper came: five working days from Tuesday 3 March
    assert noticed.task("notice.reply:2").due_at == at("2026-03-11 00:00")


def test_a_paper_counts_by_the_time_it_was_received_whenever_it_is_entered(noticed: Stage) -> None:
    noticed.until("2026-03-10 08:00")
    for received, why in (
        ("2026-03-10 00:00", "公示期届满以后才收到"),
        ("2026-03-10 09:00", "收到时间不能晚于现在"),
        ("2026-03-02 08:59", "收到时间不能早于公示张贴的时间"),
    ):
        with pytest.raises(NotPossible, match=why):
            enter(noticed, received=received)
    enter(noticed, received="2026-03-09 23:59")
    take_down(noticed)
    # it was entered while the notice waited: the notice waits for its reply
    assert noticed.outcome("notice") == ""
    reply(noticed)
    assert noticed.outcome("notice") == "done"


def test_a_paper_received_in_time_is_entered_after_the_notice_was_cleared_and_holds_nothing_up(
    noticed: Stage,
) -> None:
    take_down(noticed.until("2026-03-10 08:00"))
    cleared = noticed.case().instant("notice.cleared")
    enter(noticed.until("2026-03-11 09:00"), received="2026-03-09 16:00")
    task = noticed.task("notice.reply:1")
    assert (task.open, task.holds) == (True, False)
    assert task.due_at == at("2026-03-17 00:00")
    assert sorted(noticed.tasks()) == ["after.submit", "notice.reply:1"]
    assert (noticed.outcome("notice"), noticed.case().instant("notice.cleared")) == ("done", cleared)
    with pytest.raises(NotPossible, match="公示期届满以后才收到"):
        enter(noticed, received="2026-03-10 07:00")
    reply(noticed)
    assert noticed.case().instant("notice.cleared") == cleared
    assert Objection.objects.get().replied_at == noticed.now
    noticed.stand("subdistrict_leader", "end", reason="示例终止")
    with pytest.raises(NotPossible, match="案件已结束"):
        enter(noticed, received="2026-03-09 16:00")


def test_nobody_objects_to_what_has_been_taken_down(noticed: Stage) -> None:
    take_down(noticed.until("2026-03-10 08:00"))
    with pytest.raises(NotPossible, match="现在不能“提出异议”"):
        object_to(noticed)


def test_a_case_that_ends_takes_its_notice_down(noticed: Stage) -> None:
    object_to(noticed)
    noticed.stand("subdistrict_leader", "end", reason="示例终止")
    assert Notice.objects.get().ended_why == "示例终止"
    assert not Clock.objects.filter(met_at=None, stopped_at=None).exists()


# The law of its days --------------------------------------------------------------------------------------------------


def test_where_the_place_has_still_to_set_the_days_it_hangs_and_is_not_taken_down(
    stage: Stage, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    law["n.days"], law[REPLY_WITHIN] = value(Kind.PERIOD, None), period("5WD")
    stage.declare(Noticed).open("noticed", "committee_head", **wording(stage))
    assert Notice.objects.get().working == ["本地未设定公示期限"]
    stage.until("2026-03-20 09:00")
    with pytest.raises(NotPossible, match="本地未设定"):
        take_down(stage)
    law.own["n.days"].append((date(2026, 3, 20), period("7D")))
    monkeypatch.setattr(tick, "_LOOKED", {})
    assert tick.fill_holes(stage.now) == 1
    assert Notice.objects.get().until_on == date(2026, 3, 9)
    take_down(stage)


def test_while_the_place_has_not_set_the_days_each_act_says_so_and_names_who_can_set_them(
    stage: Stage, law: Law
) -> None:
    law["n.days"], law[REPLY_WITHIN] = value(Kind.PERIOD, None), period("5WD")
    stage.declare(Noticed).open("noticed", "committee_head", **wording(stage))
    bodies = setters_at(stage.case().law.code)
    assert bodies
    case, notice = stage.case(), stage.case().declaration.step("notice")
    assert isinstance(notice, Publish)
    before = {act: notice.known_before(case, act, stage.now) for act in ("post", "replace", "take_down")}
    assert "张贴件只写“公示期限本地未设定”，设定以前不能取下" in before["post"]["posted_at"]
    assert before["replace"] == before["post"]
    with pytest.raises(NotPossible) as refused:
        take_down(stage.until("2026-03-20 09:00"))
    for said in (
        before["post"]["posted_at"],
        before["take_down"]["taken_down_at"],
        *notice.warns(case, "post", stage.now)[:1],
        str(refused.value),
    ):
        assert f"本地未设定“示例参数”，请由{bodies[0]}" in said, said
        assert "n.days" not in said
    law["n.days"] = period("7D")
    assert notice.known_before(stage.case(), "post", stage.now) == {}
    assert not any("未设定" in one for one in notice.warns(stage.case(), "post", stage.now))


def test_a_poster_of_a_place_that_has_set_no_days_is_printed_and_promises_no_last_day(
    stage: Stage, law: Law
) -> None:
    law["n.days"], law[REPLY_WITHIN] = value(Kind.PERIOD, None), period("5WD")
    stage.declare(Noticed).open("noticed", "committee_head", **wording(stage))
    form = poster(Notice.objects.get(), at=stage.now).form()
    assert (form.period, form.days) == ("2026年3月2日张贴，公示期限本地未设定", ())
    assert form.objection_words.startswith("有不同意见的，请在公示期内书面提出")


def test_a_new_calendar_moves_the_last_day_of_what_hangs(
    stage: Stage, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    law["n.days"], law[REPLY_WITHIN] = period("3WD"), period("5WD")
    stage.until("2026-12-30 09:00").declare(Noticed).open("noticed", "committee_head", **wording(stage))
    notice = Notice.objects.get()
    # weekends and New Year's Day: 31 December, 4 and 5 January 2027
    assert (notice.until_on, notice.exact) == (date(2027, 1, 5), False)
    with pytest.raises(NotPossible, match="放假安排系统还没有收录"):
        take_down(stage.until("2027-01-06 09:00"))
    with transaction.atomic():  # who looked it up says so, and need not wait for the table
        take_down(stage, calendar_checked="示例放假通知，公示期已届满")
        assert stage.outcome("notice") == "done"
        transaction.set_rollback(True)
    monkeypatch.setattr(clocks, "CALENDAR", NextYear())
    tick.recalendar(NextYear.version, stage.now)
    notice.refresh_from_db()
    # with 1 and 4 January at rest: 31 December, 5 and 6 January
    assert (notice.until_on, notice.exact) == (date(2027, 1, 6), True)
    assert list(check.findings(stage.now)) == []


def test_a_notice_of_five_working_days_is_printed_with_the_days_as_they_count(stage: Stage, law: Law) -> None:
    """Posted on Thursday 5 March 2026: 6, 9, 10, 11 and 12 March count; Saturday and Sunday do not."""
    law["n.days"], law[REPLY_WITHIN] = period("5WD"), period("5WD")
    stage.declare(Noticed).until("2026-03-05 09:00").open("noticed", "committee_head", **wording(stage))
    fields = posted_fields(Notice.objects.get(), at=stage.now)
    assert fields["until_on"] == date(2026, 3, 12)
    assert (fields["length"], fields["off_days"]) == ("5个工作日", (date(2026, 3, 7), date(2026, 3, 8)))


def test_a_notice_of_seven_days_leaves_out_no_day_of_them(noticed: Stage) -> None:
    fields = posted_fields(Notice.objects.get(), at=noticed.now)
    assert (fields["length"], fields["off_days"]) == ("", ())


def test_a_poster_says_whom_to_tell_of_damage_where_nobody_has_a_telephone(noticed: Stage) -> None:
    notice, street = Notice.objects.get(), noticed.cast.organisations["subdistrict"]
    place = posted_fields(notice, at=noticed.now)["damage_place"]
    assert place == "示例白山社区居民委员会（示例白山路1号）"
    street.phone_supervision = "0439-0000001"
    street.save(update_fields=["phone_supervision"])
    notice = Notice.objects.get()
    assert posted_fields(notice, at=noticed.now)["damage_place"] == ""
