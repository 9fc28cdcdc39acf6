"""Bytes under their SHA-256: written before any row names them, never overwritten, verified when read.

On disk under FILES_ROOT by default; a site names another of Django's storages as STORAGES["papers"] (S3 …).
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

from gongzhi.values.refusals import NotPossible

LOST = "这个文件在存储中找不到了，请联系系统管理员运行 gongzhi check 并从备份恢复。"
DAMAGED = "这个文件在存储中已损坏，请联系系统管理员运行 gongzhi check 并从备份恢复。"
_BEGUN = "begun"


class LocalStorage(FileSystemStorage):
    """A folder in which a name appears only when its bytes are whole and on the disk."""

    def _save(self, name: str, content: "File[bytes]") -> str:
        """Write aside, flush to the disk, then link: a crash leaves no half file, a rival writes the same bytes."""
        final = Path(self.path(name))
        begun = Path(self.path(_BEGUN))
        for folder in (final.parent, begun):
            folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=begun)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content.read())
                out.flush()
                os.fsync(out.fileno())
            _link(Path(temporary), final)
        finally:
            Path(temporary).unlink(missing_ok=True)
        return name


def _link(temporary: Path, final: Path) -> None:
    """Give the written bytes their name, unless it is taken, and make the name survive a crash."""
    temporary.chmod(0o440)
    try:
        os.link(temporary, final)
    except FileExistsError:
        return
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def file_storage() -> Storage:
    """Where the bytes are kept at this site."""
    if "papers" in settings.STORAGES:
        return storages["papers"]
    return LocalStorage(location=settings.FILES_ROOT)


def digest_of(content: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(content).hexdigest()


def place_of(digest: str) -> str:
    """The name of the bytes in the storage: two levels of folders, then the digest."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def store(content: bytes) -> str:
    """Keep the bytes and return their digest. The same bytes are kept once. Call it before writing the row."""
    digest = digest_of(content)
    storage, place = file_storage(), place_of(digest)
    if storage.exists(place):
        read(digest)
        return digest
    kept = storage.save(place, ContentFile(content))
    if kept != place:
        storage.delete(kept)
        read(digest)
    return digest


def read(digest: str) -> bytes:
    """The bytes of a digest, verified. NotPossible when they are lost or not what they were."""
    try:
        with file_storage().open(place_of(digest)) as source:
            content: bytes = source.read()
    except FileNotFoundError as lost:
        raise NotPossible(LOST) from lost
    if digest_of(content) != digest:
        raise NotPossible(DAMAGED)
    return content


def stored() -> Iterator[tuple[str, datetime]]:
    """Every name in the storage and when it was written; what was begun and never finished is among them."""
    storage = file_storage()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            folders, names = storage.listdir(folder)
        except FileNotFoundError:
            continue
        inside = f"{folder}/" if folder else ""
        waiting.extend(inside + name for name in folders)
        yield from ((inside + name, storage.get_modified_time(inside + name)) for name in names)
