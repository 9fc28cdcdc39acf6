"""What was registered, for the auditor: of acts on the frame of the system; numbers masked, nothing of any business."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from gongzhi.accounts.models import Account, Token
from gongzhi.acts.door import ACTIONS, Action
from gongzhi.acts.models import Act
from gongzhi.law import queries as law
from gongzhi.law.schema import read_value
from gongzhi.registry.models import (
    Appointment,
    Estate,
    Organisation,
    Person,
    PowerOfAttorney,
    ServiceContract,
)
from gongzhi.registry.personal import masked
from gongzhi.ui.forms.reading import fields_of
from gongzhi.ui.forms.told import Pair, pairs_of

from .. import law_table
from ..caselist import id_in
from ..law_coming import value_said
from .settings import SET

#: The rooms that keep the frame: whom there is, in which post, with which account, what a place has set.
ROOMS = frozenset({"accounts", "law", "registry"})
UNSET = "未设定"
#: Whose number was looked at is not told: the person reads it, the auditor reads what for.
LOOK = "registry.unmask"


def said_of(row: Act) -> tuple[Pair, ...]:
    """What an act registered, answer by answer; nothing of a look, of personal numbers, or of other rooms' business."""
    found = ACTIONS.get(row.name)
    if found is None or not found.public or row.name == LOOK or row.name.partition(".")[0] not in ROOMS:
        return ()
    if row.said is None:
        return _made(row)
    if row.name == SET:
        return _setting(row)
    return pairs_of(found.facts, row.said, _names(found, row.said), _places(row.said))


def _made(row: Act) -> tuple[Pair, ...]:
    """Of personal facts the record holds a digest alone: told is whom the act was about, as it stands today."""
    person_id = id_in(str(row.answer.get("person_id", "")))
    name = _people([person_id]).get(str(person_id), "") if person_id is not None else ""
    return (Pair("person_id", "人员", name),) if name else ()


# A setting ----------------------------------------------------------------------------------------------------------


def _setting(row: Act) -> tuple[Pair, ...]:
    """Which value of which place, from what to what, since when, by whom and by which paper."""
    said = row.said or {}
    book, key, place = law.book(), str(said["key"]), law.book().place(str(said["jurisdiction"]))
    value, unit = read_value(said["value"], said.get("unit") or None)
    before = law.book_before(UUID(str(row.answer["id"]))).value_of(
        key, place, date.fromisoformat(str(said["set_on"])), deciding=False
    )
    was = value_said(book, key, _plain(before.value), before.unit) if before.is_set else UNSET
    told = {
        "地方": law_table.names_of(book, [place]).get(place, place),
        "参数": book.key(key).title,
        "原来的值": was,
        "改为": value_said(book, key, value, unit),
        "生效日期": said["set_on"],
        "设定机关": said["authority"],
        "设定文件": said["instrument"],
    }
    return tuple(Pair(title, title, str(words)) for title, words in told.items())


def _plain(value: Any) -> Any:
    """A value of the book as a setting says it."""
    return list(value) if isinstance(value, tuple) else value


def _places(said: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Field → the place its code means."""
    codes = {
        name: str(said[name]) for name in ("jurisdiction", "jurisdiction_code", "community") if said.get(name)
    }
    names = law_table.names_of(law.book(), list(codes.values()))
    return {name: [(code, names.get(code, code))] for name, code in codes.items()}


# What is referred to ------------------------------------------------------------------------------------------------


def _names(found: Action[Any], said: Mapping[str, Any]) -> dict[str, str]:
    """Id → words, of everything the facts refer to."""
    wanted: dict[str, list[UUID]] = {}
    for name, value in _references(found.facts, said):
        ending = next((one for one in _NAMED if name.endswith(one)), None)
        if ending is not None:
            wanted.setdefault(ending, []).append(value)
    return {pk: words for ending, ids in wanted.items() for pk, words in _NAMED[ending](ids).items()}


def _references(kind: Any, said: Mapping[str, Any]) -> Iterator[tuple[str, UUID]]:
    for ask in fields_of(kind):
        value = said.get(ask.name)
        if ask.rows is not None and isinstance(value, list):
            for one in value:
                yield from _references(ask.rows, one)
        elif ask.inner is UUID and (found := id_in(str(value))) is not None:
            yield ask.name, found


def _people(ids: Iterable[UUID]) -> dict[str, str]:
    return {str(one.pk): _person(one) for one in Person.objects.filter(pk__in=list(ids))}


def _person(one: Person) -> str:
    numbers = {"证件": masked(one, "id_number"), "手机": masked(one, "phone")}
    told = "，".join(f"{title} {number}" for title, number in numbers.items() if number)
    return f"{one.name}（{told}）" if told else one.name


def _posts(ids: Iterable[UUID]) -> dict[str, str]:
    rows = Appointment.objects.filter(pk__in=list(ids)).select_related("person", "organisation", "estate")
    return {str(one.pk): f"{one.person.name}，{one}，自 {one.from_on}" for one in rows}


def _contracts(ids: Iterable[UUID]) -> dict[str, str]:
    rows = ServiceContract.objects.filter(pk__in=list(ids)).select_related("estate", "provider")
    return {str(one.pk): f"{one.estate.name}，{one.provider.name}，{one}" for one in rows}


def _rows(manager: Any, *related: str) -> Any:
    def words(ids: Iterable[UUID]) -> dict[str, str]:
        rows = manager.filter(pk__in=list(ids)).select_related(*related)
        return {str(one.pk): str(getattr(one, "name", "") or one) for one in rows}

    return words


#: How the field's name ends → words by id.
_NAMED: dict[str, Any] = {
    "person_id": _people,
    "agent_id": _people,
    "appointment_id": _posts,
    "account_id": _rows(Account.objects),
    "token_id": _rows(Token.objects, "account"),
    "estate_id": _rows(Estate.objects),
    "contract_id": _contracts,
    "power_id": _rows(PowerOfAttorney.objects),
    **dict.fromkeys(
        ("organisation_id", "committee_id", "provider_id", "client_id", "authority_id"),
        _rows(Organisation.objects),
    ),
}
