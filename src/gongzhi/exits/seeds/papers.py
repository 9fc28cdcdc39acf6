"""The papers that are attached: set once each, the same for all, evidently invented."""

from datetime import datetime
from functools import cache

from gongzhi.papers.documents import Letter
from gongzhi.papers.render import render

PAPERS = {
    "exit_application": ("物业服务退出申请书", "本单位因经营调整，申请提前退出，接管前继续服务，配合清算和交接。"),
    "exit_agreement": ("物业服务退出协议", "双方就合同终止、费用清算、预收款处理和违约责任协商一致，签订本协议。"),
    "signed_page": ("签字页", "本页为当事人在纸质文书上签字的一页，签字人姓名和身份见系统登记。"),
    "power_of_attorney": ("授权委托书", "委托人授权受托人代为办理所写明的事项，权限和期限见系统登记。"),
    "entrustment": ("财务清算委托合同", "委托方委托受托方对项目财务进行清算，受托方与物业服务人无利害关系。"),
    "settlement_report": ("财务清算报告", "本机构对公共收益、代收代缴、维修资金、用房设施和专营结算逐项清算。"),
    "handover_confirmation": ("物业项目交接确认书", "双方对资料、资产逐项清点，存在问题和解决方式如下，各执一份。"),
    "vote_result": ("业主共同决定结果", "经依法表决，参与和同意的面积、人数见附表，决定已通过。"),
    "grade_result": ("年度物业服务质量评价结果", "经年度评价，该项目评定为不合格等级。"),
    "blacklist_decision": ("列入信用黑名单决定", "经告知和异议处理，决定将该单位列入省级信用黑名单。"),
    "penalty_decisions": ("行政处罚决定书（三份）", "该单位一年内三次受到行政处罚，决定书见附件。"),
    "misuse_finding": ("公共收益问题查实认定", "经核查，部分公共收益未入账，认定为挪用。"),
    "site_record": ("现场检查记录", "现场检查发现以限制门禁的方式催交物业费，已制作笔录并拍照。"),
    "responsibility_finding": ("责任认定", "经调查，该单位对事件负主要责任。"),
    "order_to_correct": ("责令限期整改通知书", "责令在限期内公示公共收益和维修资金使用情况。"),
    "not_corrected": ("整改情况核查记录", "期满核查，仍未公示。"),
    "breach_finding": ("合同履行核查记录", "经核查，全部服务已转由第三方实施。"),
    "stated_basis": ("所依据的条文或者裁判", "依据的条文、合同条款或者生效裁判见附件。"),
    "service_contract": ("已到期的物业服务合同", "合同期限已届满，双方未续签。"),
    "termination_notice": ("解除不定期合同的书面通知", "依法提前书面通知对方解除不定期物业服务合同。"),
}  # fmt: skip


@cache
def paper(kind: str, at: datetime) -> bytes:
    """The PDF of a kind, dated as of the demonstration."""
    title, text = PAPERS[kind]
    letter = Letter(
        title=f"{title}（示例）",
        recipient="有关单位",
        paragraphs=(text, "本件为演示数据，所载单位、人员和金额均属虚构。"),
        issuer="示例单位",
        date=f"{at.year}年{at.month}月{at.day}日",
    )
    return render(letter, at=at)
