"""What is asked in the address."""

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from gongzhi.registry.models import OrganisationKind

from ..paging import LARGEST, USUAL
from ..reading import LARGEST as LARGEST_INTEGER


class AskedPage(Schema):
    """Which page: after which row, how many."""

    after: UUID | None = None
    limit: int = Field(USUAL, ge=1, le=LARGEST)


class AskedCases(AskedPage):
    """Which cases."""

    procedure: str = Field("", max_length=50)
    variant: str = Field("", max_length=50)
    estate: UUID | None = None
    root: UUID | None = None
    state: Literal["", "open", "ended"] = ""
    outcome: str = Field("", max_length=50)
    city: str = Field("", max_length=12)
    county: str = Field("", max_length=12)
    subdistrict: str = Field("", max_length=12)
    community: str = Field("", max_length=12)
    number: str = Field("", max_length=64)
    children: bool = False


class AskedByName(AskedPage):
    """Which of them, by a part of the name."""

    name: str = Field("", max_length=100)


class AskedOrganisations(AskedByName):
    """Which bodies."""

    kind: OrganisationKind | None = None


class AskedNotices(AskedPage):
    """Which notices."""

    estate: UUID | None = None
    community: str = Field("", max_length=12)


class AskedPlace(Schema):
    """For which place; "" for nowhere in particular."""

    at: str = Field("", max_length=15)


class AskedDay(Schema):
    """For which day; today where none is named."""

    on: date | None = None


class AskedLaw(AskedDay):
    """Which law: the place, the day, one key or all."""

    at: str = Field(max_length=15)
    key: str = Field("", max_length=100)


class AskedInclusion(Schema):
    """Which leaf, in the log of how many leaves."""

    leaf: int = Field(ge=0, le=LARGEST_INTEGER)
    size: int | None = Field(None, ge=0, le=LARGEST_INTEGER)


class AskedConsistency(Schema):
    """Between which two sizes of the log."""

    old: int = Field(ge=0, le=LARGEST_INTEGER)
    new: int | None = Field(None, ge=0, le=LARGEST_INTEGER)
