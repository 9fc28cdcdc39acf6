"""Grounds of exit through HTTP alone, by tokens: forced, not renewed, over, and what is only proposed."""

from typing import Any

import pytest

from gongzhi.api.tests.conftest import begin
from gongzhi.api.tests.http import Web

DISMISSAL = "dismissal.owner_notice_before"


def expect(answer: Any, status: int, kind: str) -> Any:
    """A refusal of that kind, as a problem."""
    assert answer.status_code == status, answer.content.decode()
    told = answer.json()
    assert told["type"] == kind or told["type"].endswith(kind)
    return told


def opening(web: Web, variant: str, name: str, papers: tuple[str, ...] = (), **facts: Any) -> dict[str, Any]:
    """The body that opens an exit on a ground."""
    return {
        "procedure": "exit",
        "variant": variant,
        "subject": {"estate": str(web.area.estate.pk)},
        "facts": facts,
        "papers": web.papers(name, *papers),
    }


@pytest.mark.proves("BS-028", "BS-034", "BS-039", "BS-040")
def test_a_forced_exit_runs_to_its_end_through_http(web: Web) -> None:
    web.classify("major_incident")
    web.urge().vote("dismiss")
    assert any("只解聘、没有选聘" in warning for warning in web.tell_end("2026-05-31", papers=()))
    web.publish_result("2026-03-10 09:00").reach("exit.notice.receive", "provider_leader")
    told = web.told()
    clock = next(one for one in told["clocks"] if one["key"] == DISMISSAL)
    # 10 March + 60 days: 21 in March, 30 in April, 9 in May → 9 May 2026
    assert (clock["due_on"], clock["minimum"], clock["state"]) == ("2026-05-09", True, "running")
    web.vote().name_successor("2026-05-31")
    web.until("2026-05-29 09:00").close()
    told = web.told()
    assert (told["state"], told["outcome"], told["variant"]) == ("ended", "done", "major_incident")
    manager = web.get("owner", f"/estates/{web.area.estate.pk}/manager")
    assert manager["organisation"]["name"] == "示例白山乙物业有限公司"


@pytest.mark.proves("BS-028")
def test_a_vote_that_fails_leaves_the_provider_through_http(web: Web) -> None:
    web.classify("grade_d")
    web.urge().vote("dismiss", heads_for=2).publish_result("2026-03-10 09:00")
    told = web.told()
    assert (told["outcome"], told["ended_why"]) == (
        "not_dismissed",
        "业主共同决定没有通过，原物业服务人继续履行合同",
    )


@pytest.mark.proves("ZJ-017", "ZJ-018")
def test_a_non_renewal_in_zhuji_through_http(two_areas: Web) -> None:
    web = Web(two_areas.cast, two_areas.cast.areas["zhuji"], two_areas.now)
    web.client = two_areas.client
    web.not_renew("2026-12-31")
    told = web.told()
    clock = next(one for one in told["clocks"] if one["key"] == "exit.provider_notice_before")
    # 31 December − 90 days → 2 October 2026, in National Day; to be sent by Wednesday 30 September
    assert (clock["due_on"], clock["advised_on"]) == ("2026-10-02", "2026-09-30")
    sends = [task["name"] for task in told["tasks"] if task["step"] == "copies"]
    assert sorted(sends) == ["send:community", "send:county", "send:subdistrict"]


@pytest.mark.proves("BS-023")
def test_an_expired_term_with_service_going_on_is_refused_and_told_which_ground_to_take(web: Web) -> None:
    web.contract("2026-02-28")
    said = {
        "contract_ended_on": "2026-02-28",
        "renewal_decided": False,
        "served_on": True,
        "remark": "示例",
    }
    body = opening(web, "term_expired", "committee_head", ("service_contract",), **said)
    refused = expect(web.ask("committee_head", "POST", "/cases", body), 422, "rule-broken")
    assert "请改按“不定期合同经提前通知解除”办理" in refused["detail"]
    assert any(citation["article"] == "第948条" for citation in refused["citations"])
    web.move("indefinite_ended", served_on=True)
    assert web.told()["variant"] == "indefinite_ended"


def test_an_unknown_ground_a_wrong_actor_and_a_missing_paper_are_three_refusals(web: Web) -> None:
    said = {
        "found_on": "2026-03-02",
        "facts_found": "示例事实",
        "basis": "示例条款",
        "evidence": "示例证据",
    }
    unknown = opening(web, "no_such_ground", "county_officer", **said)
    expect(web.ask("county_officer", "POST", "/cases", unknown), 400, "invalid")
    wrong = opening(web, "grade_d", "committee_head", ("grade_result",), **said)
    told = expect(web.ask("committee_head", "POST", "/cases", wrong), 403, "not-allowed")
    assert "住房和城乡建设局" in told["detail"]
    bare = opening(web, "grade_d", "county_officer", **said)
    told = expect(web.ask("county_officer", "POST", "/cases", bare), 409, "not-possible")
    assert "还缺《年度物业服务质量评价结果》" in told["detail"]
    assert web.get("subdistrict_officer", "/cases")["items"] == []


def test_where_its_law_lists_no_forced_ground_none_is_offered_and_none_opened(two_areas: Web) -> None:
    web = Web(two_areas.cast, two_areas.cast.areas["zhuji"], two_areas.now)
    web.client = two_areas.client
    offered = web.get("county_officer", "/procedures/exit?at=330681")["variants"]
    assert "grade_d" not in [one["code"] for one in offered]
    there = {one["code"]: one for one in web.get("county_officer", "/procedures/exit?at=220602")["variants"]}
    assert there["refusing_disclosure"]["category"] == "forced"
    assert [paper["code"] for paper in there["refusing_disclosure"]["papers"]] == [
        "order_to_correct",
        "not_corrected",
    ]
    said = {"found_on": "2026-03-02", "facts_found": "示例", "basis": "示例条款", "evidence": "示例"}
    body = opening(web, "grade_d", "county_officer", ("grade_result",), **said)
    refused = expect(web.ask("county_officer", "POST", "/cases", body), 422, "rule-broken")
    assert "此处的规定没有列出" in refused["detail"]
    assert refused["citations"]


@pytest.mark.proves("BS-031")
def test_three_penalties_are_proposed_with_their_rows_and_open_nothing(web: Web) -> None:
    provider, county = (str(web.area.organisations[name].pk) for name in ("provider", "county"))
    for number, day in enumerate(("2026-01-05", "2026-01-20", "2026-02-20"), start=1):
        facts = {
            "kind": "penalty",
            "organisation_id": provider,
            "authority_id": county,
            "document_number": f"示例罚〔2026〕{number}号",
            "decided_on": day,
        }
        web.send("county_officer", "/acts/exits.record_conduct", {"facts": facts})
    told = web.get("county_officer", f"/estates/{web.area.estate.pk}/exit-proposals")
    assert "只作提示，不是认定" in told["sentence"]
    found = next(one for one in told["proposals"] if one["ground"] == "repeated_penalties")
    assert (found["state"], found["article"]) == ("open", "第10条第3项")
    assert len(found["unset"]) == 4
    met = [one for one in found["readings"] if one["is_met"]]
    assert {(one["window"], one["scope"]) for one in met} == {
        ("rolling", "company"),
        ("rolling", "city"),
        ("calendar", "company"),
        ("calendar", "city"),
    }
    assert met[0]["rows"] == [row["id"] for row in told["conduct"]]
    assert web.get("subdistrict_officer", "/cases")["items"] == []
    refused = web.ask("provider_leader", "POST", "/acts/exits.record_conduct", {"facts": facts})
    expect(refused, 403, "not-allowed")


def test_a_reasonable_day_is_set_through_http(
    db: None, monkeypatch: Any, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_ROOT = tmp_path
    home = begin(monkeypatch, ("yangcheng",))
    web = Web(home.cast, home.cast.areas["yangcheng"], home.now)
    home.now = web.now
    web.client = home.client
    web.move("dismissed_in_term")
    web.vote("contract")
    web.tell_end("2026-05-31", papers=())
    web.reach("exit.notice.receive", "provider_leader")
    said = {"leave_on": "2026-06-25", "reason": "示例：项目规模和设备交接需要", "heard": "示例：双方无异议"}
    web.stand("subdistrict_officer", "exit", "set_leave_date", **said)
    clock = next(one for one in web.told()["clocks"] if one["key"] == "exit.leave_within")
    assert clock["due_on"] == "2026-06-25"
    assert any("示例阳城街道办事处" in line for line in clock["working"])
