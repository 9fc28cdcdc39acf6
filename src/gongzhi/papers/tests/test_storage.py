"""Bytes under their digest."""

import hashlib
import threading
from pathlib import Path

import pytest

from gongzhi.papers import storage
from gongzhi.values.refusals import NotPossible

DIGEST = hashlib.sha256(b"abc").hexdigest()


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def test_bytes_lie_under_their_digest_and_cannot_be_written_to(root: Path) -> None:
    assert storage.store(b"abc") == DIGEST
    kept = root / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert kept.read_bytes() == b"abc"
    assert kept.stat().st_mode & 0o222 == 0
    assert storage.read(DIGEST) == b"abc"
    assert list((root / "begun").iterdir()) == []


def test_the_same_bytes_are_kept_once_and_never_written_again(root: Path) -> None:
    storage.store(b"abc")
    before = (root / storage.place_of(DIGEST)).stat()
    assert storage.store(b"abc") == DIGEST
    after = (root / storage.place_of(DIGEST)).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_changed_bytes_are_not_handed_out_and_not_built_upon(root: Path) -> None:
    storage.store(b"abc")
    kept = root / storage.place_of(DIGEST)
    kept.chmod(0o640)
    kept.write_bytes(b"abd")
    with pytest.raises(NotPossible, match="已损坏"):
        storage.read(DIGEST)
    with pytest.raises(NotPossible, match="已损坏"):
        storage.store(b"abc")
    assert kept.read_bytes() == b"abd"


def test_lost_bytes_say_so() -> None:
    with pytest.raises(NotPossible, match="找不到"):
        storage.read(DIGEST)


def test_a_crash_while_writing_leaves_no_half_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("gongzhi.papers.storage.os.fsync", crash)
    with pytest.raises(OSError, match="no space"):
        storage.store(b"abc")
    assert not (root / storage.place_of(DIGEST)).exists()


def test_many_at_once_write_one_file(root: Path) -> None:
    digests: list[str] = []
    threads = [threading.Thread(target=lambda: digests.append(storage.store(b"abc"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert digests == [DIGEST] * 8
    assert [name for name, _ in storage.stored()] == [storage.place_of(DIGEST)]


def test_a_site_may_keep_its_bytes_elsewhere(settings, root: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "papers": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    assert storage.read(storage.store(b"abc")) == b"abc"
    assert not root.exists()
    assert [name for name, _ in storage.stored()] == [storage.place_of(DIGEST)]
