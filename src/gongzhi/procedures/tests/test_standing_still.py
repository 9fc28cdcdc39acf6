"""A case that stands still: what stops with it, what belongs to others and goes on, and who decides."""

from datetime import date
from typing import Any

import pytest

from gongzhi.law.schema import Kind
from gongzhi.notices.publish import REPLY_WITHIN, Publish
from gongzhi.procedures import check, tick
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Child, File, Submit
from gongzhi.procedures.models import Rung
from gongzhi.procedures.terms import within
from gongzhi.procedures.tests.stage import Law, Stage, Word, at, period, value
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.roles import COMMUNITY, OWNER, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.values.refusals import NotAllowed, NotPossible

WHY = {"reason": "等待鉴定", "citation": "示例依据"}


class Hanging(Procedure):
    """A notice below a case."""

    code, title, child_only = "still_below", "示例下级公示", True
    notice = Publish("示例公示", by=OWNERS, days="h.days", objections=OWNER, replies=PROVIDER)


class Filed(Procedure):
    """A filing with the county."""

    code, title = "still_filed", "示例备案暂停"
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT,)
    filing = File("备案", by=PROVIDER, to="still_filed.with")
    later = Submit("之后", by=COMMUNITY, after=filing, facts=Word)


class Still(Procedure):
    """Work of its own, and a notice below it."""

    code, title = "still", "示例暂停"
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT,)
    start = Submit("起点", by=PROVIDER, facts=Word, marks="begun")
    work = Submit("办理", by=COMMUNITY, after=start, facts=Word, due=within("h.work", of="start.begun"))
    below = Child("公示", "still_below", after=start)


@pytest.fixture
def still(stage: Stage, law: Law) -> Stage:
    """A notice of 2 March 2026 below a case, objected to at once; answers within five working days."""
    law["h.days"], law["h.work"], law[REPLY_WITHIN] = period("7D"), period("10D"), period("5WD")
    stage.declare(Hanging, Still).open("still", word="示例")
    hung: dict[str, Any] = {
        "title": "示例公示",
        "body": "示例内容",
        "places": ["东门"],
        "posted_at": stage.now.isoformat(),
        "posted_by": ["示例甲"],
    }
    stage.do("committee_head", "notice.post", "post", **hung)
    stage.stand("owner", "object", of="still_below", content="示例异议")
    return stage


REPLY = {"finding": "示例核实", "adopted": False, "next_remedy": "示例途径"}


def test_what_is_owed_to_who_objected_runs_on_while_the_case_stands_still(still: Stage) -> None:
    still.until("2026-03-03 09:00").stand("subdistrict_leader", "suspend", **WHY)
    assert still.clock("h.work").due_at is None
    # Monday 2 March, five working days: to 9 March, 24:00
    reply = still.clock(REPLY_WITHIN)
    assert reply.due_at == at("2026-03-10 00:00")
    assert reply.working[-1].startswith("案件暂停计时的期间照常计算")
    assert still.task("notice.reply:1").due_at == reply.due_at
    assert {rung.name for rung in Rung.objects.filter(clock=reply, dropped_at=None)} >= {"remind", "overdue"}
    tick.fire_due(at("2026-03-10 00:00"))
    assert Rung.objects.get(clock=reply, name="overdue").done_at == at("2026-03-10 00:00")
    still.until("2026-03-11 09:00").stand("subdistrict_leader", "resume", reason="鉴定完毕")
    assert still.clock(REPLY_WITHIN).due_at == at("2026-03-10 00:00")
    assert list(check.findings(still.now)) == []


def test_it_is_answered_meanwhile_and_nothing_else_is_done(still: Stage) -> None:
    still.until("2026-03-03 09:00").stand("subdistrict_leader", "suspend", **WHY)
    with pytest.raises(NotPossible, match="案件已暂停"):
        still.do("community_worker", "work.submit")
    still.do("provider_leader", "notice.reply:1", "reply", **REPLY)
    assert still.clock(REPLY_WITHIN).met_at == still.now
    assert "notice.serve:1" in still.tasks()


def test_a_notice_whose_days_are_full_comes_off_the_wall_while_the_case_stands_still(still: Stage) -> None:
    still.until("2026-03-03 09:00").stand("subdistrict_leader", "suspend", **WHY)
    still.do("provider_leader", "notice.reply:1", "reply", **REPLY)
    down = {"taken_down_by": ["示例甲"], "no_picture": "示例原因"}
    # its days end as printed on it, suspended or not: 9 March, 24:00
    still.until("2026-03-10 08:00")
    still.do("committee_head", "notice.take_down", "take_down", taken_down_at=still.now.isoformat(), **down)
    assert still.task("notice.take_down").done_at == still.now
    with pytest.raises(NotPossible, match="案件已暂停"):
        still.do("community_worker", "work.submit")


def test_what_hangs_is_replaced_while_the_case_stands_still(still: Stage) -> None:
    still.until("2026-03-03 09:00").stand("subdistrict_leader", "suspend", **WHY)
    told = {"title": "示例公示", "body": "示例新内容", "places": ["东门"], "posted_by": ["示例甲"]}
    still.do("committee_head", "notice.take_down", "replace", posted_at=still.now.isoformat(), **told)
    assert still.case("still_below").instant("notice.posted") == still.now


def test_what_an_authority_asked_for_until_a_day_is_sent_and_receipted_while_the_case_stands_still(
    stage: Stage, law: Law
) -> None:
    law["still_filed.with"] = value(Kind.LIST, ("county",))
    stage.declare(Filed).open("still_filed")
    sent = {"sent_at": stage.now.isoformat(), "method": "platform", "proof": "示例凭证"}
    stage.stand("subdistrict_leader", "suspend", **WHY)
    # what was not sent yet is the case's own, and stands still
    with pytest.raises(NotPossible, match="案件已暂停"):
        stage.do("provider_leader", "filing.send:county", "send", **sent)
    stage.stand("subdistrict_leader", "resume", reason="示例恢复")
    stage.do("provider_leader", "filing.send:county", "send", **sent)
    asked = {"missing": "缺少附件", "until_on": "2026-03-20"}
    stage.do("county_officer", "filing.receipt:county:1", "request_completion", **asked)
    stage.stand("subdistrict_leader", "suspend", **WHY)
    stage.do("provider_leader", "filing.complete:county:1", "send", **sent)
    stage.do("county_officer", "filing.receipt:county:2", "receipt")
    assert stage.tasks() == ["later.submit"]


def test_who_leads_the_body_stops_goes_on_and_ends_and_a_clerk_does_not(still: Stage) -> None:
    refused = "应由示例白山街道办事处的分管（值班）领导办理"
    for act, said in (("suspend", WHY), ("end", {"reason": "示例终止"})):
        with pytest.raises(NotAllowed, match=refused):
            still.stand("subdistrict_officer", act, **said)
    still.stand("subdistrict_leader", "suspend", **WHY)
    with pytest.raises(NotAllowed, match=refused):
        still.stand("subdistrict_officer", "resume", reason="鉴定完毕")
    still.stand("subdistrict_leader", "resume", reason="鉴定完毕")
    still.stand("subdistrict_leader", "end", reason="示例终止")
    assert still.case().row.outcome == "ended"


def test_where_nobody_leads_the_body_its_clerk_stops_and_goes_on(still: Stage) -> None:
    body = still.cast.organisations["subdistrict"]
    Appointment.objects.filter(organisation=body, post=Post.LEADER).update(to_on=date(2026, 2, 1))
    still.stand("subdistrict_officer", "suspend", **WHY)
    still.stand("subdistrict_officer", "resume", reason="鉴定完毕")
