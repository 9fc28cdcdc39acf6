"""A database to measure in: made for the run, copied so that the same writes can be made twice, thrown away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.sql import InsertQuery

Write = tuple[str, Any]
AT_ONCE = 5000


def vendor() -> str:
    """The engine of the run."""
    return connection.vendor


def bytes_path() -> Path:
    """The file of the embedded database."""
    return Path(str(connection.settings_dict["NAME"]))


def connect_durably(to: BaseDatabaseWrapper | None = None) -> None:
    """Connect as in live use: a commit waits for the disk."""
    with (to or connection).cursor() as cursor:
        if vendor() == "sqlite":
            cursor.execute("PRAGMA synchronous=FULL")


def beside(name: str) -> BaseDatabaseWrapper:
    """A second connection, to the database that was kept under a name."""
    other = connection.copy()
    other.settings_dict["NAME"] = _kept(name)
    connect_durably(other)
    return other


def _kept(name: str) -> str:
    return str(bytes_path().with_suffix(f".{name}")) if vendor() == "sqlite" else name


def copy_aside(name: str) -> None:
    """Keep the database as it stands under a name."""
    if vendor() == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(bytes_path(), bytes_path().with_suffix(f".{name}"))
        return
    _with_maintenance(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')


@contextmanager
def through(other: BaseDatabaseWrapper) -> Iterator[None]:
    """Ask everything of another connection, which stays as warm as it was."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual


def put_back(name: str) -> None:
    """Make the kept database the current one again."""
    if vendor() == "sqlite":
        connection.close()
        for tail in ("-wal", "-shm"):
            Path(f"{bytes_path()}{tail}").unlink(missing_ok=True)
        shutil.copyfile(bytes_path().with_suffix(f".{name}"), bytes_path())
        return
    present = connection.settings_dict["NAME"]
    _with_maintenance(f'DROP DATABASE "{present}"', f'CREATE DATABASE "{present}" TEMPLATE "{name}"')


def _with_maintenance(*statements: str) -> None:
    """Statements that no connection to the database itself may run."""
    connection.close()
    present = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "postgres"
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = present


def add_alike(like: Model, changes: Iterable[Mapping[str, Any]]) -> None:
    """Write rows like one that is not written itself, each with its own values in some fields (by attribute).

    Without an object a row: a million of them would take longer to make than to write.
    """
    fields = like._meta.local_concrete_fields
    places = {field.attname: place for place, field in enumerate(fields)}
    query = InsertQuery(type(like))
    query.insert_values(fields, [like])
    ((sql, fixed),) = query.get_compiler(connection=connection).as_sql()

    def row(change: Mapping[str, Any]) -> list[Any]:
        values = list(fixed)
        for name, value in change.items():
            values[places[name]] = fields[places[name]].get_db_prep_save(value, connection)
        return values

    waiting = iter(changes)
    while batch := list(islice(waiting, AT_ONCE)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, [row(change) for change in batch])


@contextmanager
def filling() -> Iterator[None]:
    """Fill with room in memory and without waiting for the disk; afterwards all of it is there, and one connects as
    always: else the first act measured would wait until the rows were written."""
    connection.ensure_connection()
    if vendor() == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-500000")
            cursor.execute("PRAGMA synchronous=OFF")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if vendor() == "postgresql":
            cursor.execute("CHECKPOINT")
    connection.close()
    if vendor() == "sqlite":
        with bytes_path().open("rb") as written:
            os.fsync(written.fileno())


@contextmanager
def writes_of(kept: list[Write]) -> Iterator[None]:
    """Keep every INSERT, UPDATE and DELETE that runs, with its parameters, in order."""

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            kept.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield


def replay(to: BaseDatabaseWrapper, writes: Sequence[Write]) -> None:
    """The same row writes in plain SQL, in one transaction, on the driver's own cursor; PostgreSQL keeps the plans."""
    raw = to.connection
    if vendor() == "sqlite":
        raw.execute("BEGIN IMMEDIATE")
        for sql, params in writes:
            raw.execute(sql.replace("%s", "?"), params or ())
        raw.execute("COMMIT")
        return
    from psycopg import Cursor

    with raw.transaction(), Cursor(raw) as cursor:
        for sql, params in writes:
            cursor.execute(sql, params)
