"""Closed figures: what a place reported of a period, as it stood when it was compiled. Append-only."""

from django.db import models
from django.db.models import F, Q

from gongzhi.law.models import Jurisdiction
from gongzhi.values.ids import new_id

from .cases import Case, Round


class ClosedFigures(models.Model):
    """The figures of one place, subject and period; each is linked to the one before it by its digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("类别", max_length=50)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="closed_figures")
    case = models.ForeignKey(Case, models.PROTECT, related_name="closed_figures")
    round = models.OneToOneField(Round, models.PROTECT, related_name="closed_figures")
    from_on = models.DateField("期间起")
    to_on = models.DateField("期间止")
    figures = models.JSONField("数字")
    previous = models.CharField("前一份摘要", max_length=64, blank=True, default="")
    digest = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("编制时间")

    class Meta:
        constraints = [
            models.CheckConstraint(name="closed_figures_forward", condition=Q(to_on__gte=F("from_on"))),
            models.UniqueConstraint(
                fields=["name", "jurisdiction", "previous"], name="closed_figures_one_after_each"
            ),
        ]
        indexes = [models.Index(fields=["name", "jurisdiction", "made_at"], name="closed_figures_of_place")]

    def __str__(self) -> str:
        return f"{self.name} {self.jurisdiction_id} {self.from_on}–{self.to_on}"
