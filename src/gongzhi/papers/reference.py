"""`docs/reference/papers.md`: every paper with its fields, generated from the classes."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from .contents import CONTENTS
from .documents import Piece

HEAD = """\
# Papers

Generated from `gongzhi.papers.contents` by `gongzhi.papers.reference`; do not edit.

A paper is a typed class of `papers/contents/`. Its `form()` puts the facts into words and gives one of four forms:
`Letter`, `Record`, `Poster`, `Cover` (`papers/documents.py`), each with one template in `papers/typst/`.

| call | gives |
| --- | --- |
| `render.render(content.form(), at=…, seal=None)` | the PDF/A-2b; a sign that no font has stands as its code |
| `render.render_pages(form, at=…, dots_per_inch=96)` | its pages as PNG, for a look before it is issued |
| `signs.lacking(text)`, `lacking_in_words(texts)` | the signs no font has; the sentence for who typed them |
| `editable.editable(form, at=…)` | the editable copy, a docx with the same words and tables |
| `seals.seal_of(organisation)` | the seal to lay over name and date; `None` in a demonstration or rehearsal |
| `qr.qr_svg(address)` | a QR code, level M; a `Poster` or an authority's `Letter` with an `address` has it already |
| `wording.words_of(letter)` | what it says, a line each: what is sealed in the log and compared with a copy |
| `bundle.write_bundle(out, case=…, pieces=…, timeline=…, at=…)` | a whole case as ZIP, see below |

A bundle holds the pieces in their order, `manifest.json`, `SHA256SUMS`, the timeline as PDF and `verify.py`, which
needs Python's standard library and nothing else. `write_bundle` answers the SHA-256 of the manifest. A piece that the
inventory (卷内目录) of its case lists says its `place` there. The closing note (备考表) prints one digest of these
pieces, and `verify.py` works out the same one, so that paper and file prove each other. The inventory lists what was
brought, what was issued, and every final paper the platform made of the case, a poster once, in A4; its own four
papers stand beside it.

A letter with an `issuer` is an authority's and is measured by GB/T 9704-2012 (`papers/tests/test_letter_measures.py`);
number, signature and date are put in at 签发. A letter without one is a party's. No field knows a period, a majority or
an article: what the law says is asked by who fills the paper, and comes in as text.

Some are made where their facts are told together: `vote_result` and `minutes` at the recorded result of a joint
decision (`joint_decision.record`), and `site_record` of a handover from the first list that is closed, a preview
until the confirmation is signed. `interim_decision`, `entry_confirmation` and `departure_confirmation` stand beside
the form of their step as a preview, with room for what is still to be said, to be taken along and filled in by hand.
Cover, inventory and closing note of a case are a preview while it runs, and after its end while something is still
waited for. A notice whose step words it (`notices.papers.Wording`) is offered with the text the case knows; each line
`name：value` of the posted text that tells such a fact stands in the frame of the poster. The poster is the only paper
under the number of a notice: what hangs, what is sealed and what is filed are one text.

Text is printed as it is; control signs and direction overrides are dropped. In the place of a sign that no font has
stands its code, 〔U+2A6A5〕, and the foot of the page asks for it to be written in by hand; what was said, its digest,
the title of the file and the editable copy keep the sign ([why](../decisions/0009-rare-signs.md)). A field without a
mark under *needed* may be left out. Lists may have any length: tables repeat their heading on every page.
"""


def page() -> str:
    """The whole page."""
    pieces: dict[str, type[Piece]] = {}
    papers = [line for code, kind in CONTENTS.items() for line in _paper(code, kind, pieces)]
    parts = [line for name in sorted(pieces) for line in (f"### {name}\n", *_fields(pieces[name], {}))]
    return "\n".join([HEAD, *papers, "## Parts\n", *parts]).rstrip("\n") + "\n"


def _paper(code: str, kind: type[Any], pieces: dict[str, type[Piece]]) -> Iterator[str]:
    yield f"## `{code}` {kind.kind.label}\n"
    yield f"`{kind.__name__}`. {' '.join((kind.__doc__ or '').split())}\n"
    yield from _fields(kind, pieces)


def _fields(kind: type[Piece], pieces: dict[str, type[Piece]]) -> Iterator[str]:
    yield "| field | 名称 | type | needed |"
    yield "| --- | --- | --- | --- |"
    for name, field in kind.model_fields.items():
        needed = "yes" if field.is_required() else ""
        yield f"| `{name}` | {field.title or ''} | {_type(name, field, pieces)} | {needed} |"
    yield ""


def _type(name: str, field: FieldInfo, pieces: dict[str, type[Piece]]) -> str:
    told = _words(field.annotation, pieces)
    return "cents" if name.endswith("cents") else told


_PLAIN = {str: "text", int: "number", bool: "yes or no", date: "day", datetime: "instant", bytes: "JPEG"}


def _words(kind: Any, pieces: dict[str, type[Piece]]) -> str:
    """A type in the words of the page; classes of parts are gathered on the way."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _words(inside[0], pieces)
    if origin in (Union, UnionType):
        return " or ".join(_words(one, pieces) for one in inside if one is not NoneType)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inside)
    if origin is tuple:
        return _listed(inside, pieces)
    if isinstance(kind, type) and issubclass(kind, Piece):
        _gather(kind, pieces)
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return _PLAIN[kind]


def _listed(inside: Iterable[Any], pieces: dict[str, type[Piece]]) -> str:
    first, *rest = inside
    count = "list of" if rest == [Ellipsis] else f"{1 + len(rest)} ×"
    return f"{count} {_words(first, pieces)}"


def _gather(kind: type[Piece], pieces: dict[str, type[Piece]]) -> None:
    if kind.__name__ not in pieces:
        pieces[kind.__name__] = kind
        for field in kind.model_fields.values():
            _words(field.annotation, pieces)
