"""What must be true across rows of the registers, recomputed by `gongzhi check`."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from .actions.outlines import columns_of
from .geometry import BadShape, read_shape
from .holdings import Holding, first_day_over_whole
from .models import Engagement, Estate, Outline, Ownership, Unit
from .queries import day_of


def findings() -> Iterator[str]:
    """One sentence for each thing that is not as it must be."""
    yield from _without_manager_row()
    yield from _in_two_estates()
    yield from _days_that_differ()
    yield from _more_than_whole()
    yield from _places_that_differ()


def _without_manager_row() -> Iterator[str]:
    rows = Engagement.objects.filter(estate=OuterRef("pk"))
    for name in Estate.objects.filter(~Exists(rows)).values_list("name", flat=True):
        yield f"小区“{name}”没有在管记录"


def _in_two_estates() -> Iterator[str]:
    for unit in Unit.objects.exclude(building__estate=F("estate")).iterator():
        yield f"房屋{unit.pk}与其楼栋不在同一小区"
    for share in Ownership.objects.exclude(unit__estate=F("estate")).iterator():
        yield f"业主份额{share.pk}与其房屋不在同一小区"
    for row in (
        Engagement.objects.exclude(contract__isnull=True).exclude(contract__estate=F("estate")).iterator()
    ):
        yield f"在管记录{row.pk}与其合同不是同一小区"


def _days_that_differ() -> Iterator[str]:
    for row in Engagement.objects.iterator():
        if day_of(row.from_at) != row.from_on:
            yield f"在管记录{row.pk}的起始日期与时间不符"


def _more_than_whole() -> Iterator[str]:
    """Unit by unit, so that a city's shares are never held in memory at once."""
    unit_id, held = None, list[Holding]()
    for share in Ownership.objects.order_by("unit_id").iterator():
        if share.unit_id != unit_id:
            yield from _over(unit_id, held)
            unit_id, held = share.unit_id, []
        held.append(Holding(share.fraction, share.from_on, share.to_on))
    yield from _over(unit_id, held)


def _over(unit_id: object, held: list[Holding]) -> Iterator[str]:
    over = first_day_over_whole(held)
    if over is not None:
        yield f"房屋{unit_id}自{over[0]}起份额合计为{over[1]}，超过1"


def _places_that_differ() -> Iterator[str]:
    """The copies a list reads are those of the shape, and the shape is still one that would be taken."""
    for row in Outline.objects.select_related("estate").iterator():
        try:
            columns = columns_of(read_shape(row.shape_text))
        except BadShape as wrong:
            yield f"小区“{row.estate.name}”的位置无效：{wrong}"
            continue
        if any(getattr(row, name) != value for name, value in columns.items()):
            yield f"小区“{row.estate.name}”的位置与其范围、中心不符"
