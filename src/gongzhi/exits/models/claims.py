"""What a provider still owes after an exit."""

from django.db import models
from django.db.models import Q

from gongzhi.procedures.models import Case, Item, Round
from gongzhi.registry.models import Organisation
from gongzhi.values.ids import new_id


class ClaimKind(models.TextChoices):
    """What is owed."""

    ITEM = "item", "缺失的资料资产"
    BOOK = "book", "未提供的账簿资料"
    MONEY = "money", "违规资金"
    PREPAID = "prepaid", "未服务期间的预收费用和押金"


#: Owed as a thing, and owed as an amount.
THINGS = (ClaimKind.ITEM, ClaimKind.BOOK)
SUMS = (ClaimKind.MONEY, ClaimKind.PREPAID)


class Claim(models.Model):
    """Something the provider still owes: a missing item or book, irregular money, prepaid fees. It outlives the exit.

    `grounds_penalty`: a missing book is besides a lead to an administrative penalty. `sued_under` says who is
    authorised to sue and by what, once it has come to a suit.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="claims")
    round = models.ForeignKey(Round, models.PROTECT, related_name="claims")
    kind = models.CharField("类别", max_length=16, choices=ClaimKind)
    debtor = models.ForeignKey(Organisation, models.PROTECT, verbose_name="债务人")
    item = models.OneToOneField(Item, models.PROTECT, null=True, related_name="claim")
    amount_cents = models.BigIntegerField("金额（分）", null=True)
    due_on = models.DateField("期限", null=True)
    grounds_penalty = models.BooleanField("同时是处罚线索", default=False)
    opened_at = models.DateTimeField("产生时间")
    stage = models.CharField("进展", max_length=16, default="open")
    sued_under = models.CharField("起诉授权", max_length=200, default="")
    closed_at = models.DateTimeField("了结时间", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claim_is_thing_or_sum",
                condition=Q(kind__in=THINGS, item__isnull=False, amount_cents__isnull=True)
                | Q(kind__in=SUMS, item__isnull=True, amount_cents__gt=0),
            ),
            models.CheckConstraint(
                name="claim_sued_with_authority", condition=~Q(stage="suit") | ~Q(sued_under="")
            ),
        ]
        indexes = [
            models.Index(fields=["debtor", "opened_at"], name="claim_open", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"
