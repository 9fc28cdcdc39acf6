"""Reading facts: one Chinese sentence a field, and nothing comes through that a database or a calendar cannot hold."""

from datetime import date
from typing import Any

import pytest
from pydantic import AwareDatetime, Field

from gongzhi.acts.canonical import canonical, digest
from gongzhi.acts.facts import Facts, read_facts, said_json
from gongzhi.values.refusals import Invalid


class Line(Facts):
    on: date = Field(title="日期")


class Said(Facts):
    name: str = Field(title="名称", min_length=1, max_length=10)
    count: int = Field(title="数量", ge=1, le=9)
    at: AwareDatetime | None = Field(title="时间", default=None)
    lines: tuple[Line, ...] = Field(title="明细", default=())


WHOLE = {"name": "示例", "count": 3}


def fields(raw: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        read_facts(Said, raw)
    return refused.value.fields


def test_each_wrong_field_gets_its_own_sentence() -> None:
    assert fields({"count": "三", "at": "2026-01-01T09:00:00", "extra": 1}) == {
        "name": "不能为空",
        "count": "要写成整数",
        "at": "要带时区，例如 2026-01-05T09:00:00+08:00",
        "extra": "没有这一项",
    }


def test_the_sentence_names_the_field_in_chinese() -> None:
    with pytest.raises(Invalid, match="“数量”不能大于 9"):
        read_facts(Said, WHOLE | {"count": 10})
    with pytest.raises(Invalid, match="“数量”不能小于 1"):
        read_facts(Said, WHOLE | {"count": -3})


@pytest.mark.parametrize("text", ["a\0b", "\ud800", {"x": "\0"}, ["\udfff"]])
def test_a_text_no_database_keeps_is_refused(text: Any) -> None:
    assert "含有无法保存的字符" in fields(WHOLE | {"name": text}).values()


@pytest.mark.parametrize("on", ["9999-12-31", "0001-01-01", "1899-12-31", "2201-01-01"])
def test_a_day_no_period_can_be_counted_from_is_refused(on: str) -> None:
    assert fields(WHOLE | {"lines": [{"on": "2026-01-01"}, {"on": on}]}) == {
        "lines.1.on": "应在1900年至2200年之间"
    }
    assert fields(WHOLE | {"at": f"{on}T00:00:00+00:00"}) == {"at": "应在1900年至2200年之间"}


@pytest.mark.parametrize("raw", [[], "x", 7, True])
def test_what_is_no_object_is_refused(raw: Any) -> None:
    assert fields(raw)


def test_facts_are_frozen_and_come_back_from_their_json() -> None:
    facts = read_facts(Said, WHOLE | {"lines": [{"on": "2026-03-02"}]})
    assert Said.model_validate(said_json(facts)) == facts
    with pytest.raises(ValueError, match="frozen"):
        facts.name = "另"  # type: ignore[misc]


def test_the_same_meaning_has_the_same_bytes() -> None:
    assert canonical({"b": 1, "a": [date(2026, 3, 2)]}) == b'{"a":["2026-03-02"],"b":1}'
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
