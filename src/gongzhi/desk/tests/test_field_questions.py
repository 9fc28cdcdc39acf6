"""A form asked one question a screen: only what says something is asked, and a mistake is told where it was made."""

import re
from html import unescape
from typing import Any

from django.test import Client

from gongzhi.desk.tests.browsing import sign_in, text_of
from gongzhi.desk.tests.test_checklists import asked, items, play
from gongzhi.exits.tests.play import Play
from gongzhi.procedures.models import CaseAct

__all__ = ["play"]
FURTHER = "further-1"


def said(client: Client, path: str, *answers: str) -> tuple[Any, list[str]]:
    """Answer the questions from the first, one after another; the page that follows, and the questions asked."""
    found, answer = [], client.get(path)
    for value in answers:
        page = text_of(answer)
        found.append(question(page))
        answer = sent(client, path, page, value)
        if answer.status_code == 302:
            answer = client.get(answer["Location"])
    return answer, found


def question(page: str) -> str:
    """What a screen asks."""
    found = re.search(r"<title>[^：]*：([^<]*?)(?: · [^<]*)?</title>", page)
    assert found is not None, page[:500]
    return unescape(found[1]).strip()


def sent(client: Client, path: str, page: str, value: str, do: str = "") -> Any:
    """Answer the question of a screen; a photograph is left out. `do`: another button than the first."""
    inside = page.partition('<form class="form"')[2].partition("</form>")[0]
    body = {
        name: unescape(said)
        for name, said in re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', inside)
    }
    shown = re.search(r'<(?:input type="(?!hidden|file)[^"]*"|textarea|select) name="([^"]+)"', inside)
    body |= {shown[1]: value} if shown is not None else {}
    return client.post(path, body | {"form-do": do or ("send" if ">提交</button>" in inside else "keep")})


def record(play: Play) -> str:
    """Where one item is told on a telephone."""
    return f"/field/tasks/{play.task('settlement.books.fill').pk}/record/"


def test_what_the_law_names_is_told_without_a_name_and_what_is_there_without_a_reason(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), record(play)
    code, label = items(play)[0].code, items(play)[0].label
    _, questions = said(client, path, "", code, "original", "2", "示例良好")
    assert questions == ["现场照片", "项目", "状态", "份数", "状况"]
    assert (items(play)[0].label, items(play)[0].state, items(play)[0].quantity) == (label, "original", 2)


def test_what_is_beyond_the_list_is_asked_for_its_name(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), record(play)
    nameless, questions = said(client, path, "", FURTHER, "original", "")
    assert questions[3] == question(text_of(nameless)) == "名称（清单以外的项目）"
    assert "请填写“名称（清单以外的项目）”" in text_of(nameless)
    said(client, path, "", FURTHER, "original", "示例借条", "1", "")
    assert [(row.label, row.state) for row in items(play)[5:]] == [("示例借条", "original")]
    assert not any(row.state for row in items(play)[:5])


def test_a_name_typed_for_what_is_beyond_is_let_go_where_the_law_names_the_item(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), record(play)
    code, label = items(play)[0].code, items(play)[0].label
    said(client, path, "", FURTHER, "original", "示例借条")
    page = text_of(client.get(f"{path}?q=1"))
    sent(client, path, page, code)
    answer = client.get(f"{path}?q=3")
    for value in ("1", ""):
        answer = sent(client, path, text_of(answer), value)
        answer = client.get(answer["Location"])
    assert (items(play)[0].label, items(play)[0].state) == (label, "original")


def test_what_is_missing_is_asked_for_its_reason_and_none_is_told_at_its_question(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), record(play)
    code = items(play)[1].code
    answer, questions = said(client, path, "", code, "missing", "", "")
    assert questions == ["现场照片", "项目", "状态", "份数", "状况"]
    page = text_of(answer)
    assert (question(page), "可不填" in page) == ("缺失原因", False)
    again = sent(client, path, page, "")
    assert (again.status_code, question(text_of(again))) == (400, "缺失原因")
    assert "请填写“缺失原因”" in text_of(again)
    # one who goes straight to the end is led back to it
    last = text_of(client.get(f"{path}?q=6"))
    refused = sent(client, path, last, "2026-04-01")
    assert (refused.status_code, question(text_of(refused))) == (400, "缺失原因")
    assert "请填写“缺失原因”" in text_of(refused)
    sent(client, path, text_of(refused), "示例遗失")
    assert sent(client, path, text_of(client.get(f"{path}?q=6")), "2026-04-01").status_code == 302
    assert (items(play)[1].state, items(play)[1].reason) == ("missing", "示例遗失")


def test_what_is_wrong_with_no_answer_alone_is_told_too(play: Play) -> None:
    asked(play)
    for item in items(play):
        play.do("provider_leader", "settlement.books.fill", "record", code=item.code, state="original")
    play.do("provider_leader", "settlement.books.fill", "fill")
    client = sign_in(play, "committee_head")
    path = f"/field/tasks/{play.task('settlement.books.refusal').pk}/record_refusal/"
    answer, questions = said(
        client, path, "", "示例人", "示例理由", "示例甲、示例乙", "示例甲", "", "", "provider"
    )
    assert questions[-1] == "拒签方"
    page = text_of(answer)
    assert answer.status_code == 400
    assert "记录人和见证人要是不同的人，请改正" in page
    assert not CaseAct.objects.filter(name="record_refusal").exists()


def test_a_screen_says_which_list_its_item_is_of_and_takes_no_camera_for_what_is_written(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), record(play)
    page = text_of(client.get(path))
    assert "填写提供资料清单 · 第 1 问，共 5 问" in page
    done, _ = said(client, path, "", items(play)[0].code, "original", "", "")
    page = text_of(done)
    assert "填写提供资料清单：登记一项" in page
    link = page.partition(f'href="{path}"')[2].partition("</a>")[0]
    assert ("登记一项" in link, "#camera" in link) == (True, False)


def test_going_back_keeps_what_was_typed_on_the_screen(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), record(play)
    answer, _ = said(client, path, "", items(play)[0].code, "original", "2")
    page = text_of(answer)
    assert question(page) == "状况"
    back = sent(client, path, page, "示例发霉", do="back")
    assert question(text_of(client.get(back["Location"]))) == "份数"
    assert "示例发霉" in text_of(client.get(f"{path}?q=4"))
    # what is wrong is kept as well: going back is not judged
    back = sent(client, path, text_of(client.get(f"{path}?q=3")), "两份", do="back")
    assert question(text_of(client.get(back["Location"]))) == "状态"
    assert 'value="两份"' in text_of(client.get(f"{path}?q=3"))
