"""What a scene wrote, written again at once: a cast costs seconds through the door and milliseconds as rows.

The first scene of its kind in a process goes through the door, as every one would; its rows are kept in memory and put
into the next empty database as they are. Triggers and constraints see them like any others.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction

from gongzhi.acts.models import Chain

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """A scene, and its rows by table: columns and rows on SQLite, the bytes of a COPY on PostgreSQL."""

    scene: Any
    rows: dict[str, Any]


_KEPT: dict[Hashable, Kept] = {}


def kept(build: Callable[P, T]) -> Callable[P, T]:
    """Build once for each set of arguments; afterwards put the rows into a database in which nothing happened yet."""

    @wraps(build)
    def scene(*given: P.args, **named: P.kwargs) -> T:
        if Chain.objects.exists():
            return build(*given, **named)
        key = (given, tuple(sorted(named.items())), connection.vendor, settings.PERSONAL_DATA_KEY)
        if key not in _KEPT:
            before = _counts()
            made = build(*given, **named)
            _KEPT[key] = Kept(copy.deepcopy(made), _read(before))
            return made
        _write(_KEPT[key].rows)
        found: T = copy.deepcopy(_KEPT[key].scene)
        return found

    return scene


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = int(cursor.fetchone()[0])
        return found


def _read(before: dict[str, int]) -> dict[str, Any]:
    """The rows of every table that got some; one that had some before cannot be put back by itself."""
    grown = [table for table, number in _counts().items() if number != before[table]]
    mixed = [table for table in grown if before[table]]
    assert not mixed, f"rows were there before: {mixed}"
    return {table: _rows_of(table) for table in grown}


def _rows_of(table: str) -> Any:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} TO STDOUT") as out:
                return b"".join(bytes(part) for part in out)
        raw = connection.connection.execute(f"SELECT * FROM {name}")
        return [column[0] for column in raw.description], [tuple(row) for row in raw.fetchall()]


def _write(rows: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, found in rows.items():
            name = connection.ops.quote_name(table)
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {name} FROM STDIN") as into:
                    into.write(found)
            else:
                columns, values = found
                named = ", ".join(map(connection.ops.quote_name, columns))
                marks = ", ".join("?" * len(columns))
                connection.connection.executemany(f"INSERT INTO {name} ({named}) VALUES ({marks})", values)
