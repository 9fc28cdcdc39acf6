import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.values.money import parse_yuan, yuan
from gongzhi.values.refusals import Invalid


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "0.00元"),
        (5, "0.05元"),
        (123450, "1,234.50元"),
        (100000000, "1,000,000.00元"),
        (-123450, "-1,234.50元"),
        (-5, "-0.05元"),
    ],
)
def test_cents_are_written_as_yuan(cents, words):
    assert yuan(cents) == words


@pytest.mark.parametrize("cents", [1.5, True, "100"])
def test_money_is_a_whole_number_of_cents(cents):
    with pytest.raises(TypeError, match="cents"):
        yuan(cents)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1234.50", 123450),
        ("1,234.50元", 123450),
        ("1234.5", 123450),
        ("１２３４．５０", 123450),
        ("￥１，２３４．５０元", 123450),
        ("¥1234", 123400),
        (" 300000 ", 30000000),
        ("　0.05　", 5),
        ("0", 0),
        ("007", 700),
        ("1,000,000", 100000000),
    ],
)
def test_what_people_type_is_read(text, cents):
    assert parse_yuan(text) == cents


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "请填写金额"),
        ("　", "请填写金额"),
        ("1.234", "两位小数"),
        ("１，２３４．５６７元", "两位小数"),
        ("12,34", "无法识别"),
        ("1,2345", "无法识别"),
        ("一千元", "无法识别"),
        ("1e5", "无法识别"),
        ("3万", "无法识别"),
        ("1 000", "无法识别"),
        (".5", "无法识别"),
        ("5.", "无法识别"),
        ("12345678901234", "无法识别"),
        ("٣", "无法识别"),
        ("-5", "不能为负"),
        ("−5", "不能为负"),
        ("1.00\n2", "无法识别"),
    ],
)
def test_what_is_no_amount_is_refused_with_what_to_type(text, hint):
    with pytest.raises(Invalid, match=hint):
        parse_yuan(text)


def test_a_negative_amount_is_read_where_it_is_allowed():
    assert parse_yuan("-1,234.50", allow_negative=True) == -123450


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_what_is_written_reads_back(cents):
    assert parse_yuan(yuan(cents), allow_negative=True) == cents
