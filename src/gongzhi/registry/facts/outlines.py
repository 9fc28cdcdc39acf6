"""Where an estate lies."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field, WithJsonSchema

from gongzhi.acts.facts import Facts
from gongzhi.registry.geometry import LONGEST_TEXT, read_shape
from gongzhi.registry.models import Datum, OutlineSource


def _one_form(raw: Any) -> Any:
    """GeoJSON as an object or as text, checked, as one text for one shape: nothing recorded is a float."""
    if isinstance(raw, dict) or (isinstance(raw, str) and raw.strip()):
        return read_shape(raw).as_text()
    return raw


GeoJson = Annotated[
    str,
    BeforeValidator(_one_form),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]


class OutlineSaid(Facts):
    """Where something lies: an outline, or the two numbers of a point; in which frame, from where, as of when."""

    geojson: GeoJson = Field(
        default="",
        title="轮廓（GeoJSON）",
        max_length=LONGEST_TEXT,
        description="粘贴一个 Polygon 或者 Point；没有轮廓的，改填下面的经度和纬度",
    )
    longitude: Decimal | None = Field(
        default=None, title="经度", max_digits=11, decimal_places=8, description="例如 126.420000"
    )
    latitude: Decimal | None = Field(
        default=None, title="纬度", max_digits=11, decimal_places=8, description="例如 41.940000"
    )
    datum: Datum = Field(
        title="坐标系", description="高德、腾讯、百度地图上取的坐标有几百米的偏移，不能直接用"
    )
    source: OutlineSource = Field(title="来源")
    measured_on: date = Field(title="日期", description="宗地图、审批图的日期，或者测量、勾画的日期")


class SetOutline(OutlineSaid):
    """Where an estate lies. Replaces what was recorded before."""

    estate_id: UUID = Field(title="小区")
