"""Who may open which of these pages: every address × every member of the cast."""

from collections.abc import Callable
from uuid import UUID

from django.test import Client

from gongzhi.desk.tests.looking import browser_of
from gongzhi.exits.tests.play import Play
from gongzhi.notices.models import Notice, Objection
from gongzhi.phone.urls import urlpatterns


def _answered(play: Play) -> UUID:
    """An objection of the owner that has its reply."""
    if not Objection.objects.exists():
        play.stand("owner", "exit", "object", "publicity", content="示例异议")
        reply = {"finding": "示例核实情况", "adopted": False, "next_remedy": "可以向街道申请调解"}
        play.do("provider_leader", "exit.publicity.reply:1", "reply", **reply)
    return Objection.objects.get().pk


#: Name of the address → the path that is asked for.
PATHS: dict[str, Callable[[Play], str]] = {
    "my-home": lambda play: "/my/",
    "my-waiting": lambda play: "/my/waiting/",
    "my-notices": lambda play: "/my/notices/",
    "my-notice": lambda play: f"/my/notices/{Notice.objects.get().pk}/",
    "my-objections": lambda play: "/my/objections/",
    "my-reply": lambda play: f"/my/objections/{_answered(play)}/reply.pdf",
    "my-messages": lambda play: "/my/messages/",
    "my-cases": lambda play: "/my/cases/",
    "my-case": lambda play: f"/my/cases/{play.root}/",
    "my-help": lambda play: "/my/help/",
}
#: These change the sitting, by POST alone.
POSTED = {"my-looked-at": "/my/waiting/looked-at/"}
#: This is said by POST alone, by one neighbour of what is their own.
SAID: dict[str, Callable[[Play], str]] = {
    "my-reply-received": lambda play: f"/my/objections/{_answered(play)}/received/",
}
NEIGHBOURS = ("owner", "co_owner", "tenant", "resident", "volunteer")
OTHERS = (
    *("city_officer", "county_officer", "subdistrict_officer", "community_worker", "provider_leader"),
    *("firm_accountant", "committee_head", "auditor", "administrator"),
)
#: What belongs to one estate is not there for the neighbours of another.
OF_THE_ESTATE = ("my-notice", "my-case", "my-reply")
#: What is one neighbour's own is not there for the others.
OF_THE_OWNER = ("my-reply",)


def test_every_address_has_a_rule() -> None:
    assert {str(one.name) for one in urlpatterns} == {*PATHS, *POSTED, *SAID}


def test_neighbours_open_every_page_of_their_estate(play: Play) -> None:
    for name in NEIGHBOURS:
        client = browser_of(play.cast, name, play.now)
        for address, path in PATHS.items():
            is_there = name == "owner" or address not in OF_THE_OWNER
            assert client.get(path(play)).status_code == (200 if is_there else 404), (name, address)
        assert client.get(POSTED["my-looked-at"]).status_code == 405
        assert client.post(POSTED["my-looked-at"], {"key": "nonsense"})["Location"] == "/my/waiting/"


def test_a_neighbour_of_another_estate_finds_nothing_of_this_one(wide_play: Play) -> None:
    client = browser_of(wide_play.cast, "owner@zhuji", wide_play.now)
    for address, path in PATHS.items():
        answer = client.get(path(wide_play))
        assert answer.status_code == (404 if address in OF_THE_ESTATE else 200), address
        assert wide_play.area.estate.name not in answer.content.decode()
        assert "示例公示" not in answer.content.decode()


def test_other_posts_are_told_whose_pages_these_are_and_strangers_sent_to_sign_in(play: Play) -> None:
    for name in OTHERS:
        client = browser_of(play.cast, name, play.now)
        for address, path in PATHS.items():
            assert client.get(path(play)).status_code == 403, (name, address)
        assert client.post(POSTED["my-looked-at"]).status_code == 403
    for path in PATHS.values():
        answer = Client().get(path(play))
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={path(play)}")


def test_what_is_said_of_ones_own_is_there_for_nobody_else(wide_play: Play) -> None:
    for path in (path(wide_play) for path in SAID.values()):
        for name in (*NEIGHBOURS[1:], "owner@zhuji", *OTHERS):
            answer = browser_of(wide_play.cast, name, wide_play.now).post(path)
            assert answer.status_code == (403 if name in OTHERS else 404), name
        assert Client().post(path).status_code == 302
        assert Objection.objects.get().served_at is None
        owner = browser_of(wide_play.cast, "owner", wide_play.now)
        assert owner.get(path).status_code == 405
        assert owner.post(path).status_code == 302
        assert Objection.objects.get().served_at is not None
