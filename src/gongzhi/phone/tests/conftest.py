"""The scene of this room's tests."""

from pathlib import Path
from typing import Any

import pytest

from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.registry.models import Post
from gongzhi.registry.tests.cast import add_actor, build_cast


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """A notice hangs in 白山 since Monday 2 March 2026, 09:00; with a volunteer and a resident."""
    return _build(monkeypatch, settings, tmp_path, ())


@pytest.fixture
def wide_play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """The same, and 诸暨 beside it."""
    return _build(monkeypatch, settings, tmp_path, ("zhuji",))


def _build(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, areas: tuple[str, ...]) -> Play:
    settings.FILES_ROOT = tmp_path
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=areas)
    adopt_baishan()
    for name, post in (("volunteer", Post.VOLUNTEER), ("resident", Post.RESIDENT)):
        cast.home.actors[name] = add_actor(f"示例{post.label}", post, estate_id=cast.estate.pk)
    play = Play(cast, cast.home, now)
    monkeypatch.setattr("gongzhi.values.now.now", lambda: play.now)
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    return play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
