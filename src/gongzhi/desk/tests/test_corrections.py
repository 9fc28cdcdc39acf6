"""Putting right what was said: who may, on which form, what stays to be read, and the dates that move by it."""

from typing import Any

import pytest

from gongzhi.desk.tests.browsing import form_at, forms_in, sign_in, text_of
from gongzhi.desk.tests.looking import plain, read
from gongzhi.exits.tests.play import Play, application
from gongzhi.notices.models import Notice, Objection
from gongzhi.procedures.models import CaseAct


@pytest.fixture
def play(stage: Play) -> Play:
    """Applied on Monday 2 March 2026 at 09:00; the receipt, given three days later, names the 5th."""
    stage.apply("2026-06-30").go(days=3)
    return stage.arrive()


def said(play: Play, name: str) -> CaseAct:
    """The newest act of that name."""
    return CaseAct.objects.filter(case=play.root, name=name).latest("seq")


def address(play: Play, name: str) -> str:
    return f"/cases/{play.root}/said/{said(play, name).pk}/correct/"


def test_whoever_said_it_puts_it_right_on_its_own_form_and_the_first_words_stay(play: Play) -> None:
    client, where = sign_in(play, "committee_head"), address(play, "receive")
    assert where in read(client, f"/cases/{play.root}/")
    form = form_at(client, where)
    assert form.value("arrived_at") == "2026-03-05T09:00"
    assert form.value("received_by") == "示例签收人"
    # received on the 3rd: 28 days of March, 30 of April, 31 of May make 89; the 90th is 1 June 2026
    done = form.send(arrived_at="2026-03-03T10:00", received_by="示例签收人", why_corrected="回证写的是三日")
    assert done.status_code == 302, text_of(done)[-3000:]
    text = read(client, f"/cases/{play.root}/")
    step = text.split('id="step-application"')[1].split('id="step-filing"')[0]
    assert "<del>2026-03-05 周四 09:00</del> <ins>2026-03-03 周二 10:00</ins>" in step
    assert "回证写的是三日" in step
    # 5 March + 90 days: 26 of March, 30 of April, 31 of May make 87, so 3 June; it moves to 1 June
    assert "由 06-03 周三 24:00 改为 06-01 周一 24:00" in plain(step)
    assert "已办：" in text
    rows = CaseAct.objects.filter(case=play.root, name="receive")
    assert [row.facts["arrived_at"][:10] for row in rows] == ["2026-03-05"]
    assert said(play, "correct").facts["reason"] == "回证写的是三日"


def test_a_second_correction_begins_with_what_counts_now(play: Play) -> None:
    client, where = sign_in(play, "committee_head"), address(play, "receive")
    first = form_at(client, where)
    first.send(arrived_at="2026-03-03T10:00", received_by="示例签收人", why_corrected="示例原因")
    second = form_at(client, where)
    assert second.value("arrived_at") == "2026-03-03T10:00"
    second.send(arrived_at="2026-03-03T10:00", received_by="另一位签收人", why_corrected="示例又一原因")
    text = read(client, f"/cases/{play.root}/")
    assert "<del>示例签收人</del> <ins>另一位签收人</ins>" in text
    assert "示例又一原因" in text
    assert play.case().said(play.case().declaration.step("application")).exit_on.isoformat() == "2026-06-30"


def test_others_have_no_link_and_are_told_who_may(play: Play) -> None:
    where = address(play, "receive")
    for name, status in (("provider_leader", 403), ("subdistrict_officer", 403), ("owner", 403)):
        client = sign_in(play, name)
        assert where not in read(client, f"/cases/{play.root}/")
        answer = client.get(where)
        assert answer.status_code == status, name
        assert "应由原来填写的单位更正" in text_of(answer)
    assert sign_in(play, "other_provider_leader").get(where).status_code == 404


def test_what_the_law_or_the_kind_refuses_is_said_and_nothing_typed_is_lost(play: Play) -> None:
    client, where = sign_in(play, "committee_head"), address(play, "receive")
    early = form_at(client, where).send(
        arrived_at="2026-03-01T09:00", received_by="示例签收人", why_corrected="示例原因"
    )
    told = text_of(early)
    assert early.status_code == 409
    assert "早于提交时间" in told
    [again] = forms_in(client, told)
    assert again.value("why_corrected") == "示例原因"
    empty = form_at(client, where).send(arrived_at="2026-03-03T10:00", received_by="x", why_corrected="")
    assert empty.status_code == 400
    assert "请填写“更正原因”" in text_of(empty)
    same = form_at(client, where)
    kept: dict[str, Any] = {"arrived_at": "2026-03-05T09:00", "received_by": "示例签收人"}
    unchanged = same.send(**kept, why_corrected="示例原因")
    assert unchanged.status_code == 409
    assert "与原来的一样" in text_of(unchanged)
    assert not CaseAct.objects.filter(name="correct").exists()


def test_the_form_says_whether_it_shows_what_counts_or_what_was_refused(play: Play) -> None:
    client, where = sign_in(play, "committee_head"), address(play, "receive")
    counts, typed = "下面是现在有效的内容", "填写、还没有提交的内容，不是现在有效的内容"
    form = form_at(client, where)
    assert counts in read(client, where)
    refused = text_of(
        form.send(arrived_at="2026-03-01T09:00", received_by="示例签收人", why_corrected="示例原因")
    )
    later = read(client, where)
    for told in (refused, later):
        assert (counts in told, typed in told, "暂存的内容" in told) == (False, True, False)
        assert 'value="drop" formnovalidate>恢复现在有效的内容</button>' in told
    again = form_at(client, where)
    assert again.value("arrived_at") == "2026-03-01T09:00"
    assert again.send(do="drop")["Location"] == where
    assert form_at(client, where).value("arrived_at") == "2026-03-05T09:00"
    assert counts in read(client, where)


def test_the_rule_of_the_step_stands_before_a_correction_too(play: Play) -> None:
    client, where = sign_in(play, "provider_leader"), address(play, "submit")
    form = form_at(client, where)
    assert form.value("reason") == "示例经营原因"
    told: dict[str, Any] = {
        "reason": "示例经营原因",
        "handover_plan": "示例交接安排",
        "contact": "示例联系人 13900000000",
        "staff_until_takeover": "示例人员安排",
        "serves_until_takeover": "true",
        "why_corrected": "示例改期",
    }
    refused = form.send(exit_on="2026-08-31", **told)
    assert refused.status_code == 409
    assert "变更退出日期" in text_of(refused)
    done = form_at(client, where).send(exit_on="2026-06-30", **told | {"reason": "示例另一原因"})
    assert done.status_code == 302, text_of(done)[-3000:]
    assert "<del>示例经营原因</del> <ins>示例另一原因</ins>" in read(client, f"/cases/{play.root}/")


def test_words_that_changed_the_world_are_not_put_right_and_say_so(play: Play) -> None:
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-13 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30")
    client, where = sign_in(play, "committee_head"), address(play, "submit")
    assert said(play, "submit").round is not None
    text = read(client, f"/cases/{play.root}/")
    assert where not in text
    assert "这项内容已经生效，不能更正" in text
    answer = client.get(where)
    assert answer.status_code == 409
    assert "请以新的办理事项办理" in text_of(answer)


def test_a_case_that_is_over_is_not_put_right(play: Play) -> None:
    where = address(play, "receive")
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    client = sign_in(play, "committee_head")
    assert where not in read(client, f"/cases/{play.root}/")
    answer = client.get(where)
    assert answer.status_code in (404, 409)
    assert "更正" in text_of(answer)


def test_what_the_public_reads_of_a_reply_is_put_right_after_the_case_is_over_too(play: Play) -> None:
    play.post("provider_leader", "exit.publicity").stand("owner", "exit", "object", content="示例异议")
    told: dict[str, Any] = {"finding": "示例核实", "adopted": False, "next_remedy": "可向街道申请调解"}
    play.do("provider_leader", "exit.publicity.reply:1", "reply", **told, summary="认为退出太早了")
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    client, where = sign_in(play, "provider_leader"), address(play, "reply")
    text = read(client, f"/cases/{play.root}/")
    assert where in text
    assert address(play, "submit") not in text
    form = form_at(client, where)
    assert form.value("summary") == "认为退出太早了"
    sent = told | {"summary": "认为退出日期太早", "adopted": "false", "why_corrected": "写得不清楚"}
    done = form.send(**sent)
    assert done.status_code == 302, text_of(done)[-3000:]
    assert "<del>认为退出太早了</del> <ins>认为退出日期太早</ins>" in read(client, f"/cases/{play.root}/")
    public = plain(read(client, f"/notices/{Notice.objects.get().pk}/"))
    assert "说的是：认为退出日期太早（2026-03-05 周四 更正）" in public


def test_of_two_rounds_the_one_is_put_right_that_was_meant(play: Play) -> None:
    told: dict[str, Any] = {"finding": "示例核实", "adopted": False, "next_remedy": "可向街道申请调解"}
    for words in ("认为退出太早了", "认为退出太晚了"):
        play.post("provider_leader", "exit.publicity").stand("owner", "exit", "object", content=words)
        play.do("provider_leader", "exit.publicity.reply:1", "reply", **told, summary=words)
        if words == "认为退出太早了":
            play.go(hours=1).stand("provider_leader", "exit", "amend", reason="示例改期")
            again = application("2026-08-31") | {"reason": "示例另一原因"}
            play.do("provider_leader", "exit.application.submit", "submit", ("exit_application",), **again)
            play.go(hours=1).arrive()
    first = CaseAct.objects.filter(case=play.root, name="reply").earliest("seq")
    client, where = sign_in(play, "provider_leader"), f"/cases/{play.root}/said/{first.pk}/correct/"
    form = form_at(client, where)
    assert form.value("summary") == "认为退出太早了"
    done = form.send(**told | {"adopted": "false"}, summary="认为公示的日期太早", why_corrected="示例原因")
    assert done.status_code == 302, text_of(done)[-3000:]
    summaries = Objection.objects.order_by("raised_at").values_list("summary", flat=True)
    assert list(summaries) == ["认为公示的日期太早", "认为退出太晚了"]


def test_the_form_of_a_correction_is_reached_from_the_words_alone(play: Play) -> None:
    client = sign_in(play, "committee_head")
    assert client.get(f"/cases/{play.root}/acts/correct/")["Location"] == f"/cases/{play.root}/"
    assert client.get(f"/cases/{play.root}/said/{play.root}/correct/").status_code == 404


def test_a_neighbour_reads_that_something_was_put_right_and_not_what(play: Play) -> None:
    form = form_at(sign_in(play, "committee_head"), address(play, "receive"))
    form.send(arrived_at="2026-03-03T10:00", received_by="另一位签收人", why_corrected="示例原因")
    text = read(sign_in(play, "owner"), f"/cases/{play.root}/")
    assert "更正" in text
    for hidden in ("另一位签收人", "示例签收人", "示例原因"):
        assert hidden not in text
