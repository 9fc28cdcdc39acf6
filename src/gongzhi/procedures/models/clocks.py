"""Marks, clocks and their ladders."""

from django.db import models
from django.db.models import F, Q

from gongzhi.values.ids import new_id

from .cases import Case, CaseStep, Round


class Mark(models.Model):
    """A named instant of a step, visible to its ancestors as `handover.confirmed`. Void with its round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="marks")
    round = models.ForeignKey(Round, models.PROTECT, related_name="marks")
    name = models.CharField("标记", max_length=50)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="mark_once_a_round")]

    def __str__(self) -> str:
        return f"{self.name} of {self.case_id}"


class Clock(models.Model):
    """A budget and its suspensions, projected to an instant. Belongs to a case and a step, not to a round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    step = models.ForeignKey(CaseStep, models.PROTECT, related_name="clocks")
    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    key = models.CharField("期限", max_length=100)
    anchor = models.CharField("起算事件", max_length=100)
    anchor_at = models.DateTimeField("起算时间")
    minimum = models.BooleanField("最短期限", default=False)
    #: Whether somebody is late when it has run out; the latest day of what may be left undone binds nobody.
    binds = models.BooleanField("有约束", default=True)
    #: The one task it binds; "" where it binds the step.
    task = models.CharField("任务", max_length=80, default="")
    extra = models.JSONField("延长", default=list)
    due_at = models.DateTimeField("截止时间", null=True)
    due_on = models.DateField("截止日", null=True)
    advised_on = models.DateField("建议日", null=True)
    exact = models.BooleanField("日历已公布", default=True)
    working = models.JSONField("怎么算的", default=list)
    warnings = models.JSONField("提示", default=list)
    citations = models.JSONField("依据", default=list)
    #: With which calendar it was counted; "" where it waits for a value the place has to set.
    calendar = models.CharField("日历版本", max_length=50, default="")
    #: What was left of it when the case was halted (`values.remaining`); "" while it runs.
    left = models.CharField("中止时剩余", max_length=40, default="")
    met_at = models.DateTimeField("完成时间", null=True)
    #: When it ran out with its consequence drawn.
    missed_at = models.DateTimeField("期满未办时间", null=True)
    stopped_at = models.DateTimeField("停止时间", null=True)
    stopped_why = models.CharField("停止原因", max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "key", "anchor"], name="clock_once"),
            models.CheckConstraint(
                name="clock_met_or_stopped", condition=Q(met_at__isnull=True) | Q(stopped_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["calendar"],
                name="clock_running",
                condition=Q(met_at__isnull=True, stopped_at__isnull=True),
            ),
            models.Index(fields=["case"], name="clock_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.case_id}"


class ClockMove(models.Model):
    """A clock that moved, by how much and why: a changed anchor, a suspension, a new calendar. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="moves")
    before = models.DateTimeField("原截止", null=True)
    after = models.DateTimeField("新截止", null=True)
    why = models.CharField("原因", max_length=300)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.before} → {self.after}"


class Rung(models.Model):
    """One rung of a clock's ladder: when it is due and when it was done. Firing it twice is impossible."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="rungs")
    name = models.CharField("级别", max_length=20)
    due_at = models.DateTimeField("到点时间")
    done_at = models.DateTimeField("触发时间", null=True)
    dropped_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "name", "due_at"], name="rung_once")]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="rung_waiting",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.clock_id}"


class Suspension(models.Model):
    """A stretch in which the clocks of a case stand still."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="suspensions")
    from_at = models.DateTimeField("暂停时间")
    to_at = models.DateTimeField("恢复时间", null=True)
    reason = models.CharField("原因", max_length=300)
    citation = models.CharField("依据", max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="suspension_one_open", condition=Q(to_at__isnull=True)
            ),
            models.CheckConstraint(
                name="suspension_forward", condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} from {self.from_at}"


class Beat(models.Model):
    """When each regular job last ended: a tick older than five minutes shows on every desk page."""

    name = models.CharField(primary_key=True, max_length=32)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"


class JobFailure(models.Model):
    """The last time a regular job failed, and what kind of fault it was; the rest stands in the log of the worker."""

    name = models.CharField(primary_key=True, max_length=32)
    at = models.DateTimeField("时间")
    fault = models.CharField("故障", max_length=100)

    def __str__(self) -> str:
        return f"{self.name} failed at {self.at}"
