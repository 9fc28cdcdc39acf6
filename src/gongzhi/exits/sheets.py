"""The room's lists as sheets: the columns of their pages, and each row in the words the page has for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongzhi.procedures.models import ClosedFigures
from gongzhi.ui.exporting import Row, Sheet, Yuan
from gongzhi.values.now import ZONE

from .ledger_rows import in_hours
from .models import CostShare
from .report_list import (
    BY_NAME,
    FIGURES,
    LEVELS,
    Figure,
    exits_behind,
    rows_behind,
    stage_table,
    told_figures,
)

Told = Mapping[str, Any]

CLAIMS = (
    *("期限", "了结", "欠什么", "金额（元）", "类别", "处罚线索", "小区", "案号"),
    *("谁欠", "谁追", "进展", "起诉授权"),
)
HOLDOUTS = ("小区", "案号", "物业服务人", "记录日期", "已有天数", "进展", "起诉授权", "退出")
WATCHES = ("到期", "已过期", "小区", "类别", "案号", "提前提醒", "接下来")
MANAGERS = ("小区", "最近变更", "管理人", "方式", "自", "至", "依据", "原因", "无人在管合计（小时）")
CONDUCT = (
    *("文号", "机关", "种类", "内容", "对象", "涉及项目负责人", "小区"),
    *("决定", "送达", "终局", "有效至", "状态", "撤销原因"),
)
SHARES = ("楼栋", "房号", "分摊面积（㎡）", "应摊（元）", "已缴（元）", "尚欠（元）", "催缴日期")
REPORTS = ("报告期自", "报告期至", "案号", "县（市、区）", "办到哪里", "等谁", "退出案件", "离场", "期末逾期")
FIGURE_COLUMNS = ("指标", "本期", "单位", "上一期", "比上期", "其中", "怎么来的")
STAGE_COLUMNS = ("类别", "进展", "件数")
EXIT_COLUMNS = (
    "小区",
    "案号",
    "物业服务人",
    "统一社会信用代码",
    "类别",
    "进展",
    "无人在管（小时）",
    "违规",
    "处置",
)
BEHIND_COLUMNS = ("指标", "承办层级", "小区", "案号", "内容", "日期", "计入", "单位")


def claim(one: Told) -> Row:
    """One claim."""
    amount = Yuan(one["amount_cents"]) if one["amount_cents"] is not None else None
    what = one["what"] if one["amount_cents"] is None else ""
    return (
        *(_day(one["due_on"]), _day(one["closed_at"]), what, amount, one["kind_title"], _yes(one["is_lead"])),
        *(one["estate"], one["number"], one["debtor"]["name"], one["pursuer"]),
        *(one["stage_title"], one["sued_under"]),
    )


def holdout(one: Told) -> Row:
    """One refusal to leave."""
    return (
        *(one["estate"], one["number"], one["provider"], _day(one["found_on"]), one["days"]),
        *(one["stage_title"], one["sued_under"], _day(one["closed_at"])),
    )


def watch(one: Told) -> Row:
    """One date that comes near, its warnings and what is next."""
    rungs = [
        f"{rung['before']} {_day(rung['given_on'] or rung['on'])}{'（已提醒）' if rung['given_on'] else ''}"
        for rung in one["rungs"]
    ]
    tasks = [f"{_holder(task)}{task['title']}" for task in one["next"]]
    estate = one["estate"]["name"] if one["estate"] else ""
    return (
        *(_day(one["on"]), _yes(one["is_over"]), estate, one["kind_title"], one["number"]),
        *("；".join(rungs), "；".join(tasks)),
    )


def _holder(task: Told) -> str:
    acting = f"（代行：{task['acting_for']}）" if task["acting_for"] else ""
    return f"{task['holder']['name']}{acting}：" if task["holder"] else ""


def reigns(told: Iterable[Told]) -> Iterator[Row]:
    """Every manager of every estate that changed one, the newest first; the sum beside the first of an estate."""
    for one in told:
        for place, part in enumerate(one["managers"]):
            body = part["organisation"]
            unmanaged = in_hours(one["unmanaged_minutes"]) if one["unmanaged_minutes"] and not place else None
            yield (
                *(one["estate"]["name"], "" if place else one["changed_at"], body["name"] if body else ""),
                *(
                    part["mode_title"],
                    part["from_at"],
                    part["to_at"] or "今",
                    part["paper"],
                    part["reason"],
                    unmanaged,
                ),
            )


def conduct(one: Told) -> Row:
    """One row of recorded conduct; a person is not named."""
    return (
        *(one["document_number"], one["authority"], one["kind_title"], one["said"], one["organisation"]),
        *(_yes(one["of_person"]), one["estate"], _day(one["decided_on"]), _day(one["served_on"])),
        *(_day(one["final_on"]) if one["is_final"] else "", _day(one["until_on"]), one["state_title"]),
        one["revoked_why"],
    )


def share(row: CostShare) -> Row:
    """One unit's share of the cost of settling: what it is, what is paid and still owed."""
    sums = (row.share_cents, row.paid_cents, row.share_cents - row.paid_cents)
    return (row.building, row.label, row.area, *map(Yuan, sums), row.demanded_on)


def report(one: Told) -> Row:
    """One report among others."""
    first, last = one["span"] or ("", "")
    waits = "；".join(f"{task['holder']}：{task['title']}" for task in one["waits_for"])
    kept = one["figures"]
    counted = (
        (len(kept["exits"]), kept["left"], len(kept["behind"]["overdue_tasks"])) if kept else ("", "", "")
    )
    return (_day(first), _day(last), one["number"], one["county"], one["state"], waits, *counted)


def report_sheets(shown: ClosedFigures, last: ClosedFigures | None) -> list[Sheet]:
    """One report whole: its figures, the exits by stage, the exits, and what each figure was counted from."""
    figures = told_figures(shown, last)
    stages = [
        (one["title"], title, number) for one in stage_table(shown) for _, title, number in one["stages"]
    ]
    return [
        Sheet("数字", FIGURE_COLUMNS, [_figure(one) for one in figures]),
        Sheet("按类别和进展", STAGE_COLUMNS, stages),
        Sheet("退出案件", EXIT_COLUMNS, [_exit(one) for one in exits_behind(shown)]),
        Sheet("逐行来源", BEHIND_COLUMNS, [*_behind(shown)]),
    ]


def _figure(one: Told) -> Row:
    figure = BY_NAME[one["name"]]
    levels = "，".join(f"{title} {number}" for _, title, number in one["levels"])
    return (
        *(one["title"], _measured(figure, one["value"]), _unit(figure), _measured(figure, one["earlier"])),
        *(_measured(figure, _difference(one)), levels, one["says"]),
    )


def _difference(one: Told) -> Any:
    """How much more than before; nothing where the page tells no difference."""
    return one["value"] - one["earlier"] if one["difference"] else None


def _measured(figure: Figure, value: Any) -> Any:
    """A figure as a number to reckon with: a sum in yuan, minutes as hours, a median as it is; None for nothing."""
    if value in (None, ""):
        return None
    if figure.name.endswith("_cents"):
        return Yuan(int(value))
    if figure.name.endswith("_minutes"):
        return in_hours(int(value))
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else number


def _unit(figure: Figure) -> str:
    """What the number counts."""
    if figure.name.endswith("_cents"):
        return "元"
    return "小时" if figure.name.endswith("_minutes") else figure.unit


def _exit(one: Told) -> Row:
    return (
        *(one["estate"], one["number"], one["provider"], one["credit_code"], one["category_title"]),
        *(one["stage_title"], in_hours(int(one["unmanaged_minutes"]))),
        *("；".join(one["violations"]), "；".join(one["measures"])),
    )


def _behind(shown: ClosedFigures) -> Iterator[Row]:
    for figure in FIGURES:
        for one in rows_behind(shown, figure.name):
            level = LEVELS.get(one.get("level", ""), "")
            yield (
                *(figure.title, level, one["estate"], one["number"], one["what"], _day(one["on"])),
                *(_measured(figure, one["amount"]), _unit(figure)),
            )


def _day(when: date | datetime | str | None) -> date | None:
    """The day in local time, of whatever tells it; a told row may have it as text."""
    if isinstance(when, datetime):
        return when.astimezone(ZONE).date()
    return date.fromisoformat(when[:10]) if isinstance(when, str) and when else when or None


def _yes(is_so: bool) -> str:
    return "是" if is_so else ""
