"""What is done each minute, in this order; every job is idempotent and safe beside a second worker."""

from datetime import datetime

from gongzhi.accounts import sessions
from gongzhi.acts import log
from gongzhi.messages.outbox import send_waiting
from gongzhi.procedures import organs, recurring, tick, watching
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import unmoved


def fire_clocks(at: datetime) -> None:
    """Re-project what was counted with an older calendar or waited for a value, then fire every rung that is due."""
    tick.recalendar(CALENDAR.version, at)
    tick.fill_holes(at)
    tick.fire_due(at)


def look_ahead(at: datetime) -> None:
    """Follow the dates that are watched, then open the watches whose date has come into sight."""
    tick.follow_dates(at)
    watching.open_due(at)


def pass_tasks_on(at: datetime) -> None:
    """Re-assign the open tasks of organs that changed, by an act or by the calendar."""
    organs.follow(at)


def open_recurring(at: datetime) -> None:
    """Open the recurring duties of the period that has begun."""
    recurring.open_due(at)


def send_messages(at: datetime) -> None:
    """Send what waits in the outbox."""
    send_waiting(at)


def forget_sessions(at: datetime) -> None:
    """Delete sessions that are over, and what signing in left behind; by the clock that nobody moves."""
    sessions.forget_over(unmoved())


def seal_log(at: datetime) -> None:
    """Seal what moved, and note that the tick came to its end."""
    log.seal(at)
    tick.beat("tick", at)
