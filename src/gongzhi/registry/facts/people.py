"""People, owners, appointments, powers of attorney, and looking at personal numbers."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from gongzhi.acts.facts import Facts
from gongzhi.registry.models import IdKind, Post

from .places import BATCH


class RegisterPerson(Facts):
    """A person. Numbers go to the encrypted columns only; the record keeps a digest."""

    personal: ClassVar[bool] = True

    name: str = Field(title="姓名", min_length=1, max_length=50)
    id_kind: IdKind = Field(default=IdKind.RESIDENT, title="证件种类")
    id_number: str = Field(default="", title="证件号码", max_length=40)
    phone: str = Field(default="", title="手机号码", max_length=30)


class LinkAccount(Facts):
    """The account belongs to this person from now on."""

    person_id: UUID = Field(title="人员")
    account_id: UUID = Field(title="账号")


class OwnerRow(Facts):
    """One share of one unit: of a person, or of an organisation (a developer's unsold unit)."""

    building: str = Field(title="楼栋", min_length=1, max_length=50)
    unit: str = Field(title="房号", min_length=1, max_length=50)
    name: str = Field(default="", title="业主姓名", max_length=50)
    id_kind: IdKind = Field(default=IdKind.RESIDENT, title="证件种类")
    id_number: str = Field(default="", title="证件号码", max_length=40)
    phone: str = Field(default="", title="手机号码", max_length=30)
    organisation_id: UUID | None = Field(default=None, title="业主单位")
    person_id: UUID | None = Field(default=None, title="业主")
    numerator: int = Field(default=1, title="份额分子", ge=1, le=1_000_000)
    denominator: int = Field(default=1, title="份额分母", ge=1, le=1_000_000)
    from_on: date = Field(title="自")


class RegisterOwners(Facts):
    """Owners of one estate's units, all or none. The record keeps the digest of the batch."""

    personal: ClassVar[bool] = True

    estate_id: UUID = Field(title="小区")
    rows: tuple[OwnerRow, ...] = Field(title="业主", min_length=1, max_length=BATCH)


class TransferUnit(Facts):
    """A unit changes hands: all former shares end the day before, the new ones begin."""

    personal: ClassVar[bool] = True

    estate_id: UUID = Field(title="小区")
    from_on: date = Field(title="转移日期")
    rows: tuple[OwnerRow, ...] = Field(title="新业主", min_length=1, max_length=100)


class Appoint(Facts):
    """A person takes a post at an organisation or an estate; a last day is included. An authority's names a paper."""

    person_id: UUID = Field(title="人员")
    post: Post = Field(title="职务")
    organisation_id: UUID | None = Field(default=None, title="单位")
    estate_id: UUID | None = Field(default=None, title="小区")
    from_on: date = Field(title="自")
    to_on: date | None = Field(default=None, title="至")
    paper_title: str = Field(
        default="",
        title="任命文件（名称或者文号）",
        description="机关和系统的职务必须填写，其他单位可以不填",
        max_length=200,
    )


class EndAppointment(Facts):
    """The post ends; its last day is included."""

    appointment_id: UUID = Field(title="任职")
    to_on: date = Field(title="至")


class GrantPowerOfAttorney(Facts):
    """One matter, its scope and term; no substitute."""

    principal_organisation_id: UUID | None = Field(default=None, title="委托单位")
    principal_person_id: UUID | None = Field(default=None, title="委托人")
    agent_id: UUID = Field(title="受托人")
    matter: str = Field(title="委托事项", min_length=1, max_length=100)
    scope: str = Field(title="权限范围", min_length=1, max_length=2000)
    from_on: date = Field(title="自")
    to_on: date = Field(title="至")
    is_signed_by_principal: bool = Field(title="委托人已签章")
    is_signed_by_agent: bool = Field(title="受托人已签字")
    paper_id: UUID | None = Field(default=None, title="文书")
    paper_title: str = Field(default="", title="委托书", max_length=200)


class RevokePowerOfAttorney(Facts):
    """The power is withdrawn: from this day on it authorises nothing."""

    power_id: UUID = Field(title="授权委托")
    revoked_on: date = Field(title="撤销日期")


class Unmask(Facts):
    """Show one personal number, for a stated purpose; the look is recorded and the person can see it."""

    person_id: UUID = Field(title="人员")
    field: Literal["id_number", "phone"] = Field(title="查看内容")
    purpose: str = Field(title="用途", min_length=2, max_length=200)
