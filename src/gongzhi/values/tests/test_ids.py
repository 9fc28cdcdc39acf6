import copy
import pickle
import time
import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.values.ids import new_id, of_number, uuid7

instants = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(instants)
def test_an_identifier_is_a_uuid_of_version_seven(at):
    made = uuid7(at)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_an_identifier_begins_with_its_milliseconds():
    assert uuid7(datetime(2026, 11, 21, tzinfo=UTC)).int >> 80 == 1795219200000


@given(instants, st.timedeltas(timedelta(microseconds=1), timedelta(days=3650)))
def test_a_later_identifier_sorts_later(at, later):
    assert uuid7(at) < uuid7(at + later)
    assert str(uuid7(at)) < str(uuid7(at + later))


def test_identifiers_of_one_instant_differ():
    at = datetime(2026, 11, 21, tzinfo=UTC)
    assert len({uuid7(at) for _ in range(1000)}) == 1000


def test_identifiers_sort_as_they_were_made():
    made = []
    for _ in range(1000):
        made.append(new_id())
        begun = time.perf_counter_ns()
        while time.perf_counter_ns() - begun < 2000:  # two microseconds: the clock tells one from the next
            pass
    assert made == sorted(made)


def test_a_new_identifier_is_made_of_the_present():
    made = datetime.fromtimestamp((new_id().int >> 80) / 1000, UTC)
    assert abs(made - datetime.now(UTC)) < timedelta(seconds=10)


@given(st.integers(0, 2**128 - 1))
def test_the_identifier_of_a_number_is_the_one_the_class_makes(number):
    made, usual = of_number(number), uuid.UUID(int=number)
    assert type(made) is uuid.UUID
    assert (made, hash(made), repr(made), made.hex) == (usual, hash(usual), repr(usual), usual.hex)
    assert (made.is_safe, made.version, made.bytes) == (usual.is_safe, usual.version, usual.bytes)
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == usual
    assert pickle.dumps(made) == pickle.dumps(usual)
