"""What a reader keeps at the desk: forms half filled in, and filters of the work list. No part of any record."""

from django.db import models

from gongzhi.accounts.models import Account
from gongzhi.procedures.models import Case, Task
from gongzhi.values.ids import new_id


class Draft(models.Model):
    """What somebody filled in and has not sent: one for an account and an act, sealed, readable by nobody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    about = models.CharField("事项", max_length=200)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="+")
    sealed_key = models.BinaryField("密钥（密封）", editable=False)
    said_cipher = models.BinaryField("内容（密文）", editable=False)
    kept_at = models.DateTimeField("暂存时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "about"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.about} of {self.account_id}"


class SavedView(models.Model):
    """A filter of the work list somebody goes back to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    title = models.CharField("名称", max_length=20)
    query = models.CharField("筛选", max_length=300)
    kept_at = models.DateTimeField("保存时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "title"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.title
