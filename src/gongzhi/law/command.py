"""`gongzhi law show | due | coverage | diff | lint`: the law on the command line. `config/command.py` hands it over.

Exit status 0; 1 where `lint` found data that is wrong; 2 with one Chinese sentence on stderr for an unknown key, code,
date or file, or where no date can be counted.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TextIO

from gongzhi.values import periods
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE, now
from gongzhi.values.refusals import NotPossible, Refusal
from gongzhi.values.terms import DueDate, Unit

from . import coverage as provisions
from . import reviewing
from .arguments import Parser, Unreadable, read_day, read_instant, the_book
from .printing import coverage_lines, due_lines, show_lines
from .shipped import packaged_book
from .value import Value

__all__ = [
    "Unreadable",
    "coverage",
    "diff",
    "due",
    "due_json",
    "lint",
    "main",
    "read_day",
    "read_instant",
    "show",
]

FOUND, WRONG = 1, 2
SHIPPED_ONLY = "只依据随附的法规，没有本地设定和采用记录可计入（shipped_only）"


def main(
    argv: Sequence[str],
    *,
    realised_elsewhere: Mapping[str, Sequence[str]] | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run one of the verbs; returns the exit status."""
    out, err = out or sys.stdout, err or sys.stderr
    try:
        arguments = _parser().parse_args(argv)
        run: Callable[..., tuple[dict[str, Any], list[str]]] = arguments.run
        answer, lines = run(arguments, realised_elsewhere or {})
    except Unreadable as wrong:
        err.write(f"{wrong}\n")
        return WRONG
    except Refusal as refused:
        err.write(f"{refused.sentence}\n")
        return WRONG
    text = json.dumps(answer, ensure_ascii=False, indent=2) if arguments.json else "\n".join(lines)
    out.write(f"{text}\n")
    return FOUND if answer.get("faults") else 0


def show(argv: Sequence[str]) -> int:
    """`gongzhi law show KEY --at CODE [--on DATE] [--json]`."""
    return main(["show", *argv])


def due(argv: Sequence[str]) -> int:
    """`gongzhi law due KEY --at CODE --from INSTANT [--on DATE] [--json]`."""
    return main(["due", *argv])


def coverage(argv: Sequence[str]) -> int:
    """`gongzhi law coverage [--json]`."""
    return main(["coverage", *argv])


def diff(argv: Sequence[str]) -> int:
    """`gongzhi law diff CODE CODE | FILE [--on DATE] [--json]`."""
    return main(["diff", *argv])


def lint(argv: Sequence[str]) -> int:
    """`gongzhi law lint [FILE] [--json]`."""
    return main(["lint", *argv])


def _parser() -> Parser:
    """The grammar of the command."""
    parser = Parser(prog="gongzhi law", add_help=True)
    verbs = parser.add_subparsers(required=True, metavar="show|due|coverage|diff|lint")
    shown = verbs.add_parser("show", help="某地某日的一项规定及其依据")
    shown.add_argument("key", metavar="KEY")
    shown.add_argument("--at", required=True, metavar="CODE")
    shown.add_argument("--on", metavar="DATE")
    shown.set_defaults(run=_show)
    reckon = verbs.add_parser("due", help="一个期限的截止日期及算法")
    reckon.add_argument("key", metavar="KEY")
    reckon.add_argument("--at", required=True, metavar="CODE")
    reckon.add_argument("--from", required=True, dest="start", metavar="INSTANT")
    reckon.add_argument("--on", metavar="DATE")
    reckon.set_defaults(run=_due)
    cover = verbs.add_parser("coverage", help="290条规定的落实和证明情况")
    cover.set_defaults(run=_coverage)
    differ = verbs.add_parser("diff", help="两地之间，或者改动后的法规包与现行之间的差别")
    differ.add_argument("what", nargs="+", metavar="CODE CODE | FILE")
    differ.add_argument("--on", metavar="DATE")
    differ.set_defaults(run=_diff)
    check = verbs.add_parser("lint", help="法规包数据和法规文字自身的问题")
    check.add_argument("file", nargs="?", metavar="FILE")
    check.set_defaults(run=_lint)
    for verb in (shown, reckon, cover, differ, check):
        verb.add_argument("--json", action="store_true")
    return parser


def _asked(arguments: argparse.Namespace, on: date) -> Value:
    """The value asked for, with a warning where only the shipped law could be read."""
    book = the_book()
    value = book.value_of(arguments.key, arguments.at, on, deciding=False)
    if book is not packaged_book():
        return value
    return replace(value, warnings=(*value.warnings, SHIPPED_ONLY), flags=(*value.flags, "shipped_only"))


Answered = tuple[dict[str, Any], list[str]]


def _show(arguments: argparse.Namespace, _: Mapping[str, Sequence[str]]) -> Answered:
    """What the law says there and then, drafts and undated texts included."""
    on = read_day(arguments.on) if arguments.on else now().date()
    value = _asked(arguments, on)
    return value.as_json(), show_lines(value, on)


def _due(arguments: argparse.Namespace, _: Mapping[str, Sequence[str]]) -> Answered:
    """A due date with its working; the law is that of the day of the event unless `--on` says otherwise."""
    start, is_day = read_instant(arguments.start)
    on = read_day(arguments.on) if arguments.on else start.date()
    value = _asked(arguments, on)
    if not value.is_defined:
        raise NotPossible(f"{arguments.at}没有“{value.title}”的规定，不能计算日期。")
    reckoned = periods.due(value.rule, start, CALENDAR)
    return due_json(value, reckoned, is_day=is_day), due_lines(value, reckoned)


def due_json(value: Value, reckoned: DueDate, *, is_day: bool = False) -> dict[str, Any]:
    """The shape of `law due --json`: `due_on` for days and longer, `due_at` for hours."""
    answer: dict[str, Any] = {}
    warnings = [*reckoned.warnings, *value.warnings]
    if value.period.unit is Unit.HOURS:
        answer["due_at"] = reckoned.due_at.astimezone(ZONE).isoformat() if reckoned.due_at else None
        if is_day:
            warnings.insert(0, "起算只给了日期，按当日0时起算，请补充时刻")
    else:
        answer["due_on"] = reckoned.due_on.isoformat() if reckoned.due_on else None
    if reckoned.advised_on:
        answer["advised_on"] = reckoned.advised_on.isoformat()
    return answer | {
        "exact": reckoned.exact,
        "working": [*reckoned.working, *value.set_here],
        "citations": [citation.as_json() for citation in value.citations],
        "warnings": warnings,
        "status": value.status.value,
        "inherited_from": value.inherited_from,
    }


def _diff(arguments: argparse.Namespace, _: Mapping[str, Sequence[str]]) -> Answered:
    """Two places, or one changed pack."""
    on = read_day(arguments.on) if arguments.on else now().date()
    if len(arguments.what) == 1:
        return reviewing.changed_pack(arguments.what[0], on)
    if len(arguments.what) == 2:
        left, right = arguments.what
        return reviewing.two_places(left, right, on)
    raise Unreadable("请写两个区划代码，或者一个法规包文件，例如 gongzhi law diff 2206 330681。")


def _lint(arguments: argparse.Namespace, _: Mapping[str, Sequence[str]]) -> Answered:
    """The data and the wording, of all texts or of one pack file."""
    return reviewing.lint_of(arguments.file)


def _coverage(_: argparse.Namespace, realised_elsewhere: Mapping[str, Sequence[str]]) -> Answered:
    """The 290 provisions."""
    covered = provisions.coverage(realised_elsewhere)
    return covered.as_json(), coverage_lines(covered)
