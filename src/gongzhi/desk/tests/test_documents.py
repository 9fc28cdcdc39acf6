"""A paper of a case is looked at on the screen before it is printed: the same paper, for who may read it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from gongzhi.acts import log
from gongzhi.desk.tests.browsing import sign_in, text_of
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.notices.models import Notice
from gongzhi.procedures.tick import beat
from gongzhi.registry.tests.cast import build_cast

A4 = 297 / 210


@pytest.fixture
def opened(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山 on Monday 2 March 2026, 09:00."""
    settings.FILES_ROOT = tmp_path
    cast = build_cast(at("2026-03-02 09:00"))
    adopt_baishan()
    play = Play(cast, cast.home, at("2026-03-02 09:00"))
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    log.seal(play.now)
    beat("tick", play.now)
    return play


@pytest.fixture
def play(opened: Play) -> Play:
    """An early exit was applied for and has arrived."""
    return opened.apply("2026-07-31").arrive()


def path(play: Play, code: str) -> str:
    """Where a paper is looked at."""
    return f"/cases/{play.root}/papers/{code}/"


def test_a_paper_is_seen_page_by_page_with_the_ways_to_its_files(play: Play) -> None:
    client = sign_in(play, "committee_head")
    answer = client.get(path(play, "application.exit_application"))
    text = text_of(answer)
    assert answer.status_code == 200, text[-500:]
    assert f"/api/v1/cases/{play.root}/documents/application.exit_application.pdf" in text
    assert f"/api/v1/cases/{play.root}/documents/application.exit_application.docx" in text
    pages = text.count("<figure")
    assert pages >= 1
    first = client.get(f"{path(play, 'application.exit_application')}1.png")
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "private, no-store"
    width, height = Image.open(BytesIO(first.content)).size
    assert height / width == pytest.approx(A4, abs=0.01)
    assert client.get(f"{path(play, 'application.exit_application')}{pages + 1}.png").status_code == 404


def test_a_paper_names_its_step_and_its_notice_where_it_is_listed_and_where_it_is_looked_at(
    play: Play,
) -> None:
    """A case makes several receipts, and a poster for each of its notices."""
    play.file_with("subdistrict", "county").post("provider_leader", "exit.publicity")
    client = sign_in(play, "committee_head")
    case = text_of(client.get(f"/cases/{play.root}/"))
    listed = case[case.index("按步骤列出") :]
    assert (
        listed.index("<h3>退出申请</h3>") < listed.index("收件回执") < listed.index("<h3>退出信息公示</h3>")
    )
    assert (
        listed.index("<h3>退出信息公示</h3>")
        < listed.index("公示张贴件（A4）")
        < listed.index("<h3>全案</h3>")
    )
    page = text_of(client.get(path(play, "application.application_receipt")))
    assert "<title>收件回执·退出申请" in page
    poster = text_of(client.get(path(play, "publicity.poster_a4")))
    assert "公示张贴件（A4）·退出信息公示" in poster
    notice = Notice.objects.get(case__pk=play.root)
    assert notice.title in poster
    assert notice.number in poster


def test_what_is_not_there_or_not_for_the_reader_is_not_found(play: Play) -> None:
    head, owner = sign_in(play, "committee_head"), sign_in(play, "owner")
    assert head.get(path(play, "nothing.at_all")).status_code == 404
    assert owner.get(path(play, "application.exit_application")).status_code == 404
    stranger = sign_in(play, "other_provider_leader")
    assert stranger.get(path(play, "application.exit_application")).status_code == 404


# Before it is checked, signed, sealed -------------------------------------------------------------------------------


def test_who_checks_signs_and_seals_a_letter_is_shown_it_beside_the_form(opened: Play) -> None:
    opened.classify("grade_d")
    draft = {"facts_found": "示例查明事实", "basis": "示例条款", "request": "请依法启动解聘程序"}
    opened.do("county_officer", "exit.urging.draft", "draft", **draft, contact="示例联系人")
    letter = f"/cases/{opened.root}/papers/urging.letter/"
    bystander = {"check": "county_officer", "sign_off": "county_reviewer"}
    for name, act in (
        ("county_reviewer", "check"),
        ("county_leader", "sign_off"),
        ("county_officer", "seal"),
    ):
        if act in bystander:
            page = text_of(sign_in(opened, bystander[act]).get(f"/cases/{opened.root}/"))
            assert "等示例白山县住房和城乡建设局的同事办" in page, act
            assert f'/{act}/"' not in page
            listed = text_of(sign_in(opened, "county_officer").get("/?whose=colleagues"))
            assert ("示例白山县住房和城乡建设局 分管（值班）领导" in listed) == (act == "sign_off"), act
        client, task = sign_in(opened, name), opened.task(f"exit.urging.{act}")
        for page in (f"/tasks/{task.pk}/{act}/", f"/cases/{opened.root}/"):
            assert f'href="{letter}">文稿（预览）</a>' in text_of(client.get(page)), (act, page)
        assert client.get(letter).status_code == 200
        said = {"copies": 3, "keeper": "示例用印人"} if act == "seal" else {"opinion": "同意"}
        opened.do(name, f"exit.urging.{act}", act, **said)
    assert client.get(letter).status_code == 404


# A paper that cannot be had -------------------------------------------------------------------------------------------

#: What a browser asks for when a link is followed.
FOLLOWED = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("file", ["documents/none.pdf", "documents/none.docx"])
def test_a_link_to_a_paper_that_is_not_there_leads_to_a_page_and_not_to_json(play: Play, file: str) -> None:
    client, address = sign_in(play, "committee_head"), f"/api/v1/cases/{play.root}/{file}"
    page = client.get(address, **FOLLOWED)
    assert (page.status_code, page["Content-Type"].split(";")[0]) == (404, "text/html")
    assert "没有找到" in text_of(page)
    assert 'href="/"' in text_of(page)
    told = client.get(address)
    assert (told.status_code, told["Content-Type"]) == (404, "application/problem+json")


def test_who_follows_a_link_to_a_paper_without_having_signed_in_is_led_to_sign_in(play: Play) -> None:
    address = f"/api/v1/cases/{play.root}/bundle.zip"
    answer = Client().get(address, **FOLLOWED)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={address}")
    assert Client().get(address).status_code == 401
