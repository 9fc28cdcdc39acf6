"""Messages over HTTP: what the screen shows, under the same permission."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.api.tests.http import Web
from gongzhi.messages.models import Message


@pytest.fixture
def hanging(web: Web) -> Web:
    """An application arrived and its notice hangs."""
    web.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    return web


def test_the_community_reads_and_marks(hanging: Web) -> None:
    told = hanging.get("community_worker", "/messages?topic=notice")
    (one,) = told["items"]
    assert one["title"].endswith("张贴公示：示例公示")
    assert one["case"]["id"] == str(hanging.root)
    assert one["notice"]["number"].startswith("公示〔2026〕")
    assert (one["unread"], told["more_unread"]) == (True, False)
    before = told["unread"]
    for _ in range(2):
        assert hanging.send("community_worker", f"/messages/{one['id']}/read", {}) == {
            "unread": before - 1,
            "more_unread": False,
        }
    assert hanging.get("community_worker", "/messages?topic=notice&unread=true")["items"] == []
    newest = hanging.get("community_worker", "/messages?limit=1")["items"][0]["id"]
    assert hanging.send("community_worker", "/messages/read", {"up_to": newest})["unread"] == 0


def test_another_does_not_read_it(hanging: Web) -> None:
    message = Message.objects.get(key__startswith="posted:")
    assert hanging.get("owner", "/messages")["items"] == []
    assert hanging.ask("owner", "POST", f"/messages/{message.pk}/read", {}).status_code == 404
    assert hanging.ask("owner", "POST", "/messages/read", {"up_to": str(message.pk)}).status_code == 404


def test_a_case_out_of_sight_is_not_named(hanging: Web) -> None:
    """The street was told by mistake of a case elsewhere: it reads the words, and no address."""
    message = Message.objects.get(key__startswith="posted:")
    message.pk, message.key = None, "again"
    message.organisation, message.case_id = hanging.area.organisations["firm"], hanging.root
    message._state.adding = True
    message.save()
    (one,) = hanging.get("firm_accountant", "/messages")["items"]
    assert (one["case"], one["estate"]) == (None, None)


def test_pages_go_on_where_the_last_one_ended(hanging: Web) -> None:
    whole = [one["id"] for one in hanging.get("community_worker", "/messages")["items"]]
    assert len(whole) > 1
    found, after = [], ""
    while True:
        page = hanging.get("community_worker", f"/messages?limit=1{after}")
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert found == whole


def test_a_page_costs_the_same_whatever_its_length(hanging: Web) -> None:
    def cost(limit: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            hanging.get("community_worker", f"/messages?limit={limit}")
        return len(asked)

    assert cost(1) == cost(100)
