"""The law's part of the demonstration: which undated text is taken as adopted, what the places have set themselves.

The drafts of 诸暨 and 双辽 stay drafts: there the screens say that nothing was adopted. 临江 sets nothing of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.acts.actor import SYSTEM, Actor
from gongzhi.values.now import ZONE

from .actions import adopt_instrument, load_divisions, set_local_value
from .facts import AdoptInstrument, LoadDivisions, SetLocalValue


@dataclass(frozen=True, slots=True)
class LocalValue:
    """What a place has set: the value as `law.set_local_value` takes it."""

    place: str
    key: str
    value: Any
    unit: str = ""


#: The city's text, which names neither number nor date.
TEXT, CITY = "BS", "2206"
#: The county that has set how often it reports to the city.
REPORTING = "220602"
VALUES = (
    LocalValue(CITY, "objection.reply_within", "P5WD"),
    LocalValue(CITY, "wall_posting.damage_checked_within", "P1D"),
    LocalValue(CITY, "exit.filing_within", "P5WD"),
    LocalValue(CITY, "emergency.clock_starts_at", "verified"),
    LocalValue("220605", "forced_exit.penalty_window_kind", "rolling"),
    LocalValue("220605", "forced_exit.penalty_counts_not_final", True),
    LocalValue("220605", "forced_exit.penalty_scope", "project"),
    LocalValue("220605", "forced_exit.penalty_counted_on", "served"),
    LocalValue("220602", "notice.advance_plan_days", "P7D"),
    LocalValue("220602", "handover.confirmation_filing_within", "P3WD"),
    LocalValue("220602", "intake.receipt_within", "P1WD"),
    LocalValue("220602", "ladder.remind_before", "P5D"),
    LocalValue(REPORTING, "exit.ledger_report_frequency", {"at_least": 1, "per": "quarter"}),
    LocalValue("220382", "notice.vote_result_days", "P7D"),
    LocalValue("330681", "intake.receipt_within", "P2WD"),
)


def load(*, at: datetime) -> None:
    """Load the real divisions that come with the product."""
    load_divisions(by=SYSTEM, at=at, facts=LoadDivisions())


def adopt(*, by: Actor, authority: str, at: datetime) -> None:
    """The city gives its text a number and a date, both invented."""
    on = at.astimezone(ZONE).date()
    facts = AdoptInstrument(
        jurisdiction=CITY,
        instrument=TEXT,
        number=f"示例白建发〔{on.year}〕1号",
        adopted_on=on,
        authority=authority,
    )
    adopt_instrument(by=by, at=at, facts=facts)


def set_value(said: LocalValue, *, by: Actor, authority: str, at: datetime) -> None:
    """A place fills what the law leaves open, with authority, paper and date."""
    on = at.astimezone(ZONE).date()
    facts = SetLocalValue(
        jurisdiction=said.place,
        key=said.key,
        value=said.value,
        unit=said.unit,
        authority=authority,
        instrument=f"{authority}通知（示例〔{on.year}〕2号）",
        set_on=on,
    )
    set_local_value(by=by, at=at, facts=facts)
