"""Outlines: what is taken, what is refused and why, by hand-made cases; centre, box and distance worked by hand."""

import json
from decimal import Decimal
from typing import Any

import pytest

from gongzhi.registry.geometry import MOST, BadShape, metres, point, read_shape

#: A rectangle near 白山, 0.004° by 0.002°, counter-clockwise.
RING = [[126.420, 41.940], [126.424, 41.940], [126.424, 41.942], [126.420, 41.942], [126.420, 41.940]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def refused(raw: Any) -> str:
    with pytest.raises(BadShape) as wrong:
        read_shape(raw)
    return str(wrong.value)


def test_a_polygon_is_taken_as_text_as_an_object_and_in_its_wrappings() -> None:
    feature = {"type": "Feature", "properties": {"name": "示例"}, "geometry": polygon(RING)}
    collection = {"type": "FeatureCollection", "features": [feature]}
    read = [read_shape(raw) for raw in (polygon(RING), json.dumps(polygon(RING)), feature, collection)]
    assert len(set(read)) == 1
    assert read[0].as_geojson() == polygon(RING)
    assert read_shape(read[0].as_text()) == read[0]


def test_numbers_are_kept_to_the_sixth_place_and_heights_left_out() -> None:
    assert read_shape({"type": "Point", "coordinates": [126.42000049, 41.9400005001, 480.2]}).rings == (
        ((126_420_000, 41_940_001),),
    )


def test_the_outer_ring_goes_round_counter_clockwise_and_holes_the_other_way() -> None:
    hole = [[126.421, 41.9405], [126.422, 41.9405], [126.422, 41.9410], [126.421, 41.9405]]
    read = read_shape(polygon(RING[::-1], hole))
    assert read.as_geojson()["coordinates"] == [RING, hole[::-1]]


def test_box_and_centre_of_a_rectangle() -> None:
    read = read_shape(polygon(RING))
    assert read.box == (126_420_000, 41_940_000, 126_424_000, 41_942_000)
    assert read.centre == (126_422_000, 41_941_000)


def test_the_centre_of_an_l_is_that_of_its_area() -> None:
    """Of three unit squares, with their middles at (½, ½), (1½, ½), (½, 1½): the mean is (5/6, 5/6)."""
    corners = [(0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2), (0, 0)]
    ring = [[126 + x * 0.003, 42 + y * 0.003] for x, y in corners]
    assert read_shape(polygon(ring)).centre == (126_002_500, 42_002_500)


def test_a_point_is_its_own_centre_and_box() -> None:
    read = point(Decimal("126.42"), Decimal("41.94"))
    assert (read.centre, read.box) == ((126_420_000, 41_940_000), (126_420_000, 41_940_000) * 2)
    assert read.as_geojson() == {"type": "Point", "coordinates": [126.42, 41.94]}


def test_metres_on_the_plane() -> None:
    """At 60° a degree of longitude is half a degree of latitude: 0.01° are 111 195 ÷ 100 ÷ 2 = 555.975 m."""
    east, north = metres((100_000_000, 60_000_000), (100_010_000, 60_000_000))
    assert round(east, 3) == 555.975
    assert north == 0
    assert metres((100_000_000, 30_000_000), (100_000_000, 29_999_000))[1] == pytest.approx(-111.195)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "不是有效的 GeoJSON"),
        ("{", "不是有效的 GeoJSON"),
        ("[1, 2]", "不是有效的 GeoJSON"),
        ('{"type": "Point", "coordinates": [NaN, 41]}', "不是有效的 GeoJSON"),
        ({"type": "Point", "coordinates": [float("nan"), 41.0]}, "不在中国境内"),
        ({"type": "Point", "coordinates": "126, 41"}, "不是有效的 GeoJSON"),
        ({"type": "Point", "coordinates": [True, False]}, "不是有效的 GeoJSON"),
        ({"type": "Point", "coordinates": [126.42]}, "不是有效的 GeoJSON"),
        ({"type": "Point", "coordinates": [41.94, 126.42]}, "经度和纬度写反了"),
        ({"type": "Point", "coordinates": [2.35, 48.85]}, "不在中国境内"),
        ({"type": "Point", "coordinates": [1e300, 41]}, "不在中国境内"),
        ({"type": "LineString", "coordinates": RING}, "只接受一个 Polygon"),
        ({"type": "MultiPolygon", "coordinates": [[RING]]}, "只接受一个 Polygon"),
        ({"type": "FeatureCollection", "features": []}, "里面不止一个图形或者没有图形"),
        (polygon(), "不是有效的 GeoJSON"),
        (polygon([]), "不是有效的 GeoJSON"),
        (polygon(RING[:4]), "没有闭合"),
        (polygon([RING[0], RING[1], RING[0]]), "至少要有三个不同的点"),
        (polygon([RING[0], RING[0], RING[1], RING[0]]), "至少要有三个不同的点"),
        ("x" * 40_001, "太长"),
        ("[" * 20_000, "不是有效的 GeoJSON"),
    ],
)
def test_what_is_no_outline_is_refused_with_its_reason(raw: Any, says: str) -> None:
    assert says in refused(raw)


def ring_of(*corners: tuple[int, int]) -> dict[str, Any]:
    """A ring on a grid of 0.0005°, closed."""
    return polygon([[126 + x * 0.0005, 42 + y * 0.0005] for x, y in (*corners, corners[0])])


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (2, 2), (2, 0), (0, 2)],  # a bow tie
        [(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)],  # a corner that touches another side
        [(0, 0), (4, 0), (4, 2), (6, 2), (4, 2), (4, 4), (0, 4)],  # a spike out and back
        [(0, 0), (4, 0), (2, 0), (2, 3)],  # a side that folds back over the last
        [(0, 0), (2, 0), (4, 0)],  # all on one line
        [(0, 0), (3, 0), (3, 3), (1, 1), (2, 4), (0, 4), (1, 1), (0, 3)],  # one corner met twice
    ],
)
def test_a_ring_that_crosses_or_touches_itself_is_refused(corners: list[tuple[int, int]]) -> None:
    assert "互相交叉或者重叠" in refused(ring_of(*corners))


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (2, 0), (0, 2)],
        [(0, 0), (2, 0), (4, 0), (4, 2), (0, 2)],  # a corner in the middle of a straight side
        [(0, 0), (4, 0), (4, 4), (2, 1), (0, 4)],  # hollow
        [(0, 0), (6, 0), (6, 6), (2, 6), (2, 4), (4, 4), (4, 2), (0, 2)],  # wound, and nowhere met
    ],
)
def test_a_ring_that_does_not_is_taken(corners: list[tuple[int, int]]) -> None:
    assert read_shape(ring_of(*corners)).kind == "Polygon"


def test_an_outline_has_no_more_corners_and_is_no_wider_than_it_may_be() -> None:
    many = [[126 + number * 0.00001, 42.0] for number in range(MOST)] + [[126.0, 42.01], [126.0, 42.0]]
    assert "拐点太多" in refused(polygon(many))
    # 0.055° of latitude are 6.12 km
    wide = [[126.0, 42.0], [126.001, 42.0], [126.001, 42.055], [126.0, 42.0]]
    assert "超过 6 公里" in refused(polygon(wide))
    assert read_shape(polygon([[x, 42 + (y - 42) * 0.9] for x, y in wide])).kind == "Polygon"
