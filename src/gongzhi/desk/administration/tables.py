"""登记表: which tables a seat may bring in and take out, what its pages say of each, and what it brought in before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from gongzhi.acts.actor import Actor
from gongzhi.acts.models import Act
from gongzhi.acts.policies import policy
from gongzhi.law.actions import load_divisions
from gongzhi.law.models import Jurisdiction
from gongzhi.registry.models import OF_ONE_ESTATE, Appointment, Post
from gongzhi.registry.tables.columns import Kind
from gongzhi.registry.tables.importing import IMPORT
from gongzhi.registry.tables.kinds import KINDS
from gongzhi.values.refusals import NotAllowed, Refusal

from .seeing import OFFICES, administers

#: What the rows of a kind say, for who has never seen such a table.
HOLDS = {
    "divisions": "省、市、县、街道、社区各级区划的代码、名称和上级",
    "organisations": "机关、街道、社区、物业服务企业、建设单位等，连同代码和电话",
    "estates": "小区在哪里，现在由谁管理、依据哪份文件",
    "units": "每套房屋的位置、用途和两种面积；还没有登记的楼栋随房屋一并登记",
    "owners": "谁从哪天起持有哪套房屋的多少份额，一份一行",
    "contracts": "小区与物业服务人的合同：双方、期限和约定",
}
#: Where what was brought in can be looked at: words and the name of the page.
LOOKED_AT = {
    "organisations": ("单位", "organisations"),
    **dict.fromkeys(("estates", "units", "owners", "contracts"), ("小区", "estates")),
}
#: Who is registered here and what lies where is no secret: whoever works with tables may take these out.
OPEN = frozenset({"divisions", "organisations"})
#: A table of divisions is one act, which is its own record.
RECORDS = {"divisions": load_divisions.name}
#: Of one's own imports, and of the places offered for an export.
RECENT, MOST_PLACES = 5, 40


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of table as its reader may use it."""

    kind: Kind
    says: str
    may: bool

    @property
    def holds(self) -> str:
        """What its rows say."""
        return HOLDS[self.kind.code]

    @property
    def may_take_out(self) -> bool:
        """Whether an export of it is worth offering; the territories decide."""
        return self.may or self.kind.code in OPEN


def keeps_registers(held: Appointment) -> bool:
    """Whether the post may bring in some table somewhere, by the post and its body alone."""
    body = held.organisation
    is_keeper = body is not None and body.kind in (*OFFICES, *OF_ONE_ESTATE)
    return administers(held) or (is_keeper and held.post != Post.AUDITOR)


def offered(by: Actor, at: datetime) -> list[Offered]:
    """Every kind in the order in which a register is brought in; NotAllowed for who may bring in none of them."""
    found = [offer_of(kind, by, at) for kind in KINDS.values()]
    if not any(one.may for one in found):
        raise NotAllowed(
            "您无权导入导出登记表，应由系统管理员、当地物业主管部门、街道办事处（乡镇人民政府）、"
            "社区居民委员会或者业主委员会办理。"
        )
    return found


def offer_of(kind: Kind, by: Actor, at: datetime) -> Offered:
    """One kind."""
    rule = policy(kind.may)
    return Offered(kind, rule.says, rule.may_ever(by, at))


def demand_ever(one: Offered) -> None:
    """NotAllowed for a post that can never bring such a table in; it says who may."""
    if not one.may:
        raise NotAllowed(f"您无权导入“{one.kind.title}”表，应由{one.says}导入。")


def next_of(offers: list[Offered], kind: Kind) -> Offered | None:
    """What one may bring in after it."""
    codes = [one.kind.code for one in offers]
    return next((one for one in offers[codes.index(kind.code) + 1 :] if one.may), None)


def looked_at(kind: Kind) -> tuple[str, str] | None:
    """Where what was brought in stands: words and address."""
    if kind.code not in LOOKED_AT:
        return None
    words, name = LOOKED_AT[kind.code]
    return words, reverse(name)


# What was brought in -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Past:
    """A table the account brought in: when, its record, how many rows became what."""

    pk: UUID
    at: datetime
    seq: int
    new: int
    same: int | None
    changed: int


def past_of(account_id: UUID, kind: Kind) -> list[Past]:
    """The account's own last ones, the newest first: an office whose page was cut off sees whether it is done."""
    name = RECORDS.get(kind.code, IMPORT)
    rows = Act.objects.filter(account_id=account_id, name=name)
    if name == IMPORT:
        rows = rows.filter(said__kind=kind.code)
    return [_past(row) for row in rows.order_by("-at", "-pk")[:RECENT]]


def _past(row: Act) -> Past:
    answer: Mapping[str, Any] = row.answer
    return Past(
        pk=row.pk,
        at=row.at,
        seq=row.seq,
        new=int(answer.get("new", answer.get("created", 0))),
        same=answer.get("same"),
        changed=int(answer.get("changed", 0)),
    )


# What is taken out ---------------------------------------------------------------------------------------------------


def own_place(held: Appointment) -> str:
    """The code of the place the seat works in, "" where it works in none."""
    return held.organisation.jurisdiction_code if held.organisation is not None else ""


def places_offered(held: Appointment) -> list[tuple[str, str]]:
    """Code and words of one's own place and of those right below it; of no place: the provinces."""
    own, rows = own_place(held), Jurisdiction.objects.filter(to_on=None).order_by("code")
    if not own:
        return [_place(row) for row in rows.filter(parent=None)[:MOST_PLACES]]
    below = list(rows.filter(parent=own)[: MOST_PLACES + 1])
    return [_place(row) for row in (*rows.filter(pk=own), *(below if len(below) <= MOST_PLACES else ()))]


def _place(row: Jurisdiction) -> tuple[str, str]:
    return row.code, f"{row.name} {row.code}"


def may_unmask(kind: Kind, by: Actor, at: datetime) -> bool:
    """Whether the numbers of the people in such a list may be shown to one at all."""
    if not kind.personal:
        return False
    try:
        policy("may_look_at_owners").check(by=by, facts=None, at=at)
    except Refusal:
        return False
    return True
