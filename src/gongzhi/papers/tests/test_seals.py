"""A seal lies over name and date, and only a lawful picture of one is taken."""

import io
from datetime import datetime

import pytest
from PIL import Image, ImageDraw

from gongzhi.papers.documents import Letter
from gongzhi.papers.render import render
from gongzhi.papers.seals import Seal, seal_from
from gongzhi.papers.tests.measure import pages
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
LETTER = Letter(
    title="通知",
    issuer="示例街道办事处",
    number="示街办〔2026〕1号",
    paragraphs=("正文。" * 20,),
    signers=("示例街道办事处",),
    date="2026年3月2日",
)


def drawn(width: int = 420, height: int = 420, mode: str = "RGBA") -> bytes:
    """A ring with 示例: nobody's seal."""
    picture = Image.new(mode, (width, height), (0, 0, 0, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(picture).ellipse((4, 4, width - 5, height - 5), outline="red", width=8)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_seal_lies_over_name_and_date_both_a_little_below_its_middle() -> None:
    (page,) = pages(render(LETTER, at=AT, seal=seal_from(drawn())))
    ((left, top, right, bottom),) = page.pictures
    name, date = page.find("示例街道办事处")[0], page.find("2026年3月2日")
    name = next(g for g in page.glyphs if g.size == 16 and g.sign == "示" and g.baseline > 150)
    assert right - left == pytest.approx(42, abs=0.1)
    assert (left + right) / 2 == pytest.approx((date[0].left + date[-1].right) / 2, abs=0.5)
    middle = (name.top + date[0].bottom) / 2
    assert 0 < middle - (top + bottom) / 2 < 5
    assert top < name.top
    assert bottom > date[0].bottom
    text_ends = max(g.bottom for g in page.glyphs if g.sign == "。")
    assert 0 <= top - text_ends <= 225 / 22


def test_without_a_seal_nothing_is_drawn_there() -> None:
    (page,) = pages(render(LETTER, at=AT))
    assert page.pictures == ()


def test_a_seal_changes_nothing_but_itself() -> None:
    (plain,) = pages(render(LETTER, at=AT))
    (sealed,) = pages(render(LETTER, at=AT, seal=Seal(drawn(), 38)))
    assert [(g.sign, g.left, g.top) for g in plain.glyphs] == [(g.sign, g.left, g.top) for g in sealed.glyphs]


@pytest.mark.parametrize(
    ("picture", "width", "sentence"),
    [
        (drawn(mode="RGB"), 42, "透明底"),
        (drawn(420, 200), 42, "正方形"),
        (b"<svg/>", 42, "PNG"),
        (drawn(), 60, "直径"),
        (drawn(), 30, "直径"),
    ],
)
def test_a_picture_that_is_no_seal_is_refused(picture: bytes, width: float, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        seal_from(picture, millimetres=width)
