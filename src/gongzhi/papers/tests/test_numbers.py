"""发文字号: one after another, per organisation and year; a void one stays."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from gongzhi.papers.models import DocumentNumber, NumberSeries
from gongzhi.papers.numbers import draw_number, number_text, void_number
from gongzhi.registry.models import Organisation, OrganisationKind
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, Invalid, NotPossible

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)


def office(name: str = "某某街道办事处", document_code: str = "某街办") -> Organisation:
    return Organisation.objects.create(
        kind=OrganisationKind.ENFORCEMENT_BUREAU,
        name=name,
        jurisdiction_code="2206",
        document_code=document_code,
        from_on=date(2020, 1, 1),
    )


def test_a_number_is_written_with_hexagonal_brackets_and_without_zeros() -> None:
    assert number_text("某街办", 2026, 7) == "某街办\u30142026\u30157号"


@pytest.mark.django_db
def test_numbers_follow_one_another_per_organisation() -> None:
    one, other = office(), office("某某局", "某局")
    assert [draw_number(one, AT).text for _ in range(3)] == [f"某街办〔2026〕{n}号" for n in (1, 2, 3)]
    assert draw_number(other, AT).text == "某局〔2026〕1号"


@pytest.mark.django_db
def test_a_year_begins_at_midnight_in_shanghai() -> None:
    one = office()
    draw_number(one, AT)
    assert draw_number(one, datetime(2026, 12, 31, 15, 59, tzinfo=UTC)).text == "某街办〔2026〕2号"
    assert draw_number(one, datetime(2026, 12, 31, 16, 0, tzinfo=UTC)).text == "某街办〔2027〕1号"


@pytest.mark.django_db
def test_an_office_without_a_code_is_told_to_register_one() -> None:
    with pytest.raises(NotPossible, match="机关代字"):
        draw_number(office(document_code=""), AT)


@pytest.mark.django_db(transaction=True)
def test_a_number_is_drawn_inside_a_transaction_only() -> None:
    with pytest.raises(RuntimeError, match="inside the door"):
        draw_number(office(), AT)


@pytest.mark.django_db(transaction=True)
def test_a_number_of_a_change_that_failed_is_drawn_again() -> None:
    one = office()

    def fail() -> None:
        with transaction.atomic():
            draw_number(one, AT)
            raise NotPossible("条件未满足。")

    with pytest.raises(NotPossible):
        fail()
    with transaction.atomic():
        assert draw_number(one, AT).serial == 1


@pytest.mark.django_db
def test_a_void_number_stays_and_is_not_drawn_again() -> None:
    one = office()
    number = void_number(draw_number(one, AT), " 文稿有误 ", AT)
    assert (str(number), number.void_reason) == ("某街办〔2026〕1号（作废）", "文稿有误")
    assert draw_number(one, AT).serial == 2
    with pytest.raises(Conflict, match="已经作废"):
        void_number(number, "又一次", AT)
    with pytest.raises(Invalid, match="作废原因"):
        void_number(draw_number(one, AT), " ", AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"serial": 1},
        {"serial": 2, "text": "某街办〔2026〕1号"},
        {"serial": 0},
        {"serial": 2, "voided_at": AT},
        {"serial": 2, "void_reason": "无"},
        {"serial": 2, "voided_at": AT.replace(year=2025), "void_reason": "无"},
    ],
)
def test_the_database_keeps_numbers_in_order(wrong: dict[str, object]) -> None:
    one = office()
    draw_number(one, AT)
    values = {"organisation": one, "year": 2026, "text": f"x{wrong}"[:60], "issued_at": AT, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentNumber.objects.create(**values)


def at_once(works: list[Callable[[], None]]) -> list[BaseException]:
    """Run each in a thread with its own connection; return what went wrong."""
    wrong: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001
            wrong.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return wrong


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_connections_that_draw_at_once_get_two_numbers_and_none_is_lost() -> None:
    one = office()
    both = threading.Barrier(2)
    serials: list[int] = []

    def draw() -> None:
        with transaction.atomic():
            both.wait(10)
            serials.append(draw_number(one, AT).serial)

    for _ in range(5):
        assert at_once([draw, draw]) == []
    assert sorted(serials) == list(range(1, 11))
    assert NumberSeries.objects.get(organisation=one, year=2026).last == 10


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_second_drawer_waits_for_the_first_and_takes_his_number_if_he_fails() -> None:
    one = office()
    with transaction.atomic():
        draw_number(one, AT)
    drawn, serials = threading.Event(), []

    def fails() -> None:
        with transaction.atomic():
            draw_number(one, AT)
            drawn.set()
            threading.Event().wait(0.5)
            raise NotPossible("条件未满足。")

    def follows() -> None:
        drawn.wait(10)
        with transaction.atomic():
            serials.append(draw_number(one, AT).serial)

    assert [type(failure) for failure in at_once([fails, follows])] == [NotPossible]
    assert serials == [2]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_connections_cannot_void_one_number_twice() -> None:
    with transaction.atomic():
        number = draw_number(office(), AT)
    both = threading.Barrier(2)

    def void() -> None:
        both.wait(10)
        void_number(DocumentNumber.objects.get(pk=number.pk), "文稿有误", AT)

    assert [type(failure) for failure in at_once([void, void])] == [Conflict]
