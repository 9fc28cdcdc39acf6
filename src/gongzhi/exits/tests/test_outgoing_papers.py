"""What a paper that goes out says of who signs it, what was decided, and what is not known."""

import pytest

from gongzhi.exits.tests.play import Play, at
from gongzhi.exits.tests.test_papers import made, offered, put_up, text_of
from gongzhi.papers.documents import Letter, Record
from gongzhi.registry.models import Organisation


@pytest.mark.parametrize(
    ("chosen", "follows"),
    [("contract", "，选聘示例白山乙物业有限公司"), ("self_managed", "，业主自行管理"), ("dismiss", "")],
)
def test_who_dismisses_says_so_whoever_follows(play: Play, chosen: str, follows: str) -> None:
    play.move("dismissed_in_term")
    play.vote(chosen).tell_end("2026-05-31")
    decided = f"解聘示例白山甲物业有限公司{follows}"
    assert f"决定内容：{decided}\n" in offered(play, "exit.result_notice")["body"]
    assert f"决定内容{decided}" in put_up(play, "exit.result_notice", "committee_head")
    assert f"业主共同决定（2026年3月2日表决）：{decided}。" in text_of(
        made(play, "exit", "notice.ending_notice")
    )


def test_a_reply_is_of_who_posted_with_the_opinion_of_who_looked_into_it(play: Play) -> None:
    """`practice.md` 3: the committee signs, with the firm's opinion."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity").until("2026-03-10 08:00")
    play.take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    play.ask_books().give_books().compare().fund(1_000_000, 5_000_000)
    play.entrust().report().post("committee_head", "settlement.report_notice")
    play.go(days=1).stand("owner", "settlement", "object", "report_notice", content="示例异议内容")
    said = {"finding": "示例核实情况", "adopted": False, "next_remedy": "示例救济途径"}
    play.do("firm_accountant", "settlement.report_notice.reply:1", "reply", **said)
    paper = made(play, "settlement", "report_notice.objection_reply.1")
    form = paper.form()
    assert isinstance(form, Letter)
    owners, firm = (play.area.organisations[name].name for name in ("committee", "firm"))
    assert form.signers == (owners,)
    assert f"{firm}出具的意见：示例核实情况。" in text_of(paper)
    assert paper.document.author is not None
    assert paper.document.author(paper.source) == owners


def test_what_is_not_registered_is_left_out_or_room_to_write(play: Play) -> None:
    """A receipt, a form and a letter say nothing of a telephone, a code, a person nobody told."""
    Organisation.objects.update(uscc="", phone_service="")
    play.apply("2026-06-30").arrive()
    receipt = made(play, "exit", "application.application_receipt").form()
    form = made(play, "exit", "filing.filing_form.county").form()
    assert isinstance(receipt, Record)
    assert isinstance(form, Record)
    assert {line.value for line in receipt.lines if line.label == "联系电话"} == {""}
    assert {line.label for line in form.lines if not line.value} == {"报送日期"}
    assert "信用代码" not in {line.label for line in form.lines}
    play.file_with("subdistrict", "county")
    for paper in (
        made(play, "exit", "filing.filing_form.county"),
        made(play, "exit", "application.exit_application"),
    ):
        assert "未登记" not in text_of(paper)


def test_the_receipt_of_a_paper_that_came_first_tells_both_hours_and_is_dated_when_it_was_signed(
    play: Play,
) -> None:
    handed = at("2026-02-27 16:00").isoformat()
    play.apply("2026-07-31", handed_at=handed).until("2026-03-05 10:00")
    said = {"arrived_at": handed, "received_by": "示例签收人"}
    play.do("committee_head", "exit.application.receive", "receive", **said)
    form = made(play, "exit", "application.application_receipt").form()
    assert isinstance(form, Record)
    lines = {line.label: line.value for line in form.lines}
    assert lines["送达方式"] == (
        "纸质原件于2026年2月27日（周五）16:00送达，2026年3月2日（周一）09:00录入平台，收件人签收"
    )
    assert lines["到达时间"].startswith("2026年2月27日")
    assert form.date == "2026年3月5日"
    assert "平台填报" not in str(form.model_dump())
    assert "纸质原件" in str(form.sections[0].model_dump())


def test_who_serves_is_an_authority_only_where_it_is_one(play: Play) -> None:
    play.apply("2026-06-30")
    proof = {
        "arrived_at": play.now.isoformat(), "method": "leave", "address": "示例送达地点",
        "servers": ["示例甲", "示例乙"], "witness": "示例见证人", "refusal": "示例拒收",
    }  # fmt: skip
    play.do("provider_leader", "exit.application.prove", "prove", **proof)
    form = made(play, "exit", "application.service_record").form()
    assert isinstance(form, Record)
    assert (form.lines[0].label, form.lines[0].value) == ("送达单位", "示例白山甲物业有限公司")


def test_a_filing_is_a_preview_without_a_day_until_it_was_sent(play: Play) -> None:
    """Until then it names whom the application named, whatever signs the name is written with."""

    def filled() -> dict[str, str]:
        form = made(play, "exit", "filing.filing_form.county").form()
        assert isinstance(form, Record)
        assert form.date == ""
        return {line.label: line.value for line in form.lines}

    play.apply("2026-06-30", contact="𠮷田㐂子𪚥 13900000016").arrive()
    assert made(play, "exit", "filing.filing_form.county").is_preview
    assert filled()["报送日期"] == ""
    assert filled()["联系人"] == "𠮷田㐂子𪚥（电话13900000016）"
    play.file_with("subdistrict", "county")
    assert not made(play, "exit", "filing.filing_form.county").is_preview
    assert filled()["报送日期"] == "2026年3月2日"
    assert filled()["联系人"].startswith(play.area.people["provider_leader"].name)


def test_the_form_of_a_filing_bears_its_receipt_once_it_is_there(play: Play) -> None:
    play.apply("2026-06-30").file_with("subdistrict", "county")
    play.go(hours=1)
    play.do("county_officer", "exit.filing.receipt:county:1", "receipt", number="示例备〔2026〕8号")
    answered = text_of(made(play, "exit", "filing.filing_form.county"))
    for words in (
        "收到时间：2026年3月2日",
        "回执编号：示例备〔2026〕8号",
        play.area.people["county_officer"].name,
    ):
        assert words in answered, words
    # another authority has not answered, and has its room to write
    waiting = text_of(made(play, "exit", "filing.filing_form.subdistrict"))
    assert "收到时间：年月日时分" in waiting
    assert "示例备〔2026〕8号" not in waiting


def test_a_receipt_that_was_given_no_number_has_one_of_its_own(play: Play) -> None:
    """Two of one filing differ, and what was given first keeps its number."""
    play.apply("2026-06-30").file_with("subdistrict", "county")
    numbers = []
    for role, copy in (("county", "county"), ("subdistrict", "subdistrict-2")):
        play.do(f"{role}_officer", f"exit.filing.receipt:{role}:1", "receipt")
        numbers.append(text_of(made(play, "exit", f"filing.filing_receipt.{copy}")))
    own = play.case().row.number
    assert f"{own}-2-1" in numbers[0]
    assert f"{own}-2-2" in numbers[1]
    assert f"{own}-2-1" in text_of(made(play, "exit", "filing.filing_receipt.county"))
