"""行政区划: divisions under their official codes. A changed name is taken over, for that is what the act is for."""

from collections.abc import Iterator
from typing import Any

from gongzhi.acts.policies import policy
from gongzhi.acts.roots import SYSTEM_ROOT
from gongzhi.law.actions import load_divisions
from gongzhi.law.facts import DivisionRow, LoadDivisions
from gongzhi.law.intake import faults_of
from gongzhi.law.models import Jurisdiction, Level

from .. import cells
from ..checking import Check
from ..columns import Column, Kind
from ..plans import Plan, Step
from ..scopes import Scope

MAY = "system_administrator"
#: Digits of a code at each level.
_DIGITS = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.STREET: 9, Level.COMMUNITY: 12}
_WORDS = {
    "省级": "province", "直辖市": "province", "自治区": "province", "市级": "city", "地级市": "city", "地级": "city",
    "县级": "county", "县": "county", "区": "county", "街道": "street", "乡镇": "street", "乡级": "street",
    "社区": "community", "村": "community", "村级": "community",
}  # fmt: skip
COLUMNS = (
    Column("code", "区划代码", cells.division_code, "统计用区划代码；街道9位，社区12位", "220602001001", digits=True,
           also=("代码", "行政区划代码", "统计用区划代码")),
    Column("parent", "上级代码", cells.division_code, "不填时取代码前几位", "220602001", needed=False, fills=True,
           digits=True, also=("上级区划代码", "父级代码")),
    Column("level", "级别", cells.choice(Level, _WORDS), "不填时按代码位数", "社区（村）", needed=False, fills=True,
           also=("层级", "行政级别"), options=tuple(Level.labels)),
    Column("name", "名称", cells.name(60), "全称", "示例社区", also=("区划名称", "单位名称")),
)  # fmt: skip


def check(found: Check) -> Plan:
    """Check a table of divisions: every code once, under a parent of a higher level."""
    policy(MAY).check(by=found.by, facts=None, at=found.at)
    rows = _rows(found)
    there = {row.code: row for row in Jurisdiction.objects.all()}
    numbers = list(rows)
    for place, says in faults_of(list(rows.values()), there).items():
        found.wrong(numbers[place], says)
    plan = Plan(is_one_act=True)
    for number, row in rows.items():
        _count(found, number, row, there.get(row.code), plan)
    if plan.new or plan.changed:
        said = tuple(rows.values())
        plan.steps = [Step(load_divisions, lambda: LoadDivisions(rows=said), SYSTEM_ROOT, numbers)]
    return plan


def _count(check: Check, number: int, row: DivisionRow, there: Jurisdiction | None, plan: Plan) -> None:
    if there is None:
        plan.new += 1
    elif (row.name, row.level, row.parent or None) == (there.name, there.level, there.parent_id):
        plan.same += 1
    else:
        plan.changed += 1
        check.warn(
            number, f"{row.code}原登记为“{there.name}”（上级{there.parent_id or '无'}），将改为“{row.name}”"
        )


def _rows(check: Check) -> dict[int, DivisionRow]:
    """The good rows, codes without the zeros that stand for nothing."""
    read = {}
    for number in list(check.good()):
        said = check.row(number)
        level: Level | None = said["level"] or _level_of(said["code"])
        code = _trimmed(said["code"], level)
        if level is None or code is None:
            check.wrong(number, f"区划代码“{said['code']}”的位数与级别不符，省2、市4、县6、街道9、社区12位")
            continue
        parent = said["parent"] or _parent_of(code, level)
        read[number] = DivisionRow(code=code, parent=_bare(parent), level=level.value, name=said["name"])
    return read


def _level_of(code: str) -> Level | None:
    bare = _bare(code)
    return next((level for level, digits in _DIGITS.items() if digits == len(bare)), None)


def _bare(code: str) -> str:
    """The code without trailing groups of zeros: 220602000000 → 220602."""
    for long, short in ((12, 9), (9, 6), (6, 4), (4, 2)):
        if len(code) == long and not int(code[short:]):
            code = code[:short]
    return code


def _trimmed(code: str, level: Level | None) -> str | None:
    if level is None:
        return None
    digits = _DIGITS[level]
    return code[:digits] if len(code) >= digits and not int(code[digits:] or "0") else None


def _parent_of(code: str, level: Level) -> str:
    above = [digits for digits in _DIGITS.values() if digits < _DIGITS[level]]
    return code[: above[-1]] if above else ""


def rows(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The divisions asked for and all below them, from above."""
    waiting = list(scope.places)
    while waiting:
        for place in waiting:
            yield place.code, place.parent_id, Level(place.level).label, place.name
        below = Jurisdiction.objects.filter(parent__in=[place.code for place in waiting])
        waiting = list(below.order_by("code"))


KIND = Kind("divisions", "行政区划", "个", COLUMNS, MAY, check, rows)
