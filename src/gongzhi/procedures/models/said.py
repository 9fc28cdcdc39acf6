"""What was said in a case, and the papers it was said with."""

from django.db import models

from gongzhi.papers.models import File, MarkedCopy
from gongzhi.registry.models import Organisation, Person
from gongzhi.values.ids import new_id

from .cases import Case, Round
from .tasks import Task


class CaseAct(models.Model):
    """What was said in a case: kept unchanged, never queried. Append-only; `id` is the act's in the record."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="said")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="said")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="said")
    seq = models.PositiveIntegerField("链中序号")
    name = models.CharField("行为", max_length=50)
    facts = models.JSONField("事实")
    facts_class = models.CharField("事实类", max_length=120)
    account_id = models.UUIDField("账号", null=True)
    appointment_id = models.UUIDField("任职", null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    at = models.DateTimeField("时间")

    class Meta:
        indexes = [models.Index(fields=["case", "seq"], name="said_of_case")]

    def __str__(self) -> str:
        return f"{self.name} in {self.case_id}"


class PaperUse(models.Model):
    """A paper attached to an act: who may read the file is answered by its uses. Append-only.

    Of a photograph the case shows `copy`, drawn in the act with its times, place and case number.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    act = models.ForeignKey(CaseAct, models.PROTECT, related_name="papers")
    file = models.ForeignKey(File, models.PROTECT, related_name="uses")
    kind = models.CharField("材料", max_length=64)
    title = models.CharField("名称", max_length=200)
    copy = models.OneToOneField(
        MarkedCopy, models.PROTECT, null=True, related_name="use", verbose_name="水印件"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "file", "kind"], name="paper_used_once_an_act"),
        ]

    def __str__(self) -> str:
        return self.title
