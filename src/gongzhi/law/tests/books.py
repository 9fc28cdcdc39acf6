"""Small invented packs, so that each rule of merging is seen alone."""

from datetime import date
from typing import Any

from gongzhi.law.book import LawBook
from gongzhi.law.schema import Key, Pack

ON = date(2026, 3, 2)
KEYS = {
    "notice.days": Key(title="公示期", kind="period"),
    "notice.before": Key(title="提前通知", kind="period", direction="before"),
    "leave.within": Key(title="退出期限", kind="period"),
    "fine.max": Key(title="罚款", kind="number", fine=True),
    "papers.list": Key(title="资料", kind="list"),
    "vote.share": Key(title="表决比例", kind="fraction"),
    "meeting.frequency": Key(title="会议频次", kind="frequency"),
    "papers.*": Key(title="应附材料", kind="list"),
}


def text(status: str = "in_force", rank: str = "normative_document", **more: Any) -> dict[str, Any]:
    """One instrument."""
    return {"title": more.pop("title", "某办法"), "rank": rank, "status": status, **more}


def param(value: Any, cite: str, mode: str = "replace", **more: Any) -> dict[str, Any]:
    """One parameter with a source."""
    return {"value": value, "mode": mode, "cites": [cite], "evidence": "SEEN-SOURCE", **more}


def book(*packs: dict[str, Any], **more: Any) -> LawBook:
    """A book of CN, a province 90, a city 9001 and a county 900101 below it."""
    given = {pack["code"]: Pack.model_validate({"name": pack["code"], **pack}) for pack in packs}
    parents = {"CN": None, "90": "CN", "9001": "90", "900101": "9001", "900101001": "900101"}
    return LawBook(given, KEYS, parents, **more)


def pack(code: str, parent: str | None, instruments: dict[str, Any], **params: Any) -> dict[str, Any]:
    """One pack; a key's dot is written as two underscores."""
    named = {key.replace("__", "."): value for key, value in params.items()}
    return {"code": code, "parent": parent, "instruments": instruments, "params": named}
