"""Names stand in the order of their numbers."""

import pytest

from gongzhi.values.text import by_number, unnumbered


def test_numbers_in_names_are_compared_as_numbers():
    assert sorted(["1001", "101", "102", "9"], key=by_number) == ["9", "101", "102", "1001"]
    assert sorted(["10幢", "2幢", "１１幢", "1幢"], key=by_number) == ["1幢", "2幢", "10幢", "１１幢"]
    assert sorted(["车位B-12", "101", "车位B-2"], key=by_number) == ["101", "车位B-2", "车位B-12"]


@pytest.mark.parametrize(
    "typed", ["（1）", "(12) ", "（一）", "1.", "1、", "2．", "3) ", "十二、", "①", "•", "- "]
)
def test_a_number_typed_before_a_part_is_not_counted_twice(typed: str):
    assert unnumbered(f"{typed}示例事项") == "示例事项"


@pytest.mark.parametrize(
    "text", ["3.5吨示例", "12幢示例", "一次性示例", "（示例）说明", "-0.5度", "2026年示例", "（1）"]
)
def test_what_only_looks_like_a_number_stays(text: str):
    assert unnumbered(text) == text
