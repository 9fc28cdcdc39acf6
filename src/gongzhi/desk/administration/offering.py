"""Which acts without a case somebody may do, grouped by what they are about, and their forms' addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import ACTIONS, Action
from gongzhi.acts.policies import policy
from gongzhi.registry import acting
from gongzhi.registry.models import OF_THE_SYSTEM
from gongzhi.registry.places_of_facts import CODE_FIELDS
from gongzhi.values.refusals import NotAllowed, NotFound, Refusal

from ..law_words import words

#: The register is large: its acts are told apart by the file that holds their facts.
GROUPS = {
    "registry.organisations": "单位和委员会",
    "registry.people": "人员、任职和业主",
    "registry.places": "小区和房屋",
    "registry.management": "合同和管理人",
    "accounts": "账号和登录",
    "law": "本地法规",
}
OTHERS = "其他登记"
#: What a person does for themself, in a post of their own: no post of the system is there for it.
FOR_ONESELF = frozenset(
    {"registry.grant_power_of_attorney", "registry.revoke_power_of_attorney", "registry.unmask"}
)
#: Acts with a page of their own, on which one sees what they are about.
OWN_PAGES = frozenset({"notices.show_picture", "notices.withdraw_picture", "rehearsal.discard"})


@dataclass(frozen=True, slots=True)
class Link:
    """An act one may do, as a link to its form."""

    name: str
    title: str
    href: str
    may: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Acts about one thing."""

    title: str
    links: tuple[Link, ...]


def public_action(name: str) -> Action[Any]:
    """An act that needs no case and that somebody may call. NotFound otherwise."""
    found = ACTIONS.get(name)
    if found is None or not found.public:
        raise NotFound("没有这个登记事项，请到“登记事项”中重新选择。")
    return found


def public_actions() -> list[Action[Any]]:
    """All of them, by title."""
    return sorted((one for one in ACTIONS.values() if one.public), key=lambda one: (one.title, one.name))


def demand_ever(found: Action[Any], by: Actor, at: datetime) -> None:
    """NotAllowed for a post that can never do it; it says who may."""
    rule = policy(found.may)
    if not rule.may_ever(by, at):
        raise NotAllowed(f"您无权办理“{found.title}”，应由{rule.says}办理。")


def may_there(found: Action[Any], by: Actor, at: datetime, given: Mapping[str, Any]) -> bool:
    """Whether the door would let one do it to what is given, whatever else is said."""
    facts = found.facts.model_construct(**dict.fromkeys(found.facts.model_fields) | dict(given))
    try:
        policy(found.may).check(by=by, facts=facts, at=at)
    except Refusal:
        return False
    return True


def address(found: Action[Any], given: Mapping[str, Any]) -> str:
    """The form's address, with what is settled already."""
    asked = urlencode(
        {short(name): str(value) for name, value in given.items() if name in found.facts.model_fields}
    )
    return reverse("action", args=[found.name]) + (f"?{asked}" if asked else "")


def short(name: str) -> str:
    """A field's name as an address says it: `organisation` for `organisation_id`."""
    return name.removesuffix("_id")


def given_in(found: Action[Any], asked: Mapping[str, str]) -> dict[str, str]:
    """Field → what the address settles, by the field's name or its short one."""
    said = {name: asked.get(short(name)) or asked.get(name, "") for name in found.facts.model_fields}
    return {name: value.strip()[:100] for name, value in said.items() if value.strip()}


def offered(by: Actor, at: datetime) -> list[Group]:
    """Everything a post may do somewhere, grouped."""
    known: dict[str, bool] = {}
    for one in public_actions():
        if one.may not in known:
            known[one.may] = policy(one.may).may_ever(by, at)
    left_out = OWN_PAGES | (FOR_ONESELF if _is_of_the_system(by, at) else frozenset())
    mine = (one for one in public_actions() if known[one.may] and one.name not in left_out)
    return grouped(_link(one, {}) for one in mine)


def _is_of_the_system(by: Actor, at: datetime) -> bool:
    held = acting.post_of(by, at) if by.appointment_id is not None else None
    return held is not None and held.post in OF_THE_SYSTEM


def about(by: Actor, at: datetime, **given: Any) -> list[Link]:
    """The acts that name such a thing and that one may do to this very one."""
    mine = [one for one in public_actions() if set(given) <= set(one.facts.model_fields)]
    return [
        _link(one, given)
        for one in mine
        if may_there(one, by, at, given) or _may_be_placed(one, by, at, given)
    ]


#: They say where an act lies.
PLACED_BY = (*CODE_FIELDS, "estate_id", "organisation_id", "contract_id", "committee_id", "appointment_id")


def _may_be_placed(found: Action[Any], by: Actor, at: datetime, given: Mapping[str, Any]) -> bool:
    """Whether what is given says nothing of the place, which the form asks for, and the post may do it somewhere."""
    asks_where = any(name in found.facts.model_fields for name in PLACED_BY)
    return asks_where and not set(given) & set(PLACED_BY) and policy(found.may).may_ever(by, at)


def _link(found: Action[Any], given: Mapping[str, Any]) -> Link:
    return Link(found.name, found.title, address(found, given), policy(found.may).says)


def grouped(links: Iterable[Link]) -> list[Group]:
    """By what they are about, in the order of the table; other rooms after it, by their own names."""
    found: dict[str, list[Link]] = {title: [] for title in GROUPS.values()}
    for link in links:
        found.setdefault(_group_of(ACTIONS[link.name]), []).append(link)
    return [Group(title, tuple(rows)) for title, rows in found.items() if rows]


def _group_of(found: Action[Any]) -> str:
    room = found.name.partition(".")[0]
    file = found.facts.__module__.rpartition(".")[2]
    return GROUPS.get(f"{room}.{file}") or GROUPS.get(room) or words().rooms.get(room, OTHERS)
