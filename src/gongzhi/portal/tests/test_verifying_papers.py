"""Checking an authority's paper: who holds it reads what it says; a number alone opens no more than that it is."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongzhi.acts import log
from gongzhi.acts.models import Entry
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.papers.codes import verify_path
from gongzhi.papers.models import DocumentNumber
from gongzhi.papers.queries import content_of
from gongzhi.papers.tests.measure import pages
from gongzhi.portal.tests.scene import read, strict
from gongzhi.portal.tests.test_verification import run
from gongzhi.portal.verifying import SCANNED
from gongzhi.portal.verifying_papers import TRUE
from gongzhi.procedures.models import IssuedPaper
from gongzhi.procedures.tests.test_kinds import proof
from gongzhi.registry.models import Organisation
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.ids import short_code

SAID = {
    "facts_found": "示例查明事实",
    "basis": "示例条款",
    "request": "示例督促事项",
    "contact": "示例经办人",
}


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """A forced exit in 白山; the county has signed its letter to the owners, not yet sealed."""
    settings.FILES_ROOT = tmp_path / "files"
    cast = build_cast(at("2026-03-02 09:00"), areas=())
    adopt_baishan()
    play = Play(cast, cast.home, at("2026-03-02 09:00"))
    monkeypatch.setattr("gongzhi.values.now.now", lambda: play.now)
    play.classify("cutting_supply")
    sign(play)
    return play


def sign(play: Play) -> None:
    """Drafted, checked and signed by three."""
    play.do("county_officer", "exit.urging.draft", "draft", **SAID)
    play.do("county_reviewer", "exit.urging.check", "check", opinion="同意")
    play.do("county_leader", "exit.urging.sign_off", "sign_off", opinion="同意")


def seal(play: Play) -> None:
    play.do("county_officer", "exit.urging.seal", "seal", copies=2, keeper="示例用印人")
    log.seal(play.now)


def paper() -> IssuedPaper:
    return IssuedPaper.objects.select_related("number", "paper__file").order_by("-signed_at", "-id")[0]


def path() -> str:
    """What the code on the paper opens."""
    one = paper()
    return verify_path(one.pk, one.digest)


def test_the_code_on_the_paper_opens_the_page_that_says_it_is_true_and_what_it_says(play: Play) -> None:
    seal(play)
    text = read(path())
    told = (
        f"{SCANNED}</h1>",
        "纸上的二维码相符",
        "没有作废，也没有被取代",
        "日期不是后来补的",
        "示例查明事实",
        "发文机关已登记",
    )
    for words in (*told, paper().number.text, paper().title):
        assert words in text, words
    before, _, _ = text.partition("给懂技术的人")
    for hard in ("RFC 9162", "SHA-256", "摘要"):
        assert hard not in before, hard


def test_a_number_alone_opens_no_more_than_that_there_is_such_a_paper(play: Play) -> None:
    seal(play)
    one = paper()
    typed = one.number.text.replace("〔", "(").replace("〕", ")")
    for query in (one.number.text, typed, short_code(one.pk)):
        answer = Client().get("/v/", {"q": query})
        assert answer["Location"] == f"/v/{short_code(one.pk)}/", query
    text = read(answer["Location"])
    assert "有这个文号的文书" in text
    assert one.issuer_name in text
    for secret in (one.title, one.recipient, "示例查明事实", "<textarea", "/proof."):
        assert secret not in text.split("<main")[1], secret
    answer = Client().post(answer["Location"], {"text": "示例查明事实"})
    assert "与原文一致" not in answer.content.decode()


def test_the_proof_is_for_who_holds_the_paper(play: Play) -> None:
    seal(play)
    code = short_code(paper().pk)
    for ending in ("json", "py", "html"):
        for query in ("", "?d=", f"?d={'0' * 24}"):
            assert "只给手上有这份文书的人" in read(f"/v/{code}/proof.{ending}{query}", 403)


def test_two_bodies_that_number_alike_are_told_apart(play: Play) -> None:
    first = paper()
    play.do("county_officer", "exit.urging.seal", "void_number", reason="示例原因")
    sign(play)
    second = paper()
    other = Organisation.objects.exclude(pk=second.number.organisation_id)[0]
    DocumentNumber.objects.filter(pk=second.number_id).update(organisation=other, text=first.number.text)
    answer = Client().get("/v/", {"q": first.number.text})
    text = strict(answer.content.decode())
    assert "2 家单位用过这个文号" in text
    for one in (first, second):
        assert f'href="/v/{one.pk}/"' in text


def test_a_paper_with_another_wording_behind_its_code_is_not_confirmed(play: Play) -> None:
    seal(play)
    text = read(f"/v/{short_code(paper().pk)}/?d={'0' * 24}")
    assert "纸上的二维码与登记的文字对不上" in text
    assert "示例查明事实" not in text
    assert "一字未改" not in text.partition("</h1>")[0]


def test_before_it_is_sealed_the_page_says_so_and_in_its_first_minute_that_it_waits(play: Play) -> None:
    assert "留证正在进行" in read(path())
    log.seal(play.now)
    text = read(path())
    assert "已签发，还没有用印" in text
    assert "没有作废" not in text


def test_a_voided_number_and_the_paper_after_it(play: Play) -> None:
    first = path()
    play.do("county_officer", "exit.urging.seal", "void_number", reason="示例原因")
    sign(play)
    seal(play)
    assert "登记的原文一字未改，但编号已经作废</h1>" in read(first)
    assert "有这个文号的文书，但编号已经作废</h1>" in read(first.partition("?")[0])
    assert f"{SCANNED}</h1>" in read(path())
    assert first != path()


def test_a_paper_whose_case_ended_is_void_and_no_newer_one_is_promised(play: Play) -> None:
    seal(play)
    address = path()
    play.stand("county_leader", "exit", "end", reason="示例：误立案")
    log.seal(play.now)
    text = read(address)
    assert "登记的原文一字未改，但已随案件终止作废" in text
    assert "不要再按它办理" in text
    assert "新的文书为准" not in text


def test_a_served_paper_of_a_case_that_ended_stays_as_served(play: Play) -> None:
    seal(play)
    play.do("county_officer", "exit.urging.serve", "serve", **proof(f"{play.now:%Y-%m-%d %H:%M}"))
    address = path()
    play.stand("county_leader", "exit", "end", reason="示例：误立案")
    log.seal(play.now)
    text = read(address)
    assert f"{SCANNED}</h1>" in text
    assert "随案件终止" not in text


def test_what_is_changed_in_the_register_is_found_out(play: Play) -> None:
    seal(play)
    address = path()
    IssuedPaper.objects.update(body="偷偷改过的内容")
    assert "这份文书与登记的不一致" in read(address)


def test_a_paper_put_back_into_use_behind_the_logs_back_is_found_out(play: Play) -> None:
    address = path()
    play.do("county_officer", "exit.urging.seal", "void_number", reason="示例原因")
    log.seal(play.now)
    DocumentNumber.objects.update(voided_at=None, void_reason="")
    IssuedPaper.objects.update(replaced_at=None)
    # the state it had at 签发 stands in the log too: only what was made public last is true
    text = read(address)
    assert "这份文书与登记的不一致" in text
    assert "状态与公开登记簿不符" in text


def test_a_file_is_compared_byte_for_byte_and_not_kept(play: Play) -> None:
    seal(play)
    file = paper().paper.file
    assert file is not None
    content = content_of(file)
    for sent, told in ((content, "就是登记的那一份"), (content + b" ", "不是登记的那一份")):
        upload = BytesIO(sent)
        upload.name = "示例.pdf"
        answer = Client(enforce_csrf_checks=True).post(path(), {"file": upload})
        assert told in strict(answer.content.decode())
    assert Entry.objects.filter(subject_id=paper().pk).count() == 3


def test_a_copied_text_is_compared(play: Play) -> None:
    seal(play)
    file = paper().paper.file
    assert file is not None
    whole = "\n".join(page.text for page in pages(content_of(file)))
    same = strict(Client().post(path(), {"text": whole}).content.decode())
    assert "与原文一致，不多不少" in same
    part = strict(Client().post(path(), {"text": f"{paper().title}。示例查明事实。"}).content.decode())
    assert "有 1 处没有贴完整" in part
    other = strict(Client().post(path(), {"text": "示例查明事实。罚款一万元。"}).content.decode())
    assert "<li>罚款一万元</li>" in other
    assert "您贴的文字与登记的原文不一致</h1>" in other
    assert "您贴的文字不是登记的全文</h1>" in part
    assert f"{TRUE}</h1>" in same


def test_the_top_of_the_page_answers_for_the_file_that_was_sent(play: Play) -> None:
    """The number alone opens little; a file that is the registered one, byte for byte, shows all there is to show."""
    seal(play)
    file, bare = paper().paper.file, path().partition("?")[0]
    assert file is not None
    assert "扫纸上的二维码才能核对" in read(bare)
    for address in (bare, path()):
        for sent, heading in (
            (content_of(file), "您的文件就是登记的那一份，一字未改"),
            (content_of(file) + b" ", "有这个文号的文书，但您的文件不是登记的那一份"),
        ):
            upload = BytesIO(sent)
            upload.name = "示例.pdf"
            text = strict(Client().post(address, {"file": upload}).content.decode())
            assert f"{heading}</h1>" in text
            assert "二维码才能核对" not in text


def test_no_file_chosen_is_said_and_confirms_nothing(play: Play) -> None:
    seal(play)
    for address in (path(), path().partition("?")[0]):
        text = strict(Client().post(address, {}).content.decode())
        assert "没有选文件，没有核对</h1>" in text
        assert "没有选文件，请先选您收到的 PDF 文件再核对" in text
        assert "一字未改" not in text.partition("</h1>")[0]
    assert "没有选文件" not in read(path())
    assert "没有选文件" not in Client().post(path(), {"text": "示例"}).content.decode()


def test_a_code_of_a_paper_that_leads_to_another_site_is_not_confirmed(play: Play) -> None:
    seal(play)
    where = Client().get("/v/", {"q": f"http://evil.example{path()}"})["Location"]
    text = read(where)
    assert "纸上的二维码通往别的网站</h1>" in text
    assert "一字未改" not in text.partition("</h1>")[0]
    assert "纸上的二维码相符" not in text
    assert text.count("&amp;host=evil.example#") == 2


# The downloaded file ------------------------------------------------------------------------------------------------


def get(ending: str) -> bytes:
    address, _, query = path().partition("?")
    answer = Client().get(f"{address}proof.{ending}?{query}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.content


def test_one_downloaded_file_proves_the_paper_offline(play: Play, tmp_path: Path) -> None:
    seal(play)
    file = paper().paper.file
    assert file is not None
    (tmp_path / "good.pdf").write_bytes(content_of(file))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF")
    code, said = run(tmp_path, get("py"), "--file", "good.pdf")
    assert code == 0, said
    for told in ("结论：全部相符。", "示例查明事实", paper().number.text, "状态：电子文件、作废、被取代"):
        assert told in said, told
    assert run(tmp_path, get("py"), "--file", "bad.pdf")[0] == 1


def test_the_proof_of_a_voided_paper_says_so(play: Play, tmp_path: Path) -> None:
    play.do("county_officer", "exit.urging.seal", "void_number", reason="示例原因")
    log.seal(play.now)
    code, said = run(tmp_path, get("py"))
    assert code == 0
    assert "作废：示例原因" in said
    proof = json.loads(get("json"))
    proof["state"]["voided_at"] = None
    (tmp_path / "bad.json").write_text(json.dumps(proof), "utf-8")
    assert run(tmp_path, Client().get("/v/verify.py").content, "bad.json")[0] == 1


def test_the_page_that_checks_itself_asks_nobody(play: Play) -> None:
    seal(play)
    page = get("html").decode()
    assert not re.findall(r"""(?:src|href)=|https?://|import\(|fetch\(""", page)
