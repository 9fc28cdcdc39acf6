"""Writing very many rows of one table: as columns, each distinct value prepared once, in one statement.

The ORM spends two thirds of an import on making objects and preparing each value anew; the constraints of the
database hold here as there.
"""

from collections.abc import Mapping, Sequence
from itertools import islice, repeat
from typing import Any

from django.db import connections, models, router

from gongzhi.values.ids import new_id


def insert_columns(model: type[models.Model], columns: Mapping[str, Sequence[Any] | Any], count: int) -> None:
    """Insert `count` rows. `columns`: attribute (`estate_id`) → its values in order, or one value for all rows.

    Every column without a default of the database is given; the primary keys are made here.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    fields = {field.attname: field for field in model._meta.concrete_fields}
    given: dict[str, Any] = {fields["id"].attname: [new_id() for _ in range(count)], **columns}
    prepared = [_prepared(fields[name], values, connection) for name, values in given.items()]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(fields[name].column)) for name in given)
    marks = ", ".join(["%s"] * len(given))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(islice(zip(*prepared, strict=False), count)))


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
