"""Who may do what in this room."""

from datetime import datetime

from gongzhi.acts.actor import Actor
from gongzhi.acts.policies import binds
from gongzhi.values.refusals import NotAllowed

from .facts import ReportMissing


@binds("passer_by", says="任何人，不用登录")
def passer_by(*, by: Actor, facts: ReportMissing, at: datetime) -> None:
    """Nobody in particular: who has an account says it in their own name."""
    if not by.is_system:
        raise NotAllowed("您已经登录，请以本人名义报告缺损。")
