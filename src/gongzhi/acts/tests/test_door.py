"""The door: its order, its repeats, its conflicts, and that a change is whole or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongzhi.acts import chains, events
from gongzhi.acts.actor import SYSTEM
from gongzhi.acts.door import present_act
from gongzhi.acts.models import Act, Chain, Entry
from gongzhi.acts.tests.scene import AT, a_case, act, somebody
from gongzhi.values.ids import new_id
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotPossible

pytestmark = pytest.mark.django_db


def public(subject: Any) -> Entry:
    return Entry.objects.create(kind="example", subject_id=subject, digest="00" * 32, at=AT)


def test_it_locks_then_asks_may_then_works_and_then_records() -> None:
    root, seen = a_case(), list[str]()

    def may() -> None:
        assert Chain.objects.filter(pk=root.id).exists()
        seen.append("may")

    def body() -> dict[str, Any]:
        assert not Act.objects.exists()
        seen.append("body")
        return {"done": True}

    answer = act(root, may=may, body=body)
    assert (seen, answer.value, answer.seq) == (["may", "body"], {"done": True}, 1)
    assert Act.objects.get().id == answer.act_id


def test_who_may_not_learns_nothing_of_what_happened_before() -> None:
    root = a_case()
    act(root)

    def may() -> None:
        raise NotAllowed("您无权办理。")

    with pytest.raises(NotAllowed):
        act(root, may=may, expects=0)


def test_a_refusal_leaves_nothing_behind() -> None:
    def body() -> dict[str, Any]:
        public(new_id())
        raise NotPossible("现在不能办理。")

    with pytest.raises(NotPossible):
        act(a_case(), body=body)
    assert [model.objects.count() for model in (Entry, Act, Chain)] == [0, 0, 0]


def test_a_failing_handler_of_an_event_undoes_the_act(monkeypatch: pytest.MonkeyPatch) -> None:
    class Happened:
        pass

    def fail(event: Any, at: Any) -> None:
        raise NotPossible("后续事项无法办理。")

    monkeypatch.setitem(events._HANDLERS, Happened, [fail])

    def body() -> dict[str, Any]:
        public(new_id())
        events.raise_event(Happened())
        return {}

    with pytest.raises(NotPossible):
        act(a_case(), body=body)
    assert not Entry.objects.exists()


def test_events_and_act_numbers_exist_inside_the_door_only() -> None:
    with pytest.raises(RuntimeError, match="inside the door"):
        events.raise_event(object())
    with pytest.raises(RuntimeError, match="inside the door"):
        present_act()


def test_the_act_inside_knows_its_place_in_the_chain() -> None:
    root, places = a_case(), list[int]()

    def body() -> dict[str, Any]:
        places.append(present_act().seq)
        return {}

    assert [act(root, body=body).seq for _ in range(3)] == places == [1, 2, 3]


# Repeats --------------------------------------------------------------------------------------------------------------


def test_the_same_request_under_the_same_key_is_answered_from_the_record() -> None:
    root, by, said = a_case(), somebody(), {"what": "this"}
    first = act(root, by, key="k1", said=said, body=lambda: {"number": 7})
    again = act(root, by, key="k1", said=said, body=lambda: {"number": 8}, at=AT + timedelta(hours=1))
    assert (again.value, again.act_id, again.replayed) == ({"number": 7}, first.act_id, True)
    assert Act.objects.count() == 1


def test_a_repeat_is_answered_even_when_its_root_was_new_each_time() -> None:
    """Opening a case makes its root in the act itself."""
    by, subject = somebody(), new_id()
    first = act(a_case(), by, key="k1", subject_id=subject, body=lambda: {"case": "one"})
    again = act(a_case(), by, key="k1", subject_id=subject, body=lambda: {"case": "two"})
    assert again.replayed
    assert again.value == first.value == {"case": "one"}
    assert Chain.objects.count() == 1


@pytest.mark.parametrize("other", [{"said": {"what": "else"}}, {"subject_id": new_id()}])
def test_the_same_key_for_something_else_is_a_conflict(other: dict[str, Any]) -> None:
    root, by = a_case(), somebody()
    act(root, by, **({"said": {"what": "this"}} | {"key": "k1"}))
    with pytest.raises(Conflict, match="已用于另一件事"):
        act(root, by, **({"said": {"what": "this"}} | other | {"key": "k1"}))
    assert Act.objects.count() == 1


def test_keys_of_different_accounts_do_not_meet() -> None:
    root = a_case()
    assert not act(root, key="k1").replayed
    assert not act(root, key="k1").replayed


def test_what_failed_under_a_key_may_be_tried_again_under_it() -> None:
    root, by = a_case(), somebody()

    def body() -> dict[str, Any]:
        raise NotPossible("现在不能办理。")

    with pytest.raises(NotPossible):
        act(root, by, key="k1", body=body)
    assert not act(root, by, key="k1").replayed


@pytest.mark.parametrize("key", ["k" * 129, "键", "a\nb", "a\0b"])
def test_a_key_that_cannot_stand_in_a_header_is_refused(key: str) -> None:
    with pytest.raises(Invalid, match="请求编号"):
        act(a_case(), key=key)


def test_the_clock_may_repeat_itself() -> None:
    root = a_case()
    assert [act(root, SYSTEM).seq, act(root, SYSTEM).seq] == [1, 2]


# Versions -------------------------------------------------------------------------------------------------------------


def test_an_old_picture_is_refused_and_told_who_was_quicker_and_when(monkeypatch: pytest.MonkeyPatch) -> None:
    root, quick = a_case(), somebody()
    monkeypatch.setattr(chains, "_NAMER", [lambda account: "示例甲"])
    act(root, quick, expects=0)
    with pytest.raises(
        Conflict, match=r"他人已办理（示例甲，2026-03-02 09:30），请刷新后再办，您填写的内容没有丢失。"
    ):
        act(root, expects=0)
    assert act(root, expects=1).seq == 2


def test_a_version_of_the_future_is_refused_too() -> None:
    with pytest.raises(Conflict, match="请刷新"):
        act(a_case(), expects=3)


def test_the_clock_has_a_name_in_the_sentence() -> None:
    root = a_case()
    act(root, SYSTEM)
    with pytest.raises(Conflict, match="（系统，"):
        act(root, expects=0)


# What is kept ---------------------------------------------------------------------------------------------------------


def test_a_new_secret_is_told_once_and_never_kept() -> None:
    root, by = a_case(), somebody()
    request = {"key": "k1", "once": ("secret",)}
    told = act(root, by, body=lambda: {"id": 1, "secret": "s3cret"}, **request)
    assert told.value == {"id": 1, "secret": "s3cret"}
    assert Act.objects.get().answer == {"id": 1}
    assert act(root, by, body=lambda: {"id": 2, "secret": "other"}, **request).value == {"id": 1}


def test_of_what_is_personal_the_record_holds_a_digest_that_nobody_can_guess_back() -> None:
    root, said = a_case(), {"id_number": "999999195001010014"}
    act(root, said=said, personal=True)
    act(root, said=said)
    personal, plain = Act.objects.order_by("seq")
    assert personal.said is None
    assert plain.said == said
    assert personal.said_digest != plain.said_digest


def test_nothing_that_is_recorded_is_a_float() -> None:
    with pytest.raises(TypeError, match="float"):
        act(a_case(), body=lambda: {"sum": [{"yuan": 1.5}]})


def test_one_key_is_one_act_in_the_database_itself() -> None:
    root, by = a_case(), somebody()
    act(root, by, key="k1")
    there = Act.objects.get()
    there.pk, there.seq = new_id(), 2
    with pytest.raises(IntegrityError), transaction.atomic():
        there.save(force_insert=True)
