"""An authority's order with a time limit, and one that somebody asked for, which may be declined with reasons."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from gongzhi.procedures.kinds.issue import Issue
from gongzhi.procedures.kinds.obeying import KEEP, OBEY, Obeyed
from gongzhi.procedures.kinds.review import Reasons
from gongzhi.procedures.models import Item
from gongzhi.procedures.terms import ActSpec, NamedDate, RoundView, TaskSpec
from gongzhi.procedures.view import CaseView
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words

from .remedies import beginning, remedies

ONE_DAY = timedelta(days=1)
#: As many things are named in a sentence.
NAMED = 3


class TimedIssue(Issue[Any]):
    """As `Issue`, of an order that binds: its draft begins with what can be done against it, where and for how long.

    A letter that only urges binds nobody and has no remedies.
    """

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """The remedies, as the law of the place has them on that day."""
        found = remedies(case, self.by, at) if act == self.main_act else ""
        return {"remedy": found} if found else super().begins_with(case, act, at, task)

    def known_before(self, case: CaseView, act: str, at: datetime) -> Mapping[str, str]:
        """Where the remedies the draft begins with come from."""
        told = beginning(case, self.by, at) if act == self.main_act else ""
        return {**super().known_before(case, act, at), **({"remedy": told} if told else {})}


class AskedOrder(TimedIssue):
    """As `TimedIssue`; besides, its authority may decline with reasons whether it orders at all.

    Nobody else ends it: whoever the order protects cannot waive what is the authority's to decide.

    `enforces` is the last day of the time that the order enforces: it is drafted, or declined, once that is over; where
    there is no such day, at once.

    `asks_for` words what is to be done from what the case knows; the draft begins with it, and its writer changes it.

    Declining is the other end of the one task to draft: once there is a draft it goes back first.

    `fulfilled` tells what the case knows of what the order asks for: when it was done, and what; None while it was not.
    Done before 签发 the order is `unneeded`; done after 送达 nobody has to report it, and its issuer finds it in the
    form.

    Outcomes `declined` and `unneeded`, with which the case goes on: nobody waits for a paper that is not coming.
    """

    outcomes = (*Issue.outcomes, "unneeded", "declined")  # type: ignore[assignment]

    def __init__(
        self,
        title: str,
        *,
        enforces: NamedDate,
        fulfilled: Callable[[CaseView], Obeyed | None],
        asks_for: Callable[[CaseView], str] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(title, **rest)
        self.enforces, self.fulfilled, self.asks_for = enforces, fulfilled, asks_for

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """The chain, declined instead of drafted."""
        drafting, *rest = super().task_specs(view)
        opens_on = self._opens_on(view.case)
        note = self._from_when(opens_on)
        acts = (*drafting.acts, "decline")
        specs = [replace(drafting, acts=acts, opens_on=opens_on, note=note, note_until=opens_on), *rest]
        if view.last("serve") is not None and self.fulfilled(view.case) is not None:
            return [spec for spec in specs if spec.name != OBEY]
        return specs

    def overtaken(self, view: RoundView) -> Mapping[str, str]:
        """What the order asks for was done: to whom it was served, to its issuer, to whoever works on its draft."""
        done = self.fulfilled(view.case)
        if done is None:
            return {}
        at_work = [spec.name for spec in self.task_specs(view)] if view.last("serve") is None else ()
        return dict.fromkeys((*at_work, OBEY, KEEP), done.what)

    def _opens_on(self, case: CaseView) -> date | None:
        """The day after the time is over; None where there is none."""
        last = self.enforces.read(case)
        on = case.local_day(last) if isinstance(last, datetime) else last
        return on + ONE_DAY if on is not None else None

    def _from_when(self, opens_on: date | None) -> str:
        if opens_on is None:
            return ""
        last = date_words(opens_on - ONE_DAY)
        return f"{self.enforces.title}到{last}为止，从{date_words(opens_on)}起可以责令"

    def act_specs(self) -> dict[str, ActSpec]:
        """Those of the chain, and `decline` with reasons."""
        return super().act_specs() | {"decline": ActSpec("decline", "不予责令", Reasons)}

    def outcome(self, view: RoundView) -> str | None:
        """That of the chain; `declined` with reasons; `unneeded` when all was done before it is signed."""
        said = "declined" if view.last("decline") else super().outcome(view)
        if said is None and view.last("sign_off") is None and self.fulfilled(view.case) is not None:
            return "unneeded"
        return said

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """The draft with what the case knows is wanting; what is kept of its being obeyed with what the case knows was
        done, and the day, where it lies after 送达.
        """
        if act == self.main_act and self.asks_for is not None:
            begun, wanting = super().begins_with(case, act, at, task), self.asks_for(case)
            return {**begun, **({"items": wanting} if wanting else {})}
        done = self.fulfilled(case) if act in ("obeyed", "report_obeyed") else None
        if done is None:
            return super().begins_with(case, act, at, task)
        served = case.instant(f"{self.code}.arrived")
        is_later = served is not None and case.local_day(served) <= done.done_on
        return {"what": done.what} | ({"done_on": done.done_on} if is_later else {})


def came_in(items: QuerySet[Item]) -> Obeyed | None:
    """When the last of the items that were missing came in, and which those were; None while one is missing still."""
    late = list(items.filter(made_up_at__isnull=False).order_by("position"))
    if not late or items.filter(state="missing", made_up_at=None).exists():
        return None
    on = max(item.made_up_at for item in late if item.made_up_at is not None).astimezone(ZONE).date()
    named = "、".join(item.label for item in late[:NAMED])
    rest = f"等{len(late)}项" if len(late) > NAMED else ""
    return Obeyed(done_on=on, what=f"{named}{rest}已于{date_words(on)}全部移交")
