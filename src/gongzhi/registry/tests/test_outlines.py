"""Recording where an estate lies: by whom, in which two ways, what the database keeps true, what the record keeps."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongzhi.acts.door import SYSTEM, Actor
from gongzhi.acts.facts import read_facts
from gongzhi.acts.models import Act
from gongzhi.registry.actions import set_outline
from gongzhi.registry.checks import findings
from gongzhi.registry.facts import SetOutline
from gongzhi.registry.models import Estate, Outline
from gongzhi.registry.presenting import told_estate_file
from gongzhi.registry.queries import outlines_around
from gongzhi.registry.tests.cast import Cast
from gongzhi.registry.tests.tables import COMMUNITY, checked, errors, taken, text
from gongzhi.registry.tests.test_geometry import RING, polygon
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible

ORIGIN = {"datum": "wgs84", "source": "surveyed", "measured_on": "2025-03-01"}
HEAD = ("社区代码", "小区名称", "管理方式", "管理起始日期", "管理单位", "依据文书", "原因")
PLACED = (*HEAD, "经度", "纬度", "坐标来源", "坐标日期")


def place(cast: Cast, *, by: Actor = SYSTEM, **said: Any) -> None:
    facts = read_facts(SetOutline, {"estate_id": str(cast.estate.pk), **ORIGIN, **said})
    set_outline(by=by, at=cast.at, facts=facts)


def test_an_outline_is_recorded_with_box_and_centre_and_the_next_one_replaces_it(cast: Cast) -> None:
    place(cast, geojson=polygon(RING))
    row = Outline.objects.get()
    assert (row.west, row.north) == (Decimal("126.420000"), Decimal("41.942000"))
    assert (row.longitude, row.latitude) == (Decimal("126.422000"), Decimal("41.941000"))
    assert (row.shape, row.is_point) == (polygon(RING), False)
    place(cast, longitude="126.43", latitude="41.95")
    row = Outline.objects.get()
    assert (row.is_point, row.shape["type"], row.west) == (True, "Point", Decimal("126.430000"))
    said = list(
        Act.objects.filter(name="registry.set_outline").order_by("seq").values_list("said", flat=True)
    )
    assert said[0]["geojson"].startswith('{"type":"Polygon"')
    assert said[1]["geojson"] == ""
    assert list(findings()) == []


def test_who_may_record_it(cast: Cast) -> None:
    for name in ("city_officer", "county_officer", "subdistrict_officer"):
        place(cast, by=cast[name], geojson=polygon(RING))
    for name in ("community_worker", "provider_leader", "committee_head", "owner", "auditor"):
        with pytest.raises(NotAllowed):
            place(cast, by=cast[name], geojson=polygon(RING))


@pytest.mark.parametrize(
    ("said", "where", "says"),
    [
        ({}, "geojson", "有轮廓的粘贴 GeoJSON"),
        ({"longitude": "126.43"}, "geojson", "经度和纬度两个数"),
        ({"geojson": polygon(RING), "longitude": "126.4", "latitude": "41.9"}, "geojson", "请填一样"),
        ({"longitude": "41.95", "latitude": "126.43"}, "longitude", "写反了"),
        ({"geojson": polygon(RING[:4])}, "geojson", "没有闭合"),
        ({"geojson": "{}"}, "geojson", "只接受一个 Polygon"),
        ({"geojson": polygon(RING), "datum": "gcj02"}, "datum", "不在可选范围内"),
    ],
)
def test_what_cannot_be_recorded_says_at_which_field_and_why(
    cast: Cast, said: dict[str, Any], where: str, says: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        place(cast, **said)
    assert says in wrong.value.fields[where]
    assert not Outline.objects.exists()


def test_nobody_measured_tomorrow(cast: Cast) -> None:
    with pytest.raises(NotPossible):
        place(cast, geojson=polygon(RING), measured_on=str(cast.at.date() + timedelta(days=1)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"west": Decimal(12)},
        {"north": Decimal(60)},
        {"longitude": Decimal(127)},
        {"source": "x"},
        {"datum": "gcj02"},
    ],
)
def test_the_database_keeps_it_in_the_country_and_in_order(cast: Cast, wrong: dict[str, Any]) -> None:
    place(cast, geojson=polygon(RING))
    with pytest.raises(IntegrityError), transaction.atomic():
        Outline.objects.update(**wrong)


def test_a_copy_that_differs_and_a_shape_that_is_none_are_found(cast: Cast) -> None:
    place(cast, geojson=polygon(RING))
    Outline.objects.update(longitude=Decimal("126.421000"))
    assert any("中心不符" in one for one in findings())
    Outline.objects.update(longitude=Decimal("126.422000"), shape=polygon(RING[:4]))
    assert any("没有闭合" in one for one in findings())


def test_the_file_tells_it_and_neighbours_are_those_of_the_community(cast: Cast) -> None:
    assert told_estate_file(cast.estate, cast.at)["outline"] is None
    place(cast, geojson=polygon(RING))
    told = told_estate_file(cast.estate, cast.at)["outline"]
    assert (told["shape"], told["source_title"], told["measured_on"]) == (
        polygon(RING),
        "现场测量",
        date(2025, 3, 1),
    )
    assert [one.estate for one in outlines_around(cast.bare_estate)] == [cast.estate]
    assert [one.estate for one in outlines_around(cast.estate)] == [cast.estate]


# From a table -------------------------------------------------------------------------------------------------------


def row(name: str, *where: str) -> tuple[str, ...]:
    return (COMMUNITY, name, "无人在管", "2024-01-01", "", "", "示例原因", *where)


HERE = ("126.4200001", "41.94", "图上勾画", "2025-03-01")


def test_a_table_may_say_where_estates_lie(cast: Cast) -> None:
    content = text(PLACED, row("示例甲花园", *HERE), row("示例乙花园", "", "", "", ""))
    assert taken("estates", content, cast.at, by=cast["county_officer"]).new == 2
    one = Outline.objects.get()
    assert (one.estate.name, one.longitude, one.source) == ("示例甲花园", Decimal("126.420000"), "drawn")
    assert taken("estates", content, cast.at).same == 2
    moved = text(PLACED, row("示例甲花园", "126.43", *HERE[1:]), row("示例乙花园", *HERE))
    assert taken("estates", moved, cast.at).changed == 2
    assert Outline.objects.count() == 2


@pytest.mark.parametrize(
    ("where", "says"),
    [
        (("126.42", "", "", ""), "要么都填、要么都不填"),
        (("41.94", "126.42", "图上勾画", "2025-03-01"), "写反了"),
        (("东经126度", "41.94", "图上勾画", "2025-03-01"), "应为度数"),
        (("126.42", "41.94", "图上勾画", "2099-03-01"), "不能晚于今天"),
    ],
)
def test_a_row_that_says_it_wrongly_is_told(cast: Cast, where: tuple[str, ...], says: str) -> None:
    assert says in errors(checked("estates", text(PLACED, row("示例甲花园", *where)), cast.at))[2]


def test_two_numbers_of_a_table_do_not_take_the_place_of_an_outline(cast: Cast) -> None:
    taken("estates", text(HEAD, row("示例甲花园")), cast.at)
    estate = Estate.objects.get(name="示例甲花园")
    facts = read_facts(SetOutline, {"estate_id": str(estate.pk), **ORIGIN, "geojson": polygon(RING)})
    set_outline(by=SYSTEM, at=cast.at, facts=facts)
    found = checked("estates", text(PLACED, row("示例甲花园", *HERE)), cast.at)
    assert "已登记轮廓" in errors(found)[2]
    middle = ("126.422", "41.941", "现场测量", "2025-03-01")
    assert taken("estates", text(PLACED, row("示例甲花园", *middle)), cast.at).same == 1
