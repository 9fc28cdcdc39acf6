"""The proof of a notice: as data, as one file that checks itself, and checked here."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongzhi.acts import log, merkle
from gongzhi.acts.canonical import digest, plain_json
from gongzhi.acts.models import Entry, Leaf
from gongzhi.notices.models import Notice
from gongzhi.notices.rows import PERIOD, period, wording
from gongzhi.values.refusals import NotFound, NotPossible

from . import verifier

VERIFIER = Path(verifier.__file__)
PAGE = VERIFIER.with_suffix(".html")
_EMPTY, _EMPTY_PAGE = "PROOF: Any = None", '<script type="application/json" id="proof">null</script>'


@dataclass(frozen=True, slots=True)
class Sealed:
    """A leaf of the log with its path in the log of `head`."""

    leaf: Leaf
    path: list[str]
    head: log.Head

    @property
    def holds(self) -> bool:
        """Whether the path leads from the leaf to the root."""
        path = [bytes.fromhex(part) for part in self.path]
        start = merkle.leaf_hash(bytes.fromhex(self.leaf.data))
        root = bytes.fromhex(self.head.root)
        return merkle.verify_inclusion(start, self.leaf.index, self.head.size, path, root)


def sealed_in(notice: Notice, kind: str, content: str, head: log.Head) -> Sealed | None:
    """Where the log holds that content of the notice; None while it waits for its leaf, or does not hold it."""
    rows = Entry.objects.filter(subject_id=notice.pk, kind=kind, digest=content, leaf_index__isnull=False)
    entry = rows.order_by("-leaf_index").first()
    if entry is None or entry.leaf_index is None:
        return None
    leaf = Leaf.objects.get(pk=entry.leaf_index)
    return Sealed(leaf, log.inclusion(leaf.index, head.size), head)


def is_waiting(notice: Notice) -> bool:
    """Whether the wording waits for its leaf: the first minute."""
    return Entry.objects.filter(subject_id=notice.pk, kind="notice", leaf_index=None).exists()


def wording_sealed(notice: Notice, head: log.Head) -> Sealed | None:
    """The leaf of the wording as it stands in the register now."""
    return sealed_in(notice, "notice", digest(wording(notice)), head)


def period_sealed(notice: Notice, head: log.Head) -> Sealed | None:
    """The leaf of the period as it stands now; None for one that was never counted anew and is not over."""
    return sealed_in(notice, PERIOD, digest(period(notice)), head)


def proof_of(notice: Notice, since: int | None = None) -> dict[str, Any]:
    """Everything an offline check needs. `since`: the size of the log the reader wrote down; else that of the leaf."""
    head = log.head()
    held = wording_sealed(notice, head)
    if held is None:
        raise NotPossible("这份公示还没有写进公开登记簿，通常一分钟内完成，请稍后再下载。")
    sealed = period_sealed(notice, head)
    earlier = _earlier(held.leaf.index + 1 if since is None else since, head)
    return {
        "what": "gongzhi-notice-proof",
        "version": 1,
        "notice": str(notice.pk),
        "wording": plain_json(wording(notice)),
        "wording_held": _held(held),
        "period": plain_json(period(notice)) if sealed is not None else None,
        "period_held": _held(sealed) if sealed is not None else None,
        "log": {"size": head.size, "root": head.root},
        "earlier": {"size": earlier.size, "root": earlier.root},
        "consistency": log.consistency(earlier.size, head.size),
    }


def _earlier(size: int, head: log.Head) -> log.Head:
    if not 0 < size <= head.size:
        raise NotFound(f"登记簿现有{head.size}条，没有第{size}条，请核对后重试。")
    return log.head(size)


def _held(sealed: Sealed) -> dict[str, Any]:
    return {"leaf": sealed.leaf.index, "digest": sealed.leaf.data, "path": sealed.path}


def proof_text(proof: dict[str, Any]) -> str:
    """The proof as a file."""
    return json.dumps(proof, ensure_ascii=False, indent=1) + "\n"


def whole_text(proof: dict[str, Any]) -> str:
    """The verifier with the proof in it: one file that needs nothing but Python."""
    source = VERIFIER.read_text("utf-8")
    assert source.count(_EMPTY) == 1
    held = json.dumps(json.dumps(proof, ensure_ascii=False))
    return source.replace(_EMPTY, f"PROOF: Any = json.loads({held})")


def page_text(proof: dict[str, Any]) -> str:
    """A page with the proof in it that checks itself in any browser, without a network."""
    source = PAGE.read_text("utf-8")
    assert source.count(_EMPTY_PAGE) == 1
    held = json.dumps(proof, ensure_ascii=False).replace("<", "\\u003c")
    return source.replace(_EMPTY_PAGE, _EMPTY_PAGE.replace("null", held))
