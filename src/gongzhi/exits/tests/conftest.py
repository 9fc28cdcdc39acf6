"""What the tests of exits share."""

from pathlib import Path
from typing import Any

import pytest

from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.registry.tests.cast import build_cast


@pytest.fixture
def play(db: None) -> Play:
    """白山, its text adopted; the present is Monday 2 March 2026, 09:00."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=())
    adopt_baishan()
    return Play(cast, cast.home, now)


@pytest.fixture
def paged(play: Play, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """The same, and the pages believe in the play's time."""
    settings.FILES_ROOT = tmp_path
    for place in ("ui.seat", "ui.shell", "api.auth"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    return play
