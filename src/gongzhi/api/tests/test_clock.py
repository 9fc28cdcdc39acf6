"""The rehearsal's clock: forward only, by the administrator only, and what falls due happens."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gongzhi.api.tests.http import Web
from gongzhi.api.tests.test_early_exit import expect
from gongzhi.values import now as clock

LADDER = "agreement_failed"


@pytest.fixture
def moved(web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Web:
    """An application has arrived; then the real clock again, with a file that moves it to where the play is."""
    web.apply("2026-06-30").arrive()
    monkeypatch.setenv("GONGZHI_CLOCK_FILE", str(tmp_path / "clock.json"))
    monkeypatch.setattr("gongzhi.api.auth.now", clock.now)
    clock.move_to(web.now)
    return web


def put(web: Web, at: str, name: str = "administrator") -> Any:
    """Ask for the clock to be moved."""
    return web.ask(name, "PUT", "/clock", {"at": at})


def test_moving_the_clock_does_what_falls_due_until_then(moved: Web) -> None:
    answer = put(moved, "2026-06-01T00:05:00+08:00")
    assert answer.status_code == 200, answer.content.decode()
    assert (answer.json()["at"], answer.json()["failed"]) == ("2026-06-01T00:05:00+08:00", 0)
    # 90 days from 2 March are over on 31 May 2026 at 24:00: 协商未达成
    agreement = next(step for step in moved.told()["steps"] if step["code"] == "agreement")
    assert agreement["rounds"][0]["marks"][LADDER] == "2026-06-01T00:00:00+08:00"
    assert moved.get("owner", "/public/log/head")["size"] > 0


def test_the_clock_says_where_it_stands_and_moves_forward_only(moved: Web) -> None:
    told = moved.get("administrator", "/clock")
    assert told["is_moved"]
    stands = datetime.fromisoformat(told["at"])
    for back in (timedelta(hours=1), timedelta(0)):
        refused = expect(put(moved, (stands - back).isoformat()), 409, "not-possible")
        assert "只能向前" in refused["detail"]
    expect(put(moved, "2026-06-01T00:00:00"), 400, "invalid")


def test_only_the_administrator_moves_it(moved: Web) -> None:
    for name in ("county_leader", "auditor", "owner"):
        expect(put(moved, "2026-06-01T00:00:00+08:00", name), 403, "not-allowed")


def test_in_real_use_there_is_no_clock_to_move(moved: Web, settings: Any) -> None:
    settings.REHEARSAL = False
    expect(moved.ask("administrator", "GET", "/clock"), 404, "not-found")
    expect(put(moved, "2026-06-01T00:00:00+08:00"), 404, "not-found")


def test_the_process_says_that_it_lives_and_that_it_can_work(web: Web) -> None:
    for path in ("/healthz", "/readyz"):
        answer = web.client.get(path)
        assert (answer.status_code, json.loads(answer.content)) == (200, {"status": "ok"})
