"""What has been built so far, and the smallest acts of building: a body, a person, a post, an account."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from gongzhi.accounts.actions import open_account
from gongzhi.accounts.facts import OpenAccount
from gongzhi.acts.actor import SYSTEM, Actor
from gongzhi.registry import actions
from gongzhi.registry.facts import Appoint, LinkAccount, RegisterOrganisation, RegisterPerson
from gongzhi.registry.models import Estate, Organisation, OrganisationKind, Post
from gongzhi.values.now import ZONE

from .names import credit_code, person_name, phone, resident_id
from .plan import County, EstatePlan

SEED = 2206
#: Whole years of history before the day the demonstration stands at.
YEARS = 2


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody with an account: who acts, and whom it stands for."""

    actor: Actor
    stands_for: str


@dataclass
class World:
    """The registers of the demonstration as of `at`; `known` by the name one signs in with."""

    at: datetime
    chance: Random = field(default_factory=lambda: Random(SEED))
    counted: Counter[str] = field(default_factory=Counter)
    organisations: dict[tuple[OrganisationKind, str, int], Organisation] = field(default_factory=dict)
    estates: dict[str, Estate] = field(default_factory=dict)
    committees: dict[str, Organisation] = field(default_factory=dict)
    plans: dict[str, EstatePlan] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)

    @property
    def began_at(self) -> datetime:
        """When everything was registered: early in a year, some years back."""
        return datetime(self.at.astimezone(ZONE).year - YEARS, 1, 2, 9, tzinfo=ZONE)

    @property
    def began_on(self) -> date:
        """The day of it."""
        return self.began_at.date()

    def on(self, days: int) -> date:
        """A day so many days from the present; before it where negative."""
        return self.at.astimezone(ZONE).date() + timedelta(days=days)

    def next(self, what: str) -> int:
        """The next number of a series."""
        self.counted[what] += 1
        return self.counted[what]

    # Bodies ---------------------------------------------------------------------------------------------------------

    def organisation(self, kind: OrganisationKind, code: str, turn: int = 0) -> Organisation:
        """A body registered before; KeyError where there is none."""
        return self.organisations[kind, code, turn]

    def register(
        self, kind: OrganisationKind, name: str, code: str, *, turn: int = 0, **more: Any
    ) -> Organisation:
        """Register an invented body."""
        number = self.next("organisation")
        facts = RegisterOrganisation(
            kind=kind,
            name=name,
            jurisdiction_code=code,
            uscc=credit_code(number),
            registered_address=f"示例路{number}号",
            service_address=f"示例路{number}号一层",
            phone_service=phone(number),
            from_on=self.began_on,
            **more,
        )
        answer = actions.register_organisation(by=SYSTEM, at=self.began_at, facts=facts)
        made = Organisation.objects.get(pk=answer.value["organisation_id"])
        self.organisations[kind, code, turn] = made
        return made

    def provider_of(self, county: County, plan: EstatePlan, *, other: bool = False) -> Organisation:
        """The provider of an estate's plan, or the one beside it."""
        turn = (plan.provider + other) % len(county.providers)
        return self.organisation(OrganisationKind.PROVIDER, county.code, turn)

    # People ---------------------------------------------------------------------------------------------------------

    def person(self) -> UUID:
        """An invented person."""
        number = self.next("person")
        facts = RegisterPerson(
            name=person_name(self.chance), id_number=resident_id(number), phone=phone(number)
        )
        return UUID(actions.register_person(by=SYSTEM, at=self.began_at, facts=facts).value["person_id"])

    def appoint(self, person_id: UUID, post: Post, **where: Any) -> UUID:
        """A post from the beginning on."""
        facts = Appoint(person_id=person_id, post=post, from_on=self.began_on, **where)
        return UUID(actions.appoint(by=SYSTEM, at=self.began_at, facts=facts).value["appointment_id"])

    def open_account(
        self, person_id: UUID, appointment_id: UUID | None, username: str, stands_for: str
    ) -> None:
        """An account of that person, acting in that post; without a password nobody signs in with it yet."""
        opened = open_account(by=SYSTEM, at=self.began_at, facts=OpenAccount(username=username))
        account_id = UUID(opened.value["account_id"])
        link = LinkAccount(person_id=person_id, account_id=account_id)
        actions.link_account(by=SYSTEM, at=self.began_at, facts=link)
        self.known[username] = Known(Actor(account_id, appointment_id, person_id), stands_for)

    def staff(self, organisation: Organisation, post: Post, username: str, title: str, **where: Any) -> UUID:
        """Somebody takes a post at a body, with an account; who."""
        person = self.person()
        held = self.appoint(person, post, organisation_id=organisation.pk, **where)
        self.open_account(person, held, username, f"{organisation.name} {title}")
        return person
