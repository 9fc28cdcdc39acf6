"""The outbox: written with the act, sent after it, once, and tried again until somebody has to look."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongzhi.acts.tests.at_once import at_once
from gongzhi.messages import outbox
from gongzhi.messages.models import Message
from gongzhi.procedures.tests.stage import at
from gongzhi.registry.models import Organisation
from gongzhi.registry.tests.cast import Cast, build_cast
from gongzhi.values.ids import new_id

NOW = at("2026-03-02 09:00")


@pytest.fixture
def cast(db: None) -> Cast:
    """The home area; what its making told is out of the way."""
    cast = build_cast(NOW, areas=())
    Message.objects.all().delete()
    return cast


def write(to: Organisation, key: str = "k", now: datetime = NOW) -> None:
    outbox.enqueue(key=key, organisations=[to.pk], title="示例", body="示例内容", at=now)


def test_a_message_is_written_once_a_key_and_receiver(cast: Cast) -> None:
    street, county = cast.organisations["subdistrict"], cast.organisations["county"]
    for _ in range(2):
        outbox.enqueue(
            key="k", organisations=[street.pk, county.pk, street.pk], people=[], title="示例", body="", at=NOW
        )
    assert Message.objects.count() == 2


def test_people_are_told_as_well_as_bodies(cast: Cast) -> None:
    person = cast.home.people["owner"]
    outbox.enqueue(key="k", people=[person.pk], title="示例", body="", at=NOW)
    message = Message.objects.get()
    assert (message.person, message.organisation) == (person, None)


def test_what_waits_is_sent_once_oldest_first(cast: Cast) -> None:
    write(cast.organisations["county"], "b")
    write(cast.organisations["subdistrict"], "a", NOW - timedelta(minutes=1))
    sent: list[str] = []
    assert outbox.send_waiting(NOW, lambda message: sent.append(message.key[0])) == 2
    assert sent == ["a", "b"]
    assert outbox.send_waiting(NOW, lambda message: sent.append(message.key[0])) == 0
    assert set(Message.objects.values_list("sent_at", "next_try_at", "tries")) == {(NOW, None, 1)}


def test_a_failure_is_kept_with_its_reason_and_tried_again_later_and_later(cast: Cast) -> None:
    write(cast.organisations["subdistrict"])

    def fail(message: Message) -> None:
        raise OSError("线路不通")

    now = NOW
    for tries, minutes in enumerate(outbox.BACK_OFF, start=1):
        assert outbox.send_waiting(now, fail) == 0
        message = Message.objects.get()
        assert (message.tries, message.error) == (tries, "线路不通")
        assert message.next_try_at == now + timedelta(minutes=minutes)
        assert outbox.send_waiting(now, fail) == 0
        now += timedelta(minutes=minutes)
    outbox.send_waiting(now, fail)
    assert Message.objects.get().next_try_at is None
    assert outbox.send_waiting(now + timedelta(days=30), fail) == 0


def test_a_worker_that_died_while_sending_leaves_it_to_be_tried_again(cast: Cast) -> None:
    write(cast.organisations["subdistrict"])

    def die(message: Message) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        outbox.send_waiting(NOW, die)
    assert outbox.send_waiting(NOW) == 0
    assert outbox.send_waiting(NOW + outbox.CLAIM) == 1


@pytest.mark.parametrize("to", [{}, {"organisation": "both", "person": "both"}])
def test_the_database_keeps_each_message_to_one_receiver(cast: Cast, to: dict[str, str]) -> None:
    whom: dict[str, Any] = {}
    if to:
        whom = {"organisation": cast.organisations["county"], "person": cast.home.people["owner"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(key=str(new_id()), title="示例", body="", created_at=NOW, **whom)


@pytest.mark.postgres
def test_two_workers_send_each_message_once(committed_db: None) -> None:
    cast = build_cast(NOW, areas=())
    Message.objects.all().delete()
    for number in range(20):
        write(cast.organisations["subdistrict"], f"k{number}")
    sent: list[str] = []
    told = at_once(*[lambda: outbox.send_waiting(NOW, lambda message: sent.append(message.key))] * 2)
    assert sum(told) == len(sent) == len(set(sent)) == 20
