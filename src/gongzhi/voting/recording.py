"""The step in which a result is recorded: its form begins with the totals the register has."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.view import CaseView

from . import queries
from .facts import VoteResult


class RecordResult(Submit[VoteResult]):
    """Somebody records what the owners decided."""

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """Who could vote, as registered; who writes may change it and is told of the difference."""
        if act != self.main_act:
            return {}
        owners, area = queries.who_could_vote(case, at)
        told = {"heads_total": owners, "area_total": area}
        return {name: value for name, value in told.items() if value is not None}
