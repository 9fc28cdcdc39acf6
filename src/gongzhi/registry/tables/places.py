"""The estates a table names by community code and name: found once, and whether the importer may act there."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from pydantic import Field

from gongzhi.acts.facts import Facts
from gongzhi.acts.policies import policy
from gongzhi.law.models import Jurisdiction
from gongzhi.registry.models import Estate
from gongzhi.values.refusals import NotAllowed, Refusal

from . import cells
from .checking import Check
from .columns import Column
from .words import key_of

K = TypeVar("K", bound=Hashable)
COMMUNITY = Column(
    "community", "社区代码", cells.division_code, "小区所在社区的12位统计用区划代码", "220602001001",
    fills=True, digits=True, also=("社区编码", "区划代码", "行政区划代码", "所属社区代码"),
)  # fmt: skip
ESTATE = Column(
    "estate", "小区名称", cells.name(100), "与已登记的小区名称一致", "示例花园",
    fills=True, also=("小区", "项目名称", "物业小区"),
)  # fmt: skip
BUILDING = Column(
    "building", "楼栋", cells.label(50), "一栋楼始终用同一写法，如1幢", "1幢",
    fills=True, also=("楼栋号", "栋号", "幢号", "楼号", "楼栋名称", "楼幢", "座落楼栋"),
)  # fmt: skip
ENTRANCE = Column(
    "entrance", "单元", cells.label(20), "没有单元的不填；填了的，房号登记为“1单元101”", "1",
    needed=False, fills=True, also=("单元号",),
)  # fmt: skip


def room(*, fills: bool) -> Column:
    """The column of rooms; rows of one room may share a merged cell where they are its owners."""
    return Column(
        "room", "房号", cells.label(50), "楼栋内不重复；车位、储藏间填其编号", "101",
        fills=fills, also=("室号", "房间号", "门牌号", "房屋编号", "户号", "房屋号"),
    )  # fmt: skip


def unit_label(entrance: str | None, room: str) -> str:
    """The label of a unit: 1单元101; a room that names its entrance itself stays as it is."""
    if entrance is None:
        return room
    prefix = f"{entrance.removesuffix('单元')}单元"
    return room if room.startswith(prefix) else prefix + room


class AtPlace(Facts):
    """A place about which a policy is asked."""

    community: str = Field(title="社区代码")


class AtEstate(Facts):
    """An estate about which a policy is asked."""

    estate_id: UUID = Field(title="小区")


class AtCode(Facts):
    """A territory about which a policy is asked."""

    jurisdiction_code: str = Field(title="行政区划代码")


@dataclass(slots=True)
class Permissions:
    """Asks one policy about many places, each once. A place that is another's is the fault of its rows, beside the
    others; whoever is of a post that may nowhere is the wrong one.
    """

    check: Check
    may: str
    allowed: int = 0
    refused: NotAllowed | None = None

    def fault(self, facts: Facts) -> str:
        """Why the importer may not act there; "" where it may."""
        try:
            policy(self.may).check(by=self.check.by, facts=facts, at=self.check.at)
        except NotAllowed as refused:
            self.refused = refused
            return f"不在您的范围，应由{policy(self.may).says}办理"
        except Refusal as unknown:
            return unknown.sentence.rstrip("。")
        self.allowed += 1
        return ""

    def demand_some(self) -> None:
        """Raise NotAllowed where the importer may act at none of the places, nor anywhere else."""
        is_able = policy(self.may).may_ever(self.check.by, self.check.at)
        if self.refused is not None and not self.allowed and not is_able:
            raise self.refused


def mark_where(check: Check, keys: Sequence[K], fault_of: Callable[[K], str]) -> None:
    """Mark every row whose key is at fault; each distinct key is asked about once."""
    faults: dict[K, str] = {}
    for row in list(check.good()):
        key = keys[row]
        if key not in faults:
            faults[key] = fault_of(key)
        if faults[key]:
            check.wrong(row, faults[key])


def estates_named(check: Check, may: str) -> list[Estate | None]:
    """The estate of each row; rows whose place is unknown, or where the importer may not act, are marked."""
    codes, names = check.column("community"), check.column("estate")
    pairs = [(code or "", key_of(name or "")) for code, name in zip(codes, names, strict=True)]
    wanted = {code for code in codes if code}
    communities = {row.code: row for row in Jurisdiction.objects.filter(code__in=wanted)}
    rows = Estate.objects.filter(community__in=wanted)
    estates = {(estate.community, key_of(estate.name)): estate for estate in rows}
    permissions = Permissions(check, may)
    shown = dict(zip(pairs, names, strict=True))

    def fault(pair: tuple[str, str]) -> str:
        if pair[0] not in communities:
            return f"没有社区代码“{pair[0]}”，请核对，或先导入行政区划"
        if pair not in estates:
            place = communities[pair[0]].name
            return f"“{place}”没有登记小区“{shown[pair]}”，请核对名称和社区代码，或先导入小区"
        return permissions.fault(AtEstate(estate_id=estates[pair].pk))

    mark_where(check, pairs, fault)
    permissions.demand_some()
    return [estates.get(pair) for pair in pairs]
