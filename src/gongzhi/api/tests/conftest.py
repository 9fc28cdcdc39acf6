"""What the tests of the API share."""

from pathlib import Path
from typing import Any

import pytest

from gongzhi.api.tests.http import Clock, Web
from gongzhi.exits.tests.play import adopt_baishan, at
from gongzhi.registry.tests.cast import build_cast


def begin(monkeypatch: pytest.MonkeyPatch, areas: tuple[str, ...] = ()) -> Web:
    """白山, its text adopted; the present is Monday 2 March 2026, 09:00, and everybody has a token."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=areas, tokens=True)
    adopt_baishan()
    web = Web(cast, cast.home, now)
    clock = Clock()
    clock.play = web
    monkeypatch.setattr("gongzhi.api.auth.now", clock)
    return web


@pytest.fixture
def web(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Web:
    """The home area through HTTP."""
    settings.FILES_ROOT = tmp_path
    return begin(monkeypatch)


@pytest.fixture
def two_areas(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Web:
    """白山 and 诸暨 through HTTP."""
    settings.FILES_ROOT = tmp_path
    return begin(monkeypatch, ("zhuji",))
