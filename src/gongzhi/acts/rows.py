"""Rows of a kept read, made as the ORM makes them.

What the ORM asks for each row anew (which column is which field, how it is read, who listens) is settled here once for
the statement. A model that has its own way of being made is refused, not half made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import JSONField, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.expressions import Col
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.signals import post_init, pre_init
from django.db.models.sql.compiler import SQLCompiler
from django.utils.dateparse import parse_date

from gongzhi.values.ids import of_number

Row = Sequence[Any]
M = TypeVar("M", bound=Model)
Maker = Callable[[Row], Any]


def maker_of(queryset: QuerySet[Any, Any], compiler: SQLCompiler) -> Callable[[Iterable[Row]], list[Any]]:
    """What makes the engine's rows into what the queryset yields; its statement was put together by the compiler."""
    converts, one = _converts(compiler), _one(queryset, compiler)

    def make(rows: Iterable[Row]) -> list[Any]:
        made = []
        for found in rows:
            row = list(found)
            for place, convert in converts:
                value = row[place]
                if value is not None:
                    row[place] = convert(value)
            made.append(one(row))
        return made

    return make


def _one(queryset: QuerySet[Any, Any], compiler: SQLCompiler) -> Maker:
    """What one row becomes."""
    kind = queryset._iterable_class
    if kind is ModelIterable:
        return _instances(compiler)
    if kind is FlatValuesListIterable:
        return itemgetter(0)
    if kind is ValuesListIterable:
        return tuple
    raise TypeError(f"no kept read yields {kind.__name__}")


def _converts(compiler: SQLCompiler) -> list[tuple[int, Callable[[Any], Any]]]:
    """How the fields read values from the engine, by place; NULL is None to each of them."""
    columns: Any = compiler.select[: compiler.col_count]
    converters = compiler.get_converters([column[0] for column in columns])
    return [
        (place, _converter(convert, expression))
        for place, (converts, expression) in converters.items()
        for convert in converts
    ]


def _converter(convert: Callable[..., Any], expression: Any) -> Callable[[Any], Any]:
    """How a column's values are read: those that come again and again are remembered."""
    ops: Any = connections[DEFAULT_DB_ALIAS].ops
    quicker: dict[str, Callable[[Any], Any]] = {
        "convert_uuidfield_value": _key,
        "convert_datetimefield_value": _instant,
        "convert_booleanfield_value": _YES_NO.get,
        "convert_datefield_value": _day,
    }
    for name, own in quicker.items():
        if convert == getattr(ops, name, None):
            return own
    field = getattr(convert, "__self__", None)
    if isinstance(field, JSONField) and field.decoder is None and type(expression) is Col:
        return _parsed
    return lambda value: convert(value, expression, connections[DEFAULT_DB_ALIAS])


_YES_NO = {0: False, 1: True}


@lru_cache(maxsize=10_000)
def _key(value: str) -> UUID:
    """Keys of a case come at each of its rows, those of bodies and people at each request."""
    return of_number(int(value, 16))


@lru_cache(maxsize=10_000)
def _instant(value: str) -> datetime:
    """An act opens and closes several things at its instant."""
    connection = connections[DEFAULT_DB_ALIAS]
    read: Any = connection.ops
    return cast("datetime", read.convert_datetimefield_value(value, None, connection))


@lru_cache(maxsize=10_000)
def _day(value: str | date) -> date | None:
    """Days, like instants, come again."""
    return parse_date(value) if isinstance(value, str) else value


def _parsed(value: str) -> Any:
    """JSON, as a JSONField without a decoder of its own reads it from a column."""
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def _instances(compiler: SQLCompiler) -> Maker:
    """Model instances with those beside them (`select_related`) and their annotations."""
    make = _instance(compiler.klass_info, compiler.select)
    noted = list((compiler.annotation_col_map or {}).items())
    if not noted:
        return make

    def with_notes(row: Row) -> Any:
        made = make(row)
        for name, place in noted:
            setattr(made, name, row[place])
        return made

    return with_notes


class _Read(ModelState):
    """The state of a row that was read."""

    adding = False
    db = DEFAULT_DB_ALIAS


def _instance(info: Any, select: Any) -> Maker:
    """One model of the statement, and what hangs on it; None where the key is NULL (an outer join found nothing)."""
    model, places = info["model"], info["select_fields"]
    _demand_plain(model)
    names = [select[place][0].target.attname for place in places]
    start, end = places[0], places[-1] + 1
    if list(range(start, end)) != list(places):
        raise TypeError(f"the columns of {model.__name__} do not stand side by side")
    key = start + names.index(model._meta.pk.attname)
    beside = [
        (_instance(related, select), related["local_setter"], related["remote_setter"])
        for related in info.get("related_klass_infos", ())
    ]

    def make(row: Row) -> Model | None:
        if row[key] is None:
            return None
        made: Model = model.__new__(model)
        made._state = _Read()
        made.__dict__.update(zip(names, row[start:end], strict=True))
        for other, set_here, set_there in beside:
            found = other(row)
            set_here(made, found)
            if found is not None:
                set_there(found, made)
        return made

    return make


def fresh(model: type[M], **values: Any) -> M:
    """A row that is not written yet, of values by attribute name (`case_id`), the rest at its defaults.

    The model's own call looks at each value whether it is a row, an expression or a name it knows.
    """
    fixed, made_anew = _defaults(model)
    if values.keys() - fixed.keys():
        raise TypeError(f"{model.__name__} has no {'、'.join(values.keys() - fixed.keys())}")
    row = model.__new__(model)
    row._state = ModelState()
    row.__dict__.update(fixed)
    row.__dict__.update({name: make() for name, make in made_anew if name not in values})
    row.__dict__.update(values)
    return row


@cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """What each attribute is where nothing is said: a value, or a call that gives one."""
    _demand_plain(model)
    fields: Any = model._meta.concrete_fields
    anew = [
        (field.attname, field.default) for field in fields if field.has_default() and callable(field.default)
    ]
    called = {name for name, _ in anew}
    return {field.attname: None if field.attname in called else field.get_default() for field in fields}, anew


def link(row: Model, name: str, other: Model | None) -> None:
    """Set what a row just read points at by its key, which was read too; the ORM would look whether the key changed."""
    row._state.fields_cache[name] = other


def put(row: Model, name: str, value: Any) -> None:
    """Set a column that was left unread, by attribute name, to what it is known to hold; see `link`."""
    row.__dict__[name] = value


def _demand_plain(model: type[Model]) -> None:
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]
    if own or pre_init.has_listeners(model) or post_init.has_listeners(model):
        raise TypeError(f"{model.__name__} has its own way of being made")
