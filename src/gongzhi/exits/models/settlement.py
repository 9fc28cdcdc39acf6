"""Rows of a settlement: quotes, who pays what, payments, advances and what offset them, the bill."""

from django.db import models
from django.db.models import F, Q

from gongzhi.procedures.models import Case, Round
from gongzhi.registry.models import Organisation, Unit
from gongzhi.values.ids import new_id


class Quote(models.Model):
    """What a firm asks for the settlement, with its statement that it has no interest in it (比选)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="quotes")
    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="quotes", verbose_name="机构")
    amount_cents = models.BigIntegerField("报价（分）")
    quoted_on = models.DateField("报价日期")
    statement = models.TextField("无利害关系声明")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "firm"], name="quote_once_a_firm"),
            models.CheckConstraint(
                name="quote_positive_and_stated", condition=Q(amount_cents__gt=0) & ~Q(statement="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm_id}: {self.amount_cents}"


class CostPlan(models.Model):
    """The settlement's cost and where it comes from, to the cent, with what it was computed from.

    `order` is the law's order of sources as it was, `basis` the area that counts, `available_cents` the proved balance
    of the common revenue: with the shares' areas that is all it takes to compute the plan again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="cost_plans")
    round = models.OneToOneField(Round, models.PROTECT, related_name="cost_plan")
    total_cents = models.BigIntegerField("总额（分）")
    available_cents = models.BigIntegerField("公共收益可用余额（分）")
    as_of = models.DateField("余额截至日期", null=True)
    voucher = models.CharField("余额凭证号", max_length=100, default="")
    order = models.JSONField("承担顺序")
    basis = models.CharField("分摊面积", max_length=20)
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
            models.CheckConstraint(
                name="cost_plan_within_balance", condition=Q(revenue_cents__lte=F("available_cents"))
            ),
            models.CheckConstraint(
                name="cost_plan_balance_proved",
                condition=Q(available_cents=0) | (Q(as_of__isnull=False) & ~Q(voucher="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.total_cents}"


class CostShare(models.Model):
    """One unit's share of the cost, by its area, building and number as they were then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(CostPlan, models.PROTECT, related_name="shares")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cost_shares")
    building = models.CharField("楼栋", max_length=50)
    label = models.CharField("房号", max_length=50)
    area = models.DecimalField("分摊面积", max_digits=12, decimal_places=2)
    share_cents = models.BigIntegerField("应摊（分）")
    paid_cents = models.BigIntegerField("已缴（分）", default=0)
    demanded_on = models.DateField("催缴日期", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit"], name="share_once_a_unit"),
            models.CheckConstraint(name="share_has_area", condition=Q(area__gt=0)),
            models.CheckConstraint(
                name="share_paid_within", condition=Q(paid_cents__gte=0, paid_cents__lte=F("share_cents"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.share_cents}"


class CommunityAdvance(models.Model):
    """What the community bridged, and from what it is offset later. The debtors still owe it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(CostPlan, models.PROTECT, related_name="advances")
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    amount_cents = models.BigIntegerField("垫付（分）")
    source = models.CharField("垫付资金来源", max_length=200)
    offset_from = models.CharField("抵扣来源", max_length=32)
    offset_plan = models.TextField("抵扣方案")
    consent = models.CharField("物业服务人书面同意", max_length=200, default="")
    advanced_at = models.DateTimeField("垫付时间")

    class Meta:
        constraints = [models.CheckConstraint(name="advance_positive", condition=Q(amount_cents__gt=0))]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.amount_cents}"


class AdvanceOffset(models.Model):
    """A part of the advance that came back: from later revenue, later fees, or the debtor himself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(CostPlan, models.PROTECT, related_name="offsets")
    amount_cents = models.BigIntegerField("抵扣（分）")
    source = models.CharField("来源", max_length=32)
    on = models.DateField("日期")
    voucher = models.CharField("凭证号", max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(name="offset_positive", condition=Q(amount_cents__gt=0))]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.amount_cents}"


class CostBill(models.Model):
    """The settlement's bill, closed: what was paid to the firm and otherwise, and the accounts as they then stood."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(CostPlan, models.PROTECT, related_name="bills")
    round = models.OneToOneField(Round, models.PROTECT, related_name="cost_bill")
    fee_cents = models.BigIntegerField("支付机构费用（分）")
    other_cents = models.BigIntegerField("其他支出（分）")
    paid_on = models.DateField("支付日期")
    voucher = models.CharField("支付凭证号", max_length=100)
    working = models.JSONField("收支", default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bill_not_negative", condition=Q(fee_cents__gte=0, other_cents__gte=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.fee_cents + self.other_cents}"
