"""Service contracts, and who manages an estate: at most one a day, and never silently none."""

from django.db import models
from django.db.models import Q

from gongzhi.values.ids import new_id

from .constraints import days_in_order, one_of
from .organisations import Organisation
from .places import Estate


class ContractKind(models.TextChoices):
    """《民法典》第939、940条 for the preliminary one."""

    PRELIMINARY = "preliminary", "前期物业服务合同"
    SERVICE = "service", "物业服务合同"
    EMERGENCY = "emergency", "应急物业服务协议"


class ServiceContract(models.Model):
    """A contract between a provider and an estate's owners; without an end it is of indefinite term."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="contracts", verbose_name="小区")
    provider = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contracts", verbose_name="物业服务人"
    )
    client = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="contracts_given", verbose_name="委托方"
    )
    kind = models.CharField("种类", max_length=20, choices=ContractKind)
    signed_on = models.DateField("签订日期")
    starts_on = models.DateField("合同起")
    ends_on = models.DateField("合同止", null=True)
    paper_id = models.UUIDField("文书", null=True)

    class Meta:
        verbose_name = "物业服务合同"
        constraints = [
            one_of("kind", ContractKind, "contract_kind_known"),
            days_in_order("contract_days_in_order", "starts_on", "ends_on"),
        ]
        indexes = [
            models.Index(fields=["estate", "starts_on"], name="contract_of_estate"),
            models.Index(fields=["provider", "starts_on"], name="contract_of_provider"),
            models.Index(fields=["ends_on", "id"], name="contract_ending"),
        ]

    def __str__(self) -> str:
        return ContractKind(self.kind).label


class ContractTerm(models.Model):
    """What a contract says under a key of the law, where the law lets contracts prevail."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(
        ServiceContract, models.PROTECT, related_name="terms", verbose_name="物业服务合同"
    )
    key = models.CharField("参数", max_length=100)
    value = models.JSONField("约定")

    class Meta:
        verbose_name = "合同约定"
        constraints = [models.UniqueConstraint(fields=["contract", "key"], name="contract_term_once")]

    def __str__(self) -> str:
        return self.key


class Mode(models.TextChoices):
    """How an estate is managed. `UNMANAGED` is said, never implied."""

    CONTRACT = "contract", "合同管理"
    EMERGENCY = "emergency", "应急服务"
    SELF_MANAGED = "self_managed", "自行管理"
    COMMUNITY_CUSTODY = "community_custody", "社区托管"
    UNMANAGED = "unmanaged", "无人在管"


#: In these an organisation manages.
BY_AN_ORGANISATION = (Mode.CONTRACT, Mode.EMERGENCY, Mode.COMMUNITY_CUSTODY)
#: Somebody serves meanwhile, for a time that is decided beforehand. 《白山市…管理办法》第27条.
MEANWHILE = (Mode.EMERGENCY, Mode.COMMUNITY_CUSTODY)


class Engagement(models.Model):
    """From this instant the estate is managed so. Append-only: the manager at t is the newest row not after t.

    There is no end column, so no day can have two managers and no gap can open unsaid; one change a day. `until_on` is
    the last day for which somebody was asked to serve meanwhile: it ends nothing. 《民法典》第284、949、950条.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="engagements", verbose_name="小区")
    from_at = models.DateTimeField("起始时间")
    from_on = models.DateField("起始日期")
    mode = models.CharField("管理方式", max_length=20, choices=Mode)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="engagements", verbose_name="管理单位"
    )
    contract = models.ForeignKey(
        ServiceContract, models.PROTECT, null=True, related_name="engagements", verbose_name="合同"
    )
    paper_id = models.UUIDField("依据文书编号", null=True)
    paper_title = models.CharField("依据文书", max_length=200, blank=True, default="")
    reason = models.CharField("原因", max_length=200, blank=True, default="")
    until_on = models.DateField("服务期限至", null=True)

    class Meta:
        verbose_name = "在管记录"
        constraints = [
            one_of("mode", Mode, "engagement_mode_known"),
            models.UniqueConstraint(fields=["estate", "from_on"], name="engagement_one_a_day"),
            models.CheckConstraint(
                condition=Q(mode__in=BY_AN_ORGANISATION, organisation__isnull=False)
                | (~Q(mode__in=BY_AN_ORGANISATION) & Q(organisation__isnull=True)),
                name="engagement_organisation_iff_managed_by_one",
            ),
            models.CheckConstraint(
                condition=Q(contract__isnull=True) | Q(mode__in=(Mode.CONTRACT, Mode.EMERGENCY)),
                name="engagement_contract_only_with_a_provider",
            ),
            models.CheckConstraint(
                condition=(Q(mode=Mode.UNMANAGED) & ~Q(reason=""))
                | (~Q(mode=Mode.UNMANAGED) & ~Q(paper_title="")),
                name="engagement_has_a_paper_or_says_why_nobody",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(mode__in=MEANWHILE),
                name="engagement_until_only_meanwhile",
            ),
            days_in_order("engagement_days_in_order", "from_on", "until_on"),
        ]
        indexes = [
            models.Index(fields=["estate", "from_at"], name="engagement_of_estate"),
            models.Index(fields=["organisation", "from_at"], name="engagement_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {Mode(self.mode).label}"
