"""Setting documents: typst, PDF/A-2b, the same bytes for the same data. A missing glyph stops it: no tofu."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst
from django.conf import settings

from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible

from .documents import DOCUMENTS, Document, Letter, Poster, Record
from .fonts import families, font_folders, lighter
from .qr import qr_svg
from .seals import Seal

TEMPLATES = Path(__file__).parent / "typst"
_GLYPH = re.compile(r"the text `\"(?P<text>.+?)\"` could not be displayed")
_ONE_AT_A_TIME = Lock()
#: What is no text goes in beside it.
_PICTURES: Any = {"photos": {"__all__": {"image"}}}


def render_pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set the data in a template of `documents.py`; `at` is the document's instant. Raises pydantic's
    ValidationError where data and template do not agree, NotPossible where a font has no such character.
    """
    return render(DOCUMENTS[template].model_validate(data), at=at)


def render(document: Document, *, at: datetime, seal: Seal | None = None, mark: str = "") -> bytes:
    """Set a document as PDF/A-2b; an organisation's seal lies over name and date of its letter.

    `mark` stands pale and large behind every page: 预览 on what is not yet said or signed. In a demonstration or a
    rehearsal it is always 演练.
    """
    return _set(inputs(document, at, seal, mark), document.template, at, "pdf", ["a-2b"])[0]


def render_pages(
    document: Document, *, at: datetime, dots_per_inch: int = 96, seal: Seal | None = None, mark: str = ""
) -> list[bytes]:
    """The document's pages as PNG, for a look before it is issued: what could not be printed is not shown either."""
    render(document, at=at, seal=seal, mark=mark)
    return _set(inputs(document, at, seal, mark), document.template, at, "png", None, dots_per_inch)


def _set(
    given: dict[str, str],
    template: str,
    at: datetime,
    form: Literal["pdf", "png"],
    standards: Any = None,
    dots_per_inch: int | None = None,
) -> list[bytes]:
    try:
        with _ONE_AT_A_TIME:
            made: Any = _compiler().compile(
                input=str(TEMPLATES / f"{template}.typ"),
                format=form,
                ppi=dots_per_inch,
                sys_inputs=given,
                pdf_standards=standards,
                timestamp=int(at.timestamp()),
            )
    except typst.TypstError as wrong:
        raise _explained(wrong) from wrong
    return list(made) if isinstance(made, list) else [made]


def inputs(document: Document, at: datetime, seal: Seal | None = None, mark: str = "") -> dict[str, str]:
    """What a template is given. Data goes in as JSON and is never part of the source."""
    local = at.astimezone(ZONE)
    made = [local.year, local.month, local.day, local.hour, local.minute, local.second]
    given = {
        "data": document.model_dump_json(exclude=_PICTURES),
        "fonts": json.dumps({**families(), "lighter": lighter()}),
        "made": json.dumps(made),
    }
    if mark := settings.PAPER_MARK or mark:
        given["mark"] = mark
    if isinstance(document, (Letter, Poster)) and document.address:
        given["qr"] = qr_svg(document.address)
    if isinstance(document, Record) and document.photos:
        given["photos"] = json.dumps([list(one.image) for one in document.photos])
    if seal is not None:
        given["seal"] = json.dumps({"png": list(seal.image), "width": seal.millimetres})
    return given


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=TEMPLATES, font_paths=font_folders(), ignore_system_fonts=True)


def _explained(wrong: typst.TypstError) -> Exception:
    """A missing character is the user's to solve; anything else is ours."""
    missing = _GLYPH.search(str(wrong))
    if missing is None:
        return wrong
    text = missing["text"]
    codes = "、".join(f"U+{ord(sign):04X}" for sign in text)
    return NotPossible(f"字库里没有“{text}”字（{codes}），请联系系统管理员安装含有该字的字库后再生成文书。")
