"""What somebody has to do, and how it passed from one holder to another."""

from datetime import date

from django.db import models
from django.db.models import Q

from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.values.ids import new_id

from .cases import Case, Round


class Task(models.Model):
    """One thing to be done by one holder. `due_at` is a copy written by `clocks.project` alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    round = models.ForeignKey(Round, models.PROTECT, related_name="tasks")
    name = models.CharField("任务", max_length=80)
    title = models.CharField("名称", max_length=100)
    role = models.CharField("角色", max_length=32)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="承办单位")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="承办人")
    acting_for = models.CharField("代行说明", max_length=200, default="")
    vacant = models.BooleanField("无人承办", default=False)
    note = models.CharField("说明", max_length=300, default="")
    #: What is said until a day only: from when on it can be done.
    note_before = models.CharField("届时不再显示的说明", max_length=300, default="")
    note_until = models.DateField("说明显示到哪一天以前", null=True)
    holds = models.BooleanField("阻断后续", default=True)
    #: Done only where others do not do theirs: it waits for nobody, has no date and stands in no list of what waits.
    instead = models.BooleanField("对方不配合时才办", default=False)
    #: Done also while the case stands still, see `TaskSpec.runs_on`.
    runs_on = models.BooleanField("暂停时照办", default=False)
    #: The key of the law that the place has to set before the task can be done.
    waits_for = models.CharField("待设定", max_length=100, default="")
    #: The last day that a paper of the case names for it; beside the clocks, which the law counts.
    due_on = models.DateField("文书确定的最后一天", null=True)
    #: When that day is told of next; None where it is not, or no more.
    rings_at = models.DateTimeField("下次提醒", null=True)
    city = models.CharField("市", max_length=12, default="")
    county = models.CharField("县", max_length=12, default="")
    subdistrict = models.CharField("街道", max_length=12, default="")
    community = models.CharField("社区", max_length=12, default="")
    opened_at = models.DateTimeField("开始时间")
    due_at = models.DateTimeField("截止时间", null=True)
    sort_at = models.DateTimeField("排序时间")
    open = models.BooleanField("待办", default=True)
    done_at = models.DateTimeField("办结时间", null=True)
    void_at = models.DateTimeField("作废时间", null=True)
    void_why = models.CharField("作废原因", max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="task_once_a_round"),
            models.CheckConstraint(
                name="task_open_or_over",
                condition=Q(open=True, done_at__isnull=True, void_at__isnull=True)
                | Q(open=False, done_at__isnull=False, void_at__isnull=True)
                | Q(open=False, done_at__isnull=True, void_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "sort_at", "id"], name="task_todo", condition=Q(open=True)),
            models.Index(fields=["city", "sort_at", "id"], name="task_city", condition=Q(open=True)),
            models.Index(fields=["county", "sort_at", "id"], name="task_county", condition=Q(open=True)),
            models.Index(fields=["subdistrict", "sort_at", "id"], name="task_subd", condition=Q(open=True)),
            models.Index(fields=["community", "sort_at", "id"], name="task_comm", condition=Q(open=True)),
            models.Index(fields=["case"], name="task_of_case"),
            models.Index(
                fields=["rings_at", "id"],
                name="task_rings",
                condition=Q(open=True, rings_at__isnull=False),
            ),
            models.Index(
                fields=["waits_for"], name="task_waiting", condition=Q(open=True) & ~Q(waits_for="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.case_id}"

    def note_on(self, day: date) -> str:
        """What is said beside its title on a day."""
        passing = self.note_before if self.note_until is not None and day < self.note_until else ""
        return "；".join(filter(None, (passing, self.note)))


class Assignment(models.Model):
    """A task that passed from one holder to another because an organ changed. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    before = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    why = models.CharField("原因", max_length=300)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"{self.task_id}: {self.before_id} → {self.after_id}"


class Recheck(models.Model):
    """An estate whose organs changed: the next tick looks whose its open tasks are now."""

    estate = models.OneToOneField(Estate, models.PROTECT, primary_key=True, related_name="+")
    asked_at = models.DateTimeField("提出时间")

    def __str__(self) -> str:
        return f"{self.estate_id} since {self.asked_at}"
