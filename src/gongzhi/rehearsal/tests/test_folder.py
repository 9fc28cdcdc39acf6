"""A cell's folder: whole or not there, emptied for a new beginning, cleared but for its last trace."""

import fcntl
import json
from pathlib import Path

from gongzhi.rehearsal.folder import (
    BUILT,
    KEEPER,
    Built,
    Folder,
    State,
    Wish,
    cell_at,
    folders,
    is_kept,
    lay_down,
    root_of,
    take_once,
)
from gongzhi.rehearsal.tests.conftest import a_cell


def names(folder: Folder) -> set[str]:
    """What stands in it."""
    return {one.name for one in folder.path.iterdir()}


def played(tmp_path: Path) -> Folder:
    """A cell in which somebody played."""
    folder = lay_down(tmp_path, a_cell(), '{"a": 1}')
    folder.set_clock()
    folder.write_built(Built("e", ("x",)))
    folder.write_state("ready", 5.0, port=8701)
    (folder.path / "gongzhi.sqlite3").touch()
    (folder.path / "files" / "aa").mkdir(parents=True)
    outside = tmp_path / "static"
    outside.mkdir()
    (outside / "ours.css").touch()
    (folder.path / "static").symlink_to(outside, target_is_directory=True)
    return folder


def test_what_was_asked_is_read_back(tmp_path: Path) -> None:
    cell = a_cell(offset=3.5, with_drafts=True)
    folder = lay_down(tmp_path, cell, '{"a": 1}')
    assert (folder.cell, folder.package, folder.state, folder.wish) == (cell, '{"a": 1}', State(), None)
    assert [one.id for one in folders(tmp_path)] == [cell.id]
    assert cell_at(folder.path) == cell
    assert cell_at(tmp_path) is None
    assert folder.path.stat().st_mode & 0o077 == 0
    assert (folder.path / "cell.json").stat().st_mode & 0o077 == 0


def test_a_folder_half_laid_down_is_none(tmp_path: Path) -> None:
    (root_of(tmp_path) / ".0193").mkdir(parents=True)
    (root_of(tmp_path) / "stray").mkdir()
    assert folders(tmp_path) == []


def test_beginning_anew_leaves_what_was_asked(tmp_path: Path) -> None:
    folder = played(tmp_path)
    folder.write_wish("again", "示例经办")
    assert folder.wish == Wish("again", "示例经办")
    folder.empty()
    assert names(folder) == {"cell.json", "package.json", "state.json"}
    assert (tmp_path / "static" / "ours.css").exists()


def test_thrown_away_it_keeps_its_last_trace_and_no_secret(tmp_path: Path) -> None:
    folder = played(tmp_path)
    folder.write_wish("away", "示例经办")
    folder.clear()
    assert names(folder) == {"cell.json", "state.json"}
    assert folder.cell == a_cell(secret="", began=folder.cell.began if folder.cell else 0)
    assert (tmp_path / "static" / "ours.css").exists()
    folder.remove()
    assert folders(tmp_path) == []


def test_the_clock_begins_where_the_real_systems_stood(tmp_path: Path) -> None:
    folder = lay_down(tmp_path, a_cell(offset=-86400.0), "{}")
    folder.set_clock()
    assert json.loads((folder.path / "clock.json").read_text()) == {"offset_seconds": -86400.0}
    assert not (folder.path / BUILT).exists()


def test_what_opens_once_opens_once(tmp_path: Path) -> None:
    folder = lay_down(tmp_path, a_cell(), "{}")
    assert [take_once(folder, "a"), take_once(folder, "b"), take_once(folder, "a")] == [True, True, False]


def test_whether_a_keeper_lives_is_known_by_its_lock(tmp_path: Path) -> None:
    assert not is_kept(tmp_path)
    root_of(tmp_path).mkdir()
    with open(root_of(tmp_path) / KEEPER, "w") as held:
        assert not is_kept(tmp_path)
        fcntl.flock(held, fcntl.LOCK_EX)
        assert is_kept(tmp_path)
    assert not is_kept(tmp_path)
