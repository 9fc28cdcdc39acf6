"""Numbers people read, drawn from a locked row: case numbers, notice numbers."""

from datetime import datetime

from django.db.models import F

from gongzhi.values.now import ZONE

from .models import CaseNumber


def draw_serial(series: str, at: datetime) -> tuple[int, int]:
    """The year and the next number of a series in it. Inside a transaction; the row is locked to its end."""
    year = at.astimezone(ZONE).year
    rows = CaseNumber.objects.filter(code=series, year=year)
    if not rows.update(last=F("last") + 1):
        CaseNumber.objects.bulk_create([CaseNumber(code=series, year=year)], ignore_conflicts=True)
        rows.update(last=F("last") + 1)
    return year, rows.values_list("last", flat=True).get()
