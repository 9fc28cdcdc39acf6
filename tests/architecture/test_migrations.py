"""Migrations are named by purpose, import no code of ours that may change, and are complete."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from architecture.reading import PACKAGE, findings

#: A column's default stands in the migration by name; values are pure and keep their names.
PURE = "gongzhi.values"
NAMED = re.compile(r"\d{4}_(?!auto_|alter_|custom|remove_.*_and_more)[a-z0-9_]+")


def migrations() -> list[Path]:
    """Every migration."""
    return sorted(path for path in PACKAGE.glob("*/migrations/*.py") if path.name != "__init__.py")


def app_code(tree: ast.AST) -> list[str]:
    """Imports of our own code, relative ones too, other than pure values."""
    found = []
    for node in ast.walk(tree):
        names = [n.name for n in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        found += [
            f"{node.lineno} {n}" for n in names if n.startswith(("gongzhi", ".")) and not n.startswith(PURE)
        ]
    return found


def test_migrations_import_no_app_code():
    assert migrations()
    assert findings(app_code, migrations()) == []


def test_migrations_are_named_by_purpose():
    assert [path.name for path in migrations() if not NAMED.fullmatch(path.stem)] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue())


@pytest.mark.parametrize(
    "bad",
    [
        "import gongzhi.law.models",
        "from gongzhi.exits import rules",
        "from .. import models",
        "from ..x import y",
    ],
)
def test_app_code_in_a_migration_is_found(bad):
    assert app_code(ast.parse(bad))


@pytest.mark.parametrize(
    "good", ["import gongzhi.values.ids", "from django.db import migrations", "import uuid"]
)
def test_what_does_not_change_is_let_be(good):
    assert app_code(ast.parse(good)) == []


@pytest.mark.parametrize("name", ["0002_auto_20261121_0501", "0003_alter_estate_name", "0004_custom"])
def test_a_name_without_purpose_is_found(name):
    assert not NAMED.fullmatch(name)
