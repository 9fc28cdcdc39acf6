"""Numbers people read, drawn from a locked row: case numbers, notice numbers."""

from datetime import datetime

from django.db.models import CharField, PositiveSmallIntegerField

from gongzhi.acts.kept import Kept, insert_all, save
from gongzhi.values.now import ZONE

from .models import CaseNumber

_LOCKED = Kept(
    lambda code, year: CaseNumber.objects.select_for_update().filter(code=code, year=year),
    code=CharField(),
    year=PositiveSmallIntegerField(),
)


def draw_serial(series: str, at: datetime) -> tuple[int, int]:
    """The year and the next number of a series in it. Inside a transaction; the row is locked to its end."""
    year = at.astimezone(ZONE).year
    row = _LOCKED.first(code=series, year=year)
    if row is None:
        insert_all([CaseNumber(code=series, year=year)], ignore_conflicts=True)
        (row,) = _LOCKED.rows(code=series, year=year)
    row.last += 1
    save(row, "last")
    return year, row.last
