"""Whom one can sign in as: one account a role and area, with a password where told, and a token each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gongzhi.accounts.actions import issue_token, set_password
from gongzhi.accounts.facts import IssueToken, SetPassword
from gongzhi.accounts.passwords import known_to_all
from gongzhi.acts.actor import SYSTEM

from .plan import COUNTIES, County
from .world import Known, World

_OFFICE = ("officer", "reviewer", "leader", "clerk")
#: Who is asked most in the areas beside the first, and who is asked least in it: they act by token alone.
_MOST_ASKED = ("county-officer", "street1-officer", "01-leader")
_LEAST_ASKED = ("street1-clerk", "firm-accountant2", "01-member", "01-resident", "01-volunteer")
#: Some at estates where something is going on.
_INVOLVED = ("hj-03-head", "hj-05-owner", "hj-05-volunteer")
PURPOSE = "演示"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What one types, and whom it stands for; no password where there is a token alone."""

    username: str
    stands_for: str
    has_password: bool
    token: str


def _roles() -> Iterator[str]:
    """Roles of a county, without its key."""
    for body in ("county", "street1"):
        yield from (f"{body}-{role}" for role in _OFFICE)
    yield from ("community1-worker", "community1-head", "provider1-legal", "01-leader", "provider2-legal")
    yield from ("firm-accountant1", "firm-accountant2")
    yield from ("01-head", "01-member", "01-owner", "01-tenant", "01-resident", "01-volunteer")


def _usernames(county: County) -> Iterator[tuple[str, bool]]:
    """The accounts of an area, and whether each has a password."""
    is_first = county is COUNTIES[0]
    yield from ((f"city{county.city}-{role}", is_first and role == _OFFICE[0]) for role in _OFFICE)
    for role in _roles():
        yield f"{county.key}-{role}", role not in _LEAST_ASKED if is_first else role in _MOST_ASKED


def build_sign_ins(world: World, *, password: str, at: datetime) -> list[SignIn]:
    """Set passwords and issue tokens; the secrets are told this once."""
    wanted = {"administrator": True, "auditor": True}
    for county in COUNTIES:
        wanted |= dict(_usernames(county)) if county.is_pilot else {}
    wanted |= dict.fromkeys(_INVOLVED, True)
    known = {name: has_password for name, has_password in wanted.items() if name in world.known}
    with known_to_all():
        return [_open(name, world.known[name], password if has else "", at) for name, has in known.items()]


def _open(username: str, known: Known, password: str, at: datetime) -> SignIn:
    account_id, appointment_id = known.actor.account_id, known.actor.appointment_id
    assert account_id is not None
    assert appointment_id is not None
    if password:
        set_password(by=SYSTEM, at=at, facts=SetPassword(account_id=account_id, password=password))
    facts = IssueToken(account_id=account_id, appointment_id=appointment_id, purpose=PURPOSE)
    answer = issue_token(by=SYSTEM, at=at, facts=facts)
    return SignIn(username, known.stands_for, bool(password), answer.value["secret"])
