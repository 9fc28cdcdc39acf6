"""Tables as people send them, for the tests of the importers: csv and xlsx made of plain rows."""

import csv
import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import SYSTEM
from gongzhi.registry.tables.checking import Checked
from gongzhi.registry.tables.importing import Taken, check_table, take_in
from gongzhi.registry.tables.kinds import KINDS

COMMUNITY, ESTATE = "220602001001", "示例白山一号小区"
UNITS = ("社区代码", "小区名称", "楼栋", "房号")
OWNERS = (*UNITS, "业主姓名", "证件号码", "手机号码", "份额", "取得日期")
Rows = list[tuple[Any, ...]]


def sheet(*rows: tuple[Any, ...], merged: tuple[str, ...] = (), name: str = "表") -> bytes:
    """An xlsx of one sheet."""
    book = Workbook()
    page = book.active
    page.title = name
    for row in rows:
        page.append(row)
    for place in merged:
        page.merge_cells(place)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(*rows: tuple[Any, ...], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A csv."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def unit(building: Any, room: Any, *more: Any) -> tuple[Any, ...]:
    """A row of units (or of owners) of the home estate."""
    return (COMMUNITY, ESTATE, building, room, *more)


def checked(kind: str, content: bytes, at: datetime, *, by: Actor = SYSTEM, page: str = "") -> Checked:
    """The table checked."""
    return check_table(KINDS[kind], content, by=by, at=at, sheet=page)


def taken(kind: str, content: bytes, at: datetime, *, by: Actor = SYSTEM) -> Taken:
    """The table checked and taken in."""
    return take_in(checked(kind, content, at, by=by), by=by, at=at)


def errors(found: Checked) -> dict[int, str]:
    """Row of the file → why."""
    return dict(found.errors())
