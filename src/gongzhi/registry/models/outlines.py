"""Where an estate lies on the ground."""

import json
from typing import Any

from django.db import models
from django.db.models import F, Q

from gongzhi.values.ids import new_id

from .constraints import one_of
from .places import Estate


class Datum(models.TextChoices):
    """The frame the degrees are counted in. The shifted frames of map shops are not taken; see `geometry`."""

    WGS84 = "wgs84", "WGS-84"
    CGCS2000 = "cgcs2000", "CGCS2000（国家大地坐标系）"


class OutlineSource(models.TextChoices):
    """Where an outline comes from, best first."""

    CADASTRE = "cadastre", "不动产宗地图"
    PLANNING = "planning", "规划审批图"
    SURVEYED = "surveyed", "现场测量"
    DRAWN = "drawn", "图上勾画"
    SCHEMATIC = "schematic", "示意"


class Outline(models.Model):
    """An estate's outline, or a point that stands for it, as it was recorded last; the record keeps those before.

    `shape` is the GeoJSON geometry; box and centre are copies of it, proved by `gongzhi check`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    estate = models.OneToOneField(Estate, models.PROTECT, related_name="outline", verbose_name="小区")
    shape = models.JSONField("轮廓")
    is_point = models.BooleanField("只有一个点")
    west = models.DecimalField("西", max_digits=9, decimal_places=6)
    south = models.DecimalField("南", max_digits=9, decimal_places=6)
    east = models.DecimalField("东", max_digits=9, decimal_places=6)
    north = models.DecimalField("北", max_digits=9, decimal_places=6)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6)
    datum = models.CharField("坐标系", max_length=16, choices=Datum)
    source = models.CharField("来源", max_length=16, choices=OutlineSource)
    measured_on = models.DateField("日期")

    class Meta:
        verbose_name = "小区位置"
        constraints = [
            one_of("datum", Datum, "outline_datum_known"),
            one_of("source", OutlineSource, "outline_source_known"),
            models.CheckConstraint(
                name="outline_lies_in_the_country",
                condition=Q(west__gte=73, south__gte=3, east__lte=136, north__lte=54),
            ),
            models.CheckConstraint(
                name="outline_box_in_order",
                condition=Q(west__lte=F("longitude"), south__lte=F("latitude"))
                & Q(east__gte=F("longitude"), north__gte=F("latitude")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.longitude}, {self.latitude}"

    @property
    def is_schematic(self) -> bool:
        """Whether it says no more than roughly where."""
        return self.source == OutlineSource.SCHEMATIC

    @property
    def shape_text(self) -> str:
        """The geometry as text, as one pastes it."""
        return json.dumps(self.shape, separators=(",", ":"))

    def told(self) -> dict[str, Any]:
        """As it is told in JSON."""
        copied = ("shape", "longitude", "latitude", "datum", "source", "measured_on")
        return {name: getattr(self, name) for name in copied} | {
            "source_title": str(OutlineSource(self.source).label)
        }
