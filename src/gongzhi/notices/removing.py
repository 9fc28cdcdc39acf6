"""A notice that is void still hangs: whoever put it up takes it off the wall. Holds nothing up."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import PEOPLE, Facts
from gongzhi.procedures.terms import RoundView
from gongzhi.values.minutes import minute_of
from gongzhi.values.refusals import NotPossible

from .models import Notice
from .rows import find_hanging, publish_period

#: The task, and its act.
REMOVE = "remove"


class Removed(Facts):
    """The paper of a void notice was taken off the wall: when, and by whom."""

    removed_at: AwareDatetime = Field(title="纸质件取下时间")
    removed_by: tuple[str, ...] = Field(title="取下人", min_length=1, max_length=10, json_schema_extra=PEOPLE)


def void(view: RoundView, why: str, at: datetime) -> None:
    """End what hangs with its round: its days count no more, though its paper still hangs."""
    notice = find_hanging(view.id)
    if notice is None:
        return
    notice.is_void, notice.ended_at, notice.ended_why = True, max(at, notice.posted_at), why[:300]
    notice.save(update_fields=["is_void", "ended_at", "ended_why"])
    publish_period(notice, at)


def hung_on(round_id: UUID) -> Notice | None:
    """The notice that hung when its round became void; None where none did."""
    return Notice.objects.filter(round=round_id, is_void=True).first()


def demand_after_posting(view: RoundView, facts: Removed, at: datetime) -> None:
    """It is taken off after it was put up, and by now."""
    notice = hung_on(view.id)
    if facts.removed_at > at:
        raise NotPossible("取下时间不能晚于现在，请核对后填写。")
    if notice is not None and facts.removed_at < minute_of(notice.posted_at):
        raise NotPossible("取下时间不能早于公示张贴的时间，请核对后填写。")


def keep(view: RoundView, facts: Removed) -> None:
    """The wall is bare."""
    Notice.objects.filter(round_id=view.id, is_void=True).update(removed_at=facts.removed_at)
