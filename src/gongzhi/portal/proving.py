"""The proof of what is printed: as data, as one file that checks itself, and checked here."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.html import escape

from gongzhi.acts import log, merkle
from gongzhi.acts.canonical import digest, plain_json
from gongzhi.acts.models import Entry, Leaf
from gongzhi.notices import rows
from gongzhi.notices.models import Notice
from gongzhi.procedures import issued
from gongzhi.procedures.models import IssuedPaper
from gongzhi.values.refusals import NotFound, NotPossible

from . import verifier

VERIFIER = Path(verifier.__file__)
PAGE = VERIFIER.with_suffix(".html")
_EMPTY, _EMPTY_PAGE = "PROOF: Any = None", '<script type="application/json" id="proof">null</script>'


#: Where the page of a rehearsal or a demonstration says so, and how.
_MARK, MOCK = "<!-- mark -->", "演示数据，人名、小区、企业均为虚构，没有法律效力"


#: Where the page says what it says without scripts.
_UNSCRIPTED = "<!-- unscripted -->"


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


@dataclass(frozen=True, slots=True)
class Subject:
    """Something printed that the log answers for: what it says, and the state it is in, each with its kind of entry."""

    id: UUID
    what: str
    kind: str
    wording: dict[str, Any]
    state_kind: str
    state: dict[str, Any]


def of_notice(notice: Notice) -> Subject:
    """A notice; its state is its period."""
    return Subject(
        notice.pk, "gongzhi-notice-proof", "notice", rows.wording(notice), rows.PERIOD, rows.period(notice)
    )


def of_paper(paper: IssuedPaper) -> Subject:
    """An authority's paper; its state is its file, and whether it was voided or replaced."""
    said, stands = issued.wording(paper), issued.standing(paper)
    return Subject(paper.pk, "gongzhi-paper-proof", issued.PAPER, said, issued.STANDING, stands)


def wording_sealed(subject: Subject, head: log.Head) -> Sealed | None:
    """The leaf of the wording as it stands in the register now; None while it waits, or where the log has another."""
    found = Entry.objects.filter(subject_id=subject.id, kind=subject.kind, digest=digest(subject.wording))
    return _sealed(found.filter(leaf_index__isnull=False).order_by("-leaf_index").first(), head)


def is_waiting(subject: Subject) -> bool:
    """Whether the wording waits for its leaf: the first minute."""
    return Entry.objects.filter(subject_id=subject.id, kind=subject.kind, leaf_index=None).exists()


def state_sealed(subject: Subject, head: log.Head) -> Sealed | None:
    """The leaf of the state as it is now; None while it waits, or where it is not what was last made public."""
    return _sealed(_last_state(subject), head) if is_state_true(subject) else None


def is_state_true(subject: Subject) -> bool:
    """Whether the state in the register is the one last made public: an earlier one is no longer true."""
    last = _last_state(subject)
    return last is not None and last.digest == digest(subject.state)


def _last_state(subject: Subject) -> Entry | None:
    found = Entry.objects.filter(subject_id=subject.id, kind=subject.state_kind)
    return found.order_by("-at", "-id").first()


def _sealed(entry: Entry | None, head: log.Head) -> Sealed | None:
    if entry is None or entry.leaf_index is None:
        return None
    leaf = Leaf.objects.get(pk=entry.leaf_index)
    return Sealed(leaf, log.inclusion(leaf.index, head.size), head)


def proof_of(subject: Subject, since: int | None = None) -> dict[str, Any]:
    """Everything an offline check needs. `since`: the size of the log the reader wrote down; else that of the leaf."""
    head = log.head()
    held = wording_sealed(subject, head)
    if held is None:
        raise NotPossible("这份文字还没有写进公开登记簿，通常一分钟内完成，请稍后再下载。")
    sealed = state_sealed(subject, head)
    earlier = _earlier(held.leaf.index + 1 if since is None else since, head)
    return {
        "what": subject.what,
        "version": 1,
        "id": str(subject.id),
        "wording": plain_json(subject.wording),
        "wording_held": _held(held),
        "state": plain_json(subject.state) if sealed is not None else None,
        "state_held": _held(sealed) if sealed is not None else None,
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
    held = ascii(json.dumps(proof, ensure_ascii=False))
    return source.replace(_EMPTY, f"PROOF: Any = json.loads({held})")


def _unscripted(wording: dict[str, Any]) -> str:
    """What the page shows where scripts are off: the text, and how it is checked."""
    words = "\n\n".join(filter(None, (wording.get("body"), wording.get("annex"))))
    about = "　".join(filter(None, (wording.get("number"), wording.get("issuer_name"))))
    return (
        "<noscript><style>.scripted { display: none; }</style>"
        "<p>这个浏览器关闭了 JavaScript，不能核对：请打开 JavaScript 后再看，"
        "或者在核验页下载核对程序和留证（proof.py），在电脑上用 Python 核对。下面的文字还没有核对。</p>"
        f'<h2>{escape(wording.get("title", ""))}</h2><p class="dim">{escape(about)}</p>'
        f'<div class="wording">{escape(words)}</div></noscript>'
    )


def page_text(proof: dict[str, Any]) -> str:
    """A page with the proof in it that checks itself in any browser, without a network."""
    source = PAGE.read_text("utf-8")
    assert source.count(_EMPTY_PAGE) == source.count(_MARK) == source.count(_UNSCRIPTED) == 1
    held = json.dumps(proof, ensure_ascii=False).replace("<", "\\u003c")
    mark = f'<p class="mark"><b>{settings.PAPER_MARK}</b> {MOCK}</p>' if settings.PAPER_MARK else ""
    source = source.replace(_UNSCRIPTED, _unscripted(proof.get("wording", {}))).replace(_MARK, mark)
    return source.replace(_EMPTY_PAGE, _EMPTY_PAGE.replace("null", held))
