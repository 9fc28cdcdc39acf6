"""In the cell: the entrance opens once, every chair can be sat in, time goes forward and does what falls due."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from gongzhi.accounts.models import Account
from gongzhi.acts.models import Act
from gongzhi.config.worker import do_minute
from gongzhi.desk.tests.looking import plain, read
from gongzhi.exits.tests.play import at
from gongzhi.messages.models import Message
from gongzhi.procedures.models import Clock, Mark, Rung
from gongzhi.registry.models import Appointment
from gongzhi.rehearsal import actions, passing
from gongzhi.rehearsal.chairs import REHEARSER
from gongzhi.rehearsal.entrance import Entrance, make_key
from gongzhi.rehearsal.facts import BeginRehearsal
from gongzhi.rehearsal.folder import WISH, Wish
from gongzhi.rehearsal.happened import happened
from gongzhi.rehearsal.tests.conftest import HOME, NOW, Stage, a_cell
from gongzhi.values import now as clock
from gongzhi.values.refusals import NotPossible

# The entrance -------------------------------------------------------------------------------------------------------


def test_a_link_opens_once(stage: Stage) -> None:
    key = stage.key()
    assert stage.client.get("/rehearsal/enter/", {"key": key})["Location"] == "/rehearsal/"
    assert "演练台" in read(stage.client, "/rehearsal/")
    again = Client().get("/rehearsal/enter/", {"key": key})
    assert again.status_code == 403
    assert "已经用过或者过了时间" in again.content.decode()


def test_a_link_of_another_a_late_and_a_changed_one_do_not(stage: Stage) -> None:
    came = Entrance("示例", HOME)
    keys = {
        "another's secret": make_key(a_cell(secret="x" * 40), came),
        "another cell": make_key(a_cell(id="0193aaaa-0000-7000-8000-000000000002"), came),
        "late": make_key(stage.cell, came, timedelta(seconds=-1)),
        "changed": stage.key()[:-2] + "xx",
        "none": "",
    }
    for key in keys.values():
        assert stage.client.get("/rehearsal/enter/", {"key": key}).status_code == 403
    assert not Session.objects.exists()


def test_who_did_not_come_in_is_told_the_way(stage: Stage) -> None:
    for path in ("/", "/rehearsal/", "/cases/", "/rehearsal/away/"):
        assert Client().get(path)["Location"].startswith("/rehearsal/closed/?next=")
    assert "请在正式系统的“演练”页面点“打开”" in read(Client(), "/rehearsal/closed/", 403)
    assert Client().post("/rehearsal/clock/", {"days": 1})["Location"].startswith("/rehearsal/closed/")


def test_who_only_signed_in_moves_nothing(stage: Stage) -> None:
    client = Client()
    client.force_login(Account.objects.get(pk=stage.play.cast["owner"].account_id))
    for path in ("/rehearsal/clock/", "/rehearsal/sit/", "/rehearsal/away/", "/rehearsal/again/"):
        assert client.post(path, {"days": 1}).status_code == 403
    assert stage.folder.wish is None


# The chairs ---------------------------------------------------------------------------------------------------------


def test_every_post_of_the_cast_has_a_chair_on_its_side(stage: Stage) -> None:
    text = read(stage.enter().client, "/rehearsal/")
    for one in Appointment.objects.exclude(organisation=None, estate=None):
        assert f'value="{one.pk}"' in text
    words = plain(text)
    sides = ("物业服务人", "业主一方", "社区", "街道", "县级", "市级", "其他物业企业和第三方")
    places = [words.index(f" {side}{end}") for side, end in zip(sides, (*" " * 6, "（"), strict=True)]
    assert places == sorted(places)
    assert "示例未带入。" in words
    # nobody's chair yet: who came in has an account of the machine's own
    assert "演练人员 尚未选择席位" in words
    assert REHEARSER not in words


def test_one_click_sits_down_and_another_changes_the_chair(stage: Stage) -> None:
    stage.enter()
    for name, shows in (
        ("provider_leader", "项目负责人"),
        ("community_head", "社区负责人"),
        ("committee_head", "业委会主任"),
        ("subdistrict_clerk", "文书"),
        ("county_leader", "分管（值班）领导"),
    ):
        text = plain(read(stage.sit(name).client, "/"))
        assert stage.play.area.people[name].name in text
        assert shows in text
        assert "演练台" in read(stage.client, "/rehearsal/")
        held = Appointment.objects.get(pk=stage.play.cast[name].appointment_id)
        assert Act.objects.filter(name="accounts.sign_in", account_id=held.person.account_id).exists()


def test_an_owner_begins_at_the_phones_start_page_which_bears_the_marks_too(stage: Stage) -> None:
    stage.enter().sit("owner")
    text = read(stage.client, "/")
    assert "今天谁在管" in plain(text)
    assert '<div class="watermark" aria-hidden="true">' in text
    assert 'href="/rehearsal/"' in text


def test_who_has_no_account_gets_one_when_the_chair_is_taken(stage: Stage) -> None:
    held = Appointment.objects.get(person=stage.play.area.people["committee_member"], post="owner")
    person = held.person
    person.account_id = None
    person.save()
    stage.enter()
    assert stage.client.post("/rehearsal/sit/", {"appointment": str(held.pk)})["Location"] == "/"
    person.refresh_from_db()
    assert Account.objects.get(pk=person.account_id).username == f"yanlian-{person.pk}"
    assert stage.client.post("/rehearsal/sit/", {"appointment": str(person.pk)}).status_code == 404


def test_an_owner_is_found_by_room(stage: Stage) -> None:
    text = plain(read(stage.enter().client, "/rehearsal/?owner=201").split('id="owners"')[1])
    assert stage.play.area.people["committee_member"].name in text
    assert stage.play.area.people["owner"].name not in text
    assert "没有找到" in plain(read(stage.client, "/rehearsal/?owner=999"))


# The clock ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def minutes() -> Any:
    """The minute's real jobs, as the whole application binds them."""
    before = list(passing._BOUND)
    passing.bind_minute(do_minute)
    yield
    passing._BOUND[:] = before


def test_time_that_passes_does_what_falls_due_in_its_order_and_at_its_time(
    stage: Stage, minutes: Any
) -> None:
    stage.play.apply("2026-06-30").arrive()
    clock.move_to(stage.play.now)
    stage.enter()
    answer = stage.client.post("/rehearsal/clock/", {"at": "2026-06-01T08:00"})
    assert (answer.status_code, answer["Location"]) == (302, "/rehearsal/")
    assert clock.now() - at("2026-06-01 08:00") < timedelta(minutes=1)
    # 90 days from 2 March are over on 31 May 2026 at 24:00: 协商未达成
    assert Mark.objects.get(name="agreement_failed").at == at("2026-06-01 00:00")
    rang = Rung.objects.filter(due_at__gt=NOW).exclude(done_at=None)
    late = [rung for rung in rang if rung.done_at != rung.due_at]
    assert rang.exists()
    assert late == []
    assert Message.objects.filter(created_at__lt=at("2026-06-01 00:00"), title__contains="期限提醒").exists()
    text = plain(read(stage.client, "/rehearsal/"))
    assert "这段时间里发生了什么" in text
    assert "（未发出）" in text
    assert "后台没有运行" not in text


def test_the_next_dates_lead_to_their_day_and_past_it(stage: Stage, minutes: Any) -> None:
    stage.play.apply("2026-06-30").arrive()
    clock.move_to(stage.play.now)
    text = read(stage.enter().client, "/rehearsal/")
    assert 'value="2026-05-31T09:00:00+08:00"' in text
    assert 'value="2026-06-01T00:01:00+08:00"' in text
    stage.client.post("/rehearsal/clock/", {"at": "2026-05-31T09:00:00+08:00"})
    assert "今日到期" in plain(read(stage.sit("committee_head").client, "/"))


def test_what_was_met_in_time_has_not_run_out(stage: Stage) -> None:
    stage.play.apply("2026-06-30").arrive()
    span = at("2026-05-31 09:00"), at("2026-06-02 09:00")
    (over,) = [one.clock for one in happened(*span).ran_out]
    for met, told in (("2026-06-01 08:00", [over]), ("2026-04-01 09:00", [])):
        Clock.objects.filter(pk=over.pk).update(met_at=at(met))
        assert [one.clock for one in happened(*span).ran_out] == told


def test_pressing_twice_moves_the_clock_once(stage: Stage, minutes: Any) -> None:
    text = read(stage.enter().client, "/rehearsal/")
    shown = text.split('name="shown" value="')[1].split('"')[0]
    for _ in range(2):
        answer = stage.client.post("/rehearsal/clock/", {"days": "7", "shown": shown})
        assert (answer.status_code, answer["Location"]) == (302, "/rehearsal/")
    assert timedelta(days=7) <= clock.now() - stage.play.now < timedelta(days=7, minutes=5)


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"at": "2026-03-01T09:00"}, "只能往后拨"),
    ({"at": "2027-03-04T09:00"}, "一次最多往后拨 366 日"),
    ({"days": "0"}, "至少 1 日"),
    ({"days": "400"}, "一次最多 366 日"),
    ({"days": "示例"}, "要写成数字"),
    ({"at": "示例"}, "要写成日期和时间"),
    ({"days": "1", "at": "2026-03-03T09:00"}, "只填一项"),
    ({}, "只填一项"),
)


def test_time_goes_forward_only_and_what_was_typed_stays(stage: Stage) -> None:
    stage.enter()
    for said, told in WRONG:
        answer = stage.client.post("/rehearsal/clock/", said)
        text = answer.content.decode()
        assert answer.status_code == 400
        assert told in text
        assert all(f'value="{typed}"' in text for typed in said.values())
    assert clock.now() - stage.play.now < timedelta(minutes=5)


def test_every_midnight_is_lived_through_and_the_goal_is_the_last(db: None) -> None:
    found = list(passing.instants(at("2026-03-02 09:00"), at("2026-03-04 10:30")))
    assert found == [at("2026-03-03 00:00"), at("2026-03-04 00:00"), at("2026-03-04 10:30")]


def test_a_failing_job_is_counted_and_the_clock_stands_where_it_was_asked_to(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived: list[datetime] = []
    monkeypatch.setattr(passing, "_BOUND", [lambda moment: lived.append(moment) or 1])
    assert passing.move_to(at("2026-03-03 12:00"), stage.play.now) == 2
    assert lived == [at("2026-03-03 00:00"), at("2026-03-03 12:00")]
    assert clock.now() - at("2026-03-03 12:00") < timedelta(minutes=1)
    with pytest.raises(NotPossible):
        passing.move_to(at("2026-03-03 12:00"), at("2026-03-03 12:00"))


# Marks, and the way out ---------------------------------------------------------------------------------------------


def test_every_page_bears_watermark_and_banner(stage: Stage) -> None:
    stage.enter().sit("county_officer")
    estate = stage.play.area.estate.pk
    paths = [
        "/",
        "/cases/",
        "/estates/",
        f"/estates/{estate}/",
        "/rehearsal/",
        "/law/",
        "/open/",
        "/acting-as/",
    ]
    paths += ["/notices/", f"/estates/{estate}/manager/", "/account/", "/rehearsal/again/"]
    for path in paths:
        text = read(stage.client, path)
        assert '<div class="watermark" aria-hidden="true">' in text, path
        assert "演练中，时间已调整" in text, path
        # what is said stands below name and way on a narrow screen, its instant unbroken
        assert '<span class="says">不是正式办理，没有法律效力' in text, path
        assert re.search(r"现在按 <time [^>]+>2026-03-02 \d\d:\d\d</time> 办理", text), path
    for client, path, status in (
        (stage.client, "/nothing/", 404),
        (Client(), "/notices/", 200),
        (Client(), "/rehearsal/closed/", 403),
    ):
        assert '<div class="watermark" aria-hidden="true">' in read(client, path, status)


def test_in_a_cell_no_other_is_made(stage: Stage) -> None:
    client = stage.enter().sit("county_officer").client
    assert "请回到正式系统" in read(client, "/rehearsals/", 404)
    assert "演练这个小区" not in read(client, f"/estates/{stage.play.area.estate.pk}/")
    facts = BeginRehearsal(estate_id=stage.play.area.estate.pk, with_drafts=False)
    with pytest.raises(NotPossible, match="不能在演练里再建演练"):
        actions.begin(by=stage.play.cast["county_officer"], at=stage.play.now, facts=facts)


def test_beginning_anew_and_throwing_away_are_asked_once_more_and_lead_back(stage: Stage) -> None:
    client = stage.enter().sit("owner").client
    for path, what in (("/rehearsal/again/", "again"), ("/rehearsal/away/", "away")):
        read(client, path)
        assert stage.folder.wish is None
        answer = client.post(path)
        assert stage.folder.wish == Wish(what, "示例街道经办")  # type: ignore[arg-type]
        assert answer["Refresh"] == f"2; url={HOME}"
        assert HOME in answer.content.decode()
        (stage.folder.path / WISH).unlink()
