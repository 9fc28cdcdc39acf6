"""Rows the kinds of step keep: items of a list, an authority's papers, papers of rounds that are void."""

from django.db import models
from django.db.models import Q

from gongzhi.papers.models import DocumentNumber, Paper
from gongzhi.registry.models import Organisation
from gongzhi.values.ids import new_id

from .cases import Case, Round


class Item(models.Model):
    """One line of a list that is handed over: the original, a sealed copy, or missing and why.

    `position` is its place in the list as the law has it; what the list does not name comes after.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField("序号")
    code = models.CharField("项目", max_length=64)
    label = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=16, default="")
    quantity = models.PositiveIntegerField("份数", null=True)
    condition = models.CharField("状况", max_length=300, default="")
    reason = models.CharField("缺失原因", max_length=300, default="")
    make_up_on = models.DateField("补交期限", null=True)
    said_at = models.DateTimeField("记录时间", null=True)
    made_up_at = models.DateTimeField("补交时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="item_once_a_round"),
            models.UniqueConstraint(fields=["round", "position"], name="item_place_once_a_round"),
            models.CheckConstraint(
                name="item_state_known",
                condition=Q(state__in=["", "original", "sealed_copy", "present", "missing"]),
            ),
            models.CheckConstraint(
                name="item_missing_has_reason",
                condition=~Q(state="missing") | (~Q(reason="") & Q(make_up_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class IssuedPaper(models.Model):
    """An authority's paper as it was set at 签发. It stays when the case goes back, marked replaced.

    One that was served is marked when a newer one of its step is served.

    Title, issuer, recipient and body are as they stand on the paper; `digest` is that of the wording they make up, see
    `procedures.issued`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="issued")
    round = models.OneToOneField(Round, models.PROTECT, related_name="issued")
    number = models.OneToOneField(DocumentNumber, models.PROTECT, related_name="issued")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="issued")
    title = models.CharField("标题", max_length=200)
    issuer_name = models.CharField("发文机关名称", max_length=200)
    recipient = models.CharField("主送", max_length=300)
    body = models.TextField("正文")
    digest = models.CharField("摘要", max_length=64)
    signed_at = models.DateTimeField("签发时间")
    replaced_at = models.DateTimeField("替换时间", null=True)

    def __str__(self) -> str:
        return str(self.number)


class PastPaper(models.Model):
    """A paper of a round in the words it had when it was sent, or when its round was void. Append-only.

    `edition` counts what was kept of one paper: sent, put right by a correction, void; the last one counts. `why` is
    "" of what was kept when it was sent. `words` is the document of `template` without its pictures; `pictures` are
    their files in order, by their ids. `digest` is that of the words. See `procedures.past_papers`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="past_papers")
    round = models.ForeignKey(Round, models.PROTECT, related_name="past_papers")
    document = models.CharField("文书", max_length=64)
    key = models.CharField("份", max_length=64, default="")
    edition = models.PositiveSmallIntegerField("版次", default=1)
    of = models.CharField("区别", max_length=100, default="")
    title = models.CharField("名称", max_length=200)
    author = models.CharField("责任者", max_length=200, default="")
    template = models.CharField("版式", max_length=16)
    words = models.JSONField("文字")
    pictures = models.JSONField("图片", default=list)
    digest = models.CharField("摘要", max_length=64)
    is_public = models.BooleanField("公开")
    is_filed = models.BooleanField("归档")
    said_at = models.DateTimeField("形成时间")
    kept_at = models.DateTimeField("留存时间")
    why = models.CharField("原因", max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "document", "key", "edition"], name="past_paper_once_a_round"
            ),
            models.CheckConstraint(
                name="past_paper_comes_after", condition=Q(kept_at__gte=models.F("said_at"))
            ),
        ]
        indexes = [models.Index(fields=["case", "said_at"], name="past_paper_of_case")]

    def __str__(self) -> str:
        return self.title


class ReceiptNumber(models.Model):
    """The number an authority gave a filing by its own register: of one body each only once.

    It stays when the filing goes back: the body has given it. A correction of the receipt changes it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    task = models.CharField("任务", max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="编号单位")
    text = models.CharField("回执编号", max_length=100)
    #: The number without blanks, full-width signs made half-width: as two of them are compared.
    compared = models.CharField("用于比对的编号", max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "compared"], name="receipt_number_once_a_body"),
            models.UniqueConstraint(fields=["round", "task"], name="receipt_number_once_a_receipt"),
        ]

    def __str__(self) -> str:
        return self.text
