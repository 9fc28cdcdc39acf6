"""A list that is empty because of what was asked is no good news: only "nothing to do" bears a tick."""

import re
from pathlib import Path

import pytest

from architecture.reading import PACKAGE

#: An `empty` with words of its own; that of a loop has none.
EMPTY = re.compile(r'{% empty "(?P<words>[^"]*)"(?P<rest>[^%]*)%}')
#: Words of a search or a filter in vain, and of a search that nobody began.
IN_VAIN = re.compile(r"没有找到|没有符合条件|没有这|这个筛选下|输入")


def ticked(text: str) -> list[str]:
    """What a template says was not found and yet ticks off."""
    found = [(one["words"], one["rest"]) for one in EMPTY.finditer(text)]
    return [words for words, rest in found if IN_VAIN.search(words) and "is_missing=True" not in rest]


def templates() -> list[Path]:
    """The templates of every room."""
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


def test_what_was_not_found_is_not_ticked_off() -> None:
    assert sum(bool(EMPTY.search(path.read_text("utf-8"))) for path in templates()) > 20
    found = {str(path.relative_to(PACKAGE)): ticked(path.read_text("utf-8")) for path in templates()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{% empty "没有找到" "换一个名称再试。" %}', ["没有找到"]),
        ('{% empty "这个筛选下没有案件" "换一个条件。" "/cases/" "看全部" %}', ["这个筛选下没有案件"]),
        ('{% empty "没有找到" is_missing=True %}', []),
        ('{% empty "现在没有等您办的事" %}{% empty %}', []),
    ],
)
def test_a_tick_at_what_was_not_found_is_seen(text: str, words: list[str]) -> None:
    assert ticked(text) == words
