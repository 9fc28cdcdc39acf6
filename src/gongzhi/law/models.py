"""Jurisdictions, local settings, adoptions. The law itself stands in the packs, not in the database."""

from django.db import models
from django.db.models import F, Q

from gongzhi.values.ids import new_id


class Level(models.TextChoices):
    """Levels of administrative division, as the official tables name them."""

    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县（市、区）"
    STREET = "street", "街道（乡镇）"
    COMMUNITY = "community", "社区（村）"


class Jurisdiction(models.Model):
    """An administrative division under its official code, with an explicit parent and dates."""

    code = models.CharField("区划代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    from_on = models.DateField("设立日期", null=True, blank=True)
    to_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        constraints = [
            models.CheckConstraint(name="jurisdiction_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(
                name="jurisdiction_parent_below_province",
                condition=Q(level=Level.PROVINCE, parent__isnull=True)
                | (~Q(level=Level.PROVINCE) & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(name="jurisdiction_not_its_parent", condition=~Q(parent=F("code"))),
            models.CheckConstraint(
                name="jurisdiction_dates_in_order",
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


class LocalSetting(models.Model):
    """A value a local authority set where the law leaves a hole or allows one. Append-only: the newest wins.

    Of several with the same first day the one recorded last counts: so one not yet in force is put right.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="settings", verbose_name="行政区划"
    )
    key = models.CharField("参数", max_length=80)
    value = models.JSONField("值")
    unit = models.CharField("单位", max_length=4, blank=True, default="")
    authority = models.CharField("设定机关", max_length=100)
    instrument = models.CharField("设定文件", max_length=200)
    set_on = models.DateField("生效日期")
    at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "本地设定"
        constraints = [
            models.CheckConstraint(
                name="setting_says_who_and_by_what", condition=~Q(authority="") & ~Q(instrument="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.key} {self.set_on}"


class Adoption(models.Model):
    """A jurisdiction records number and date of a text that carried none. Append-only.

    It decides from that day, but for nothing opened before the day of `at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="adoptions", verbose_name="行政区划"
    )
    instrument = models.CharField("文本", max_length=20)
    number = models.CharField("文号", max_length=60)
    adopted_on = models.DateField("施行日期")
    authority = models.CharField("发布机关", max_length=100)
    at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "文本采用"
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "instrument"], name="instrument_adopted_once"),
            models.CheckConstraint(
                name="adoption_says_number_and_authority", condition=~Q(number="") & ~Q(authority="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.instrument} {self.number}"


class LawRevision(models.Model):
    """One row whose token changes with every setting, adoption and division: other processes then read anew."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField("版本", default=new_id)

    class Meta:
        constraints = [models.CheckConstraint(name="law_has_one_revision", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.token)
