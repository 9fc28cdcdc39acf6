"""The map of a place: where its estates stand, who manages each, where something is going on."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.registry.models import Mode, Outline

from .maps import Map, Place, map_of

#: Mode of managing → state of the map.
STATES = {
    Mode.CONTRACT: "managed",
    Mode.EMERGENCY: "interim",
    Mode.COMMUNITY_CUSTODY: "interim",
    Mode.SELF_MANAGED: "self",
    Mode.UNMANAGED: "unmanaged",
}
LEGEND = {
    "managed": "物业合同管理",
    "self": "业主自管",
    "interim": "应急服务、社区托管",
    "unmanaged": "无人在管",
    "busy": "有正在办的事",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One estate as the map tells it. `number`: its row in the table beside, where it stands on this page."""

    outline: Outline
    mode: str
    holder: str
    cases: int
    href: str
    number: int | None = None


def state_map(key: str, found: Sequence[Standing], missing: int) -> Map | None:
    """The map; `missing`: how many estates are asked for whose place nobody has recorded."""
    places = [_place(one) for one in sorted(found, key=lambda one: one.mode == Mode.UNMANAGED)]
    seen = [state for state in LEGEND if any(state in place.state.split() for place in places)]
    return map_of(
        key,
        places,
        says=_says(found, missing),
        is_schematic=any(one.outline.is_schematic for one in found),
        legend=[(state, LEGEND[state]) for state in seen],
    )


def _place(one: Standing) -> Place:
    state = STATES.get(Mode(one.mode), "managed") if one.mode else "plain"
    words = [one.holder or (str(Mode(one.mode).label) if one.mode else "")]
    words += [f"{one.cases} 件在办"] if one.cases else []
    row = one.outline
    return Place(
        row.estate.name,
        row.shape,
        float(row.longitude),
        float(row.latitude),
        state=f"{state} busy" if one.cases else state,
        words="，".join(filter(None, words)),
        href=one.href,
        number=one.number,
        as_point=True,
    )


def _says(found: Sequence[Standing], missing: int) -> str:
    nobody = [one.outline.estate.name for one in found if one.mode == Mode.UNMANAGED]
    told = f"图上 {len(found)} 个小区，"
    named = f"{'、'.join(nobody[:5])}{'等' if len(nobody) > 5 else ''}"
    told += f"其中无人在管 {len(nobody)} 个：{named}。" if nobody else "都有人在管。"
    told += f"另有 {missing} 个没有登记位置。" if missing else ""
    return f"{told}图上的编号就是表里的序号。"
