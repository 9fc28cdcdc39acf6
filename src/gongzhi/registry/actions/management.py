"""Contracts, and who manages an estate from when."""

from datetime import datetime
from typing import Any

from gongzhi.acts.door import Actor, action
from gongzhi.acts.roots import Root
from gongzhi.registry.engagements import write_contract_end, write_engagement
from gongzhi.registry.facts import BeginEngagement, EndContract, SignContract
from gongzhi.registry.models import MANAGERS, ContractTerm, ServiceContract
from gongzhi.registry.queries import contract_with, estate_of, organisation_with
from gongzhi.values.refusals import NotPossible


def _root_of_estate(facts: SignContract | BeginEngagement) -> Root:
    return Root("estate", facts.estate_id)


def _root_of_contract(facts: EndContract) -> Root:
    return Root("estate", contract_with(facts.contract_id).estate_id)


@action(
    "registry.sign_contract",
    title="登记物业服务合同",
    facts=SignContract,
    root=_root_of_estate,
    may="registrar_of_owners",
)
def sign_contract(*, by: Actor, at: datetime, facts: SignContract) -> dict[str, Any]:
    """Record a contract and what it says under keys of the law; `contract_id`. 《民法典》第938–940条."""
    estate, provider = estate_of(facts.estate_id), organisation_with(facts.provider_id)
    if provider.kind not in MANAGERS:
        raise NotPossible(f"“{provider.name}”不是物业服务人，不能签订物业服务合同，请另选单位。")
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise NotPossible("合同止早于合同起，请核对。")
    made = ServiceContract.objects.create(
        estate=estate,
        provider=provider,
        client=organisation_with(facts.client_id) if facts.client_id else None,
        kind=facts.kind,
        signed_on=facts.signed_on,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        paper_id=facts.paper_id,
    )
    ContractTerm.objects.bulk_create(
        ContractTerm(contract=made, key=key, value=value) for key, value in sorted(facts.terms.items())
    )
    return {"contract_id": made.pk}


@action(
    "registry.end_contract",
    title="登记合同终止",
    facts=EndContract,
    root=_root_of_contract,
    may="registrar_of_owners",
)
def end_contract(*, by: Actor, at: datetime, facts: EndContract) -> dict[str, Any]:
    """The contract ends on this day; who manages is said apart, by an engagement."""
    write_contract_end(contract_with(facts.contract_id), facts.ends_on)
    return {"contract_id": facts.contract_id}


@action(
    "registry.begin_engagement",
    title="登记管理变更",
    facts=BeginEngagement,
    root=_root_of_estate,
    may="registrar_of_estate",
)
def begin_engagement(*, by: Actor, at: datetime, facts: BeginEngagement) -> dict[str, Any]:
    """From this instant the estate is managed so; `engagement_id`. At most one change a day.

    《民法典》第949、950条; 《白山市物业服务人退出及应急服务管理办法》第3条.
    """
    row = write_engagement(
        estate=estate_of(facts.estate_id),
        from_at=facts.from_at,
        mode=facts.mode,
        organisation=organisation_with(facts.organisation_id) if facts.organisation_id else None,
        contract=contract_with(facts.contract_id) if facts.contract_id else None,
        paper_id=facts.paper_id,
        paper_title=facts.paper_title,
        reason=facts.reason,
        until_on=facts.until_on,
    )
    return {"engagement_id": row.pk}
