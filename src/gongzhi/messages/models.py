"""The outbox: one row a message, sent by the worker, retried; it tells who has been told. And what was read of it."""

from django.db import models
from django.db.models import Q

from gongzhi.accounts.models import Account
from gongzhi.notices.models import Notice
from gongzhi.procedures.models import Case, Clock, Task
from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.values.ids import new_id


class Topic(models.TextChoices):
    """What a message is about, for its reader's filters; decides nothing."""

    TASK = "task", "待办"
    CLOCK = "clock", "期限"
    RESULT = "result", "办理结果"
    NOTICE = "notice", "公示"
    REPORT = "report", "缺损报告"
    ESTATE = "estate", "小区管理"
    OTHER = "other", "其他"


def _to_one() -> models.CheckConstraint:
    """To one organisation or to one person."""
    return models.CheckConstraint(
        name="message_to_one",
        condition=Q(organisation__isnull=False, person__isnull=True)
        | Q(organisation__isnull=True, person__isnull=False),
    )


class Message(models.Model):
    """One message to one organisation or person. `key` makes sending it twice impossible.

    `notice`, `estate`: what it speaks of beside its case. `task`: what it asks to be done; when that is done, or is
    somebody else's, it waits to be read no longer. `posts`: whom of the body it is for alone. What it reminds of
    stands in its `reminders`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField("去重键", max_length=200, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="单位")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="个人")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="messages")
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, related_name="messages", verbose_name="公示"
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, related_name="messages", verbose_name="小区"
    )
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+", verbose_name="任务")
    posts = models.CharField("职务", max_length=200, default="")
    topic = models.CharField("类别", max_length=16, choices=Topic, default=Topic.OTHER)
    channel = models.CharField("渠道", max_length=16, default="in_app")
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容")
    created_at = models.DateTimeField("产生时间")
    sent_at = models.DateTimeField("发出时间", null=True)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_try_at = models.DateTimeField("下次尝试", null=True)
    error = models.CharField("失败原因", max_length=300, default="")

    class Meta:
        constraints = [
            _to_one(),
            models.CheckConstraint(name="message_topic_known", condition=Q(topic__in=Topic.values)),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="message_waiting", condition=Q(sent_at=None)),
            models.Index(fields=["case", "created_at"], name="message_of_case"),
            models.Index(fields=["organisation", "created_at", "id"], name="message_of_organisation"),
            models.Index(fields=["person", "created_at", "id"], name="message_of_person"),
        ]

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """One thing a message reminds of: a clock, or a task whose day a paper names, that ends at `due_at`.

    It is over when that was done, has stopped, or ends at another instant by now. `line`: the sentence of the message
    that says it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="reminders", verbose_name="消息")
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+", verbose_name="期限")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+", verbose_name="任务")
    due_at = models.DateTimeField("截止时间")
    line = models.TextField("原话")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reminder_of_one",
                condition=Q(clock__isnull=False, task__isnull=True)
                | Q(clock__isnull=True, task__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.line


class Reading(models.Model):
    """How far an account has read what a body or a person was told: everything from before `read_before`.

    A reader's own mark, no part of any record: it proves nothing, and nobody else is shown it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    read_before = models.DateTimeField("此前已读")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reading_of_one",
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["account", "organisation"],
                name="reading_once_an_organisation",
                condition=Q(organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["account", "person"], name="reading_once_a_person", condition=Q(person__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} until {self.read_before}"


class Seen(models.Model):
    """A message an account has read though older ones wait; the row goes when `Reading` has passed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "message"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.message_id} by {self.account_id}"
