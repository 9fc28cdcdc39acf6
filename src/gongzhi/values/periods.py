"""Due dates with their working. 《中华人民共和国民法典》第200条至第204条.

Days, months and years are counted from the day after the event and end at 24:00 of the last day; a last day on which
offices rest rolls on only when the rule says so. Hours run through night and holiday. Backward periods never roll.
Suspensions are added to the budget: every day whose end they cover is left out. 203's earlier end at close of business
is a matter of the office, not of the count.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta

from .calendars import Calendar
from .halts import HaltedDays, halted_days, halted_time, halted_words
from .now import ZONE
from .refusals import Invalid
from .terms import Direction, DueDate, Period, Roll, Rule, Suspension, Unit
from .wording import day_words, instant_words

__all__ = ["Direction", "DueDate", "Period", "Roll", "Rule", "Suspension", "Unit", "due", "local_day"]

_DAY = timedelta(days=1)
_SATURDAY = 5
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


class _Sheet:
    """The lines a clerk reads, and the years whose calendar was asked."""

    __slots__ = ("calendar", "lines", "warnings", "years")

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.lines: list[str] = []
        self.warnings: list[str] = []
        self.years: set[int] = set()

    def rests(self, day: date) -> bool:
        """Ask the calendar, and remember which year was asked."""
        self.years.add(day.year)
        return self.calendar.is_rest(day)

    def skip(self, day: date) -> None:
        """A rest day that was passed over, with its name."""
        self.lines.append(f"跳过：{self.rest_words(day)}")

    def counts(self, day: date) -> bool:
        """Whether a day is a working day; one that is passed over, or worked though a weekend day, is told."""
        self.years.add(day.year)
        why = self.calendar.why_rest(day)
        if why:
            self.lines.append(f"跳过：{_rest_words(day, why)}")
        elif day.weekday() >= _SATURDAY:  # only a weekend day can be one that is worked by the notice
            self.count_make_up(day)
        return not why

    def rest_words(self, day: date) -> str:
        """A rest day and its holiday."""
        return _rest_words(day, self.calendar.why_rest(day))

    def count_make_up(self, day: date) -> None:
        """Say of a worked weekend day that it is one."""
        if self.calendar.is_make_up(day):
            self.lines.append(f"{day_words(day)}调休上班，按工作日计")

    def answer(self, last: date | None, advised: date | None = None) -> DueDate:
        """The result in days; `last` is None while suspended."""
        unknown = [year for year in sorted(self.years) if not self.calendar.is_known(year)]
        past = [year for year in unknown if self.calendar.is_before(year)]
        if past:
            self.warnings.append(
                f"{_years(past)}的放假安排没有收录，春节等节日的放假和调休没有计入，只按周末和法定的固定节日推算，"
                f"请对照当年国务院办公厅的放假通知核对。"
            )
        if coming := [year for year in unknown if year not in past]:
            self.warnings.append(
                f"{_years(coming)}的放假安排尚未收录，本日期为暂定，只按周末和法定的固定节日推算，收录后可能变动。"
            )
        self.lines.append(f"日历版本：{self.calendar.version}")
        end = None if last is None else datetime(last.year, last.month, last.day, tzinfo=ZONE) + _DAY
        lines, warnings = tuple(self.lines), tuple(self.warnings)
        return DueDate(end, last, advised, not unknown, lines, warnings, self.calendar.version)


def _years(years: Sequence[int]) -> str:
    """Years in words."""
    return f"{'、'.join(map(str, years))}年"


def _rest_words(day: date, why: str) -> str:
    """A rest day and why; a weekend's name is in the day's words already."""
    words = day_words(day)
    return words if why in words else f"{words}，{why}"


def due(
    rule: Rule, start: datetime | date, calendar: Calendar, suspensions: Sequence[Suspension] = ()
) -> DueDate:
    """Where the period of `rule` ends when its event is `start`, with its working.

    《中华人民共和国民法典》第200条至第204条. `start` is a day, or an aware instant (of which days take the day in
    Asia/Shanghai); hours need an instant and raise `Invalid` for a day, as does a date beyond the calendar's years.
    Suspensions do not move a backward period.
    """
    try:
        return _due(rule, start, calendar, suspensions)
    except OverflowError as beyond:
        raise Invalid("日期超出可以推算的年份，请核对起算日期。") from beyond


def _due(
    rule: Rule, start: datetime | date, calendar: Calendar, suspensions: Sequence[Suspension]
) -> DueDate:
    sheet = _Sheet(calendar)
    backward = rule.direction is Direction.BEFORE
    if backward and suspensions:
        sheet.warnings.append("倒推的期限不因暂停而变动。")
        suspensions = ()
    if rule.period.unit is Unit.HOURS:
        return _hours(rule, _instant(start), sheet, suspensions)
    return (
        _before(rule, local_day(start), sheet)
        if backward
        else _after(rule, local_day(start), sheet, halted_days(suspensions))
    )


def local_day(start: datetime | date) -> date:
    """The day in Asia/Shanghai; ValueError for an instant without a zone."""
    if not isinstance(start, datetime):
        return start
    if start.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return start.astimezone(ZONE).date()


def _instant(start: datetime | date) -> datetime:
    """A start of hours, in UTC so that no change of clocks is counted."""
    if not isinstance(start, datetime):
        raise Invalid("按小时计算的期限，请填写起算时刻（年月日时分）。")
    if start.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return start.astimezone(UTC)


# ── forward ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _after(rule: Rule, start: date, sheet: _Sheet, halts: list[HaltedDays]) -> DueDate:
    """Count forward: nominal end, suspended days added, then the roll."""
    first = start if rule.count_first_day else start + _DAY
    counted = "首日计入" if rule.count_first_day else "首日不计"
    sheet.lines.append(f"起算日：{day_words(start)}")
    sheet.lines.append(f"{counted}，自{day_words(first)}起算{rule.period}")
    if rule.period.unit is Unit.WORKING_DAYS:
        last = _count_working(first, rule.period.amount, sheet, halts)
    else:
        nominal = _nominal(rule, start, first, sheet)
        last = _extend(nominal, first, sheet, halts)
        last = last and _roll(rule, last, sheet, halts)
    if last is not None:
        sheet.lines.append(f"截止：{day_words(last)}24:00")
    return sheet.answer(last)


def _nominal(rule: Rule, start: date, first: date, sheet: _Sheet) -> date:
    """The last day before suspensions and roll; the month's last day where the corresponding day is missing (202)."""
    amount, unit = rule.period.amount, rule.period.unit
    if unit is Unit.DAYS:
        return first + _DAY * (amount - 1)
    last = _shift_months(start, amount * _MONTHS[unit])
    if last.day != start.day:
        sheet.lines.append(f"当月没有{start.day}日，以月末{day_words(last)}为最后一日")
        return last
    return last - _DAY if rule.count_first_day else last


def _shift_months(day: date, months: int) -> date:
    """The corresponding day `months` later or earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"no year {year}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _extend(last: date, first: date, sheet: _Sheet, halts: list[HaltedDays]) -> date | None:
    """Add the days that were suspended before the end; None when one of the suspensions still lasts."""
    for halt in halts:
        if halt.first > last:
            break
        if halt.last is None:
            sheet.lines.append(halt.words(first))
            return None
        if halt.last >= first:
            sheet.lines.append(halt.words(first))
            last += halt.last - max(halt.first, first) + _DAY
    return last


def _count_working(first: date, amount: int, sheet: _Sheet, halts: list[HaltedDays]) -> date | None:
    """The day on which `amount` working days are full; None when a suspension still lasts."""
    day = first - _DAY
    while amount:
        resumed = _past_halts(day + _DAY, first, sheet, halts) if halts else day + _DAY
        if resumed is None:
            return None
        day = resumed
        amount -= sheet.counts(day)
    return day


def _past_halts(day: date, first: date, sheet: _Sheet, halts: list[HaltedDays]) -> date | None:
    """`day`, or the first day after the suspension it lies in; None when that one still lasts."""
    for halt in halts:
        if halt.covers(day):
            sheet.lines.append(halt.words(first))
            if halt.last is None:
                return None
            day = halt.last + _DAY
    return day


def _roll(rule: Rule, last: date, sheet: _Sheet, halts: list[HaltedDays]) -> date | None:
    """Move an end on a rest day to the next working day that is not suspended, where the rule says so (203).

    An end that does not move is exact whatever the year's calendar will say: it is not asked.
    """
    if rule.roll is Roll.NONE:
        if sheet.calendar.is_rest(last):
            sheet.lines.append(f"最后一日为休息日（{sheet.rest_words(last)}），本期限不顺延")
        return last
    if not sheet.rests(last):
        sheet.count_make_up(last)
        return last
    sheet.lines.append("最后一日为休息日，顺延至下一工作日")
    day: date | None = last
    while day and sheet.rests(day):
        sheet.skip(day)
        day = _past_halts(day + _DAY, last, sheet, halts)
    if day:
        sheet.count_make_up(day)
        sheet.lines.append(f"由{day_words(last)}顺延至{day_words(day)}")
    return day


# ── backward ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _before(rule: Rule, start: date, sheet: _Sheet) -> DueDate:
    """Count backward: the latest day of arrival stands, and the working day on or before it is advised.

    What the advice alone asks of the calendar makes the latest day neither provisional nor shorter.
    """
    counted = "当日计入" if rule.count_first_day else "当日不计"
    sheet.lines.append(f"基准日：{day_words(start)}")
    sheet.lines.append(f"{counted}，向前推{rule.period}")
    last = _BACK[rule.period.unit](rule, start, sheet)
    sheet.lines.append(f"最迟到达日：{day_words(last)}24:00，倒推的期限不顺延")
    counted_in, advised, avoided = set(sheet.years), last, []
    while sheet.rests(advised):
        avoided.append(sheet.rest_words(advised))
        advised -= _DAY
    if avoided:
        sheet.lines.append(f"最迟到达日遇休息日不变，送达宜避开：{'；'.join(avoided)}")
    sheet.lines.append(f"建议送达日：{day_words(advised)}")
    if unknown := [year for year in sorted(sheet.years - counted_in) if not sheet.calendar.is_known(year)]:
        sheet.warnings.append(f"{_years(unknown)}的放假安排没有收录，建议送达日为暂定，最迟到达日不受影响。")
    sheet.years = counted_in
    return sheet.answer(last, advised)


def _days_back(rule: Rule, start: date, sheet: _Sheet) -> date:
    return start - _DAY * (rule.period.amount - rule.count_first_day)


def _months_back(rule: Rule, start: date, sheet: _Sheet) -> date:
    last = _shift_months(start, -rule.period.amount * _MONTHS[rule.period.unit])
    if last.day != start.day:
        sheet.lines.append(f"当月没有{start.day}日，以月末{day_words(last)}为对应日")
    return last + _DAY * rule.count_first_day


def _working_back(rule: Rule, start: date, sheet: _Sheet) -> date:
    amount = rule.period.amount
    day = start + _DAY * rule.count_first_day
    while amount:
        day -= _DAY
        amount -= sheet.counts(day)
    return day


_BACK: dict[Unit, Callable[[Rule, date, _Sheet], date]] = {
    Unit.DAYS: _days_back,
    Unit.WORKING_DAYS: _working_back,
    Unit.MONTHS: _months_back,
    Unit.YEARS: _months_back,
}


# ── hours ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _hours(rule: Rule, start: datetime, sheet: _Sheet, suspensions: Sequence[Suspension]) -> DueDate:
    """Hours run from the instant through night and holiday (201); no calendar is asked, so they are always exact."""
    length = timedelta(hours=rule.period.amount)
    if rule.direction is Direction.BEFORE:
        end: datetime | None = start - length
        sheet.lines.append(f"基准时刻：{instant_words(start)}")
        sheet.lines.append(f"向前推{rule.period}，夜间和节假日照算，不顺延")
    else:
        sheet.lines.append(f"起算时刻：{instant_words(start)}")
        sheet.lines.append(f"连续计算{rule.period}，夜间和节假日照算，不顺延")
        end = _run(start, start + length, sheet, suspensions)
    if end is not None:
        sheet.lines.append(
            f"{'最迟' if rule.direction is Direction.BEFORE else '截止'}：{instant_words(end)}"
        )
    local = end and end.astimezone(ZONE)
    lines, warnings = tuple(sheet.lines), tuple(sheet.warnings)
    return DueDate(local, None, None, True, lines, warnings, sheet.calendar.version)


def _run(start: datetime, end: datetime, sheet: _Sheet, suspensions: Sequence[Suspension]) -> datetime | None:
    """Push the end on by every suspension that began before it; None when one still lasts."""
    for span in halted_time(suspensions):
        if span.since >= end:
            break
        if span.until is None:
            sheet.lines.append(halted_words(span, start))
            return None
        if span.until > max(start, span.since):
            sheet.lines.append(halted_words(span, start))
            end += span.until - max(start, span.since)
    return end
