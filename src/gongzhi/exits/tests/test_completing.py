"""A notice that was returned to be completed keeps the day on which it first arrived; a new one arrives for itself."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongzhi.exits.rules import EARLY
from gongzhi.exits.tests.play import Play, application, at
from gongzhi.papers.contents.applications import ApplicationReceipt
from gongzhi.procedures.documents import Copy, Source
from gongzhi.procedures.forms import RECEIPT
from gongzhi.values.refusals import NotPossible, RuleBroken

TASK = "exit.application.submit"
RECEIVE = "exit.application.receive"
FIRST = at("2026-03-02 09:00")


def again(play: Play, exit_on: str, **more: Any) -> None:
    play.do("provider_leader", TASK, "submit", ("exit_application",), **application(exit_on), **more)


def take_in(play: Play, when: str) -> None:
    told = {"arrived_at": at(when).isoformat(), "received_by": "示例签收人"}
    play.do("committee_head", RECEIVE, "receive", **told)


@pytest.fixture
def returned(play: Play) -> Play:
    """Sent on 2 March, returned to be completed a week later: 2 March + 90 days = 31 May 2026."""
    play.apply("2026-05-31").until("2026-03-09 10:00")
    play.do("committee_head", RECEIVE, "return", missing="示例安排", until_on="2026-03-20")
    return play.until("2026-03-09 15:00")


def test_the_arrival_of_the_first_round_stands_after_it_was_completed(returned: Play) -> None:
    again(returned, "2026-05-31")
    case = returned.case()
    step = case.declaration.step("application")
    assert step.begins_with(case, "receive", returned.now, "receive") == {"arrived_at": FIRST}
    with pytest.raises(NotPossible, match="到达时间不能早于"):
        take_in(returned, "2026-03-02 08:59")
    take_in(returned, "2026-03-02 09:00")
    assert returned.case().row.clocks.get(key=EARLY).due_on == date(2026, 5, 31)


def test_returned_again_and_again_it_still_counts_from_the_first(returned: Play) -> None:
    for day in ("2026-03-16", "2026-03-23"):
        again(returned, "2026-05-31")
        returned.until(f"{day} 10:00")
        returned.do("committee_head", RECEIVE, "return", missing="示例又一项")
    again(returned, "2026-05-31")
    take_in(returned, "2026-03-02 09:00")
    assert returned.case().instant("application.arrived") == FIRST


def test_the_sender_proves_the_arrival_of_the_first_round(returned: Play) -> None:
    again(returned, "2026-05-31")
    told: dict[str, Any] = {
        "arrived_at": at("2026-03-02 11:00").isoformat(),
        "address": "示例业委会办公室",
        "servers": ["示例甲", "示例乙"],
        "method": "direct",
        "received_by": "示例主任",
        "may_receive": True,
    }
    returned.do("provider_leader", "exit.application.prove", "prove", **told)
    assert returned.case().instant("application.arrived") == at("2026-03-02 11:00")


def test_the_receipt_tells_both_rounds(returned: Play) -> None:
    again(returned, "2026-05-31")
    take_in(returned, "2026-03-02 09:00")
    case = returned.case()
    step = case.declaration.step("application")
    found = case.live_round(step)
    assert found is not None
    source = Source(case, step, case.round_view(found), Copy(), returned.now)
    (copy,) = RECEIPT.copies(source)
    told = RECEIPT.fill(replace(source, copy=copy))
    assert isinstance(told, ApplicationReceipt)
    words = "2026年3月2日（周一）09:00首次提交，2026年3月9日（周一）15:00补正后重新提交，收件人签收"
    assert told.method == words


def test_an_application_made_anew_after_it_had_arrived_is_another_paper(returned: Play) -> None:
    again(returned, "2026-05-31")
    take_in(returned, "2026-03-02 09:00")
    returned.until("2026-03-10 09:00").stand("provider_leader", "exit", "amend", reason="示例改期")
    with pytest.raises(RuleBroken, match="今天到达的"):
        again(returned, "2026-05-31")
    again(returned, "2026-08-31")
    with pytest.raises(NotPossible, match="到达时间不能早于提交时间（2026年3月10日"):
        take_in(returned, "2026-03-09 16:00")
