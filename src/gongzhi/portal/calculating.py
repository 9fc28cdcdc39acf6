"""A due date for anybody: of one key of the law at a place, or of so many days from a date."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from gongzhi.law import queries as law
from gongzhi.law.models import Jurisdiction
from gongzhi.law.schema import ROOT
from gongzhi.law.value import Value
from gongzhi.ui.parts.working import Working, working
from gongzhi.values import periods
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE
from gongzhi.values.terms import Direction, DueDate, Period, Roll, Rule, Unit

#: The longest that is counted, so that a slip of the hand costs nothing. Ours to choose, not law.
LONGEST = 3000
UNITS = {"D": "日（自然日）", "WD": "个工作日", "M": "个月", "h": "小时"}
ROLLS = {"next_workday": "顺延到下一个工作日", "none": "不顺延"}
TOP = "CN"
MISSING = {
    "required": "请填写这一项。",
    "invalid": "写法不对，请照例填写。",
    "invalid_choice": "请从列表里选一项。",
}


class Asked(forms.Form):
    """What both questions ask: from when."""

    use_required_attribute = False
    start = forms.DateField(
        label="从哪一天起",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="事情发生的那一天，例如通知到达日",
        error_messages=MISSING | {"invalid": "请写成年-月-日，例如 2026-03-02。"},
    )
    hour = forms.TimeField(
        label="几点几分",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="只有按小时计算的期限才要填",
        error_messages={"invalid": "请写成时:分，例如 09:30。"},
    )

    def begins(self) -> date | datetime:
        """The day, or the instant where an hour was given."""
        day, hour = self.cleaned_data["start"], self.cleaned_data.get("hour")
        return datetime.combine(day, hour, ZONE) if hour is not None else day


class AskedFree(Asked):
    """So many days from a date."""

    amount = forms.IntegerField(label="多少", min_value=1, max_value=LONGEST, error_messages=MISSING)
    unit = forms.ChoiceField(
        label="单位", choices=list(UNITS.items()), widget=forms.RadioSelect, error_messages=MISSING
    )
    roll = forms.ChoiceField(
        label="最后一天是休息日的",
        choices=list(ROLLS.items()),
        widget=forms.RadioSelect,
        initial="next_workday",
        error_messages=MISSING,
    )


class AskedKey(Asked):
    """One key at a place."""

    def __init__(self, place: str, found: list[Value], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        listed = [(one.key, f"{one.title}（{one.period}）") for one in found]
        field = forms.ChoiceField(
            label="哪一种期限", choices=[("", "请选择"), *listed], error_messages=MISSING
        )
        self.fields["key"] = field
        self.order_fields(["key", "start", "hour"])


@dataclass(frozen=True, slots=True)
class Answered:
    """A date, its working, and what has to be said beside it."""

    title: str
    due: DueDate
    working: Working
    value: Value | None = None
    #: Whether a year before the calendars that are kept is counted in: its holidays are not, and nothing will change.
    is_past: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether the text that gives the period does not decide yet."""
        return self.value is not None and bool(self.value.warnings)


def places() -> list[tuple[str, str]]:
    """The places that have a text of their own, the country first: code and name."""
    codes = list(law.book().packs)
    named = dict(Jurisdiction.objects.filter(code__in=codes).values_list("code", "name"))
    known = [(code, named.get(code) or _name(code)) for code in sorted(codes) if code != ROOT]
    return [(ROOT, "全国"), *known]


def _name(code: str) -> str:
    return str(getattr(law.book().packs[code], "name", "") or code)


def counted_values(place: str, on: date) -> list[Value]:
    """The periods of a place from which a date follows, drafts included."""
    return [one for one in law.values_at(place, on) if one.is_counted]


def answer_free(asked: AskedFree, at: datetime) -> Answered:
    """Count so many days; 《中华人民共和国民法典》第200条至第204条."""
    said = asked.cleaned_data
    unit = Unit(said["unit"])
    roll = Roll.NONE if unit is Unit.HOURS else Roll(said["roll"])
    rule = Rule(Period(said["amount"], unit), roll=roll)
    due = periods.due(rule, asked.begins(), CALENDAR)
    title = f"{asked.cleaned_data['start']} 起 {rule.period}"
    return Answered(title, due, _shown(title, asked.begins(), due, at), is_past=_is_past(asked, due))


def answer_key(asked: AskedKey, found: list[Value], at: datetime) -> Answered:
    """Count a period of the law."""
    value = next(one for one in found if one.key == asked.cleaned_data["key"])
    due = periods.due(value.rule, asked.begins(), CALENDAR)
    shown = _shown(value.title, asked.begins(), due, at, value)
    return Answered(value.title, due, shown, value, _is_past(asked, due))


def _is_past(asked: Asked, due: DueDate) -> bool:
    """Whether the count begins or ends in a year before the calendars that are kept, and needed that year's."""
    days = (asked.cleaned_data["start"], due.due_on)
    return not due.exact and any(CALENDAR.is_before(day.year) for day in days if day is not None)


def _shown(
    title: str, start: date | datetime, due: DueDate, at: datetime, value: Value | None = None
) -> Working:
    """The working as every page shows it."""
    begun = (
        start if isinstance(start, datetime) else datetime(start.year, start.month, start.day, tzinfo=ZONE)
    )
    clock = {
        "title": title,
        "anchor": "",
        "anchor_at": begun,
        "due_at": due.due_at,
        "due_on": due.due_on,
        "advised_on": due.advised_on,
        "working": (*due.working, *(value.set_here if value is not None else ())),
        "warnings": (*due.warnings, *(value.warnings if value is not None else ())),
        "citations": value.citations if value is not None else (),
        "calendar": due.calendar,
        "exact": due.exact or CALENDAR.is_before(begun.year),
        "minimum": False,
        "moves": (),
    }
    return working(clock, at)


def is_backward(value: Value | None) -> bool:
    """Whether the period is counted back from its event."""
    return value is not None and value.direction is Direction.BEFORE
