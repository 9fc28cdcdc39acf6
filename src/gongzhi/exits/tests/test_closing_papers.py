"""Cover and closing note of an ended case while something is still waited for: they say what, and may change."""

import zipfile
from io import BytesIO

import pytest

from gongzhi.exits.tests.play import Play, signature
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.law import queries as law
from gongzhi.procedures.bundling import bundle_case
from gongzhi.procedures.queries import Reader
from gongzhi.registry.models import Appointment

BODIES = {"subdistrict": "示例白山街道办事处", "county": "示例白山县住房和城乡建设局"}


@pytest.fixture
def filed(play: Play) -> Play:
    """The handover has ended: its confirmation is filed with both, who have given no receipt."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").hand_over()
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
