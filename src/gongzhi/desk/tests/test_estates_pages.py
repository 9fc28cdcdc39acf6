"""小区档案: who sees which estate, and what its file says."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.papers.models import File
from gongzhi.procedures.forms import title_of_use
from gongzhi.procedures.models import PaperUse
from gongzhi.registry.models import Building, Unit
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.identifiers import mask_name

from .looking import browser_of, plain, read

#: Everybody of the home area who sees its estate.
SEE = (
    *("city_officer", "county_officer", "county_reviewer", "county_leader", "subdistrict_officer"),
    *(
        "subdistrict_reviewer",
        "subdistrict_leader",
        "subdistrict_clerk",
        "community_worker",
        "community_head",
    ),
    *(
        "provider_legal_representative",
        "provider_leader",
        "committee_head",
        "committee_member",
        "second_member",
    ),
    *("owner", "co_owner", "tenant", "auditor"),
)
DO_NOT = (
    "other_provider_leader",
    "firm_accountant",
    "second_accountant",
    "county_officer@zhuji",
    "owner@zhuji",
)


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """白山 and 诸暨, an application arrived in 白山 and its notice hanging."""
    settings.FILES_ROOT = tmp_path
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("zhuji",))
    adopt_baishan()
    play = Play(cast, cast.home, now)
    for place in ("ui.seat", "ui.shell", "desk.views.signing"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    return play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")


def look(play: Play, name: str) -> Client:
    """A browser of one of the cast."""
    return browser_of(play.cast, name, play.now)


def the_file(play: Play) -> str:
    """The address of the home estate's file."""
    return f"/estates/{play.area.estate.pk}/"


@pytest.mark.parametrize("name", SEE)
def test_who_sees_the_estate_reads_its_file_and_its_line_in_the_list(play: Play, name: str) -> None:
    client = look(play, name)
    assert play.area.estate.name in read(client, "/estates/")
    text = plain(read(client, the_file(play)))
    for told in (
        "今天谁在依法管理",
        "示例白山甲物业有限公司",
        "示例物业服务合同",
        "在任",
        "期限日历",
        "示例公示",
    ):
        assert told in text


@pytest.mark.parametrize(
    ("names", "is_seen"),
    [
        (("subdistrict_officer", "county_officer", "community_worker", "committee_member"), True),
        (("provider_leader", "owner", "tenant", "auditor"), False),
    ],
)
def test_a_committees_members_are_named_to_whoever_reads_their_posts(
    play: Play, names: tuple[str, ...], is_seen: bool
) -> None:
    head = play.area.people["committee_head"].name
    for name in names:
        text = plain(read(look(play, name), the_file(play)))
        assert (f"业委会主任 {head}" in text) == is_seen, name
        assert (f"业委会主任 {mask_name(head)}" in text) != is_seen, name


@pytest.mark.parametrize("name", DO_NOT)
def test_who_does_not_see_it_is_told_so(play: Play, name: str) -> None:
    client = look(play, name)
    assert "不在您的范围内" in read(client, the_file(play), 404)
    assert play.area.estate.name not in read(client, "/estates/")


def test_the_systems_administrator_and_strangers_are_kept_out(play: Play) -> None:
    client = look(play, "administrator")
    assert "系统管理员不查看业务数据" in read(client, "/estates/", 403)
    assert "系统管理员不查看业务数据" in read(client, the_file(play), 403)
    for path in ("/estates/", the_file(play)):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={path}")


def test_the_contracts_end_is_counted_down_and_nobody_in_charge_is_said(play: Play) -> None:
    client = look(play, "county_officer")
    # 2 March 2026 to 31 December 2026: 29 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31 = 304 days
    assert "还剩 304 日" in plain(read(client, the_file(play)))
    bare = plain(read(client, f"/estates/{play.area.bare_estate.pk}/"))
    assert "无人管理" in bare
    assert "未成立" in bare
    assert "没有登记合同" in bare
    assert "1 个无人在管" in plain(read(client, "/estates/"))


def test_the_file_says_what_the_api_says(play: Play) -> None:
    client = look(play, "county_officer")
    told = client.get(f"/api/v1/estates/{play.area.estate.pk}").json()
    text = plain(read(client, the_file(play)))
    for one in told["managers"]:
        assert one["mode_title"] in text
        assert one["paper"] in text
    assert told["committee"]["title"] in text
    assert f"{told['totals']['units']} 套" in text
    assert f"{Decimal(str(told['totals']['exclusive_area'])):,.2f}" in text


def test_neighbours_see_no_papers(play: Play) -> None:
    assert "/api/v1/papers/" in read(look(play, "county_officer"), the_file(play))
    text = read(look(play, "owner"), the_file(play))
    assert "/api/v1/papers/" not in text
    assert "案件材料只向经办单位公开" in text


def test_a_paper_is_called_what_it_is_and_not_as_its_file(play: Play) -> None:
    text = plain(read(look(play, "county_officer"), the_file(play)))
    assert "书面退出申请" in text
    assert ".pdf" not in text


def test_a_paper_of_a_kind_that_has_no_word_is_called_by_its_files_name() -> None:
    file = File(name="财务清算委托合同.pdf")
    assert title_of_use(PaperUse(kind="entrustment", title=file.name, file=file)) == "财务清算委托合同"
    assert title_of_use(PaperUse(kind="exit_application", title=file.name, file=file)) == "书面退出申请"
    assert (
        title_of_use(PaperUse(kind="entrustment", title="委托合同（签字页）", file=file))
        == "委托合同（签字页）"
    )


def test_areas_nobody_knows_are_told_and_never_guessed(play: Play) -> None:
    estate = play.area.bare_estate
    building = Building.objects.create(estate=estate, name="示例2号楼", floors=6)
    for label, area in (("101", Decimal("80.50")), ("102", None)):
        known = {"exclusive_area": area, "exclusive_source": "surveyed", "exclusive_on": date(2025, 1, 1)}
        Unit.objects.create(
            estate=estate, building=building, label=label, use="dwelling", **(known if area else {})
        )
    text = plain(read(look(play, "county_officer"), f"/estates/{estate.pk}/"))
    assert "80.50 ㎡" in text
    assert "1 套不明" in text
    assert "实测 1" in text


def test_estates_are_found_by_name_initials_and_place(play: Play) -> None:
    client, estate = look(play, "city_officer"), play.area.estate
    here, other = estate.name, play.area.bare_estate.name
    for question in (f"q={here}", f"q={estate.initials}", f"q={estate.initials.upper()}"):
        text = read(client, f"/estates/?{question}&managed=")
        assert here in text
    assert "没有找到小区" in plain(read(client, "/estates/?q=查无此名"))
    assert here in read(client, f"/estates/?place={estate.community}")
    assert "没有找到小区" in plain(read(client, "/estates/?place=330681"))
    unmanaged = read(client, "/estates/?managed=none")
    assert other in unmanaged
    assert here not in plain(unmanaged)


@pytest.mark.parametrize("path", ["/estates/?q=", "/open/exit/?q=", "/search?q=", "/rehearsals/new/?q="])
def test_initials_mean_the_same_on_every_page_that_looks_for_estates(play: Play, path: str) -> None:
    client, estate = look(play, "subdistrict_officer"), play.area.estate
    for asked in (estate.initials[2:5], estate.initials[2:5].upper(), estate.pinyin[7:16].replace(" ", "")):
        assert estate.name in read(client, f"{path}{asked}"), asked
    assert estate.name not in read(client, f"{path}{estate.initials}x")


def test_the_list_goes_on_by_keys_and_back(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongzhi.desk.estate_list.SHOWN", 1)
    client = look(play, "county_officer")
    first = read(client, "/estates/")
    forward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert 'rel="prev"' not in first
    second = read(client, forward)
    assert 'rel="next"' not in second
    backward = second.split('rel="prev"')[0].rsplit('href="', 1)[1].split('"')[0]
    shown = [play.area.estate.name, play.area.bare_estate.name]
    assert [name for name in shown if f">{name}</a>" in first] != [
        name for name in shown if f">{name}</a>" in second
    ]
    assert [name for name in shown if f">{name}</a>" in read(client, backward)] == [
        name for name in shown if f">{name}</a>" in first
    ]
    assert "从第一页重新开始" in read(client, "/estates/?after=nothing", 400)


def test_the_pages_ask_the_database_a_bounded_number_of_times(
    play: Play, django_assert_max_num_queries: Any
) -> None:
    client = look(play, "county_officer")
    read(client, the_file(play))
    with django_assert_max_num_queries(71):  # eight of them read the exit that is running
        client.get(the_file(play))
    with django_assert_max_num_queries(30):
        client.get("/estates/")
