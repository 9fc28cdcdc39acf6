"""Documents: the same bytes for the same data, nothing interpreted, no missing character."""

import io
from datetime import datetime

import pikepdf
import pytest
from PIL import Image
from pydantic import ValidationError

from gongzhi.papers.documents import DOCUMENTS, Column, Letter, Record, Section, Table
from gongzhi.papers.inspection import inspect
from gongzhi.papers.render import render, render_pages, render_pdf
from gongzhi.papers.tests import sample_contents, sample_orders
from gongzhi.papers.tests.measure import first as first_page
from gongzhi.papers.tests.measure import pages
from gongzhi.papers.typesetting import TEMPLATES
from gongzhi.values.now import ZONE

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
SAMPLES = {**sample_contents.SAMPLES, **sample_orders.MORE}
TABLE = Table(
    columns=(Column(title="序号", width=0, align="center"), Column(title="应摊（元）", align="right")),
    rows=tuple((str(n), "1,234.50") for n in range(1, 61)),
    total=("合计", "74,070.00"),
)


def letter(*paragraphs: str) -> Letter:
    return Letter(title="说明", paragraphs=paragraphs)


def text_of(content: bytes) -> str:
    """The maps from a PDF's glyphs to characters, which PDF/A demands."""
    with pikepdf.open(io.BytesIO(content)) as document:
        streams = [
            o.read_bytes() for o in document.objects if isinstance(o, pikepdf.Stream) and "/Filter" in o
        ]
    return b"".join(s for s in streams if b"begincmap" in s).decode()


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_every_paper_is_set_the_same_way_twice(code: str) -> None:
    document = SAMPLES[code].form()
    first = render(document, at=AT)
    assert first == render(document, at=AT)
    assert first != render(document, at=AT.replace(hour=10))
    assert inspect(first, "a.pdf").media_type == "application/pdf"
    with pikepdf.open(io.BytesIO(first)) as opened:
        meta = opened.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        assert str(opened.docinfo["/Title"]) == document.title
        fonts = {
            str(o.BaseFont)[8:]
            for o in opened.objects
            if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert {font.split("-")[0] for font in fonts} <= {"NotoSerifSC", "NotoSansSC"}


def test_every_template_on_the_shelf_has_its_form_and_every_form_a_paper() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.typ")} - {"base"} == set(DOCUMENTS)
    assert {sample.form().template for sample in SAMPLES.values()} == set(DOCUMENTS)


def test_a_page_is_a4() -> None:
    page = Image.open(io.BytesIO(render_pages(letter("正文"), at=AT, dots_per_inch=72)[0]))
    assert page.size == (595, 842)


def test_data_is_never_interpreted() -> None:
    plain = render(letter('#eval("1+1") $x^2$ *a* _b_ <c> @d = e \\ // f ` " \' [g]'), at=AT)
    content = text_of(plain)
    for sign in "#$*_<@=\\/`":
        assert f"<{ord(sign):04X}>" in content


def test_what_a_template_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError):
        render_pdf("letter", {"title": "说明", "paragraphs": [], "colour": "red"}, at=AT)


def test_a_long_table_goes_on_with_its_heading_on_the_next_page_and_loses_no_row() -> None:
    read = pages(render(Record(title="表", sections=(Section(table=TABLE),)), at=AT))
    assert len(read) == 2
    assert all("应摊（元）" in page.text for page in read)
    numbers = [int(word) for page in read for word in page.text.split() if word.isdigit()]
    assert sorted(numbers) == sorted([*range(1, 61), 1, 2])
    assert "74,070.00" in read[-1].text


def test_chinese_text_comes_out_in_its_order_with_figures_and_without_added_spaces() -> None:
    said = "2026年3月2日24:00前，业主王㛃、李䶮、赵𬭊应付1,234.50元（见〔2026〕7号）。"
    page = first_page(render(letter(said), at=AT))
    assert said in page.text.replace("\r\n", "")


def test_what_cannot_be_seen_is_left_out() -> None:
    page = first_page(render(letter("甲\u202e乙\x00丙\u200b丁\t戊\n己"), at=AT))
    assert "甲乙丙丁 戊\r\n己" in page.text


def test_a_long_digest_stays_inside_the_page() -> None:
    page = first_page(render(letter("摘要" + "0a" * 60), at=AT))
    assert max(glyph.right for glyph in page.glyphs) <= 184.1
    assert "摘要" + "0a" * 60 in page.text.replace("\r\n", "")


def test_a_row_with_a_cell_too_few_is_no_table() -> None:
    with pytest.raises(ValidationError, match="格数应与列数相同"):
        Table(columns=TABLE.columns, rows=(("1", "2"), ("3",)))


def test_the_file_tells_the_instant_it_was_made_at() -> None:
    """09:30 in Beijing is 01:30 UTC: a clock that takes it for UTC would be eight hours late."""
    with pikepdf.open(io.BytesIO(render(letter("示例。"), at=AT))) as document:
        assert str(document.docinfo["/CreationDate"])[:17] in ("D:20260302013000Z", "D:20260302013000+")
        assert "2026-03-02T01:30:00" in str(document.open_metadata()["xmp:CreateDate"])
