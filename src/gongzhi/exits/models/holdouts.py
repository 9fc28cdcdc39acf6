"""A provider that does not leave though the contract is over and somebody is there to take over."""

from django.db import models
from django.db.models import Q

from gongzhi.procedures.models import Case
from gongzhi.values.ids import new_id


class HoldoutStage(models.TextChoices):
    """How far the owners have come. Nobody takes rooms by force: a court decides and enforces."""

    FOUND = "found", "已记录"
    LAWSUIT = "lawsuit", "已起诉"
    JUDGMENT = "judgment", "裁判已生效"
    ENFORCEMENT = "court_enforcement", "已申请强制执行"
    DISHONEST = "dishonest_list", "已申请列入失信被执行人"
    LEFT = "left", "已退出"


class Holdout(models.Model):
    """One refusal to leave, from its record to the day the provider is out. It outlives the case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="holdouts")
    found_on = models.DateField("记录日期")
    stage = models.CharField("进展", max_length=20, choices=HoldoutStage, default=HoldoutStage.FOUND)
    stage_on = models.DateField("进展日期", null=True)
    sued_under = models.CharField("起诉授权", max_length=200, default="")
    opened_at = models.DateTimeField("产生时间")
    closed_at = models.DateTimeField("了结时间", null=True)

    class Meta:
        verbose_name = "拒不退出"
        constraints = [
            models.UniqueConstraint(name="holdout_one_open", fields=["case"], condition=Q(closed_at=None)),
            models.CheckConstraint(
                name="holdout_sued_with_authority",
                condition=Q(stage__in=["found", "left"]) | ~Q(sued_under=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.case_id}"
