"""Every paper an exit makes says what was said in it, to the cent and the minute, and nothing that was not."""

import json
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from gongzhi.exits.claim_facts import HandoverOrder
from gongzhi.exits.models import CostPlan, CostShare
from gongzhi.exits.papers.settling import told_shares
from gongzhi.exits.papers.sources import contact, contacts, items
from gongzhi.exits.settlement_facts import BooksOrder
from gongzhi.exits.tests.looking import look, rows_in
from gongzhi.exits.tests.play import Play, set_here
from gongzhi.exits.tests.settling import PARTS
from gongzhi.law import queries as law
from gongzhi.notices import rows
from gongzhi.notices.models import Notice
from gongzhi.notices.papers import annexes_of
from gongzhi.notices.publish import Publish
from gongzhi.papers.actions import store_upload
from gongzhi.papers.bundle import contents_digest
from gongzhi.papers.codes import verify_path
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.render import render
from gongzhi.papers.tests import shots
from gongzhi.papers.tests.measure import pages
from gongzhi.procedures import archive
from gongzhi.procedures.archive import leaves_of, timeline
from gongzhi.procedures.bundling import bundle_case
from gongzhi.procedures.catalogue import current
from gongzhi.procedures.documents import Document, Made, mark_of, paper_made, papers_made
from gongzhi.procedures.file_names import file_names
from gongzhi.procedures.models import Case
from gongzhi.procedures.perform import perform
from gongzhi.procedures.queries import Reader
from gongzhi.registry.models import Appointment, Estate, Organisation
from gongzhi.values.refusals import Invalid, NotFound, NotPossible, RuleBroken
from gongzhi.values.wording import instant_words

#: What each paper must hold, by case and code; written by hand from what the play says.
MUST = {
    "exit application.exit_application": (
        "物业服务退出申请书 示例白山一号小区业主委员会： 2024年12月22日签订 计划于2026年6月30日退出 示例经营原因 "
        "（1）示例交接安排 示例人员安排。 1示例联系人联系人13900000000 在新的管理人接管之前 "
        "申请中没有写明。 2026年3月2日"
    ),
    "exit application.application_receipt": (
        "收件回执 示例白山一号小区业主委员会 提交人 示例白山甲物业有限公司 2026年3月2日（周一）09:00 书面退出申请 "
        "从次日起算 不表示同意 示例签收人"
    ),
    "exit filing.filing_form.county": "备案表 示例白山县住房和城乡建设局 第12条 退出申请：2026年3月2日。",
    "exit publicity.poster_a4": "示例公示内容 第12条 2026年3月2日张贴 2026年3月9日（周一）24:00 小区东门",
    "exit publicity.notice_report": (
        "公示情况说明 2026年3月10日（周二）08:00 示例甲 示例乙 照片：无 "
        "公示期已满，没有中断登记（期间没有巡查登记），未收到异议"
    ),
    "exit agreement.exit_agreement": (
        "物业服务退出协议 双方同意原合同于2026年6月30日终止 示例清算安排 物业费计收至2026年6月30日 示例预收处理 "
        "不得以欠费为由 示例违约责任 示例白山业委会主任（业委会主任，纸质签署，扫描件第1件） "
        "示例白山物业法人（法定代表人，纸质签署，扫描件第2件） 2026年3月10日"
    ),
    "settlement scope.books_request": (
        "财务清算及提供资料通知书 公共收益收支结余 2025年1月1日至2026年3月10日 请于2026年3月20日前提供"
    ),
    "settlement funding.sharing_sheet": "总额 10,000.00元 列支2,000.00元 业主分摊：8,000.00元 合计 8,000.00元",
    "settlement apportionment.poster_a4": (
        "总费用 10,000.00元 示例白山会计师事务所报价10,000.00元（选定） 示例乙会计师事务所报价11,000.00元 "
        "凭证示例凭证1 房屋建筑面积 共7套，总面积 8,000.00元"
    ),
    "settlement entrustment.entrustment": (
        "财务清算委托书 示例资质1 10,000.00元 示例：与物业服务人无利害关系 2026年4月8日前交付示例清算报告一式五份 "
        "于2026年3月20日前"
    ),
    "settlement report.settlement_cover": "财务清算报告 示例会计甲、示例会计乙 示例资质1 未提供资料 无",
    "settlement report_notice.poster_a4": (
        "财务清算报告公示 示例白山会计师事务所（执业证书示例资质1） 2025年1月1日至2026年3月10日 问题金额5,000.00元 "
        "公共收益收支结余示例结果 查阅全文示例白山一号小区业主委员会 2026年3月26日（周四）24:00"
    ),
    "handover documents.document_list": (
        "物业资料移交清单 示例白山乙物业有限公司 示例物业服务用房 加盖骑缝章 见证方 "
        "示例签字人（授权代表，证件尾号001X，纸质签署，扫描件第"
    ),
    "handover assets.asset_list": "物业资产移交清单",
    "handover extra.further_list": "其他交接事项清单",
    "handover meter_sheet": (
        "水电气热读数表 总水表 12,876.5 2026年6月30日（周二）11:00 电表、气表、热表：未登记读数。"
    ),
    "handover power_of_attorney.1": (
        "授权委托书 证件尾号001X 自2026年1月1日起至2026年12月31日止 受托人无转委托权 示例：物业项目交接"
    ),
    "handover confirmation.handover_confirmation": (
        "于2026年6月30日（周二）11:30完成交接 示例：有缺失项目示例：限期补交2026年7月10日 12,876.5 监督单位 "
        "社区居民委员会"
    ),
    "handover filing.filing_form.subdistrict": "备案表 交接确认书备案 示例白山街道办事处",
    "exit case_cover": "示例白山一号小区物业服务人退出 尚未结案 保管期限 （本地未设定，归档时填写） 示例白山街道办事处",
    "exit case_contents": "卷内目录 物业服务退出申请书 物业服务退出协议 收件回执 公示情况说明 备案表 平台生成",
    "joint_decision record.vote_result": (
        "业主共同决定结果 选聘示例白山乙物业有限公司 通过 总数6人，参与5人；同意4人 "
        "总数452.50平方米，参与400.00平方米；同意300.00平方米 参与不少于2/3，同意超过1/2 示例街道到场人员"
    ),
    "joint_decision record.minutes": (
        "业主共同决定会议纪要 选聘新物业服务人 开始时间（未登记） 地点（未登记） 示例街道到场人员 "
        "选聘示例白山乙物业有限公司（通过） 1示例街道到场人员—街道（社区）到场人员 签名"
    ),
    "handover site_record": (
        "现场交接记录 在场人员阅读以上记录后签字 "
        "示例物业服务用房 开始时间2026年6月30日（周二）11:00 结束时间2026年6月30日（周二）11:30 示例签字人 授权代表 "
        "示例白山甲物业有限公司 示例白山乙物业有限公司 资料移交清单清点完毕，共8项，没有缺失 "
        "证件尾号 001X 水表总水表读数12,876.5 "
        "存在问题：示例：有缺失项目。 解决方式：示例：限期补交。"
    ),
    "exit case_timeline": "案件办理经过 退出申请：签收 退出协议：会签",
}


def costed(play: Play) -> Play:
    """An exit paid in part by the owners, as far as what each unit pays."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    return play.ask_books().give_books().compare().fund(1_000_000, 200_000)


def run(play: Play) -> Play:
    """The same, to the takeover, with one thing missing."""
    put_up(costed(play), "settlement.apportionment", "committee_head")
    play.go(days=9).take_down("committee_head", "settlement.apportionment")
    put_up(play.entrust().report(500_000), "settlement.report_notice", "committee_head")
    play.go(days=9).take_down("committee_head", "settlement.report_notice")
    play.until("2026-06-30 09:00").hand_over(missing=("completion_drawings",))
    return play


def made(play: Play, procedure: str, code: str, **more: Any) -> Made:
    """One paper of the newest case of a procedure."""
    with law.pinned():
        return paper_made(play.case(procedure), code, play.now, masked=False, **more)


def text_of(paper: Made) -> str:
    """What a reader sees on it, without the spaces and line ends of the setting."""
    mark = "预览" if paper.is_preview else ""
    with law.pinned():
        content = render(paper.form(), at=paper.source.made_at, mark=mark)
    return "".join("".join(page.text.split()) for page in pages(content))


def test_every_paper_of_a_played_exit_says_what_was_said(play: Play) -> None:
    run(play)
    wrong = {}
    for where, must in MUST.items():
        procedure, code = where.split()
        text = text_of(made(play, procedure, code))
        missing = [word for word in must.split() if word not in text]
        if missing:
            wrong[where] = (missing, text)
    assert wrong == {}


def test_no_two_papers_of_a_case_are_saved_under_one_name(play: Play) -> None:
    """The power of somebody who got two, the filing with two authorities, the receipts of several steps."""
    run(play)
    play.empower("provider_leader", scope="示例：另一范围")
    for procedure in ("exit", "settlement", "handover"):
        case = play.case(procedure)
        with law.pinned():
            names = file_names(case, play.now)
            every = [made.code for made in papers_made(case, play.now, masked=False)]
            assert file_names(play.case(procedure), play.now) == names  # the same case, the same names
        assert list(names) == every
        assert len(set(names.values())) == len(every)
        assert all(len(name.encode()) <= 175 for name in names.values())
        if procedure == "exit":
            told = [names[f"filing.filing_form.{level}"] for level in ("county", "subdistrict")]
            number = case.row.number
            assert told == [
                f"示例白山一号小区_退出申请备案表_县级物业主管部门_{number}",
                f"示例白山一号小区_退出申请备案表_街道办事处（乡镇人民政府）_{number}",
            ]
            Estate.objects.filter(cases__pk=play.root).update(
                name="示例" + "长" * 40
            )  # too long: its end goes, and that is seen
            with law.pinned():
                told = file_names(play.case(procedure), play.now)["filing.filing_form.county"]
            assert re.fullmatch(f"示例长+…_退出申请备案表_县级物业主管部门_{number}", told)
        if procedure == "handover":
            powers = [name for code, name in names.items() if code.startswith("power_of_attorney")]
            assert len(powers) == 3
            assert all(f"第{n}份" in name for n, name in enumerate(powers, 1))


def test_a_later_printing_of_what_was_said_is_the_same_to_the_byte(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    first = made(play, "exit", "application.exit_application")
    before = render(first.form(), at=first.source.made_at)
    play.go(days=30)
    second = made(play, "exit", "application.exit_application")
    assert render(second.form(), at=second.source.made_at) == before


def test_a_service_proves_itself_in_its_own_way_and_the_record_says_how(play: Play) -> None:
    """《民事诉讼法》第88条至第91条: hands, witness or picture, number of the post, consent."""
    play.apply("2026-06-30").go(hours=2)
    by, task = play.actor("provider_leader"), play.task("exit.application.prove").id
    said: dict[str, Any] = {
        "arrived_at": play.now.isoformat(),
        "address": "示例地址",
        "servers": ["示例甲", "示例乙"],
    }

    def prove(papers: list[dict[str, str]] | None = None, **more: Any) -> None:
        perform(by=by, at=play.now, task_id=task, act="prove", facts=said | more, papers=papers or [])

    refused: tuple[tuple[type[Exception], str, dict[str, Any]], ...] = (
        (Invalid, "写明签收人", {"method": "direct"}),
        (Invalid, "写明拒收的理由", {"method": "leave", "witness": "示例见证人"}),
        (Invalid, "写明邮寄单号", {"method": "post"}),
        (
            Invalid,
            "要两个人",
            {"method": "direct", "received_by": "示例签收人", "servers": ["示例甲", "示例甲"]},
        ),
        (
            RuleBroken,
            "门卫、前台等没有授权的人签收不算送达",
            {"method": "direct", "received_by": "示例门卫", "capacity": "门卫"},
        ),
        (Invalid, "不能给自己作见证", {"method": "leave", "refusal": "示例拒收", "witness": "示例乙"}),
        (RuleBroken, "邀请基层组织或所在单位代表见证", {"method": "leave", "refusal": "示例拒收"}),
        (RuleBroken, "须经受送达人同意", {"method": "electronic"}),
    )
    for kind, words, more in refused:
        with pytest.raises(kind, match=words):
            prove(**more)
    camera = BytesIO(shots.jpeg(taken="2026:03:02 10:58:00", offset="+08:00"))
    photo = store_upload(by=by, at=play.now, upload=camera, name="a.jpg", way=Way.CAMERA)
    prove([{"file": str(photo.value["id"]), "kind": PaperKind.PHOTO}], method="leave", refusal="示例拒收")
    record = text_of(made(play, "exit", "application.service_record"))
    for words in ("留置送达", "示例拒收", "照片1张，随本回证归档", "示例甲", "示例乙"):
        assert words in record
    assert "示例白山甲物业有限公司示例甲" not in record.replace(" ", "")


def test_a_case_that_a_step_asked_for_was_opened_by_the_system(play: Play) -> None:
    """Not by who opened the tree: the provider that leaves opened no settlement."""
    costed(play)
    with law.pinned():
        first = {code: timeline(play.case(code), play.now).events[0] for code in ("exit", "settlement")}
    assert {code: (one.what, one.by) for code, one in first.items()} == {
        "exit": ("立案", "示例白山甲物业有限公司"),
        "settlement": ("立案", "系统（随上级办件开始）"),
    }


def test_who_signs_as_the_registered_head_shows_no_power_from_himself(play: Play) -> None:
    head = play.area.people["provider_legal_representative"].name
    run(play)
    first = made(play, "handover", "power_of_attorney.1")
    assert first.source.copy.of != head
    play.empower("provider_leader", signer=head)
    with law.pinned():
        codes = [paper.code for paper in papers_made(play.case("handover"), play.now, masked=False)]
    assert [code for code in codes if "power" in code] == ["power_of_attorney.1", "power_of_attorney.2"]


def test_the_agreement_says_one_day_to_leave_by(play: Play) -> None:
    """第一条 does not say 当日 where a later article gives days."""
    play.apply("2026-06-30").arrive().agree("2026-06-30", leave_within_days=5)
    text = text_of(made(play, "exit", "agreement.exit_agreement"))
    assert "原合同于2026年6月30日终止，乙方于终止后5日内退出。" in text
    assert "乙方在合同终止后5日内离场" in text
    assert "当日退出" not in text


def test_where_the_text_gives_the_agreement_to_the_committee_no_other_decision_is_asked(play: Play) -> None:
    """《白山市…管理办法》第9条第3项、第12条."""
    play.apply("2026-06-30").arrive()
    step, case = play.case().declaration.step("agreement"), play.case()
    assert "decided_on" not in step.known_before(case, "approve", play.now)
    text = text_of(made(play.agree("2026-06-30"), "exit", "agreement.exit_agreement"))
    assert "业主共同决定" not in text
    names = [play.area.organisations[name].name for name in ("subdistrict", "county")]
    assert f"甲乙双方各执一份，另报{'、'.join(names)}备案。" in text


def test_until_somebody_takes_over_the_provider_may_ask_for_its_fee(play: Play) -> None:
    """《民法典》第950条: it goes on, and is paid for it."""
    text = text_of(
        made(play.apply("2026-06-30").arrive().agree("2026-06-30"), "exit", "agreement.exit_agreement")
    )
    assert "物业费计收至2026年6月30日。" in text
    assert "可以依照《中华人民共和国民法典》第九百五十条" in text
    assert "此后的费用乙方不得收取" not in text


def test_an_advance_is_filed_with_its_plan_and_not_with_what_was_collected(play: Play) -> None:
    costed(play).post("committee_head", "settlement.apportionment").go(days=9)
    play.take_down("committee_head", "settlement.apportionment")
    play.stand(
        "committee_head", "settlement", "demand", demanded_on=str(play.now.date()), method="示例书面催缴"
    )
    said = {"amount_cents": 12_345, "source": "示例经费", "offset_plan": "示例抵扣方案"}
    play.stand("community_worker", "settlement", "advance", **said, offset_from="later_revenue")
    play.do("committee_head", "settlement.collection.submit", "submit", remark="示例收缴说明")
    text = text_of(made(play, "settlement", "advance_filing.filing_form.subdistrict"))
    for words in ("垫付123.45元，经费来源：示例经费。抵扣方案：示例抵扣方案。", "1垫付及抵扣方案1平台生成"):
        assert words in text, words
    assert "分摊费用收缴" not in text
    play.post("community_worker", "settlement.advance_notice")
    sheet = text_of(made(play, "settlement", "advance_notice.advance_plan"))
    assert "抵扣方案：示例抵扣方案。" in sheet


def test_an_entrustment_says_what_the_sum_holds_that_its_fee_is_part_of(play: Play) -> None:
    costed(play).post("committee_head", "settlement.apportionment").go(days=9)
    play.take_down("committee_head", "settlement.apportionment")
    play.entrust(900_000)
    text = text_of(made(play, "settlement", "entrustment.entrustment"))
    assert "9,000.00元，从清算费用总额10,000.00元中支付。总额的来源：公共收益：" in text


def test_who_was_told_and_did_not_come_is_not_said_to_have_refused(play: Play) -> None:
    costed(play)
    play.post("committee_head", "settlement.apportionment").go(days=9)
    play.take_down("committee_head", "settlement.apportionment")
    play.entrust().report().post("committee_head", "settlement.report_notice")
    play.go(days=9).take_down("committee_head", "settlement.report_notice")
    play.until("2026-06-30 09:00").plan().go(hours=2)
    play.empower("provider_leader").empower("other_provider_leader").fill("documents")
    said = {"refused_by": "示例项目负责人", "recorders": ["示例甲", "示例乙"], "witness": "示例丙"}
    said["party"] = "provider"
    play.do("community_worker", "handover.documents.refusal", "record_refusal", **said, reason="经通知未到场")
    record = text_of(made(play, "handover", "documents.refusal_record"))
    listed = text_of(made(play, "handover", "documents.document_list"))
    for text in (record, listed):
        assert "示例项目负责人未到场，没有签字，情况：经通知未到场" in text
        assert "拒绝签字" not in text
    assert "未到场人物业服务人示例项目负责人" in record


def test_an_order_asks_which_authority_and_which_time_its_remedies_name() -> None:
    for facts in (HandoverOrder, BooksOrder):
        asked = facts.model_fields["remedy"].description or ""
        assert [
            words for words in ("机关申请行政复议", "人民法院提起诉讼", "多长期限") if words not in asked
        ] == []
        assert not [sign for sign in asked if sign.isdigit()]


def test_a_list_is_a_preview_until_it_is_closed(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").plan().go(hours=2)
    play.empower("provider_leader").empower("other_provider_leader")
    first = play.items("documents")[0]
    with pytest.raises(NotFound):
        made(play, "handover", "documents.document_list")
    camera = shots.jpeg(taken="2026:06:30 10:58:00", offset="+08:00")
    by = play.actor("provider_leader")
    photo = store_upload(by=by, at=play.now, upload=BytesIO(camera), name="a.jpg", way=Way.CAMERA)
    perform(
        by=by,
        at=play.now,
        task_id=play.task("handover.documents.fill").id,
        act="record",
        facts={"code": first.code, "state": "original"},
        papers=[{"file": str(photo.value["id"]), "kind": PaperKind.PHOTO}],
    )
    paper = made(play, "handover", "documents.document_list")
    assert paper.is_preview
    assert text_of(paper).count("P-001") == 1
    assert "预览" in text_of(paper)
    assert "其中缺失0项，尚未登记7项" in text_of(paper)
    assert "未登记" in text_of(paper)
    play.fill("documents")
    paper = made(play, "handover", "documents.document_list")
    assert not paper.is_preview
    assert "预览" not in text_of(paper)
    assert "未登记" not in text_of(paper)


def test_an_objection_has_its_reply_on_paper_and_the_note_waits_for_it(play: Play) -> None:
    play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    play.go(days=1).stand("owner", "exit", "object", "publicity", content="示例异议内容")
    with pytest.raises(NotFound):
        made(play, "exit", "publicity.objection_reply.1")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    with pytest.raises(NotFound):
        made(play, "exit", "publicity.notice_report")
    said = {"finding": "示例核实情况", "adopted": False, "next_remedy": "示例救济途径"}
    play.do("provider_leader", "exit.publicity.reply:1", "reply", **said)
    text = text_of(made(play, "exit", "publicity.objection_reply.1"))
    for word in ("示例异议内容", "示例核实情况", "不予采纳", "示例救济途径", "2026年3月3日", "2026年3月10日"):
        assert word in text
    report = text_of(made(play, "exit", "publicity.notice_report"))
    assert "收到异议1件，均已书面答复" in report


def test_what_was_returned_is_asked_for_on_paper_once_and_whole(play: Play) -> None:
    play.apply("2026-06-30")
    play.do("committee_head", "exit.application.receive", "return", missing="示例预收清单；示例交接人员")
    text = text_of(made(play, "exit", "application.completion_request.1-1"))
    for word in (
        "补正通知书",
        "示例白山甲物业有限公司",
        "1示例预收清单",
        "2示例交接人员",
        "2026年3月2日",
        "请尽快补正",
    ):
        assert word in text
    assert "原因" not in text  # a column of which nothing was told is not there
    assert "依据" not in text


def test_what_is_asked_for_says_why_on_what_it_rests_and_until_when(play: Play) -> None:
    play.apply("2026-06-30")
    told = {
        "missing": "示例预收清单：没有写明户数\n示例交接人员",
        "basis": "示例办法第十二条",
        "until_on": "2026-03-09",
    }
    play.do("committee_head", "exit.application.receive", "return", **told)
    text = text_of(made(play, "exit", "application.completion_request.1-1"))
    for word in ("原因", "依据", "没有写明户数", "示例办法第十二条", "请于2026年3月9日前补正"):
        assert word in text


def test_a_poster_opens_the_notice_where_the_door_has_an_address(play: Play) -> None:
    play.apply("2026-06-30").post("provider_leader", "exit.publicity")
    with law.pinned():
        form: Any = made(play, "exit", "publicity.poster_a3", site="https://gongzhi.example").form()
    notice = play.case().row.notices.get()
    assert (form.paper, form.address) == (
        "a3",
        f"https://gongzhi.example{verify_path(notice.pk, notice.digest, notice.until_on)}",
    )
    with law.pinned():
        plain: Any = made(play, "exit", "publicity.poster_a4").form()
    assert plain.address == ""


def test_neighbours_are_offered_what_hangs_and_nothing_else(play: Play) -> None:
    play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    with law.pinned():
        codes = [paper.code for paper in papers_made(play.case(), play.now, masked=True)]
    assert codes == ["publicity.poster_a4", "publicity.poster_a3"]


def test_the_urging_is_a_preview_until_it_is_sealed_and_says_whom_it_binds(play: Play) -> None:
    play.classify("cutting_supply")
    said = {"facts_found": "示例事实", "basis": "示例条款", "request": "示例督促", "contact": "示例联系"}
    play.do("county_officer", "exit.urging.draft", "draft", **said, copies="示例抄送机关")
    paper = made(play, "exit", "urging.letter")
    assert paper.is_preview
    text = text_of(paper)
    for word in (
        "督促启动解聘程序的函",
        "一、基本情况",
        "示例事实",
        "示例督促",
        "不是对物业服务人的退出命令",
        "抄送：示例抄送机关。",
        "预览",
    ):
        assert word in text
    assert "〔2026〕1号" not in text
    play.do("county_reviewer", "exit.urging.check", "check")
    play.do("county_leader", "exit.urging.sign_off", "sign_off")
    assert "〔2026〕1号" in text_of(made(play, "exit", "urging.letter"))
    play.do("county_officer", "exit.urging.seal", "seal", copies=3, keeper="示例用印人")
    with pytest.raises(NotFound):
        made(play, "exit", "urging.letter")
    form = made(play, "exit", "urging.service_record")
    assert mark_of(form) == "空白表"
    assert form.form().number == ""
    assert "示例县建白山〔2026〕1号督促启动解聘程序的函" in text_of(form)
    with law.pinned():
        assert "送达回证" not in [leaf.title for leaf in leaves_of(play.case(), play.now)]


def test_a_list_of_files_is_offered_once_there_is_a_file(play: Play) -> None:
    """Else the page of a case would lead to a refusal."""
    play.apply("2026-06-30").arrive()
    assert made(play, "exit", "case_contents").form()
    with pytest.raises(NotFound):
        made(play, "joint_decision", "case_contents")
    play.vote()
    assert "业主共同决定结果" in text_of(made(play, "joint_decision", "case_contents"))


def test_a_paper_with_nothing_to_say_says_so(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    empty = Document("empty", "示例", lambda source: None)
    with pytest.raises(NotPossible, match="还没有可写的内容"):
        Made(empty, made(play, "exit", "case_cover").source).form()


def test_money_found_is_asked_back_on_paper_with_account_and_day(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.do("subdistrict_officer", "exit.filing.receipt:subdistrict:1", "receipt", number="示例回执1号")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle(irregular_cents=1_234_500)
    said = {"amount_cents": 1_234_500, "basis": "示例确认依据", "account": "示例账户"}
    play.do("committee_head", "settlement.findings.submit", "submit", **said)
    proof = {
        "arrived_at": play.now.isoformat(),
        "method": "leave",
        "address": "示例送达地点",
        "servers": ["示例甲", "示例乙"],
        "witness": "示例见证人",
        "refusal": "示例拒收",
    }
    play.do("committee_head", "settlement.findings.prove", "prove", **proof)
    served, number = play.now.date(), play.case("settlement").row.number
    letter = text_of(made(play, "settlement", "findings.refund_letter"))
    for word in (
        "限期退还通知书",
        "示例白山甲物业有限公司",
        "12,345.00元",
        "示例账户",
        "清算报告查出违规资金12,345.00元：示例凭证。",
        "确认违规资金12,345.00元，确认依据：示例确认依据。",
        f"所涉小区：浑江区新建街道示例白山一号小区，案号{number}，依据的文书：财务清算报告（2026年",
        f"查实违规资金确认（2026年{served.month}月{served.day}日）",
        "示例账户，账号（未登记）",
        f"查实确认：2026年{served.month}月{served.day}日送达。",
        "联系方式：示例白山一号小区业主委员会。",
    ):
        assert word in letter
    assert letter.count("查实确认") == 1
    record = text_of(made(play, "settlement", "findings.service_record"))
    for word in ("送达回证", "留置送达", "示例送达地点", "示例甲", "示例乙", "示例见证人", "示例拒收"):
        assert word in record
    receipt = text_of(made(play, "exit", "filing.filing_receipt.subdistrict"))
    for word in ("备案回执", "示例回执1号", "不是行政许可或者审批", "书面退出申请"):
        assert word in receipt


# What the owners decided, on every paper that rests on it ------------------------------------------------------------


TOLD: dict[str, Any] = {
    "voted_on": "2026-03-02",
    "heads_total": 6,
    "heads_voted": 5,
    "heads_for": 4,
    "heads_against": 1,
    "heads_abstained": 0,
    "area_total": "452.50",
    "area_voted": "400.00",
    "area_for": "300.00",
    "area_against": "60.00",
    "area_abstained": "40.00",
    "chosen": "dismiss",
    "present": "示例到场人员",
    "ballots_sent": 6,
    "ballots_returned": 5,
    "ballots_valid": 5,
    "checking": "示例查票地点",
    "held_from": "2026-02-28T09:00:00+08:00",
    "held_to": "2026-02-28T10:30:00+08:00",
    "place": "示例会议室",
    "chair": "示例主持人",
    "recorder": "示例记录人",
    "attended": ["示例业主代表甲", "示例业主代表乙"],
}


def found(play: Play) -> None:
    """The county found a ground and urged the owners to vote."""
    play.classify("cutting_supply")
    play.urge()


def decided(play: Play) -> Play:
    """The county found a ground, the owners dismissed, everything about the vote was told."""
    found(play)
    play.do("committee_head", "joint_decision.record.submit", "submit", **TOLD)
    return play


def offered(play: Play, path: str) -> dict[str, Any]:
    """The wording the system offers for a notice."""
    procedure, code = path.split(".")
    case = play.case(procedure)
    with law.pinned():
        found: Any = case.declaration.step(code)
        return dict(found.begins_with(case, "post", play.now))


def put_up(play: Play, path: str, name: str, **changed: str) -> str:
    """The notice is posted as it was offered; what its poster says."""
    said = {"places": ["小区东门"], "posted_at": play.now.isoformat(), "posted_by": ["示例甲", "示例乙"]}
    play.do(name, f"{path}.post", "post", **said, **(offered(play, path) | changed))
    procedure, code = path.split(".")
    return text_of(made(play, procedure, f"{code}.poster_a4"))


def test_a_poster_names_the_place_where_no_telephone_is_registered(play: Play) -> None:
    """Nobody can ring （未登记）: who posts and where one goes stand there instead."""
    poster = put_up(costed(play), "settlement.apportionment", "committee_head")
    assert "未登记" not in poster
    assert "电话）" not in poster
    assert "受理人：示例白山一号小区业主委员会地点：示例白山社区居民委员会；也可以交社区代收登记" in poster
    assert "监督电话：示例白山街道办事处（请到示例白山路1号反映）" in poster
    assert "不用手机：到示例白山社区居民委员会请工作人员代查，报公示编号" in poster
    community = play.area.organisations["community"]
    Organisation.objects.filter(pk=community.pk).update(phone_service="0439-5550101")
    text = text_of(made(play, "settlement", "apportionment.poster_a4"))
    assert "示例白山一号小区业主委员会（示例白山社区居民委员会代接），电话0439-5550101" in text
    assert "不用手机：打社区电话0439-5550101，报公示编号" in text


FIGURES = (
    "发出6张，收回5张，有效5张，无效0张",
    "总数6人，参与5人；同意4人，反对1人，弃权0人",
    "总数452.50平方米，参与400.00平方米；同意300.00平方米，反对60.00平方米，弃权40.00平方米",
    "参与不少于2/3，同意超过1/2",
    "结果为：通过",
)


def test_the_result_of_the_vote_is_posted_with_all_its_figures(play: Play) -> None:
    decided(play)
    poster = put_up(play, "exit.result_notice", "committee_head")
    assert [words for words in (*FIGURES, "示例查票地点") if words not in poster] == []
    assert poster.count("发出6张") == 1


def test_the_poster_is_the_only_public_paper_of_a_notice() -> None:
    """Another title and text under the same number would not be what hangs, nor what is sealed."""
    posting = [(step, made) for declared in current() for step in declared.steps for made in step.documents()]
    public = {made.code for step, made in posting if isinstance(step, Publish) and made.is_public}
    assert public == {"poster_a4", "poster_a3"}


def test_a_poster_says_nothing_that_was_not_posted(play: Play) -> None:
    """Its code answers for the posted wording: the case adds no fact of its own."""
    decided(play)
    poster = put_up(play, "exit.result_notice", "committee_head", body="示例公示内容")
    assert "示例公示内容" in poster
    assert [words for words in FIGURES[:-1] if words in poster] == []
    paper = made(play, "exit", "result_notice.poster_a4")
    form = replace(paper, source=replace(paper.source, site="https://gongzhi.example")).form()
    assert form.address.startswith("https://gongzhi.example/v/")


def test_the_shares_hang_with_the_cost_notice_and_are_part_of_what_is_sealed(play: Play) -> None:
    costed(play)
    put_up(play, "settlement.apportionment", "committee_head")
    notice = Notice.objects.get(ended_at=None)
    (annex,) = annexes_of(notice)
    assert annex.heading == "附表　各户分摊金额"
    assert annex.table is not None
    assert len(annex.table.rows) == 7
    sealed = rows.wording(notice)["annex"].splitlines()
    assert sealed[0] == annex.heading
    assert sealed[2] == "　".join(annex.table.rows[0])
    CostShare.objects.update(share_cents=1)
    poster = text_of(made(play, "settlement", "apportionment.poster_a4"))
    assert annex.table.rows[0][-1] in poster


def test_units_stand_by_their_numbers_in_the_annex_and_on_the_pages(
    paged: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """101 before 1001, 2幢 before 10幢; a page goes on where the last one ended."""
    costed(paged)
    names = [
        ("2幢", "101"),
        ("2幢", "102"),
        ("2幢", "1001"),
        ("10幢", "9"),
        ("10幢", "101"),
        ("10幢", "1001"),
    ]
    names.append(("10幢", "车位2"))
    for row, (building, label) in zip(CostShare.objects.order_by("pk"), sorted(names), strict=True):
        CostShare.objects.filter(pk=row.pk).update(building=building, label=label)
    plan = CostPlan.objects.get()
    assert [one.unit for one in told_shares(paged.case("settlement"), plan)] == [
        "".join(name) for name in names
    ]
    monkeypatch.setattr("gongzhi.exits.views.shares.SHOWN", 3)
    client, path = look(paged, "committee_head"), f"/cases/{paged.case('settlement').id}/shares/"
    read = [
        row[0] for after in (0, 3, 6) for row in rows_in(client.get(f"{path}?after={after}").content.decode())
    ]
    assert read == [" ".join(name) for name in names]


def test_what_was_put_right_before_posting_is_what_hangs(play: Play) -> None:
    decided(play)
    body = offered(play, "exit.result_notice")["body"].replace("示例查票地点", "示例另一地点")
    poster = put_up(play, "exit.result_notice", "committee_head", body=body)
    assert "示例另一地点" in poster
    assert "示例查票地点" not in poster


def test_minutes_say_who_came_and_what_was_resolved(play: Play) -> None:
    below: Any = decided(play).case().child("decision")
    with law.pinned():
        text = text_of(paper_made(below, "record.minutes", play.now, masked=False))
    for words in (
        "2026年2月28日（周六）09:00",
        "2026年2月28日（周六）10:30",
        "示例会议室",
        "示例主持人",
        "示例记录人",
        "1示例主持人—主持人",
        "2示例记录人—记录人",
        "3示例到场人员—街道（社区）到场人员",
        "4示例业主代表甲",
        "5示例业主代表乙",
        "解聘示例白山甲物业有限公司（通过）示例白山一号小区业主委员会",
    ):
        assert words in text, words


def test_several_who_came_told_in_one_line_each_have_a_line_to_sign(play: Play) -> None:
    found(play)
    said = {
        "present": "示例街道甲（物业科科员）、示例网格员乙",
        "chair": "示例主持人",
        "attended": ["示例主持人"],
    }
    play.do("committee_head", "joint_decision.record.submit", "submit", **(TOLD | said))
    below: Any = play.case().child("decision")
    with law.pinned():
        text = text_of(paper_made(below, "record.minutes", play.now, masked=False))
    for words in ("示例街道甲—物业科科员", "示例网格员乙—街道（社区）到场人员"):
        assert words in text, words
    assert "缺席单位" not in text
    assert text.count("示例主持人—") == 1


def test_what_is_filed_of_a_vote_names_the_result_and_its_paper(play: Play) -> None:
    decided(play)
    put_up(play, "exit.result_notice", "committee_head")
    form = text_of(made(play, "exit", "result_filing.filing_form.county"))
    for words in ("结果：通过", "同意4人，反对1人", "1业主共同决定结果1平台生成"):
        assert words in form, words


def test_the_notice_that_ends_the_contract_says_how_it_was_voted(play: Play) -> None:
    decided(play)
    said = {"ends_on": "2026-09-30", "basis": "示例依据", "hand_over": "示例移交内容", "contact": "示例联系"}
    play.do("committee_head", "exit.notice.submit", "submit", ("vote_result",), **said)
    text = text_of(made(play, "exit", "notice.ending_notice"))
    assert [words for words in FIGURES if words not in text] == []
    assert "业主共同决定（2026年3月2日表决）：" in text
    assert "合同条款" not in text
    assert "附件：业主共同决定结果" in text
    assert "法律依据：《中华人民共和国民法典》第九百四十六条。" in text


def test_votes_that_do_not_add_up_are_refused(play: Play) -> None:
    found(play)
    for words, wrong in (
        ("人数之和超过", {"heads_against": 2}),
        ("超过了参与表决人数", {"ballots_valid": 6, "ballots_returned": 6}),
        ("面积之和超过", {"area_abstained": "40.01"}),
        ("票数前后不符", {"ballots_valid": 6}),
        ("会议结束时间”不能早于", {"held_to": "2026-02-28T08:59:00+08:00"}),
    ):
        with pytest.raises(Invalid, match=words):
            play.do("committee_head", "joint_decision.record.submit", "submit", **(TOLD | wrong))


# What a notice says -------------------------------------------------------------------------------------------------


def test_notices_say_what_the_case_knows(play: Play) -> None:
    """The exit, the sharing of its cost, the report and the accounts: each with its own facts and sums."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    exit_ = put_up(play, "exit.publicity", "provider_leader")
    for words in (
        "计划退出日2026年6月30日",
        "交接安排示例交接安排",
        "继续提供物业服务",
    ):
        assert words in exit_, words
    assert "社区居民委员会书面提出" not in exit_
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    play.ask_books().give_books().compare().fund(1_000_000, 200_000)
    shared = put_up(play, "settlement.apportionment", "committee_head")
    for words in (
        "总费用10,000.00元",
        "示例乙会计师事务所报价11,000.00元",
        "列支2,000.00元；业主分摊：8,000.00元",
        "每套应摊＝业主分摊总额8,000.00元×该套房屋建筑面积÷参加分摊的总面积",
        "共7套",
        "附表各户分摊金额",
        "8,000.00元",
    ):
        assert words in shared, words
    play.go(days=9).take_down("committee_head", "settlement.apportionment")
    parts = [{"code": code, "finding": "示例结果", "irregular_cents": 0} for code in PARTS]
    parts[0] |= {"irregular_cents": 500_000, "confirmed_cents": 700_000}
    play.entrust().report(500_000, parts=parts)
    found = put_up(play, "settlement.report_notice", "committee_head")
    for words in (
        "示例结果；确认金额7,000.00元，问题金额5,000.00元",
        "问题金额5,000.00元（示例凭证）",
        "未提供资料无",
    ):
        assert words in found, words


def test_irregular_sums_of_parts_add_up_to_that_of_the_report(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county").post(
        "provider_leader", "exit.publicity"
    )
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    play.ask_books().give_books().compare().fund(1_000_000, 5_000_000).entrust()
    parts = [{"code": code, "finding": "示例结果", "irregular_cents": 1} for code in PARTS]
    with pytest.raises(Invalid, match="各部分的问题金额之和"):
        play.report(6, parts=parts)


def test_the_accounts_are_posted_with_their_sums(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county").post(
        "provider_leader", "exit.publicity"
    )
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    play.ask_books().give_books().compare().fund(1_000_000, 5_000_000).entrust().report()
    said = {"fee_cents": 900_000, "other_cents": 100_000, "paid_on": str(play.now.date())}
    play.do(
        "committee_head",
        "settlement.accounts.submit",
        "submit",
        **said,
        voucher="示例付款凭证",
        remark="示例：无结余",
    )
    text = put_up(play, "settlement.accounts_notice", "committee_head")
    for words in (
        "公共收益列支10,000.00元",
        "机构费用9,000.00元，其他1,000.00元",
        "结余0.00元",
        "示例付款凭证",
    ):
        assert words in text, words
    # no article wants this notice: its days are office practice
    assert "依据" not in text


def test_missing_books_are_demanded_by_an_article_item_by_item(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county").post(
        "provider_leader", "exit.publicity"
    )
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").ask_books()
    missing = [item.code for item in play.books()][:2]
    labels = [item.label for item in play.books()][:2]
    play.give_books(missing=tuple(missing))
    said = {"items": "；".join(labels), "until_on": "2026-03-30", "consequence": "逾期不提供的，示例后果"}
    play.do("committee_head", "settlement.books_demand.submit", "submit", **said)
    text = text_of(made(play, "settlement", "books_demand.formal_demand"))
    number = play.case("settlement").row.number
    assert f"示例白山一号小区，案号{number}，依据的文书：财务清算及提供资料通知书（2026年3月10日）。" in text
    assert "二、依据（未登记）" not in text
    assert "第十四条" in text
    assert f"1{labels[0]}——2{labels[1]}——".replace("——", "——") in text
    assert text.count("逾期") == 1


def test_a_sentence_is_one_item_whatever_stands_in_it() -> None:
    assert items("资料、资产按清单移交，钥匙、密码同时移交；读数另表") == [
        "资料、资产按清单移交，钥匙、密码同时移交",
        "读数另表",
    ]


def test_name_and_telephone_stand_apart_only_where_both_are_told() -> None:
    told = {
        "示例项目部 13900000088": ("示例项目部", "13900000088"),
        "示例部，电话：0439-0000001": ("示例部", "0439-0000001"),
        "13900000088": ("13900000088", ""),
        "示例项目部": ("示例项目部", ""),
        "示例甲 13900000088，替补示例乙 13900000099": ("示例甲 13900000088，替补示例乙 13900000099", ""),
    }
    assert {text: (contact(text).name, contact(text).phone) for text in told} == told


def test_two_contacts_keep_each_their_own_telephone() -> None:
    two = contacts("示例甲 13900000088；替补 示例乙 13900000099", capacity="联系人")
    assert [(one.name, one.phone) for one in two] == [
        ("示例甲", "13900000088"),
        ("替补 示例乙", "13900000099"),
    ]


def test_the_site_record_says_what_was_missing_who_refused_and_what_was_defective(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county").post(
        "provider_leader", "exit.publicity"
    )
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").plan().go(hours=2)
    with pytest.raises(NotFound):
        made(play, "handover", "site_record")
    play.empower("provider_leader").empower("other_provider_leader")
    play.fill("documents", missing=("drawings",))
    lift = {
        "lift": "示例1号梯",
        "registration": "示例梯1",
        "maintainer": "示例维保",
        "rescue_phone": "示例96333",
    }
    play.stand("provider_leader", "handover", "record_lift", **lift)
    defect = {
        "place": "示例泵房",
        "what": "示例漏水",
        "whose": "provider",
        "basis": "示例依据",
        "repair_by": "2026-07-20",
    }
    play.stand("other_provider_leader", "handover", "record_defect", **defect)
    refusal = {"refused_by": "示例拒签人", "reason": "示例理由", "recorders": ["示例记录甲", "示例记录乙"]}
    refusal |= {"witness": "示例见证", "party": "provider"}
    play.do("community_worker", "handover.documents.refusal", "record_refusal", **refusal)
    paper = made(play, "handover", "site_record")
    assert paper.is_preview
    text = text_of(paper)
    for words in (
        "缺失：竣工总平面图",
        "电梯示例1号梯",
        "缺陷：示例泵房，示例漏水；责任归属：原物业服务人（示例依据），2026年7月20日前修复",
        "示例拒签人拒绝签字，理由：示例理由；记录人：示例记录甲、示例记录乙。",
        "示例记录甲—拒签记录人",
        "示例见证—见证人",
        "结束时间（未登记）",
    ):
        assert words in text, words
    assert "阅读以上记录后签字" not in text


# The volume ---------------------------------------------------------------------------------------------------------


def test_the_volume_lists_what_the_bundle_holds_and_its_cover_counts_it(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files and final papers in one order; the digest of the closing note is that of the bundle's pieces."""
    run(play)
    case, out = play.case(), BytesIO()
    seat = Appointment.objects.get(pk=play.actor("subdistrict_officer").appointment_id)
    reader = Reader(seat, masked=False)
    gone_through, leaves_read = [], archive._leaves_of
    monkeypatch.setattr(archive, "_leaves_of", lambda *of: gone_through.append(of) or leaves_read(*of))
    with law.pinned():
        bundle_case(out, case.row, reader, play.now)
        assert len(gone_through) == len({of[0].id for of in gone_through})  # once for its four papers
        leaves = leaves_of(play.case(), play.now)
    with zipfile.ZipFile(out) as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
    own = [one for one in manifest["pieces"] if one["case"] == case.row.number and "place" in one]
    assert [one["title"] for one in own] == [leaf.title for leaf in leaves]
    assert [one["sha256"] for one in own] == [leaf.digest for leaf in leaves]
    pages_ = sum(leaf.pages for leaf in leaves)
    assert f"共{len(leaves)}件{pages_}页" in text_of(made(play, "exit", "case_cover"))
    listed = text_of(made(play, "exit", "case_contents"))
    assert [leaf.title for leaf in leaves if "".join(leaf.title.split()) not in listed] == []
    assert contents_digest(leaf.digest for leaf in leaves) in text_of(made(play, "exit", "closing_note"))
    assert {"案卷封面", "卷内目录"}.isdisjoint(leaf.title for leaf in leaves)
    posters = [leaf.title for leaf in leaves if leaf.title.endswith("（张贴件）")]
    printed = [one.code for one in papers_made(play.case(), play.now, masked=False) if ".poster_" in one.code]
    titles = {row.title for row in Notice.objects.filter(case=case.row)}
    assert {f"{title}（张贴件）" for title in titles} == set(posters)
    assert len(printed) == 2 * len(posters)


def test_the_cover_names_the_organ_that_did_something_in_the_case(play: Play) -> None:
    play.classify("grade_d")
    play.urge()
    assert "示例白山县住房和城乡建设局" in text_of(made(play, "exit", "case_cover"))
    play.stand("subdistrict_leader", "exit", "suspend", reason="示例暂停", citation="示例依据")
    cover = text_of(made(play, "exit", "case_cover"))
    assert "示例白山街道办事处" in cover
    assert "示例白山县住房和城乡建设局" not in cover


def test_the_cover_names_who_files_the_volume_and_how_long_it_is_kept(play: Play) -> None:
    """The convener that of a vote, the organ that may end the case any other, whoever closed it."""
    set_here("archive.retention", {"joint_decision": "示例保管期限"})
    play.apply("2026-06-30").arrive().vote()
    closed = text_of(made(play, "joint_decision", "case_cover"))
    assert closed.endswith("示例白山一号小区业主委员会")
    assert "保管期限示例保管期限" in closed
    running = text_of(made(play, "exit", "case_cover"))
    assert running.endswith("示例白山街道办事处")
    assert "（本地未设定，归档时填写）" in running


def test_the_volume_of_a_case_below_names_its_parties_and_the_papers_as_they_are_headed(play: Play) -> None:
    """The number on the paper, the side that handed over, one body for every volume of the exit."""
    run(play)
    with law.pinned():
        handed = {leaf.title: leaf for leaf in leaves_of(play.case("handover"), play.now)}
        settled = leaves_of(play.case("settlement"), play.now)
    estate, giver = "示例白山一号小区", "示例白山甲物业有限公司"
    for heading in ("物业资料移交清单", "物业资产移交清单"):
        assert handed[f"{estate}{heading}"].author == giver
    assert handed["现场交接记录"].author.startswith(f"{giver}、")
    assert handed["水电气热读数表"].author == handed["现场交接记录"].author
    assert not handed["现场交接记录"].number
    of_notices = [
        leaf for leaf in settled if leaf.title == "公示情况说明" or leaf.title.endswith("（张贴件）")
    ]
    assert of_notices
    assert {leaf.number for leaf in of_notices} == set(
        Notice.objects.filter(case=play.case("settlement").row).values_list("number", flat=True)
    )
    for code in ("handover", "settlement"):
        cover = text_of(made(play, code, "case_cover"))
        assert f"当事人{giver}、" in cover
        assert cover.endswith("示例白山街道办事处")
    assert "示例白山一号小区业主委员会" in text_of(made(play, "settlement", "case_cover"))


def test_the_course_names_the_person_with_the_post_and_the_item(play: Play) -> None:
    """Persons act, not bodies; and what was told of a list is which item and how it was found."""
    run(play)
    with law.pinned():
        told = timeline(play.case("handover"), play.now)
    items = [one.what for one in told.events if "登记一项" in one.what]
    assert len(set(items)) == len(items) > 1
    assert any(one.endswith("（原件）") for one in items)
    head = play.area.people["provider_leader"].name
    assert any(one.by.startswith(f"示例白山甲物业有限公司 {head}（") for one in told.events)


def test_the_course_of_a_case_that_has_ended_says_when_it_was_printed(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote().go(days=3)
    ended = play.case("joint_decision").row.ended_at
    assert ended is not None
    shown = made(play, "joint_decision", "case_timeline")
    assert f"导出时间：{instant_words(play.now)}" in text_of(shown)
    assert play.now > ended


def test_a_form_that_is_still_to_be_sent_is_not_in_the_volume(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    with law.pinned():
        titles = [leaf.title for leaf in leaves_of(play.case(), play.now)]
    assert not [title for title in titles if title.startswith("备案表")]
    play.file_with("subdistrict")
    with law.pinned():
        titles = [leaf.title for leaf in leaves_of(play.case(), play.now)]
    assert [title for title in titles if title.startswith("备案表")] == [
        "备案表（街道办事处（乡镇人民政府））"
    ]


def test_what_comes_after_the_closing_stands_after_it(play: Play) -> None:
    """A filing is done when it is sent; its receipt may come when the case has ended."""
    run(play)
    play.go(hours=1).take_over().leave()
    play.do(
        "other_provider_leader",
        "handover.filing.send:county",
        "send",
        sent_at=play.now.isoformat(),
        method="platform",
        proof="示例报送凭证",
    )
    row = play.case("handover").row
    last = row.said.order_by("seq").last()
    assert last is not None
    ended = {"ended_at": last.at - timedelta(minutes=30), "ended_why": "示例结案", "outcome": "done"}
    Case.objects.filter(pk=row.pk).update(**ended)
    with law.pinned():
        events = timeline(play.case("handover"), play.now).events
    assert [one.at for one in events] == sorted(one.at for one in events)
    assert [one.what for one in events[-2:]] == ["结案：示例结案", "交接确认书备案：报送"]
