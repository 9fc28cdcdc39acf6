"""The plain pages: signing in, choosing a post, the work list, a case."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongzhi.accounts.actions import set_password
from gongzhi.accounts.facts import SetPassword
from gongzhi.accounts.models import Account
from gongzhi.acts import log
from gongzhi.acts.door import SYSTEM
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.procedures import catalogue
from gongzhi.procedures.tick import beat
from gongzhi.registry.tests.cast import build_cast
from gongzhi.ui import published
from gongzhi.ui.parts.days import short_day
from gongzhi.ui.templatetags.words import outcome
from gongzhi.ui.tests.marks import unbroken

PASSWORD = "example-password-1"


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山, an application arrived, a notice hanging; the pages believe in the play's time."""
    settings.FILES_ROOT = tmp_path
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=())
    adopt_baishan()
    play = Play(cast, cast.home, now)
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    log.seal(play.now)
    beat("tick", play.now)
    return play


def sign_in(play: Play, name: str) -> Client:
    """Somebody signs in by password."""
    account_id = play.cast[name].account_id
    assert account_id is not None
    set_password(by=SYSTEM, at=play.now, facts=SetPassword(account_id=account_id, password=PASSWORD))
    client = Client()
    account = Account.objects.get(pk=account_id)
    answer = client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    client.post("/acting-as/", {"appointment": str(play.cast[name].appointment_id)})
    return client


def read(client: Client, path: str, status: int = 200) -> str:
    """A page's text, without what only keeps a figure in one line."""
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    text = answer.content.decode()
    assert text.count("<script") == text.count('<script src="/static/')
    assert "<style" not in text
    assert " style=" not in text
    assert not re.search(r"\son[a-z]+=", text)
    return unbroken(text)


def test_who_has_not_signed_in_is_sent_to_do_so(play: Play) -> None:
    for path in ("/", "/cases/", f"/cases/{play.root}/", "/acting-as/"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={path}")
    assert "密码" in read(Client(), "/sign-in/")


def test_a_wrong_password_says_so_in_one_sentence(play: Play) -> None:
    answer = Client().post("/sign-in/", {"username": "nobody", "password": "x"})
    assert "账号或密码不对，请重新输入。" in answer.content.decode()


def test_the_work_list_shows_what_waits_with_its_date_and_leads_to_the_case(play: Play) -> None:
    client = sign_in(play, "committee_head")
    text = read(client, "/")
    # 2 March + 90 days = 31 May 2026, to its 24:00; from 09:00 on 2 March 90 whole days are left
    assert "退出协议" in text
    assert "05-31 周日 24:00" in text
    assert "还剩 90 日" in text
    assert f"/cases/{play.root}/" in text
    play.go(days=95)
    assert "逾期 5 日" in read(client, "/")


def test_short_dates_of_another_year_say_it(play: Play) -> None:
    client, case = sign_in(play, "committee_head"), f"/cases/{play.root}/"
    assert ">03-02 09:00</time>" in read(client, case)
    play.go(days=336)  # Monday 1 February 2027
    text = read(client, case)
    assert (">03-02 09:00</time>" in text, ">2026-03-02 09:00</time>" in text) == (False, True)
    assert 'class="due">2026-05-31 周日 24:00<' in read(client, "/")
    assert short_day(at("2026-03-02 09:00")) == "03-02 周一"  # outside of a page nothing is left of it


def test_a_case_shows_how_its_dates_were_worked_out_and_what_was_said(play: Play) -> None:
    text = read(sign_in(play, "subdistrict_officer"), f"/cases/{play.root}/")
    for told in (
        "日期怎么算的",
        "到期不等于可以离开",
        "示例经营原因",
        "退出申请",
        "示例公示",
        "已告知",
        "计划退出日期",
    ):
        assert told in text


def test_a_neighbour_sees_the_course_and_not_what_was_said(play: Play) -> None:
    text = read(sign_in(play, "owner"), f"/cases/{play.root}/")
    assert "不公开" in text
    for hidden in ("示例经营原因", "13900000000", "示例白山物业项目", "/api/v1/papers/"):
        assert hidden not in text


def test_a_paper_opens_from_the_page_of_its_case(play: Play) -> None:
    client = sign_in(play, "county_officer")
    text = read(client, f"/cases/{play.root}/")
    path = text.split('href="/api/v1/papers/')[1].split('"')[0]
    assert client.get(f"/api/v1/papers/{path}").content.startswith(b"%PDF")


def test_a_refusal_is_a_page_that_says_what_to_do(play: Play) -> None:
    text = read(sign_in(play, "other_provider_leader"), f"/cases/{play.root}/", 404)
    assert "不在您的范围内" in text
    assert "系统管理员不查看业务数据" in read(sign_in(play, "administrator"), "/cases/", 403)


def test_who_holds_several_posts_chooses_one_of_his_own(play: Play) -> None:
    client = sign_in(play, "committee_head")
    text = read(client, "/acting-as/")
    other = str(play.cast["owner"].appointment_id)
    assert other not in text
    assert client.post("/acting-as/", {"appointment": other}).status_code == 403
    own = str(play.cast["committee_head"].appointment_id)
    assert client.post("/acting-as/", {"appointment": own})["Location"] == "/"


def test_a_moved_clock_and_a_silent_worker_are_said_on_every_page(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(play, "owner")
    assert "没有运行" not in read(client, "/")
    play.now += timedelta(minutes=6)
    assert "没有运行" in read(client, "/")
    monkeypatch.setattr("gongzhi.ui.shell.is_moved", lambda: True)
    for path in ("/", "/sign-in/", f"/estates/{play.area.estate.pk}/manager/"):
        assert "演练中，时间已调整" in client.get(path, follow=True).content.decode()


def test_a_printed_page_of_an_office_says_that_its_data_are_a_demonstrations(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The menu that says so on the screen is not printed."""
    client, note = sign_in(play, "subdistrict_officer"), "演示数据，人名、小区、企业均为虚构。"
    assert note not in client.get("/cases/").content.decode()
    monkeypatch.setattr("gongzhi.ui.shell.is_moved", lambda: True)
    printed = re.search(r'<p class="([^"]*)">' + note, client.get("/cases/").content.decode())
    assert printed is not None
    assert printed[1] == "pagefoot printed"
    style = published.joined_styles().decode()
    screen, paper = style.index(".printed { display: none; }"), style.index(".printed { display: block; }")
    assert screen < style.index("@media print {\n  html") < paper


def test_an_unknown_page_and_an_expired_form_say_so(play: Play) -> None:
    stranger, owner = (
        read(client, "/nothing/", 404).split("<main")[1] for client in (Client(), sign_in(play, "owner"))
    )
    assert "没有这个页面" in stranger
    for way in ('<a href="/notices/">到公示栏找</a>', '<a href="/sign-in/">登录</a>'):
        assert way in stranger
        assert way not in owner
    assert '<a href="/">回首页</a>' in owner
    assert "回首页" not in stranger  # it would lead to the form of signing in
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "x", "password": "x"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_who_signs_out_has_to_sign_in_again(play: Play) -> None:
    client = sign_in(play, "owner")
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/").status_code == 302


def test_every_outcome_a_procedure_or_a_step_can_have_is_told_in_words() -> None:
    every = list(catalogue.every())
    codes = {code for one in every for code in one.outcomes}
    codes |= {code for one in every for step in one.steps for code in step.all_outcomes()}
    assert {code for code in codes if outcome(code) == code} == set()
