"""Each kind: its tasks, its acts, its outcomes, its marks, and what it refuses."""

from dataclasses import replace
from datetime import date
from fnmatch import fnmatch

import pytest

from gongzhi.law.schema import Kind
from gongzhi.messages.inbox import inbox_of
from gongzhi.messages.models import Topic
from gongzhi.papers.contents.filing import FilingReceipt
from gongzhi.procedures.again import asked_of
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.documents import Copy, Source
from gongzhi.procedures.filings import filing_receipt
from gongzhi.procedures.forms import each_said
from gongzhi.procedures.kinds import Checklist, File, Issue, Review, Submit
from gongzhi.procedures.models import IssuedPaper, Item, Task
from gongzhi.procedures.presenting import present_case
from gongzhi.procedures.queries import case_seen, reader_of, tasks_of
from gongzhi.procedures.readview import ReadView
from gongzhi.procedures.terms import required
from gongzhi.procedures.tests.stage import UNDEFINED, Law, Stage, Word, at, value
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.registry.tests.cast import add_appointment, add_person
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible


class Sent(Procedure):
    """A thing said to one, and a thing said to two."""

    code, title = "sent", "示例送达"
    parties = (PROVIDER,)
    plain = Submit("说明", by=PROVIDER, facts=Word)
    one = Submit("通知", by=PROVIDER, to=OWNERS, facts=Word, marks="told")
    two = Submit("双方通知", by=PROVIDER, to=[OWNERS, COMMUNITY], facts=Word)


@pytest.fixture
def sent(stage: Stage) -> Stage:
    stage.declare(Sent).open("sent")
    for step in ("plain", "one", "two"):
        stage.do("provider_leader", f"{step}.submit")
    return stage.until("2026-03-03 15:00")


def receipt(when: str) -> dict[str, str]:
    return {"arrived_at": at(when).isoformat(), "received_by": "示例签收人"}


def proof(when: str) -> dict[str, object]:
    return {
        "arrived_at": at(when).isoformat(),
        "method": "leave",
        "address": "示例地址",
        "servers": ["示例甲", "示例乙"],
        "witness": "示例见证人",
        "refusal": "示例拒收",
    }


def test_what_need_not_arrive_is_done_when_it_is_said(sent: Stage) -> None:
    assert sent.outcome("plain") == "done"
    assert sent.outcome("one") == ""


def test_a_receipt_makes_it_arrive_at_the_instant_it_names(sent: Stage) -> None:
    sent.do("committee_head", "one.receive", "receive", **receipt("2026-03-03 10:00"))
    case = sent.case()
    assert case.outcome_of(Sent.one) == "done"
    assert case.instant("one.submitted") == at("2026-03-02 09:00")
    assert case.instant("one.arrived") == case.instant("one.told") == at("2026-03-03 10:00")
    assert "one.prove" not in sent.tasks()


def test_proof_of_service_by_the_sender_stands_for_a_receipt(sent: Stage) -> None:
    with pytest.raises(NotAllowed):
        sent.do("committee_head", "one.prove", "prove", **proof("2026-03-03 10:00"))
    sent.do("provider_leader", "one.prove", "prove", **proof("2026-03-03 10:00"))
    assert sent.outcome("one") == "done"
    assert "one.receive" not in sent.tasks()


@pytest.mark.parametrize(
    ("when", "why"), [("2026-03-02 08:59", "早于提交"), ("2026-03-03 15:01", "晚于现在")]
)
def test_nothing_arrives_before_it_was_sent_or_after_now(sent: Stage, when: str, why: str) -> None:
    for name, task, act, facts in (
        ("committee_head", "one.receive", "receive", receipt(when)),
        ("provider_leader", "one.prove", "prove", proof(when)),
    ):
        with pytest.raises(NotPossible, match=why):
            sent.do(name, task, act, **facts)


def test_what_is_said_to_two_has_arrived_when_it_has_arrived_at_both(sent: Stage) -> None:
    sent.do("committee_head", "two.receive:owners", "receive", **receipt("2026-03-03 14:00"))
    assert sent.outcome("two") == ""
    sent.do("provider_leader", "two.prove:community", "prove", **proof("2026-03-03 11:00"))
    assert sent.outcome("two") == "done"
    assert sent.case().instant("two.arrived") == at("2026-03-03 14:00")


def test_the_recipient_may_ask_once_and_whole_for_what_is_wanting(sent: Stage) -> None:
    with pytest.raises(NotPossible, match="补正期限要晚于今天"):
        sent.do("committee_head", "one.receive", "return", missing="缺少清单", until_on=str(sent.now.date()))
    sent.do("committee_head", "one.receive", "return", missing="缺少清单", until_on="2026-03-31")
    assert "one.submit" in sent.tasks()
    assert not {"one.receive", "one.prove"} & set(sent.tasks())


# Review ---------------------------------------------------------------------------------------------------------------


class Agreed(Procedure):
    """A decision that two must sign and one acknowledge."""

    code, title = "agreed", "示例协议"
    parties = (PROVIDER,)
    deal = Review(
        "协议",
        by=OWNERS,
        facts=Word,
        countersign=[PROVIDER, COMMUNITY],
        acknowledge="agreed.present",
        goes=("refuse",),
        marks="agreed",
    )


def signed(stage: Stage, name: str) -> dict[str, str]:
    """Somebody of the cast signs in their own name."""
    return {"signer": stage.cast.home.people[name].name, "capacity": "负责人"}


@pytest.fixture
def agreed(stage: Stage, law: Law) -> Stage:
    law["agreed.present"] = value(Kind.LIST, ("subdistrict",))
    stage.declare(Agreed).open("agreed", "committee_head")
    stage.do("committee_head", "deal.decide", "approve")
    return stage


def test_an_approval_counts_when_everybody_has_signed(agreed: Stage) -> None:
    agreed.do(
        "provider_leader", "deal.countersign:provider", "countersign", **signed(agreed, "provider_leader")
    )
    assert agreed.outcome("deal") == ""
    agreed.until("2026-03-04 09:00")
    agreed.do(
        "community_worker", "deal.countersign:community", "countersign", **signed(agreed, "community_worker")
    )
    assert agreed.outcome("deal") == "approve"
    assert agreed.case().marks["agreed"] == at("2026-03-04 09:00")


def test_a_silent_witness_holds_nothing_up_and_may_still_come(agreed: Stage) -> None:
    for name, role in (("provider_leader", "provider"), ("community_worker", "community")):
        agreed.do(name, f"deal.countersign:{role}", "countersign", **signed(agreed, name))
    assert agreed.case().row.outcome == "done"
    assert agreed.tasks() == ["deal.acknowledge:subdistrict"]
    said = signed(agreed, "subdistrict_officer")
    agreed.do("subdistrict_officer", "deal.acknowledge:subdistrict", "acknowledge", **said)
    assert agreed.tasks() == []


def test_a_declined_signature_is_a_refusal(agreed: Stage) -> None:
    agreed.do("provider_leader", "deal.countersign:provider", "decline", reason="条件不合")
    assert agreed.outcome("deal") == "refuse"


def test_a_witness_the_place_has_still_to_name_holds_nothing_up(stage: Stage, law: Law) -> None:
    law["agreed.present"] = value(Kind.LIST, None)
    stage.declare(Agreed).open("agreed", "committee_head").do("committee_head", "deal.decide", "approve")
    assert not any("acknowledge" in path for path in stage.tasks())


# File -----------------------------------------------------------------------------------------------------------------


class Filed(Procedure):
    """A filing that holds up what comes after it only where the pack says so."""

    code, title = "filed", "示例备案"
    parties, overseers = (PROVIDER,), (SUBDISTRICT,)
    filing = File("备案", by=PROVIDER, to="filed.with", blocks="filed.blocks")
    after = Submit("之后", by=COMMUNITY, after=filing, facts=Word)


@pytest.fixture
def filed(stage: Stage, law: Law) -> Stage:
    law["filed.with"], law["filed.blocks"] = value(Kind.LIST, ("subdistrict", "county")), UNDEFINED
    return stage.declare(Filed)


def send(stage: Stage, *tasks: str) -> None:
    for task in tasks:
        facts = {"sent_at": stage.now.isoformat(), "method": "platform", "proof": "示例凭证"}
        stage.do("provider_leader", f"filing.{task}", "send", **facts)


def test_a_filing_is_done_when_it_was_sent_to_each_and_the_receipts_follow(filed: Stage) -> None:
    filed.open("filed")
    send(filed, "send:subdistrict")
    assert filed.outcome("filing") == ""
    send(filed, "send:county")
    assert filed.outcome("filing") == "done"
    assert filed.case().instant("filing.filed") == filed.now
    assert filed.tasks() == ["after.submit", "filing.receipt:county:1", "filing.receipt:subdistrict:1"]


def test_a_request_to_complete_and_the_receipt_still_come_when_the_filing_is_done(filed: Stage) -> None:
    filed.open("filed")
    send(filed, "send:subdistrict", "send:county")
    step = filed.case().declaration.step("filing")
    asked = step.asked_of(filed.case(), step.act_specs()["send"])
    filed.do("county_officer", "filing.receipt:county:1", "request_completion", missing="缺少附件")
    assert "filing.complete:county:1" in filed.tasks()
    # what was wanting comes with the sending, and is asked for from then on alone
    assert asked == []
    (paper,) = step.asked_of(filed.case(), step.act_specs()["send"])
    assert (paper["label"], paper["required"]) == ("补正材料", False)
    # the step is done, and what is wanting still stands beside the form that answers it
    (wanted,) = asked_of(filed.case(), step, "complete:county:1")
    assert wanted.said is not None
    assert wanted.said.facts["missing"] == "缺少附件"
    assert asked_of(filed.case(), step, "receipt:subdistrict:1") == []
    send(filed, "complete:county:1")
    filed.do("county_officer", "filing.receipt:county:2", "receipt", number="示例回执1")
    assert not any("county" in path for path in filed.tasks())


def test_what_was_posted_came_when_its_receiver_says_and_what_was_asked_for_has_its_day(filed: Stage) -> None:
    filed.open("filed")
    facts = {"sent_at": filed.now.isoformat(), "method": "post", "proof": "示例邮件单号"}
    for role in ("subdistrict", "county"):
        filed.do("provider_leader", f"filing.send:{role}", "send", **facts)
    step = filed.case().declaration.step("filing")
    assert step.begins_with(filed.case(), "receipt", filed.now, "receipt:county:1") == {}
    filed.until("2026-03-04 09:00")
    with pytest.raises(NotPossible, match="邮寄报送的，请填写本单位收到的时间"):
        filed.do("county_officer", "filing.receipt:county:1", "receipt")
    for wrong in ("2026-03-01T09:00:00+08:00", "2026-03-05T09:00:00+08:00"):
        with pytest.raises(NotPossible, match="收到时间不能早于报送时间"):
            filed.do("county_officer", "filing.receipt:county:1", "receipt", arrived_at=wrong)
    filed.do(
        "subdistrict_officer",
        "filing.receipt:subdistrict:1",
        "receipt",
        arrived_at="2026-03-03T15:20:00+08:00",
    )
    told = filing_receipt(source_of(filed, "filing"))
    assert isinstance(told, FilingReceipt)
    assert (told.sent_at, told.arrived_at) == (at("2026-03-02 09:00"), at("2026-03-03 15:20"))
    asked = {"missing": "缺少附件", "until_on": "2026-03-09"}
    filed.do("county_officer", "filing.receipt:county:1", "request_completion", **asked)
    task = Task.objects.get(open=True, name="complete:county:1")
    assert task.due_at == at("2026-03-10 00:00")
    send(filed, "complete:county:1")
    filed.do("county_officer", "filing.receipt:county:2", "receipt", arrived_at=filed.now.isoformat())
    told = filing_receipt(source_of(filed, "filing", "county"))
    assert isinstance(told, FilingReceipt)
    assert told.completed == (
        "2026年3月4日（周三）09:00告知补正：缺少附件",
        "2026年3月4日（周三）09:00补正报送：没有附材料，凭证：示例凭证",
    )


def source_of(stage: Stage, step: str, key: str = "subdistrict") -> Source:
    """What a receipt is made of."""
    case = stage.case()
    found = case.declaration.step(step)
    live = case.live_round(found)
    assert live is not None
    view = case.round_view(live)
    copies = each_said("receipt")(Source(case, found, view, Copy(), stage.now))
    return Source(case, found, view, next(one for one in copies if one.key.startswith(key)), stage.now)


def test_who_filed_learns_of_the_receipt(filed: Stage) -> None:
    filed.open("filed")
    send(filed, "send:subdistrict", "send:county")
    filed.do("county_officer", "filing.receipt:county:1", "receipt", number="示例回执1")
    assert ("备案已有备案回执", True) in told(filed, "provider_leader")
    assert "备案已有备案回执" not in dict(told(filed, "committee_head"))


def test_everybody_in_a_case_learns_that_its_time_stands_still(filed: Stage) -> None:
    filed.open("filed")
    number = filed.case().row.number
    filed.stand("subdistrict_leader", "suspend", reason="示例原因", citation="示例依据")
    for title in (f"{number}暂停计时", f"{number}恢复计时"):
        assert (title, True) in told(filed, "provider_leader")
        if title.endswith("暂停计时"):
            filed.stand("subdistrict_leader", "resume", reason="示例恢复")


def test_a_suspension_names_what_it_rests_on(filed: Stage) -> None:
    filed.open("filed")
    with pytest.raises(Invalid, match="“依据”不能为空"):
        filed.stand("subdistrict_leader", "suspend", reason="示例原因")


def test_a_filing_that_the_pack_lets_block_waits_for_every_receipt(filed: Stage, law: Law) -> None:
    law["filed.blocks"] = value(Kind.FLAG, True)
    filed.open("filed")
    send(filed, "send:subdistrict", "send:county")
    filed.do("county_officer", "filing.receipt:county:1", "receipt")
    assert (filed.outcome("filing"), "after.submit" in filed.tasks()) == ("", False)
    filed.do("subdistrict_officer", "filing.receipt:subdistrict:1", "receipt")
    assert filed.outcome("filing") == "done"


@pytest.mark.parametrize("nobody", [UNDEFINED, value(Kind.LIST, ())])
def test_a_filing_with_nobody_is_skipped(filed: Stage, law: Law, nobody: object) -> None:
    law["filed.with"] = nobody  # type: ignore[assignment]
    with pytest.raises(NotPossible, match="不需要办理"):
        filed.open("filed")


@pytest.mark.parametrize(
    ("when", "says"), [("2026-03-02 09:01", "不能晚于现在"), ("2026-03-02 08:59", "不能早于本步骤开始")]
)
def test_a_filing_is_sent_neither_in_the_future_nor_before_its_step(
    filed: Stage, when: str, says: str
) -> None:
    filed.open("filed")
    facts = {"sent_at": at(when).isoformat(), "method": "platform", "proof": "示例凭证"}
    with pytest.raises(NotPossible, match=says):
        filed.do("provider_leader", "filing.send:county", "send", **facts)


# Issue ----------------------------------------------------------------------------------------------------------------


class Ordered(Procedure):
    """An authority's paper, legally reviewed where the place asks for it."""

    code, title = "ordered", "示例文书"
    parties = (PROVIDER,)
    paper = Issue(
        "通知书", by=COUNTY, to=PROVIDER, facts=Word, legal_review=required("ordered.legal"), marks="served"
    )


@pytest.fixture
def ordered(stage: Stage, law: Law) -> Stage:
    law["ordered.legal"] = UNDEFINED
    return stage.declare(Ordered)


def chain(stage: Stage, *steps: tuple[str, str]) -> None:
    for name, act in steps:
        facts = {"seal": {"copies": 2, "keeper": "示例用印人"}}.get(act, {})
        stage.do(name, f"paper.{act}", act, **facts)


UP_TO_SIGNING = (("county_officer", "draft"), ("county_reviewer", "check"), ("county_leader", "sign_off"))


def test_a_paper_goes_through_its_chain_and_takes_effect_when_it_is_served(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    chain(ordered, *UP_TO_SIGNING)
    assert str(IssuedPaper.objects.get().number) == "示例县建白山〔2026〕1号"
    ordered.until("2026-03-03 09:00")
    chain(ordered, ("county_officer", "seal"))
    ordered.until("2026-03-04 16:00").do(
        "county_officer", "paper.serve", "serve", **proof("2026-03-04 10:30")
    )
    case = ordered.case()
    assert case.row.outcome == "done"
    assert case.instant("paper.signed_off") == at("2026-03-02 09:00")
    assert case.instant("paper.arrived") == case.instant("paper.served") == at("2026-03-04 10:30")
    assert ordered.tasks() == ["paper.archive"]
    ordered.do("county_officer", "paper.archive", "archive", volume="示例卷1")


def join_county(stage: Stage, name: str, post: Post) -> None:
    """Another one in the county's bureau, who acts under that name."""
    person, county = add_person(f"示例{name}"), stage.cast.organisations["county"]
    seat = add_appointment(person, post, organisation_id=county.pk)
    like = stage.cast["county_officer"]
    stage.cast.home.actors[name] = replace(like, person_id=person.pk, appointment_id=seat)


def test_three_people_make_a_paper_and_not_one(ordered: Stage) -> None:
    join_county(ordered, "second_leader", Post.LEADER)
    ordered.open("ordered", "county_leader")
    ordered.do("county_leader", "paper.draft", "draft")
    with pytest.raises(NotAllowed, match="换一位同事"):
        ordered.do("county_leader", "paper.check", "check")
    with pytest.raises(NotAllowed, match=r"应由审核人员、.*领导办理"):
        ordered.do("county_officer", "paper.check", "check")
    ordered.do("county_reviewer", "paper.check", "check")
    with pytest.raises(NotAllowed, match="换一位同事"):
        ordered.do("county_leader", "paper.sign_off", "sign_off")
    with pytest.raises(NotAllowed, match=r"应由.*领导.*办理"):
        ordered.do("county_reviewer", "paper.sign_off", "sign_off")
    ordered.do("second_leader", "paper.sign_off", "sign_off")


def test_who_alone_can_sign_is_kept_for_it(ordered: Stage) -> None:
    """Else the letter would stand still for good: nobody else of the body may sign."""
    ordered.open("ordered", "county_officer")
    with pytest.raises(NotAllowed, match="后面的环节本单位只有您能办"):
        ordered.do("county_leader", "paper.draft", "draft")
    ordered.do("county_officer", "paper.draft", "draft")
    with pytest.raises(NotAllowed, match="后面的环节本单位只有您能办"):
        ordered.do("county_leader", "paper.check", "check")
    seat = Appointment.objects.select_related("person", "organisation").get(
        pk=ordered.cast["county_leader"].appointment_id
    )
    view = ReadView(case_seen(ordered.root, seat))
    told_to = present_case(view, reader_of(seat), ordered.now)
    (check,) = [one for one in told_to["tasks"] if one["name"] == "check"]
    assert "后面的环节本单位只有您能办" in check["why_not"]
    join_county(ordered, "second_leader", Post.LEADER)
    ordered.do("county_leader", "paper.check", "check")
    ordered.do("second_leader", "paper.sign_off", "sign_off")


def test_where_the_law_of_a_paper_is_reviewed_two_are_kept(ordered: Stage, law: Law) -> None:
    """Reviewer and leader are wanted for the two tasks that come; a clerk checks."""
    law["ordered.legal"] = value(Kind.FLAG, True)
    join_county(ordered, "clerk", Post.CLERK)
    ordered.open("ordered", "county_officer")
    ordered.do("county_officer", "paper.draft", "draft")
    for name in ("county_reviewer", "county_leader"):
        with pytest.raises(NotAllowed, match="后面的环节本单位只有您能办"):
            ordered.do(name, "paper.check", "check")
    ordered.do("clerk", "paper.check", "check")
    with pytest.raises(NotAllowed, match="后面的环节本单位只有您能办"):
        ordered.do("county_leader", "paper.legal_review", "check")
    ordered.do("county_reviewer", "paper.legal_review", "check")
    ordered.do("county_leader", "paper.sign_off", "sign_off")


def offered_to(stage: Stage, name: str) -> set[str]:
    """What the work list of somebody has of the case, and the page lets them do."""
    seat = Appointment.objects.select_related("person", "organisation").get(
        pk=stage.actor(name).appointment_id
    )
    told_to = present_case(ReadView(case_seen(stage.root, seat)), reader_of(seat), stage.now)
    free = {task["name"] for task in told_to["tasks"] if task["mine"] and not task["why_not"]}
    listed = set(tasks_of(seat).filter(case=stage.root).values_list("name", flat=True))
    assert free <= listed
    return free


def test_the_keeper_of_the_seals_seals_and_files_and_writes_no_letters(ordered: Stage) -> None:
    join_county(ordered, "clerk", Post.CLERK)
    ordered.open("ordered", "county_officer")
    assert (offered_to(ordered, "clerk"), offered_to(ordered, "county_officer")) == (set(), {"draft"})
    clerk = Appointment.objects.get(pk=ordered.actor("clerk").appointment_id)
    assert not tasks_of(clerk).filter(case=ordered.root).exists()
    with pytest.raises(NotAllowed, match="应由文书以外的同事办理"):
        ordered.do("clerk", "paper.draft", "draft")
    ordered.do("county_officer", "paper.draft", "draft")
    assert (offered_to(ordered, "clerk"), offered_to(ordered, "county_reviewer")) == (set(), {"check"})
    with pytest.raises(NotAllowed, match=r"应由审核人员、.*领导办理"):
        ordered.do("clerk", "paper.check", "check")
    ordered.do("county_reviewer", "paper.check", "check")
    ordered.do("county_leader", "paper.sign_off", "sign_off")
    drafter = Appointment.objects.get(pk=ordered.actor("county_officer").appointment_id)
    for name in ("county_officer", "county_reviewer"):
        assert offered_to(ordered, name) == set()
        with pytest.raises(NotAllowed, match="应由文书办理"):
            ordered.do(name, "paper.seal", "void_number", reason="示例原因")
    assert not tasks_of(drafter).filter(case=ordered.root).exists()
    assert offered_to(ordered, "clerk") == {"seal"}
    chain(ordered, ("clerk", "seal"))
    ordered.until("2026-03-04 16:00")
    ordered.do("county_officer", "paper.serve", "serve", **proof("2026-03-04 10:30"))
    assert (offered_to(ordered, "clerk"), offered_to(ordered, "county_officer")) == ({"archive"}, set())


def test_without_a_keeper_of_the_seals_anybody_of_the_body_seals(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    chain(ordered, *UP_TO_SIGNING)
    assert offered_to(ordered, "county_officer") == {"seal"}


def test_where_the_one_reviewer_drafted_another_colleague_checks(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    ordered.do("county_reviewer", "paper.draft", "draft")
    assert offered_to(ordered, "county_officer") == {"check"}
    ordered.do("county_officer", "paper.check", "check")


def test_a_draft_is_taken_back_until_it_is_signed_off(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    with pytest.raises(NotPossible, match="撤回文稿"):
        ordered.stand("county_officer", "take_back", reason="示例事实有误")
    ordered.do("county_officer", "paper.draft", "draft")
    with pytest.raises(NotAllowed, match="您无权办理"):
        ordered.stand("provider_leader", "take_back", reason="示例事实有误")
    ordered.stand("county_officer", "take_back", reason="示例事实有误")
    assert ordered.tasks() == ["paper.draft"]
    chain(ordered, *UP_TO_SIGNING)
    with pytest.raises(NotPossible, match="撤回文稿"):
        ordered.stand("county_officer", "take_back", reason="示例事实有误")


def told(stage: Stage, name: str) -> list[tuple[str, bool]]:
    """The messages in somebody's box, oldest first, each with whether it waits."""
    seat = Appointment.objects.select_related("person").get(pk=stage.cast[name].appointment_id)
    box = inbox_of(seat)
    assert box is not None
    waiting = set(box.unread().values_list("pk", flat=True))
    rows = box.messages.filter(topic__in=(Topic.TASK, Topic.RESULT)).order_by("created_at", "id")
    return [(row.title, row.pk in waiting) for row in rows]


def test_a_task_of_another_post_is_told_to_that_post_alone(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    chain(ordered, *UP_TO_SIGNING[:2])
    assert ("待办：签发：通知书", True) in told(ordered, "county_leader")
    assert "待办：签发：通知书" not in dict(told(ordered, "county_officer"))


def test_where_nobody_of_the_body_holds_the_post_nothing_is_lost(ordered: Stage) -> None:
    here = {"organisation": ordered.cast.organisations["county"]}
    Appointment.objects.filter(post=Post.LEADER, **here).update(to_on=date(2026, 1, 31))
    ordered.open("ordered", "county_officer")
    chain(ordered, *UP_TO_SIGNING[:2])
    assert ("待办：签发：通知书", True) in told(ordered, "county_officer")


def test_what_asks_for_a_task_waits_no_longer_when_it_is_done(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    assert told(ordered, "county_officer") == [("待办：拟稿：通知书", True)]
    chain(ordered, UP_TO_SIGNING[0])
    assert told(ordered, "county_officer") == [("待办：拟稿：通知书", False), ("待办：核稿：通知书", True)]
    assert dict(told(ordered, "county_reviewer"))["待办：核稿：通知书"]
    Task.objects.filter(name="check").update(organisation=ordered.cast.organisations["subdistrict"])
    assert told(ordered, "county_officer") == [("待办：拟稿：通知书", False), ("待办：核稿：通知书", False)]


def test_a_legal_review_comes_between_where_the_place_asks_for_it(ordered: Stage, law: Law) -> None:
    law["ordered.legal"] = value(Kind.FLAG, True)
    for name in ("clerk", "second_leader"):
        join_county(ordered, name, Post.CLERK if name == "clerk" else Post.LEADER)
    ordered.open("ordered", "county_officer")
    chain(ordered, ("county_officer", "draft"))
    ordered.do("county_leader", "paper.check", "check")
    assert ordered.tasks() == ["paper.legal_review"]
    with pytest.raises(NotAllowed, match="换一位同事"):
        ordered.do("county_leader", "paper.legal_review", "check")
    ordered.do("county_reviewer", "paper.legal_review", "check")
    assert ordered.tasks() == ["paper.sign_off"]


def test_anybody_in_the_chain_may_send_it_back_to_the_draft(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    chain(ordered, *UP_TO_SIGNING[:2])
    ordered.do("county_leader", "paper.sign_off", "return", reason="依据不清")
    assert ordered.tasks() == ["paper.draft"]
    assert not IssuedPaper.objects.exists()


def test_a_void_number_stays_and_the_paper_is_drafted_anew(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    chain(ordered, *UP_TO_SIGNING)
    ordered.do("county_officer", "paper.seal", "void_number", reason="文稿有误")
    paper = IssuedPaper.objects.get()
    assert (str(paper.number), paper.replaced_at) == ("示例县建白山〔2026〕1号（作废）", ordered.now)
    chain(ordered, *UP_TO_SIGNING)
    assert [paper.number.serial for paper in IssuedPaper.objects.order_by("number__serial")] == [1, 2]


def test_a_paper_is_served_after_its_seal_and_by_now(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    chain(ordered, *UP_TO_SIGNING)
    ordered.until("2026-03-03 09:00")
    chain(ordered, ("county_officer", "seal"))
    for when, why in (("2026-03-03 08:59", "早于用印"), ("2026-03-03 09:01", "晚于现在")):
        with pytest.raises(NotPossible, match=why):
            ordered.do("county_officer", "paper.serve", "serve", **proof(when))


# Checklist ------------------------------------------------------------------------------------------------------------


class Listed(Procedure):
    """A list handed over before a witness."""

    code, title = "listed", "示例移交"
    parties = (PROVIDER,)
    items = Checklist(
        "清单", by=PROVIDER, to=OWNERS, witness=COMMUNITY, items="listed.items", goes=("refused",)
    )


@pytest.fixture
def listed(stage: Stage, law: Law) -> Stage:
    law["listed.items"] = value(
        Kind.LIST, ({"code": "a", "label": "示例甲"}, {"code": "b", "label": "示例乙"})
    )
    return stage.declare(Listed).open("listed")


def fill(stage: Stage, *codes: str) -> None:
    for code in codes:
        stage.do("provider_leader", "items.fill", "record", code=code, state="original")
    stage.do("provider_leader", "items.fill", "fill")


def sign(stage: Stage, *who: tuple[str, str]) -> None:
    for name, task in who:
        stage.do(name, f"items.{task}", "sign", **signed(stage, name))


def refuse(stage: Stage, **more: str) -> None:
    facts = {"refused_by": "示例人", "reason": "示例理由", "recorders": ["示例甲", "示例乙"], **more}
    stage.do("community_worker", "items.refusal", "record_refusal", **facts)


def test_a_list_is_closed_when_every_item_was_told(listed: Stage) -> None:
    with pytest.raises(NotPossible, match="还有1项没有登记：示例乙"):
        fill(listed, "a")
    fill(listed, "b")
    assert not any("fill" in path for path in listed.tasks())
    sign(listed, ("provider_leader", "sign:provider"), ("committee_head", "sign:owners"))
    assert listed.outcome("items") == ""
    sign(listed, ("community_worker", "witness:community"))
    assert listed.outcome("items") == "done"


def test_an_item_beyond_the_list_needs_its_name(listed: Stage) -> None:
    with pytest.raises(Invalid, match="清单以外的项目要写明名称"):
        listed.do("provider_leader", "items.fill", "record", code="z", state="present")
    listed.do("provider_leader", "items.fill", "record", code="z", state="present", label="示例丙")


def test_a_name_is_told_of_an_item_beyond_the_list_alone(listed: Stage) -> None:
    """What the law or an earlier entry calls an item it stays called, in the list and in every act of it."""

    def labels() -> list[str]:
        return [row.label for row in Item.objects.filter(case=listed.case().row).order_by("position")]

    def told(code: str, label: str = "") -> None:
        listed.do("provider_leader", "items.fill", "record", code=code, state="present", label=label)

    told("a")
    told("z", "示例丙")
    for code in ("a", "b", "z"):
        with pytest.raises(Invalid, match="已有名称，不再写名称，请把名称留空；要登记另一项的") as refused:
            told(code, "示例丁")
        assert refused.value.fields == {"label": "清单上的项目不写名称，请留空"}
    told("z")
    told("z", "示例丙")
    assert labels() == ["示例甲", "示例乙", "示例丙"]


def test_a_refusal_stands_for_one_partys_signature_and_never_for_the_witness(listed: Stage) -> None:
    fill(listed, "a", "b")
    with pytest.raises(Invalid, match="都还没有签字，请写明拒签方"):
        refuse(listed)
    refuse(listed, party="provider")
    refuse(listed, party="provider")
    sign(listed, ("committee_head", "sign:owners"))
    assert listed.outcome("items") == ""
    sign(listed, ("community_worker", "witness:community"))
    assert listed.outcome("items") == "refused"


def test_two_refusals_of_one_party_do_not_stand_for_the_other(listed: Stage) -> None:
    fill(listed, "a", "b")
    sign(listed, ("community_worker", "witness:community"))
    refuse(listed, party="provider")
    refuse(listed, party="provider")
    assert listed.outcome("items") == ""
    with pytest.raises(Invalid, match="拒签方只能是"):
        refuse(listed, party="county")
    refuse(listed, party="owners")
    assert listed.outcome("items") == "refused"


def test_a_refusal_is_recorded_only_of_who_has_not_signed(listed: Stage) -> None:
    """Of one side left nothing has to be chosen; once both have signed there is nothing to record."""
    step = Listed.step("items")

    def choices() -> list[tuple[str, str]]:
        case = listed.case()
        found = case.live_round(step)
        assert found is not None
        return step.codes_of("record_refusal", case.round_view(found))["party"]

    fill(listed, "a", "b")
    assert [code for code, _ in choices()] == ["", "provider", "owners"]
    sign(listed, ("provider_leader", "sign:provider"))
    with pytest.raises(NotPossible, match="已经签字，不能记录拒签"):
        refuse(listed, party="provider")
    assert choices() == [("", OWNERS.title)]
    refuse(listed)
    assert listed.outcome("items") == ""
    sign(listed, ("committee_head", "sign:owners"))
    assert "items.refusal" not in listed.tasks()
    with pytest.raises(NotPossible):
        refuse(listed)
    sign(listed, ("community_worker", "witness:community"))
    assert listed.outcome("items") == "done"


def test_where_the_place_has_still_to_set_a_list_the_step_stands_there_and_says_so(
    stage: Stage, law: Law
) -> None:
    law["listed.items"] = value(Kind.LIST, None)
    stage.declare(Listed).open("listed")
    task = stage.task("items.wait")
    assert "本地未设定“示例参数”" in task.note
    with pytest.raises(NotPossible, match="本地未设定"):
        stage.do("provider_leader", "items.wait", "fill")


def test_the_tasks_of_every_kind_bear_the_names_it_declares(ordered: Stage, filed: Stage, law: Law) -> None:
    ordered.open("ordered", "county_officer")
    chain(ordered, *UP_TO_SIGNING)
    filed.open("filed")
    send(filed, "send:subdistrict", "send:county")
    for task in Task.objects.select_related("case", "round__step"):
        step = {**{s.code: s for s in Ordered.steps}, **{s.code: s for s in Filed.steps}}[
            task.round.step.code
        ]
        if step.kind != "submit":
            assert any(fnmatch(task.name, pattern) for pattern in step.task_names), task.name


def test_who_checks_or_signs_a_paper_says_so_in_their_own_words(ordered: Stage) -> None:
    ordered.open("ordered", "county_officer")
    ordered.do("county_officer", "paper.draft", "draft")
    with pytest.raises(Invalid) as refused:
        ordered.do("county_reviewer", "paper.check", "check", opinion="")
    assert "opinion" in refused.value.fields
    for act in ("check", "sign_off"):
        field = Ordered.step("paper").act_specs()[act].facts.model_fields["opinion"]
        assert field.is_required(), act
