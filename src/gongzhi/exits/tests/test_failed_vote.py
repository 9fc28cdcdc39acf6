"""What a vote that did not pass leaves on paper: its figures, what it fell short of, and nothing for anybody to do."""

from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.papers.documents import Record

MINUTES = "record.minutes"


def test_what_did_not_pass_stands_apart_with_its_figures_and_obliges_nobody(play: Play) -> None:
    """2 of 5 who took part is not over half; 300 of 400 square metres is."""
    play.apply("2026-06-30").arrive().vote(heads_for=2)
    form = made(play, "joint_decision", MINUTES).form()
    assert isinstance(form, Record)
    assert [part.heading for part in form.sections if part.heading] == [
        "一、会议内容",
        "二、未通过的事项",
        "三、出席人员",
    ]
    table = form.sections[1].table
    assert table is not None
    assert [one.title for one in table.columns] == ["序号", "事项", "表决情况", "没有达到的门槛"]
    text = text_of(made(play, "joint_decision", MINUTES))
    for words in (
        "人数：总数6人，参与5人；同意2人；门槛：参与不少于2/3，同意超过1/2",
        "专有部分面积：总数452.50平方米，参与400.00平方米；同意300.00平方米",
    ):
        assert words in text, words
    assert table.rows[0][-1] == "同意人数2人（参与表决5人），要求超过1/2"
    assert "议定事项" not in text
    assert "责任单位" not in text


def test_minutes_of_what_passed_name_all_votes_of_both_measures(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote()
    text = text_of(made(play, "joint_decision", MINUTES))
    assert "议定事项" in text
    assert "未通过的事项" not in text
    assert "人数：总数6人，参与5人；同意4人；门槛：" in text


def test_the_cover_of_a_vote_says_that_it_did_not_pass(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote(heads_for=2)
    cover = text_of(made(play, "joint_decision", "case_cover"))
    assert "业主共同决定未通过" in cover
    assert "各步骤均已办结" not in cover


def test_what_did_not_pass_is_no_decision_and_what_was_not_told_is_not_printed(play: Play) -> None:
    """Told are the figures, the day and who was there: neither ballots nor where they are checked."""
    play.move("dismissed_in_term")
    play.vote("dismiss", heads_for=2)
    task = play.task("exit.result_notice.post")
    view = play.case()
    step = view.declaration.step("result_notice")
    begun = step.begins_with(view, "post", play.now, task.name)
    poster = str(begun)
    result = text_of(made(play, "joint_decision", "record.vote_result"))
    for text in (poster, result):
        assert "表决内容" in text
        assert "决定内容" not in text
        assert "2026年3月2日" in text
        assert "（未登记）" not in text
