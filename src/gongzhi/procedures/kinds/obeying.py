"""What becomes of a paper that names a day: whoever it is addressed to does what it says, its issuer keeps whether.

The day stands in the draft, in the field `until_on`, and no key of the law names it: the paper does. Nothing later in
the case waits for it, it outlives the case, and a suspension of the case moves no day that a paper names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import Field

from gongzhi.acts.facts import AHEAD, Facts
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import date_words

from ..models import IssuedPaper
from ..terms import ActSpec, RoundView, TaskSpec

if TYPE_CHECKING:
    from .issue import Issue

#: The field of a draft that names the last day of what the paper orders.
UNTIL = "until_on"
#: The task of whoever was ordered, and that of the issuer.
OBEY, KEEP = "obey", "keep_whether"
TASKS = (OBEY, KEEP)


class Obeyed(Facts):
    """What was ordered is done, as far as whoever says so knows."""

    done_on: date = Field(title="履行日期")
    what: str = Field(title="履行情况", min_length=2, max_length=1000)


class NotObeyed(Facts):
    """The day is over and what was ordered is not done."""

    what: str = Field(title="未履行的内容", min_length=2, max_length=1000)
    further: str = Field(title="如何另行处理", min_length=2, max_length=1000)


def act_specs() -> tuple[ActSpec, ...]:
    """`report_obeyed`, `obeyed`, `not_obeyed`."""
    return (
        ActSpec("report_obeyed", "报告履行情况", Obeyed),
        ActSpec("obeyed", "已履行", Obeyed),
        ActSpec("not_obeyed", "逾期未履行，另行处理", NotObeyed),
    )


def until_of(view: RoundView) -> date | None:
    """The day the draft names; None where it names none."""
    said = view.last("draft")
    named = said.facts.get(UNTIL) if said is not None else None
    return date.fromisoformat(str(named)) if named else None


def tasks(step: Issue[Any], view: RoundView) -> Iterator[TaskSpec]:
    """From 送达 on: the doing, until the issuer has kept whether it was done; that falls due a day after it."""
    until = until_of(view)
    if until is None or view.last("serve") is None:
        return
    kept = view.done(KEEP) is not None
    note = "" if kept else _named_by(view, until)
    if not kept:
        title = f"按期履行：{step.title}"
        yield TaskSpec(
            OBEY,
            title,
            step.to,
            ("report_obeyed",),
            holds=False,
            receives=True,
            due_on=until,
            note=note,
            runs_on=True,
        )
    title = f"登记履行情况：{step.title}"
    acts = ("obeyed", "not_obeyed")
    yield TaskSpec(
        KEEP, title, step.by, acts, holds=False, due_on=until + timedelta(days=1), note=note, runs_on=True
    )


def _named_by(view: RoundView, until: date) -> str:
    one = IssuedPaper.objects.filter(round_id=view.id).select_related("number").first()
    return f"期限到{date_words(until)}为止，由{one.number.text}确定" if one is not None else ""


def _days_asked(kind: type[Facts]) -> Mapping[str, str]:
    """The fields of a draft that name a day on which something is asked, with their titles: `until_on`, `AHEAD`."""
    return {
        name: field.title or "期限"
        for name, field in kind.model_fields.items()
        if name == UNTIL or field.json_schema_extra == AHEAD
    }


def demand_ahead(facts: Facts, today: date) -> None:
    """Every day a draft names lies ahead of it; NotPossible otherwise."""
    for name, title in _days_asked(type(facts)).items():
        day = getattr(facts, name)
        if day is not None and day <= today:
            raise NotPossible(f"{title}要晚于今天，请改填今天以后的日期。")


def demand_still_ahead(view: RoundView, kind: type[Facts], today: date) -> None:
    """So it does when the paper is signed; NotPossible otherwise."""
    said = view.last("draft")
    told = said.facts if said is not None else {}
    for name, title in _days_asked(kind).items():
        day = told.get(name)
        if day and date.fromisoformat(str(day)) <= today:
            words = date_words(date.fromisoformat(str(day)))
            raise NotPossible(f"文稿的{title}{words}已到，不能签发，请退回修改，改定今天以后的日期。")


def check(view: RoundView, facts: Facts, at: datetime) -> None:
    """Done between 送达 and now; not done only once the day is over."""
    today, until, served = view.case.local_day(at), until_of(view), view.last("serve")
    if isinstance(facts, Obeyed):
        if facts.done_on > today:
            raise NotPossible("履行日期不能晚于今天，请核对后填写。")
        arrived = datetime.fromisoformat(str(served.facts["arrived_at"])) if served is not None else at
        if facts.done_on < view.case.local_day(arrived):
            raise NotPossible("履行日期不能早于文书送达的日期，请核对后填写。")
    if isinstance(facts, NotObeyed) and until is not None and today <= until:
        raise NotPossible(f"期限到{date_words(until)}为止，过了这一天仍未履行的，才能登记逾期未履行。")
