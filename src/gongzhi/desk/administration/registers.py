"""What the references of a form may refer to: each register with what one sees of it, how it is found and worded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.accounts.models import Account, Token
from gongzhi.acts.door import Action
from gongzhi.exits.models import Conduct, ConductKind
from gongzhi.papers.models import Paper
from gongzhi.registry.models import (
    COMMITTEES,
    MANAGERS,
    OF_ONE_ESTATE,
    TERRITORIAL,
    Appointment,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    PowerOfAttorney,
    ServiceContract,
)
from gongzhi.registry.personal import found_by, masked
from gongzhi.registry.queries import day_of, in_force, named
from gongzhi.registry.territory import visible_estates, within

from .seeing import administers, appointments_seen, name_for, people_seen

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Asking:
    """Who fills in the form of which act, when, and what its address settles: field → value."""

    held: Appointment
    account_id: UUID
    at: datetime
    act: Action[Any]
    given: Mapping[str, str]

    def given_id(self, name: str) -> UUID | None:
        """An id the address settles."""
        try:
            return UUID(self.given.get(name, ""))
        except ValueError:
            return None

    @property
    def is_for_oneself(self) -> bool:
        """Whether the act is about one's own account only."""
        return not administers(self.held) or self.act.may == "token_holder"


@dataclass(frozen=True)
class Register:
    """One kind of thing that is referred to.

    `seen`: what may be listed and looked through; `known`: what may stand in a form that came by an address or another
    act. `is_listed` False: always looked for, never listed.
    """

    title: str
    seen: Callable[[Asking], Rows]
    words: Callable[[Any, Asking], str]
    search: Callable[[Asking, str], Rows]
    known: Callable[[Asking], Rows]
    hint: str = "名称"
    order: tuple[str, ...] = ("pk",)
    is_listed: bool = True


def _by_name(rows: Rows, text: str) -> Rows:
    """By a part of the name, or by its pinyin or the initials of it."""
    return rows.filter(named(text))


# Organisations ------------------------------------------------------------------------------------------------------


def _bodies(asking: Asking) -> Rows:
    return Organisation.objects.filter(to_on=None)


def _body_words(row: Organisation, asking: Asking) -> str:
    ended = "，已终止" if row.to_on is not None and row.to_on < day_of(asking.at) else ""
    return f"{row.name}（{OrganisationKind(row.kind).label}{ended}）"


def _organisations(title: str, narrowed: Callable[[Asking], Q]) -> Register:
    def seen(asking: Asking) -> Rows:
        return _bodies(asking).filter(narrowed(asking))

    return Register(
        title,
        seen,
        _body_words,
        lambda asking, text: _by_name(seen(asking), text),
        lambda asking: Organisation.objects.all(),
        "名称或者拼音首字母",
        ("pinyin", "pk"),
    )


def _estates_seen(asking: Asking) -> Rows:
    return visible_estates(asking.held, asking.at)


def _of_estates(asking: Asking) -> Q:
    """Bodies of the estate that is settled, else of those one sees."""
    estate_id = asking.given_id("estate_id")
    return Q(estate=estate_id) if estate_id is not None else Q(estate__in=_estates_seen(asking).order_by())


def _clients(asking: Asking) -> Q:
    kinds = (
        OrganisationKind.DEVELOPER,
        OrganisationKind.RESIDENTS_COMMITTEE,
        OrganisationKind.SUBDISTRICT_OFFICE,
    )
    return Q(kind__in=kinds) | Q(kind__in=OF_ONE_ESTATE) & _of_estates(asking)


ORGANISATION = _organisations("单位", lambda asking: Q())
MANAGER = _organisations("物业服务人", lambda asking: Q(kind__in=MANAGERS))
AUTHORITY = _organisations("机关", lambda asking: Q(kind__in=TERRITORIAL))
COMMITTEE = _organisations("委员会", lambda asking: Q(kind__in=COMMITTEES) & _of_estates(asking))
CLIENT = _organisations("委托方", _clients)


# Estates ------------------------------------------------------------------------------------------------------------

ESTATE = Register(
    "小区",
    _estates_seen,
    lambda row, asking: f"{row.name}（{row.address}）" if row.address else row.name,
    lambda asking, text: _by_name(_estates_seen(asking), text),
    _estates_seen,
    "名称或者拼音首字母",
    ("pinyin", "pk"),
)


def _contracts(asking: Asking) -> Rows:
    rows = ServiceContract.objects.select_related("estate", "provider")
    estate_id = asking.given_id("estate_id")
    return (
        rows.filter(estate=estate_id)
        if estate_id is not None
        else rows.filter(estate__in=_estates_seen(asking))
    )


def _contract_words(row: ServiceContract, asking: Asking) -> str:
    until = row.ends_on or "不定期"
    return f"{row.estate.name}·{row.provider.name}·{row.get_kind_display()}（{row.starts_on} 至 {until}）"


CONTRACT = Register(
    "合同",
    _contracts,
    _contract_words,
    lambda asking, text: _contracts(asking).filter(named(text, "estate__") | named(text, "provider__")),
    lambda asking: ServiceContract.objects.select_related("estate", "provider").filter(
        estate__in=_estates_seen(asking)
    ),
    "小区或者企业的名称",
    ("-starts_on", "pk"),
)


# People -------------------------------------------------------------------------------------------------------------


def _person_words(row: Person, asking: Asking) -> str:
    is_seen = people_seen(asking.held, asking.at).filter(pk=row.pk).exists()
    held = (
        row.appointments.filter(in_force(day_of(asking.at))).select_related("organisation", "estate").first()
    )
    where = (held.organisation or held.estate) if held is not None else None
    post = (
        f"（{Post(held.post).label}{f'·{where.name}' if where is not None else ''}）"
        if held and is_seen
        else ""
    )
    phone = masked(row, "phone") if is_seen else ""
    return f"{name_for(row, is_seen)}{post}{f' {phone}' if phone else ''}"


def _found_people(asking: Asking, text: str) -> Rows:
    """By the beginning of the name among those one sees; by the whole number whoever it is: who knows it, may."""
    if sum(sign.isdigit() for sign in text) >= DIGITS:
        found = {one.pk for field in ("id_number", "phone") for one in found_by(field, text)}
        return Person.objects.filter(pk__in=found)
    return people_seen(asking.held, asking.at).filter(name__startswith=text)


#: A text with so many digits is a number.
DIGITS = 6
PERSON = Register(
    "人员",
    lambda asking: people_seen(asking.held, asking.at),
    _person_words,
    _found_people,
    lambda asking: Person.objects.all(),
    "姓名，或者完整的证件号码、手机号码",
    ("name", "pk"),
    is_listed=False,
)


def _appointments(asking: Asking) -> Rows:
    """Posts not over yet: one's own for a key of one's own, else those one sees, of the body or person settled."""
    rows = appointments_seen(asking.held, asking.at).filter(Q(to_on=None) | Q(to_on__gte=day_of(asking.at)))
    if asking.act.may == "token_holder":
        return rows.filter(person__account_id=asking.account_id)
    for name in ("organisation_id", "estate_id", "person_id"):
        if (found := asking.given_id(name)) is not None:
            rows = rows.filter(**{name: found})
    return rows


def _appointment_words(row: Appointment, asking: Asking) -> str:
    where = row.organisation or row.estate
    return "·".join(
        [row.person.name, str(Post(row.post).label), *([where.name] if where is not None else [])]
    )


APPOINTMENT = Register(
    "任职",
    _appointments,
    _appointment_words,
    lambda asking, text: _appointments(asking).filter(
        Q(person__name__startswith=text) | named(text, "organisation__") | named(text, "estate__")
    ),
    lambda asking: appointments_seen(asking.held, asking.at),
    "姓名、单位或者小区",
    ("organisation__pinyin", "from_on", "pk"),
)


def _powers(asking: Asking) -> Rows:
    """Those one granted oneself, or one's organisation, and that were not withdrawn."""
    mine = Q(principal_person=asking.held.person_id)
    if asking.held.organisation_id is not None:
        mine |= Q(principal_organisation=asking.held.organisation_id)
    rows = PowerOfAttorney.objects.filter(mine, revoked_on=None)
    return rows.select_related("agent", "principal_organisation", "principal_person")


POWER = Register(
    "授权委托",
    _powers,
    lambda row, asking: f"{row.matter}：委托{row.agent.name}（{row.from_on} 至 {row.to_on}）",
    lambda asking, text: _powers(asking).filter(Q(matter__contains=text) | Q(agent__name__startswith=text)),
    _powers,
    "事项或者受托人",
    ("-from_on", "pk"),
)


# Accounts -----------------------------------------------------------------------------------------------------------


def _accounts(asking: Asking) -> Rows:
    rows = Account.objects.all()
    return rows.filter(pk=asking.account_id) if asking.is_for_oneself else rows


ACCOUNT = Register(
    "账号",
    _accounts,
    lambda row, asking: f"{row.username}{'' if row.is_active else '（已停用）'}",
    lambda asking, text: _accounts(asking).filter(username__startswith=text),
    _accounts,
    "账号名的开头",
    ("username",),
)


def _tokens(asking: Asking) -> Rows:
    """Those that open something still."""
    rows = Token.objects.filter(revoked_at=None).select_related("account")
    account_id = asking.account_id if asking.is_for_oneself else asking.given_id("account_id")
    return rows.filter(account=account_id) if account_id is not None else rows


TOKEN = Register(
    "令牌",
    _tokens,
    lambda row, asking: f"{row.account.username}·{row.purpose}（{row.created_at:%Y-%m-%d} 签发）",
    lambda asking, text: _tokens(asking).filter(
        Q(account__username__startswith=text) | Q(purpose__contains=text)
    ),
    _tokens,
    "账号名或者用途",
    ("-created_at", "pk"),
)


# Papers and conduct -------------------------------------------------------------------------------------------------


def _papers(asking: Asking) -> Rows:
    """Those of one's own organisation that count."""
    rows = Paper.objects.filter(organisation=asking.held.organisation_id, replaced_by=None)
    return rows.select_related("number") if asking.held.organisation_id is not None else rows.none()


PAPER = Register(
    "文书",
    _papers,
    lambda row, asking: f"{row.title}{f'（{row.number.text}）' if row.number is not None else ''}",
    lambda asking, text: _papers(asking).filter(Q(title__contains=text) | Q(number__text__startswith=text)),
    _papers,
    "标题或者文号",
    ("-made_at", "pk"),
)


def _conduct(asking: Asking) -> Rows:
    """What the authorities of one's territory found, not revoked."""
    rows = Conduct.objects.filter(revoked_on=None).select_related("organisation", "authority")
    body = asking.held.organisation
    if body is None:
        return rows.none()
    found = Organisation.objects.filter(within(body)).order_by()
    return rows.filter(Q(authority__in=found) | Q(organisation__in=found))


def _conduct_words(row: Conduct, asking: Asking) -> str:
    whom = row.organisation.name if row.organisation is not None else "个人"
    return f"{whom}：{ConductKind(row.kind).label}，{row.authority.name}{row.document_number}（{row.decided_on}）"


CONDUCT = Register(
    "行为记录",
    _conduct,
    _conduct_words,
    lambda asking, text: _conduct(asking).filter(
        Q(document_number__contains=text) | named(text, "organisation__")
    ),
    _conduct,
    "文号或者企业名称",
    ("-decided_on", "pk"),
)

#: Field of an act's facts → register. A field of another room ends as one of these does.
REGISTERS = {
    "account_id": ACCOUNT,
    "agent_id": PERSON,
    "appointment_id": APPOINTMENT,
    "authority_id": AUTHORITY,
    "client_id": CLIENT,
    "committee_id": COMMITTEE,
    "conduct_id": CONDUCT,
    "contract_id": CONTRACT,
    "estate_id": ESTATE,
    "organisation_id": ORGANISATION,
    "paper_id": PAPER,
    "person_id": PERSON,
    "power_id": POWER,
    "provider_id": MANAGER,
    "token_id": TOKEN,
}


def register_of(name: str) -> Register | None:
    """The register a field refers to; `principal_person_id` refers to people as `person_id` does."""
    if name in REGISTERS:
        return REGISTERS[name]
    return next((found for ending, found in REGISTERS.items() if name.endswith(f"_{ending}")), None)
