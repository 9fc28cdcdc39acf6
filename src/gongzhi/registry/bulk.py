"""Writing very many rows of one table: as columns, each distinct value prepared once, in one statement.

The ORM spends two thirds of an import on making objects and preparing each value anew; the constraints of the
database hold here as there.
"""

import os
from collections.abc import Mapping, Sequence
from itertools import islice, repeat
from typing import Any
from uuid import UUID

from django.db import connections, models, router

from gongzhi.values.ids import uuid7


def insert_columns(model: type[models.Model], columns: Mapping[str, Sequence[Any] | Any], count: int) -> None:
    """Insert `count` rows. `columns`: attribute (`estate_id`) → its values in order, or one value for all rows.

    Every column without a default of the database is given; the primary keys are made here.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    fields = {field.attname: field for field in model._meta.concrete_fields}
    given: dict[str, Any] = {fields["id"].attname: _ids(count), **columns}
    prepared = [_prepared(fields[name], values, connection) for name, values in given.items()]
    rows = list(islice(zip(*prepared, strict=False), count))
    write = _copy if connection.vendor == "postgresql" else _execute
    write(connection, model._meta.db_table, [str(fields[name].column) for name in given], rows)


def insert_objects(rows: Sequence[models.Model]) -> None:
    """The same for new objects of one model, with the keys they have."""
    if rows:
        names = [field.attname for field in rows[0]._meta.concrete_fields]
        columns = {name: [getattr(row, name) for row in rows] for name in names}
        insert_columns(type(rows[0]), columns, len(rows))


def _execute(connection: Any, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)


def _copy(connection: Any, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """COPY: a statement a row, even in a pipeline, costs PostgreSQL four times as much."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    statement = f"COPY {quote(table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _ids(count: int) -> list[UUID]:
    """Identifiers of one instant; their random parts are drawn together."""
    first, chance = uuid7().int, os.urandom(8 * count)
    instant = first >> 62 << 62
    return [
        UUID(int=instant | int.from_bytes(chance[place : place + 8], "big") >> 2)
        for place in range(0, 8 * count, 8)
    ]


def _prepared(field: "models.Field[Any, Any]", values: Any, connection: Any) -> Any:
    """The values as the driver takes them."""
    if not isinstance(values, list | tuple):
        return repeat(field.get_db_prep_save(values, connection=connection))
    known: dict[Any, Any] = {}
    found = []
    for value in values:
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection=connection)
        found.append(known[value])
    return found
