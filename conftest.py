"""What every test starts from: its engine, the tests that need two real connections, and emptying guarded tables."""

import os
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

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


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_are_emptied_between_tests() -> Iterator[None]:
    """Tests that really commit are followed by a flush, which append-only tables rightly refuse.

    The guards are taken down for the flush alone; `post_migrate`, which a flush sends, puts them up again.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def take_down_and_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        take_guards_down(self.connection)
        flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", take_down_and_flush)
        yield


def take_guards_down(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers of the append-only tables."""
    from gongzhi.acts.append_only import APPEND_ONLY

    is_postgresql = connection.vendor == "postgresql"
    source = (
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        if is_postgresql
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    )
    guarded = {apps.get_model(label)._meta.db_table for label in APPEND_ONLY}
    with connection.cursor() as cursor:
        cursor.execute(source)
        for name, table in cursor.fetchall():
            if table in guarded:
                cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if is_postgresql else ""))
