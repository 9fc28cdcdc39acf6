"""By which articles a step is done; what they are is read off the texts by hand."""

from datetime import date

import pytest

from gongzhi.exits.tests.play import adopt_baishan, at
from gongzhi.procedures import catalogue
from gongzhi.procedures.articles import MOST, articles_of
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.registry.tests.cast import build_cast

ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _divisions(db: None) -> None:
    build_cast(at("2026-03-02 09:00"), areas=())


def told(code: str, name: str, at: str = "220602") -> list[str]:
    """The articles of a step, without the names of their texts."""
    return [one.article for one in articles_of(catalogue.find(code).step(name), CaseLaw(at, ON))]


def test_a_step_rests_on_what_it_realises_where_the_text_decides() -> None:
    assert told("exit", "application") == []
    adopt_baishan()
    assert told("exit", "application") == ["第12条"]
    assert told("exit", "agreement") == ["第9条第3项", "第12条"]
    assert told("exit", "application", at="330681") == []


def test_what_it_asks_the_law_is_cited_wherever_a_text_answers() -> None:
    assert told("exit", "copies", at="330681") == ["第34条", "第947条"]


def test_points_of_one_article_are_the_article_and_no_more_are_told_than_fit() -> None:
    adopt_baishan()
    assert told("settlement", "report") == ["第14条"]
    assert len(told("exit", "departure")) == MOST


def test_the_time_of_one_task_alone_is_not_what_the_step_rests_on() -> None:
    adopt_baishan()
    assert told("exit", "publicity") == ["第12条"]
