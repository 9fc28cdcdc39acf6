"""The samples of what is handed over, filed, ordered and archived."""

from datetime import date

from gongzhi.papers import contents as c
from gongzhi.papers.contents.archive import Filed, Happened
from gongzhi.papers.contents.handover import Item, OpenIssue
from gongzhi.papers.contents.orders import Demanded, Refund
from gongzhi.papers.contents.prepaid import Beforehand
from gongzhi.papers.tests.sample_contents import (
    CODE,
    COMMITTEE,
    COMMUNITY,
    COUNTY,
    ESTATE,
    ITEMS,
    LEADER,
    OFFICER,
    PHONE,
    PROVIDER,
    READINGS,
    RECEIVED,
    STREET,
    SUCCESSOR,
    WORKER,
    at,
    person,
)

_ORDER = {
    "recipient": PROVIDER,
    "issuer": STREET,
    "facts_found": (
        "经查，你单位与示例花园小区业主的物业服务合同已于2026年2月28日终止，至今未移交物业服务用房和相关资料。",
    ),
    "basis": "《中华人民共和国民法典》第九百四十九条、《示例市物业管理办法》第二十条",
    "contact": f"李示例，{PHONE}，示例街道办事处201室",
    "copies": f"{COUNTY}，{COMMUNITY}，{COMMITTEE}",
}
_REST = {
    "defence": "你单位可以在收到本通知书后以书面或者口头方式向本机关陈述和申辩。",
    "remedy": "不服本通知的，可以依法申请行政复议或者提起行政诉讼。",
}
PAID = (
    Beforehand(
        unit="1幢101室",
        kind="物业费",
        paid_cents=1_440_00,
        period="2026年1月1日至2026年12月31日，12个月",
        served_to=date(2026, 3, 2),
        refund_cents=1_192_26,
    ),
    Beforehand(
        unit="1幢101室",
        kind="装修押金",
        paid_cents=2_000_00,
        period="2025年6月1日",
        refund_cents=2_000_00,
        settled="2026年3月2日退还业主，凭证示例12号",
    ),
)

MORE: dict[str, c.Content] = {
    "document_list": c.DocumentList(
        number="SLZL-2026-01",
        estate=ESTATE,
        giver=PROVIDER,
        receiver=COMMUNITY,
        receiver_capacity="代行接收",
        witness=STREET,
        at=at(9, 30),
        place="物业服务中心",
        items=ITEMS,
        refusals=("移交方对第2项拒绝签字，已另写情况说明。",),
    ),
    "asset_list": c.AssetList(
        estate=ESTATE,
        giver=PROVIDER,
        receiver=SUCCESSOR,
        witness=COMMUNITY,
        at=at(9, 30),
        place="物业服务中心",
        items=tuple(
            Item(
                group="共用设施设备",
                name=f"{n}号楼电梯机房钥匙（带标签）",
                count="2把",
                state="present",
                condition="完好",
            )
            for n in range(1, 61)
        ),
    ),
    "meter_sheet": c.MeterSheet(
        estate=ESTATE,
        read_at=at(10),
        giver=PROVIDER,
        receiver=SUCCESSOR,
        witness=COMMUNITY,
        readings=READINGS,
    ),
    "prepaid_list": c.PrepaidList(
        number="SLJJ-2026-01",
        estate=ESTATE,
        giver=PROVIDER,
        receiver=SUCCESSOR,
        witness=COMMUNITY,
        paid=PAID,
    ),
    "handover_confirmation": c.HandoverConfirmation(
        number="SLJJ-2026-01",
        estate=ESTATE,
        giver=PROVIDER,
        giver_signer=LEADER,
        receiver=SUCCESSOR,
        receiver_signer=person("吴示例", SUCCESSOR, "项目负责人（授权委托）", PHONE, "0090"),
        confirmed_at=at(10, 2),
        place="物业服务中心",
        handed_over=(
            "资料移交清单共86项，缺失1项；",
            "资产移交清单共60项，缺失0项；",
            "门禁、停车、监控管理员账号。",
        ),
        readings=READINGS,
        issues=(
            OpenIssue(
                what="地下管网综合图缺失",
                solution="向建设单位、城建档案馆调取",
                by=PROVIDER,
                by_on=date(2026, 3, 31),
            ),
        ),
        prepaid=PAID,
        witnesses=(WORKER,),
        supervisors=(OFFICER, person("褚示例", COUNTY, "物业科科长", last="0099")),
        copies="一式六份，双方、见证方各执一份，报街道办事处、县级物业主管部门备案。",
    ),
    "filing_form": c.FilingForm(
        filer=PROVIDER,
        filer_code=CODE,
        estate=ESTATE,
        matter="物业服务人提前退出",
        basis="《示例市物业管理办法》第十六条",
        filed_with=STREET,
        gist="申请于2026年6月30日退出，已与业主委员会开始协商。",
        papers=RECEIVED,
        contact=LEADER,
        made_on=date(2026, 3, 3),
    ),
    "filing_receipt": c.FilingReceipt(
        number="示街备〔2026〕9号",
        receiver=STREET,
        filer=PROVIDER,
        estate=ESTATE,
        matter="物业服务人提前退出",
        arrived_at=at(14, 5, 3),
        papers=RECEIVED,
        to_complete=("预收费用清单请补盖公章。",),
        received_by=OFFICER,
        made_on=date(2026, 3, 3),
    ),
    "urging_letter": c.UrgingLetter(
        **{**_ORDER, "recipient": "示例花园小区业主大会、业主委员会", "issuer": COUNTY},
        about="依法启动物业服务人解聘程序",
        asks=("请依法召开业主大会会议，共同决定是否解聘物业服务人，并同时研究选聘新的物业服务人。",),
        answer_by_on=date(2026, 3, 20),
        effect="是否解聘由业主依法共同决定，本函不是对物业服务人的退出命令。",
    ),
    "timed_order": c.TimedOrder(
        **_ORDER,
        **_REST,
        to_do="移交",
        items=(
            Demanded(what="物业服务用房", amount="102室，86.40平方米", note="连同钥匙"),
            Demanded(what="电梯、消防、供水设备档案", amount="全部"),
        ),
        deadline_at=at(17, 0, 17),
        consequence="逾期不移交的，由有权机关依法处理，并记入信用档案。",
    ),
    "formal_demand": c.FormalDemand(
        **{**_ORDER, "issuer": ""},
        about="移交停车收入台账",
        demands=(Demanded(what="2024年度停车收入台账", amount="1册"),),
        deadline_on=date(2026, 3, 20),
        consequence="我会将依法申请责令移交，并向人民法院提起诉讼。",
        signers=(COMMITTEE,),
        made_on=date(2026, 3, 10),
    ),
    "refund_order": c.RefundOrder(
        **_ORDER,
        **_REST,
        confirmed="《查实确认书》示会确〔2026〕1号，2026年5月25日送达",
        refunds=(
            Refund(what="电梯广告收入", cents=12_000_00, voucher="银行流水第18页"),
            Refund(what="快递柜场地费", cents=3_600_50, voucher="合同第2号"),
        ),
        deadline_on=date(2026, 6, 9),
        account="户名示例花园小区公共收益专户，开户行示例银行示例支行，账号0000 0000 0000 0000",
        consequence="逾期不退还的，业主可以依法追偿。",
    ),
    "takeover_decision": c.TakeoverDecision(
        **{**_ORDER, "recipient": SUCCESSOR},
        estate=ESTATE,
        provider=SUCCESSOR,
        provider_code=CODE,
        leader=person("吴示例", "", "项目负责人", PHONE),
        content=(
            "共用部位和设施设备维护；",
            "保洁和垃圾清运；",
            "公共秩序维护；",
            "消防安全；",
            "电梯、供水运行。",
        ),
        standard="《示例市住宅物业服务等级标准》二级",
        from_at=at(20, 0),
        to_on=date(2026, 8, 31),
        fee="每月每平方米0.80元",
        source="业主缴纳，公共收益补充",
        collection="按月收取，每月公布收支",
        supervision="0000-0000456",
        remedy="业主、利害关系人不服本决定的，可以依法申请行政复议或者提起行政诉讼。",
    ),
    "case_cover": c.CaseCover(
        archive=STREET,
        title="示例甲物业服务有限公司退出示例花园小区一案",
        number="2026-退出-003",
        subject=ESTATE,
        parties=(PROVIDER, COMMITTEE, SUCCESSOR),
        opened_on=date(2026, 3, 2),
        closed_on=date(2026, 7, 3),
        outcome="已交接离场，遗留问题1项转追索",
        keep="长期（由档案部门确定）",
        pieces=32,
        pages=118,
    ),
    "case_contents": c.CaseContents(
        case="示例甲物业服务有限公司退出示例花园小区一案",
        number="2026-退出-003",
        filed=tuple(
            Filed(
                number=f"示街办〔2026〕{n}号",
                author=STREET,
                title=f"第{n}件文书（示例）",
                made_on=date(2026, 3, 2),
                pages=f"{n * 3 - 2}-{n * 3}",
            )
            for n in range(1, 41)
        ),
    ),
    "closing_note": c.ClosingNote(
        case="示例甲物业服务有限公司退出示例花园小区一案",
        number="2026-退出-003",
        pieces=32,
        pages=118,
        remarks=("第7件原件存业主委员会，卷内为复印件。", "现场录像2段，随电子卷保存。"),
        digest="0" * 64,
        made_by="李示例",
        checked_by="郑示例",
        made_on=date(2026, 7, 10),
    ),
    "case_timeline": c.CaseTimeline(
        case="示例甲物业服务有限公司退出示例花园小区一案",
        number="2026-退出-003",
        events=tuple(
            Happened(at=at(9, n % 60, 2 + n // 10), what="送达退出申请", by="李示例", paper=f"文书{n}")
            for n in range(60)
        ),
        made_at=at(12, 0, 20),
    ),
}
