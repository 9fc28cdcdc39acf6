"""Owners from tables: co-owners and their shares, personal numbers, what is held already."""

from fractions import Fraction
from typing import Any

import pytest

from gongzhi.acts.models import Act
from gongzhi.registry.models import Ownership, Person
from gongzhi.registry.personal import masked, read_number
from gongzhi.registry.tests.cast import Cast, resident_id
from gongzhi.registry.tests.tables import COMMUNITY, OWNERS, checked, errors, sheet, taken, text, unit
from gongzhi.values.refusals import NotAllowed

FROM = "2025-06-01"
ROOMS = text(("社区代码", "小区名称", "楼栋", "房号"), *[unit("3幢", str(room)) for room in range(301, 306)])


@pytest.fixture
def rooms(cast: Cast) -> Cast:
    """Five rooms of 3幢 that nobody owns."""
    taken("units", ROOMS, cast.at)
    return cast


def owner(
    room: str, name: str, number: Any = "", phone: Any = "", share: Any = "", on: Any = FROM
) -> tuple[Any, ...]:
    """A row of owners."""
    return unit("3幢", room, name, number, phone, share, on)


def test_co_owners_have_a_row_each(rooms: Cast) -> None:
    content = sheet(
        OWNERS,
        owner("301", "示例甲", resident_id(9001).lower(), 13800009001.0, "1/2"),
        (None, None, None, None, "示例乙", resident_id(9002), "'13800009002", "50%", FROM),
        owner("302", "示例丙"),
        merged=("A2:A3", "B2:B3", "C2:C3", "D2:D3"),
    )
    assert taken("owners", content, rooms.at).new == 3
    shares = Ownership.objects.filter(unit__label="301")
    assert [share.fraction for share in shares] == [Fraction(1, 2)] * 2
    assert Ownership.objects.get(unit__label="302").fraction == 1
    first = Person.objects.get(name="示例甲")
    assert read_number(first, "phone") == "13800009001"
    assert read_number(first, "id_number") == resident_id(9001)


def test_the_same_owners_again_change_nothing(rooms: Cast) -> None:
    content = text(OWNERS, owner("301", "示例甲", resident_id(9001), "13800009001"), owner("302", "示例乙"))
    taken("owners", content, rooms.at)
    before = (Ownership.objects.count(), Person.objects.count(), Act.objects.count())
    again = taken("owners", content, rooms.at)
    assert (again.new, again.same) == (0, 2)
    assert (Ownership.objects.count(), Person.objects.count(), Act.objects.count()) == before


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (owner("999", "示例甲"), "没有登记，请核对，或先导入房屋"),
        (owner("301", ""), "须填且只填一项"),
        (owner("301", "示例甲", "1.10105E+17"), "丢了位数"),
        (owner("301", "示例甲", "999999195001010010"), "校验位"),
        (owner("301", "示例甲", "", "1.38E+10"), "丢了位数"),
        (owner("301", "示例甲", "", "12345"), "手机号码应为11位"),
        (owner("301", "示例甲", "", "", "3/2"), "不超过1"),
        (owner("301", "示例甲", "", "", "", "2025-02-30"), "没有“2025-02-30”这一天"),
        (owner("301", "示例甲", "", "", "", ""), "“取得日期”没有填写"),
        (owner("301", "示例甲", "110***********002X"), "带有*号"),
        (unit("1幢", "102", "示例甲", "", "", "", FROM), "已登记给其他业主，如已转让请用“登记房屋转移”"),
        (unit("1幢", "104", "示例甲", "", "", "", FROM), "已登记给其他业主"),
    ],
)
def test_a_row_that_is_wrong_is_told(rooms: Cast, row: tuple[Any, ...], says: str) -> None:
    assert says in errors(checked("owners", text(OWNERS, row), rooms.at))[2]


def test_shares_over_the_whole_are_refused_and_under_it_are_told(rooms: Cast) -> None:
    over = text(OWNERS, owner("301", "示例甲", share="2/3"), owner("301", "示例乙", share="1/2"))
    assert "份额合计为7/6，超过1" in errors(checked("owners", over, rooms.at))[3]
    under = text(OWNERS, owner("301", "示例甲", share="1/3"), owner("301", "示例乙", share="1/3"))
    found = checked("owners", under, rooms.at)
    assert errors(found) == {}
    assert found.table.warnings == ["第3行“3幢 301”的份额合计为2/3，不足1。"]


def test_co_owners_without_shares_are_asked_for_them(rooms: Cast) -> None:
    found = checked("owners", text(OWNERS, owner("301", "示例甲"), owner("301", "示例乙")), rooms.at)
    assert list(errors(found)) == [2, 3]
    assert "每行都须填写份额" in errors(found)[2]


def test_one_number_under_two_names_is_told(rooms: Cast) -> None:
    rows = (owner("301", "示例甲", resident_id(9001)), owner("302", "示例乙", resident_id(9001)))
    assert "证件号码已登记在另一姓名下" in errors(checked("owners", text(OWNERS, *rows), rooms.at))[3]


def test_one_owner_of_two_rooms_is_one_person(rooms: Cast) -> None:
    rows = (owner("301", "示例甲", resident_id(9001)), owner("302", "示例甲", resident_id(9001)))
    taken("owners", text(OWNERS, *rows), rooms.at)
    assert Person.objects.filter(name="示例甲").count() == 1


def test_the_same_row_twice_is_told(rooms: Cast) -> None:
    row = owner("301", "示例甲", resident_id(9001), "", "1/2")
    assert "已有份额" in errors(checked("owners", text(OWNERS, row, row), rooms.at))[3]


def test_what_is_held_otherwise_is_told_without_showing_numbers(rooms: Cast) -> None:
    taken("owners", text(OWNERS, owner("301", "示例甲", resident_id(9001), "13800009001")), rooms.at)
    other = owner("301", "示例甲", resident_id(9001), "13800009009", "1/2", "2025-07-01")
    (says,) = errors(checked("owners", text(OWNERS, other), rooms.at)).values()
    assert "份额登记为1、表中为1/2" in says
    assert "取得日期登记为2025-06-01、表中为2025-07-01" in says
    assert "手机号码与登记的不同" in says
    assert "“登记房屋转移”" in says
    assert "13800009001" not in says


def test_a_body_owns_what_is_not_sold(rooms: Cast) -> None:
    header = (*OWNERS, "业主单位", "业主单位信用代码")
    developer = rooms.organisations["developer"]
    taken("owners", text(header, (*owner("301", ""), developer.name, "")), rooms.at)
    assert Ownership.objects.get(unit__label="301").organisation == developer
    unknown = text(
        header, (*owner("302", ""), "示例没有的公司", ""), (*owner("303", ""), "", "91999999MA0000009X")
    )
    found = errors(checked("owners", unknown, rooms.at))
    assert "没有登记单位“示例没有的公司”" in found[2]
    assert "没有登记信用代码为" in found[3]


def test_masked_numbers_of_who_is_registered_say_the_same(rooms: Cast) -> None:
    taken("owners", text(OWNERS, owner("301", "示例甲", resident_id(9001), "13800009001")), rooms.at)
    person = Person.objects.get(name="示例甲")
    row = owner("301", "示例甲", masked(person, "id_number"), masked(person, "phone"))
    assert taken("owners", text(OWNERS, row), rooms.at).same == 1
    wrong = owner("301", "示例甲", "999***********9999", "")
    assert list(errors(checked("owners", text(OWNERS, wrong), rooms.at))) == [2]


def test_numbers_stand_nowhere_in_the_record(rooms: Cast) -> None:
    taken("owners", text(OWNERS, owner("301", "示例甲", resident_id(9001), "13800009001")), rooms.at)
    record = "".join(f"{act.said}{act.answer}" for act in Act.objects.all())
    assert resident_id(9001) not in record
    assert "13800009001" not in record


@pytest.mark.parametrize(
    "name", ["county_officer", "subdistrict_officer", "community_worker", "committee_head"]
)
def test_who_registers_owners_may_bring_them_in(rooms: Cast, name: str) -> None:
    assert taken("owners", text(OWNERS, owner("301", "示例甲")), rooms.at, by=rooms[name]).new == 1


@pytest.mark.parametrize("name", ["provider_leader", "owner", "tenant", "administrator", "auditor"])
def test_nobody_else_may(rooms: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        checked("owners", text(OWNERS, owner("301", "示例甲")), rooms.at, by=rooms[name])


def test_the_community_is_known(rooms: Cast) -> None:
    assert rooms.estate.community == COMMUNITY
