"""The outbox: one row a message, sent by the worker, retried; it tells who has been told."""

from django.db import models
from django.db.models import Q

from gongzhi.procedures.models import Case
from gongzhi.registry.models import Organisation, Person
from gongzhi.values.ids import new_id


class Message(models.Model):
    """One message to one organisation or person. `key` makes sending it twice impossible."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField("去重键", max_length=200, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="单位")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="个人")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="messages")
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
            models.CheckConstraint(
                name="message_to_one",
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="message_waiting", condition=Q(sent_at=None)),
            models.Index(fields=["case", "created_at"], name="message_of_case"),
            models.Index(fields=["organisation", "created_at"], name="message_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.title
