"""The papers that are attached: set once each, the same for all, evidently invented."""

from datetime import datetime
from functools import cache

from gongzhi.papers.documents import Letter
from gongzhi.papers.render import render

PAPERS = {
    "exit_application": ("物业服务退出申请书", "本单位因经营调整，申请提前退出，接管前继续服务，配合清算和交接。"),
    "exit_agreement": ("物业服务退出协议", "双方就合同终止、费用清算、预收款处理和违约责任协商一致，签订本协议。"),
    "entrustment": ("财务清算委托合同", "委托方委托受托方对项目财务进行清算，受托方与物业服务人无利害关系。"),
    "settlement_report": ("财务清算报告", "本机构对公共收益、代收代缴、维修资金、用房设施和专营结算逐项清算。"),
    "handover_confirmation": ("物业项目交接确认书", "双方对资料、资产逐项清点，存在问题和解决方式如下，各执一份。"),
    "posting_photo": ("公示张贴现场照片", "照片位置：小区主要出入口公告栏；张贴人两名；原始照片另存。"),
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
