"""Where something lies: GeoJSON read, checked and put into one form. Pure; degrees are whole millionths (11 cm).

The frame is WGS-84 or CGCS2000, which agree to better than a metre. The shifted frames of map shops (GCJ-02, BD-09) lie
some hundred metres off and are not taken: nobody may turn them back exactly.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

Position = tuple[int, int]
Ring = tuple[Position, ...]
MICRO = 1_000_000
#: Of a degree of latitude, on a sphere of the earth's mean radius (6 371 008.8 m).
METRES = 111_195
#: Around the country's land, generously.
WEST, SOUTH, EAST, NORTH = 73 * MICRO, 3 * MICRO, 136 * MICRO, 54 * MICRO
#: An outline has no more corners and is no wider than this. Ours to choose: checking is quadratic.
MOST, WIDEST = 400, 6_000
LONGEST_TEXT = 40_000
NOT_GEOJSON = "不是有效的 GeoJSON，请粘贴一个 Polygon 或者 Point"
WRONG_WAY = "经度和纬度写反了：先写经度（73 至 136），再写纬度（3 至 54）"
OUTSIDE = "坐标不在中国境内，请核对：经度应在 73 至 136 之间，纬度应在 3 至 54 之间"


class BadShape(ValueError):
    """Why it is no outline; a phrase that stands behind the field's title."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A point (one ring of one position), or a polygon whose first ring goes round counter-clockwise."""

    kind: Literal["Point", "Polygon"]
    rings: tuple[Ring, ...]

    @property
    def box(self) -> tuple[int, int, int, int]:
        """West, south, east, north."""
        longitudes, latitudes = zip(*self.rings[0], strict=True)
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)

    @property
    def centre(self) -> Position:
        """The point itself, or the polygon's centre of area, holes left aside."""
        ring = self.rings[0]
        if self.kind == "Point":
            return ring[0]
        x0, y0 = ring[0]
        doubled = [_cross((a[0] - x0, a[1] - y0), (b[0] - x0, b[1] - y0)) for a, b in _sides(ring)]
        x = sum((a[0] + b[0] - 2 * x0) * part for (a, b), part in zip(_sides(ring), doubled, strict=True))
        y = sum((a[1] + b[1] - 2 * y0) * part for (a, b), part in zip(_sides(ring), doubled, strict=True))
        whole = 3 * sum(doubled)
        return x0 + round(x / whole), y0 + round(y / whole)

    def as_geojson(self) -> dict[str, Any]:
        """The geometry as RFC 7946 has it, degrees with six decimals."""
        rings = [[[x / MICRO, y / MICRO] for x, y in ring] for ring in self.rings]
        return {"type": self.kind, "coordinates": rings[0][0] if self.kind == "Point" else rings}

    def as_text(self) -> str:
        """The same as text: one form for one shape."""
        return json.dumps(self.as_geojson(), separators=(",", ":"))


def point(longitude: Decimal, latitude: Decimal) -> Shape:
    """A point of two numbers. BadShape: it does not lie here."""
    return Shape("Point", ((_position((longitude, latitude)),),))


def read_shape(raw: Any) -> Shape:
    """A Point or Polygon, alone or in a Feature, or in a collection of one. BadShape says what is wrong with it."""
    found = _geometry(_parsed(raw))
    coordinates = found.get("coordinates")
    if found.get("type") == "Point":
        return Shape("Point", ((_position(coordinates),),))
    if found.get("type") != "Polygon":
        raise BadShape("只接受一个 Polygon（一圈轮廓）或者一个 Point，请把图形合并成一个再粘贴")
    if not isinstance(coordinates, list) or not coordinates:
        raise BadShape(NOT_GEOJSON)
    return _polygon(coordinates)


def metres(first: Position, second: Position) -> tuple[float, float]:
    """How far east and how far north the second lies of the first; on the plane, good over some kilometres."""
    east, north = second[0] - first[0], second[1] - first[1]
    shrunk = math.cos(math.radians((first[1] + second[1]) / 2 / MICRO))
    return east * METRES * shrunk / MICRO, north * METRES / MICRO


# Reading ------------------------------------------------------------------------------------------------------------


def _parsed(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    if len(raw) > LONGEST_TEXT:
        raise BadShape(f"太长，最多 {LONGEST_TEXT} 个字符，请简化轮廓后再粘贴")
    try:
        return json.loads(raw, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadShape(NOT_GEOJSON) from None


def _no_number(_: str) -> Any:
    raise ValueError


def _geometry(found: Any) -> dict[str, Any]:
    """What is drawn, out of its wrapping."""
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise BadShape("里面不止一个图形或者没有图形，请只留这个小区的")
        found = features[0]
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    if not isinstance(found, dict):
        raise BadShape(NOT_GEOJSON)
    return found


def _position(raw: Any) -> Position:
    """Two numbers (a height beside them is left out) that lie in the country."""
    if not isinstance(raw, (list, tuple)) or len(raw) not in (2, 3):
        raise BadShape(NOT_GEOJSON)
    x, y = (_degrees(part) for part in raw[:2])
    if WEST <= x <= EAST and SOUTH <= y <= NORTH:
        return x, y
    raise BadShape(WRONG_WAY if WEST <= y <= EAST and SOUTH <= x <= NORTH else OUTSIDE)


def _degrees(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        raise BadShape(NOT_GEOJSON)
    if not -360 <= raw <= 360:  # what is no number at all is not between either
        raise BadShape(OUTSIDE)
    return round(Decimal(str(raw)) * MICRO)


# Polygons -----------------------------------------------------------------------------------------------------------


def _polygon(raw: list[Any]) -> Shape:
    if sum(len(ring) for ring in raw if isinstance(ring, list)) > MOST:
        raise BadShape(f"拐点太多，最多 {MOST} 个，请简化轮廓后再粘贴")
    rings = [_ring(ring) for ring in raw]
    outer, holes = _turned(rings[0], left=True), [_turned(ring, left=False) for ring in rings[1:]]
    shape = Shape("Polygon", (outer, *holes))
    west, south, east, north = shape.box
    across, along = metres((west, south), (east, north))
    if max(across, along) > WIDEST:
        raise BadShape(f"轮廓超过 {WIDEST // 1000} 公里，不像一个小区，请核对坐标")
    return shape


def _ring(raw: Any) -> Ring:
    """A closed ring of at least three corners that does not cross itself."""
    if not isinstance(raw, list) or not raw:
        raise BadShape(NOT_GEOJSON)
    read = [_position(part) for part in raw]
    if read[0] != read[-1]:
        raise BadShape("轮廓没有闭合：最后一个点要和第一个点相同")
    ring = [one for place, one in enumerate(read) if place == 0 or one != read[place - 1]]
    if len(ring) < 4:
        raise BadShape("轮廓至少要有三个不同的点")
    if _doubled_area(ring) == 0 or _crosses_itself(ring):
        raise BadShape("轮廓的边互相交叉或者重叠，请重新勾画")
    return tuple(ring)


def _sides(ring: Sequence[Position]) -> list[tuple[Position, Position]]:
    return list(pairwise(ring))


def _cross(a: Position, b: Position) -> int:
    return a[0] * b[1] - a[1] * b[0]


def _doubled_area(ring: Sequence[Position]) -> int:
    """Twice the area, positive where it goes round counter-clockwise."""
    return sum(_cross(a, b) for a, b in _sides(ring))


def _turned(ring: Ring, *, left: bool) -> Ring:
    return ring if (_doubled_area(ring) > 0) == left else tuple(reversed(ring))


def _crosses_itself(ring: Sequence[Position]) -> bool:
    """Whether two sides meet other than where one follows the other; exact, every pair is looked at."""
    sides = _sides(ring)
    last = len(sides) - 1
    for place, (a, b) in enumerate(sides):
        for other in range(place + 1, len(sides)):
            c, d = sides[other]
            if other == place + 1 or (place == 0 and other == last):
                if _folds_back(a, b, c, d):
                    return True
            elif _meet(a, b, c, d):
                return True
    return False


def _folds_back(a: Position, b: Position, c: Position, d: Position) -> bool:
    """Whether two sides with one corner in common run along each other."""
    corner = b if b == c else a
    first = a if corner == b else b
    second = d if corner == c else c
    along = (first[0] - corner[0]) * (second[0] - corner[0]) + (first[1] - corner[1]) * (
        second[1] - corner[1]
    )
    return _turn(corner, first, second) == 0 and along > 0


def _turn(a: Position, b: Position, c: Position) -> int:
    """Positive where c lies left of the line from a to b."""
    return _cross((b[0] - a[0], b[1] - a[1]), (c[0] - a[0], c[1] - a[1]))


def _meet(a: Position, b: Position, c: Position, d: Position) -> bool:
    """Whether two sides have a point in common."""
    ways = (_sign(_turn(a, b, c)), _sign(_turn(a, b, d)), _sign(_turn(c, d, a)), _sign(_turn(c, d, b)))
    if ways[0] != ways[1] and ways[2] != ways[3]:
        return True
    on = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(way == 0 and _lies_on(*three) for way, three in zip(ways, on, strict=True))


def _lies_on(a: Position, b: Position, c: Position) -> bool:
    """Whether c, which is on their line, lies between a and b."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
