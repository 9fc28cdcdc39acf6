"""公示栏 and who manages: found by name and place, current and past, never empty."""

import re
from datetime import date
from urllib.parse import quote, urlencode

from django.test import Client

from gongzhi.desk.tests.looking import plain
from gongzhi.exits.tests.play import Play
from gongzhi.notices.facts import NEUTRAL
from gongzhi.notices.models import Notice
from gongzhi.papers.codes import verify_path
from gongzhi.papers.documents import Column, Section, Table
from gongzhi.portal import reading
from gongzhi.portal.tests.scene import notice, read
from gongzhi.registry.models import Engagement, Mode, ServiceContract
from gongzhi.ui.published import joined_styles
from gongzhi.values.ids import short_code


def test_an_estate_is_found_by_part_of_its_name_and_by_initials(play: Play) -> None:
    estate = play.area.estate
    for text in (
        *(estate.name[:3], estate.initials[:3], estate.initials.upper(), estate.initials[2:]),
        estate.pinyin.replace(" ", "")[3:12],
    ):
        assert f"/notices/estates/{estate.pk}/" in read(f"/notices/?q={text}"), text
        assert f"/estates/{estate.pk}/manager/" in read(f"/managers/?q={text}"), text
    assert "没有找到这个小区" in read("/notices/?q=没有的小区")
    for page in ("/notices/", "/managers/"):
        text = read(f"{page}?q=没有的小区").split("<main")[1]
        assert "没有找到这个小区" in text
        assert 'class="empty missing"' in text


def test_a_place_leads_down_to_its_estates_and_shows_their_notices(play: Play) -> None:
    assert "/notices/places/2206/" in read("/notices/")
    for code in ("2206", "220602", "220602001", "220602001001", "22"):
        text = read(f"/notices/places/{code}/")
        assert "示例公示" in text, code
        assert play.area.estate.name in text
    assert "/notices/places/220602001001/" in read("/notices/places/220602001/")
    assert "没有这个地方" in read("/notices/places/999999/", 404)


def test_both_boards_lead_to_their_feeds_also_for_a_program(play: Play) -> None:
    for board, of in (
        (f"estates/{play.area.estate.pk}", play.area.estate.pk),
        ("places/220602", "places/220602"),
    ):
        feed = f"/api/v1/feeds/notices/{of}.atom"
        head, _, body = read(f"/notices/{board}/").partition("</head>")
        assert '<link rel="alternate" type="application/atom+xml"' in head, board
        assert f'href="{feed}"' in head
        assert f'href="{feed}"' in body
        assert Client().get(feed).status_code == 200
    assert 'href="/api/v1/feeds/notices/places/2206.atom"' in read("/notices/places/220600/")


def test_the_board_of_an_estate_counts_down_and_leads_to_feed_and_manager(play: Play) -> None:
    path = f"/notices/estates/{play.area.estate.pk}/"
    text = read(path)
    # posted Monday 2 March, first day not counted, 7 days: Monday 9 March 24:00
    for told in ("还剩 7 日", "公示至 03-09 周一 24:00", "示例白山甲物业有限公司", "凭什么管", "<svg"):
        assert told in text
    assert f"/api/v1/feeds/notices/{play.area.estate.pk}.atom" in text
    assert Client().get(f"/api/v1/feeds/notices/{play.area.estate.pk}.atom").status_code == 200
    play.go(days=7)
    assert "今日到期" in read(path)


def test_a_notice_moves_from_hanging_to_full_to_taken_down(play: Play) -> None:
    path = f"/notices/estates/{play.area.estate.pk}/"
    assert "现在没有正在公示的公示" not in read(path)
    play.until("2026-03-10 00:00")
    assert "现在没有正在公示的公示" in read(path)
    assert "公示期满" in read(f"{path}?state=full")
    play.until("2026-03-10 09:00").take_down("provider_leader", "exit.publicity")
    text = read(f"{path}?state=full")
    assert "已满公示期，已取下" in text
    assert "03-10 周二 取下" in text
    assert "示例公示" not in read(f"{path}?state=ended").split("<main")[1]
    assert '<span class="tag done">已满公示期，已取下</span>' in read(f"/notices/{Notice.objects.get().pk}/")
    assert "示例公示" in read(f"{path}?state=all")


def test_a_long_board_goes_on_by_key_and_loses_and_repeats_nothing(play: Play, monkeypatch: object) -> None:
    from gongzhi.portal import reading

    monkeypatch.setattr(reading, "SHOWN", 1)  # type: ignore[attr-defined]
    play.do(
        "provider_leader",
        "exit.publicity.take_down",
        "replace",
        title="改过的公示",
        body="改过的内容",
        places=["小区东门"],
        posted_at=play.now.isoformat(),
        posted_by=["示例甲", "示例乙"],
    )
    first = read(f"/notices/estates/{play.area.estate.pk}/?state=all")
    after = first.split("after=")[1].split('"')[0]
    second = read(f"/notices/estates/{play.area.estate.pk}/?state=all&after={after}")
    shown = [
        {row.title for row in Notice.objects.all() if f">{row.title}</a></h2>" in text}
        for text in (first, second)
    ]
    assert shown[0] | shown[1] == {"示例公示", "改过的公示"}
    assert not shown[0] & shown[1]
    assert "下一页" not in second


def test_who_manages_is_told_with_the_paper_and_never_empty(play: Play) -> None:
    text = read(f"/estates/{play.area.estate.pk}/manager/")
    for told in (
        "示例白山甲物业有限公司",
        "历任管理人",
        "2025-01-01 09:00 至 今：",
        "依据：示例物业服务合同",
        "示例公示",
    ):
        assert told in text
    bare = read(f"/estates/{play.area.bare_estate.pk}/manager/")
    assert "无人管理" in bare
    assert "<dt>到</dt>" not in bare
    assert "原因" in bare
    assert "没有这个小区" in read("/estates/00000000-0000-7000-8000-000000000000/manager/", 404)


def test_until_when_is_told_and_whom_to_call(play: Play) -> None:
    path = f"/estates/{play.area.estate.pk}/manager/"
    text = read(path)
    assert "<dt>到</dt><dd>2026-12-31</dd>" in text
    contacts = text.split('id="contacts"')[1].split("</section>")[0]
    for key in ("community", "subdistrict"):
        assert play.area.organisations[key].name in contacts, key
    ServiceContract.objects.update(ends_on=date(2026, 3, 1))
    assert "<dt>到</dt><dd>2026-03-01（已经到期，还在管理）</dd>" in read(path)
    ServiceContract.objects.update(ends_on=None)
    assert "<dt>到</dt><dd>没有写明到期日</dd>" in read(path)


def test_an_estate_that_manages_itself_is_said_to_once(play: Play) -> None:
    play.go(days=1)
    Engagement.objects.create(
        estate=play.area.estate,
        mode=Mode.SELF_MANAGED,
        from_on=play.now.date(),
        from_at=play.now,
        paper_title="示例业主大会决议",
    )
    text = read(f"/estates/{play.area.estate.pk}/manager/")
    band = text.split('aria-label="今天谁在依法管理"')[1].split('<ol class="reigns">')[0]
    assert band.count("自行管理") == 1
    assert "没有写明到期日" in band


def test_a_notice_is_read_with_its_days_its_issuer_and_how_to_object(play: Play) -> None:
    text = read(f"/notices/{notice().pk}/")
    for told in (
        *(
            "示例公示内容",
            "2026 年 3 月 9 日 星期一 24:00",
            notice().digest,
            "叶序号（从0起）",
            "小区东门",
            "这个日期怎么算的",
        ),
        *("提出异议", "每条意见都会书面答复", "打印 A4", "墙上没看到", "/v/"),
    ):
        assert told in text, told
    assert "没有这份公示" in read("/notices/00000000-0000-7000-8000-000000000000/", 404)


def test_a_notice_names_the_telephones_and_the_way_on_paper_itself(play: Play) -> None:
    bodies = play.area.organisations
    for name, number in (("provider", "0439-0000001"), ("community", "0439-0000002")):
        bodies[name].phone_service = number
        bodies[name].save(update_fields=["phone_service"])
    bodies["subdistrict"].phone_supervision = "0439-0000003"
    bodies["subdistrict"].save(update_fields=["phone_supervision"])
    path = f"/notices/{notice().pk}/"
    ways = read(path).split('id="ways"')[1].split("</section>")[0]
    for n in (1, 2, 3):
        assert f'href="tel:0439-000000{n}"' in ways
    assert f"{bodies['subdistrict'].name}<br>" in ways
    assert "<dt>交纸质意见</dt>" in ways
    assert "也可以交社区代收登记" in ways
    play.until("2026-03-10 00:00")
    ways = read(path).split('id="ways"')[1].split("</section>")[0]
    assert "交纸质意见" not in ways
    assert 'href="tel:0439-0000003"' in ways


def test_a_page_that_is_not_there_leads_a_passer_by_to_the_board_and_not_to_sign_in(play: Play) -> None:
    text = read("/notices/00000000-0000-7000-8000-000000000000/", 404).split("<main")[1]
    assert 'href="/notices/"' in text
    assert 'href="/"' not in text


def test_a_changed_wording_leads_to_the_new_notice(play: Play) -> None:
    old = notice()
    play.do(
        "provider_leader",
        "exit.publicity.take_down",
        "replace",
        title="改过的公示",
        body="改过的内容",
        places=["小区东门"],
        posted_at=play.now.isoformat(),
        posted_by=["示例甲", "示例乙"],
    )
    text = read(f"/notices/{old.pk}/")
    assert "内容已经变更" in text
    assert "未满公示期，已被代替" in text
    assert "2026-03-02 停止" in text.split('id="term"')[1]
    assert text.count('<li class="full">') == 0
    path = f"/notices/estates/{play.area.estate.pk}/"
    assert "示例公示" in read(f"{path}?state=ended")
    assert "示例公示内容" not in read(f"{path}?state=full")
    assert f'href="/notices/{notice().pk}/"' in text
    number = old.number
    assert f"本公示代替公示编号 {number} 的公示" in plain(read(f"/notices/{notice().pk}/"))
    assert "本公示代替" not in text
    assert Client().get(f"/api/v1/public/notices/{notice().pk}").json()["replaces"] == {
        "id": str(old.pk),
        "number": number,
    }


def test_an_answered_objection_is_told_by_number_day_and_outcome_and_names_nobody(play: Play) -> None:
    path, board = f"/notices/{notice().pk}/", f"/notices/estates/{play.area.estate.pk}/"
    verify = f"/v/{notice().pk}/"
    assert "异议和答复" not in read(path)
    said = {"content": "示例异议内容"}
    play.stand("owner", "exit", "object", "publicity", **said)
    play.go(days=1).stand("co_owner", "exit", "object", "publicity", **said)
    assert "2 条异议，等答复" in read(board)
    reply = {"finding": "示例核实情况", "adopted": False, "next_remedy": "可以向街道申请调解"}
    reply["summary"] = "认为退出日期太早"
    play.go(days=1).do("provider_leader", "exit.publicity.reply:1", "reply", **reply)
    assert "2 条异议，1 条已答复" in read(board)
    for text in (read(path), read(verify)):
        told = plain(text)
        assert (
            "第 1 条，2026-03-02 周一 提出 2026-03-04 周三 已书面答复：没有采纳 说的是：认为退出日期太早"
            in told
        )
        assert "第 2 条，2026-03-03 周二 提出 等答复" in told
        for hidden in ("示例异议内容", "示例核实情况", play.area.people["owner"].name):
            assert hidden not in text
    play.do(
        "provider_leader",
        "exit.publicity.reply:2",
        "reply",
        **(reply | {"adopted": True, "summary": NEUTRAL}),
    )
    assert "2 条异议已答复" in read(board)
    assert f"已书面答复：采纳 说的是：{NEUTRAL}" in plain(read(path))


def test_a_number_searched_on_the_board_leads_to_verification(play: Play) -> None:
    one = notice()
    for typed in (one.number, "2026 220602 1", short_code(one.pk)):
        text = read(f"/notices/?{urlencode({'q': typed})}")
        assert f'href="/v/?q={quote(typed)}"' in text, typed
        assert "按编号核验" in text
        assert "没有找到这个小区" not in text
        assert Client().get("/v/", {"q": typed})["Location"] == f"/v/{short_code(one.pk)}/"
    other = read("/notices/?q=没有的小区")
    assert "没有找到这个小区" in other
    assert "按编号核验" not in other


def test_a_notice_that_is_void_says_so_and_that_its_paper_comes_down(play: Play) -> None:
    hung = notice()
    page, board = f"/notices/{hung.pk}/", f"/notices/estates/{play.area.estate.pk}/?state=ended"
    play.go(hours=2).stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    text = plain(read(page).split("<main")[1])
    assert "这份公示已作废（示例撤回），纸质件应当取下，墙上还有的不再作数" in text
    assert "2026-03-02 09:00 取下" not in text
    assert "已作废，纸质件应当取下" in read(board)
    assert "这份公示已经作废" in read(verify_path(hung.pk, hung.digest, hung.until_on))
    assert "这份公示已经作废，不能再打印张贴" in read(f"{page}poster.pdf", 409)
    said = {"removed_at": play.now.isoformat(), "removed_by": ["示例甲"]}
    play.do("provider_leader", "exit.publicity.remove", "remove", **said)
    assert "已作废，纸质件已取下" in read(board)


def test_what_only_asks_is_not_printed_as_an_empty_frame(play: Play) -> None:
    """Forms are left out on paper; a sheet that holds nothing else goes with them, one with an answer stays."""
    styles = joined_styles().decode()
    assert ".sheet.asks { display: none; }" in styles.partition("@media print")[2]
    row = notice()
    calculated = "/calculator/?kind=free&start=2026-03-02&amount=7&unit=D&roll=next_workday"
    for path in (calculated, f"/v/{row.pk}/", "/v/"):
        sheets = read(path).split('<section class="sheet')[1:]
        asking = [one for one in sheets if "<form" in one.split("</section>")[0]]
        assert asking, path
        assert all(one.startswith(" asks") for one in asking), path
        assert not any(one.startswith(" asks") for one in sheets if one not in asking), path
    answered = Client().post(f"/v/{row.pk}/", {"text": "示例"}).content.decode()
    assert '<section class="sheet" id="compare"' in answered


def test_a_wide_annex_scrolls_in_its_own_frame(play: Play) -> None:
    table = Table(columns=(Column(title="示例房号"), Column(title="应摊")), rows=(("示例1幢101", "12.34元"),))
    row = notice()
    row.annexes = [Section(heading="附表　示例", table=table).model_dump(mode="json")]
    row.save()
    for path in (f"/notices/{row.pk}/", f"/v/{row.pk}/"):
        frame = read(path).split('<div class="sideways" tabindex="0" role="region"')[1]
        assert "可左右移动" in frame.partition(">")[0]
        assert "示例1幢101" in frame.partition("</table></div>")[0]
    assert ".sideways { overflow-x: auto; }" in joined_styles().decode()


def test_the_search_names_no_initials_that_find_nothing(play: Play) -> None:
    hint = read("/notices/").split('id="q_hint">')[1].split("</p>")[0]
    for word in re.findall("[a-z]{2,}", hint):
        assert reading.find_estates(word), word
