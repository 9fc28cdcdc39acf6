"""Statements that are put together once: the ORM's own, executed again and again with other values.

Putting a statement together costs the ORM several times what the engine needs to answer it, and the door asks the same
dozen things, and writes the same few rows, at every act (`docs/decisions/0002-choices.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql import InsertQuery, Query, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

T = TypeVar("T")
M = TypeVar("M", bound=Model)


class Slot(Expression):
    """The place of a value in a kept read; the value is prepared as its field prepares it."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """A placeholder; the slot itself stands among the parameters until it is filled."""
        return "%s", (self,)


class Kept(Generic[T]):
    """One read. `make` gets a slot for each field by its name and gives the queryset; nothing is read by it.

    None finds nothing, as in SQL: what may be absent is asked with `isnull`, in a read of its own.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, T]], **fields: Field[Any, Any]) -> None:
        self._make = make
        self._slots = {name: Slot(name, field) for name, field in fields.items()}
        self._plans: dict[str, _Plan[T]] = {}

    def rows(self, **values: Any) -> list[T]:
        """What the read finds with these values, in the queryset's order."""
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = self._plans[connection.vendor] = _Plan(self._make(**self._slots))
        return plan.rows(values)

    def first(self, **values: Any) -> T | None:
        """The first row, if any; the queryset limits itself."""
        found = self.rows(**values)
        return found[0] if found else None


class KeptUpdate:
    """One update. `make` gets a slot for each field by its name and gives the rows; `sets` names those written."""

    def __init__(
        self, make: Callable[..., QuerySet[Any]], sets: tuple[str, ...], **fields: Field[Any, Any]
    ) -> None:
        self._make, self._sets = make, sets
        self._slots = {name: Slot(name, field) for name, field in fields.items()}
        self._plans: dict[str, tuple[str, Any]] = {}

    def write(self, **values: Any) -> None:
        """Write these values to the rows found."""
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = self._plans[connection.vendor] = self._plan()
        _execute(plan[0], _filled(plan[1], values))

    def _plan(self) -> tuple[str, Any]:
        found = {name: slot for name, slot in self._slots.items() if name not in self._sets}
        query: Any = self._make(**found).query.chain(UpdateQuery)
        query.add_update_values({name: self._slots[name] for name in self._sets})
        return cast("tuple[str, Any]", query.get_compiler(connection=connection).as_sql())


_INSERTS: dict[tuple[str, type[Model]], str] = {}


def insert(row: M) -> M:
    """Write a new row as `save(force_insert=True)` does; no model of the door has signals, parents or values from the
    engine."""
    model, meta = type(row), row._meta
    sql = _INSERTS.get((connection.vendor, model))
    if sql is None:
        query = InsertQuery(model)
        query.insert_values(meta.local_concrete_fields, [row])
        ((sql, _),) = query.get_compiler(connection=connection).as_sql()
        _INSERTS[connection.vendor, model] = sql
    values = (
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in meta.local_concrete_fields
    )
    _execute(sql, tuple(values))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def _execute(sql: str, params: tuple[Any, ...]) -> None:
    with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(sql, params)


def _filled(params: Iterable[Any], values: dict[str, Any]) -> tuple[Any, ...]:
    """The parameters with each slot's value, as its field prepares it for the engine."""
    return tuple(
        part.output_field.get_db_prep_value(values[part.name], connection) if isinstance(part, Slot) else part
        for part in params
    )


class _Plan(Generic[T]):
    """The SQL of one engine, and how its rows become what the queryset yields."""

    def __init__(self, queryset: QuerySet[Any, T]) -> None:
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(connection=connection)
        self._sql, self._params = self._compiler.as_sql()
        fields = [column[0] for column in self._compiler.select[: self._compiler.col_count]]
        self._converters = self._compiler.get_converters(fields)

    def rows(self, values: dict[str, Any]) -> list[T]:
        params = _filled(self._params, values)
        compiler = _Filled(self._compiler, self._sql, params, self._converters)
        bound: Any = _Bound(self._queryset, compiler)
        return list(cast("Iterable[T]", self._queryset._iterable_class(bound)))


class _Filled(SQLCompiler):
    """A compiler that has put its statement together already."""

    def __init__(self, made: SQLCompiler, sql: str, params: tuple[Any, ...], converters: Any) -> None:
        self.__dict__.update(made.__dict__)
        self.connection = connections[DEFAULT_DB_ALIAS]
        self._sql, self._params, self._converters = sql, params, converters

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        return self._sql, self._params

    def get_converters(self, expressions: Any) -> Any:
        return self._converters


class _Bound:
    """A queryset as the ORM's iterables look at it, with the statement that was put together before."""

    def __init__(self, queryset: QuerySet[Any, Any], compiler: SQLCompiler) -> None:
        self._queryset, self.query = queryset, _Query(queryset.query, compiler)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queryset, name)


class _Query:
    """A query whose compiler is there already."""

    def __init__(self, query: Query, compiler: SQLCompiler) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *_: Any, **__: Any) -> SQLCompiler:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)
