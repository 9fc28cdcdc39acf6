"""Writing down what was said in a case."""

from __future__ import annotations

from datetime import datetime

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import present_act
from gongzhi.acts.facts import Facts, said_json
from gongzhi.acts.kept import insert
from gongzhi.acts.rows import fresh, link
from gongzhi.registry.models import Appointment

from .models import CaseAct, Round, Task
from .view import CaseView


def write_act(
    case: CaseView,
    name: str,
    facts: Facts,
    by: Actor,
    at: datetime,
    appointment: Appointment | None,
    found: Round | None = None,
    task: Task | None = None,
) -> CaseAct:
    """Write down what was said, with the class it was said in; its id is the act's in the record."""
    kind, present = type(facts), present_act()
    act = fresh(
        CaseAct,
        id=present.act_id,
        seq=present.seq,
        case_id=case.row.pk,
        round_id=found.pk if found is not None else None,
        task_id=task.pk if task is not None else None,
        name=name,
        facts=said_json(facts),
        facts_class=f"{kind.__module__.removeprefix('gongzhi.')}.{kind.__qualname__}/{kind.version}",
        account_id=by.account_id,
        appointment_id=by.appointment_id,
        person_id=by.person_id,
        organisation_id=appointment.organisation_id if appointment is not None else None,
        at=at,
    )
    for at_hand, row in (("case", case.row), ("round", found), ("task", task)):
        link(act, at_hand, row)
    return insert(act)
