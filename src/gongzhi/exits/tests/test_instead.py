"""What is done only where others do not do theirs: nobody waits for it, and it is folded away until it is needed."""

import re

import pytest

from gongzhi.desk.worklist import soonest
from gongzhi.exits.tests.looking import plain, see
from gongzhi.exits.tests.play import Play
from gongzhi.law import queries as law
from gongzhi.messages.models import Message
from gongzhi.procedures.models import Task
from gongzhi.procedures.queries import tasks_of
from gongzhi.registry.models import Appointment

INSTEAD = {"单方清点资料移交清单", "单方清点资产移交清单", "单方清点其他交接事项清单"}
SUMMARY = re.compile(r"<details class=\"fold[^>]*>\s*<summary>对方不配合时：([^<]+)</summary>")


@pytest.fixture
def listed(paged: Play) -> Play:
    """The plan is made and the lists lie there."""
    paged.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    paged.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    paged.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    paged.until("2026-06-26 09:00").plan()
    return paged.go(hours=2)


def seat(play: Play, name: str) -> Appointment:
    return Appointment.objects.get(pk=play.actor(name).appointment_id)


def test_what_is_done_only_instead_waits_in_no_list(listed: Play) -> None:
    kept = Task.objects.filter(open=True, instead=True)
    assert set(kept.values_list("title", flat=True)) >= INSTEAD
    receiver = seat(listed, "other_provider_leader")
    with law.pinned():
        waiting = {one.title for one in soonest(receiver)}
    assert not waiting & INSTEAD
    assert not set(tasks_of(receiver).values_list("title", flat=True)) & INSTEAD
    assert set(tasks_of(receiver, instead=True).values_list("title", flat=True)) >= INSTEAD
    assert not Message.objects.filter(task__in=kept).exists()
    assert not kept.exclude(due_at=None).exists()
    assert all(title not in see(listed, "other_provider_leader", "/") for title in INSTEAD)


def test_it_lies_folded_on_the_page_of_the_case_and_is_nobody_s_turn(listed: Play) -> None:
    path = f"/cases/{listed.case('handover').row.pk}/"
    page = see(listed, "other_provider_leader", path)
    assert set(SUMMARY.findall(page)) >= INSTEAD
    turn = page[page.index('class="sheet turn"') :]
    assert "单方清点" not in plain(turn[: turn.index("</section>")])
    assert "待办：单方清点" not in plain(page)
    # every form of it stands within a fold
    for form in re.finditer(r'<form class="form items".*?</form>', page, re.DOTALL):
        before = page[: form.start()]
        assert before.count("<details") > before.count("</details")


def test_the_giver_s_own_list_lies_open(listed: Play) -> None:
    page = see(listed, "provider_leader", f"/cases/{listed.case('handover').row.pk}/")
    form = page.index('<form class="form items"')
    assert page[:form].count("<details") == page[:form].count("</details")


def test_a_refusal_is_recorded_from_its_fold(listed: Play) -> None:
    listed.fill("documents")
    page = see(listed, "community_worker", f"/cases/{listed.case('handover').row.pk}/")
    assert "记录资料移交清单拒签情况" in SUMMARY.findall(page)
    assert Task.objects.get(open=True, title="记录资料移交清单拒签情况").instead
