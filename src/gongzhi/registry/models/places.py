"""Estates (小区), their buildings and units. A unit has two areas: one for votes, one for cost shares."""

from django.db import models
from django.db.models import Q

from gongzhi.values.ids import new_id

from .constraints import one_of
from .territory import Placed


class EstateKind(models.TextChoices):
    """What an estate was built as; decides nothing by itself."""

    COMMODITY = "commodity", "商品房小区"
    RESETTLEMENT = "resettlement", "安置小区"
    OLD = "old", "老旧小区"
    UNSERVED = "unserved", "无物业小区"


class UnitUse(models.TextChoices):
    """What a unit is for; parking and storage with a title of their own are units too."""

    DWELLING = "dwelling", "住宅"
    COMMERCIAL = "commercial", "商业"
    PARKING = "parking", "车位"
    STORAGE = "storage", "储藏间"


class AreaSource(models.TextChoices):
    """Where an area comes from, best first. 最高法《建筑物区分所有权司法解释》第8条."""

    REGISTERED = "registered", "登记"
    SURVEYED = "surveyed", "实测"
    CONTRACT = "contract", "合同"


class Estate(Placed):
    """小区 (物业管理区域): what is managed, by one manager a day."""

    name = models.CharField("小区名称", max_length=100)
    pinyin = models.CharField("拼音", max_length=400, editable=False)
    initials = models.CharField("拼音首字母", max_length=100, editable=False)
    address = models.CharField("地址", max_length=200, blank=True, default="")
    kind = models.CharField("类型", max_length=20, choices=EstateKind)
    first_delivered_on = models.DateField("首户交付日期", null=True)
    registered_on = models.DateField("登记日期")

    class Meta:
        verbose_name = "小区"
        constraints = [
            one_of("kind", EstateKind, "estate_kind_known"),
            models.CheckConstraint(
                condition=~Q(city="") & ~Q(county="") & ~Q(subdistrict="") & ~Q(community=""),
                name="estate_lies_in_a_community",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="estate_has_a_name"),
            models.UniqueConstraint(fields=["community", "name"], name="estate_name_once_in_community"),
        ]
        indexes = [
            models.Index(fields=["city", "pinyin", "id"], name="estate_of_city"),
            models.Index(fields=["county", "pinyin", "id"], name="estate_of_county"),
            models.Index(fields=["subdistrict", "pinyin", "id"], name="estate_of_subdistrict"),
            models.Index(fields=["community", "pinyin", "id"], name="estate_of_community"),
        ]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """楼栋, or another structure units are counted in (地下车库)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="buildings", verbose_name="小区")
    name = models.CharField("楼栋", max_length=50)
    floors = models.PositiveSmallIntegerField("层数", null=True)

    class Meta:
        verbose_name = "楼栋"
        constraints = [
            models.UniqueConstraint(fields=["estate", "name"], name="building_name_once_in_estate"),
            models.CheckConstraint(condition=~Q(name=""), name="building_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


def _area_has_its_origin(kind: str) -> models.CheckConstraint:
    """An area is known with source and date, or unknown with neither; it is never zero."""
    unknown = Q(**{f"{kind}_area__isnull": True, f"{kind}_source": "", f"{kind}_on__isnull": True})
    known = Q(**{f"{kind}_area__gt": 0, f"{kind}_source__in": AreaSource.values, f"{kind}_on__isnull": False})
    return models.CheckConstraint(condition=unknown | known, name=f"unit_{kind}_area_has_its_origin")


class Unit(models.Model):
    """专有部分: a dwelling, a shop, a parking space or a storage room with a title of its own.

    `exclusive_area` 专有部分面积 counts in votes and 《民法典》第283条; `building_area` 房屋建筑面积 in 白山's
    cost shares, 《白山市物业服务人退出及应急服务管理办法》第13条. Square metres; null is unknown.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="units", verbose_name="小区")
    building = models.ForeignKey(Building, models.PROTECT, related_name="units", verbose_name="楼栋")
    label = models.CharField("房号", max_length=50)
    use = models.CharField("用途", max_length=20, choices=UnitUse)
    exclusive_area = models.DecimalField("专有部分面积", max_digits=10, decimal_places=2, null=True)
    exclusive_source = models.CharField(
        "专有部分面积来源", max_length=20, choices=AreaSource, blank=True, default=""
    )
    exclusive_on = models.DateField("专有部分面积日期", null=True)
    building_area = models.DecimalField("房屋建筑面积", max_digits=10, decimal_places=2, null=True)
    building_source = models.CharField(
        "房屋建筑面积来源", max_length=20, choices=AreaSource, blank=True, default=""
    )
    building_on = models.DateField("房屋建筑面积日期", null=True)
    is_sold = models.BooleanField("已售", default=True)

    class Meta:
        verbose_name = "房屋"
        constraints = [
            one_of("use", UnitUse, "unit_use_known"),
            _area_has_its_origin("exclusive"),
            _area_has_its_origin("building"),
            models.CheckConstraint(condition=~Q(label=""), name="unit_has_a_label"),
            models.UniqueConstraint(fields=["building", "label"], name="unit_label_once_in_building"),
        ]
        indexes = [models.Index(fields=["estate", "building", "label"], name="unit_of_estate")]

    def __str__(self) -> str:
        return self.label
