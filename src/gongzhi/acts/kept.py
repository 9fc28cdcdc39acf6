"""Statements that are put together once: the ORM's own, executed again and again with other values.

Putting a statement together costs the ORM several times what the engine needs to answer it, and the door asks the same
dozen things, and writes the same few rows, at every act (`docs/decisions/0002-choices.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from itertools import chain
from threading import local
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    Field,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
    UUIDField,
)
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery

from .rows import maker_of

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Preparer = Callable[[Any, Any], Any]
#: A value of a statement: its name (None: it is always the same, and stands last), the type that needs no preparing,
#: and what prepares the others.
Place = tuple[str | None, type | None, Any]
#: A statement, its values, and what makes its rows.
Plan = tuple[str, list[Place], Callable[[Iterable[Any]], list[Any]]]


def preparer(field: Any, *, written: bool) -> Preparer:
    """How a field prepares a value for an engine; of the kinds that come most, without its own long way."""
    usual = field.get_db_prep_save if written else field.get_db_prep_value
    target = field.target_field if field.is_relation else field
    if isinstance(target, UUIDField):
        return lambda value, db: (
            (value if db.features.has_native_uuid_field else f"{value.int:032x}")
            if type(value) is UUID
            else usual(value, db)
        )
    if isinstance(target, DateTimeField):
        return lambda value, db: (
            (_written(value) if db.vendor == "sqlite" else value)
            if type(value) is datetime and value.tzinfo is not None
            else usual(value, db)
        )
    if isinstance(target, DateField):
        return lambda value, db: (
            db.ops.adapt_datefield_value(value) if type(value) is date else usual(value, db)
        )
    if isinstance(target, IntegerField):
        kind = target.get_internal_type()
        return lambda value, db: (
            db.ops.adapt_integerfield_value(value, kind) if type(value) is int else usual(value, db)
        )
    if isinstance(target, CharField | TextField):
        return lambda value, db: value if isinstance(value, str) else usual(value, db)
    if isinstance(target, BooleanField):
        return lambda value, db: value if type(value) is bool else usual(value, db)
    if isinstance(target, JSONField) and target.encoder is None:
        return lambda value, db: (
            db.ops.adapt_json_value(value, None) if type(value) in (dict, list) else usual(value, db)
        )
    return cast("Preparer", usual)


def as_it_stands(field: Any, db: Any) -> type | None:
    """The type whose values an engine takes of a field without any preparing, if there is one."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, CharField | TextField):
        return str
    if isinstance(target, BooleanField):
        return bool
    if isinstance(target, IntegerField) and db.vendor == "sqlite":
        return int
    return UUID if isinstance(target, UUIDField) and db.features.has_native_uuid_field else None


@lru_cache(maxsize=1_000)
def _written(value: datetime) -> str:
    """As SQLite's backend writes it; an act writes its instant many times."""
    return str(value.astimezone(UTC).replace(tzinfo=None))


class Slot(Expression):
    """The place of a value in a kept statement; the value is prepared as its field prepares it."""

    def __init__(self, name: str, field: Field[Any, Any], *, written: bool = False) -> None:
        super().__init__(output_field=field)
        self.name = name
        self.prepare = preparer(field, written=written)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A placeholder; the slot itself stands among the parameters until it is filled."""
        return "%s", (self,)


@dataclass(frozen=True)
class Several:
    """Of a kept read: as many values of a field as one likes, for `name__in`."""

    field: Field[Any, Any]


class _Places(Expression):
    """The places of several values."""

    def __init__(self, slots: Sequence[Slot], field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self._slots = tuple(slots)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Placeholders in brackets, as a slot has one."""
        return f"({', '.join(['%s'] * len(self._slots))})", self._slots


class Kept(Generic[T]):
    """One read. `make` gets a slot, or the places of `Several`, for each field by its name and gives the
    queryset; nothing is read by it.

    None finds nothing, as in SQL: what may be absent is asked with `isnull`, in a read of its own. Several values have
    a statement for each power of two, its last places filled with a value once more; none of them find nothing.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, T]], **fields: Field[Any, Any] | Several) -> None:
        self._make = make
        self._single = {name: Slot(name, one) for name, one in fields.items() if not isinstance(one, Several)}
        self._several = {name: one.field for name, one in fields.items() if isinstance(one, Several)}
        self._plans: dict[tuple[str, tuple[int, ...]], Plan] = {}

    def rows(self, **values: Any) -> list[T]:
        """What the read finds with these values, in the queryset's order."""
        db = _HELD.db or connections[DEFAULT_DB_ALIAS]
        widths = self._widened(values) if self._several else ()
        plan = self._plans.get((db.vendor, widths))
        if plan is None:
            plan = self._plans[db.vendor, widths] = self._plan(widths)
        sql, places, made = plan
        return made(_answer(db, sql, _filled(places, values, db)))

    def first(self, **values: Any) -> T | None:
        """The first row, if any; the queryset limits itself."""
        found = self.rows(**values)
        return found[0] if found else None

    def _widened(self, values: dict[str, Any]) -> tuple[int, ...]:
        """Number the several values, the last one again up to a power of two; how many each name has then.

        None, which finds nothing, stands where there is none.
        """
        widths = []
        for name in self._several:
            found = list(values.pop(name)) or [None]
            widths.append(width := 1 << (len(found) - 1).bit_length())
            for place in range(width):
                values[_numbered(name, place)] = found[min(place, len(found) - 1)]
        return tuple(widths)

    def _plan(self, widths: tuple[int, ...]) -> Plan:
        places = map(self._places, self._several, widths)
        queryset = self._make(**self._single, **dict(zip(self._several, places, strict=True)))
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return sql, _places_of(params), maker_of(queryset, compiler)

    def _places(self, name: str, width: int) -> _Places:
        field = self._several[name]
        return _Places([Slot(_numbered(name, place), field) for place in range(width)], field)


def _numbered(name: str, place: int) -> str:
    return f"{name}.{place}"


def rows_of(queryset: QuerySet[Any, T]) -> list[T]:
    """What a queryset finds that is put together each time, made into rows as those of a kept read are."""
    compiler = queryset.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return maker_of(queryset, compiler)(cursor.fetchall())


class KeptUpdate:
    """One update. `make` gets a slot for each field by its name and gives the rows; `sets` names those written."""

    def __init__(
        self, make: Callable[..., QuerySet[Any]], sets: tuple[str, ...], **fields: Field[Any, Any]
    ) -> None:
        self._make, self.sets = make, sets
        self._slots = {name: Slot(name, field, written=name in sets) for name, field in fields.items()}
        self._plans: dict[str, tuple[str, list[Place]]] = {}

    def write(self, **values: Any) -> None:
        """Write these values to the rows found."""
        db = _HELD.db or connections[DEFAULT_DB_ALIAS]
        plan = self._plans.get(db.vendor)
        if plan is None:
            plan = self._plans[db.vendor] = self._plan()
        _execute(db, plan[0], _filled(plan[1], values, db))

    def _plan(self) -> tuple[str, list[Place]]:
        found = {name: slot for name, slot in self._slots.items() if name not in self.sets}
        query: Any = self._make(**found).query.chain(UpdateQuery)
        query.add_update_values({name: self._slots[name] for name in self.sets})
        sql, params = query.get_compiler(connection=connection).as_sql()
        return sql, _places_of(params)


# Rows written as they stand -----------------------------------------------------------------------------------------

_INSERTS: dict[tuple[str, type[Model], int, bool], tuple[str, bool]] = {}
_UPDATES: dict[tuple[type[Model], tuple[str, ...]], KeptUpdate] = {}


def insert(row: M) -> M:
    """Write a new row as `save(force_insert=True)` does; no model of the door has signals, parents or values from the
    engine."""
    insert_all([row])
    return row


def insert_all(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """Write new rows of one model, as many in a statement as the engine takes, as `bulk_create` does."""
    if not rows:
        return
    db = _HELD.db or connections[DEFAULT_DB_ALIAS]
    if len(rows) > 1 and len(rows) > (at_once := _at_once(db, rows)):
        for begin in range(0, len(rows), at_once):
            insert_all(rows[begin : begin + at_once], ignore_conflicts=ignore_conflicts)
        return
    columns = _columns(type(rows[0]), db.vendor)
    values = [_filled(columns, row.__dict__, db) for row in rows]  # nothing of a new row is left to be read
    sql, by_column = _insertion(db, rows, ignore_conflicts=ignore_conflicts)
    _execute(db, sql, tuple(map(list, zip(*values, strict=True))) if by_column else tuple(chain(*values)))
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _at_once(db: Any, rows: Sequence[Model]) -> int:
    """How many rows the engine takes in a statement: of its parameters each column is one."""
    most: int = db.ops.bulk_batch_size(type(rows[0])._meta.local_concrete_fields, rows)
    return max(1, most)


def _insertion(db: Any, rows: Sequence[Model], *, ignore_conflicts: bool) -> tuple[str, bool]:
    """The statement, and whether it takes a list for each column (as PostgreSQL does for several rows)."""
    model = type(rows[0])
    key = (db.vendor, model, len(rows), ignore_conflicts)
    kept = _INSERTS.get(key)
    if kept is None:
        query = InsertQuery(model, on_conflict=OnConflict.IGNORE if ignore_conflicts else None)
        query.insert_values(model._meta.local_concrete_fields, list(rows))
        ((sql, params),) = query.get_compiler(connection=db).as_sql()
        kept = _INSERTS[key] = (sql, len(rows) > 1 and isinstance(params[0], list))
    return kept


@cache
def _columns(model: type[Model], vendor: str) -> list[Place]:
    """Attribute of each column and how its values are written; one that fills itself in is refused."""
    fields = model._meta.local_concrete_fields
    if any(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False) for field in fields):
        raise TypeError(f"a column of {model.__name__} fills itself in")
    return [
        (field.attname, as_it_stands(field, connection), preparer(field, written=True)) for field in fields
    ]


def save(row: Model, *names: str) -> None:
    """Write fields of a row that is there, by name, as `save(update_fields=…)` does; without names all but its key."""
    model, meta = type(row), row._meta
    update = _UPDATES.get((model, names))
    if update is None:
        wanted = [field for field in meta.local_concrete_fields if not field.primary_key]
        fields = {field.attname: field for field in wanted if not names or field.name in names}
        update = _UPDATES[model, names] = KeptUpdate(
            lambda pk: model._default_manager.filter(pk=pk), tuple(fields), pk=meta.pk, **fields
        )
    update.write(pk=row.pk, **{name: getattr(row, name) for name in update.sets})


class _Held(local):
    """The connection of a thread's act, while it lasts."""

    db: Any = None


_HELD = _Held()


class connected:  # noqa: N801  a context, named as `transaction.atomic` is
    """Within it kept statements go to the connection that is there now: the ORM looks for it anew at each."""

    def __enter__(self) -> None:
        self._before = _HELD.db
        _HELD.db = connections[DEFAULT_DB_ALIAS]

    def __exit__(self, *_: object) -> None:
        _HELD.db = self._before


# The engine ---------------------------------------------------------------------------------------------------------


def _answer(db: Any, sql: str, params: Sequence[Any]) -> list[Any]:
    """The rows the engine answers with. Unless somebody looks at the statements, they go to the driver's own cursor."""
    if db.connection is None:
        db.ensure_connection()
    if db.execute_wrappers or db.force_debug_cursor:
        with _cursor(db) as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []
    if db.needs_rollback:
        db.validate_no_broken_transaction()
    try:
        if db.vendor == "sqlite":
            return db.connection.execute(_converted(sql), params).fetchall()  # type: ignore[no-any-return]
        with _server_binding()(db.connection) as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []
    except Exception:
        with db.wrap_database_errors:  # puts the engine's error into the ORM's words
            raise


def _cursor(db: Any) -> Any:
    """A cursor for statements that come again: SQLite's writes their places once, PostgreSQL's keeps their plans."""
    if db.vendor == "sqlite":
        return db._prepare_cursor(db.connection.cursor(factory=_Converted))
    raw = db.connection
    usual, raw.cursor_factory = raw.cursor_factory, _server_binding()
    try:
        return db.cursor()
    finally:
        raw.cursor_factory = usual


@cache
def _server_binding() -> Any:
    """PostgreSQL's cursor whose values are bound by the server; its driver is there where that engine is."""
    from django.db.backends.postgresql.base import ServerBindingCursor

    return ServerBindingCursor


class _Converted(SQLiteCursorWrapper):
    """Each statement is turned into the engine's own way of writing it once."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        return _converted(query)


@cache
def _converted(sql: str) -> str:
    return str(FORMAT_QMARK_REGEX.sub("?", sql)).replace("%%", "%")


def _execute(db: Any, sql: str, params: Sequence[Any]) -> None:
    """Write; an error undoes the transaction, also where it is caught (`transaction.mark_for_rollback_on_error`)."""
    try:
        _answer(db, sql, params)
    except Exception:
        with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS):
            raise


def _places_of(params: Iterable[Any]) -> list[Place]:
    """What stands among a statement's parameters."""
    return [
        (part.name, as_it_stands(part.field, connection), part.prepare)
        if isinstance(part, Slot)
        else (None, None, part)
        for part in params
    ]


def _filled(places: Iterable[Place], values: Mapping[str, Any], db: Any) -> list[Any]:
    """The values of a statement, each as its field prepares it for the engine."""
    return [
        prepare
        if name is None
        else value
        if (value := values[name]) is None or type(value) is kind
        else prepare(value, db)
        for name, kind, prepare in places
    ]
