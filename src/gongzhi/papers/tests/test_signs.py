"""Rare signs of names: which fonts have them, what stands for one that none has, how a site adds a font."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pylopdf_fonts_zh_cn
import pytest
from PIL import ImageFont

from gongzhi.papers import signs, typesetting
from gongzhi.papers.documents import Column, Letter, Record, Section, Table
from gongzhi.papers.editable import editable
from gongzhi.papers.fonts import families, fonts_in_words, lighter
from gongzhi.papers.inspection import inspect
from gongzhi.papers.render import render, render_pages
from gongzhi.papers.signs import lacking, lacking_in_words
from gongzhi.papers.tests.font_files import font_file
from gongzhi.papers.tests.measure import pages
from gongzhi.papers.tests.test_rendering import AT, SAMPLES, letter
from gongzhi.papers.wording import words_of

#: In Unicode, and in no packaged font: the last of extension B, and a private one that fonts for formulas have.
RARE, PRIVATE = "\U0002a6a5", "\ue000"
NOTE = "本页U+2A6A5处的字，字库里没有，请按编码查明后用笔填写。"
LAST = ["Noto Sans SC", "Noto Serif TC", "Noto Serif JP", "Noto Sans TC", "Noto Sans JP"]


def texts(content: bytes) -> list[str]:
    """Of each page, without spaces and lines."""
    return ["".join(page.text.split()) for page in pages(content)]


@pytest.fixture
def own(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A site's folder of fonts; what was read of the packaged ones is forgotten before and after."""
    settings.FONTS_ROOT = str(tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    families.cache_clear()
    typesetting._compiler.cache_clear()
    signs._ASKED.clear()


# Fonts --------------------------------------------------------------------------------------------------------------


def test_fonts_come_from_packages_only() -> None:
    serif = ["Noto Serif SC", *LAST]
    heading = ["Noto Sans SC", "Noto Serif SC", *LAST[1:]]
    assert families() == {"text": serif, "title": serif, "heading": heading, "kai": serif, "song": serif}
    assert lighter() == ["title", "heading"]


@pytest.mark.parametrize("sign", ["〔", "㎡", "㛃", "䶮", "垚", "\U0002c35b", "𠮷", "𥖁", "𣘺"])
def test_rare_characters_of_names_are_there(sign: str) -> None:
    assert lacking(sign) == ()
    assert f"业主王{sign}签收" in texts(render(letter(f"业主王{sign}签收"), at=AT))[0]


def test_what_is_never_asked_is_there() -> None:
    face = ImageFont.truetype(str(pylopdf_fonts_zh_cn.serif_path()), 8, layout_engine=ImageFont.Layout.BASIC)
    none = bytes(face.getmask("\U0010ffff"))
    assert [chr(n) for n in range(0x4E00, 0xA000) if bytes(face.getmask(chr(n))) == none] == []


def test_the_typesetter_says_which_signs_no_font_has_in_their_order() -> None:
    assert lacking(f"甲\U0002a6a6乙{RARE}丙𠮷∑{PRIVATE}{RARE}") == ("\U0002a6a6", RARE, PRIVATE)
    assert lacking("") == ()


def test_who_typed_them_is_told_their_codes() -> None:
    assert lacking_in_words(["王𠮷"]) == ""
    told = "“\U0002a6a5”字（U+2A6A5）、“\U0002a6a6”字（U+2A6A6）字库里没有，文书上以编码代替，请手工填写。"
    assert lacking_in_words([f"王{RARE}", "李\U0002a6a6", RARE]) == told


# Papers -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_every_form_prints_the_code_and_asks_for_the_sign_at_the_foot_of_its_page(code: str) -> None:
    plain = SAMPLES[code].form()
    rare = plain.model_copy(update={"title": f"说明{RARE}"})
    content = render(rare, at=AT)
    assert content == render(rare, at=AT)
    assert inspect(content, "a.pdf").media_type == "application/pdf"
    with pikepdf.open(io.BytesIO(content)) as opened:
        meta = opened.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        assert str(opened.docinfo["/Title"]) == f"说明{RARE}"
    first, *others = texts(content)
    assert "说明〔U+2A6A5〕" in first
    assert [NOTE in text for text in (first, *others)] == [True, *(False for _ in others)]
    assert "处的字，字库里没有" not in "".join(texts(render(plain, at=AT)))


@pytest.mark.parametrize(
    "code", ["timed_order", "exit_application", "public_notice", "site_record", "asset_list"]
)
def test_the_line_at_the_foot_covers_nothing_and_stands_on_the_paper(code: str) -> None:
    document = SAMPLES[code].form()
    if isinstance(document, Letter):
        document = document.model_copy(
            update={"address": "https://gongzhi.example/v/A", "check_words": ("核对",) * 3}
        )
    read = pages(render(document.model_copy(update={"title": f"说明{RARE}"}), at=AT))[0]
    note = read.find(NOTE)
    others = [glyph for glyph in read.glyphs if glyph not in note]
    top, left = min(one.top for one in note), min(one.left for one in note)
    right, bottom = max(one.right for one in note), max(one.bottom for one in note)
    assert not [
        one
        for one in others
        if one.left < right and left < one.right and one.top < bottom and top < one.bottom
    ]
    assert bottom < read.height - 5


def test_each_page_names_its_own_and_none_twice() -> None:
    names = {1: RARE, 2: RARE, 59: RARE, 60: "\U0002a6a6"}
    rows = tuple((f"王{names.get(n, '某')}",) for n in range(1, 61))
    table = Table(columns=(Column(title="姓名"),), rows=rows)
    read = texts(render(Record(title="表", sections=(Section(table=table),)), at=AT))
    assert len(read) == 2
    assert NOTE in read[0]
    assert NOTE.replace("U+2A6A5", "U+2A6A5、U+2A6A6") in read[1]


def test_a_preview_shows_what_is_printed() -> None:
    coded, plain = (
        render_pages(letter(text), at=AT, dots_per_inch=40) for text in (f"王{RARE}", "王〔U+2A6A5〕")
    )
    assert len(coded) == len(plain) == 1
    assert coded != plain  # the foot


def test_a_code_that_somebody_typed_is_left_alone() -> None:
    assert "字库里没有" not in texts(render(letter("编码〔U+2A6A5〕"), at=AT))[0]
    (beside,) = texts(render(letter(f"编码〔U+4E00〕{RARE}"), at=AT))
    assert "编码〔U+4E00〕〔U+2A6A5〕" in beside
    assert NOTE in beside


def test_a_mark_takes_no_letter_away_and_a_form_of_a_sign_is_the_sign() -> None:
    text = texts(render(letter("王\u0308某、葛\U000e0101某、李𠮷\U000e0100"), at=AT))[0]
    assert "王〔U+0308〕某、葛" in text
    assert "U+E01" not in text
    assert "李𠮷" in text


def test_signs_that_are_there_one_by_one_and_not_together_are_coded_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gongzhi.papers.render.lacking", lambda text: ())
    assert "王〔U+2A6A5〕李〔U+2A6A6〕" in texts(render(letter(f"王{RARE}李\U0002a6a6"), at=AT))[0]


def test_what_was_said_stays_as_it_is() -> None:
    said = letter(f"王{RARE}")
    before = words_of(said)
    render(said, at=AT)
    assert words_of(said) == before == f"王{RARE}"
    assert RARE.encode() in _document_xml(editable(said, at=AT))


def _document_xml(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.read("word/document.xml")


# A site's own fonts -------------------------------------------------------------------------------------------------


def fonts_of(content: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return {
            str(o.BaseFont)[8:]
            for o in opened.objects
            if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }


def test_a_sites_fangsong_comes_first_and_what_it_lacks_from_the_packaged(own: Path) -> None:
    (own / "仿宋.otf").write_bytes(font_file("FangSong", "甲乙"))
    assert families()["text"] == ["FangSong", "Noto Serif SC", *LAST]
    assert families()["title"] == ["Noto Serif SC", "FangSong", *LAST]
    assert (
        fonts_in_words()
        == "仿宋用 FangSong；小标宋、楷体、宋体由 Noto Serif SC 代替；黑体由 Noto Sans SC 代替"
    )
    content = render(letter("甲乙丙"), at=AT)
    assert any(name.startswith("FangSong") for name in fonts_of(content))
    assert "甲乙丙" in texts(content)[0]


def test_a_sites_font_of_rare_signs_wins_over_the_code(own: Path) -> None:
    (own / "more").mkdir()
    (own / "more" / "生僻字.otf").write_bytes(font_file("Example Rare", RARE + PRIVATE))
    assert families()["text"] == ["Noto Serif SC", "Example Rare", *LAST]
    assert lacking(f"{RARE}{PRIVATE}\U0002a6a6") == ("\U0002a6a6",)
    (text,) = texts(render(letter(f"王{RARE}、{PRIVATE}"), at=AT))
    assert f"王{RARE}、{PRIVATE}" in text
    assert "字库里没有" not in text
