"""Documents: the same bytes for the same data, nothing interpreted, no missing character."""

import io
from datetime import datetime

import pikepdf
import pytest
from PIL import Image
from pydantic import ValidationError

from gongzhi.papers.documents import DOCUMENTS, CaseCover, Document, HandoverList, Letter, Notice, Sheet
from gongzhi.papers.fonts import families
from gongzhi.papers.inspection import inspect
from gongzhi.papers.render import TEMPLATES, render, render_pages, render_pdf
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
TABLE = {
    "columns": [{"title": "序号", "width": 0, "align": "center"}, {"title": "应摊（元）", "align": "right"}],
    "rows": [[str(n), "1,234.50"] for n in range(1, 61)],
    "total": ["合计", "74,070.00"],
}
LINES = [{"label": "小区", "value": "某某小区"}]
SIGNATURES = [{"role": "移交方", "name": "甲公司"}, {"role": "接收方"}]
DATA = {
    "letter": {
        "title": "关于提前退出的通知",
        "issuer": "某某街道办事处文件",
        "number": "某街办〔2026〕7号",
        "recipient": "甲公司",
        "paragraphs": ["有关事项通知如下：", "一、继续履行合同。"],
        "table": TABLE,
        "attachments": ["费用分摊表", "资料移交清单"],
        "signers": ["某某街道办事处"],
        "date": "2026年3月2日",
        "remark": "此件主动公开",
        "copies": "某某社区居民委员会",
    },
    "notice": {
        "title": "关于费用分摊的公示",
        "poster": "某某小区业主委员会",
        "basis": "《某某办法》第一条",
        "paragraphs": ["按户分摊如下。"],
        "table": TABLE,
        "period": "自2026年3月2日起至2026年3月8日24:00止",
        "places": ["南门", "一单元"],
        "objections": [{"label": "地点", "value": "社区服务站"}],
        "supervision": "0000-0000000",
    },
    "handover_list": {"title": "资料移交清单", "lines": LINES, "table": TABLE, "signatures": SIGNATURES},
    "sheet": {
        "title": "分摊表",
        "lines": LINES,
        "table": TABLE,
        "working": ["甲÷乙"],
        "signatures": SIGNATURES,
    },
    "case_cover": {"title": "退出案卷", "number": "2026-1", "lines": LINES, "contents": TABLE},
}


def letter(*paragraphs: str) -> Letter:
    return Letter(title="说明", paragraphs=paragraphs)


def text_of(content: bytes) -> str:
    """The maps from a PDF's glyphs to characters, which PDF/A demands."""
    with pikepdf.open(io.BytesIO(content)) as document:
        streams = [
            o.read_bytes() for o in document.objects if isinstance(o, pikepdf.Stream) and "/Filter" in o
        ]
    return b"".join(s for s in streams if b"begincmap" in s).decode()


@pytest.mark.parametrize("template", sorted(DATA))
def test_every_template_is_set_the_same_way_twice(template: str) -> None:
    first = render_pdf(template, DATA[template], at=AT)
    assert first == render_pdf(template, DATA[template], at=AT)
    assert first != render_pdf(template, DATA[template], at=AT.replace(hour=10))
    assert inspect(first, "a.pdf").media_type == "application/pdf"
    with pikepdf.open(io.BytesIO(first)) as document:
        meta = document.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        assert str(document.docinfo["/Title"]) == DATA[template]["title"]
        fonts = {
            str(o.BaseFont)[8:]
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert {font.split("-")[0] for font in fonts} <= {"NotoSerifSC", "NotoSansSC"}


def test_every_template_on_the_shelf_has_its_document_and_the_other_way_round() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.typ")} - {"base"} == set(DOCUMENTS) == set(DATA)
    assert set(DOCUMENTS.values()) == {Letter, Notice, HandoverList, Sheet, CaseCover}


def test_a_page_is_a4() -> None:
    page = Image.open(io.BytesIO(render_pages(letter("正文"), at=AT, dots_per_inch=72)[0]))
    assert page.size == (595, 842)


def test_data_is_never_interpreted() -> None:
    plain = render(letter('#eval("1+1") $x^2$ *a* _b_ <c> @d = e \\ // f ` " \' [g]'), at=AT)
    content = text_of(plain)
    for sign in "#$*_<@=\\/`":
        assert f"<{ord(sign):04X}>" in content


@pytest.mark.parametrize("character", ["〔", "㎡", "㛃", "䶮", "垚", "\U0002c35b"])
def test_rare_characters_of_names_are_there(character: str) -> None:
    assert render(letter(f"业主王{character}"), at=AT)


def test_a_character_no_font_has_stops_the_document_with_a_sentence() -> None:
    with pytest.raises(NotPossible, match="字库里没有"):
        render(letter("业主王\U0002a6a5"), at=AT)


def test_what_a_template_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError):
        render_pdf("letter", {"title": "说明", "paragraphs": [], "colour": "red"}, at=AT)


def test_a_long_table_goes_on_with_its_heading_on_the_next_page() -> None:
    document: Document = Sheet.model_validate(DATA["sheet"])
    assert len(render_pages(document, at=AT, dots_per_inch=20)) == 3


def test_fonts_come_from_packages_only() -> None:
    assert families() == {
        "text": ["Noto Serif SC"],
        "title": ["Noto Serif SC"],
        "heading": ["Noto Sans SC", "Noto Serif SC"],
    }
