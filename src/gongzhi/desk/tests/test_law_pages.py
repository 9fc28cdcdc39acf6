"""法规库: the pages say what the law says and nothing else. Expected dates are worked by hand, the holiday named."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from django.test import Client

from gongzhi.desk import law_askers, law_table
from gongzhi.desk.law_words import in_words, words
from gongzhi.desk.law_words import plain as in_plain_words
from gongzhi.exits.tests.play import adopt_baishan, at, set_here
from gongzhi.law import reading
from gongzhi.law.naming import dotted_words
from gongzhi.law.shipped import packaged_book
from gongzhi.law.value import about_item, frozen
from gongzhi.registry.tests.cast import Cast, build_cast

from .looking import browser_of, plain, read

NOW = at("2026-08-03 09:00")
PAGES = ("/law/", "/law/keys/exit.leave_within/", "/law/due/", "/law/coverage/", "/law/defects/")


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Cast:
    """The cast of 白山 on 3 August 2026; 白山's text is adopted."""
    settings.FILES_ROOT = tmp_path
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: NOW)
    cast = build_cast(NOW, areas=())
    adopt_baishan()
    return cast


def look(cast: Cast, name: str = "county_officer") -> Client:
    """A browser of one of the cast."""
    return browser_of(cast, name, NOW)


def chain(*links: tuple[str, str], place: str = "220602") -> str:
    """The address of a calculation: key and date, "" for the result before."""
    pairs = [("at", place)]
    for key, day in links:
        pairs += [("key", key), ("from", day)]
    return f"/law/due/?{urlencode(pairs)}"


def results(text: str) -> list[str]:
    """The days and instants a calculation came to."""
    return re.findall(r'<p class="to">[^<]*<time datetime="([^"]+)"', text)


@pytest.mark.parametrize(
    "name", ["county_officer", "provider_leader", "owner", "tenant", "auditor", "administrator"]
)
def test_the_law_is_open_to_everybody_who_signed_in(cast: Cast, name: str) -> None:
    client = look(cast, name)
    for path in PAGES:
        assert "法规库" in read(client, path)


def test_who_has_not_signed_in_is_sent_to_do_so(cast: Cast) -> None:
    for path in PAGES:
        assert Client().get(path)["Location"] == f"/sign-in/?next={path}"


def test_places_stand_side_by_side_with_own_inherited_local_missing_and_draft(cast: Cast) -> None:
    set_here("objection.window", 5, unit="D")
    client = look(cast)
    text = read(client, "/law/?group=notice&at=2206&at=220602&at=330681")
    row = _row(text, "notice.exit_days")
    assert '<td class="own"><b>至少 7日</b>' in row
    assert '<td class="inherited">至少 7日<small>↖ 承白山市' in row
    assert '<td class="none">未规定</td>' in row
    assert '<td class="local"><b>5日</b>' in _row(text, "objection.window")
    assert '<td class="must">' in _row(
        read(client, "/law/?group=exit&at=2206"), "exit.ledger_report_frequency"
    )
    drafts = read(client, "/law/?at=330681&group=")
    assert 'class="draft"' in drafts
    assert "征求意见稿" in drafts


def _row(text: str, key: str) -> str:
    return next(part for part in text.split("<tr>") if f'href="/law/keys/{key}/?' in part)


@pytest.mark.parametrize("place", ["CN", "22", "2206", "220382", "330681", "140522"])
def test_the_table_says_what_the_api_says(cast: Cast, place: str) -> None:
    client = look(cast)
    told = client.get(f"/api/v1/law/parameters?at={place}&on=2026-08-03").json()
    text = read(client, f"/law/?at={place}&group=&on=2026-08-03")
    assert len(told) > 100
    assert text.count('<th scope="row">') == len(told)
    units = {"D": "日", "WD": "个工作日", "h": "小时", "M": "个月", "Y": "年"}
    for one in told:
        row = _row(text, one["key"])
        assert one["title"] in row
        if one["kind"] == "period" and isinstance(one["value"], int):
            assert f"{one['value']}{units[one['unit']]}" in row
        if one["value"] is None:
            assert "须先设定" in row


def test_a_code_stands_on_its_keys_own_page_and_finds_it(cast: Cast) -> None:
    client = look(cast)
    table = plain(read(client, "/law/?at=CN&at=2206&group=").partition("<main")[2])
    assert "离场" in table
    assert not re.search(r"[a-z]+_[a-z_]+|\bCN\b|\b2206\b", table)
    page = plain(read(client, "/law/keys/exit.leave_within/").partition("<main")[2])
    assert "参数代码 exit.leave_within" in page
    assert "CN" not in page
    found = read(client, "/law/?q=exit.leave_within")
    assert 'href="/law/keys/exit.leave_within/?' in found
    assert found.count('<th scope="row">') == 1
    # without its code, a row is told from every other by its title
    titles = re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', read(client, "/law/?at=CN&at=2206&group="))
    assert len(titles) == len(set(titles)) > 100


def test_an_article_in_the_table_names_its_text_shortly(cast: Cast) -> None:
    table = read(look(cast), "/law/?at=CN&at=2206&at=330681&group=exit").partition("<table")[2]
    cited = [plain(one) for one in re.findall(r'<small title="[^"]+">([^<]+)</small>', table)]
    assert "民法典 第948条" in cited
    assert "白山办法 第12条" in cited
    assert not [one for one in cited if one.startswith("第") or len(one) > 24]


def test_the_table_is_printed_across_the_paper(cast: Cast) -> None:
    style = Client().get("/reference.css").content.decode()
    assert "@page law { size: A4 landscape" in style
    assert "html:has(.law) { page: law; }" in style


def test_a_filter_by_words_searches_every_group(cast: Cast) -> None:
    client = look(cast)
    text = read(client, "/law/?q=离场")
    assert "exit.leave_after_confirmation" in text
    assert "notice.exit_days" not in text
    assert "没有符合条件的参数" in read(client, "/law/?q=查无此名")


def test_the_day_asked_for_decides_what_is_in_force(cast: Cast) -> None:
    client = look(cast)
    # the campaign of 双辽 ran in 2023 only if its text says so: the Civil Code began on 1 January 2021
    assert "未规定" in read(client, "/law/?at=CN&at=2206&group=exit&on=2020-06-01")
    before = read(client, "/law/?at=CN&group=exit&on=2020-06-01")
    assert "exit.indefinite_notice_before" not in before
    assert "exit.indefinite_notice_before" in read(client, "/law/?at=CN&group=exit&on=2021-01-01")


def test_a_keys_page_says_everything_about_it(cast: Cast) -> None:
    client = look(cast)
    text = plain(read(client, "/law/keys/exit.leave_within/"))
    for told in (
        "30日",
        "第20条",
        "自合同终止之日起",
        "BS-D4",
        "T2",
        "退出、清算、交接",
        "承白山市",
        "合理期限",
    ):
        assert told in text
    text = plain(read(client, "/law/keys/forced_exit.penalty_window_kind/"))
    assert "任意连续一年" in text
    assert "自然年" in text
    assert "没有名为" in read(client, "/law/keys/exit.leave_withing/", 404)


def test_one_period_is_the_same_as_the_apis(cast: Cast) -> None:
    client = look(cast)
    # 30 days from 1 September 2026 → 1 October, 国庆节 until the 7th → Thursday the 8th
    text = read(client, chain(("exit.leave_within", "2026-09-01")))
    assert results(text) == ["2026-10-08"]
    asked = {"key": "exit.leave_within", "at": "220602", "from": "2026-09-01"}
    told = client.post("/api/v1/law/due", asked, content_type="application/json").json()
    assert told["due_on"] == "2026-10-08"
    # the page says its start and its result in rows of their own
    for line in told["working"]:
        if line.startswith(("跳过", "由")):
            assert line in text
    assert "国庆节" in text


def test_a_whole_chain_runs_over_national_day_and_leaving_counts_from_the_planned_exit(cast: Cast) -> None:
    links = [
        # 90 days before Tuesday 1 December 2026: 1 + 30 (November) + 31 (October) + 28 → 2 September
        ("exit.provider_early_exit_notice_before", "2026-12-01", "2026-09-02"),
        # 7 days after 2 September: 9 September
        ("notice.exit_days", "", "2026-09-09"),
        # 7 days: 16 September
        ("notice.settlement_report_days", "", "2026-09-16"),
        # 15 days after 16 September: 1 October, 国庆节 until the 7th → Thursday the 8th
        ("settlement.refund_within", "", "2026-10-08"),
        # the confirmation is signed on the planned day, 1 December; 3 days: Friday 4 December
        ("exit.leave_after_confirmation", "同第1步", "2026-12-04"),
        # the contract ends on the planned day; 30 days: Thursday 31 December
        ("exit.leave_within", "同第1步", "2026-12-31"),
    ]
    client = look(cast)
    text = read(client, chain(*((key, day) for key, day, _ in links)))
    assert results(text) == [due for _, _, due in links]
    # nobody leaves before the day planned for it
    assert min(results(text)[4:]) >= links[0][1]
    assert "以第 1 步的日期 2026-12-01 周二 为交接确认之日起算" in plain(text)
    assert "以第 1 步的日期 2026-12-01 周二 为合同终止之日起算" in plain(text)
    # the form of the chain sends the same, but for its date
    offered = read(client, "/law/due/").split("常用的一串")[1].split("</form>")[0]
    assert re.findall(r'name="key" value="([^"]*)"', offered) == [key for key, _, _ in links]
    assert re.findall(r'name="from" value="([^"]*)"', offered)[1:] == [day for _, day, _ in links][1:]
    periods = re.findall(r'<span class="tag">([^<]+)</span><span class="sm dim">', text)
    assert periods == ["90日", "至少 7日", "至少 7日", "15日", "3日", "30日"]
    assert "最迟到达" in text
    assert "国庆节" in text
    assert "暂定" not in plain(text).split("要算哪些期限")[0].split("改一改再算")[0]


def test_hours_run_on_and_days_after_them_count_from_their_day(cast: Cast) -> None:
    # 24 hours from 20:30 on 30 September 2026; 10 days after 1 October: 11 October, Sunday → Monday the 12th
    links = [("emergency.designate_within", "2026-09-30T20:30"), ("emergency.inspect_within", "")]
    found = results(read(look(cast), chain(*links)))
    assert found == ["2026-10-01T20:30:00+08:00", "2026-10-12"]


def test_what_cannot_be_counted_says_why_in_its_place(cast: Cast) -> None:
    client = look(cast)
    assert "填写起算的日期" in read(client, chain(("exit.leave_within", "")))
    assert "读不懂" in read(client, chain(("exit.leave_within", "tomorrow")))
    assert "没有固定天数" in read(client, chain(("exit.leave_within", "2026-09-01"), place="CN"))
    assert "没有" in read(client, chain(("settlement.refund_within", "2026-09-01"), place="CN"))
    text = read(client, chain(("exit.leave_within", "2027-01-05")))
    assert "暂定" in text


def test_coverage_lists_the_290_provisions_by_source_and_state(cast: Cast) -> None:
    client = look(cast)
    text = read(client, "/law/coverage/")
    assert "290 条规定" in plain(text)
    assert text.count('<th scope="row">') == 290
    # each source's own count: the catalogue's five files
    counts = {
        source: read(client, f"/law/coverage/?source={source}").count('<th scope="row">')
        for source in SOURCES
    }
    assert sum(counts.values()) == 290
    assert min(counts.values()) > 10
    states = ("proved", "realised", "stated", "none")
    assert (
        sum(read(client, f"/law/coverage/?state={state}").count('<th scope="row">') for state in states)
        == 290
    )
    one = read(client, "/law/coverage/?q=BS-041")
    assert one.count('<th scope="row">') == 1
    assert "/law/keys/exit.provider_early_exit_notice_before/" in one
    # how many tests, for an officer; their names and files are told by the command line
    assert re.search(r"本条由自动测试检验<div[^>]*>[1-9]\d* 个测试", one)
    assert "::" not in text
    assert ".py" not in text


SOURCES = ("BS", "ZJ", "SL", "JL", "YC")


def test_every_recorded_defect_and_tension_is_shown_with_its_reading(cast: Cast) -> None:
    client = look(cast)
    text = read(client, "/law/defects/")
    for one in reading.remarks():
        assert f'id="{one.id}"' in text
        assert one.text in text
    tensions = read(client, "/law/defects/?kind=tension")
    assert 'id="T1"' in tensions
    assert 'id="BS-D4"' not in tensions
    assert 'id="BS-D4"' not in read(client, "/law/defects/?at=330681")


def test_every_group_chain_and_event_named_for_pages_is_there(cast: Cast) -> None:
    families, known = {family for group in words().groups for family in group.families}, reading.keys()
    assert families == {key.partition(".")[0] for key in known}
    for made in words().chains:
        assert {one.key for one in made.links} <= set(known)
        assert all(one.same_as < number for number, one in enumerate(made.links, start=1))
    said = {key.anchor for key in known.values()}
    said |= {one.anchor for pack in reading.packs().values() for one in pack.params.values()}
    assert said - {""} <= set(words().anchors)


def test_the_stylesheet_has_no_colour_of_its_own(cast: Cast) -> None:
    answer = Client().get("/reference.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert not re.search(r"#[0-9a-fA-F]{3}", answer.content.decode())


def test_the_pages_ask_the_database_a_bounded_number_of_times(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = look(cast)
    for path in (*PAGES, "/law/?group="):
        client.get(path)
        with django_assert_max_num_queries(14):
            client.get(path)


#: Latin letters that are words here: grades, a paper size, a standard's number.
LATIN = re.compile(r"[A-D]级|A4|GB/T")


def _latin(text: str) -> str:
    """The Latin letters left in a text, "" for none."""
    return "".join(re.findall(r"[A-Za-z]+", LATIN.sub("", text)))


def _values() -> Iterator[tuple[str, str, Any, str | None]]:
    for pack in reading.packs().values():
        for key, one in pack.params.items():
            if one.value is not None:
                yield pack.code, key, frozen(one.value), one.unit


def test_every_value_of_every_pack_is_in_words() -> None:
    known, told = reading.keys(), 0
    for code, key, value, unit in _values():
        options = known[key].options if key in known else {}
        text = in_plain_words(value, unit, options, key=key)
        items = value if isinstance(value, tuple) else ()
        text += "".join(about_item(item, key) for item in items)
        assert text
        assert not _latin(text), (code, key, text)
        assert "见条文" not in text
        assert "个分项" not in text
        told += 1
    assert told > 400


@pytest.mark.parametrize(
    ("key", "code", "expected"),
    [
        ("forced_exit.grade", "2206", "D级（不合格）"),
        ("tender.preliminary_grade_min", "330681", "A级"),
        ("waste.removal", "22", "日产日清"),
        ("emergency.start", "2206", "立即"),
        ("service.notice_effective_at", "CN", "到达时"),
        ("contract.term_limit", "330681", "不超出业主委员会任期"),
        ("penalty.late_fee_daily", "CN", "3%"),
        ("committee.term", "3306", "最短：3年；最长：5年"),
        ("handover.refusal_fine", "CN", "最低：1万元；最高：10万元；前提：先责令限期改正"),
        ("settlement.cost_order", "2206", "公共收益、全体业主按房屋建筑面积分摊、社区垫付"),
        ("revenue.misuse_fine", "CN", "个人：最低1000元，最高1万元；单位：最低5万元，最高20万元"),
        ("fund.small_scope", "22", "单元、楼栋"),
    ],
)
def test_codes_and_parts_are_said_as_the_text_means_them(key: str, code: str, expected: str) -> None:
    one = reading.packs()[code].params[key]
    options = reading.keys()[key].options
    assert in_plain_words(frozen(one.value), one.unit, options, key=key) == expected


def test_nothing_beside_a_value_is_said_in_code() -> None:
    book, day, said = packaged_book(), date(2026, 8, 3), 0
    for code, pack in book.packs.items():
        place = law_table.Place(code, pack.name)
        for key in sorted(book.named):
            cell = law_table.cell(book, key, place, day)
            for text in (cell.words, cell.note, *cell.others, *cell.warnings, *cell.parts):
                assert not _latin(text), (code, key, text)
                said += bool(text)
    assert said > 3000


def test_sentences_lose_their_codes_and_keep_their_meaning() -> None:
    assert in_words("先到的为准（BS-D4）") == "先到的为准"
    assert in_words("由本地确定（area、unit）", "fund.vote_scope") == "由本地确定（整个小区、单元）"


def test_a_citation_leads_to_the_provisions_of_its_article(cast: Cast) -> None:
    client = look(cast)
    text = read(client, "/law/keys/forced_exit.grade/")
    links = [
        unquote(href.replace("&amp;", "&")) for href in re.findall(r'href="(/law/coverage/[^"]+)"', text)
    ]
    assert "/law/coverage/?source=BS&q=第10条第1项" in links
    assert "年度质量评价为最低等级" in text
    found = read(client, "/law/coverage/?source=BS&q=第10条第1项")
    assert re.findall(r'<tr id="([^"]+)"', found) == ["BS-029"]
    # the whole article: its lead and its nine items, and not article 1 for 第1条
    assert read(client, "/law/coverage/?source=BS&q=第10条").count('<th scope="row">') == 10
    assert re.findall(r'<tr id="([^"]+)"', read(client, "/law/coverage/?source=BS&q=第1条")) == ["BS-001"]


def test_a_text_outside_the_five_leads_nowhere_and_has_no_points(cast: Cast) -> None:
    text = read(look(cast), "/law/keys/exit.indefinite_notice_before/")
    assert "/law/coverage/?" not in text
    assert "条文要点" not in text


def test_who_uses_a_key_is_said_in_words(cast: Cast) -> None:
    text = plain(read(look(cast), "/law/keys/notice.exit_days/"))
    assert "退出信息公示" in text
    assert ".py" not in text
    for key in set(reading.keys()) & set(dotted_words()):
        told = law_askers.askers(key)
        assert told
        assert "系统设置" not in told
        for where, what in told.items():
            assert not _latin(f"{where}{what}"), key


def test_every_file_with_words_of_its_own_is_there() -> None:
    known = reading.keys()
    files = {file for key, said in dotted_words().items() if key in known for file in said}
    assert set(words().files) <= files


def test_a_least_time_is_said_to_be_one_and_a_last_day_is_not(cast: Cast) -> None:
    client = look(cast)
    assert "至少 7日" in plain(read(client, "/law/keys/notice.exit_days/"))
    assert "至少" not in plain(read(client, "/law/keys/settlement.refund_within/")).split("条文要点")[0]
    text = read(client, chain(("notice.exit_days", "2026-09-18")))
    assert "退出信息公示期（至少 7日）</option>" in text
    assert "违规资金足额退还期限（15日）</option>" in text
    # 7 days after Friday 18 September: 25 September, 中秋节, which a notice does not roll over
    assert "期满 <time" in text
    assert "末日不顺延" in text.split("要算")[0].split("改一改再算")[0]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("昨天", "读不懂"),
        ("2026-02-30", "2026年2月没有30日，最接近的是 2026-02-28"),
        ("同第2步", "没有第 2 步的起算日期"),
        ("同第0步", "读不懂"),
        ("9999-12-30", "超出可以推算的年份"),
    ],
)
def test_a_date_that_cannot_be_counted_from_is_told_at_its_field(
    cast: Cast, typed: str, expected: str
) -> None:
    text = read(look(cast), chain(("exit.leave_within", "2026-09-01"), ("exit.leave_within", typed)))
    assert "<b>2. 合同终止后退出期限</b>" in text
    assert "exit.leave_within</b>" not in text
    assert f'id="from_2" name="from" value="{typed}"' in text
    field = re.search(r'<input[^>]*id="from_2"[^>]*>', text)
    assert field is not None
    assert 'aria-invalid="true" aria-describedby="wrong_2"' in field[0]
    wrong = re.search(r'id="wrong_2">(.*?)</p>', text)
    assert wrong is not None
    assert expected in wrong[1]
    assert 'id="wrong_1"' not in text


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("at=xx", 404, "没有代码为“xx”的行政区划"),
        ("on=abc", 400, "日期“abc”读不懂"),
        ("on=2026-02-30", 400, "2026年2月没有30日，最接近的是 2026-02-28"),
    ],
)
def test_a_place_or_a_day_nobody_knows_is_refused_and_not_replaced(
    cast: Cast, asked: str, status: int, told: str
) -> None:
    client = look(cast)
    assert told in plain(read(client, f"/law/due/?{asked}&key=exit.leave_within&from=2026-09-01", status))


def test_a_period_the_place_does_not_have_is_told_at_the_period(cast: Cast) -> None:
    text = read(look(cast), chain(("settlement.refund_within", "2026-09-01"), place="CN"))
    assert "<b>1. 违规资金足额退还期限</b>" in text
    assert 'aria-label="第 1 步期限" aria-invalid="true" aria-describedby="wrong_1"' in text
    assert 'aria-label="第 1 步起算日期" maxlength="25">' in text


def test_the_working_names_its_calendar_and_no_marks(cast: Cast) -> None:
    text = plain(read(look(cast), chain(("exit.leave_within", "2026-09-01"))))
    told = re.search(r"2024年至\d{4}年的放假安排，最近一次更新为\d{4}年\d+月\d+日的通知(\S*)", text)
    assert told is not None
    assert told[1] == ""
    assert "#" not in text
    assert "（BS-D4）" not in text
    assert "（T2）" not in text
    assert "第20条有两个退出期限" in text


def test_what_a_wording_was_checked_against_is_named(cast: Cast) -> None:
    text = plain(read(look(cast), "/law/keys/exit.indefinite_notice_before/"))
    assert "已与公开的法规汇编核对" in text
    assert "已与法规库核对" not in text


def test_a_number_the_place_set_is_not_told_as_the_articles(cast: Cast) -> None:
    set_here("objection.reply_within", "P5WD", "220602001")
    client = look(cast)
    text = read(client, chain(("objection.reply_within", "2026-11-28"), place="220602001"))
    assert "<dt>原文未写</dt><dd>示例主管部门于2025-01-01设定（示例通知）" in text
    assert re.search(r'class="cite local"[^>]*>白山办法 第15条', text)
    # Saturday 28 November + 5 working days: Monday 30, 1, 2, 3, 4 December
    assert results(text) == ["2026-12-04"]
    assert "原文未写" not in read(client, chain(("exit.leave_within", "2026-09-01")))
