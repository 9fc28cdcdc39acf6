"""The figures a county reports of its exits for a span of days. `practice.md` 9. Whole numbers and exact texts only."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from .ledger import Asked, ledger_at, midnight
from .ledger_rows import LedgerRow, rows_of
from .report_lists import Row, lists_of

#: A figure that is the middle of its rows, not their sum.
MEDIANS = ("median_days_notice_to_departure", "median_hours_to_reply")
LEVELLED = "overdue_tasks"


def figures_of(county: str, from_on: date, to_on: date, at: datetime) -> dict[str, Any]:
    """Every figure of the county's exits that ran in these days (both included), and the rows behind each of them.

    What was opened by mistake or withdrawn is no exit and counts in none.
    """
    cases = list(
        ledger_at(county, Asked(from_on=from_on, to_on=to_on, counted=True)).order_by("opened_at", "id")
    )
    rows = rows_of(cases, at)
    span = (midnight(from_on), min(midnight(to_on + timedelta(days=1)), at))
    behind = lists_of(rows, span)
    return {
        "exits": [_told(row) for row in rows],
        "by_category_and_stage": _by_stage(rows),
        **{name: counted(name, found) for name, found in behind.items()},
        "behind": behind,
    }


def counted(name: str, rows: list[Row]) -> Any:
    """A figure from its rows: their sum, their median as text, or how many there are of each level."""
    if name == LEVELLED:
        return dict(sorted(Counter(row["level"] for row in rows).items()))
    amounts = [int(row["amount"]) for row in rows]
    if name in MEDIANS:
        return f"{median(amounts):g}" if amounts else ""
    return sum(amounts)


def _told(row: LedgerRow) -> dict[str, Any]:
    """An exit behind the figures, with what was unlawful in it. 《白山市…管理办法》第5条第2项."""
    return {
        "case": str(row.case),
        "number": row.number,
        "estate": row.estate_name,
        "provider": row.provider,
        "credit_code": row.credit_code,
        "category": row.category,
        "ground": row.ground,
        "stage": row.stage,
        "unmanaged_minutes": row.unmanaged_minutes,
        "violations": list(row.violations),
        "measures": list(row.measures),
    }


def _by_stage(rows: Iterable[LedgerRow]) -> dict[str, dict[str, int]]:
    found = Counter((row.category, row.stage) for row in rows)
    return {
        category: {stage: found[category, stage] for known, stage in sorted(found) if known == category}
        for category in sorted({category for category, _ in found})
    }
