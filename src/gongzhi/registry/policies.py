"""Who may: every policy the doors name, bound here because the registry knows people.

The system's own actor (imports, demonstration, clock) passes; the HTTP doors never make one.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from gongzhi.accounts.models import Token
from gongzhi.acts.actor import Actor
from gongzhi.acts.policies import binds
from gongzhi.law import queries as law
from gongzhi.values.refusals import NotAllowed

from .acting import appointment_of
from .divisions import ancestors_of
from .models import (
    OF_ONE_ESTATE,
    OF_THE_SYSTEM,
    REGISTRARS,
    TERRITORIAL,
    Appointment,
    Organisation,
    OrganisationKind,
    Ownership,
    Post,
    PowerOfAttorney,
)
from .places_of_facts import codes_named, estate_named, organisation_named
from .queries import day_of, in_force
from .territory import visible_estates

#: These appoint within their own organisation.
HEADS = (Post.LEADER, Post.PROVIDER_LEGAL_REPRESENTATIVE, Post.COMMUNITY_HEAD)
#: These speak for their organisation towards third parties.
SIGNERS = (*HEADS, Post.COMMITTEE_HEAD, Post.REPRESENTATIVE)
#: These may be shown personal numbers of people in their territory.
LOOKERS = (
    Post.OFFICER,
    Post.LEADER,
    Post.REVIEWER,
    Post.COMMUNITY_WORKER,
    Post.COMMUNITY_HEAD,
    Post.COMMITTEE_HEAD,
)
BUREAUS = (OrganisationKind.PROPERTY_AUTHORITY,)
GOVERNMENTS = (OrganisationKind.PROPERTY_AUTHORITY, OrganisationKind.GOVERNMENT)

Holds = Callable[[Appointment, Any, datetime], bool]
Fits = Callable[[Appointment], bool]


def _bind(name: str, says: str, fits: Fits | None = None) -> Callable[[Holds], Holds]:
    """Bind a policy that asks one question of the appointment acted in; posts that do not fit never pass."""

    def ever(*, by: Actor, at: datetime) -> bool:
        return by.is_system or fits is None or fits(appointment_of(by, at))

    def bind(holds: Holds) -> Holds:
        @binds(name, says=says, ever=ever)
        def check(*, by: Actor, facts: Any, at: datetime) -> None:
            if not by.is_system and not holds(appointment_of(by, at), facts, at):
                raise NotAllowed(f"您无权办理，应由{says}办理。")

        return holds

    return bind


def _works_in(*kinds: OrganisationKind) -> Fits:
    """Whether a post is in an organisation of those kinds, and none of the system."""

    def fits(held: Appointment) -> bool:
        body = held.organisation
        return body is not None and held.post not in OF_THE_SYSTEM and body.kind in kinds

    return fits


def _administers(held: Appointment) -> bool:
    return held.post == Post.ADMINISTRATOR


def _registers_people(held: Appointment) -> bool:
    kinds = (*REGISTRARS, OrganisationKind.RESIDENTS_COMMITTEE)
    in_an_office = held.organisation is not None and held.organisation.kind in kinds
    return _administers(held) or held.post in SIGNERS or in_an_office


def _registers_bodies(held: Appointment) -> bool:
    return _administers(held) or _works_in(*REGISTRARS)(held)


def _keeps_bodies(held: Appointment) -> bool:
    return held.post in SIGNERS or _registers_bodies(held)


_registers_owners = _works_in(*REGISTRARS, OrganisationKind.RESIDENTS_COMMITTEE, *OF_ONE_ESTATE)


def _appoints(held: Appointment) -> bool:
    return _administers(held) or held.post in HEADS or _registers_owners(held)


# Anybody -----------------------------------------------------------------------------------------------------------


@binds("anyone", says="任何人")
def _anyone(*, by: Actor, facts: Any, at: datetime) -> None:
    """No condition."""


@binds("signed_in", says="已登录的人员")
def _signed_in(*, by: Actor, facts: Any, at: datetime) -> None:
    """Somebody is known to act, in whatever post."""


@_bind("appointed", "有任职的人员")
def _appointed(held: Appointment, facts: Any, at: datetime) -> bool:
    return True


# The system --------------------------------------------------------------------------------------------------------


@_bind("system_administrator", "系统管理员", _administers)
def is_administrator(held: Appointment, facts: Any, at: datetime) -> bool:
    """Keeps accounts and the registers' frame; sees no business data."""
    return _administers(held)


@_bind("auditor", "审计人员", lambda held: held.post == Post.AUDITOR)
def _is_auditor(held: Appointment, facts: Any, at: datetime) -> bool:
    return held.post == Post.AUDITOR


@binds("account_holder", says="本人或者系统管理员")
def _account_holder(*, by: Actor, facts: Any, at: datetime) -> None:
    if by.is_system or by.account_id == facts.account_id:
        return
    if not is_administrator(appointment_of(by, at), facts, at):
        raise NotAllowed("您无权办理，应由本人或者系统管理员办理。")


@binds("token_holder", says="本人（为自己的任职）")
def _token_holder(*, by: Actor, facts: Any, at: datetime) -> None:
    if by.is_system:
        return
    if by.account_id != facts.account_id or by.person_id is None:
        raise NotAllowed("您无权办理：只能由本人为自己的任职签发令牌。")
    if not Appointment.objects.filter(pk=facts.appointment_id, person_id=by.person_id).exists():
        raise NotAllowed("您无权办理：只能由本人为自己的任职签发令牌。")


@binds("token_revoker", says="本人或者系统管理员")
def _token_revoker(*, by: Actor, facts: Any, at: datetime) -> None:
    if by.account_id is None or Token.objects.filter(pk=facts.token_id, account_id=by.account_id).exists():
        return
    if not is_administrator(appointment_of(by, at), facts, at):
        raise NotAllowed("您无权办理，应由本人或者系统管理员办理。")


# Authorities and their territory -----------------------------------------------------------------------------------


def _is_over(held: Appointment, codes: frozenset[str], kinds: tuple[OrganisationKind, ...]) -> bool:
    """Whether the post is in an organisation of those kinds whose territory contains the place."""
    organisation = held.organisation
    if organisation is None or held.post in OF_THE_SYSTEM:
        return False
    return organisation.kind in kinds and organisation.jurisdiction_code in codes


@_bind("property_authority_of_place", "当地县（市、区）或者市物业主管部门", _works_in(*BUREAUS))
def _property_authority(held: Appointment, facts: Any, at: datetime) -> bool:
    return _is_over(held, codes_named(facts), BUREAUS)


def _leads_a_government(held: Appointment, at: datetime) -> bool:
    """Whether the post leads a government's body, or is of one that nobody leads that day."""
    if not _works_in(*GOVERNMENTS)(held):
        return False
    leaders = Appointment.objects.filter(
        in_force(day_of(at)), organisation=held.organisation, post=Post.LEADER
    )
    return held.post == Post.LEADER or not leaders.exists()


def setters_at(place: str) -> list[str]:
    """Names of the bodies whose people may set for a place, by its code: of the place or above, nearest first."""
    chain = law.book().chain(place)
    rows = Organisation.objects.filter(kind__in=GOVERNMENTS, jurisdiction_code__in=chain, to_on=None)
    found = rows.order_by("kind", "name").values_list("jurisdiction_code", "name")
    return [name for _, name in sorted(found, key=lambda one: chain.index(one[0]))]


def _may_lead(*, by: Actor, at: datetime) -> bool:
    return by.is_system or _leads_a_government(appointment_of(by, at), at)


_LEADS = "本级或者上级物业主管部门、人民政府的负责人（没有登记负责人的由其工作人员）"


@binds("authority_over_jurisdiction", says=_LEADS, ever=_may_lead)
def _authority(*, by: Actor, facts: Any, at: datetime) -> None:
    """What a place sets binds every case there: who leads the body sets it, never one clerk alone."""
    if by.is_system:
        return
    held = appointment_of(by, at)
    if not (_is_over(held, codes_named(facts), GOVERNMENTS) and _leads_a_government(held, at)):
        raise NotAllowed(f"您无权办理，应由{_LEADS}办理。")


@_bind(
    "registrar_of_estate",
    "小区所在地物业主管部门或者街道办事处（乡镇人民政府）",
    _works_in(*REGISTRARS),
)
def _registrar_of_estate(held: Appointment, facts: Any, at: datetime) -> bool:
    return _is_over(held, codes_named(facts), REGISTRARS)


@_bind(
    "registrar_of_owners",
    "小区所在地物业主管部门、街道办事处（乡镇人民政府）、社区居民委员会或者业主委员会",
    _registers_owners,
)
def _registrar_of_owners(held: Appointment, facts: Any, at: datetime) -> bool:
    kinds = (*REGISTRARS, OrganisationKind.RESIDENTS_COMMITTEE)
    return _is_over(held, codes_named(facts), kinds) or _of_the_estates_committee(held, facts)


def _of_the_estates_committee(held: Appointment, facts: Any) -> bool:
    organisation, estate = held.organisation, estate_named(facts)
    if organisation is None or estate is None or organisation.kind not in OF_ONE_ESTATE:
        return False
    return organisation.estate_id == estate.pk


@_bind(
    "registrar_of_people",
    "物业主管部门、街道办事处（乡镇人民政府）、社区居民委员会、业主委员会或者单位负责人",
    _registers_people,
)
def _registrar_of_people(held: Appointment, facts: Any, at: datetime) -> bool:
    return _registers_people(held)


@_bind(
    "registrar_of_organisation",
    "系统管理员、当地物业主管部门或者街道办事处（乡镇人民政府）",
    _registers_bodies,
)
def _registrar_of_organisation(held: Appointment, facts: Any, at: datetime) -> bool:
    """The administrator registers authorities; authorities register what lies below them."""
    return is_administrator(held, facts, at) or _is_over(held, codes_named(facts), REGISTRARS)


@_bind(
    "keeper_of_organisation",
    "本单位负责人，或者当地物业主管部门、街道办事处（乡镇人民政府）",
    _keeps_bodies,
)
def _keeper_of_organisation(held: Appointment, facts: Any, at: datetime) -> bool:
    own = held.organisation_id == facts.organisation_id and held.post in SIGNERS
    return own or _registrar_of_organisation(held, facts, at)


@_bind("own_organisation", "本单位人员", lambda held: held.organisation is not None)
def _own_organisation(held: Appointment, facts: Any, at: datetime) -> bool:
    organisation = organisation_named(facts)
    return organisation is not None and held.organisation_id == organisation.pk


# Appointing --------------------------------------------------------------------------------------------------------


@_bind("appointing_authority", "系统管理员（机关）、本单位负责人或者上级登记机关", _appoints)
def _appointing_authority(held: Appointment, facts: Any, at: datetime) -> bool:
    """Posts of the system: the administrator. Of an authority: also its head and those above. At an estate: its
    registrars. In a committee: the authorities, for its members are elected."""
    post, organisation = _post_named(facts), organisation_named(facts)
    if post in OF_THE_SYSTEM:
        return is_administrator(held, facts, at)
    if organisation is None:
        return _registrar_of_owners(held, facts, at)
    if is_administrator(held, facts, at):
        return organisation.kind in TERRITORIAL
    if held.organisation_id == organisation.pk:
        return held.post in HEADS and organisation.kind not in OF_ONE_ESTATE
    return _is_over(held, ancestors_of(organisation.jurisdiction_code), REGISTRARS)


def _post_named(facts: Any) -> str:
    if hasattr(facts, "post"):
        return str(facts.post)
    return Appointment.objects.values_list("post", flat=True).get(pk=facts.appointment_id)


# Acting for others -------------------------------------------------------------------------------------------------


@_bind("principal", "委托人本人或者委托单位负责人")
def _principal(held: Appointment, facts: Any, at: datetime) -> bool:
    organisation_id, person_id = _principal_named(facts)
    signs = held.organisation_id == organisation_id and held.post in SIGNERS
    return bool(held.person_id == person_id or (organisation_id is not None and signs))


def _principal_named(facts: Any) -> tuple[Any, Any]:
    if hasattr(facts, "agent_id"):
        return facts.principal_organisation_id, facts.principal_person_id
    power = PowerOfAttorney.objects.get(pk=facts.power_id)
    return power.principal_organisation_id, power.principal_person_id


# Personal data -----------------------------------------------------------------------------------------------------


@_bind("may_look", "本人，或者因职责需要核对的当地经办人员")
def _may_look(held: Appointment, facts: Any, at: datetime) -> bool:
    """Oneself; else an official, community worker or committee head, of people of their own territory only."""
    if held.person_id == facts.person_id:
        return True
    if held.post not in LOOKERS or held.organisation is None:
        return False
    if held.organisation.kind not in (*TERRITORIAL, *OF_ONE_ESTATE):
        return False
    estates = visible_estates(held, at)
    owns = Ownership.objects.filter(person_id=facts.person_id, estate__in=estates).exists()
    posted = Appointment.objects.filter(person_id=facts.person_id, estate__in=estates).exists()
    return owns or posted or _works_below(held.organisation, facts.person_id)


def _works_below(authority: Organisation, person_id: Any) -> bool:
    """Whether the person holds a post in an organisation of the authority's territory."""
    if authority.kind not in TERRITORIAL:
        return False
    codes = Appointment.objects.filter(person_id=person_id, organisation__isnull=False).values_list(
        "organisation__jurisdiction_code", flat=True
    )
    return any(authority.jurisdiction_code in ancestors_of(code) for code in codes)


@_bind("may_look_at_owners", "因职责需要核对的当地经办人员")
def _may_look_at_owners(held: Appointment, facts: Any, at: datetime) -> bool:
    """Who may be shown the numbers of single owners of the estates they see may be shown those of all."""
    kinds = (*TERRITORIAL, *OF_ONE_ESTATE)
    return held.post in LOOKERS and held.organisation is not None and held.organisation.kind in kinds
