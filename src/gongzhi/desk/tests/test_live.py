"""A page that is open learns that something changed: a small answer, one sentence, and nothing while nothing did."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.desk.tests.browsing import sign_in, text_of
from gongzhi.desk.tests.looking import read
from gongzhi.exits.tests.play import Play


def poll_of(client: Client, path: str) -> str:
    """The address a page asks by itself."""
    text = read(client, path)
    found = re.search(r'data-poll hx-get="([^"]+)"', text)
    assert found is not None
    assert 'id="news" role="status"' in text
    return found[1].replace("&amp;", "&")


def test_an_open_case_is_told_how_much_is_new_and_nothing_while_nothing_is(stage: Play) -> None:
    stage.apply("2026-06-30")
    client = sign_in(stage, "subdistrict_officer")
    asks = poll_of(client, f"/cases/{stage.root}/")
    quiet = client.get(asks)
    assert (quiet.status_code, quiet.content) == (204, b"")
    stage.arrive().file_with("county")
    told = client.get(asks)
    assert told.status_code == 200
    assert "有 2 项新情况" in text_of(told)
    assert "<html" not in text_of(told)
    assert client.get(poll_of(client, f"/cases/{stage.root}/")).status_code == 204
    asks = poll_of(client, f"/cases/{stage.root}/")
    stage.go(days=1)
    assert "日期已经变化" in text_of(client.get(asks))
    assert "更新" in text_of(client.get(f"/cases/{stage.root}/news/?seen=nonsense"))


def test_an_open_work_list_is_told_what_came(stage: Play) -> None:
    client = sign_in(stage, "committee_head")
    asks = poll_of(client, "/")
    assert client.get(asks).status_code == 204
    stage.go(minutes=5).apply("2026-06-30")
    assert "有 1 项新待办" in text_of(client.get(asks))
    asks = poll_of(client, "/")
    stage.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    assert "待办有变化" in text_of(client.get(asks))


def test_asking_is_cheap_and_shows_nobody_what_is_not_theirs(stage: Play) -> None:
    stage.apply("2026-06-30")
    client = sign_in(stage, "subdistrict_officer")
    for path in (f"/cases/{stage.root}/", "/"):
        asks = poll_of(client, path)
        with CaptureQueriesContext(connection) as caught:
            client.get(asks)
        assert len(caught) <= 4
    assert sign_in(stage, "other_provider_leader").get(f"/cases/{stage.root}/news/").status_code == 404
    assert sign_in(stage, "administrator").get("/news/").status_code == 403
    gone = Client().get(f"/cases/{stage.root}/news/")
    assert gone.status_code == 200
    assert "重新登录" in text_of(gone)
    assert str(stage.case().row.number) not in text_of(gone)


def test_a_page_that_looks_by_itself_keeps_no_session_alive(stage: Play) -> None:
    client = sign_in(stage, "committee_head")
    session = client.session
    session["seen_at"] -= 120
    session.save()
    before = client.session["seen_at"]
    client.get("/news/", headers={"Looks-By-Itself": "1"})
    assert client.session["seen_at"] == before
    client.get("/news/")
    assert client.session["seen_at"] > before
