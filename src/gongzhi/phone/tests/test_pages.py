"""The start page and what it leads to: who manages, what waits, objections in two taps, replies, what is masked."""

import re
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi import ui
from gongzhi.acts.door import SYSTEM
from gongzhi.desk.tests.looking import browser_of, plain, read
from gongzhi.exits.tests.play import Play, at, set_here
from gongzhi.notices.models import Notice, Objection
from gongzhi.procedures.models import Task
from gongzhi.registry import actions
from gongzhi.registry.facts import Appoint, BeginEngagement
from gongzhi.registry.models import Mode, Person, Post, ServiceContract
from gongzhi.registry.queries import managed_until, manager_of_day


def look(play: Play, name: str) -> Client:
    return browser_of(play.cast, name, play.now)


def words(play: Play, name: str, path: str) -> str:
    return plain(read(look(play, name), path))


def notice() -> Notice:
    return Notice.objects.get()


def object_to(play: Play, name: str = "owner", content: str = "示例异议") -> None:
    play.stand(name, "exit", "object", "publicity", content=content)


# The front page -----------------------------------------------------------------------------------------------------


def test_neighbours_land_on_their_start_page_and_others_on_the_work_list(play: Play) -> None:
    for name in ("owner", "tenant", "resident", "volunteer"):
        text = words(play, name, "/")
        assert "今天谁在管" in text, name
        assert "有事找谁" in text, name
    for name in ("county_officer", "provider_leader", "committee_head"):
        text = words(play, name, "/")
        assert "今天谁在管" not in text, name
        assert "发起办件" in text, name


def test_a_neighbour_finds_the_desk_and_from_there_the_way_back(play: Play) -> None:
    client = look(play, "owner")
    assert 'href="/workbench/"' in read(client, "/")
    text = read(client, "/workbench/")
    assert 'href="/my/"' in text
    for path in ("/cases/", f"/estates/{play.area.estate.pk}/", "/messages/", f"/cases/{play.root}/"):
        read(client, path)
    kept = client.post("/views/", {"title": "急的", "urgency": "over"})
    assert kept["Location"] == "/workbench/?urgency=over"
    assert 'href="/workbench/?urgency=over"' in read(client, "/workbench/")
    assert 'href="/my/"' not in read(look(play, "county_officer"), "/")


@pytest.mark.parametrize(("name", "patrols"), [("owner", False), ("tenant", False), ("volunteer", True)])
def test_nobody_is_led_where_there_is_nothing_to_do(play: Play, name: str, patrols: bool) -> None:
    client = look(play, name)
    assert ('href="/field/"' in read(client, "/workbench/")) is patrols
    registers = "没有您可办的登记事项" not in read(client, f"/administration/?estate={play.area.estate.pk}")
    assert ("可办的登记事项" in read(client, f"/estates/{play.area.estate.pk}/")) is registers


def test_who_may_not_object_is_told_who_may_and_what_to_do_instead(play: Play) -> None:
    text = words(play, "volunteer", "/my/objections/")
    assert "由业主本人提出" in text
    assert "看公示，报告缺损" in text
    assert "志愿者" not in words(play, "owner", "/my/objections/")


def test_a_neighbour_finds_the_way_back_from_a_public_page(play: Play) -> None:
    path = f"/notices/{notice().pk}/object/"
    for name in ("owner", "volunteer"):
        text = read(look(play, name), path)
        assert ("回我的首页" in text, "回工作台" in text) == (True, False), name
    assert "回工作台" in read(look(play, "county_officer"), path)


# Who manages --------------------------------------------------------------------------------------------------------


def test_who_manages_is_told_with_the_end_and_a_number_to_call(play: Play) -> None:
    text = words(play, "tenant", "/")
    assert "示例白山甲物业有限公司" in text
    assert "到 2026-12-31 周四" in text  # the contract of the cast
    community = play.area.organisations["community"]
    assert community.name in text


def test_an_end_that_is_past_is_said_as_such(play: Play) -> None:
    play.until("2027-01-04 09:00")
    assert "合同已于 2026-12-31 周四 到期，还在管理" in words(play, "owner", "/")


def test_an_estate_that_nobody_manages_says_so_first(play: Play) -> None:
    facts = BeginEngagement(
        estate_id=play.area.estate.pk, from_at=at("2026-03-01 08:00"), mode=Mode.UNMANAGED, reason="示例原因"
    )
    actions.begin_engagement(by=SYSTEM, at=at("2026-03-01 08:00"), facts=facts)
    text = words(play, "tenant", "/")
    assert "小区现在没有人管理" in text
    assert "自 2026-03-01 08:00 起，示例原因" in text


def test_the_end_is_that_of_the_newest_contract_begun(play: Play) -> None:
    estate, on = play.area.estate, date(2026, 3, 2)
    row = manager_of_day(estate, on)
    assert row is not None
    assert managed_until(row, on) == date(2026, 12, 31)
    assert row.organisation is not None
    later = {"signed_on": date(2026, 2, 1), "starts_on": date(2027, 1, 1), "ends_on": date(2029, 12, 31)}
    ServiceContract.objects.create(estate=estate, provider=row.organisation, kind="service", **later)
    assert managed_until(row, on) == date(2026, 12, 31)
    assert managed_until(row, date(2027, 1, 1)) == date(2029, 12, 31)
    bare = manager_of_day(play.area.bare_estate, on)
    assert bare is not None
    assert managed_until(bare, on) is None


# What waits ---------------------------------------------------------------------------------------------------------


def test_one_question_a_screen_and_an_objection_in_two_taps(play: Play) -> None:
    client = look(play, "owner")
    assert "有 1 件事等您看" in plain(read(client, "/"))
    text = read(client, "/my/waiting/")
    assert "第 1 件，共 1 件" in plain(text)
    assert "对“示例公示”，您有不同意见吗？" in text
    path = f"/notices/{notice().pk}/object/"
    assert f'href="{path}"' in text  # the first tap
    form = read(client, path)
    key = form.split('name="key" value="')[1].split('"')[0]
    answer = client.post(path, {"content": "示例异议", "key": key})  # the second
    assert Objection.objects.get().person_id == play.cast["owner"].person_id
    assert 'href="/my/objections/"' in read(client, answer["Location"])
    assert "没有等您办的事" in plain(read(client, "/"))


def test_what_was_looked_at_is_not_asked_again_in_this_sitting(play: Play) -> None:
    client = look(play, "owner")
    key = re.search(r'name="key" value="([^"]+)"', read(client, "/my/waiting/"))
    assert key is not None
    client.post("/my/waiting/looked-at/", {"key": key[1]})
    assert "都看过了" in read(client, "/my/waiting/")
    assert "没有等您办的事" in plain(read(client, "/"))
    assert "有 1 件事等您看" in words(play, "owner", "/")  # signed in anew
    assert not Objection.objects.exists()


def test_who_may_not_object_is_not_asked(play: Play) -> None:
    for name in ("tenant", "resident"):
        assert "没有等您办的事" in words(play, name, "/")
        text = read(look(play, name), "/my/notices/")
        assert "示例公示" in text
        assert "提出异议" not in text


def test_after_its_last_day_nobody_is_asked_for_an_objection(play: Play) -> None:
    # seven days from 2 March, the first not counted: until 9 March 24:00
    play.until("2026-03-09 23:59")
    assert "您有不同意见吗" in words(play, "owner", "/my/waiting/")
    play.until("2026-03-10 00:00")
    assert "都看过了" in words(play, "owner", "/my/waiting/")


def test_a_volunteer_is_asked_to_look_at_the_walls(play: Play) -> None:
    client = look(play, "volunteer")
    text = read(client, "/my/waiting/")
    assert "墙上的“示例公示”还在吗？" in text
    for place in notice().places:
        assert place in text
    path = f"/notices/{notice().pk}/missing/"
    assert f'href="{path}"' in text
    key = read(client, path).split('name="key" value="')[1].split('"')[0]
    answer = client.post(path, {"what": "torn", "where": "示例东门", "more": "", "key": key})
    assert answer.status_code == 302
    assert Task.objects.filter(name="torn:1", open=True).exists()


def test_passing_one_over_shows_the_next_and_then_that_there_is_no_more(play: Play) -> None:
    client = look(play, "volunteer")
    first = notice()
    second = Notice.objects.get(pk=first.pk)
    second.pk, second.number, second.title = None, "公示〔2026〕220602-99", "示例另一公示"
    second.number_key = second.number
    second._state.adding = True
    second.round = play.case().row.steps.get(code="application").rounds.get()
    second.until_at = None
    second.save()
    text = read(client, "/my/waiting/")
    skip = re.search(r'href="(/my/waiting/\?after=[^"]+)"', text)
    assert skip is not None
    assert "第 1 件，共 2 件" in plain(text)
    text = read(client, skip[1])
    assert "第 2 件，共 2 件" in plain(text)
    assert 'href="/my/waiting/?after=' not in text


def test_another_wording_says_which_notice_it_replaces(play: Play) -> None:
    old = notice()
    assert "本公示代替" not in words(play, "owner", f"/my/notices/{old.pk}/")
    said = {"title": "改过的公示", "body": "改过的内容", "places": ["小区东门"], "posted_by": ["示例甲"]}
    path, posted_at = "exit.publicity.take_down", play.now.isoformat()
    play.do("provider_leader", path, "replace", **said, posted_at=posted_at)
    new = Notice.objects.get(ended_at=None)
    assert f"本公示代替公示编号 {old.number} 的公示" in words(play, "owner", f"/my/notices/{new.pk}/")


# Objections and replies ---------------------------------------------------------------------------------------------


def test_my_objection_is_told_with_the_day_of_its_reply_and_then_with_the_reply(play: Play) -> None:
    set_here("objection.reply_within", "P5D")
    object_to(play)
    text = words(play, "owner", "/my/objections/")
    assert "示例异议" in text
    # five days from 2 March, the first not counted: 7 March 2026 is a Saturday, so Monday the 9th
    assert "应在 2026 年 3 月 9 日 星期一 24:00 前书面答复" in text
    play.go(days=1)
    play.do(
        "provider_leader",
        "exit.publicity.reply:1",
        "reply",
        finding="示例核实情况",
        adopted=False,
        next_remedy="可以向街道申请调解",
    )
    text = words(play, "owner", "/my/objections/")
    assert "没有采纳" in text
    assert "示例核实情况" in text
    assert "接下来可以： 可以向街道申请调解" in text
    assert "1 条没看过" in words(play, "owner", "/")
    (path,) = re.findall(
        r'href="(/my/objections/[^"]+/reply\.pdf)"', read(look(play, "owner"), "/my/objections/")
    )
    answer = look(play, "owner").get(path)
    assert answer["Content-Type"] == "application/pdf"
    with pdfium.PdfDocument(answer.content) as document:
        text = "".join(document[0].get_textpage().get_text_range().split())
    for told in ("异议答复书", "示例异议", "示例核实情况", "可以向街道申请调解", "示例白山甲物业有限公司"):
        assert told in text, told
    assert look(play, "co_owner").get(path).status_code == 404


def test_a_reply_is_offered_to_be_read_only_once_it_was_given(play: Play) -> None:
    object_to(play)
    for path in ("/my/notices/", f"/my/notices/{notice().pk}/"):
        text = words(play, "owner", path)
        assert "还在等答复" in text, path
        assert "看答复" not in text, path
    assert "reply.pdf" not in read(look(play, "owner"), "/my/objections/")
    waiting = Objection.objects.get().pk
    assert look(play, "owner").get(f"/my/objections/{waiting}/reply.pdf").status_code == 404
    reply = {"finding": "示例核实情况", "adopted": True, "next_remedy": "可以向街道申请调解"}
    play.do("provider_leader", "exit.publicity.reply:1", "reply", **reply)
    for path in ("/my/notices/", f"/my/notices/{notice().pk}/"):
        assert "看答复" in words(play, "owner", path), path


def answered(play: Play) -> str:
    """My objection was answered the next day; the address at which I say that I have the reply."""
    object_to(play)
    reply = {"finding": "示例核实情况", "adopted": False, "next_remedy": "可以向街道申请调解"}
    play.go(days=1).do("provider_leader", "exit.publicity.reply:1", "reply", **reply)
    return f"/my/objections/{Objection.objects.get().pk}/received/"


def test_i_say_that_the_reply_has_arrived_and_am_told_that_it_has(play: Play) -> None:
    path = answered(play)
    client = look(play, "owner")
    home = read(client, "/")
    assert "1 份答复请看" in home
    # it is one of the things that wait, here and where they are looked at one by one
    assert "有 1 件事等您看" in plain(home)
    asked = read(client, "/my/waiting/")
    assert "对您的异议有了答复" in asked
    assert f'href="/my/objections/#o-{Objection.objects.get().pk}"' in asked
    assert f'action="{path}"' in read(client, "/my/objections/")
    assert look(play, "co_owner").post(path).status_code == 404
    assert Objection.objects.get().served_at is None
    play.go(hours=3)
    for _ in range(2):
        assert client.post(path)["Location"].startswith("/my/objections/#o-")
    assert (Objection.objects.get().served_at, Objection.objects.get().served_how) == (play.now, "confirmed")
    text = words(play, "owner", "/my/objections/")
    assert "答复书已于 2026-03-03 12:00 送达您，本人在平台确认收到" in text
    assert "接下来可以： 可以向街道申请调解" in text
    client = look(play, "owner")
    assert path not in read(client, "/my/objections/")
    assert "份答复请看" not in read(client, "/")
    assert "没有等您办的事" in plain(read(client, "/"))
    assert "都看过了" in read(client, "/my/waiting/")


def test_i_am_told_when_and_how_the_reply_was_served_on_me(play: Play) -> None:
    path = answered(play)
    said = {"arrived_at": play.now.isoformat(), "method": "post", "address": "示例住所"}
    serving = said | {"servers": ["示例甲"], "post_number": "示例单号"}
    play.do("provider_leader", "exit.publicity.serve:1", "serve", **serving)
    assert "答复书已于 2026-03-03 09:00 送达您，邮寄送达" in words(play, "owner", "/my/objections/")
    assert path not in read(look(play, "owner"), "/my/objections/")


def test_a_reply_that_went_with_its_case_is_not_to_be_confirmed(play: Play) -> None:
    path = answered(play)
    play.stand("subdistrict_leader", "exit", "end", reason="示例终止")
    client = look(play, "owner")
    assert path not in read(client, "/my/objections/")
    assert "份答复请看" not in read(client, "/")
    assert client.post(path).status_code == 409


def test_nobody_reads_the_objection_of_another(play: Play) -> None:
    object_to(play)
    for name in ("co_owner", "tenant", "volunteer", "resident"):
        client = look(play, name)
        for path in (
            "/my/objections/",
            "/my/notices/",
            f"/my/notices/{notice().pk}/",
            f"/my/cases/{play.root}/",
        ):
            assert "示例异议" not in read(client, path)


def test_objections_go_page_by_page(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongzhi.phone.objections.SHOWN", 2)
    for number in range(5):
        object_to(play.go(minutes=1), content=f"示例异议{number}")
    client, path, found = look(play, "owner"), "/my/objections/", list[str]()
    for _ in range(3):
        text = read(client, path)
        found += re.findall(r"示例异议(\d)", text)
        following = re.search(r'href="([^"]+)" rel="next"', text)
        path = following[1] if following else ""
    assert (found, path) == (["4", "3", "2", "1", "0"], "")
    assert "翻页的起点" in read(client, f"/my/objections/?after={play.root}", 400)


# What is going on ---------------------------------------------------------------------------------------------------


def test_what_is_going_on_is_told_by_whose_turn_it_is_and_names_nobody(play: Play) -> None:
    text = words(play, "owner", "/my/cases/")
    assert "小区有 1 件事正在办" in text
    assert "等 示例白山甲物业有限公司 ：" in text
    people = Person.objects.exclude(pk=play.cast["owner"].person_id).values_list("name", flat=True)
    for path in ("/", "/my/cases/", f"/my/cases/{play.root}/", "/my/notices/", "/my/help/"):
        page = read(look(play, "owner"), path).split("<main")[1]
        assert [name for name in people if name in page] == [], path


def test_a_case_is_told_step_by_step_without_what_was_said(play: Play) -> None:
    text = words(play, "owner", f"/my/cases/{play.root}/")
    assert "一步一步" in text
    assert "已完成" in text
    assert "示例公示" in text
    assert "exit_application" not in text
    assert "由 任何人" not in text
    assert "由任何人" not in text


def test_a_step_that_is_done_says_that_something_of_it_is_awaited(play: Play) -> None:
    client, path = look(play, "owner"), f"/my/cases/{play.root}/"
    step = read(client, path).split("<b>退出申请备案</b>")[1].split("</li>")[0]
    assert "其中还有事在等" not in step
    play.go(days=1).file_with("subdistrict", "county")
    step = read(client, path).split("<b>退出申请备案</b>")[1].split("</li>")[0]
    assert "已完成" in step
    assert "其中还有事在等" in step


def test_a_case_shows_the_steps_it_has_and_folds_those_left_out_for_its_own_reasons(play: Play) -> None:
    """Twelve steps are of other grounds; that nobody is named for the time between is this case's own reason."""
    play.go(hours=1).file_with("subdistrict", "county")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    page = read(look(play, "owner"), f"/my/cases/{play.root}/")
    shown, _, folded = page.partition('<details class="fold">')
    assert "不需要" not in plain(shown)
    assert 'class="skipped"' not in page
    assert "另有 1 步这次不用办" in folded
    assert plain(folded.partition("</details>")[0]).count("业主已经决定由谁接替") == 1


def test_a_date_within_a_line_of_a_case_stays_in_the_line() -> None:
    """Figures are spans of their own: only the line itself is a block."""
    rules = (Path(ui.__file__).parent / "static/ui/css/phone.css").read_text()
    assert ".walk > li > span { display: block; }" in rules
    assert ".walk span" not in rules


# Help, other estates, costs -----------------------------------------------------------------------------------------


def test_the_way_on_paper_and_by_telephone_is_told(play: Play) -> None:
    text = words(play, "tenant", "/my/help/")
    assert "用纸提出异议" in text
    assert "纸上最后一行" not in text
    assert play.area.organisations["community"].name in text


def test_where_no_community_is_registered_the_body_above_is_named_with_its_reason(play: Play) -> None:
    community = play.area.organisations["community"]
    community.to_on = date(2026, 3, 1)
    community.save()
    text = words(play, "tenant", "/my/help/")
    assert community.name not in text
    assert "本地没有登记社区居民委员会" in text


def test_another_estate_of_mine_is_one_tap_away(play: Play) -> None:
    owner = play.cast["owner"]
    assert owner.person_id is not None
    facts = Appoint(
        person_id=owner.person_id,
        post=Post.TENANT,
        estate_id=play.area.bare_estate.pk,
        from_on=date(2026, 1, 1),
    )
    actions.appoint(by=SYSTEM, at=at("2026-01-01 09:00"), facts=facts)
    client = look(play, "owner")
    text = read(client, "/")
    button = re.search(r'name="appointment" value="([^"]+)">([^<]+)', text)
    assert button is not None
    assert button[2] == f"{play.area.bare_estate.name}，承租人"
    client.post("/acting-as/", {"appointment": button[1]})
    assert play.area.bare_estate.name in read(client, "/")


def test_pages_cost_the_same_whatever_stands_on_them(play: Play) -> None:
    client = look(play, "owner")

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            read(client, path)
        return len(asked)

    def objected_and_answered(turn: int) -> None:
        object_to(play, content=f"示例异议{turn}")
        play.do(
            "provider_leader",
            f"exit.publicity.reply:{turn}",
            "reply",
            finding="示例核实情况",
            adopted=True,
            next_remedy="示例途径",
        )

    paths = ("/", "/my/notices/", "/my/objections/", "/my/cases/", "/my/messages/")
    objected_and_answered(1)
    few = [cost(path) for path in paths]
    for turn in (2, 3, 4):
        objected_and_answered(turn)
    assert [cost(path) for path in paths] == few
