"""Where estates lie, as four columns of their table: two numbers, where they come from, as of when."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from gongzhi.acts.roots import Root
from gongzhi.registry.actions import set_outline
from gongzhi.registry.facts import SetOutline
from gongzhi.registry.geometry import BadShape, point
from gongzhi.registry.models import Datum, Estate, Outline, OutlineSource

from . import cells
from .columns import Column
from .plans import Step

NAMES = ("longitude", "latitude", "place_source", "placed_on")
COLUMNS = (
    Column("longitude", "经度", cells.degrees, "WGS-84或者CGCS2000，十进制度；高德、百度的坐标有偏移，不能用",
           "126.420000", needed=False),
    Column("latitude", "纬度", cells.degrees, "与经度一起填写", "41.940000", needed=False),
    Column("place_source", "坐标来源", cells.choice(OutlineSource), "与经度一起填写", "现场测量", needed=False,
           options=tuple(OutlineSource.labels)),
    Column("placed_on", "坐标日期", cells.day, "测量、勾画或者原图的日期", "2025-03-01", needed=False),
)  # fmt: skip


def is_said(said: Mapping[str, Any]) -> bool:
    """Whether the row says where the estate lies."""
    return said["longitude"] is not None


def fault(said: Mapping[str, Any], today: date) -> str:
    """What is wrong with the four columns of a row, "" where nothing is."""
    missing = [name for name in NAMES if said[name] is None]
    if len(missing) == len(NAMES):
        return ""
    if missing:
        return "经度、纬度、坐标来源和坐标日期要么都填、要么都不填"
    if said["placed_on"] > today:
        return "坐标日期不能晚于今天"
    try:
        point(said["longitude"], said["latitude"])
    except BadShape as wrong:
        return str(wrong)
    return ""


def is_same(said: Mapping[str, Any], there: Estate) -> bool:
    """Whether the estate lies there already; an outline is kept where its centre is the point."""
    row = _outline(there)
    return row is not None and (row.longitude, row.latitude) == (said["longitude"], said["latitude"])


def has_outline(there: Estate) -> bool:
    """Whether more than a point is recorded: a table's two numbers do not take its place."""
    row = _outline(there)
    return row is not None and not row.is_point


def step_of(said: Mapping[str, Any], there: Estate, row: int) -> Step:
    """The act that records where a registered estate lies."""
    return Step(set_outline, partial(_facts, said, there), Root("estate", there.pk), [row])


def step_after(said: Mapping[str, Any], row: int) -> Step:
    """The same of an estate that an earlier step registers; until then nobody else can lock it."""
    return Step(set_outline, partial(_facts, said, None), Root.of_code(said["community"]), [row])


def _facts(said: Mapping[str, Any], there: Estate | None) -> SetOutline:
    found = there or Estate.objects.get(community=said["community"], name=said["name"])
    return SetOutline(
        estate_id=found.pk,
        longitude=said["longitude"],
        latitude=said["latitude"],
        datum=Datum.CGCS2000,
        source=said["place_source"],
        measured_on=said["placed_on"],
    )


def cells_of(estate: Estate) -> tuple[Any, ...]:
    """The four cells of an estate; an outline is told by its centre."""
    row = _outline(estate)
    if row is None:
        return (None,) * len(NAMES)
    return (row.longitude, row.latitude, OutlineSource(row.source).label, row.measured_on)


def _outline(estate: Estate) -> Outline | None:
    found: Outline | None = getattr(estate, "outline", None)
    return found
