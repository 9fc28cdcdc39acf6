"""Objections to a notice as the door takes them: who answers, whether it is too late, who may, who enters another's."""

from dataclasses import dataclass, field
from datetime import datetime

from gongzhi.acts.actor import Actor
from gongzhi.notices.models import Notice, Objection
from gongzhi.notices.objected import ENTERED, SAID
from gongzhi.notices.offering import step_of
from gongzhi.notices.publish import Publish
from gongzhi.notices.rows import demand_in_time
from gongzhi.procedures.holders import hold
from gongzhi.procedures.mayact import holds, may_stand
from gongzhi.procedures.standing_acts import find, roles_of
from gongzhi.procedures.view import CaseView
from gongzhi.values.refusals import NotAllowed, NotPossible

TAKEN_DOWN = "公示已经取下，不能再提出异议。"


@dataclass(slots=True)
class Hearing:
    """A notice at an instant; `case` and `round__step` should be selected with it."""

    notice: Notice
    at: datetime
    case: CaseView = field(init=False)
    step: Publish | None = field(init=False)

    def __post_init__(self) -> None:
        self.case, self.step = CaseView(self.notice.case), step_of(self.notice)

    @property
    def answers(self) -> str:
        """Who answers in writing: the holder of the step's `replies`, by name."""
        if self.step is None:
            return self.notice.issuer_name
        return hold(self.case, self.step.replies, self.at).name

    @property
    def closed(self) -> str:
        """Why nobody can object any more, in a sentence; "" while it is in time."""
        found = self.case.open_round(self.step) if self.step is not None else None
        if self.notice.ended_at is not None or found is None or found.pk != self.notice.round_id:
            return TAKEN_DOWN
        try:
            demand_in_time(self.case.round_view(found), self.at)
        except NotPossible as late:
            return late.sentence
        return ""

    @property
    def shut(self) -> str:
        """Why nothing that came on paper can be entered any more, in a sentence; "" while the case goes on."""
        found = self.case.live_round(self.step) if self.step is not None else None
        if self.case.row.ended_at is not None:
            return f"办件已经结束（{self.case.row.ended_why}），不能再登记书面异议。"
        return "" if found is not None and found.pk == self.notice.round_id else TAKEN_DOWN

    def barred(self, by: Actor) -> str:
        """Who may instead of the actor, as the door says it; "" where the actor may."""
        found = find(self.case.declaration, SAID, self.notice.round.step.code)
        roles = [role for one in found for role in roles_of(self.case, one)]
        try:
            may_stand(self.case, roles, found[0].spec.title, by, self.at)
        except NotAllowed as refused:
            return refused.sentence
        return ""

    def enters(self, by: Actor) -> bool:
        """Whether the actor speaks for a body that takes paper in: the community, or who posted the notice."""
        found = find(self.case.declaration, ENTERED, self.notice.round.step.code)
        return any(holds(self.case, role, by, self.at) for one in found for role in roles_of(self.case, one))

    def is_objector(self, by: Actor) -> bool:
        """Whether the actor may object in their own name."""
        roles = self.step.objectors if self.step is not None else ()
        return any(holds(self.case, role, by, self.at) for role in roles)

    def earlier_of(self, by: Actor) -> list[Objection]:
        """What the actor objected to the notice themselves already, oldest first."""
        if by.person_id is None:
            return []
        return list(Objection.objects.filter(notice=self.notice, person=by.person_id).order_by("turn"))

    def turn_of(self, name: str) -> int:
        """The number of the newest objection entered for that name."""
        turns = Objection.objects.filter(notice=self.notice, on_paper_from=name).order_by("-turn")
        return turns.values_list("turn", flat=True)[0]

    def entered_for(self, turn: str) -> str:
        """For whom the objection of that number was entered; "" where it was said in person or is none."""
        if not (turn.isascii() and turn.isdecimal()):
            return ""
        rows = Objection.objects.filter(notice=self.notice, turn=int(turn[:4]))
        return rows.values_list("on_paper_from", flat=True).first() or ""
