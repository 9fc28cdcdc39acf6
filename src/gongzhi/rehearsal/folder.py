"""A rehearsal on disk: one folder, in which every file is written by one side only. No Django, no database.

`cell.json` and `package.json`: what was asked and copied, by the real system, once. `state.json`: how far it is, by the
keeper of the processes. `wish.json`: to begin anew or to be thrown away, by either. `built.json`, the database, files
and clock: by the cell. Nothing in a cell's folder names a place outside of it.
"""

import fcntl
import json
import os
import shutil
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeVar

#: Inside GONGZHI_DATA.
FOLDER = "rehearsals"
CELL, PACKAGE, STATE, WISH, BUILT, CLOCK = (
    *("cell.json", "package.json", "state.json", "wish.json", "built.json", "clock.json"),
)
SPENT, LOG, STATIC = "spent", "process.log", "static"
KEEPER = "keeper.lock"
#: What begins anew and what stays of a cell that was thrown away.
ASKED, REMAINS = frozenset((CELL, PACKAGE, STATE, WISH)), frozenset((CELL, STATE))
Step = Literal["waiting", "building", "starting", "ready", "failed", "clearing", "gone"]
Wishes = Literal["again", "away"]
#: Those that take up room.
STANDING = ("waiting", "building", "starting", "ready", "failed")


@dataclass(frozen=True, slots=True)
class Cell:
    """What was asked: which estate, by whom of which organisation, when, and by which clock it begins.

    `at` is the instant of the act, `began` the real one (seconds), `offset` how far the clock stood from it.
    """

    id: str
    estate_id: str
    estate: str
    organisation_id: str
    organisation: str
    by: str
    at: str
    began: float
    offset: float
    with_drafts: bool
    secret: str

    @property
    def title(self) -> str:
        """What it is called on its pages."""
        return f"{self.estate}演练"


@dataclass(frozen=True, slots=True)
class State:
    """How far it is; `why` where it could not be built or was thrown away, `since` in real seconds."""

    step: Step = "waiting"
    port: int = 0
    why: str = ""
    since: float = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of the keeper."""

    what: Wishes
    who: str


@dataclass(frozen=True, slots=True)
class Built:
    """What the building said: the estate's id in the cell, and what was left out."""

    estate_id: str
    left_out: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


T = TypeVar("T", Cell, State, Wish, Built)


class Folder:
    """One cell's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def id(self) -> str:
        """The cell's id."""
        return self.path.name

    @property
    def cell(self) -> Cell | None:
        """What was asked; None where this is no cell's folder."""
        return self._read(CELL, Cell)

    @property
    def state(self) -> State:
        """How far it is."""
        return self._read(STATE, State) or State()

    @property
    def wish(self) -> Wish | None:
        """What is wanted of it."""
        return self._read(WISH, Wish)

    @property
    def built(self) -> Built | None:
        """What was built; None before."""
        found = self._read(BUILT, Built)
        return found and Built(found.estate_id, tuple(found.left_out), tuple(found.texts))

    @property
    def package(self) -> str:
        """The package's text."""
        return (self.path / PACKAGE).read_text("utf-8")

    def _read(self, name: str, kind: type[T]) -> T | None:
        try:
            said = json.loads((self.path / name).read_text("utf-8"))
        except FileNotFoundError:
            return None
        return kind(**{field.name: said[field.name] for field in fields(kind) if field.name in said})

    def write_state(self, step: Step, since: float, *, port: int = 0, why: str = "") -> None:
        """For the keeper."""
        self._write(STATE, asdict(State(step, port, why, since)))

    def write_wish(self, what: Wishes, who: str) -> None:
        """For whoever wants something of the keeper."""
        self._write(WISH, asdict(Wish(what, who)))

    def write_built(self, built: Built) -> None:
        """For the building, at its end."""
        self._write(BUILT, asdict(built))

    def set_clock(self) -> None:
        """Let the cell begin where the clock of the real system stood."""
        cell = self.cell
        assert cell is not None
        self._write(CLOCK, {"offset_seconds": cell.offset})

    def _write(self, name: str, said: Any) -> None:
        write(self.path / name, json.dumps(said, ensure_ascii=False, indent=1))

    def empty(self) -> None:
        """Leave what was asked; what was built is gone, and the wish for it is met."""
        self._leave(ASKED)
        (self.path / WISH).unlink(missing_ok=True)

    def clear(self) -> None:
        """Leave what tells that there was one, without its secret. The wish goes last: who dies here goes on later."""
        cell = self.cell
        self._leave(REMAINS | {WISH})
        if cell is not None:
            self._write(CELL, asdict(cell) | {"secret": ""})
        (self.path / WISH).unlink(missing_ok=True)

    def _leave(self, names: frozenset[str]) -> None:
        for one in self.path.iterdir():
            if one.name in names:
                continue
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)

    def remove(self) -> None:
        """Leave nothing."""
        shutil.rmtree(self.path, ignore_errors=True)


def write(path: Path, text: str) -> None:
    """A file only its owner reads, in one step."""
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(text, "utf-8")
    new.replace(path)


def root_of(data: Path) -> Path:
    """Where the cells of a system stand."""
    return data / FOLDER


def folders(data: Path) -> list[Folder]:
    """Every cell of a system, in the order they were asked for."""
    root = root_of(data)
    found = (Folder(one) for one in sorted(root.iterdir()) if one.is_dir()) if root.is_dir() else ()
    return [one for one in found if not one.id.startswith(".") and one.cell is not None]


def folder_of(data: Path, cell_id: str) -> Folder | None:
    """One cell of a system."""
    return next((one for one in folders(data) if one.id == cell_id), None)


def lay_down(data: Path, cell: Cell, package: str) -> Folder:
    """A new folder, there whole or not at all."""
    root = root_of(data)
    half = root / f".{cell.id}"
    half.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(half / PACKAGE, package)
    write(half / CELL, json.dumps(asdict(cell), ensure_ascii=False, indent=1))
    half.rename(root / cell.id)
    return Folder(root / cell.id)


def cell_at(data: Path) -> Cell | None:
    """The cell whose data folder this is; None for any other system."""
    return Folder(data).cell


def take_once(folder: Folder, name: str) -> bool:
    """Whether nobody took this before; from now on somebody has."""
    spent = folder.path / SPENT
    spent.mkdir(mode=0o700, exist_ok=True)
    try:
        os.close(os.open(spent / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True


def is_kept(data: Path) -> bool:
    """Whether a keeper is alive that starts, serves and deletes cells; it holds a lock that dies with it."""
    try:
        with open(root_of(data) / KEEPER) as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
