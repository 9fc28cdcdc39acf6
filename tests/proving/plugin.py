"""A loop for pytest: each provision is taken away, and its named tests run until one of them fails.

Used by `gongzhi law prove`; a test that passes without what it proves proves nothing. Tests run in one process over
one test database, so that a provision costs what its tests cost.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

MARK = "proves"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--prove FILE` writes what was found; `--provisions` names those to try, all without it."""
    group = parser.getgroup("proving")
    group.addoption("--prove", metavar="FILE", help="where the answer is written, as JSON")
    group.addoption("--provisions", default="", help="the provisions to try, separated by commas")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only tests that say they prove something."""
    if config.getoption("--prove"):
        items[:] = [item for item in items if provisions_of(item)]


def provisions_of(item: pytest.Item) -> set[str]:
    """The provisions a test says it proves."""
    return {one for mark in item.iter_markers(MARK) for said in mark.args for one in said.split()}


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Try every provision asked for, in order."""
    path = session.config.getoption("--prove")
    if not path:
        return None
    marked: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in session.items:
        for one in provisions_of(item):
            marked[one].append(item)
    wanted = [one for one in session.config.getoption("--provisions").split(",") if one] or sorted(marked)
    found = {one: try_one(one, marked[one], session) for one in wanted}
    Path(path).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return True


def try_one(provision: str, items: Iterable[pytest.Item], session: pytest.Session) -> dict[str, Any]:
    """`fell` names the first test that fails without the provision and passes with it; "" where none does."""
    from proving.without import without  # the models are there only when pytest has set Django up

    tried: list[str] = []
    for item in items:
        with without(provision):
            failed = not passes(item, session)
        if failed and passes(item, session):
            return {"fell": item.nodeid, "tried": tried}
        tried.append(item.nodeid)
    return {"fell": "", "tried": tried}


def passes(item: pytest.Item, session: pytest.Session) -> bool:
    """Run one test; what the session holds (the test database) stays for the next."""
    reports = runtestprotocol(item, log=False, nextitem=session)  # type: ignore[arg-type]
    return all(report.passed for report in reports)
