"""File (备案): sent to each authority the pack names. It is done for the filer when it is sent with proof.

备案 is not 审批: the receipt, or the request to complete, follows and holds up nothing, unless the pack says that
this filing blocks (《诸暨市…实施意见（试行）》第7项).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import Facts
from gongzhi.papers.kinds import PaperKind
from gongzhi.registry.roles import ROLES, Role
from gongzhi.values.minutes import minute_of
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import date_words, instant_words

from ..declare import Step
from ..documents import Document, Source
from ..filings import FILING_FORM, FILING_RECEIPT
from ..forms import COMPLETION, role_of
from ..holders import hold
from ..numbering import keep_number
from ..telling import tell
from ..terms import ActSpec, Condition, RoundView, Said, TaskSpec
from ..view import CaseView
from .submit import Completion, demand_ahead

NOT_REQUIRED = Condition(lambda case: False, "当地规定未要求备案")
#: The way of sending after which its receiver alone knows when it came.
POST = "post"
#: What the authority found wanting, sent after it.
WANTING = {
    "code": PaperKind.OTHER.value,
    "label": "补正材料",
    "required": False,
    "hint": "备案机关告知欠缺的材料",
}


class Sent(Facts):
    """The filing was sent: when, how, with which proof."""

    sent_at: AwareDatetime = Field(title="报送时间")
    method: str = Field(title="报送方式", pattern="^(platform|direct|post|electronic)$")
    proof: str = Field(title="报送凭证", min_length=1, max_length=200)


class FilingReceipt(Facts):
    """The authority's receipt (备案回执)."""

    number: str = Field(
        title="回执编号", description="按本单位的备案登记填写；不填的，按案号编号", default="", max_length=100
    )
    arrived_at: AwareDatetime | None = Field(
        title="收到时间", description="邮寄报送的必须填写；不填的，按报送时间", default=None
    )
    remark: str = Field(title="备注", default="", max_length=300)


class File(Step[Sent]):
    """Filing with authorities. `to` is the pack's key of the recipients; `blocks` a key that may say it holds.

    `encloses` is the paper that is filed and `gist` what it comes to, where that is not what the steps before said.
    `served` are those of the recipients that another step serves: the law lists them in one breath.
    """

    kind = "file"
    task_names = ("wait", "send:*", "receipt:*", "complete:*")
    main_act = "send"
    correctable = ("send", "receipt")
    own_documents = (FILING_FORM, FILING_RECEIPT, COMPLETION)

    def __init__(
        self,
        title: str,
        *,
        by: Role,
        to: str,
        blocks: str = "",
        served: Sequence[Role] = (),
        encloses: Document | None = None,
        gist: Callable[[Source], str] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(title, by=by, facts=Sent, **rest)
        self.to, self.blocks, self.served = to, blocks, tuple(served)
        self.encloses, self.gist = encloses, gist

    def wanted(self, case: CaseView) -> Condition | None:
        """Skipped where the law names no recipient."""
        nobody = case.law.is_set(self.to) and not self._listed(case)
        if nobody or not case.law.is_wanted(self.to):
            return NOT_REQUIRED
        return super().wanted(case)

    def recipients(self, view: RoundView) -> list[Role]:
        """The authorities the place's law names; nobody while the place has still to set them."""
        return self._listed(view.case)

    def _listed(self, case: CaseView) -> list[Role]:
        served = {role.code for role in self.served}
        return [ROLES[code] for code in case.law.listed(self.to) if code not in served]

    def _holds(self, view: RoundView) -> bool:
        return bool(self.blocks) and view.case.law.is_wanted(self.blocks)

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """`send:<role>` for each; then its `receipt:<role>`, and `complete:<role>:<n>` each time it asks for more."""
        if not view.case.law.is_set(self.to):
            return [TaskSpec("wait", self.title, self.by, (), waits_for=self.to)]
        specs = []
        for role in self.recipients(view):
            specs.append(TaskSpec(f"send:{role.code}", f"向{role.title}报送{self.title}", self.by, ("send",)))
            if view.done(f"send:{role.code}"):
                specs += self._answers(view, role)
        return specs

    def _answers(self, view: RoundView, role: Role) -> list[TaskSpec]:
        """The receipt task, and after each request to complete the filer's task and a new receipt task.

        What was filed lies with the authority, and the day it names is its own: these are done while the case
        stands still.
        """
        holds, specs = self._holds(view), []
        for turn in range(1, 100):
            name = f"receipt:{role.code}:{turn}"
            acts = ("receipt", "request_completion")
            specs.append(TaskSpec(name, f"{self.title}回执", role, acts, holds=holds, runs_on=True))
            answered = view.done(name)
            if answered is None or answered.act == "receipt":
                break
            complete = f"complete:{role.code}:{turn}"
            until = _until(answered)
            title = f"补正{self.title}" + (f"（{date_words(until)}前）" if until is not None else "")
            specs.append(
                TaskSpec(complete, title, self.by, ("send",), holds=holds, runs_on=True, due_on=until)
            )
            if not view.done(complete):
                break
        return specs

    def answers(self, view: RoundView, task: str) -> Said | None:
        """To complete a filing answers what the authority asked for."""
        name, _, of = task.partition(":")
        return view.done(f"receipt:{of}") if name == "complete" else None

    def undone(self, view: RoundView) -> str:
        """What was filed is filed anew, once there is something to file."""
        return "已报送的备案作废，要重新报送" if view.last("send") is not None else ""

    def act_specs(self) -> dict[str, ActSpec]:
        """`send`, `receipt`, `request_completion`."""
        specs = (
            ActSpec("send", "报送", Sent),
            ActSpec("receipt", "出具回执", FilingReceipt),
            ActSpec("request_completion", "一次性告知补正", Completion),
        )
        return {spec.name: spec for spec in specs}

    def asked_of(self, case: CaseView, spec: ActSpec) -> list[Mapping[str, Any]]:
        """With what an authority asked for, once it did: the paper that was wanting comes with the sending."""
        asked = super().asked_of(case, spec)
        found = case.live_round(self) if spec.name == "send" else None
        if found is None or not case.round_view(found).acts("request_completion"):
            return asked
        return [*asked, WANTING]

    def outcome(self, view: RoundView) -> str | None:
        """Done when sent to each, with proof; where the filing blocks, when each has given its receipt."""
        roles = self.recipients(view)
        if not roles or not all(view.done(f"send:{role.code}") for role in roles):
            return None
        if self._holds(view) and len(view.acts("receipt")) < len(roles):
            return None
        return "done"

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """What was sent was sent by now, and not before there was anything to send."""
        demand_ahead(facts, view.case.local_day(at))
        if isinstance(facts, Sent) and facts.sent_at > at:
            raise NotPossible("报送时间不能晚于现在，请核对后填写。")
        if isinstance(facts, FilingReceipt):
            self._demand_arrival(view, task, facts.arrived_at, at)
        begun = minute_of(self._could_begin_at(view))
        if isinstance(facts, Sent) and facts.sent_at < begun:
            raise NotPossible(f"报送时间不能早于本步骤开始的时间（{instant_words(begun)}），请核对后填写。")

    def _demand_arrival(self, view: RoundView, task: str, arrived: datetime | None, at: datetime) -> None:
        """What came by post came when its receiver says; nothing comes before it was sent."""
        sent = view.done(f"send:{role_of(task)}")
        if sent is None:
            return
        sent_at = datetime.fromisoformat(str(sent.facts["sent_at"]))
        if arrived is None and sent.facts["method"] == POST:
            raise NotPossible("这件是邮寄报送的，请填写本单位收到的时间。")
        if arrived is not None and not minute_of(sent_at) <= arrived <= at:
            raise NotPossible(
                f"收到时间不能早于报送时间（{instant_words(minute_of(sent_at))}），也不能晚于现在，请核对后填写。"
            )

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """A receipt begins with the hour of the sending, but for what was posted: that its receiver knows."""
        found = case.live_round(self) if act == "receipt" else None
        sent = case.round_view(found).done(f"send:{role_of(task)}") if found is not None else None
        if sent is None or sent.facts["method"] == POST:
            return super().begins_with(case, act, at, task)
        return {"arrived_at": datetime.fromisoformat(str(sent.facts["sent_at"]))}

    def record(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """The number is kept as given; who filed it learns that the receipt is there."""
        if isinstance(facts, FilingReceipt):
            keep_number(view, task, facts.number.strip())
            case, number = view.case, f"，回执编号 {facts.number}" if facts.number else ""
            filer = hold(case, self.by, at).organisation_id
            tell(
                case, f"{self.title}已有备案回执", f"{case.row.number}：{self.title}已备案{number}。", [filer]
            )

    def corrected(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """The number follows the receipt."""
        if isinstance(facts, FilingReceipt):
            keep_number(view, task, facts.number.strip())

    def _could_begin_at(self, view: RoundView) -> datetime:
        """When there was something to send: as the step opened, or before, where the paper it rests on came first."""
        named = [f"{moment.step.code}.{moment.mark}" for moment in self.moments if moment.mark]
        known = [view.case.instant(path) for path in named]
        return min([view.opened_at, *(one for one in known if one is not None)])

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """`filed` (or the declared mark) when the last authority was sent its copy; completing it moves nothing."""
        if not all(view.done(f"send:{role.code}") for role in self.recipients(view)):
            return {}
        instants = [
            datetime.fromisoformat(str(said.facts["sent_at"]))
            for said in view.acts("send")
            if said.task.startswith("send:")
        ]
        return {self.marks or "filed": max(instants)} if instants else {}

    def mark_names(self) -> tuple[str, ...]:
        """`filed`, unless the declaration names it otherwise."""
        return super().mark_names() if self.marks else (*super().mark_names(), "filed")

    def keys(self) -> tuple[str, ...]:
        """What it asks the pack for."""
        return (self.to, self.blocks)


def _until(asked: Said) -> date | None:
    """The day until which an authority wants it completed, None where it named none: no clock of the law counts it."""
    named = asked.facts.get("until_on")
    return date.fromisoformat(str(named)) if named else None
