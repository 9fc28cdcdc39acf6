"""The county's report of its exits to the city. Read it beside the article."""

from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Every, Procedure
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.reads import Reads
from gongzhi.registry.roles import CITY, COUNTY

from .. import report_facts, report_queries, report_rules
from ..actions import report as report_actions
from ..papers import reporting


@declared
class ExitReport(Procedure):
    """退出台账上报. 《白山市物业服务人退出及应急服务管理办法》第4条第2项、第5条第2项."""

    code, title, subject = report_queries.NAME, "退出台账上报", "jurisdiction"
    overseers = (CITY,)
    opens = Every(report_rules.FREQUENCY, per=COUNTY)
    reads = Reads(situation=report_queries.report_situation)

    compilation = Submit(
        "编制退出台账报告",
        by=COUNTY,
        facts=report_facts.ReportCompiled,
        rule=report_rules.days_are_over,
        writes=report_actions.close_figures,
        marks="compiled",
        realises="BS-007",
    )
    report = Submit(
        "上报退出台账",
        by=COUNTY,
        to=CITY,
        after=compilation,
        facts=report_facts.ReportSent,
        back={"return": compilation},
        marks="received",
        realises="BS-005 BS-007",
        makes=(reporting.REPORT,),
    )
