"""Append-only tables refuse UPDATE, DELETE and TRUNCATE in the database itself, on both engines.

The triggers are installed after every migration from one list (SQLite drops them silently when a table is remade),
looked for by `gongzhi check` and by a test.
"""

from typing import Any

from django.apps import apps
from django.db import connections, router

APPEND_ONLY: list[str] = []
_FUNCTION = """
CREATE OR REPLACE FUNCTION gongzhi_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only table %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def register(*labels: str) -> None:
    """Name the models (`app.Model`) whose rows are written once."""
    APPEND_ONLY.extend(label for label in labels if label not in APPEND_ONLY)


def _tables() -> list[str]:
    return [apps.get_model(label)._meta.db_table for label in APPEND_ONLY]


def _names(table: str) -> dict[str, str]:
    return {event: f"{table}_no_{event.lower()}" for event in ("UPDATE", "DELETE")}


def install(using: str = "default", **_: Any) -> None:
    """Install every trigger that is missing. Idempotent; runs after each migration."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in _tables():
            if table in existing:
                for statement in _statements(connection.vendor, table):
                    cursor.execute(statement)


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {event} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}'); END"
            for event, name in _names(table).items()
        ]
    rows = [
        f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {event} ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION gongzhi_append_only()"
        for event, name in _names(table).items()
    ]
    return [
        *rows,
        f'CREATE OR REPLACE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION gongzhi_append_only()",
    ]


def missing(using: str = "default") -> list[str]:
    """The triggers that should stand in the database and do not."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {row[0] for row in cursor.fetchall()}
    wanted = [name for table in _tables() for name in _names(table).values()]
    if connection.vendor == "postgresql":
        wanted += [f"{table}_no_truncate" for table in _tables()]
    return [name for name in wanted if name[:63] not in there]


def install_after_migrate(using: str, **_: Any) -> None:
    """The post_migrate receiver."""
    if router.allow_migrate(using, "acts"):
        install(using)
