"""The scene of this room's tests."""

from pathlib import Path
from typing import Any

import pytest

from gongzhi.exits.tests.play import Play
from gongzhi.portal.tests.scene import build


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """A notice hangs in the home estate since Monday 2 March 2026, 09:00."""
    return build(monkeypatch, settings, tmp_path)
