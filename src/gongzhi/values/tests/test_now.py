import json
from datetime import UTC, datetime, timedelta

import pytest

from gongzhi.values import now as clock

SOON = timedelta(seconds=10)


@pytest.fixture
def clock_file(tmp_path, monkeypatch):
    path = tmp_path / "clock.json"
    monkeypatch.setenv("GONGZHI_CLOCK_FILE", str(path))
    return path


def true_time():
    return datetime.now(UTC)


def test_in_live_use_the_clock_is_the_walls(monkeypatch):
    monkeypatch.delenv("GONGZHI_CLOCK_FILE", raising=False)
    assert abs(clock.now() - true_time()) < SOON
    assert not clock.is_moved()


def test_the_present_is_told_in_shanghai():
    assert clock.now().tzinfo is clock.ZONE
    assert clock.now().utcoffset() == timedelta(hours=8)


def test_a_named_file_that_is_not_there_moves_nothing(clock_file):
    assert abs(clock.now() - true_time()) < SOON
    assert not clock.is_moved()


def test_a_rehearsal_moves_its_clock_and_it_goes_on_from_there(clock_file):
    spring_festival = datetime(2026, 2, 17, 9, 0, tzinfo=clock.ZONE)
    clock.move_to(spring_festival)
    first = clock.now()
    assert timedelta() <= first - spring_festival < SOON
    assert clock.now() >= first
    assert clock.is_moved()


def test_the_offset_is_what_stands_on_file(clock_file):
    offset = clock.move_to(clock.now() + timedelta(days=90))
    assert json.loads(clock_file.read_text()) == {"offset_seconds": offset.total_seconds()}
    assert abs(offset - timedelta(days=90)) < SOON


def test_a_clock_can_be_moved_again_and_back(clock_file):
    clock.move_to(true_time() + timedelta(days=90))
    clock.move_to(true_time())
    assert abs(clock.now() - true_time()) < SOON
    assert not clock.is_moved()


def test_an_instant_of_another_zone_is_the_same_instant(clock_file):
    clock.move_to(datetime(2026, 9, 30, 10, 30, tzinfo=UTC))
    assert clock.now().strftime("%Y-%m-%d %H:%M") == "2026-09-30 18:30"


def test_a_live_clock_cannot_be_moved(monkeypatch):
    monkeypatch.delenv("GONGZHI_CLOCK_FILE", raising=False)
    with pytest.raises(KeyError):
        clock.move_to(true_time())
