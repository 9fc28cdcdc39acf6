"""Rows of a settlement: who pays what, payments, advances."""

from django.db import models
from django.db.models import F, Q

from gongzhi.procedures.models import Case, Round
from gongzhi.registry.models import Organisation, Unit
from gongzhi.values.ids import new_id


class CostPlan(models.Model):
    """The settlement's cost and where it comes from, to the cent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="cost_plans")
    round = models.OneToOneField(Round, models.PROTECT, related_name="cost_plan")
    total_cents = models.BigIntegerField("总额（分）")
    revenue_cents = models.BigIntegerField("公共收益列支（分）")
    owners_cents = models.BigIntegerField("业主分摊（分）")
    working = models.JSONField("怎么算的", default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cost_plan_adds_up",
                condition=Q(total_cents=F("revenue_cents") + F("owners_cents")),
            ),
            models.CheckConstraint(
                name="cost_plan_not_negative",
                condition=Q(revenue_cents__gte=0, owners_cents__gte=0, total_cents__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.total_cents}"


class CostShare(models.Model):
    """One unit's share of the cost, by its building area in square centimetres as it was then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(CostPlan, models.PROTECT, related_name="shares")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cost_shares")
    building_area = models.DecimalField("房屋建筑面积", max_digits=12, decimal_places=2)
    share_cents = models.BigIntegerField("应摊（分）")
    paid_cents = models.BigIntegerField("已缴（分）", default=0)
    demanded_on = models.DateField("催缴日期", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit"], name="share_once_a_unit"),
            models.CheckConstraint(
                name="share_paid_within", condition=Q(paid_cents__gte=0, paid_cents__lte=F("share_cents"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.share_cents}"


class CommunityAdvance(models.Model):
    """What the community bridged. The debtors still owe it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(CostPlan, models.PROTECT, related_name="advances")
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    amount_cents = models.BigIntegerField("垫付（分）")
    offset_plan = models.TextField("抵扣方案")
    advanced_at = models.DateTimeField("垫付时间")

    class Meta:
        constraints = [models.CheckConstraint(name="advance_positive", condition=Q(amount_cents__gt=0))]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.amount_cents}"
