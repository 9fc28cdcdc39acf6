"""The parts of a page: their states, their figures, and what their templates show."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from gongzhi.law.value import SET_HERE
from gongzhi.procedures.declare import Procedure
from gongzhi.ui.parts import (
    badges,
    chip,
    days,
    figures,
    fortnight,
    listing,
    lists,
    managers,
    ruler,
    said,
    steps,
    working,
)
from gongzhi.ui.parts.browsers import browser_words
from gongzhi.ui.pieces import Piece
from gongzhi.values.now import ZONE


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


#: 19 November 2026 is a Thursday.
NOW = at("2026-11-19 10:28")


def shown(source: str, **context: Any) -> str:
    return Template("{% load parts words %}" + source).render(Context(context))


# Countdown ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        ("2026-12-14 00:00", "calm", "还剩 24 日"),
        ("2026-11-24 00:00", "near", "还剩 4 日"),
        ("2026-11-27 00:00", "near", "还剩 7 日"),
        ("2026-11-28 00:00", "calm", "还剩 8 日"),
        ("2026-11-21 00:00", "near", "还剩 1 日"),
        ("2026-11-20 00:00", "today", "今日到期"),
        ("2026-11-19 16:40", "today", "还剩 6 小时 12 分"),
        ("2026-11-20 09:00", "today", "还剩 22 小时 32 分"),
        ("2026-11-18 00:00", "over", "逾期 2 日"),
        ("2026-11-19 00:00", "over", "逾期 1 日"),
        ("2026-11-19 10:00", "over", "逾期 28 分"),
    ],
)
def test_a_countdown_says_its_state_in_words(due: str, state: str, words: str) -> None:
    made = chip.countdown(at(due), NOW, near=7)
    assert made is not None
    assert (made.state, made.words) == (state, words)
    assert chip.ICONS[made.state] in {"clock", "hourglass-low", "alarm", "alert-triangle"}


def test_no_date_has_no_chip_and_a_paused_one_says_since_when() -> None:
    assert chip.countdown(None, NOW, near=7) is None
    assert chip.paused(at("2026-11-17 09:00"), NOW, "余 4 日").words == "中止第 3 日"
    assert chip.finished(at("2026-11-18 09:00"), at("2026-11-19 00:00")).words == "按期办结"
    assert chip.finished(at("2026-11-19 09:00"), at("2026-11-19 00:00")).words == "逾期办结"


@pytest.mark.parametrize("minimum", [False, True])
def test_what_ended_without_ever_having_a_date_was_not_in_time(minimum: bool) -> None:
    clock = {**CLOCK, "state": "met", "due_at": None, "met_at": NOW, "minimum": minimum}
    made = chip.of_clock(clock, NOW, near=7)
    assert made is not None
    assert (made.state, made.words) == ("ended", "已办结")
    assert '<span class="cd ended">' in shown("{% clock_chip clock at 7 %}", clock=clock, at=NOW)


def test_a_paused_clock_says_what_was_left_when_it_stopped() -> None:
    # stopped on the 17th, its last day was the 23rd; on the 19th it stands still for the third day
    clock = {**CLOCK, "state": "suspended", "due_at": None, "left": "6 日"}
    halts = [{"from_at": at("2026-11-17 09:00"), "to_at": None}]
    made = chip.of_clock(clock, NOW, 7, halts)
    assert made is not None
    assert (made.words, made.left) == ("中止第 3 日", "中止时还剩 6 日")
    for left, words in (("还没有起算", "中止时还没有起算"), ("", "")):
        other = chip.of_clock({**clock, "left": left}, NOW, 7, halts)
        assert other is not None
        assert (other.words, other.left) == ("中止第 3 日", words)


def test_a_chip_has_icon_words_and_a_machine_s_time() -> None:
    text = shown("{% countdown due at 7 False %}", due=at("2026-11-24 00:00"), at=NOW)
    assert 'class="cd near"' in text
    assert "<svg" in text
    assert '<time datetime="2026-11-24T00:00:00+08:00">还剩 4 日</time>' in text
    assert "暂定" in text


def test_rows_are_grouped_by_urgency_and_empty_groups_left_out() -> None:
    rows = [at("2026-11-18 00:00"), at("2026-11-20 00:00"), at("2026-12-30 00:00"), None]
    groups = chip.by_urgency(rows, lambda row: row, NOW, near=7)
    halted = chip.by_urgency(rows[:1], lambda row: row, NOW, 7, lambda row: at("2026-11-17 09:00"))
    assert [(group.title, group.rows[0][1].words) for group in halted] == [("已中止", "中止第 3 日")]
    assert [(group.title, len(group.rows)) for group in groups] == [
        ("已逾期", 1),
        ("今日到期", 1),
        ("以后", 1),
        ("没有期限", 1),
    ]


def test_dates_carry_their_weekday() -> None:
    assert days.short_day(date(2026, 11, 23)) == "11-23 周一"
    assert days.binding(at("2026-11-24 00:00")) == "2026 年 11 月 23 日 星期一 24:00"
    assert days.day_weekday(NOW) == "2026-11-19 周四"
    assert days.short_due(at("2026-11-28 18:00")) == "11-28 周六 18:00"


def test_a_short_date_of_another_year_than_the_page_says_it() -> None:
    days.read_on(at("2026-12-01 04:56"))
    try:
        assert days.short_due(at("2027-01-01 00:00")) == "12-31 周四 24:00"
        assert days.short_due(at("2028-02-01 00:00")) == "2028-01-31 周一 24:00"
        assert days.short_day(date(2027, 10, 2)) == "2027-10-02 周六"
        assert (days.short_time(at("2026-01-01 00:00")), days.month_day(NOW)) == ("01-01 00:00", "11-19")
        assert days.short_time(at("2025-12-31 23:59")) == "2025-12-31 23:59"
    finally:
        days.read_on(None)
    assert days.short_day(date(2027, 10, 2)) == "10-02 周六"


# Ruler and working --------------------------------------------------------------------------------------------------

CLOCK: dict[str, Any] = {
    "id": "one",
    "step": "report",
    "title": "示例退还期限",
    "state": "running",
    "anchor": "report.signed",
    "anchor_at": at("2026-11-06 15:20"),
    "minimum": False,
    "due_at": at("2026-11-24 00:00"),
    "due_on": date(2026, 11, 23),
    "advised_on": None,
    "exact": True,
    "working": [
        "起算日：2026年11月6日（周五）",
        "首日不计，自2026年11月7日（周六）起算15日",
        "最后一日为休息日，顺延至下一工作日",
        "跳过：2026年11月21日（周六）",
        "跳过：2026年11月22日（周日）",
        "由2026年11月21日（周六）顺延至2026年11月23日（周一）",
        "截止：2026年11月23日（周一）24:00",
        "日历版本：2024–2026#879f42",
    ],
    "citations": [{"instrument": "中华人民共和国民法典", "article": "第203条"}],
    "calendar": "2024–2026#879f42",
    "warnings": [],
    "moves": [],
    "met_at": None,
}
CASE: dict[str, Any] = {"steps": [{"code": "report", "title": "示例确认书"}], "suspensions": []}


def test_the_ruler_of_a_rolled_period_hatches_what_is_not_counted() -> None:
    made = working.working(CLOCK, NOW, CASE).ruler
    assert made is not None
    kinds = [cell.kind for cell in made.cells]
    assert len(kinds) == 18
    assert kinds[0] == "off"
    assert kinds[1:13] == ["past"] * 12
    assert kinds[13:] == ["now", "coming", "off", "off", "due"]
    assert [cell.label for cell in made.cells if cell.label] == ["11-06", "今天", "11-23"]


def test_what_stopped_early_is_filled_no_further_than_it_came() -> None:
    first, last, at = date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 1)
    made = ruler.ruler(first, last, at, minimum=True, stopped=date(2026, 3, 5))
    assert [cell.kind for cell in made.cells] == ["off", "past", "past", *["coming"] * 5]
    assert made.words.endswith("，2026-03-05 停止")
    assert [cell.label for cell in made.cells if cell.label] == ["03-02", "停止", "03-09"]
    whole = ruler.ruler(first, last, at, minimum=True, stopped=date(2026, 3, 10))
    assert whole == ruler.ruler(first, last, at, minimum=True)


def test_today_is_labelled_only_where_no_label_at_an_end_is_near() -> None:
    """Eight days on a telephone of 360 pixels in large type: a label at an end takes a good eighth."""
    first, last = date(2026, 3, 2), date(2026, 3, 9)
    shown = {
        day: "今天" in [cell.label for cell in ruler.ruler(first, last, date(2026, 3, day)).cells]
        for day in range(2, 10)
    }
    assert [day for day, is_shown in shown.items() if is_shown] == [4, 5, 6, 7]


def test_a_ruler_over_a_new_year_or_of_another_year_says_the_years() -> None:
    over = ruler.ruler(date(2026, 12, 28), date(2027, 1, 6), date(2027, 1, 1))
    assert (over.cells[0].label, over.cells[-1].label) == ("2026-12-28", "2027-01-06")
    past = ruler.ruler(date(2026, 3, 2), date(2026, 3, 9), date(2027, 1, 1))
    assert (past.cells[0].label, past.cells[-1].label) == ("2026-03-02", "2026-03-09")
    now = ruler.ruler(date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 5))
    assert (now.cells[0].label, now.cells[-1].label) == ("03-02", "03-09")


def test_a_ruler_over_forty_five_days_counts_weeks() -> None:
    made = ruler.ruler(date(2026, 3, 2), date(2026, 5, 31), date(2026, 3, 20))
    assert made.by_weeks
    assert len(made.cells) == 13
    assert [cell.kind for cell in made.cells][:4] == ["past", "past", "now", "coming"]
    assert made.cells[-1].kind == "due"
    whole = ruler.ruler(date(2026, 3, 1), date(2026, 4, 14), date(2026, 3, 20))
    assert not whole.by_weeks


def test_suspended_days_are_told_from_those_not_counted() -> None:
    halted = [(date(2026, 3, 4), date(2026, 3, 5))]
    made = ruler.ruler(date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 7), halted=halted, minimum=True)
    assert [cell.kind for cell in made.cells] == [
        *("off", "past", "halt", "halt", "past", "now", "coming", "coming", "full")
    ]


def test_the_working_has_its_rows_in_their_order() -> None:
    text = shown("{% working clock at case %}", clock=CLOCK, at=NOW, case=CASE)
    assert "2024–2026年的放假安排" in text
    assert "879f42" not in text
    rows = ["从哪天起", "规则", "数日子", "跳过", "用的日历", "得到"]
    assert sorted(rows, key=text.index) == rows
    assert "2026年11月6日（周五） 示例确认书签署" in text
    assert "原文未写" not in text
    assert "2026 年 11 月 23 日 星期一 24:00" in text
    lines = [*CLOCK["working"], f"{SET_HERE}示例局于2026-05-20设定"]
    local = shown("{% working clock at case %}", clock=CLOCK | {"working": lines}, at=NOW, case=CASE)
    assert "<dt>原文未写</dt><dd>示例局于2026-05-20设定 " in local
    assert 'class="cite local"' in local
    assert 'class="cite "' not in local
    assert "本地设定" in local


def test_a_provisional_date_says_so_and_a_clock_of_hours_has_no_ruler() -> None:
    text = shown("{% working clock at %}", clock=CLOCK | {"exact": False, "due_on": None}, at=NOW)
    assert "暂定" in text
    assert "数日子" not in text


def test_of_two_periods_the_binding_one_stands_first() -> None:
    later = CLOCK | {"id": "two", "title": "示例另一期限", "due_at": at("2026-12-14 00:00")}
    conflict = {"clocks": ["one", "two"], "binds": "one", "sentence": "两个期限，以先到为准"}
    text = shown("{% two_clocks conflict clocks at %}", conflict=conflict, clocks=[later, CLOCK], at=NOW)
    assert text.index("示例退还期限") < text.index("示例另一期限")
    assert text.index("以此为准") < text.index("另一个")


def test_the_two_weeks_show_rest_days_make_up_days_and_what_falls_on_them() -> None:
    # 2026: National Day 1 to 7 October; Saturday 10 October is worked in its place
    cells = fortnight.fortnight([fortnight.Due(date(2026, 9, 30), "示例答复", "near")], date(2026, 9, 29))
    assert (cells[0].on, len(cells)) == (date(2026, 9, 27), 14)
    assert cells[2].is_today
    assert (cells[3].count, cells[3].state, cells[3].words) == (1, "near", "示例答复")
    assert cells[4].is_rest
    assert cells[4].words == "国庆节"
    made_up = next(cell for cell in cells if cell.on == date(2026, 10, 10))
    assert not made_up.is_rest


# A case -------------------------------------------------------------------------------------------------------------


def task(**more: Any) -> dict[str, Any]:
    return {
        "step": "first", "name": more.get("title", ""),
        "title": "示例事项", "state": "open", "role": {"role": "owners", "title": "业主方"}, "person": "",
        "organisation": {"id": 1, "name": "示例业主委员会"}, "acting_for": "", "vacant": False, "note": "",
        "mine": False, "due_at": None, "done_at": None, "void_why": "", "passed_on": [],
        "holds": True, "opened_at": NOW, "why_not": "", "not_before": None, "instead": False,
        "stands_still": False,
    } | more  # fmt: skip


def step(code: str, state: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code, "title": f"示例{code}", "state": state, "by": {"role": "provider", "title": "物业服务人"},
        "outcome": "", "decided_at": None, "skipped_why": "", "rounds": [],
    } | more  # fmt: skip


def a_round(number: int, **more: Any) -> dict[str, Any]:
    return {
        "number": number,
        "opened_at": NOW,
        "outcome": "",
        "void_at": None,
        "void_why": "",
        "tasks": [task()],
    } | more


def a_case() -> dict[str, Any]:
    torn = a_round(1, void_at=NOW, void_why="公示被撕")
    return {
        "steps": [
            step("one", "done", outcome="done", decided_at=at("2026-11-05 09:00")),
            step("two", "skipped", skipped_why="示例理由"),
            step("three", "open", rounds=[torn, a_round(2)]),
            step("four", "waiting"),
        ],
        "clocks": [CLOCK | {"step": "three"}],
        "suspensions": [],
        "tasks": [
            task(mine=True, due_at=at("2026-11-20 00:00")),
            task(title="示例别项", acting_for="业主大会"),
        ],
    }


def test_the_timeline_shows_every_state_its_reason_and_its_earlier_rounds() -> None:
    reasons = {"two": [{"instrument": "示例办法", "article": "第9条"}]}
    beside = steps.Beside(reasons=reasons)
    text = shown("{% step_timeline case at 7 beside %}", case=a_case(), at=NOW, beside=beside)
    assert text.count('aria-current="step"') == 1
    assert 'id="step-three" aria-current="step"' in text
    for state in ("st done", "st skipped", "st open", "st waiting"):
        assert f'class="{state}"' in text
    assert "跳过的理由：</b>示例理由" in text
    assert "示例办法 第9条" in text
    assert "第 1 轮" in text
    assert "公示被撕" in text
    assert "还剩 4 日" in text
    assert "11-05 周四" in text


def test_what_was_said_in_a_step_that_is_done_is_folded_while_something_is_left_to_do() -> None:
    case, waits = a_case(), task(title="示例回执", state="open")
    case["steps"][0]["rounds"] = [a_round(1, tasks=[waits])]
    saying = said.Saying(
        id="1", at=NOW, step="one", round=1, task="", title="示例提交", of="", who="示例甲", capacity=""
    )
    lists_of = [Piece("ui/parts/_listings.html", [listing.Listing("示例清单")])]
    forms = [Piece("ui/parts/_listings.html", [listing.Listing("示例表单")], stays=True)]
    pieces = dict.fromkeys(("one", "three"), lists_of + forms)
    beside = steps.Beside(pieces=pieces, said=said.by_round([saying]))
    made = steps.timeline(case, NOW, 7, beside)
    assert [line.is_folded for line in made.steps] == [True, False, False, False]
    text = shown("{% step_timeline case at 7 beside %}", case=case, at=NOW, beside=beside)
    done, rest = text.split('<li class="st skipped"')
    folded, _, stays = done.partition("</details>")
    assert '<details class="fold did"><summary>办理情况：填写 1 次' in folded
    assert "示例提交" in folded
    assert "示例清单" in folded
    # who has something left to do there finds it without opening anything
    assert "待办：示例回执" in stays
    assert "示例表单" in stays
    assert '<details class="fold did">' not in rest
    assert "示例清单" in rest
    over = case | {"tasks": [], "steps": case["steps"][:2]}
    assert not any(line.is_folded for line in steps.timeline(over, NOW, 7, beside).steps)


def test_a_void_round_says_so_while_the_step_waits_and_what_was_said_in_it_is_not_counted() -> None:
    given: dict[str, Any] = {"at": NOW, "task": "", "of": "", "who": "", "capacity": ""}
    turns = (("one", 1), ("one", 2), ("four", 1))
    sayings = [
        said.Saying(id=str(turn), step=code, round=turn, title=f"示例提交{turn}", **given)
        for code, turn in turns
    ]
    void = {"void_at": NOW, "void_why": "示例变更"}
    case, left = a_case(), task(title="示例取下")
    case["steps"][0]["rounds"] = [a_round(1, **void, tasks=[left]), a_round(2, tasks=[])]
    case["steps"][3]["rounds"] = [a_round(1, **void, tasks=[])]
    beside = steps.Beside(said=said.by_round(sayings))
    one, *_, four = steps.timeline(case, NOW, 7, beside).steps
    assert (one.said, four.said) == (1, 0)
    assert [wait.says for wait in one.waits] == ["待办：示例取下，示例业主委员会"]
    text = shown("{% step_timeline case at 7 beside %}", case=case, at=NOW, beside=beside)
    last = text.partition('id="step-four"')[2]
    assert (
        last.index("作废：示例变更")
        < last.index("<summary>第 1 轮填写的内容</summary>")
        < last.index("示例提交1")
    )


def test_a_long_list_is_folded_under_a_step_that_is_done() -> None:
    case = a_case() | {"tasks": [], "steps": a_case()["steps"][:1]}
    for rows, is_folded in ((listing.FEW, False), (listing.FEW + 1, True)):
        told = listing.Listing("示例清单", listing.columns("项目"), tuple((f"{n}",) for n in range(rows)))
        beside = steps.Beside(pieces={"one": [Piece("ui/parts/_listings.html", [told])]})
        text = shown("{% step_timeline case at 7 beside %}", case=case, at=NOW, beside=beside)
        assert (f"<summary>示例清单（{rows} 行）</summary>" in text) is is_folded


def test_a_task_that_waits_is_told_with_its_holder_its_day_and_how_it_passed() -> None:
    moved = {
        "before": None,
        "after": {"id": "1", "name": "示例社区"},
        "why": "边界调整",
        "at": at("2026-11-06 09:00"),
    }
    waiting = task(vacant=True, acting_for="业主大会", due_at=at("2026-11-20 00:00"), passed_on=[moved])
    case = a_case()
    case["steps"][2]["rounds"] = [a_round(1, tasks=[waiting, task(title="示例已办", state="done")])]
    text = shown("{% step_timeline case at 7 beside %}", case=case, at=NOW, beside=steps.Beside())
    told = re.sub("<[^>]+>", "", text)
    assert "待办：示例事项，示例业主委员会（代行：业主大会） 无人承办，11-19 周四 24:00 前" in told
    assert "11-06 周五 由（无）转交示例社区：边界调整" in told
    assert "示例已办" not in text


def test_steps_of_other_grounds_are_one_line_that_opens_and_are_not_numbered() -> None:
    beside = steps.Beside(
        aside=frozenset({"two"}), reasons={"two": [{"instrument": "示例办法", "article": "第9条"}]}
    )
    text = shown(
        "{% step_timeline case at 7 beside %}",
        case=a_case() | {"variant_title": "示例"},
        at=NOW,
        beside=beside,
    )
    shown_steps, aside = text.split('<details class="aside">')
    assert 'id="step-two"' not in shown_steps
    assert "另有 1 步不适用于本事由" in aside
    assert "跳过的理由：</b>示例理由" in aside
    assert "示例办法 第9条" in aside
    # three and four are the second and the third of those that are left
    assert re.findall(r'<span class="nd">(\d+)</span>', shown_steps) == ["2", "3"]


def act(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name, "at": NOW, "act": name, "title": f"示例{name}", "step": "three", "round": 2, "task": "",
        "organisation": {"id": 1, "name": "示例单位"}, "person": "示例甲", "post": "officer", "facts": {},
        "labels": {}, "papers": [], "corrects": None,
    } | more  # fmt: skip


def test_of_a_long_round_the_newest_stand_open_and_a_correction_stands_with_what_it_put_right() -> None:
    acts = [act(f"a{number}") for number in range(7)]
    acts.append(act("correct", corrects="a6", facts={"reason": "示例笔误", "facts": {}}))
    case = a_case() | {"history": acts, "papers": [], "tasks": []}
    told = said.sayings(case, Procedure, {})
    course = said.by_round(told)["three", 2]
    assert [len(course.folded), [one.id for one in course.shown]] == [3, ["a3", "a4", "a5", "a6"]]
    assert [fix.why for fix in course.shown[-1].corrections] == ["示例笔误"]
    assert course.shown[0].capacity == "经办人"
    text = shown(
        "{% step_timeline case at 7 beside %}",
        case=case,
        at=NOW,
        beside=steps.Beside(said=said.by_round(told)),
    )
    assert "此前还有 3 次填写" in text
    assert "示例笔误" in text
    everything = shown("{% history told %}", told=told)
    assert everything.index("更正") < everything.index("示例a0")


def test_the_turn_band_says_whose_turn_it_is_who_is_awaited_and_what_cannot_be_done() -> None:
    blocked = [steps.Blocked("登记离场", "尚无接续单位")]
    text = shown("{% turn_band case blocked %}", case=a_case(), blocked=blocked)
    assert "示例业主委员会，也就是您" in text
    assert "11-19 周四 24:00 前" in re.sub("</?span[^>]*>", "", text)
    assert "代行：业主大会" in text
    assert "尚无接续单位" in text
    nobody = a_case() | {"tasks": []}
    assert "没有待办事项" in shown("{% turn_band case %}", case=nobody)


def test_the_turn_band_says_of_what_stands_still_that_it_is_nobodys_turn() -> None:
    still = {"stands_still": True, "why_not": "案件已暂停计时，恢复后再办。", "note": "示例提示"}
    case = a_case() | {"tasks": [task(title="示例甲事", mine=True, **still)], "children": []}
    text = shown("{% turn_band case %}", case=case)
    assert "案件已暂停计时" in text
    assert "恢复计时后由示例业主委员会办" in text
    assert "也就是您" not in text
    # what runs on is somebody's turn all the same, and a note goes on from why it is left
    left = task(title="示例乙事", mine=True, why_not="请换一位同事。", note="示例提示")
    text = shown("{% turn_band case %}", case=case | {"tasks": [*case["tasks"], left]})
    assert "（请换一位同事；示例提示）" in text
    assert text.index("示例乙事") < text.index("示例甲事")


# Badges -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "disc", "style"),
    [
        ("subdistrict", "政", "gov"),
        ("county", "政", "gov"),
        ("community", "居", "com"),
        ("owners", "业", "own"),
        ("provider", "企", "firm"),
        ("firm", "三", "third"),
    ],
)
def test_a_role_has_its_disc_and_its_name_follows(role: str, disc: str, style: str) -> None:
    made = badges.role_badge(role, "示例单位")
    assert (made.disc, made.style, made.name) == (disc, style, "示例单位")
    assert badges.role_badge(role).name


def test_a_body_has_the_disc_of_its_kind_whatever_it_acts_as() -> None:
    made = badges.holder_badge("owners", "provider", "示例物业")
    assert (made.disc, made.style, made.name) == ("企", "firm", "示例物业")
    assert badges.holder_badge("owners", "residents_committee", "示例居委会").disc == "居"
    assert badges.holder_badge("owners", "developer", "示例开发公司").disc == "企"
    assert badges.holder_badge("owners", "", "示例业主").disc == "业"


def test_an_article_is_short_on_its_chip_and_whole_beside_it() -> None:
    made = badges.citation("白山市物业服务人退出及应急服务管理办法", "第15条")
    assert (made.words, made.whole) == ("白山办法 第15条", "《白山市物业服务人退出及应急服务管理办法》第15条")
    assert badges.citation("中华人民共和国民法典", "第203条").words == "民法典 第203条"
    assert badges.citation("示例办法", "").words == "示例办法"
    text = shown('{% citation "示例办法" "第1条" "draft" %}{% citation "示例办法" "第2条" "local" %}')
    assert "征求意见稿，仅供演练" in text
    assert "cite local" in text


def test_a_proof_is_said_in_plain_words() -> None:
    text = shown('{% proof_badge "公示已留证" %}{% proof_badge "照片缺 1 日" False %}')
    assert 'class="proof"' in text
    assert 'class="proof bad"' in text


# Figures ------------------------------------------------------------------------------------------------------------


def test_a_threshold_that_counts_itself_and_one_that_does_not() -> None:
    two_thirds = figures.threshold(
        Decimal("64318.92"), Decimal("91286.44"), Fraction(2, 3), name="面积", words="三分之二", unit="㎡",
        inclusive=True, places=2,
    )  # fmt: skip
    # 91 286.44 × 2 ÷ 3 = 60 857.626…, so 60 857.63; 64 318.92 − 60 857.63 = 3 461.29
    assert (two_thirds.is_met, two_thirds.percent) == (True, "70.46%")
    assert two_thirds.label == "三分之二，60,857.63 ㎡"
    assert two_thirds.difference == "多 3,461.29 ㎡"
    half = figures.threshold(276, 577, Fraction(1, 2), name="人数", words="过半", unit="人", inclusive=False)
    # 577 ÷ 2 = 288.5, so at least 289; 289 − 276 = 13
    assert (half.is_met, half.percent, half.label) == (False, "47.83%", "过半，至少 289 人")
    assert half.difference == "差 13 人"


def test_exactly_the_mark_is_enough_only_where_it_counts() -> None:
    asked = {"name": "人数", "words": "示例", "unit": "人"}
    assert figures.threshold(2, 3, Fraction(2, 3), inclusive=True, **asked).is_met
    half = figures.threshold(5, 10, Fraction(1, 2), inclusive=False, **asked)
    assert (half.is_met, half.difference) == (False, "差 1 人")
    with pytest.raises(ValueError, match="whole"):
        figures.threshold(0, 0, Fraction(1, 2), inclusive=True, **asked)


def test_a_threshold_is_drawn_without_a_style_of_its_own() -> None:
    made = figures.threshold(276, 577, Fraction(1, 2), name="人数", words="过半", unit="人", inclusive=False)
    text = shown("{% threshold_bar made %}", made=made)
    assert 'class="th miss"' in text
    assert 'width="47.834%"' in text
    assert 'x1="50.000%"' in text
    assert " style=" not in text
    assert "不含本数" in text


def manager(mode: str, name: str | None, begun: str, ended: str | None = None) -> dict[str, Any]:
    return {
        "estate": {"id": UUID(int=1), "name": "示例小区"},
        "mode": mode, "mode_title": {"contract": "合同管理", "unmanaged": "无人管理"}[mode],
        "organisation": {"id": 1, "name": name} if name else None, "from_at": at(begun),
        "to_at": at(ended) if ended else None, "paper": "示例合同", "reason": "", "service_phone": "",
    }  # fmt: skip


def test_the_band_of_managers_is_never_silently_empty() -> None:
    before = manager("contract", "示例甲物业", "2021-03-05 00:00", "2026-11-18 16:40")
    now = manager("unmanaged", None, "2026-11-18 16:40")
    band = managers.manager_band(now, [now, before], NOW)
    assert (band.holder, band.unserved_for) == ("无人管理", "17 时 48 分")
    assert [reign.kind for reign in band.reigns] == ["past", "gap", "unknown"]
    assert band.reigns[0].width == 12
    text = shown("{% manager_band manager all at %}", manager=now, all=[now, before], at=NOW)
    assert "无人管理 17 时 48 分" in text
    assert "未定" in text


def test_the_band_counts_down_to_the_contracts_last_day_and_stops_when_it_is_over() -> None:
    now = manager("contract", "示例甲物业", "2021-03-05 00:00") | {"until": NOW.date() + timedelta(days=21)}
    text = shown("{% manager_band manager all at none %}", manager=now, all=[now], at=NOW, none={})
    assert "还剩 21 日到期" in text
    for until, left in ((NOW.date(), 0), (NOW.date() - timedelta(days=1), None), (None, None)):
        assert managers.manager_band(now | {"until": until}, [now], NOW, {}).days_left == left


def test_money_and_area_are_written_in_full() -> None:
    assert figures.money(2386040) == "23,860.40 元"
    assert figures.money(-5) == "-0.05 元"
    assert figures.area(Decimal("89.4")) == "89.40 ㎡"
    assert figures.area(None) == "未登记"


# Lists --------------------------------------------------------------------------------------------------------------


def test_order_filter_and_page_stand_in_the_address() -> None:
    request = RequestFactory().get("/cases/?q=x&after=9&sort=number")
    assert lists.address(request, state="open") == "/cases/?q=x&sort=number&state=open"
    assert lists.address(request, after="10") == "/cases/?q=x&sort=number&after=10"
    heads = lists.heads(
        request, [lists.Column("案号", "number"), lists.Column("立案", "opened"), lists.Column("备注")]
    )
    assert [head.sorted for head in heads] == ["ascending", "", ""]
    assert heads[0].href == "/cases/?q=x&sort=-number"
    assert heads[2].href == ""
    tabs = lists.tabs(request, "state", {"": "全部", "open": "在办"}, {"open": 3})
    assert [(tab.title, tab.current, tab.count) for tab in tabs] == [("全部", True, ""), ("在办", False, "3")]
    pages = lists.pages(request, after="20", before="")
    assert (pages.before, pages.after) == ("", "/cases/?q=x&sort=number&after=20")
    text = shown(
        '{% filter_tabs "state" choices %}{% page_links after="20" %}', request=request, choices={"": "全部"}
    )
    assert 'aria-current="true"' in text
    assert "下一页" in text


# What a page says of itself -----------------------------------------------------------------------------------------


def test_states_of_a_page_say_what_is_true_and_what_comes_next() -> None:
    assert "下一件在 11-23" in shown('{% empty "今天没有等您办的事" "下一件在 11-23 周一到期" %}')
    tick = shown('{% icon "circle-check" %}')
    assert tick in shown('{% empty "今天没有等您办的事" %}')
    assert tick not in shown('{% empty "没有找到" is_missing=True %}')
    assert "正在取" in shown('{% loading "正在取 14 个小区的期限" %}')
    stale = shown('{% stale_form "示例乔某" at "补了 2 份附件" %}', at=NOW)
    assert "11-19 10:28" in stale
    assert "您填的内容还在" in stale
    kept = shown('{% not_saved "网络断了" "已存草稿" "E-7Q2K" %}')
    assert 'role="alert"' in kept
    assert "E-7Q2K" in kept
    assert 'aria-disabled="true"' in shown('{% waits "登记离场" "先交接、后离场" %}')


def test_every_icon_that_a_template_names_is_there() -> None:
    import re
    from pathlib import Path

    from gongzhi.ui.parts.icons import drawings

    rooms = Path(steps.__file__).parents[2]
    named = {
        name
        for path in rooms.glob("*/templates/**/*.html")
        for name in re.findall(r'\{% icon "([^"]+)"', path.read_text("utf-8"))
    }
    assert named
    assert named <= drawings().keys()
    assert set(chip.ICONS.values()) <= drawings().keys()


def test_a_due_in_the_far_past_is_counted_in_days() -> None:
    made = chip.countdown(NOW - timedelta(days=400), NOW, near=7)
    assert made is not None
    assert made.words == "逾期 400 日"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge 浏览器，Windows 电脑",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0",
            "微信，安卓手机",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari 浏览器，iPhone",
        ),
        ("curl/8.5", "未知的浏览器"),
    ],
)
def test_where_one_is_signed_in_is_said_in_words(said: str, words: str) -> None:
    assert browser_words(said) == words


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("物业服务人退出〔2026〕220602-13", ["〔2026〕220602-13"]),
        ("<b>自2026-03-02 09:05起，至2026-03-09", ["2026-03-02 09:05", "2026-03-09"]),
        ("交接时间 2026-11-26 周四 09:00", ["2026-11-26"]),
        ("09-11 周五 24:00 前，11-28 09:20 收到", ["09-11", "11-28 09:20"]),
        ("电话 0439-3220001，或者 400-123-4567", ["0439-3220001", "400-123-4567"]),
        ("清算费用 16,800.00 元，列支 0.00 元", ["16,800.00 元", "0.00 元"]),
        ("1-1-101 号、A-2026-03-02-1、第 12-13 页", ["2026-03-02", "12-13"]),
        ("没有数字", []),
    ],
)
def test_figures_within_a_text_are_kept_whole_and_the_rest_stays_text(text: str, whole: list[str]) -> None:
    shown = Template("{% load words %}{{ text|whole_days }}").render(Context({"text": text}))
    assert re.findall('<span class="num">(.*?)</span>', shown) == whole
    assert unescape(re.sub("</?span[^>]*>", "", shown)) == text


def test_what_is_marked_up_already_is_not_marked_again() -> None:
    time = mark_safe('<time datetime="2026-03-02">2026-03-02</time>')
    assert Template("{% load words %}{{ time|whole_days }}").render(Context({"time": time})) == time
