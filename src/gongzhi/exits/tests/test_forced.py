"""Forced grounds in 白山: the county finds and urges, the owners decide, and only their notice binds the provider."""

import re
from datetime import date
from typing import Any

import pytest

from gongzhi.exits.tests.grounds import EVIDENCE
from gongzhi.exits.tests.looking import see
from gongzhi.exits.tests.play import Play, at
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.exits.tests.test_penalties import set_all
from gongzhi.papers.models import Paper
from gongzhi.procedures.models import Case, CaseAct, IssuedPaper, Task
from gongzhi.procedures.standing import perform_on_case
from gongzhi.registry.models import ServiceContract
from gongzhi.registry.queries import manager_at
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible, RuleBroken

DISMISSAL = "dismissal.owner_notice_before"


@pytest.fixture
def dismissed(play: Play) -> Play:
    """Found on 2 March 2026, urged, voted out without a successor; the notice arrived on 3 March at 10:00."""
    play.classify("grade_d")
    play.urge().vote("dismiss")
    play.tell_end("2026-05-31", papers=())
    return play.until("2026-03-03 10:00").reach("exit.notice.receive", "provider_leader")


@pytest.mark.proves("BS-028", "BS-029", "BS-038", "BS-039", "BS-040")
def test_a_forced_exit_runs_to_its_end_without_an_hour_in_which_nobody_manages(play: Play) -> None:
    play.classify("grade_d")
    play.urge()
    assert play.open_tasks() == ["exit.urging.archive", "joint_decision.record.submit"]
    play.vote("dismiss")
    play.tell_end("2026-05-31", papers=())
    play.publish_result("2026-03-10 09:00")  # posted 2 March: 3 to 9 March are its seven days
    play.reach("exit.notice.receive", "provider_leader")
    play.vote().name_successor("2026-05-31")
    play.until("2026-05-29 09:00").close()
    row = play.case().row
    assert row.outcome == "done", play.open_tasks()
    assert row.steps.get(code="result_filing").outcome == "done"
    found = manager_at(play.area.estate, play.now)
    assert found is not None
    assert found.organisation == play.area.organisations["other_provider"]


@pytest.mark.proves("BS-028")
def test_the_urging_is_addressed_to_the_owners_and_says_that_it_orders_nobody_out(play: Play) -> None:
    play.classify("cutting_supply")
    play.urge()
    paper = Paper.objects.get(issued__in=IssuedPaper.objects.all())
    assert paper.title == "督促启动解聘程序的函"
    assert not [path for path in play.open_tasks() if path.startswith(("exit.departure", "exit.notice"))]
    assert not play.case().row.clocks.exists()
    row = play.case().row.steps.get(code="urging")
    assert row.outcome == "done"


def test_the_day_by_which_the_letter_asks_to_be_told_is_told_with_the_vote_and_dates_it_not(
    play: Play,
) -> None:
    play.classify("cutting_supply")
    play.urge(answer_by_on="2026-03-20")
    task = Task.objects.get(open=True, round__step__case__procedure="joint_decision")
    assert (task.due_at, task.note) == (None, "主管部门来函，请于2026年3月20日（周五）前反馈办理情况")
    record = text_of(made(play, "exit", "urging.service_record"))
    committee = play.area.organisations["committee"].name
    assert f"{play.area.estate.name}业主大会（由{committee}接收）" in re.sub(r"\s", "", record)


def test_a_letter_that_names_no_day_dates_nothing(play: Play) -> None:
    play.classify("cutting_supply")
    play.urge()
    assert Task.objects.get(open=True, round__step__case__procedure="joint_decision").due_at is None


def test_the_draft_begins_with_what_was_found_and_the_finding_with_the_article_of_its_ground(
    play: Play,
) -> None:
    play.classify("cutting_supply")
    case = play.case()
    found, letter = case.declaration.step("classification"), case.declaration.step("urging")
    article = "《白山市物业服务人退出及应急服务管理办法》第十条第五项"
    assert found.begins_with(case, "submit", play.now) == {"basis": article}
    typed = {"facts_found": "示例查明事实", "basis": "示例条款"}
    assert letter.begins_with(case, "draft", play.now) == typed
    assert letter.begins_with(case, "check", play.now) == {}


@pytest.mark.proves("BS-028")
def test_the_letter_needs_three_people(play: Play) -> None:
    play.classify("grade_d")
    said = {"facts_found": "示例事实", "basis": "示例条款", "request": "示例督促", "contact": "示例"}
    play.do("county_officer", "exit.urging.draft", "draft", **said)
    with pytest.raises(NotAllowed, match="同一人"):
        play.do("county_officer", "exit.urging.check", "check", opinion="同意")


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param(variant, marks=pytest.mark.proves(f"BS-{number:03}"))
        for number, variant in enumerate(EVIDENCE, start=29)
    ],
)
def test_each_forced_ground_opens_with_its_evidence_and_not_without(play: Play, variant: str) -> None:
    more = {
        "refusing_disclosure": {"correct_by_on": "2026-02-27"},
        "repeated_penalties": {"not_recorded": "示例罚〔2025〕1号至3号"},
    }.get(variant, {})
    set_all()
    for kind in EVIDENCE[variant]:
        fewer = tuple(other for other in EVIDENCE[variant] if other != kind)
        with pytest.raises(NotPossible, match="还缺《") as refused:
            play.classify(variant, fewer, **more)
        assert refused.value.citations == ()  # the article names the ground, and no paper that proves it
    assert not Case.objects.exists()
    play.classify(variant, **more)
    assert play.case().variant == variant
    assert play.open_tasks() == ["exit.urging.draft"]


@pytest.mark.proves("BS-035")
def test_refusing_to_publish_counts_only_after_an_order_to_correct_whose_time_is_over(play: Play) -> None:
    with pytest.raises(RuleBroken, match="以责令限期整改为前提"):
        play.classify("refusing_disclosure")
    with pytest.raises(RuleBroken, match="责令整改的期限到2026年3月2日24时才满，请在期满后核查"):
        play.classify("refusing_disclosure", correct_by_on="2026-03-02")
    told = play.classify("refusing_disclosure", correct_by_on="2026-03-01")
    # the play sends one and the same PDF as both: it may be a slip, and is asked about
    assert "“责令限期整改通知书”和“期满未改的核查记录”附的是同一份文件，请核对是否附错。" in told


@pytest.mark.parametrize(
    ("variant", "small", "says"),
    [
        ("refusing_disclosure", "", "本情形以责令限期整改为前提，必须填写"),
        ("cutting_supply", "<small>可不填</small>", "本情形不以责令整改为前提，不用填写"),
    ],
)
def test_the_form_of_a_ground_says_whether_an_order_to_correct_comes_first(
    paged: Play, variant: str, small: str, says: str
) -> None:
    path = f"/open/exit/{paged.area.estate.pk}/{variant}/"
    page = see(paged, "county_officer", path)
    assert says in page
    assert f">责令整改的期限{small}<" in page


@pytest.mark.proves("BS-028")
def test_only_the_county_opens_a_forced_ground(play: Play) -> None:
    for name in (
        "provider_leader",
        "committee_head",
        "subdistrict_officer",
        "owner",
        "other_provider_leader",
    ):
        with pytest.raises(NotAllowed, match="示例白山县住房和城乡建设局"):
            play.classify("grade_d", name=name)
    assert not Case.objects.exists()


def test_what_is_found_is_found_by_today(play: Play) -> None:
    with pytest.raises(NotPossible, match="认定日期不能晚于今天"):
        play.classify("grade_d", found_on="2026-03-03")
    with pytest.raises(Invalid):
        play.classify("grade_d", found_on="昨天")


@pytest.mark.proves("BS-017", "BS-028")
def test_a_vote_that_fails_ends_the_case_and_the_provider_stays(play: Play) -> None:
    play.classify("total_subcontract")
    play.urge().vote("dismiss", heads_for=2)  # 2 of 5 is not more than half
    assert play.open_tasks() == [
        "exit.result_filing.send:county",
        "exit.result_filing.send:subdistrict",
        "exit.result_notice.post",
        "exit.urging.archive",
    ]
    play.publish_result("2026-03-10 09:00")
    row = play.case().row
    assert (row.outcome, row.ended_why) == ("not_dismissed", "业主共同决定没有通过，原物业服务人继续履行合同")
    skipped = dict(row.steps.filter(outcome="skipped").values_list("code", "skipped_why"))
    assert {"notice", "hiring", "settlement", "handover", "takeover", "departure"} <= set(skipped)
    assert skipped["notice"] == "业主共同决定没有通过，原物业服务人继续履行合同"
    found = manager_at(play.area.estate, play.now)
    assert found is not None
    assert found.organisation == play.area.organisations["provider"]
    assert ServiceContract.objects.get().ends_on == date(2026, 12, 31)


@pytest.mark.proves("BS-039")
def test_the_result_hangs_seven_days_and_an_objection_has_to_be_answered(play: Play) -> None:
    play.classify("grade_d")
    play.urge().vote("dismiss", heads_for=2)
    play.post("committee_head", "exit.result_notice").file_result()
    play.until("2026-03-05 20:30").stand(
        "owner", "exit", "object", "result_notice", content="示例异议：计票有误"
    )
    with pytest.raises(NotPossible, match="公示期未满"):
        play.until("2026-03-09 23:59").take_down("committee_head", "exit.result_notice")
    play.until("2026-03-10 09:00").take_down("committee_head", "exit.result_notice")
    assert play.case().row.ended_at is None  # the objection still has no reply
    play.do(
        "committee_head",
        "exit.result_notice.reply:1",
        "reply",
        finding="示例核实结果",
        adopted=False,
        next_remedy="示例救济",
    )
    assert play.case().row.outcome == "not_dismissed"


@pytest.mark.proves("BS-024")
def test_the_sixty_days_count_from_arrival_and_do_not_roll_over_labour_day(dismissed: Play) -> None:
    # 3 March + 60 days: 28 left in March, 30 in April, then 2 → 2 May 2026, a Labour Day holiday
    clock = dismissed.case().row.clocks.get(key=DISMISSAL)
    assert (clock.due_on, clock.minimum) == (date(2026, 5, 2), True)
    assert any("到期不等于可以离开" in warning for warning in clock.warnings)
    assert [citation["article"] for citation in clock.citations] == ["第946条"]


def test_a_day_that_leaves_less_than_sixty_days_is_refused_with_the_earliest(play: Play) -> None:
    play.classify("grade_d")
    play.urge().vote("dismiss")
    # 2 March + 60 days: 29 left in March, 30 in April, then 1 → 1 May 2026
    with pytest.raises(RuleBroken, match="最早2026-05-01终止") as refused:
        play.tell_end("2026-04-30", papers=())
    assert any("民法典" in citation.instrument for citation in refused.value.citations)
    play.tell_end("2026-05-01", papers=())


def test_a_notice_that_arrives_later_ends_the_contract_later(play: Play) -> None:
    play.classify("grade_d")
    play.urge().vote("dismiss")
    play.tell_end("2026-05-01", papers=())
    assert not play.case().row.clocks.filter(key=DISMISSAL).exists()
    assert not [path for path in play.open_tasks() if path.startswith(("settlement", "handover"))]
    play.until("2026-03-12 17:00")
    play.do(
        "committee_head",
        "exit.notice.prove",
        "prove",
        arrived_at=at("2026-03-12 15:00").isoformat(),
        method="leave",
        address="示例物业公司住所",
        servers=["示例甲", "示例乙"],
        witness="示例社区干事",
        refusal="示例拒收",
    )
    # 12 March + 60 days: 19 + 30 + 11 → 11 May; thirty days to leave: 20 in May, then 10 → 10 June 2026
    clocks = play.case().row.clocks
    assert clocks.get(key=DISMISSAL).due_on == date(2026, 5, 11)
    assert clocks.get(key="exit.leave_within").due_on == date(2026, 6, 10)


def test_a_dismissal_without_a_successor_warns_of_a_gap_and_asks_the_owners_at_once(play: Play) -> None:
    play.classify("grade_d")
    play.urge().vote("dismiss")
    assert "joint_decision.record.submit" in play.open_tasks()  # who follows: not after the departure
    warnings = play.tell_end("2026-05-31", papers=())
    assert any("只解聘、没有选聘" in warning for warning in warnings)


def test_a_vote_that_also_hires_needs_no_second_vote(play: Play) -> None:
    play.classify("grade_d")
    play.urge().vote("contract")
    assert play.tell_end("2026-05-31", papers=()) == []
    assert play.case().row.steps.get(code="hiring").outcome == "skipped"
    play.name_successor("2026-05-31")


@pytest.mark.proves("BS-084")
def test_where_nobody_was_hired_the_street_names_who_serves_meanwhile(dismissed: Play) -> None:
    dismissed.vote(heads_for=2)
    assert "exit.interim.designate" in dismissed.open_tasks()
    assert "exit.successor.submit" not in dismissed.open_tasks()


def test_nobody_tells_the_provider_to_go_before_the_owners_decided(play: Play) -> None:
    play.classify("grade_d")
    with pytest.raises(AssertionError, match="no open task"):
        play.tell_end("2026-05-31", papers=())
    with pytest.raises(AssertionError, match="no open task joint_decision"):
        play.vote("dismiss")  # the owners vote when they were urged


def test_another_day_has_to_arrive_again(dismissed: Play) -> None:
    with pytest.raises(NotAllowed):
        dismissed.stand("provider_leader", "exit", "amend_notice", reason="示例改期")
    dismissed.until("2026-03-20 09:00").stand("committee_head", "exit", "amend_notice", reason="示例改期")
    assert dismissed.case().row.clocks.get(key=DISMISSAL).stopped_at is not None
    dismissed.tell_end("2026-06-30", papers=())
    dismissed.go(hours=1).reach("exit.notice.receive", "provider_leader")
    # 20 March + 60 days: 11 + 30 + 19 → 19 May 2026
    assert dismissed.case().row.clocks.get(key=DISMISSAL).due_on == date(2026, 5, 19)


def test_an_arrived_notice_is_not_corrected_to_another_day(dismissed: Play) -> None:
    said = {
        "ends_on": "2026-06-30",
        "basis": "示例表决结果",
        "hand_over": "示例移交内容",
        "contact": "示例联系人",
    }
    with pytest.raises(NotPossible, match="请用“变更通知”办理"):
        dismissed.stand("committee_head", "exit", "correct", step="notice", facts=said, reason="示例更正")


def test_the_registers_contract_ends_with_the_exit_and_not_with_its_old_term(dismissed: Play) -> None:
    dismissed.vote().name_successor("2026-05-31")
    dismissed.post("committee_head", "exit.result_notice").file_result()
    dismissed.until("2026-05-29 09:00").take_down("committee_head", "exit.result_notice").close()
    old = ServiceContract.objects.get(provider=dismissed.area.organisations["provider"])
    assert old.ends_on == date(2026, 5, 31)
    assert dismissed.case().row.outcome == "done"


def test_an_undated_text_that_was_not_adopted_forces_nobody(db: None) -> None:
    from gongzhi.registry.tests.cast import build_cast

    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=())
    play = Play(cast, cast.home, now)
    with pytest.raises(RuleBroken, match="此处的规定没有列出“年度物业服务质量评价不合格”") as refused:
        play.classify("grade_d")
    assert any("民法典" in citation.instrument for citation in refused.value.citations)
    assert not Case.objects.exists()


def test_the_day_of_the_answer_lies_after_the_day_the_letter_is_signed(play: Play) -> None:
    play.classify("grade_d")  # on 2 March
    said = {"facts_found": "示例事实", "basis": "示例条款", "request": "示例督促", "contact": "示例"}
    for day in ("2026-02-20", "2026-03-02"):
        with pytest.raises(NotPossible, match="请反馈的日期要晚于今天"):
            play.do("county_officer", "exit.urging.draft", "draft", **said, answer_by_on=day)
    play.do("county_officer", "exit.urging.draft", "draft", **said, answer_by_on="2026-03-03")
    play.do("county_reviewer", "exit.urging.check", "check", opinion="同意")
    with pytest.raises(NotPossible, match="请反馈的日期2026年3月3日已到，不能签发"):
        play.until("2026-03-03 09:00").do("county_leader", "exit.urging.sign_off", "sign_off", opinion="同意")


def test_a_service_is_put_right_under_the_rules_of_service_and_not_once_it_is_filed(play: Play) -> None:
    """《民事诉讼法》第88、89、95条 hold for what is said the second time, too."""
    play.classify("cutting_supply")
    play.urge()
    (row,) = CaseAct.objects.filter(case_id=play.root, name="serve")
    wrong: list[tuple[dict[str, Any], type[Exception], str]] = [
        (
            {"may_receive": False, "received_by": "示例门卫"},
            RuleBroken,
            "门卫、前台等没有授权的人签收不算送达",
        ),
        ({"method": "leave", "refusal": "示例拒收"}, RuleBroken, "留置送达要有证明"),
        ({"method": "notice", "refusal": "示例下落不明", "announced_on": "2026-03-02"}, RuleBroken, "照片"),
    ]
    for more, refused, words in wrong:
        with pytest.raises(refused, match=words):
            correct(play, row, **more)
    correct(play, row, received_by="示例签收人乙")
    play.do("county_officer", "exit.urging.archive", "archive", volume="示例卷")
    with pytest.raises(NotPossible, match="不能更正"):
        correct(play, row, received_by="示例签收人丙")


def correct(play: Play, row: CaseAct, **more: Any) -> None:
    """What was said of the service is said otherwise."""
    facts = {**row.facts, **more}
    said: dict[str, Any] = {"act": "serve", "reason": "示例：有误"}
    case_id = play.case().id
    told = {"step": "urging", "facts": facts, **said}
    perform_on_case(by=play.actor("county_officer"), at=play.now, case_id=case_id, act="correct", facts=told)
