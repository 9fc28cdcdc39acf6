"""法规库: the pages say what the law says and nothing else. Expected dates are worked by hand, the holiday named."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from gongzhi.desk.law_words import words
from gongzhi.exits.tests.play import adopt_baishan, at, set_here
from gongzhi.law import reading
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
    assert '<td class="own"><b>7日</b>' in row
    assert '<td class="inherited">7日<small>↖ 承白山市' in row
    assert '<td class="none">未规定</td>' in row
    assert '<td class="local"><b>5日</b>' in _row(text, "objection.window")
    assert '<td class="must">' in _row(
        read(client, "/law/?group=exit&at=2206"), "exit.ledger_report_frequency"
    )
    drafts = read(client, "/law/?at=330681&group=")
    assert 'class="draft"' in drafts
    assert "征求意见稿" in drafts


def _row(text: str, key: str) -> str:
    return next(part for part in text.split("<tr>") if f"<small><code>{key}</code></small>" in part)


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


def test_a_whole_chain_runs_over_national_day_each_link_from_the_result_before(cast: Cast) -> None:
    links = [
        # 90 days before 10 December 2026: November 30 days, October 31 → 10 − 90 → 11 September, a Friday
        ("exit.provider_early_exit_notice_before", "2026-12-10", "2026-09-11"),
        # 7 days after 11 September: 18 September, a Friday
        ("notice.exit_days", "", "2026-09-18"),
        # 7 days: 25 September 2026 is 中秋节, but a notice hangs its days and does not roll
        ("notice.settlement_report_days", "", "2026-09-25"),
        # 15 days after 25 September: 10 October 2026, a Saturday on which offices work (调休)
        ("settlement.refund_within", "", "2026-10-10"),
        # 30 days after 1 September, typed: 1 October, 国庆节 until the 7th → Thursday the 8th
        ("exit.leave_within", "2026-09-01", "2026-10-08"),
        # 3 days after the 8th: Sunday 11 October → Monday the 12th
        ("exit.leave_after_confirmation", "", "2026-10-12"),
    ]
    text = read(look(cast), chain(*((key, day) for key, day, _ in links)))
    assert results(text) == [due for _, _, due in links]
    assert [key for key, _, _ in links] == list(words().chains[0].keys)
    periods = re.findall(r'<span class="tag">([^<]+)</span><span class="sm dim">', text)
    assert periods == ["90日", "7日", "7日", "15日", "30日", "3日"]
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
        assert set(made.keys) <= set(known)
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
