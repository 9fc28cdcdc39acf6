"""Numbers as a letter writes them."""

import pytest

from gongzhi.values.citations import Citation
from gongzhi.values.numerals import articles_in_words, chinese_number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (58, "五十八"), (100, "一百"), (105, "一百零五"),
        (110, "一百一十"), (278, "二百七十八"), (946, "九百四十六"), (1002, "一千零二"), (1020, "一千零二十"),
        (1259, "一千二百五十九"),
    ],
)  # fmt: skip
def test_numbers_of_articles(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_others_have_none(number: int) -> None:
    with pytest.raises(ValueError, match="numeral"):
        chinese_number(number)


def test_only_the_parts_of_a_text_are_put_into_words() -> None:
    assert articles_in_words("第20条第1款第3项；第2笔，15日") == "第二十条第一款第三项；第2笔，15日"
    assert articles_in_words("第五十八条") == "第五十八条"


def test_a_citation_in_a_letter() -> None:
    assert Citation("示例办法", "第10条第1项").in_words() == "《示例办法》第十条第一项"
