"""Reading: each for themselves, newest first, by keys; the mark never passes what waits, nor what is still written."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext

from gongzhi.messages import inbox as boxes
from gongzhi.messages import outbox
from gongzhi.messages.inbox import Inbox, Wanted, inbox_of, mark_all_read, mark_read, page_of
from gongzhi.messages.models import Message, Reading, Seen, Topic
from gongzhi.messages.presenting import told_messages
from gongzhi.procedures.kinds import Issue
from gongzhi.procedures.tests.stage import at
from gongzhi.registry.models import Appointment
from gongzhi.registry.tests.cast import BEGAN_ON, Cast, build_cast
from gongzhi.values.refusals import Invalid, NotFound

NOW = at("2026-03-02 09:00")
Queries = Callable[..., CaptureQueriesContext]


@pytest.fixture
def cast(db: None) -> Cast:
    """The home area and another; what their making told is out of the way."""
    cast = build_cast(NOW, areas=("zhuji",))
    Message.objects.all().delete()
    return cast


def seat(cast: Cast, name: str) -> Appointment:
    found = Appointment.objects.select_related("person", "organisation", "estate")
    return found.get(pk=cast[name].appointment_id)


def box(cast: Cast, name: str) -> Inbox:
    found = inbox_of(seat(cast, name))
    assert found is not None
    return found


def tell(cast: Cast, key: str, when: datetime = NOW, *, to: str = "subdistrict", **more: Any) -> Message:
    """One message to a body of the home area."""
    to_id = cast.organisations[to].pk
    outbox.enqueue(key=key, organisations=[to_id], title=f"示例{key}", body="", at=when, **more)
    return Message.objects.get(key=f"{key}:{to_id}")


def keys(rows: list[Message]) -> list[str]:
    return [row.key.partition(":")[0] for row in rows]


def unread(inbox: Inbox) -> list[str]:
    return keys(list(inbox.unread().order_by("created_at", "id")))


# Who reads what -----------------------------------------------------------------------------------------------------


def test_a_message_to_a_body_is_there_for_all_its_people_and_for_nobody_else(cast: Cast) -> None:
    tell(cast, "a")
    for name in ("subdistrict_officer", "subdistrict_reviewer", "subdistrict_clerk"):
        assert keys(page_of(box(cast, name), Wanted())[0]) == ["a"]
    for name in ("county_officer", "community_worker", "owner", "auditor", "subdistrict_officer@zhuji"):
        assert page_of(box(cast, name), Wanted()) == ([], None)
    assert inbox_of(seat(cast, "administrator")) is None


def test_a_message_to_a_person_is_read_in_a_post_without_an_organisation_alone(cast: Cast) -> None:
    people = [cast.home.people["owner"].pk, cast.home.people["committee_head"].pk]
    outbox.enqueue(key="k", people=people, title="示例", body="", at=NOW)
    assert keys(page_of(box(cast, "owner"), Wanted())[0]) == ["k"]
    assert page_of(box(cast, "tenant"), Wanted())[0] == []
    # the committee's head reads for the committee; in the post of an owner the same person reads their own
    assert page_of(box(cast, "committee_head"), Wanted())[0] == []


def test_what_was_told_before_the_post_was_taken_is_there_and_does_not_wait(cast: Cast) -> None:
    began = datetime.combine(BEGAN_ON, datetime.min.time(), NOW.tzinfo)
    tell(cast, "before", began - timedelta(seconds=1))
    tell(cast, "since", began)
    inbox = box(cast, "subdistrict_officer")
    assert keys(page_of(inbox, Wanted())[0]) == ["since", "before"]
    assert unread(inbox) == ["since"]


# Pages --------------------------------------------------------------------------------------------------------------


def test_pages_go_by_keys_newest_first_and_miss_none_of_the_same_instant(cast: Cast) -> None:
    for number in range(5):
        tell(cast, f"same{number}")
    tell(cast, "newer", NOW + timedelta(minutes=1))
    tell(cast, "older", NOW - timedelta(minutes=1))
    inbox, found, after = box(cast, "subdistrict_officer"), list[str](), None
    for _ in range(4):
        rows, after = page_of(inbox, Wanted(after=after, limit=2))
        found += keys(rows)
    assert after is None
    assert found[0] == "newer"
    assert found[-1] == "older"
    assert sorted(found[1:-1]) == [f"same{number}" for number in range(5)]


def test_the_key_of_a_page_is_one_of_the_own_messages(cast: Cast) -> None:
    foreign = tell(cast, "a", to="county")
    with pytest.raises(Invalid):
        page_of(box(cast, "subdistrict_officer"), Wanted(after=foreign.pk))


def test_messages_are_narrowed_to_a_topic_and_to_what_waits(cast: Cast) -> None:
    tell(cast, "task", topic=Topic.TASK)
    read = tell(cast, "clock", topic=Topic.CLOCK)
    inbox = box(cast, "subdistrict_officer")
    mark_read(inbox, read.pk, NOW)
    assert keys(page_of(inbox, Wanted(topic="task"))[0]) == ["task"]
    assert keys(page_of(inbox, Wanted(unread=True))[0]) == ["task"]
    assert page_of(inbox, Wanted(unread=True, topic="clock"))[0] == []


# Reading ------------------------------------------------------------------------------------------------------------


def test_each_reads_for_themselves(cast: Cast) -> None:
    message = tell(cast, "a")
    mark_read(box(cast, "subdistrict_officer"), message.pk, NOW)
    assert unread(box(cast, "subdistrict_officer")) == []
    assert unread(box(cast, "subdistrict_clerk")) == ["a"]


def test_one_may_be_read_before_an_older_one(cast: Cast) -> None:
    tell(cast, "a", NOW - timedelta(days=2))
    later = tell(cast, "b", NOW - timedelta(days=1))
    tell(cast, "c")
    inbox = box(cast, "subdistrict_officer")
    for _ in range(2):  # twice is once
        mark_read(inbox, later.pk, NOW)
    assert unread(inbox) == ["a", "c"]
    assert Seen.objects.count() == 1


def test_when_nothing_older_waits_the_mark_moves_on_and_single_rows_go(cast: Cast) -> None:
    first = tell(cast, "a", NOW - timedelta(days=3))
    second = tell(cast, "b", NOW - timedelta(days=2))
    tell(cast, "c", NOW - timedelta(days=1))
    inbox = box(cast, "subdistrict_officer")
    mark_read(inbox, second.pk, NOW)
    mark_read(inbox, first.pk, NOW)
    assert unread(inbox) == ["c"]
    assert Reading.objects.get().read_before == NOW - timedelta(days=1)
    assert Seen.objects.count() == 0


def test_all_means_what_was_shown_and_not_what_came_since(cast: Cast) -> None:
    tell(cast, "a", NOW - timedelta(days=1))
    shown = tell(cast, "b", NOW - timedelta(minutes=5))
    tell(cast, "c", NOW - timedelta(minutes=1))
    inbox = box(cast, "subdistrict_officer")
    mark_all_read(inbox, shown.pk, NOW)
    assert unread(inbox) == ["c"]


def test_what_another_act_was_still_writing_is_not_passed_over(cast: Cast) -> None:
    """An act that began at 08:58 and is committed after its reader marked everything of 09:00 as read."""
    shown = tell(cast, "shown", NOW)
    inbox = box(cast, "subdistrict_officer")
    mark_all_read(inbox, shown.pk, NOW)
    assert Reading.objects.get().read_before == NOW - timedelta(hours=1)
    tell(cast, "late", NOW - timedelta(minutes=2))
    assert unread(inbox) == ["late"]


def test_the_mark_never_goes_back(cast: Cast) -> None:
    old = tell(cast, "a", NOW - timedelta(days=9))
    new = tell(cast, "b", NOW - timedelta(days=2))
    inbox = box(cast, "subdistrict_officer")
    mark_all_read(inbox, new.pk, NOW)
    mark_all_read(inbox, old.pk, NOW - timedelta(days=1))
    assert Reading.objects.get().read_before == NOW - timedelta(hours=1)
    assert unread(inbox) == []


def test_nobody_marks_what_was_told_to_somebody_else(cast: Cast) -> None:
    foreign = tell(cast, "a", to="county")
    inbox = box(cast, "subdistrict_officer")
    with pytest.raises(NotFound):
        mark_read(inbox, foreign.pk, NOW)
    with pytest.raises(NotFound):
        mark_all_read(inbox, foreign.pk, NOW)
    assert unread(box(cast, "county_officer")) == ["a"]


def test_what_waits_is_counted_no_further_than_its_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "MOST", 2)
    ways = {names: boxes._waiting(names) for names in boxes.WAYS}
    monkeypatch.setattr(boxes, "_WAITING", ways)
    for number in range(5):
        tell(cast, f"k{number}")
    assert box(cast, "subdistrict_officer").count() == 3


@pytest.mark.parametrize("whose", [{}, {"organisation", "person"}])
def test_the_database_keeps_each_mark_to_one_box(cast: Cast, whose: set[str]) -> None:
    both = {"organisation": cast.organisations["county"], "person": cast.home.people["owner"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(
            account_id=cast["owner"].account_id,
            read_before=NOW,
            **{name: row for name, row in both.items() if name in whose},
        )


def test_the_database_knows_the_topics(cast: Cast) -> None:
    message = tell(cast, "a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(topic="gossip")


# As they are told ---------------------------------------------------------------------------------------------------


def test_an_estate_is_named_to_who_may_open_it(cast: Cast) -> None:
    for to in ("subdistrict", "firm"):
        tell(cast, to, to=to, estate_id=cast.estate.pk)
    told = {}
    for name in ("subdistrict_officer", "firm_accountant"):
        inbox = box(cast, name)
        told[name] = told_messages(page_of(inbox, Wanted())[0], inbox, seat(cast, name), NOW)[0]["estate"]
    assert told == {
        "subdistrict_officer": {"id": cast.estate.pk, "name": cast.estate.name},
        "firm_accountant": None,
    }


def test_a_page_costs_the_same_whatever_stands_on_it(cast: Cast, django_assert_num_queries: Queries) -> None:
    inbox, mine = box(cast, "subdistrict_officer"), seat(cast, "subdistrict_officer")

    def show() -> list[UUID]:
        rows, _ = page_of(inbox, Wanted())
        return [one["id"] for one in told_messages(rows, inbox, mine, NOW)]

    tell(cast, "a", estate_id=cast.estate.pk)
    with django_assert_num_queries(3):  # the page, the estates one may open, the mark
        assert len(show()) == 1
    for number in range(9):
        tell(cast, f"k{number}", estate_id=cast.estate.pk)
    with django_assert_num_queries(3):
        assert len(show()) == 10


def test_the_bell_costs_one_question(cast: Cast, django_assert_num_queries: Queries) -> None:
    inbox = box(cast, "subdistrict_officer")
    with django_assert_num_queries(1):
        inbox.count()


# What a seat can act on ---------------------------------------------------------------------------------------------


def test_what_is_for_another_post_of_the_body_alone_is_not_told_to_the_rest(cast: Cast) -> None:
    tell(cast, "all")
    tell(cast, "chief", posts=outbox.posts_told(["leader"]))
    tell(cast, "review", posts=outbox.posts_told(Issue.posted["legal_review"]))
    told = {
        name: sorted(keys(page_of(box(cast, name), Wanted())[0]))
        for name in ("subdistrict_officer", "subdistrict_reviewer", "subdistrict_leader")
    }
    assert told == {
        "subdistrict_officer": ["all"],
        "subdistrict_reviewer": ["all", "review"],
        "subdistrict_leader": ["all", "chief", "review"],
    }
    assert box(cast, "subdistrict_officer").count() == 1


def test_a_post_at_one_estate_is_told_of_that_estate_alone(cast: Cast) -> None:
    elsewhere = cast.bare_estate
    tell(cast, "here", to="provider", estate_id=cast.estate.pk)
    tell(cast, "there", to="provider", estate_id=elsewhere.pk)
    tell(cast, "nowhere", to="provider")
    assert sorted(keys(page_of(box(cast, "provider_leader"), Wanted())[0])) == ["here", "nowhere"]
    assert box(cast, "provider_leader").count() == 2
    assert box(cast, "provider_legal_representative").count() == 3


def test_reading_at_one_estate_reads_nothing_of_another(cast: Cast) -> None:
    elsewhere = cast.bare_estate
    first = seat(cast, "provider_leader")
    second = Appointment.objects.create(
        person=first.person,
        post=first.post,
        organisation=first.organisation,
        estate=elsewhere,
        from_on=first.from_on,
    )
    tell(cast, "there", NOW - timedelta(days=9), to="provider", estate_id=elsewhere.pk)
    here = tell(cast, "here", NOW - timedelta(days=2), to="provider", estate_id=cast.estate.pk)
    mark_all_read(box(cast, "provider_leader"), here.pk, NOW)
    there = inbox_of(second)
    assert there is not None
    assert unread(there) == ["there"]
    assert unread(box(cast, "provider_leader")) == []
