"""Each minute: every job runs, whatever another one did."""

import sys
import threading
from types import ModuleType

import pytest
from django.db import DatabaseError

from gongzhi.config import worker
from gongzhi.procedures.models import JobFailure
from gongzhi.values.now import now


@pytest.fixture
def jobs(monkeypatch):
    """Two jobs, of which the first fails; what they were called with."""
    module, called = ModuleType("made_up_jobs"), []

    def fails(at):
        called.append(("fails", at))
        raise ValueError

    module.fails, module.works = fails, lambda at: called.append(("works", at))
    monkeypatch.setitem(sys.modules, "made_up_jobs", module)
    monkeypatch.setattr(worker, "EVERY_MINUTE", ("made_up_jobs:fails", "made_up_jobs:works"))
    return called


@pytest.mark.django_db
def test_a_failing_job_is_counted_and_keeps_no_other_from_running(jobs, caplog):
    at = now()
    assert worker.do_minute(at) == 1
    assert jobs == [("fails", at), ("works", at)]
    assert "made_up_jobs:fails" in caplog.text
    noted = JobFailure.objects.get()
    assert (noted.name, noted.at, noted.fault) == ("fails", at, "ValueError")


@pytest.mark.django_db
def test_a_failure_that_cannot_be_written_down_keeps_no_job_from_running(jobs, caplog, monkeypatch):
    def refuses(name, at, fault):
        raise DatabaseError

    monkeypatch.setattr("gongzhi.procedures.tick.note_failure", refuses)
    assert worker.do_minute(now()) == 1
    assert [name for name, _ in jobs] == ["fails", "works"]
    assert "could not be written down" in caplog.text


def test_the_worker_ticks_at_once_and_stops_when_told(monkeypatch):
    stopping, ticks = threading.Event(), []
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "do_minute", lambda at: (ticks.append(at), stopping.set()))
    worker.run_until(stopping)
    assert len(ticks) == 1


@pytest.mark.django_db
def test_every_job_is_there_and_may_be_repeated():
    assert worker.do_minute(now()) == 0
    assert worker.do_minute(now()) == 0
