"""A list that is handed over is told on one page, row by row; a case shows what its room knows of a step."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client
from openpyxl import load_workbook

from gongzhi.accounts.models import Account
from gongzhi.acts import log
from gongzhi.desk.tests.browsing import PASSWORD, forms_in, sign_in, text_of
from gongzhi.desk.tests.scenes import agreed
from gongzhi.exits.models import CostShare
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.papers.models import File, MarkedCopy
from gongzhi.papers.tests import shots
from gongzhi.procedures.models import CaseAct, Item, PaperUse
from gongzhi.procedures.tick import beat
from gongzhi.registry.tests.cast import build_cast


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山 on Monday 2 March 2026, 09:00: an early exit that was agreed."""
    settings.FILES_ROOT = tmp_path
    cast = build_cast(at("2026-03-02 09:00"))
    adopt_baishan()
    play = Play(cast, cast.home, at("2026-03-02 09:00"))
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    log.seal(play.now)
    beat("tick", play.now)
    return play


def asked(play: Play) -> Play:
    """The settlement is open and has asked for the books: Wednesday 11 March 2026."""
    play.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity").agree("2026-07-31")
    return play.ask_books()


def address(play: Play) -> str:
    """Where the list of books is told."""
    return f"/tasks/{play.task('settlement.books.fill').pk}/items/"


def said(n: int, **cells: str) -> dict[str, str]:
    """A row as the browser sends it."""
    return {f"i{n}-{name}": value for name, value in cells.items()}


def labels(play: Play) -> list[str]:
    """The list, in the order in which the law has it."""
    return [item.label for item in items(play)]


def items(play: Play) -> list[Item]:
    """The lines of the list of books."""
    rows = Item.objects.filter(case=play.case("settlement").row, round__step__code="books")
    return list(rows.order_by("position"))


def photo(minute: int = 58) -> SimpleUploadedFile:
    """A photograph of an item, taken at 08:xx."""
    content = shots.jpeg(taken=f"2026:03:11 08:{minute:02}:00", offset="+08:00")
    return SimpleUploadedFile("IMG_1.jpg", content, "image/jpeg")


def shot() -> QuerySet[PaperUse]:
    """The photographs that came with items."""
    return PaperUse.objects.filter(act__name="record").order_by("act__seq", "id")


def stored(text: str, prefix: str) -> list[str]:
    """The photographs a page says are stored for a row."""
    return re.findall(rf'type="hidden" name="{prefix}-kept-photo" value="([^"]+)"', text)


def send(client: Client, path: str, *rows: dict[str, Any], key: str = "example-key") -> Any:
    """Send rows of the list."""
    body: dict[str, Any] = {"list-key": key}
    for row in rows:
        body |= row
    return client.post(path, body)


def test_a_list_stands_under_its_step_in_the_order_of_the_article(play: Play) -> None:
    asked(play)
    client = sign_in(play, "provider_leader")
    text = text_of(client.get(f"/cases/{play.case('settlement').row.pk}/"))
    first, last = text.index("公共收益收支结余</legend>"), text.index("与专业经营单位的协议和结算</legend>")
    between = [text.index(f"{label}</legend>") for label in labels(play)]
    assert between == sorted(between)
    assert (between[0], between[-1]) == (first, last)
    assert "已登记 0 项，共 5 项" in text
    # one item is no form of its own beside the list
    assert not [form for form in forms_in(client, text) if form.address.endswith("/record/")]


def test_readings_stand_in_the_sheet_of_the_list_that_asks_for_them(play: Play) -> None:
    agreed(play)
    play.settle().until("2026-06-30 09:00").plan().go(hours=2)
    play.empower("provider_leader").read_meter()
    assert "meters" in [item.code for item in play.items("extra")]
    client, case = sign_in(play, "provider_leader"), play.case("handover").row.pk
    sheet = text_of(client.get(f"/tasks/{play.task('handover.extra.fill').pk}/items/"))
    assert "12,876.5" in sheet.partition("读数表</caption>")[2].partition("</section>")[0]
    other = text_of(client.get(f"/tasks/{play.task('handover.assets.fill').pk}/items/"))
    assert "共用" in other
    assert "读数表" not in other
    steps = text_of(client.get(f"/cases/{case}/")).partition('id="step-extra"')[2]
    assert "12,876.5" in steps.partition('id="step-joint_check"')[0]


def test_rows_that_say_something_are_recorded_each_once(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    rows = said(0, state="original", quantity="2"), said(3, state="sealed_copy", condition="示例盖章")
    assert send(client, path, *rows).status_code == 302
    assert send(client, path, *rows).status_code == 302  # the same form again
    told = [(item.state, item.quantity, item.condition) for item in items(play)]
    assert told == [
        ("original", 2, ""),
        ("", None, ""),
        ("", None, ""),
        ("sealed_copy", None, "示例盖章"),
        ("", None, ""),
    ]
    assert CaseAct.objects.filter(name="record").count() == 2
    page = text_of(client.get(path))
    assert "已登记 2 项，共 5 项" in page
    assert 'value="示例盖章"' in page


def test_a_sign_no_font_has_is_told_of_a_whole_list(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    answer = send(
        client, path, said(0, state="original", condition="示例\U0002a6a5"), said(1, state="original")
    )
    told = "“\U0002a6a5”字（U+2A6A5）字库里没有"
    where = answer["Location"].partition("#")[0]
    assert told in text_of(client.get(where))
    assert told not in text_of(client.get(where))


def test_a_row_that_cannot_be_recorded_keeps_its_words_and_the_others_are_recorded(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    answer = send(client, path, said(0, state="original"), said(1, state="missing", reason="示例遗失"))
    text = text_of(answer)
    assert answer.status_code == 400
    assert "已登记 1 项，其余见下面各行" in text
    assert "补交期限：请填写“补交期限”。" in text
    assert 'value="示例遗失"' in text
    assert [item.state for item in items(play)] == ["original", "", "", "", ""]
    words = send(client, path, said(2, quantity="很多"))
    assert (words.status_code, 'value="很多"' in text_of(words)) == (400, True)


def test_what_was_typed_is_kept_as_a_draft_of_ones_own_and_is_not_judged(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    case = f"/cases/{play.case('settlement').row.pk}/"
    answer = send(
        client, path, said(1, state="missing", reason="示例遗失"), {"form-do": "keep", "i0-camera": photo()}
    )
    assert answer["Location"] == f"{path}?kept=1"
    assert not CaseAct.objects.filter(name="record").exists()
    for text in (text_of(client.get(path)), text_of(client.get(case))):
        assert 'value="示例遗失"' in text
        assert "暂存的内容，还没有登记" in text
        assert "请填写“补交期限”" not in text
    for other in ("committee_head", "community_worker"):
        assert "示例遗失" not in text_of(sign_in(play, other).get(case))
    # what cannot be recorded stays as a draft; what can takes it away
    send(client, path, said(2, state="missing", reason="示例水浸"))
    assert 'value="示例水浸"' in text_of(client.get(case))
    assert send(client, path, said(2, state="original"), key="another-key").status_code == 302
    text = text_of(client.get(case))
    assert ("示例水浸" in text, "暂存的内容，还没有登记" in text) == (False, False)
    send(client, path, said(3, condition="示例状况"), {"form-do": "keep"})
    assert send(client, path, {"form-do": "drop"}).status_code == 302
    assert "示例状况" not in text_of(client.get(case))


def test_a_list_is_recorded_and_said_to_be_complete_in_one_go(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    some = send(client, path, said(0, state="original"), {"form-do": "finish"})
    text = text_of(some)
    assert some.status_code == 409
    assert "已登记 1 项，其余见下面各行" in text
    assert "还有4项没有登记" in text
    rest = [said(number, state="original") for number in range(5)]
    assert send(client, path, *rest, {"form-do": "finish"}, key="other-key").status_code == 302
    assert CaseAct.objects.filter(name="fill").count() == 1
    assert all(item.state for item in items(play))


def test_what_the_list_does_not_name_is_told_with_its_name_and_comes_last(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    nameless = send(client, path, {"x-state": "original"})
    assert "名称（清单以外的项目）：不能为空" in text_of(nameless)
    assert send(client, path, {"x-state": "original", "x-label": "示例借条"}).status_code == 302
    assert labels(play)[-1] == "示例借条"
    assert len(labels(play)) == 6


# Photographs of items -----------------------------------------------------------------------------------------------


def test_photographs_come_with_their_rows_and_are_numbered_through_the_list(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    rows = [
        said(1, state="original") | {"i1-paper-photo-camera": photo()},
        said(0, state="original") | {"i0-paper-photo-album": [photo(1), photo(2)]},
    ]
    assert send(client, path, *rows).status_code == 302
    first, second = labels(play)[:2]
    assert [use.copy.subject for use in shot() if use.copy] == [
        *[f"提供资料清单·{first}"] * 2,
        f"提供资料清单·{second}",
    ]
    case = play.case("settlement").row
    told = client.get(f"/api/v1/cases/{case.pk}").json()
    numbers = {item["label"]: [one["number"] for one in item["pictures"]] for item in told["items"]}
    assert (numbers[first], numbers[second], numbers[labels(play)[2]]) == (["P-001", "P-002"], ["P-003"], [])
    shown = next(item for item in told["items"] if item["label"] == second)["pictures"][0]["copy"]
    assert shown == str(MarkedCopy.objects.get(subject__endswith=second).file_id)
    page = text_of(client.get(f"/cases/{case.pk}/"))
    assert f'href="/api/v1/papers/{shown}">P-003</a>' in page
    county = text_of(sign_in(play, "county_officer").get(f"/cases/{case.pk}/"))
    assert f'<td data-label="照片"><a class="num" href="/api/v1/papers/{shown}">P-003</a>' in county
    assert f'<b class="num">P-003</b> 提供资料清单·{second}' in county


def test_a_list_sent_twice_keeps_each_photograph_once(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    for _ in range(2):
        row = said(0, state="original") | {"i0-paper-photo-camera": photo()}
        assert send(client, path, row).status_code == 302
    assert (shot().count(), MarkedCopy.objects.filter(use__act__name="record").count()) == (1, 1)
    assert CaseAct.objects.filter(name="record").count() == 1


def test_a_photograph_alone_is_added_to_what_was_told(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    told = said(0, state="original", quantity="2")
    assert send(client, path, told, key="first").status_code == 302
    assert send(client, path, told | {"i0-paper-photo-camera": photo()}, key="second").status_code == 302
    (item, *_) = items(play)
    assert (item.state, item.quantity, shot().count()) == ("original", 2, 1)


def test_a_row_that_cannot_be_recorded_keeps_its_photograph_and_a_recorded_one_is_not_sent_again(
    play: Play,
) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    rows = [
        said(0, state="original") | {"i0-paper-photo-camera": photo(1)},
        said(1, state="missing", reason="示例遗失") | {"i1-paper-photo-camera": photo(2)},
        {"x-state": "original", "x-label": "示例借条", "x-paper-photo-camera": photo(3)},
    ]
    answer = send(client, path, *rows)
    text = text_of(answer)
    assert (answer.status_code, shot().count()) == (400, 2)
    assert (stored(text, "i0"), len(stored(text, "i1")), stored(text, "x")) == ([], 1, [])
    assert f"/api/v1/papers/{stored(text, 'i1')[0]}/preview" in text
    assert 'name="x-label" value=' not in text  # it is a row of the list by now
    again = said(1, state="missing", reason="示例遗失", make_up_on="2026-04-01") | said(0, state="original")
    again |= {"i5-state": "original"}
    again["i1-kept-photo"] = stored(text, "i1")[0]
    assert send(client, path, again, key="example-next").status_code == 302
    assert shot().count() == 3
    assert CaseAct.objects.filter(name="record").count() == 3


def test_a_file_that_is_no_photograph_is_said_at_its_row_and_the_others_are_recorded(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    broken = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0broken\xff\xd9", "image/jpeg")
    answer = send(
        client, path, said(0, state="original"), said(1, state="original") | {"i1-paper-photo-camera": broken}
    )
    assert answer.status_code == 400
    assert "有 1 行还不能保存" in text_of(answer)
    assert [item.state for item in items(play)] == ["original", "", "", "", ""]
    assert not File.objects.filter(name="a.jpg").exists()


def test_a_photograph_of_an_item_nobody_told_waits_for_its_state(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    answer = send(client, path, {"i2-paper-photo-camera": photo()})
    text = text_of(answer)
    assert answer.status_code == 400
    assert "状态：" in text
    assert len(stored(text, "i2")) == 1
    assert shot().count() == 0


def test_a_long_list_with_every_field_empty_is_taken(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    named = [
        (f"z{n}-{name}", False) for n in range(200) for name in ("state", "quantity", "condition", "reason")
    ]
    files = [(f"z{n}-paper-photo-{way}", True) for n in range(200) for way in ("camera", "album")]
    body = "".join(map(_empty_part, [*named, *files])) + _empty_part(("i0-state", False), "original")
    sent = body.encode() + b"--example--\r\n"
    answer = client.post(path, sent, content_type="multipart/form-data; boundary=example")
    assert answer.status_code == 302
    assert items(play)[0].state == "original"


def _empty_part(named: tuple[str, bool], value: str = "") -> str:
    """A field as a browser sends it; a file field nothing was chosen for has an empty name."""
    name, is_file = named
    more = '; filename=""\r\nContent-Type: application/octet-stream' if is_file else ""
    return f'--example\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'


def test_what_was_typed_when_the_session_was_over_stands_in_the_list_again(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    mark = re.search(r'name="form-by" value="([^"]+)"', text_of(client.get(path)))
    assert mark is not None
    client.logout()
    row = said(0, state="original", condition="示例盖章") | {"form-by": mark[1]}
    assert send(client, path, row).status_code == 302
    account = Account.objects.get(pk=play.cast["provider_leader"].account_id)
    client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    client.post("/acting-as/", {"appointment": str(play.cast["provider_leader"].appointment_id)})
    text = text_of(client.get(path))
    assert 'value="示例盖章"' in text
    assert "还没有提交" in text
    assert {item.state for item in items(play)} == {""}
    assert 'value="示例盖章"' not in text_of(client.get(path))


# Who tells it -------------------------------------------------------------------------------------------------------


def test_only_whose_task_it_is_tells_the_list(play: Play) -> None:
    asked(play)
    path = address(play)
    strangers = sign_in(play, "other_provider_leader")
    assert send(strangers, path, said(0, state="original")).status_code in (403, 404)
    receiving = sign_in(play, "committee_head")
    assert receiving.get(path).status_code == 403
    refused = send(receiving, path, said(0, state="original"))
    assert refused.status_code == 403
    assert re.search(r'value="original"[^>]* checked', text_of(refused)), "what was chosen is still there"
    assert {item.state for item in items(play)} == {""}
    county = sign_in(play, "county_officer")
    page = text_of(county.get(f"/cases/{play.case('settlement').row.pk}/"))
    assert "清单：共 5 项，已登记 0 项" in page
    assert "</legend>" not in page


def test_codes_of_the_law_are_chosen_not_typed(play: Play) -> None:
    """Parts of the scope are boxes, a report begins with a row for each part the law asks for."""
    play.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity").agree("2026-07-31")
    head = sign_in(play, "committee_head")
    task = play.task("settlement.scope.submit")
    text = text_of(head.get(f"/tasks/{task.pk}/submit/"))
    assert text.count('type="checkbox"') >= 5
    assert "公共收益收支结余" in text
    play.ask_books().give_books().compare().fund(1_000_000, 1_000_000).entrust()
    firm = sign_in(play, "firm_accountant")
    report = play.task("settlement.report.submit")
    text = text_of(firm.get(f"/tasks/{report.pk}/submit/"))
    assert text.count("selected>") >= 5
    assert "第 5 项" in text


def test_the_cost_and_every_share_stand_under_their_step(play: Play) -> None:
    # 7 units of 580.25 ㎡ share 10 000.01 yuan; 101 has 100 ㎡ and bears 1 723.40
    asked(play).give_books().compare().fund(1_000_001, 0)
    head = sign_in(play, "committee_head")
    case = play.case("settlement").row
    text = text_of(head.get(f"/cases/{case.pk}/"))
    assert "580.25 ㎡" in text
    assert "1,723.40 元" in text
    assert "10,000.01 元" in text
    shares = text_of(head.get(f"/cases/{case.pk}/shares/"))
    for share in CostShare.objects.all():
        assert f"{share.building} {share.label}" in shares
    sheet = head.get(f"/cases/{case.pk}/shares.xlsx")
    assert sheet.status_code == 200
    assert sheet["Content-Type"].endswith("sheet")
    rows = [*load_workbook(BytesIO(sheet.content)).worksheets[0].iter_rows(values_only=True)]
    assert rows[0][:4] == ("楼栋", "房号", "分摊面积（㎡）", "应摊（元）")
    assert round(sum(row[3] for row in rows[1:]) * 100) == 1_000_001


def test_an_owner_sees_the_sums_and_nobodys_share(play: Play) -> None:
    asked(play).give_books().compare().fund(1_000_001, 0)
    owner = sign_in(play, "owner")
    case = play.case("settlement").row
    text = text_of(owner.get(f"/cases/{case.pk}/"))
    assert "10,000.01 元" in text
    assert "1,723.40 元" not in text
    assert owner.get(f"/cases/{case.pk}/shares/").status_code == 403
    assert owner.get(f"/cases/{case.pk}/shares.xlsx").status_code == 403


def test_one_item_has_a_form_of_its_own_in_which_it_is_chosen_by_name(play: Play) -> None:
    asked(play)
    client, path = sign_in(play, "provider_leader"), address(play)
    assert send(client, path, said(2, state="original", condition="示例良好")).status_code == 302
    third = items(play)[2]
    single = f"/tasks/{play.task('settlement.books.fill').pk}/record/?item={third.code}"
    form = text_of(client.get(single))
    assert f'<option value="{third.code}" selected>{third.label}</option>' in form
    assert "示例良好" in form
    for field, when in (
        ("名称（清单以外的项目）", "清单以外的项目"),
        ("缺失原因", "缺失"),
        ("补交期限", "缺失"),
    ):
        assert f"{field}<small>“{when}”时才填</small>" in form
