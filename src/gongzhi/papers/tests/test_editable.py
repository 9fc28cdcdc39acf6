"""Editable copies: the same words and tables as the PDF, no macros, the same bytes twice."""

import io
import zipfile
from datetime import datetime

import docx
import pytest

from gongzhi.papers.documents import Cover, Document, Letter, Poster, Record, Table
from gongzhi.papers.editable import editable
from gongzhi.papers.inspection import inspect
from gongzhi.papers.media import MediaType
from gongzhi.papers.tests import sample_contents, sample_orders
from gongzhi.values.now import ZONE

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
SAMPLES = {**sample_contents.SAMPLES, **sample_orders.MORE}


def words(content: bytes) -> str:
    """Every paragraph and cell."""
    opened = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def texts(document: Document) -> list[str]:
    """What a reader must find in the copy."""
    if isinstance(document, Letter):
        parts = [
            document.title,
            document.recipient,
            *document.paragraphs,
            *document.closing,
            *document.signers,
        ]
    elif isinstance(document, Record):
        said = [text for section in document.sections for text in (section.heading, *section.paragraphs)]
        parts = [document.title, *(line.value for line in document.lines), *said]
    elif isinstance(document, Poster):
        parts = [document.title, document.period, document.basis, *document.paragraphs, document.supervision]
        parts += [line.value for line in document.objections] + [document.check_words[-1]]
    else:
        assert isinstance(document, Cover)
        parts = [document.title, document.subtitle, *(line.value for line in document.lines)]
    return [line for part in parts for line in part.split("\n")]


def tables(document: Document) -> list[Table]:
    """The tables of a document, in their order."""
    if isinstance(document, Letter):
        found = [document.table, *(it.table for it in document.annexes)]
    elif isinstance(document, Record):
        found = [it.table for it in document.sections]
    elif isinstance(document, Poster):
        found = [document.table, *(it.table for it in document.annexes)]
    else:
        found = []
    return [table for table in found if table is not None]


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_the_copy_says_what_the_paper_says(code: str) -> None:
    form = SAMPLES[code].form()
    content = editable(form, at=AT)
    found = words(content)
    assert [text for text in texts(form) if text not in found] == []
    opened = docx.Document(io.BytesIO(content))
    copied = [[[cell.text for cell in row.cells] for row in table.rows] for table in opened.tables]
    if isinstance(form, Poster) and form.days:
        told = [text for row in copied.pop(1 if form.table else 0) for text in row if text]
        assert told == [f"{day.day}\n{day.words}" for day in form.days]
    assert copied == [
        [
            [column.title for column in table.columns],
            *map(list, table.rows),
            *([list(table.total)] if table.total else []),
        ]
        for table in tables(form)
    ]


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_the_copy_would_be_taken_in_again_and_is_the_same_twice(code: str) -> None:
    form = SAMPLES[code].form()
    content = editable(form, at=AT)
    assert content == editable(form, at=AT)
    assert inspect(content, "a.docx").media_type == MediaType.DOCX
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower() or "macro" in name.lower()]


def test_the_copy_tells_of_no_author_and_of_the_given_instant() -> None:
    opened = docx.Document(io.BytesIO(editable(Letter(title="说明", paragraphs=("正文。",)), at=AT)))
    known = opened.core_properties
    assert (known.title, known.author, known.last_modified_by or "") == ("说明", "", "")
    assert known.created is not None
    assert known.created.replace(tzinfo=None) == datetime(2026, 3, 2, 1, 30)  # noqa: DTZ001


def test_nothing_in_the_data_is_a_field_or_a_link() -> None:
    said = '{{ 7*7 }} {% for %} <w:fldSimple w:instr="DDE"/> &lt; http://outside.example'
    content = editable(Letter(title="说明", paragraphs=(said,)), at=AT)
    assert said in words(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<w:fldSimple" not in package.read("word/document.xml")
        assert b"External" not in package.read("word/_rels/document.xml.rels")


def test_the_paper_has_the_margins_of_an_official_letter() -> None:
    opened = docx.Document(io.BytesIO(editable(SAMPLES["timed_order"].form(), at=AT)))
    section = opened.sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(side.mm) for side in measures if side is not None] == [210, 297, 37, 28]


def test_a_list_lies_on_its_side_and_its_heading_returns() -> None:
    content = editable(SAMPLES["asset_list"].form(), at=AT)
    opened = docx.Document(io.BytesIO(content))
    width, height = opened.sections[0].page_width, opened.sections[0].page_height
    assert width is not None
    assert height is not None
    assert width > height
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.read("word/document.xml").count(b"<w:tblHeader") == 1


def test_an_authoritys_letter_has_its_page_number_its_lines_and_its_mark_on_one_line() -> None:
    letter = next(
        one
        for one in (sample.form() for sample in SAMPLES.values())
        if isinstance(one, Letter) and one.issuer
    )
    assert isinstance(letter, Letter)
    long = letter.model_copy(update={"issuer": "示例县住房和城乡建设管理局", "copies": "示例单位"})
    copy = editable(long, at=AT)
    opened = docx.Document(io.BytesIO(copy))
    mark = opened.paragraphs[0].runs[0]
    assert mark.font.size is not None
    assert mark.font.size.mm * len(mark.text) <= 156
    assert "PAGE" in opened.sections[0].footer.paragraphs[0]._p.xml
    lined = [one.text for one in opened.paragraphs if "w:pBdr" in one._p.xml]
    assert lined[0] == long.number
    assert lined[1].startswith("抄送：")
    assert inspect(copy, "a.docx").media_type == MediaType.DOCX


def test_a_poster_warns_in_its_copy_too() -> None:
    poster = SAMPLES["public_notice"].form()
    assert "请勿撕毁、涂改、遮盖" in words(editable(poster, at=AT))
