"""What stands where in the demonstration: pilot counties, their communities, and one line an estate."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from gongzhi.registry.models import EstateKind

Management = Literal[
    "term",
    "ending",
    "expired",
    "indefinite",
    "open",
    "preliminary",
    "emergency",
    "self_managed",
    "custody",
    "unmanaged",
]
Committee = Literal[
    "in_office",
    "not_formed",
    "expired",
    "below_half",
    "refusing",
    "interim",
    "seal_lost",
    "preparing",
    "re_electing",
]


@dataclass(frozen=True, slots=True)
class County:
    """A pilot county: its mark in invented names, and the communities used, by their real codes.

    A pilot has sign-ins of every role. `has_bureau` False: the city's bureau stands in, and says so.
    """

    key: str
    mark: str
    code: str
    city: str
    communities: tuple[str, ...]
    providers: tuple[str, ...]
    is_pilot: bool = False
    has_bureau: bool = True

    @property
    def subdistricts(self) -> tuple[str, ...]:
        """The codes of the streets and towns its communities lie in."""
        return tuple(dict.fromkeys(code[:9] for code in self.communities))


@dataclass(frozen=True, slots=True)
class EstatePlan:
    """One estate. The first two letters of the key are the county's; `provider` counts the county's providers."""

    key: str
    name: str
    community: int = 0
    management: Management = "term"
    committee: Committee = "in_office"
    provider: int = 0
    kind: EstateKind = EstateKind.COMMODITY
    unknown_areas: int = 0

    @property
    def county(self) -> str:
        """The county's key."""
        return self.key.partition("-")[0]


COUNTIES = (
    County(
        "hj", "浑江", "220602", "2206",
        ("220602001001", "220602001002", "220602002001", "220602002002", "220602003001", "220602004001"),
        ("安居", "和顺", "康宁"), is_pilot=True,
    ),
    County(
        "zj", "诸暨", "330681", "3306", ("330681001001", "330681001004", "330681002004"),
        ("浣江", "暨南"), is_pilot=True,
    ),
    County(
        "sl", "双辽", "220382", "2203", ("220382001001", "220382001004", "220382002001"),
        ("辽河", "茂林"), is_pilot=True,
    ),
    County(
        "yc", "阳城", "140522", "1405", ("140522100001", "140522100002", "140522100003"),
        ("获泽", "凤栖"), is_pilot=True,
    ),
    County("jy", "江源", "220605", "2206", ("220605001001", "220605002001"), ("松泉", "石城")),
    County("lj", "临江", "220681", "2206", ("220681001001", "220681001002", "220681002001"), ("鸭绿江", "林城")),
    County("fs", "抚松", "220621", "2206", ("220621100001", "220621100002"), ("参乡", "漫江"), has_bureau=False),
)  # fmt: skip

E, KIND = EstatePlan, EstateKind
#: The four first are the ones to try things at: under contract, committee in office, no case running.
ESTATES = (
    E("hj-01", "翠湖花园"),
    E("zj-01", "浣纱新苑"),
    E("sl-01", "郑家屯新城"),
    E("yc-01", "析城山庄"),
    E("hj-02", "青山雅居", 0),
    E("hj-03", "浑江明珠", 1),
    E("hj-04", "松韵家园", 1, provider=1),
    E("hj-05", "长白山水城", 2),
    E("hj-06", "林海人家", 2, provider=2),
    E("hj-07", "星泰雅园", 3),
    E("hj-08", "通沟丽景", 3, provider=1),
    E("hj-09", "铁路新村", 4, committee="not_formed", kind=KIND.RESETTLEMENT, unknown_areas=4),
    E("hj-10", "东兴华府", 4, provider=1),
    E("hj-11", "金山花园", 5),
    E("hj-12", "红旗馨苑", 5, provider=2),
    E("hj-13", "江畔公馆", 0),
    E("hj-14", "北山福第", 1, provider=1),
    E("hj-15", "和谐家园", 2),
    E("hj-16", "春江花月", 3, provider=2),
    E("hj-17", "龙山湖畔", 4),
    E("hj-18", "阳光水岸", 5, provider=1),
    E("hj-19", "世纪雅苑", 0),
    E("hj-20", "矿务新居", 1, "indefinite", provider=2, kind=KIND.RESETTLEMENT),
    E("hj-21", "造纸厂家属区", 2, "unmanaged", "not_formed", kind=KIND.UNSERVED),
    E("hj-22", "老粮库小区", 3, "custody", "interim", kind=KIND.OLD),
    E("hj-23", "教师新村", 4, "self_managed", kind=KIND.OLD),
    E("jy-01", "孙家堡嘉苑", 0, committee="interim"),
    E("jy-02", "江源国际", 1),
    E("jy-03", "石城福里", 0, "indefinite", "expired", provider=1),
    E("jy-04", "正岔新城", 1, "preliminary", "preparing", provider=1),
    E("lj-01", "鸭绿江畔", 0),
    E("lj-02", "建国花苑", 1),
    E("lj-03", "猫耳山庄", 2, provider=1),
    E("lj-04", "望江名邸", 0, provider=1),
    E("lj-05", "大湖雅筑", 1, "open", "refusing"),
    E("fs-01", "参乡里", 0, committee="below_half"),
    E("fs-02", "松江河小镇", 1, "emergency", "not_formed", provider=1),
    E("zj-02", "西施故里", 1),
    E("zj-03", "五泄江南", 2, provider=1),
    E("zj-04", "枫桥书院", 0),
    E("zj-05", "山下湖公馆", 1, "preliminary", "interim", provider=1),
    E("zj-06", "陶朱新里", 2, "ending", "re_electing"),
    E("sl-02", "辽河左岸", 1),
    E("sl-03", "双山名苑", 2, provider=1),
    E("sl-04", "铁西平房区", 0, "unmanaged", "not_formed", kind=KIND.UNSERVED),
    E("yc-02", "凤栖苑", 1),
    E("yc-03", "获泽人家", 2, provider=1),
    E("yc-04", "南关新居", 1, "ending", "seal_lost", provider=1),
    # One estate a ground of exit; the others are told at estates above.
    E("lj-06", "临江新苑", 1),
    E("lj-07", "金银峡谷", 2, provider=1),
    E("lj-08", "花山小镇", 0),
    E("lj-09", "苇沙河家园", 1, provider=1),
    E("lj-10", "四道沟雅居", 2),
    E("lj-11", "老岭山居", 0, "expired"),
    E("jy-05", "湾沟福苑", 0),
    E("jy-06", "砟子新城", 1, provider=1),
    E("jy-07", "大阳岔花园", 0),
    E("hj-24", "七道江小区", 5, provider=1),
    E("zj-07", "暨阳华庭", 0, "ending"),
    E("sl-05", "一马路新居", 1, "preliminary"),
)  # fmt: skip


def estate_plans(wanted: int | None, keys: Collection[str] = ()) -> Iterator[EstatePlan]:
    """The first `wanted` estates; beyond those told above, plain ones go round the counties. `keys`: these alone."""
    if keys:
        yield from (plan for plan in ESTATES if plan.key in keys)
        return
    count = len(ESTATES) if wanted is None else wanted
    yield from ESTATES[:count]
    for number in range(count - len(ESTATES)):
        county = COUNTIES[number % len(COUNTIES)]
        turn = number // len(COUNTIES)
        yield EstatePlan(
            f"{county.key}-{100 + turn}",
            f"{county.mark}新区{turn + 1}号院",
            turn % len(county.communities),
            provider=turn % len(county.providers),
        )
