"""Items that come in after their list: the list, and what was signed on it, stay as they were."""

from datetime import date, datetime, time

from gongzhi.procedures.models import Item
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import day_words

_DAYS_END = time(23, 59)


def in_from(on: date, at: datetime) -> datetime:
    """From when an item counts as in that came on a day and is told `at`: now where that is today, else that day's end.

    No paper of the same day has it then: which came first nobody told.
    """
    return at if at.astimezone(ZONE).date() == on else datetime.combine(on, _DAYS_END, ZONE)


def demand_after_the_list(row: Item, on: date, what: str) -> None:
    """What the list says was missing came in afterwards: what was signed on it is not made untrue. NotPossible."""
    missed = row.said_at.astimezone(ZONE).date() if row.said_at is not None else None
    if missed is not None and on < missed:
        raise NotPossible(
            f"{what}不能早于清单登记“{row.label}”缺失的日期（{day_words(missed)}），请核对；清单登记有误的，请更正清单。"
        )


def was_missing(row: Item, at: datetime) -> bool:
    """Whether an item was missing at an instant, for a paper that was made or signed then."""
    return row.state == "missing" if row.made_up_at is None else row.made_up_at > at
