"""What every test starts from: its engine, the tests that need two real connections, the database as it was made."""

import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import management
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadGroupScheduling

#: The fixtures of pytest-django that open the database.
DATABASE = frozenset({"db", "transactional_db", "django_db_setup"})
TWO_CONNECTIONS = "要两个真实的 PostgreSQL 连接"


def on_postgresql() -> bool:
    """Whether this run has a PostgreSQL; `./gongzhi test` brings one up."""
    return os.environ.get("GONGZHI_DATABASE_URL", "").startswith("postgres")


class ByGroup(LoadGroupScheduling):
    """xdist's own distribution by `xdist_group`, which xdist 3.8 and pytest 9.2 lose between them.

    xdist writes the group behind a test's id, where pytest no longer looks: without a word every group was torn between
    the workers, and each of them built what the group shares. Here a group is marked for a whole module.
    """

    def _split_scope(self, nodeid: str) -> str:
        return _group_of(nodeid.partition("::")[0]) or super()._split_scope(nodeid)


@cache
def _group_of(path: str) -> str:
    source = Path(__file__).parent.joinpath(path).read_text("utf-8")
    found = re.search(r'^pytestmark = .*xdist_group\("(\w+)"\)', source, re.MULTILINE)
    return found[1] if found else ""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup | None:
    """Whoever asks for groups gets them."""
    return ByGroup(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_sessionstart() -> None:
    """Load every page first: a module imported while a test moves the present would keep that test's for good."""
    import_module(settings.ROOT_URLCONF)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database: the rest says nothing of it that SQLite's run has not said.

    Tests marked `postgres` are left out on SQLite, where they would prove nothing, and counted as skipped. What one
    worker has to do alone comes first, so that the others do the rest beside it.
    """
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
    if on_postgresql():
        elsewhere = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if touches_database(item)]
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason=TWO_CONNECTIONS))


def touches_database(item: pytest.Item) -> bool:
    """Whether a test may reach the database of its run; pytest-django refuses it to all others.

    One that needs PostgreSQL counts however it reaches it: left out on SQLite, it has to run there.
    """
    asked = DATABASE & set(getattr(item, "fixturenames", ()))
    marks = (item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return bool(asked) or any(mark is not None for mark in marks)


class Template:
    """The database as the migrations left it. A test that commits is followed by a fresh copy of it.

    Django's own way, a flush, would delete from append-only tables, which rightly refuse.
    """

    def __init__(self) -> None:
        self.name = f"{connection.settings_dict['NAME']}_template"
        self.copy = sqlite3.connect(":memory:", check_same_thread=False)

    def keep(self) -> None:
        """Copy the new test database."""
        if connection.vendor == "postgresql":
            self._recreate(self.name, str(connection.settings_dict["NAME"]))
        else:
            connection.ensure_connection()
            connection.connection.backup(self.copy)

    def restore(self) -> None:
        """Put the copy in the place of what a test left behind; its other connections are cut."""
        if connection.vendor == "postgresql":
            self._recreate(str(connection.settings_dict["NAME"]), self.name)
        else:
            self.copy.backup(connection.connection)

    def drop(self) -> None:
        """Leave nothing behind."""
        self.copy.close()
        if connection.vendor == "postgresql":
            self._execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _recreate(self, name: str, source: str) -> None:
        self._execute(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{source}"'
        )

    def _execute(self, *statements: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            for statement in statements:
                cursor.execute(statement)


class Migrated:
    """An embedded database with every migration applied, kept between runs under the digest of what made it."""

    def __init__(self) -> None:
        folder = Path(tempfile.gettempdir(), f"gongzhi-tests-{os.getuid()}")
        folder.mkdir(mode=0o700, exist_ok=True)
        self.file = folder / f"{self._digest()}.sqlite3"
        self.own = folder.stat().st_uid == os.getuid()

    @staticmethod
    def _digest() -> str:
        """Of every migration and model, of what is installed after them, of the lock."""
        found = hashlib.sha256(Path(__file__).with_name("requirements-dev.lock").read_bytes())
        for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
            root = Path(app.path)
            for name in ("migrations", "models", "models.py", "append_only.py", "apps.py"):
                part = root / name
                for file in sorted(part.rglob("*.py")) if part.is_dir() else [part]:
                    if file.is_file() and "gongzhi" in file.parts:
                        found.update(file.read_bytes())
        return found.hexdigest()[:24]

    def migrate(self, call: Any, *given: Any, **named: Any) -> Any:
        """Take what is kept in the place of migrating; the first time, migrate and keep it."""
        if given[:1] != ("migrate",) or connection.vendor != "sqlite" or not self.own:
            return call(*given, **named)
        connection.ensure_connection()
        if self.file.exists():
            with sqlite3.connect(self.file) as source:
                source.backup(connection.connection)
            return None
        answer = call(*given, **named)
        new = self.file.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(new) as target:
            connection.connection.backup(target)
        new.replace(self.file)
        return answer


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Whatever migrates the test database asks for a kept one first."""
    kept, call = Migrated(), management.call_command
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(management, "call_command", lambda *given, **named: kept.migrate(call, *given, **named))
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, and its template, which every committing test's teardown restores."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        template = Template()
        template.keep()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: template.restore())
        yield
        template.drop()


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """A database in which what a test does is really committed, for other connections to see."""
