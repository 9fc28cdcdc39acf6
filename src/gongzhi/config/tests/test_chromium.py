"""The browser of the tests: found, installed where we may, else one sentence."""

import pytest

from gongzhi.config import chromium
from gongzhi.config.chromium import NoBrowser


def test_a_browser_of_the_machine_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        chromium.shutil, "which", lambda name: f"/usr/bin/{name}" if "google" in name else None
    )
    assert chromium.find_or_install() == "/usr/bin/google-chrome"


def test_where_there_is_none_debians_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(chromium.debian, "install", installed.append)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}" if installed else None)
    assert chromium.find_or_install() == "/usr/bin/chromium"
    assert installed == ["chromium"]


def test_where_that_cannot_be_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.debian, "install", lambda package: None)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    with pytest.raises(NoBrowser, match="apt install chromium"):
        chromium.find_or_install()
    monkeypatch.setattr(chromium, "find_spec", lambda name: None)
    with pytest.raises(NoBrowser, match="playwright"):
        chromium.find()
