"""Chains of acts, and the public log over their heads."""

from django.db import models
from django.db.models import F, Q

from gongzhi.values.ids import new_id


class Chain(models.Model):
    """The history of one root and, at the same time, its lock. `head` is the hash of its last act."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField("类别", max_length=16)
    seq = models.PositiveIntegerField("序号", default=0)
    head = models.CharField("链首", max_length=64, default="")
    sealed_seq = models.PositiveIntegerField("已封序号", default=0)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="chain_unsealed", condition=Q(seq__gt=F("sealed_seq"))),
        ]
        constraints = [
            models.CheckConstraint(name="chain_sealed_within", condition=Q(sealed_seq__lte=F("seq"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} #{self.seq}"


class Act(models.Model):
    """One change that was made: who, in which appointment, when, what was said, what came of it. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="acts", verbose_name="根")
    seq = models.PositiveIntegerField("序号")
    name = models.CharField("行为", max_length=100)
    account_id = models.UUIDField("账号", null=True)
    appointment_id = models.UUIDField("任职", null=True)
    at = models.DateTimeField("时间")
    subject_id = models.UUIDField("对象", null=True)
    said = models.JSONField("内容", null=True)
    said_digest = models.CharField("内容摘要", max_length=64)
    answer = models.JSONField("结果")
    key = models.CharField("幂等键", max_length=128, default="")
    previous = models.CharField("前一链值", max_length=64)
    hash = models.CharField("链值", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="act_seq_once"),
            models.UniqueConstraint(fields=["account_id", "key"], name="act_key_once", condition=~Q(key="")),
        ]
        indexes = [
            models.Index(fields=["subject_id", "seq"], name="act_of_subject"),
            models.Index(fields=["account_id", "at", "id"], name="act_of_account"),
            models.Index(fields=["at", "id"], name="act_in_time"),
            models.Index(fields=["name", "at", "id"], name="act_of_name"),
            models.Index(fields=["appointment_id", "at", "id"], name="act_of_appointment"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.seq}"


class Entry(models.Model):
    """Something made public that waits for, or has, its leaf in the log: a notice, a result, a decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("类别", max_length=32)
    subject_id = models.UUIDField("对象")
    digest = models.CharField("摘要", max_length=64)
    at = models.DateTimeField("时间")
    leaf_index = models.BigIntegerField("叶序号", null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"], name="entry_waiting", condition=Q(leaf_index__isnull=True)),
            models.Index(fields=["subject_id"], name="entry_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class LogHead(models.Model):
    """The log's size; its one row is locked by the sealing of each minute."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField("叶数", default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="log_has_one_head", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"log of {self.size}"


class Leaf(models.Model):
    """One leaf of the public log. Append-only."""

    index = models.BigIntegerField("序号", primary_key=True)
    kind = models.CharField("类别", max_length=32)
    data = models.CharField("摘要", max_length=64)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"leaf {self.index}"


class Node(models.Model):
    """The hash of one complete subtree of the log, so that every proof reads O(log n) rows. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    level = models.PositiveSmallIntegerField("层")
    index = models.BigIntegerField("序号")
    hash = models.CharField("哈希", max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="node_once")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class SealedHead(models.Model):
    """The head of one chain as it stood when a leaf sealed it. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    leaf = models.ForeignKey(Leaf, models.PROTECT, related_name="heads")
    chain_id = models.UUIDField("根")
    seq = models.PositiveIntegerField("序号")
    head = models.CharField("链首", max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leaf", "chain_id"], name="head_sealed_once_a_leaf")]
        indexes = [models.Index(fields=["chain_id", "seq"], name="sealed_head_of_chain")]

    def __str__(self) -> str:
        return f"{self.chain_id} #{self.seq}"
