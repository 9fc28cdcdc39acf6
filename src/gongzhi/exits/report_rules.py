"""The rules of the county's report, pure: (law, facts, situation) → Decision."""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse

from .report_facts import ReportCompiled
from .report_situation import ReportSituation

FREQUENCY = "exit.ledger_report_frequency"


def days_are_over(law: CaseLaw, facts: ReportCompiled, situation: ReportSituation) -> Decision:
    """Figures are closed when their days are over. 《白山市…管理办法》第5条第2项 (定期: how often, the place says)."""
    cites = law.cites(FREQUENCY)
    if situation.from_on is None or situation.to_on is None:
        return refuse("本地还没有设定退出台账的上报频次，请先设定，系统将按期立案。")
    if situation.today <= situation.to_on:
        return refuse(f"报告期到{situation.to_on}才结束，请在结束后编制。")
    return allow(figures={"报告期": f"{situation.from_on}至{situation.to_on}"}, citations=cites)
