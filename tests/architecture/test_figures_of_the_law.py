"""No statutory number stands in Python: periods, shares and sums are asked of the pack."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from architecture.reading import (
    PACKAGE,
    business_rooms,
    called,
    docstrings,
    floor_of,
    is_furniture,
    product_files,
    room_of,
)

#: Where the law is applied: no number at all but these, and the sizes of fields.
FURNITURE = ("rules", "actions", "procedures", "effects", "facts")
HARMLESS = {0, 1, -1, 2}
SIZES = re.compile(r"(max|min)_(length|digits|items)|decimal_places|version|chunk_size|batch_size")
#: How large a number in a form may plausibly be; no such bound may be a figure of a pack.
BOUNDS = {"ge", "gt", "le", "lt"}
#: A value that is ours to choose says so in the comment above it.
OURS = re.compile(r"#:? .*\bnot law\b")
DURATIONS = {"timedelta", "relativedelta", "Period", "Rule", "Fraction", "Threshold"}
ISO_PERIOD = re.compile(r"P(\d+(D|WD|M|Y)|T\d+H)")
#: One of something is no figure: 每天最多一个, 一天.
FIGURE_IN_WORDS = re.compile(
    r"(?!(?:1|一)\D)(?:\d+|[一二三四五六七八九十百两]+)\s*"
    r"(?:个工作日|工作日|个自然日|小时|个月|日内|日以内|日前|天|%|‰)|[一二三四五]分之[一二三四五]"
)


def statutory_numbers(source: str) -> list[str]:
    """Durations and shares written out: `timedelta(days=7)`, `Fraction(2, 3)`, `"P90D"`, `"90日内"`."""
    tree = ast.parse(source)
    lines, texts = ["", *source.splitlines()], docstrings(tree)
    ours = {id(n) for top in tree.body if OURS.search(lines[top.lineno - 1]) for n in ast.walk(top)}
    found = []
    for node in ast.walk(tree):
        if id(node) in ours:
            continue
        if isinstance(node, ast.Call) and called(node).split(".")[-1] in DURATIONS:
            found += [f"{node.lineno} {ast.unparse(node)}" for n in _numbers(node) if n not in HARMLESS]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts:
            said = ISO_PERIOD.fullmatch(node.value) or FIGURE_IN_WORDS.search(node.value)
            found += [f"{node.lineno} {said.group()}"] if said else []
    return found


def bare_numbers(source: str) -> list[str]:
    """Every number but 0, 1, 2 and the sizes of fields; for the files in which the law is applied."""
    tree = ast.parse(source)
    figures = {number for number, _ in packed_figures()}
    sizes = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            is_bound = node.arg in BOUNDS and not figures & set(_numbers(node.value))
            sizes |= {id(n) for n in ast.walk(node.value)} if is_bound or SIZES.fullmatch(node.arg) else set()
    return [
        f"{node.lineno} {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in HARMLESS
        and id(node) not in sizes
    ]


def _numbers(node: ast.AST) -> Iterator[float]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, int | float):
            yield inner.value


def in_the_packs(value: Any) -> Iterator[tuple[float, str]]:
    """Every number with its unit that a pack holds, however deep."""
    if isinstance(value, dict):
        number, unit = value.get("value"), value.get("unit")
        if isinstance(number, int | float) and not isinstance(number, bool) and isinstance(unit, str):
            yield number, unit
        for inner in value.values():
            yield from in_the_packs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from in_the_packs(inner)


@cache
def packed_figures() -> list[tuple[float, str]]:
    """The figures of all packs that are worth a name: a day or two is not."""
    packs = sorted((PACKAGE / "law/packs").glob("*.yaml"))
    found = {pair for pack in packs for pair in in_the_packs(yaml.safe_load(pack.read_text("utf-8")))}
    return sorted((number, unit) for number, unit in found if number not in HARMLESS)


def test_no_duration_or_share_of_the_law_stands_above_the_law():
    # The words of the command line and the settings of the process are no law.
    files = [p for p in product_files() if room_of(p) != "config" and floor_of(room_of(p)) < floor_of("law")]
    assert in_files(statutory_numbers, files) == []


def test_where_the_law_is_applied_there_is_no_number_at_all():
    files = [p for p in product_files() if room_of(p) in business_rooms() and is_furniture(p, *FURNITURE)]
    assert in_files(bare_numbers, files) == []


def in_files(check: Callable[[str], list[str]], files: list[Path]) -> list[str]:
    """What a check finds, each with the file's name before it."""
    return [
        f"{path.relative_to(PACKAGE)}:{found}" for path in files for found in check(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("number", "unit"), packed_figures())
def test_every_figure_of_a_pack_would_be_found(number, unit):
    assert bare_numbers(f"if days > {number}:\n    refuse()")
    assert statutory_numbers(f"Period({number}, Unit({unit!r}))")
    assert statutory_numbers(f"at + timedelta(days={number})")


def test_a_figure_of_a_pack_is_no_plausible_bound():
    assert bare_numbers("Field(le=90)")


def test_the_packs_hold_figures():
    assert (90, "D") in packed_figures()


@pytest.mark.parametrize(
    "bad",
    [
        "timedelta(hours=24)",
        "Fraction(2, 3)",
        "Period.parse('P90D')",
        "days = 'P3M'",
        "NotPossible('请在10日内答复。')",
        "NotPossible('请在十一日内答复。')",
        "NotPossible('请在90日前书面通知。')",
        "NotPossible(f'须在{name}后三个工作日内送达。')",
        "RuleBroken('须经三分之二以上业主同意。')",
    ],
)
def test_a_figure_of_the_law_is_found(bad):
    assert statutory_numbers(bad)


@pytest.mark.parametrize(
    "good",
    [
        '"""《条例》第1条: 90日内."""',
        "law.rule_of('exit.provider_notice_before', code, on)",
        "timedelta(days=1)",
        "NotPossible('同一天只能有一个管理人，请另选一天。')",
        "NotPossible(f'请在{due.due_on}前书面通知。')",
        "Field(max_length=200)",
        "Field(ge=1, le=10_000)",
    ],
)
def test_what_is_asked_of_the_law_is_let_be(good):
    assert statutory_numbers(good) == []
    assert bare_numbers(good) == []


def test_a_value_that_is_ours_to_choose_says_so():
    assert (
        statutory_numbers(
            "#: Office practice, not law: each place may set its own.\nUSUAL = Period(3, Unit.DAYS)"
        )
        == []
    )
    assert statutory_numbers("#: What is usual.\nUSUAL = Period(3, Unit.DAYS)")
