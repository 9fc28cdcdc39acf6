"""One evidently invented sample of every content, and long ones of those that grow; the rest are in `sample_orders`."""

from datetime import date, datetime

from gongzhi.papers import contents as c
from gongzhi.papers.contents.applications import Lacking, Prepaid, Received
from gongzhi.papers.contents.figures import Counted
from gongzhi.papers.contents.handover import Item, Reading
from gongzhi.papers.contents.notice_report import Answered, Interrupted
from gongzhi.papers.contents.notices import Desk
from gongzhi.papers.contents.records import Picture, Resolved
from gongzhi.papers.documents import Line, Photo
from gongzhi.papers.tests import shots
from gongzhi.values.now import ZONE

ESTATE = "示例花园小区"
PROVIDER = "示例甲物业服务有限公司"
SUCCESSOR = "示例乙物业服务有限公司"
COMMITTEE = "示例花园小区业主委员会"
COMMUNITY = "示例社区居民委员会"
STREET = "示例区示例街道办事处"
COUNTY = "示例区住房和城乡建设局"
FIRM = "示例会计师事务所（普通合伙）"
CODE = "91000000MA0EXAMPLE"
CONTRACT = "《示例花园小区物业服务合同》（2024年3月1日签订）"
PHONE = "0000-0000123"


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    """An instant of March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


def person(name: str, unit: str = "", capacity: str = "", phone: str = "", last: str = "") -> c.Person:
    """Somebody invented."""
    return c.Person(name=name, unit=unit, capacity=capacity, phone=phone, id_last_four=last)


LEADER = person("张示例", PROVIDER, "项目负责人", PHONE, "0012")
OFFICER = person("李示例", STREET, "物业科科员", last="0034")
SECOND = person("王示例", STREET, "执法人员", last="0056")
WORKER = person("赵示例", COMMUNITY, "社区工作者", last="0078")
RECEIVED = (
    Received(name="物业服务退出申请书", copies=2),
    Received(name="预收费用和押金清单", copies=1, form="复印件盖章", note="原件待核"),
)
PICTURES = (
    Picture(number="P-001", what="公告栏全景", taken_at=at(9, 5), taken_by="李示例"),
    Picture(number="P-002", what="公示期中", taken_at=at(10, 0, 5), taken_by="赵示例", on_site=False),
    Picture(number="P-003", what="公示期满", taken_at=at(9, 0, 10), taken_by="李示例"),
)
READINGS = (
    Reading(meter="水表", number="W-1024", place="泵房", reading="12,345.6", unit="立方米", picture="P-011"),
    Reading(
        meter="电表", number="E-2048", place="配电室", reading="98,765.4", unit="千瓦时", picture="P-012"
    ),
    Reading(meter="热量表", number="H-4096", place="换热站", reading="3,210.0", unit="吉焦"),
)
ITEMS = (
    Item(
        group="竣工资料",
        name="竣工总平面图",
        count="1套",
        state="original",
        condition="完好",
        picture="P-021",
    ),
    Item(
        group="竣工资料",
        name="地下管网综合图",
        count="1套",
        state="missing",
        reason="建设单位未移交",
        bring_by_on=date(2026, 3, 31),
    ),
    Item(
        group="设备资料",
        name="电梯使用登记证和年检报告",
        count="6份",
        state="sealed_copy",
        condition="有涂改",
    ),
    Item(group="业主名册", name="业主名册（含电子版）", count="1册", state="original", condition="完好"),
)
POSTED = {
    "number": "SLGS-2026-00017",
    "estate": ESTATE,
    "basis": "《示例市物业管理办法》第十二条",
    "posted_on": date(2026, 3, 2),
    "until_on": date(2026, 3, 9),
    "places": ("东门公示栏", "南门公示栏", "1至6号楼各单元门厅"),
    "desk": Desk(
        person="业主委员会 钱示例", phone=PHONE, place="物业用房102室", hours="每日9:00至17:00（含周末）"
    ),
    "poster": COMMITTEE,
    "supervision": f"{STREET} 0000-0000456",
    "address": "https://gongzhi.example/gongshi/SLGS-2026-00017",
    "check_phone": f"社区电话{PHONE}",
    "check_place": "社区服务站",
}
SAMPLES: dict[str, c.Content] = {
    "exit_application": c.ExitApplication(
        recipient=COMMITTEE,
        provider=PROVIDER,
        estate=ESTATE,
        contract=CONTRACT,
        reason="因公司经营方向调整，拟不再承接本区域住宅项目。",
        leaves_on=date(2026, 6, 30),
        handover_plan=(
            "成立交接小组，由项目负责人负责。",
            "提前整理资料、资产清单，逐项清点。",
            "配合财务清算和现场查验。",
        ),
        staff=(LEADER, person("孙示例", PROVIDER, "工程主管（电梯、消防、供水）", PHONE)),
        prepaid=(
            Prepaid(item="预收物业费", households=126, cents=23_860_40, note="按户按月，明细另附"),
            Prepaid(item="装修押金", households=8, cents=16_000_00),
        ),
        attachments=("营业执照复印件",),
        legal_representative="周示例",
        made_on=date(2026, 3, 2),
    ),
    "application_receipt": c.ApplicationReceipt(
        number="收〔2026〕3号",
        receiver=COMMITTEE,
        submitter=PROVIDER,
        estate=ESTATE,
        matter="提前退出申请",
        arrived_at=at(10, 20),
        method="直接送达",
        papers=RECEIVED,
        counting="相关期限自到达之日的次日起算。",
        next_step="业主委员会将与申请人协商退出协议，并告知街道办事处。",
        received_by=person("钱示例", COMMITTEE, "主任"),
        phone=PHONE,
    ),
    "completion_request": c.CompletionRequest(
        recipient=PROVIDER,
        submitted="退出申请和附件",
        received_on=date(2026, 3, 2),
        lacking=(
            Lacking(
                item="交接方案", why="没有写明消防控制室值守人员", basis="《示例市物业管理办法》第十五条"
            ),
            Lacking(item="法定代表人签字", why="只有项目负责人签字"),
        ),
        complete_by_on=date(2026, 3, 9),
        contact=f"物业用房102室，钱示例，{PHONE}",
        issuer=STREET,
    ),
    "exit_agreement": c.ExitAgreement(
        number="SLXY-2026-01",
        owners_side=COMMITTEE,
        owners_signer="钱示例（主任）",
        provider=PROVIDER,
        provider_code=CODE,
        provider_signer="周示例（法定代表人）",
        estate=ESTATE,
        contract=CONTRACT,
        leaves_on=date(2026, 6, 30),
        settlement=(
            "委托第三方机构对公共收益、代收代缴、维修资金、用房设施、专营结算五项进行清算。",
            "乙方于2026年4月10日前提供账册。",
        ),
        fees_until_on=date(2026, 6, 30),
        prepaid=("预收物业费按未服务月数退还业主，或者经业主同意转交新的管理人。", "装修押金全额退还。"),
        handover=("按资料清单、资产清单逐项交接，双方每页签字。",),
        breach=("乙方逾期移交的，每逾期一日支付违约金500.00元。",),
        others=("争议由小区所在地人民法院管辖。",),
        serving_on="《中华人民共和国民法典》第九百五十条",
        effect="本协议依据业主共同决定（2026年3月15日，示例决议）签订，自双方签署之日起生效。",
        made_on=date(2026, 3, 20),
    ),
    "power_of_attorney": c.PowerOfAttorney(
        principal=PROVIDER,
        principal_code=CODE,
        representative="周示例",
        agent=LEADER,
        matter=f"办理{ESTATE}物业项目的退出、清算和交接。",
        scope=("签署资料、资产移交清单和交接确认书；", "接收送达文书。"),
        from_on=date(2026, 3, 2),
        to_on=date(2026, 7, 31),
    ),
    "service_record": c.ServiceRecord(
        number="示街办送〔2026〕5号",
        sender=STREET,
        matter="责令限期移交",
        papers=("《责令限期移交通知书》（示街办〔2026〕17号）", "《送达地址及方式确认书》"),
        recipient=PROVIDER,
        address="示例市示例区示例路1号示例花园小区物业服务中心",
        method="直接送达",
        servers=(OFFICER, SECOND),
        witness=WORKER,
    ),
    "site_record": c.SiteRecord(
        occasion="现场交接",
        number="示街办记〔2026〕8号",
        estate=ESTATE,
        place="物业服务中心、消防控制室、泵房",
        from_at=at(9),
        to_at=at(11, 30),
        weather="小雪，零下6℃",
        recorder=OFFICER,
        present=(LEADER, SECOND, WORKER, person("吴示例", SUCCESSOR, "项目负责人", last="0090")),
        observations=("9时05分，消防控制室有两人值班，报警主机无故障。", "9时40分，2号泵漏水，已拍照。"),
        pictures=PICTURES[:2],
        refusals=("张示例对第2项有异议，拒绝在第2页签字，理由为“维修已报价”。",),
    ),
    "refusal_record": c.RefusalRecord(
        paper="《责令限期移交通知书》（示街办〔2026〕17号）",
        refused_by=LEADER,
        at=at(15, 10),
        place="示例花园小区物业服务中心",
        reason="称须请示公司",
        course=("向本人说明文书内容和拒收的后果。", "本人仍拒绝签收，离开现场。"),
        done="在见证人在场的情况下留置送达，并拍照、录像。",
        pictures=PICTURES[:1],
        officials=(OFFICER, SECOND),
        witness=WORKER,
    ),
    "minutes": c.Minutes(
        title="示例花园小区物业交接协调",
        number="2026年第2次",
        from_at=at(14),
        to_at=at(15, 30),
        place="示例街道办事处二楼会议室",
        chair=person("郑示例", STREET, "副主任"),
        recorder=OFFICER,
        matters=("通报退出申请和清算进度。", "研究交接时间和现场秩序。"),
        resolved=(
            Resolved(what="确定2026年6月30日10时现场交接", unit=STREET, by_on=date(2026, 6, 30)),
            Resolved(what="电梯使用单位变更登记", unit=SUCCESSOR),
        ),
        present=(LEADER, OFFICER, WORKER),
        absent=("示例区消防救援大队",),
    ),
    "public_notice": c.PublicNotice(
        **POSTED,
        title="物业服务人退出公示",
        paragraphs=(
            "示例甲物业服务有限公司申请提前退出本小区的物业服务。新的管理人接管前，该公司继续提供服务。",
        ),
        facts=(
            Line(label="计划退出日", value="2026年6月30日"),
            Line(label="联系人", value=f"张示例，{PHONE}"),
        ),
    ),
    "vote_result": c.VoteResult(
        number="2026-共决-001",
        estate=ESTATE,
        decided=f"选聘{SUCCESSOR}",
        voted_on=date(2026, 3, 1),
        recorded_by=COMMITTEE,
        present="李示例",
        recorded_at=at(16),
        matter="选聘新的物业服务人",
        sent=240,
        returned=201,
        valid=198,
        counted=(
            Counted(
                measure="人数",
                whole="240人",
                taking_part="201人",
                agree="150人",
                against="40人",
                abstain="11人",
                threshold="参与三分之二以上且同意过半数",
                reached=True,
            ),
            Counted(
                measure="面积",
                whole="24,000.00平方米",
                taking_part="20,100.00平方米",
                agree="15,000.00平方米",
                against="4,000.00平方米",
                abstain="1,100.00平方米",
                threshold="参与三分之二以上且同意过半数",
                reached=True,
            ),
        ),
        passed=True,
        checking="2026年3月3日至9日9:00至17:00，社区服务站",
    ),
    "notice_report": c.NoticeReport(
        notice="物业服务人退出公示",
        number="SLGS-2026-00017",
        estate=ESTATE,
        poster=COMMITTEE,
        posted_at=at(9),
        until_on=date(2026, 3, 11),
        taken_down_at=at(9, 30, 12),
        places=POSTED["places"],
        pictures=PICTURES,
        photos=tuple(Photo(caption=f"P-00{n}　示例说明{n}", image=shots.jpeg()) for n in (1, 2, 3)),
        interruptions=(Interrupted(found_at=at(8, 0, 4), what="南门公示栏被遮盖", again_at=at(8, 40, 4)),),
        objections=(
            Answered(
                raised_at=at(11, 0, 6),
                what="退出日期是否可以推迟",
                adopted=False,
                answered_on=date(2026, 3, 11),
                served_on=date(2026, 3, 11),
            ),
        ),
        witnesses=(WORKER, person("钱示例", COMMITTEE, "主任")),
        made_on=date(2026, 3, 12),
    ),
    "entrustment": c.Entrustment(
        number="SLWT-2026-01",
        client=COMMUNITY,
        client_capacity="本小区未成立业主委员会，由居民委员会代行",
        firm=FIRM,
        firm_code=CODE,
        qualification="示00000001",
        estate=ESTATE,
        provider=PROVIDER,
        scope=("公共收益；", "代收代缴费用；", "维修资金使用；", "物业服务用房和设施；", "专营单位结算。"),
        from_on=date(2024, 3, 1),
        to_on=date(2026, 2, 28),
        fee_cents=30_000_00,
        fee_source="按房屋建筑面积由业主分摊",
        independence="受托机构及其人员与物业服务人、业主委员会成员没有利害关系，近两年未为物业服务人提供服务。",
        deliverable="《财务清算报告》一式六份及电子版",
        deliver_by_on=date(2026, 5, 15),
        books_by_on=date(2026, 4, 10),
        made_on=date(2026, 3, 25),
    ),
    "settlement_cover": c.SettlementCover(
        number="示会清字〔2026〕1号",
        estate=ESTATE,
        provider=PROVIDER,
        client=COMMITTEE,
        firm=FIRM,
        qualification="示00000001",
        accountants=("冯示例", "陈示例"),
        from_on=date(2024, 3, 1),
        to_on=date(2026, 2, 28),
        parts=("公共收益", "代收代缴费用", "维修资金使用", "物业服务用房和设施", "专营单位结算"),
        not_provided=("2024年度停车收入台账",),
        made_on=date(2026, 5, 12),
    ),
    "objection_reply": c.ObjectionReply(
        number="SLDF-2026-02",
        objector="王示例",
        notice="示例花园小区物业服务财务清算报告公示",
        raised_on=date(2026, 5, 14),
        question="电梯广告收入少计两个月。",
        finding="经核对广告合同和银行流水，2025年11月、12月收入已在次年一月入账。",
        opinion_by="示例会计师事务所",
        opinion="入账期间差异，不影响清算结果。",
        adopted=False,
        reasons="该收入已经计入清算期间，不存在少计。",
        remedy="对答复不服的，可以向示例街道办事处反映，或者依法向人民法院提起诉讼。",
        answered_by=COMMITTEE,
        made_on=date(2026, 5, 20),
    ),
}
