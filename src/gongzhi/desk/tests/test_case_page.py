"""The page of a case: what was said, what other grounds have, the whole it is a part of, and what it costs."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.desk.casepage import heading, how_it_ended
from gongzhi.desk.tests.browsing import sign_in
from gongzhi.desk.tests.looking import browser_of, plain, read
from gongzhi.desk.tests.scenes import READERS, SCENES, agreed, half_handed_over, notices_hanging, settling
from gongzhi.exits.tests.play import Play, at, set_here
from gongzhi.procedures.models import Case, Suspension, Task
from gongzhi.procedures.queries import case_seen, visible_cases
from gongzhi.procedures.readview import ReadView
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Appointment
from gongzhi.values.refusals import NotFound

#: What one page of a case may cost, whatever its procedure and state, and whoever reads it.
QUERIES = 25


def cost(client: Client, path: str) -> int:
    """How many queries a page takes, once everything is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(caught)


@pytest.mark.parametrize("scene", SCENES)
def test_every_case_of_every_state_is_read_within_the_budget_by_everybody(stage: Play, scene: str) -> None:
    SCENES[scene](stage)
    costs = {}
    for name in READERS:
        client = sign_in(stage, name)
        for case in Case.objects.filter(root=stage.root):
            path = f"/cases/{case.pk}/"
            if client.get(path).status_code == 200:
                costs[name, case.procedure] = cost(client, path)
    assert {name for name, _ in costs} == set(READERS)
    assert max(costs.values()) <= QUERIES, costs


def test_a_case_with_five_tasks_and_one_with_fifty_cost_the_same(stage: Play) -> None:
    path = f"/cases/{notices_hanging(stage)}/"
    client = sign_in(stage, "committee_head")
    like = stage.task("exit.agreement.decide")
    fields = {
        field.attname: getattr(like, field.attname) for field in Task._meta.fields if field.name != "id"
    }
    few = cost(client, path)
    Task.objects.bulk_create([Task(**fields | {"name": f"decide:{turn}"}) for turn in range(45)])
    assert Task.objects.filter(case=like.case).count() >= 50
    assert cost(client, path) == few


def test_one_query_finds_exactly_the_cases_that_are_visible_and_says_whether_the_one_above_is(
    stage: Play,
) -> None:
    settling(stage)
    stage.until("2026-03-20 09:00").take_down("committee_head", "settlement.apportionment")
    stage.entrust()
    seen_of_firm = set()
    for name, actor in stage.cast.actors.items():
        held = Appointment.objects.filter(pk=actor.appointment_id).first()
        visible = set(visible_cases(held).values_list("pk", flat=True))
        for case in Case.objects.select_related("parent"):
            try:
                found: Any = case_seen(case.pk, held) if held is not None else None
            except NotFound:
                found = None
            assert (found is not None) == (case.pk in visible), (name, case)
            if found is not None and case.parent is not None:
                assert found.above_seen == (case.parent.case_id in visible), (name, case)
                seen_of_firm |= {found.above_seen} if name == "firm_accountant" else set()
    assert seen_of_firm == {False}


def test_what_stands_still_is_read_wherever_in_the_tree_it_began(stage: Play) -> None:
    agreed(stage)
    held = Appointment.objects.get(pk=stage.cast["subdistrict_officer"].appointment_id)
    below = stage.case("settlement").row

    def paused() -> list[bool]:
        return [ReadView(case_seen(pk, held)).is_paused for pk in (stage.root, below.pk)]

    assert paused() == [False, False]
    row = Suspension.objects.create(case=below, from_at=stage.now, reason="示例暂停")
    assert paused() == [False, True]
    Suspension.objects.filter(pk=row.pk).update(case=stage.root)
    assert paused() == [True, True]
    client = sign_in(stage, "committee_head")
    told = read(client, f"/cases/{below.pk}/")
    assert "暂停计时中" in told
    assert "暂停计时：示例暂停" in plain(told)
    assert cost(sign_in(stage, "committee_head"), f"/cases/{below.pk}/") <= QUERIES


def test_what_a_room_reads_of_a_case_is_kept_for_one_page_and_never_for_an_act(stage: Play) -> None:
    agreed(stage)
    row, read = Case.objects.get(pk=stage.root), [1, 2, 3].pop
    page, act = ReadView(row), CaseView(row)
    assert (page.once("a", read), page.once("a", read), page.once("b", read)) == (3, 3, 2)
    assert act.once("a", lambda: 1) == 1
    assert act.once("a", lambda: 2) == 2
    assert ReadView(row).once("a", read) == 1


def test_whoever_a_case_below_waits_for_stands_in_the_band_of_the_whole(stage: Play) -> None:
    """A settlement runs: the exit waits for nobody itself, and is not idle."""
    settling(stage)
    band = read(sign_in(stage, "provider_leader"), f"/cases/{stage.root}/").split('class="sheet turn"')[1]
    text = plain(band.split("</section>")[0])
    assert "财务清算：" in text
    assert "没有待办事项" not in text


# What was said ------------------------------------------------------------------------------------------------------


def step_of(text: str, code: str) -> str:
    """One step of the page, without the steps after it."""
    return re.split(r'<li class="st ', text.split(f'id="step-{code}"')[1])[0]


def test_who_may_not_know_the_name_is_told_the_post(stage: Play) -> None:
    path = f"/cases/{notices_hanging(stage)}/"
    text = plain(step_of(read(sign_in(stage, "auditor"), path), "publicity"))
    assert "提出异议 业主 03-" in text
    assert "系统（业主）" not in text
    assert stage.area.people["owner"].name not in text
    text = plain(step_of(read(sign_in(stage, "subdistrict_officer"), path), "publicity"))
    assert f"提出异议 {stage.area.people['owner'].name}（业主）" in text


def test_an_act_of_another_task_is_no_fault_of_the_page(stage: Play) -> None:
    notices_hanging(stage)
    task = Task.objects.get(round__step__code="publicity", name="post")
    answer = sign_in(stage, "provider_leader").get(f"/tasks/{task.pk}/confirm_torn/")
    assert answer.status_code == 200
    assert "办结" in plain(answer.content.decode())


def test_each_step_tells_who_said_what_when_and_as_whom(stage: Play) -> None:
    text = read(sign_in(stage, "subdistrict_officer"), f"/cases/{notices_hanging(stage)}/")
    application = plain(step_of(text, "application"))
    for told in (
        "提交",
        "示例白山甲物业有限公司",
        "项目负责人",
        "03-02 09:00",
        "计划退出日期 2026-06-30 周二",
        "退出原因 示例经营原因",
        "承诺服务至接管 是",
        "到达时间 2026-03-02 周一 09:00",
        "签收人 示例签收人",
        "业委会主任",
        "exit_application.pdf",
    ):
        assert told in application, told
    filing = plain(step_of(text, "filing"))
    assert "平台报送" in filing
    assert "platform" not in filing
    assert "示例异议" in plain(step_of(text, "publicity"))


def test_who_may_not_read_what_was_said_sees_who_acted_when_and_nothing_more(stage: Play) -> None:
    text = read(sign_in(stage, "owner"), f"/cases/{notices_hanging(stage)}/")
    application = plain(step_of(text, "application"))
    assert "提交" in application
    assert "示例白山甲物业有限公司" in application
    for hidden in ("示例经营原因", "2026-06-30", "示例签收人", "exit_application.pdf", "示例白山物业项目"):
        assert hidden not in application, hidden
    assert "示例异议" not in step_of(text, "publicity")


def test_amounts_choices_rows_and_references_are_told_as_people_read_them(stage: Play) -> None:
    text = plain(read(sign_in(stage, "subdistrict_officer"), f"/cases/{settling(stage)}/"))
    # 1 000 001 cents
    assert "10,000.01 元" in text
    assert "示例" in text
    for code in ("total_cents", "public_revenue", "original"):
        assert code not in text
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-7", text)


def test_of_many_things_said_in_a_round_the_older_ones_are_folded(stage: Play) -> None:
    case = half_handed_over(stage)
    text = read(sign_in(stage, "subdistrict_officer"), f"/cases/{case}/")
    lists = [step for step in stage.case("handover").declared if step.kind == "checklist"]
    first = next(step.code for step in lists if stage.case("handover").outcome_of(step) == "done")
    # each item, then the list closed, then each signature: four of them stand open
    said = stage.case("handover").row.said.filter(round__step__code=first).count()
    assert f"此前还有 {said - 4} 次填写" in step_of(text, first)
    course = text.split('id="history"')[1]
    every = stage.case("handover").row.said.count()
    assert f"更早的 {every - 8} 条" in course


# Other grounds, the whole -------------------------------------------------------------------------------------------


def test_steps_of_other_grounds_are_folded_and_those_skipped_for_the_case_itself_are_not(stage: Play) -> None:
    text = read(sign_in(stage, "subdistrict_officer"), f"/cases/{agreed(stage)}/")
    shown, aside = text.split('class="aside"')
    # of other grounds: non_renewal, copies, ending, expiry, basis, classification, urging, motion, decision,
    # result_notice, result_filing, notice
    assert "另有 12 步不适用于本事由" in aside
    for code in ("non_renewal", "classification", "decision", "notice"):
        assert f'id="step-{code}"' in aside.partition("</details>")[0]
        assert f'id="step-{code}"' not in shown
    # the owners chose a firm: nobody has to be named for the time between, and that is this case's own reason
    assert 'id="step-interim"' in shown
    assert "业主已经决定由谁接替" in step_of(shown, "interim")
    assert "本情形不需要这一步" in aside


def test_a_part_says_which_step_of_the_whole_it_is_and_leads_back(stage: Play) -> None:
    case = settling(stage)
    text = read(sign_in(stage, "committee_head"), f"/cases/{case}/")
    whole = text.split('aria-label="整件事"')[1].partition("</section>")[0]
    # application 1, filing 2, publicity 3, agreement 4, hiring 5, interim 6 (skipped), successor 7, settlement 8,
    # refund 9, handover 10, order 11, takeover 12, departure 13
    assert "整件事的第 8 步，共 13 步" in plain(whole)
    assert f"/cases/{stage.root}/#step-settlement" in whole
    assert "资料与资产交接" in whole
    above = read(sign_in(stage, "committee_head"), f"/cases/{stage.root}/")
    assert "办“" in step_of(above, "settlement")
    assert '<span class="nd">8</span>' in step_of(above, "settlement")
    assert "13 步：已完成" in plain(above)
    assert f"/cases/{case}/" in step_of(above, "settlement")


def test_a_firm_that_may_not_see_the_whole_is_not_led_there(stage: Play) -> None:
    case = settling(stage)
    stage.until("2026-03-20 09:00").take_down("committee_head", "settlement.apportionment")
    stage.entrust()
    client = sign_in(stage, "firm_accountant")
    text = read(client, f"/cases/{case}/")
    assert "物业服务人退出" in text
    assert f"/cases/{stage.root}/" not in text
    assert client.get(f"/cases/{stage.root}/").status_code == 404


def test_the_papers_that_can_be_made_stand_on_the_page(stage: Play) -> None:
    case = notices_hanging(stage)
    text = read(sign_in(stage, "subdistrict_officer"), f"/cases/{case}/")
    assert f"/api/v1/cases/{case}/documents/application.exit_application.pdf" in text
    assert f"/api/v1/cases/{case}/bundle.zip" in text


def test_what_a_step_rests_on_is_offered_under_it_to_whose_it_is(stage: Play) -> None:
    half_handed_over(stage)
    path = f"/cases/{stage.case('handover').row.pk}/"
    told = step_of(read(sign_in(stage, "provider_leader"), path), "extra")
    for words in ("本步骤还可以办", "登记读数", "登记预收费用", "登记电梯", "登记签字权限"):
        assert words in plain(told), words
    (address,) = re.findall(r'href="([^"]+)">登记读数</a>', told)
    assert sign_in(stage, "provider_leader").get(address).status_code == 200
    for other in ("county_officer", "auditor", "owner"):
        assert "登记读数" not in read(sign_in(stage, other), path)


# What the heading says ----------------------------------------------------------------------------------------------


def waiting_task(title: str, **more: Any) -> dict[str, Any]:
    """An open task of the provider's, as a case presents it."""
    told = {
        "step": "settlement",
        "name": title,
        "title": title,
        "state": "open",
        "mine": False,
        "why_not": "",
        "holds": True,
        "instead": False,
        "not_before": None,
        "due_at": None,
        "opened_at": at("2026-03-02 09:00"),
        "organisation": {"name": "示例物业"},
        "person": "",
        "role": {"title": "物业服务人"},
    }
    return told | more


def stands(*tasks: dict[str, Any], children: Sequence[str] = ()) -> str:
    """What the heading of a case with these tasks says; its step `settlement` is open."""
    steps = [{"code": "settlement", "title": "财务清算", "state": "open"}]
    below = [{"step": code, "outcome": ""} for code in children]
    return heading({"state": "open", "tasks": tasks, "steps": steps, "children": below})


def test_a_case_that_is_over_says_what_is_still_to_be_done_after_it() -> None:
    over = {"state": "ended", "outcome": "done", "ended_why": "各步骤均已办结", "tasks": []}
    receipt, refusal = waiting_task("回执", holds=False), waiting_task("记录拒签", instead=True)
    assert how_it_ended(over) == "各步骤均已办结"
    assert how_it_ended(over | {"tasks": [refusal, receipt | {"state": "done"}]}) == "各步骤均已办结"
    assert how_it_ended(over | {"tasks": [receipt, receipt, refusal]}) == "另有 2 项后续待办"
    left_open = over | {"ended_why": "示例一方拒签", "tasks": [receipt]}
    assert how_it_ended(left_open) == "示例一方拒签，另有 1 项后续待办"
    withdrawn = over | {"outcome": "withdrawn", "ended_why": "示例撤回", "tasks": [receipt]}
    assert how_it_ended(withdrawn) == "示例撤回，另有 1 项后续待办"
    assert how_it_ended({"state": "open", "outcome": "", "ended_why": "", "tasks": [receipt]}) == ""


def test_the_heading_counts_what_the_turn_band_shows_and_names_the_first_of_several() -> None:
    """Of answers to several that fell due together the first that came; one to be done later is counted, not named."""
    own: dict[str, Any] = {"mine": True}
    answers = [
        waiting_task(f"答复{n}", name=f"reply:{n}", opened_at=at(f"2026-03-0{n} 09:00"), **own)
        for n in (2, 3)
    ]
    later = waiting_task("取下", not_before=at("2026-03-10 00:00"), **own)
    for due in (None, at("2026-03-12 00:00")):
        dated = [one | {"due_at": due} for one in answers]
        assert stands(later, *reversed(dated)) == "等您办“答复2”等 3 项"
    # a task of another kind that began later comes first, as before
    newer = waiting_task("补正", opened_at=at("2026-03-05 09:00"), **own)
    assert stands(*answers, newer) == "等您办“补正”等 3 项"


def test_the_heading_names_what_holds_the_case_up_and_can_be_done() -> None:
    receipt, own = waiting_task("回执", holds=False), {"mine": True}
    later = waiting_task("取下公示", not_before=at("2026-03-10 00:00"))
    refused = waiting_task("记录拒签", instead=True, mine=True)
    assert stands(refused, waiting_task("签收")) == "等示例物业办“签收”"
    assert stands(refused, waiting_task("签收", **own)) == "等您办“签收”"
    assert stands(later | own, waiting_task("补正", holds=False, **own)) == "等您办“补正”等 2 项"
    assert stands(receipt, later) == "03-09 周一 24:00 以后等示例物业办“取下公示”"
    assert stands(receipt, children=["settlement"]) == "等“财务清算”办结"
    assert stands(receipt, waiting_task("交接方案"), children=["settlement"]) == "等示例物业办“交接方案”"
    assert stands(receipt) == "等示例物业办“回执”"
    assert stands(waiting_task("签发", **own, why_not="应由负责人办理。")) == "等示例物业的同事办“签发”"
    assert stands(refused) == "现在没有待办事项"


def clock_on_page(text: str, title: str) -> str:
    """What the page tells of one clock: its head, its date, its working."""
    return next(part for part in text.split('<div class="part">') if f"<b>{title}</b>" in part)


def test_a_period_the_place_set_is_not_told_as_the_articles_own(stage: Play) -> None:
    set_here("objection.reply_within", "P5WD")
    case = notices_hanging(stage)
    text = read(browser_of(stage.cast, "subdistrict_officer", stage.now), f"/cases/{case}/")
    set_by_place = clock_on_page(text, "异议书面答复期限")
    assert "<dt>原文未写</dt><dd>示例主管部门于2025-01-01设定（示例通知）" in set_by_place
    assert "本地设定：" not in set_by_place
    # article 15 speaks of objections to the report of a settlement alone
    assert re.search(r'class="cite local"[^>]*>本地设定', set_by_place)
    assert "白山办法" not in set_by_place
    assert 'class="cite "' not in set_by_place
    by_the_text = clock_on_page(text, "退出信息公示期")
    assert "原文未写" not in by_the_text
    assert 'class="cite "' in by_the_text


def test_a_reply_is_counted_from_the_objection_and_not_from_the_notice(stage: Play) -> None:
    set_here("objection.reply_within", "P5WD")
    case = notices_hanging(stage)
    text = read(browser_of(stage.cast, "subdistrict_officer", stage.now), f"/cases/{case}/")
    told = clock_on_page(text, "异议书面答复期限")
    assert "2026年3月2日（周一） 退出信息公示：提出异议（第 1 件）</dd>" in told


def test_a_clock_that_stands_still_says_since_when_and_what_was_left(stage: Play) -> None:
    case = notices_hanging(stage)
    stage.go(days=1).stand("subdistrict_leader", "exit", "suspend", reason="示例暂停", citation="示例依据")
    stage.go(days=1)
    text = read(browser_of(stage.cast, "subdistrict_officer", stage.now), f"/cases/{case}/")
    told = plain(clock_on_page(text, "提前退出的通知期届满（在此以前达成协议，退出日不早于届满）"))
    # 2 March + 90 days: 31 May; suspended on the 3rd: 28 of March, 30 of April, 31 of May are left; the 4th is day two
    assert "中止第 2 日 中止时还剩 89 日" in told
    assert "恢复计时后接着数" in told
    assert "已中止，1 个停着" in plain(text)


def test_in_a_handover_a_property_company_is_no_owner(stage: Play) -> None:
    case = half_handed_over(stage)
    text = read(browser_of(stage.cast, "subdistrict_officer", stage.now), f"/cases/{case}/")
    discs = set(re.findall(r'<span class="role ([a-z]+)"><i aria-hidden="true">(.)</i>([^<]+)</span>', text))
    names = {name: (style, disc) for style, disc, name in discs}
    assert names[stage.area.organisations["other_provider"].name] == ("firm", "企")


def test_every_step_names_the_article_it_rests_on(stage: Play) -> None:
    agreed(stage)
    text = read(sign_in(stage, "committee_head"), f"/cases/{stage.root}/")
    for code, article in (("application", "第12条"), ("agreement", "第9条第3项"), ("refund", "第15条")):
        assert f"白山办法 {article}" in plain(step_of(text, code))
