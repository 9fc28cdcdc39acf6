"""The recorded result of a joint decision."""

from django.db import models
from django.db.models import F, Q

from gongzhi.procedures.models import Case, Round
from gongzhi.registry.models import Organisation
from gongzhi.values.ids import new_id


class Result(models.Model):
    """What the owners decided, by both measures. `passed` is computed by the rule, never typed in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="vote_results")
    round = models.OneToOneField(Round, models.PROTECT, related_name="vote_result")
    passed = models.BooleanField("通过")
    heads_total = models.PositiveIntegerField("业主总人数")
    heads_voted = models.PositiveIntegerField("参与人数")
    heads_for = models.PositiveIntegerField("同意人数")
    area_total = models.DecimalField("总面积", max_digits=14, decimal_places=2)
    area_voted = models.DecimalField("参与面积", max_digits=14, decimal_places=2)
    area_for = models.DecimalField("同意面积", max_digits=14, decimal_places=2)
    chosen = models.CharField("决定内容", max_length=16)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    figures = models.JSONField("怎么算的", default=dict)
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="result_heads_add_up",
                condition=Q(heads_for__lte=F("heads_voted")) & Q(heads_voted__lte=F("heads_total")),
            ),
            models.CheckConstraint(
                name="result_areas_add_up",
                condition=Q(area_for__lte=F("area_voted")) & Q(area_voted__lte=F("area_total")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {'passed' if self.passed else 'not passed'}"
