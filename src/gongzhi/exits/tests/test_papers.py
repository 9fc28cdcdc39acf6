"""Every paper an exit makes says what was said in it, to the cent and the minute, and nothing that was not."""

from io import BytesIO
from typing import Any

import pytest

from gongzhi.exits.tests.play import Play
from gongzhi.law import queries as law
from gongzhi.papers.actions import store_upload
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.render import render
from gongzhi.papers.tests import shots
from gongzhi.papers.tests.measure import pages
from gongzhi.procedures.documents import Document, Made, paper_made, papers_made
from gongzhi.procedures.perform import perform
from gongzhi.values.refusals import Invalid, NotFound, NotPossible, RuleBroken

#: What each paper must hold, by case and code; written by hand from what the play says.
MUST = {
    "exit application.exit_application": (
        "物业服务退出申请书 示例白山一号小区业主委员会： 2024年12月22日签订 计划于2026年6月30日退出 示例经营原因 "
        "（1）示例交接安排 示例人员安排 示例联系人13900000000 在新的管理人接管之前 金额未登记 2026年3月2日"
    ),
    "exit application.application_receipt": (
        "收件回执 示例白山一号小区业主委员会 提交人 示例白山甲物业有限公司 2026年3月2日（周一）09:00 书面退出申请 "
        "从次日起算 不表示同意 示例签收人"
    ),
    "exit filing.filing_form.county": "备案表 示例白山县住房和城乡建设局 第12条 退出申请：2026年3月2日。",
    "exit publicity.poster_a4": "示例公示内容 第12条 2026年3月2日张贴 2026年3月9日（周一）24:00 小区东门",
    "exit publicity.notice_report": (
        "公示情况说明 2026年3月10日（周二）08:00 示例甲 示例乙 系统中没有上传照片 公示期已满，未中断，未收到异议"
    ),
    "exit agreement.exit_agreement": (
        "物业服务退出协议 双方同意原合同于2026年6月30日终止 示例清算安排 物业费计收至2026年6月30日 示例预收处理 "
        "不得以欠费为由 示例违约责任 示例签字人（授权代表） 2026年3月10日"
    ),
    "settlement scope.books_request": (
        "财务清算及提供资料通知书 公共收益收支结余 2025年1月1日至2026年3月10日 请于2026年3月20日前提供"
    ),
    "settlement funding.sharing_sheet": "总额 10,000.00元 列支2,000.00元 业主分摊：8,000.00元 合计 8,000.00元",
    "settlement apportionment.fee_sharing_notice": (
        "总费用 10,000.00元 示例乙会计师事务所报价11,000.00元 凭证示例凭证1 房屋建筑面积 共7户 8,000.00元"
    ),
    "settlement entrustment.entrustment": (
        "财务清算委托书 示例资质1 10,000.00元 示例：与物业服务人无利害关系 2026年4月8日前交付示例清算报告一式五份 "
        "于2026年3月20日前"
    ),
    "settlement report.settlement_cover": "财务清算报告 示例会计甲、示例会计乙 示例资质1 未提供资料 无",
    "settlement report_notice.settlement_notice": "5,000.00元 公共收益收支结余 示例结果 2026年3月26日（周四）24:00",
    "handover documents.document_list": "物业资料移交清单 示例白山乙物业有限公司 示例物业服务用房 加盖骑缝章 见证方",
    "handover assets.asset_list": "物业资产移交清单",
    "handover extra.further_list": "其他交接事项清单",
    "handover meter_sheet": "水电气热读数表 总水表 12,876.5 2026年6月30日（周二）11:00",
    "handover power_of_attorney.1": (
        "授权委托书 证件尾号001X 自2026年1月1日起至2026年12月31日止 受托人无转委托权 示例：物业项目交接"
    ),
    "handover confirmation.handover_confirmation": (
        "自2026年6月30日（周二）11:30起 示例：有缺失项目 示例：限期补交 2026年7月10日 12,876.5 监督单位 见证方"
    ),
    "handover filing.filing_form.subdistrict": "备案表 交接确认书备案 示例白山街道办事处",
    "exit case_cover": "示例白山一号小区物业服务人退出 尚未结案 保管期限 （未登记） 共2件2页",
    "exit case_contents": "卷内目录 书面退出申请 退出协议",
    "exit case_timeline": "案件办理经过 退出申请：签收 退出协议：会签",
}


def run(play: Play) -> Play:
    """An exit paid in part by the owners, to the takeover, with one thing missing."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    play.ask_books().give_books().compare().fund(1_000_000, 200_000)
    play.post("committee_head", "settlement.apportionment").go(days=9)
    play.take_down("committee_head", "settlement.apportionment")
    play.entrust().report(500_000).post("committee_head", "settlement.report_notice")
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
    assert "待登记" in text_of(paper)
    play.fill("documents")
    paper = made(play, "handover", "documents.document_list")
    assert not paper.is_preview
    assert "预览" not in text_of(paper)
    assert "待登记" not in text_of(paper)


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
    for word in ("补正通知书", "示例白山甲物业有限公司", "1示例预收清单", "2示例交接人员", "2026年3月2日"):
        assert word in text


def test_a_poster_opens_the_notice_where_the_door_has_an_address(play: Play) -> None:
    play.apply("2026-06-30").post("provider_leader", "exit.publicity")
    with law.pinned():
        form: Any = made(play, "exit", "publicity.poster_a3", site="https://gongzhi.example").form()
    notice = play.case().row.notices.get()
    assert (form.paper, form.address) == ("a3", f"https://gongzhi.example/notices/{notice.pk}/")
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
    play.do("county_officer", "exit.urging.draft", "draft", **said)
    paper = made(play, "exit", "urging.letter")
    assert paper.is_preview
    text = text_of(paper)
    for word in (
        "督促启动解聘程序的函",
        "一、基本情况",
        "示例事实",
        "示例督促",
        "不是对物业服务人的退出命令",
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
    blank = text_of(made(play, "exit", "urging.service_record"))
    assert "示例县建白山〔2026〕1号督促启动解聘程序的函" in blank


def test_a_list_of_files_is_offered_once_there_is_a_file(play: Play) -> None:
    """Else the page of a case would lead to a refusal."""
    play.apply("2026-06-30").arrive()
    play.vote()
    assert made(play, "exit", "case_contents").form()
    with pytest.raises(NotFound):
        made(play, "joint_decision", "case_contents")


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
    served = play.now.date()
    letter = text_of(made(play, "settlement", "findings.refund_letter"))
    for word in (
        "限期退还通知书",
        "示例白山甲物业有限公司",
        "12,345.00元",
        "示例账户",
        f"{served.day}日送达",
    ):
        assert word in letter
    record = text_of(made(play, "settlement", "findings.service_record"))
    for word in ("送达回证", "留置送达", "示例送达地点", "示例甲", "示例乙", "示例见证人", "示例拒收"):
        assert word in record
    receipt = text_of(made(play, "exit", "filing.filing_receipt.subdistrict"))
    for word in ("备案回执", "示例回执1号", "不是行政许可或者审批", "书面退出申请"):
        assert word in receipt
