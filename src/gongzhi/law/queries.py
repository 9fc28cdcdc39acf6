"""The law as every other room asks it: the packaged book with local settings, adoptions and divisions laid over it.

The book is built once a process and again when the revision row changes, so that every process sees a new setting.
`value_of` reads that one row each time; who asks often takes `book()` once and asks it (microseconds an answer), or
works inside `pinned()`, where the row is read once.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import Q, Subquery

from gongzhi.acts.kept import Kept
from gongzhi.values.citations import Citation
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound
from gongzhi.values.terms import Rule

from . import articles, reading
from .book import LawBook
from .layers import Adopted, Setting
from .models import Adoption, Jurisdiction, LawRevision, LocalSetting
from .schema import ROOT
from .shipped import packaged_book
from .value import Value

__all__ = [
    "REVISION",
    "Value",
    "articles_at",
    "available_book",
    "book",
    "needed",
    "packaged_book",
    "pinned",
    "rule_of",
    "value_of",
    "values_at",
]

_TOKEN = Kept(lambda: LawRevision.objects.filter(pk=1).values_list("token", flat=True))
_BUILT: dict[str, tuple[UUID | None, LawBook]] = {}
_PINNED: ContextVar[LawBook | None] = ContextVar("pinned law book", default=None)


#: The revision of the law, for a statement that is made anyway before the law is asked: `pinned` takes it.
REVISION = Subquery(LawRevision.objects.filter(pk=1).values("token"))


def book() -> LawBook:
    """The book of this database, as of now. One small query; the same object until something changes."""
    return _PINNED.get() or _book_of(_TOKEN.first())


def _book_of(token: UUID | None) -> LawBook:
    built = _BUILT.get(connection.alias)
    if built is None or built[0] != token:
        built = _BUILT[connection.alias] = (token, _read_book() if token else packaged_book())
    return built[1]


def _read_book() -> LawBook:
    """Read settings, adoptions and divisions once."""
    stored = Jurisdiction.objects.values_list("code", "parent_id")
    parents = {**packaged_book().parents, **{code: parent or ROOT for code, parent in stored}}
    return LawBook(
        reading.packs(),
        reading.keys(),
        parents,
        settings=[_setting(row) for row in LocalSetting.objects.order_by("set_on", "at", "pk")],
        adoptions=[_adopted(row) for row in Adoption.objects.order_by("adopted_on")],
        remarks=reading.remarks(),
    )


def book_before(setting_id: UUID) -> LawBook:
    """The law as it stood just before a setting was recorded; NotFound where there is no such setting."""
    made = LocalSetting.objects.filter(pk=setting_id).first()
    if made is None:
        raise NotFound("没有这项设定，请到本地设定中查看。")
    present = book()
    earlier = LocalSetting.objects.filter(Q(at__lt=made.at) | Q(at=made.at, pk__lt=made.pk))
    return LawBook(
        present.packs,
        present.keys,
        present.parents,
        settings=[_setting(row) for row in earlier.order_by("set_on", "at", "pk")],
        adoptions=[_adopted(row) for row in Adoption.objects.filter(at__lte=made.at).order_by("adopted_on")],
        remarks=present.remarks,
    )


def _setting(row: LocalSetting) -> Setting:
    return Setting(
        row.jurisdiction_id, row.key, row.value, row.unit or None, row.set_on, row.authority, row.instrument
    )


def _adopted(row: Adoption) -> Adopted:
    recorded_on = row.at.astimezone(ZONE).date()
    return Adopted(
        row.jurisdiction_id, row.instrument, row.adopted_on, row.number, row.authority, recorded_on
    )


@contextmanager
def pinned(revision: UUID | None = None) -> Iterator[LawBook]:
    """Within it the law is one and the same book, and asking costs no query: a request, a page, a report.

    `revision`: as just read (`REVISION`), so that it is not asked for again; None: ask.
    """
    found = (_PINNED.get() or _book_of(revision)) if revision is not None else book()
    mark = _PINNED.set(found)
    try:
        yield book()
    finally:
        _PINNED.reset(mark)


@contextmanager
def supposing(setting: Setting) -> Iterator[LawBook]:
    """Within it the law is as if the setting had been made: to see what it would do. Nothing is written."""
    mark = _PINNED.set(book().with_setting(setting))
    try:
        yield book()
    finally:
        _PINNED.reset(mark)


def changed() -> None:
    """Tell every process that settings, adoptions or divisions have changed. Within the transaction that does it."""
    LawRevision.objects.update_or_create(pk=1, defaults={"token": LawRevision().token})
    _PINNED.set(None)


def value_of(
    key: str, at_code: str, on: date, *, contract: Mapping[str, Any] | None = None, deciding: bool = True
) -> Value:
    """What the law says of `key` at a place on a date; see `LawBook.value_of`."""
    return book().value_of(key, at_code, on, contract=contract, deciding=deciding)


def rule_of(
    key: str, at_code: str, on: date, *, contract: Mapping[str, Any] | None = None, deciding: bool = True
) -> Rule:
    """How the period of `key` is counted there; NotPossible when it is not set there."""
    return book().rule_of(key, at_code, on, contract=contract, deciding=deciding)


def values_at(at_code: str, on: date, *, deciding: bool = False) -> list[Value]:
    """Every key defined at a place on a date; shown with status and warnings unless `deciding`."""
    return book().values_at(at_code, on, deciding=deciding)


def articles_at(ids: Iterable[str], at_code: str, on: date) -> tuple[Citation, ...]:
    """The articles of numbered provisions, those whose text decides at a place on a date."""
    return articles.articles_at(book(), ids, at_code, on)


def needed(value: Value) -> Any:
    """The plain value; NotPossible with *本地未设定* where the local body has to set it first."""
    return value.demand().value


def available_book() -> LawBook:
    """The book of the database where there is one with its tables, else the packaged one. For the command line."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite" and not _is_there(str(settings["NAME"])):
        return packaged_book()
    try:
        return book()
    except DatabaseError:
        return packaged_book()


def _is_there(name: str) -> bool:
    """Whether an embedded database exists; asking must not create an empty one."""
    return name == ":memory:" or name.startswith("file:") or Path(name).exists()
