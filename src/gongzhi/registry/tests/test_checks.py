"""`gongzhi check` finds what no single row can show."""

from datetime import date

from gongzhi.registry.checks import findings
from gongzhi.registry.models import Building, Engagement, Estate, Ownership, Unit
from gongzhi.registry.tests.cast import Cast


def test_the_cast_is_as_it_must_be(wide_cast: Cast) -> None:
    assert list(findings()) == []


def test_an_estate_without_a_row_is_found(cast: Cast) -> None:
    codes = {level: getattr(cast.estate, level) for level in ("city", "county", "subdistrict", "community")}
    Estate.objects.create(name="示例无记录", kind="old", registered_on=date(2026, 1, 5), **codes)
    assert list(findings()) == ["小区“示例无记录”没有在管记录"]


def test_a_unit_in_two_estates_is_found(cast: Cast) -> None:
    building = Building.objects.create(estate=cast.bare_estate, name="1幢")
    unit = Unit.objects.create(estate=cast.estate, building=building, label="1", use="dwelling")
    assert list(findings()) == [f"房屋{unit.pk}与其楼栋不在同一小区"]


def test_a_share_in_another_estate_is_found(cast: Cast) -> None:
    share = Ownership.objects.filter(unit__label="201").first()
    assert share is not None
    Ownership.objects.filter(pk=share.pk).update(estate=cast.bare_estate)
    assert list(findings()) == [f"业主份额{share.pk}与其房屋不在同一小区"]


def test_a_day_that_does_not_fit_its_instant_is_found(cast: Cast) -> None:
    row = Engagement.objects.create(
        estate=cast.estate,
        from_at=cast.at,
        from_on=date(2026, 3, 3),
        mode="self_managed",
        paper_title="示例决定",
    )
    assert list(findings()) == [f"在管记录{row.pk}的起始日期与时间不符"]


def test_more_than_the_whole_is_found(cast: Cast) -> None:
    share = Ownership.objects.filter(unit__label="201").first()
    assert share is not None
    Ownership.objects.create(
        estate=cast.estate,
        unit=share.unit,
        person_id=cast.tenant.person_id,
        numerator=1,
        denominator=3,
        from_on=date(2026, 1, 5),
    )
    assert list(findings()) == [f"房屋{share.unit_id}自2026-01-05起份额合计为4/3，超过1"]
