"""A map drawn on the server: outlines and points on a plane, with scale, north and a text that says the same.

The plane is the equirectangular one of the map's middle latitude: over the few kilometres of a community true to well
under a per cent, over a county good enough to find an estate.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gongzhi.registry.geometry import METRES

WIDTH, HEIGHT = 400, 300
#: What stays free beside, above and below what is drawn; scale and north stand below.
SIDE, TOP, BOTTOM = 28, 24, 48
#: The narrowest stretch that is shown, in metres: a single point is not blown up to fill the map.
NARROWEST = 400.0
#: The bar of the scale is at most so many pixels long.
LONGEST_BAR = 110
EIGHTHS = ("正北", "东北", "正东", "东南", "正南", "西南", "正西", "西北")
#: Of the point that stands for a place, in pixels.
DOT = 9.0


@dataclass(frozen=True, slots=True)
class Place:
    """What is drawn. `shape` is a GeoJSON Point or Polygon; `state` a class of the map's style.

    `words` say the state, `number` ties the place to its row of the table beside.
    """

    name: str
    shape: dict[str, Any]
    longitude: float
    latitude: float
    state: str = "plain"
    words: str = ""
    href: str = ""
    number: int | None = None
    as_point: bool = False

    @property
    def outline(self) -> list[list[list[float]]]:
        """Its rings; empty for what is drawn as a point."""
        drawn = self.shape["type"] == "Polygon" and not self.as_point
        return list(self.shape["coordinates"]) if drawn else []

    @property
    def positions(self) -> list[list[float]]:
        """Everything the map has to hold."""
        return self.outline[0] if self.outline else [[self.longitude, self.latitude]]


@dataclass(frozen=True, slots=True)
class Frame:
    """From degrees to pixels: the middle of the map, and how many pixels a metre is."""

    longitude: float
    latitude: float
    per_metre: float

    @classmethod
    def around(cls, positions: Sequence[Sequence[float]]) -> "Frame":
        """The frame that holds them all."""
        west, east = min(one[0] for one in positions), max(one[0] for one in positions)
        south, north = min(one[1] for one in positions), max(one[1] for one in positions)
        middle = ((west + east) / 2, (south + north) / 2)
        across = (east - west) * METRES * math.cos(math.radians(middle[1]))
        along = (north - south) * METRES
        fits = min(
            (WIDTH - 2 * SIDE) / max(across, NARROWEST), (HEIGHT - TOP - BOTTOM) / max(along, NARROWEST)
        )
        return cls(*middle, fits)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a position is drawn, north up."""
        shrunk = math.cos(math.radians(self.latitude))
        x = WIDTH / 2 + (longitude - self.longitude) * METRES * shrunk * self.per_metre
        y = (TOP + HEIGHT - BOTTOM) / 2 - (latitude - self.latitude) * METRES * self.per_metre
        return round(x, 1), round(y, 1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A place on the map: a path, or a dot where `path` is empty; `x`, `y` is where its name or number stands."""

    place: Place
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The scale: so many pixels are so much, in words."""

    length: float
    words: str


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map. `says` is the text that stands for it; `data` what the script that can zoom reads."""

    key: str
    drawn: tuple[Drawn, ...]
    bar: Bar
    says: str
    is_schematic: bool
    shows_names: bool
    data: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    dot: float = DOT


def map_of(
    key: str,
    places: Iterable[Place],
    *,
    says: str,
    is_schematic: bool = False,
    shows_names: bool = False,
    legend: Iterable[tuple[str, str]] = (),
) -> Map | None:
    """The map of some places, drawn in their order; None where there is none."""
    found = tuple(places)
    if not found:
        return None
    frame = Frame.around([one for place in found for one in place.positions])
    return Map(
        key=key,
        drawn=tuple(_drawn(place, frame) for place in found),
        bar=scale_bar(frame.per_metre),
        says=says,
        is_schematic=is_schematic,
        shows_names=shows_names,
        data=json.dumps([_told(place) for place in found], ensure_ascii=False, separators=(",", ":")),
        legend=tuple(legend),
    )


def _drawn(place: Place, frame: Frame) -> Drawn:
    x, y = frame.at(place.longitude, place.latitude)
    return Drawn(place, " ".join(_ring(ring, frame) for ring in place.outline), x, y)


def _ring(ring: Sequence[Sequence[float]], frame: Frame) -> str:
    corners = [frame.at(one[0], one[1]) for one in ring[:-1]]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z"


def _told(place: Place) -> dict[str, Any]:
    shape = place.shape if place.outline else {"type": "Point", "coordinates": place.positions[0]}
    copied = {name: getattr(place, name) for name in ("name", "state", "words", "href")}
    return {"shape": shape} | copied


def scale_bar(per_metre: float) -> Bar:
    """The longest bar of one, two or five times a power of ten that is no longer than it may be."""
    longest = LONGEST_BAR / per_metre
    power = 10.0 ** math.floor(math.log10(longest))
    length = max(step * power for step in (1, 2, 5) if step * power <= longest)
    words = f"{length / 1000:g} 公里" if length >= 1000 else f"{length:g} 米"
    return Bar(round(length * per_metre, 1), words)


# In words -----------------------------------------------------------------------------------------------------------


def apart(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float]:
    """How far east and how far north the second lies of the first, in metres."""
    shrunk = math.cos(math.radians((first[1] + second[1]) / 2))
    return (second[0] - first[0]) * METRES * shrunk, (second[1] - first[1]) * METRES


def bearing_words(east: float, north: float) -> str:
    """东北约 420 米: one of eight directions, and the distance to the next ten metres."""
    eighth = round(math.degrees(math.atan2(east, north)) / 45) % 8
    distance = math.hypot(east, north)
    return f"{EIGHTHS[eighth]}约 {distance_words(distance)}"


def distance_words(metres: float) -> str:
    """420 米, 1.3 公里."""
    return f"{metres / 1000:.1f} 公里" if metres >= 1000 else f"{max(round(metres, -1), 10):g} 米"
