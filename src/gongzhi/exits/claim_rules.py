"""The rules of what is owed after an exit, pure. 《白山市物业服务人退出及应急服务管理办法》第15条."""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse

from .claim_facts import Refund
from .situations import ExitSituation


def refunds_in_full(law: CaseLaw, facts: Refund, situation: ExitSituation) -> Decision:
    """Irregular money is paid back in full. 《白山市…管理办法》第15条."""
    cites = law.cites("settlement.refund_within")
    if facts.amount_cents != situation.irregular_cents:
        return refuse("违规资金要足额退还，退还金额与查实确认的金额不一致，请核对。", citations=cites)
    if facts.paid_on > situation.today:
        return refuse("退还日期不能晚于今天，请核对。")
    return allow(citations=cites)
