"""Rows made of what was read, and rows to be written, are those the ORM makes."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Count, Model, UUIDField

from gongzhi.acts.kept import Kept, insert
from gongzhi.acts.models import Act, Chain
from gongzhi.acts.rows import fresh, link
from gongzhi.messages.models import Message
from gongzhi.procedures.models import CaseAct, CaseStep, Clock, Mark, Round, Rung, Task
from gongzhi.registry.models import Organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, 15, 250000, tzinfo=UTC)


def _told(row: Model, *but: str) -> dict[str, Any]:
    fields = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in fields if name not in but}


@pytest.mark.parametrize("model", [Act, CaseAct, CaseStep, Mark, Message, Round, Rung, Task])
def test_a_fresh_row_has_the_defaults_of_the_models_own_call(model: type[Model]) -> None:
    made, called = fresh(model), model()
    assert _told(made, "id", "created_at") == _told(called, "id", "created_at")
    assert (made.pk is None) == (called.pk is None)
    assert made.pk is None or made.pk != fresh(model).pk
    assert made._state.adding


def test_what_a_row_begins_with_is_its_own() -> None:
    fresh(Clock).extra.append("示例")
    assert fresh(Clock).extra == []


def test_a_name_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="chain"):
        fresh(Act, chain=Chain(id=uuid4()))


def test_a_fresh_row_is_written_and_read_as_any_other() -> None:
    chain = insert(fresh(Chain, id=uuid4(), kind="case"))
    act = insert(
        fresh(
            Act, chain_id=chain.id, seq=1, name="示例", at=AT, said=None, said_digest="d", answer={}, hash="h"
        )
    )
    kept = Kept(lambda root: Act.objects.filter(chain=root).select_related("chain"), root=UUIDField())
    (read,) = kept.rows(root=chain.id)
    assert _told(read) == _told(act) == _told(Act.objects.get(pk=act.pk))
    assert _told(read.chain) == _told(chain)
    assert not read._state.adding
    assert read == act


@pytest.mark.parametrize("answer", [{"数": [1, "二", None]}, [], "示例", "2026-03-02", 7, True])
def test_what_is_kept_as_json_is_read_as_the_orm_reads_it(answer: Any) -> None:
    chain = insert(fresh(Chain, id=uuid4(), kind="case"))
    insert(fresh(Act, chain_id=chain.id, seq=1, at=AT, said=None, said_digest="d", answer=answer, hash="h"))
    kept = Kept(lambda root: Act.objects.filter(chain=root).values_list("answer", "said"), root=UUIDField())
    assert kept.rows(root=chain.id) == [(answer, None)] == list(Act.objects.values_list("answer", "said"))
    assert type(kept.rows(root=chain.id)[0][0]) is type(answer)


@pytest.mark.parametrize("on", [date(2026, 2, 28), None])
def test_a_day_is_read_as_the_orm_reads_it(on: date | None) -> None:
    made = Organisation.objects.create(
        kind="provider", name="示例", jurisdiction_code="220602", from_on=date(2025, 1, 1), to_on=on
    )
    kept = Kept(lambda pk: Organisation.objects.filter(pk=pk), pk=UUIDField())
    (read,) = kept.rows(pk=made.pk)
    assert _told(read) == _told(Organisation.objects.get(pk=made.pk))
    assert read.to_on == on


def test_a_value_is_read_by_its_field_and_not_by_the_driver_before_it() -> None:
    chain = insert(fresh(Chain, id=uuid4(), kind="case"))
    insert(fresh(Act, chain_id=chain.id, seq=1, at=AT, said=None, said_digest="d", answer={}, hash="h"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM acts_act")
        told = {"sqlite": "2026-03-02 01:30:15.250000", "postgresql": AT}
        assert cursor.fetchone() == (told[connection.vendor],)
    assert Act.objects.values_list("at", flat=True).get() == AT


def test_what_is_not_read_is_read_when_it_is_asked_for() -> None:
    chain = insert(fresh(Chain, id=uuid4(), kind="case", head="ab"))
    kept = Kept(lambda root: Chain.objects.filter(pk=root).defer("head"), root=UUIDField())
    (read,) = kept.rows(root=chain.id)
    assert read.get_deferred_fields() == {"head"}
    assert read.head == "ab"


def test_notes_stand_beside_the_row() -> None:
    chain = insert(fresh(Chain, id=uuid4(), kind="case"))
    kept = Kept(lambda root: Chain.objects.filter(pk=root).annotate(acts_in=Count("acts")), root=UUIDField())
    assert [row.acts_in for row in kept.rows(root=chain.id)] == [0]


def test_a_link_answers_without_a_query(django_assert_num_queries: Any) -> None:
    chain = Chain(id=uuid4(), kind="case")
    act = fresh(Act, chain_id=chain.id)
    link(act, "chain", chain)
    with django_assert_num_queries(0):
        assert act.chain is chain


def test_a_read_of_another_kind_is_refused_not_half_made() -> None:
    with pytest.raises(TypeError, match="no kept read yields"):
        Kept(lambda: Chain.objects.values("id")).rows()
