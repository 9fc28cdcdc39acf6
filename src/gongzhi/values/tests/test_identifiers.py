"""The samples of the standards and one published code; every other number is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.values.identifiers import (
    check_mobile,
    check_resident_id,
    check_uscc,
    has_personal_number,
    mask_id,
    mask_name,
    mask_phone,
    normalise,
    normalise_mobile,
)

PROVINCE_OFFICE = "11220000013544541J"
SAMPLE, SECOND_SAMPLE = "11010519491231002X", "440524188001010014"


def full_width(text):
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


# ── reading ──


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (full_width(SAMPLE), SAMPLE),
        (" 110105 19491231 002x ", SAMPLE),
        ("110105-19491231-002x", SAMPLE),
        ("11010519491231002X\u200b", SAMPLE),
        ("　1122　0000013544541j", PROVINCE_OFFICE),
        ("", ""),
    ],
)
def test_a_code_is_stored_half_width_without_blanks(typed, stored):
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["13800000000", "+86 138 0000 0000", "0086-138-0000-0000", full_width("+8613800000000"), "138 0000 0000"],
)
def test_a_mobile_number_is_stored_without_the_countrys_prefix(typed):
    assert normalise_mobile(typed) == "13800000000"


# ── credit codes ──


@pytest.mark.parametrize(
    "code",
    [
        PROVINCE_OFFICE,
        "912206000000000008",
        "52330681ABCDEFG14K",
        "91220600MA0TEXT04C",
        "91220600MA0TEXT8X2",
        PROVINCE_OFFICE.lower(),
    ],
)
def test_a_credit_code_with_right_checks_raises_no_doubt(code):
    assert check_uscc(code) == []


@pytest.mark.parametrize(
    ("code", "doubts"),
    [
        ("", ["应为18位，现为0位"]),
        ("11220000013544541", ["应为18位，现为17位"]),
        ("11220000013544541I", ["不使用“I”"]),
        ("1122000001354454OS", ["不使用“O、S”"]),
        ("11220000013544541K", ["第18位"]),
        ("11220000013544542J", ["第9至17位", "第18位"]),
        ("912206000000000018", ["第9至17位", "第18位"]),
        ("9122A6000000000008", ["第3至8位", "第18位"]),
    ],
)
def test_a_doubtful_credit_code_is_warned_about(code, doubts):
    warnings = check_uscc(code)
    assert len(warnings) == len(doubts)
    assert all(doubt in warning for doubt, warning in zip(doubts, warnings, strict=True))


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_of_a_credit_code_is_always_noticed(place, sign):
    code = PROVINCE_OFFICE[:place] + sign + PROVINCE_OFFICE[place + 1 :]
    assert bool(check_uscc(code)) == (code != PROVINCE_OFFICE)


# ── resident numbers ──


@pytest.mark.parametrize("number", [SAMPLE, SECOND_SAMPLE, SAMPLE.lower(), full_width(SAMPLE)])
def test_the_standards_own_samples_raise_no_doubt(number):
    assert check_resident_id(number) == []


@pytest.mark.parametrize(
    ("number", "doubts"),
    [
        ("", ["应为18位"]),
        ("110105491231002", ["15位旧身份号码"]),
        ("1101051949123100", ["应为18位"]),
        ("X10105194912310022", ["应为18位"]),
        ("010105194912310022", ["应为18位"]),
        ("110105194912310021", ["校验位"]),
        ("11010519491331002X", ["出生日期", "校验位"]),
        ("220600200002300016", ["出生日期"]),  # 30 February, with a right check
        ("110105179912310023", ["出生日期", "校验位"]),
    ],
)
def test_a_doubtful_resident_number_is_warned_about(number, doubts):
    warnings = check_resident_id(number)
    assert len(warnings) == len(doubts)
    assert all(doubt in warning for doubt, warning in zip(doubts, warnings, strict=True))


@given(st.integers(0, 16))
def test_two_neighbours_exchanged_are_always_noticed(place):
    signs = list(SAMPLE)
    signs[place], signs[place + 1] = signs[place + 1], signs[place]
    number = "".join(signs)
    assert bool(check_resident_id(number)) == (number != SAMPLE)


# ── mobile numbers ──


@pytest.mark.parametrize(
    "number", ["13800000000", "19900000000", "+8613800000000", full_width("13800000000")]
)
def test_a_mobile_number_of_eleven_digits_raises_no_doubt(number):
    assert check_mobile(number) == []


@pytest.mark.parametrize(
    "number", ["", "1380000000", "138000000000", "12800000000", "0439-0000000", "1380000000a"]
)
def test_what_is_no_mobile_number_is_warned_about(number):
    assert check_mobile(number) == ["手机号码应为11位数字，以13至19开头，请核对。"]


# ── masks ──


@pytest.mark.parametrize(
    ("name", "masked"), [("张三", "张*"), ("张某某", "张**"), ("甲", "*"), ("", ""), (" 张三 ", "张*")]
)
def test_a_name_keeps_its_first_character(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (SAMPLE, "110***********002X"),
        ("110105 19491231 002x", "110***********002X"),
        ("110105491231002", "110********1002"),
        ("E00000000", "*********"),
        ("", ""),
    ],
)
def test_an_identity_number_keeps_its_ends(number, masked):
    assert mask_id(number) == masked
    assert mask_id(number).count("*") >= len(number.replace(" ", "")) - 7


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800000000", "138****0000"),
        ("+86 138 0000 0000", "138****0000"),
        ("0439-0000000", "*******0000"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_telephone_number_keeps_its_last_four(number, masked):
    assert mask_phone(number) == masked


@given(st.text(min_size=2, max_size=40))
def test_a_mask_of_a_name_shows_one_character_at_most(name):
    assert len(mask_name(name).replace("*", "")) <= 1 + name.count("*")


@pytest.mark.parametrize(
    "text",
    [
        *("打13800000000", "打138-0000-0000", "+86 138 0000 0000", "１３８００００００００", "0439-3456789"),
        *("（0439）3456789", "电话3456789", "110105194912310021", "11010519491231002X"),
    ],
)
def test_a_number_of_somebody_is_found_within_a_text(text):
    assert has_personal_number(text)


@pytest.mark.parametrize(
    "text", ["2026-12-01 18:30 在东门", "20261201", "公示〔2026〕220602-1", "3号楼2单元1501室", "已打12345"]
)
def test_a_day_a_notice_and_a_door_are_nobodys_number(text):
    assert not has_personal_number(text)
