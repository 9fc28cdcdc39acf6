"""Debian's packages: installed by root with apt, by nobody else."""

from typing import Any

import pytest

from gongzhi.config import debian


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: Any) -> None:
        commands.append(command)

    monkeypatch.setattr(debian.subprocess, "run", run)
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0)
    return commands


def test_root_installs_what_is_asked_for(ran: list[list[str]]) -> None:
    debian.install("chromium")
    assert [command[2:4] for command in ran] == [["update"], ["install", "-y"]]
    assert ran[1][-1] == "chromium"


def test_who_is_not_root_and_a_machine_without_apt_install_nothing(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)
    debian.install("chromium")
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0)
    monkeypatch.setattr(debian.shutil, "which", lambda name: None)
    debian.install("chromium")
    assert ran == []
