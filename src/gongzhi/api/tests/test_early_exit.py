"""The early exit of 白山, through HTTP alone, by tokens; every expected date is counted by hand."""

from typing import Any

import pytest

from gongzhi.api.tests.http import Web
from gongzhi.exits.tests.play import departure

EARLY = "exit.provider_early_exit_notice_before"


def run_to_handover(web: Web) -> None:
    """Application, arrival, filings, notice, vote, successor, agreement, settlement, handover."""
    web.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    web.post("provider_leader", "exit.publicity")
    web.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    web.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    web.until("2026-06-30 09:00").hand_over()


@pytest.mark.proves("BS-025", "BS-041", "BS-042", "BS-043", "BS-060", "BS-076")
def test_an_early_exit_runs_to_its_end_through_http(web: Web) -> None:
    run_to_handover(web)
    web.take_over().go(minutes=5).leave()
    for role in ("subdistrict", "county"):
        sent = {"sent_at": web.now.isoformat(), "method": "platform", "proof": "示例"}
        web.do("other_provider_leader", f"handover.filing.send:{role}", "send", **sent)
    told = web.told()
    assert (told["state"], told["outcome"]) == ("ended", "done")
    manager = web.get("owner", f"/estates/{web.area.estate.pk}/manager")
    assert manager["organisation"]["name"] == "示例白山乙物业有限公司"
    before = web.get("owner", f"/estates/{web.area.estate.pk}/manager?on=2026-06-29")
    assert before["organisation"]["name"] == "示例白山甲物业有限公司"


def test_the_case_tells_clocks_with_working_citations_and_the_reason_of_what_was_skipped(web: Web) -> None:
    web.apply("2026-06-30").go(hours=3).arrive()
    told = web.told()
    clock = next(one for one in told["clocks"] if one["key"] == EARLY)
    # 2 March + 90 days: 29 in March, 30 in April, 31 in May → 31 May 2026 (a Sunday; it does not roll)
    assert clock["due_on"] == "2026-05-31"
    assert clock["working"]
    assert "白山市" in clock["citations"][0]["instrument"]
    assert clock["state"] == "running"
    assert any("到期不等于可以离开" in warning for warning in clock["warnings"])
    agreement = next(step for step in told["steps"] if step["code"] == "agreement")
    decide = agreement["rounds"][0]["tasks"][0]
    assert decide["organisation"]["name"] == "示例白山一号小区业主委员会"
    assert [act["act"] for act in decide["acts"]] == ["approve", "return", "refuse"]
    assert decide["due_at"] == "2026-06-01T00:00:00+08:00"


def test_two_clocks_on_the_departure_are_both_told_and_the_earlier_binds(web: Web) -> None:
    run_to_handover(web)
    told = web.told()
    departing = {clock["key"]: clock for clock in told["clocks"] if clock["step"] == "departure"}
    # 三日: 30 June + 3 = 3 July 2026, a Friday; 三十日 after the contract's end on 30 June: 30 July 2026, a Thursday
    assert departing["exit.leave_after_confirmation"]["due_on"] == "2026-07-03"
    assert departing["exit.leave_within"]["due_on"] == "2026-07-30"
    conflict = next(one for one in told["conflicts"] if one["step"] == "departure")
    assert conflict["binds"] == departing["exit.leave_after_confirmation"]["id"]


def test_nobody_leaves_before_somebody_has_taken_over(web: Web) -> None:
    run_to_handover(web)
    task = web.task("exit.departure.submit").id
    answer = web.ask("provider_leader", "POST", f"/tasks/{task}/submit", {"facts": departure(web.now)})
    refused = expect(answer, 422, "rule-broken")
    assert "还没有接替者接管" in refused["detail"]
    assert any("民法典" in citation["instrument"] for citation in refused["citations"])


def test_a_notice_that_leaves_too_little_time_is_refused_with_the_article_and_changes_nothing(
    web: Web,
) -> None:
    # 2 March 2026 + 90 days = 31 May 2026
    answer = web.ask("provider_leader", "POST", "/cases", web.opening("2026-05-30"))
    refused = expect(answer, 422, "rule-broken")
    assert "2026-05-31" in refused["detail"]
    assert refused["citations"]
    assert web.get("subdistrict_officer", "/cases")["items"] == []


def test_the_wrong_actor_is_told_who_may(web: Web) -> None:
    web.apply("2026-06-30")
    task = web.task("exit.application.receive").id
    said = {"facts": {"arrived_at": web.now.isoformat(), "received_by": "示例"}}
    for name in ("provider_leader", "owner", "county_officer", "administrator", "firm_accountant"):
        refused = expect(web.ask(name, "POST", f"/tasks/{task}/receive", said), 403, "not-allowed")
        assert "业主委员会" in refused["detail"]


def test_what_is_not_its_turn_is_not_possible_or_not_there(web: Web) -> None:
    web.apply("2026-06-30")
    task = web.task("exit.application.receive").id
    expect(web.ask("committee_head", "POST", f"/tasks/{task}/approve", {}), 404, "not-found")
    assert not [one for one in web.told()["tasks"] if one["step"] == "agreement"]
    web.arrive()
    said = {"facts": {"arrived_at": web.now.isoformat(), "received_by": "示例"}}
    again = web.ask("committee_head", "POST", f"/tasks/{task}/receive", said)
    assert "不能重复办理" in expect(again, 409, "not-possible")["detail"]


def test_a_missing_paper_and_another_persons_file_are_refused(web: Web) -> None:
    body = web.opening("2026-06-30") | {"papers": []}
    assert "还缺" in expect(web.ask("provider_leader", "POST", "/cases", body), 422, "rule-broken")["detail"]
    body |= {"papers": [web.file("committee_head", "exit_application")]}
    expect(web.ask("provider_leader", "POST", "/cases", body), 409, "not-possible")


def test_the_same_key_is_carried_out_once_and_another_body_under_it_is_a_conflict(web: Web) -> None:
    key, body = (
        {"Idempotency-Key": "示例-1".encode("ascii", "ignore").decode() + "exit"},
        web.opening("2026-06-30"),
    )
    first = web.send("provider_leader", "/cases", body, **key)
    again = web.send("provider_leader", "/cases", body, **key)
    assert (again["id"], again["number"]) == (first["id"], first["number"])
    assert (first["replayed"], again["replayed"]) == (False, True)
    other = body | {"facts": body["facts"] | {"reason": "另一原因"}}
    expect(web.ask("provider_leader", "POST", "/cases", other, **key), 409, "conflict")
    assert len(web.get("subdistrict_officer", "/cases")["items"]) == 1


def test_who_looked_at_an_older_picture_is_told_who_was_quicker(web: Web) -> None:
    web.apply("2026-06-30")
    version = web.told("committee_head")["version"]
    web.arrive()
    task = web.task("exit.agreement.decide").id
    body = {"facts": {"reason": "示例理由"}, "expects": version}
    refused = expect(web.ask("committee_head", "POST", f"/tasks/{task}/refuse", body), 409, "conflict")
    assert "示例白山业委会主任" in refused["detail"]
    body["expects"] = web.told("committee_head")["version"]
    assert web.send("committee_head", f"/tasks/{task}/refuse", body)["case"]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "null",
        "1e999",
        '{"facts": {"exit_on": "\\u0000"}}',
        '{"facts": {"reason": "\\ud800"}}',
        '{"facts": ' + "[" * 1000 + "]" * 1000 + "}",
        '{"facts": {"amount": ' + "9" * 30 + "}}",
        '{"facts": "no"}',
        '{"facts": {}, "extra": 1}',
        '{"papers": [{"file": "no", "kind": "x"}]}',
        '{"papers": [{"file": "00000000-0000-7000-8000-000000000000"}]}',
        '{"expects": -1}',
        b"\xff\xfe",
    ],
)
def test_a_rubbish_body_is_a_problem_in_one_sentence_and_changes_nothing(web: Web, body: Any) -> None:
    web.apply("2026-06-30")
    before = web.told()["version"]
    task = web.task("exit.application.receive").id
    told = expect(web.ask("committee_head", "POST", f"/tasks/{task}/receive", body), 400, "invalid")
    assert told["detail"].endswith("。")
    assert web.told()["version"] == before


def test_what_is_missing_is_named_field_by_field(web: Web) -> None:
    web.apply("2026-06-30")
    task = web.task("exit.application.receive").id
    answer = web.ask("committee_head", "POST", f"/tasks/{task}/receive", {"facts": {"capacity": "示例"}})
    told = expect(answer, 400, "invalid")
    assert set(told["fields"]) == {"arrived_at", "received_by"}
    assert "“到达时间”" in told["detail"]


def expect(answer: Any, status: int, kind: str) -> Any:
    """A problem of that status and type, whole."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["type"], told["status"]) == (kind, status)
    assert set(told) == {"type", "title", "status", "detail", "citations", "fields"}
    return told
