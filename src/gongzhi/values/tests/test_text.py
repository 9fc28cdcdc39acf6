"""Names stand in the order of their numbers."""

from gongzhi.values.text import by_number


def test_numbers_in_names_are_compared_as_numbers():
    assert sorted(["1001", "101", "102", "9"], key=by_number) == ["9", "101", "102", "1001"]
    assert sorted(["10幢", "2幢", "１１幢", "1幢"], key=by_number) == ["1幢", "2幢", "10幢", "１１幢"]
    assert sorted(["车位B-12", "101", "车位B-2"], key=by_number) == ["101", "车位B-2", "车位B-12"]
