"""The law's part of an estate's package: the divisions it lies in, what they have set, which texts they adopted.

It is taken in by the same actions, at the same instants; what the law of this release no longer lets a place set is
left out and told. A text that waits (征求意见稿, no date) may be rehearsed: `rehearse_waiting` adopts it in the copy.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from gongzhi.acts.actor import SYSTEM
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Refusal

from . import queries
from .actions import adopt_instrument, load_divisions, set_local_value
from .facts import AdoptInstrument, DivisionRow, LoadDivisions, SetLocalValue
from .models import Adoption, Jurisdiction, LocalSetting
from .schema import Status

#: What stands in the place of number and authority where a text was adopted for a rehearsal only.
NOT_ADOPTED, NOBODY = "演练，未正式采用", "演练"
WAITING = (Status.UNDATED, Status.DRAFT)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SettingPart(_Part):
    """One value a place has set."""

    jurisdiction: str
    key: str
    value: Any
    unit: str
    authority: str
    instrument: str
    set_on: date
    at: AwareDatetime


class AdoptionPart(_Part):
    """One text a place has adopted."""

    jurisdiction: str
    instrument: str
    number: str
    adopted_on: date
    authority: str
    at: AwareDatetime


class LawPart(_Part):
    """Divisions from the widest down, settings and adoptions from the oldest on."""

    divisions: tuple[DivisionRow, ...]
    settings: tuple[SettingPart, ...] = ()
    adoptions: tuple[AdoptionPart, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text of the place that decides nothing yet."""

    home: str
    code: str
    title: str
    is_draft: bool


def law_part(code: str) -> LawPart:
    """What is to be copied of a place and of everything above it."""
    chain = queries.book().chain(code)
    places = Jurisdiction.objects.in_bulk(chain)
    settings = LocalSetting.objects.filter(jurisdiction__in=chain).order_by("at", "id")
    adoptions = Adoption.objects.filter(jurisdiction__in=chain).order_by("at", "id")
    return LawPart(
        divisions=tuple(_division(places[one]) for one in reversed(chain) if one in places),
        settings=tuple(_setting(row) for row in settings),
        adoptions=tuple(_adoption(row) for row in adoptions),
    )


def _division(row: Jurisdiction) -> DivisionRow:
    named = {"code": row.code, "parent": row.parent_id or "", "level": row.level, "name": row.name}
    return DivisionRow.model_validate(named)


def _setting(row: LocalSetting) -> SettingPart:
    return SettingPart(
        jurisdiction=row.jurisdiction_id,
        key=row.key,
        value=row.value,
        unit=row.unit,
        authority=row.authority,
        instrument=row.instrument,
        set_on=row.set_on,
        at=row.at.astimezone(ZONE),
    )


def _adoption(row: Adoption) -> AdoptionPart:
    return AdoptionPart(
        jurisdiction=row.jurisdiction_id,
        instrument=row.instrument,
        number=row.number,
        adopted_on=row.adopted_on,
        authority=row.authority,
        at=row.at.astimezone(ZONE),
    )


def take_in(part: LawPart, *, at: datetime) -> list[str]:
    """Carry the part into an empty system; answers, a sentence each, what the law of this release refused."""
    load_divisions(by=SYSTEM, at=at, facts=LoadDivisions(rows=part.divisions))
    in_order: list[AdoptionPart | SettingPart] = [*part.adoptions, *part.settings]
    said = (_carry(one) for one in sorted(in_order, key=lambda one: one.at))
    return [sentence for sentence in said if sentence]


def _carry(one: AdoptionPart | SettingPart) -> str:
    """Do it again; the sentence of the refusal, "" where it was done."""
    said = one.model_dump(exclude={"at"})
    try:
        if isinstance(one, AdoptionPart):
            adopt_instrument(by=SYSTEM, at=one.at, facts=AdoptInstrument(**said))
        else:
            set_local_value(by=SYSTEM, at=one.at, facts=SetLocalValue(**said))
    except Refusal as refused:
        return refused.sentence
    return ""


def waiting_texts(code: str, on: date) -> list[WaitingText]:
    """The texts of a place, and above it, that nobody there has adopted and that therefore decide nothing."""
    book = queries.book()
    chain = book.chain(code)
    adopted = {
        one.instrument for one in book.adoptions if one.jurisdiction in chain and one.decides_from <= on
    }
    return [
        WaitingText(place, name, text.title, text.status is Status.DRAFT)
        for place in chain
        if place in book.packs
        for name, text in book.packs[place].instruments.items()
        if text.status in WAITING and name not in adopted
    ]


def rehearse_waiting(code: str, *, at: datetime) -> list[str]:
    """Adopt the place's waiting texts, as nobody did in earnest; answers their titles."""
    on = at.astimezone(ZONE).date()
    found = waiting_texts(code, on)
    for text in found:
        facts = AdoptInstrument(
            jurisdiction=text.home,
            instrument=text.code,
            number=NOT_ADOPTED,
            adopted_on=on,
            authority=NOBODY,
        )
        adopt_instrument(by=SYSTEM, at=at, facts=facts)
    return [text.title for text in found]
