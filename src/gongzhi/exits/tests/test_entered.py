"""代为登记: a paper application, entered by who takes it in for a provider without an account."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from gongzhi.desk.tests.browsing import form_at, sign_in, text_of, upload
from gongzhi.exits.tests.looking import look, plain, read, see
from gongzhi.exits.tests.play import Play, application, at
from gongzhi.exits.tests.test_papers import made
from gongzhi.exits.tests.test_papers import text_of as words_of
from gongzhi.messages.models import Message
from gongzhi.procedures.archive import leaves_of
from gongzhi.procedures.models import CaseAct, PaperUse
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.procedures.terms import Said
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible, Refusal

HANDED = at("2026-02-27 16:00").isoformat()
ON_PAPER = {"handed_at": HANDED, "handed_by": "示例经理"}
SCAN = ("exit_application",)


def enter(play: Play, name: str, papers: tuple[str, ...] = SCAN, **more: Any) -> Play:
    """Somebody enters what the provider handed in on Friday 27 February; today is Monday 2 March."""
    facts = application("2026-05-28") | ON_PAPER | more
    answer = open_case(
        by=play.actor(name),
        at=play.now,
        procedure="exit",
        variant="provider_early",
        subject=Subject(estate=play.area.estate),
        facts=facts,
        papers=play.papers(name, *papers),
    )
    play.root = UUID(answer.value["case"])
    return play


def said_in(play: Play) -> Said:
    """The application as it counts."""
    case = play.case()
    step = case.declaration.step("application")
    live = case.live_round(step)
    assert live is not None
    said = case.round_view(live).last("submit")
    assert said is not None
    return said


@pytest.mark.proves("BS-041")
@pytest.mark.parametrize(
    ("name", "body"), [("committee_head", "committee"), ("subdistrict_officer", "subdistrict")]
)
def test_a_paper_application_is_entered_by_who_takes_it_in_and_counts_from_its_arrival(
    play: Play, name: str, body: str
) -> None:
    """27 February + 90 days = 28 May. It is the provider's word; record and papers tell who entered it."""
    enter(play, name)
    registrar, provider = play.area.organisations[body], play.area.organisations["provider"]
    act = CaseAct.objects.get(case_id=play.root, name="submit")
    assert act.organisation == registrar
    assert play.case().row.opened_by == provider
    assert (said_in(play).organisation_id, said_in(play).entered_by_id) == (provider.pk, registrar.pk)
    assert PaperUse.objects.filter(act=act, kind="exit_application").count() == 1
    told = Message.objects.get(organisation=provider, title="退出申请已由收件方代为登记")
    assert registrar.name in told.body
    play.do(
        "committee_head", "exit.application.receive", "receive", arrived_at=HANDED, received_by="示例签收人"
    )
    assert (
        str(play.case().row.clocks.get(key="exit.provider_early_exit_notice_before").due_on) == "2026-05-28"
    )
    for code in ("application.exit_application", "application.application_receipt"):
        words = words_of(made(play, "exit", code))
        assert re.search(
            rf"纸质原件由示例经理于2026年2月27日（周五）16:00递交，{registrar.name}.*代为登记", words
        ), words
        assert provider.name in words


def test_the_inventory_lists_what_was_entered_as_the_side_s_own_paper_of_its_day(play: Play) -> None:
    enter(play, "subdistrict_officer")
    street = play.area.organisations["subdistrict"].name
    (leaf,) = [one for one in leaves_of(play.case(), play.now) if one.kept is not None]
    provider = play.area.organisations["provider"].name
    assert (leaf.author, leaf.on, leaf.note) == (provider, date(2026, 2, 27), f"{street}代为登记")
    page = plain(see(play, "committee_head", f"/cases/{play.root}/"))
    assert "递交人" in page
    assert "handed_by" not in page


def test_papers_bear_the_day_it_was_handed_in_and_the_record_who_entered_it(play: Play) -> None:
    enter(play, "committee_head")
    play.do("committee_head", "exit.application.receive", "return", missing="示例：缺人员安排")
    assert "2026年2月27日收到" in words_of(made(play, "exit", "application.completion_request.1-1"))
    text = words_of(made(play, "exit", "case_timeline"))
    assert f"立案{play.area.organisations['committee'].name}" in text, text
    assert "退出申请：代为登记（示例经理于2026年2月27日（周五）16:00递交纸质件）" in text
    again = {"handed_at": "2026-03-02T08:30:00+08:00", "handed_by": "示例经理"}
    play.do("committee_head", "exit.application.submit", "submit", SCAN, **application("2026-05-28") | again)
    play.do(
        "committee_head", "exit.application.receive", "receive", arrived_at=HANDED, received_by="示例签收人"
    )
    play.file_with("subdistrict")
    assert "退出申请：2026年2月27日" in words_of(made(play, "exit", "filing.filing_form.subdistrict"))


def test_who_asks_for_more_says_who_took_the_paper_in(play: Play) -> None:
    """The street did: the committee did not receive it on that day, and its own receipt comes later."""
    enter(play, "subdistrict_officer")
    play.do("committee_head", "exit.application.receive", "return", missing="示例：缺人员安排")
    words = words_of(made(play, "exit", "application.completion_request.1-1"))
    street = play.area.organisations["subdistrict"].name
    assert f"纸质原件由示例经理于2026年2月27日（周五）16:00递交，{street}" in words
    assert "2026年2月27日收到" not in words


@pytest.mark.parametrize(
    ("name", "more", "papers", "refusal", "says"),
    [
        ("county_officer", {}, SCAN, NotAllowed, "无权代为登记.*业主委员会.*街道"),
        ("community_worker", {}, SCAN, NotAllowed, "无权代为登记"),
        ("other_provider_leader", {}, SCAN, NotAllowed, "无权代为登记"),
        ("provider_leader", {}, SCAN, NotPossible, "不填递交人"),
        ("committee_head", {"handed_by": ""}, SCAN, NotAllowed, "无权办理"),
        ("committee_head", {"handed_at": None}, SCAN, Invalid, "要填写纸质原件送达时间"),
        ("committee_head", {}, (), NotPossible, "还缺纸质原件的扫描件"),
    ],
)
def test_nobody_else_enters_it_and_not_without_the_paper(
    play: Play, name: str, more: dict[str, Any], papers: tuple[str, ...], refusal: type[Refusal], says: str
) -> None:
    with pytest.raises(refusal, match=says):
        enter(play, name, papers, **more)
    assert not CaseAct.objects.exists()


def test_a_provider_that_applied_itself_is_not_replaced(play: Play) -> None:
    play.apply("2026-07-31")
    with pytest.raises(NotPossible, match="已有一件在办的物业服务人退出"):
        enter(play, "committee_head")
    play.do("committee_head", "exit.application.receive", "return", missing="示例缺件")
    play.go(days=1)
    again = application("2026-07-31") | {"handed_at": play.now.isoformat(), "handed_by": "示例经理"}
    task = play.task("exit.application.submit")
    page = read(look(play, "committee_head"), reverse("case-more", args=[play.root]))
    assert reverse("task-act", args=[task.pk, "submit"]) in page
    play.do("committee_head", "exit.application.submit", "submit", SCAN, **again)
    assert said_in(play).organisation_id == play.area.organisations["provider"].pk


def test_who_entered_it_puts_right_what_was_misread_and_nobody_turns_it_into_the_providers_own(
    play: Play,
) -> None:
    enter(play, "committee_head")
    facts = application("2026-05-29") | ON_PAPER
    with pytest.raises(NotAllowed, match="应由原来填写的单位更正"):
        play.stand("provider_leader", "exit", "correct", step="application", facts=facts, reason="示例")
    own = facts | {"handed_by": ""}
    with pytest.raises(NotPossible, match="递交"):
        play.stand("committee_head", "exit", "correct", step="application", facts=own, reason="示例")
    play.stand("committee_head", "exit", "correct", step="application", facts=facts, reason="示例")
    assert said_in(play).facts["exit_on"] == "2026-05-29"


def test_the_page_asks_who_handed_it_in_and_the_providers_own_form_does_not(paged: Play) -> None:
    estate = str(paged.area.estate.pk)
    ways = read(look(paged, "committee_head"), reverse("open-variant", args=["exit", estate]))
    address = reverse("open-form", args=["exit", estate, "provider_early-paper"])
    assert address in ways
    assert address not in read(look(paged, "county_officer"), reverse("open-variant", args=["exit", estate]))
    own = look(paged, "provider_leader").get(reverse("open-form", args=["exit", estate, "provider_early"]))
    assert "handed_by" not in text_of(own)
    form = form_at(sign_in(paged, "committee_head"), address)
    answer = form.send(
        {code: upload() for code in SCAN},
        **application("2026-05-28") | {"serves_until_takeover": "true"},
        handed_by="示例经理",
        handed_at="2026-02-27T16:00",
    )
    assert answer.status_code == 302, text_of(answer)
    act = CaseAct.objects.get(name="submit")
    assert (act.facts["handed_by"], act.organisation) == ("示例经理", paged.area.organisations["committee"])
