"""Where the invented estates lie: blocks of a grid near the county's town, evidently schematic, and said to be so."""

import json

from gongzhi.acts.actor import SYSTEM
from gongzhi.registry import actions
from gongzhi.registry.facts import SetOutline
from gongzhi.registry.models import Datum, OutlineSource

from .plan import County, EstatePlan
from .world import World

#: Roughly where the county's town lies: longitude and latitude in millionths of a degree, to a hundredth of a degree.
TOWNS = {
    "hj": (126_420_000, 41_940_000),
    "zj": (120_240_000, 29_710_000),
    "sl": (123_500_000, 43_520_000),
    "yc": (112_410_000, 35_490_000),
    "jy": (126_590_000, 42_050_000),
    "lj": (126_920_000, 41_810_000),
    "fs": (127_450_000, 42_340_000),
}
#: The grid: communities lie so far apart, estates of one stand in rows of three.
APART, STEP, IN_A_ROW = 14_000, 4_200, 3
WIDE, HIGH = 3_000, 2_000


def build_outline(world: World, plan: EstatePlan, county: County) -> None:
    """One block, its corner cut off in turn, so that no two neighbours look the same."""
    community = plan.community % len(county.communities)
    number = world.next(f"block of {county.communities[community]}") - 1
    facts = SetOutline(
        estate_id=world.estates[plan.key].pk,
        geojson=_block(county.key, community, number),
        datum=Datum.WGS84,
        source=OutlineSource.SCHEMATIC,
        measured_on=world.began_on,
    )
    actions.set_outline(by=SYSTEM, at=world.began_at, facts=facts)


def _block(key: str, community: int, number: int) -> str:
    """The outline as GeoJSON text."""
    x0, y0 = TOWNS[key]
    row, place = divmod(number, IN_A_ROW)
    west = x0 + community % 3 * APART + place * STEP
    south = y0 + community // 3 * APART - row * (STEP - 1_000)
    cut = 500 + number % 3 * 400
    corners = [(0, 0), (WIDE, 0), (WIDE, HIGH - cut), (WIDE - cut, HIGH), (0, HIGH), (0, 0)]
    ring = [[(west + x) / 1_000_000, (south + y) / 1_000_000] for x, y in corners]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})
