"""Anybody prints what hangs, A4 or A3, with a code that opens the verification."""

from datetime import date

import pypdfium2 as pdfium
import pytest
from django.test import Client

from gongzhi.exits.tests.play import Play
from gongzhi.notices.models import Notice
from gongzhi.papers.codes import verify_path
from gongzhi.portal.tests.scene import notice, read


def printed(hanging: Notice) -> str:
    """What its poster says, without spaces and line ends."""
    with pdfium.PdfDocument(Client().get(f"/notices/{hanging.pk}/poster.pdf").content) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("a3", (297, 420))])
def test_a_hanging_notice_is_printed_by_anybody(play: Play, paper: str, size: tuple[int, int]) -> None:
    answer = Client().get(f"/notices/{notice().pk}/poster.pdf?paper={paper}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with pdfium.PdfDocument(answer.content) as document:
        page = document[0]
        assert tuple(round(side / 72 * 25.4) for side in page.get_size()) == size
        text = page.get_textpage().get_text_range().replace("\r\n", "").replace(" ", "")
    for told in (
        *("示例公示", "示例公示内容", notice().number.replace(" ", ""), "小区东门", "示例白山甲物业有限公司"),
        *(
            "2026年3月2日张贴，次日起算，至2026年3月9日（周一）24:00止",
            "第7日",
            "扫一扫，核对真假",
            "监督电话",
        ),
    ):
        assert told in text, told


def test_the_code_of_the_poster_opens_the_page_that_knows_its_digest(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded: list[str] = []
    real = "gongzhi.papers.render.qr_svg"
    from gongzhi.papers.qr import qr_svg

    monkeypatch.setattr(real, lambda text: (coded.append(text), qr_svg(text))[1])
    Client().get(f"/notices/{notice().pk}/poster.pdf")
    assert coded == [f"http://testserver{verify_path(notice().pk, notice().digest, notice().until_on)}"]
    assert "纸上的二维码相符" in read(coded[0].removeprefix("http://testserver"))


def test_what_was_taken_down_is_not_printed_again(play: Play) -> None:
    path = f"/notices/{notice().pk}/poster.pdf"
    assert "纸张只有A4和A3两种" in read(f"{path}?paper=a0", 400)
    play.until("2026-03-10 09:00").take_down("provider_leader", "exit.publicity")
    assert "这份公示已经取下，不能再打印张贴" in read(path, 409)


def test_the_poster_of_another_wording_says_which_number_it_replaces(play: Play) -> None:
    old = notice()
    assert "本公示代替" not in printed(old)
    said = {"title": "改过的公示", "body": "改过的内容", "places": ["小区东门"], "posted_by": ["示例甲"]}
    path, posted_at = "exit.publicity.take_down", play.now.isoformat()
    play.do("provider_leader", path, "replace", **said, posted_at=posted_at)
    told = f"本公示代替公示编号{old.number}的公示，两份不一致的，以本公示为准。改过的内容"
    assert told.replace(" ", "") in printed(notice())


def test_a_poster_put_up_again_bears_the_day_of_its_posting_and_both_days_of_its_period(play: Play) -> None:
    play.stand("owner", "exit", "report_torn", "publicity", found_at=play.now.isoformat(), what="被撕去一角")
    seen = {"found_at": play.now.isoformat(), "what": "被撕去一角"}
    play.do("community_worker", "exit.publicity.torn:1", "confirm_torn", **seen)
    play.until("2026-03-04 09:00")
    days = "2026年3月2日张贴，2026年3月4日补贴，次日起算，至2026年3月11日（周三）24:00止"
    # what is to be put up again is printed before it is said to hang again: with the days it has from then on
    assert days in (before := printed(notice()))
    assert "现在打印的张贴件按今天补贴计算公示期" in read(f"/notices/{notice().pk}/")
    assert notice().until_on == date(2026, 3, 9)
    again = {"posted_at": play.now.isoformat(), "posted_by": ["示例甲"]}
    play.do("provider_leader", "exit.publicity.again:1", "post_again", **again)
    text = printed(notice())
    assert days in text
    assert text == before
    assert "示例白山甲物业有限公司2026年3月2日" in text
