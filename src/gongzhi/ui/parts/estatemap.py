"""The map of one estate: its outline among those of its community, and the same in words."""

from collections.abc import Callable, Iterable, Sequence

from gongzhi.registry.models import Estate, Outline

from .maps import Map, Place, apart, bearing_words, distance_words, map_of

#: Neighbours told in words, the nearest first.
TOLD = 5


def estate_map(estate: Estate, rows: Iterable[Outline], address: Callable[[Outline], str]) -> Map | None:
    """The estate among its neighbours (`outlines_around`), which link to `address`; None where nobody has recorded
    where it lies.
    """
    outlines = {row.estate_id: row for row in rows}
    own = outlines.pop(estate.pk, None)
    if own is None:
        return None
    others = [(one, _apart(own, one)) for one in outlines.values()]
    others.sort(key=lambda pair: pair[1][0] ** 2 + pair[1][1] ** 2)
    near = [_place(one.estate, one, "near", address(one)) for one, _ in others]
    return map_of(
        f"e{str(estate.pk)[-6:]}",
        [*near, _place(estate, own, "own")],
        says=says(estate, own, others),
        is_schematic=any(one.is_schematic for one in (own, *(one for one, _ in others))),
        shows_names=True,
    )


def _place(estate: Estate, row: Outline, state: str, href: str = "") -> Place:
    return Place(estate.name, row.shape, float(row.longitude), float(row.latitude), state, href=href)


def _apart(first: Outline, second: Outline) -> tuple[float, float]:
    centres = [(float(one.longitude), float(one.latitude)) for one in (first, second)]
    return apart(*centres)


def says(estate: Estate, own: Outline, others: Sequence[tuple[Outline, tuple[float, float]]]) -> str:
    """The map in words: how large, what lies around in which direction and how far."""
    told = [f"{one.estate.name}在{bearing_words(*way)}" for one, way in others[:TOLD]]
    around = f"同社区的{'，'.join(told)}。" if told else "同社区没有登记位置的其他小区。"
    return f"{_extent(estate, own)}{around}"


def _extent(estate: Estate, own: Outline) -> str:
    if own.is_point:
        return f"{estate.name}只登记了一个点，没有轮廓。"
    across, along = apart((float(own.west), float(own.south)), (float(own.east), float(own.north)))
    return f"{estate.name}东西约 {distance_words(across)}，南北约 {distance_words(along)}。"
