"""The temporary PostgreSQL: there while it is needed, gone afterwards, however we ended."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongzhi.config import postgres
from gongzhi.config.environment import Environment

needs_binaries = pytest.mark.skipif(postgres.find() is None, reason="没有找到 PostgreSQL 的程序")
HOLDS_ONE = (
    "from gongzhi.config import postgres; import sys\n"
    "with postgres.temporary_server() as address:\n    print(address, flush=True); sys.stdin.read()"
)


def folder_of(address: str) -> Path:
    return Path(re.search(r"host=(\S+)", address)[1])


def wait_until_gone(folder: Path) -> bool:
    deadline = time.monotonic() + 30
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return not folder.exists()


@needs_binaries
def test_it_answers_on_a_socket_only_and_is_gone_afterwards():
    import psycopg

    with postgres.temporary_server() as address:
        folder = folder_of(address)
        entry = Environment(database_url=address).database()
        with psycopg.connect(host=entry["HOST"], user=entry["USER"], dbname=entry["NAME"]) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert folder.stat().st_mode & 0o077 == 0
    assert wait_until_gone(folder)


@needs_binaries
def test_it_is_gone_after_a_failure():
    class Failed(Exception):
        pass

    with pytest.raises(Failed), postgres.temporary_server() as address:
        raise Failed
    assert wait_until_gone(folder_of(address))


@needs_binaries
def test_it_is_gone_after_we_were_killed():
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_ONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        folder = folder_of(holder.stdout.readline())
        assert folder.exists()
        os.kill(holder.pid, signal.SIGKILL)
    assert wait_until_gone(folder)


def test_without_binaries_and_without_apt_one_sentence_says_how_to_get_them(monkeypatch):
    monkeypatch.setattr(postgres, "find", lambda: None)
    monkeypatch.setattr(postgres.debian.shutil, "which", lambda name: None)
    with pytest.raises(postgres.NoServer, match="apt install postgresql"):
        postgres.find_or_install()


def test_where_we_may_debians_is_installed(monkeypatch):
    ran = []
    monkeypatch.setattr(postgres, "find", lambda: Path("/found") if ran else None)
    monkeypatch.setattr(postgres.debian, "install", ran.append)
    assert postgres.find_or_install() == Path("/found")
    assert ran == ["postgresql"]


def test_a_cluster_that_cannot_be_made_leaves_no_folder(monkeypatch, tmp_path):
    made = []
    real = postgres.make_folder
    monkeypatch.setattr(postgres, "find_or_install", lambda: tmp_path)
    monkeypatch.setattr(postgres, "make_folder", lambda owner: made.append(real(owner)) or made[0])
    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'no space left' >&2; exit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(postgres, "unprivileged", lambda: None)
    with pytest.raises(postgres.NoServer, match="no space left"), postgres.temporary_server():
        pass
    assert not Path(made[0]).exists()
