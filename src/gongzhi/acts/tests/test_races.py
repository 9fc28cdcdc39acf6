"""Two at once at the door, on two real connections."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from gongzhi.acts import chains, log
from gongzhi.acts.models import Act, Chain, Entry
from gongzhi.acts.tests.at_once import at_once
from gongzhi.acts.tests.scene import AT, a_case, act, somebody
from gongzhi.values.ids import new_id
from gongzhi.values.refusals import Conflict

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("committed_db")]


def test_acts_on_one_root_come_one_after_the_other_and_fork_no_chain() -> None:
    root = a_case()
    works: list[Callable[[], Any]] = [lambda: [act(root) for _ in range(10)]] * 2
    at_once(*works)
    assert list(Act.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 21))
    assert list(chains.broken_links(Chain.objects.get())) == []


def test_one_request_sent_twice_at_once_is_done_once() -> None:
    root, by, done = a_case(), somebody(), list[int]()

    def body() -> dict[str, Any]:
        done.append(1)
        return {"number": len(done)}

    told = at_once(*[lambda: act(root, by, key="k1", body=body)] * 2)
    assert sorted(answer.replayed for answer in told) == [False, True]
    assert [answer.value for answer in told] == [{"number": 1}] * 2
    assert len(done) == 1


def test_one_request_sent_twice_at_once_under_new_roots_is_done_once() -> None:
    """Opening a case: each try makes its own root, and the second learns of the first only when it writes."""
    by, subject, both = somebody(), new_id(), threading.Barrier(2)

    def body() -> dict[str, Any]:
        both.wait(10)
        entry = Entry.objects.create(kind="case", subject_id=subject, digest="00" * 32, at=AT)
        return {"case": str(entry.id)}

    told = at_once(*[lambda: act(a_case(), by, key="k1", subject_id=subject, body=body)] * 2)
    assert sorted(answer.replayed for answer in told) == [False, True]
    assert told[0].value == told[1].value
    assert Entry.objects.count() == Act.objects.count() == 1


def test_one_key_for_two_things_at_once_is_one_act_and_one_conflict() -> None:
    by, both = somebody(), threading.Barrier(2)

    def body() -> dict[str, Any]:
        both.wait(10)
        return {}

    told = at_once(*[lambda: act(a_case(), by, key="k1", subject_id=new_id(), body=body)] * 2)
    assert [isinstance(answer, Conflict) for answer in told].count(True) == 1
    assert Act.objects.count() == 1


def test_a_connection_that_dies_inside_the_door_leaves_nothing_half_done() -> None:
    root = a_case()
    act(root)

    def body() -> dict[str, Any]:
        Entry.objects.create(kind="case", subject_id=new_id(), digest="00" * 32, at=AT)
        connection.connection.close()
        return {}

    told = at_once(lambda: act(root, body=body))
    assert isinstance(told[0], Exception)
    assert not Entry.objects.exists()
    assert act(root).seq == 2


def test_the_sealing_of_a_minute_waits_for_no_act_and_seals_it_the_next() -> None:
    slow, quick = a_case(), a_case()
    act(slow)
    act(quick)
    inside, sealed = threading.Event(), threading.Event()

    def body() -> dict[str, Any]:
        inside.set()
        assert sealed.wait(10)
        return {}

    def seal() -> int:
        assert inside.wait(10)
        try:
            return log.seal(AT)
        finally:
            sealed.set()

    told = at_once(lambda: act(slow, body=body), seal)
    assert told[1] == 1
    assert Chain.objects.get(pk=slow.id).sealed_seq == 0
    assert Chain.objects.get(pk=quick.id).sealed_seq == 1
    log.seal(AT + timedelta(minutes=1))
    assert Chain.objects.get(pk=slow.id).sealed_seq == 2


def test_two_workers_that_seal_at_once_seal_each_entry_once() -> None:
    for number in range(6):
        log.publish(kind="notice", subject_id=new_id(), content=f"{number:064}", at=AT)
    assert sorted(at_once(*[lambda: log.seal(AT)] * 2)) == [0, 6]
    assert log.head().size == 6


def test_the_lock_of_a_root_is_held_until_the_act_is_recorded() -> None:
    root = a_case()
    act(root)

    def try_now() -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            try:
                chains.lock(root)
            except OperationalError:
                return "held"
        return "free"

    seen: list[str] = []

    def body() -> dict[str, Any]:
        seen.extend(at_once(try_now))
        return {}

    act(root, body=body)
    assert seen == ["held"]
    assert at_once(try_now) == ["free"]
