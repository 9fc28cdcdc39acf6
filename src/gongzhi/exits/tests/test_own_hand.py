"""Whose hand a signature is: that of who is signed in, or one on paper whose scan lies in the case."""

import re
from io import BytesIO
from typing import Any

import pytest

from gongzhi.exits.tests.handing import GIVER, RECEIVER, signature
from gongzhi.exits.tests.looking import look, read
from gongzhi.exits.tests.play import PDF, Play, at
from gongzhi.law import queries as law
from gongzhi.papers.actions import store_upload
from gongzhi.papers.documents import Record
from gongzhi.papers.render import render
from gongzhi.papers.tests.measure import pages
from gongzhi.procedures.documents import paper_made
from gongzhi.procedures.models import CaseAct
from gongzhi.procedures.perform import perform
from gongzhi.procedures.presenting import ReadView, present_case
from gongzhi.procedures.queries import case_seen, reader_of
from gongzhi.procedures.standing import perform_on_case
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.refusals import NotAllowed, NotPossible
from gongzhi.values.wording import minute_words

SIGN = "handover.documents.sign:provider"


@pytest.fixture
def handing(db: None) -> Play:
    """阳城, where nothing is settled first: the list of documents is filled. Wednesday 29 April 2026."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("yangcheng",))
    play = Play(cast, cast.areas["yangcheng"], now)
    play.apply("2026-04-30").arrive().vote().name_successor("2026-04-30").agree("2026-04-30")
    play.until("2026-04-29 09:00").plan(starts_at=play.now.isoformat())
    play.fill("documents")
    return play


def head_of(play: Play) -> str:
    return str(play.area.people["provider_legal_representative"].name)


def sign(play: Play, papers: list[dict[str, str]], **said: Any) -> None:
    """The provider's leader signs, with the papers as they are."""
    by, task = play.actor(GIVER), play.task(SIGN)
    perform(by=by, at=play.now, task_id=task.id, act="sign", facts=said, papers=papers)


def test_nobody_signs_on_the_platform_in_another_s_name(handing: Play) -> None:
    said = signature(head_of(handing)) | {"signed_way": "platform"}
    with pytest.raises(NotAllowed, match=f"只能签本人的姓名，您登录的是{handing.area.people[GIVER].name}"):
        handing.do(GIVER, SIGN, "sign", **said)
    said.pop("signed_way")  # who does not say how signs on the platform
    with pytest.raises(NotAllowed, match="请选“纸质签署”"):
        handing.do(GIVER, SIGN, "sign", **said)
    assert not CaseAct.objects.filter(name="sign").exists()


def test_who_is_signed_in_signs_in_their_own_name(handing: Play) -> None:
    own = handing.area.people[GIVER].name
    handing.empower(GIVER, signer=own)
    handing.do(GIVER, SIGN, "sign", **signature(own) | {"signed_way": "platform"})
    assert hands(handing) == [f"签字人：{own}（授权代表，证件尾号001X，平台签署）", "", ""]
    # signed on the platform: the time of it stands there, and no room for a hand
    with law.pinned():
        paper = paper_made(handing.case("handover"), "documents.document_list", handing.now, masked=False)
        form = paper.form()
    assert isinstance(form, Record)
    assert [one.signed_at for one in form.signatures] == [minute_words(handing.now), "", ""]
    text = "".join(page.text for page in pages(render(form, at=handing.now)))
    assert (text.count("签名："), text.count("签署时间：")) == (2, 1)


def test_a_signature_on_paper_brings_the_scan_of_its_page(handing: Play) -> None:
    said = signature(head_of(handing))
    with pytest.raises(NotPossible, match="还缺签字页扫描件"):
        sign(handing, [], **said)
    by = handing.actor(GIVER)
    text = store_upload(by=by, at=handing.now, upload=BytesIO("示例".encode()), name="签字页.txt")
    with pytest.raises(NotPossible, match="只能是图片或 PDF"):
        sign(handing, [{"file": str(text.value["id"]), "kind": "signed_page"}], **said)
    page = store_upload(by=by, at=handing.now, upload=BytesIO(PDF), name="签字页.pdf")
    sign(handing, [{"file": str(page.value["id"]), "kind": "signed_page"}], **said)


def test_paper_and_case_say_which_scan_shows_the_hand(handing: Play) -> None:
    handing.empower(RECEIVER)
    handing.do(GIVER, SIGN, "sign", **signature(head_of(handing)))
    handing.do(RECEIVER, "handover.documents.sign:receiver", "sign", **signature())
    assert hands(handing) == [
        f"签字人：{head_of(handing)}（授权代表，纸质签署，扫描件第1件）",
        "签字人：示例签字人（授权代表，证件尾号001X，纸质签署，扫描件第2件）",
        "",
    ]
    held = appointment_of(handing.actor(GIVER), handing.now)
    row = case_seen(handing.case("handover").id, held)
    with law.pinned():
        told = present_case(ReadView(row), reader_of(held), handing.now)
    scans = [paper["title"] for paper in told["papers"] if paper["kind"] == "signed_page"]
    assert scans == ["签字页扫描件（第1件）", "签字页扫描件（第2件）"]


def hands(play: Play) -> list[str]:
    """What stands under the list of documents for giver, receiver and witness."""
    with law.pinned():
        made = paper_made(play.case("handover"), "documents.document_list", play.now, masked=False).form()
    assert isinstance(made, Record)
    return [one.note for one in made.signatures]


def correct(play: Play, **facts: Any) -> None:
    """What was said with the agreement's second signature is put right."""
    said = {"step": "agreement", "act": "countersign", "facts": facts, "reason": "示例：写错"}
    case = play.case().id
    perform_on_case(by=play.actor(GIVER), at=play.now, case_id=case, act="correct", facts=said)


def test_a_correction_puts_no_other_hand_under_what_was_signed(db: None) -> None:
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("yangcheng",))
    play = Play(cast, cast.areas["yangcheng"], now).apply("2026-04-30").arrive()
    play.vote().name_successor("2026-04-30").agree("2026-04-30")
    on_paper = signature(head_of(play)) | {"capacity": "法定代表人"}
    with pytest.raises(NotPossible, match="退回后由签字人重新签署"):
        correct(play, **on_paper | {"signed_way": "platform"})
    correct(play, **on_paper | {"capacity": "董事长"})


def test_a_statement_is_signed_as_well(handing: Play) -> None:
    said = {"what": "示例：业主名册副本", "deleted_on": "2026-04-29", "method": "示例：覆写"}
    with pytest.raises(NotAllowed, match="只能签本人的姓名"):
        handing.stand(GIVER, "handover", "state_deletion", **said, signer=head_of(handing))
    own = handing.area.people[GIVER].name
    handing.stand(GIVER, "handover", "state_deletion", **said, signer=own)


def test_the_form_begins_with_who_is_signed_in_and_takes_the_scan(
    handing: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("ui.seat", "ui.shell", "api.auth"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: handing.now)
    client = look(handing, f"{GIVER}@yangcheng")
    page = read(client, f"/tasks/{handing.task(SIGN).id}/sign/")
    own = handing.area.people[GIVER].name
    assert re.search(rf'name="[^"]*-signer"[^>]*value="{own}"', page)
    assert re.search(r'name="[^"]*-signed_way" value="platform"[^>]*checked', page)
    assert "签字页扫描件" in page
