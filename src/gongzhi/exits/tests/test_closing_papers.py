"""Cover and closing note of an ended case while something is still waited for: they say what, and may change."""

import zipfile
from io import BytesIO

import pytest

from gongzhi.exits.procedures import Handover
from gongzhi.exits.tests.looking import see
from gongzhi.exits.tests.play import Play, signature
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.exits.tests.test_signing import refuse_to_sign
from gongzhi.law import queries as law
from gongzhi.procedures.bundling import bundle_case
from gongzhi.procedures.queries import Reader
from gongzhi.registry.models import Appointment, Unit

BODIES = {"subdistrict": "示例白山街道办事处", "county": "示例白山县住房和城乡建设局"}


@pytest.fixture
def settled(play: Play) -> Play:
    """The handover has begun."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    return play.until("2026-06-30 09:00")


def file_it(play: Play) -> Play:
    """The confirmation is filed with both, who have given no receipt: the handover has ended."""
    for role in BODIES:
        play.do(
            "other_provider_leader",
            f"handover.filing.send:{role}",
            "send",
            sent_at=play.now.isoformat(),
            method="platform",
            proof="示例报送凭证",
        )
    assert play.case("handover").row.ended_at is not None
    return play


@pytest.fixture
def filed(settled: Play) -> Play:
    """The handover has ended: its confirmation is filed with both, who have given no receipt."""
    settled.hand_over()
    return file_it(settled)


@pytest.fixture
def refused(settled: Play) -> Play:
    """The giver would sign neither the list of assets nor the confirmation; drawings are missing, a refund is owed."""
    giver, receiver = "provider_leader", "other_provider_leader"
    play = settled.plan().go(hours=2)
    play.empower(giver).empower(receiver)
    unit = str(Unit.objects.filter(estate=play.area.estate).order_by("id")[0].pk)
    fee = {"unit": unit, "kind": "property_fee", "paid_cents": 10000, "served_to": "2026-06-30"}
    play.stand(giver, "handover", "record_prepaid", **fee, from_on="2026-06-01", to_on="2026-07-31")
    for step in play.lists():
        play.fill(step, ("drawings",))
        if step == "assets":
            refuse_to_sign(play, step)
        else:
            play.sign(step, receiver)
    play.go(minutes=30).approve(receiver, ("drawings",), refusals="示例：资产清单拒签")
    play.do(giver, "handover.confirmation.countersign:provider", "decline", reason="示例：费用未清")
    if "handover.inventory_served.submit" in play.open_tasks():
        play.do(
            receiver, "handover.inventory_served.submit", "submit", lists="资产移交清单", remark="示例说明"
        )
        proof = {"arrived_at": play.now.isoformat(), "method": "direct", "address": "示例项目部"}
        proof |= {"servers": ["示例甲", "示例乙"], "received_by": "示例签收人", "may_receive": True}
        play.do(receiver, "handover.inventory_served.prove", "prove", **proof)
    return file_it(play)


def answer(play: Play) -> Play:
    """All that was waited for comes: two receipts, three who confirm that they were there."""
    for role in BODIES:
        path = f"handover.filing.receipt:{role}:1"
        play.do(f"{role}_officer", path, "receipt", number=f"示例〔2026〕{len(role)}号")
    for path in play.open_tasks():
        name = path.rpartition(":")[2]
        if path.startswith("handover.confirmation.acknowledge:"):
            by = "community_worker" if name == "community" else f"{name}_officer"
            play.do(by, path, "acknowledge", **signature())
    return play


def test_cover_and_note_say_what_is_still_waited_for_and_may_still_change(filed: Play) -> None:
    cover, note = (made(filed, "handover", code) for code in ("case_cover", "closing_note"))
    receipts = f"交接确认书备案回执（{'、'.join(BODIES.values())}）"
    assert (cover.is_preview, note.is_preview) == (True, True)
    assert "已结案，尚待：" in text_of(cover)
    assert receipts in text_of(cover)
    assert "见证：项目交接确认书（" in text_of(cover)
    assert "各步骤均已办结" not in text_of(cover)
    assert "本案结案时尚待：" in text_of(note)
    assert receipts in text_of(note)


def test_once_all_has_come_cover_and_note_are_final(filed: Play) -> None:
    answer(filed)
    cover, note = (made(filed, "handover", code) for code in ("case_cover", "closing_note"))
    assert (cover.is_preview, note.is_preview) == (False, False)
    assert "各步骤均已办结" in text_of(cover)
    assert "尚待" not in text_of(cover) + text_of(note)


def test_the_bundle_of_an_ended_case_has_its_cover_while_something_is_waited_for(filed: Play) -> None:
    seat = Appointment.objects.get(pk=filed.actor("subdistrict_officer").appointment_id)
    out = BytesIO()
    with law.pinned():
        bundle_case(out, filed.case("handover").row, Reader(seat, masked=False), filed.now)
    with zipfile.ZipFile(out) as bundle:
        names = "".join(bundle.namelist())
    for title in ("案卷封面", "卷内目录", "卷内备考表"):
        assert title in names, title


def test_a_refused_confirmation_is_told_as_refused_with_what_is_left_open(refused: Play) -> None:
    case = refused.case("handover")
    assert case.outcome_of(Handover.confirmation) == "refused"
    assert case.row.outcome == "done"
    refusals = "移交方拒签资产移交清单、项目交接确认书"
    assert case.row.ended_why.startswith(f"{refusals}；结案时1项资料资产缺失未补交，预收费用和押金1笔共")
    page = see(refused, "subdistrict_officer", f"/cases/{case.id}/")
    step = page.split('id="step-confirmation"')[1].split('id="step-')[0]
    assert "拒签</span>" in step
    assert "<p>同意</p>" not in step
    assert refusals in page
    assert refusals in text_of(made(refused, "handover", "case_cover"))
    note = text_of(made(refused, "handover", "closing_note"))
    for told in (f"{refusals}。", "缺失未补交的资料资产1项：", "预收费用和押金1笔共"):
        assert told in note


def test_the_file_of_the_exit_notes_it_too(refused: Play) -> None:
    exit_note = text_of(made(refused, "exit", "closing_note"))
    assert "移交方拒签资产移交清单、项目交接确认书。" in exit_note


def test_nothing_left_open_leaves_nothing_to_note(filed: Play) -> None:
    answer(filed)
    assert filed.case("handover").outcome_of(Handover.confirmation) == "approve"
    note = text_of(made(filed, "handover", "closing_note"))
    assert "拒签" not in note
    assert "缺失" not in note
