"""Another day is another paper: what the change undoes is told before it is sent, and the next form begins with it."""

import re
from typing import Any

import pytest

from gongzhi.exits.tests.looking import addresses, look, plain, see
from gongzhi.exits.tests.play import Play, application
from gongzhi.law import queries as law
from gongzhi.messages.models import Message
from gongzhi.procedures.again import asked_of, said_before
from gongzhi.procedures.models import CaseAct, Round
from gongzhi.procedures.standing_acts import offered
from gongzhi.procedures.undone import undone_by
from gongzhi.ui.tests.marks import unbroken
from gongzhi.values.refusals import NotPossible


@pytest.fixture
def posted(paged: Play) -> Play:
    """Applied for, arrived, filed with one authority, and posted; a day later."""
    paged.apply("2026-07-31").go(hours=1).arrive().file_with("county")
    paged.post("provider_leader", "exit.publicity")
    return paged.go(days=1)


def act_page(play: Play, act: str) -> str:
    return f"/cases/{play.root}/acts/{act}/"


def section(page: str, step: str) -> str:
    """The part of a case's page that one step has."""
    found = re.search(rf'<li class="st [a-z]+" id="step-{step}".*?(?=<li class="st |</ol>)', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_the_form_of_a_change_says_what_it_undoes_before_it_is_sent(posted: Play) -> None:
    told = plain(see(posted, "provider_leader", act_page(posted, "amend")))
    child = posted.case("joint_decision").row.number
    for words in (
        "“退出申请”已提交的这一份作废，要重新提交，并重新送达",
        "正在办理、随之作废的步骤：“退出申请备案”“退出信息公示”“退出协议”“业主共同决定由谁接替”",
        "“退出信息公示”：已张贴的公示作废，由张贴人到现场取下纸质件，要重新公示",
        "“退出申请备案”：已报送的备案作废，要重新报送",
        f"“业主共同决定由谁接替”的办件{child}随之撤回",
        # 2 March + 90 days: 29 in March, 30 in April, 31 in May
        "（现为2026年5月31日（周日））停止，以后从新的起算日重新计算",
    ):
        assert words in told, words
    assert "已经办结、随之作废" not in told


def test_every_round_that_goes_void_was_told(posted: Play) -> None:
    case = posted.case()
    with law.pinned():
        (one,) = [act for act in offered(case) if act.spec.name == "amend"]
        told = "".join(line for undone in undone_by(case, one) for line in undone.lines)
    posted.stand("provider_leader", "exit", "amend", reason="示例改期")
    void = Round.objects.filter(step__case=posted.root, void_at__isnull=False)
    titles = {posted.case().declaration.step(found.step.code).title for found in void}
    assert titles == {"退出申请", "退出申请备案", "退出信息公示", "退出协议", "业主共同决定由谁接替"}
    assert all(f"“{title}”" in told for title in titles)


def test_a_change_that_cannot_be_made_is_refused_before_its_form_is_filled_in(posted: Play) -> None:
    posted.agree("2026-07-31")
    answer = look(posted, "provider_leader").get(act_page(posted, "amend"))
    assert answer.status_code == 409
    assert "退出协议已经达成，不能再变更申请" in answer.content.decode()


def test_a_change_stands_beside_the_paper_it_changes_and_goes_when_it_is_too_late(posted: Play) -> None:
    page = f"/cases/{posted.root}/"
    there = section(see(posted, "provider_leader", page), "application")
    assert addresses(there, "变更申请") == [act_page(posted, "amend")]
    assert not addresses(see(posted, "committee_head", page), "变更申请")
    posted.agree("2026-07-31")
    assert not addresses(see(posted, "provider_leader", page), "变更申请")


def test_a_refusal_that_names_another_act_leads_to_it(posted: Play) -> None:
    said = CaseAct.objects.get(case=posted.root, name="submit")
    browser, path = look(posted, "provider_leader"), f"/cases/{posted.root}/said/{said.pk}/correct/"
    prefix = f"c{str(said.pk)[-8:]}-correct"
    facts = application("2026-08-31") | {"why_corrected": "示例更正", "serves_until_takeover": "true"}
    text = unbroken(
        browser.post(path, {f"{prefix}-{name}": value for name, value in facts.items()}).content.decode()
    )
    assert "请用“变更申请”办理" in text, text
    assert addresses(text, "变更申请") == [act_page(posted, "amend")]


def test_the_new_form_begins_with_what_was_said_and_says_why_it_is_void(posted: Play) -> None:
    posted.stand("provider_leader", "exit", "amend", reason="示例：业主要求推迟")
    page = section(see(posted, "provider_leader", f"/cases/{posted.root}/"), "application")
    assert "示例交接安排" in page
    assert "示例：业主要求推迟" in plain(page)
    form = see(posted, "provider_leader", f"/tasks/{posted.task('exit.application.submit').pk}/submit/")
    assert "示例交接安排" in form
    assert "示例：业主要求推迟" in plain(form)


def test_what_hangs_though_void_is_taken_off_on_the_page_also_when_the_case_is_over(posted: Play) -> None:
    posted.stand("provider_leader", "exit", "amend", reason="示例改期")
    path = f"/cases/{posted.root}/"
    page = section(see(posted, "provider_leader", path), "publicity")
    assert "作废：变更申请：示例改期" in unbroken(page)
    task = posted.task("exit.publicity.remove")
    assert addresses(page, "取下作废件") or f"/tasks/{task.pk}/remove/" in page
    assert "取下已作废的退出信息公示" in plain(page)
    form = see(posted, "provider_leader", f"/tasks/{task.pk}/remove/")
    for asked in ("纸质件取下时间", "取下人", "照片"):
        assert asked in plain(form)
    posted.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    over = see(posted, "provider_leader", path)
    assert "示例撤回，另有 1 项后续待办" in plain(over)
    assert f"/tasks/{task.pk}/remove/" in over
    said = {"removed_at": posted.now.isoformat(), "removed_by": ["示例甲"]}
    posted.do("provider_leader", "exit.publicity.remove", "remove", **said)
    assert "后续待办" not in plain(see(posted, "provider_leader", path))


def test_the_hour_of_the_paper_before_is_not_taken_over(posted: Play) -> None:
    step = posted.case().declaration.step("application")
    assert said_before(posted.case(), step, "submit", "submit").facts == {}
    posted.stand("provider_leader", "exit", "amend", reason="示例改期")
    before = said_before(posted.case(), step, "submit", "submit")
    assert before.facts["reason"] == "示例经营原因"
    assert "handed_at" not in {name for name, value in before.facts.items() if value is not None}
    assert not before.is_own


def test_what_is_to_be_completed_stands_beside_the_form(paged: Play) -> None:
    paged.apply("2026-07-31").go(hours=1)
    wanted: dict[str, Any] = {"missing": "示例人员安排：没有写岗位", "basis": "示例依据第一条"}
    paged.do("committee_head", "exit.application.receive", "return", **wanted, until_on="2026-03-09")
    page = section(see(paged, "provider_leader", f"/cases/{paged.root}/"), "application")
    form = page[page.index('class="note asked"') : page.index("</form>")]
    for words in ("示例人员安排：没有写岗位", "示例依据第一条", "2026-03-09", "示例交接安排"):
        assert words in unbroken(form), words
    assert said_before(paged.case(), paged.case().declaration.step("application"), "submit", "submit").is_own


def test_what_was_completed_since_is_said_to_be_where_it_makes_another_step_begin_anew(paged: Play) -> None:
    paged.apply("2026-07-31").go(hours=1)
    paged.do("committee_head", "exit.application.receive", "return", missing="示例人员安排：没有写岗位")
    paged.go(hours=1).do(
        "provider_leader",
        "exit.application.submit",
        "submit",
        ("exit_application",),
        **application("2026-07-31"),
    )
    case = paged.case()
    (one,) = asked_of(case, case.declaration.step("filing"), "send:county")
    assert one.is_met
    page = unbroken(section(see(paged, "provider_leader", f"/cases/{paged.root}/"), "filing"))
    assert "退回补正（已经重新提交）" in page
    assert "下面的要求不用再答复" in page


def test_an_authority_s_request_stands_beside_the_task_that_completes_the_filing(posted: Play) -> None:
    asked = {"missing": "示例营业执照复印件", "basis": "示例依据第二条"}
    late = asked | {"until_on": str(posted.case().local_day(posted.now))}
    with pytest.raises(NotPossible, match="补正期限要晚于今天"):
        posted.do("county_officer", "exit.filing.receipt:county:1", "request_completion", **late)
    posted.do("county_officer", "exit.filing.receipt:county:1", "request_completion", **asked)
    case = posted.case()
    (one,) = asked_of(case, case.declaration.step("filing"), "complete:county:1")
    assert one.said is not None
    assert one.said.facts["missing"] == "示例营业执照复印件"
    page = section(see(posted, "provider_leader", f"/cases/{posted.root}/"), "filing")
    assert "示例依据第二条" in page


def test_what_is_wanting_of_a_filing_that_is_done_stands_beside_its_form_and_on_its_own_page(
    posted: Play,
) -> None:
    posted.file_with("subdistrict")
    asked = {"missing": "示例营业执照复印件", "basis": "示例依据第二条", "until_on": "2026-03-09"}
    posted.do("county_officer", "exit.filing.receipt:county:1", "request_completion", **asked)
    assert posted.case().is_done(posted.case().declaration.step("filing"))
    task = posted.task("exit.filing.complete:county:1")
    assert task.title.endswith("（2026年3月9日前）")
    page = section(see(posted, "provider_leader", f"/cases/{posted.root}/"), "filing")
    own = see(posted, "provider_leader", f"/tasks/{task.pk}/send/")
    for form in (page, own):
        beside = form[
            form.index('class="note asked"') : form.index("</form>", form.index('class="note asked"'))
        ]
        for words in ("示例营业执照复印件", "示例依据第二条", "2026-03-09", "报送时间"):
            assert words in unbroken(beside), words


def test_what_would_undo_a_takeover_is_not_offered(play: Play) -> None:
    play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").hand_over()
    play.take_over()
    case = play.case()
    with law.pinned():
        (one,) = [act for act in offered(case) if act.spec.name == "replace_successor"]
        assert one.sends_back_to(case) == ()
        with pytest.raises(NotPossible, match="已经生效"):
            undone_by(case, one)


# A paper that arrives too late for the day it names -----------------------------------------------------------------


def test_a_receipt_that_leaves_too_little_time_says_so_at_once_and_stands(paged: Play) -> None:
    """31 May is the ninetieth day from 2 March; taken in on 4 March, the earliest is 2 June (27 + 30 + 31 + 2)."""
    paged.apply("2026-05-31").post("provider_leader", "exit.publicity")
    paged.until("2026-03-04 09:00")
    said = {"arrived_at": paged.now.isoformat(), "received_by": "示例签收人"}
    answer = paged.do("committee_head", "exit.application.receive", "receive", **said)
    words = "退出申请于2026-03-04到达，满90日最早到2026-06-02，原定的2026-05-31已经来不及，请提交方用“变更申请”改期。"
    assert answer.value["warnings"] == [words]
    assert paged.case().instant("application.arrived") == paged.now
    outbox = Message.objects.filter(case_id=paged.root, body__contains=words)
    assert {message.organisation_id for message in outbox} == {
        paged.area.organisations[name].pk for name in ("provider", "committee")
    }
    page = see(paged, "provider_leader", f"/cases/{paged.root}/")
    assert words in plain(section(page, "application"))
    assert addresses(section(page, "application"), "变更申请")
    assert "早于最早的2026-06-02，改期后要重新公示" in plain(section(page, "publicity"))
    assert words in plain(section(see(paged, "committee_head", f"/cases/{paged.root}/"), "application"))


def test_a_receipt_in_time_is_no_warning(paged: Play) -> None:
    paged.apply("2026-05-31")
    said = {"arrived_at": paged.now.isoformat(), "received_by": "示例签收人"}
    answer = paged.do("committee_head", "exit.application.receive", "receive", **said)
    assert answer.value["warnings"] == []
    assert "来不及" not in see(paged, "provider_leader", f"/cases/{paged.root}/")
