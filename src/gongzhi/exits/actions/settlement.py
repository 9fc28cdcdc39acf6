"""Effects of a settlement: books that came in, quotes, the firm, missing books, confirmed money.

They run inside the door, keyword-only, with the root of the tree locked. Its money stands in `costs.py`.
"""

from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import FIRM, PROVIDER
from gongzhi.values.refusals import NotPossible

from .. import settlement_queries
from ..late_items import demand_after_the_list, in_from
from ..models import Claim, ClaimKind, Quote
from ..settlement_facts import Entrustment, Findings, FirmQuoted, LateBook, SettlementReport
from .binding import bind_party


def receive_book(*, case: CaseView, round_id: Any, facts: LateBook, by: Actor, at: datetime) -> None:
    """A missing book came in: it is missing no longer, and its claim is closed. BS-050."""
    item = settlement_queries.missing_books(case).filter(pk=facts.item).first()
    if item is None:
        raise NotPossible("这份资料不在未提供之列，或者已经补交，请核对。")
    demand_after_the_list(item, facts.received_on, "收到日期")
    item.state, item.made_up_at = facts.state, in_from(facts.received_on, at)
    item.save(update_fields=["state", "made_up_at"])
    Claim.objects.filter(item=item, closed_at=None).update(stage="paid", closed_at=at)


def keep_quote(*, case: CaseView, round_id: Any, facts: FirmQuoted, by: Actor, at: datetime) -> None:
    """A firm quoted. 《白山市…管理办法》第13条."""
    Quote.objects.create(
        case=case.row,
        firm_id=facts.firm,
        amount_cents=facts.amount_cents,
        quoted_on=facts.quoted_on,
        statement=facts.statement,
    )


def entrust_firm(*, case: CaseView, round_id: Any, facts: Entrustment, by: Actor, at: datetime) -> None:
    """Bind the firm. 《白山市…管理办法》第13条."""
    bind_party(case, FIRM.code, facts.firm, round_id, at)


def claim_books(*, case: CaseView, round_id: Any, facts: SettlementReport, by: Actor, at: datetime) -> None:
    """Each book that was not provided is claimed, and is a lead to a penalty. BS-110."""
    debtor = _provider(case)
    rows = [
        Claim(
            case=case.row.root,
            round_id=round_id,
            kind=ClaimKind.BOOK,
            debtor=debtor,
            item=item,
            due_on=item.make_up_on,
            grounds_penalty=True,
            opened_at=at,
        )
        for item in settlement_queries.missing_books(case)
    ]
    Claim.objects.bulk_create(rows)


def claim_money(*, case: CaseView, round_id: Any, facts: Findings, by: Actor, at: datetime) -> None:
    """Confirmed irregular money is a claim until it is refunded. 《白山市…管理办法》第15条."""
    Claim.objects.create(
        case=case.row.root,
        round_id=round_id,
        kind=ClaimKind.MONEY,
        debtor=_provider(case),
        amount_cents=facts.amount_cents,
        opened_at=at,
    )


def _provider(case: CaseView) -> Organisation:
    provider = case.organisation(PROVIDER.code)
    if provider is None:
        raise NotPossible("案件没有登记退出的物业服务人，请先核对。")
    return provider
