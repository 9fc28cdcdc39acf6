"""Facts read back in words."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import pytest
from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import Facts, said_json
from gongzhi.procedures.standing import BASE
from gongzhi.ui.forms.told import Pair, gist, pairs_of, put_right
from gongzhi.values.now import ZONE

BODY = UUID("0192f3a0-0000-7000-8000-000000000001")


class Row(Facts):
    """One row."""

    code: Literal["original", "missing"] = Field(title="状态")
    note: str = Field(title="说明", default="")


class Example(Facts):
    """One of each kind."""

    on: date = Field(title="日期")
    at: AwareDatetime = Field(title="时间")
    amount_cents: int = Field(title="金额（分）")
    floor_area: Decimal = Field(title="面积")
    agreed: bool = Field(title="是否同意")
    mode: Literal["hire", "emergency"] = Field(title="接替安排（hire 正在选聘，emergency 应急服务）")
    organisation: UUID = Field(title="单位")
    way: str = Field(title="方式", pattern="^(platform|direct)$")
    names: tuple[str, ...] = Field(title="姓名")
    rows: tuple[Row, ...] = Field(title="各项")
    password: str = Field(title="密码", default="", exclude=True)
    left: str = Field(title="不填的", default="")


def said(**more: object) -> dict[str, object]:
    """An answer to each."""
    facts = Example(
        on=date(2026, 6, 30),
        at=datetime(2026, 3, 2, 9, 0, tzinfo=ZONE),
        amount_cents=2_386_040,
        floor_area=Decimal("89.42"),
        agreed=False,
        mode="hire",
        organisation=BODY,
        way="platform",
        names=("示例甲", "示例乙"),
        rows=(Row(code="original"), Row(code="missing", note="示例遗失")),
    )
    return said_json(facts) | more


def words(pairs: tuple[Pair, ...]) -> dict[str, str]:
    """Title → words."""
    return {pair.title: pair.words for pair in pairs}


def test_every_kind_of_answer_is_read_back_as_people_read_it() -> None:
    told = pairs_of(Example, said(password="x"), {str(BODY): "示例物业"}, {"way": [("platform", "平台报送")]})
    assert words(told) == {
        "日期": "2026-06-30 周二",
        "时间": "2026-03-02 周一 09:00",
        "金额": "23,860.40 元",
        "面积": "89.42 ㎡",
        "是否同意": "否",
        "接替安排": "正在选聘",
        "单位": "示例物业",
        "方式": "平台报送",
        "姓名": "示例甲、示例乙",
        "各项": "2 项",
    }
    rows = next(pair for pair in told if pair.name == "rows").rows
    assert [words(row) for row in rows] == [{"状态": "原件"}, {"状态": "缺失", "说明": "示例遗失"}]


def test_an_answer_nobody_asks_for_any_longer_is_still_read() -> None:
    assert pairs_of(Row, {"code": "original", "older": ["甲", True]})[-1].words == "甲；是"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({"note": "甲"}, {"note": "乙"}, ("乙", "甲")),
        ({"note": "甲"}, {"note": ""}, ("", "甲")),
        ({"note": ""}, {"note": "乙"}, ("乙", "未填写")),
        ({"note": "甲"}, {"note": "甲"}, ("甲", "")),
    ],
)
def test_what_was_put_right_keeps_what_it_was(
    before: dict[str, str], now: dict[str, str], expected: tuple[str, str]
) -> None:
    [pair] = put_right(pairs_of(Row, now), pairs_of(Row, before))
    assert (pair.words, pair.was) == expected


def test_what_was_put_right_twice_keeps_both() -> None:
    said = [pairs_of(Row, {"note": words}) for words in ("丙", "甲", "乙")]
    assert put_right(*said)[0].was == "甲，又 乙"
    assert put_right(said[0], said[0], said[2])[0].was == "乙"


def test_the_gist_is_the_first_short_answers() -> None:
    pairs = (
        Pair("a", "甲", "x" * 25),
        Pair("b", "乙", "一"),
        Pair("c", "丙", "二", rows=((),)),
        Pair("d", "丁", "三"),
    )
    assert gist(pairs) == "乙 一；丁 三"


def test_a_period_is_told_in_words_and_never_in_its_short_form() -> None:
    kind = BASE["extend"].facts
    told = {
        each: words(pairs_of(kind, {"period": each}))["延长"] for each in ("P15D", "P15WD", "PT24H", "P3M")
    }
    assert list(told.values()) == ["15日", "15个工作日", "24小时", "3个月"]
