"""The exit ledger as a spreadsheet: the columns of `practice.md` 9, then what the page marks; one row an exit."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from gongzhi.registry.tables.writing import mark, marked
from gongzhi.values.money import yuan
from gongzhi.values.now import ZONE

from .ledger_rows import LedgerRow, Posted, hours

COLUMNS = (
    *("项目", "面积/户数", "企业+代码+负责人", "退出类别/情形", "申请/通知到达日", "计划退出日", "表决结果"),
    *("两级备案日", "公示起止", "清算起止/金额/问题资金", "交接日", "离场日", "无人在管小时", "接替人"),
    *("遗留问题", "违规", "处置", "卷号"),
)
#: What stands beside the estate on the page.
MARKS = ("阶段", "逾期待办")
LEVELS = {"subdistrict": "街道", "county": "县级"}
#: What a spreadsheet program would take for a formula, or for a command.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 24


def cells(row: LedgerRow) -> tuple[str, ...]:
    """One exit in the order of the columns, in words."""
    return (
        row.estate_name,
        _size(row),
        _joined(row.provider, row.credit_code, row.leader, by="\n"),
        f"{row.category_title}/{row.ground_title}",
        _day(row.told_at),
        _day(row.planned_on),
        "；".join(row.votes),
        "；".join(f"{LEVELS[level]}{_day(at)}" for level, at in row.filed.items()),
        "；".join(map(_posted, row.notices)),
        _settled(row),
        _day(row.handed_over_at),
        _day(row.left_at),
        hours(row.unmanaged_minutes),
        row.successor,
        "；".join(row.open_issues),
        "；".join(row.violations),
        "；".join(row.measures),
        row.number,
    )


def _marks(row: LedgerRow) -> tuple[str, ...]:
    return (row.stage_title, f"{row.late}项" if row.late else "")


def workbook(rows: Iterable[LedgerRow]) -> bytes:
    """An xlsx file; text that a spreadsheet would run is kept as text."""
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet("物业退出台账")
    sheet.freeze_panes = "B3" if settings.PAPER_MARK else "B2"
    for number in range(len(COLUMNS + MARKS)):
        sheet.column_dimensions[chr(ord("A") + number)].width = WIDTH
    mark(sheet)
    for line in marked([COLUMNS + MARKS]):
        sheet.append([_cell(sheet, name, bold=True) for name in line])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in cells(row) + _marks(row)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def harmless(text: str) -> str:
    """The text without signs no sheet can hold, and with a mark before it where a program would run it."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=harmless(text))
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _size(row: LedgerRow) -> str:
    unknown = f"（{row.unknown_areas}套面积未知）" if row.unknown_areas else ""
    return f"{row.area}㎡{unknown}/{row.households}户"


def _posted(notice: Posted) -> str:
    return f"{notice.title}：{_day(notice.from_at)}至{_day(notice.until_on) or '未定'}"


def _settled(row: LedgerRow) -> str:
    told = row.settlement
    if told is None:
        return ""
    total = yuan(told.total_cents) if told.total_cents is not None else "未定"
    until = _day(told.to_at) or "未结束"
    return f"{_day(told.from_at)}至{until}/{total}/{yuan(told.irregular_cents)}"


def _day(when: date | datetime | None) -> str:
    if when is None:
        return ""
    return str(when.astimezone(ZONE).date() if isinstance(when, datetime) else when)


def _joined(*parts: str, by: str) -> str:
    return by.join(filter(None, parts))
