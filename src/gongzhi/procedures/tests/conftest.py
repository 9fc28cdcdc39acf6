"""What the tests of the kernel share."""

from collections.abc import Iterator

import pytest

from gongzhi.acts import check as of_acts
from gongzhi.procedures import catalogue, check
from gongzhi.procedures.tests.stage import Law, Stage, at, law
from gongzhi.registry.tests.cast import build_cast

__all__ = ["Law", "law"]


@pytest.fixture
def stage(db: None, law: Law) -> Iterator[Stage]:
    """白山, Monday 2 March 2026, 09:00. Whatever a test has played, `gongzhi check` finds nothing wrong with it."""
    now = at("2026-03-02 09:00")
    stage = Stage(build_cast(now, areas=()), now)
    try:
        yield stage
        if not stage.is_tampered:
            assert [*check.findings(stage.now), *of_acts.findings(stage.now)] == []
    finally:
        for procedure in stage.declared:
            catalogue.forget(procedure)
