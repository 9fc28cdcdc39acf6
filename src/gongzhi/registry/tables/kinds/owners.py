"""业主: who owns which unit since when, one row a share; co-owners have a row each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID

from gongzhi.acts.roots import Root
from gongzhi.registry.actions import register_owners
from gongzhi.registry.facts import OwnerRow, RegisterOwners
from gongzhi.registry.facts.places import BATCH
from gongzhi.registry.models import Estate, IdKind, Organisation, Ownership
from gongzhi.registry.owner_batch import OwnerBatch
from gongzhi.registry.personal import masked, read_number
from gongzhi.values.refusals import Invalid

from .. import cells
from ..bodies import Bodies, body_columns
from ..checking import Check
from ..columns import Column, Kind
from ..held import Held, is_masked
from ..places import BUILDING, COMMUNITY, ENTRANCE, ESTATE, estates_named, room, unit_label
from ..plans import Plan, Step
from ..scopes import Scope
from ..words import key_of, near_key

MAY = "registrar_of_owners"
COLUMNS = (
    COMMUNITY,
    ESTATE,
    BUILDING,
    ENTRANCE,
    room(fills=True),
    Column("name", "业主姓名", cells.name(50), "个人业主填写；共有的每人一行", "示例业主甲", needed=False,
           also=("姓名", "业主", "产权人", "所有权人")),
    Column("id_kind", "证件种类", cells.choice(IdKind, {"身份证": "resident", "护照": "other"}), "不填为居民身份证",
           "居民身份证", needed=False, fills=True, also=("证件类型",), options=tuple(IdKind.labels)),
    Column("id_number", "证件号码", cells.number_text(40), "设为文本格式填写，加密保存", "", needed=False, digits=True,
           also=("身份证号", "身份证号码", "公民身份号码", "证件号")),
    Column("phone", "手机号码", cells.number_text(30), "加密保存", "", needed=False, digits=True,
           also=("手机", "手机号", "联系电话", "电话", "联系方式")),
    *body_columns("organisation", "业主单位", "单位业主填写（未售房屋填建设单位），先登记单位", "", needed=False,
                  also=("产权单位",)),
    Column("share", "份额", cells.share, "分数、百分数或者小数，如1/2；只有一名业主的不填即为全部", "1/2", needed=False,
           also=("产权份额", "共有份额", "所有权份额")),
    Column("from_on", "取得日期", cells.day, "从哪天起是业主", "2020-05-01", fills=True,
           also=("自", "起始日期", "登记日期", "产权日期")),
)  # fmt: skip
NUMBERS = {"id_number": "证件号码", "phone": "手机号码"}


@dataclass(slots=True)
class Here:
    """The rows of one estate by unit, and those of them that are new."""

    estate: Estate
    rows: dict[UUID, list[int]] = field(default_factory=lambda: defaultdict(list))
    new: list[int] = field(default_factory=list)
    #: Building and label as registered.
    names: dict[UUID, tuple[str, str]] = field(default_factory=dict)


class OwnersCheck:
    """Checks a table of owners estate by estate."""

    def __init__(self, check: Check) -> None:
        self.check, self.plan = check, Plan()
        self.bodies = Bodies.of(check.column("organisation"), check.column("organisation_uscc"))
        self.owners: dict[int, Organisation | None] = {}
        self.shares: dict[int, Fraction] = {}
        self.units: dict[int, UUID] = {}

    def run(self) -> Plan:
        """Check every row; one act an estate, or several where it has very many owners."""
        estates = estates_named(self.check, MAY)
        self.check.refuse_future("from_on")
        for row in list(self.check.good()):
            self._check_owner(row)
        by_estate: dict[UUID, list[int]] = defaultdict(list)
        for row in self.check.good():
            by_estate[estates[row].pk].append(row)  # type: ignore[union-attr]
        found, done = {estate.pk: estate for estate in estates if estate is not None}, 0
        for estate_id, rows in sorted(by_estate.items()):
            self._check_estate(Here(found[estate_id]), rows)
            done += len(rows)
            self.check.progress("核对", done, len(self.check.table))
        return self.plan

    def _value(self, name: str, row: int) -> Any:
        return self.check.table.values[name][row]

    def _check_owner(self, row: int) -> None:
        """A person, or a body that is registered: exactly one of them."""
        name, code = self._value("organisation", row), self._value("organisation_uscc", row)
        if bool(self._value("name", row)) == bool(name or code):
            self.check.wrong(row, "业主姓名和业主单位须填且只填一项")
            return
        if name or code:
            self.owners[row], fault = self.bodies.find(name, code)
            if fault:
                self.check.wrong(row, fault)

    def _check_estate(self, here: Here, rows: Sequence[int]) -> None:
        self._find_units(here, rows)
        held = Held.of(here.estate)
        for unit_id, numbers in here.rows.items():
            self._check_shares(numbers)
            for row in numbers:
                if row not in self.check.table.faults:
                    self._check_row(here, held, unit_id, row)
        self._check_namesakes(here)
        self._check_batch(here)
        self._warn_of_parts(here, held)
        here.new = [row for row in here.new if row not in self.check.table.faults]
        self.plan.new += len(here.new)
        root = Root("estate", here.estate.pk)
        for first in range(0, len(here.new), BATCH):
            batch = here.new[first : first + BATCH]
            self.plan.steps.append(Step(register_owners, partial(self._facts, here, batch), root, batch))

    def _find_units(self, here: Here, rows: Sequence[int]) -> None:
        units = here.estate.units.values_list("building__name", "label", "id")
        known = {(key_of(building), key_of(label)): (pk, building, label) for building, label, pk in units}
        near = {_near(key): f"{building} {label}" for key, (_, building, label) in known.items()}
        for row in rows:
            building = self._value("building", row)
            label = unit_label(self._value("entrance", row), self._value("room", row))
            found = known.get((key_of(building), key_of(label)))
            if found is None:
                other = near.get(_near((key_of(building), key_of(label))))
                hint = f"登记有“{other}”，如是同一套请按登记的写法填写" if other else "请核对，或先导入房屋"
                self.check.wrong(row, f"房号“{building} {label}”没有登记，{hint}")
                continue
            unit_id, *spelt = found
            here.rows[unit_id].append(row)
            here.names[unit_id] = (spelt[0], spelt[1])
            self.units[row] = unit_id

    def _check_shares(self, rows: list[int]) -> None:
        for row in rows:
            said = self._value("share", row)
            if said is None and len(rows) > 1:
                self.check.wrong(row, "一套房屋有多名业主的，每行都须填写份额，如1/2")
            self.shares[row] = Fraction(1) if said is None else said

    def _check_row(self, here: Here, held: Held, unit_id: UUID, row: int) -> None:
        said = self.check.row(row) | {"owner": self.owners.get(row)}
        there = held.take(unit_id, said)
        if there is None:
            self._check_new(here, held, unit_id, row)
            return
        differing = held.differing(there, said)
        if not differing:
            self.plan.same += 1
            return
        self.check.wrong(
            row, f"该业主已登记，{'、'.join(differing)}，转让和份额变动请用“登记房屋转移”办理，其他请核对"
        )

    def _check_new(self, here: Here, held: Held, unit_id: UUID, row: int) -> None:
        for name, title in NUMBERS.items():
            if is_masked(self._value(name, row)):
                self.check.wrong(row, f"“{title}”带有*号，不是完整号码，请填写完整号码")
                return
        if held.is_whole(unit_id):
            self.check.wrong(row, "该房屋已登记给其他业主，如已转让请用“登记房屋转移”办理")
            return
        here.new.append(row)

    def _check_namesakes(self, here: Here) -> None:
        """Two new owners of one name in one unit are told apart by a number, or they are one owner told twice."""
        first: dict[tuple[UUID, str], int] = {}
        for row in here.new:
            name = self._value("name", row)
            other = first.setdefault((self.units[row], key_of(name)), row) if name else row
            if other != row and not self._both_numbered(row, other):
                self.check.wrong(
                    row,
                    f"与第{self.check.line(other)}行是同一套房屋的同名业主，请填写各自的证件号码以便区分，"
                    "是同一人的请合并为一行",
                )

    def _both_numbered(self, row: int, other: int) -> bool:
        return any(self._value(name, row) and self._value(name, other) for name in NUMBERS)

    def _check_batch(self, here: Here) -> None:
        """What the act itself will ask, asked now."""
        try:
            OwnerBatch(
                here.estate, [self._row(here, row) for row in here.new], self.check.at, rehearsed=True
            ).read()
        except Invalid as wrong:
            for place, says in wrong.fields.items():
                self.check.wrong(here.new[int(place.removeprefix("rows."))], says)

    def _warn_of_parts(self, here: Here, held: Held) -> None:
        """Shares that do not add up to the whole are told, and taken in."""
        fresh = set(here.new)
        for unit_id, rows in here.rows.items():
            added = [row for row in rows if row in fresh and row not in self.check.table.faults]
            whole = held.total(unit_id) + sum((self.shares[row] for row in added), Fraction(0))
            if added and whole < 1:
                building, label = here.names[unit_id]
                self.check.warn(added[-1], f"“{building} {label}”的份额合计为{whole}，不足1")

    def _facts(self, here: Here, rows: Sequence[int]) -> RegisterOwners:
        return RegisterOwners(estate_id=here.estate.pk, rows=tuple(self._row(here, row) for row in rows))

    def _row(self, here: Here, row: int) -> OwnerRow:
        building, label = here.names[self.units[row]]
        owner, share = self.owners.get(row), self.shares[row]
        return OwnerRow(
            building=building,
            unit=label,
            name=self._value("name", row) or "",
            id_kind=self._value("id_kind", row) or IdKind.RESIDENT,
            id_number=self._value("id_number", row) or "",
            phone=self._value("phone", row) or "",
            organisation_id=owner.pk if owner else None,
            numerator=share.numerator,
            denominator=share.denominator,
            from_on=self._value("from_on", row),
        )


def _near(key: tuple[str, str]) -> tuple[str, str]:
    return near_key(key[0]), near_key(key[1])


def check(found: Check) -> Plan:
    """Check a table of owners."""
    return OwnersCheck(found).run()


def rows(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The shares that are held now, in the columns of the table; numbers masked unless the scope says otherwise."""
    for estate in scope.estates():
        held = Ownership.objects.filter(estate=estate, to_on__isnull=True)
        held = held.select_related("unit__building", "person", "organisation")
        for share in held.order_by("unit__building__name", "unit__label", "from_on", "id").iterator():
            yield _told(estate, share, unmasked=scope.unmasked)


def _told(estate: Estate, share: Ownership, *, unmasked: bool) -> tuple[Any, ...]:
    person, body = share.person, share.organisation
    shown = read_number if unmasked else masked
    return (
        estate.community,
        estate.name,
        share.unit.building.name,
        None,
        share.unit.label,
        person.name if person else None,
        IdKind(person.id_kind).label if person else None,
        (shown(person, "id_number") or None) if person else None,
        (shown(person, "phone") or None) if person else None,
        body.name if body else None,
        (body.uscc or None) if body else None,
        f"{share.numerator}/{share.denominator}",
        share.from_on,
    )


KIND = Kind("owners", "业主", "条", COLUMNS, MAY, check, rows, personal=True)
