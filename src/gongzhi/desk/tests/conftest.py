"""What the tests of cases' pages share."""

from pathlib import Path
from typing import Any

import pytest

from gongzhi.acts import log
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.procedures.tick import beat
from gongzhi.registry.tests.cast import build_cast


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山 on Monday 2 March 2026, 09:00, nothing opened yet; the pages believe in the play's time."""
    settings.FILES_ROOT = tmp_path
    cast = build_cast(at("2026-03-02 09:00"), areas=())
    adopt_baishan()
    play = Play(cast, cast.home, at("2026-03-02 09:00"))
    for place in ("ui.seat", "ui.shell", "desk.views.signing", "desk.views.news"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    log.seal(play.now)
    beat("tick", play.now)
    return play
