"""One objection from end to end, page by page: raised on a phone and on paper, answered, served, read by everybody."""

import re
from typing import Any

import pytest
from django.test import Client

from gongzhi.desk.tests.browsing import Form, form_at, sign_in, text_of
from gongzhi.desk.tests.looking import plain, read
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_papers import text_of as words_of
from gongzhi.notices.facts import NEUTRAL
from gongzhi.notices.models import Notice, Objection
from gongzhi.notices.serving import SERVED
from gongzhi.portal.tests.scene import build
from gongzhi.procedures.documents import papers_made
from gongzhi.procedures.presenting import ReadView

REPLY: dict[str, Any] = {"finding": "示例核实情况", "adopted": "false", "next_remedy": "可以向街道申请调解"}
ON_PAPER = "示例书面异议人"


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Play:
    """A notice hangs in the home estate since Monday 2 March 2026, 09:00."""
    return build(monkeypatch, settings, tmp_path)


def here(play: Play, client: Client, task: str, act: str) -> Form:
    """The form of a task's act on the page of its case."""
    found = play.task(f"exit.publicity.{task}")
    return form_at(client, f"/cases/{found.case_id}/", f"/tasks/{found.pk}/{act}/")


def follow(client: Client, text: str, ending: str) -> tuple[str, str]:
    """The page that the first link so ending leads to: its address and text."""
    (path,) = dict.fromkeys(re.findall(rf'href="([^"]*{ending})"', text))
    return path, read(client, path)


def test_an_objection_goes_its_whole_way(play: Play) -> None:
    everybody, one = Client(), Notice.objects.get()
    # a passer-by: board, notice, where to object and how on paper
    board = read(everybody, f"/notices/estates/{play.area.estate.pk}/")
    page, text = follow(everybody, board, f"/notices/{one.pk}/")
    path, text = follow(everybody, text, "/object/")
    assert "登录后可以在这里提出" in text
    assert "用纸提出" in text
    # an owner on the phone
    owner = sign_in(play, "owner")
    assert "有 1 件事等您看" in read(owner, "/my/")
    assert path in read(owner, "/my/waiting/")
    sent = owner.post(path, {"content": "示例异议：退出太早", "key": "k1"})
    assert sent["Location"] == f"{path}?sent=1"
    _, text = follow(owner, read(owner, sent["Location"]).split("<main")[1], "/my/objections/")
    assert "等答复" in text
    # somebody without a phone, through the community
    community = sign_in(play, "community_worker")
    said = {
        "on_paper_from": ON_PAPER,
        "content": "示例书面异议",
        "received_at": "2026-03-02T09:00",
        "key": "k2",
    }
    assert "sent=1" in community.post(path, said)["Location"]
    assert "2 条异议，等答复" in read(everybody, f"/notices/estates/{play.area.estate.pk}/")

    # answered; who is named in what everybody reads is refused, and what was written stays
    play.go(days=1)
    provider = sign_in(play, "provider_leader")
    answering = here(play, provider, "reply:2", "reply")
    assert answering.value("summary") == NEUTRAL
    refused = answering.send(**REPLY, summary=f"{ON_PAPER}认为退出太早")
    assert refused.status_code == 400
    assert "公开摘要：不能写异议人的姓名，请改写成只说事情的一句话" in plain(text_of(refused))
    assert "示例核实情况" in text_of(refused)
    assert answering.send(**REPLY, summary="认为退出太早").status_code == 302
    assert here(play, provider, "reply:1", "reply").send(**REPLY).status_code == 302
    case = f"/cases/{play.root}/"
    assert text_of(provider.get(case)).count("答复书还没有送达异议人") == 2

    # served: the owner says so on the phone, the other one is gone to with the paper
    owner = sign_in(play, "owner")
    assert "1 份答复请看" in read(owner, "/my/")
    text = read(owner, "/my/objections/")
    assert "接下来可以： 可以向街道申请调解" in plain(text)
    (receiving,) = re.findall(r'action="(/my/objections/[^"]+/received/)"', text)
    assert owner.post(receiving).status_code == 302
    assert "本人在平台确认收到" in read(owner, "/my/objections/")
    provider = sign_in(play, "provider_leader")
    assert [one for one in play.open_tasks() if "serve" in one] == ["exit.publicity.serve:2"]
    serving = here(play, provider, "serve:2", "serve")
    by_hand: dict[str, Any] = {
        "method": "direct",
        "address": "示例住所",
        "servers": "示例甲\n示例乙",
        "received_by": ON_PAPER,
    }
    by_hand["arrived_at"] = "2026-03-03T09:00"
    neighbour = serving.send(**by_hand)
    assert neighbour.status_code == 422
    assert "同住的成年家属" in text_of(neighbour)
    assert serving.send(**by_hand, may_receive="on", capacity="本人").status_code == 302
    assert "直接送达" in text_of(provider.get(case))
    made = papers_made(ReadView(play.case().row), play.now, masked=False)
    records = {one.source.copy.key: words_of(one) for one in made if one.document is SERVED}
    assert "本人在平台确认收到" in records["1"]
    assert "直接送达" in records["2"]

    # everybody reads what it was about, and nobody's name
    for address in (page, f"/v/{one.pk}/"):
        text = read(everybody, address)
        assert "没有采纳 说的是：认为退出太早" in plain(text)
        for hidden in (ON_PAPER, "示例书面异议", "示例异议", play.area.people["owner"].name, "示例核实情况"):
            assert hidden not in text, hidden
    assert "2 条异议已答复" in read(everybody, f"/notices/estates/{play.area.estate.pk}/")

    # down without a photograph: why, and the photograph later
    play.until("2026-03-10 08:00")
    provider = sign_in(play, "provider_leader")
    taking = here(play, provider, "take_down", "take_down")
    down: dict[str, Any] = {"taken_down_at": "2026-03-10T08:00", "taken_down_by": "示例甲\n示例乙"}
    asked = taking.send(**down)
    assert asked.status_code == 400
    assert "请附上期满照片，或者写明没有的原因" in plain(text_of(asked))
    assert taking.send(**down, no_picture="示例：没有拍").status_code == 302
    late = form_at(provider, f"{case}acts/add_end_picture/?step=publicity")
    assert "实际拍摄日期" in late.html
    assert Objection.objects.filter(served_at=None).count() == 0
