"""Who leaves says so, whoever receives checks it; where it says nothing, others record that it is out.

《民法典》第949条; 《白山市…管理办法》第20条第2款. What one side ticks of itself closes no case: the receiving side
confirms it or objects. A provider that never confirms holds nothing up: the receiving side or the community records
what is seen, or the owners' side that a judgment was enforced.
"""

from dataclasses import dataclass
from datetime import datetime, time

from gongzhi.acts.facts import Facts
from gongzhi.procedures.forms import name_of
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.kinds.checklist import ON_THE_SPOT
from gongzhi.procedures.kinds.review import Reasons
from gongzhi.procedures.models import CaseAct
from gongzhi.procedures.terms import ActSpec, RoundView, Said, TaskSpec
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import COMMUNITY
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import date_words

from .facts import Departure, DepartureChecked, LeftRecorded
from .ground_facts import CourtStep
from .ground_queries import serves_since
from .handover_facts import NOTHING_OPEN
from .handover_queries import missing_items
from .parties import RECEIVER

CHECK, RECORD = "confirm_left", "record_left"
ONLY_SILENT = "原物业服务人已经离场而不确认的，或者确认以后接收方不核对的，才办"
TAKEN_OVER = "takeover.taken_over"


@dataclass(frozen=True)
class Left:
    """That somebody else than the provider told it is out: when it was, who told, and in what words."""

    at: datetime
    #: Whether only the day is known.
    is_day: bool
    said_at: datetime
    by: str
    told: tuple[str, ...]
    owed: str = ""


class Departing(Submit[Departure]):
    """As `Submit`, confirmed by whoever receives; outcome `return` when it objects.

    Besides, `record_left` by the receiving side or the community, and the way through court that ends with the provider
    out: each is `done`, once somebody has taken over.
    """

    task_names = (*Submit.task_names, CHECK, f"{RECORD}:*")  # type: ignore[assignment]
    correctable = (*Submit.correctable, RECORD)  # type: ignore[assignment]

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """`submit`, then `confirm_left`; beside them what is done only where one of the two says nothing."""
        said = view.last(self.main_act)
        specs = super().task_specs(view)
        is_told = said is not None or _was_told(view, self)
        others = [COMMUNITY] if is_told else [RECEIVER, COMMUNITY]
        if said is not None:
            specs.append(TaskSpec(CHECK, f"核对{self.title}", RECEIVER, (CHECK, "object")))
        specs += [
            TaskSpec(f"{RECORD}:{role.code}", "记录已经离场", role, (RECORD,), instead=True, note=ONLY_SILENT)
            for role in others
        ]
        return specs

    def act_specs(self) -> dict[str, ActSpec]:
        """Those of `Submit`; `confirm_left`, `object`, `record_left`."""
        specs = (
            ActSpec(CHECK, "确认离场", DepartureChecked),
            ActSpec("object", "提出异议", Reasons),
            ActSpec(RECORD, "记录已经离场", LeftRecorded, pictures=ON_THE_SPOT),
        )
        return super().act_specs() | {spec.name: spec for spec in specs}

    def outcome(self, view: RoundView) -> str | None:
        """Done when the receiving side has confirmed, or somebody recorded it; back when it objects."""
        if view.last("object"):
            return "return"
        return "done" if view.last(CHECK) or recorded(view) is not None else None

    def why_back(self, view: RoundView, outcome: str) -> str:
        """Who objected, and why."""
        said = view.last("object")
        return f"：{name_of(said)}提出异议，{said.facts['reason']}" if said is not None else ""

    def answers(self, view: RoundView, task: str) -> Said | None:
        """What was objected to."""
        return view.last("object")

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """What is recorded for the provider is by now, once somebody serves, and leaves out nothing the lists lack.

        That it was out before somebody served is a fact, if against 《民法典》第950条; it is recorded as it was.
        """
        super().check(view, task, act, facts, at)
        if not isinstance(facts, LeftRecorded):
            return
        taken = view.case.instant(TAKEN_OVER)
        if taken is None:
            raise NotPossible(
                "还没有接替者接管，原物业服务人须继续服务，不能记录离场；请先由接替单位进场，或者由街道指定临时接管。"
            )
        if facts.left_at > at:
            raise NotPossible("离场时间不能晚于现在，请核对后填写。")
        lacking = _lacking(view.case) if facts.owed.strip().rstrip("。.") in NOTHING_OPEN else []
        if lacking:
            raise NotPossible(
                f"{'、'.join(lacking[:5])}还没有移交，请写入“尚未交还、移交的事项”，"
                "已经移交的先由接收方用“补交缺失项目”登记。"
            )
        began = serves_since(view.case)
        if began is not None and view.case.local_day(facts.left_at) < began:
            raise NotPossible(
                f"离场时间不能早于原物业服务人在本小区开始服务的日期（{date_words(began)}），请核对后填写。"
            )

    def may_correct(self, act: str, view: RoundView | None = None) -> bool:
        """What the provider said it puts right until the other side has confirmed it."""
        is_confirmed = view is not None and act == self.main_act and view.last(CHECK) is not None
        return super().may_correct(act, view) and not is_confirmed

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """As of any `Submit`; where others recorded it, the declared mark with what they recorded."""
        marks = super().marks_of(view)
        found = recorded(view)
        if self.marks and self.marks not in marks and found is not None:
            marks[self.marks] = found.at
        return marks


def _was_told(view: RoundView, step: Submit[Departure]) -> bool:
    """Whether the provider said it before, and the receiving side objected: that side does not record it alone then."""
    rounds = (view.case.round_view(found) for found in view.case.rounds(step))
    return any(one.last("object") is not None for one in rounds)


def _lacking(case: CaseView) -> list[str]:
    """What the lists of the handover still have as missing, by its label. 《白山市…管理办法》第18条."""
    below = case.child("handover")
    return list(missing_items(below).values_list("label", flat=True)) if below is not None else []


def recorded(view: RoundView) -> Left | None:
    """What others than the provider told of its being out, once somebody has taken over; None where nobody did."""
    said, taken = view.last(RECORD), view.case.instant(TAKEN_OVER)
    if said is not None:
        facts = LeftRecorded.model_validate(said.facts)
        told = (f"现场情况：{facts.seen}", f"请原物业服务人确认离场的情况：{facts.asked}")
        return Left(facts.left_at, False, said.at, name_of(said), told, facts.owed)
    act = _by_court(view.case) if taken is not None else None
    if act is None or taken is None:
        return None
    step = CourtStep.model_validate(act.facts)
    on = datetime.combine(step.on, time(), ZONE)
    words = tuple(filter(None, (f"案号或者文书：{step.paper}", step.remark)))
    by = act.organisation.name if act.organisation is not None else ""
    at = taken if step.on == view.case.local_day(taken) else on
    return Left(at, True, act.at, by, words)


def _by_court(case: CaseView) -> CaseAct | None:
    """The step of the way through court with which the provider was out."""
    acts = (act for act in case.acts_of(None) if act.name == "pursue_holdout")
    return next((act for act in acts if act.facts.get("step") == "left"), None)


def recorded_in(case: CaseView) -> Left | None:
    """The same of a case; None where the provider said it itself, or nobody did."""
    from .procedures import ProviderExit as Exit

    found = case.live_round(Exit.departure)
    return recorded(case.round_view(found)) if found is not None else None


def left_at(case: CaseView) -> datetime | None:
    """When the provider was out, by its own word or by that of others."""
    from .procedures import ProviderExit as Exit

    said, other = case.heard(Exit.departure), recorded_in(case)
    if said is not None:
        return said.left_at
    return other.at if other is not None else None
