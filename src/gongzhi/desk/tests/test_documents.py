"""A paper of a case is looked at on the screen before it is printed: the same paper, for who may read it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gongzhi.acts import log
from gongzhi.desk.tests.browsing import sign_in, text_of
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.procedures.tick import beat
from gongzhi.registry.tests.cast import build_cast

A4 = 297 / 210


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山 on Monday 2 March 2026: an early exit was applied for and has arrived."""
    settings.FILES_ROOT = tmp_path
    cast = build_cast(at("2026-03-02 09:00"))
    adopt_baishan()
    play = Play(cast, cast.home, at("2026-03-02 09:00"))
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    log.seal(play.now)
    beat("tick", play.now)
    play.apply("2026-07-31").arrive()
    return play


def path(play: Play, code: str) -> str:
    """Where a paper is looked at."""
    return f"/cases/{play.root}/papers/{code}/"


def test_a_paper_is_seen_page_by_page_with_the_ways_to_its_files(play: Play) -> None:
    client = sign_in(play, "committee_head")
    answer = client.get(path(play, "application.exit_application"))
    text = text_of(answer)
    assert answer.status_code == 200, text[-500:]
    assert f"/api/v1/cases/{play.root}/documents/application.exit_application.pdf" in text
    assert f"/api/v1/cases/{play.root}/documents/application.exit_application.docx" in text
    pages = text.count("<figure")
    assert pages >= 1
    first = client.get(f"{path(play, 'application.exit_application')}1.png")
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "private, no-store"
    width, height = Image.open(BytesIO(first.content)).size
    assert height / width == pytest.approx(A4, abs=0.01)
    assert client.get(f"{path(play, 'application.exit_application')}{pages + 1}.png").status_code == 404


def test_what_is_not_there_or_not_for_the_reader_is_not_found(play: Play) -> None:
    head, owner = sign_in(play, "committee_head"), sign_in(play, "owner")
    assert head.get(path(play, "nothing.at_all")).status_code == 404
    assert owner.get(path(play, "application.exit_application")).status_code == 404
    stranger = sign_in(play, "other_provider_leader")
    assert stranger.get(path(play, "application.exit_application")).status_code == 404
