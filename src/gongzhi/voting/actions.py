"""Effects of recording a result."""

from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures.view import CaseView

from . import rules
from .facts import VoteResult
from .models import Result

#: What of the facts has a column of its own; the rest is read where it was said.
KEPT = {"heads_total", "heads_voted", "heads_for", "area_total", "area_voted", "area_for", "chosen"}


def keep_result(*, case: CaseView, round_id: Any, facts: VoteResult, by: Actor, at: datetime) -> None:
    """Keep the result's row; whether it passed is computed, never typed in. 《民法典》第278条."""
    Result.objects.create(case=case.row, round_id=round_id, recorded_at=at, **_told(case, facts))


def put_right(case: CaseView, round_id: Any, facts: VoteResult) -> None:
    """The row follows figures that were put right; when it was recorded stays. 《民法典》第278条."""
    Result.objects.filter(case=case.row, round_id=round_id).update(**_told(case, facts))


def _told(case: CaseView, facts: VoteResult) -> dict[str, Any]:
    return {
        **facts.model_dump(include=KEPT),
        "passed": rules.passed(case.law, facts),
        "figures": rules.figures(case.law, facts),
        "organisation_id": facts.organisation,
    }
