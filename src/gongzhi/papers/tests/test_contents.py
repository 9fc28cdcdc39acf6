"""Every paper holds what practice asks of it, says nothing it was not told, and bears any name."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document
from pydantic import ValidationError

from gongzhi.papers import contents
from gongzhi.papers.contents import CONTENTS, Content
from gongzhi.papers.contents.applications import Prepaid
from gongzhi.papers.contents.archive import Happened
from gongzhi.papers.contents.content import clauses, instant
from gongzhi.papers.contents.handover import Item, item_table
from gongzhi.papers.contents.records import NotPassed
from gongzhi.papers.documents import DOCUMENTS, Letter, Line, Record
from gongzhi.papers.editable import editable
from gongzhi.papers.render import render
from gongzhi.papers.tests import sample_contents, sample_orders
from gongzhi.papers.tests.measure import Page, pages
from gongzhi.values.now import ZONE

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
SAMPLES = {**sample_contents.SAMPLES, **sample_orders.MORE}
HOSTILE = '#panic("x") $x$ *b* _i_ [c] <d> @e \\f `g` // = - + / " \''

#: What must stand in each paper besides names and date, written by hand from practice 3, 4, 5, 7, 9 and 10.
MUST = {
    "exit_application": (
        "物业服务退出申请书 示例花园小区业主委员会： 计划于2026年6月30日退出 因公司经营方向调整 "
        "（1）成立交接小组 孙示例 工程主管 0000-0000123 在新的管理人接管之前，我公司继续按合同提供物业服务 "
        "预收物业费 23,860.40元 装修押金 39,860.40元 法定代表人（签字）：周示例 2026年3月2日"
    ),
    "application_receipt": (
        "收〔2026〕3号 2026年3月2日（周一）10:20 直接送达 收件人：钱示例 复印件盖章 自到达之日的次日起算 "
        "不表示同意"
    ),
    "completion_request": (
        "补正通知书 一次性告知 没有写明消防控制室值守人员 《示例市物业管理办法》第十五条 "
        "请于2026年3月9日前补正 物业用房102室 不因补正而改变"
    ),
    "exit_agreement": (
        "2026年6月30日终止 五项进行清算 物业费计收至2026年6月30日 预收物业费按未服务月数退还 "
        "乙方不得以欠费为由延期退出 违约金500.00元 甲方（签章）：示例花园小区业主委员会 "
        "乙方（签章）：示例甲物业服务有限公司"
    ),
    "power_of_attorney": (
        "委托事项 签署资料、资产移交清单 自2026年3月2日起至2026年7月31日止 受托人无转委托权 证件尾号0012 "
        "委托人（签章） 受托人（签章）"
    ),
    "service_record": (
        "送达回证 示街办〔2026〕17号 受送达人 送达地址 送达方式 直接送达 送达时间 签收人身份 李示例 王示例 "
        "赵示例 拒收事由 照片录像 邮寄单号 送达日期以本回证记载为准"
    ),
    "site_record": (
        "现场交接记录 2026年3月2日（周一）09:00 2026年3月2日（周一）11:30 小雪 "
        "物业服务中心、消防控制室、泵房 吴示例 1. 9时05分 2. 9时40分 P-002 非现场拍摄 "
        "阅读以上记录后签字 拒绝在第2页签字 检查人： 当事人： 见证人："
    ),
    "refusal_record": (
        "示街办〔2026〕17号 张示例 2026年3月2日（周一）15:10 称须请示公司 留置送达 P-001 "
        "经办人（签章）：李示例 经办人（签章）：王示例 见证人（签章）：赵示例"
    ),
    "minutes": (
        "示例花园小区物业交接协调会议纪要 郑示例（副主任） 确定2026年6月30日10时现场交接 "
        "示例乙物业服务有限公司 缺席单位：示例区消防救援大队 证件尾号 签名"
    ),
    "public_notice": (
        "物业服务人退出公示 示例花园小区业主委员会 《示例市物业管理办法》第十二条 2026年3月2日张贴 24:00止 "
        "东门公示栏 钱示例 书面提出，纸质 监督电话"
    ),
    "vote_result": (
        "业主共同决定结果 选聘新的物业服务人 选聘示例乙物业服务有限公司 结果 通过 发出240张 无效3张 "
        "同意150人，反对40人，弃权11人 2026年3月2日（周一）16:00 记录单位 李示例"
    ),
    "notice_report": (
        "SLGS-2026-00017 公告栏全景 公示期中 公示期满 南门公示栏被遮盖 补贴时间 "
        "退出日期是否可以推迟 不予采纳 2026年3月11日 "
        "中断1次，已补贴并重新起算，收到异议1件，均已书面答复 赵示例 附：照片 P-003示例说明3"
    ),
    "entrustment": (
        "1. 公共收益 5. 专营单位结算 清算期间：2024年3月1日至2026年2月28日 30,000.00元 "
        "执业证书编号：示00000001 没有利害关系 2026年5月15日前交付 2026年4月10日前 由居民委员会代行"
    ),
    "settlement_cover": (
        "财务清算报告 示会清字〔2026〕1号 冯示例、陈示例 专营单位结算 未提供资料 2024年度停车收入台账 "
        "（盖章） 2026年5月12日"
    ),
    "objection_reply": (
        "王示例： 电梯广告收入少计两个月 已在次年一月入账 示例会计师事务所出具的意见：入账期间差异 不予采纳 "
        "依法向人民法院提起诉讼 2026年5月20日"
    ),
    "document_list": (
        "竣工总平面图 原件 复印件盖章 缺失 建设单位未移交，2026年3月31日前补交 完好 P-021 "
        "共4项，其中缺失1项 骑缝章 已另写情况说明 （代行接收） 见证方（签章）：示例区示例街道办事处"
    ),
    "asset_list": "60号楼电梯机房钥匙（带标签） 2把 在位 完好 共60项，其中缺失0项 见证方：",
    "meter_sheet": "2026年3月2日（周一）10:00 水表 12,345.6 立方米 千瓦时 吉焦 以前的费用由移交方结清",
    "prepaid_list": (
        "示例花园小区预收费用和押金清单 1幢101室 2026年1月1日至2026年12月31日，12个月 1,192.26元 "
        "凭证示例12号 3,440.00元 共2笔，涉及房屋1套 见证方："
    ),
    "handover_confirmation": (
        "于2026年3月2日（周一）10:02完成交接 由接收方保管 "
        "四、预收费用和押金 逐套明细 3,440.00元 3,192.26元 资料移交清单共86项 98,765.4 地下管网综合图缺失 "
        "向建设单位、城建档案馆调取 2026年3月31日 六、拒签情况 签字人：赵示例 监督单位（签章）：示例区住房和城乡建设局 "
        "褚示例 证件尾号0090 报街道办事处"
    ),
    "filing_form": (
        "备案表 物业服务人提前退出 《示例市物业管理办法》第十六条 预收费用和押金清单 以下由备案机关填写 "
        "收到时间： 收件人： 回执编号："
    ),
    "filing_receipt": "示街备〔2026〕9号 2026年3月3日（周二）14:05 预收费用清单请补盖公章 不是行政许可或者审批",
    "urging_letter": (
        "关于督促依法启动物业服务人解聘程序的函 共同决定是否解聘 2026年3月20日（周五）前反馈 "
        "不是对物业服务人的退出命令 抄送："
    ),
    "timed_order": (
        "责令限期移交通知书 合同已于2026年2月28日终止 第九百四十九条 86.40平方米 "
        "2026年3月17日（周二）17:00前 逾期后果：逾期不移交 陈述申辩： 救济途径： 李示例"
    ),
    "formal_demand": "关于移交停车收入台账的催告函 1册 2026年3月20日（周五）24:00前 向人民法院提起诉讼 2026年3月10日",
    "refund_order": (
        "限期退还通知书 2026年5月25日送达 12,000.00元 3,600.50元 15,600.50元 银行流水第18页 账号0000 0000 "
        "0000 0000 2026年6月9日（周二）24:00前 逾期后果 陈述申辩 救济途径"
    ),
    "takeover_decision": (
        "准予应急接管决定书 91000000MA0EXAMPLE 吴示例 电话0000-0000123 垃圾清运 二级 "
        "自2026年3月2日（周一）20:00起至2026年8月31日24:00止 0.80元 公共收益补充 按月收取 "
        "监督电话：0000-0000456 行政复议 抄送："
    ),
    "interim_decision": (
        "示街办决〔2026〕7号 指定临时接管单位决定书 示例乙物业服务有限公司 第九百四十九条 "
        "（统一社会信用代码91000000MA0EXAMPLE）为示例花园小区的临时接管单位，方式为应急服务 吴示例 电话0000-0000123 "
        "单位电话：0000-0000789 临时接管单位接管以前，原物业服务人继续提供服务 共用设施应急维修 "
        "自2026年3月2日（周一）20:00起至2026年8月31日24:00止 0.80元 来源：依次为公共收益 不得另行收费 "
        "监督电话：0000-0000456 行政复议 2026年3月2日 抄送："
    ),
    "entry_confirmation": (
        "进场确认书 于2026年3月2日（周一）10:02接管 以前的物业服务由示例甲物业服务有限公司承担 "
        "服务期限至2026年8月31日24:00止 26人 1. 电梯应急值守已接替 钥匙86把 2026年3月2日（周一）10:02签署 "
        "资料移交清单86项地下管网综合图 资产移交清单60项无 赵示例 现场负责人：吴示例 原物业服务人（签章）"
    ),
    "departure_confirmation": (
        "离场确认书 于2026年3月2日（周一）18:05离场 已于2026年3月2日（周一）10:02接管，服务没有中断 "
        "人员和财物已全部撤出 物业服务用房已交还 业主信息已移交，留存已删除 管理员账号全部注销 覆盖删除 "
        "地下管网综合图 102室当场腾空 离场单位（签章） 接替单位（签章）"
    ),
    "case_cover": (
        "示例甲物业服务有限公司退出示例花园小区一案 2026-退出-003 共32件118页 保管期限 2026年7月3日 "
        "已交接离场"
    ),
    "case_contents": "卷内目录 示街办〔2026〕40号 责任者 118-120",
    "closing_note": "卷内备考表 第7件原件存业主委员会 立卷人（签章）：李示例 检查人（签章）：郑示例 2026年7月10日",
    "case_timeline": "案件办理经过 2026年3月7日（周六）09:50 文书59 2026年3月20日（周五）12:00",
}
#: Pages of the samples: a change of these is looked at before it is written down.
PAGES = {
    "exit_application": 2, "asset_list": 4, "handover_confirmation": 2, "urging_letter": 2,
    "timed_order": 2, "refund_order": 2, "takeover_decision": 3, "case_contents": 3, "case_timeline": 3,
    "notice_report": 2, "interim_decision": 3, "entry_confirmation": 2, "departure_confirmation": 2,
}  # fmt: skip


def printed(content: Content) -> str:
    """All text of the set paper, without spaces and line ends."""
    return "".join("".join(page.text.split()) for page in pages(render(content.form(), at=AT)))


def test_every_content_has_a_sample_and_an_expectation() -> None:
    assert set(SAMPLES) == set(MUST) == set(CONTENTS)
    assert {type(sample) for sample in SAMPLES.values()} == set(CONTENTS.values())


@pytest.mark.parametrize("code", sorted(MUST))
def test_a_paper_holds_all_it_must(code: str) -> None:
    text = printed(SAMPLES[code])
    assert [wanted for wanted in MUST[code].split() if wanted not in text] == []


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_a_paper_is_as_long_as_it_should_be_and_stays_inside_its_margins(code: str) -> None:
    form = SAMPLES[code].form()
    read = pages(render(form, at=AT))
    assert len(read) == PAGES.get(code, 1)
    for page in read:
        assert min(glyph.left for glyph in page.glyphs) > 15
        assert max(glyph.right for glyph in page.glyphs) < page.width - 15
        assert max(glyph.bottom for glyph in page.glyphs) < page.height - 5


@pytest.mark.parametrize("code", ["asset_list", "case_contents", "case_timeline"])
def test_a_long_list_repeats_its_heading_on_every_page(code: str) -> None:
    read = pages(render(SAMPLES[code].form(), at=AT))
    assert len(read) >= 3
    assert all("序号" in "".join(page.text.split()) for page in read)


def test_every_page_of_a_list_has_room_for_both_hands() -> None:
    for page in pages(render(SAMPLES["asset_list"].form(), at=AT)):
        assert all(f"{role}：" in page.text for role in ("移交方", "接收方", "见证方"))


def crossing(page: Page) -> list[str]:
    """Signs that a line of a table runs through."""
    upright = [s for s in page.strokes if s.right - s.left < 1.5 < s.bottom - s.top]
    return [
        glyph.sign
        for glyph in page.glyphs
        for line in upright
        if glyph.left + 0.1 < (line.left + line.right) / 2 < glyph.right - 0.1
        and line.top < (glyph.top + glyph.bottom) / 2 < line.bottom
    ]


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_no_line_of_a_table_runs_through_what_is_written(code: str) -> None:
    read = pages(render(SAMPLES[code].form(), at=AT))
    assert [crossing(page) for page in read] == [[] for _ in read]


def test_a_telephone_nobody_told_is_left_out() -> None:
    told = {
        number: contents.Person(name="示例", phone=number).words() for number in ("（未登记）", "0000", "")
    }
    assert told == {"（未登记）": "示例", "0000": "示例（电话0000）", "": "示例"}


def test_a_plan_typed_with_its_own_numbers_is_counted_once() -> None:
    sample = SAMPLES["exit_application"]
    typed = {"handover_plan": ("（1）示例甲", "（2）示例乙", "示例丙")}
    told = contents.ExitApplication.model_validate(sample.model_dump() | typed).form().paragraphs
    assert [text for text in told if text.startswith("（")] == [
        "（1）示例甲。",
        "（2）示例乙。",
        "（3）示例丙。",
    ]
    one = sample.model_dump() | {"handover_plan": ("（1）示例甲；（2）示例乙",)}
    assert "（1）示例甲；（2）示例乙。" in contents.ExitApplication.model_validate(one).form().paragraphs
    assert clauses(("1. 示例", "二、示例", "示例")) == ("1. 示例", "2. 示例", "3. 示例")


def test_a_long_reason_has_room_under_its_row() -> None:
    """300 signs in a narrow cell would make the row as high as half a page."""
    long = Item(name="示例长", state="missing", reason="长" * 300, bring_by_on=date(2026, 7, 1))
    short = Item(name="示例短", state="missing", reason="短")
    whole = item_table((long, short) * 4)
    assert (whole.rows[0][4], whole.rows[1][4]) == ("见下行", "短")
    assert whole.notes[0].startswith("缺失原因和补交期限：长长")
    assert (whole.notes[0].endswith("2026年7月1日前补交"), whole.notes[1]) == (True, "")
    form = SAMPLES["document_list"].model_copy(update={"items": (long, short) * 4}).form()
    assert len(pages(render(form, at=AT))) == 2
    assert "长" * 300 in Document(io.BytesIO(editable(form, at=AT))).tables[0].rows[2].cells[1].text


def test_no_paper_tells_seconds() -> None:
    assert instant(datetime(2026, 7, 30, 2, 21, 47, tzinfo=ZONE)) == "2026年7月30日（周四）02:21"


def hostile(value: Any) -> Any:
    """The same data with signs that mean something to typst behind every text."""
    if isinstance(value, dict):
        return {key: hostile(inner) if key not in KEPT else inner for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(hostile(inner) for inner in value)
    return value + HOSTILE if isinstance(value, str) else value


KEPT = {"paper", "occasion", "state", "address", "at_is"}


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_nothing_in_the_data_is_a_command(code: str) -> None:
    changed = CONTENTS[code].model_validate(hostile(SAMPLES[code].model_dump()))
    assert "".join(HOSTILE.split()) in printed(changed)


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_names_of_any_length_stay_on_the_paper(code: str) -> None:
    long = "很长很长的单位名称" * 8

    def stretched(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: stretched(inner) if key not in KEPT else inner for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return tuple(stretched(inner) for inner in value[:4])
        return value.replace("示例", long) if isinstance(value, str) else value

    content = CONTENTS[code].model_validate(stretched(SAMPLES[code].model_dump()))
    for page in pages(render(content.form(), at=AT)):
        assert max(glyph.right for glyph in page.glyphs) < page.width - 15
        assert max(glyph.bottom for glyph in page.glyphs) < page.height - 5


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_what_is_optional_may_be_left_out(code: str) -> None:
    kind = CONTENTS[code]
    needed = {name for name, field in kind.model_fields.items() if field.is_required()}
    told = {name: value for name, value in SAMPLES[code].model_dump().items() if name in needed}
    form = kind.model_validate(told).form()
    assert pages(render(form, at=AT))
    assert not {"None", "datetime"} & set(form.model_dump_json().split('"'))
    assert "（）" not in printed(kind.model_validate(told))


def test_of_the_ballots_of_a_vote_only_what_was_told_is_printed() -> None:
    whole = SAMPLES["vote_result"]
    bare = whole.model_copy(update={"sent": None, "valid": None, "checking": ""})
    assert "选票收回201张人数" in printed(bare)
    assert "查票" not in printed(bare)
    assert "（未登记）" not in printed(bare)


def test_prepaid_money_nobody_counted_is_no_zero() -> None:
    told = SAMPLES["exit_application"].model_copy(
        update={"prepaid": (Prepaid(item="物业费", note="见附表"),)}
    )
    text = printed(told)
    assert "1物业费见附表合计" in text
    assert "0.00元" not in text


def test_what_users_say_without_a_full_stop_is_a_sentence_all_the_same() -> None:
    said = {
        "exit_application": (
            {"reason": "示例甲", "handover_plan": ("示例乙", "示例丙")},
            "示例甲。 示例乙。 示例丙。",
        ),
        "exit_agreement": (
            {"settlement": ("示例甲",), "prepaid": ("示例乙",), "breach": ("示例丙",)},
            "示例甲。 示例乙。 示例丙。",
        ),
        "urging_letter": ({"asks": ("示例甲",), "effect": "示例乙"}, "示例甲。 示例乙。"),
        "objection_reply": (
            {"question": "示例甲", "finding": "示例乙", "remedy": "示例丙"},
            "示例甲。 示例乙。 示例丙。",
        ),
        "handover_confirmation": ({"handed_over": ("示例甲",), "refusals": ("示例乙",)}, "示例甲。 示例乙。"),
    }
    for code, (changed, words) in said.items():
        text = printed(SAMPLES[code].model_copy(update=changed))
        assert [word for word in words.split() if word not in text] == [], code


def test_minutes_leave_room_for_times_and_name_the_absent_where_they_are_known() -> None:
    told = {"from_at": None, "to_at": None, "absent": None}
    text = printed(SAMPLES["minutes"].model_copy(update=told))
    assert "开始时间（未登记）结束时间（未登记）" in text
    assert "缺席单位" not in text
    assert printed(SAMPLES["minutes"]).index("缺席单位") > printed(SAMPLES["minutes"]).index("证件尾号签名")


def test_minutes_keep_what_did_not_pass_apart_from_what_was_resolved() -> None:
    failed = NotPassed(what="示例选聘", votes=("示例票数甲", "示例票数乙"), short_of=("示例门槛",))
    whole = SAMPLES["minutes"]
    text = printed(whole.model_copy(update={"not_passed": (failed,)}))
    assert text.index("二、议定事项") < text.index("三、未通过的事项") < text.index("四、出席人员")
    alone = printed(whole.model_copy(update={"not_passed": (failed,), "resolved": ()}))
    assert "二、未通过的事项" in alone
    assert "责任单位" not in alone


def test_what_follows_is_said_once_in_a_demand() -> None:
    told = SAMPLES["formal_demand"].model_copy(update={"consequence": "逾期不提供的，依法追索"})
    text = printed(told)
    assert "逾期不提供的，依法追索。" in text
    assert "逾期不履行的" not in text


def test_the_course_stands_in_the_order_of_time_to_the_minute() -> None:
    late, early = datetime(2026, 3, 2, 9, 5, 7, tzinfo=ZONE), datetime(2026, 3, 2, 9, 4, 59, tzinfo=ZONE)
    events = (Happened(at=late, what="结案"), Happened(at=early, what="离场"))
    text = printed(SAMPLES["case_timeline"].model_copy(update={"events": events, "made_at": late}))
    assert "12026年3月2日（周一）09:04离场" in text
    assert "22026年3月2日（周一）09:05结案" in text
    assert "09:05:07" not in text


def test_every_field_has_a_chinese_title() -> None:
    for kind in CONTENTS.values():
        assert [name for name, field in kind.model_fields.items() if not (field.title or "")] == []


def test_every_content_is_of_a_kind_and_is_set_in_a_form() -> None:
    for code, sample in SAMPLES.items():
        assert sample.kind.label, code
        assert type(sample.form()) in DOCUMENTS.values()


def test_an_authoritys_letter_leaves_number_signature_and_date_to_the_signing() -> None:
    for code in ("timed_order", "refund_order", "takeover_decision", "urging_letter", "completion_request"):
        form = SAMPLES[code].form()
        assert isinstance(form, Letter)
        assert (form.number, form.signers, form.date) == ("", (), ""), code


def test_a_posted_reply_names_nobody() -> None:
    reply = SAMPLES["objection_reply"]
    assert isinstance(reply, contents.ObjectionReply)
    assert "王示例" in printed(reply)
    assert "王示例" not in printed(reply.masked())


def test_a_service_record_keeps_room_for_what_is_not_known_yet() -> None:
    form = SAMPLES["service_record"].form()
    assert isinstance(form, Record)
    assert [line.label for line in form.lines if not line.value] == [
        "送达时间", "签收人", "签收人身份", "拒收事由", "照片录像", "邮寄单号", "备注",
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["签收人身份", "专有部分面积"])
def test_the_name_of_a_field_stands_on_one_line_clear_of_its_frame(label: str) -> None:
    told = (Line(label=label, value="示例"), Line(label="示例", value="示例"))
    (page,) = pages(render(Record(title="示例", boxed=True, lines=told), at=AT))
    signs = page.find(label)
    assert len({round(sign.baseline) for sign in signs}) == 1
    rules = sorted({round(one.left, 1) for one in page.strokes if one.bottom - one.top > 5})
    left, right = rules[0], rules[1]
    assert min(sign.left for sign in signs) - left > 1
    assert right - max(sign.right for sign in signs) > 1


def test_a_missing_item_says_why() -> None:
    with pytest.raises(ValidationError, match="写明原因"):
        Item(group="竣工资料", name="竣工图", state="missing")


def test_a_notice_is_not_put_up_again_before_it_was_posted_and_hangs_after() -> None:
    told = SAMPLES["public_notice"].model_dump()
    with pytest.raises(ValidationError, match="不能早于张贴日"):
        SAMPLES["public_notice"].model_validate(told | {"again_on": date(2026, 3, 1)})
    with pytest.raises(ValidationError, match="晚于张贴日"):
        SAMPLES["public_notice"].model_validate(told | {"again_on": told["until_on"]})


def test_a_notice_hangs_longer_than_its_day_of_posting() -> None:
    with pytest.raises(ValidationError, match="晚于张贴日"):
        SAMPLES["public_notice"].model_validate(
            {**SAMPLES["public_notice"].model_dump(), "until_on": date(2026, 3, 2)}
        )


def test_service_is_by_two() -> None:
    record = SAMPLES["service_record"].model_dump()
    with pytest.raises(ValidationError):
        contents.ServiceRecord.model_validate({**record, "servers": record["servers"][:1]})


def test_a_field_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        contents.MeterSheet.model_validate({**SAMPLES["meter_sheet"].model_dump(), "colour": "red"})
