"""Days that a notice, a contract or a plan names date the tasks they name, with reminders; no period does."""

from datetime import date

import pytest
from django.urls import reverse

from gongzhi.exits.tests.looking import see
from gongzhi.exits.tests.play import Play, at, set_here
from gongzhi.exits.tests.settling import scope
from gongzhi.messages.models import Message
from gongzhi.procedures.models import Case, Clock
from gongzhi.procedures.tick import fire_due
from gongzhi.procedures.view import CaseView

BOOKS = "settlement.books.fill"
UNSET = "本地未设定，须先由有权机关设定"


@pytest.fixture
def settling(play: Play) -> Play:
    """An exit whose settlement has begun, on Monday 2 March 2026."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity").until("2026-03-10 08:00")
    play.take_down("provider_leader", "exit.publicity")
    return play.agree("2026-06-30")


def told(play: Play, name: str) -> str:
    rows = Message.objects.filter(organisation=play.area.organisations[name], case__root_id=play.root)
    return "".join(rows.values_list("body", flat=True))


def test_the_day_the_notice_names_dates_the_books_and_is_reminded_of(settling: Play) -> None:
    """Ten days from Tuesday 10 March: 20 March, to its end; the place set no period, and nobody waits for one."""
    play = settling.ask_books()
    task = play.task(BOOKS)
    assert (task.due_on, task.due_at) == (date(2026, 3, 20), at("2026-03-21 00:00"))
    assert "清算方案及提供资料通知要求的日期为2026年3月20日" in task.note
    assert not Clock.objects.filter(key="settlement.books_within").exists()
    fire_due(at("2026-03-21 00:00"))
    assert "填写提供资料清单：已到期（2026年3月20日（周五）24:00）" in told(play, "provider")


def test_the_page_does_not_ask_for_a_period_that_the_notice_names(settling: Play, paged: Play) -> None:
    play = settling.ask_books()
    page = see(play, "provider_leader", reverse("case", args=[play.case("settlement").id]))
    assert "要求的日期为2026年3月20日" in page
    assert UNSET not in page


def test_where_the_place_counts_a_period_that_counts(settling: Play) -> None:
    set_here("settlement.books_within", 15, unit="D")
    play = settling.ask_books()
    assert play.task(BOOKS).due_on is None
    assert Clock.objects.get(key="settlement.books_within").due_on == date(2026, 3, 25)


def test_a_notice_that_is_put_right_moves_the_day(settling: Play) -> None:
    play = settling.ask_books()
    meant = scope(play.now.date()) | {"books_due_on": "2026-03-30"}
    play.stand("committee_head", "settlement", "correct", step="scope", facts=meant, reason="示例笔误")
    task = play.task(BOOKS)
    assert (task.due_on, task.due_at) == (date(2026, 3, 30), at("2026-03-31 00:00"))
    assert "2026年3月30日" in task.note
    assert "2026年3月20日" not in task.note


def test_the_contract_with_the_firm_dates_its_report(settling: Play) -> None:
    """Twenty days from 10 March."""
    settling.ask_books().give_books().compare().fund(1_000_000, 5_000_000).entrust()
    task = settling.task("settlement.report.submit")
    assert (task.due_on, task.due_at) == (date(2026, 3, 30), at("2026-03-31 00:00"))
    assert "委托时约定的报告日期" in task.note


def test_the_plan_of_the_handover_dates_its_lists(play: Play) -> None:
    play.until("2026-09-21 09:00").not_renew("2026-12-31")
    play.reach("exit.non_renewal.receive", "committee_head")
    play.vote().name_successor("2026-12-31").until("2026-12-14 09:00").settle()
    said = {
        "starts_at": at("2026-12-31 16:00").isoformat(),
        "place": "示例地点",
        "teams": "示例分组",
        "attendees": ["示例单位"],
    }
    play.do("subdistrict_officer", "handover.plan.submit", "submit", **said)
    for step in ("documents", "assets", "extra"):
        task = play.task(f"handover.{step}.fill")
        assert (task.due_on, task.due_at) == (date(2026, 12, 31), at("2027-01-01 00:00"))
        assert "交接方案定于2026年12月31日（周四）16:00" in task.note
    view = CaseView(Case.objects.get(pk=play.case("handover").id))
    assert {task.due_on for task in view.open_tasks() if task.instead} == {None}
