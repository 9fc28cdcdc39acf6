"""The editable copy of a paper: a docx with the same words and tables, no macros, nothing that looks outside.

Built from the same typed data as the PDF, not from a template with fields: nothing in the data is ever a command.
What counts is the PDF that was issued; a copy carries no number of its own and no seal.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from django.conf import settings
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .documents import Cover, Day, Document, Letter, Line, Photo, Poster, Record, Section, Signature, Table

#: The fonts an office has; where it has not, its word processor takes another. GB/T 9704-2012 5.2.2, 7.3.1, 7.3.3.
_BODY, _TITLE, _HEAD = "仿宋", "方正小标宋简体", "黑体"
_RED, _PALE = RGBColor(0xD7, 0x00, 0x0F), RGBColor(0x9A, 0x9A, 0x9A)
#: What follows the mark of a rehearsal.
_WITHOUT_EFFECT = "（不是正式文书，没有法律效力）"
#: Days beside each other.
_DAYS_ACROSS = 7
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def editable(document: Document, *, at: datetime, mark: str = "") -> bytes:
    """The document as docx; the same bytes for the same data and instant.

    `mark` stands over every page, as behind those of the PDF: 预览, 历史文书. In a demonstration or a rehearsal 演练
    stands before it, or alone.
    """
    sheet = _Sheet(document, at, mark)
    _WRITERS[type(document)](sheet, document)
    return sheet.saved(at)


class _Sheet:
    """A docx that is being written, from the top down."""

    def __init__(self, document: Document, at: datetime, mark: str) -> None:
        self.docx = docx.Document()
        _describe(self.docx, document.title, at)
        style = self.docx.styles["Normal"]
        style.font.size = Pt(16 if isinstance(document, Letter) else 12)
        style.font.name = _BODY
        style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
        self._paper(document)
        if marks := [one for one in (settings.PAPER_MARK, mark) if one]:
            self._mark("·".join(marks) + (_WITHOUT_EFFECT if settings.PAPER_MARK else ""))

    def _paper(self, document: Document) -> None:
        """Size and margins. GB/T 9704-2012 5.1, 5.2.1."""
        section = self.docx.sections[0]
        wide = isinstance(document, Record) and document.landscape
        paper = (297, 420) if isinstance(document, Poster) and document.paper == "a3" else (210, 297)
        section.page_width, section.page_height = map(Mm, reversed(paper) if wide else paper)
        if wide:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)

    def _mark(self, mark: str) -> None:
        """Over every page, in its header: above the type area, whose measures stay as they are."""
        head = self.docx.sections[0].header.paragraphs[0]
        head.alignment = _ALIGN["center"]
        _run(head, mark, _HEAD, 22, False)
        for run in head.runs:
            run.font.color.rgb = _PALE

    def say(
        self,
        text: str,
        *,
        font: str = _BODY,
        size: float = 0,
        align: str = "",
        indent: bool = False,
        red: bool = False,
    ) -> None:
        """A paragraph for each of the text's lines."""
        for part in text.split("\n"):
            paragraph = self.docx.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            if indent:
                paragraph.paragraph_format.first_line_indent = Pt(32)
            if align:
                paragraph.alignment = _ALIGN[align]
            _run(paragraph, part, font, size, red)

    def title(self, text: str, size: float = 22) -> None:
        """Centred, with an empty line below."""
        self.say(text, font=_TITLE, size=size, align="center")

    def lines(self, lines: Iterable[Line]) -> None:
        """One paragraph each."""
        for line in lines:
            self.say(f"{line.label}：{line.value}")

    def sections(self, sections: Iterable[Section]) -> None:
        """Headings, paragraphs, tables."""
        for section in sections:
            if section.heading:
                self.say(section.heading, font=_HEAD)
            for text in section.paragraphs:
                self.say(text, indent=True)
            if section.table:
                self.table(section.table)

    def table(self, table: Table) -> None:
        """With frames; the heading returns on every page."""
        total = (table.total,) if table.total else ()
        whole = (tuple(column.title for column in table.columns), *table.rows, *total)
        under = dict(enumerate(table.notes, start=1))
        made = self.docx.add_table(rows=0, cols=len(table.columns), style="Table Grid")
        for n, texts in enumerate(whole):
            for text, cell, column in zip(texts, made.add_row().cells, table.columns, strict=True):
                cell.paragraphs[0].alignment = _ALIGN[column.align]
                _run(cell.paragraphs[0], text, _BODY if n else _HEAD, 10.5, False)
            if under.get(n):
                cells = made.add_row().cells
                _run(cells[1].merge(cells[-1]).paragraphs[0], under[n], _BODY, 10.5, False)
        _repeat(made.rows[0])
        self.say("")

    def days(self, days: Sequence[Day]) -> None:
        """Day by day as on the wall: which is not counted, which is the last."""
        if not days:
            return
        across = min(_DAYS_ACROSS, len(days))
        made = self.docx.add_table(rows=-(-len(days) // across), cols=across, style="Table Grid")
        for n, day in enumerate(days):
            cell = made.cell(*divmod(n, across))
            cell.paragraphs[0].alignment = _ALIGN["center"]
            _run(cell.paragraphs[0], day.day, _HEAD if day.last else _BODY, 10.5, False)
            under = cell.add_paragraph()
            under.alignment = _ALIGN["center"]
            _run(under, day.words, _HEAD if day.last else _BODY, 9, False)
        self.say("")

    def hands(self, signatures: Iterable[Signature]) -> None:
        """Room to sign."""
        for one in signatures:
            self.say(f"{one.role}（签章）：{one.name}" + (f"　{one.note}" if one.note else ""))
            hand = "签名：　　　　　　　　　　　年　　月　　日"
            self.say(f"签署时间：{one.signed_at}" if one.signed_at else hand)

    def photos(self, photos: Iterable[Photo]) -> None:
        """Each with its words, as wide as two stand beside each other."""
        for one in photos:
            self.docx.add_picture(io.BytesIO(one.image), width=Mm(75))
            self.say(one.caption, size=10.5)

    def rule(self, edge: str, colour: str = "000000") -> None:
        """A line above (`top`) or below (`bottom`) the last paragraph. GB/T 9704-2012 7.2.4, 7.4.1."""
        properties = self.docx.paragraphs[-1]._p.get_or_add_pPr()
        borders = properties.find(qn("w:pBdr"))
        if borders is None:
            borders = OxmlElement("w:pBdr")
            properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)

    def page_number(self) -> None:
        """— 1 — at the foot of every page. GB/T 9704-2012 7.5."""
        foot = self.docx.sections[0].footer.paragraphs[0]
        foot.alignment = _ALIGN["right"]
        _run(foot, "— ", _BODY, 14, False)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            _run(foot, "", _BODY, 14, False)
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            part.text = text or None
            foot.runs[-1]._r.append(part)
        _run(foot, " —", _BODY, 14, False)

    def page_break(self) -> None:
        """The next page."""
        self.docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def saved(self, at: datetime) -> bytes:
        """The file, packed in one order with one date."""
        written = io.BytesIO()
        self.docx.save(written)
        return _repacked(written.getvalue(), at)


def _describe(made: Any, title: str, at: datetime) -> None:
    """What the file says of itself: the title and the instant, no author, no program."""
    known = made.core_properties
    known.title, known.author, known.comments, known.keywords = title.replace("\n", "")[:255], "", "", ""
    known.created = known.modified = at.astimezone(UTC).replace(tzinfo=None)


def _run(paragraph: Any, text: str, font: str, size: float, red: bool) -> None:
    run = paragraph.add_run(text)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if size:
        run.font.size = Pt(size)
    if red:
        run.font.color.rgb = _RED


def _repeat(row: Any) -> None:
    """Mark a row as the heading that every page begins with."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _repacked(content: bytes, at: datetime) -> bytes:
    day = at.astimezone(UTC)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, day.hour, day.minute, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


def _letter(sheet: _Sheet, letter: Letter) -> None:
    """Mark, number, title, text, signature, copies, annexes."""
    if letter.issuer:
        sheet.say(letter.issuer, font=_TITLE, size=_on_one_line(letter.issuer), align="center", red=True)
        sheet.page_number()
    if letter.number or letter.issuer:
        sheet.say(letter.number, align="center")
    if letter.issuer:
        sheet.rule("bottom", "D7000F")
    sheet.title(letter.title)
    if letter.recipient:
        sheet.say(f"{letter.recipient}：")
    for text in letter.paragraphs:
        sheet.say(text, indent=True)
    if letter.table:
        sheet.table(letter.table)
    for text in letter.closing:
        sheet.say(text, indent=True)
    _attachments(sheet, (*(it.heading for it in letter.annexes), *letter.attachments))
    sheet.hands(letter.signatures)
    for text in filter(None, (*letter.signers, letter.date)):
        sheet.say(text, align="right")
    _imprint(sheet, letter)
    for annex in letter.annexes:
        sheet.page_break()
        sheet.sections((annex,))


def _on_one_line(mark: str) -> float:
    """The size in pt at which an authority's mark stands on one line: 36, or less where it is long."""
    return min(36.0, float(156 / 25.4 * 72 // len(mark)))


def _attachments(sheet: _Sheet, names: tuple[str, ...]) -> None:
    for n, name in enumerate(names, start=1):
        numbered = f"{n}. {name}" if len(names) > 1 else name
        sheet.say(f"附件：{numbered}" if n == 1 else f"　　　{numbered}", indent=True)


def _imprint(sheet: _Sheet, letter: Letter) -> None:
    if letter.remark:
        sheet.say(f"（{letter.remark}）", indent=True)
    told = [f"抄送：{letter.copies}。"] if letter.copies else []
    if letter.printer:
        told.append(f"{letter.printer}　　{letter.printed_on}印发")
    for n, text in enumerate(told):
        sheet.say(text, size=14)
        if letter.issuer and not n:
            sheet.rule("top")
        if letter.issuer:
            sheet.rule("bottom")


def _record(sheet: _Sheet, record: Record) -> None:
    """Title, lines, sections, hands, photographs."""
    sheet.title(record.title)
    if record.number:
        sheet.say(record.number, align="center")
    sheet.lines(record.lines)
    sheet.sections(record.sections)
    sheet.hands(record.signatures)
    if record.date:
        sheet.say(record.date, align="right")
    if record.signed_each_page:
        foot = sheet.docx.sections[0].footer.paragraphs[0]
        _run(foot, "　　　　".join(f"{role}：" for role in record.signed_each_page), _BODY, 10.5, False)
    if record.photos:
        sheet.page_break()
        sheet.photos(record.photos)


def _poster(sheet: _Sheet, poster: Poster) -> None:
    """The wording, its days, and the telephone to check it by.

    The code is on the printed notice alone: it answers for registered words, and these may be changed.
    """
    sheet.title(poster.title)
    sheet.say(f"公示编号：{poster.number}", align="center")
    if poster.recipient:
        sheet.say(f"{poster.recipient}：")
    for text in poster.paragraphs:
        sheet.say(text, indent=True)
    sheet.lines(poster.facts)
    if poster.table:
        sheet.table(poster.table)
    if poster.basis:
        sheet.say(f"依据：{poster.basis}")
    sheet.say(f"公示期：{poster.period}")
    sheet.days(poster.days)
    sheet.say(poster.objection_words)
    sheet.lines(poster.objections)
    sheet.say(f"监督电话：{poster.supervision}")
    sheet.say(f"张贴处：{'、'.join(poster.places)}")
    for text in (poster.poster, poster.date):
        sheet.say(text, align="right")
    if poster.check_words:
        sheet.say("核对真假", font=_HEAD)
        sheet.say(poster.check_words[-1])
    sheet.say(poster.warning, font=_HEAD)
    sheet.sections(poster.annexes)


def _cover(sheet: _Sheet, cover: Cover) -> None:
    """Title, lines, who."""
    sheet.title(cover.title, 30)
    for text in filter(None, (cover.subtitle, cover.number)):
        sheet.say(text, align="center")
    sheet.lines(cover.lines)
    for text in filter(None, (*cover.remarks, *cover.signers, cover.date)):
        sheet.say(text, align="center")


_WRITERS: dict[type[Document], Callable[[_Sheet, Any], None]] = {
    Letter: _letter,
    Record: _record,
    Poster: _poster,
    Cover: _cover,
}
