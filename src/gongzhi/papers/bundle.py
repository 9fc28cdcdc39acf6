"""A whole case as one ZIP: its pieces, their digests, its course, and a way to check it all without us.

The same bytes for the same pieces: stored, not compressed, in the order given, with one date. Written to a file
one piece at a time, so that the photographs of a long case need no memory.
"""

import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from gongzhi.values.now import ZONE

from .contents.archive import CaseTimeline
from .render import render

FORMAT = "gongzhi-case-bundle/1"
MANIFEST, SUMS, TIMELINE, VERIFIER, READ_ME = (
    "manifest.json",
    "SHA256SUMS",
    "办理经过.pdf",
    "verify.py",
    "说明.txt",
)
_VERIFIER = Path(__file__).parent / "bundle_verifier" / "verify.py"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+')
#: Bytes of a title in a name: with number and ending far below what common file systems take, and whole with its folder
#: where a path has 260 signs.
_LONGEST_NAME = 150
_EXPLAINED = """本压缩包是一个案件的全部材料，由共治平台导出。

怎样核对：
1. 解压到一个空文件夹。
2. 装有 Python 3 的电脑：在文件夹中运行 python3 verify.py。不联网，不写任何文件。
3. 没有 Python 的电脑：用系统自带的校验工具，对照 SHA256SUMS 逐个文件核对 SHA-256。
4. 把 verify.py 按案号显示的“卷内文件摘要”与同一案号备考表上印的摘要对照；两者一致，卷内目录所列文件未被改动。
   备考表打印以后又有新的文件归入该案的，摘要会不同，应重新打印目录和备考表。

“材料”里的文件按卷内目录的序号和题名命名；子案件的材料各放一个文件夹，以案号为名。
manifest.json 是机器可读的清单：案件、每件材料的标题、时间、大小和摘要，上传的材料还有上传时的文件名。
办理经过.pdf 是按时间排列的办理经过。
"""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One piece of a case. `read` gives its bytes when its turn comes; `said` is what else the manifest tells of it.

    Its file is called by its document number, where it has one, and its title. What an upload was called
    (`uploaded_as`) may be nonsense, there twice, or somebody's name: the manifest alone says it. `folder`: the pieces
    of a case below lie apart, numbered by themselves.
    """

    title: str
    ending: str
    read: Callable[[], bytes]
    made_at: datetime | None = None
    said: Mapping[str, Any] | None = None
    number: str = ""
    uploaded_as: str = ""
    folder: str = ""


def write_bundle(
    out: IO[bytes],
    *,
    case: Mapping[str, Any],
    pieces: Iterable[Enclosed],
    timeline: CaseTimeline,
    at: datetime,
) -> str:
    """Write the ZIP to `out`; answers the SHA-256 of its manifest.

    A piece that `said` its `place` in its case's inventory is part of the digest the closing note (备考表) prints.
    `case` is JSON: number, title, estate … A piece whose bytes are lost raises NotPossible from its `read`.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        written = _Written(archive, at)
        listed = [written.piece(piece) for piece in pieces]
        course = render(timeline.form(), at=at)
        told = {
            "format": FORMAT,
            "case": dict(case),
            "exported_at": at.astimezone(ZONE).isoformat(),
            "pieces": listed,
            "timeline": written.keep(TIMELINE, course),
        }
        manifest = (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
        digest = written.keep(MANIFEST, manifest)["sha256"]
        written.keep(VERIFIER, _VERIFIER.read_bytes())
        written.keep(READ_ME, _EXPLAINED.encode())
        written.keep(SUMS, "".join(f"{sum_}  {name}\n" for name, sum_ in written.sums.items()).encode())
    return str(digest)


class _Written:
    """What went into the archive so far."""

    def __init__(self, archive: zipfile.ZipFile, at: datetime) -> None:
        local = at.astimezone(ZONE)
        self.archive, self.sums, self.counted = archive, dict[str, str](), Counter[str]()
        self.stamp = (local.year, local.month, local.day, local.hour, local.minute, local.second // 2 * 2)

    def piece(self, piece: Enclosed) -> dict[str, Any]:
        """Write one piece under its number in its folder and its title; answers its line of the manifest.

        The number keeps two of one title apart, and what is a device to some system (CON) from being one.
        """
        folder = f"材料/{safe_name(piece.folder)}" if piece.folder else "材料"
        self.counted[folder] += 1
        n = self.counted[folder]
        kept = self.keep(
            f"{folder}/{n:03d}_{safe_name(piece.number + piece.title)}{piece.ending}", piece.read()
        )
        made_at = piece.made_at.astimezone(ZONE).isoformat() if piece.made_at else None
        told = {"number": n, "title": piece.title, "made_at": made_at, **(piece.said or {}), **kept}
        return told | ({"uploaded_as": piece.uploaded_as} if piece.uploaded_as else {})

    def keep(self, name: str, content: bytes) -> dict[str, Any]:
        """Write the bytes; answers name, size and digest."""
        entry = zipfile.ZipInfo(name, self.stamp)
        entry.external_attr = 0o100644 << 16
        entry.create_system = 3
        self.archive.writestr(entry, content)
        self.sums[name] = hashlib.sha256(content).hexdigest()
        return {"name": name, "size": len(content), "sha256": self.sums[name]}


def contents_digest(sums: Iterable[str]) -> str:
    """One digest for the pieces of an inventory, of their SHA-256 in its order, a line each: `verify.py` has it too."""
    return hashlib.sha256("".join(f"{one}\n" for one in sums).encode()).hexdigest()


def safe_name(title: str) -> str:
    """The title as part of a name that every system takes: no folder, no control sign, no blank end, not too long."""
    cleaned = _UNSAFE.sub("_", title).strip(" ._").encode()[:_LONGEST_NAME].decode(errors="ignore")
    return cleaned.strip(" ._") or "材料"
