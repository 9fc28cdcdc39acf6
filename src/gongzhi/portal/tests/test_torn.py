"""A notice that is torn and does not hang again: no page tells a last day of it, and each says when it is counted."""

from typing import Any

import pytest
from django.test import Client

from gongzhi.desk.tests.looking import plain
from gongzhi.exits.tests.play import Play
from gongzhi.notices.models import Notice
from gongzhi.papers.codes import verify_path
from gongzhi.portal.tests.scene import notice, read, sign_in


@pytest.fixture
def torn(play: Play) -> Play:
    """The notice was found torn on Wednesday 4 March; its days would have ended on Monday 9 March."""
    play.go(days=2)
    seen = {"found_at": play.now.isoformat(), "what": "被撕去一角"}
    play.stand("owner", "exit", "report_torn", "publicity", **seen)
    play.do("community_worker", "exit.publicity.torn:1", "confirm_torn", **seen)
    return play


def pages_of(play: Play) -> dict[str, str]:
    """What everybody and who works on it reads of the notice."""
    one, estate = notice(), play.area.estate.pk
    public = [f"/notices/{one.pk}/", f"/notices/estates/{estate}/", f"/estates/{estate}/manager/"]
    public.append(verify_path(one.pk, one.digest, one.until_on))
    told = {path: plain(read(path).split("<main")[1]) for path in public}
    officer, owner = sign_in(play, "subdistrict_officer"), sign_in(play, "owner")
    for client, path in (
        (officer, f"/cases/{one.case_id}/"),
        (officer, f"/estates/{estate}/"),
        (owner, f"/my/notices/{one.pk}/"),
    ):
        text = read(path, client=client)
        told[path] = plain(text.split('id="notices"')[-1] if client is officer else text)
    return told


def test_no_page_tells_a_last_day_until_it_hangs_again(torn: Play) -> None:
    for path, text in pages_of(torn).items():
        assert "重新算" in text or "重新计算" in text, path
        for untold in ("03-09 周一 24:00", "3 月 9 日 星期一", "2026年3月9日", "03-09"):
            assert untold not in text, (path, untold)
    page = read(f"/notices/{notice().pk}/")
    assert "这个日期怎么算的" not in page
    assert "poster.pdf" in page


def test_the_interface_tells_no_last_day_either(torn: Play) -> None:
    told: Any = Client().get(f"/api/v1/public/notices/{notice().pk}").json()
    assert (told["state"], told["until_on"], told["until_at"]) == ("interrupted", None, None)
    assert told["working"] == ["公示中断，补贴后重新算"]


def test_once_it_hangs_again_each_page_tells_its_new_last_day(torn: Play) -> None:
    torn.go(days=1)
    again = {"posted_at": torn.now.isoformat(), "posted_by": ["示例甲"]}
    torn.do("provider_leader", "exit.publicity.again:1", "post_again", **again)
    for path, text in pages_of(torn).items():
        assert any(day in text for day in ("03-12", "3 月 12 日", "2026年3月12日")), path


def test_of_a_notice_whose_place_has_set_no_days_each_page_says_so_and_its_poster_is_printed(
    play: Play,
) -> None:
    Notice.objects.update(until_on=None, until_at=None, working=["本地未设定公示期限"])
    told = pages_of(play)
    for path in (f"/cases/{notice().case_id}/", f"/estates/{play.area.estate.pk}/"):
        assert "张贴，公示期限本地未设定" in told[path], path
    assert "张贴，公示期限本地未设定" in told[f"/estates/{play.area.estate.pk}/manager/"]
    address = f"/notices/{notice().pk}/poster.pdf"
    assert address in read(f"/notices/{notice().pk}/")
    assert Client().get(address).status_code == 200
