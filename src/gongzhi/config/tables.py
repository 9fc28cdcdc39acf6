"""`gongzhi import` and `gongzhi export`: registers from and to csv and xlsx files."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from gongzhi.values.now import now

from . import database
from .arguments import Arguments
from .environment import stop

if TYPE_CHECKING:
    from gongzhi.acts.actor import Actor
    from gongzhi.registry.models import Appointment
    from gongzhi.registry.tables.checking import Checked
    from gongzhi.registry.tables.formats import Format

KINDS = ("divisions", "organisations", "estates", "units", "owners", "contracts")
#: So many warnings are printed; the rest are counted.
WARNINGS = 20
BAR = 30


def import_(argv: list[str]) -> int:
    """Take a table in: 0 done, 1 rows are wrong (they stand in a file of errors), 2 not carried out."""
    if argv[:1] == ["template"]:
        return template(argv[1:])
    given = _import_arguments().parse_args(argv)
    content = _read(given.file)
    database.set_up()
    database.need_current()
    return _import(given, content, now())


def _import_arguments() -> Arguments:
    options = Arguments("import", "导入登记表（csv、xlsx），逐行核对，一行有误则全部不登记")
    options.add_argument("kind", choices=KINDS, help="表的种类；模板用 import template KIND FILE")
    options.add_argument("file", type=Path, help="要导入的文件")
    options.add_argument("--sheet", default="", help="工作表名称，有几个表时指明")
    options.add_argument("--errors", type=Path, help="错误文件存放的位置，默认在原文件旁边")
    options.add_argument("--dry-run", action="store_true", help="只核对，不登记")
    _add_actor(options)
    return options


def _add_actor(options: Arguments) -> None:
    options.add_argument("--by", default="", help="由谁办理：账号名；不写明时由系统办理")
    options.add_argument("--acting-as", default="", help="以哪个任职办理，账号有几个任职时指明编号")


def _import(given: Namespace, content: bytes, at: datetime) -> int:
    from gongzhi.registry.tables.checking import FaultyTable
    from gongzhi.registry.tables.importing import check_table, take_in
    from gongzhi.registry.tables.kinds import kind_named

    by, bar = _actor(given, at), Bar()
    kind = kind_named(given.kind)
    try:
        checked = check_table(kind, content, by=by, at=at, sheet=given.sheet, progress=bar)
        if checked.is_good and not given.dry_run:
            take_in(checked, by=by, at=at, progress=bar)
    except FaultyTable as faulty:
        checked = faulty.checked
    finally:
        bar.end()
    _tell_warnings(checked.table.warnings)
    if not checked.is_good:
        return _tell_errors(given, checked)
    print(_told(checked, given.dry_run))
    return 0


def _told(checked: Checked, is_rehearsed: bool) -> str:
    plan, kind = checked.plan, checked.kind
    new = f"{'可以登记' if is_rehearsed else '新登记'}{plan.new}{kind.counted}"
    changed = f"，更改{plan.changed}{kind.counted}" if plan.changed else ""
    same = f"，已有登记且相同{plan.same}{kind.counted}" if plan.same else ""
    return f"“{kind.title}”表{len(checked.table)}行，{new}{changed}{same}。"


def _tell_warnings(warnings: list[str]) -> None:
    for sentence in warnings[:WARNINGS]:
        print(f"提示：{sentence}")
    if len(warnings) > WARNINGS:
        print(f"提示：另有{len(warnings) - WARNINGS}条提示没有列出。")


def _tell_errors(given: Namespace, checked: Checked) -> int:
    from gongzhi.registry.tables.faulty import error_file

    path = given.errors or given.file.with_name(f"{given.file.stem}-错误{given.file.suffix}")
    if path.exists() and given.file.exists() and path.samefile(given.file):
        stop("错误文件不能与原文件同名，请用 --errors 另写一个位置。")
    _write(path, error_file(checked))
    count = len(checked.table.faults)
    print(f"有{count}行有误，没有登记任何一行，原因见 {path} 的“错误原因”列。", file=sys.stderr)
    return 1


# Templates and exports ---------------------------------------------------------------------------------------------


def template(argv: list[str]) -> int:
    """Write an empty table with its explanation."""
    options = Arguments("import template", "生成导入模板（xlsx 或 csv，按文件名）")
    options.add_argument("kind", choices=KINDS, help="表的种类")
    options.add_argument("file", type=Path, help="模板存放的位置")
    given = options.parse_args(argv)
    format_ = _format(given.file)
    os.environ.setdefault("GONGZHI_MODE", "rehearsal")  # no data is touched, so no setting is needed
    database.set_up()
    from gongzhi.registry.tables import templates
    from gongzhi.registry.tables.kinds import kind_named

    _write(given.file, templates.template(kind_named(given.kind), format_))
    print(f"模板已存为 {given.file}。")
    return 0


def export(argv: list[str]) -> int:
    """Write the registers of some territories to a file."""
    options = Arguments("export", "导出登记表（xlsx 或 csv，按文件名），列与导入相同")
    options.add_argument("kind", choices=KINDS, help="表的种类")
    options.add_argument("file", type=Path, help="导出文件存放的位置")
    options.add_argument("--at", nargs="+", required=True, metavar="CODE", help="行政区划代码，可写几个")
    options.add_argument(
        "--unmasked", default="", metavar="PURPOSE", help="号码不隐去，写明用途；会逐人留下查看记录"
    )
    _add_actor(options)
    given = options.parse_args(argv)
    format_ = _format(given.file)
    database.set_up()
    database.need_current()
    from gongzhi.registry.tables.exporting import export_table
    from gongzhi.registry.tables.kinds import kind_named

    at = now()
    by, kind = _actor(given, at), kind_named(given.kind)
    _write(given.file, export_table(kind, format_, given.at, by=by, at=at, purpose=given.unmasked))
    print(f"“{kind.title}”表已导出到 {given.file}。")
    return 0


# Who, and files ----------------------------------------------------------------------------------------------------


def _actor(given: Namespace, at: datetime) -> Actor:
    """The account named, in the appointment named or its only one; nobody named is the system."""
    from gongzhi.acts.actor import SYSTEM
    from gongzhi.registry.acting import actor_of, appointments_of

    if not given.by:
        return SYSTEM
    account_id = _account(given.by)
    if given.acting_as:
        return actor_of(account_id, _uuid(given.acting_as), at)
    held = appointments_of(account_id, at)
    if len(held) != 1:
        listed = "、".join(f"{one}（{one.pk}）" for one in held)
        stop(f"账号 {given.by} 有几个任职，请用 --acting-as 指明：{listed}。" if held else _no_post(given.by))
    return _acting(account_id, held[0])


def _no_post(name: str) -> str:
    return f"账号 {name} 今天没有任职，请先登记任职再办理。"


def _acting(account_id: UUID, held: Appointment) -> Actor:
    from gongzhi.acts.actor import Actor

    return Actor(account_id, held.pk, held.person_id)


def _account(name: str) -> UUID:
    from gongzhi.accounts.models import Account

    found = Account.objects.filter(username=name, is_active=True).first()
    if found is None:
        stop(f"没有账号 {name}，或者账号已停用，请核对后再运行。")
    return found.pk


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        stop(f"{text} 不是任职编号，请核对后再运行。")


def _format(path: Path) -> Format:
    from gongzhi.registry.tables.formats import Format

    if path.suffix.lower() not in (".xlsx", ".csv"):
        stop(f"文件名 {path.name} 要以 .xlsx 或者 .csv 结尾，请改名后再运行。")
    return Format(path.suffix.lower()[1:])


def _read(path: Path) -> bytes:
    from gongzhi.registry.tables import limits

    try:
        with path.open("rb") as stream:
            return stream.read(limits.FILE + 1)
    except OSError as broken:
        stop(f"读不了文件 {path}（{broken.strerror}），请核对后再运行。")


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads: it may name people."""
    try:
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
    except OSError as broken:
        stop(f"写不了文件 {path}（{broken.strerror}），请换一个位置再运行。")


class Bar:
    """A progress bar on stderr where that is a terminal; silent otherwise."""

    def __init__(self) -> None:
        self.is_shown, self.is_open = sys.stderr.isatty(), False

    def __call__(self, doing: str, done: int, whole: int) -> None:
        """Show how far it is."""
        if self.is_shown:
            full = BAR * min(done, whole) // max(whole, 1)
            shown = f"\r{doing} [{'█' * full}{'·' * (BAR - full)}] {min(done, whole)}/{whole}\033[K"
            print(shown, end="", file=sys.stderr, flush=True)
            self.is_open = True

    def end(self) -> None:
        """Clear the line."""
        if self.is_open:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self.is_open = False
