"""Replies to objections: how they reach the objector (送达), and what of them can be put right.

An unserved reply holds no notice up: a notice is cleared by its replies (`practice.md` 0.3). It stays a task.
"""

from collections.abc import Collection
from datetime import datetime

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.service import RECEIVERS, demand_announced_after, demand_proof
from gongzhi.procedures.terms import RoundView
from gongzhi.values.minutes import minute_of
from gongzhi.values.refusals import NotAllowed, NotFound, NotPossible, RuleBroken
from gongzhi.values.wording import instant_words

from .facts import Reply, ReplyServed
from .models import Objection

#: How a reply arrived of which its own objector says so on the platform.
CONFIRMED = "confirmed"


def demand_same_reply(view: RoundView, turn: int, facts: Reply) -> None:
    """What was replied is the objector's; of it what the public reads can be put right, and nothing else."""
    given = view.done(f"reply:{turn}")
    if given is None:
        return
    before = Reply.model_validate(dict(given.facts))
    if facts.model_copy(update={"summary": before.summary}) != before:
        raise NotPossible("书面答复已经作出，只能更正公开摘要，核实情况、是否采纳和救济途径请保持原样。")


def keep_summary(view: RoundView, turn: int, summary: str, at: datetime) -> None:
    """The public reads the summary as it was put right, and that it was."""
    rows = Objection.objects.filter(round_id=view.id, turn=turn)
    rows.update(summary=summary, summary_corrected_at=at)


# Service ------------------------------------------------------------------------------------------------------------


def demand_reply_proof(law: CaseLaw, facts: ReplyServed, papers: Collection[str]) -> None:
    """As any service; into hands it counts where those are the objector's, or of grown-up family living there."""
    if facts.method == "direct" and facts.received_by and not facts.may_receive:
        raise RuleBroken(
            "交给异议人本人、同住的成年家属或者有书面授权的人签收才算送达，请改交他们签收；本人拒收的，改用留置送达。",
            citations=law.cites_known(RECEIVERS),
        )
    demand_proof(law, facts, papers)


def demand_after_reply(view: RoundView, turn: int, facts: ReplyServed, at: datetime) -> None:
    """A reply arrives after it was given, and by now."""
    replied = view.done(f"reply:{turn}")
    if facts.arrived_at > at:
        raise NotPossible("送达时间不能晚于现在，请核对送达回证。")
    if replied is not None and facts.arrived_at < minute_of(replied.at):
        begun = instant_words(minute_of(replied.at))
        raise NotPossible(f"送达时间不能早于作出答复的时间（{begun}），请核对送达回证。")
    if replied is not None:
        demand_announced_after(facts, replied.at)


def demand_own(view: RoundView, turn: int, person_id: object) -> None:
    """Only who objected confirms that the reply arrived, once, and when there is one."""
    row = Objection.objects.filter(round_id=view.id, turn=turn).first()
    if row is None:
        raise NotFound("没有这一项异议，请到“我的异议和答复”核对。")
    if row.person_id is None or row.person_id != person_id:
        raise NotAllowed("收到答复要由提出这项异议的本人确认，其他送达方式由答复单位登记。")
    if row.replied_at is None:
        raise NotPossible("这项异议还没有答复，请等书面答复作出后再确认。")
    if row.served_at is not None:
        raise NotPossible(f"这份答复已于{instant_words(row.served_at)}送达，不用再确认。")


def keep_served(view: RoundView, turn: int, arrived_at: datetime, how: str) -> None:
    """Keep when and how a reply arrived."""
    Objection.objects.filter(round_id=view.id, turn=turn).update(served_at=arrived_at, served_how=how)
