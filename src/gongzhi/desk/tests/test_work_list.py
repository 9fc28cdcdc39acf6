"""The work list, the list of cases, search and export; every group is worked out by hand."""

import re
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.desk.finding import find
from gongzhi.desk.models import SavedView
from gongzhi.desk.navigation import glance
from gongzhi.desk.news import newer_in_work, work_version
from gongzhi.desk.others import awaited, number_awaited, roots_of
from gongzhi.desk.tests.browsing import sign_in, text_of
from gongzhi.desk.worklist import (
    SHOWN,
    Wanted,
    bases_of,
    holder_of,
    left_to_colleagues,
    number_of_colleagues,
    page_of,
    soonest,
)
from gongzhi.exits.tests.play import Play, adopt_baishan, at, set_here
from gongzhi.law import queries as law
from gongzhi.procedures.models import Case, CaseAct, CaseNumber, CaseStep, Clock, IssuedPaper, Party, Task
from gongzhi.procedures.queries import tasks_of
from gongzhi.procedures.tick import beat
from gongzhi.registry.models import Appointment, Organisation, Ownership, Person, Post
from gongzhi.registry.tests.cast import (
    add_actor,
    add_appointment,
    add_estate,
    add_person,
    build_cast,
)
from gongzhi.ui.casefile import case_file
from gongzhi.ui.exporting import NARROWEST, WIDEST
from gongzhi.values.ids import new_id, short_code


@pytest.fixture
def nothing_yet(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山 on Monday 2 March 2026, 09:00."""
    settings.FILES_ROOT = tmp_path
    cast = build_cast(at("2026-03-02 09:00"), areas=())
    adopt_baishan()
    play = Play(cast, cast.home, at("2026-03-02 09:00"))
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    beat("tick", play.now)
    return play


@pytest.fixture
def play(nothing_yet: Play) -> Play:
    """An application arrived, so the committee has something to do."""
    return nothing_yet.apply("2026-06-30").arrive()


def copies(play: Play, dues: list[datetime | None], path: str = "exit.agreement.decide") -> list[Task]:
    """More tasks of the same holder, with these dues, in the round of a task there is."""
    like = play.task(path)
    rows = []
    for number, due in enumerate(dues):
        row = Task.objects.get(pk=like.pk)
        row.pk, row.name, row.title = new_id(), f"decide:{number}", f"示例事项{number}"
        row.due_at, row.sort_at = due, due or at("9000-01-01 00:00")
        row.save(force_insert=True)
        rows.append(row)
    return rows


def seat_of(play: Play, name: str) -> Appointment:
    """Somebody's appointment."""
    held = play.cast[name].appointment_id
    assert held is not None
    return Appointment.objects.select_related("organisation", "person").get(pk=held)


def titles(play: Play, near: int = 7, **wanted: str) -> dict[str, list[str]]:
    """Group → the copies in it."""
    groups, _, _ = page_of(seat_of(play, "committee_head"), Wanted.read(wanted), play.now, near)
    told = {group.state or "none": [task.title for task, _ in group.rows] for group in groups}
    return {state: [one for one in rows if one.startswith("示例")] for state, rows in told.items()}


def test_tasks_are_grouped_by_urgency_and_each_filter_shows_its_group_alone(play: Play) -> None:
    # Monday 2 March, 09:00. The 1st has ended; an hour ago; the 2nd's 24:00; tomorrow 08:59 by the hour; the 3rd's
    # 24:00; the 9th's 24:00 (7 days); the 10th's 24:00 (8 days); none.
    dues = (
        "03-02 00:00",
        "03-02 08:00",
        "03-03 00:00",
        "03-03 08:59",
        "03-04 00:00",
        "03-10 00:00",
        "03-11 00:00",
    )
    copies(play, [*(at(f"2026-{due}") for due in dues), None])
    expected = {
        "over": ["示例事项0", "示例事项1"],
        "today": ["示例事项2", "示例事项3"],
        "near": ["示例事项4", "示例事项5"],
        "calm": ["示例事项6"],
        "none": ["示例事项7"],
    }
    told = titles(play)
    assert {state: told[state] for state in expected} == expected
    for state, rows in expected.items():
        assert titles(play, urgency=state) == {state: rows}
    # a day of the strip: what ends on the 2nd is due at the 3rd's 00:00
    assert [one for rows in titles(play, day="2026-03-02").values() for one in rows] == [
        "示例事项1",
        "示例事项2",
    ]
    assert titles(play, urgency="nonsense") == told


def test_the_tabs_count_what_the_filters_leave(play: Play) -> None:
    copies(play, [at("2026-03-02 00:00"), at("2026-03-03 00:00"), at("2026-03-03 00:00")])
    client = sign_in(play, "committee_head")

    def tabs(asked: str) -> dict[str, str]:
        head = text_of(client.get(f"/{asked}")).split('<div class="filters">')[1].split("</div>")[0]
        return dict(re.findall(r">([^<>]+)(?:<em>(\d+)\+?</em>)?</a>", head.replace("</nav>", "")))

    whole = tabs("")
    assert (whole["已逾期"], whole["今日到期"]) == ("1", "2")
    estate = play.area.estate.pk
    assert tabs(f"?estate={estate}") == whole | {"清除": ""}
    # another estate has nothing, and a tab without a task is no tab
    assert tabs("?estate=019cac0f-2680-7000-b811-a50d321c1b3e")["等我办"] == ""
    assert "已逾期" not in tabs("?estate=019cac0f-2680-7000-b811-a50d321c1b3e")
    # the last day of two of them; the way back to every day counts every day
    on_the_day = tabs("?day=2026-03-02")
    assert (on_the_day["今日到期"], on_the_day["等我办"]) == ("2", whole["等我办"])
    assert "已逾期" not in on_the_day
    # the chosen tab stays where a filter leaves nothing in it
    assert tabs("?day=2026-03-02&urgency=over")["已逾期"] == ""


def test_the_heading_says_what_is_due_and_overdue(play: Play) -> None:
    copies(play, [at("2026-03-02 00:00"), at("2026-03-03 00:00"), at("2026-03-03 00:00")])
    client = sign_in(play, "committee_head")
    told = text_of(client.get("/"))
    assert "今天必须办完 2 件，另有 1 件已经逾期" in told
    assert "示例事项0" in text_of(client.get("/?urgency=over"))
    assert "示例事项1</a>" not in text_of(client.get("/?urgency=over"))
    assert "这个筛选下没有待办" in text_of(client.get("/?day=2026-03-20"))
    assert "没有等您办的事" in text_of(sign_in(play, "tenant").get("/"))


def test_a_long_list_goes_on_after_its_last_row_and_every_task_comes_once(play: Play) -> None:
    copies(play, [at("2026-03-05 00:00") + timedelta(days=n // 3) for n in range(110)])
    seat, seen, after = seat_of(play, "committee_head"), [], ""
    for _ in range(5):
        groups, more, _ = page_of(seat, Wanted.read({"after": after}), play.now, 7)
        seen += [task.pk for group in groups for task, _ in group.rows]
        if more is None:
            break
        after = str(more)
    assert len(seen) == len(set(seen)) == tasks_of(seat).count()
    client = sign_in(play, "committee_head")
    assert 'rel="next"' in text_of(client.get("/"))


def test_what_one_waits_for_is_told_with_who_has_to_do_it(play: Play) -> None:
    told = text_of(sign_in(play, "provider_leader").get("/?whose=others"))
    assert "退出协议" in told
    assert "示例白山一号小区业主委员会" in told
    assert "退出协议" not in text_of(sign_in(play, "other_provider_leader").get("/?whose=others"))


def test_all_that_others_have_to_do_is_counted_and_paged_the_dated_first(play: Play) -> None:
    copies(play, [*[None] * 70, at("2026-03-05 00:00")])
    client = sign_in(play, "provider_leader")
    number = len(sheet(client, "/work.xlsx?whose=others")) - 1
    assert number > 70
    first = text_of(client.get("/?whose=others")).partition("<main")[2]
    assert f'<span class="more">{number} 项</span>' in first
    assert "示例事项70<" in first
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following is not None
    second = text_of(client.get(unescape(following[1]))).partition("<main")[2]
    assert f'<span class="more">{number} 项</span>' in second
    assert 'rel="next"' not in second
    shown = [re.findall(r">(示例事项\d+)<", page) for page in (first, second)]
    assert sorted(shown[0] + shown[1]) == sorted(f"示例事项{n}" for n in range(71))


def test_who_did_something_in_a_case_goes_on_waiting_for_the_others(play: Play) -> None:
    committee = seat_of(play, "committee_head").organisation
    Party.objects.filter(organisation=committee).delete()
    Task.objects.filter(organisation=committee, open=True).update(open=False, done_at=play.now)
    client, waits = sign_in(play, "committee_head"), Task.objects.filter(case__root=play.root, open=True)
    assert waits.exists()
    told = text_of(client.get("/?whose=others")).partition("<main")[2]
    for task in waits:
        assert task.title in told
    # what was said is enough, though the task stands to nobody
    assert CaseAct.objects.filter(organisation=committee).exists()
    Task.objects.filter(organisation=committee).update(organisation=None)
    assert "没有等别人办的事" not in text_of(client.get("/?whose=others"))


def test_a_filter_is_kept_as_a_view_of_ones_own(play: Play) -> None:
    client = sign_in(play, "committee_head")
    kept = client.post("/views/", {"title": "急的", "urgency": "over", "after": "x"})
    assert kept["Location"] == "/?urgency=over"
    above, _, below = text_of(client.get("/")).partition('class="cols"')
    assert ">急的</a>" in above.partition('aria-label="谁来办"')[2]
    assert ">急的</a>" not in below
    assert "急的" not in text_of(sign_in(play, "owner").get("/"))
    view = SavedView.objects.get()
    refused = client.post("/views/", {"title": "急的", "urgency": "soon"})
    assert (refused.status_code, "已经有名为“急的”的视图" in text_of(refused)) == (409, True)
    assert SavedView.objects.get().query == "urgency=over"
    assert client.post("/views/", {"title": "急的", "urgency": "over"}).status_code == 302
    sign_in(play, "owner").post(f"/views/{view.pk}/forget/")
    assert SavedView.objects.exists()
    client.post(f"/views/{view.pk}/forget/")
    assert not SavedView.objects.exists()
    assert client.post("/views/", {"title": ""}).status_code == 400


def queries(client: Client, path: str) -> int:
    """How many queries a page takes, once everything is warm."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_pages_take_the_same_number_of_queries_for_five_tasks_and_for_fifty(play: Play) -> None:
    client = sign_in(play, "committee_head")
    case = f"/cases/{play.root}/"
    copies(play, [at("2026-03-20 00:00")] * 5)
    few = (queries(client, "/"), queries(client, case), queries(client, "/cases/"))
    Task.objects.filter(name__startswith="decide:").delete()
    copies(play, [at("2026-03-20 00:00")] * 50)
    assert (queries(client, "/"), queries(client, case), queries(client, "/cases/")) == few
    assert few[0] <= 25
    assert few[2] <= 15


def test_a_row_says_its_procedure_and_the_article_its_date_comes_from(play: Play) -> None:
    told = text_of(sign_in(play, "committee_head").get("/")).partition("<main")[2]
    row = next(part for part in told.split("<tr>") if "退出协议" in part)
    assert "物业服务人退出" in row
    assert 'class="cite' in row
    assert "白山办法" in row


def test_what_cannot_be_done_yet_says_from_when_on(play: Play) -> None:
    play.post("provider_leader", "exit.publicity")
    told = text_of(sign_in(play, "provider_leader").get("/"))
    # posted on Monday 2 March: seven days end on Monday 9 March
    assert "03-09 周一 24:00 以后办" in told
    play.until("2026-03-10 09:00")
    told = text_of(sign_in(play, "provider_leader").get("/"))
    assert "以后办" not in told
    assert "以后才能" not in told


def test_what_stands_still_comes_last_and_says_since_when(play: Play) -> None:
    play.stand("subdistrict_leader", "exit", "suspend", reason="示例暂停", citation="示例依据")
    play.go(days=2)
    told = text_of(sign_in(play, "committee_head").get("/")).partition("<main")[2]
    assert "已中止" in told
    # suspended on the 2nd; the 4th is its third day
    assert "中止第 3 日" in told


def test_what_goes_on_while_its_case_stands_still_counts_its_days_and_can_be_done(play: Play) -> None:
    set_here("objection.reply_within", "P5WD")
    play.post("provider_leader", "exit.publicity")
    play.stand("owner", "exit", "object", "publicity", content="示例异议")
    play.go(days=1).stand("subdistrict_leader", "exit", "suspend", reason="示例暂停", citation="示例依据")
    held = play.actor("provider_leader").appointment_id
    assert held is not None
    with law.pinned():
        groups, _, _ = page_of(Appointment.objects.get(pk=held), Wanted(), play.now, 10)
    chips = {task.name: chip.state for group in groups for task, chip in group.rows if chip is not None}
    still = {name for name, state in chips.items() if state == "paused"}
    assert (chips["reply:1"], "take_down" in still) == ("near", False)
    assert still
    (basis,) = bases_of([play.task("exit.publicity.reply:1")]).values()
    assert [(one.words, one.state) for one in basis] == [("本地设定", "local")]
    told = text_of(sign_in(play, "provider_leader").get(f"/cases/{play.root}/"))
    assert "案件已暂停计时，恢复后再办。" in told
    assert f"/tasks/{play.task('exit.publicity.reply:1').pk}/reply/" in told
    assert f"/tasks/{play.task('exit.publicity.take_down').pk}/take_down/" in told


def test_what_others_did_since_yesterday_is_told_to_who_waits_for_it(play: Play) -> None:
    play.go(days=1).file_with("county")
    told = text_of(sign_in(play, "committee_head").get("/"))
    changes = told.split('id="changes"')[1].partition("</section>")[0]
    assert "示例白山甲物业有限公司" in changes
    assert "退出申请备案" in changes
    play.go(days=2)
    assert 'id="changes"' not in text_of(sign_in(play, "committee_head").get("/"))
    assert 'id="changes"' not in text_of(sign_in(play, "owner").get("/"))


def test_a_period_that_ran_out_at_a_step_nobody_can_do_yet_is_told(play: Play) -> None:
    """The case says that it is overdue; so does the list, though no task bears the date."""
    waiting = CaseStep.objects.get(case=play.root, code="departure")
    clock = Clock.objects.filter(case=play.root, minimum=False, met_at=None).first()
    assert clock is not None
    Clock.objects.filter(pk=clock.pk).update(step=waiting, due_at=at("2026-02-28 00:00"), due_on="2026-02-27")
    for name in ("committee_head", "subdistrict_officer"):
        told = text_of(sign_in(play, name).get("/")).partition("<main")[2]
        assert "，办件里有期限已过" in told, name
        section = told.partition('id="run-out"')[2].partition("</section>")[0]
        assert f'href="/cases/{play.root}/#step-departure"' in section
        assert "逾期 3 日" in section
        assert "示例白山一号小区" in section
    assert 'id="run-out"' not in text_of(sign_in(play, "other_provider_leader").get("/"))


def test_who_has_nothing_to_do_is_told_what_he_waits_for(play: Play) -> None:
    provider = play.area.organisations["provider"]
    Task.objects.filter(organisation=provider, open=True).update(open=False, done_at=play.now)
    told = text_of(sign_in(play, "provider_leader").get("/")).partition("<main")[2]
    assert "现在没有等您办的事" in told
    # 2 March + 90 days: 31 May 2026, a Sunday; it does not roll
    assert "示例白山一号小区业主委员会办“退出协议”，05-31 周日 24:00 到期" in told


def test_who_leads_another_estate_of_the_provider_is_offered_nothing_here(play: Play) -> None:
    """The door refuses him; so the work list, its number and the case's page do not call it his."""
    provider = play.area.organisations["provider"]
    estate = add_estate("示例另一小区", play.area.spec.community)
    where = {"organisation_id": provider.pk, "estate_id": estate.pk}
    play.cast.alone["elsewhere"] = add_actor("示例另一负责人", Post.PROVIDER_LEADER, **where)
    here, there = sign_in(play, "provider_leader"), sign_in(play, "elsewhere")
    task = Task.objects.filter(organisation=provider, open=True).first()
    assert task is not None
    assert task.title in text_of(here.get("/")).partition("<main")[2]
    assert task.title not in text_of(there.get("/")).partition("<main")[2]
    page = text_of(there.get(f"/cases/{task.case_id}/"))
    assert "等您办" not in page
    assert "也就是您" not in page
    assert tasks_of(seat_of(play, "elsewhere")).count() == 0


def test_what_another_post_of_the_body_does_alone_waits_for_that_post(nothing_yet: Play) -> None:
    """Who signs off is the one who leads: the officer waits for it, and is not told that it is theirs today."""
    play = nothing_yet
    play.classify("grade_d")
    draft = {"facts_found": "示例查明事实", "basis": "示例条款", "request": "请依法启动解聘程序"}
    play.do("county_officer", "exit.urging.draft", "draft", **draft, contact="示例联系人")
    names = ("county_officer", "county_reviewer", "county_leader")

    def waits(name: str) -> tuple[bool, bool, bool]:
        """Whether the open task of the chain is theirs to do; whether they are shown whom they wait for; the number."""
        page, task = (
            text_of(sign_in(play, name).get("/")),
            Task.objects.get(round__step__code="urging", open=True),
        )
        seat, theirs = seat_of(play, name), holder_of(task)
        mine = task in tasks_of(seat)
        roots = roots_of(seat, soonest(seat))
        listed = task in left_to_colleagues(seat)[0]
        assert task not in awaited(seat, roots, limit=SHOWN)[0]
        assert number_of_colleagues(seat) == listed
        group = text_of(sign_in(play, name).get("/?whose=colleagues")).partition('"waiting"')[2]
        assert (f'#step-urging">{task.title}<' in group.partition("<aside")[0]) == listed
        assert number_awaited(seat, roots) == len(awaited(seat, roots, limit=SHOWN)[0])
        assert (f'data-row href="/cases/{play.root}/#step-urging">{task.title}' in page) == mine
        assert ("本单位其他人办<em>1</em>" in page) == listed, (name, theirs)
        assert (theirs in group.partition("<aside")[0]) == listed
        assert f"<small>{theirs}·示例" not in page
        return mine, listed, bool(newer_in_work(seat, work_version([], play.now), play.now))

    # 核稿: not by who drafted it, nor by who alone can sign; it is in no number of theirs
    others = (False, True, False)
    assert [waits(name) for name in names] == [others, (True, False, True), others]
    counts = [glance(seat_of(play, name), play.now) for name in names]
    assert [one.numbers["work"].number if one and "work" in one.numbers else 0 for one in counts] == [0, 1, 0]
    play.do("county_reviewer", "exit.urging.check", "check", opinion="同意")
    assert [waits(name)[:2] for name in names] == [(False, True), (False, True), (True, False)]  # 签发
    play.do("county_leader", "exit.urging.sign_off", "sign_off", opinion="同意")
    assert [waits(name)[:2] for name in names] == [(True, False), (True, False), (False, True)]  # 用印


def test_whoever_alone_may_sign_is_not_told_that_the_checking_waits_for_them(nothing_yet: Play) -> None:
    play = nothing_yet
    play.classify("grade_d")
    draft = {"facts_found": "示例查明事实", "basis": "示例条款", "request": "请依法启动解聘程序"}
    play.do("county_officer", "exit.urging.draft", "draft", **draft, contact="示例联系人")
    body = play.area.organisations["county"]
    add_actor("示例另一负责人", Post.LEADER, organisation_id=body.pk)

    def is_whose() -> tuple[bool, bool]:
        """Whether the checking is the leader's to do; whether it is their colleagues'."""
        seat = seat_of(play, "county_leader")
        (task,) = Task.objects.filter(round__step__code="urging", open=True)
        assert (task in tasks_of(seat)) == any(one.id == task.pk for one in soonest(seat))
        told = case_file(play.root, seat, play.now)
        (shown,) = [one for one in told["tasks"] if one["id"] == task.pk]
        assert (task in tasks_of(seat)) == (shown["why_not"] == "")
        return task in tasks_of(seat), task in left_to_colleagues(seat)[0]

    assert is_whose() == (True, False)
    Appointment.objects.filter(organisation=body, person__name="示例另一负责人").delete()
    assert is_whose() == (False, True)


def test_a_case_within_another_is_listed_where_its_procedure_is_asked_for(play: Play) -> None:
    play.post("provider_leader", "exit.publicity").until("2026-03-11 09:00")
    play.take_down("provider_leader", "exit.publicity").agree("2026-06-30")
    officer = sign_in(play, "subdistrict_officer")
    inner = list(Case.objects.exclude(parent=None))
    assert inner
    where = "一件办件里面的办件列在它的页面上，按事项筛选可以单独列出"
    assert where in text_of(officer.get("/cases/"))
    assert where not in text_of(officer.get(f"/cases/?procedure={inner[0].procedure}"))
    for row in inner:
        assert row.number in text_of(officer.get(f"/cases/?procedure={row.procedure}"))
        assert row.number not in text_of(officer.get("/cases/"))
        assert row.number in text_of(officer.get(f"/cases/?estate={row.estate_id}"))


# Search -------------------------------------------------------------------------------------------------------------


def found(play: Play, name: str, asked: str) -> str:
    """What somebody finds."""
    return text_of(sign_in(play, name).get("/search", {"q": asked})).partition("<main")[2]


def test_notices_are_found_in_the_order_of_their_numbers(play: Play) -> None:
    play.post("provider_leader", "exit.publicity")
    CaseNumber.objects.filter(code__startswith="notice:").update(last=8)
    for day in (1, 2):
        again = {
            "title": "示例公示",
            "body": f"示例内容{day}",
            "places": ["东门"],
            "posted_by": ["示例甲", "示例乙"],
        }
        again |= {"posted_at": play.go(days=1).now.isoformat()}
        play.do("provider_leader", "exit.publicity.take_down", "replace", **again)
    seat = Appointment.objects.select_related("organisation").get(
        pk=play.actor("subdistrict_officer").appointment_id
    )
    of_notices = next(one for one in find("公示〔2026〕", seat, play.now) if one.title == "公示")
    assert [one.under.rpartition("-")[2] for one in of_notices.hits] == ["1", "9", "10"]


def test_people_of_one_name_are_told_apart_by_what_they_are(play: Play) -> None:
    estate = play.area.estate
    add_appointment(add_person("示例同名"), Post.VOLUNTEER, estate_id=estate.pk)
    seat = Appointment.objects.select_related("organisation").get(
        pk=play.actor("subdistrict_officer").appointment_id
    )
    assert seat.organisation is not None
    add_appointment(add_person("示例同名"), Post.CLERK, organisation_id=seat.organisation.pk)
    past = add_person("示例同名")
    add_appointment(past, Post.RESIDENT, estate_id=estate.pk)
    Appointment.objects.filter(person=past).update(to_on=play.now.date() - timedelta(days=1))
    owner = Ownership.objects.filter(estate=estate, person__isnull=False).earliest("id")
    Person.objects.filter(pk=owner.person_id).update(name="示例同名")
    of_people = next(one for one in find("示例同名", seat, play.now) if one.title == "人员")
    told = sorted(one.under for one in of_people.hits)
    nothing = "在您的范围内现在没有职务和房屋"
    assert told == sorted((f"志愿者·{estate}", f"文书·{seat.organisation}", nothing, f"业主·{estate}"))


def test_search_finds_estates_cases_bodies_notices_and_people_within_sight(play: Play) -> None:
    play.post("provider_leader", "exit.publicity")
    number = play.case().row.number
    estate = f"/estates/{play.area.estate.pk}/"
    # 示例白山一号小区
    for asked in ("白山一号", "slbsyh", "SLBS"):
        assert estate in found(play, "subdistrict_officer", asked), asked
    serial = number.partition("〔")[2]
    for asked in (
        number,
        number[:-2],
        number.partition("〕")[2],
        number.partition("-")[2],
        f"-{number.partition('-')[2]}",
        "服务人退出",
        f"〔{serial}",
        f"({serial.replace('〕', ')')}",
    ):
        assert f"/cases/{play.root}/" in found(play, "subdistrict_officer", asked), asked
    assert "示例白山甲物业有限公司" in found(play, "subdistrict_officer", "甲物业")
    owner = play.area.people["owner"].name
    assert owner in found(play, "subdistrict_officer", owner[:4])
    notice = play.case().row.notices.get()
    assert f"/notices/{notice.pk}/" in found(play, "subdistrict_officer", notice.number)


def test_search_finds_a_case_by_the_names_of_its_estate_and_its_procedure(play: Play) -> None:
    case = f'href="/cases/{play.root}/"'
    for asked in ("白山一号 退出", "退出 示例白山一号小区", "白山 物业服务人退出"):
        assert case in found(play, "subdistrict_officer", asked), asked
    for asked in ("示例另一小区 退出", "白山一号 选举", "白山 一号"):
        assert case not in found(play, "subdistrict_officer", asked), asked
    assert case not in found(play, "other_provider_leader", "白山一号 退出")


def test_search_finds_a_document_by_its_number_its_year_and_its_serial(play: Play) -> None:
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    play.classify("grade_d")
    play.urge()
    paper = IssuedPaper.objects.select_related("number").get()
    number = paper.number
    for asked in (number.text, number.text[:-2], f"〔{number.year}〕", f"[{number.year}]{number.serial}号"):
        assert f"/cases/{play.root}/" in found(play, "county_officer", asked), asked
    assert "没有找到" in found(play, "county_officer", f"〔{number.year - 1}〕")
    assert number.text not in found(play, "other_provider_leader", f"〔{number.year}〕")
    # the number of a case, or another serial, is not this document's, though the year is the same
    for asked in (
        f"〔{number.year}〕220602-83",
        f"〔{number.year}〕{number.serial + 1}号",
        f"〔{number.year}〕-1",
    ):
        assert number.text not in found(play, "county_officer", asked), asked


def test_search_finds_what_bears_a_code_and_a_name_with_a_blank_in_it(play: Play) -> None:
    play.post("provider_leader", "exit.publicity")
    notice = play.case().row.notices.get()
    for asked in (short_code(notice.pk), short_code(notice.pk).lower()):
        assert f"/notices/{notice.pk}/" in found(play, "subdistrict_officer", asked), asked
    assert f"/estates/{play.area.estate.pk}/" in found(play, "subdistrict_officer", "白山 一号")
    assert f"/cases/{play.root}/" in found(play, "subdistrict_officer", "服务人 退出")
    owner = play.area.people["owner"].name
    assert owner in found(play, "subdistrict_officer", f"{owner[:2]} {owner[2:4]}")
    body = Organisation.objects.get(name="示例白山甲物业有限公司")
    Organisation.objects.filter(pk=body.pk).update(uscc="91220602MA0EXAMPLE")
    for asked in ("91220602MA0EXAMPLE", "9122 0602 ma0e", "91220602"):
        assert body.name in found(play, "subdistrict_officer", asked), asked


def test_the_code_of_a_paper_leads_to_its_case_for_who_sees_it(play: Play) -> None:
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    play.classify("grade_d")
    play.urge()
    code = short_code(IssuedPaper.objects.get().pk)
    assert f"/cases/{play.root}/" in found(play, "county_officer", code)
    assert "没有找到" in found(play, "other_provider_leader", code)


def test_only_the_page_of_search_says_in_its_box_what_was_looked_for(play: Play) -> None:
    officer = sign_in(play, "subdistrict_officer")
    for path, said in (("/search", True), ("/cases/", False)):
        top = text_of(officer.get(path, {"q": "甲物业"})).partition("</header>")[0]
        assert ('value="甲物业"' in top) == said, path
        assert "门牌" not in top  # houses are not looked for


def test_search_tells_nobody_what_is_not_theirs_to_see(play: Play) -> None:
    number, owner = play.case().row.number, play.area.people["owner"].name
    for asked in (number, owner):
        told = found(play, "other_provider_leader", asked)
        assert f"/cases/{play.root}/" not in told
        assert f"/estates/{play.area.estate.pk}/" not in told
        assert "没有找到" in told
    assert f"/estates/{play.area.estate.pk}/" not in found(play, "other_provider_leader", "白山一号")
    assert f"<span>{owner}</span>" not in found(play, "tenant", owner)
    assert "没有找到" in found(play, "subdistrict_officer", "%")
    assert "输入要找的内容" in found(play, "subdistrict_officer", "")
    assert "找人要从姓氏输起" in found(play, "subdistrict_officer", "")
    # a name is found by its beginning, and that is said where it was not
    told = found(play, "subdistrict_officer", owner[1:])
    assert f"<span>{owner}</span>" not in told
    assert "找人要从姓名的第一个字输起" in told
    answer = sign_in(play, "administrator").get("/search?q=x")
    assert answer.status_code == 403


# Export -------------------------------------------------------------------------------------------------------------


def sheet(client: Client, path: str) -> list[tuple[Any, ...]]:
    """The rows of a spreadsheet."""
    answer = client.get(path)
    assert answer.status_code == 200
    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_a_list_is_exported_as_it_is_seen_and_no_cell_is_a_formula(play: Play) -> None:
    over, _ = copies(play, [at("2026-03-02 00:00"), at("2026-03-20 00:00")])
    Task.objects.filter(pk=over.pk).update(title='=HYPERLINK("http://x.example","x")', note="+1")
    client = sign_in(play, "committee_head")
    page = client.get("/?urgency=over").content.decode()
    rows = sheet(client, "/work.xlsx?urgency=over")
    assert rows[0][:4] == ("紧急程度", "截止日期", "截止时刻", "要做的事")
    # due at the 2nd's 00:00: its last day was the 1st, to 24:00
    assert rows[1][:4] == (
        "逾期 1 日",
        datetime.fromisoformat("2026-03-01"),
        "24:00",
        '=HYPERLINK("http://x.example","x")',
    )
    assert len(rows) == 2
    assert rows[0][-2] == "依据"
    whole = {str(title) for title in re.findall(r'class="cite[^"]*"[^>]* title="([^"]+)"', page)}
    assert (len(rows[1][-2]) > 0, whole >= set(rows[1][-2].split("、"))) == (True, True)
    cases = sheet(client, "/cases.xlsx?state=open")
    assert cases[1][0] == play.case().row.number
    assert len(sheet(client, "/cases.xlsx?state=ended")) == 1
    assert client.get("/cases.xlsx")["Cache-Control"] == "no-store"
    assert client.get("/cases/")["Cache-Control"] == "private, no-cache"
    homes = sheet(client, "/estates.xlsx?q=一号")
    assert [row[0] for row in homes] == ["小区", "示例白山一号小区"]
    assert homes[1][4:6] == ("示例白山甲物业有限公司", "合同管理")
    assert cases[1][4] == datetime.fromisoformat("2026-03-02T09:00")
    others = sheet(sign_in(play, "provider_leader"), "/work.xlsx?whose=others")
    assert any("退出协议" in str(row[3]) for row in others)


def test_each_list_has_a_file_of_its_own_name_whose_head_stays_and_whose_columns_fit(play: Play) -> None:
    client = sign_in(play, "committee_head")
    mine, others = (client.get(f"/work.xlsx{asked}") for asked in ("", "?whose=others"))
    assert mine["Content-Disposition"] != others["Content-Disposition"]
    page = openpyxl.load_workbook(BytesIO(client.get("/cases.xlsx").content)).worksheets[0]
    assert page.freeze_panes == "A2"
    widths = [page.column_dimensions[letter].width for letter in "ABCDEFG"]
    assert len(set(widths)) > 1
    assert all(NARROWEST <= width <= WIDEST for width in widths)


def test_what_has_no_date_still_says_by_which_article_it_is_done(play: Play) -> None:
    play.file_with("subdistrict", "county")
    row = sign_in(play, "subdistrict_officer").get("/").content.decode().split("退出申请备案回执</a>")[1]
    cell = row.split("</tr>")[0].split('data-label="依据">')[1]
    assert "白山办法 第12条" in re.sub(r"<[^>]+>", "", cell)
