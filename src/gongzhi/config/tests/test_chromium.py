"""The browser of the tests: found, installed where we may, else one sentence."""

import signal
import subprocess

import pytest

from gongzhi.config import chromium
from gongzhi.config.chromium import NoBrowser


def test_a_browser_of_the_machine_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        chromium.shutil, "which", lambda name: f"/usr/bin/{name}" if "google" in name else None
    )
    assert chromium.find_or_install() == "/usr/bin/google-chrome"


@pytest.mark.parametrize("has", ["chromium-headless-shell", "chromium"])
def test_where_there_is_none_debians_is_installed(monkeypatch: pytest.MonkeyPatch, has: str) -> None:
    installed: list[str] = []
    monkeypatch.setattr(chromium.debian, "install", installed.append)
    monkeypatch.setattr(
        chromium.shutil,
        "which",
        lambda name: f"/usr/bin/{name}" if name == has and has in installed else None,
    )
    assert chromium.find_or_install() == f"/usr/bin/{has}"
    assert installed == list(chromium.PACKAGES[: chromium.PACKAGES.index(has) + 1])


def test_where_that_cannot_be_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.debian, "install", lambda package: None)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    with pytest.raises(NoBrowser, match="apt install chromium"):
        chromium.find_or_install()
    monkeypatch.setattr(chromium, "find_spec", lambda name: None)
    with pytest.raises(NoBrowser, match="playwright"):
        chromium.find()


def test_one_that_does_not_end_is_killed() -> None:
    with subprocess.Popen(["sleep", "60"]) as deaf, chromium.killed_after(0.1, deaf.pid):
        assert deaf.wait(30) == -signal.SIGKILL


def test_one_that_ends_in_time_is_let_be() -> None:
    with subprocess.Popen(["sleep", "60"]) as busy:
        with chromium.killed_after(60, busy.pid):
            pass
        assert busy.poll() is None
        busy.kill()
