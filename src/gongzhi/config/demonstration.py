"""The demonstration cities: what `gongzhi demo` builds, and who may sign in to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from gongzhi.values.refusals import NotPossible

if TYPE_CHECKING:
    from gongzhi.exits.seeds.reporting import Reporting
    from gongzhi.exits.seeds.telling import Story, Telling
    from gongzhi.registry.seeds.plan import EstatePlan
    from gongzhi.registry.seeds.sign_ins import SignIn
    from gongzhi.registry.seeds.world import World

#: Of every account that has one: known to all, like everything of the demonstration.
PASSWORD = "gongzhi-yanshi"
#: Beside the database: who may sign in, and the tokens, which the database does not know.
KEPT = "demonstration-accounts.json"


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """One account to try: what to type, whom it stands for, and the token a program acts with."""

    name: str
    password: str
    stands_for: str
    token: str = ""


def build(
    *, at: datetime, estates: int | None = None, keys: Collection[str] = (), small: bool = False
) -> None:
    """Build the cities as of `at`, by actions only; `estates` more than the default makes them larger.

    All or nothing: an interrupted build leaves an empty database. `small` gives each estate few units; with `keys` only
    those estates are built, and what is told of them.
    NotPossible where something is registered already.
    """
    from gongzhi.registry.seeds.plan import estate_plans

    with transaction.atomic():
        _plan_anew()
        _refuse_beside_others()
        world = _build_registers(at, estate_plans(estates, keys), small)
        _set_law(world)
        _live_through(_stories(world), world)
        opened = _open_accounts(world)
    _keep(opened)


def _plan_anew() -> None:
    """Within one transaction the tables grow from nothing: what was planned for empty ones is not kept."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")


def _refuse_beside_others() -> None:
    from gongzhi.registry.models import Organisation

    if Organisation.objects.exists():
        raise NotPossible("数据库里已有登记的单位，为免混入演示数据没有改动，请另用一个空数据库。")


def accounts() -> tuple[DemonstrationAccount, ...]:
    """Whom one can sign in as; nobody where nothing was built."""
    kept = Path(settings.DATA) / KEPT
    rows = json.loads(kept.read_text("utf-8")) if kept.exists() else []
    return tuple(DemonstrationAccount(**row) for row in rows)


def _keep(opened: Iterable[SignIn]) -> None:
    """Note the accounts in a file that only its owner reads, in one step."""
    rows = [
        asdict(
            DemonstrationAccount(
                one.username, PASSWORD if one.has_password else "", one.stands_for, one.token
            )
        )
        for one in opened
    ]
    kept = Path(settings.DATA) / KEPT
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = kept.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    new.replace(kept)


# The rooms' parts, from the bottom up -------------------------------------------------------------------------------


def _build_registers(at: datetime, plans: Iterable[EstatePlan], small: bool) -> World:
    from gongzhi.law import seeds as law
    from gongzhi.registry.seeds.bodies import build_bodies
    from gongzhi.registry.seeds.estates import build_estate
    from gongzhi.registry.seeds.units import layout_of
    from gongzhi.registry.seeds.world import World

    world = World(at)
    law.load(at=world.began_at)
    build_bodies(world)
    for number, plan in enumerate(plans):
        build_estate(world, plan, layout_of(number, small=small))
    return world


def _set_law(world: World) -> None:
    """The authorities of the places adopt and set what is theirs to set, some days after the registers were begun."""
    from gongzhi.law import seeds as law
    from gongzhi.registry.models import OrganisationKind
    from gongzhi.registry.seeds.bodies import leader_of

    at = world.began_at + timedelta(days=14)
    for place in dict.fromkeys((law.CITY, *(said.place for said in law.VALUES))):
        bureau = world.organisation(OrganisationKind.PROPERTY_AUTHORITY, place)
        by = leader_of(world, place)
        if place == law.CITY:
            law.adopt(by=by, authority=bureau.name, at=at)
        for said in law.VALUES:
            if said.place == place:
                law.set_value(said, by=by, authority=bureau.name, at=at)


def _stories(world: World) -> Iterator[Story]:
    """Which exit is told of which estate, and what a county reports of them."""
    from gongzhi.exits.seeds import reporting
    from gongzhi.exits.seeds.telling import Telling
    from gongzhi.registry.models import OrganisationKind
    from gongzhi.registry.seeds.estates import COUNTY_OF

    for key, tell in _told().items():
        if key in world.estates:
            plan = world.plans[key]
            county = COUNTY_OF[plan.county]
            telling = Telling(
                estate=world.estates[key],
                follower=world.provider_of(county, plan, other=True),
                firm=world.organisation(OrganisationKind.THIRD_PARTY_FIRM, county.code),
                at=world.at,
                now=world.began_at,
            )
            yield tell(telling)
    yield reporting.two_quarters(_reporting(world))


def _reporting(world: World) -> Reporting:
    """The county that has set how often it reports, to its city."""
    from gongzhi.exits.seeds.reporting import Reporting
    from gongzhi.law import seeds as law
    from gongzhi.registry.seeds.bodies import officer_of

    by, to = officer_of(world, law.REPORTING), officer_of(world, law.CITY)
    return Reporting(county=law.REPORTING, by=by, to=to, at=world.at)


def _told() -> dict[str, Callable[[Telling], Story]]:
    """What is told of which estate."""
    from gongzhi.exits.seeds import beginnings, forced, handovers, normal, settlements

    return {
        "hj-02": beginnings.just_applied,
        "hj-03": beginnings.negotiating,
        "hj-04": beginnings.agreed,
        "hj-05": beginnings.notice_hanging,
        "hj-06": beginnings.notice_torn,
        "hj-07": beginnings.objection_open,
        "hj-08": beginnings.objection_answered,
        "hj-09": settlements.area_unknown,
        "hj-10": settlements.apportionment_hanging,
        "hj-11": settlements.advance_hanging,
        "hj-12": settlements.report_awaited,
        "hj-13": settlements.report_objected,
        "hj-14": settlements.refund_overdue,
        "hj-15": handovers.half_filled,
        "hj-16": handovers.refusal_recorded,
        "hj-17": handovers.clocks_in_conflict,
        "hj-18": handovers.done,
        "hj-19": handovers.missing_ordered,
        "hj-20": handovers.interim,
        "jy-01": beginnings.returned,
        "jy-02": beginnings.suspended,
        "lj-01": beginnings.withdrawn,
        "lj-02": beginnings.agreement_failed,
        "lj-03": beginnings.refused,
        "lj-04": settlements.advance_hanging,
        "lj-05": beginnings.objection_answered,
        "fs-01": beginnings.replaced,
        "zj-02": beginnings.filing_completed,
        "zj-03": handovers.half_filled,
        "zj-04": handovers.self_managed,
        "sl-02": beginnings.agreed,
        "sl-03": handovers.done,
        "yc-02": beginnings.amended,
        "yc-03": handovers.leaves_by_agreement,
        "lj-06": forced.rated_d,
        "lj-07": forced.blacklisted,
        "jy-05": forced.penalised,
        "hj-24": forced.carried_out,
        "lj-08": forced.fees_forced,
        "lj-09": forced.voted_down,
        "jy-06": forced.on_its_way,
        "lj-10": forced.being_settled,
        "jy-07": forced.just_found,
        "lj-11": normal.term_over,
        "zj-07": normal.dismissed_at_term,
        "zj-06": normal.not_renewing,
        "jy-03": normal.indefinite_ended,
        "yc-04": normal.stays_on,
        "sl-05": normal.replaced,
        "jy-04": normal.other_lawful,
    }


def _live_through(stories: Iterable[Story], world: World) -> None:
    """Tell all stories side by side in the order of time, with the tick of every day between them."""
    from gongzhi.law import queries as law

    from .days import Days, in_order

    with law.pinned():
        days = Days()
        days.tick(world.began_at + timedelta(days=15))
        for at in in_order(stories, world.at):
            days.come_to(at)
        days.come_to(world.at)
        days.end(world.at)


def _open_accounts(world: World) -> list[SignIn]:
    from gongzhi.registry.seeds.sign_ins import build_sign_ins

    return build_sign_ins(world, password=PASSWORD, at=world.at)
