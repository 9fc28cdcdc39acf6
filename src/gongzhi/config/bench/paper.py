"""Row *paper*: an official document to PDF, beside typst alone on the same source."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import typst

from gongzhi.papers.contents.notices import Desk, PublicNotice
from gongzhi.papers.documents import Document, Letter
from gongzhi.papers.fonts import font_folders
from gongzhi.papers.render import inputs, render
from gongzhi.papers.typesetting import TEMPLATES

from . import place
from .figures import Figure, median, seconds

LIMIT = 1.5
ROUNDS = 60
LETTER = Letter(
    title="示例通知书",
    issuer="示例街道办事处",
    number="示街办〔2026〕1号",
    recipient="示例单位",
    paragraphs=("经查，情况属实，现将有关事项通知如下。" * 5,) * 6,
    signers=("示例街道办事处",),
    date="2026年3月2日",
    copies="示例社区居民委员会",
)
NOTICE = PublicNotice(
    title="示例公示",
    number="SLGS-2026-00001",
    estate="示例小区",
    paragraphs=("现将有关事项公示如下。",),
    basis="示例依据",
    posted_on=date(2026, 3, 2),
    until_on=date(2026, 3, 9),
    places=("东门",),
    desk=Desk(person="示例", phone="0000-0000000", place="示例", hours="示例"),
    poster="示例小区业主委员会",
    supervision="0000-0000000",
    address="https://gongzhi.example/SLGS-2026-00001",
    check_phone="0000-0000000",
    check_place="示例",
)


def measure() -> list[Figure]:
    """A letter of two pages, and a poster with its code; call by turns, the medians compared."""
    return [_row("letter, two pages", LETTER), _row("poster with code", NOTICE.form())]


def _row(what: str, document: Document) -> Figure:
    """Every call sets another number, so that neither side finds its work done by the other."""
    numbered = [document.model_copy(update={"number": f"示〔2026〕{n}号"}) for n in range(2 * ROUNDS)]
    alone = [_typst_alone(one) for one in numbered[ROUNDS:]]
    pairs = [
        (seconds(lambda one=one: render(one, at=place.NOW)), seconds(other))  # type: ignore[misc]
        for one, other in zip(numbered[:ROUNDS], alone, strict=True)
    ]
    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    beside = f"typst alone: {ours * 1e3:.2f} ms / {theirs * 1e3:.2f} ms"
    return Figure("paper", what, ours / theirs, LIMIT, "×", beside)


def _typst_alone(document: Document) -> Callable[[], Any]:
    """The same source with the same data, compiled and nothing else."""
    compiler, given = _compiler(), inputs(document, place.NOW)
    source, made_at = str(TEMPLATES / f"{document.template}.typ"), int(place.NOW.timestamp())
    return lambda: compiler.compile(
        input=source, format="pdf", sys_inputs=given, pdf_standards=["a-2b"], timestamp=made_at
    )


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=TEMPLATES, font_paths=list(font_folders()), ignore_system_fonts=True)
