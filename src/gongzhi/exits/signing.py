"""Lists and confirmations that persons sign, not roles: who signs for a party shows by what authority.

`practice.md` 1 (18), 6: a site manager alone does not bind the company; whoever will not sign is recorded, and a list
filled without the giver is filled by two officials, before a witness, on video.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from gongzhi.acts.facts import Facts
from gongzhi.procedures.holders import hold
from gongzhi.procedures.kinds import Checklist, Review
from gongzhi.procedures.kinds.checklist import (
    ON_THE_SPOT,
    ONE_SIDED,
    ONLY_REFUSED,
    Filled,
    Refusal,
    demand_unsigned,
    sides_to_choose,
)
from gongzhi.procedures.kinds.review import Signature
from gongzhi.procedures.refusing import unsigned
from gongzhi.procedures.terms import ActSpec, RoundView, TaskSpec
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import Role
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import instant_words

from .facts import ExitAgreement
from .handover_facts import FilledList, HandoverConfirmation, OneSidedList
from .handover_queries import make_up_by
from .models import OneSidedInventory
from .papers import handing
from .signers import may_sign

AUTHORITY, STEPS = "handover.signers_authority", "handover.refusal_steps"


def demand_authority(view: RoundView, role: Role, signer: str, at: datetime) -> None:
    """Refuse a signature of somebody who is not the party's registered head, and has no authority on record that runs.

    What was put on record for one paper of the exit counts for the others: the agreement, the lists, the confirmation.
    """
    case = view.case
    if not case.law.is_wanted(AUTHORITY):
        return
    if not may_sign(case, hold(case, role, at).organisation, signer.strip(), case.local_day(at)):
        raise NotPossible(
            f"{signer}没有登记代表{role.title}签字的权限：登记在册的法定代表人（负责人）可以直接签字，"
            "其他人请先登记写明事项、权限、期限的授权委托；项目负责人不能单独签字。"
        )


class SignedList(Checklist):
    """A list whose signers show their authority, and which may be filled without the giver under proof."""

    own_documents = (handing.REFUSED,)

    def __init__(self, title: str, **rest: Any) -> None:
        super().__init__(title, **rest)
        self.facts = FilledList

    def act_specs(self) -> dict[str, ActSpec]:
        """As of any list; `fill` says besides how a one-sided inventory was taken."""
        return super().act_specs() | {
            "fill": ActSpec("fill", "清单填写完毕", FilledList, pictures=ON_THE_SPOT)
        }

    def asked_on(self, task: str, spec: ActSpec) -> ActSpec:
        """The giver is not asked how a list was filled without him; the receiver has to say it."""
        if spec.name != self.main_act or not task:
            return spec
        return replace(spec, facts=OneSidedList if task == ONE_SIDED else Filled)

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Who signs may; a one-sided inventory comes after the planned hour, has two officials, a witness, a video."""
        super().check(view, task, act, facts, at)
        if task == ONE_SIDED:
            self._demand_hour(view, at)
        if isinstance(facts, Signature) and task.startswith("sign:"):
            role = self.by if task == f"sign:{self.by.code}" else self.to
            demand_authority(view, role, facts.signer, at)
        if isinstance(facts, FilledList) and task == ONE_SIDED:
            self._demand_proof(view, facts)

    def _demand_hour(self, view: RoundView, at: datetime) -> None:
        """Whether the giver comes is known only once the handover was to begin."""
        from .procedures import Handover

        plan = view.case.heard(Handover.plan)
        if plan is not None and at < plan.starts_at:
            raise NotPossible(
                f"交接方案定于{instant_words(plan.starts_at)}交接，移交方届时没有到场或者没有填写的，"
                "才能单方清点，请到时再办。"
            )

    def _demand_proof(self, view: RoundView, facts: FilledList) -> None:
        two = {name.strip() for name in facts.officials if name.strip()}
        wanting = [
            title
            for title, is_there in (
                ("单方清点的原因", facts.why),
                ("两名工作人员", len(two) > 1),
                ("见证人", facts.witness and facts.witness.strip() not in two),
                ("录像编号", facts.video),
            )
            if not is_there
        ]
        if wanting:
            raise NotPossible(f"单方清点还缺：{'、'.join(wanting)}，请补齐后提交。")

    def record(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Keep the items, and how a one-sided inventory was taken."""
        super().record(view, task, act, facts, at)
        if isinstance(facts, FilledList) and task == ONE_SIDED:
            first, second = list(dict.fromkeys(name.strip() for name in facts.officials))[:2]
            OneSidedInventory.objects.create(
                round_id=view.id,
                why=facts.why,
                official=first,
                second_official=second,
                witness=facts.witness,
                video=facts.video,
                notary=facts.notary,
            )


R = TypeVar("R", ExitAgreement, HandoverConfirmation)


class AuthorisedReview(Review[R]):
    """A paper of two sides whose signers show their authority: the agreement to leave."""

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Who signs may."""
        super().check(view, task, act, facts, at)
        if isinstance(facts, ExitAgreement | HandoverConfirmation):
            demand_authority(view, self.by, facts.signer, at)
        if isinstance(facts, Signature) and act == "countersign":
            role = next(role for role in self.countersign if task.endswith(f":{role.code}"))
            demand_authority(view, role, facts.signer, at)


class SignedReview(AuthorisedReview[HandoverConfirmation]):
    """A confirmation whose signers show their authority; a refusal to sign is noted and stands in its place."""

    task_names = (*Review.task_names, "refusal")  # type: ignore[assignment]
    outcomes = (*Review.outcomes, "refused")  # type: ignore[assignment]
    own_documents = (handing.REFUSED,)

    def __init__(self, title: str, *, recorder: Role, **rest: Any) -> None:
        super().__init__(title, **rest)
        self.recorder = recorder
        #: Whose signature a refusal may stand for.
        self.sides = self.countersign

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """As of any review; after the approval the recorder may note that the other side will not sign."""
        specs = super().task_specs(view)
        if view.last("approve") and unsigned(view.said, self.sides):
            title = f"记录{self.title}拒签情况"
            specs.append(
                TaskSpec(
                    "refusal", title, self.recorder, ("record_refusal",), instead=True, note=ONLY_REFUSED
                )
            )
        return specs

    def act_specs(self) -> dict[str, ActSpec]:
        """Those of a review, and `record_refusal`."""
        return super().act_specs() | {
            "record_refusal": ActSpec("record_refusal", "记录拒签", Refusal, pictures=ON_THE_SPOT)
        }

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """What is missing is to be there by the day its list says."""
        by = make_up_by(case) if act == self.main_act else None
        return {"resolve_by": by} if by is not None else super().begins_with(case, act, at, task)

    def may_correct(self, act: str, view: RoundView | None = None) -> bool:
        """What one side confirmed it may put right until another hand is on it; no row of it rests on its words."""
        if act != self.main_act or view is None:
            return super().may_correct(act, view)
        return not view.acts("countersign", "decline", "acknowledge", "record_refusal")

    def codes_of(self, act: str, view: RoundView | None = None) -> dict[str, list[tuple[str, str]]]:
        """Whose signature a refusal stands for."""
        return {"party": sides_to_choose(self.sides, view)} if act == "record_refusal" else {}

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Nobody who has signed is recorded as refusing."""
        super().check(view, task, act, facts, at)
        if isinstance(facts, Refusal):
            demand_unsigned(view, self.sides, facts, at)

    def outcome(self, view: RoundView) -> str | None:
        """Approved when all signed; `refused` where whoever did not said so, or was recorded as refusing."""
        if view.last("return", "refuse"):
            return "return" if view.last("return") else "refuse"
        settled = len(view.acts("countersign", "decline")) >= len(self.countersign)
        if not view.last("approve") or not (settled or view.last("record_refusal")):
            return None
        return "refused" if unsigned(view.said, self.sides) else "approve"

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """The declared mark, at the last signature or the refusal that stands in its place."""
        last = view.last("approve", "countersign", "decline", "record_refusal")
        if not self.marks or last is None or self.outcome(view) not in ("approve", "refused"):
            return {}
        return {self.marks: last.at}
