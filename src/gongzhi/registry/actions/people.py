"""Registering people, linking accounts, and looking at personal numbers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import UUIDField

from gongzhi.accounts.models import Account
from gongzhi.acts.door import Actor, action
from gongzhi.acts.kept import Kept, insert, save
from gongzhi.acts.roots import Root
from gongzhi.registry.crypto import keyed_digest
from gongzhi.registry.facts import LinkAccount, RegisterPerson, Unmask
from gongzhi.registry.models import Look, Person
from gongzhi.registry.personal import digest_of, found_by, new_person, number_faults, read_number
from gongzhi.registry.queries import person_with
from gongzhi.values.refusals import AlreadyTaken, Invalid, NotAllowed, NotFound, NotPossible

_OPEN = Kept(
    lambda account: Account.objects.filter(pk=account, is_active=True).values_list("pk", flat=True),
    account=UUIDField(),
)
_HOLDERS = Kept(
    lambda account: Person.objects.filter(account_id=account).values_list("pk", flat=True),
    account=UUIDField(),
)


def _root_of_identity(facts: RegisterPerson) -> Root:
    """Two registrations of one identity meet at one lock; the id says nothing about the number."""
    known = digest_of("id_number", facts.id_number) or keyed_digest(f"{facts.name}{facts.phone}", "person")
    return Root("person", UUID(bytes=bytes.fromhex(known)[:16]))


def _root_of_person(facts: LinkAccount | Unmask) -> Root:
    return Root("person", facts.person_id)


@action(
    "registry.register_person",
    title="登记人员",
    facts=RegisterPerson,
    root=_root_of_identity,
    may="registrar_of_people",
)
def register_person(*, by: Actor, at: datetime, facts: RegisterPerson) -> dict[str, Any]:
    """Register a person; `person_id`. A wrong identity number is refused; a known one is the same person.

    GB 11643-1999 for the check digit. Answers `existed` where the number is already registered to that name.
    """
    wrong = {
        "id_number": "".join(number_faults(facts.id_kind, facts.id_number, "")),
        "phone": "".join(number_faults(facts.id_kind, "", facts.phone)),
    }
    faults = {name: says for name, says in wrong.items() if says}
    if faults:
        raise Invalid("".join(faults.values()), fields=faults)
    known = found_by("id_number", facts.id_number)
    if known and known[0].name != facts.name:
        raise AlreadyTaken("这个证件号码已登记在另一姓名下，请核对姓名和证件。", "id_number")
    if known:
        return {"person_id": known[0].pk, "existed": True}
    made = new_person(
        name=facts.name, id_kind=facts.id_kind, id_number=facts.id_number, phone=facts.phone, at=at
    )
    insert(made)
    return {"person_id": made.pk, "existed": False}


@action(
    "registry.link_account",
    title="关联账号",
    facts=LinkAccount,
    root=_root_of_person,
    may="system_administrator",
)
def link_account(*, by: Actor, at: datetime, facts: LinkAccount) -> dict[str, Any]:
    """Let an account belong to a person: one account a person, one person an account; nobody does it for themselves."""
    if not by.is_system and (by.account_id == facts.account_id or by.person_id == facts.person_id):
        raise NotAllowed("不能为本人或者本人的账号办理关联，请另一位系统管理员办理。")
    person = person_with(facts.person_id)
    if not _OPEN.rows(account=facts.account_id):
        raise NotFound("没有这个账号，或者账号已停用，请核对。")
    if person.account_id is not None and person.account_id != facts.account_id:
        raise NotPossible(f"{person.name}已关联另一个账号，请先停用原账号。")
    if any(holder != person.pk for holder in _HOLDERS.rows(account=facts.account_id)):
        raise AlreadyTaken("这个账号已关联另一人，请另开账号。", "account_id")
    person.account_id = facts.account_id
    save(person, "account_id")
    return {"person_id": person.pk}


@action(
    "registry.unmask",
    title="查看个人信息",
    facts=Unmask,
    root=_root_of_person,
    may="may_look",
    once=("number",),
)
def unmask(*, by: Actor, at: datetime, facts: Unmask) -> dict[str, Any]:
    """Show one number in the clear, once; who looked, when and why is kept, and the person can see it.

    《个人信息保护法》第6、44、45条.
    """
    if by.account_id is None:
        raise NotPossible("系统时钟不查看个人信息。")
    person = person_with(facts.person_id)
    number = read_number(person, facts.field)
    if not number:
        raise NotPossible(f"{person.name}没有登记这项信息。")
    look = Look.objects.create(
        person=person,
        field=facts.field,
        account_id=by.account_id,
        appointment_id=by.appointment_id,
        purpose=facts.purpose,
        at=at,
    )
    return {"look_id": look.pk, "number": number}
