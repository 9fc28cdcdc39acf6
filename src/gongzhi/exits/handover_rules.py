"""The rules of a handover, pure. 《白山市物业服务人退出及应急服务管理办法》第16条至第19条; 《民法典》第949条."""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse

from .handover_facts import HandoverConfirmation, HandoverPlan
from .handover_situation import HandoverSituation


def plan_is_ahead(law: CaseLaw, facts: HandoverPlan, situation: HandoverSituation) -> Decision:
    """A handover is planned before it happens. 《白山市…管理办法》第16条."""
    if facts.starts_at < situation.at:
        return refuse("交接时间不能早于现在，请重新安排。")
    return allow(citations=law.cites("handover.supervisors"))


def confirms_what_was_listed(
    law: CaseLaw, facts: HandoverConfirmation, situation: HandoverSituation
) -> Decision:
    """Confirmed by now, after both lists were closed. 《白山市…管理办法》第19条."""
    cites = law.cites("handover.confirmation_fields")
    if facts.confirmed_at > situation.at:
        return refuse("交接时间不能晚于现在，请在交接完成后填写。", citations=cites)
    if situation.lists_done_at is not None and facts.confirmed_at < situation.lists_done_at.replace(
        second=0, microsecond=0
    ):
        return refuse("交接确认的时间不能早于清单签字的时间，请核对后填写。", citations=cites)
    return allow(citations=cites)
