"""Changes that need no case, and what the procedures say of themselves."""

import re
from typing import Any

import pytest

from gongzhi.acts.door import ACTIONS
from gongzhi.api.tests.http import Web
from gongzhi.api.tests.test_early_exit import expect
from gongzhi.registry.models import Building


def test_every_public_act_is_told_with_who_may_and_chinese_titles(web: Web) -> None:
    told = {act["name"]: act for act in web.get("owner", "/acts")}
    assert set(told) == {name for name, action in ACTIONS.items() if action.public}
    act = told["registry.register_buildings"]
    assert act["may"].startswith("小区所在地物业主管部门")
    assert act["facts"]["properties"]["rows"]["title"] == "楼栋"
    assert "papers.store_file" not in told


def test_an_act_is_carried_out_once_a_key(web: Web) -> None:
    body = {"facts": {"estate_id": str(web.area.estate.pk), "rows": [{"name": "示例9幢"}]}}
    key = {"Idempotency-Key": "example-9"}
    first = web.send("county_officer", "/acts/registry.register_buildings", body, **key)
    again = web.send("county_officer", "/acts/registry.register_buildings", body, **key)
    assert (first["act"], again["replayed"]) == (again["act"], True)
    assert Building.objects.filter(estate=web.area.estate, name="示例9幢").count() == 1


def test_an_act_says_which_signs_papers_cannot_print_and_is_carried_out(web: Web) -> None:
    told = ["“\U0002a6a5”字（U+2A6A5）字库里没有，文书上以编码代替，请手工填写。"]
    for name, warnings in (("示例\U0002a6a5幢", told), ("示例𠮷幢", [])):
        body = {"facts": {"estate_id": str(web.area.estate.pk), "rows": [{"name": name}]}}
        assert web.send("county_officer", "/acts/registry.register_buildings", body)["warnings"] == warnings
        assert Building.objects.filter(name=name).exists()
    web.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    said = {"facts": {"content": "示例异议：\U0002a6a5家的车位"}, "step": "publicity"}
    assert web.send("owner", f"/cases/{web.root}/object", said)["warnings"] == told


def test_an_act_nobody_declared_or_nobody_may_call_is_not_there(web: Web) -> None:
    for name in ("nothing", "papers.store_file", "procedures.tick"):
        expect(web.ask("administrator", "POST", f"/acts/{name}", {"facts": {}}), 404, "not-found")


def test_a_new_secret_is_told_once(web: Web) -> None:
    owner = web.cast["owner"]
    facts = {
        "account_id": str(owner.account_id),
        "appointment_id": str(owner.appointment_id),
        "purpose": "示例",
    }
    key = {"Idempotency-Key": "example-token"}
    first = web.send("owner", "/acts/accounts.issue_token", {"facts": facts}, **key)
    again = web.send("owner", "/acts/accounts.issue_token", {"facts": facts}, **key)
    assert first["result"]["secret"].startswith("gz_")
    assert "secret" not in again["result"]


def step_of(told: Any, code: str) -> Any:
    """One step of a procedure."""
    return next(step for step in told["steps"] if step["code"] == code)


def act_of(step: Any, name: str) -> Any:
    """One act of a step."""
    return next(act for act in step["acts"] if act["act"] == name)


def test_a_procedure_tells_who_when_what_and_by_which_article(web: Web) -> None:
    told = web.get("owner", "/procedures/exit?at=220602")
    application = step_of(told, "application")
    submit, receive = act_of(application, "submit"), act_of(application, "receive")
    assert [who["role"] for who in submit["by"]] == ["provider"]
    assert [who["role"] for who in receive["by"]] == ["owners"]
    assert submit["facts"]["properties"]["exit_on"]["title"] == "计划退出日期"
    assert [paper["code"] for paper in submit["papers"]] == ["exit_application"]
    agreement = step_of(told, "agreement")
    assert agreement["after"] == [{"step": "application", "mark": ""}]
    clock = agreement["clocks"][0]
    assert (clock["value"]["value"], clock["value"]["unit"], clock["anchor"]) == (
        90,
        "D",
        "application.arrived",
    )
    assert clock["value"]["citations"][0]["article"]
    filing = act_of(step_of(told, "filing"), "send")
    assert {who["task"] for who in filing["by"]} >= {"send:subdistrict", "send:county"}


def test_a_procedure_of_nowhere_in_particular_names_its_keys(web: Web) -> None:
    told = web.get("owner", "/procedures/exit")
    assert "exit.filed_with" in step_of(told, "filing")["keys"]
    assert step_of(told, "filing")["law"] == []
    assert {act["act"] for act in told["standing"]} >= {"withdraw", "suspend", "extend", "amend", "recover"}


def test_the_chain_of_an_official_paper_names_the_posts(web: Web) -> None:
    order = step_of(web.get("owner", "/procedures/exit?at=220602"), "order")
    assert act_of(order, "sign_off")["by"][0]["posts"] == ["leader"]
    assert [who["role"] for who in act_of(order, "serve")["by"]] == ["county"]


def test_an_extension_says_how_its_period_is_written_and_whose_it_is(web: Web) -> None:
    (extend,) = [act for act in web.get("owner", "/procedures/exit")["standing"] if act["act"] == "extend"]
    schema = extend["facts"]
    assert "WD (工作日)" in schema["description"]
    pattern = re.compile(schema["properties"]["period"]["pattern"])
    assert all(pattern.fullmatch(one) for one in ("P15D", "P15WD", "PT24H", "P3M", "P2Y"))
    assert not any(pattern.fullmatch(one) for one in ("15个工作日", "PT24h", "P0D"))
    assert {post for who in extend["by"] for post in who["posts"]} == {"leader"}


@pytest.mark.parametrize("path", ["/procedures/nothing", "/procedures/exit?at=999999"])
def test_an_unknown_procedure_or_place_is_not_there(web: Web, path: str) -> None:
    expect(web.ask("owner", "GET", path), 404, "not-found")


def test_every_procedure_is_told_at_every_pilot_place(web: Web) -> None:
    for procedure in web.get("owner", "/procedures"):
        for place in ("", "220602", "330681", "220382", "140522"):
            told = web.get("owner", f"/procedures/{procedure['code']}?at={place}")
            assert all(
                act["by"]
                for step in told["steps"]
                if place
                for act in step["acts"][:1]
                if step["kind"] not in ("file", "checklist")  # whose bodies and lists a place may not have
            )


def test_the_law_of_a_place_and_a_due_date_are_told_with_their_working(web: Web) -> None:
    shown = web.get("owner", "/law/parameters?at=220600&on=2026-03-02&key=exit.leave_within")[0]
    assert (shown["value"], shown["unit"], shown["inherited_from"]) == (30, "D", "2206")
    assert len(web.get("owner", "/law/parameters?at=2206")) > 50
    due = {"key": "exit.leave_within", "at": "2206", "from": "2026-06-30"}
    counted = web.send("owner", "/law/due", due)
    # 30 June + 30 days = 30 July 2026, a Thursday
    assert counted["due_on"] == "2026-07-30"
    assert counted["working"]
    assert "due_at" not in counted
    for wrong in ({"key": "nothing"}, {"at": "999999"}):
        expect(web.ask("owner", "POST", "/law/due", due | wrong), 404, "not-found")
    for wrong in ({"from": "gestern"}, {"from": "9999-12-31"}):
        expect(web.ask("owner", "POST", "/law/due", due | wrong), 400, "invalid")
