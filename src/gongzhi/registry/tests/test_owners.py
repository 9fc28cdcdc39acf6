"""Owners in batches: exact fractions, several units, unsold units, and handing a unit on."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.registry import actions
from gongzhi.registry.facts import OwnerRow, RegisterOwners, RegisterUnits, TransferUnit, UnitRow
from gongzhi.registry.holdings import Holding, first_day_over_whole
from gongzhi.registry.models import Appointment, Ownership, Person, Post
from gongzhi.registry.queries import in_force
from gongzhi.registry.tests.cast import Cast, resident_id
from gongzhi.values.refusals import Invalid, NotPossible

FROM = date(2026, 2, 1)


def add_units(cast: Cast, *labels: str, is_sold: bool = True) -> None:
    """Units of 2幢 nobody owns yet."""
    rows = [UnitRow(building="2幢", label=label, is_sold=is_sold) for label in labels]
    actions.register_units(by=SYSTEM, at=cast.at, facts=RegisterUnits(estate_id=cast.estate.pk, rows=rows))


def row(unit: str, name: str = "", **more: Any) -> OwnerRow:
    """A share of a unit of 2幢."""
    return OwnerRow(**({"building": "2幢", "unit": unit, "name": name, "from_on": FROM} | more))


def register(cast: Cast, *rows: OwnerRow) -> None:
    """Register owners of the home estate."""
    facts = RegisterOwners(estate_id=cast.estate.pk, rows=rows)
    actions.register_owners(by=SYSTEM, at=cast.at, facts=facts)


def transfer(cast: Cast, *rows: OwnerRow, on: date = FROM) -> None:
    """Hand a unit on."""
    facts = TransferUnit(estate_id=cast.estate.pk, from_on=on, rows=rows)
    actions.transfer_unit(by=SYSTEM, at=cast.at, facts=facts)


def test_thirds_make_a_whole_exactly(cast: Cast) -> None:
    add_units(cast, "301")
    thirds = [row("301", f"示例共有{number}", denominator=3) for number in range(3)]
    register(cast, *thirds)
    shares = Ownership.objects.filter(unit__label="301")
    assert sum(Fraction(share.numerator, share.denominator) for share in shares) == 1


def test_more_than_the_whole_is_refused_with_the_sum(cast: Cast) -> None:
    add_units(cast, "301")
    with pytest.raises(Invalid, match=r"第2行.*份额合计为4/3，超过1"):
        register(cast, row("301", "示例甲"), row("301", "示例乙", denominator=3))


def test_shares_already_held_count(cast: Cast) -> None:
    with pytest.raises(Invalid, match="份额合计为2，超过1"):
        register(cast, row("201", "示例甲"))


def test_one_identity_number_is_one_person_with_several_units(cast: Cast) -> None:
    add_units(cast, "301", "302")
    number = resident_id(9001)
    register(cast, row("301", "示例甲", id_number=number), row("302", "示例甲", id_number=number))
    person = Person.objects.get(name="示例甲")
    assert person.ownerships.count() == 2
    assert Appointment.objects.filter(person=person, post=Post.OWNER).count() == 1


def test_an_owner_known_from_before_is_not_registered_twice(cast: Cast) -> None:
    add_units(cast, "301", "302")
    number = resident_id(9001)
    register(cast, row("301", "示例甲", id_number=number))
    register(cast, row("302", "示例甲", id_number=number))
    assert Person.objects.filter(name="示例甲").count() == 1


def test_one_name_with_one_telephone_is_one_person_of_the_batch(cast: Cast) -> None:
    add_units(cast, "301", "302", "303")
    phone = "13800009001"
    rows = [row("301", "示例甲", phone=phone), row("302", "示例甲", phone=phone), row("303", "示例甲")]
    register(cast, *rows)
    assert Person.objects.filter(name="示例甲").count() == 2


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"unit": "999"}, "没有登记"),
        ({"numerator": 2}, "份额2/1大于1"),
        ({"name": ""}, "须填且只填一项"),
        ({"id_number": "999999195001010010"}, "校验位"),
        ({"phone": "12345"}, "手机号码应为11位"),
        ({"name": "", "person_id": "00000000-0000-7000-8000-000000000000"}, "业主编号没有登记"),
        ({"name": "", "organisation_id": "00000000-0000-7000-8000-000000000000"}, "业主单位没有登记"),
    ],
)
def test_a_faulty_row_is_refused_and_nothing_is_written(cast: Cast, more: dict[str, Any], says: str) -> None:
    add_units(cast, "301", "302")
    people, shares = Person.objects.count(), Ownership.objects.count()
    with pytest.raises(Invalid, match=says):
        register(cast, row("302", "示例好"), row(**({"unit": "301", "name": "示例甲"} | more)))
    assert (Person.objects.count(), Ownership.objects.count()) == (people, shares)


def test_the_same_number_under_another_name_is_refused(cast: Cast) -> None:
    add_units(cast, "301", "302")
    number = resident_id(9001)
    with pytest.raises(Invalid, match="第2行证件号码已登记在另一姓名下"):
        register(cast, row("301", "示例甲", id_number=number), row("302", "示例乙", id_number=number))


def test_an_unsold_unit_is_the_developers_alone(cast: Cast) -> None:
    add_units(cast, "301", is_sold=False)
    with pytest.raises(Invalid, match="未售房屋的业主须是建设单位"):
        register(cast, row("301", "示例甲"))
    with pytest.raises(Invalid, match="未售房屋的业主须是建设单位"):
        register(cast, row("301", organisation_id=cast.organisations["provider"].pk))
    register(cast, row("301", organisation_id=cast.organisations["developer"].pk))
    assert Ownership.objects.get(unit__label="301").person is None


def test_one_person_has_one_share_of_a_unit(cast: Cast) -> None:
    add_units(cast, "301")
    half = {"denominator": 2, "person_id": cast.owner.person_id}
    with pytest.raises(Invalid, match="同一业主在该房屋已有份额"):
        register(cast, row("301", **half), row("301", **half))


def test_a_unit_is_handed_on_and_the_former_owner_leaves(cast: Cast) -> None:
    transfer(cast, row("202", "示例买方"))
    old, new = Ownership.objects.filter(unit__label="202").order_by("from_on")
    assert (old.to_on, new.from_on) == (date(2026, 1, 31), FROM)
    post = Appointment.objects.get(person=old.person, post=Post.OWNER)
    assert post.to_on == date(2026, 1, 31)
    assert Appointment.objects.filter(in_force(FROM), person=new.person, post=Post.OWNER).exists()


def test_who_keeps_another_unit_stays_an_owner(cast: Cast) -> None:
    buyer = OwnerRow(building="1幢", unit="102", name="示例买方", from_on=FROM)
    transfer(cast, buyer)
    assert Appointment.objects.get(person_id=cast.owner.person_id, post=Post.OWNER).to_on is None


def test_a_unit_is_not_handed_on_into_the_past(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="自2025-01-01起已有登记"):
        transfer(cast, row("202", "示例买方", from_on=date(2025, 1, 1)), on=date(2025, 1, 1))


def test_one_unit_at_a_time_on_one_day(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="一次只能登记一套"):
        transfer(cast, row("201", "示例甲"), row("202", "示例乙"))
    with pytest.raises(NotPossible, match="须与转移日期一致"):
        transfer(cast, row("202", "示例甲"), on=date(2026, 2, 2))


def test_ten_thousand_owners_are_one_act(cast: Cast) -> None:
    labels = [f"大{number}" for number in range(10_000)]
    add_units(cast, *labels)
    register(cast, *[row(label, f"示例{label}") for label in labels])
    assert Ownership.objects.filter(estate=cast.estate).count() == 10_008


def test_shares_are_summed_on_the_days_they_overlap() -> None:
    whole, half = Fraction(1), Fraction(1, 2)
    january, february = date(2026, 1, 1), date(2026, 2, 1)
    one_after_the_other = [Holding(whole, january, date(2026, 1, 31)), Holding(whole, february)]
    assert first_day_over_whole(one_after_the_other) is None
    overlapping = [Holding(whole, january, february), Holding(half, february)]
    assert first_day_over_whole(overlapping) == (february, Fraction(3, 2))
    assert first_day_over_whole([]) is None
