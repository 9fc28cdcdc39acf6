"""Which days a report is about, and the figures it closed."""

from datetime import date, datetime, timedelta

from gongzhi.law import queries as law
from gongzhi.procedures import recurring
from gongzhi.procedures.models import ClosedFigures
from gongzhi.procedures.terms import UNSET
from gongzhi.procedures.view import CaseView
from gongzhi.values.citations import Citation

from .report_rules import FREQUENCY
from .report_situation import ReportSituation

NAME = "exit_report"


def span_of(case: CaseView) -> tuple[date, date] | None:
    """The days of a report: the calendar period before the one it is due in.

    Where a place reports several times in a period, a later report is about the days of the running period, to the
    day before its case was opened.
    """
    period = case.row.period
    if period in ("", UNSET):
        return None
    if recurring.turn_of(period) == 1:
        return recurring.period_before(period)
    first, yesterday = recurring.days_of(period)[0], case.local_day(case.row.opened_at) - timedelta(days=1)
    return first, max(first, yesterday)


def report_situation(case: CaseView, at: datetime) -> ReportSituation:
    """A report as its rules see it."""
    span = span_of(case)
    return ReportSituation(case.local_day(at), *(span or (None, None)))


def closed_of(case: CaseView) -> ClosedFigures | None:
    """The figures that count: those of the round that was not taken back."""
    rows = ClosedFigures.objects.filter(case=case.row, name=NAME, round__void_at=None)
    return rows.order_by("-made_at").first()


def unset(code: str, on: date) -> list[str]:
    """Where the place has to say how often it reports, and has not: it is told."""
    value = law.value_of(FREQUENCY, code, on)
    if not value.is_defined or value.is_set:
        return []
    return [f"本地未设定“{value.title}”（{value.cited}），请由有权机关先行设定。"]


def cites_of(code: str, on: date) -> tuple[Citation, ...]:
    """The articles by which a place reports; none where no text asks for it."""
    value = law.value_of(FREQUENCY, code, on)
    return value.citations if value.is_defined else ()
