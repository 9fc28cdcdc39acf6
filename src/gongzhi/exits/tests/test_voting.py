"""The joint decision in an exit: who cannot be hired, totals beside the register's, the outcome on its page."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from gongzhi.exits.tests.looking import addresses, plain, rows_in, see
from gongzhi.exits.tests.play import Play, application
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.law import queries as law
from gongzhi.procedures.archive import timeline
from gongzhi.procedures.models import CaseAct, Task
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.undone import undone_by_task
from gongzhi.registry.models import OrganisationKind, Unit
from gongzhi.registry.queries import manager_at
from gongzhi.registry.tests.cast import add_organisation
from gongzhi.values.refusals import Invalid, NotPossible

RECORD = "joint_decision.record.submit"


def result(play: Play, **changed: Any) -> dict[str, Any]:
    """What is said of a vote that passed, or of one apart from it."""
    said = {
        "voted_on": str(play.now.date()),
        "heads_total": 6,
        "heads_voted": 5,
        "heads_for": 4,
        "area_total": "452.50",
        "area_voted": "400.00",
    }
    said |= {"area_for": "300.00", "chosen": "self_managed", "present": "示例街道到场人员"}
    return said | changed


def say(play: Play, **changed: Any) -> list[str]:
    """Record a result; what is told of it."""
    answer = play.do("committee_head", RECORD, "submit", **result(play, **changed))
    return list(answer.value["warnings"])


def test_owners_do_not_hire_the_provider_that_is_leaving(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    with pytest.raises(NotPossible, match=r"不能是正在退出的这一家，请改选.*“自行管理”"):
        play.vote(organisation="provider")
    assert RECORD in play.open_tasks()
    play.vote()
    assert "exit.successor.submit" in play.open_tasks()


def test_totals_apart_from_the_register_are_told_with_both_numbers(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    apart = {"heads_total": 900, "area_total": "90000.00"}
    with pytest.raises(NotPossible, match="写明不一致的原因再提交") as refused:
        say(play, **apart)
    told, _short = say(play, **apart, differs_because="二期业主名册还没有登记", not_passed=True)
    for sentence in (refused.value.sentence, told):
        assert "业主总人数填写为900人，登记为6人" in sentence
        assert "专有部分总面积填写为90,000.00平方米，登记为452.50平方米" in sentence
    assert told.endswith("原因：二期业主名册还没有登记。")


def test_figures_that_fall_short_are_said_to_with_what_falls_short_and_what_it_means(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    with pytest.raises(NotPossible) as refused:
        say(play, heads_for=2)
    assert "同意人数2人（参与表决5人），要求超过1/2" in refused.value.sentence
    assert "街道办事处可以先指定临时接管，接管以前业主可以重新表决" in refused.value.sentence
    assert "勾选“确认表决未通过”" in refused.value.sentence
    (told,) = say(play, heads_for=2, not_passed=True)
    assert "本次表决未通过" in told


def test_figures_that_pass_are_not_said_to_fall_short(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    with pytest.raises(NotPossible, match="已经通过，却勾选了"):
        say(play, not_passed=True)


def test_a_dismissal_that_falls_short_says_that_the_provider_stays(play: Play) -> None:
    play.move("dismissed_in_term")
    with pytest.raises(NotPossible, match="原物业服务人继续履行合同"):
        say(play, heads_for=2, chosen="dismiss")


def test_a_vote_has_its_day_which_is_over_and_not_before_the_case_without_a_reason(play: Play) -> None:
    play.apply("2026-06-30").arrive().go(days=10)
    with pytest.raises(Invalid) as wanting:
        say(play, voted_on=None)
    assert set(wanting.value.fields) == {"voted_on"}
    with pytest.raises(NotPossible, match="表决日期不能晚于今天"):
        say(play, voted_on="2026-03-13")
    with pytest.raises(NotPossible, match="会议时间不能晚于现在"):
        say(play, held_to="2026-03-13T10:00:00+08:00")
    with pytest.raises(NotPossible, match="早于本案立案的2026-03-02"):
        say(play, voted_on="2026-03-01")
    (told,) = say(play, voted_on="2026-03-01", early_because="示例：先表决后补录")
    assert "早于立案日期2026-03-02；原因：示例：先表决后补录" in told
    text = text_of(made(play, "joint_decision", "record.vote_result"))
    assert "2026年3月1日" in text
    assert "先表决后补录" in text


def test_more_valid_ballots_than_took_part_are_refused(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    with pytest.raises(Invalid, match="“有效票数”超过了参与表决人数"):
        say(play, ballots_sent=6, ballots_returned=6, ballots_valid=6)


def test_where_it_is_asked_who_follows_nobody_is_dismissed(paged: Play) -> None:
    paged.apply("2026-06-30").arrive()
    path = f"/tasks/{paged.task(RECORD).pk}/submit/"
    page = see(paged, "committee_head", path)
    assert 'value="dismiss"' not in page
    assert 'value="contract"' in page
    assert 'value="self_managed"' in page
    paged.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    assert 'value="dismiss"' in see(
        paged, "committee_head", f"/open/joint_decision/{paged.area.estate.pk}/-/"
    )


def test_totals_of_the_register_are_not_doubted_nor_those_it_does_not_know(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    unit = Unit.objects.filter(estate=play.area.estate, exclusive_area__isnull=False).first()
    assert unit is not None
    Unit.objects.filter(pk=unit.pk).update(exclusive_area=None, exclusive_source="", exclusive_on=None)
    assert say(play, area_total=Decimal("500.00")) == []


def test_the_form_begins_with_the_totals_of_the_register(paged: Play) -> None:
    paged.apply("2026-06-30").arrive()
    page = see(paged, "committee_head", f"/tasks/{paged.task(RECORD).pk}/submit/")
    begun = {found[1]: found[2] for found in re.finditer(r'name="([^"]*_total)"[^>]*value="([^"]*)"', page)}
    assert {name.rpartition("-")[2]: value for name, value in begun.items()} == {
        "heads_total": "6",
        "area_total": "452.50",
    }


@pytest.mark.parametrize(("heads_for", "says"), [(4, "通过"), (2, "未通过")])
def test_the_page_says_whether_it_passed_and_by_what(paged: Play, heads_for: int, says: str) -> None:
    paged.apply("2026-06-30").arrive().vote(heads_for=heads_for)
    page = see(paged, "committee_head", f"/cases/{paged.case('joint_decision').id}/")
    assert f"表决结果：{says}" in plain(page)
    rows = rows_in(page, "表决结果")
    assert [row[0] for row in rows] == ["参与人数", "参与面积", "同意人数", "同意面积"]
    assert rows[1][1:] == ["400.00 平方米", "452.50 平方米", "88.40%", "不少于2/3", "达到"]
    assert rows[2][-1] == ("达到" if heads_for == 4 else "未达到")
    assert "表决的内容：选聘示例白山乙物业有限公司" in plain(page)


def test_half_of_the_area_and_a_hair_more_are_told_apart(paged: Play) -> None:
    """50.00 % is both: what it lies over or under the mark stands beside it."""
    paged.apply("2026-06-30").arrive()
    area = {"area_total": "452.50", "area_voted": "400.02"}
    say(paged, **area, area_for="200.01", not_passed=True)
    path = f"/cases/{paged.case('joint_decision').id}/"
    told = rows_in(see(paged, "committee_head", path), "表决结果")
    assert told[3][3:] == ["50.00%", "超过1/2", "未达到（差 0.01 平方米）"]
    puts_right(paged, area_for="200.02", not_passed=False)
    told = rows_in(see(paged, "committee_head", path), "表决结果")
    assert told[3][3:] == ["50.00%", "超过1/2", "达到（多 0.01 平方米）"]
    assert told[2][-1] == "达到"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"heads_voted": 7}, "heads_voted"),
        ({"heads_for": 6}, "heads_for"),
        ({"area_voted": "452.51"}, "area_voted"),
        ({"area_for": "400.01"}, "area_for"),
        ({"heads_against": 2}, "heads_against"),
        ({"heads_against": 1, "heads_abstained": 1}, "heads_abstained"),
        ({"area_against": "100.01"}, "area_against"),
        ({"area_abstained": "100.01"}, "area_abstained"),
        ({"ballots_sent": 5, "ballots_returned": 6}, "ballots_returned"),
        ({"ballots_sent": 4, "ballots_valid": 5}, "ballots_valid"),
        ({"ballots_valid": 6}, "ballots_valid"),
        ({"chosen": "contract"}, "organisation"),
        (
            {"held_from": "2026-03-01T10:00:00+08:00", "held_to": "2026-03-01T09:00:00+08:00"},
            "held_to",
        ),
    ],
)
def test_what_does_not_add_up_is_told_at_its_field(play: Play, wrong: dict[str, Any], field: str) -> None:
    play.apply("2026-06-30").arrive()
    with pytest.raises(Invalid) as refused:
        say(play, **wrong)
    assert set(refused.value.fields) == {field}


# Beside the exit ----------------------------------------------------------------------------------------------------


def opens_alone(play: Play, facts: dict[str, Any] | None = None) -> list[str]:
    """Begin a vote that no case asks for, with its result where it is told; what is told of it."""
    answer = open_case(
        by=play.actor("committee_head"),
        at=play.now,
        procedure="joint_decision",
        subject=Subject(estate=play.area.estate),
        facts=facts,
    )
    play.root = UUID(str(answer.value["case"]))
    return list(answer.value.get("warnings", ()))


def test_a_vote_beside_the_exit_is_led_into_the_exit(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    number = play.case().row.number
    with pytest.raises(NotPossible, match=f"{number}.*“业主共同决定由谁接替”的办件") as refused:
        opens_alone(play)
    assert play.case("joint_decision").row.number in refused.value.sentence
    play.vote(heads_for=2)
    with pytest.raises(NotPossible, match=f"{number}.*用“另定接替单位”办理"):
        opens_alone(play)


def test_where_no_exit_runs_a_vote_stands_alone(play: Play) -> None:
    opens_alone(play)
    play.apply("2026-06-30").arrive()
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    opens_alone(play)


MATTER = "示例：是否解聘示例物业"


def test_a_vote_that_nobody_asked_for_says_its_matter_and_its_papers_print_it(play: Play) -> None:
    with pytest.raises(NotPossible, match="请填写表决事项"):
        opens_alone(play, result(play, chosen="dismiss"))
    opens_alone(play, result(play, chosen="dismiss", matter=MATTER))
    for code in ("record.vote_result", "record.minutes"):
        assert MATTER in text_of(made(play, "joint_decision", code))


def test_a_vote_that_is_asked_for_has_its_matter_already(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    with pytest.raises(NotPossible, match="“表决事项”留空"):
        say(play, matter=MATTER)


def test_a_vote_that_stands_alone_says_where_it_leads(paged: Play) -> None:
    (told,) = opens_alone(paged, result(paged, chosen="dismiss", matter=MATTER))
    assert "请在该小区发起退出办件，公示和备案在其中办理" in told
    page = see(paged, "committee_head", f"/cases/{paged.case('joint_decision').id}/")
    assert told in plain(page)
    assert f"表决事项：{MATTER}" in plain(page)


def test_a_vote_that_failed_leads_nowhere(paged: Play) -> None:
    short = result(paged, chosen="dismiss", matter=MATTER, heads_for=2, not_passed=True)
    (told,) = opens_alone(paged, short)
    assert "请在该小区发起退出办件" not in told
    page = see(paged, "committee_head", f"/cases/{paged.case('joint_decision').id}/")
    assert "请在该小区发起退出办件" not in plain(page)


def test_a_vote_in_the_exit_is_not_led_there_again(paged: Play) -> None:
    paged.apply("2026-06-30").arrive()
    assert say(paged) == []
    page = see(paged, "committee_head", f"/cases/{paged.case('joint_decision').id}/")
    assert "请在该小区发起退出办件" not in plain(page)


def test_the_desk_leads_into_the_exit_before_a_form_is_filled_in(paged: Play) -> None:
    paged.apply("2026-06-30").arrive().vote(heads_for=2)
    estate, case = paged.area.estate.pk, paged.case()
    page = see(paged, "committee_head", f"/open/joint_decision/{estate}/-/")
    assert "用“另定接替单位”办理" in plain(page)
    assert addresses(page, f"打开{case.row.number}") == [f"/cases/{case.id}/"]


# Put right ----------------------------------------------------------------------------------------------------------


def puts_right(play: Play, **changed: Any) -> None:
    """Whoever recorded the newest vote says what should have been said."""
    case = play.case("joint_decision")
    said = CaseAct.objects.filter(case=case.row, name="submit").latest("at").facts
    perform_on_case(
        by=play.actor("committee_head"),
        at=play.now,
        case_id=case.id,
        act="correct",
        facts={"step": "record", "facts": said | changed, "reason": "示例：同意人数录入有误"},
    )


def test_a_mistyped_vote_is_put_right_and_who_follows_is_named_after_all(play: Play) -> None:
    play.not_renew("2026-12-31")
    play.reach("exit.non_renewal.receive", "committee_head").vote(heads_for=2)
    assert "exit.interim.designate" in play.open_tasks()
    play.go(hours=1)
    puts_right(play, heads_for=4, not_passed=False)
    case = play.case("joint_decision")
    assert case.row.vote_results.get().passed
    assert (case.row.outcome, case.row.ended_why) == ("done", "各步骤均已办结")
    assert play.case().row.steps.get(code="hiring").outcome == "done"
    assert "exit.interim.designate" not in play.open_tasks()
    names(play, "other_provider", "2027-01-01")


def test_the_course_of_a_vote_that_was_put_right_tells_the_old_figure_the_new_one_and_why(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote(heads_for=2)
    puts_right(play, heads_for=4, not_passed=False)
    with law.pinned():
        told = [one.what for one in timeline(play.case("joint_decision"), play.now).events]
    (line,) = [what for what in told if "更正" in what]
    assert "同意人数由2改为4" in line
    assert "原因：" in line


def test_a_vote_put_right_to_failed_takes_the_name_back(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote()
    names(play, "other_provider")
    puts_right(play, heads_for=2, not_passed=True)
    assert play.case().organisation("successor") is None
    assert "exit.interim.designate" in play.open_tasks()
    vote = play.case("joint_decision").row
    assert (vote.outcome, vote.ended_why) == ("failed", "业主共同决定未通过")
    assert play.case().row.steps.get(code="hiring").outcome == "failed"


@pytest.mark.parametrize(("heads_for", "says"), [(2, True), (4, False)])
def test_the_exit_says_of_a_vote_that_it_did_not_pass(paged: Play, heads_for: int, says: bool) -> None:
    paged.apply("2026-06-30").arrive().vote(heads_for=heads_for)
    page = see(paged, "committee_head", f"/cases/{paged.root}/")
    step = page.partition('id="step-hiring"')[2].partition("</li>")[0]
    assert ("<p>未通过</p>" in step) is says


def test_a_dismissal_put_right_takes_its_posted_result_down_and_goes_on(play: Play) -> None:
    play.move("dismissed_in_term")
    play.vote("dismiss", heads_for=2).post("committee_head", "exit.result_notice")
    assert "exit.notice.submit" not in play.open_tasks()
    play.go(hours=1)
    puts_right(play, heads_for=4, not_passed=False)
    assert "exit.result_notice.post" in play.open_tasks()
    assert "exit.notice.submit" in play.open_tasks()
    assert RECORD in play.open_tasks()  # who follows is asked now


def test_what_changes_no_outcome_of_a_vote_leaves_what_follows_alone(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote()
    names(play, "other_provider")
    puts_right(play, heads_for=5)
    assert play.case().organisation("successor") == play.area.organisations["other_provider"]
    assert play.case("joint_decision").row.vote_results.get().heads_for == 5


def test_a_vote_is_not_put_right_to_another_outcome_once_its_notice_has_arrived(play: Play) -> None:
    play.move("dismissed_in_term")
    play.vote("contract")
    play.tell_end("2026-05-31")
    play.reach("exit.notice.receive", "provider_leader")
    with pytest.raises(NotPossible, match="“终止合同通知”已经送达"):
        puts_right(play, heads_for=2, not_passed=True)
    assert play.case("joint_decision").row.vote_results.get().passed


def test_a_vote_that_was_overtaken_by_another_is_not_put_right(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote(heads_for=2)
    first = play.case("joint_decision").id
    play.stand("committee_head", "exit", "replace_successor", anew="vote", reason="示例：再表决")
    said = CaseAct.objects.filter(case=first, name="submit").latest("at").facts
    with pytest.raises(NotPossible, match="不能更正"):
        perform_on_case(
            by=play.actor("committee_head"),
            at=play.now,
            case_id=first,
            act="correct",
            facts={"step": "record", "facts": said | {"heads_for": 4, "not_passed": False}, "reason": "示例"},
        )


def test_the_page_of_a_vote_that_is_over_leads_to_its_correction(paged: Play) -> None:
    paged.apply("2026-06-30").arrive().vote(heads_for=2)
    page = see(paged, "committee_head", f"/cases/{paged.case('joint_decision').id}/")
    (href,) = set(addresses(page, "更正"))
    assert "同意人数" in see(paged, "committee_head", href)


# Who can be chosen, and chosen anew ---------------------------------------------------------------------------------

CANNOT = "所选单位不是物业服务人，不能以合同管理方式管理，请另选单位"


def offered(play: Play, path: str) -> str:
    """What the list of organisations on a form offers, in words."""
    page = see(play, "committee_head", f"/tasks/{play.task(path).pk}/submit/")
    (found,) = re.findall(r'<select[^>]*name="[^"]*organisation".*?</select>', page, re.DOTALL) or [
        "".join(re.findall(r"<label[^>]*>.*?</label>", page, re.DOTALL))
    ]
    return plain(found)


def third_provider(play: Play) -> str:
    play.area.organisations["third"] = add_organisation(
        OrganisationKind.PROVIDER, "示例丙物业有限公司", play.area.spec.county
    )
    return str(play.area.organisations["third"].pk)


def names(play: Play, organisation: str, starts_on: str = "2026-06-30", **more: Any) -> list[str]:
    """The owners' side says who follows; what it is warned of."""
    said = {"mode": "contract", "organisation": str(play.area.organisations[organisation].pk)} | more
    answer = play.do("committee_head", "exit.successor.submit", "submit", **said, starts_on=starts_on)
    return list(answer.value["warnings"])


def test_a_body_that_cannot_be_engaged_is_refused_when_the_vote_is_recorded(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    for body in ("community", "committee", "developer"):
        with pytest.raises(NotPossible, match=CANNOT):
            play.vote(organisation=body)
    assert RECORD in play.open_tasks()


def test_a_successor_that_is_no_manager_any_more_is_refused_with_the_same_sentence(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    third_provider(play)
    play.vote(organisation="third")
    third = play.area.organisations["third"]
    third.kind = OrganisationKind.DEVELOPER
    third.save(update_fields=["kind"])
    with pytest.raises(NotPossible, match=CANNOT):
        names(play, "third")


def test_the_forms_offer_whom_one_may_choose_and_not_who_leaves(paged: Play) -> None:
    paged.apply("2026-06-30").arrive()
    third_provider(paged)
    vote, bodies = offered(paged, RECORD), paged.area.organisations
    assert bodies["other_provider"].name in vote
    for nobody in ("provider", "community", "committee"):
        assert bodies[nobody].name not in vote, nobody
    paged.vote()
    follows = offered(paged, "exit.successor.submit")
    assert bodies["other_provider"].name in follows
    assert bodies["committee"].name in follows
    assert bodies["provider"].name not in follows
    assert bodies["community"].name not in follows


def test_who_cannot_take_over_is_replaced_by_another_vote_and_the_exit_comes_to_its_end(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    third_provider(play)
    play.vote(organisation="third")
    names(play, "third")
    play.agree("2026-06-30").settle()
    play.until("2026-06-30 09:00")
    play.stand("committee_head", "exit", "replace_successor", anew="vote", reason="示例：书面表示不能进场")
    case = play.case()
    assert case.organisation("successor") is None
    assert "exit.takeover.submit" not in play.open_tasks()
    assert RECORD in play.open_tasks()
    play.go(hours=1).vote()
    names(play, "other_provider")
    play.go(hours=1).hand_over()
    play.take_over().go(minutes=5).leave()
    found = manager_at(play.area.estate, play.now)
    assert found is not None
    assert found.organisation == play.area.organisations["other_provider"]
    with pytest.raises(NotPossible, match="已经进场"):
        play.stand("committee_head", "exit", "replace_successor", anew="vote", reason="示例")


def test_a_successor_hired_in_the_dismissal_is_replaced_without_another_dismissal(play: Play) -> None:
    play.move("dismissed_in_term")
    third_provider(play)
    play.vote("contract", organisation="third")
    names(play, "third")
    play.stand("committee_head", "exit", "replace_successor", anew="vote", reason="示例：不能进场")
    assert [path for path in play.open_tasks() if path == RECORD] == [RECORD]
    assert "exit.notice.submit" in play.open_tasks()
    play.go(hours=1).vote()
    names(play, "other_provider")


def test_owners_vote_again_after_a_vote_that_failed_and_the_street_need_name_nobody(play: Play) -> None:
    play.not_renew("2026-12-31")
    play.reach("exit.non_renewal.receive", "committee_head").vote(heads_for=2)
    assert "exit.interim.designate" in play.open_tasks()
    with pytest.raises(NotPossible, match="请选择“由业主重新表决”"):
        play.stand("committee_head", "exit", "replace_successor", anew="entry", reason="示例")
    play.go(days=3).stand(
        "committee_head", "exit", "replace_successor", anew="vote", reason="示例：第一次未通过"
    )
    assert RECORD in play.open_tasks()
    assert "exit.interim.designate" not in play.open_tasks()
    play.vote()
    names(play, "other_provider", "2027-01-01")
    assert play.case().organisation("successor") == play.area.organisations["other_provider"]
    assert "exit.interim.designate" not in play.open_tasks()


def test_owners_vote_again_though_the_street_has_named_somebody_meanwhile(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote(heads_for=2)
    told = {"mode": "emergency", "until_on": "2026-12-31"}
    told |= {"content": "示例基础服务", "fee": "示例费用", "reason": "示例理由"}
    play.do(
        "subdistrict_leader", "exit.interim.designate", "submit", **told, organisation=third_provider(play)
    )
    play.stand("committee_head", "exit", "replace_successor", anew="vote", reason="示例：业主要求再表决")
    assert play.case().organisation("successor") not in (None, play.area.organisations["other_provider"])
    play.go(hours=1).vote()
    names(play, "other_provider")
    assert play.case().organisation("successor") == play.area.organisations["other_provider"]


def test_where_the_dismissal_was_voted_down_nobody_is_asked_who_follows(play: Play) -> None:
    play.move("dismissed_in_term")
    play.vote("dismiss", heads_for=2)
    with pytest.raises(NotPossible, match="原物业服务人继续履行合同"):
        play.stand("committee_head", "exit", "replace_successor", anew="vote", reason="示例")


def test_the_planned_day_is_put_right_without_another_vote(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote()
    with pytest.raises(NotPossible, match="还没有填写接替单位"):
        play.stand("committee_head", "exit", "replace_successor", anew="entry", reason="示例")
    names(play, "other_provider", "2026-07-30")
    play.stand("committee_head", "exit", "replace_successor", anew="entry", reason="示例：日期有误")
    assert RECORD not in play.open_tasks()
    names(play, "other_provider", "2026-06-30")


def test_the_street_names_another_where_the_first_does_not_serve(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote(heads_for=2)
    told = {"mode": "emergency", "until_on": "2026-12-31"}
    told |= {"content": "示例基础服务", "fee": "示例费用", "reason": "示例理由"}
    with pytest.raises(NotPossible, match="所选单位不是物业服务人，不能以应急服务方式管理"):
        play.do(
            "subdistrict_leader",
            "exit.interim.designate",
            "submit",
            **told,
            organisation=str(play.area.organisations["community"].pk),
        )
    play.do(
        "subdistrict_leader", "exit.interim.designate", "submit", **told, organisation=third_provider(play)
    )
    play.stand("subdistrict_leader", "exit", "replace_interim", reason="示例：拒绝接管")
    other = str(play.area.organisations["other_provider"].pk)
    play.do("subdistrict_leader", "exit.interim.designate", "submit", **told, organisation=other)
    assert play.case().organisation("successor") == play.area.organisations["other_provider"]


def test_open_tasks_of_the_handover_go_back_to_the_owners_when_the_successor_falls_away(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote()
    names(play, "other_provider")
    play.agree("2026-06-30").settle()
    play.until("2026-06-29 09:00").plan().go(hours=2)
    other, committee = (play.area.organisations[name] for name in ("other_provider", "committee"))
    waiting = Task.objects.filter(case=play.case("handover").row, open=True)
    held = waiting.filter(organisation=other)
    assert held.exists()
    play.stand("committee_head", "exit", "replace_successor", anew="vote", reason="示例：不能进场")
    assert not held.exists()
    assert waiting.filter(organisation=committee).exists()


# The days between ---------------------------------------------------------------------------------------------------


def test_a_planned_entry_after_the_end_is_told_with_the_days_between(paged: Play) -> None:
    """The contract ends 30 June; entry on 1 August: 31 days of July lie between."""
    play = paged
    play.apply("2026-06-30").arrive().vote().agree("2026-06-30")
    assert names(play, "other_provider", "2026-07-01") == []
    play.stand("committee_head", "exit", "replace_successor", anew="entry", reason="示例：日期有误")
    (told,) = names(play, "other_provider", "2026-08-01")
    assert "合同终止日（2026-06-30）与接替单位计划进场日（2026-08-01）之间空31日" in told
    assert "原物业服务人须继续服务" in told
    page = plain(see(play, "committee_head", f"/cases/{play.case().id}/"))
    assert "之间空31日" in page


def test_an_entry_before_the_end_is_told_with_the_earliest_day(play: Play) -> None:
    """An agreement may still bring the end forward: nothing is refused."""
    play.apply("2026-06-30").arrive().vote().agree("2026-06-30")
    (told,) = names(play, "other_provider", "2026-06-29")
    assert "计划进场日期2026-06-29早于原合同终止日2026-06-30" in told
    assert "进场最早2026-06-30" in told


def test_where_the_contract_ends_with_its_term_nobody_comes_before(paged: Play) -> None:
    play = paged
    play.not_renew("2026-12-31")
    play.go(days=1).reach("exit.non_renewal.receive", "committee_head")
    play.vote()
    page = see(play, "committee_head", f"/cases/{play.case().id}/")
    assert "原合同 2026-12-31 终止，进场不早于这一天" in page
    with pytest.raises(NotPossible, match=r"早于原合同终止日2026-12-31.*请改填2026-12-31或者以后的日期"):
        names(play, "other_provider", "2026-12-20")
    assert names(play, "other_provider", "2026-12-31") == []


def test_the_gap_is_shown_though_the_end_was_settled_after_the_successor(paged: Play) -> None:
    """Applied for 31 July, entry on 1 August: no gap; then 30 June is agreed."""
    play = paged.apply("2026-07-31").arrive().vote()
    assert names(play, "other_provider", "2026-08-01") == []
    assert "接替衔接" not in plain(see(play, "committee_head", f"/cases/{play.case().id}/"))
    play.agree("2026-06-30")
    assert "之间空31日" in plain(see(play, "committee_head", f"/cases/{play.case().id}/"))


def test_what_owners_decided_stands_where_the_agreement_goes_back_to_the_application(paged: Play) -> None:
    """They chose who follows, and that was named: neither rests on the wording of a letter. 《民法典》第278条."""
    paged.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    paged.vote()
    names(paged, "other_provider")
    page = see(paged, "committee_head", f"/cases/{paged.root}/")
    warned = plain(page[page.index('id="step-agreement"') :])
    assert "提交后下列各项随之作废或者重新计算" in warned
    assert "已经办结、随之作废的步骤：“退出申请备案”" in warned
    paged.do("committee_head", "exit.agreement.decide", "return", reason="示例：请改计划退出日期")
    case = paged.case()
    assert RECORD not in paged.open_tasks()
    assert case.outcome_of(case.declaration.step("hiring")) == "done"
    assert case.organisation("successor") == paged.area.organisations["other_provider"]
    assert "exit.filing.send:county" not in paged.open_tasks()
    paged.do(
        "provider_leader",
        "exit.application.submit",
        "submit",
        ("exit_application",),
        **application("2026-07-30"),
    )
    paged.arrive().file_with("subdistrict", "county")
    paged.post("provider_leader", "exit.publicity")
    paged.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    assert RECORD not in paged.open_tasks()
    paged.agree("2026-07-30")
    assert paged.case().child("settlement") is not None


def test_an_act_that_asks_only_for_its_own_step_again_warns_of_nothing_else(paged: Play) -> None:
    paged.apply("2026-06-30")
    case = paged.case()
    assert undone_by_task(case, case.declaration.step("application"), "receive") == []
    (refused,) = undone_by_task(case, case.declaration.step("agreement"), "decline")
    assert refused.ends
