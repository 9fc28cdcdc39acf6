"""What the tables of a case have in common: the room of each row, its facts, the one act they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer
from gongzhi.acts.facts import Facts, read_facts
from gongzhi.acts.roots import Root
from gongzhi.procedures.mayact import may_stand
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.standing_acts import Offered, choose, find, roles_of
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Unit
from gongzhi.registry.tables.checking import Check
from gongzhi.registry.tables.places import BUILDING, ENTRANCE, room, unit_label
from gongzhi.registry.tables.plans import Plan, Step
from gongzhi.registry.tables.words import key_of
from gongzhi.values.decision import Decision
from gongzhi.values.refusals import Invalid

F = TypeVar("F", bound=Facts)
#: By which a row names its room; the estate is the case's.
ROOMS = (BUILDING, ENTRANCE, room(fills=False))


@dataclass(frozen=True, slots=True)
class Carrier:
    """A standing act of a case that takes many rows: who may, and how it is carried out."""

    case: CaseView
    act: str

    def demand(self, by: Actor, at: datetime) -> None:
        """NotAllowed for who may not do it; NotPossible while the case does not offer it."""
        found = find(self.case.declaration, self.act, "")
        roles = [role for one in found for role in roles_of(self.case, one)]
        may_stand(self.case, roles, found[0].spec.title, by, at, posts=found[0].spec.posts)
        choose(self.case, found, by, at)

    @property
    def offered(self) -> Offered:
        """As it is declared."""
        return find(self.case.declaration, self.act, "")[0]

    def plan(self, facts: Callable[[], Facts], rows: Sequence[int], same: int) -> Plan:
        """One act for all new rows; none where every row is there already."""
        plan = Plan(new=len(rows), same=same, is_one_act=True)
        if rows:
            plan.steps.append(Step(self._carry, facts, Root("case", self.case.row.root_id), rows))
        return plan

    def _carry(self, *, by: Actor, at: datetime, facts: Facts, key: str = "") -> Answer:
        return perform_on_case(by=by, at=at, case_id=self.case.id, act=self.act, facts=facts, key=key)


def rooms_of(check: Check, estate_id: UUID | None) -> list[UUID | None]:
    """The unit of each row; a row that names none of the estate is marked."""
    units = Unit.objects.filter(estate=estate_id).values_list("pk", "building__name", "label")
    known = {(key_of(building or ""), key_of(label)): pk for pk, building, label in units}
    names = check.column("building")
    labels = [
        unit_label(entrance, number or "")
        for entrance, number in zip(check.column("entrance"), check.column("room"), strict=True)
    ]
    found = [
        known.get((key_of(name or ""), key_of(label))) for name, label in zip(names, labels, strict=True)
    ]
    for row in list(check.good()):
        if found[row] is None:
            check.wrong(row, f"本小区没有登记房屋“{names[row]}{labels[row]}”，请核对楼栋和房号")
    return found


def facts_of(check: Check, kind: type[F], said: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, F]]:
    """The facts of each row; what cannot be said so is told of its row."""
    for row, values in said.items():
        try:
            yield row, read_facts(kind, dict(values))
        except Invalid as wrong:
            titles = {name: field.title for name, field in kind.model_fields.items()}
            for name, says in wrong.fields.items():
                title = titles.get(name)
                check.wrong(row, f"“{title}”{says}" if title else says)


def refused_by(check: Check, row: int, decision: Decision) -> bool:
    """Whether the law does not allow a row; then that is told of it."""
    if not decision.allowed:
        check.wrong(row, decision.sentence.rstrip("。"))
    return not decision.allowed
