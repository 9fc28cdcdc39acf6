"""Writing registers out, in the columns they are taken in by. Lists of people are an act of their own."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Request, enter
from gongzhi.acts.facts import Facts, said_json
from gongzhi.acts.policies import policy
from gongzhi.acts.roots import SYSTEM_ROOT, Root
from gongzhi.registry.models import Look as PersonalLook
from gongzhi.registry.models import Ownership, Person
from gongzhi.values.refusals import NotFound, NotPossible

from .columns import Kind
from .formats import Format
from .scopes import Scope, places_of
from .templates import export_look
from .writing import Row, file_of

#: The name of the act that says that a list of people was taken out.
EXPORT = "registry.export_table"
CHUNK = 1000


class ExportTable(Facts):
    """Which list of people was taken out; with a purpose, its numbers were in the clear."""

    kind: str = Field(title="种类")
    at_codes: tuple[str, ...] = Field(title="地区")
    purpose: str = Field(default="", title="用途", max_length=200)


def export_table(
    kind: Kind, format_: Format, codes: list[str], *, by: Actor, at: datetime, purpose: str = ""
) -> bytes:
    """The rows of the territories as a file. Personal numbers are masked unless a purpose is given: then every person
    shown can see who looked, and why. 《个人信息保护法》第6、44条.
    """
    policy("appointed").check(by=by, facts=None, at=at)
    scope = Scope(places_of(codes), by, at, kind.may, unmasked=bool(purpose))
    if not kind.personal:
        return _file(kind, format_, scope)
    made: list[bytes] = []
    request = _request(kind, scope, purpose)
    enter(request, may=lambda: _may(scope), body=lambda: _take_out(kind, format_, scope, purpose, made))
    return made[0]


def _file(kind: Kind, format_: Format, scope: Scope) -> bytes:
    rows: Iterator[Row] = kind.rows(scope)
    first = next(rows, None)
    if first is None:
        raise NotFound(f"所选地区没有登记{kind.title}，请核对区划代码。")

    def all_rows() -> Iterator[Row]:
        yield [column.title for column in kind.columns]
        yield first
        yield from rows

    return file_of(format_, kind.title, all_rows(), export_look(kind))


def _request(kind: Kind, scope: Scope, purpose: str) -> Request:
    facts = ExportTable(kind=kind.code, at_codes=tuple(p.code for p in scope.places), purpose=purpose)
    root = Root("account", scope.by.account_id) if scope.by.account_id is not None else SYSTEM_ROOT
    return Request(name=EXPORT, root=root, by=scope.by, at=scope.at, said=said_json(facts))


def _may(scope: Scope) -> None:
    scope.estates()
    if scope.unmasked:
        policy("may_look_at_owners").check(by=scope.by, facts=None, at=scope.at)


def _take_out(kind: Kind, format_: Format, scope: Scope, purpose: str, made: list[bytes]) -> dict[str, Any]:
    if scope.unmasked:
        _record_looks(scope, purpose)
    made.append(_file(kind, format_, scope))
    shares = Ownership.objects.filter(estate__in=scope.estates().values("pk").order_by(), to_on__isnull=True)
    return {"rows": shares.count(), "unmasked": scope.unmasked}


def _record_looks(scope: Scope, purpose: str) -> None:
    """One look for each number of each person in the list."""
    if scope.by.account_id is None:
        raise NotPossible("系统时钟不查看个人信息，请指明由谁导出。")
    account_id: UUID = scope.by.account_id
    estates = scope.estates().values("pk").order_by()
    people = Person.objects.filter(ownerships__estate__in=estates, ownerships__to_on__isnull=True).distinct()
    looks = [
        PersonalLook(
            person=person,
            field=name,
            account_id=account_id,
            appointment_id=scope.by.appointment_id,
            purpose=purpose,
            at=scope.at,
        )
        for person in people
        for name in ("id_number", "phone")
        if getattr(person, f"{name}_digest")
    ]
    PersonalLook.objects.bulk_create(looks, batch_size=CHUNK)
