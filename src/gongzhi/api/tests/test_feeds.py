"""Calendars of clocks and the feed of an estate's notices, as programs fetch them."""

from base64 import b64encode
from datetime import date
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from gongzhi.api.tests.conftest import begin
from gongzhi.api.tests.http import Web
from gongzhi.procedures.models import Clock

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def web(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Web:
    monkeypatch.setattr("django.conf.settings.FILES_ROOT", tmp_path)
    web = begin(monkeypatch, ("zhuji",))
    web.apply("2026-06-30")
    web.post("provider_leader", "exit.publicity")
    return web


def events(web: Web, name: str, path: str) -> dict[str, dict[str, object]]:
    answer = web.ask(name, "GET", path)
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return {str(one["summary"]): one for one in calendar.walk("VEVENT")}


def test_a_case_tells_each_running_clock_with_its_working(web: Web) -> None:
    found = events(web, "county_officer", f"/feeds/cases/{web.root}.ics")
    assert list(found) == ["期满：退出信息公示（示例白山一号小区）"]
    (event,) = found.values()
    # Posted on Monday 2 March 2026: seven days from 3 March are full with 9 March.
    assert event["dtstart"].dt == date(2026, 3, 9)  # type: ignore[attr-defined]
    assert event["dtend"].dt == date(2026, 3, 10)  # type: ignore[attr-defined]
    assert "2026年3月9日" in str(event["description"])
    assert str(event["status"]) == "CONFIRMED"


def test_what_is_said_of_a_date_bears_no_number_of_ours(web: Web) -> None:
    """Who reads the calendar keeps no packs: the remark stands there, its number does not."""
    (event,) = events(web, "owner", f"/feeds/cases/{web.root}.ics").values()
    assert any("（BS-D12）" in line for line in Clock.objects.get(due_on=date(2026, 3, 9)).warnings)
    assert "均作下限。" in str(event["description"])
    assert "BS-D" not in str(event["description"])
    assert "日历版本" not in str(event["description"])


def test_an_estate_tells_the_clocks_of_all_its_cases(web: Web) -> None:
    case = events(web, "county_officer", f"/feeds/cases/{web.root}.ics")
    assert events(web, "county_officer", f"/feeds/estates/{web.area.estate.pk}.ics").keys() == case.keys()


def test_a_calendar_program_sends_the_token_as_its_password(web: Web) -> None:
    secret = b64encode(f"anybody:{web.token('community_head')}".encode()).decode()
    path = "/api/v1/feeds/tasks.ics"
    answer = web.client.get(path, headers={"Authorization": f"Basic {secret}"})
    assert answer.status_code == 200
    wrong = b64encode(b"anybody:gz_wrong").decode()
    assert web.client.get(path, headers={"Authorization": f"Basic {wrong}"}).status_code == 401
    elsewhere = web.client.get("/api/v1/cases", headers={"Authorization": f"Basic {secret}"})
    assert elsewhere.status_code == 401


def test_anybody_reads_the_notices_of_an_estate_as_a_feed(web: Web) -> None:
    answer = web.client.get(f"/api/v1/feeds/notices/{web.area.estate.pk}.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.findtext(f"{ATOM}title") == "示例白山一号小区公示"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "示例公示（公示〔2026〕220602-1）"
    assert (entry.findtext(f"{ATOM}updated") or "").startswith("2026-03-02T")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href", "").startswith("http://testserver/notices/")
    assert web.client.get(link.get("href", "")).status_code == 200
    assert web.client.get(f"/api/v1/feeds/notices/{web.root}.atom").status_code == 404


def test_the_last_day_reads_as_everywhere_and_a_new_one_makes_the_entry_new(web: Web) -> None:
    def entry() -> tuple[str, str]:
        answer = web.client.get(f"/api/v1/feeds/notices/{web.area.estate.pk}.atom")
        found = ElementTree.fromstring(answer.content).find(f"{ATOM}entry")
        assert found is not None
        return found.findtext(f"{ATOM}content") or "", found.findtext(f"{ATOM}updated") or ""

    assert "公示至2026年3月9日（周一）24:00。" in entry()[0]
    web.go(days=1)
    web.stand("owner", "exit", "report_torn", "publicity", found_at=web.now.isoformat(), what="被撕去一角")
    web.do(
        "community_worker",
        "exit.publicity.torn:1",
        "confirm_torn",
        found_at=web.now.isoformat(),
        what="被撕去一角",
    )
    content, updated = entry()
    assert "公示中断，补贴后重新起算" in content
    assert "公示至" not in content
    assert updated.startswith("2026-03-03T")
    web.go(days=1)
    again = {"posted_at": web.now.isoformat(), "posted_by": ["示例甲", "示例乙"]}
    web.do("provider_leader", "exit.publicity.again:1", "post_again", **again)
    content, updated = entry()
    assert "公示至2026年3月11日（周三）24:00。" in content
    assert updated.startswith("2026-03-04T")


def test_anybody_reads_the_notices_of_a_place_of_any_level_as_a_feed(web: Web) -> None:
    estate = web.area.estate
    for code in (estate.city[:2], estate.city, estate.county, estate.subdistrict, estate.community):
        answer = web.client.get(f"/api/v1/feeds/notices/places/{code}.atom")
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8", code
        feed = ElementTree.fromstring(answer.content)
        (title,) = (entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry"))
        assert title == "示例白山一号小区：示例公示（公示〔2026〕220602-1）"
        own = feed.find(f"{ATOM}link[@rel='self']")
        assert own is not None
        assert own.get("href") == f"http://testserver/api/v1/feeds/notices/places/{code}.atom"
        assert feed.findtext(f"{ATOM}id") == own.get("href")
    elsewhere = web.client.get("/api/v1/feeds/notices/places/3306.atom")
    assert b"<entry>" not in elsewhere.content


def test_a_feed_leads_to_its_board_and_is_sent_once(web: Web) -> None:
    pages = {
        f"{web.area.estate.pk}": f"/notices/estates/{web.area.estate.pk}/",
        "places/2206": "/notices/places/2206/",
    }
    for of, page in pages.items():
        path = f"/api/v1/feeds/notices/{of}.atom"
        answer = web.client.get(path)
        link = ElementTree.fromstring(answer.content).find(f"{ATOM}link[@rel='alternate']")
        assert link is not None
        assert link.get("href") == f"http://testserver{page}"
        assert web.client.get(page).status_code == 200
        for header, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            again = web.client.get(path, headers={header: answer[name]})
            assert (again.status_code, again.content) == (304, b""), header
        assert web.client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_feed_of_a_place_nobody_knows_is_not_found_in_chinese(web: Web) -> None:
    answer = web.client.get("/api/v1/feeds/notices/places/9999.atom")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("没有这个地方")
    assert "导入" not in answer.content.decode()


def test_a_feed_of_a_place_is_newest_first_and_ends_at_the_most(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.go(days=1)
    web.do(
        "provider_leader",
        "exit.publicity.take_down",
        "replace",
        title="改过的公示",
        body="改过的内容",
        places=["小区东门"],
        posted_at=web.now.isoformat(),
        posted_by=["示例甲", "示例乙"],
    )

    def titles() -> list[str]:
        answer = web.client.get("/api/v1/feeds/notices/places/2206.atom")
        entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
        return [(one.findtext(f"{ATOM}title") or "").partition("：")[2].partition("（")[0] for one in entries]

    assert titles() == ["改过的公示", "示例公示"]
    monkeypatch.setattr("gongzhi.api.views.feeds.NEWEST", 1)
    assert titles() == ["改过的公示"]


def test_a_rehearsal_says_so_in_every_entry(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """They stand among real ones in the reader's own program."""
    monkeypatch.setattr("django.conf.settings.PAPER_MARK", "演练")
    found = events(web, "county_officer", f"/feeds/cases/{web.root}.ics")
    assert list(found) == ["【演练】期满：退出信息公示（示例白山一号小区）"]
    answer = web.client.get(f"/api/v1/feeds/notices/{web.area.estate.pk}.atom")
    feed = ElementTree.fromstring(answer.content)
    titles = [feed.findtext(f"{ATOM}title"), feed.findtext(f"{ATOM}entry/{ATOM}title")]
    assert titles == ["【演练】示例白山一号小区公示", "【演练】示例公示（公示〔2026〕220602-1）"]
