"""What the tests of rehearsals share: the real system with its cast, and a process that is a cell."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongzhi.accounts.actions import open_account
from gongzhi.accounts.facts import OpenAccount
from gongzhi.acts.door import SYSTEM
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.registry.tests.cast import build_cast
from gongzhi.rehearsal.chairs import REHEARSER
from gongzhi.rehearsal.entrance import Entrance, make_key
from gongzhi.rehearsal.folder import CLOCK, Built, Cell, Folder, lay_down
from gongzhi.values import now as clock

NOW = at("2026-03-02 09:00")
HOME = "http://testserver/rehearsals/1/"


def a_cell(**more: Any) -> Cell:
    """What somebody asked for."""
    said: dict[str, Any] = {
        "id": "0193aaaa-0000-7000-8000-000000000001",
        "estate_id": "0193aaaa-0000-7000-8000-00000000000e",
        "estate": "示例白山一号小区",
        "organisation_id": "0193aaaa-0000-7000-8000-00000000000f",
        "organisation": "示例白山街道办事处",
        "by": "示例街道经办",
        "at": NOW.isoformat(),
        "began": clock.unmoved().timestamp(),
        "offset": 0.0,
        "with_drafts": False,
        "secret": "示例密钥" * 10,
    }
    return Cell(**said | more)


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """The real system: 白山 at the play's time, its data in a folder of its own."""
    return begin_play((), monkeypatch, settings, tmp_path)


@pytest.fixture
def both(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """The same with 诸暨 beside it."""
    return begin_play(("zhuji",), monkeypatch, settings, tmp_path)


def begin_play(areas: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, settings: Any, data: Path) -> Play:
    """The pages believe in the play's time."""
    settings.DATA, settings.FILES_ROOT = data, data / "files"
    cast = build_cast(NOW, areas=areas)
    adopt_baishan()
    play = Play(cast, cast.home, NOW)
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    return play


@dataclass
class Stage:
    """A cell at the play's time, and somebody who came in."""

    play: Play
    cell: Cell
    folder: Folder
    client: Client

    def key(self) -> str:
        """What opens the cell once more."""
        return make_key(self.cell, Entrance("示例街道经办", HOME))

    def enter(self) -> "Stage":
        """Come in."""
        answer = self.client.get("/rehearsal/enter/", {"key": self.key()})
        assert (answer.status_code, answer["Location"]) == (302, "/rehearsal/")
        return self

    def sit(self, name: str) -> "Stage":
        """Sit down in a chair of the cast."""
        held = str(self.play.cast[name].appointment_id)
        assert self.client.post("/rehearsal/sit/", {"appointment": held}).status_code == 302
        return self


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Stage:
    """A cell: its registers are the home area's, its clock stands at the play's time and can be moved."""
    cast = build_cast(NOW, areas=())
    adopt_baishan()
    cell = a_cell()
    folder = lay_down(tmp_path, cell, "{}")
    folder.write_built(Built(str(cast.estate.pk), ("示例未带入。",)))
    settings.DATA, settings.FILES_ROOT, settings.CELL = folder.path, folder.path / "files", cell
    settings.LOGIN_URL = "/rehearsal/closed/"
    open_account(by=SYSTEM, at=NOW, facts=OpenAccount(username=REHEARSER))
    monkeypatch.setenv("GONGZHI_CLOCK_FILE", str(folder.path / CLOCK))
    clock.move_to(NOW)
    return Stage(Play(cast, cast.home, NOW), cell, folder, Client())
