"""The step in which a result is recorded: its form begins with the totals the register has."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gongzhi.acts.facts import Facts
from gongzhi.acts.kept import save
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.terms import RoundView, TaskSpec
from gongzhi.procedures.view import CaseView
from gongzhi.values.wording import day_words

from . import actions, queries
from .facts import VoteResult

#: What may be chosen by owners who were asked who follows, in words.
HIRED = (("contract", "签订合同"), ("self_managed", "自行管理"))


class RecordResult(Submit[VoteResult]):
    """Somebody records what the owners decided.

    A figure that was mistyped is put right though the case has ended with it, as long as the case that asked goes on:
    passed or not is computed anew, and what rested on it is decided anew.
    """

    read_on = ("submit",)

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """As of any `Submit`; a letter that asks to be told by a day is told with it: it dates no vote."""
        specs, on = super().task_specs(view), queries.answer_on(view.case)
        if on is None:
            return specs
        told = f"主管部门来函，请于{day_words(on)}前反馈办理情况"
        return [replace(one, note=told) if one.name == "submit" and not one.note else one for one in specs]

    def may_correct(self, act: str, view: RoundView | None = None) -> bool:
        """Its row follows what is said; not in a round that is void, nor once the case that asked has ended."""
        if act != self.main_act or view is None:
            return act in self.correctable
        case = view.case
        found = case.live_round(self)
        asking = case.parent is None or case.parent.row.ended_at is None
        return asking and found is not None and found.id == view.id

    def corrected(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """The row of the result follows, and with it how the case is said to have ended."""
        if not isinstance(facts, VoteResult):
            return
        actions.put_right(view.case, view.id, facts)
        row = view.case.row
        if row.ended_at is not None:
            row.outcome, row.ended_why = queries.ends_as(view.case)
            save(row, "outcome", "ended_why")

    def codes_of(self, act: str, view: RoundView | None = None) -> dict[str, list[tuple[str, str]]]:
        """What the owners may have chosen who were asked whom to hire; elsewhere all there is."""
        is_hiring = act == self.main_act and view is not None and queries.asks_who_follows(view.case)
        return {"chosen": list(HIRED)} if is_hiring else {}

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """Who could vote, as registered; who writes may change it and is told of the difference."""
        if act != self.main_act:
            return {}
        owners, area = queries.who_could_vote(case, at)
        told = {"heads_total": owners, "area_total": area}
        return {name: value for name, value in told.items() if value is not None}
