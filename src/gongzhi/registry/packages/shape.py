"""What a package says. Bodies, people and contracts have keys of the package; no id of the registers is in it."""

import json
from datetime import date
from typing import Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from gongzhi.acts.canonical import digest
from gongzhi.law.package import LawPart
from gongzhi.registry.facts import BuildingRow, UnitRow
from gongzhi.registry.models import Condition, ContractKind, EstateKind, Mode, OrganisationKind, Post
from gongzhi.values.refusals import Invalid

FORMAT = "gongzhi-estate/1"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EstatePart(_Part):
    """The estate itself."""

    name: str
    community: str
    address: str
    kind: EstateKind
    first_delivered_on: date | None
    registered_on: date


class BodyPart(_Part):
    """A body; `code` is its territory or place, of a committee the estate's community."""

    key: str
    kind: OrganisationKind
    name: str
    code: str
    uscc: str = ""
    document_code: str = ""
    registered_address: str = ""
    service_address: str = ""
    from_on: date
    to_on: date | None = None


class PersonPart(_Part):
    """Somebody, under a name of the package's own."""

    number: int
    name: str


class SeatPart(_Part):
    """A post, in a body, at the estate or both. Posts of owners follow from their shares and are not told."""

    person: int
    post: Post
    body: str = ""
    at_estate: bool = False
    from_on: date
    to_on: date | None = None


class SharePart(_Part):
    """A share of a unit, of a person or of a body."""

    building: str
    unit: str
    person: int | None = None
    body: str = ""
    numerator: int
    denominator: int
    from_on: date


class ContractPart(_Part):
    """A contract with its terms under keys of the law."""

    key: str
    provider: str
    client: str = ""
    kind: ContractKind
    signed_on: date
    starts_on: date
    ends_on: date | None
    terms: dict[str, Any]


class EngagementPart(_Part):
    """From this instant it was managed so."""

    from_at: AwareDatetime
    mode: Mode
    body: str = ""
    contract: str = ""
    paper_title: str
    reason: str
    until_on: date | None = None


class TermPart(_Part):
    """The present term of a committee; without an end where the kind of committee has none."""

    body: str
    starts_on: date
    ends_on: date | None
    seats: int
    paper_title: str


class ConditionPart(_Part):
    """What hinders a committee now."""

    body: str
    condition: Condition
    from_on: date
    paper_title: str


class Package(_Part):
    """One estate; `digest` is over everything else."""

    format: Literal["gongzhi-estate/1"] = "gongzhi-estate/1"
    made_at: AwareDatetime
    estate: EstatePart
    law: LawPart
    bodies: tuple[BodyPart, ...]
    people: tuple[PersonPart, ...]
    seats: tuple[SeatPart, ...]
    buildings: tuple[BuildingRow, ...]
    units: tuple[UnitRow, ...]
    shares: tuple[SharePart, ...]
    contracts: tuple[ContractPart, ...]
    engagements: tuple[EngagementPart, ...]
    terms: tuple[TermPart, ...]
    conditions: tuple[ConditionPart, ...]
    digest: str = ""

    def computed(self) -> str:
        """The digest of what it says."""
        return digest(self.model_dump(mode="json", exclude={"digest"}))

    def sealed(self) -> Self:
        """The same, with its digest."""
        return self.model_copy(update={"digest": self.computed()})

    def text(self) -> str:
        """As it is kept in a file."""
        return self.model_dump_json(indent=1)


def read_package(text: str) -> Package:
    """A package from its file. Invalid: another format, a part missing, or not as it was written."""
    try:
        said = json.loads(text)
        if said.get("format") != FORMAT:
            raise Invalid("小区数据包的格式版本与本系统不符，请用同一版本的系统重新导出。")
        package = Package.model_validate(said)
    except (ValueError, AttributeError, ValidationError) as broken:
        raise Invalid("小区数据包读不懂，请重新导出。") from broken
    if package.computed() != package.digest:
        raise Invalid("小区数据包的内容与其摘要不符，请重新导出。")
    return package
