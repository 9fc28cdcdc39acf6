"""Taking a table in: read, checked row by row without a lock, then written whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import Field

from gongzhi.acts import chains
from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, Request, enter
from gongzhi.acts.facts import Facts, said_json
from gongzhi.acts.models import Act
from gongzhi.acts.policies import policy
from gongzhi.acts.roots import SYSTEM_ROOT, Root
from gongzhi.values.refusals import Conflict, Invalid, Refusal

from .checking import Check, Checked
from .columns import Kind
from .plans import Step
from .reading import Progress, nobody_watches, read_table

#: The name of the act that says that a table was taken in; the acts of its rows follow from it.
IMPORT = "registry.import_table"


class ImportTable(Facts):
    """Which table was taken in: the digest of the file, never its rows."""

    kind: str = Field(title="种类")
    digest: str = Field(title="文件摘要")
    sheet: str = Field(title="指明的工作表")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an import: rows by what became of them. `act_id` is its record; None where nothing was written.

    `checked`: the table that was taken in; None where it had been before.
    """

    rows: int
    new: int
    same: int
    changed: int
    warnings: list[str]
    act_id: UUID | None = None
    replayed: bool = False
    checked: Checked | None = None


def import_table(
    kind: Kind,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
    sheet: str = "",
    key: str = "",
    progress: Progress = nobody_watches,
) -> Taken:
    """Check a file and take it in. The same request under the same key is answered as the first time."""
    earlier = _answered_before(_request(kind, sha256(content).hexdigest(), sheet, by, at, key))
    if earlier is not None:
        return earlier
    checked = check_table(kind, content, by=by, at=at, sheet=sheet, progress=progress)
    return take_in(checked, by=by, at=at, key=key, progress=progress)


def _answered_before(request: Request) -> Taken | None:
    if not request.key or request.by.account_id is None:
        return None
    known = Act.objects.filter(account_id=request.by.account_id, key=request.key, name=IMPORT)
    act = known.filter(said_digest=request.digest).first()
    return _taken(act.answer, [], act.pk, replayed=True) if act is not None else None


def _taken(counted: dict[str, Any], warnings: list[str], act_id: UUID | None, *, replayed: bool) -> Taken:
    rows, new, same, changed = (int(counted[name]) for name in ("rows", "new", "same", "changed"))
    return Taken(rows, new, same, changed, warnings, act_id, replayed)


def check_table(
    kind: Kind,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
    sheet: str = "",
    progress: Progress = nobody_watches,
) -> Checked:
    """Read and check a file; nothing is locked and nothing written.

    Raises Invalid where it is no table of the kind, NotAllowed where the importer may act nowhere.
    """
    policy("appointed").check(by=by, facts=None, at=at)
    table = read_table(kind, content, sheet, progress)
    plan = kind.check(Check(table, by, at, progress))
    return Checked(table, plan, sha256(content).hexdigest(), sheet)


def take_in(
    checked: Checked, *, by: Actor, at: datetime, key: str = "", progress: Progress = nobody_watches
) -> Taken:
    """Write a checked table through the door, in one transaction; FaultyTable while a row is wrong.

    The rows were checked before the locks were taken: each act checks its own again, and what somebody else has
    changed meanwhile refuses the whole table.
    """
    if not checked.is_good:
        raise checked.refusal()
    return replace(_take_in(checked, by, at, key, progress), checked=checked)


def _take_in(checked: Checked, by: Actor, at: datetime, key: str, progress: Progress) -> Taken:
    counted, warnings = _counted(checked), checked.table.warnings
    if not checked.plan.steps:
        return _taken(counted, warnings, None, replayed=False)
    if checked.plan.is_one_act:
        (step,) = checked.plan.steps
        answer = _perform(checked, step, by, at, key)
        return _taken(counted, warnings, answer.act_id, replayed=answer.replayed)
    answer = enter(
        _request(checked.kind, checked.digest, checked.sheet, by, at, key),
        may=lambda: policy("appointed").check(by=by, facts=None, at=at),
        body=lambda: _write(checked, by, at, progress),
    )
    return _taken(answer.value, warnings, answer.act_id, replayed=answer.replayed)


def _counted(checked: Checked) -> dict[str, Any]:
    plan = checked.plan
    return {"rows": len(checked.table), "new": plan.new, "same": plan.same, "changed": plan.changed}


def _request(kind: Kind, digest: str, sheet: str, by: Actor, at: datetime, key: str) -> Request:
    facts = ImportTable(kind=kind.code, digest=digest, sheet=sheet)
    root = Root("account", by.account_id) if by.account_id is not None else SYSTEM_ROOT
    return Request(name=IMPORT, root=root, by=by, at=at, said=said_json(facts), key=key)


def _write(checked: Checked, by: Actor, at: datetime, progress: Progress) -> dict[str, Any]:
    """Every act of the plan, with all their roots locked first in one order, so that no two imports hang."""
    plan = checked.plan
    for root in sorted({step.root for step in plan.steps}, key=lambda root: root.id):
        chains.lock(root)
    done, whole = 0, sum(len(step.rows) for step in plan.steps)
    for step in plan.steps:
        _perform(checked, step, by, at)
        done += len(step.rows)
        progress("登记", done, whole)
    return _counted(checked) | {"acts": len(plan.steps)}


def _perform(checked: Checked, step: Step, by: Actor, at: datetime, key: str = "") -> Answer:
    with _rows_named(checked, step):
        return step.action(by=by, at=at, facts=step.facts(), key=key)


@contextmanager
def _rows_named(checked: Checked, step: Step) -> Iterator[None]:
    """A refusal of an act names the rows of the file it came from; a state that changed meanwhile is said as such."""
    try:
        yield
    except Invalid as wrong:
        named = {name: says for name, says in wrong.fields.items() if name.startswith("rows.")}
        if not named:
            _blame_row(checked, step, wrong)
        for name, says in named.items():
            checked.table.wrong(step.rows[int(name.split(".")[1])], says)
        raise checked.refusal() from wrong
    except Conflict as quicker:
        raise Conflict(
            f"{quicker.sentence.rstrip('。')}；整个表都没有登记，请重新核对后再导入。"
        ) from quicker
    except Refusal as refused:
        _blame_row(checked, step, refused)
        raise checked.refusal() from refused


def _blame_row(checked: Checked, step: Step, refused: Refusal) -> None:
    """An act for one row was refused: the row is wrong. An act for many rows is refused as it is."""
    if len(step.rows) != 1:
        raise refused
    checked.table.wrong(step.rows[0], refused.sentence.rstrip("。"))
