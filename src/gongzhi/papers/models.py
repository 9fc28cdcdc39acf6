"""Files, numbers and papers. A file's row is written once; a number is never drawn twice; a paper is replaced."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from gongzhi.registry.models import Organisation
from gongzhi.values.ids import new_id

from .media import MediaType
from .photographs.rule import Way


class File(models.Model):
    """One upload or one document made here. Its bytes lie in the storage under `digest`. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField("摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100, choices=[(m.value, m.name) for m in MediaType])
    name = models.CharField("文件名", max_length=120)
    uploaded_by_account = models.UUIDField("上传账号", null=True)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "文件"
        constraints = [
            models.CheckConstraint(name="file_has_content", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="file_type_is_known", condition=Q(media_type__in=sorted(m.value for m in MediaType))
            ),
            models.CheckConstraint(name="file_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="file_digest_is_whole", condition=Exact(Length("digest"), 64)),
        ]
        indexes = [
            models.Index(fields=["digest"], name="file_of_digest"),
            models.Index(fields=["uploaded_by_account", "uploaded_at"], name="file_of_account"),
        ]

    def __str__(self) -> str:
        return self.name


class Photograph(models.Model):
    """What was known of a picture from the field when it came; the file is its original. Append-only.

    When it was taken and when it came are two instants; the first is not always known.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.OneToOneField(File, models.PROTECT, related_name="photograph", verbose_name="原件")
    way = models.CharField("来源", max_length=16, choices=Way.choices)
    shot_at = models.DateTimeField("拍摄时间", null=True)
    sent_at = models.DateTimeField("收到时间")
    on_site = models.BooleanField("现场拍摄")
    width = models.PositiveIntegerField("宽（像素）")
    height = models.PositiveIntegerField("高（像素）")

    class Meta:
        verbose_name = "照片"
        constraints = [
            models.CheckConstraint(name="photograph_way_is_known", condition=Q(way__in=sorted(Way.values))),
            models.CheckConstraint(
                name="photograph_of_an_album_is_not_on_site", condition=Q(on_site=False) | Q(way=Way.CAMERA)
            ),
            models.CheckConstraint(name="photograph_has_a_size", condition=Q(width__gt=0, height__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.get_way_display()}"


class MarkedCopy(models.Model):
    """The copy of a photograph that is shown: times, place, matter, who and case number burned in. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    photograph = models.ForeignKey(Photograph, models.PROTECT, related_name="copies", verbose_name="照片")
    file = models.OneToOneField(File, models.PROTECT, related_name="marked_copy", verbose_name="水印件")
    place = models.CharField("小区", max_length=200)
    #: Where in it, as far as somebody said.
    spot = models.CharField("地点", max_length=200, default="")
    subject = models.CharField("事项", max_length=200)
    taken_by = models.CharField("拍摄人", max_length=100, default="")
    case_number = models.CharField("案号", max_length=64)
    marked_at = models.DateTimeField("加印时间")

    class Meta:
        verbose_name = "照片水印件"
        constraints = [
            models.CheckConstraint(
                name="marked_copy_says_of_what", condition=~Q(place="") & ~Q(subject="") & ~Q(case_number="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.case_number}"


class NumberSeries(models.Model):
    """The last number an organisation drew in a year; its row is the lock of drawing the next."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="发文机关")
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后序号", default=0)

    class Meta:
        verbose_name = "编号系列"
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="series_once_a_year")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} #{self.last}"


class DocumentNumber(models.Model):
    """发文字号: 机关代字〔年〕号. GB/T 9704-2012 7.2.5. Once drawn it stays, void (作废) or not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="document_numbers", verbose_name="发文机关"
    )
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    text = models.CharField("发文字号", max_length=60)
    issued_at = models.DateTimeField("编号时间")
    voided_at = models.DateTimeField("作废时间", null=True)
    void_reason = models.CharField("作废原因", max_length=200, default="")

    class Meta:
        verbose_name = "发文字号"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "serial"], name="number_drawn_once"),
            models.UniqueConstraint(fields=["organisation", "text"], name="number_text_once"),
            models.CheckConstraint(name="number_counts_from_one", condition=Q(serial__gt=0)),
            models.CheckConstraint(
                name="number_void_has_a_reason",
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_at__gte=F("issued_at")) & ~Q(void_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}（作废）" if self.voided_at else self.text


class Paper(models.Model):
    """A document of a known kind: brought by a party or issued here. It knows no case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("种类", max_length=40)
    title = models.CharField("标题", max_length=200)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="papers", verbose_name="文件")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="papers", verbose_name="出具单位"
    )
    number = models.OneToOneField(
        DocumentNumber, models.PROTECT, null=True, related_name="paper", verbose_name="发文字号"
    )
    made_at = models.DateTimeField("形成时间")
    made_by_account = models.UUIDField("经办账号", null=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaces", verbose_name="被何件取代"
    )
    replaced_at = models.DateTimeField("取代时间", null=True)

    class Meta:
        verbose_name = "文书"
        constraints = [
            models.CheckConstraint(name="paper_has_kind_and_title", condition=~Q(kind="") & ~Q(title="")),
            models.CheckConstraint(
                name="paper_number_has_an_issuer",
                condition=Q(number__isnull=True) | Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_replaced_at_an_instant",
                condition=Q(replaced_by__isnull=True, replaced_at__isnull=True)
                | Q(replaced_by__isnull=False, replaced_at__isnull=False, replaced_at__gte=F("made_at")),
            ),
            models.CheckConstraint(
                name="paper_replaced_by_another",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "kind", "made_at"], name="paper_of_organisation")]

    def __str__(self) -> str:
        return self.title


class SealImage(models.Model):
    """The picture of an organisation's seal and how wide it is printed; the latest not withdrawn is in use."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="seal_images", verbose_name="单位"
    )
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="图片")
    millimetres = models.PositiveSmallIntegerField("直径（毫米）")
    kept_at = models.DateTimeField("启用时间")
    kept_by_account = models.UUIDField("启用账号", null=True)
    withdrawn_at = models.DateTimeField("停用时间", null=True)
    withdrawn_why = models.CharField("停用原因", max_length=200, default="")

    class Meta:
        verbose_name = "印章图片"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], name="seal_one_in_use", condition=Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(
                name="seal_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_at__gte=F("kept_at")) & ~Q(withdrawn_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kept_at:%Y-%m-%d}"
