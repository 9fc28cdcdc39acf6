"""Submit: one in a role says something; with `to=` it must arrive, by receipt or by proof of service.

《民法典》第137条: a declaration made to somebody who is not present takes effect when it arrives.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import Facts
from gongzhi.registry.roles import Role
from gongzhi.values.minutes import minute_of
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import instant_words

from ..completing import completed, first_sent, papers_sent, sent_at
from ..declare import Arrival, Step
from ..documents import Source
from ..entering import is_entered, tell_entered
from ..forms import COMPLETION, RECEIPT, SERVICE
from ..holders import hold
from ..service import OF_SERVICE, OWN_PROOF, ServiceProof, demand_announced_after, demand_proof, handed_at
from ..telling import tell
from ..terms import ActSpec, RoundView, Said, TaskSpec
from ..view import CaseView

F = TypeVar("F", bound=Facts)


class Receipt(Facts):
    """The recipient took it in: when it arrived, who took it."""

    arrived_at: AwareDatetime = Field(title="到达时间")
    received_by: str = Field(title="签收人", min_length=1, max_length=50)
    capacity: str = Field(title="签收人身份", default="", max_length=50)


class Completion(Facts):
    """What is wanting, told once and whole: each part with why, on what it rests, and until when."""

    missing: str = Field(
        title="需要补正的内容",
        description="一次写全，每项一行；可以写成“内容：原因”",
        min_length=2,
        max_length=1000,
    )
    basis: str = Field(title="依据", default="", max_length=300)
    until_on: date | None = Field(title="补正期限", default=None)


def demand_ahead(facts: Facts, today: date) -> None:
    """A time to complete lies ahead of the day it is told; NotPossible otherwise."""
    if isinstance(facts, Completion) and facts.until_on is not None and facts.until_on <= today:
        raise NotPossible("补正期限要晚于今天，请改填今天以后的日期。")


class Submit(Step[F]):
    """Somebody says something. Outcomes: `done` (said, and arrived where it must), `return` (to be completed).

    `on_arrival` says what the hour of the arrival has shown; the arrival stands, and sender and recipients are told.
    `serves` are the papers it brings, by name, where its title names an act and no paper. `entered_by` may enter it for
    who says it (代为登记): its facts have `handed_by` and `handed_at` then. `happened` names the field of its facts
    that says when what it marks came about: somebody may tell it the morning after.
    """

    kind = "submit"
    task_names = ("submit", "receive*", "prove*")
    main_act = "submit"
    outcomes = ("done", "return")
    returns = ("return",)
    correctable = ("submit", "receive", "prove")
    own_documents = (RECEIPT, COMPLETION, SERVICE)

    def __init__(
        self,
        title: str,
        *,
        by: Role,
        facts: type[F],
        to: Role | Sequence[Role] = (),
        serves: Callable[[Source], tuple[str, ...]] | None = None,
        on_arrival: Arrival | None = None,
        entered_by: Sequence[Role] = (),
        happened: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(title, by=by, facts=facts, **rest)
        self.happened = happened
        self.serves, self.on_arrival = serves, on_arrival
        self.entered_by = tuple(entered_by)
        self.to: tuple[Role, ...] = (to,) if isinstance(to, Role) else tuple(to)

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """`submit`; then, where it must arrive, `receive` with each recipient and `prove` with the sender."""
        specs = [TaskSpec("submit", self.title, self.by, ("submit",), entered_by=self.entered_by)]
        if view.last("submit"):
            for role, receive, prove in self._arrivals():
                acts = ("receive", "return")
                specs.append(TaskSpec(receive, f"签收{self.title}", role, acts, receives=True))
                title = f"证明{self.title}已送达{role.title if len(self.to) > 1 else ''}"
                specs.append(TaskSpec(prove, title, self.by, ("prove",)))
        return specs

    def _arrivals(self) -> list[tuple[Role, str, str]]:
        """Each recipient with its tasks; where there are several, the tasks bear their names."""
        one = len(self.to) == 1
        return [
            (role, "receive" if one else f"receive:{role.code}", "prove" if one else f"prove:{role.code}")
            for role in self.to
        ]

    def _arrived(self, view: RoundView) -> list[Said]:
        """The receipt or the proof of each recipient it has arrived at, the first that came."""
        found = [
            next(
                (said for said in view.said if said.task in tasks and said.act in ("receive", "prove")), None
            )
            for _, *tasks in self._arrivals()
        ]
        return [said for said in found if said is not None]

    def act_specs(self) -> dict[str, ActSpec]:
        """`submit`, `receive`, `return`, `prove`."""
        specs = [ActSpec("submit", "提交", self.facts)]
        if self.to:
            specs += [
                ActSpec("receive", "签收", Receipt),
                ActSpec("return", "退回补正", Completion),
                ActSpec("prove", "送达证明", ServiceProof, pictures=OF_SERVICE, proved=demand_proof),
            ]
        return {spec.name: spec for spec in specs}

    def outcome(self, view: RoundView) -> str | None:
        """Done when said, and where it must arrive, when it has arrived at everybody."""
        if view.last("return"):
            return "return"
        return "done" if view.last("submit") and len(self._arrived(view)) == len(self.to) else None

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """What arrives has been sent before, on paper or here, and has arrived by now."""
        demand_ahead(facts, view.case.local_day(at))
        handed = handed_at(facts)
        if handed is not None and handed > at:
            raise NotPossible("纸质原件送达时间不能晚于现在；还没有送达的，请留空后提交。")
        if handed is not None:
            self._demand_new_paper(view, handed)
        if isinstance(facts, (Receipt, ServiceProof)):
            if facts.arrived_at > at:
                raise NotPossible("到达时间不能晚于现在，请核对后填写。")
            sent = first_sent(self, view)
            if sent is not None and facts.arrived_at < minute_of(sent_at(sent)):
                raise NotPossible(_too_early(sent))
            if sent is not None and isinstance(facts, ServiceProof):
                demand_announced_after(facts, sent_at(sent))
            is_proved = not isinstance(facts, ServiceProof) or facts.method in OWN_PROOF
            entered = min((one.at for one in papers_sent(self, view)), default=None)
            if entered is not None and facts.arrived_at < minute_of(entered) and not is_proved:
                raise NotPossible(
                    "先于录入送达的纸质原件，由收件方签收确认；对方不签收的，按留置送达或者邮寄送达的证明填写。"
                )

    def _demand_new_paper(self, view: RoundView, handed: datetime) -> None:
        """What is said anew is another paper, but for what completes one: handed over after the one before it."""
        own = {view.id, *(one.id for one in completed(self, view))}
        earlier = [one for one in view.case.rounds(self) if one.id not in own]
        said = [view.case.round_view(one).last("submit") for one in earlier]
        latest = max((one.at for one in said if one is not None), default=None)
        if latest is not None and handed < minute_of(latest):
            raise NotPossible(
                f"重新提交的是另一份文件，纸质原件送达时间不能早于上一份的提交时间（{instant_words(minute_of(latest))}），"
                "请按新文件的送达时间填写；还没有送达的，请留空。"
            )

    def record(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Tell the side for which somebody else entered it."""
        said = view.last("submit")
        if act == "submit" and said is not None and is_entered(facts):
            tell_entered(view.case, said, self.title)

    def warns(self, case: CaseView, act: str, at: datetime) -> Sequence[str]:
        """What the arrival has shown; both sides learn it with the receipt."""
        shown = (
            self.on_arrival(case, self.code, at) if self.on_arrival and act in ("receive", "prove") else ()
        )
        if shown:
            sides = [hold(case, self.by, at), *(hold(case, role, at, receives=True) for role in self.to)]
            told = "".join(shown)
            tell(
                case,
                f"{self.title}到达后请核对日期",
                f"{case.row.number}：{told}",
                [one.organisation_id for one in sides],
            )
        return shown

    def mark_names(self) -> tuple[str, ...]:
        """`submitted`, and `arrived` where it must arrive."""
        return (*super().mark_names(), "submitted", *(("arrived",) if self.to else ()))

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """`submitted`; `arrived` when it has arrived at the last; the declared mark with the latest of them."""
        sent, arrived = view.last("submit"), self._arrived(view)
        if sent is None:
            return {}
        marks = {"submitted": sent_at(sent)}
        if self.to and len(arrived) == len(self.to):
            marks["arrived"] = max(datetime.fromisoformat(str(said.facts["arrived_at"])) for said in arrived)
        if self.marks and self.outcome(view) == "done":
            told = sent.facts.get(self.happened) if self.happened else None
            marks[self.marks] = (
                datetime.fromisoformat(str(told)) if told else marks.get("arrived", sent_at(sent))
            )
        return marks

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """A receipt of what was handed over on paper begins with the hour the sender named; that of what completes a
        paper with the arrival of the first round, or when that was sent.
        """
        found = case.live_round(self) if act in ("receive", "prove") else None
        view = case.round_view(found) if found is not None else None
        sent = first_sent(self, view) if view is not None else None
        if view is None or sent is None:
            return {}
        before = list(completed(self, view))
        own = [said for one in before for said in one.acts("receive", "prove") if said.task == task]
        if own:
            return {"arrived_at": datetime.fromisoformat(str(own[-1].facts["arrived_at"]))}
        is_known = bool(before) or handed_at(sent.facts) is not None
        return {"arrived_at": minute_of(sent_at(sent))} if is_known else {}


def _too_early(sent: Said) -> str:
    """Why it cannot have arrived then, and what to do where the paper came first."""
    begun = instant_words(minute_of(sent_at(sent)))
    if handed_at(sent.facts) is not None:
        return f"到达时间不能早于提交方填写的纸质原件送达时间（{begun}），请核对后填写。"
    return (
        f"到达时间不能早于提交时间（{begun}），请核对后填写；纸质原件在此以前已经送达的，"
        "请提交方更正，补填纸质原件送达时间。"
    )
