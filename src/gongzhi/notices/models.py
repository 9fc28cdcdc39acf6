"""Notices, what interrupted them, and objections."""

from django.db import models
from django.db.models import F, Q

from gongzhi.papers.models import File, MarkedCopy
from gongzhi.procedures.models import Case, Round
from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.values.ids import new_id


class Notice(models.Model):
    """One hanging of one wording. A changed wording is a new notice with a new number; the old one stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    round = models.ForeignKey(Round, models.PROTECT, related_name="notices")
    estate = models.ForeignKey(Estate, models.PROTECT, null=True, related_name="notices")
    community = models.CharField("社区", max_length=12, default="")
    issuer = models.ForeignKey(Organisation, models.PROTECT, verbose_name="公示人")
    #: As the body was called when it posted: what stands on the paper, and is sealed with it.
    issuer_name = models.CharField("公示人名称", max_length=200)
    number = models.CharField("编号", max_length=64, unique=True)
    #: The number as it is sorted by: its serial has leading zeros.
    number_key = models.CharField("编号排序", max_length=64, unique=True)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容")
    #: The tables that hang with it, as sections of a paper.
    annexes = models.JSONField("附表", default=list)
    places = models.JSONField("张贴位置", default=list)
    basis = models.JSONField("依据", default=list)
    posted_at = models.DateTimeField("张贴时间")
    #: From here the days count: the posting, or the last putting back after it was torn.
    counted_from = models.DateTimeField("起算时间")
    until_on = models.DateField("公示至", null=True)
    until_at = models.DateTimeField("公示至（24:00）", null=True)
    working = models.JSONField("怎么算的", default=list)
    exact = models.BooleanField("日历已公布", default=True)
    digest = models.CharField("摘要", max_length=64)
    #: When it was taken down, or was void.
    ended_at = models.DateTimeField("取下时间", null=True)
    ended_why = models.CharField("结束原因", max_length=300, default="")
    #: Its round was voided while it hung: its paper hangs until `removed_at`.
    is_void = models.BooleanField("已作废", default=False)
    removed_at = models.DateTimeField("作废的纸质件取下时间", null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], name="notice_one_hanging", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="notice_counted_after_posting", condition=Q(counted_from__gte=F("posted_at"))
            ),
            models.CheckConstraint(
                name="notice_void_has_ended", condition=Q(is_void=False) | Q(ended_at__isnull=False)
            ),
            models.CheckConstraint(
                name="notice_removed_once_void", condition=Q(removed_at__isnull=True) | Q(is_void=True)
            ),
        ]
        indexes = [
            models.Index(fields=["estate", "posted_at", "id"], name="notice_of_estate"),
            models.Index(fields=["community", "posted_at", "id"], name="notice_of_community"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Interruption(models.Model):
    """A notice was missing, torn or covered; its days begin again when it hangs again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="interruptions")
    found_at = models.DateTimeField("发现时间")
    what = models.CharField("情况", max_length=300)
    again_at = models.DateTimeField("补贴时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], name="interruption_one_open", condition=Q(again_at__isnull=True)
            ),
            models.CheckConstraint(
                name="interruption_forward",
                condition=Q(again_at__isnull=True) | Q(again_at__gte=F("found_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} at {self.found_at}"


class Objection(models.Model):
    """An objection received in time, its written reply, and how that reached its objector.

    `turn` numbers it within its round.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    round = models.ForeignKey(Round, models.PROTECT, related_name="objections")
    turn = models.PositiveSmallIntegerField("序号")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="异议人")
    on_paper_from = models.CharField("书面异议人", max_length=50, default="")
    on_paper_flat = models.CharField("书面异议人房号", max_length=50, default="")
    content = models.TextField("异议内容")
    #: When it was said, or the paper was received.
    raised_at = models.DateTimeField("提出时间")
    entered_at = models.DateTimeField("登记时间")
    finding = models.TextField("核实情况", default="")
    adopted = models.BooleanField("是否采纳", null=True)
    next_remedy = models.CharField("救济途径", max_length=300, default="")
    replied_at = models.DateTimeField("答复时间", null=True)
    #: What the public reads of it, in the words of the body that replied; nobody is named in it.
    summary = models.CharField("公开摘要", max_length=200, default="")
    #: When the summary was put right last; the public reads the day beside it.
    summary_corrected_at = models.DateTimeField("公开摘要更正时间", null=True)
    #: When the reply reached the objector, and how: a way of service, or `confirmed` by the objector on the platform.
    served_at = models.DateTimeField("送达时间", null=True)
    served_how = models.CharField("送达方式", max_length=20, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "turn"], name="objection_turn_once"),
            models.CheckConstraint(
                name="objection_has_a_voice", condition=Q(person__isnull=False) | ~Q(on_paper_from="")
            ),
            models.CheckConstraint(
                name="objection_entered_after_it_came", condition=Q(entered_at__gte=F("raised_at"))
            ),
            models.CheckConstraint(
                name="objection_replied_with_finding",
                condition=Q(replied_at__isnull=True, adopted__isnull=True)
                | (Q(replied_at__isnull=False, adopted__isnull=False) & ~Q(finding="") & ~Q(summary="")),
            ),
            models.CheckConstraint(
                name="objection_served_once_replied",
                condition=Q(served_at__isnull=True, served_how="")
                | (Q(served_at__isnull=False, replied_at__isnull=False) & ~Q(served_how="")),
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.turn} to {self.notice_id}"


class PublicPicture(models.Model):
    """A photograph shown to the public beside a notice: a copy of its own, on which cells were painted over.

    Nothing is public by itself: somebody looked, covered what must not be seen, and let it out; and may take it back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="pictures")
    mark = models.ForeignKey(MarkedCopy, models.PROTECT, related_name="shown", verbose_name="水印件")
    file = models.OneToOneField(File, models.PROTECT, related_name="shown", verbose_name="公开件")
    covered = models.JSONField("遮挡的格子", default=list)
    caption = models.CharField("说明", max_length=100)
    shown_at = models.DateTimeField("公开时间")
    shown_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="公开人")
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_why = models.CharField("撤下原因", max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "mark"], name="public_picture_once", condition=Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(name="public_picture_has_a_caption", condition=~Q(caption="")),
            models.CheckConstraint(
                name="public_picture_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_at__gte=F("shown_at")) & ~Q(withdrawn_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.caption} at {self.notice_id}"
