"""扫码核验: the register against the log, the paper against the register, and the file that needs no site."""

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from gongzhi.acts import log
from gongzhi.acts.canonical import digest
from gongzhi.acts.models import Entry, Leaf
from gongzhi.exits.tests.play import Play
from gongzhi.notices.codes import read_number
from gongzhi.notices.models import Notice
from gongzhi.notices.presenting import told_notice
from gongzhi.notices.rows import wording
from gongzhi.papers.codes import verify_path
from gongzhi.papers.documents import Column, Section, Table
from gongzhi.papers.tests.measure import pages
from gongzhi.portal.proving import page_text
from gongzhi.portal.reading import in_state
from gongzhi.portal.tests.scene import let_out, notice, read, sign_in, strict
from gongzhi.portal.verifying import SCANNED, TRUE
from gongzhi.values.ids import new_id, read_code, short_code


def run(tmp_path: Path, content: bytes | str, *arguments: str) -> tuple[int, str]:
    """Run a downloaded file as its reader would: elsewhere, isolated, without this program."""
    file = tmp_path / "downloaded.py"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = subprocess.run(
        [sys.executable, "-I", str(file), *arguments],
        capture_output=True,
        cwd=tmp_path,
        timeout=30,
        check=False,
    )
    assert done.stderr == b"", done.stderr.decode()
    return done.returncode, done.stdout.decode()


def get(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200, answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def replaced(play: Play, body: str = "改过的内容") -> Notice:
    """The wording is changed: a new notice hangs."""
    play.do(
        "provider_leader",
        "exit.publicity.take_down",
        "replace",
        title="改过的公示",
        body=body,
        places=["小区东门"],
        posted_at=play.now.isoformat(),
        posted_by=["示例甲", "示例乙"],
    )
    return notice()


def test_a_short_code_is_read_back_also_as_people_mistype_it() -> None:
    one = new_id()
    code = short_code(one)
    assert len(code) == 26
    assert read_code(code) == one
    assert read_code(code.lower().replace("0", "O").replace("1", "l")) == one
    assert read_code(f"{code[:5]} {code[5:]}") == one
    assert read_code(str(one)) == one
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert read_code(wide) == one
    for wrong in ("", "U" * 26, "Z" * 26, code[:-1], "公示"):
        assert read_code(wrong) is None, wrong


def test_a_number_is_read_however_its_brackets_were_typed() -> None:
    for typed in ("公示〔2026〕220602-1", "公示[2026]220602-1", "2026 220602 1", "公示（2026）220602－01"):
        assert read_number(typed) == "公示〔2026〕220602-1", typed
    # a Chinese keyboard types digits of full width, too
    assert read_number("公示〔２０２６〕２２０６０２－３９") == "公示〔2026〕220602-39"
    for wrong in ("公示", "公示〔2026〕220602-33-2", "公示〔2026〕220602-39a", "通示〔2026〕220602-39"):
        assert read_number(wrong) == "", wrong


def test_the_code_on_the_wall_opens_the_page_that_says_it_is_true(play: Play) -> None:
    text = read(verify_path(notice().pk, notice().digest))
    for told in (
        *(f"{SCANNED}</h1>", "登记的文字没有改过", "纸上的二维码相符", "发布的单位已登记"),
        *("还在公示期内", "2026年3月9日（周一）24:00", "日期不是后来补的", "示例公示内容"),
    ):
        assert told in text, told
    before, _, after = text.partition("给懂技术的人")
    for hard in ("RFC 9162", "SHA-256", "摘要", "证明</dt>"):
        assert hard not in before, hard
    assert "包含证明" in after
    assert "一致性证明" in after


def test_a_paper_with_another_wording_behind_its_code_is_not_confirmed(play: Play) -> None:
    text = read(f"/v/{short_code(notice().pk)}/?d={'0' * 24}")
    assert "纸上的二维码与登记的文字对不上" in text
    assert "一字未改" not in text.partition("</h1>")[0]


def test_a_number_typed_by_hand_leads_to_the_same_page_and_asks_to_compare(play: Play) -> None:
    answer = Client().get("/v/", {"q": notice().number})
    assert answer["Location"] == f"/v/{short_code(notice().pk)}/"
    text = read(answer["Location"])
    assert "没有扫描纸上的二维码" in text
    assert "有这个编号的公示</h1>" in text
    assert "请与下面的原文逐字对照，或者扫纸上的二维码" in text
    for untold in ("是真的", "一字未改"):
        assert untold not in text, untold
    assert "没有这个编号的公示" in read("/v/?q=2026 220602 99", 404)
    wide = notice().number.translate({ord(str(one)): chr(0xFF10 + one) for one in range(10)})
    assert Client().get("/v/", {"q": wide})["Location"] == answer["Location"]


def test_a_pasted_address_of_a_code_is_read_whole(play: Play, settings: Any) -> None:
    settings.SITE = "https://www.gongzhi.long-name.example.cn:8000"
    one = notice()
    path = verify_path(one.pk, one.digest, one.until_on)
    assert 'maxlength="64"' not in read("/v/")
    for host in (
        *("https://www.gongzhi.long-name.example.cn:8000", "HTTPS://WWW.gongzhi.long-name.example.cn"),
        *("", "  testserver", "核验网址：http://testserver", "请看www.gongzhi.long-name.example.cn"),
    ):
        assert Client().get("/v/", {"q": f"{host}{path}"})["Location"] == path, host
    wrong = path.replace(one.digest[:24], "0" * 24)
    assert Client().get("/v/", {"q": f"https://testserver{wrong}&x=1#y"})["Location"] == wrong
    assert "没有这个编号的公示" in read(f"/v/?q=https://x.cn/v/{'0' * 26}/", 404)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "http://evil.example",
            "https://evil.example:443",
            "evil.example",
            "//evil.example",
            "扫码evil.example",
        ),
        *(
            "http://testserver@evil.example",
            "http://evil.example\\@testserver",
            "http://testserver.evil.example",
        ),
        *(
            "http://evil.example/testserver",
            "http://evil.example?x=http://testserver",
            "http:///evil.example",
        ),
    ],
)
def test_a_code_that_leads_to_another_site_is_not_confirmed(play: Play, host: str) -> None:
    one = notice()
    path = verify_path(one.pk, one.digest, one.until_on)
    where = Client().get("/v/", {"q": f"{host}{path}"})["Location"]
    text = read(where)
    assert "纸上的二维码通往别的网站</h1>" in text
    assert "evil.example，不是本平台" in text
    assert "示例公示内容" in text
    for untold in ("是真的，", "一字未改</h1>", f"{SCANNED}</h1>", "纸上的二维码相符", "纸上的截止日相符"):
        assert untold not in text, untold
    # a text that agrees does not make the other site this one
    same = strict(Client().post(where, {"text": "示例公示内容"}).content.decode())
    assert "纸上的二维码通往别的网站</h1>" in same
    assert f"{SCANNED}</h1>" in read(f"{path}&host=testserver")


def test_an_address_prints_no_words_as_if_they_were_a_site(play: Play) -> None:
    path = verify_path(notice().pk, notice().digest)
    for words in (
        *(
            "请拨打138-0000-0000",
            "138-0000-0000",
            "请打电话.退款",
            "核验.cn",
            "a b.example",
            "<b>.example",
            "kefu138",
        ),
        *(
            "evil..example",
            ".example",
            "evil.example/转账",
            "evil.example:port",
            "x" * 300 + ".example",
            "1.2",
        ),
        *("testserver", "TESTSERVER:8000", "testserver.:80"),
    ):
        text = read(f"{path}&{urlencode({'host': words})}")
        assert "不是本平台" not in text, words
        assert "纸上的二维码相符" in text, words
        assert words not in text.split("<main")[1] or words == "1.2", words
    for site in ("evil.example", "192.0.2.7:8000", "EVIL.example:80", "xn--fiq228c.cn", "-"):
        text = read(f"{path}&{urlencode({'host': site})}")
        assert "纸上的二维码通往别的网站</h1>" in text, site
        assert "纸上的二维码相符" not in text, site
    assert "这个网址通往别的网站，不是本平台" in text


def test_a_pasted_address_of_a_site_with_no_plain_name_is_not_confirmed_either(play: Play) -> None:
    path = verify_path(notice().pk, notice().digest)
    for host in (
        "http://核验.cn",
        "http://核 验.cn",
        "http://[2001:db8::1]:80",
        "http://" + "x" * 300 + ".cn",
    ):
        where = Client().get("/v/", {"q": f"{host}{path}"})["Location"]
        assert "纸上的二维码通往别的网站</h1>" in read(where), host


@pytest.mark.parametrize(
    "typed", ["{0}", "公示(2026){0}号", "公示（2026）{0}", "2026 {0}", "公示编号：公示〔2026〕{0}"]
)
def test_a_number_is_read_as_people_write_it(play: Play, typed: str) -> None:
    found = Client().get("/v/", {"q": typed.format(notice().number.partition("〕")[2])})
    assert found.status_code == 302, typed
    assert found["Location"] == f"/v/{short_code(notice().pk)}/"


@pytest.mark.parametrize(
    "typed",
    [
        *("{case}", "{number}-1", "物业服务人退出〔2026〕220602-30备案1", "财务清算〔2026〕220602-72"),
        *("财务清算（2026）220602－72号", "财务清算 2026 220602 9999", "2026 220602 1 1"),
    ],
)
def test_a_number_of_a_case_a_receipt_or_a_reply_is_not_called_forged(play: Play, typed: str) -> None:
    """What it says goes by the form of the number: it does not tell whether there is such a case."""
    number = typed.format(case=notice().case.number, number=notice().number)
    text = read(f"/v/?{urlencode({'q': number})}", 404)
    assert "办件编号、备案回执编号和异议答复书编号不在公开登记簿里，是真是假请向出具的单位查问" in text
    assert "没有这个编号的公示" not in text


@pytest.mark.parametrize(
    "typed", ["公示〔2026〕220602-99", "2026 220602 99", "示例政函〔2026〕99号", "220602-99"]
)
def test_a_number_of_no_notice_and_no_paper_is_said_to_be_none(play: Play, typed: str) -> None:
    text = read(f"/v/?{urlencode({'q': typed})}", 404)
    assert "没有这个编号的公示，也没有这个文号的文书" in text
    assert "办件编号" not in text


def test_a_number_without_its_year_offers_each_notice_that_bears_it(play: Play) -> None:
    one, ending = notice(), notice().number.partition("〕")[2]
    earlier = Notice.objects.get(pk=one.pk)
    earlier.pk, earlier.number, earlier.ended_at = new_id(), f"公示〔2025〕{ending}", one.posted_at
    earlier.number_key = earlier.number
    earlier.save(force_insert=True)
    text = read(f"/v/?q={ending}")
    for each in (one, earlier):
        assert f'href="/v/{each.pk}/"' in text, each.number
        assert each.number in text


def test_an_empty_box_to_compare_says_so(play: Play) -> None:
    path = f"/v/{short_code(notice().pk)}/"
    said = "没有贴文字，请把要核对的文字贴在下面再对照"
    assert said in Client().post(path, {"text": " "}).content.decode()
    assert said not in Client().post(path, {"text": "示例"}).content.decode()
    assert said not in read(path)


def test_a_page_explains_no_words_it_does_not_show(play: Play) -> None:
    play.stand("owner", "exit", "object", "publicity", content="示例异议")
    path = f"/notices/{notice().pk}/"
    assert "说的是" not in read(path)
    assert "异议人和异议原文不对外公开。" in read(path)
    assert "<dt>依据</dt>" in read(path)
    Notice.objects.update(basis=[])
    assert "<dt>依据</dt>" not in read(path)


def test_a_wrong_code_leads_on_to_verification_and_boards(play: Play) -> None:
    unknown = "00000000-0000-7000-8000-000000000000"
    for path, told in (
        ("/v/NOTHING/", "没有这个编号的公示"),
        (f"/notices/{unknown}/", "没有这份公示"),
        (f"/notices/{unknown}/object/", "没有这份公示"),
        (f"/notices/estates/{unknown}/", "没有这个小区"),
        ("/notices/places/9999/", "没有这个地方"),
    ):
        main = read(path, 404).split("<main")[1]
        for way in (told, '<a href="/v/">扫码核验</a>', '<a href="/notices/">'):
            assert way in main, (path, way)
        assert "导入" not in main


def test_an_entry_of_the_register_has_one_number_in_plain_words(play: Play) -> None:
    index = Entry.objects.get(subject_id=notice().pk, kind="notice").leaf_index
    assert index is not None
    before, _, after = read(verify_path(notice().pk, notice().digest)).partition("给懂技术的人")
    assert f"公开登记簿第 {index + 1} 条" in before
    assert f'<dt>叶序号（从0起）</dt><dd class="num">{index}</dd>' in after
    assert "片" not in before + after
    beside = read(f"/notices/{notice().pk}/")
    assert f"第 {index + 1} 条" in beside
    assert f'<dt>叶序号（从0起）</dt><dd class="num">{index}</dd>' in beside


def test_photographs_that_were_let_out_stand_beside_the_wording_too(play: Play) -> None:
    assert "张贴照片" not in read(verify_path(notice().pk, notice().digest))
    picture = let_out(play)
    text = read(verify_path(notice().pk, notice().digest))
    assert f"/notices/{notice().pk}/pictures/{picture}.jpg" in text
    assert "示例东门公示栏" in text


def test_a_wording_changed_in_the_register_is_found_out(play: Play) -> None:
    Notice.objects.update(body="偷偷改过的内容")
    text = read(verify_path(notice().pk, notice().digest))
    assert "这份公示与登记的原文不一致" in text
    assert "文字被改过" in text


def test_a_wording_and_digest_changed_together_are_found_out_by_the_log(play: Play) -> None:
    row = notice()
    row.body = "偷偷改过的内容"
    Notice.objects.update(body=row.body, digest=digest(wording(row)))
    text = read(verify_path(notice().pk, notice().digest))
    assert "公开登记簿里没有这份文字" in text
    assert "一字未改" not in text.partition("</h1>")[0]


def test_a_period_changed_in_the_register_is_found_out(play: Play) -> None:
    assert f"{SCANNED}</h1>" in read(verify_path(notice().pk, notice().digest))
    Notice.objects.update(until_on="2026-03-04")
    text = read(verify_path(notice().pk, notice().digest))
    assert "这份公示的公示期被改过" in text
    assert "公示期与公开登记簿不符" in text


def test_the_last_day_that_was_printed_is_compared(play: Play) -> None:
    one = notice()
    path = verify_path(one.pk, one.digest, one.until_on)
    assert path.endswith("&u=2026-03-09")
    assert "纸上的截止日相符" in read(path)
    assert "纸上的截止日" not in read(verify_path(one.pk, one.digest))
    assert "纸上的截止日" not in read(f"{verify_path(one.pk, one.digest)}&u=2026-99-99")
    play.stand("owner", "exit", "report_torn", "publicity", found_at=play.now.isoformat(), what="被撕去一角")
    said = {"found_at": play.now.isoformat(), "what": "被撕去一角"}
    play.do("community_worker", "exit.publicity.torn:1", "confirm_torn", **said)
    play.go(days=2)
    again = {"posted_at": play.now.isoformat(), "posted_by": ["示例甲"]}
    play.do("provider_leader", "exit.publicity.again:1", "post_again", **again)
    text = read(path)
    assert "纸上的截止日已经变了" in text
    assert "这张纸印的时候是到2026年3月9日（周一），后来重新计算，现在到2026年3月11日（周三）24:00" in text


def test_the_tables_that_hang_with_it_are_shown_compared_and_proved(play: Play, tmp_path: Path) -> None:
    table = Table(columns=(Column(title="房号"), Column(title="应摊")), rows=(("示例1幢101", "12.34元"),))
    row = notice()
    row.annexes = [Section(heading="附表　示例", table=table).model_dump(mode="json")]
    row.digest = digest(wording(row))
    row.save()
    log.publish(kind="notice", subject_id=row.pk, content=row.digest, at=play.now)
    log.seal(play.now)
    path = verify_path(row.pk, row.digest)
    text = read(path)
    for told in (f"{SCANNED}</h1>", "附表　示例（1 行）", "示例1幢101", "12.34元"):
        assert told in text, told
    assert "示例1幢101" in read(f"/notices/{row.pk}/")
    copied = strict(Client().post(path, {"text": "示例1幢101 12.34元"}).content.decode())
    assert "处是原文没有的" not in copied
    shown = (
        f"{row.title}\n公示编号 {row.number}　请与墙上的文字逐句对照\n{row.body}\n{row.issuer_name}\n"
        "2026 年 3 月 2 日\n附表　示例（1 行）\n房号\t应摊\n示例1幢101\t12.34元"
    )
    for lines in (shown, shown.replace("\n", "\r\n")):
        assert "与原文一致，不多不少" in Client().post(path, {"text": lines}).content.decode()
    more = Client().post(path, {"text": shown.replace("（1 行）", "（1 行）×")}).content.decode()
    assert "有 1 处是原文没有的" in more
    changed = strict(Client().post(path, {"text": "示例1幢101 12.35元"}).content.decode())
    assert "示例1幢10112.35元" in changed
    assert "示例1幢101" in run(tmp_path, get(f"/v/{row.pk}/proof.py"))[1]
    row.annexes[0]["table"]["rows"] = [["示例1幢101", "1.00元"]]
    row.save()
    assert "文字被改过" in read(path)


def test_in_its_first_minute_a_notice_says_that_its_proof_is_being_made(play: Play) -> None:
    new = replaced(play)
    text = read(verify_path(new.pk, new.digest))
    assert "编号是真的，留证正在进行" in text
    assert "通常一分钟内完成" in read(f"/v/{new.pk}/proof.json", 409)
    log.seal(play.now)
    assert f"{SCANNED}</h1>" in read(verify_path(new.pk, new.digest))


def test_a_replaced_notice_says_so_and_leads_on(play: Play) -> None:
    old = notice()
    new = replaced(play)
    assert "有这个编号的公示，但已经被新的公示代替" in read(f"/v/{short_code(old.pk)}/")
    text = read(verify_path(old.pk, old.digest))
    assert "登记的原文一字未改，但已经被新的公示代替" in text
    assert f"/v/{new.pk}/" in text
    assert "没有挂满公示期" in text


def test_what_was_torn_when_it_was_replaced_has_not_hung_its_days_however_late_that_was(play: Play) -> None:
    """Torn on 4 March, replaced on 12 March; its seven days would have ended on 9 March."""
    old = notice()
    play.go(days=2)
    torn = {"found_at": play.now.isoformat(), "what": "被撕去一角"}
    play.stand("owner", "exit", "report_torn", "publicity", **torn)
    play.do("community_worker", "exit.publicity.torn:1", "confirm_torn", **torn)
    play.until("2026-03-12 09:00")
    replaced(play)
    old.refresh_from_db()
    text = read(verify_path(old.pk, old.digest, date(2026, 3, 9)))
    assert "没有挂满公示期" in text
    assert "因缺损中断，这个截止日不作数，到取下时没有补贴" in text
    assert "取下时仍缺损，没有补贴" in text
    for wrong in ("已经挂满公示期", "现在缺损", "纸上的截止日相符"):
        assert wrong not in text
    # as the board has it
    assert told_notice(old, play.now)["state_title"] == "未满公示期，已被代替"
    full = in_state(Notice.objects.all(), "full", play.now)
    assert old not in full


def test_a_torn_notice_says_since_when_and_from_when_its_days_begin_again(play: Play) -> None:
    play.go(days=2)
    play.stand("owner", "exit", "report_torn", "publicity", found_at=play.now.isoformat(), what="被撕去一角")
    play.do(
        "community_worker",
        "exit.publicity.torn:1",
        "confirm_torn",
        found_at=play.now.isoformat(),
        what="被撕去一角",
    )
    text = read(verify_path(notice().pk, notice().digest))
    assert "登记的原文一字未改，但公示已经中断" in text
    assert "2026年3月4日（周三）09:00发现被撕去一角" in text
    play.go(days=1)
    play.do(
        "provider_leader",
        "exit.publicity.again:1",
        "post_again",
        posted_at=play.now.isoformat(),
        posted_by=["示例甲"],
    )
    text = read(verify_path(notice().pk, notice().digest))
    assert "曾经缺损，已补贴" in text
    # hung again on Thursday 5 March: seven days end on Thursday 12 March
    assert "2026年3月12日（周四）24:00" in text


def test_times_are_told_to_the_minute_and_the_form_begins_with_a_minute(play: Play) -> None:
    play.go(days=2, seconds=13)
    torn = {"found_at": play.now.isoformat(), "what": "被撕毁"}
    play.stand("owner", "exit", "report_torn", "publicity", **torn)
    task = play.task("exit.publicity.torn:1")
    form = read(f"/tasks/{task.pk}/confirm_torn/", client=sign_in(play, "community_worker"))
    assert 'value="2026-03-04T09:00"' in form
    play.do("community_worker", "exit.publicity.torn:1", "confirm_torn", **torn)
    assert "2026年3月4日（周三）09:00发现被撕毁" in read(verify_path(notice().pk, notice().digest))


def test_a_date_entered_long_after_the_posting_is_told(play: Play) -> None:
    from django.db import connection

    late = play.now + timedelta(days=3)
    with connection.cursor() as cursor:  # the triggers guard the leaves: the test goes round them
        on = " ON acts_leaf" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER acts_leaf_no_update{on}")
    Leaf.objects.update(at=late)
    assert "登记晚于张贴" in read(verify_path(notice().pk, notice().digest))


def test_a_copied_text_is_compared_sentence_by_sentence(play: Play) -> None:
    path = f"/v/{short_code(notice().pk)}/"
    same = strict(Client().post(path, {"text": "示例公示\n示例 公示，内容"}).content.decode())
    assert "全文 1 句，与原文一致，不多不少" in same
    assert "您贴的文字与登记的原文一致，一字未改</h1>" in same
    assert "一字未改</h1>" not in strict(Client().post(path, {"text": "。，"}).content.decode())
    other = strict(Client().post(path, {"text": "示例公示内容。押金不再退还。"}).content.decode())
    assert "有 1 处是原文没有的" in other
    assert "<li>押金不再退还</li>" in other
    assert "一字未改" not in other
    assert "您贴的文字与登记的原文不一致</h1>" in other
    part = strict(Client().post(path, {"text": notice().title}).content.decode())
    assert ("一字未改</h1>" in part) is ("不多不少" in part)
    assert "押金不再退还。</textarea>" in other
    assert Client(enforce_csrf_checks=True).post(path, {"text": "示例公示"}).status_code == 200


def test_a_code_copied_onto_an_altered_paper_calls_nothing_true(play: Play) -> None:
    """The mark agrees; only a text that was compared too is called true."""
    path = verify_path(notice().pk, notice().digest)
    main = read(path).split("<main")[1]
    assert "是真的，" not in main
    assert "二维码可以照抄到改过的纸上" in main
    paper = "".join(page.text for page in pages(Client().get(f"/notices/{notice().pk}/poster.pdf").content))
    assert "文字有没有改过" not in "".join(paper.split())
    for text, heading in (
        ("示例公示内容。", f"{TRUE}</h1>"),
        (paper, f"{TRUE}</h1>"),
        (paper.replace("示例公示内容", "示例公示内容，押金不再退还"), "您贴的文字与登记的原文不一致</h1>"),
        (notice().number, "您贴的文字不是登记的全文</h1>"),
        ("。，", "您贴的文字不是登记的全文</h1>"),
    ):
        assert heading in strict(Client().post(path, {"text": text}).content.decode()), text


def test_a_sign_no_font_has_is_shown_true_and_its_code_on_paper_is_no_change(
    play: Play, tmp_path: Path
) -> None:
    row = replaced(play, "示例业主𠮷某\U0002a6a5提出意见。〔U+4E00〕是编号。")
    log.seal(play.now)
    hangs = Client().get(f"/notices/{row.pk}/poster.pdf")
    paper = "".join(page.text for page in pages(hangs.content))
    assert "𠮷某〔U+2A6A5〕" in "".join(paper.split())
    path = verify_path(row.pk, row.digest)
    shown = read(path)
    for told in (
        f"{SCANNED}</h1>",
        "文字没有改过",
        "纸上的二维码相符",
        "示例业主𠮷某\U0002a6a5提出意见",
    ):
        assert told in shown, told
    note = "本页 U+2A6A5 处的字，字库里没有，请按编码查明后用笔填写。"
    copied = f"示例业主𠮷某〔U+2A6A5〕提出意见。〔U+4E00〕是编号。\n{note}"
    for text in (copied, paper):
        same = strict(Client().post(path, {"text": text}).content.decode())
        assert "与原文一致，不多不少" in same, text
    (tmp_path / "copy.txt").write_text(copied, "utf-8")
    code, said = run(tmp_path, get(f"/v/{row.pk}/proof.py"), "--text", "copy.txt")
    assert code == 0, said
    other = strict(Client().post(path, {"text": copied.replace("2A6A5", "2A6A6")}).content.decode())
    assert "不多不少" not in other


# The downloaded file ------------------------------------------------------------------------------------------------


def grown(play: Play) -> None:
    """The log grows by other leaves."""
    for number in range(5):
        log.publish(kind="test", subject_id=new_id(), content=f"{number:064x}", at=play.now)
        log.seal(play.now)


def test_one_downloaded_file_proves_the_notice_offline(play: Play, tmp_path: Path) -> None:
    grown(play)
    code, said = run(tmp_path, get(f"/v/{notice().pk}/proof.py"))
    assert code == 0, said
    for told in ("结论：全部相符。", "示例公示内容", notice().number, "示例白山甲物业有限公司", "只增不改"):
        assert told in said, told
    assert "不符　" not in said


def test_the_proof_of_a_finished_notice_covers_its_period(play: Play, tmp_path: Path) -> None:
    play.until("2026-03-10 09:00").take_down("provider_leader", "exit.publicity")
    log.seal(play.now)
    row = Notice.objects.get()
    code, said = run(tmp_path, get(f"/v/{row.pk}/proof.py"))
    assert code == 0
    assert "相符　公示期：起算、期满、取下" in said
    assert "已经挂满公示期" in read(verify_path(row.pk, row.digest))


def _changed(proof: dict[str, Any], *path: Any) -> dict[str, Any]:
    """The proof with one thing in it changed."""
    copy = json.loads(json.dumps(proof))
    *way, last, value = path
    inner = copy
    for step in way:
        inner = inner[step]
    inner[last] = value
    return copy


@pytest.mark.parametrize(
    "path",
    [
        ("wording", "body", "押金不再退还"),
        ("wording", "posted_at", "2026-02-01T01:00:00.000000+00:00"),
        ("wording", "issuer", "00000000-0000-7000-8000-000000000000"),
        ("wording", "issuer_name", "示例冒名开发有限公司"),
        ("wording_held", "digest", "0" * 64),
        ("wording_held", "leaf", 1),
        ("wording_held", "path", 0, "0" * 64),
        ("log", "root", "0" * 64),
        ("log", "size", 1000),
        ("earlier", "root", "0" * 64),
        ("consistency", 0, "0" * 64),
        ("consistency", []),
    ],
)
def test_a_tampered_proof_is_refused(play: Play, tmp_path: Path, path: tuple[Any, ...]) -> None:
    grown(play)
    proof = json.loads(get(f"/v/{notice().pk}/proof.json"))
    verifier = get("/v/verify.py")
    (tmp_path / "good.json").write_text(json.dumps(proof), "utf-8")
    assert run(tmp_path, verifier, "good.json")[0] == 0
    (tmp_path / "bad.json").write_text(json.dumps(_changed(proof, *path)), "utf-8")
    code, said = run(tmp_path, verifier, "bad.json")
    assert code == 1
    assert "不符" in said


def test_a_broken_or_missing_proof_is_said_and_not_believed(play: Play, tmp_path: Path) -> None:
    verifier = get("/v/verify.py")
    (tmp_path / "half.json").write_text('{"wording": ', "utf-8")
    for arguments, words in (
        (("half.json",), "留证无法读取，请重新下载"),
        (("none.json",), "文件打不开，请核对文件名：none.json"),
        ((), "留证无法读取，请重新下载"),
    ):
        code, said = run(tmp_path, verifier, *arguments)
        assert code == 1
        assert words in said


def test_a_head_written_down_earlier_is_compared(play: Play, tmp_path: Path) -> None:
    grown(play)
    head = log.head(3)
    whole = get(f"/v/{notice().pk}/proof.py?since=3")
    code, said = run(tmp_path, whole, "--size", "3", "--root", head.root)
    assert code == 0, said
    assert run(tmp_path, whole, "--size", "3", "--root", "0" * 64)[0] == 1
    code, said = run(tmp_path, whole, "--size", "2", "--root", log.head(2).root)
    assert (code, "since=2 重新下载" in said) == (1, True)
    assert "没有第999条" in read(f"/v/{notice().pk}/proof.json?since=999", 404)
    assert "要写成数字" in read(f"/v/{notice().pk}/proof.json?since=x", 400)


def test_a_copy_of_the_wording_is_compared_offline(play: Play, tmp_path: Path) -> None:
    whole = get(f"/v/{notice().pk}/proof.py")
    (tmp_path / "same.txt").write_text("示例公示\n示例公示\n内容\n", "utf-8")
    (tmp_path / "other.txt").write_text("示例公示，押金不再退还。", "utf-8")
    assert run(tmp_path, whole, "--text", "same.txt")[0] == 0
    code, said = run(tmp_path, whole, "--text", "other.txt")
    assert code == 1
    assert "抄本里这些话正文没有，留证不能证明：\n    押金不再退还\n原文里这些话抄本没有" in said


def test_a_file_of_a_notice_is_not_judged_since_none_is_registered(play: Play, tmp_path: Path) -> None:
    poster = Client().get(f"/notices/{notice().pk}/poster.pdf").content
    (tmp_path / "poster.pdf").write_bytes(poster)
    (tmp_path / "same.txt").write_text("示例公示内容", "utf-8")
    (tmp_path / "other.txt").write_text("押金不再退还。", "utf-8")
    whole = get(f"/v/{notice().pk}/proof.py")
    code, said = run(tmp_path, whole, "--file", "poster.pdf")
    assert code == 2
    assert "公示核对的是文字，没有登记电子文件" in said
    assert "结论：留证全部相符，电子文件没有核对。" in said
    assert "不符　" not in said
    assert run(tmp_path, whole, "--file", "poster.pdf", "--text", "same.txt")[0] == 2
    code, said = run(tmp_path, whole, "--file", "poster.pdf", "--text", "other.txt")
    assert (code, "请不要采信" in said) == (1, True)


def test_a_copy_that_leaves_something_out_or_cuts_it_short_is_told(play: Play) -> None:
    row = notice()
    row.body = "示例公司申请退出。计划退出日：2027年3月15日\n总费用：16.80元\n接管之前继续提供服务。"
    row.digest = digest(wording(row))
    row.save()
    path = verify_path(row.pk, row.digest)

    def told(text: str) -> str:
        return strict(Client().post(path, {"text": text}).content.decode())

    assert "全文 4 句，与原文一致，不多不少" in told(row.body.replace("，", " ").replace("\n", " "))
    short = told("示例公司申请退出。计划退出日：2027年3月15日\n总费用：16.80元")
    assert "原文还有 1 句不在里面" in short
    assert "<li>接管之前继续提供服务</li>" in short
    cut = told(row.body.replace("3月15日", "3月1"))
    assert "有 1 处没有贴完整" in cut
    assert "<li>计划退出日2027年3月1</li>" in cut
    assert "<li>计划退出日2027年3月15日</li>" in cut
    assert "<li>总费用1680元</li>" in told(row.body.replace("16.80", "1680"))
    assert "没有读到文字" in told("。，")


def test_the_text_of_the_poster_itself_agrees(play: Play) -> None:
    row = notice()
    content = Client().get(f"/notices/{row.pk}/poster.pdf").content
    text = "\n".join(page.text for page in pages(content))
    answer = strict(Client().post(verify_path(row.pk, row.digest), {"text": text}).content.decode())
    assert "全文 1 句，与原文一致，不多不少" in answer
    other = text.replace("示例公示内容", "示例公示内容，押金不再退还")
    assert (
        "处是原文没有的" in Client().post(verify_path(row.pk, row.digest), {"text": other}).content.decode()
    )


def test_the_entry_of_the_log_is_the_notices_own(play: Play) -> None:
    proof = json.loads(get(f"/v/{notice().pk}/proof.json"))
    entry = Entry.objects.get(subject_id=notice().pk, kind="notice")
    assert proof["wording_held"]["leaf"] == entry.leaf_index
    assert proof["wording_held"]["digest"] == entry.digest
    assert proof["log"]["root"] == log.head().root


def test_the_page_that_checks_itself_holds_the_proof_and_asks_nobody(play: Play) -> None:
    """What it answers in a browser is tried in `tests/browser/test_offline.py`."""
    grown(play)
    page = get(f"/v/{notice().pk}/proof.html?since=3").decode()
    held = page.split('<script type="application/json" id="proof">')[1].split("</script>")[0]
    assert json.loads(held) == json.loads(get(f"/v/{notice().pk}/proof.json?since=3"))
    still = page.split("<noscript>")[1].split("</noscript>")[0]
    for told in ("示例公示内容", notice().title, "打开 JavaScript", "proof.py", "还没有核对"):
        assert told in still, told
    assert (
        "&lt;b&gt;" in page_text({"wording": {"title": "<b>", "body": "</noscript>"}}).split("</noscript>")[0]
    )
    assert page_text({"title": "示例</script><b>标题"}).count("</script>") == page.count("</script>")
    assert not re.findall(r"""(?:src|href)=|https?://|import\(|fetch\(""", page)
