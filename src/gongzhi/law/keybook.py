"""The reference of keys, `docs/reference/law-keys.md`, written from the data; a test keeps it as the data is."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from gongzhi.values.terms import Direction

from . import reading
from .schema import Key, Kind, Pack

PAGE = reading.HERE.parents[2] / "docs" / "reference" / "law-keys.md"
HEAD = """# Keys of the law

Written from `law/keys.yaml` and the packs by `gongzhi.law.keybook`; do not edit. A key is asked for with a place and a
date (`gongzhi law show KEY --at CODE`). *From* is the event a period counts from, *before* one that is counted back to.
*Stated by* names the packs that give it; `○` marks one that leaves it open, so that the place must set it. A key nobody
up the chain states is not required there.

"""
_PAPERS = """
## papers

`papers.<procedure>.<step>.<act>` lists the papers an act must bring. A name under it that nobody states asks for none.
"""


def keybook() -> str:
    """The whole page."""
    known = reading.keys()
    keys = sorted(name for name in known if not name.endswith(".*"))
    parts = [
        _family(name, list(members)) for name, members in groupby(keys, key=lambda key: key.partition(".")[0])
    ]
    return HEAD + "\n".join(parts) + _PAPERS


def write(path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(keybook(), encoding="utf-8")


def _family(name: str, keys: list[str]) -> str:
    rows = [f"| `{key}` | {' | '.join(_cells(key, reading.keys()[key]))} |" for key in keys]
    head = ["| key | title | kind | from | stated by |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([f"## {name}", "", *head, *rows, ""])


def _cells(name: str, key: Key) -> tuple[str, str, str, str]:
    about = [key.title]
    if key.options:
        about.append("、".join(f"`{word}` {meaning}" for word, meaning in key.options.items()))
    if key.usual is not None:
        about.append(f"usually {', '.join(key.usual)}")
    return "; ".join(about), _kind(key), _anchor(key), " ".join(_stated(name))


def _kind(key: Key) -> str:
    kind = f"{key.kind.value} of periods" if key.of else key.kind.value
    return f"{kind}, rank 规章 or higher" if key.fine else kind


def _anchor(key: Key) -> str:
    if key.kind is not Kind.PERIOD:
        return ""
    return f"before {key.anchor}" if key.direction is Direction.BEFORE else key.anchor


def _stated(name: str) -> Iterator[str]:
    for pack in sorted(reading.packs().values(), key=_depth):
        if name in pack.params:
            yield pack.code + ("○" if pack.params[name].value is None else "")


def _depth(pack: Pack) -> tuple[bool, str]:
    return pack.code != "CN", pack.code
