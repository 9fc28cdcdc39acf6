"""Posters: the days counted out, a code of 25 to 40 mm with the same facts in words, A4 and A3 alike."""

import io
from datetime import date, datetime
from decimal import Decimal

import pypdfium2 as pdfium
import pytest
import segno
from PIL import Image

from gongzhi.papers.contents.figures import Share, share_table
from gongzhi.papers.contents.notices import hanging_days
from gongzhi.papers.documents import Poster, Section
from gongzhi.papers.qr import qr_svg
from gongzhi.papers.render import render
from gongzhi.papers.tests.measure import Page, first, pages
from gongzhi.papers.tests.sample_contents import SAMPLES
from gongzhi.values.now import ZONE

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
ADDRESS = "https://gongzhi.example/gongshi/SLGS-2026-00017"


def poster(**changed: object) -> Poster:
    form = SAMPLES["public_notice"].model_copy(update=changed).form()
    assert isinstance(form, Poster)
    return form


def words(page: Page) -> str:
    return page.text.replace("\r\n", "")


def test_the_day_of_posting_is_not_counted_and_the_last_day_is_marked() -> None:
    days = hanging_days(date(2026, 9, 28), date(2026, 10, 5))
    assert [(one.day, one.words) for one in days] == [
        ("09-28", "贴出不计"),
        ("09-29", "第1日"),
        ("09-30", "第2日"),
        ("10-01", "第3日"),
        ("10-02", "第4日"),
        ("10-03", "第5日"),
        ("10-04", "第6日"),
        ("10-05", "第7日"),
    ]
    assert [one.counted for one in days] == [False, *[True] * 7]
    assert [one.last for one in days] == [*[False] * 7, True]


def test_a_notice_of_thirty_days_shows_all_and_one_of_half_a_year_says_its_days_in_words() -> None:
    month = poster(until_on=date(2026, 4, 1))
    assert "第30日" in first(render(month, at=AT)).text
    assert poster(until_on=date(2026, 9, 2)).days == ()


def test_the_last_day_stands_in_a_thick_frame_and_the_others_do_not() -> None:
    page = first(render(poster(), at=AT))
    last, other = page.find("第7日")[0], page.find("第6日")[0]
    sides = [s for s in page.strokes if s.weight > 0.5 and s.top < last.top < s.bottom]
    assert any(s.right < last.left < s.right + 15 for s in sides)
    assert any(s.left > last.left and s.left < last.left + 15 for s in sides)
    assert not any(s.right < other.left for s in sides)


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("a3", (297, 420))])
def test_the_code_is_of_lawful_size_dark_on_light_and_says_the_address(
    paper: str, size: tuple[int, int]
) -> None:
    content = render(poster(paper=paper), at=AT)
    page = first(content)
    assert (round(page.width), round(page.height)) == size
    code = segno.make_qr(ADDRESS, error="m", boost_error=False)
    seen, side = _scanned(content, page)
    assert 25 <= side <= 40
    assert seen == [[bool(module) for module in row] for row in code.matrix]
    assert code.error == "M"


def _scanned(content: bytes, page: Page) -> tuple[list[list[bool]], float]:
    """The modules of the printed code as a camera sees them, and its side in millimetres."""
    scale = 6.0
    with pdfium.PdfDocument(content) as document:
        picture = document[0].render(scale=scale).to_pil().convert("L")
    millimetre = scale * 72 / 25.4
    words, warned = page.find("扫一扫")[0], page.find("请勿撕毁")[0]
    middle, half = (words.top + warned.bottom) / 2, 19 if page.width < 250 else 20.5
    corners = (words.left - 2 * half - 4, middle - half, words.left - 2, middle + half)
    area = picture.crop(tuple(int(side * millimetre) for side in corners))  # type: ignore[arg-type]
    box = area.point(lambda v: 255 if v < 128 else 0).getbbox()
    assert box is not None
    symbol = area.crop(box)
    count = len(segno.make_qr(ADDRESS, error="m", boost_error=False).matrix)
    step = symbol.width / count
    dark = [
        [_is_dark(symbol, (x + 0.5) * step, (y + 0.5) * step) for x in range(count)] for y in range(count)
    ]
    return dark, symbol.width / millimetre


def _is_dark(picture: Image.Image, x: float, y: float) -> bool:
    value = picture.getpixel((int(x), int(y)))
    assert isinstance(value, int)
    return value < 128


def test_the_same_facts_stand_in_words_with_a_way_to_check_without_a_telephone_that_scans() -> None:
    said = words(first(render(poster(), at=AT)))
    for fact in (
        "示例花园小区　公示",
        "公示编号SLGS-2026-00017",
        "物业服务人退出公示",
        "全体业主：",
        "依据：《示例市物业管理办法》第十二条",
        "公示期：2026年3月2日张贴，次日起算，至2026年3月9日（周一）24:00止",
        "请在2026年3月9日（周一）24:00前书面提出",
        "受理人：业主委员会 钱示例，电话0000-0000123",
        "物业用房102室，每日9:00至17:00（含周末）",
        "监督电话：示例区示例街道办事处 0000-0000456",
        "示例花园小区业主委员会2026年3月2日",
        "不用手机：打社区电话0000-0000123，报公示编号SLGS-2026-00017；或到社区服务站请工作人员代查。",
        "张贴处：东门公示栏、南门公示栏、1至6号楼各单元门厅",
        "第1页，共1页",
    ):
        assert fact.replace(" ", "") in said.replace(" ", ""), fact


def test_a_notice_put_up_again_is_signed_when_it_was_posted_and_counts_from_the_later_day() -> None:
    again = poster(again_on=date(2026, 3, 4), until_on=date(2026, 3, 11))
    assert again.date == "2026年3月2日"
    assert again.period == "2026年3月2日张贴，2026年3月4日补贴，次日起算，至2026年3月11日（周三）24:00止"
    assert [(one.day, one.words) for one in again.days][:2] == [("03-04", "贴出不计"), ("03-05", "第1日")]
    assert poster(again_on=date(2026, 3, 2)).period == poster().period


def test_a_provisional_last_day_says_so() -> None:
    assert "暂定" in poster(provisional=True).period
    assert "暂定" not in poster().period


def test_a_notice_without_an_address_has_no_code_and_still_says_how_to_check() -> None:
    plain = poster(address="")
    said = words(first(render(plain, at=AT)))
    assert "扫一扫" not in said
    assert "打社区电话0000-0000123" in said.replace(" ", "")


def test_type_is_as_large_as_one_page_allows() -> None:
    short, long = poster(), poster(paragraphs=("现将有关事项公示如下。" * 40,))
    assert first(render(short, at=AT)).find("依据")[0].size > first(render(long, at=AT)).find("依据")[0].size
    assert first(render(long, at=AT)).find("依据")[0].size >= 12
    assert len(pages(render(long, at=AT))) == 1


def test_a_wording_too_long_for_one_page_goes_on_and_loses_nothing() -> None:
    read = pages(
        render(
            poster(paragraphs=tuple(f"第{n}段。" + "现将有关事项公示如下。" * 20 for n in range(12))), at=AT
        )
    )
    whole = "".join(words(page) for page in read)
    assert len(read) == 3
    assert all(f"第{n}段。" in whole for n in range(12))
    assert "第3页，共3页" in words(read[-1]).replace(" ", "")


def test_an_a3_poster_is_the_a4_one_enlarged() -> None:
    small, large = (first(render(poster(paper=paper), at=AT)) for paper in ("a4", "a3"))
    assert large.find("依据")[0].size / small.find("依据")[0].size == pytest.approx(2**0.5, rel=0.01)
    assert words(small) == words(large)


def test_every_share_stands_in_the_annex_and_no_name() -> None:
    shares = tuple(
        Share(unit=f"{n // 60 + 1}号楼{n % 60 + 101}", area=Decimal("100.00"), cents=250_00)
        for n in range(120)
    )
    annex = Section(heading="附表　各户分摊金额", table=share_table(shares))
    read = pages(render(poster(paper="a3", tables=(annex,)), at=AT))
    whole = "".join(page.text for page in read)
    assert whole.count("250.00") == 120
    assert all("应摊金额" in page.text for page in read[1:])
    assert "30,000.00元" in read[-1].text
    assert "12,000.00" in read[-1].text


def test_the_code_is_deterministic_and_as_small_as_level_m_allows() -> None:
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)
    assert qr_svg(ADDRESS).startswith("<svg")
    assert Image.open(io.BytesIO(_png(ADDRESS))).size == (41, 41)


def _png(text: str) -> bytes:
    out = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(out, kind="png", border=4)
    return out.getvalue()


def test_a_period_in_working_days_counts_them_and_marks_the_days_between() -> None:
    """《绍兴市物业管理条例》第9条: five working days from Friday 6 March 2026, 7 and 8 March between."""
    weekend = (date(2026, 3, 7), date(2026, 3, 8))
    made = {"posted_on": date(2026, 3, 6), "until_on": date(2026, 3, 13), "again_on": None}
    form = poster(**made, length="5个工作日", off_days=weekend)
    assert [(one.day, one.words, one.counted) for one in form.days] == [
        ("03-06", "贴出不计", False),
        ("03-07", "不计", False),
        ("03-08", "不计", False),
        *((f"03-{9 + n:02}", f"第{1 + n}日", True) for n in range(5)),
    ]
    assert [one.last for one in form.days] == [*[False] * 7, True]
    assert form.period == "2026年3月6日张贴，次日起算5个工作日，至2026年3月13日（周五）24:00止"
    said = words(first(render(form, at=AT)))
    assert "第5日" in said
    assert "第6日" not in said


def test_where_no_telephone_is_printed_the_poster_names_a_place() -> None:
    assert "发现缺失或损坏，请拨打上面的电话。" in words(first(render(poster(), at=AT)))
    said = words(first(render(poster(damage_place="示例社区（示例路6号一层）"), at=AT)))
    assert "发现缺失或损坏，请告诉示例社区（示例路6号一层）。" in said
    assert "拨打上面的电话" not in said
