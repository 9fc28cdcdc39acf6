"""The chain of each root: what was tampered with is found, and the first broken link is named."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from gongzhi.acts import append_only, chains, check
from gongzhi.acts.models import Act, Chain, Leaf, Node, SealedHead
from gongzhi.acts.roots import Root
from gongzhi.acts.tests.scene import AT, a_case, act
from gongzhi.values.ids import new_id

pytestmark = pytest.mark.django_db


@contextmanager
def unguarded(model: Any) -> Iterator[None]:
    """As somebody with the database's password would: the triggers of a table down, then up again."""
    table, postgres = model._meta.db_table, connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name in append_only._names(table, connection.vendor).values():
            cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if postgres else ""))
    yield
    append_only.install()


@pytest.fixture
def root() -> Root:
    """A root in which three things were done."""
    root = a_case()
    for minute in range(3):
        act(root, said={"minute": minute}, at=AT + timedelta(minutes=minute))
    return root


def links(root: Root) -> list[str]:
    return list(chains.broken_links(Chain.objects.get(pk=root.id)))


def test_an_honest_chain_holds(root: Root) -> None:
    assert links(root) == []
    assert [act.seq for act in Act.objects.order_by("seq")] == [1, 2, 3]
    assert Chain.objects.get().head == Act.objects.get(seq=3).hash


@pytest.mark.parametrize(
    "changed",
    [
        {"said": {"minute": 9}},
        {"said_digest": "0" * 64},
        {"answer": {"paid": True}},
        {"account_id": None},
        {"appointment_id": new_id()},
        {"at": AT + timedelta(seconds=61)},
        {"name": "example.other"},
        {"subject_id": new_id()},
        {"key": "k"},
        {"hash": "0" * 64},
    ],
)
def test_any_word_of_an_act_that_was_changed_is_found_and_its_link_named(
    root: Root, changed: dict[str, Any]
) -> None:
    with unguarded(Act):
        Act.objects.filter(seq=2).update(**changed)
    assert len(links(root)) == 1
    assert "第 2 环断裂" in links(root)[0]


def test_an_act_taken_out_of_the_middle_is_found(root: Root) -> None:
    with unguarded(Act):
        Act.objects.filter(seq=2).delete()
    assert "第 2 环断裂" in links(root)[0]


def test_an_act_rewritten_with_its_own_new_hash_breaks_the_next(root: Root) -> None:
    second = Act.objects.get(seq=2)
    second.answer = {"paid": True}
    with unguarded(Act):
        Act.objects.filter(seq=2).update(answer=second.answer, hash=chains.hash_of(second))
    assert "第 3 环断裂" in links(root)[0]


def test_a_head_that_is_ahead_of_its_links_is_found(root: Root) -> None:
    with unguarded(Act):
        Act.objects.filter(seq=3).delete()
    assert "记到第 3 环，只找到 2 环" in links(root)[0]


def test_the_hash_is_the_same_after_the_row_was_read_back(root: Root) -> None:
    assert [chains.hash_of(act) == act.hash for act in Act.objects.all()] == [True] * 3


# Append-only ----------------------------------------------------------------------------------------------------------


def refuses(change: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="append-only table"), transaction.atomic():
        change()


def test_the_database_refuses_to_change_or_delete_what_is_written_once(root: Root) -> None:
    refuses(lambda: Act.objects.filter(seq=1).update(name="x"))
    refuses(lambda: Act.objects.filter(seq=1).delete())
    refuses(lambda: Act.objects.filter(seq=1)._raw_delete("default"))


def test_the_database_refuses_to_empty_a_table_written_once(root: Root) -> None:
    statement = "TRUNCATE acts_act CASCADE" if connection.vendor == "postgresql" else "DELETE FROM acts_act"
    connection.check_constraints()
    with connection.cursor() as cursor:
        refuses(lambda: cursor.execute(statement))


def test_a_row_cannot_be_replaced_by_inserting_it_again(root: Root) -> None:
    if connection.vendor == "postgresql":
        statement = "INSERT INTO acts_leaf (index, kind, data, at) VALUES (0, 'x', '00', now()) "
        statement += "ON CONFLICT (index) DO UPDATE SET kind = 'changed'"
    else:
        statement = (
            "INSERT OR REPLACE INTO acts_leaf (\"index\", kind, data, at) VALUES (0, 'x', '00', '2026-01-01')"
        )
    Leaf.objects.create(index=0, kind="example", data="00" * 32, at=AT)
    with connection.cursor() as cursor:
        refuses(lambda: cursor.execute(statement))


@pytest.mark.parametrize("label", append_only.APPEND_ONLY)
def test_every_table_of_the_list_is_guarded(label: str) -> None:
    assert append_only.missing() == []


@pytest.mark.parametrize("model", [Act, Leaf, Node, SealedHead])
def test_a_trigger_that_is_gone_is_found_and_put_up_again(model: Any) -> None:
    table = model._meta.db_table
    with unguarded(model):
        assert set(append_only.missing()) == set(append_only._names(table, connection.vendor).values())
        assert any("缺少触发器" in finding for finding in check.findings(AT))
    assert append_only.missing() == []


def test_a_trigger_that_was_switched_off_or_hollowed_out_is_found() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE acts_act DISABLE TRIGGER acts_act_no_update")
        else:
            cursor.execute("DROP TRIGGER acts_act_no_update")
            cursor.execute("CREATE TRIGGER acts_act_no_update BEFORE UPDATE ON acts_act BEGIN SELECT 1; END")
    assert append_only.missing() == ["acts_act_no_update"]


def test_every_room_lists_what_it_writes_once() -> None:
    written_once = {"acts.Act", "acts.Leaf", "acts.Node", "acts.SealedHead", "procedures.CaseAct"}
    assert written_once < set(append_only.APPEND_ONLY)
