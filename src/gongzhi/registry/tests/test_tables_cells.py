"""Reading cells: what people and spreadsheets make of dates, shares, areas and numbers."""

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from gongzhi.registry.models import UnitUse
from gongzhi.registry.tables import cells
from gongzhi.registry.tables.cells import Wrong
from gongzhi.registry.tables.words import key_of, label_of, name_of, words_of
from gongzhi.values.now import ZONE


def naive(*parts: int) -> datetime:
    """An instant as a spreadsheet has it: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


FIRST_OF_MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    "cell",
    [
        FIRST_OF_MARCH,
        naive(2025, 3, 1, 9, 30),
        "2025年3月1日",
        "2025年03月01号",
        "2025-3-1",
        "2025/03/01",
        "2025.3.1",
        "20250301",
        20250301.0,
        45717.0,  # 2025-01-01 is 45658 in a spreadsheet's count; 31 + 28 days later is 1 March
        "45717",
        "２０２５年３月１日",
        " 2025-03-01 00:00:00 ",
        "'2025-03-01",
    ],
)
def test_a_date_is_read_however_it_is_written(cell: Any) -> None:
    assert cells.day(cell) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("2025年2月30日", "没有"),
        ("2025年3月", "请填写日期"),
        ("3/1/2025", "请填写日期"),
        ("25-3-1", "请填写日期"),
        ("明天", "请填写日期"),
        ("18250301", "1900年至2200年"),
        (0.5, "请填写日期"),
        (True, "请填写日期"),
        (time(9, 0), "请填写日期"),
    ],
)
def test_what_is_no_date_is_told(cell: Any, says: str) -> None:
    with pytest.raises(Wrong, match=says):
        cells.day(cell)


def test_a_moment_keeps_its_time_and_a_day_is_its_beginning() -> None:
    assert cells.moment("2025-03-01") == datetime(2025, 3, 1, tzinfo=ZONE)
    assert cells.moment("2025-03-01 08:30") == datetime(2025, 3, 1, 8, 30, tzinfo=ZONE)
    assert cells.moment(naive(2025, 3, 1, 8, 30)) == datetime(2025, 3, 1, 8, 30, tzinfo=ZONE)
    with pytest.raises(Wrong, match="时刻"):
        cells.moment("2025-03-01 25:00")


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("1/2", Fraction(1, 2)),
        ("１／２", Fraction(1, 2)),
        ("50%", Fraction(1, 2)),
        ("50％", Fraction(1, 2)),
        ("0.5", Fraction(1, 2)),
        (0.5, Fraction(1, 2)),
        (1 / 3, Fraction(1, 3)),  # a cell shown as 1/3
        ("二分之一", Fraction(1, 2)),
        ("3分之2", Fraction(2, 3)),
        ("2/4", Fraction(1, 2)),
        ("33.33%", Fraction(3333, 10000)),
        ("100%", Fraction(1)),
        (1.0, Fraction(1)),
        ("全部", Fraction(1)),
    ],
)
def test_a_share_is_read_exactly(cell: Any, share: Fraction) -> None:
    assert cells.share(cell) == share


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (naive(2025, 1, 2), "改成了日期"),
        ("50", "不超过1"),
        ("0", "大于0"),
        ("3/2", "不超过1"),
        ("1/0", "请写成分数"),
        ("一半", "请写成分数"),
        ("1e-999999999", "请写成分数"),
        (float("nan"), "大于0"),
        ("٣/٤", "请写成分数"),
        ("-1/2", "请写成分数"),
        ("0.333333333333333333333", "请写成分数"),
    ],
)
def test_what_is_no_share_is_told(cell: Any, says: str) -> None:
    with pytest.raises(Wrong, match=says):
        cells.share(cell)


@pytest.mark.parametrize(
    "cell", [89.5, "89.5", "89.50㎡", "89.5 平方米", "89.5m²", "８９．５", 89.49999999999999, "89.5平"]
)
def test_an_area_is_read_with_or_without_its_unit(cell: Any) -> None:
    assert cells.area(cell) == Decimal("89.50")


def test_an_area_of_thousands_may_have_commas() -> None:
    assert cells.area("1,234.56") == Decimal("1234.56")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("89.123", "两位小数"),
        (0.0, "大于0"),
        ("-5", "大于0"),
        ("约90", "面积数字"),
        ("nan", "面积数字"),
        (float("inf"), "面积数字"),
        ("1e999999999", "面积数字"),
        (FIRST_OF_MARCH, "面积数字"),
        (True, "面积数字"),
    ],
)
def test_what_is_no_area_is_told(cell: Any, says: str) -> None:
    with pytest.raises(Wrong, match=says):
        cells.area(cell)


@pytest.mark.parametrize("cell", ["1,234.5", "１２３４．５０", "￥1234.50元", 1234.5, 1234.5000000001])
def test_a_sum_is_read_to_the_cent(cell: Any) -> None:
    assert cells.money(cell) == 123_450


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("12,5", "应为金额数字"),
        ("1.005", "最多两位小数"),
        ("0", "应大于0"),
        (-3, "应大于0"),
        (True, "应为金额数字"),
    ],
)
def test_what_is_no_sum_is_told(cell: Any, says: str) -> None:
    with pytest.raises(cells.Wrong, match=says):
        cells.money(cell)


@pytest.mark.parametrize(
    "cell", ["1.10105E+17", "1.38E+10", 999999195001010010.0, "2.20602E+11", 1.0e18, "１．１Ｅ＋１７"]
)
def test_a_number_that_lost_its_digits_is_not_guessed(cell: Any) -> None:
    with pytest.raises(Wrong, match="丢了位数"):
        cells.number_text(40)(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13800000001.0, "13800000001"),
        ("'13800000001", "13800000001"),
        ("１３８ ００００ ０００１", "13800000001"),
        (220602001001.0, "220602001001"),
        ("220602.0", "220602"),
        ("99999919500101001x", "99999919500101001x"),
        ('="0101"', "0101"),
    ],
)
def test_a_number_of_digits_is_read_as_text(cell: Any, text: str) -> None:
    assert cells.number_text(40)(cell) == text


def test_a_room_that_became_a_date_is_told() -> None:
    with pytest.raises(Wrong, match="改成了日期"):
        cells.label(50)(naive(2025, 1, 2))


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("１单元１０１", "1单元101"),
        ("1单元 101", "1单元101"),
        ("1单元\u3000101", "1单元101"),
        ("1单元\u00a0101", "1单元101"),
        ("1单元\u200b101", "1单元101"),
        ("\ufeff101\n", "101"),
        (101.0, "101"),
        ("101.0", "101"),
        ("0101", "0101"),
        ("3－101", "3-101"),
        ("'101", "101"),
    ],
)
def test_a_room_is_stored_without_blanks_and_wide_digits(cell: Any, label: str) -> None:
    assert label_of(cell) == label


def test_names_keep_their_brackets_and_lose_what_cannot_be_seen() -> None:
    assert name_of("示例\u3000小区（一期）\u200b") == "示例小区（一期）"
    assert name_of("  Example   Name ") == "Example Name"
    assert words_of("‘示例’") == "示例"


def test_spellings_of_one_name_have_one_key() -> None:
    assert len({key_of(one) for one in ("1单元101", "１单元 101", "1单元\u00a0101")}) == 1
    assert key_of("示例（一期）") == key_of("示例(一期)")
    assert key_of("A-1") == key_of("ａ－1")
    assert key_of("101") != key_of("0101")


def test_a_choice_is_read_by_label_code_or_another_word() -> None:
    read = cells.choice(UnitUse, {"商铺": "commercial"})
    assert [read(one) for one in ("住宅", "dwelling", " 商 铺 ", "车位")] == [
        UnitUse.DWELLING,
        UnitUse.DWELLING,
        UnitUse.COMMERCIAL,
        UnitUse.PARKING,
    ]
    with pytest.raises(Wrong, match="住宅、商业、车位、储藏间之一"):
        read("别墅")


def test_yes_and_no_are_read() -> None:
    assert [cells.flag(one) for one in ("是", "已售", True, 1.0, "√")] == [True] * 5
    assert [cells.flag(one) for one in ("否", "未售", False, 0.0, "×")] == [False] * 5
    with pytest.raises(Wrong, match="是或者否"):
        cells.flag("也许")


def test_a_count_has_bounds() -> None:
    assert cells.count(1, 200)("18层") == 18
    for wrong in (0.0, "201", "1.5", "多层"):
        with pytest.raises(Wrong, match="1到200的整数"):
            cells.count(1, 200)(wrong)
