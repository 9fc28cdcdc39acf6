"""Dates and citations as a clerk reads them."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from gongzhi.registry.models import Appointment
from gongzhi.ui.parts.browsers import browser_words
from gongzhi.values.citations import Citation
from gongzhi.values.now import ZONE

register = template.Library()
#: A day as data has it, with its time where one follows; as pages write one that binds, in two parts; year, place and
#: serial of a case's number; an amount with its unit; a telephone number; month and day.
_FIGURE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?|\d{4} 年 \d{1,2} 月 \d{1,2} 日|星期[一二三四五六日](?: \d{2}:\d{2})?"
    r"|〔\d{4}〕\d{4,12}-\d{1,7}|(?<![\d.,])-?\d[\d,]{0,18}\.\d{2} 元"
    r"|(?<![\d-])(?:0\d{2,3}-\d{7,8}|400-\d{3,4}-\d{3,4}|\d{2}-\d{2}(?: \d{2}:\d{2})?)(?![\d-])",
    re.ASCII,
)

STATES = {
    "waiting": "未开始",
    "open": "在办",
    "done": "办结",
    "skipped": "跳过",
    "void": "作废",
    "ended": "已结束",
    "suspended": "暂停计时",
    "unset": "待本地设定期限",
    "running": "计时中",
    "overdue": "已到期",
    "full": "已满",
    "passed": "最迟日期已过",
    "met": "已完成",
    "stopped": "已停止",
}
OUTCOMES = {
    "done": "办结",
    "approve": "同意",
    "return": "退回修改",
    "void": "编号作废",
    "refuse": "不同意",
    "refused": "未获同意",
    "not_dismissed": "未解聘",
    "withdrawn": "撤回",
    "ended": "终止",
    "gone": "不再适用",
    "moved": "日期已变",
    "unneeded": "不再需要",
    "declined": "决定不办",
    "failed": "未通过",
    "skipped": "跳过",
}
ITEMS = {"original": "原件", "sealed_copy": "盖章复印件", "present": "在位", "missing": "缺失", "": "未登记"}


@register.filter
def state(code: str) -> str:
    """A state in Chinese."""
    return STATES.get(code, code)


@register.filter
def step_state(code: str, outcome: str = "") -> str:
    """A step's state in Chinese: what is to come has not begun; over is not done where it came out otherwise."""
    if code == "done" and outcome not in ("", "done", "approve"):
        return step_outcome(outcome)
    return {"waiting": "未开始", "open": "进行中", "done": "已完成", "skipped": "已跳过"}.get(code, code)


@register.filter
def browser(said: str) -> str:
    """The browser and the system somebody signed in with."""
    return browser_words(said)


@register.filter
def where_held(seat: Appointment | None) -> str:
    """The organisation or the estate of an appointment, "" for one of neither."""
    held = None if seat is None else seat.organisation or seat.estate
    return held.name if held is not None else ""


@register.filter
def outcome(code: str) -> str:
    """An outcome in Chinese."""
    return OUTCOMES.get(code, code)


@register.filter
def step_outcome(code: str) -> str:
    """The outcome of a step or of its round: what a whole case was refused, on a list a side would not sign."""
    return "拒签" if code == "refused" else outcome(code)


@register.filter
def item_state(code: str) -> str:
    """How an item of a list was found."""
    return ITEMS.get(code, code)


@register.filter
def deadline(at: datetime | None) -> str:
    """A due instant: the midnight that ends a day is that day's 24:00."""
    if at is None:
        return "未定"
    local = at.astimezone(ZONE)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{local - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


@register.filter(needs_autoescape=True)
def whole_days(text: str, autoescape: bool = True) -> SafeString:
    """A text of data whose days, times, case and telephone numbers and amounts are never broken over two lines.

    What is marked up already stays as it is.
    """
    escaped = conditional_escape(text) if autoescape else str(text)
    if "<" in escaped:
        return mark_safe(escaped)
    return mark_safe(_FIGURE.sub(r'<span class="num">\g<0></span>', escaped))


@register.filter
def left(due_at: datetime | None, at: datetime) -> str:
    """How much is left, in whole days, or how long it is over."""
    if due_at is None:
        return ""
    if due_at <= at:
        days = (at - due_at).days
        return f"已逾期 {days} 天" if days else "已逾期"
    days = (due_at - at).days
    return f"剩余 {days} 天" if days else "今天到期"


@register.filter
def cited(citations: list[Mapping[str, str]]) -> str:
    """Citations as one phrase."""
    return "、".join(str(Citation(one["instrument"], one["article"])) for one in citations)
