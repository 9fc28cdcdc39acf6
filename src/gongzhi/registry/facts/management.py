"""Contracts, and who manages from when."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import Facts
from gongzhi.registry.models import ContractKind, Mode

from .places import UNTIL


class SignContract(Facts):
    """A contract for the estate; without a last day it is of indefinite term. Terms are keys of the law."""

    estate_id: UUID = Field(title="小区")
    provider_id: UUID = Field(title="物业服务人")
    client_id: UUID | None = Field(default=None, title="委托方")
    kind: ContractKind = Field(default=ContractKind.SERVICE, title="种类")
    signed_on: date = Field(title="签订日期")
    starts_on: date = Field(title="合同起")
    ends_on: date | None = Field(default=None, title="合同止")
    terms: dict[str, Any] = Field(default_factory=dict, title="约定")
    paper_id: UUID | None = Field(default=None, title="文书")


class EndContract(Facts):
    """The contract ends on this day, included."""

    contract_id: UUID = Field(title="合同")
    ends_on: date = Field(title="合同止")


class BeginEngagement(Facts):
    """From this instant the estate is managed so."""

    estate_id: UUID = Field(title="小区")
    from_at: AwareDatetime = Field(title="起始时间")
    mode: Mode = Field(title="管理方式")
    organisation_id: UUID | None = Field(default=None, title="管理单位")
    contract_id: UUID | None = Field(default=None, title="合同")
    paper_id: UUID | None = Field(default=None, title="依据文书编号")
    paper_title: str = Field(default="", title="依据文书", max_length=200)
    reason: str = Field(default="", title="原因", max_length=200)
    until_on: date | None = Field(default=None, title="服务期限至", description=UNTIL)
