"""The exit ledger in the columns of `practice.md` 9, and as a spreadsheet with one thing a column; one row an exit."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from gongzhi.ui.exporting import Sheet, Yuan, content_of
from gongzhi.values.money import yuan
from gongzhi.values.now import ZONE

from .ledger_rows import LedgerRow, Posted, hours, in_hours

COLUMNS = (
    *("项目", "面积/户数", "企业+代码+负责人", "退出类别/情形", "申请/通知到达日", "计划退出日", "表决结果"),
    *("两级备案日", "公示起止", "清算起止/金额/问题资金", "交接日", "离场日", "无人在管小时", "接替人"),
    *("遗留问题", "违规", "处置", "卷号"),
)
#: The same in the file, one thing a column, after what stands beside the estate on the page.
IN_FILE = (
    *(
        "项目",
        "阶段",
        "逾期待办（项）",
        "面积（㎡）",
        "房屋（套）",
        "面积未知（套）",
        "户数（住宅）",
        "企业",
        "统一社会信用代码",
        "负责人",
    ),
    *(
        "退出类别",
        "退出情形",
        "申请/通知到达日",
        "计划退出日",
        "表决结果",
        "街道备案日",
        "县级备案日",
        "公示起止",
    ),
    *(
        "清算开始",
        "清算结束",
        "清算金额（元）",
        "问题资金（元）",
        "交接日",
        "离场日",
        "无人在管（小时）",
        "接替人",
    ),
    *("遗留问题", "违规", "处置", "卷号"),
)
LEVELS = {"subdistrict": "街道", "county": "县级"}
#: What a spreadsheet program would take for a formula, or for a command.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


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


def in_columns(row: LedgerRow) -> tuple[Any, ...]:
    """One exit in the columns of the file: each thing in its own, numbers and days as such."""
    told = row.settlement
    total = told.total_cents if told is not None else None
    return (
        *map(harmless, (row.estate_name, row.stage_words)),
        *(row.late or None, row.area, row.units, row.unknown_areas or None, row.households),
        *map(harmless, (row.provider, row.credit_code, row.leader, row.category_title, row.ground_title)),
        *(_date(row.told_at), _date(row.planned_on), harmless("；".join(row.votes))),
        *(_date(row.filed.get(level)) for level in LEVELS),
        harmless("；".join(map(_posted, row.notices))),
        *(_date(told.from_at if told else None), _date(told.to_at if told else None)),
        *(None if total is None else Yuan(total), Yuan(told.irregular_cents) if told else None),
        *(_date(row.handed_over_at), _date(row.left_at), in_hours(row.unmanaged_minutes)),
        *map(harmless, (row.successor, *map("；".join, (row.open_issues, row.violations, row.measures)))),
        harmless(row.number),
    )


def workbook(rows: Iterable[LedgerRow]) -> bytes:
    """An xlsx file; text that a spreadsheet would run is kept as text."""
    return content_of([Sheet("物业退出台账", IN_FILE, map(in_columns, rows), fixed=1)])


def harmless(text: str) -> str:
    """The text without signs no sheet can hold, and with a mark before it where a program would run it."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _size(row: LedgerRow) -> str:
    """The area with how many units it is of, then how many of them are dwellings."""
    unknown = f"，其中{row.unknown_areas}套面积未知" if row.unknown_areas else ""
    return f"{row.area}㎡（{row.units}套{unknown}）/住宅{row.households}户"


def _posted(notice: Posted) -> str:
    void = "（作废）" if notice.is_void else ""
    return f"{notice.title}{void}：{_day(notice.from_at)}至{_day(notice.until_on) or '未定'}"


def _settled(row: LedgerRow) -> str:
    told = row.settlement
    if told is None:
        return ""
    total = yuan(told.total_cents) if told.total_cents is not None else "未定"
    until = _day(told.to_at) or "未结束"
    return f"{_day(told.from_at)}至{until}/{total}/{yuan(told.irregular_cents)}"


def _date(when: date | datetime | None) -> date | None:
    return when.astimezone(ZONE).date() if isinstance(when, datetime) else when


def _day(when: date | datetime | None) -> str:
    found = _date(when)
    return str(found) if found is not None else ""


def _joined(*parts: str, by: str) -> str:
    return by.join(filter(None, parts))
