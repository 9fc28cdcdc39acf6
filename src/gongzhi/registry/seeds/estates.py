"""Estates with their units, owners, committee, contract and manager, each as its line of the plan says."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import SYSTEM
from gongzhi.registry import actions
from gongzhi.registry.facts import (
    BeginEngagement,
    GrantPowerOfAttorney,
    RegisterBuildings,
    RegisterEstate,
    RegisterOwners,
    RegisterUnits,
    SignContract,
)
from gongzhi.registry.models import ContractKind, Estate, Mode, Organisation, OrganisationKind, Post
from gongzhi.values.now import ZONE

from .committees import build_committee, owners_of
from .names import MARK
from .outlines import build_outline
from .plan import COUNTIES, County, EstatePlan
from .units import Layout, Units
from .world import World

#: Days from the present: when a provider left; an emergency service, from and until; contracts that ended or end.
LEFT, EMERGENCY_FROM, EMERGENCY_UNTIL, ENDED, ENDING, EXPIRED = -70, -20, 70, -200, 55, -12
COUNTY_OF = {county.key: county for county in COUNTIES}


def build_estate(world: World, plan: EstatePlan, layout: Layout) -> Estate:
    """One estate, whole."""
    county = COUNTY_OF[plan.county]
    delivered_on = date(world.began_on.year - 2 - world.next("estate") % 9, 6, 1)
    estate = _register(world, plan, county, delivered_on)
    world.estates[plan.key], world.plans[plan.key] = estate, plan
    _build_units(world, plan, county, layout, delivered_on)
    build_outline(world, plan, county)
    _build_people(world, plan)
    build_committee(world, plan)
    _build_management(world, plan, county)
    return estate


def _register(world: World, plan: EstatePlan, county: County, delivered_on: date) -> Estate:
    facts = RegisterEstate(
        name=f"{MARK}{plan.name}",
        community=county.communities[plan.community % len(county.communities)],
        address=f"示例大街{world.counted['estate'] * 2}号",
        kind=plan.kind,
        first_delivered_on=delivered_on,
        managed_from_at=world.began_at,
        **_first_manager(world, plan, county),
    )
    answer = actions.register_estate(by=SYSTEM, at=world.began_at, facts=facts)
    return Estate.objects.get(pk=answer.value["estate_id"])


def _first_manager(world: World, plan: EstatePlan, county: County) -> dict[str, Any]:
    """Who managed when the registers were begun; what is otherwise today came later."""
    if plan.management == "self_managed":
        return {"mode": Mode.SELF_MANAGED, "paper_title": "业主大会关于自行管理的决定（示例）"}
    provider = world.provider_of(county, plan)
    title = "前期物业服务合同（示例）" if plan.management == "preliminary" else "物业服务合同（示例）"
    return {"mode": Mode.CONTRACT, "organisation_id": provider.pk, "paper_title": title}


def _build_units(world: World, plan: EstatePlan, county: County, layout: Layout, delivered_on: date) -> None:
    estate, units = world.estates[plan.key], Units(world, plan, layout, delivered_on)
    at, developer = world.began_at, world.organisation(OrganisationKind.DEVELOPER, county.code)
    buildings = RegisterBuildings(estate_id=estate.pk, rows=tuple(layout.buildings))
    actions.register_buildings(by=SYSTEM, at=at, facts=buildings)
    actions.register_units(by=SYSTEM, at=at, facts=RegisterUnits(estate_id=estate.pk, rows=tuple(units.rows)))
    owners = RegisterOwners(estate_id=estate.pk, rows=tuple(units.owners(developer.pk)))
    actions.register_owners(by=SYSTEM, at=at, facts=owners)


def _build_people(world: World, plan: EstatePlan) -> None:
    """An owner with an account, and those who live there without owning."""
    estate = world.estates[plan.key]
    last = owners_of(estate)[-1]
    world.open_account(last.person_id, last.pk, f"{plan.key}-owner", f"{estate.name} 业主")
    for post in (Post.TENANT, Post.RESIDENT, Post.VOLUNTEER):
        person = world.person()
        held = world.appoint(person, post, estate_id=estate.pk)
        if plan.key.endswith("-01") or (plan.key.endswith("-05") and post is Post.VOLUNTEER):
            world.open_account(person, held, f"{plan.key}-{post.value}", f"{estate.name} {post.label}")


# Contracts, and who manages today ----------------------------------------------------------------------------------


def _build_management(world: World, plan: EstatePlan, county: County) -> None:
    if plan.management == "self_managed":
        return
    provider = world.provider_of(county, plan)
    _sign(world, plan, county, provider)
    _lead(world, plan, provider)
    if plan.management == "unmanaged":
        _change(world, plan, LEFT, mode=Mode.UNMANAGED, reason="原物业服务人擅自撤离，尚无接替单位（示例）")
    elif plan.management == "custody":
        community = world.organisation(
            OrganisationKind.RESIDENTS_COMMITTEE, county.communities[plan.community]
        )
        title = "社区托管协议（示例）"
        _change(
            world, plan, LEFT, mode=Mode.COMMUNITY_CUSTODY, organisation_id=community.pk, paper_title=title
        )
    elif plan.management == "emergency":
        _begin_emergency(world, plan, county)


def _sign(world: World, plan: EstatePlan, county: County, provider: Organisation) -> None:
    """The contract of the first manager, as long as its plan says."""
    ends = {
        "term": date(world.at.astimezone(ZONE).year + 1, 12, 31),
        "ending": world.on(ENDING),
        "expired": world.on(EXPIRED),
        "indefinite": world.on(ENDED),
        "unmanaged": world.on(LEFT),
        "custody": world.on(LEFT),
        "emergency": world.on(LEFT),
    }
    preliminary = plan.management == "preliminary"
    developer = world.organisation(OrganisationKind.DEVELOPER, county.code)
    client = developer if preliminary else world.committees.get(plan.key)
    _contract(
        world,
        estate_id=world.estates[plan.key].pk,
        provider_id=provider.pk,
        client_id=client.pk if client is not None else None,
        kind=ContractKind.PRELIMINARY if preliminary else ContractKind.SERVICE,
        starts_on=world.began_on,
        ends_on=ends.get(plan.management),
    )


def _contract(world: World, **said: Any) -> UUID:
    facts = SignContract(signed_on=said["starts_on"], **said)
    at = max(world.began_at, datetime.combine(facts.signed_on, time(9), ZONE))
    return UUID(actions.sign_contract(by=SYSTEM, at=at, facts=facts).value["contract_id"])


def _lead(world: World, plan: EstatePlan, provider: Organisation) -> None:
    """The provider's project leader at this estate, with the power to hand it over."""
    estate = world.estates[plan.key]
    title = f"{estate.name}项目负责人"
    leader = world.staff(provider, Post.PROVIDER_LEADER, f"{plan.key}-leader", title, estate_id=estate.pk)
    power = GrantPowerOfAttorney(
        principal_organisation_id=provider.pk,
        agent_id=leader,
        matter=f"{estate.name}退出与交接",
        scope="代为提交申请、参加交接、签署清单和确认书；不得转委托",
        from_on=world.began_on,
        to_on=world.on(ENDING).replace(month=12, day=31),
        is_signed_by_principal=True,
        is_signed_by_agent=True,
        paper_title="授权委托书（示例）",
    )
    actions.grant_power_of_attorney(by=SYSTEM, at=world.began_at, facts=power)


def _change(world: World, plan: EstatePlan, days: int, **manager: Any) -> None:
    """Another manager from the morning of a day on."""
    from_at = datetime.combine(world.on(days), time(8), ZONE)
    facts = BeginEngagement(estate_id=world.estates[plan.key].pk, from_at=from_at, **manager)
    actions.begin_engagement(by=SYSTEM, at=from_at, facts=facts)


def _begin_emergency(world: World, plan: EstatePlan, county: County) -> None:
    """The provider left; after some days another serves for a time that is stated."""
    _change(world, plan, LEFT, mode=Mode.UNMANAGED, reason="原物业服务人擅自停止服务（示例）")
    other = world.provider_of(county, plan, other=True)
    contract = _contract(
        world,
        estate_id=world.estates[plan.key].pk,
        provider_id=other.pk,
        kind=ContractKind.EMERGENCY,
        starts_on=world.on(EMERGENCY_FROM),
        ends_on=world.on(EMERGENCY_UNTIL),
    )
    title = "准予应急接管决定书（示例）"
    _change(
        world, plan, EMERGENCY_FROM,
        mode=Mode.EMERGENCY, organisation_id=other.pk, contract_id=contract, paper_title=title,
    )  # fmt: skip
