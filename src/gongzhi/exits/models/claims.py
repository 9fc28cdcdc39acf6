"""What a provider still owes after an exit."""

from django.db import models
from django.db.models import Q

from gongzhi.procedures.models import Case, Item, Round
from gongzhi.registry.models import Organisation
from gongzhi.values.ids import new_id


class Claim(models.Model):
    """Something the provider still owes: irregular money, a missing item. It outlives the exit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="claims")
    round = models.ForeignKey(Round, models.PROTECT, related_name="claims")
    kind = models.CharField("类别", max_length=16)
    debtor = models.ForeignKey(Organisation, models.PROTECT, verbose_name="债务人")
    item = models.OneToOneField(Item, models.PROTECT, null=True, related_name="claim")
    amount_cents = models.BigIntegerField("金额（分）", null=True)
    due_on = models.DateField("期限", null=True)
    opened_at = models.DateTimeField("产生时间")
    stage = models.CharField("进展", max_length=16, default="open")
    closed_at = models.DateTimeField("了结时间", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claim_is_item_or_money",
                condition=Q(kind="item", item__isnull=False, amount_cents__isnull=True)
                | Q(kind="money", item__isnull=True, amount_cents__gt=0),
            ),
        ]
        indexes = [
            models.Index(fields=["debtor", "opened_at"], name="claim_open", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"
