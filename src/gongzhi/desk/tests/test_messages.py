"""消息: who reads which, what a message opens, and that a report of a torn notice leads to its task."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongzhi.acts.door import SYSTEM
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.messages import inbox as boxes
from gongzhi.messages.models import Message, Seen
from gongzhi.notices.models import Notice, Objection
from gongzhi.registry.actions import begin_engagement
from gongzhi.registry.facts import BeginEngagement
from gongzhi.registry.models import Mode
from gongzhi.registry.tests.cast import build_cast

from .looking import browser_of, plain, read

SEEN = {"what": "torn", "where": "示例东门公示栏", "more": "示例补充"}


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山 and 诸暨: an application arrived in 白山 and its notice hangs."""
    settings.FILES_ROOT = tmp_path
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("zhuji",))
    adopt_baishan()
    play = Play(cast, cast.home, now)
    monkeypatch.setattr("gongzhi.values.now.now", lambda: play.now)
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    return play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")


def look(play: Play, name: str) -> Client:
    return browser_of(play.cast, name, play.now)


def notice() -> Notice:
    return Notice.objects.get(ended_at=None)


def test_the_first_manager_an_estate_is_registered_with_is_no_change(play: Play) -> None:
    told = Message.objects.filter(topic="estate", estate=play.area.estate)
    assert not told.exists()
    facts = BeginEngagement(
        estate_id=play.area.estate.pk,
        from_at=play.now,
        mode=Mode.CONTRACT,
        organisation_id=play.area.organisations["other_provider"].pk,
        paper_title="示例合同",
    )
    begin_engagement(by=SYSTEM, at=play.now, facts=facts)
    bodies = {play.area.organisations[name].pk for name in ("committee", "community", "subdistrict")}
    assert set(told.values_list("organisation_id", flat=True)) == bodies


def test_the_community_reads_that_a_notice_hangs_and_opens_it(play: Play) -> None:
    client = look(play, "community_worker")
    text = read(client, "/messages/")
    assert "张贴公示：示例公示" in plain(text)
    assert "收到时间 2026-03-02 周一 09:00" in plain(text)
    message = Message.objects.get(key__startswith="posted:")
    answer = client.post(f"/messages/{message.pk}/read/", {"opens": "notice"})
    assert answer["Location"] == f"/notices/{notice().pk}/"
    assert Seen.objects.filter(message=message).exists()
    answer = client.post(f"/messages/{message.pk}/read/", {"opens": "case"})
    assert answer["Location"] == f"/cases/{play.root}/"


def test_nobody_else_reads_it(play: Play) -> None:
    message = Message.objects.get(key__startswith="posted:")
    for name in ("community_worker@zhuji", "owner", "provider_leader", "auditor"):
        client = look(play, name)
        assert "张贴公示：示例公示" not in read(client, "/messages/"), name
        assert client.post(f"/messages/{message.pk}/read/").status_code == 404
        assert client.post("/messages/read/", {"newest": str(message.pk)}).status_code == 404


def test_the_administrator_and_strangers_are_kept_out(play: Play) -> None:
    client = look(play, "administrator")
    read(client, "/messages/", 403)
    assert 'href="/messages/"' not in read(client, "/account/")
    answer = Client().get("/messages/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/messages/")


def test_the_bell_counts_what_waits_and_is_silent_when_all_is_read(play: Play) -> None:
    client = look(play, "community_worker")
    number = Message.objects.filter(organisation=play.area.organisations["community"]).count()
    assert number > 0
    bell = re.compile(r'class="bellcount">(\d+\+?)<')
    text = read(client, "/messages/")
    assert [found[1] for found in bell.finditer(text)] == [str(number)]
    assert f"有 {number} 条消息没看过" in text
    newest = re.search(r'name="newest" value="([^"]+)"', text)
    assert newest is not None
    answer = client.post("/messages/read/", {"newest": newest[1], "next": "/messages/?read=unread"})
    assert answer["Location"] == "/messages/?read=unread"
    text = read(client, "/messages/")
    assert not bell.search(text)
    assert "消息都看过了" in text
    assert "没有这样的消息" in read(client, "/messages/?read=unread")


def test_the_number_at_the_bell_is_capped(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "MOST", 1)
    assert 'class="bellcount">1+<' in read(look(play, "provider_leader"), "/messages/")


def test_marking_goes_back_to_the_page_and_never_to_another_site(play: Play) -> None:
    client = look(play, "community_worker")
    path = f"/messages/{Message.objects.get(key__startswith='posted:').pk}/read/"
    assert client.post(path, {"next": "/messages/?topic=notice"})["Location"] == "/messages/?topic=notice"
    assert client.post(path, {"next": "https://example.org/"})["Location"] == "/messages/"
    assert client.get(path).status_code == 405


def test_messages_are_narrowed_by_the_address(play: Play) -> None:
    client = look(play, "community_worker")
    assert "张贴公示" in read(client, "/messages/?topic=notice")
    assert "没有这样的消息" in read(client, "/messages/?topic=clock")
    assert "张贴公示" in read(client, "/messages/?topic=nonsense&after=nonsense")
    assert "翻页的起点" in read(client, f"/messages/?after={play.root}", 400)


def test_a_passer_bys_report_opens_the_case_its_task_stands_in(play: Play) -> None:
    Client().post(f"/notices/{notice().pk}/missing/", SEEN)
    message = Message.objects.get(key__startswith="missing:")
    client = look(play, "community_worker")
    assert "核实的任务在办件里" in read(client, "/messages/?topic=report")
    path = client.post(f"/messages/{message.pk}/read/", {"opens": "case"})["Location"]
    assert path == f"/cases/{notice().case_id}/"
    assert "确认缺损" in read(client, path)
    for name in ("owner", "county_officer"):
        assert "示例补充" not in read(look(play, name), "/messages/")


def test_who_objected_is_told_the_reply_with_the_next_remedy(play: Play) -> None:
    play.stand("owner", "exit", "object", "publicity", content="示例异议")
    play.go(days=1)
    play.do(
        "provider_leader",
        "exit.publicity.reply:1",
        "reply",
        finding="示例核实情况",
        adopted=False,
        next_remedy="可以向街道申请调解",
    )
    assert Objection.objects.get().adopted is False
    text = plain(read(look(play, "owner"), "/messages/"))
    assert "您对“示例公示”的异议已有答复" in text
    assert "未予采纳。示例核实情况" in text
    assert "接下来可以：可以向街道申请调解" in text
    assert "异议已有答复" not in read(look(play, "co_owner"), "/messages/")


def test_an_objection_on_paper_is_answered_on_paper(play: Play) -> None:
    play.stand(
        "community_worker",
        "exit",
        "enter_objection",
        "publicity",
        content="示例异议",
        on_paper_from="示例业主丁",
    )
    play.do(
        "provider_leader",
        "exit.publicity.reply:1",
        "reply",
        finding="示例核实情况",
        adopted=True,
        next_remedy="没有异议途径",
    )
    assert not Message.objects.filter(key__startswith="answered:").exists()
