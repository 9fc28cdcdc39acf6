"""Rows of a handover: who may sign, readings, prepaid fees, lifts, defects, one-sided inventories, deletions."""

from django.db import models
from django.db.models import F, Q

from gongzhi.procedures.models import Case, Round
from gongzhi.registry.models import Organisation, Unit
from gongzhi.values.ids import new_id


class SignerAuthority(models.Model):
    """By what somebody may sign for a party: as its head, by a power of attorney, or on duty for an authority."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="signers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="所代表的单位")
    signer = models.CharField("签字人", max_length=50)
    basis = models.CharField("权限", max_length=32)
    matter = models.CharField("委托事项", max_length=100, default="")
    scope = models.CharField("权限范围", max_length=500, default="")
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True)
    id_last_four = models.CharField("证件后四位", max_length=4)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signer_power_is_whole",
                condition=~Q(basis="power_of_attorney")
                | (~Q(matter="") & ~Q(scope="") & Q(to_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="signer_days_in_order", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            ),
        ]
        indexes = [models.Index(fields=["case", "organisation", "signer"], name="signer_of_case")]

    def __str__(self) -> str:
        return f"{self.signer} for {self.organisation_id}"


class Medium(models.TextChoices):
    """What a meter counts."""

    WATER = "water", "水"
    POWER = "power", "电"
    GAS = "gas", "气"
    HEAT = "heat", "热"


class MeterReading(models.Model):
    """One meter at the minute of the change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="readings")
    medium = models.CharField("类别", max_length=8, choices=Medium)
    meter = models.CharField("表具", max_length=50)
    reading = models.DecimalField("读数", max_digits=14, decimal_places=3)
    read_at = models.DateTimeField("读表时间")
    photo = models.CharField("照片编号", max_length=100, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "medium", "meter"], name="meter_read_once"),
            models.CheckConstraint(name="meter_not_negative", condition=Q(reading__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.meter}: {self.reading}"


class PrepaidKind(models.TextChoices):
    """What an owner paid beforehand, or left as a deposit."""

    PROPERTY_FEE = "property_fee", "物业费"
    PARKING_FEE = "parking_fee", "停车费"
    DECORATION_DEPOSIT = "decoration_deposit", "装修押金"
    CARD_DEPOSIT = "card_deposit", "门禁卡押金"


#: Paid for a stretch of time, so that a part of it may have been served.
FEES = (PrepaidKind.PROPERTY_FEE, PrepaidKind.PARKING_FEE)


class PrepaidFee(models.Model):
    """What a unit had paid beforehand, how far it was served, and what comes back, with its working."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="prepaid")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="prepaid")
    kind = models.CharField("类别", max_length=24, choices=PrepaidKind)
    paid_cents = models.BigIntegerField("已缴（分）")
    from_on = models.DateField("预缴期间起")
    to_on = models.DateField("预缴期间止", null=True)
    served_to = models.DateField("服务至", null=True)
    refund_cents = models.BigIntegerField("应退（分）")
    working = models.JSONField("怎么算的", default=list)
    settled_on = models.DateField("退还或转移日期", null=True)
    settled_by = models.CharField("处理方式", max_length=16, default="")
    voucher = models.CharField("凭证号", max_length=100, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "unit", "kind", "from_on"], name="prepaid_once"),
            models.CheckConstraint(
                name="prepaid_refund_within",
                condition=Q(paid_cents__gt=0, refund_cents__gte=0, refund_cents__lte=F("paid_cents")),
            ),
            models.CheckConstraint(
                name="prepaid_fee_has_period",
                condition=Q(kind__in=FEES, to_on__gte=F("from_on"), served_to__isnull=False)
                | (~Q(kind__in=FEES) & Q(to_on__isnull=True, served_to__isnull=True)),
            ),
            models.CheckConstraint(
                name="prepaid_settled_whole",
                condition=Q(settled_on__isnull=True, settled_by="", voucher="")
                | (Q(settled_on__isnull=False) & ~Q(settled_by="") & ~Q(voucher="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.refund_cents}"


class Lift(models.Model):
    """A lift at the handover: who maintains and rescues; when its user was changed in the register."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="lifts")
    lift = models.CharField("电梯", max_length=50)
    registration = models.CharField("使用登记证编号", max_length=50)
    maintainer = models.CharField("维保单位", max_length=100)
    rescue_phone = models.CharField("救援电话", max_length=30)
    user_changed_on = models.DateField("使用单位变更登记日期", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "lift"], name="lift_once_a_handover")]

    def __str__(self) -> str:
        return self.lift


class Blame(models.TextChoices):
    """Whose a defect is."""

    PROVIDER = "provider", "原物业服务人"
    DEVELOPER = "developer", "建设单位"
    OWNERS = "owners", "业主（共用部位自然损耗）"
    OPEN = "open", "待查明"


class Defect(models.Model):
    """A defect found at the joint check, and whose it is. An independent third party may have looked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="defects")
    place = models.CharField("部位", max_length=100)
    what = models.CharField("缺陷", max_length=500)
    whose = models.CharField("责任归属", max_length=16, choices=Blame)
    basis = models.CharField("认定依据", max_length=300)
    assessor = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="第三方查验机构")
    repair_by = models.DateField("修复期限", null=True)
    found_at = models.DateTimeField("查验时间")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="defect_blamed_has_day", condition=Q(whose="open") | Q(repair_by__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class OneSidedInventory(models.Model):
    """单方清点: a list filled without the giver, by two officials before a witness, on video."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.OneToOneField(Round, models.PROTECT, related_name="one_sided")
    why = models.CharField("单方清点的原因", max_length=300)
    official = models.CharField("到场工作人员一", max_length=50)
    second_official = models.CharField("到场工作人员二", max_length=50)
    witness = models.CharField("见证人", max_length=50)
    video = models.CharField("录像编号", max_length=100)
    notary = models.CharField("公证书编号", max_length=100, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="one_sided_by_two", condition=~Q(official=F("second_official")) & ~Q(video="")
            )
        ]

    def __str__(self) -> str:
        return f"one-sided {self.round_id}"


class Deletion(models.Model):
    """The provider states that its copies of the owners' data are deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="deletions")
    what = models.CharField("删除的资料", max_length=500)
    deleted_on = models.DateField("删除日期")
    method = models.CharField("删除方式", max_length=200)
    signer = models.CharField("声明人", max_length=50)
    signed_way = models.CharField("签署方式", max_length=16)

    def __str__(self) -> str:
        return self.what
