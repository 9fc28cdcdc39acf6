"""Recording what authorities found about providers. Public acts; nothing follows of them by itself."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongzhi.acts.door import Actor, action
from gongzhi.acts.roots import Root
from gongzhi.registry.queries import day_of, estate_of, organisation_with, person_with
from gongzhi.values.refusals import NotFound, NotPossible

from ..conduct_facts import ConductFinal, RecordConduct, RevokeConduct
from ..models import Conduct


def _root_of_authority(facts: RecordConduct) -> Root:
    return Root("organisation", facts.authority_id)


def _root_of_row(facts: ConductFinal | RevokeConduct) -> Root:
    return Root("organisation", conduct_with(facts).authority_id)


def conduct_with(facts: ConductFinal | RevokeConduct) -> Conduct:
    """The row of 《白山市…管理办法》第10条; NotFound otherwise."""
    row = Conduct.objects.filter(pk=facts.conduct_id).select_related("authority").first()
    if row is None:
        raise NotFound("没有这条行为记录，请核对编号。")
    return row


@action(
    "exits.record_conduct",
    title="登记行为记录（处罚、评价、黑名单）",
    facts=RecordConduct,
    root=_root_of_authority,
    may="keeper_of_conduct",
)
def record_conduct(*, by: Actor, at: datetime, facts: RecordConduct) -> dict[str, Any]:
    """Keep an authority's paper about a provider or a person; `conduct_id`. 《白山市…管理办法》第10条第1项至第3项."""
    if facts.decided_on > day_of(at):
        raise NotPossible("决定日期不能晚于今天，请核对。")
    if facts.final_on is not None and facts.final_on > day_of(at):
        raise NotPossible("终局日期不能晚于今天，请在终局后再登记。")
    row = Conduct(
        organisation=organisation_with(facts.organisation_id) if facts.organisation_id else None,
        person=person_with(facts.person_id) if facts.person_id else None,
        estate=estate_of(facts.estate_id) if facts.estate_id else None,
        authority=organisation_with(facts.authority_id),
        recorded_at=at,
        **facts.model_dump(exclude={"organisation_id", "person_id", "estate_id", "authority_id"}),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise NotPossible(
            f"{row.authority.name}的{facts.document_number}已经登记过，有误的请先撤销再登记。"
        ) from twice
    return {"conduct_id": row.pk}


@action(
    "exits.conduct_final",
    title="登记行为记录终局",
    facts=ConductFinal,
    root=_root_of_row,
    may="keeper_of_conduct",
)
def conduct_final(*, by: Actor, at: datetime, facts: ConductFinal) -> dict[str, Any]:
    """The decision can no longer be challenged, since a day; `conduct_id`. 《白山市…管理办法》第10条第3项."""
    row = conduct_with(facts)
    if row.revoked_on is not None or row.final_on is not None:
        raise NotPossible("这条记录已经终局或者已撤销，无需再登记。")
    if not row.decided_on <= facts.final_on <= day_of(at):
        raise NotPossible("终局日期应在决定日期以后、今天以前，请核对。")
    row.final_on = facts.final_on
    row.save(update_fields=["final_on"])
    return {"conduct_id": row.pk}


@action(
    "exits.revoke_conduct",
    title="撤销行为记录",
    facts=RevokeConduct,
    root=_root_of_row,
    may="keeper_of_conduct",
)
def revoke_conduct(*, by: Actor, at: datetime, facts: RevokeConduct) -> dict[str, Any]:
    """The row stays with its reason and counts no longer from that day; `conduct_id`. 《白山市…管理办法》第10条."""
    row = conduct_with(facts)
    if row.revoked_on is not None:
        raise NotPossible(f"这条记录已于{row.revoked_on}撤销，无需重复办理。")
    if not row.decided_on <= facts.revoked_on <= day_of(at):
        raise NotPossible("撤销日期应在决定日期以后、今天以前，请核对。")
    row.revoked_on, row.revoked_why = facts.revoked_on, facts.reason
    row.save(update_fields=["revoked_on", "revoked_why"])
    return {"conduct_id": row.pk}
