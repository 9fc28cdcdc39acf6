"""People: encrypted numbers, one person a number, accounts, and who looked."""

from typing import Any

import pytest
from django.db import connection

from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.registry import actions, crypto, personal
from gongzhi.registry.facts import LinkAccount, RegisterPerson, Unmask
from gongzhi.registry.models import IdKind, Look, Person
from gongzhi.registry.queries import looks_of
from gongzhi.registry.tests.cast import Cast, add_account, add_person, resident_id
from gongzhi.values.ids import new_id
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotFound, NotPossible

pytestmark = pytest.mark.django_db
NUMBER, PHONE = resident_id(9100), "13800009100"


def register(cast: Cast, **more: Any) -> Person:
    """An invented person."""
    facts = RegisterPerson(**({"name": "示例甲", "id_number": NUMBER, "phone": PHONE} | more))
    answer = actions.register_person(by=SYSTEM, at=cast.at, facts=facts)
    return Person.objects.get(pk=answer.value["person_id"])


def look(cast: Cast, person: Person, **more: Any) -> Any:
    """The county's officer looks."""
    plain = {"person_id": person.pk, "field": "phone", "purpose": "核对业主身份"}
    return actions.unmask(by=cast.county_officer, at=cast.at, facts=Unmask(**(plain | more)))


def test_numbers_lie_encrypted_in_the_database_and_the_record(cast: Cast) -> None:
    person = register(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number_cipher, phone_cipher FROM registry_person WHERE name = '示例甲'")
        row = cursor.fetchone()
    assert all(plain.encode() not in bytes(cell) for cell in row for plain in (NUMBER, PHONE))
    act = Act.objects.filter(name="registry.register_person").latest("id")
    assert act.said is None
    assert NUMBER not in str(act.answer)
    assert personal.read_number(person, "id_number") == NUMBER
    assert personal.read_number(person, "phone") == PHONE


def test_a_number_is_found_by_its_digest_however_it_is_written(cast: Cast) -> None:
    person = register(cast)
    assert personal.found_by("phone", "+86 138-0000-9100") == [person]
    assert personal.found_by("id_number", NUMBER) == [person]
    assert personal.found_by("phone", "") == []


def test_numbers_are_shown_masked(cast: Cast) -> None:
    person = register(cast)
    assert personal.masked(person, "phone") == "138****9100"
    assert personal.masked(person, "id_number") == f"999***********{NUMBER[-4:]}"
    assert personal.last_four(person) == NUMBER[-4:]
    assert personal.masked(register(cast, name="示例无号", id_number="", phone=""), "phone") == ""


def test_the_same_number_is_the_same_person(cast: Cast) -> None:
    assert register(cast) == register(cast)
    with pytest.raises(Conflict, match="另一姓名"):
        register(cast, name="示例乙")


def test_a_wrong_identity_number_is_refused(cast: Cast) -> None:
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
    with pytest.raises(Invalid, match="校验位（末位）不符，请核对") as refused:
        register(cast, id_number=wrong)
    assert "id_number" in refused.value.fields
    assert register(cast, id_number="E1234567", id_kind=IdKind.OTHER).id_kind == IdKind.OTHER


def test_two_encryptions_of_one_number_differ(cast: Cast) -> None:
    one, other = register(cast), add_person("示例乙")
    key = bytes(one.sealed_key or b"")
    ciphers = {crypto.encrypt(PHONE, sealed_key=key, person_id=one.pk, field="phone") for _ in range(20)}
    assert len(ciphers) == 20
    moved = next(iter(ciphers))
    with pytest.raises(NotPossible, match="无法解密"):
        crypto.decrypt(moved, sealed_key=key, person_id=other.pk, field="phone")
    with pytest.raises(NotPossible, match="无法解密"):
        crypto.decrypt(moved, sealed_key=key, person_id=one.pk, field="id_number")


def test_another_master_key_opens_nothing_and_finds_nothing(cast: Cast, settings: Any) -> None:
    person = register(cast)
    settings.PERSONAL_DATA_KEY = "11" * 32
    with pytest.raises(NotPossible, match="核对个人信息密钥"):
        personal.read_number(person, "phone")
    assert personal.found_by("phone", PHONE) == []


def test_destroying_a_persons_key_destroys_the_numbers(cast: Cast) -> None:
    person = register(cast)
    person.sealed_key = None
    with pytest.raises(NotPossible, match="已按规定销毁"):
        personal.read_number(person, "phone")
    assert personal.masked(person, "phone") == ""


def test_every_personal_field_says_why_and_until_when() -> None:
    kept = {(said.model, said.field) for said in personal.PERSONAL_FIELDS}
    assert kept == {("registry.Person", field) for field in ("name", "id_number", "phone")}
    assert all(said.purpose and said.ends for said in personal.PERSONAL_FIELDS)


def test_a_look_is_recorded_and_the_number_is_not(cast: Cast) -> None:
    person = cast.home.people["owner"]
    number = personal.read_number(person, "phone")
    answer = look(cast, person)
    assert answer.value["number"] == number
    seen = Look.objects.get(person=person)
    assert (seen.account_id, seen.appointment_id) == (
        cast.county_officer.account_id,
        cast.county_officer.appointment_id,
    )
    assert looks_of(person.pk) == [seen]
    assert (seen.purpose, seen.field, seen.at) == ("核对业主身份", "phone", cast.at)
    act = Act.objects.get(pk=answer.act_id)
    assert number not in str(act.answer) + str(act.said)


def test_the_systems_clock_does_not_look(cast: Cast) -> None:
    facts = Unmask(person_id=cast.home.people["owner"].pk, field="phone", purpose="核对")
    with pytest.raises(NotPossible, match="系统时钟"):
        actions.unmask(by=SYSTEM, at=cast.at, facts=facts)


def test_what_is_not_registered_cannot_be_shown(cast: Cast) -> None:
    person = cast.home.people["owner"]
    Person.objects.filter(pk=person.pk).update(phone_cipher=None, phone_digest="")
    with pytest.raises(NotPossible, match="没有登记这项信息"):
        look(cast, person)


def test_one_account_is_one_person(cast: Cast) -> None:
    one, other = add_person("示例甲"), add_person("示例乙")
    account_id = add_account(one)
    for person_id, account, refusal in (
        (other.pk, account_id, Conflict),
        (one.pk, cast.owner.account_id, NotPossible),
        (other.pk, new_id(), NotFound),
    ):
        facts = LinkAccount(person_id=person_id, account_id=account)
        with pytest.raises(refusal):
            actions.link_account(by=SYSTEM, at=cast.at, facts=facts)


def test_nobody_links_their_own_account_or_themselves(cast: Cast) -> None:
    by, other = cast.administrator, add_person("示例丙")
    another = add_account(add_person("示例丁"))
    for person_id, account in ((other.pk, by.account_id), (by.person_id, another)):
        facts = LinkAccount(person_id=person_id, account_id=account)
        with pytest.raises(NotAllowed, match="请另一位系统管理员办理"):
            actions.link_account(by=by, at=cast.at, facts=facts)
