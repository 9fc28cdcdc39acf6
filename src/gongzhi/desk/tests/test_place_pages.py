"""Where estates lie, on pages: the form, who may fill it in, the map of an estate's file and that of the list."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.acts.door import SYSTEM
from gongzhi.acts.facts import read_facts
from gongzhi.registry.actions import register_estate, set_outline
from gongzhi.registry.facts import RegisterEstate, SetOutline
from gongzhi.registry.models import Estate, Outline
from gongzhi.registry.tests.cast import BEGAN_AT, Cast, build_cast
from gongzhi.registry.tests.conftest import AT
from gongzhi.registry.tests.test_geometry import RING

from .looking import browser_of, plain, read

ORIGIN = {"datum": "wgs84", "source": "schematic", "measured_on": "2025-03-01"}
POINT = {"longitude": "126.422", "latitude": "41.941"}


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The home area and another, on a Monday."""
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: AT)
    monkeypatch.setattr("gongzhi.values.now.now", lambda: AT)
    return build_cast(AT, areas=("zhuji",))


def place(estate: Estate, **said: Any) -> None:
    facts = read_facts(SetOutline, {"estate_id": str(estate.pk), **ORIGIN, **said})
    set_outline(by=SYSTEM, at=AT, facts=facts)


def path_of(cast: Cast) -> str:
    return f"/estates/{cast.estate.pk}/place/"


def test_the_street_records_an_outline_and_the_file_shows_it(cast: Cast) -> None:
    client = browser_of(cast, "subdistrict_officer", AT)
    file = f"/estates/{cast.estate.pk}/"
    text = read(client, file)
    assert "还没有登记位置" in text
    assert f'href="{path_of(cast)}"' in text
    assert "高德、腾讯、百度地图" in read(client, path_of(cast))
    geojson = f'{{"type": "Polygon", "coordinates": [{RING}]}}'
    answer = client.post(path_of(cast), {**ORIGIN, "geojson": geojson, "key": "k"})
    assert (answer.status_code, answer["Location"]) == (302, file)
    text = read(client, file)
    assert text.count("<svg viewBox=") == 1
    # 0.004° at 41.941°: 0.004 × 111 195 × cos 41.941° = 330.8 m; 0.002° are 222.4 m
    assert f"{cast.estate.name}东西约 330 米，南北约 220 米。" in text
    assert "坐标为示意" in text
    again = read(client, path_of(cast))
    assert "&quot;Polygon&quot;" in again
    assert re.search(r'value="schematic"[^>]*(selected|checked)', again)


def test_what_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    client = browser_of(cast, "county_officer", AT)
    answer = client.post(path_of(cast), {**ORIGIN, "longitude": "41.941", "latitude": "126.422", "key": "k"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "经度和纬度写反了" in text
    assert 'value="41.941"' in text
    answer = client.post(path_of(cast), {**ORIGIN, "geojson": "[1", "key": "k"})
    assert answer.status_code == 400
    assert "不是有效的 GeoJSON" in answer.content.decode()
    answer = client.post(path_of(cast), {**ORIGIN, **POINT, "measured_on": "2099-01-01", "key": "k"})
    assert (answer.status_code, Outline.objects.count()) == (409, 0)


def test_who_may_not_is_told_who_may(cast: Cast) -> None:
    told = dict.fromkeys(("community_worker", "provider_leader", "committee_head", "owner", "auditor"), 403)
    told |= {"administrator": 403, "county_officer@zhuji": 404, "firm_accountant": 404}
    for name, status in told.items():
        client = browser_of(cast, name, AT)
        read(client, path_of(cast), status)
        assert client.post(path_of(cast), {**ORIGIN, **POINT}).status_code == status, name
    assert not Outline.objects.exists()


def test_a_neighbour_links_to_its_file_for_who_sees_it_and_to_the_public_page_for_others(cast: Cast) -> None:
    place(cast.estate, **POINT)
    place(cast.bare_estate, longitude="126.432", latitude="41.941")
    file, bare = f"/estates/{cast.estate.pk}/", cast.bare_estate
    text = read(browser_of(cast, "county_officer", AT), file)
    assert f'<a href="/estates/{bare.pk}/" tabindex="-1">' in text
    # 0.01° at 41.941°: 827.1 m
    assert f"{bare.name}在正东约 830 米" in text
    text = read(browser_of(cast, "owner", AT), file)
    assert f'<a href="/estates/{bare.pk}/manager/" tabindex="-1">' in text


def test_anybody_sees_the_map_of_an_estate_without_signing_in(cast: Cast) -> None:
    path = f"/estates/{cast.estate.pk}/manager/"
    assert "<figure" not in read(Client(), path)
    place(cast.estate, **POINT)
    text = read(Client(), path)
    assert "<figure" in text
    assert "只登记了一个点" in text


def test_the_list_shows_where_its_estates_stand_and_hatches_those_nobody_manages(cast: Cast) -> None:
    client = browser_of(cast, "county_officer", AT)
    assert "<figure" not in read(client, "/estates/")
    place(cast.estate, **POINT)
    assert "另有 1 个没有登记位置" in read(client, "/estates/")
    place(cast.bare_estate, longitude="126.432", latitude="41.941")
    text = read(client, "/estates/")
    assert f"图上 2 个小区，其中无人在管 1 个：{cast.bare_estate.name}。图上的编号就是表里的序号。" in text
    assert text.count('fill="url(#none-list)"') == 2  # the estate's, and the legend's
    rows = re.findall(r'data-label="序号">(\d)</td>\s*<th scope="row"><a class="tt" href="([^"]+)"', text)
    shown = re.findall(r'<a href="([^"]+)" tabindex="-1">.*?class="number"[^>]*>(\d)<', text, re.DOTALL)
    assert sorted((number, href) for href, number in shown) == rows
    assert "示例白山甲物业有限公司" in plain(text)
    assert cast.estate.name not in read(browser_of(cast, "county_officer@zhuji", AT), "/estates/")


def test_the_list_costs_the_same_whatever_is_drawn(cast: Cast) -> None:
    client = browser_of(cast, "county_officer", AT)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(client, "/estates/")
        return len(asked)

    place(cast.estate, **POINT)
    few = cost()
    for number in range(5):
        said = {
            "name": f"示例新区{number}",
            "community": cast.estate.community,
            "mode": "unmanaged",
            "reason": "示例",
        }
        facts = read_facts(RegisterEstate, said | {"managed_from_at": BEGAN_AT.isoformat()})
        made = register_estate(by=SYSTEM, at=BEGAN_AT, facts=facts).value["estate_id"]
        place(Estate.objects.get(pk=made), longitude=f"126.43{number}", latitude="41.941")
    assert cost() == few
