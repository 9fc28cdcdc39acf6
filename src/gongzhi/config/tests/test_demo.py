"""`gongzhi demo`: harms nobody's data, stops cleanly, and starts again after `kill -9`."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from gongzhi.config import demo, demonstration, serving
from gongzhi.config.environment import read_environment
from gongzhi.values import now
from gongzhi.values.now import ZONE

DEFAULT = Namespace(fresh=False, estates=None, at=None)


@pytest.fixture
def environment(tmp_path, monkeypatch):
    monkeypatch.setenv("GONGZHI_CLOCK_FILE", str(tmp_path / "var" / "clock.json"))
    return read_environment({"GONGZHI_MODE": "rehearsal", "GONGZHI_DATA": str(tmp_path / "var")})


@pytest.fixture
def built(environment, monkeypatch):
    """Calls of what builds, with nothing really built but the database's file."""
    calls = []
    data = Path(environment.data)
    data.mkdir()
    monkeypatch.setattr(demo.database, "set_up", lambda: None)
    monkeypatch.setattr(demo.database, "bring_up_to_date", lambda: (data / "gongzhi.sqlite3").touch())
    monkeypatch.setattr(demo.database, "settle", lambda: None)
    monkeypatch.setattr(demonstration, "build", lambda **given: calls.append(given["estates"]))
    return calls


def test_the_cities_are_built_once(environment, built):
    demo.build(environment, DEFAULT)
    demo.build(environment, DEFAULT)
    assert built == [None]


def test_fresh_builds_them_anew_without_old_files(environment, built):
    demo.build(environment, DEFAULT)
    old = Path(environment.files) / "aa"
    old.parent.mkdir()
    old.touch()
    demo.build(environment, Namespace(fresh=True, estates=30, at=None))
    assert built == [None, 30]
    assert not old.exists()


def test_building_that_was_interrupted_begins_anew(environment, built, monkeypatch):
    def killed(**given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(demonstration, "build", killed)
        with pytest.raises(KeyboardInterrupt):
            demo.build(environment, DEFAULT)
    half = Path(environment.data) / "gongzhi.sqlite3-wal"
    half.touch()
    demo.build(environment, DEFAULT)
    assert built == [None]
    assert not half.exists()


@pytest.mark.parametrize("fresh", [False, True])
def test_a_database_that_is_no_demonstration_is_left_alone(environment, built, capsys, fresh):
    real = Path(environment.data) / "gongzhi.sqlite3"
    real.write_text("real")
    with pytest.raises(SystemExit) as stop:
        demo.build(environment, Namespace(fresh=fresh, estates=None, at=None))
    assert stop.value.code == 2
    assert "不是演示数据" in capsys.readouterr().err
    assert real.read_text() == "real"


def test_real_use_gets_no_demonstration(capsys, monkeypatch):
    live = {"MODE": "live", "SECRET_KEY": "x" * 40, "PERSONAL_DATA_KEY": "7a" * 32, "HOSTS": "a.example"}
    for name, value in live.items():
        monkeypatch.setenv(f"GONGZHI_{name}", value)
    with pytest.raises(SystemExit):
        demo.demo(["--no-serve"])
    assert "不能装进正式系统" in capsys.readouterr().err


def test_two_demonstrations_do_not_share_a_folder(tmp_path, capsys):
    with demo.hold(tmp_path):
        with pytest.raises(SystemExit):
            demo.hold(tmp_path)
        assert "另一个演示正在使用" in capsys.readouterr().err
    demo.hold(tmp_path).close()


def test_a_taken_port_is_one_sentence(capsys, monkeypatch):
    monkeypatch.setattr(demo, "UNTIL_FREE", 0)
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        with pytest.raises(SystemExit) as stop:
            demo.wait_until_free(taken.getsockname()[1])
    assert stop.value.code == 2
    assert re.fullmatch(r"端口 \d+ 已被占用，.*--port.*。\n", capsys.readouterr().err)


def test_an_address_that_is_not_ours_is_one_sentence(capsys):
    with pytest.raises(SystemExit):
        serving.need_free("192.0.2.1", 8000)
    assert "无法监听 192.0.2.1:8000" in capsys.readouterr().err


def test_a_process_ends_with_its_parents_end_of_the_pipe():
    code = "import time; from gongzhi.config.lifeline import follow_parent; follow_parent(); print(1); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-uc", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        child.stdin.close()
        assert child.wait(10) == -signal.SIGKILL


def _heeds_an_interrupt() -> None:
    """What a shell started in its background ignores interrupts, and so would everything started by it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Running:
    """A demonstration that really runs, on a data folder of its own whose cities count as built."""

    def __init__(self, data: Path) -> None:
        data.mkdir(exist_ok=True)
        (data / "demonstration.json").write_text(json.dumps({"state": "complete"}))
        with socket.socket() as free:
            free.bind((serving.HOST, 0))
            self.port = free.getsockname()[1]
        self.settings = {k: v for k, v in os.environ.items() if not k.startswith(("GONGZHI_", "DJANGO_"))}
        self.settings |= {"GONGZHI_DATA": str(data), "PYTHONUTF8": "1"}

    def start(self) -> subprocess.Popen[str]:
        """Start it and wait until it says its address."""
        command = [sys.executable, "-P", "-m", "gongzhi.config.command", "demo", "--port", str(self.port)]
        process = subprocess.Popen(
            command,
            env=self.settings,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_heeds_an_interrupt,
        )
        for line in process.stdout:
            if f"http://{serving.HOST}:{self.port}/" in line:
                return process
        raise AssertionError(process.wait())

    def answers(self) -> bool:
        """Whether the server answers anything."""
        try:
            build_opener(ProxyHandler({})).open(f"http://{serving.HOST}:{self.port}/", timeout=10).close()
        except HTTPError:
            return True
        except OSError:
            return False
        return True

    def is_gone(self) -> bool:
        """Whether nothing holds the port any more, soon."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and serving.bind_error(serving.HOST, self.port):
            time.sleep(0.05)
        return serving.bind_error(serving.HOST, self.port) is None


def test_it_serves_survives_a_kill_and_stops_cleanly(tmp_path):
    running = Running(tmp_path / "var")
    first = running.start()
    assert running.answers()
    first.kill()
    first.wait()
    first.stdout.close()
    assert running.is_gone()
    second = running.start()
    assert running.answers()
    second.send_signal(signal.SIGINT)
    assert "正在停止" in second.stdout.read()
    assert second.wait(30) == 0
    second.stdout.close()
    assert running.is_gone()


def test_it_begins_at_the_instant_asked_for_and_goes_forward_only(environment, built, capsys):
    begun = datetime(2026, 2, 10, 9, 0, tzinfo=ZONE)
    demo.build(environment, Namespace(fresh=False, estates=None, at=begun))
    assert now.now() - begun < timedelta(minutes=1)
    with pytest.raises(SystemExit):
        demo.build(environment, Namespace(fresh=False, estates=None, at=begun - timedelta(days=1)))
    assert "不能退回过去" in capsys.readouterr().err
    demo.build(environment, Namespace(fresh=True, estates=None, at=None))
    assert not now.is_moved()
