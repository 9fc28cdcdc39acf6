"""Numbers people read, drawn from a locked row: case numbers, notice numbers."""

from datetime import datetime

from gongzhi.values.now import ZONE

from .models import CaseNumber


def draw_serial(series: str, at: datetime) -> tuple[int, int]:
    """The year and the next number of a series in it. Inside a transaction; the row is locked to its end."""
    year = at.astimezone(ZONE).year
    CaseNumber.objects.bulk_create([CaseNumber(code=series, year=year)], ignore_conflicts=True)
    row = CaseNumber.objects.select_for_update().get(code=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return year, row.last
