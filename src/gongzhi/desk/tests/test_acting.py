"""People act in the browser: an exit's first steps by those who take part, and what happens when something is wrong."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongzhi.accounts.models import Account
from gongzhi.acts import log
from gongzhi.acts.models import Act
from gongzhi.desk.beginners import ever_begins, open_to_people
from gongzhi.desk.beginning import offered_at
from gongzhi.desk.models import Draft
from gongzhi.desk.tests.browsing import PASSWORD, Form, form_at, forms_in, sign_in, text_of, upload
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.papers.models import File
from gongzhi.procedures.models import Case, CaseAct, Clock, PaperUse, Task
from gongzhi.procedures.tick import beat
from gongzhi.registry.models import Appointment, Estate
from gongzhi.registry.queries import day_of
from gongzhi.registry.roles import Place
from gongzhi.registry.tests.cast import build_cast

WANTED: dict[str, Any] = {
    "exit_on": "2026-06-30",
    "reason": "示例经营原因",
    "handover_plan": "示例交接安排",
    "contact": "示例联系人",
    "staff_until_takeover": "示例人员安排",
    "serves_until_takeover": "true",
}


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山 on Monday 2 March 2026, 09:00; nothing was opened yet."""
    settings.FILES_ROOT = tmp_path
    cast = build_cast(at("2026-03-02 09:00"), areas=())
    adopt_baishan()
    play = Play(cast, cast.home, at("2026-03-02 09:00"))
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    log.seal(play.now)
    beat("tick", play.now)
    return play


def opening(play: Play, client: Client, variant: str = "provider_early") -> Form:
    """The form an exit begins with."""
    return form_at(client, f"/open/exit/{play.area.estate.pk}/{variant}/")


def applied(play: Play) -> Client:
    """The provider's leader applied in the browser."""
    client = sign_in(play, "provider_leader")
    answer = opening(play, client).send({"exit_application": upload()}, **WANTED)
    assert answer.status_code == 302, text_of(answer)[-4000:]
    play.root = Case.objects.get(parent=None).pk
    assert answer["Location"] == f"/cases/{play.root}/"
    return client


def here(play: Play, client: Client, path: str, act: str) -> Form:
    """The form of a task's act, where it stands on the case's page."""
    return form_at(client, f"/cases/{play.task(path).case_id}/", f"/tasks/{play.task(path).pk}/{act}/")


def test_a_sign_no_font_has_is_taken_as_it_is_and_told_once(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    answer = opening(play, client).send(
        {"exit_application": upload()}, **WANTED | {"contact": "示例\U0002a6a5"}
    )
    assert answer.status_code == 302
    told = "“\U0002a6a5”字（U+2A6A5）字库里没有，文书上以编码代替，请手工填写。"
    assert told in text_of(client.get(answer["Location"]))
    assert told not in text_of(client.get(answer["Location"]))
    assert CaseAct.objects.get(facts__contact="示例\U0002a6a5")


def test_a_rare_sign_that_a_font_has_is_not_worth_a_word(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    answer = opening(play, client).send({"exit_application": upload()}, **WANTED | {"contact": "示例𠮷"})
    assert "字库里没有" not in text_of(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("name", "variant", "says"),
    [
        ("provider_leader", "provider_early", "提前90日，今天送达的最早 2026-05-31"),  # 2 March + 90 days
        ("provider_leader", "indefinite_ended", "提前60日，今天送达的最早 2026-05-01"),  # 29 + 30, then 1
    ],
)
def test_the_form_says_the_earliest_day_before_one_is_chosen(
    stage: Play, name: str, variant: str, says: str
) -> None:
    path = f"/open/exit/{stage.area.estate.pk}/{variant}/"
    assert says in text_of(sign_in(stage, name).get(path))


def test_an_exit_goes_its_first_steps_in_the_browser(play: Play) -> None:
    provider = applied(play)
    told = text_of(provider.get(f"/cases/{play.root}/"))
    assert "已办：" in told
    assert PaperUse.objects.get().kind == "exit_application"

    committee = sign_in(play, "committee_head")
    receive = here(play, committee, "exit.application.receive", "receive")
    done = receive.send(arrived_at="2026-03-02T09:00", received_by="示例签收人")
    assert done.status_code == 302, text_of(done)[-3000:]
    case = text_of(committee.get(done["Location"]))
    # 2 March + 90 days is 31 May 2026; the agreement waits for the committee now
    assert "2026-05-31" in case
    assert "等您办“退出协议”" in case

    sending = here(play, provider, "exit.filing.send:county", "send")
    assert sending.send(sent_at="2026-03-02T09:00", method="platform", proof="示例凭证").status_code == 302
    posting = here(play, provider, "exit.publicity.post", "post")
    notice: dict[str, Any] = {
        "title": "示例公示",
        "body": "示例公示内容",
        "places": "小区东门\n小区西门",
        "posted_at": "2026-03-02T09:00",
        "posted_by": "示例甲\n示例乙",
    }
    assert posting.send(**notice).status_code == 302
    told = text_of(provider.get(f"/cases/{play.root}/"))
    # the seven days of the notice end on 9 March: nobody is told to take it down today
    assert "取下退出信息公示，03-09 周一 24:00 以后" in told
    assert "等您办“取下" not in told

    owner = sign_in(play, "owner")
    objecting = form_at(owner, f"/cases/{play.root}/acts/object/?step=publicity")
    assert objecting.send(content="示例异议").status_code == 302
    reply = next(one for one in play.open_tasks() if ".reply" in one)
    answering = here(play, provider, reply, "reply")
    assert "写明异议人不同意这个答复还可以找谁" in answering.html.partition("救济途径")[2]
    replied = answering.send(finding="示例核实", adopted="false", next_remedy="示例救济")
    assert replied.status_code == 302, text_of(replied)[-3000:]

    county = sign_in(play, "county_officer")
    receipt = here(play, county, "exit.filing.receipt:county:1", "receipt")
    assert receipt.send(number="示例回执1号").status_code == 302
    said = list(CaseAct.objects.filter(case=play.root).order_by("seq").values_list("name", flat=True))
    assert said == ["submit", "receive", "send", "post", "object", "reply", "receipt"]


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_or_uploaded_is_lost(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    wrong = opening(play, client).send(
        {"exit_application": upload("示例申请.pdf")}, **WANTED | {"reason": ""}
    )
    assert wrong.status_code == 400
    told = text_of(wrong)
    assert "请填写“退出原因”" in told
    assert "已存：示例申请.pdf" in told
    [again] = forms_in(client, told)
    assert again.value("handover_plan") == "示例交接安排"
    assert not Case.objects.exists()
    # and on coming back later, before anything was sent again
    later = opening(play, client)
    assert later.value("handover_plan") == "示例交接安排"
    assert "请填写" not in later.html
    assert "填写的内容，还没有提交" in later.html
    assert later.send(**WANTED).status_code == 302
    assert File.objects.count() == 1
    assert PaperUse.objects.get().title == "书面退出申请"
    assert not Draft.objects.exists()


def test_a_missing_paper_and_a_file_that_may_not_come_in_are_said(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    without = opening(play, client).send(**WANTED)
    assert (without.status_code, "请附上“" in text_of(without)) == (400, True)
    script = upload("x.html", b"<html><script>alert(1)</script></html>")
    bad = opening(play, client).send({"exit_application": script}, **WANTED)
    assert bad.status_code == 400
    assert 'class="err"' in text_of(bad)
    label = re.search(r'<label class="fl" for="[^"]*paper-exit_application">(.*?)</label>', text_of(bad))
    assert label is not None
    assert "可不填" not in label[1]
    assert "请附上" not in text_of(bad)
    assert not File.objects.exists()


def test_what_the_law_refuses_is_said_with_its_article_and_the_text_is_kept(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    # 2 March + 90 days = 31 May 2026: the 30th is a day too early
    early: dict[str, Any] = WANTED | {"exit_on": "2026-05-30"}
    refused = opening(play, client).send({"exit_application": upload()}, **early)
    told = text_of(refused)
    assert refused.status_code == 422
    assert "法规不允许" in told
    assert "2026-05-31" in told
    assert 'class="cite' in told
    [again] = forms_in(client, told)
    assert again.value("exit_on") == "2026-05-30"
    assert again.send(**WANTED).status_code == 302


def test_who_may_not_is_told_who_may(play: Play) -> None:
    applied(play)
    task = play.task("exit.application.receive").pk
    for name in ("provider_leader", "county_officer", "owner"):
        client = sign_in(play, name)
        answer = client.get(f"/tasks/{task}/receive/")
        assert answer.status_code == 403, name
        assert "业主委员会" in text_of(answer)
        sent = {"arrived_at": "2026-03-02T09:00", "received_by": "示例"}
        prefix = f"t{str(task)[-8:]}-receive"
        body = {f"{prefix}-{key}": value for key, value in sent.items()} | {"form-do": "send"}
        posted = client.post(f"/tasks/{task}/receive/", body)
        assert posted.status_code == 403, name
        assert "这一步不由您办" in text_of(posted)
        assert "示例" in text_of(posted)
        assert f"/tasks/{task}/" not in text_of(client.get(f"/cases/{play.root}/"))
    outsider = sign_in(play, "other_provider_leader")
    assert outsider.get(f"/tasks/{task}/receive/").status_code == 404
    assert outsider.get(f"/tasks/{uuid4()}/receive/").status_code == 404


def test_a_form_sent_twice_counts_once(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    form = opening(play, client)
    first = form.send({"exit_application": upload()}, **WANTED)
    again = form.send({"exit_application": upload()}, **WANTED)
    assert first["Location"] == again["Location"]
    assert (Case.objects.filter(parent=None).count(), File.objects.count()) == (1, 1)
    assert "没有重复记录" in text_of(client.get(again["Location"]))
    play.root = Case.objects.get(parent=None).pk
    committee = sign_in(play, "committee_head")
    receive = here(play, committee, "exit.application.receive", "receive")
    said: dict[str, Any] = {"arrived_at": "2026-03-02T09:00", "received_by": "示例签收人"}
    before = Act.objects.count()
    assert [receive.send(**said).status_code for _ in range(2)] == [302, 302]
    assert CaseAct.objects.filter(name="receive").count() == 1
    assert Act.objects.count() == before + 1


def test_who_looked_at_an_older_page_is_told_who_was_quicker_and_may_send_again(play: Play) -> None:
    applied(play)
    client = sign_in(play, "committee_head")
    play.arrive()
    old = here(play, client, "exit.agreement.decide", "refuse")
    play.file_with("county")
    stale = old.send(reason="示例不同意的理由")
    told = text_of(stale)
    assert stale.status_code == 409
    assert "别人刚改过这一步" in told
    assert "示例白山甲物业有限公司" in told
    [again] = forms_in(client, told)
    assert again.value("reason") == "示例不同意的理由"
    assert again.hidden["form-expects"] != old.hidden["form-expects"]
    assert again.send(reason="示例不同意的理由").status_code == 302


def test_a_draft_is_its_keepers_alone_is_sealed_and_goes_when_the_task_is_over(play: Play) -> None:
    applied(play)
    client = sign_in(play, "committee_head")
    form = here(play, client, "exit.application.receive", "receive")
    kept = form.send(do="keep", received_by="只有我知道的签收人")
    assert kept.status_code == 302
    assert "已暂存" in text_of(client.get(kept["Location"]))
    row = Draft.objects.get()
    assert "只有我知道" not in bytes(row.said_cipher).decode("utf-8", "ignore")
    assert (
        here(play, client, "exit.application.receive", "receive").value("received_by") == "只有我知道的签收人"
    )
    other = sign_in(play, "committee_member")
    assert "只有我知道" not in text_of(other.get(f"/cases/{play.root}/"))
    assert CaseAct.objects.filter(name="receive").count() == 0
    done = here(play, other, "exit.application.receive", "receive")
    assert done.send(arrived_at="2026-03-02T09:00", received_by="示例").status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    form = opening(play, client)
    form.send(do="keep", reason="示例草稿")
    assert opening(play, client).value("reason") == "示例草稿"
    assert form.send(do="drop").status_code == 302
    assert opening(play, client).value("reason") == ""


def test_a_task_that_is_over_says_so(play: Play) -> None:
    applied(play)
    client = sign_in(play, "committee_head")
    task = play.task("exit.application.receive").pk
    form = form_at(client, f"/tasks/{task}/receive/")
    play.arrive()
    told = text_of(client.get(f"/tasks/{task}/receive/"))
    assert "已经于 03-02 周一 办结，由示例白山一号小区业主委员会承办" in told
    assert f'href="/cases/{play.root}/"' in told
    assert 'class="form"' not in told
    late = form.send(arrived_at="2026-03-02T09:00", received_by="示例")
    assert late.status_code == 409
    assert "示例" in text_of(late)


def test_a_variant_the_place_does_not_list_says_why(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    assert "exit" in text_of(client.get("/open/"))
    assert "示例白山一号小区" in text_of(client.get("/open/exit/?q=示例"))
    told = text_of(client.get(f"/open/exit/{play.area.estate.pk}/"))
    assert f"/open/exit/{play.area.estate.pk}/provider_early/" in told
    assert "第九条" in told or "第9条" in told or 'class="push cite"' in told
    assert client.get("/open/settlement/").status_code == 409
    assert client.get(f"/open/exit/{uuid4()}/").status_code == 404


def test_a_finding_begins_with_the_title_and_article_of_its_ground(play: Play) -> None:
    form = opening(play, sign_in(play, "county_officer"), "cutting_supply")
    assert form.value("basis") == "《白山市物业服务人退出及应急服务管理办法》第十条第五项"


def test_an_estate_nobody_manages_says_so_when_it_is_chosen(play: Play) -> None:
    client, bare = sign_in(play, "county_officer"), play.area.bare_estate.pk
    told = text_of(client.get(f"/open/exit/{bare}/"))
    assert "没有在管的物业服务人，不能办理退出" in told
    assert f'href="/open/exit/{bare}/' not in told  # no ground is offered
    assert f'href="/open/?estate={bare}"' in told
    assert "没有在管的物业服务人" in text_of(client.get(f"/open/?estate={bare}"))
    assert "没有在管的物业服务人" not in text_of(client.get(f"/open/exit/{play.area.estate.pk}/"))


def test_who_may_not_search_is_shown_no_search(play: Play) -> None:
    for name, is_shown in (("administrator", False), ("county_officer", True)):
        assert ('class="search" role="search"' in text_of(sign_in(play, name).get("/account/"))) is is_shown


def test_where_there_is_one_way_to_begin_only_those_estates_are_links_for_which_one_may(play: Play) -> None:
    """An assembly is convened by the committee in office; elsewhere by the street."""
    own, bare = (f"/open/joint_decision/{one.pk}/" for one in (play.area.estate, play.area.bare_estate))
    head = text_of(sign_in(play, "committee_head").get("/open/joint_decision/"))
    assert own in head
    street = text_of(sign_in(play, "subdistrict_officer").get("/open/joint_decision/"))
    assert own not in street
    assert "应由示例白山一号小区业主委员会提出" in street
    assert bare in street
    assert street.index(bare) < street.index("应由示例白山一号小区业主委员会提出")
    county = sign_in(play, "county_officer").get("/open/joint_decision/")
    assert county.status_code == 403  # it never convenes the owners
    assert "应由业主大会召集人提出" in text_of(county)


def test_what_a_post_never_begins_is_not_offered_to_it_and_what_it_can_begin_nowhere_waits(
    play: Play,
) -> None:
    auditor = sign_in(play, "auditor")
    told = text_of(auditor.get("/open/"))
    assert "没有您可以发起的办件" in told
    assert "/open/exit/" not in told
    estate = play.area.estate.pk
    for path in ("/open/exit/", f"/open/exit/{estate}/"):
        assert auditor.get(path).status_code == 403, path
    assert 'href="/open/"' not in text_of(auditor.get("/cases/"))
    assert 'href="/open/"' in text_of(sign_in(play, "county_officer").get("/cases/"))
    leader = text_of(sign_in(play, "provider_leader").get("/open/"))
    assert "/open/joint_decision/" not in leader
    street = sign_in(play, "subdistrict_officer")
    assert "看各小区由谁提出" not in text_of(street.get("/open/"))  # of one estate it is the convener
    Estate.objects.filter(pk=play.area.bare_estate.pk).update(subdistrict="220602999")  # out of its sight
    assert "看各小区由谁提出" in text_of(street.get("/open/"))


def test_every_role_of_the_cast_that_may_begin_something_somewhere_is_offered_it(play: Play) -> None:
    at, begun = play.now, 0
    for name, by in play.cast.actors.items():
        held = Appointment.objects.filter(pk=by.appointment_id).first()
        for estate in (play.area.estate, play.area.bare_estate) if held is not None else ():
            mine = [
                one.code
                for one, choice in offered_at(Place(estate, day_of(at)), by, at)
                if not choice.why_not
            ]
            begun += len(mine)
            for declared in open_to_people():
                assert declared.code not in mine or ever_begins(declared, held), (name, declared.code)
    assert begun


def test_the_ways_one_may_begin_come_first_as_buttons_and_the_others_are_folded_with_their_reasons(
    play: Play,
) -> None:
    told = text_of(sign_in(play, "provider_leader").get(f"/open/exit/{play.area.estate.pk}/"))
    told = told.partition("<main")[2]
    mine, _, others = told.partition("<details")
    number = mine.count(">选择<span")
    assert number == told.count(">选择<span") > 0
    assert f"{number} 种，另有 {others.count('提出</div>')} 种由别人提出" in mine
    assert "由别人提出的" in others


def test_an_estates_file_leads_those_who_may_open_a_case_there_to_what_can_be_opened(play: Play) -> None:
    estate = play.area.estate
    file, chooser = f"/estates/{estate.pk}/", f"/open/?estate={estate.pk}"
    leader = sign_in(play, "provider_leader")
    assert f'href="{chooser}"' in text_of(leader.get(file))
    told = text_of(leader.get(chooser))
    assert f'href="/open/exit/{estate.pk}/"' in told
    assert f'href="/open/joint_decision/{estate.pk}/"' not in told
    assert "应由示例白山一号小区业主委员会提出" in told
    assert f'href="/open/joint_decision/{estate.pk}/"' in text_of(
        sign_in(play, "committee_head").get(chooser)
    )
    for name in ("owner", "auditor"):
        told = text_of(sign_in(play, name).get(file))
        assert estate.name in told
        assert chooser not in told, name
    applied(play)
    # one exit at a time, and nothing else is a provider's to open
    leader = sign_in(play, "provider_leader")
    told = text_of(leader.get(file))
    assert estate.name in told
    assert chooser not in told
    assert "已有一件在办" in text_of(leader.get(chooser))
    assert leader.get(f"/open/?estate={uuid4()}").status_code == 404


def test_who_may_not_open_a_case_is_told_who_may(play: Play) -> None:
    answer = sign_in(play, "county_officer").get(f"/open/exit/{play.area.estate.pk}/provider_early/")
    assert answer.status_code == 403
    assert "物业" in text_of(answer)


def test_a_case_is_taken_back_by_a_form_behind_its_own_address(play: Play) -> None:
    client = applied(play)
    assert f"/cases/{play.root}/more/" in text_of(client.get(f"/cases/{play.root}/"))
    page = text_of(client.get(f"/cases/{play.root}/more/"))
    assert f"/cases/{play.root}/acts/withdraw/" in page
    assert f"/cases/{play.root}/acts/suspend/" not in page
    overseer = text_of(sign_in(play, "subdistrict_leader").get(f"/cases/{play.root}/more/"))
    assert f"/cases/{play.root}/acts/suspend/" in overseer
    assert f"/cases/{play.root}/acts/withdraw/" not in overseer
    form = form_at(client, f"/cases/{play.root}/acts/withdraw/")
    assert form.send(reason="").status_code == 400
    assert form.send(reason="示例撤回原因").status_code == 302
    told = text_of(client.get(f"/cases/{play.root}/"))
    assert f"已记入经过。{play.case().declaration.title}（{play.case().row.number}）已结束。" in told
    assert not Task.objects.filter(open=True).exists()


def test_a_deadline_is_extended_with_a_number_and_a_unit_and_read_so_everywhere(play: Play) -> None:
    applied(play)
    arrived = {"arrived_at": play.now.isoformat(), "received_by": "示例"}
    play.do("committee_head", "exit.application.receive", "receive", **arrived)
    client, address = sign_in(play, "subdistrict_leader"), f"/cases/{play.root}/acts/extend/"
    officer = sign_in(play, "subdistrict_officer")
    assert address not in text_of(officer.get(f"/cases/{play.root}/more/"))
    assert "应由" in text_of(officer.get(address))
    assert address in text_of(client.get(f"/cases/{play.root}/more/"))
    form = form_at(client, address)
    clock = Clock.objects.get(case=play.root, step__code="agreement")
    said = {"clock": str(clock.pk), "reason": "示例情况复杂", "citation": "示例办法第2条"}
    said |= {"period_0": "15", "period_1": "D"}
    answer = form.send(**said)
    assert answer.status_code == 302, text_of(answer)[-3000:]
    seen = text_of(client.get(f"/cases/{play.root}/"))
    assert "延长15日" in seen
    assert "P15D" not in seen


# What was begun, and what runs already -------------------------------------------------------------------------------


def paper() -> dict[str, Any]:
    """What an application brings."""
    return {"exit_application": upload()}


def test_a_form_that_was_kept_is_found_where_cases_are_begun(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    assert "填了还没有提交的" not in text_of(client.get("/open/"))
    form = opening(play, client)
    assert form.send(do="keep", **WANTED).status_code == 302
    for page in ("/open/", "/"):
        text = text_of(client.get(page))
        assert f'href="{form.address}">示例白山一号小区：物业服务人退出：' in text, page
    assert "填了还没有提交的" not in text_of(sign_in(play, "county_officer").get("/open/"))
    assert opening(play, client).send(paper(), **WANTED).status_code == 302
    assert "填了还没有提交的" not in text_of(client.get("/open/"))


def test_what_was_kept_of_a_case_that_somebody_else_began_waits_nowhere(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    kept, sent = opening(play, client), opening(play, client)
    kept.hidden["form-key"] = "another-sending"
    assert sent.send(paper(), **WANTED).status_code == 302
    assert kept.send(do="keep", **WANTED).status_code == 302
    for page in ("/open/", "/"):
        assert kept.address not in text_of(client.get(page)), page


def test_an_estate_nobody_manages_says_so_before_anything_is_filled_in(play: Play) -> None:
    estate = play.cast.bare_estate
    officer = sign_in(play, "subdistrict_officer")
    listed = text_of(officer.get("/open/exit/"))
    assert f"/open/exit/{estate.pk}/" not in listed
    assert "本小区现在没有在管的物业服务人" in listed
    form = text_of(officer.get(f"/open/exit/{estate.pk}/term_end/"))
    assert "本小区现在没有在管的物业服务人" in form
    assert 'name="form-do"' not in form


def test_an_estate_where_one_runs_leads_to_it_and_the_refusal_names_it(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    late = opening(play, client)
    assert opening(play, client).send(paper(), **WANTED).status_code == 302
    number = Case.objects.get().number
    text = text_of(client.get("/open/exit/"))
    assert f"{number}</a>" in text
    assert f"/open/exit/{play.area.estate.pk}/" not in text
    # nor by an address one had before: the form is not filled in to be refused
    for path in ("", "provider_early/"):
        told = text_of(client.get(f"/open/exit/{play.area.estate.pk}/{path}"))
        assert "已有一件在办" in told
        assert f'href="/cases/{Case.objects.get().pk}/"' in told
        assert 'name="form-do"' not in told
    late.hidden["form-key"] = "another-sending"
    assert f"已有一件在办的物业服务人退出（{number}）" in text_of(late.send(paper(), **WANTED))


def test_a_refused_address_leads_on_to_the_case(play: Play) -> None:
    client = applied(play)
    task = play.task("exit.application.receive")
    refused = client.get(f"/tasks/{task.pk}/receive/")
    assert refused.status_code == 403
    assert f'href="/cases/{play.root}/">打开这件办件</a>' in text_of(refused)


def test_a_file_that_cannot_come_in_is_said_once(play: Play) -> None:
    form = opening(play, sign_in(play, "provider_leader"))
    broken = upload("示例申请.pdf", b"%PDF-1.7 broken")
    told = text_of(form.send({"exit_application": broken}, **WANTED))
    assert "请附上“书面退出申请”" not in told
    assert told.count("PDF") >= 1


# When the session was over -------------------------------------------------------------------------------------------


def returned_to(client: Client, address: str, username: str) -> str:
    """Sign in again and go where one was."""
    answer = client.post(f"/sign-in/?next={address}", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, text_of(answer)
    return text_of(client.get(address))


def test_what_was_sent_when_the_session_was_over_comes_back_to_who_filled_it_in(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    form = opening(play, client)
    client.logout()
    answer = form.send(**WANTED)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={form.address}")
    assert "您刚才填写的内容已经留着" in text_of(client.get(answer["Location"]))
    sealed = client.session["unsent"]
    assert WANTED["reason"] not in sealed
    assert Case.objects.count() == 0
    name = Account.objects.get(pk=play.cast["provider_leader"].account_id).username
    text = returned_to(client, form.address, name)
    assert WANTED["reason"] in text
    assert "还没有提交" in text
    assert "unsent" not in client.session


def test_nobody_else_is_given_what_was_sent_then(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    form = opening(play, client)
    client.logout()
    form.send(**WANTED)
    other = sign_in(play, "provider_legal_representative")  # sets the password, too
    other.logout()
    name = Account.objects.get(pk=play.cast["provider_legal_representative"].account_id).username
    assert WANTED["reason"] not in returned_to(client, form.address, name)
    assert "unsent" not in client.session
    assert not Draft.objects.exists()


def test_a_form_that_is_nobodys_or_too_long_is_let_go(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    form = opening(play, client)
    client.logout()
    form.send(**WANTED | {"reason": "长" * 70_000})
    assert "unsent" not in client.session
    form.hidden["form-by"] += "x"
    form.send(**WANTED)
    assert "unsent" not in client.session


def other_tab(client: Client) -> Client:
    """The same browser, with forms refused that were shown before signing in again."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    return strict


def test_a_form_from_before_signing_in_again_is_stale_and_its_text_waits_at_its_address(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    form = opening(play, client)
    form.client = other_tab(client)
    answer = form.send({"exit_application": upload("申请.pdf")}, **WANTED)
    page = text_of(answer)
    assert answer.status_code == 403
    assert "<h1>页面已过期</h1>" in page
    assert "这一步不由您办" not in page
    assert "您填写的内容已经留着" in page
    assert "要在原来的表格里重新选：申请.pdf。" in page
    assert f'<a href="{form.address}">回到表格</a>' in page
    assert WANTED["reason"] in text_of(client.get(form.address))
    assert Case.objects.count() == 0


def test_stopping_and_ending_is_offered_to_who_leads_the_body_and_a_clerk_is_told_so(play: Play) -> None:
    applied(play)
    clerk = sign_in(play, "subdistrict_officer")
    page = text_of(clerk.get(f"/cases/{play.root}/more/"))
    leaders = text_of(sign_in(play, "subdistrict_leader").get(f"/cases/{play.root}/more/"))
    for act in ("suspend", "end"):
        address = f"/cases/{play.root}/acts/{act}/"
        assert (address in page, address in leaders) == (False, True)
        refused = clerk.get(address)
        assert (refused.status_code, "应由示例白山街道办事处的分管（值班）领导办理" in text_of(refused)) == (
            403,
            True,
        )


def test_a_stale_form_of_somebody_else_is_let_go_and_leads_back_to_its_page(play: Play) -> None:
    form = opening(play, sign_in(play, "provider_leader"))
    form.client = other_tab(sign_in(play, "provider_legal_representative"))
    came = {"referer": f"http://testserver{form.address}"}
    page = text_of(form.client.post(form.address, form.body(WANTED, {}, "send"), headers=came))
    assert "您填写的内容已经留着" not in page
    assert f'<a href="http://testserver{form.address}">重新打开原来的页面</a>' in page
    assert "unsent" not in form.client.session


def test_what_is_not_open_now_is_refused_before_anything_is_filled_in(play: Play) -> None:
    applied(play)
    street = sign_in(play, "subdistrict_leader")
    address = f"/cases/{play.root}/acts/suspend/"
    form = form_at(street, address)
    early = street.get(f"/cases/{play.root}/acts/resume/")
    assert (early.status_code, "案件现在不能“恢复计时”" in text_of(early)) == (409, True)
    assert form.send(reason="示例原因", citation="示例依据").status_code == 302
    answer = street.get(address)
    assert answer.status_code == 409
    assert "案件现在不能“暂停计时”" in text_of(answer)
    assert 'name="reason"' not in text_of(answer)
    assert f"/cases/{play.root}/" in text_of(answer)
    # who may not do it at all is told so first
    assert sign_in(play, "provider_leader").get(address).status_code == 403
