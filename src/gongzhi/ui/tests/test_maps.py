"""The map drawn on the server: projection, scale, directions worked by hand; hatching, text, what it may load."""

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from gongzhi.ui import published
from gongzhi.ui.middleware import POLICY, SHOWS_MAP, PageMiddleware
from gongzhi.ui.parts.maps import Frame, Map, Place, apart, bearing_words, distance_words, map_of, scale_bar

#: At 60° north a degree of longitude is half a degree of latitude, which is 111 195 m.
MIDDLE = (100.0, 60.0)


def spot(name: str, longitude: float, latitude: float, **more: Any) -> Place:
    return Place(name, {"type": "Point", "coordinates": [longitude, latitude]}, longitude, latitude, **more)


def square(name: str = "示例小区", **more: Any) -> Place:
    """0.02° by 0.01° at 60°: 1111.95 m either way."""
    ring = [[99.99, 59.995], [100.01, 59.995], [100.01, 60.005], [99.99, 60.005], [99.99, 59.995]]
    return Place(name, {"type": "Polygon", "coordinates": [ring]}, *MIDDLE, **more)


def drawn(*places: Place, **more: Any) -> Map:
    made = map_of("k", places, says="示例说明", **more)
    assert made is not None
    return made


def rendered(made: Map | None) -> str:
    return Template("{% load parts %}{% place_map shown %}").render(Context({"shown": made}))


def test_degrees_become_pixels() -> None:
    """A tenth of a pixel a metre: 0.001° east at 60° are 55.5975 m, 5.6 pixels; as much north 111.195 m, 11.1 up."""
    frame = Frame(*MIDDLE, 0.1)
    assert frame.at(100.0, 60.0) == (200.0, 138.0)
    assert frame.at(100.001, 60.0) == (205.6, 138.0)
    assert frame.at(100.0, 60.001) == (200.0, 126.9)


def test_what_is_drawn_fills_the_map_and_stays_inside() -> None:
    """1111.95 m into 300 − 24 − 48 = 228 pixels, for the height is the narrower: 24 to 252, and 200 ± 114."""
    (one,) = drawn(square()).drawn
    assert one.path == "M86 252L314 252L314 24L86 24Z"
    assert (one.x, one.y) == (200.0, 138.0)


def test_a_single_point_is_not_blown_up() -> None:
    """400 m are shown at least: 228 pixels of height hold them, 0.57 pixels a metre; the bar is 100 m, 57 pixels."""
    made = drawn(spot("示例", *MIDDLE))
    assert (made.drawn[0].path, made.drawn[0].x, made.drawn[0].y) == ("", 200.0, 138.0)
    assert (made.bar.words, made.bar.length) == ("100 米", 57.0)


@pytest.mark.parametrize(
    ("per_metre", "words", "length"),
    [
        (1.0, "100 米", 100.0),  # 110 m fit
        (22.0, "5 米", 110.0),  # exactly 5 m fit
        (0.02, "5 公里", 100.0),  # 5500 m fit
        (3.3, "20 米", 66.0),  # 33 m fit
    ],
)
def test_the_bar_of_the_scale_is_one_two_or_five(per_metre: float, words: str, length: float) -> None:
    bar = scale_bar(per_metre)
    assert (bar.words, bar.length) == (words, length)


@pytest.mark.parametrize(
    ("east", "north", "words"),
    [
        (0, 100, "正北约 100 米"),
        (300, 300, "东北约 420 米"),  # 424.3
        (1200, 0, "正东约 1.2 公里"),
        (-30, -40, "西南约 50 米"),
        (-996, 10, "正西约 1000 米"),
        (0, -3, "正南约 10 米"),
    ],
)
def test_directions_and_distances_in_words(east: float, north: float, words: str) -> None:
    assert bearing_words(east, north) == words


def test_how_far_apart() -> None:
    east, north = apart(MIDDLE, (100.01, 60.0))
    assert (round(east, 3), north) == (555.975, 0.0)
    assert distance_words(555.975) == "560 米"


def test_nothing_to_draw_is_no_map() -> None:
    assert map_of("k", [], says="") is None
    assert rendered(None).strip() == ""


def test_the_drawing_says_itself_in_words_and_needs_no_script() -> None:
    text = rendered(drawn(square("示例<小区>", state="own"), shows_names=True, is_schematic=True))
    assert "示例说明</figcaption>" in text
    assert "示意" in text
    assert "北</text>" in text
    assert "500 米</text>" in text  # 536 m fit
    assert "示例&lt;小区&gt;" in text
    assert "<小区>" not in text
    assert "<script" not in text
    assert " style=" not in text


def test_nobody_managing_is_hatched_and_told() -> None:
    text = rendered(drawn(spot("示例", *MIDDLE, state="unmanaged busy", words="无人在管", number=7)))
    assert text.count('fill="url(#none-k)"') == 1
    assert "<title>示例，无人在管</title>" in text
    assert ">7</text>" in text
    assert 'fill="url(#none-k)"' not in rendered(drawn(spot("示例", *MIDDLE, state="managed")))


def test_the_script_is_given_the_same_places() -> None:
    (told,) = json.loads(drawn(square(state="own", words="示例", href="/x/")).data)
    assert told["shape"]["type"] == "Polygon"
    assert {name: told[name] for name in ("name", "state", "words", "href")} == {
        "name": "示例小区",
        "state": "own",
        "words": "示例",
        "href": "/x/",
    }
    (as_point,) = json.loads(drawn(square(as_point=True)).data)
    assert as_point["shape"] == {"type": "Point", "coordinates": [100.0, 60.0]}


# What a page with a map loads ---------------------------------------------------------------------------------------


def page(made: Map | None) -> tuple[str, HttpRequest]:
    request = RequestFactory().get("/")
    context = Context({"request": request, "shown": made})
    return Template("{% load parts %}{% map_assets shown %}").render(context), request


def test_a_page_without_a_map_loads_nothing_for_one() -> None:
    text, request = page(None)
    assert text == ""
    assert not hasattr(request, SHOWS_MAP)


def test_a_page_with_a_map_loads_leaflet_from_here_where_it_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(published, "installed", lambda: {"leaflet": "1.9.4"})
    text, _ = page(drawn(square()))
    assert text.count("<script src=") == text.count("<script") == 2
    assert "vendor/leaflet-1.9.4/dist/leaflet.js" in text
    assert published.own_address("map") in text
    monkeypatch.setattr(published, "installed", dict)
    assert page(drawn(square()))[0] == ""


def answered(*, shows_map: bool) -> str:
    def respond(request: HttpRequest) -> HttpResponse:
        if shows_map:
            setattr(request, SHOWS_MAP, True)
        return HttpResponse()

    return PageMiddleware(respond)(RequestFactory().get("/"))["Content-Security-Policy"]


def test_without_tiles_no_other_host_is_named(settings: Any) -> None:
    assert settings.MAP_TILES == ""
    assert answered(shows_map=True) == POLICY


def test_with_tiles_their_host_alone_may_show_pictures_on_pages_with_a_map(settings: Any) -> None:
    settings.MAP_TILES = "https://tiles.example.cn:8443/wmts/{z}/{y}/{x}.png?key=示例"
    settings.MAP_CREDIT = "示例审图号"
    wanted = POLICY.replace("img-src 'self'", "img-src 'self' https://tiles.example.cn:8443")
    assert wanted != POLICY
    assert answered(shows_map=True) == wanted
    assert answered(shows_map=False) == POLICY
    assert 'data-credit="示例审图号"' in rendered(drawn(square()))
