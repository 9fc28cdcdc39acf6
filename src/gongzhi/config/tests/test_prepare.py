"""The environment: whole or not there, made by one process at a time, whatever interrupted the last one."""

import subprocess
import sys
from pathlib import Path

import pytest

from gongzhi.config import prepare
from gongzhi.config.prepare import Preparation, Unprepared

UV = "uv==1.0 \\\n    --hash=sha256:aa\n"


class Offline(Preparation):
    """A preparation whose commands are not run: those whose words hold one of `failing` fail."""

    def __init__(self, root: Path, *failing: str, lock: str = "requirements.lock") -> None:
        super().__init__(root=root, lock=lock)
        self.failing, self.ran = failing, []

    def run(self, command):
        words = " ".join(map(str, command))
        self.ran.append(words)
        if "-m venv" in words and not set(self.failing) & set(words.split()):
            (self.venv / "bin").mkdir(parents=True)
            self.python.symlink_to(sys.executable)
        return not set(self.failing) & set(words.split())

    def put_on_path(self):
        self.ran.append("path")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare.shutil, "which", lambda name: None)
    (tmp_path / "requirements.lock").write_text(UV)
    (tmp_path / "requirements-dev.lock").write_text(UV + "pytest==1\n")
    return tmp_path


def test_a_finished_preparation_is_done_until_the_lock_changes(root):
    made = Offline(root)
    assert not made.is_done()
    made.make()
    assert made.is_done()
    assert not made.unfinished.exists()
    (root / "requirements.lock").write_text("other")
    assert not made.is_done()


def test_the_development_lock_contains_the_other(root):
    Offline(root, lock="requirements-dev.lock").make()
    assert Offline(root).is_done()


def test_the_lock_of_real_use_is_not_enough_for_tests_and_undoes_them(root):
    Offline(root, lock="requirements-dev.lock").make()
    Offline(root).make()
    assert not Offline(root, lock="requirements-dev.lock").is_done()


def test_a_moved_checkout_is_not_done_and_not_usable(root, tmp_path):
    Offline(root).make()
    (root / ".venv/gongzhi/root").write_text("/elsewhere\n")
    assert not Offline(root).is_done()
    assert not Offline(root).is_usable()


def test_an_environment_made_by_hand_is_installed_into(root):
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/python").symlink_to(sys.executable)
    (root / ".venv/own").touch()
    Offline(root).make()
    assert (root / ".venv/own").exists()


def test_an_interrupted_preparation_begins_anew(root):
    broken = Offline(root)
    broken.make()
    (root / ".venv/half").touch()
    broken.unfinished.touch()
    Offline(root).make()
    assert not (root / ".venv/half").exists()
    assert Offline(root).is_done()


def test_a_dead_python_begins_anew(root):
    Offline(root).make()
    (root / ".venv/bin/python").unlink()
    (root / ".venv/bin/python").symlink_to("/nonexistent/python")
    assert not Offline(root).is_done()
    Offline(root).make()
    assert Offline(root).is_done()


def test_uv_is_installed_by_its_lines_in_the_lock_and_pip_is_the_way_back(root):
    made = Offline(root)
    made.make()
    assert any("--no-deps" in words for words in made.ran)
    assert any("pip install -q" in words and words.endswith("requirements.lock") for words in made.ran)
    assert all("--require-hashes" in words for words in made.ran if " install " in words)


def test_an_environment_without_a_pip_of_its_own_is_installed_into_by_ours(root):
    made = Offline(root)
    made.has_pip = lambda: False
    made.make()
    assert any("-m venv --without-pip" in words for words in made.ran)
    assert any(f"-m pip --python {made.python} install" in words for words in made.ran)
    assert any("-m ensurepip" in words for words in made.ran)  # uv failed here


def test_where_ours_has_none_either_the_environment_gets_one(root):
    made = Offline(root, "--python")
    made.make()
    assert any(words.endswith(f"-m venv {made.venv}") for words in made.ran)


def test_without_a_network_one_sentence_says_what_to_do_and_nothing_is_stamped(root):
    made = Offline(root, "install")
    with pytest.raises(Unprepared, match=r"请检查网络.*PIP_INDEX_URL.*prepare\.log。$"):
        made.make()
    assert not made.is_done()
    assert made.unfinished.exists()


def test_without_venv_one_sentence_names_it(root):
    with pytest.raises(Unprepared, match="apt install python3-venv"):
        Offline(root, "venv").make()


def test_a_lock_held_by_another_is_waited_for(tmp_path):
    other = (
        "import fcntl, os, sys; held = os.open(sys.argv[1], os.O_RDONLY); fcntl.flock(held, fcntl.LOCK_EX);"
        "print('held', flush=True); sys.stdin.read(); print('let go', flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", other, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(BlockingIOError):
            prepare.fcntl.flock(
                prepare.os.open(tmp_path, prepare.os.O_RDONLY), prepare.fcntl.LOCK_EX | prepare.fcntl.LOCK_NB
            )
        process.stdin.close()
        with prepare.one_at_a_time(tmp_path) as held:
            assert held is not None
            assert process.stdout.readline() == "let go\n"


@pytest.mark.parametrize("name", prepare.ASTRAY)
def test_settings_that_lead_astray_do_not_reach_the_installer(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    assert name not in prepare.installing_environment()


def test_pips_mirror_serves_uv_too(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    assert prepare.installing_environment()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://other.example/simple")
    assert prepare.installing_environment()["UV_DEFAULT_INDEX"] == "https://other.example/simple"


def test_a_home_that_cannot_be_written_is_done_without(monkeypatch, tmp_path):
    assert prepare.has_writable_cache({"HOME": str(tmp_path)})
    assert prepare.has_writable_cache({"HOME": str(tmp_path / "new")})
    assert not prepare.has_writable_cache({"HOME": "/proc/1"})
    monkeypatch.setenv("HOME", "/proc/1")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert prepare.installing_environment()["UV_NO_CACHE"] == "1"


@pytest.mark.parametrize(
    ("trouble", "status", "said"),
    [
        (Unprepared("没有网络。"), 2, "没有网络。\n"),
        (PermissionError(13, "Permission denied", "/srv/x"), 2, "无法写入 /srv/x（Permission denied），"),
        (KeyboardInterrupt(), 130, "已中断，"),
    ],
)
def test_every_trouble_is_one_sentence(monkeypatch, capsys, trouble, status, said):
    def fail(lock):
        raise trouble

    monkeypatch.setattr(prepare, "prepare", fail)
    monkeypatch.setattr(sys, "argv", ["prepare.py", "requirements.lock"])
    assert prepare.main() == status
    printed = capsys.readouterr().err
    assert printed.startswith(said)
    assert printed.count("\n") == 1
