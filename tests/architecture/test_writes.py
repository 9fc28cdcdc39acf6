"""Seeds, views and doors change nothing by themselves: they call actions."""

import ast
from pathlib import Path

import pytest

from architecture.reading import PACKAGE, findings, is_furniture, product_files, room_of

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "aupdate", "acreate", "asave"}
ON_A_MANAGER = {"create", "update", "delete"}
DOORS = ("desk", "portal", "phone", "api", "rehearsal")
#: A reader's own notes (forms half filled in, saved filters): no part of any record, so no act writes them.
NOTES = PACKAGE / "desk/drafts.py"


def direct_writes(tree: ast.AST) -> list[str]:
    """Calls that write to the database past the door: on a manager or query set, or `.save()`/`.delete()` on a row."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, node.func.value
            on_manager = any(isinstance(n, ast.Attribute) and n.attr == "objects" for n in ast.walk(owner))
            on_row = name in ("save", "delete") and not node.args
            if name in ALWAYS or on_row or (name in ON_A_MANAGER and on_manager):
                found.append(f"{node.lineno} .{name}()")
    return found


def calls_actions_only(path: Path) -> bool:
    """Whether a file may write only by calling actions."""
    return path != NOTES and (
        path == PACKAGE / "config/demonstration.py"
        or room_of(path) in DOORS
        or is_furniture(path, "seeds", "views", "api", "urls")
    )


def test_seeds_views_and_doors_write_by_actions_only():
    files = [path for path in product_files() if calls_actions_only(path)]
    assert files
    assert findings(direct_writes, files) == []


@pytest.mark.parametrize(
    "bad",
    [
        "Estate.objects.create(name='x')",
        "Estate.objects.filter(city='2206').update(name='x')",
        "Estate.objects.all().delete()",
        "Unit.objects.bulk_create(units)",
        "estate.units.get_or_create(label='1')",
        "estate.save()",
        "estate.save(update_fields=['name'])",
        "estate.delete()",
    ],
)
def test_a_write_past_the_door_is_found(bad):
    assert direct_writes(ast.parse(bad))


@pytest.mark.parametrize(
    "good",
    [
        "register_estate(by=by, at=at, facts=facts)",
        "answer.update(more)",
        "Estate.objects.filter(city='2206')",
    ],
)
def test_actions_and_reads_are_let_be(good):
    assert direct_writes(ast.parse(good)) == []
