"""Effects of a provider that does not leave: recorded, pursued through court. Inside the door, the root locked."""

from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures.view import CaseView
from gongzhi.values.refusals import NotPossible

from ..ground_facts import CourtStep, HoldoutFound
from ..models import Holdout


def record_holdout(*, case: CaseView, round_id: Any, facts: HoldoutFound, by: Actor, at: datetime) -> None:
    """Keep the record; one at a time. 《民法典》第949条."""
    if case.instant("departure.left") is not None:
        raise NotPossible("离场已经确认，不必再记录拒不退出。")
    if Holdout.objects.filter(case=case.row, closed_at=None).exists():
        raise NotPossible("已有一条未了结的拒不退出记录，请在原记录上继续办理。")
    Holdout.objects.create(case=case.row, found_on=facts.found_on, opened_at=at)


def pursue_holdout(*, case: CaseView, round_id: Any, facts: CourtStep, by: Actor, at: datetime) -> None:
    """One step further on the way through court; closed when the provider is out. 《民法典》第949条."""
    row = Holdout.objects.filter(case=case.row, closed_at=None).first()
    if row is None:
        raise NotPossible("没有未了结的拒不退出记录，请先记录拒不退出的情况。")
    row.stage, row.stage_on = facts.step, facts.on
    row.sued_under = facts.authority or row.sued_under
    row.closed_at = at if facts.step == "left" else None
    row.save(update_fields=["stage", "stage_on", "sued_under", "closed_at"])
