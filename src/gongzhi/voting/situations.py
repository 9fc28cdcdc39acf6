"""What the rules of a joint decision look at: a plain frozen value, read by `queries.py`."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class VoteSituation:
    """A joint decision as its rule sees it."""

    at: datetime
    today: date
    #: The day on which the case began that asks; of one that nobody asked for, its own.
    begun_on: date
    #: The matter, as the procedure that asks said it; "" where nobody did.
    asked: str = ""
    #: The provider whose exit asks: it cannot be the one that is hired.
    leaving: UUID | None = None
    #: Who can be engaged to manage an estate.
    managers: tuple[UUID, ...] = ()
    #: Owners and exclusive area as the register has them; None where it does not know them whole.
    owners: int | None = None
    area: Decimal | None = None
