"""In which articles numbered provisions stand, where their text decides; worked out by hand."""

from datetime import date

import pytest

from gongzhi.law.articles import articles_at
from gongzhi.law.book import LawBook
from gongzhi.law.layers import Adopted
from gongzhi.law.shipped import packaged_book

ON = date(2026, 3, 2)
BAISHAN, COUNTY, ELSEWHERE = "2206", "220602", "330681"


def adopted(*adoptions: Adopted) -> LawBook:
    """The packs as they are shipped, with what places have adopted."""
    shipped = packaged_book()
    return LawBook(shipped.packs, shipped.keys, shipped.parents, adoptions=adoptions)


@pytest.fixture
def book() -> LawBook:
    return adopted(Adopted(BAISHAN, "BS", date(2026, 1, 1)))


def test_an_adopted_text_is_cited_where_it_decides_and_from_its_day(book: LawBook) -> None:
    (found,) = articles_at(book, ["BS-041"], COUNTY, ON)
    assert str(found) == "《白山市物业服务人退出及应急服务管理办法》第12条"
    assert articles_at(book, ["BS-041"], ELSEWHERE, ON) == ()
    assert articles_at(book, ["BS-041"], COUNTY, date(2025, 12, 31)) == ()


def test_a_text_that_nobody_adopted_is_no_ground_and_one_county_adopts_for_itself_alone() -> None:
    assert articles_at(packaged_book(), ["BS-041"], COUNTY, ON) == ()
    own = adopted(Adopted(COUNTY, "BS", date(2026, 1, 1)))
    assert articles_at(own, ["BS-041"], BAISHAN, ON) == ()
    assert len(articles_at(own, ["BS-041"], COUNTY, ON)) == 1


def test_provisions_of_one_article_name_it_once_in_the_order_they_are_given(book: LawBook) -> None:
    found = articles_at(book, ["BS-058", "BS-041", "BS-059", "ZJ-017"], COUNTY, ON)
    assert [one.article for one in found] == list(dict.fromkeys(one.article for one in found))
    assert found[1].article == "第12条"
