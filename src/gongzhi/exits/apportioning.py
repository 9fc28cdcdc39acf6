"""Who bears the cost of a settlement: the sources in the law's order, the owners' part by area. Pure.

《白山市物业服务人退出及应急服务管理办法》第13条. The same figures and units give the same shares, in whatever
order the units come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from gongzhi.values.money import yuan
from gongzhi.values.shares import apportion

REVENUE, OWNERS, COMMUNITY = "public_revenue", "owners_by_building_area", "community_advance"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One unit as it was when the cost was shared; entries stand in the order of building, number, id."""

    building: str
    label: str
    unit: UUID
    area: Decimal


@dataclass(frozen=True, slots=True)
class Waterfall:
    """What each source bears of the total, in cents."""

    revenue_cents: int
    owners_cents: int


def pour(total_cents: int, available_cents: int, order: Sequence[str]) -> Waterfall:
    """The common revenue as far as it is proved to reach, the rest on the owners. 第13条第1、2项."""
    revenue = min(available_cents, total_cents) if REVENUE in order else 0
    return Waterfall(revenue, total_cents - revenue)


def share_out(cents: int, entries: Iterable[Entry]) -> dict[UUID, int]:
    """Each unit's share in cents by its area, adding up to `cents`; what is left over goes by largest remainder.

    Equal remainders go in the order of building, number, id. ValueError where a unit comes twice, or has no area.
    """
    ranked = sorted(entries)
    if len({entry.unit for entry in ranked}) < len(ranked):
        raise ValueError("a unit bears its share once")
    if any(entry.area <= 0 for entry in ranked):
        raise ValueError("a unit without an area bears no share")
    parts = apportion(cents, [entry.area for entry in ranked])
    return {entry.unit: part for entry, part in zip(ranked, parts, strict=True)}


def working_of(
    total_cents: int, available_cents: int, proof: str, poured: Waterfall, entries: Sequence[Entry]
) -> list[str]:
    """The working of the plan, as a clerk reads it."""
    lines = [
        f"清算费用{yuan(total_cents)}",
        f"公共收益可用余额{yuan(available_cents)}（{proof}），列支{yuan(poured.revenue_cents)}",
    ]
    if poured.owners_cents:
        area = sum((entry.area for entry in entries), Decimal(0))
        lines += [
            f"余下{yuan(poured.owners_cents)}由{len(entries)}套房屋按面积分摊，总面积{area:,}平方米",
            "逐套按比例取整到分，尾差依次补给小数部分最大的房屋；相同的按楼栋、房号次序",
        ]
    return lines
