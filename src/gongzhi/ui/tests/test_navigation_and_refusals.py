"""The shells' own business: which entry is current, who sees which, refusals by kind, as a page or as a fragment."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory

from gongzhi.ui import navigation
from gongzhi.ui.navigation import Count, Entry
from gongzhi.ui.parts.badges import cites
from gongzhi.ui.refusals import refused_page
from gongzhi.values.citations import Citation
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotFound, NotPossible, Refusal, RuleBroken

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
OFFICER: Any = SimpleNamespace(post="officer")


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four entries whose pages stand at the path their names say."""
    monkeypatch.setattr(navigation, "_ENTRIES", {})
    monkeypatch.setattr(navigation, "_path", lambda entry: "" if entry.url_name == "gone" else entry.url_name)
    navigation.offer(
        Entry("工作台", "/", order=10),
        Entry("办件", "/cases/", order=20),
        Entry("法规库", "/law/", section="依据与工具", order=5),
        Entry("演练", "/rehearsal/", section="依据与工具", posts=frozenset({"administrator"})),
        Entry("未建", "gone"),
        Entry("公示栏", "/notices/", shell=frozenset({"public"})),
    )


def titles(rows: list[navigation.Shown]) -> list[str]:
    return [row.entry.title for row in rows]


def test_entries_stand_in_order_and_only_those_one_may_see(entries: None) -> None:
    rows = navigation.shown("office", "/", OFFICER, {"/": Count(99, hot=True, more=True)})
    assert titles(rows) == ["工作台", "办件", "法规库"]
    assert [row.opens for row in rows] == ["", "", "依据与工具"]
    assert str(rows[0].count) == "99+"
    assert titles(navigation.shown("public", "/", None)) == ["公示栏"]


def test_an_article_that_two_keys_rest_on_is_cited_once() -> None:
    """The refusal holds it once, and so does what a page shows of facts."""
    twice = (*CITED, Citation("示例办法", "第1条"), *CITED)
    assert RuleBroken("示例。", citations=twice).citations == tuple(dict.fromkeys(twice))
    assert len(cites([one.as_json() for one in twice])) == 2


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "工作台"),
        ("/cases/", "办件"),
        ("/cases/1/", "办件"),
        ("/law/a/", "法规库"),
        ("/elsewhere/", None),
    ],
)
def test_the_entry_one_is_in_is_marked(entries: None, path: str, current: str | None) -> None:
    marked = [row.entry.title for row in navigation.shown("office", path, OFFICER) if row.current]
    assert marked == ([current] if current else [])


CITED = [Citation("中华人民共和国民法典", "第278条")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refused", "status", "title"),
    [
        (NotAllowed("应由示例社区办理。"), 403, "这一步不由您办"),
        (NotPossible("尚无接续单位，请先登记。"), 409, "现在还不能办"),
        (RuleBroken("同意人数还差 13 人。", citations=CITED), 422, "法规不允许"),
        (RuleBroken("计划退出日期要晚于今天。"), 422, "提交的内容不合要求"),
        (Invalid("填写有误。", fields={"a": "示例甲项太短"}), 400, "填写有误"),
        (Conflict("示例某人 10:26 已办理。"), 409, "别人刚改过这一步"),
        (NotFound("没有这件案件。"), 404, "没有找到"),
    ],
)
def test_a_refusal_names_its_kind_and_the_way_out(refused: Refusal, status: int, title: str) -> None:
    request = RequestFactory().get("/x/", headers={"referer": "http://testserver/cases/"})
    request.user = SimpleNamespace(is_authenticated=False)  # type: ignore[assignment]
    answer = refused_page(request, refused)
    text = answer.content.decode()
    assert answer.status_code == status
    assert title in text
    assert refused.sentence in text
    assert "返回上一页" in text
    assert ("民法典 第278条" in text) == bool(refused.citations)
    assert ("示例甲项太短" in text) == isinstance(refused, Invalid)


@pytest.mark.django_db
def test_where_htmx_asked_a_refusal_is_a_fragment_and_no_way_leads_elsewhere() -> None:
    request = RequestFactory().get(
        "/x/", headers={"HX-Request": "true", "referer": "http://elsewhere.example/"}
    )
    request.user = SimpleNamespace(is_authenticated=False)  # type: ignore[assignment]
    text = refused_page(request, NotAllowed("应由示例社区办理。")).content.decode()
    assert "<html" not in text
    assert "应由示例社区办理。" in text
    assert "elsewhere" not in text
