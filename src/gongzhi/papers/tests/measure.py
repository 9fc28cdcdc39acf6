"""A ruler for set documents: where each glyph's ink stands and how large it is, in millimetres from the top left."""

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Glyph:
    """One sign: its ink, where its line stands, its size in points."""

    sign: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    origin: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line or frame, its middle at `y`, `weight` thick; colour as red, green, blue."""

    left: float
    right: float
    top: float
    bottom: float
    weight: float
    colour: tuple[int, int, int]

    @property
    def y(self) -> float:
        """The middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a viewer reads it: text in reading order, ink, pictures as left, top, right, bottom."""

    width: float
    height: float
    text: str
    glyphs: tuple[Glyph, ...]
    strokes: tuple[Stroke, ...]
    pictures: tuple[tuple[float, float, float, float], ...]

    def find(self, words: str) -> tuple[Glyph, ...]:
        """The glyphs of the first place where the words stand."""
        at = "".join(glyph.sign for glyph in self.glyphs).index(words)
        return self.glyphs[at : at + len(words)]


def pages(content: bytes) -> list[Page]:
    """All pages."""
    with pdfium.PdfDocument(content) as document:
        return [_page(document[n]) for n in range(len(document))]


def first(content: bytes) -> Page:
    """The first page."""
    return pages(content)[0]


def _page(page: pdfium.PdfPage) -> Page:
    width, height = (side / MILLIMETRE for side in page.get_size())
    text = page.get_textpage()
    glyphs = (_glyph(text, n, height) for n in range(text.count_chars()))
    read = Page(
        width,
        height,
        str(text.get_text_range()),
        tuple(glyph for glyph in glyphs if glyph.sign.strip()),
        tuple(_stroke(one, height) for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])),
        tuple(_box(one, height) for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])),
    )
    text.close()
    page.close()
    return read


def _box(one: pdfium.PdfObject, height: float) -> tuple[float, float, float, float]:
    left, bottom, right, top = (side / MILLIMETRE for side in one.get_bounds())
    return left, height - top, right, height - bottom


def _glyph(text: pdfium.PdfTextPage, n: int, height: float) -> Glyph:
    left, bottom, right, top = (side / MILLIMETRE for side in text.get_charbox(n))
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, n, x, y)
    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text, n, name, 200, ctypes.c_int())
    return Glyph(
        sign=chr(raw.FPDFText_GetUnicode(text, n)),
        left=left,
        top=height - top,
        right=right,
        bottom=height - bottom,
        baseline=height - y.value / MILLIMETRE,
        origin=x.value / MILLIMETRE,
        size=raw.FPDFText_GetFontSize(text, n),
        font=name.value.decode(),
    )


def _stroke(path: pdfium.PdfObject, height: float) -> Stroke:
    left, top, right, bottom = _box(path, height)
    weight = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(path, weight)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetStrokeColor(path, red, green, blue, alpha)
    colour = (red.value, green.value, blue.value)
    return Stroke(left, right, top, bottom, weight.value / MILLIMETRE, colour)
