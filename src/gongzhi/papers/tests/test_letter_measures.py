"""An authority's letter, measured with a ruler. GB/T 9704-2012; half a millimetre is allowed."""

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
import segno

from gongzhi.papers.documents import Column, Letter, Section, Table
from gongzhi.papers.render import render
from gongzhi.papers.tests.measure import Glyph, Page, pages
from gongzhi.values.now import ZONE

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
#: 5.1, 5.2.1: A4, 37 above, 28 left, a type area of 156 × 225.
TOP, LEFT, RIGHT, FOOT = 37.0, 28.0, 184.0, 262.0
LINE = 225 / 22
ONE = 156 / 28
SIZE_3 = 16 / 72 * 25.4
BODY = ("甲" * 26 + "乙" * 28 + "丙" * 28 + "丁" * 5, "戊" * 26 + "己" * 28 * 48)
LETTER = Letter(
    title="关于限期移交的通知",
    issuer="示例区示例街道办事处",
    number="示街办〔2026〕17号",
    recipient="某某公司",
    paragraphs=BODY,
    attachments=("费用分摊表", "资料移交清单"),
    signers=("示例区示例街道办事处",),
    date="2026年3月2日",
    remark="此件主动公开",
    copies="某某单位，某某社区居民委员会",
    printer="示例街道办事处办公室",
    printed_on="2026年3月2日",
)


def near(wanted: float) -> object:
    """Within half a millimetre."""
    return pytest.approx(wanted, abs=0.5)


@pytest.fixture(scope="module")
def read() -> list[Page]:
    return pages(render(LETTER, at=AT))


def top(page: Page, words: str) -> float:
    return min(glyph.top for glyph in page.find(words))


def bottom(page: Page, words: str) -> float:
    return max(glyph.bottom for glyph in page.find(words))


def test_the_paper_is_a4(read: list[Page]) -> None:
    assert (read[0].width, read[0].height) == (near(210), near(297))


def test_text_stands_in_the_type_area(read: list[Page]) -> None:
    for page in read:
        inside = [glyph for glyph in page.glyphs if glyph.top < FOOT + 1]
        assert min(glyph.left for glyph in inside) >= LEFT - 0.1
        assert max(glyph.right for glyph in inside) <= RIGHT + 0.1
        assert min(glyph.top for glyph in inside) >= TOP - 0.1
        assert max(glyph.bottom for glyph in inside) <= FOOT + 0.1
    assert read[1].glyphs[0].origin == near(LEFT)


def test_the_body_is_size_three_and_the_title_size_two(read: list[Page]) -> None:
    assert {glyph.size for glyph in read[0].find("甲甲甲")} == {16}
    assert {glyph.size for glyph in read[0].find("关于限期移交的通知")} == {22}
    assert {glyph.size for glyph in read[0].find("示街办〔2026〕17号")} == {16}
    assert {glyph.size for glyph in read[0].find("—1—")} == {14}


def test_a_full_page_has_22_lines_of_28_characters(read: list[Page]) -> None:
    baselines = sorted({round(glyph.baseline, 2) for glyph in read[1].glyphs if glyph.sign == "己"})
    assert len(baselines) == 22
    steps = [b - a for a, b in pairwise(baselines)]
    assert steps == [near(LINE)] * 21
    assert baselines[-1] - baselines[0] == near(21 * LINE)
    first = [glyph for glyph in read[1].glyphs if round(glyph.baseline, 2) == baselines[0]]
    assert len(first) == 28
    assert [glyph.origin for glyph in first] == [near(LEFT + n * ONE) for n in range(28)]


def test_a_paragraph_begins_two_characters_in(read: list[Page]) -> None:
    assert read[0].find("甲")[0].origin == near(LEFT + 2 * ONE)
    assert len([g for g in read[0].glyphs if g.sign == "甲"]) == 26
    assert len({round(g.baseline, 1) for g in read[0].glyphs if g.sign == "甲"}) == 1


def test_the_mark_stands_35_mm_below_the_top_red_and_centred(read: list[Page]) -> None:
    mark = read[0].find("示例区示例街道办事处")
    assert min(glyph.top for glyph in mark) == near(TOP + 35)
    assert (mark[0].left + mark[-1].right) / 2 == near((LEFT + RIGHT) / 2)


def test_the_number_stands_two_lines_below_the_mark_and_the_red_line_four_mm_below_it(
    read: list[Page],
) -> None:
    page = read[0]
    number = page.find("示街办〔2026〕17号")
    assert top(page, "示街办〔2026〕17号") - bottom(page, "示例区示例街道办事处") == near(2 * LINE)
    assert (number[0].left + number[-1].right) / 2 == near((LEFT + RIGHT) / 2)
    (rule,) = page.strokes
    assert rule.colour == (0xD7, 0, 0x0F)
    assert rule.y - bottom(page, "示街办〔2026〕17号") == near(4)
    assert (rule.left, rule.right) == (near(LEFT), near(RIGHT))


def test_the_title_stands_two_lines_below_the_red_line_and_is_centred(read: list[Page]) -> None:
    page = read[0]
    title = page.find("关于限期移交的通知")
    assert top(page, "关于限期移交的通知") - page.strokes[0].y == near(2 * LINE)
    assert (title[0].left + title[-1].right) / 2 == near((LEFT + RIGHT) / 2)


def test_the_addressee_stands_one_line_below_the_title_and_flush_left(read: list[Page]) -> None:
    page = read[0]
    assert page.find("某某公司：")[0].origin == near(LEFT)
    below_title = page.find("某某公司")[0].baseline - page.find("关于")[0].baseline
    assert below_title == near(2 * LINE + (22 - 16) * 0.2 / 72 * 25.4)
    assert page.find("甲")[0].baseline - page.find("某某公司")[0].baseline == near(LINE)


def test_the_page_number_stands_seven_mm_below_odd_right_even_left(read: list[Page]) -> None:
    for n, page in enumerate(read, start=1):
        number = page.find(f"—{n}—")
        assert (number[0].top + number[0].bottom) / 2 == near(FOOT + 7)
        size_4 = 14 / 72 * 25.4
        if n % 2:
            assert number[-1].right == near(RIGHT - size_4)
        else:
            assert number[0].left == near(LEFT + size_4)


def test_attachments_stand_one_line_below_the_text_two_characters_in(read: list[Page]) -> None:
    page = read[-1]
    last = max(glyph.baseline for glyph in page.glyphs if glyph.sign == "己")
    named = page.find("附件：1.费用分摊表")
    assert named[0].origin == near(LEFT + 2 * SIZE_3)
    assert named[0].baseline - last == near(2 * LINE)
    second = page.find("2.资料移交清单")
    assert second[0].origin == near(named[3].origin)
    assert second[0].baseline - named[0].baseline == near(LINE)


def test_the_date_stands_four_characters_in_with_the_name_centred_over_it(read: list[Page]) -> None:
    page = read[-1]
    name, date = page.find("示例区示例街道办事处"), page.find("2026年3月2日")
    assert date[-1].origin + SIZE_3 == near(RIGHT - 4 * SIZE_3)
    assert (name[0].left + name[-1].right) / 2 == near((date[0].left + date[-1].right) / 2)
    assert date[0].baseline - name[0].baseline == near(LINE)
    note = page.find("（此件主动公开）")
    assert note[0].origin == near(LEFT + 2 * ONE)
    assert note[0].baseline - date[0].baseline == near(LINE)


def test_the_imprint_ends_on_the_foot_of_the_type_area(read: list[Page]) -> None:
    page = read[-1]
    first, middle, last = sorted(page.strokes, key=lambda rule: rule.y)
    assert [rule.weight for rule in (first, middle, last)] == [
        pytest.approx(w, abs=0.01) for w in (0.35, 0.25, 0.35)
    ]
    assert last.y == near(FOOT)
    assert (first.left, first.right) == (near(LEFT), near(RIGHT))
    copies, printer = page.find("抄送：某某单位"), page.find("示例街道办事处办公室")
    size_4 = 14 / 72 * 25.4
    assert {glyph.size for glyph in (*copies, *printer)} == {14}
    assert copies[0].origin == near(LEFT + size_4)
    assert printer[0].origin == near(LEFT + size_4)
    printed = page.find("2026年3月2日印发")
    assert printed[-1].right == near(RIGHT - size_4)
    assert first.y < copies[0].top < middle.y < printer[0].top < last.y


def test_an_annex_begins_a_page_with_its_word_in_the_corner_and_its_title_on_line_three() -> None:
    table = Table(columns=(Column(title="项"),), rows=(("一",),))
    annexed = LETTER.model_copy(
        update={
            "paragraphs": ("正文。",),
            "attachments": (),
            "annexes": (Section(heading="分摊表", table=table),),
        }
    )
    page = pages(render(annexed, at=AT))[-1]
    word, title = page.find("附件")[0], page.find("分摊表")[0]
    assert (word.origin, word.top) == (near(LEFT), near(TOP))
    assert word.font.endswith("NotoSansSC-Regular")
    assert title.size == 22
    assert title.top == near(TOP + 2 * LINE)


def test_without_a_seal_the_date_begins_two_characters_in_from_the_name() -> None:
    party = Letter(
        title="说明", paragraphs=("正文。",), signers=("示例花园小区业主委员会",), date="2026年3月2日"
    )
    (page,) = pages(render(party, at=AT))
    name, date = page.find("示例花园小区业主委员会"), page.find("2026年3月2日")
    assert name[-1].right == near(RIGHT - 2 * SIZE_3)
    assert date[0].origin - name[0].origin == near(2 * SIZE_3)


def test_where_the_date_is_longer_than_the_name_the_date_stands_two_characters_in() -> None:
    party = Letter(title="说明", paragraphs=("正文。",), signers=("某甲",), date="2026年11月12日")
    (page,) = pages(render(party, at=AT))
    name, date = page.find("某甲"), page.find("2026年11月12日")
    assert date[-1].origin + SIZE_3 == near(RIGHT - 2 * SIZE_3)
    assert date[0].origin - name[0].origin == near(2 * SIZE_3)


@pytest.mark.parametrize("length", [4, 15, 30, 60])
def test_a_mark_of_any_length_is_one_line_inside_the_type_area(length: int) -> None:
    (page, *_) = pages(
        render(LETTER.model_copy(update={"issuer": "示" * length, "paragraphs": ("正文。",)}), at=AT)
    )
    mark = page.find("示" * length)
    assert len({round(glyph.baseline, 1) for glyph in mark}) == 1
    assert mark[0].left >= LEFT - 0.1
    assert mark[-1].right <= RIGHT + 0.1
    assert min(glyph.top for glyph in mark) == near(TOP + 35)


def test_a_signature_never_stands_alone_on_a_page() -> None:
    for lines in range(10, 26):
        paragraphs = tuple("某" * 20 + "。" for _ in range(lines))
        long = LETTER.model_copy(update={"paragraphs": paragraphs, "attachments": (), "printer": ""})
        signed = [page for page in pages(render(long, at=AT)) if "2026年3月2日" in page.text]
        assert "某某某某某某。" in signed[-1].text.replace("\r\n", "")


@pytest.mark.parametrize("length", [20, 150, 180, 200, 240, 280, 300, 400, 650, 900])
def test_the_first_page_shows_text_and_the_text_goes_with_the_signature_whole(length: int) -> None:
    said = ("经查，你公司于2026年1月5日收到“通知”（含附件），未移交。" * 30)[:length]
    read = pages(render(LETTER.model_copy(update={"paragraphs": (said,), "attachments": ()}), at=AT))
    whole = "".join(page.text.replace("\r\n", "") for page in read)
    assert "经查" in read[0].text
    assert said[-3:] in next(page for page in read if "此件主动公开" in page.text).text.replace("\r\n", "")
    assert "".join(said.split("—")) in re.sub(r"— \d —", "", whole)
    begun = {line[0] for page in read for line in page.text.split("\r\n") if line}
    assert not begun & set("，。、；：）”")


def test_a_long_title_is_broken_into_lines_of_about_one_length() -> None:
    title = "关于责令某某物业服务有限公司限期移交物业服务用房和全部档案资料的通知书"
    page = pages(render(LETTER.model_copy(update={"title": title}), at=AT))[0]
    glyphs = page.find(title)
    lines = Counter(round(glyph.baseline, 1) for glyph in glyphs)
    assert len(lines) == 2
    assert max(lines.values()) - min(lines.values()) <= 4


def test_levels_are_set_in_their_own_type() -> None:
    page = pages(
        render(LETTER.model_copy(update={"paragraphs": ("一、事实", "（一）经过", "经查，属实。")}), at=AT)
    )[0]
    assert page.find("一、事实")[0].font.endswith("NotoSansSC-Regular")
    assert page.find("经查")[0].font.endswith("NotoSerifSC-Regular")


# The code to check it by --------------------------------------------------------------------------------------------

ADDRESS = "https://gongzhi.example/v/01M7ZQ3K8W5T9R2XNPVCY4J6HB/?d=0123456789abcdef01234567"
CODED = LETTER.model_copy(
    update={
        "address": ADDRESS,
        "check_words": ("扫码核对这份文书，不用登录", "核验码 01M7Z Q3K8W 5T9R2 XNPVC Y4J6H B"),
    }
)


def inked(page: Page) -> list[Glyph]:
    """Its glyphs; a subset of a font has another name in each file."""
    return [replace(glyph, font="") for glyph in page.glyphs]


def test_the_code_stands_below_the_type_area_of_the_first_page_and_moves_nothing(read: list[Page]) -> None:
    """GB/T 9704-2012 knows no code: it stands outside the type area, opposite the page number of 7.5."""
    coded = pages(render(CODED, at=AT))
    words = {*"扫码核对这份文书，不用登录核验码01M7ZQ3K8W5T9R2XNPVCY4J6HB"}
    first = [one for one in inked(coded[0]) if not (one.size == 9 and one.sign in words)]
    assert first == inked(read[0])
    assert [inked(page) for page in coded[1:]] == [inked(page) for page in read[1:]]
    told = coded[0].find("扫码核对这份文书")
    assert min(glyph.top for glyph in told) > FOOT + 6
    assert told[0].left == near(LEFT + 20 + 2)
    assert coded[0].find("—1—")[0].left > max(glyph.right for glyph in told) + 50


def test_a_camera_reads_the_address_from_the_code() -> None:
    with pdfium.PdfDocument(render(CODED, at=AT)) as document:
        picture = document[0].render(scale=6).to_pil().convert("L")
    millimetre = 6 * 72 / 25.4
    corners = (LEFT - 1, FOOT + 5, LEFT + 21, FOOT + 27)
    area = picture.crop(tuple(int(side * millimetre) for side in corners))
    box = area.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    symbol, code = area.crop(box), segno.make_qr(ADDRESS, error="m", boost_error=False)
    count = len(code.matrix)
    step = symbol.width / count
    assert step / millimetre > 0.33
    seen = [
        [symbol.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) < 128 for x in range(count)]
        for y in range(count)
    ]
    assert seen == [[bool(module) for module in row] for row in code.matrix]
    assert (area.height - box[3]) / millimetre > 1
