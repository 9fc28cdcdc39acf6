"""Reading cases: how much of one is told to whom, and at what cost."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.api.tests.http import BASE, Web
from gongzhi.api.tests.test_early_exit import expect, run_to_handover
from gongzhi.procedures.models import Case, Task

#: What one reading may cost, whatever the number of tasks.
QUERIES = 25


def cost(web: Web, path: str, name: str = "subdistrict_officer") -> int:
    """How many queries one request takes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        web.get(name, path)
    return len(captured)


def add_tasks(web: Web, number: int) -> None:
    """More tasks in the open round of the agreement."""
    like = web.task("exit.agreement.decide")
    fields = {
        field.attname: getattr(like, field.attname) for field in Task._meta.fields if field.name != "id"
    }
    Task.objects.bulk_create([Task(**fields | {"name": f"example:{turn}"}) for turn in range(number)])


def test_a_case_costs_the_same_number_of_queries_for_five_tasks_and_for_fifty(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    web.post("provider_leader", "exit.publicity")
    few = cost(web, f"/cases/{web.root}")
    add_tasks(web, 45)
    assert len(web.told()["tasks"]) >= 50
    assert cost(web, f"/cases/{web.root}") == few
    assert few <= QUERIES


def test_every_case_of_a_whole_tree_is_read_within_the_budget(web: Web) -> None:
    run_to_handover(web)
    costs = {case.procedure: cost(web, f"/cases/{case.pk}") for case in Case.objects.all()}
    assert set(costs) == {"exit", "settlement", "handover", "joint_decision"}
    assert max(costs.values()) <= QUERIES, costs


def test_lists_cost_the_same_for_one_row_and_for_many(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    few = cost(web, "/tasks", "committee_head")
    add_tasks(web, 40)
    assert cost(web, "/tasks", "committee_head") == few <= 5
    assert cost(web, "/cases") <= 5


@pytest.mark.parametrize("name", ["owner", "tenant", "auditor"])
def test_neighbours_and_auditors_see_the_course_of_a_case_and_not_what_was_said(web: Web, name: str) -> None:
    web.apply("2026-06-30").arrive()
    web.post("provider_leader", "exit.publicity")
    told = web.told(name)
    assert told["masked"]
    assert told["steps"]
    assert told["clocks"]
    assert told["notices"][0]["title"] == "示例公示"
    assert all(act["facts"] is None and act["person"] == "" for act in told["history"])
    assert (told["papers"], told["items"], told["messages"], told["issued"]) == ([], [], [], [])
    said = web.ask(name, "GET", f"/cases/{web.root}").content.decode()
    assert "示例经营原因" not in said
    assert "13900000000" not in said
    assert "示例白山物业项目" not in said


def test_those_who_take_part_see_what_was_said_its_papers_and_who_has_been_told(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    told = web.told("provider_leader")
    assert not told["masked"]
    first = told["history"][0]
    assert (first["act"], first["title"], first["person"]) == ("submit", "提交", "示例白山物业项目")
    assert first["facts"]["reason"] == "示例经营原因"
    assert first["papers"] == [told["papers"][0]["file"]]
    assert any("业主委员会" in message["to"] for message in told["messages"])
    assert told["parties"][0]["role"] == "provider"


def test_a_skipped_step_says_why_and_a_void_task_too(web: Web) -> None:
    web.apply("2026-06-30").go(days=1)
    web.do("committee_head", "exit.application.receive", "return", missing="示例需要补正的内容")
    told = web.told()
    application = next(step for step in told["steps"] if step["code"] == "application")
    old, new = application["rounds"]
    assert (old["number"], old["outcome"], new["number"]) == (1, "return", 2)
    assert old["void_why"] == "退出申请退回修改"
    assert {task["name"]: task["state"] for task in old["tasks"]} == {
        "submit": "done",
        "receive": "done",
        "prove": "void",
    }
    assert [task["state"] for task in new["tasks"]] == ["open"]


def test_a_suspended_case_says_so_and_its_clocks_stand_still(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    web.stand("subdistrict_leader", "exit", "suspend", reason="示例原因", citation="示例依据")
    told = web.told()
    assert told["state"] == "suspended"
    assert told["suspensions"][0]["to_at"] is None
    assert {one["act"] for one in told["standing"]} >= {"resume", "withdraw", "amend"}
    assert "suspend" not in {one["act"] for one in told["standing"]}
    assert {one["act"]: one["posts"] for one in told["standing"]}["resume"] == ["leader"]
    clock = next(one for one in told["clocks"] if one["step"] == "agreement")
    assert (clock["state"], clock["due_at"]) == ("suspended", None)
    still = {task["stands_still"] for task in told["tasks"] if task["state"] == "open" and task["holds"]}
    assert still == {True}
    web.stand("subdistrict_leader", "exit", "resume", reason="示例原因")
    assert not any(task["stands_still"] for task in web.told()["tasks"])


def test_a_date_in_a_year_without_a_calendar_is_told_as_provisional_where_a_holiday_could_move_it(
    web: Web,
) -> None:
    web.until("2026-11-20 09:00").apply("2027-03-31").arrive()
    told = {one["step"]: one for one in web.told()["clocks"]}
    # 20 November 2026 + 90 days: 10 + 31 + 31 = 72 at the end of January, 18 more: 18 February 2027
    assert (told["agreement"]["due_on"], told["agreement"]["exact"]) == ("2027-02-18", True)
    assert not any("2027" in warning for warning in told["agreement"]["warnings"])
    web.agree("2027-03-31")
    leaving = next(one for one in web.told()["clocks"] if one["key"] == "exit.leave_within")
    assert leaving["exact"] is False
    assert any("2027" in warning for warning in leaving["warnings"])


def test_instants_carry_the_zone_of_the_place(web: Web) -> None:
    web.apply("2026-06-30")
    opened = datetime.fromisoformat(web.told()["opened_at"])
    assert (opened.isoformat(), opened) == ("2026-03-02T09:00:00+08:00", web.now)


def test_a_firm_sees_its_settlement_and_not_the_exit_above_it(web: Web) -> None:
    run_to_handover(web)
    settlement = web.case("settlement").id
    assert web.told("firm_accountant", "settlement")["parties"][0]["role"] == "firm"
    expect(web.ask("firm_accountant", "GET", f"/cases/{web.root}"), 404, "not-found")
    assert [case["id"] for case in web.get("firm_accountant", "/cases")["items"]] == [str(settlement)]


def test_cases_are_found_by_what_they_are_and_paged_by_key(web: Web) -> None:
    run_to_handover(web)
    everything = web.get("county_officer", "/cases?children=true")["items"]
    assert {case["procedure"] for case in everything} == {"exit", "settlement", "handover", "joint_decision"}
    found: list[Any] = []
    after = ""
    while not found or after:
        part = web.get("county_officer", f"/cases?children=true&limit=1{after}")
        found += part["items"]
        after = f"&after={part['next']}" if part["next"] else ""
    assert found == everything
    assert [case["procedure"] for case in web.get("county_officer", "/cases?state=open")["items"]] == ["exit"]
    assert web.get("county_officer", "/cases?procedure=exit&state=ended")["items"] == []
    assert len(web.get("county_officer", f"/cases?estate={web.area.estate.pk}")["items"]) == 1
    assert web.get("county_officer", "/cases?subdistrict=220602002")["items"] == []


def test_a_page_after_something_that_is_not_there_is_refused(web: Web) -> None:
    path = "/cases?after=00000000-0000-7000-8000-000000000000"
    assert "after" in expect(web.ask("county_officer", "GET", path), 400, "invalid")["fields"]


def test_my_tasks_come_soonest_first_and_say_what_is_overdue(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    tasks = web.get("committee_head", "/tasks")["items"]
    assert (tasks[0]["step"], tasks[0]["name"]) == ("agreement", "decide")
    assert not tasks[0]["is_overdue"]
    web.until("2026-06-01 00:00")
    assert web.get("committee_head", "/tasks")["items"][0]["is_overdue"]
    assert web.get("owner", "/tasks")["items"] == []


def test_a_file_is_sent_as_it_is_and_never_run(web: Web) -> None:
    web.apply("2026-06-30")
    file = web.told()["papers"][0]["file"]
    answer = web.ask("county_officer", "GET", f"/papers/{file}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content.startswith(b"%PDF")


def test_an_unknown_address_and_a_wrong_method_are_problems(web: Web) -> None:
    expect(web.client.get(f"{BASE}/nothing"), 404, "not-found")
    answer = web.client.delete(f"{BASE}/cases")
    expect(answer, 405, "method-not-allowed")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
    expect(web.client.get(f"{BASE}/public/notices?community=%00"), 400, "invalid")
    expect(web.client.get(f"{BASE}/cases/no", headers={"Authorization": "Bearer no"}), 401, "unauthenticated")
