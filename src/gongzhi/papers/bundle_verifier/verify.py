#!/usr/bin/env python3
"""核对案卷压缩包：在解压后的文件夹中运行。只用 Python 标准库，不联网，不写文件。

Checks an unpacked case bundle: every file listed is there and unchanged, and nothing else is there.
Exit status 0: whole. 1: something is missing, changed or added.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

OURS = {"SHA256SUMS", "verify.py", "说明.txt", "manifest.json"}


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in parts."""
    found = hashlib.sha256()
    with path.open("rb") as source:
        for part in iter(lambda: source.read(1 << 20), b""):
            found.update(part)
    return found.hexdigest()


def check(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """The sentences of what is wrong."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed = {one["name"]: one for one in [*manifest["pieces"], manifest["timeline"]]}
    wrong = []
    for name, one in listed.items():
        path = folder / name
        if folder.resolve() not in path.resolve().parents or not path.is_file():
            wrong.append("缺少：" + name)
        elif path.stat().st_size != one["size"] or digest_of(path) != one["sha256"]:
            wrong.append("被改动：" + name)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    wrong += ["清单之外：" + name for name in sorted(there - set(listed) - OURS)]
    return manifest, wrong


def digests(manifest: dict[str, Any]) -> list[str]:
    """Of each case the digest of the pieces its inventory lists, as its closing note prints it."""
    listed: dict[str, list[tuple[int, str]]] = {}
    for one in manifest["pieces"]:
        if "place" in one:
            listed.setdefault(str(one.get("case", "")), []).append((int(one["place"]), one["sha256"]))
    lines = []
    for number, pieces in listed.items():
        sums = "".join(sha256 + "\n" for _, sha256 in sorted(pieces))
        lines.append(
            f"卷内文件摘要（{number}，{len(pieces)} 件）：{hashlib.sha256(sums.encode()).hexdigest()}"
        )
    return [*lines, "请与各案备考表上印的摘要对照。"] if lines else []


def told(folder: Path, manifest: dict[str, Any], wrong: list[str]) -> list[str]:
    """The lines of the answer."""
    case = manifest["case"]
    return [
        *wrong,
        f"案件：{case.get('title', '')} {case.get('number', '')}",
        f"材料：{len(manifest['pieces'])} 件",
        f"清单摘要：{digest_of(folder / 'manifest.json')}",
        *digests(manifest),
        f"核对结果：{f'有 {len(wrong)} 处不符' if wrong else '全部一致'}",
    ]


def main() -> int:
    """Say what was found."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    try:
        manifest, wrong = check(folder)
        lines = told(folder, manifest, wrong)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
        wrong, lines = ["unreadable"], [f"清单无法读取，请确认已完整解压：{broken}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
