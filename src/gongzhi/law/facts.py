"""What is said when the law's own registers change."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from gongzhi.acts.facts import Facts

CODE = r"^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$"


class DivisionRow(Facts):
    """One administrative division."""

    code: str = Field(title="区划代码", pattern=CODE)
    parent: str = Field(title="上级代码", default="", max_length=12)
    level: Literal["province", "city", "county", "street", "community"] = Field(title="级别")
    name: str = Field(title="名称", min_length=1, max_length=60)


class LoadDivisions(Facts):
    """Divisions to take in; without rows those that come with the product."""

    rows: tuple[DivisionRow, ...] = Field(title="行政区划", default=())


class AdoptInstrument(Facts):
    """Number and date of a text that carried none, as its authority issued it."""

    jurisdiction: str = Field(title="行政区划", min_length=2, max_length=15)
    instrument: str = Field(title="文本代号", min_length=1, max_length=20)
    number: str = Field(title="文号", min_length=1, max_length=60)
    adopted_on: date = Field(title="施行日期")
    authority: str = Field(title="发布机关", min_length=1, max_length=100)


class SetLocalValue(Facts):
    """A value the law leaves to the place. Periods as `P5WD` or as a number with its unit."""

    jurisdiction: str = Field(title="行政区划", min_length=2, max_length=15)
    key: str = Field(title="参数", min_length=1, max_length=80)
    value: Any = Field(title="值")
    unit: str = Field(title="单位", default="", max_length=4)
    authority: str = Field(title="设定机关", min_length=1, max_length=100)
    instrument: str = Field(title="设定文件", min_length=1, max_length=200)
    set_on: date = Field(title="生效日期")
