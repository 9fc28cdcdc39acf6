"""Statements that are put together once find, and write, what the ORM's own would."""

from datetime import UTC, date, datetime
from threading import Thread
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    IntegerField,
    Model,
    PositiveBigIntegerField,
    Q,
    UUIDField,
)
from django.db.models.signals import post_init, post_save, pre_init, pre_save
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext, isolate_apps
from django.utils.translation import gettext_lazy

from gongzhi.acts import kept as kept_statements
from gongzhi.acts.kept import (
    Kept,
    KeptUpdate,
    Several,
    as_it_stands,
    connected,
    insert,
    insert_all,
    preparer,
    save,
)
from gongzhi.acts.models import Act, Chain
from gongzhi.messages.models import Topic
from gongzhi.procedures.models import CaseAct, Mark, Round, Task

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, 15, 250000, tzinfo=UTC)


def _act(chain: Chain, seq: int, **more: Any) -> Act:
    told = {
        "name": "示例",
        "at": AT,
        "said": {"数": [1, "二"]},
        "said_digest": "d",
        "answer": {},
        "previous": "",
    }
    return Act(chain=chain, seq=seq, hash=f"h{seq}", **(told | more))


SHANGHAI = ZoneInfo("Asia/Shanghai")
VALUES: list[tuple[Any, Any]] = [
    (DateTimeField(), AT),
    (DateTimeField(), datetime(2026, 3, 2, 23, 59, 59, tzinfo=SHANGHAI)),
    (DateTimeField(), None),
    (DateField(), date(2026, 2, 28)),
    (DateField(), None),
    (IntegerField(), -7),
    (PositiveBigIntegerField(), 2**40),
    (IntegerField(), None),
    (UUIDField(), UUID(int=2**100 + 1)),
    (UUIDField(), str(UUID(int=7))),
    (UUIDField(), None),
    (CharField(), "示例"),
    (CharField(), Topic.TASK),
    (CharField(), gettext_lazy("示例")),
    (CharField(), 7),
    (CharField(), None),
    (BooleanField(), True),
    (BooleanField(), 1),
    (BooleanField(), None),
]


@pytest.mark.parametrize(("field", "value"), VALUES)
@pytest.mark.parametrize("written", [False, True])
def test_a_value_is_prepared_as_its_field_prepares_it(field: Any, value: Any, written: bool) -> None:
    usual = (field.get_db_prep_save if written else field.get_db_prep_value)(value, connection)
    assert (quick := preparer(field, written=written)(value, connection)) == usual
    assert type(quick) is type(usual)
    if type(value) in (type(None), as_it_stands(field, connection)):
        assert type(value) is type(usual)
        assert value == usual


@pytest.fixture
def chain() -> Chain:
    """A chain of three acts."""
    made = insert(Chain(id=uuid4(), kind="case"))
    for seq in (1, 2, 3):
        insert(_act(made, seq))
    return made


def _values(rows: list[Act]) -> list[dict[str, Any]]:
    return [
        {field.attname: getattr(row, field.attname) for field in Act._meta.concrete_fields} for row in rows
    ]


def test_a_kept_read_of_several_values_finds_what_its_queryset_finds(chain: Chain) -> None:
    other = insert(Chain(id=uuid4(), kind="case"))
    insert(_act(other, 7))

    def read(chains: Any, until: Any) -> Any:
        return Act.objects.filter(chain_id__in=chains, seq__lte=until).order_by("seq")

    kept = Kept(read, chains=Several(UUIDField()), until=IntegerField())
    keys = [other.id, chain.id, uuid4(), uuid4(), uuid4()]
    for number in (5, 0, 1, 2, 3, 4, 5):
        asked = keys[:number]
        assert _values(kept.rows(chains=asked, until=9)) == _values(list(read(asked, 9))), number
    assert [row.seq for row in kept.rows(chains=set(keys), until=2)] == [1, 2]


def test_a_kept_read_yields_what_its_queryset_yields(chain: Chain) -> None:
    def read(root: Any) -> Any:
        return Act.objects.filter(chain_id=root).select_related("chain").order_by("-seq")

    kept = Kept(read, root=UUIDField())
    for _ in range(2):
        rows = kept.rows(root=chain.id)
        assert [row.seq for row in rows] == [3, 2, 1]
        assert _values(rows) == _values(list(read(chain.id)))
        with CaptureQueriesContext(connection) as asked:
            assert rows[0].chain.kind == "case"
        assert not asked.captured_queries
    assert kept.rows(root=uuid4()) == []


def test_a_kept_read_takes_other_values_each_time(chain: Chain) -> None:
    other = insert(Chain(id=uuid4(), kind="estate"))
    insert(_act(other, 1))
    kept = Kept(
        lambda root, name: Act.objects.filter(Q(chain_id=root) & Q(name=name)).values_list("seq", "at"),
        root=UUIDField(),
        name=CharField(),
    )
    assert len(kept.rows(root=chain.id, name="示例")) == 3
    assert kept.first(root=other.id, name="示例") == (1, AT)
    assert kept.first(root=other.id, name="'; DROP TABLE acts_act; --") is None


def test_a_kept_read_asks_one_statement(chain: Chain) -> None:
    kept = Kept(lambda root: Chain.objects.filter(pk=root), root=UUIDField())
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            kept.rows(root=chain.id)
        assert len(asked.captured_queries) == 1


def test_a_missing_value_is_an_error_not_an_empty_answer() -> None:
    with pytest.raises(KeyError):
        Kept(lambda root: Chain.objects.filter(pk=root), root=UUIDField()).rows()


def test_an_inserted_row_is_the_row_that_save_writes(chain: Chain) -> None:
    by_insert, by_save = _act(chain, 4, key="k1"), _act(chain, 5, key="k2")
    insert(by_insert)
    by_save.save(force_insert=True)
    rows = _values(list(Act.objects.filter(seq__in=(4, 5)).order_by("seq")))
    told = [
        {name: value for name, value in row.items() if name not in ("id", "seq", "hash", "key")}
        for row in rows
    ]
    assert told[0] == told[1]
    assert _values([by_insert])[0] == rows[0]
    assert not by_insert._state.adding


def test_a_refused_insert_leaves_nothing_behind(chain: Chain) -> None:
    def twice() -> None:
        insert(_act(chain, 4))
        insert(_act(chain, 3))

    with pytest.raises(IntegrityError), transaction.atomic():
        twice()
    assert Act.objects.filter(chain=chain).count() == 3


def test_an_error_that_was_caught_still_undoes_the_change(chain: Chain) -> None:
    with transaction.atomic():
        insert(_act(chain, 4))
        with pytest.raises(IntegrityError):
            insert(_act(chain, 3))
    assert Act.objects.filter(chain=chain).count() == 3


def test_a_kept_update_writes_its_fields_to_its_rows_alone(chain: Chain) -> None:
    other = insert(Chain(id=uuid4(), kind="estate"))
    update = KeptUpdate(
        lambda root: Chain.objects.filter(pk=root),
        ("kind", "head"),
        root=UUIDField(),
        kind=CharField(),
        head=CharField(),
    )
    for kind in ("notice", "paper"):
        update.write(root=chain.id, kind=kind, head="ab")
        chain.refresh_from_db()
        assert (chain.kind, chain.head) == (kind, "ab")
    other.refresh_from_db()
    assert (other.kind, other.head) == ("estate", "")


def test_several_rows_are_one_statement(chain: Chain) -> None:
    for rows in ([_act(chain, 4), _act(chain, 5)], [_act(chain, 6), _act(chain, 7), _act(chain, 8)]):
        with CaptureQueriesContext(connection) as asked:
            insert_all(rows)
        assert len(asked.captured_queries) == 1
    insert_all([])
    found = Act.objects.filter(chain=chain).order_by("seq")
    assert [act.seq for act in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert _values([found[7]]) == _values([rows[2]])


def test_more_rows_than_a_statement_takes_are_written_all(chain: Chain) -> None:
    rows = [_act(chain, seq) for seq in range(4, 304)]
    at_once = connection.ops.bulk_batch_size(Act._meta.local_concrete_fields, rows)
    with CaptureQueriesContext(connection) as asked:
        insert_all(rows)
    assert len(asked.captured_queries) == -(-len(rows) // at_once)
    assert Act.objects.filter(chain=chain).count() == 303


def test_a_row_that_is_there_already_is_passed_over_where_that_is_asked(chain: Chain) -> None:
    insert_all([_act(chain, 3), _act(chain, 4)], ignore_conflicts=True)
    assert Act.objects.filter(chain=chain).count() == 4


def test_a_saved_field_is_written_and_no_other(chain: Chain) -> None:
    chain.seq, chain.head, chain.kind = 7, "ab", "estate"
    save(chain, "seq", "head")
    chain.refresh_from_db()
    assert (chain.seq, chain.head, chain.kind) == (7, "ab", "case")


def test_a_row_is_saved_whole_where_no_field_is_named(chain: Chain) -> None:
    chain.seq, chain.kind = 7, "estate"
    save(chain)
    chain.refresh_from_db()
    assert (chain.seq, chain.kind) == (7, "estate")


@pytest.mark.parametrize("model", [Act, Chain, CaseAct, Mark, Round, Task])
def test_what_is_inserted_needs_nothing_that_save_does_besides(model: type[Model]) -> None:
    assert not model._meta.parents
    assert not getattr(model._meta, "db_returning_fields", [])
    assert model.save is Model.save
    for signal in (pre_save, post_save, pre_init, post_init):
        assert not signal.has_listeners(model)


def test_nothing_is_found_by_a_missing_value(chain: Chain) -> None:
    assert Kept(lambda root: Chain.objects.filter(pk=root), root=UUIDField()).rows(root=None) == []


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection() -> None:
    root = insert(Chain(id=uuid4(), kind="case")).id
    kept = Kept(lambda root: Chain.objects.filter(pk=root), root=UUIDField())
    kept.rows(root=root)
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append([row.id for row in kept.rows(root=root)])
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[root]] * 4


def test_within_an_act_the_connection_is_looked_for_once_in_its_own_thread(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(lambda root: Act.objects.filter(chain_id=root), root=UUIDField())
    looked: list[str] = []
    find = type(connections).__getitem__

    def noted(self: Any, alias: str) -> Any:
        looked.append(alias)
        return find(self, alias)

    def ask() -> int:
        looked.clear()
        kept.rows(root=chain.id)
        save(chain, "kind")
        return len(looked)

    usual = ask()
    monkeypatch.setattr(type(connections), "__getitem__", noted)
    assert (usual, ask()) == (0, 2)
    with connected():
        assert ask() == 0
        with connected():
            assert ask() == 0
        assert ask() == 0
        other = Thread(target=lambda: found.append(_held()))
        found: list[Any] = []
        other.start()
        other.join()
        assert found == [None]
    assert ask() == 2


def _held() -> Any:
    return kept_statements._HELD.db


def test_after_a_failure_nothing_more_is_read_in_the_transaction(chain: Chain) -> None:
    kept = Kept(lambda root: Act.objects.filter(chain_id=root), root=UUIDField())
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012  the second read must not be reached
        with pytest.raises(IntegrityError):
            insert(_act(chain, 1))
        with pytest.raises(TransactionManagementError):
            kept.rows(root=chain.id)
        raise IntegrityError
    assert len(kept.rows(root=chain.id)) == 3


def test_whoever_looks_at_the_statements_sees_those_kept(chain: Chain) -> None:
    """And what is found is the same whether somebody looks or not."""
    kept = Kept(lambda root: Act.objects.filter(chain_id=root).order_by("seq"), root=UUIDField())
    unseen = _values(kept.rows(root=chain.id))
    asked: list[str] = []

    def look(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql.split()[0])
        return execute(sql, *more)

    with connection.execute_wrapper(look):
        seen = _values(kept.rows(root=chain.id))
        insert(_act(chain, 4))
    assert seen == unseen
    assert asked == ["SELECT", "INSERT"]


@isolate_apps("gongzhi.acts")
def test_a_model_with_a_column_that_fills_itself_in_is_refused() -> None:
    class Stamped(Model):
        at = DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "acts"
            managed = False

    with pytest.raises(TypeError, match="fills itself in"):
        insert_all([Stamped()])
