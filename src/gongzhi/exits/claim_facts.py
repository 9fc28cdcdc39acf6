"""What is said about what a provider still owes: refund, recovery, items that came in, the order to hand over."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from gongzhi.acts.facts import Facts

from .enclosing import Attachments, Encloses
from .settlement_facts import DEFENCE, NAMES_REMEDY


class Refund(Facts):
    """Irregular money paid back."""

    amount_cents: int = Field(title="退还金额（分）", gt=0)
    paid_on: date = Field(title="退还日期")
    account: str = Field(title="收款账户", min_length=2, max_length=200)
    voucher: str = Field(title="凭证号", min_length=1, max_length=100)


class Recovery(Facts):
    """What the owners' side does about money or papers that did not come: demand, mediation, suit."""

    claim: UUID = Field(title="追偿事项")
    step: Literal["demand", "mediation", "suit", "judgment", "paid"] = Field(title="追偿进展")
    on: date = Field(title="日期")
    authority: Literal["", "assembly", "rules", "owners"] = Field(
        title="起诉授权的来源",
        default="",
        json_schema_extra={
            "labels": {
                "assembly": "业主大会决议",
                "rules": "议事规则或者管理规约授权",
                "owners": "业主书面授权",
            }
        },
    )
    authority_paper: str = Field(title="授权文书（名称、日期）", default="", max_length=150)
    remark: str = Field(title="说明", min_length=2, max_length=1000)


class MadeUp(Facts):
    """A missing item that came in after all."""

    item: UUID = Field(title="项目", json_schema_extra={"offers": "missing_item"})
    made_up_on: date = Field(title="补交日期")
    state: Literal["original", "sealed_copy", "present"] = Field(title="状态")


class HandoverOrder(Encloses):
    """An order to hand over what is missing within a time (责令限期移交)."""

    facts_found: str = Field(title="查明事实", min_length=2, max_length=5000)
    basis: str = Field(title="法律依据", min_length=2, max_length=500)
    items: str = Field(title="应移交的内容", min_length=2, max_length=5000)
    until_on: date = Field(title="移交期限")
    consequence: str = Field(title="逾期后果", min_length=2, max_length=1000)
    remedy: str = Field(title="救济途径", description=NAMES_REMEDY, min_length=2, max_length=1000)
    defence: str = Field(title="陈述申辩的方式和期限", default=DEFENCE, min_length=2, max_length=1000)
    contact: str = Field(title="联系人及电话", default="", max_length=100)
    copies: str = Field(title="抄送", default="", max_length=300)
    attachments: Attachments = ""
