"""A paper that was handed over, posted or filed stays in the volume when the round that made it is void."""

import zipfile
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from gongzhi.exits.tests.looking import see
from gongzhi.exits.tests.play import Play, application
from gongzhi.law import queries as law
from gongzhi.papers.tests.measure import pages
from gongzhi.procedures import check
from gongzhi.procedures.archive import leaves_of
from gongzhi.procedures.bundling import bundle_case
from gongzhi.procedures.documents import Made, paper_made, papers_made
from gongzhi.procedures.models import PastPaper
from gongzhi.procedures.past_papers import form_of
from gongzhi.procedures.printing import printed
from gongzhi.procedures.queries import Reader
from gongzhi.registry.models import Appointment
from gongzhi.values.ids import new_id


def _made(play: Play, *, masked: bool = False) -> dict[str, Made]:
    with law.pinned():
        return {one.code: one for one in papers_made(play.case(), play.now, masked=masked)}


def _texts(play: Play, code: str) -> str:
    with law.pinned():
        made = paper_made(play.case(), code, play.now, masked=False, site="https://example.invalid")
        found = pages(printed(made))
    return "".join("".join(page.text.split()) for page in found)


@pytest.fixture
def amended(play: Play) -> Play:
    """The day moves after the paper arrived, was filed and was posted; the new one is handed in."""
    play.apply("2026-07-31").go(hours=1).arrive().file_with("county").post(
        "provider_leader", "exit.publicity"
    )
    play.go(days=10).stand("provider_leader", "exit", "amend", reason="示例改期")
    play.go(hours=1)
    return play


def _apply_anew(play: Play) -> Play:
    again = application("2026-08-31") | {"reason": "示例另一原因"}
    play.do("provider_leader", "exit.application.submit", "submit", ("exit_application",), **again)
    return play


def test_what_was_handed_over_filed_and_posted_stays(amended: Play) -> None:
    found = {code for code, made in _made(amended).items() if made.is_past}
    assert found >= {
        "application.exit_application.round1",
        "application.application_receipt.round1",
        "filing.filing_form.county.round1",
        "publicity.poster_a4.round1",
    }


def test_it_says_what_was_said_then_and_the_new_one_what_is_said_now(amended: Play) -> None:
    _apply_anew(amended)
    made = _made(amended)
    assert not made["application.exit_application"].is_past
    then, now = (_texts(amended, f"application.exit_application{end}") for end in (".round1", ""))
    assert ("2026年7月31日" in then, "2026年8月31日" in then) == (True, False)
    assert ("2026年7月31日" in now, "2026年8月31日" in now) == (False, True)
    assert ("历史文书" in then, "历史文书" in now) == (True, False)


def test_it_is_named_with_its_round_and_why_it_is_past(amended: Play) -> None:
    one = _made(amended)["filing.filing_form.county.round1"]
    assert one.title.endswith("第1轮）")
    assert one.told()["past_why"] == "变更申请：示例改期"


def test_the_volume_lists_it_and_the_bundle_holds_it(amended: Play) -> None:
    _apply_anew(amended)
    seat = Appointment.objects.get(pk=amended.actor("provider_leader").appointment_id)
    out = BytesIO()
    with law.pinned():
        leaves = leaves_of(amended.case(), amended.now)
        bundle_case(out, amended.case().row, Reader(seat, masked=False), amended.now)
    past = {one.title: one for one in leaves if one.note == "历史文书"}
    assert "物业服务退出申请书（第1轮）" in past
    assert past["物业服务退出申请书（第1轮）"].author == "示例白山甲物业有限公司"
    names = "\n".join(zipfile.ZipFile(out).namelist())
    assert "材料/002_物业服务退出申请书（第1轮）.pdf" in names


def test_the_page_of_the_case_keeps_it_apart(amended: Play) -> None:
    text = see(amended, "provider_leader", f"/cases/{amended.root}/")
    assert "<summary>历史文书</summary>" in text
    assert "application.exit_application.round1" in text
    where = reverse("document", args=[amended.root, "application.exit_application.round1"])
    assert "（历史文书）" in see(amended, "provider_leader", where)


def test_a_case_that_never_went_back_has_none(play: Play) -> None:
    play.apply("2026-07-31").arrive()
    assert not any(made.is_past for made in _made(play).values())
    assert "历史文书" not in see(play, "provider_leader", f"/cases/{play.root}/")


def test_a_stranger_to_what_was_said_reads_only_what_hung_anyway(amended: Play) -> None:
    past = {code for code, made in _made(amended, masked=True).items() if made.is_past}
    assert past
    assert all(code.startswith("publicity.poster") for code in past)


def test_a_paper_returned_to_be_completed_stays_and_the_request_stands_once(play: Play) -> None:
    play.apply("2026-07-31").go(hours=1)
    play.do("committee_head", "exit.application.receive", "return", missing="缺预收费用清单")
    found = list(_made(play))
    assert "application.exit_application.round1" in found
    assert len([code for code in found if "completion_request" in code]) == 1


def test_an_open_notice_of_an_ended_case_stays(play: Play) -> None:
    play.apply("2026-07-31").arrive().post("provider_leader", "exit.publicity").go(days=1)
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    assert "publicity.poster_a4.round1" in _made(play)


def test_the_code_on_a_poster_opens_a_page_where_it_is_printed(amended: Play) -> None:
    row = PastPaper.objects.get(document="poster_a4")
    assert str(getattr(form_of(row, "https://example.invalid"), "address", "")).startswith(
        "https://example.invalid/v/"
    )
    assert getattr(form_of(row), "address", None) == ""


def test_its_words_are_written_once(amended: Play) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PastPaper.objects.update(title="示例改名")


def test_a_paper_whose_words_are_not_those_kept_is_found(amended: Play) -> None:
    row = PastPaper.objects.exclude(why="").get(document="exit_application")
    assert not [words for words in check.findings(amended.now) if "历史文书" in words]
    row.id, row.key, row.words = new_id(), "2", row.words | {"title": "示例改名"}
    row.save(force_insert=True)
    found = [words for words in check.findings(amended.now) if "历史文书" in words]
    assert found == [f"{amended.case().row.number}的历史文书《{row.title}》与留存时的摘要不符。"]
