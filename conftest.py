"""What every test starts from: the engine it runs on, and the tests that need two real connections."""

import os

import pytest

TWO_CONNECTIONS = "要两个真实的 PostgreSQL 连接"


def on_postgresql() -> bool:
    """Whether this run has a PostgreSQL; `./gongzhi test` brings one up."""
    return os.environ.get("GONGZHI_DATABASE_URL", "").startswith("postgres")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out tests marked `postgres` on SQLite, where they would prove nothing; they are counted as skipped."""
    if not on_postgresql():
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(pytest.mark.skip(reason=TWO_CONNECTIONS))
