"""Organisations and committees."""

from datetime import date
from uuid import UUID

from pydantic import Field

from gongzhi.acts.facts import Facts
from gongzhi.registry.models import Condition, OrganisationKind


class RegisterOrganisation(Facts):
    """A body of any kind but a committee of an estate (that is formed). The code is its territory or its place."""

    kind: OrganisationKind = Field(title="类别")
    name: str = Field(title="名称", min_length=1, max_length=100)
    jurisdiction_code: str = Field(title="行政区划代码", min_length=2, max_length=12)
    uscc: str = Field(default="", title="统一社会信用代码", max_length=30)
    document_code: str = Field(default="", title="机关代字", max_length=20)
    registered_address: str = Field(default="", title="登记地址", max_length=200)
    service_address: str = Field(default="", title="送达地址", max_length=200)
    phone_service: str = Field(default="", title="服务电话", max_length=30)
    phone_supervision: str = Field(default="", title="监督电话", max_length=30)
    from_on: date = Field(title="成立（登记）日期")


class ChangeContacts(Facts):
    """Where a body is reached; what is not given stays as it is."""

    organisation_id: UUID = Field(title="单位")
    document_code: str | None = Field(default=None, title="机关代字", max_length=20)
    registered_address: str | None = Field(default=None, title="登记地址", max_length=200)
    service_address: str | None = Field(default=None, title="送达地址", max_length=200)
    phone_service: str | None = Field(default=None, title="服务电话", max_length=30)
    phone_supervision: str | None = Field(default=None, title="监督电话", max_length=30)


class CloseOrganisation(Facts):
    """The body ceases; its last day is included."""

    organisation_id: UUID = Field(title="单位")
    to_on: date = Field(title="终止日期")


class CommitteeSeat(Facts):
    """One member."""

    person_id: UUID = Field(title="委员")
    is_head: bool = Field(default=False, title="主任")


class FormCommittee(Facts):
    """A committee (or an interim one, or a group) of an estate takes office; the former members' posts end."""

    estate_id: UUID = Field(title="小区")
    kind: OrganisationKind = Field(default=OrganisationKind.OWNERS_COMMITTEE, title="类别")
    name: str = Field(title="名称", min_length=1, max_length=100)
    uscc: str = Field(default="", title="统一社会信用代码", max_length=30)
    document_code: str = Field(default="", title="发文代字", max_length=20)
    service_address: str = Field(default="", title="送达地址", max_length=200)
    starts_on: date = Field(title="任期起")
    ends_on: date | None = Field(default=None, title="任期止")
    seats: int = Field(title="委员人数", ge=1, le=99)
    members: tuple[CommitteeSeat, ...] = Field(title="委员", min_length=1, max_length=99)
    paper_id: UUID | None = Field(default=None, title="文书")
    paper_title: str = Field(title="依据文书", min_length=1, max_length=200)


class SetCommitteeCondition(Facts):
    """A committee is found to refuse its duties, or to have lost control of its seal."""

    committee_id: UUID = Field(title="委员会")
    condition: Condition = Field(title="情形")
    from_on: date = Field(title="自")
    paper_id: UUID | None = Field(default=None, title="文书")
    paper_title: str = Field(title="认定文书", min_length=1, max_length=200)


class EndCommitteeCondition(Facts):
    """The hindrance is over; its last day is included."""

    committee_id: UUID = Field(title="委员会")
    condition: Condition = Field(title="情形")
    to_on: date = Field(title="至")
