"""白山, an application arrived, a notice hanging since Monday 2 March 2026; the pages believe in the play's time."""

import re
from io import BytesIO
from typing import Any

from django.test import Client

from gongzhi.accounts.actions import set_password
from gongzhi.accounts.facts import SetPassword
from gongzhi.accounts.models import Account
from gongzhi.acts import log
from gongzhi.acts.door import SYSTEM
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.notices.facts import ShowPicture
from gongzhi.notices.models import Notice, PublicPicture
from gongzhi.notices.pictures import show_picture
from gongzhi.papers.actions import store_upload
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.tests import shots
from gongzhi.procedures.models import PaperUse
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.tick import beat
from gongzhi.registry.tests.cast import build_cast
from gongzhi.ui.tests.marks import unbroken

PASSWORD = "example-password-1"
POSTED = "2026-03-02 09:00"


def build(monkeypatch: Any, settings: Any, tmp_path: Any) -> Play:
    """The scene, sealed."""
    settings.FILES_ROOT = tmp_path
    settings.TOTP_FOR_OFFICIALS = False
    cast = build_cast(at(POSTED), areas=())
    adopt_baishan()
    play = Play(cast, cast.home, at(POSTED))
    monkeypatch.setattr("gongzhi.values.now.now", lambda: play.now)
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    log.seal(play.now)
    beat("tick", play.now)
    return play


def notice() -> Notice:
    """The notice that hangs."""
    return Notice.objects.get(ended_at=None)


def let_out(play: Play) -> str:
    """The community goes to see the notice and lets its photograph out; the id of what is public."""
    by, sent = (
        play.actor("community_worker"),
        BytesIO(shots.jpeg(taken="2026:03:02 08:59:00", offset="+08:00")),
    )
    stored = store_upload(by=by, at=play.now, upload=sent, name="IMG_1.jpg", way=Way.CAMERA)
    perform_on_case(
        by=by,
        at=play.now,
        case_id=notice().case_id,
        act="patrol",
        step="publicity",
        facts={"seen": "whole", "where": "小区东门"},
        papers=[{"file": str(stored.value["id"]), "kind": "photo_during"}],
    )
    mark = PaperUse.objects.get(kind="photo_during").copy_id
    assert mark is not None
    facts = ShowPicture(notice=notice().pk, picture=mark, caption="示例东门公示栏", checked=True)
    show_picture(by=by, at=play.now, facts=facts)
    return str(PublicPicture.objects.get().pk)


def sign_in(play: Play, name: str) -> Client:
    """Somebody signs in by password and takes their post."""
    account_id = play.cast[name].account_id
    assert account_id is not None
    set_password(by=SYSTEM, at=play.now, facts=SetPassword(account_id=account_id, password=PASSWORD))
    client = Client()
    account = Account.objects.get(pk=account_id)
    answer = client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    client.post("/acting-as/", {"appointment": str(play.cast[name].appointment_id)})
    return client


def read(path: str, status: int = 200, client: Client | None = None) -> str:
    """A page's text, without what only keeps a figure in one line; every page keeps to the policy."""
    answer = (client or Client()).get(path)
    assert answer.status_code == status, answer.content.decode()
    return unbroken(strict(answer.content.decode()))


def strict(text: str) -> str:
    """No script, style or handler of its own stands in a page."""
    assert text.count("<script") == text.count('<script src="/static/')
    assert "<style" not in text
    assert " style=" not in text
    assert not re.search(r"\son[a-z]+=", text)
    return text
