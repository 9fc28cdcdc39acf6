"""What `gongzhi check` asks of this room: bytes without a row, rows without their bytes, numbers out of line."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Count, Max

from gongzhi.values.refusals import NotPossible

from . import storage
from .models import DocumentNumber, File, NumberSeries, Photograph
from .photographs.rule import is_on_site

#: An upload between its bytes and its row is not an orphan yet.
_IN_PROGRESS = timedelta(hours=1)
_BATCH = 500


def findings(at: datetime) -> Iterator[str]:
    """One Chinese sentence for each thing that is not as it must be, as of `at`."""
    yield from _losses()
    yield from _orphans(at)
    yield from _numbers()
    yield from _photographs()


def _losses() -> Iterator[str]:
    """Every digest that a row names is there and still what it was."""
    for digest in File.objects.order_by("digest").values_list("digest", flat=True).distinct().iterator():
        try:
            storage.read(digest)
        except NotPossible as lost:
            rows = File.objects.filter(digest=digest).count()
            yield f"文件 {digest} 有 {rows} 条登记：{lost.sentence}"


def _orphans(at: datetime) -> Iterator[str]:
    """Bytes no row names: left by a crash or a refused act, safe to delete."""
    settled = (place for place, written_at in storage.stored() if at - written_at >= _IN_PROGRESS)
    while places := list(islice(settled, _BATCH)):
        digests = {place.rpartition("/")[2] for place in places}
        known = set(File.objects.filter(digest__in=digests).values_list("digest", flat=True))
        named = {storage.place_of(digest) for digest in known}
        yield from (
            f"存储中的 {place} 没有任何登记，核实后可以删除。" for place in places if place not in named
        )


def _numbers() -> Iterator[str]:
    """Each series is as long as its last number: none lost, none invented."""
    drawn = {
        (row["organisation"], row["year"]): (row["count"], row["highest"])
        for row in DocumentNumber.objects.values("organisation", "year").annotate(
            count=Count("id"), highest=Max("serial")
        )
    }
    for series in NumberSeries.objects.select_related("organisation"):
        key = (series.organisation_id, series.year)
        if drawn.pop(key, (0, 0)) != (series.last, series.last):
            yield f"{series.organisation} {series.year}年的发文字号编到{series.last}，与登记不符。"
    for _, year in drawn:
        yield f"{year}年有发文字号没有编号登记，请核对。"


def _photographs() -> Iterator[str]:
    """Each picture is on site by the rule, and came when its file did."""
    for photo in Photograph.objects.select_related("file").order_by("id").iterator(chunk_size=_BATCH):
        if photo.on_site != is_on_site(photo.way, photo.shot_at, photo.sent_at):
            yield f"照片 {photo.file.name} 是否现场拍摄的标注与拍摄、收到时间不符。"
        if photo.sent_at != photo.file.uploaded_at:
            yield f"照片 {photo.file.name} 的收到时间与文件登记不符。"
