"""A page says that something was received to the browser that sent it, and to nobody who opens the bare address."""

import time

import pytest
from django.test import Client

from gongzhi.exits.tests.play import Play
from gongzhi.notices.models import Objection
from gongzhi.portal import receipts
from gongzhi.portal.tests.scene import notice, read, sign_in

SEEN = {"what": "torn", "where": "示例东门公示栏", "more": ""}


def path(page: str) -> str:
    return f"/notices/{notice().pk}/{page}/"


@pytest.mark.parametrize(
    "bare", ["object/?sent=1", "missing/?sent=task", "missing/?sent=passed-on", "missing/?sent=known"]
)
def test_a_bare_address_confirms_nothing_to_who_sent_nothing(play: Play, bare: str) -> None:
    address = f"/notices/{notice().pk}/{bare}"
    for client in (Client(), sign_in(play, "owner"), sign_in(play, "community_worker")):
        text = read(address, client=client)
        for untold in ("已经收到", "已经告诉", "收到了核实的任务", "会书面答复，答复期限"):
            assert untold not in text, untold
    assert "墙上没看到这份公示？" in read(path("missing"))


def test_a_passer_by_is_told_once_sent_and_another_browser_is_not(play: Play) -> None:
    client, other = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    where = client.post(path("missing"), SEEN)["Location"]
    assert "已经告诉" in read(where, client=client)
    assert "已经告诉" not in read(where, client=other)
    # sent twice is told as received already; what was not sent is not told
    again = client.post(path("missing"), SEEN)["Location"]
    assert "今天已经收到过" in read(again, client=client)
    assert "已经告诉" not in read(f"{path('missing')}?sent=task", client=client)


def test_a_receipt_is_of_its_page_and_of_its_name(play: Play) -> None:
    client = sign_in(play, "owner")
    said = {"content": "示例异议", "key": "k1"}
    where = [client.post(path("object"), said)["Location"] for _ in range(2)][1]
    assert Objection.objects.count() == 1
    assert "您的异议已经收到" in read(where, client=client)
    assert "已经告诉" not in read(f"{path('missing')}?sent=1", client=client)
    client.cookies[receipts.COOKIE].set(receipts.COOKIE, "x", "x")
    assert "您的异议已经收到" not in read(where, client=client)
    client.post(path("object"), said)
    client.post("/sign-out/")
    assert "您的异议已经收到" not in read(where, client=client)


def test_a_receipt_is_told_for_a_while_only(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    where = client.post(path("missing"), SEEN)["Location"]
    assert "已经告诉" in read(where, client=client)
    later = time.time() + receipts.SOON.total_seconds() + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert "已经告诉" not in read(where, client=client)


def test_a_name_entered_from_paper_is_told_to_who_entered_it(play: Play) -> None:
    said = {"on_paper_from": "示例老人", "content": "示例", "received_at": "2026-03-02T09:00", "key": "k"}
    worker = sign_in(play, "community_worker")
    where = worker.post(path("object"), said)["Location"]
    assert "已登记示例老人的书面异议" in read(where, client=worker)
    assert "示例老人" not in read(where, client=sign_in(play, "provider_leader"))
