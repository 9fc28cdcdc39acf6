"""Only values/now.py reads the wall clock: everything else is given its instant."""

import ast

import pytest

from architecture.reading import PACKAGE, called, findings, product_files, syntax

READS = {"now", "utcnow", "today", "localdate", "localtime", "time", "time_ns", "gmtime", "ctime", "strftime"}
CLOCKS = {"datetime", "date", "timezone", "dt", "time"}
#: Modules from which such a name may have been imported bare.
HOMES = {"django.utils.timezone", "django.db.models.functions", "time"}
#: Fields that read the clock when a row is saved.
FIELDS = {"auto_now", "auto_now_add"}


def clock_reads(tree: ast.AST) -> list[str]:
    """Where the clock is read: a call, a column that stamps itself, or a function passed to be called later."""
    bare = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in HOMES
        for name in node.names
        if name.name in READS | {"Now"}
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            *before, last = called(node).split(".")
            if last in (bare if not before else READS if before[-1] in CLOCKS else ()):
                found.append(f"{node.lineno} {called(node)}")
        elif isinstance(node, ast.keyword) and node.arg in FIELDS:
            found.append(f"{node.lineno} {node.arg}")
    return found


def test_only_values_now_reads_the_clock():
    files = [path for path in product_files() if path != PACKAGE / "values/now.py"]
    assert findings(clock_reads, files) == []


def test_values_now_is_where_it_is_read():
    assert clock_reads(syntax(PACKAGE / "values/now.py"))


@pytest.mark.parametrize(
    "bad",
    [
        "datetime.now()",
        "datetime.datetime.now(tz)",
        "date.today()",
        "datetime.utcnow()",
        "timezone.now()",
        "timezone.localdate()",
        "time.time()",
        "models.DateTimeField(auto_now_add=True)",
        "models.DateTimeField(default=timezone.now)",
        "from django.utils.timezone import now\nnow()",
        "from django.db.models.functions import Now\nrows.filter(at__lt=Now())",
    ],
)
def test_a_reading_of_the_clock_is_found(bad):
    assert clock_reads(ast.parse(bad))


@pytest.mark.parametrize(
    "good",
    [
        "from gongzhi.values.now import now\nat = now()",
        "time.monotonic()",
        "rule.today",
        "datetime.combine(day, noon)",
    ],
)
def test_what_does_not_read_the_clock_is_let_be(good):
    assert clock_reads(ast.parse(good)) == []
