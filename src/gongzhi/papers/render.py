"""Setting documents: typst, PDF/A-2b, the same bytes for the same data.

No tofu: a sign that no font has stands as its code, 〔U+2A6A5〕, and the foot of its page asks for it to be written in.
What was said is not changed by it; only what is set is.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import typst
from django.conf import settings

from .documents import DOCUMENTS, Document, Letter, Poster, Record
from .fonts import families, lighter
from .qr import qr_svg
from .seals import Seal
from .signs import coded, lacking, missed
from .typesetting import TEMPLATES, typeset

#: What is no text goes in beside it.
_PICTURES: Any = {"photos": {"__all__": {"image"}}}


def render_pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set the data in a template of `documents.py`; `at` is the document's instant. Raises pydantic's
    ValidationError where data and template do not agree.
    """
    return render(DOCUMENTS[template].model_validate(data), at=at)


def render(document: Document, *, at: datetime, seal: Seal | None = None, mark: str = "") -> bytes:
    """Set a document as PDF/A-2b; an organisation's seal lies over name and date of its letter.

    `mark` stands pale and large behind every page: 预览 on what is not yet said or signed, 历史文书 on what is void. In
    a demonstration or a rehearsal 演练 stands before it, or alone.
    """
    return _set(document, at, seal, mark)[0]


def render_pages(
    document: Document, *, at: datetime, dots_per_inch: int = 96, seal: Seal | None = None, mark: str = ""
) -> list[bytes]:
    """The document's pages as PNG, for a look before it is issued: what is not printed is not shown either."""
    _, given = _set(document, at, seal, mark)
    return typeset(
        _source(document), given, made_at=int(at.timestamp()), form="png", dots_per_inch=dots_per_inch
    )


def _set(document: Document, at: datetime, seal: Seal | None, mark: str) -> tuple[bytes, dict[str, str]]:
    """The PDF, and what was given for it. Signs that are there one by one may yet not stand on each other."""
    given = inputs(document, at, seal, mark)
    while True:
        try:
            return typeset(_source(document), given, made_at=int(at.timestamp()))[0], given
        except typst.TypstError as wrong:
            before = given
            given = _with_codes(given, document, missed(wrong))
            if given is before:
                raise


def _source(document: Document) -> str:
    return str(TEMPLATES / f"{document.template}.typ")


def inputs(document: Document, at: datetime, seal: Seal | None = None, mark: str = "") -> dict[str, str]:
    """What a template is given. Data goes in as JSON and is never part of the source."""
    # the typesetter knows no offset: what it is told is written as UTC
    told = at.astimezone(UTC)
    made = [told.year, told.month, told.day, told.hour, told.minute, told.second]
    given = {
        "data": document.model_dump_json(exclude=_PICTURES),
        "fonts": json.dumps({**families(), "lighter": lighter()}),
        "made": json.dumps(made),
    }
    if marks := [one for one in (settings.PAPER_MARK, mark) if one]:
        given["mark"] = "·".join(marks)
    if isinstance(document, (Letter, Poster)) and document.address:
        given["qr"] = qr_svg(document.address)
    if isinstance(document, Record) and document.photos:
        given["photos"] = json.dumps([list(one.image) for one in document.photos])
    if seal is not None:
        given["seal"] = json.dumps({"png": list(seal.image), "width": seal.millimetres})
    return _with_codes(given, document, lacking(given["data"]))


def _with_codes(given: dict[str, str], document: Document, signs: Iterable[str]) -> dict[str, str]:
    """The same with codes for the signs; the title that programs read keeps them."""
    data = coded(given["data"], signs)
    if data == given["data"]:
        return given
    codes = [*json.loads(given.get("codes", "[]")), *(f"U+{ord(sign):04X}" for sign in signs)]
    return given | {"data": data, "codes": json.dumps(codes), "title": document.title}
