"""Writing, finding, masking and reading a person's numbers; the purpose and the end of each personal field."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from django.db.models import CharField

from gongzhi.acts.kept import Kept
from gongzhi.values.identifiers import (
    check_mobile,
    check_resident_id,
    mask_id,
    mask_phone,
    normalise,
    normalise_mobile,
)
from gongzhi.values.refusals import NotPossible

from .crypto import decrypt, encrypt, keyed_digest, new_sealed_key
from .models import IdKind, Person

Field = Literal["id_number", "phone"]


@dataclass(frozen=True, slots=True)
class PersonalField:
    """Why a field is kept and when it ends. 《个人信息保护法》第6、19、47条."""

    model: str
    field: str
    title: str
    purpose: str
    ends: str


PERSONAL_FIELDS = (
    PersonalField("registry.Person", "name", "姓名", "核对业主、任职和签字人身份", "所涉案卷保管期满"),
    PersonalField(
        "registry.Person", "id_number", "证件号码", "核对本人、防止重复登记", "不再是业主且无任职后销毁密钥"
    ),
    PersonalField(
        "registry.Person", "phone", "手机号码", "送达通知、联系本人", "不再是业主且无任职后销毁密钥"
    ),
)
_NORMAL = {"id_number": normalise, "phone": normalise_mobile}
_MASKS = {"id_number": mask_id, "phone": mask_phone}


def digest_of(field: Field, number: str) -> str:
    """The keyed digest under which a number is found."""
    return keyed_digest(_NORMAL[field](number), field)


def write_number(person: Person, field: Field, number: str) -> None:
    """Put a number on a person not yet saved: ciphertext and digest. "" leaves it unknown."""
    plain = _NORMAL[field](number)
    if not plain:
        return
    if person.sealed_key is None:
        person.sealed_key = new_sealed_key(person.pk)
    cipher = encrypt(plain, sealed_key=bytes(person.sealed_key), person_id=person.pk, field=field)
    setattr(person, f"{field}_cipher", cipher)
    setattr(person, f"{field}_digest", keyed_digest(plain, field))


def read_number(person: Person, field: Field) -> str:
    """The number in the clear. Only `actions.people.unmask`, which records the look, and masks call this."""
    cipher = getattr(person, f"{field}_cipher")
    if cipher is None:
        return ""
    if person.sealed_key is None:
        raise NotPossible("此人的个人信息已按规定销毁，无法查看。")
    sealed_key = bytes(person.sealed_key)
    return decrypt(bytes(cipher), sealed_key=sealed_key, person_id=person.pk, field=field)


def masked(person: Person, field: Field) -> str:
    """The number as screens show it, e.g. 138****0001; "" when unknown or destroyed."""
    if person.sealed_key is None:
        return ""
    return _MASKS[field](read_number(person, field))


def last_four(person: Person) -> str:
    """The last four characters of the identity number, as a signer is told by on papers."""
    return masked(person, "id_number")[-4:]


def found_by(field: Field, number: str) -> list[Person]:
    """Everybody recorded with that number."""
    wanted = digest_of(field, number)
    return _found(field).rows(digest=wanted) if wanted else []


@cache
def _found(field: Field) -> Kept[Person]:
    return Kept(
        lambda digest: Person.objects.filter(**{f"{field}_digest": digest}),
        digest=CharField(),
    )


def number_faults(id_kind: IdKind, id_number: str, phone: str) -> list[str]:
    """What is wrong with a person's numbers, in sentences; a number that is not given is not wrong."""
    faults = check_resident_id(id_number) if id_number and id_kind == IdKind.RESIDENT else []
    return faults + (check_mobile(phone) if phone else [])


def new_person(*, name: str, id_kind: IdKind, id_number: str, phone: str, at: datetime) -> Person:
    """A person not yet saved, the numbers already encrypted."""
    made = Person(name=name, id_kind=id_kind, registered_at=at)
    write_number(made, "id_number", id_number)
    write_number(made, "phone", phone)
    return made
