"""Divisions, organisations, estates and contracts from tables."""

from datetime import date
from typing import Any

import pytest

from gongzhi.law.models import Jurisdiction
from gongzhi.registry.models import Estate, Organisation, ServiceContract
from gongzhi.registry.queries import manager_of_day
from gongzhi.registry.tests.cast import Cast, credit_code
from gongzhi.registry.tests.tables import COMMUNITY, ESTATE, checked, errors, taken, text
from gongzhi.values.refusals import NotAllowed, NotFound

# Divisions ---------------------------------------------------------------------------------------------------------

DIVISIONS = ("区划代码", "名称")


def test_divisions_come_in_with_levels_and_parents_from_their_codes(cast: Cast) -> None:
    rows = (("220602991000", "示例街道"), ("220602991001", "示例甲社区"), ("220602991002", "示例乙社区"))
    assert taken("divisions", text(DIVISIONS, *rows), cast.at).new == 3
    street = Jurisdiction.objects.get(code="220602991")
    assert (street.level, street.parent_id) == ("street", "220602")
    assert Jurisdiction.objects.get(code="220602991001").parent == street
    again = taken("divisions", text(DIVISIONS, *rows), cast.at)
    assert (again.new, again.same, again.act_id) == (0, 3, None)


def test_a_changed_name_is_taken_over_and_told(cast: Cast) -> None:
    content = text(DIVISIONS, ("220602001001", "示例新名社区"))
    assert "将改为“示例新名社区”" in checked("divisions", content, cast.at).table.warnings[0]
    assert taken("divisions", content, cast.at).changed == 1
    assert Jurisdiction.objects.get(code="220602001001").name == "示例新名社区"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("220602991001", "示例社区")], "上级代码不存在"),
        ([("22060", "示例")], "位数与级别不符"),
        ([("220602A01", "示例")], "应为数字"),
        ([("2.20602E+11", "示例社区")], "丢了位数"),
        ([("220602991", "示例街道"), ("220602991", "示例街道")], "区划代码重复"),
    ],
)
def test_a_division_that_is_wrong_is_told(cast: Cast, rows: list[tuple[str, str]], says: str) -> None:
    assert says in list(errors(checked("divisions", text(DIVISIONS, *rows), cast.at)).values())[-1]


def test_divisions_are_the_administrators(cast: Cast) -> None:
    content = text(DIVISIONS, ("220602991", "示例街道"))
    assert taken("divisions", content, cast.at, by=cast["administrator"]).new == 1
    with pytest.raises(NotAllowed, match="应由系统管理员办理"):
        checked("divisions", content, cast.at, by=cast["county_officer"])


# Organisations -----------------------------------------------------------------------------------------------------

BODIES = ("类别", "名称", "行政区划代码", "统一社会信用代码", "服务电话", "成立日期")


def body(
    name: str, code: str = "", kind: str = "物业公司", place: Any = 220602.0, phone: str = ""
) -> tuple[Any, ...]:
    """A row of organisations."""
    return (kind, name, place, code, phone, "2020年1月1日")


def test_organisations_come_in_and_a_wrong_credit_code_is_only_told(cast: Cast) -> None:
    content = text(BODIES, body("示例丙物业", credit_code(900001)), body("示例丁物业", "91999999MA00000000"))
    found = checked("organisations", content, cast.at)
    assert len(found.table.warnings) == 1
    assert "第3行“示例丁物业”统一社会信用代码" in found.table.warnings[0]
    assert taken("organisations", content, cast.at).new == 2
    assert Organisation.objects.get(name="示例丁物业").uscc_warning
    assert taken("organisations", content, cast.at).same == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (body("示例业委会", kind="业主委员会"), "请用“成立委员会”办理"),
        (body("示例物业", place="999999"), "没有行政区划代码“999999”"),
        (body("示例街道办", kind="街道办事处", place="220602"), "一级不设"),
        (body("示例另一街道办", kind="街道办事处", place="220602001"), "已有街道办事处"),
        (body("示例物业", "123"), "统一社会信用代码应为18位，现为3位"),
        (body("示例物业", kind="公司"), "之一，现为“公司”"),
        (
            body("示例白山甲物业有限公司", phone="000-1"),
            "服务电话登记为“（空）”，与表中不同，变更请用“变更单位联系方式”",
        ),
    ],
)
def test_an_organisation_that_is_wrong_is_told(cast: Cast, row: tuple[Any, ...], says: str) -> None:
    found = checked("organisations", text(BODIES, (*row[:-1], "2025-01-01")), cast.at)
    (told,) = errors(found).values()
    assert says in told


def test_one_body_twice_in_the_file_is_told(cast: Cast) -> None:
    code = credit_code(900001)
    found = errors(
        checked("organisations", text(BODIES, body("示例丙物业", code), body("示例丙公司", code)), cast.at)
    )
    assert found == {3: "与第2行是同一个单位"}


def test_a_row_of_another_district_is_its_own_fault_beside_those_of_the_others(cast: Cast) -> None:
    rows = (body("示例丙物业", "123"), body("示例丁物业", kind="公司"), body("示例戊物业", place="330681"))
    wrong = errors(checked("organisations", text(BODIES, *rows), cast.at, by=cast["county_officer"]))
    assert list(wrong) == [2, 3, 4]
    assert "统一社会信用代码应为18位" in wrong[2]
    assert "现为“公司”" in wrong[3]
    assert wrong[4].startswith("不在您的范围，应由")
    # also where it is the only row that could be asked about
    alone = errors(checked("organisations", text(BODIES, *rows[1:]), cast.at, by=cast["county_officer"]))
    assert list(alone) == [2, 3]


def test_who_may_register_a_body_there_may_bring_it_in(cast: Cast) -> None:
    content = text(BODIES, body("示例丙物业"))
    assert taken("organisations", content, cast.at, by=cast["county_officer"]).new == 1
    for name in ("provider_leader", "owner"):
        with pytest.raises(NotAllowed):
            checked("organisations", content, cast.at, by=cast[name])


# Estates -----------------------------------------------------------------------------------------------------------

ESTATES = ("社区代码", "小区名称", "管理方式", "管理起始日期", "管理单位", "依据文书", "原因")
PROVIDER = "示例白山甲物业有限公司"


def estate(
    name: str, mode: str = "合同管理", by: str = PROVIDER, paper: str = "示例合同", why: str = ""
) -> tuple[Any, ...]:
    """A row of estates."""
    return (COMMUNITY, name, mode, "2024-01-01", by, paper, why)


def test_estates_come_in_with_their_manager(cast: Cast) -> None:
    content = text(
        ESTATES, estate("示例甲花园（一期）"), estate("示例乙花园", "无人在管", "", "", "示例原因")
    )
    assert taken("estates", content, cast.at).new == 2
    made = Estate.objects.get(name="示例甲花园（一期）")
    manager = manager_of_day(made, date(2024, 1, 1))
    assert manager is not None
    assert manager.organisation is not None
    assert (manager.organisation.name, made.county) == (PROVIDER, "220602")
    assert taken("estates", content, cast.at).same == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (estate("示例甲花园", by="示例没有的物业"), "没有登记单位“示例没有的物业”"),
        (estate("示例甲花园", by=""), "须填写管理单位"),
        (estate("示例甲花园", paper=""), "须有依据文书"),
        (estate("示例甲花园", "无人在管", "", ""), "须写明原因"),
        (estate("示例甲花园", by="示例白山会计师事务所"), "不是物业服务人"),
        (estate(ESTATE, by="示例白山乙物业有限公司"), "已登记，自2025-01-01 09:00:00起合同管理"),
        (("220602", *estate("示例甲花园")[1:]), "不是社区"),
    ],
)
def test_an_estate_that_is_wrong_is_told(cast: Cast, row: tuple[Any, ...], says: str) -> None:
    assert says in errors(checked("estates", text(ESTATES, row), cast.at))[2]


def test_an_estate_twice_in_the_file_is_told(cast: Cast) -> None:
    found = errors(checked("estates", text(ESTATES, estate("示例甲花园"), estate("示例 甲花园")), cast.at))
    assert found == {3: "小区“示例甲花园”与第2行重复"}


def test_the_bureaus_bring_estates_in(cast: Cast) -> None:
    content = text(ESTATES, estate("示例甲花园"))
    assert taken("estates", content, cast.at, by=cast["county_officer"]).new == 1
    for name in ("subdistrict_officer", "committee_head", "administrator"):
        with pytest.raises(NotAllowed):
            checked("estates", content, cast.at, by=cast[name])


# Contracts ---------------------------------------------------------------------------------------------------------

CONTRACTS = ("社区代码", "小区名称", "物业服务人", "签订日期", "合同起", "合同止")


def contract(by: str = PROVIDER, ends_on: Any = "2028-12-31", starts_on: Any = "2027/1/1") -> tuple[Any, ...]:
    """A row of contracts."""
    return (COMMUNITY, ESTATE, by, "2026-02-01", starts_on, ends_on)


def test_contracts_come_in_once(cast: Cast) -> None:
    content = text(CONTRACTS, contract())
    assert taken("contracts", content, cast.at).new == 1
    assert ServiceContract.objects.get(starts_on=date(2027, 1, 1)).ends_on == date(2028, 12, 31)
    assert taken("contracts", content, cast.at).same == 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (contract("示例没有的物业"), "没有登记单位"),
        (contract("示例白山会计师事务所"), "不是物业服务人"),
        (contract(ends_on="2026-12-31"), "合同止早于合同起"),
        ((COMMUNITY, ESTATE, PROVIDER, "2024-12-22", "2025-01-01", ""), "合同止登记为2026-12-31"),
    ],
)
def test_a_contract_that_is_wrong_is_told(cast: Cast, row: tuple[Any, ...], says: str) -> None:
    assert says in errors(checked("contracts", text(CONTRACTS, row), cast.at))[2]


def test_the_same_contract_twice_is_told(cast: Cast) -> None:
    found = errors(checked("contracts", text(CONTRACTS, contract(), contract()), cast.at))
    assert found == {3: "与第2行是同一份合同"}


def test_an_unknown_kind_of_table_is_not_there() -> None:
    from gongzhi.registry.tables.kinds import kind_named

    with pytest.raises(NotFound, match="没有“people”这种表"):
        kind_named("people")
