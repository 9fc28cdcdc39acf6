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
#: Name and table of the triggers that refuse; one that was switched off, or does something else, is not there.
_THERE = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'",
    "postgresql": (
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
        "AND p.proname = 'gongzhi_append_only' AND p.prosrc LIKE '%RAISE EXCEPTION%' "
        "AND c.relnamespace = current_schema()::regnamespace"
    ),
}


def register(*labels: str) -> None:
    """Name the models (`app.Model`) whose rows are written once."""
    APPEND_ONLY.extend(label for label in labels if label not in APPEND_ONLY)


def _tables() -> list[str]:
    return [apps.get_model(label)._meta.db_table for label in APPEND_ONLY]


def _names(table: str, vendor: str) -> dict[str, str]:
    """Each refused event and the trigger that refuses it; SQLite has no TRUNCATE."""
    events = ("UPDATE", "DELETE") if vendor == "sqlite" else ("UPDATE", "DELETE", "TRUNCATE")
    return {event: f"{table}_no_{event.lower()}"[:63] for event in events}


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
            for event, name in _names(table, vendor).items()
        ]
    return [
        f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {event} ON "{table}" '
        f"FOR EACH {'STATEMENT' if event == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION gongzhi_append_only()"
        for event, name in _names(table, vendor).items()
    ]


def missing(using: str = "default") -> list[str]:
    """The triggers that should stand in the database, on their table and switched on, and do not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_THERE[connection.vendor])
        there = set(cursor.fetchall())
    wanted = [(name, table) for table in _tables() for name in _names(table, connection.vendor).values()]
    return [name for name, table in wanted if (name, table) not in there]


def install_after_migrate(using: str, **_: Any) -> None:
    """The post_migrate receiver."""
    if router.allow_migrate(using, "acts"):
        install(using)
