"""Estates, buildings, units."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import Facts
from gongzhi.registry.models import AreaSource, EstateKind, Mode, UnitUse

#: Beside the last day of a service.
UNTIL = "应急服务、社区托管按决定书或者协议填写；合同管理的期限写在合同里，不填"
#: One act registers the rows of one estate.
BATCH = 10_000


class RegisterEstate(Facts):
    """A new estate, together with who manages it from the start."""

    name: str = Field(title="小区名称", min_length=1, max_length=100)
    community: str = Field(title="社区代码", min_length=12, max_length=12)
    address: str = Field(default="", title="地址", max_length=200)
    kind: EstateKind = Field(default=EstateKind.COMMODITY, title="类型")
    first_delivered_on: date | None = Field(default=None, title="首户交付日期")
    mode: Mode = Field(title="管理方式")
    managed_from_at: AwareDatetime = Field(title="管理起始时间")
    organisation_id: UUID | None = Field(default=None, title="管理单位")
    paper_id: UUID | None = Field(default=None, title="依据文书编号")
    paper_title: str = Field(default="", title="依据文书", max_length=200)
    reason: str = Field(default="", title="原因", max_length=200)
    until_on: date | None = Field(default=None, title="服务期限至", description=UNTIL)


class BuildingRow(Facts):
    """One building."""

    name: str = Field(title="楼栋", min_length=1, max_length=50)
    floors: int | None = Field(default=None, title="层数", ge=1, le=200)


class RegisterBuildings(Facts):
    """The buildings of an estate, all or none."""

    estate_id: UUID = Field(title="小区")
    rows: tuple[BuildingRow, ...] = Field(title="楼栋", min_length=1, max_length=BATCH)


class UnitRow(Facts):
    """One unit; an area comes with source and date, or not at all."""

    building: str = Field(title="楼栋", min_length=1, max_length=50)
    label: str = Field(title="房号", min_length=1, max_length=50)
    use: UnitUse = Field(default=UnitUse.DWELLING, title="用途")
    exclusive_area: Decimal | None = Field(
        default=None, title="专有部分面积", gt=0, max_digits=10, decimal_places=2
    )
    exclusive_source: AreaSource | None = Field(default=None, title="专有部分面积来源")
    exclusive_on: date | None = Field(default=None, title="专有部分面积日期")
    building_area: Decimal | None = Field(
        default=None, title="房屋建筑面积", gt=0, max_digits=10, decimal_places=2
    )
    building_source: AreaSource | None = Field(default=None, title="房屋建筑面积来源")
    building_on: date | None = Field(default=None, title="房屋建筑面积日期")
    is_sold: bool = Field(default=True, title="已售")


class RegisterUnits(Facts):
    """The units of one estate, all or none. The record keeps the digest of the batch."""

    personal: ClassVar[bool] = True

    estate_id: UUID = Field(title="小区")
    rows: tuple[UnitRow, ...] = Field(title="房屋", min_length=1, max_length=BATCH)


class AreaRow(Facts):
    """A unit whose areas became known or were measured anew; what is not given stays as it is."""

    building: str = Field(title="楼栋", min_length=1, max_length=50)
    label: str = Field(title="房号", min_length=1, max_length=50)
    exclusive_area: Decimal | None = Field(
        default=None, title="专有部分面积", gt=0, max_digits=10, decimal_places=2
    )
    exclusive_source: AreaSource | None = Field(default=None, title="专有部分面积来源")
    exclusive_on: date | None = Field(default=None, title="专有部分面积日期")
    building_area: Decimal | None = Field(
        default=None, title="房屋建筑面积", gt=0, max_digits=10, decimal_places=2
    )
    building_source: AreaSource | None = Field(default=None, title="房屋建筑面积来源")
    building_on: date | None = Field(default=None, title="房屋建筑面积日期")


class RecordAreas(Facts):
    """Areas of one estate's units, all or none. The record keeps every row: what counted before stays provable."""

    estate_id: UUID = Field(title="小区")
    rows: tuple[AreaRow, ...] = Field(title="房屋", min_length=1, max_length=BATCH)


class ChangeBoundary(Facts):
    """The estate lies in another community from now on."""

    estate_id: UUID = Field(title="小区")
    community: str = Field(title="社区代码", min_length=12, max_length=12)
    paper_title: str = Field(title="依据文书", min_length=1, max_length=200)
    paper_id: UUID | None = Field(default=None, title="文书")
