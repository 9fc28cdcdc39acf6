"""The keeper of rehearsals: builds, serves and deletes; after `kill -9` nothing runs and nothing is half done."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

from gongzhi.config import cells, environment, rehearse, serving
from gongzhi.config.cells import Keeper, cell_environment
from gongzhi.config.environment import Environment, of_a_cell
from gongzhi.exits.tests.play import adopt_baishan, at
from gongzhi.registry.packages import write_package
from gongzhi.registry.tests.cast import build_cast
from gongzhi.rehearsal.entrance import Entrance, make_key
from gongzhi.rehearsal.folder import BUILT, Built, Cell, Folder, lay_down
from gongzhi.rehearsal.tests.conftest import a_cell

NOW = at("2026-03-02 09:00")


def system(data: Path, **more: Any) -> Environment:
    """The settings of a real system."""
    return Environment(mode="rehearsal", data=str(data), **more)


# Step by step, without processes ------------------------------------------------------------------------------------


class Process:
    """A child that does as it is told."""

    stdin = None

    def __init__(self) -> None:
        self.ended: int | None = None

    def poll(self) -> int | None:
        return self.ended

    def terminate(self) -> None:
        self.ended = self.ended if self.ended is not None else -15

    def wait(self, timeout: float | None = None) -> int:
        return self.ended or 0


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    """A keeper whose children are made up; what was started stands in `started`."""
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(Keeper, "started", started, raising=False)
    monkeypatch.setattr(
        Keeper, "_start", lambda self, folder, port, *words: started.append(words) or Process()
    )
    monkeypatch.setattr(cells, "_answers", lambda port: True)
    made = Keeper(system(tmp_path, rehearsal_cells=2))
    yield made
    made.end()


def ask(keeper: Keeper, number: int = 1, **more: Any) -> Folder:
    """Somebody asks for a cell."""
    cell = a_cell(id=f"0193aaaa-0000-7000-8000-00000000000{number}", **more)
    return lay_down(keeper.data, cell, "{}")


def end_build(keeper: Keeper, folder: Folder, code: int = 0) -> None:
    """The building comes to its end."""
    if code == 0:
        folder.write_built(Built("e"))
    keeper.children[folder.id].process.ended = code  # type: ignore[attr-defined]


def test_a_cell_is_built_then_served_then_ready(keeper: Keeper) -> None:
    folder = ask(keeper, offset=60.0)
    steps = []
    for _ in range(3):
        keeper.step()
        steps.append(folder.state.step)
        if steps == ["building"]:
            end_build(keeper, folder)
    assert steps == ["building", "starting", "ready"]
    assert folder.state.port == 8701
    assert [words[0] for words in keeper.started] == ["rehearse", "serve"]  # type: ignore[attr-defined]
    assert (folder.path / "clock.json").exists()


def test_why_a_building_failed_is_its_last_sentence(keeper: Keeper) -> None:
    folder = ask(keeper)
    keeper.step()
    (folder.path / "process.log").write_text("示例警告\n示例原因。\n")
    end_build(keeper, folder, 2)
    keeper.step()
    assert (folder.state.step, folder.state.why) == ("failed", "示例原因。")
    other = ask(keeper, 2)
    keeper.step()
    end_build(keeper, other, 1)
    keeper.step()
    assert "process.log" in other.state.why


def test_one_is_built_at_a_time_and_no_more_are_kept_than_the_setting_says(keeper: Keeper) -> None:
    first, second, third = (ask(keeper, number) for number in (1, 2, 3))
    keeper.step()
    assert [one.state.step for one in (first, second, third)] == ["building", "waiting", "waiting"]
    end_build(keeper, first)
    for _ in range(3):
        keeper.step()
    assert [one.state.step for one in (first, second, third)] == ["ready", "building", "waiting"]
    first.write_wish("away", "示例经办")
    keeper.step()
    assert (first.state.step, first.state.why) == ("gone", "示例经办已丢弃。")
    end_build(keeper, second)
    for _ in range(3):
        keeper.step()
    assert [one.state.step for one in (second, third)] == ["ready", "building"]


def test_beginning_anew_builds_again_and_old_ones_are_deleted(keeper: Keeper) -> None:
    folder, old = ask(keeper), ask(keeper, 2, began=0.0)
    keeper.step()
    assert (old.state.step, old.state.why) == ("gone", "期满，已自动删除。")
    end_build(keeper, folder)
    keeper.step()
    keeper.step()
    folder.write_wish("again", "示例经办")
    keeper.step()
    assert (folder.state.step, (folder.path / BUILT).exists(), folder.wish) == ("waiting", False, None)
    keeper.step()
    assert folder.state.step == "building"
    old.write_state("gone", 0.0)
    keeper.step()
    assert not old.path.exists()


def test_a_server_that_falls_is_started_again_but_not_for_ever(keeper: Keeper) -> None:
    folder = ask(keeper)
    keeper.step()
    end_build(keeper, folder)
    steps = []
    for _ in range(9):
        keeper.step()
        steps.append(folder.state.step)
        child = keeper.children.get(folder.id)
        if folder.state.step == "ready" and child is not None:
            child.process.ended = 1  # type: ignore[attr-defined]
    assert steps.count("starting") == 3
    assert folder.state.why == cells.NOT_SERVED


def test_what_was_half_deleted_is_deleted_to_its_end(keeper: Keeper) -> None:
    folder = ask(keeper)
    folder.write_state("clearing", 0.0, why="示例经办已丢弃。")
    keeper.step()
    assert (folder.state.step, folder.state.why) == ("gone", "示例经办已丢弃。")


def test_the_address_of_one_thrown_away_says_so_until_its_port_is_needed(
    tmp_path: Path, keeper: Keeper
) -> None:
    first = int(free_ports().split("-")[0])
    keeper.environment = system(
        tmp_path, rehearsal_ports=f"{first}-{first + 1}", address="https://gongzhi.example"
    )
    gone, other, third = ask(keeper), ask(keeper, 2), ask(keeper, 3)
    gone.write_state("ready", 0.0, port=first)
    gone.write_wish("away", "示例经办")
    other.write_state("gone", time.time(), port=first + 1)
    keeper.step()
    assert (gone.state.step, gone.state.port) == ("gone", first)
    opener = build_opener(ProxyHandler({}))
    for port in (first, first + 1):
        status, text = visit(opener, port, "/cases/x/?of=it")
        assert (status, "这个演练已经丢弃" in text) == (410, True)
        assert 'href="https://gongzhi.example/rehearsals/"' in text
    end_build(keeper, third)
    keeper.step()  # no port is left beside theirs
    served = keeper.children[third.id].port
    assert {served} | keeper.graves.keys() == {first, first + 1}
    assert serving.bind_error(serving.HOST, served) is None
    keeper.end()
    assert serving.bind_error(serving.HOST, first) is None


def test_a_second_keeper_leaves_them_to_the_first(keeper: Keeper) -> None:
    assert keeper.step()
    second = Keeper(keeper.environment)
    assert not second.step()
    keeper.end()
    assert second.step()
    second.end()


# From the command line ----------------------------------------------------------------------------------------------


def test_the_command_waits_until_it_is_ready_and_serves_until_it_is_gone(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    folder = ask(keeper)

    def pass_time(seconds: float) -> None:
        if folder.state.step == "building":
            end_build(keeper, folder)
        elif folder.state.step == "ready" and "/rehearsal/enter/" in capsys.readouterr().out:
            folder.write_wish("away", "示例经办")

    monkeypatch.setattr(rehearse.time, "sleep", pass_time)
    assert rehearse.watch(keeper, folder, serves=True) == 0
    assert (folder.state.step, keeper.children) == ("gone", {})


def test_the_command_says_why_and_what_it_needs(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    folder = ask(keeper)
    folder.write_state("failed", 0.0, why="示例原因。")
    with pytest.raises(SystemExit):
        rehearse.watch(keeper, folder, serves=False)
    assert "示例原因。" in capsys.readouterr().err
    for argv in ([], ["示例"]):
        with pytest.raises(SystemExit) as stopped:
            rehearse.rehearse(argv)
        assert stopped.value.code == 2
        assert "请写明小区编号" in capsys.readouterr().err


# What a cell is told ------------------------------------------------------------------------------------------------


def test_a_cells_process_is_told_its_own_folder_and_nothing_of_the_real_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "DATABASE_URL",
        "SECRET_KEY",
        "PERSONAL_DATA_KEY",
        "FILES",
        "OIDC_PROVIDERS",
        "CLOCK_FILE",
        "MODE",
    ):
        monkeypatch.setenv(f"GONGZHI_{name}", "示例")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "示例")
    told = cell_environment(tmp_path, system(tmp_path), 8703)
    assert {name for name in told if name.startswith(("GONGZHI_", "DJANGO_"))} == {
        "GONGZHI_DATA",
        "GONGZHI_ADDRESS",
    }
    assert (told["GONGZHI_DATA"], told["GONGZHI_ADDRESS"]) == (str(tmp_path), "http://127.0.0.1:8703")
    fonts = cell_environment(tmp_path, system(tmp_path, fonts="/srv/fonts"), 8703)
    assert fonts["GONGZHI_FONTS"] == "/srv/fonts"
    address = "https://yanlian-{port}.gongzhi.example"
    behind = cell_environment(tmp_path, system(tmp_path, rehearsal_address=address), 8703)
    assert behind["GONGZHI_HOSTS"] == "yanlian-8703.gongzhi.example,127.0.0.1,localhost"
    assert behind["GONGZHI_HTTPS"] == "true"
    assert behind["GONGZHI_ADDRESS"] == "https://yanlian-8703.gongzhi.example"


def test_whatever_works_in_a_cells_folder_works_in_the_cell(tmp_path: Path, capsys: Any) -> None:
    assert of_a_cell({"GONGZHI_DATA": str(tmp_path)}) == {}
    cell = a_cell()
    folder = lay_down(tmp_path, cell, "{}")
    own = of_a_cell({"GONGZHI_DATA": str(folder.path)})
    assert own["GONGZHI_MODE"] == "rehearsal"
    assert own["GONGZHI_SECRET_KEY"] == cell.secret
    assert own["GONGZHI_CLOCK_FILE"] == str(folder.path / "clock.json")
    read = environment.read_environment(own | {"GONGZHI_DATA": str(folder.path)})
    assert read.cell == cell
    assert read.database()["NAME"] == str(folder.path / "gongzhi.sqlite3")
    with pytest.raises(SystemExit):
        of_a_cell({"GONGZHI_DATA": str(folder.path), "GONGZHI_DATABASE_URL": "postgresql:///gongzhi"})
    assert "GONGZHI_DATABASE_URL" in capsys.readouterr().err


# With real processes ------------------------------------------------------------------------------------------------

KEEP = (
    "import sys, threading\n"
    "from gongzhi.config.cells import Keeper\n"
    "from gongzhi.config.environment import Environment\n"
    "made = Environment(mode='rehearsal', data=sys.argv[1], rehearsal_ports=sys.argv[2])\n"
    "Keeper(made).keep(threading.Event())\n"
)


def free_ports() -> str:
    """A few ports beside one that is free."""
    with socket.socket() as probe:
        probe.bind((serving.HOST, 0))
        first = int(probe.getsockname()[1])
    return f"{min(first, 65500)}-{min(first, 65500) + 5}"


def start_keeper(data: Path, ports: str) -> "subprocess.Popen[bytes]":
    """A keeper in a process of its own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GONGZHI_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, "-P", "-c", KEEP, str(data), ports], env=own, start_new_session=True
    )


def running_in(folder: Folder) -> list[int]:
    """The processes whose data folder it is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"GONGZHI_DATA={folder.path}".encode() in told:
            found.append(int(process.name))
    return found


def databases_of(pid: int) -> set[str]:
    """Which databases a process has open."""
    links = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            links.append(os.readlink(one))
    return {link for link in links if ".sqlite3" in link}


def until(holds: Callable[[], Any], seconds: int = 300) -> Any:
    """Wait until something holds; what it is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := holds():
            return found
        time.sleep(0.1)
    raise AssertionError("it never came")


def visit(opener: Any, port: int, path: str) -> tuple[int, str]:
    """Status and text of a page."""
    try:
        with opener.open(f"http://{serving.HOST}:{port}{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.mark.django_db
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="要读 /proc 才能数清进程")
def test_a_cell_lives_through_a_kill_opens_once_and_is_thrown_away(tmp_path: Path) -> None:
    cast = build_cast(NOW, areas=())
    adopt_baishan()
    cell: Cell = a_cell(offset=-3600.0)
    folder = lay_down(tmp_path, cell, write_package(cast.estate, at=NOW).text())
    ports = free_ports()
    first = start_keeper(tmp_path, ports)
    until(lambda: folder.state.step == "building" and running_in(folder))
    first.kill()
    first.wait()
    until(lambda: not running_in(folder))
    assert not (folder.path / BUILT).exists()
    second = start_keeper(tmp_path, ports)
    try:
        until(lambda: folder.state.step in ("ready", "failed"))
        assert folder.state.step == "ready", folder.state.why
        port = folder.state.port
        opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        enter = f"/rehearsal/enter/?key={make_key(cell, Entrance('示例经办', ''))}"
        status, text = visit(opener, port, enter)
        assert (status, "演练台：示例白山一号小区" in text) == (200, True), text
        assert "示例业主0001" in text
        assert visit(build_opener(ProxyHandler({})), port, enter)[0] == 403
        opened = set().union(*map(databases_of, running_in(folder)))
        assert {Path(name).parent for name in opened} <= {folder.path}
        folder.write_wish("away", "示例经办")
        until(lambda: folder.state.step == "gone" and not running_in(folder))
        assert {one.name for one in folder.path.iterdir()} == {"cell.json", "state.json"}
        until(lambda: serving.bind_error(serving.HOST, port) is not None)
        status, text = visit(opener, port, "/cases/")
        assert (status, "这个演练已经丢弃" in text) == (410, True)
    finally:
        os.kill(second.pid, signal.SIGKILL)
        second.wait()
        until(lambda: not running_in(folder))
