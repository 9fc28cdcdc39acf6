"""演练 in the real system: what is copied is told, the copy is waited for, opened by a link, thrown away."""

import fcntl
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongzhi.desk.tests.looking import browser_of, plain, read
from gongzhi.exits.tests.play import Play
from gongzhi.rehearsal.entrance import use_key
from gongzhi.rehearsal.folder import KEEPER, Folder, folders, root_of

OFFICER = "subdistrict_officer"


def look(play: Play, name: str = OFFICER) -> Client:
    """A browser of one of the cast."""
    return browser_of(play.cast, name, play.now)


def address(play: Play) -> str:
    """Where a copy of the home estate is made."""
    return f"/rehearsals/new/{play.area.estate.pk}/"


def make(play: Play, client: Client, settings: Any, capture: Any, **said: str) -> Folder:
    """Make one, and find its folder."""
    before = {one.id for one in folders(settings.DATA)}
    with capture(execute=True):
        answer = client.post(address(play), said, headers={"host": "127.0.0.1:8000"})
    assert answer.status_code == 302, answer.content.decode()
    (made,) = [one for one in folders(settings.DATA) if one.id not in before]
    assert answer["Location"] == f"/rehearsals/{made.id}/"
    return made


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver", "gongzhi.example"]


def test_the_way_leads_from_navigation_and_file_to_the_copy(
    play: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = look(play)
    assert 'href="/rehearsals/"' in read(client, "/")
    assert f'href="{address(play)}"' in read(client, f"/estates/{play.area.estate.pk}/")
    assert "还没有演练" in plain(read(client, "/rehearsals/"))
    assert address(play) in read(client, "/rehearsals/new/")
    assert "没有找到" in plain(read(client, "/rehearsals/new/?q=查无此名"))
    text = plain(client.get(address(play), headers={"host": "127.0.0.1:8000"}).content.decode())
    # seven units, five owners who are people and the developer
    assert "7 套房屋" in text
    assert "证件号码、手机号码一律不带出" in text
    made = make(play, client, settings, django_capture_on_commit_callbacks)
    page = read(client, f"/rehearsals/{made.id}/")
    assert "准备中" in page
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "后台没有运行" in page
    assert "准备中" in plain(read(client, "/rehearsals/"))


def test_a_form_sent_twice_makes_one_copy(
    play: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = look(play)
    page = client.get(address(play), headers={"host": "127.0.0.1:8000"}).content.decode()
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found is not None
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address(play), {"key": found[1]}, headers={"host": "127.0.0.1:8000"})
    assert len(folders(settings.DATA)) == 1


def test_where_texts_wait_one_is_asked_and_nothing_is_chosen_beforehand(
    both: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = browser_of(both.cast, "county_officer@zhuji", both.now)
    estate = both.cast.areas["zhuji"].estate
    where = f"/rehearsals/new/{estate.pk}/"
    page = client.get(where, headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "征求意见稿" in page
    assert " checked" not in page
    unsaid = client.post(where, {}, headers={"host": "127.0.0.1:8000"})
    assert unsaid.status_code == 400
    assert "请选一项。" in unsaid.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(where, {"with_drafts": "yes"}, headers={"host": "127.0.0.1:8000"})
    (made,) = folders(settings.DATA)
    assert made.cell is not None
    assert made.cell.with_drafts
    assert "含未施行的文本" in read(client, "/rehearsals/")


def test_who_may_not_is_told_and_sees_nothing(
    play: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made = make(play, look(play), settings, django_capture_on_commit_callbacks)
    for name in ("owner", "tenant", "auditor"):
        client = look(play, name)
        assert 'href="/rehearsals/"' not in read(client, "/cases/")
        assert "不能进行演练" in read(client, "/rehearsals/", 403)
        assert "建立演练" not in read(client, "/administration/")
        assert "不能进行演练" in read(client, address(play), 403)
    other = look(play, "other_provider_leader")
    assert "不在您的范围内" in read(other, address(play), 404)
    assert play.area.estate.name not in read(other, "/rehearsals/new/")
    county = look(play, "county_officer")
    assert "还没有演练" in plain(read(county, "/rehearsals/"))
    for path in (f"/rehearsals/{made.id}/", f"/rehearsals/{made.id}/discard/"):
        assert "不是本单位建立的" in read(county, path, 404)
    assert county.post(f"/rehearsals/{made.id}/open/").status_code == 404
    assert Client().get("/rehearsals/")["Location"] == "/sign-in/?next=/rehearsals/"


def test_what_is_ready_is_opened_by_a_link_that_its_cell_knows(
    play: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = look(play)
    made = make(play, client, settings, django_capture_on_commit_callbacks)
    opening = f"/rehearsals/{made.id}/open/"
    assert client.post(opening).status_code == 409
    made.write_state("ready", 0, port=8701)
    assert "准备中" in read(client, f"/rehearsals/{made.id}/")  # nobody keeps it
    with open(root_of(settings.DATA) / KEEPER, "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "可以演练" in read(client, "/rehearsals/")
        answer = client.post(opening, headers={"host": "127.0.0.1:8000"})
        far = client.post(opening, headers={"host": "gongzhi.example"})
        settings.REHEARSAL_ADDRESS = "https://yanlian-{port}.gongzhi.example"
        behind = client.post(opening, headers={"host": "gongzhi.example"})
    base, key = answer["Refresh"].removeprefix("0; url=").split("?key=")
    assert base == "http://127.0.0.1:8701/rehearsal/enter/"
    assert made.cell is not None
    came = use_key(key, made.cell, made)
    assert (came.who, came.home) == ("示例白山街道经办", f"http://127.0.0.1:8000/rehearsals/{made.id}/")
    assert (far.status_code, "GONGZHI_REHEARSAL_ADDRESS" in far.content.decode()) == (409, True)
    assert behind["Refresh"].startswith("0; url=https://yanlian-8701.gongzhi.example/rehearsal/enter/?key=")


def test_where_no_browser_would_reach_it_none_is_made(play: Play, settings: Any) -> None:
    client = look(play)
    page = client.get(address(play), headers={"host": "gongzhi.example"}).content.decode()
    assert "还没有设置演练的访问地址" in page
    assert '<button class="bt pri">建立演练' not in page
    assert client.post(address(play), headers={"host": "gongzhi.example"}).status_code == 409
    assert folders(settings.DATA) == []


def test_throwing_away_is_asked_once_more(
    play: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = look(play)
    made = make(play, client, settings, django_capture_on_commit_callbacks)
    asked = read(client, f"/rehearsals/{made.id}/discard/")
    assert "不能恢复" in asked
    assert "它们的地址以后打不开" in asked
    assert made.wish is None
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/rehearsals/{made.id}/discard/")["Location"] == "/rehearsals/"
    assert made.wish is not None
    assert made.wish.what == "away"


def test_what_failed_and_what_is_gone_say_why(
    play: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = look(play)
    made = make(play, client, settings, django_capture_on_commit_callbacks)
    made.write_state("failed", 0, why="示例原因。")
    for path in ("/rehearsals/", f"/rehearsals/{made.id}/"):
        text = plain(read(client, path))
        assert "未能建立" in text
        assert "示例原因。" in text
    made.write_state("gone", 0, why="示例经办已丢弃。")
    for path in ("", "discard/", "open/"):
        text = read(client, f"/rehearsals/{made.id}/{path}", 410)
        assert "的演练已经丢弃" in text
        assert "示例经办已丢弃。" in text
        assert '<a class="bt" href="/rehearsals/">' in text
        assert f'href="/rehearsals/{made.id}/discard/"' not in text
    assert client.post(f"/rehearsals/{made.id}/open/").status_code == 410


def test_the_address_of_no_rehearsal_says_so_and_leads_to_those_there_are(play: Play) -> None:
    client = look(play)
    for path in ("", "discard/", "open/"):
        text = read(client, f"/rehearsals/{uuid4()}/{path}", 404)
        assert "没有这个演练" in text
        assert '<a href="/rehearsals/">看本单位的演练</a>' in text
    stage = read(client, "/rehearsal/", 404)
    assert "正式系统里没有演练台" in stage
    assert '<a href="/rehearsals/">看本单位的演练</a>' in stage


def test_what_leads_into_a_rehearsal_may_be_asked_for_again(
    play: Play, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = look(play)
    made = make(play, client, settings, django_capture_on_commit_callbacks)
    assert "准备中" in read(client, f"/rehearsals/{made.id}/open/")


def test_nothing_of_a_rehearsal_appears_in_the_real_system(play: Play) -> None:
    client = look(play)
    for path in (
        "/",
        "/cases/",
        "/estates/",
        f"/estates/{play.area.estate.pk}/",
        "/notices/",
        "/rehearsals/",
    ):
        text = client.get(path).content.decode()
        assert "watermark" not in text
        assert "没有法律效力" not in text
    for path in ("/rehearsal/", "/rehearsal/enter/?key=x", "/rehearsal/closed/", "/rehearsal/again/"):
        assert client.get(path).status_code == 404
    assert client.post("/rehearsal/clock/", {"days": 1}).status_code == 404
    assert client.post("/rehearsal/sit/", {"appointment": "x"}).status_code == 404
