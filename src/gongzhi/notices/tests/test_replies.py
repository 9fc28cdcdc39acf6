"""The reply to an objection reaches its objector: served with proof, or confirmed; and what the public reads of it."""

from datetime import date
from typing import Any

import pytest

from gongzhi.notices.facts import NEUTRAL, ReplyServed
from gongzhi.notices.models import Notice, Objection
from gongzhi.notices.papers import REPORT
from gongzhi.notices.presenting import notices_of_case, objections_of
from gongzhi.notices.replies import demand_after_reply
from gongzhi.notices.serving import SERVED
from gongzhi.notices.tests.test_notices import enter, law, noticed, object_to, stage, take_down, wording
from gongzhi.notices.tests.test_pictures import shoot
from gongzhi.papers.render import render
from gongzhi.papers.tests.measure import pages
from gongzhi.procedures.again import asked_of
from gongzhi.procedures.archive import leaves_of
from gongzhi.procedures.documents import papers_made
from gongzhi.procedures.presenting import ReadView
from gongzhi.procedures.standing_acts import offered
from gongzhi.procedures.tests.stage import Law, Stage, at, period
from gongzhi.registry.models import Ownership
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible, RuleBroken

__all__ = ["law", "noticed", "stage"]

SAID: dict[str, Any] = {"finding": "示例核实", "adopted": False, "next_remedy": "可向街道申请调解"}
SERVICE: dict[str, Any] = {"method": "direct", "address": "示例小区", "servers": ["示例甲", "示例乙"]}


def reply(stage: Stage, turn: int = 1, **more: Any) -> None:
    stage.do("provider_leader", f"notice.reply:{turn}", "reply", **(SAID | more))


def serve(stage: Stage, turn: int = 1, who: str = "provider_leader", **more: Any) -> None:
    said = SERVICE | {"arrived_at": stage.now.isoformat(), "received_by": "示例业主", "may_receive": True}
    stage.do(who, f"notice.serve:{turn}", "serve", **(said | more))


def paper(stage: Stage, document: Any) -> str:
    made = papers_made(ReadView(stage.case().row), stage.now, masked=False)
    form = next(one for one in made if one.document is document).form()
    return "".join("".join(page.text.split()) for page in pages(render(form, at=stage.now)))


# Served -------------------------------------------------------------------------------------------------------------


def test_a_reply_is_served_by_who_replied_and_holds_nothing_up(noticed: Stage) -> None:
    object_to(noticed)
    assert "notice.serve:1" not in noticed.tasks()
    reply(noticed.until("2026-03-04 10:00"))
    task = noticed.task("notice.serve:1")
    assert (task.organisation, task.holds) == (noticed.cast.organisations["provider"], False)
    take_down(noticed.until("2026-03-10 08:00"))
    assert noticed.outcome("notice") == "done"
    assert sorted(noticed.tasks()) == ["after.submit", "notice.serve:1"]
    cleared = noticed.case().instant("notice.cleared")
    with pytest.raises(NotAllowed):
        serve(noticed, who="committee_head")
    serve(noticed)
    row = Objection.objects.get()
    assert (row.served_at, row.served_how) == (noticed.now, "direct")
    assert noticed.tasks() == ["after.submit"]
    assert noticed.case().instant("notice.cleared") == cleared
    (told,) = notices_of_case(noticed.case().row, noticed.now, masked=False)[0]["objections"]
    assert (told["served_at"], told["served_how"]) == (noticed.now, "直接送达")


def test_the_note_tells_answered_and_served_apart(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed.until("2026-03-04 10:00"))
    take_down(noticed.until("2026-03-10 08:00"))
    assert "收到异议1件，均已书面答复，1件答复书还没有送达。" in paper(noticed, REPORT)
    serve(noticed)
    assert "收到异议1件，均已书面答复并送达。" in paper(noticed, REPORT)


def test_a_reply_is_still_to_be_served_when_its_case_has_ended(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed)
    noticed.stand("subdistrict_leader", "end", reason="示例终止")
    assert sorted(noticed.tasks()) == ["notice.remove", "notice.serve:1"]
    serve(noticed)
    assert noticed.tasks() == ["notice.remove"]


def test_a_service_proves_what_any_service_proves_and_comes_after_the_reply(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed.until("2026-03-04 10:00"))
    with pytest.raises(RuleBroken, match="异议人本人、同住的成年家属"):
        serve(noticed, may_receive=False)
    with pytest.raises(RuleBroken, match="留置送达要有证明"):
        serve(noticed, method="leave", refusal="本人拒收")
    with pytest.raises(Invalid, match="两名送达人"):
        serve(noticed, servers=["示例甲"])
    with pytest.raises(NotPossible, match="不能晚于现在"):
        serve(noticed, arrived_at=at("2026-03-05 10:00").isoformat())
    with pytest.raises(NotPossible, match="不能早于作出答复的时间"):
        serve(noticed, arrived_at=at("2026-03-04 09:59").isoformat())
    serve(noticed, method="leave", refusal="本人拒收", witness="示例见证人")
    assert Objection.objects.get().served_how == "leave"


def test_a_wrong_proof_of_service_is_put_right(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed)
    serve(noticed.until("2026-03-04 10:00"))
    said = SERVICE | {
        "arrived_at": at("2026-03-03 18:00").isoformat(),
        "method": "post",
        "post_number": "示例单号",
    }
    correction = {"step": "notice", "act": "serve", "facts": said, "reason": "写错了送达方式"}
    noticed.stand("provider_leader", "correct", **correction)
    row = Objection.objects.get()
    assert (row.served_at, row.served_how) == (at("2026-03-03 18:00"), "post")
    assert "邮寄送达" in paper(noticed, SERVED)


# Replaced -----------------------------------------------------------------------------------------------------------


def replace(stage: Stage, **more: Any) -> None:
    stage.do("committee_head", "notice.take_down", "replace", **wording(stage, body="示例新内容", **more))


def test_the_note_of_a_newer_notice_tells_what_it_replaced_and_what_was_objected_to_that(
    noticed: Stage,
) -> None:
    enter(noticed)
    reply(noticed.until("2026-03-04 10:00"))
    replace(noticed.until("2026-03-05 10:00"))
    serve(noticed)
    take_down(noticed.until("2026-03-13 08:00"))
    told = paper(noticed, REPORT)
    assert "公示〔2026〕220602-2" in told
    days = "2026年3月2日（周一）09:00张贴，2026年3月5日（周四）10:00起由本公示代替"
    assert f"公示〔2026〕220602-1（{days}，内容变更，重新公示）" in told
    assert "（对公示〔2026〕220602-1提出）" in told
    assert "收到异议1件（其中1件是对被代替的公示提出的），均已书面答复并送达。" in told
    assert "未收到异议" not in told


def test_the_poster_of_a_replaced_notice_stays_in_the_file_and_says_so(noticed: Stage) -> None:
    replace(noticed.until("2026-03-05 10:00"))
    take_down(noticed.until("2026-03-13 08:00"))
    leaves = [leaf for leaf in leaves_of(ReadView(noticed.case().row), noticed.now) if "张贴件" in leaf.title]
    assert sorted((leaf.title, leaf.number) for leaf in leaves) == [
        ("示例公示（张贴件）", "公示〔2026〕220602-2"),
        ("示例公示（张贴件，第1次张贴，已被代替）", "公示〔2026〕220602-1"),
    ]
    made = papers_made(ReadView(noticed.case().row), noticed.now, masked=False)
    assert [one.code for one in made if "poster" in one.code] == [
        "notice.poster_a4",
        "notice.poster_a4.1",
        "notice.poster_a3",
    ]


# Confirmed ----------------------------------------------------------------------------------------------------------


def confirm(stage: Stage, who: str = "owner", turn: int = 1) -> None:
    stage.stand(who, "confirm_reply", turn=turn)


def test_who_objected_confirms_on_the_platform_and_nobody_has_to_serve_it(noticed: Stage) -> None:
    object_to(noticed)
    with pytest.raises(NotPossible, match="现在不能“确认收到答复”"):
        confirm(noticed)
    reply(noticed.until("2026-03-04 10:00"))
    with pytest.raises(NotAllowed, match="提出这项异议的本人"):
        confirm(noticed, "co_owner")
    with pytest.raises(NotFound, match="没有这一项异议"):
        confirm(noticed, turn=2)
    confirm(noticed.until("2026-03-04 20:00"))
    row = Objection.objects.get()
    assert (row.served_at, row.served_how) == (noticed.now, "confirmed")
    assert "notice.serve:1" not in noticed.tasks()
    with pytest.raises(NotPossible, match="现在不能“确认收到答复”"):
        confirm(noticed)


@pytest.mark.parametrize("ends", [False, True])
def test_it_is_confirmed_also_when_the_notice_is_over(noticed: Stage, ends: bool) -> None:
    object_to(noticed)
    reply(noticed)
    take_down(noticed.until("2026-03-10 08:00"))
    if ends:
        noticed.stand("subdistrict_leader", "end", reason="示例终止")
    assert "notice.serve:1" in noticed.tasks()
    confirm(noticed)
    assert "notice.serve:1" not in noticed.tasks()
    assert Objection.objects.get().served_at == noticed.now


def test_of_two_replies_each_is_served_for_itself(noticed: Stage) -> None:
    object_to(noticed)
    object_to(noticed, "co_owner")
    for turn in (1, 2):
        reply(noticed, turn)
    serve(noticed, 2)
    with pytest.raises(NotPossible, match=r"已于.+送达，不用再确认"):
        confirm(noticed, "co_owner", 2)
    assert [path for path in noticed.tasks() if "serve" in path] == ["notice.serve:1"]


def test_nobody_confirms_for_who_objected_on_paper(noticed: Stage) -> None:
    enter(noticed)
    reply(noticed)
    with pytest.raises(NotAllowed, match="提出这项异议的本人"):
        confirm(noticed)


# Its paper ----------------------------------------------------------------------------------------------------------


def test_its_proof_is_a_form_to_go_with_and_then_the_record(noticed: Stage) -> None:
    enter(noticed)
    reply(noticed.until("2026-03-04 10:00"))
    blank = paper(noticed, SERVED)
    for word in ("送达回证", "异议答复书（公示〔2026〕220602-1-1）", "示例业主乙", "送达单位"):
        assert word in blank, word
    assert "2026年3月5日" not in blank
    serve(noticed.until("2026-03-05 18:00"), received_by="示例签收人", capacity="本人")
    record = paper(noticed, SERVED)
    for word in ("直接送达", "2026年3月5日（周四）18:00", "示例签收人", "示例甲", "示例乙"):
        assert word in record, word


def test_the_proof_of_a_confirmed_reply_says_who_confirmed_it_and_when(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed)
    confirm(noticed.until("2026-03-05 18:00:41"))
    record = paper(noticed, SERVED)
    for word in ("本人在平台确认收到", "2026年3月5日（周四）18:00", "异议人本人"):
        assert word in record, word
    for box in ("18:00:41", "签收人", "见证人", "拒收事由", "邮寄单号", "送达地址"):
        assert box not in record, box


def correct_service(stage: Stage, **more: Any) -> None:
    said = SERVICE | {"arrived_at": stage.now.isoformat()} | more
    correction = {"step": "notice", "act": "serve", "facts": said, "reason": "写错了送达方式"}
    stage.stand("provider_leader", "correct", **correction)


def test_what_was_told_of_another_way_is_gone_from_a_service_that_was_refused(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed)
    serve(noticed.until("2026-03-04 10:00"), received_by="示例签收人", capacity="示例身份")
    left = {"method": "leave", "refusal": "本人拒收", "witness": "示例见证人"}
    correct_service(noticed, **left, received_by="示例签收人", capacity="示例身份", may_receive=True)
    record = paper(noticed, SERVED)
    for word in ("留置送达", "本人拒收", "示例见证人"):
        assert word in record, word
    for word in ("示例签收人", "示例身份"):
        assert word not in record, word
    correct_service(noticed, **(left | {"method": "direct", "received_by": "示例业主", "may_receive": True}))
    record = paper(noticed, SERVED)
    assert "直接送达" in record
    for word in ("本人拒收", "示例见证人"):
        assert word not in record, word


def test_a_reply_is_announced_after_it_was_given_and_the_record_says_from_when_to_when(
    noticed: Stage, law: Law
) -> None:
    """《民事诉讼法》第95条: 30 days; 4 March + 30 days = 3 April."""
    law["service.public_notice_after"] = period("30D")
    object_to(noticed)
    reply(noticed.until("2026-03-04 10:00"))
    noticed.until("2026-04-03 09:00")
    shown = [{"file": shoot(noticed, "provider_leader"), "kind": "photo"}]
    serve(noticed, papers=shown)
    told: dict[str, Any] = {"method": "notice", "refusal": "示例无法送达", "servers": ["示例甲"]}
    facts = ReplyServed(**SERVICE | told, arrived_at=noticed.now, announced_on=date(2026, 3, 3))
    view = noticed.case()
    found = view.live_round(view.declaration.step("notice"))
    assert found is not None
    with pytest.raises(NotPossible, match="公告日期不能早于所公告的文书作出的日期（2026年3月4日"):
        demand_after_reply(view.round_view(found), 1, facts, noticed.now)
    with pytest.raises(NotPossible, match="公告日期不能早于"):
        correct_service(noticed, **told, announced_on="2026-03-03")
    correct_service(noticed, **told, announced_on="2026-03-04")
    record = paper(noticed, SERVED)
    for word in ("公告送达", "公告日期2026年3月4日", "公告期满2026年4月3日"):
        assert word in record, word


# What the public reads ----------------------------------------------------------------------------------------------


def test_the_public_reads_the_summary_of_who_replied_and_nothing_else(noticed: Stage) -> None:
    for who in ("owner", "co_owner"):
        object_to(noticed, who)
    reply(noticed, summary="认为公示的退出日期太早")
    reply(noticed, 2)
    take_down(noticed.until("2026-03-10 08:00"))
    first, second = objections_of(Notice.objects.prefetch_related("objections").get())
    assert (first["summary"], second["summary"]) == ("认为公示的退出日期太早", NEUTRAL)
    report = paper(noticed, REPORT)
    assert "认为公示的退出日期太早不予采纳2026年3月2日" in report
    names = [one.person.name for one in Objection.objects.select_related("person") if one.person]
    for hidden in ("示例异议", "示例核实", *names, *(f"{name[0]}*" for name in names)):
        assert hidden not in report, hidden


def test_a_summary_names_nobody_and_no_flat_and_no_number(noticed: Stage) -> None:
    object_to(noticed)
    enter(noticed)
    held = Ownership.objects.select_related("unit__building", "person")
    flat = held.filter(person=noticed.actor("owner").person_id).first()
    assert flat is not None
    assert flat.person is not None
    own = f"{flat.unit.building.name}{flat.unit.label}"
    for summary, what in (
        (f"{flat.person.name}认为太早", "姓名"),
        (f"{own}的业主认为太早", "房号"),
        ("3-1-502业主认为太早", "房号"),
        ("３号楼１单元５０２业主认为太早", "房号"),
        ("502室认为太早", "房号"),
        ("电话 139 0000 0000，认为太早", "电话、证件号码"),
        ("证件110101199001011234认为太早", "电话、证件号码"),
    ):
        with pytest.raises(Invalid, match=f"公开摘要里不能有异议人的{what}") as refused:
            reply(noticed, summary=summary)
        assert "summary" in refused.value.fields
    with pytest.raises(Invalid, match="姓名"):
        reply(noticed, 2, summary="示例 业主乙认为太早")
    reply(
        noticed,
        summary="认为2026年6月30日退出太早，涉及320户，预收500万元没有说明，公示〔2026〕220602-1第3条",
    )
    assert Objection.objects.get(turn=1).summary.startswith("认为2026年6月30日")


def enter_for(stage: Stage, name: str, flat: str = "") -> None:
    said = {"content": "示例书面异议", "on_paper_from": name, "on_paper_flat": flat}
    stage.stand("community_worker", "enter_objection", **said)


@pytest.mark.parametrize(
    ("summary", "what"),
    [
        ("示例张三丰要求公布停车费收支", "姓名"),
        ("张三丰要求公布停车费收支", "姓名"),
        ("业主李四和张 三 丰要求公布", "姓名"),
        ("三号楼二单元五零一要求公布", "房号"),
        ("五百零一室要求公布", "房号"),
        ("5号楼301要求公布", "房号"),
        ("甲区九单元要求公布", "房号"),
        ("电话一三八零零零零零零零零，要求公布", "电话、证件号码"),
    ],
)
@pytest.mark.parametrize("name", ["示例张三丰（5号楼1单元301）", "示例张三丰、示例李四"])
def test_a_paper_s_objector_is_found_by_name_and_flat_however_they_are_written(
    noticed: Stage, summary: str, what: str, name: str
) -> None:
    enter_for(noticed, name, "甲区9单元")
    with pytest.raises(Invalid, match=f"公开摘要里不能有异议人的{what}"):
        reply(noticed, summary=summary)
    assert Objection.objects.get().replied_at is None


def test_who_is_no_name_hides_no_words(noticed: Stage) -> None:
    enter_for(noticed, "示例业主（书面）")
    reply(noticed, summary="业主要求公布三百二十户的停车费收支，书面说明一次")
    assert Objection.objects.get().replied_at is not None


def test_the_summary_of_a_reply_is_put_right_and_its_answer_stays(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed, summary="认为退出太早了")
    take_down(noticed.until("2026-03-10 08:00"))
    put: dict[str, Any] = {"step": "notice", "act": "reply", "task": "reply:1", "reason": "写得不清楚"}
    with pytest.raises(NotPossible, match="只能更正公开摘要"):
        noticed.stand("provider_leader", "correct", **put, facts=SAID | {"adopted": True})
    name = noticed.cast.home.actors["owner"].person_id
    owner = Ownership.objects.select_related("person").filter(person=name).first()
    assert owner is not None
    assert owner.person is not None
    with pytest.raises(Invalid, match="姓名"):
        noticed.stand("provider_leader", "correct", **put, facts=SAID | {"summary": owner.person.name})
    right = SAID | {"summary": "认为公示的退出日期太早"}
    with pytest.raises(NotAllowed):
        noticed.stand("committee_head", "correct", **put, facts=right)
    noticed.stand("provider_leader", "correct", **put, facts=right)
    (told,) = objections_of(Notice.objects.prefetch_related("objections").get())
    assert told["summary"] == "认为公示的退出日期太早"
    report = paper(noticed, REPORT)
    assert "认为公示的退出日期太早" in report
    assert "认为退出太早了" not in report


def correct_summary(stage: Stage, summary: str, **more: Any) -> None:
    put = {"step": "notice", "act": "reply", "task": "reply:1", "reason": "写得不清楚"} | more
    stage.stand("provider_leader", "correct", **put, facts=SAID | {"summary": summary})


def test_the_summary_is_put_right_also_when_the_case_has_ended_and_the_day_is_told(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed, summary="认为退出太早了")
    take_down(noticed.until("2026-03-10 08:00"))
    noticed.stand("subdistrict_leader", "end", reason="示例终止")
    assert "correct" in {one.spec.name for one in offered(noticed.case())}
    correct_summary(noticed.until("2026-03-12 09:00"), "认为公示的退出日期太早")
    (told,) = objections_of(Notice.objects.prefetch_related("objections").get())
    assert (told["summary"], told["summary_corrected_at"]) == ("认为公示的退出日期太早", noticed.now)
    taken = {"taken_down_at": noticed.now.isoformat(), "taken_down_by": ["示例甲"]}
    put: dict[str, Any] = {"step": "notice", "act": "take_down", "facts": taken, "reason": "示例原因"}
    with pytest.raises(NotPossible, match="案件已结束"):
        noticed.stand("committee_head", "correct", **put)


def test_the_summary_beside_a_notice_that_is_void_is_put_right_too(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed, summary="认为退出太早了")
    noticed.stand("subdistrict_leader", "end", reason="示例终止")
    assert Notice.objects.get().is_void
    correct_summary(noticed, "认为公示的退出日期太早", round=1)
    assert Objection.objects.get().summary == "认为公示的退出日期太早"
    assert not noticed.case().mark_rows[Notice.objects.get().round_id]


# What a page offers of it -------------------------------------------------------------------------------------------


def test_who_replies_has_the_objection_before_him_and_who_serves_the_reply(noticed: Stage) -> None:
    object_to(noticed)
    case = noticed.case()
    step = case.declaration.step("notice")
    (asked,) = asked_of(case, step, "reply:1")
    assert asked.said is not None
    assert (asked.said.act, asked_of(case, step, "post")) == ("object", [])
    reply(noticed.until("2026-03-04 10:00"))
    (told,) = asked_of(noticed.case(), step, "serve:1")
    assert told.said is not None
    assert told.said.act == "reply"


def test_a_page_offers_who_objected_alone_to_confirm(noticed: Stage) -> None:
    object_to(noticed)
    reply(noticed)
    case = noticed.case()
    every = offered(case)
    (confirm,) = [one for one in every if one.spec.title == "确认收到答复"]
    people = {name: noticed.cast.home.actors[name].person_id for name in ("owner", "co_owner")}
    assert {name: confirm.is_for(case, one) for name, one in people.items()} == {
        "owner": True,
        "co_owner": False,
    }
    assert all(one.is_for(case, people["co_owner"]) for one in every if one is not confirm)
