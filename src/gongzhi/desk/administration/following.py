"""What is told when an act was done: what it made, where that stands, what one may do with it next."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from gongzhi.accounts.models import Account
from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer
from gongzhi.law import queries as law
from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.registry.territory import visible_estates

from . import offering
from .forming import PREFIX
from .registers import Asking
from .seeing import administers, people_seen
from .settings import SET, row_of

#: Most of what may follow.
MOST = 8


def following(asking: Asking, came: Answer, sent: Mapping[str, str]) -> dict[str, Any]:
    """For the page that tells it; plain enough for a session, and without anything that is told once only."""
    made = _ids(asking, came, sent)
    by = Actor(asking.account_id, asking.held.pk, asking.held.person_id)
    links = [link for name, value in made.items() for link in offering.about(by, asking.at, **{name: value})]
    once = {link.href: link for link in links if link.name != asking.act.name}
    return {
        "name": asking.act.name,
        "title": asking.act.title,
        "replayed": came.replayed,
        "warnings": [str(one) for one in came.value.get("warnings", ())],
        "existed": came.value.get("existed") is True,
        "number": came.seq,
        "said": _said(asking, came),
        "places": _places(asking, made),
        "next": [(link.title, link.href) for link in list(once.values())[:MOST]],
        "again": offering.address(asking.act, asking.given),
    }


def _said(asking: Asking, came: Answer) -> list[tuple[str, str]]:
    """What a setting says, in the words of its page."""
    if asking.act.name != SET:
        return []
    book, made = law.book(), came.value
    row = row_of(book, made["key"], made["jurisdiction"], date.fromisoformat(made["set_on"]))
    return [("参数", row.title), ("地方", row.place), ("值", row.words), ("生效日期", made["set_on"])]


def _ids(asking: Asking, came: Answer, sent: Mapping[str, str]) -> dict[str, str]:
    """Field → id: what the act made first, then what it was about."""
    said = {
        **asking.given,
        **{name: sent.get(f"{PREFIX}-{name}", "") for name in asking.act.facts.model_fields},
    }
    found = {name: str(came.value[name]) for name in PAGES if isinstance(came.value.get(name), str | UUID)}
    return found | {name: said[name] for name in PAGES if name not in found and _is_id(said.get(name, ""))}


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _places(asking: Asking, made: Mapping[str, str]) -> list[tuple[str, str]]:
    """Where what was made, or is concerned, can be looked at: words and address."""
    found = [PAGES[name](asking, UUID(value)) for name, value in made.items()]
    law = []
    if "jurisdiction" in asking.act.facts.model_fields:
        asked = urlencode({"at": asking.given["jurisdiction"]}) if "jurisdiction" in asking.given else ""
        law = [("本地设定", reverse("local-settings") + (f"?{asked}" if asked else ""))]
    return [one for one in found if one is not None] + law


def _organisation(asking: Asking, pk: UUID) -> tuple[str, str] | None:
    row = Organisation.objects.filter(pk=pk).first()
    return (row.name, reverse("organisation", args=[pk])) if row is not None else None


def _person(asking: Asking, pk: UUID) -> tuple[str, str] | None:
    row: Person | None = people_seen(asking.held, asking.at).filter(pk=pk).first()
    return (row.name, reverse("person", args=[pk])) if row is not None else None


def _account(asking: Asking, pk: UUID) -> tuple[str, str] | None:
    if not administers(asking.held):
        return ("我的账号", reverse("account")) if pk == asking.account_id else None
    row = Account.objects.filter(pk=pk).first()
    return (f"账号 {row.username}", reverse("account-page", args=[pk])) if row is not None else None


def _estate(asking: Asking, pk: UUID) -> tuple[str, str] | None:
    row: Estate | None = visible_estates(asking.held, asking.at).filter(pk=pk).first()
    return (row.name, reverse("estate", args=[pk])) if row is not None else None


PAGES = {
    "person_id": _person,
    "account_id": _account,
    "organisation_id": _organisation,
    "estate_id": _estate,
}
