"""`gongzhi law show | due | coverage`: the law on the command line. `config/command.py` hands the arguments over.

Exit status 0; 2 with one Chinese sentence on stderr for an unknown key, code or date, or where no date can be counted.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, NoReturn, TextIO

from gongzhi.values import periods
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE, now
from gongzhi.values.refusals import NotPossible, Refusal
from gongzhi.values.terms import DueDate, Unit

from . import coverage as provisions
from .book import LawBook
from .printing import coverage_lines, due_lines, show_lines
from .shipped import packaged_book
from .value import Value

WRONG = 2
SHIPPED_ONLY = "只依据随附的法规，没有本地设定和采用记录可计入（shipped_only）"


class Unreadable(Exception):
    """Arguments that cannot be read; the sentence goes to stderr."""


class _Parser(argparse.ArgumentParser):
    """argparse that answers in one Chinese sentence."""

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ")
        raise Unreadable(f"命令写法不对，请按此格式：{usage}")


def main(
    argv: Sequence[str],
    *,
    realised_elsewhere: Mapping[str, Sequence[str]] | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run `show`, `due` or `coverage`; returns the exit status."""
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
    return 0


def show(argv: Sequence[str]) -> int:
    """`gongzhi law show KEY --at CODE [--on DATE] [--json]`."""
    return main(["show", *argv])


def due(argv: Sequence[str]) -> int:
    """`gongzhi law due KEY --at CODE --from INSTANT [--on DATE] [--json]`."""
    return main(["due", *argv])


def coverage(argv: Sequence[str]) -> int:
    """`gongzhi law coverage [--json]`."""
    return main(["coverage", *argv])


def _parser() -> _Parser:
    """The grammar of the command."""
    parser = _Parser(prog="gongzhi law", add_help=True)
    verbs = parser.add_subparsers(required=True, metavar="show|due|coverage")
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
    for verb in (shown, reckon, cover):
        verb.add_argument("--json", action="store_true")
    return parser


def _asked(arguments: argparse.Namespace, on: date) -> Value:
    """The value asked for, with a warning where only the shipped law could be read."""
    book = _book()
    value = book.value_of(arguments.key, arguments.at, on, deciding=False)
    if book is not packaged_book():
        return value
    return replace(value, warnings=(*value.warnings, SHIPPED_ONLY), flags=(*value.flags, "shipped_only"))


def _book() -> LawBook:
    """The law with what this installation has set; as it is shipped where the settings do not let it start."""
    import django
    from django.apps import apps

    try:
        with redirect_stderr(io.StringIO()):
            if not apps.ready:
                django.setup()
    except SystemExit:
        return packaged_book()
    from .queries import available_book

    return available_book()


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
        "working": list(reckoned.working),
        "citations": [citation.as_json() for citation in value.citations],
        "warnings": warnings,
        "status": value.status.value,
        "inherited_from": value.inherited_from,
    }


def _coverage(_: argparse.Namespace, realised_elsewhere: Mapping[str, Sequence[str]]) -> Answered:
    """The 290 provisions."""
    covered = provisions.coverage(realised_elsewhere)
    return covered.as_json(), coverage_lines(covered)


def read_day(text: str) -> date:
    """A date as `2026-03-02`; raises `Unreadable`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"日期“{text}”读不懂，请写成 2026-03-02 这样的形式。") from None


def read_instant(text: str) -> tuple[datetime, bool]:
    """An instant, local unless it carries a zone, and whether only a day was given."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), ZONE), True
    except ValueError:
        pass
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        says = f"时间“{text}”读不懂，请写成 2026-03-02 或 2026-03-02T20:30 这样的形式。"
        raise Unreadable(says) from None
    return (read if read.tzinfo else read.replace(tzinfo=ZONE)).astimezone(ZONE), False
