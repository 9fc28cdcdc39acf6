"""小区档案: who sees which estate, and what its file says."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.desk.tests.scenes import SCENES
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.notices.models import Interruption, Notice
from gongzhi.papers.models import File
from gongzhi.procedures.forms import title_of_use
from gongzhi.procedures.models import PaperUse
from gongzhi.registry.models import Building, Outline, Ownership, ServiceContract, Unit
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.identifiers import mask_name
from gongzhi.values.ids import new_id

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


#: What one of these pages may cost, whoever reads it and whatever the estate has.
QUERIES = 30
#: Who asks for the most, each in another way.
ASKING = ("county_officer", "subdistrict_officer", "provider_leader", "committee_head", "owner", "auditor")


def cost(client: Client, path: str) -> int:
    """How many queries a page takes, once everything is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("scene", SCENES)
def test_an_estates_pages_are_read_within_the_budget_by_everybody(stage: Play, scene: str) -> None:
    SCENES[scene](stage)
    paths = ("/estates/", the_file(stage))
    costs = {(name, path): cost(look(stage, name), path) for name in ASKING for path in paths}
    assert max(costs.values()) <= QUERIES, costs


def copied(row: Any, **other: Any) -> Any:
    """Another row like it."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | {"id": new_id()} | other)


def grow(play: Play, turn: int) -> None:
    """One more of everything the file tells: a unit with its owner, contracts, cases, tasks, notices, neighbours."""
    estate, exit_ = play.area.estate, play.case().row
    unit = copied(Unit.objects.filter(estate=estate).first(), label=f"示例{turn}")
    unit.save()
    copied(Ownership.objects.filter(estate=estate).first(), unit_id=unit.pk).save()
    contract = copied(ServiceContract.objects.filter(estate=estate).first())
    contract.starts_on -= timedelta(days=turn + 1)
    contract.save()
    for ended_at in (None, play.now):
        key = new_id()
        case = copied(exit_, id=key, root_id=key, number=f"示例{turn}{ended_at}", single=False)
        case.procedure, case.variant, case.ended_at = "joint_decision", "", ended_at
        case.watched = contract.pk if ended_at is None else None
        case.outcome = "done" if ended_at is not None else ""
        case.save()
    notice = copied(
        Notice.objects.filter(estate=estate).first(), number=f"示例公示{turn}", number_key=f"示例公示{turn}"
    )
    notice.ended_at, notice.ended_why = play.now, "示例取下"
    notice.save()
    Interruption.objects.create(notice=notice, found_at=play.now, what="示例撕毁")
    there = copied(estate, name=f"示例邻居{turn}")
    there.save()
    for one in (there, estate):
        place = {"west": 126, "east": 126, "longitude": 126, "south": 41, "north": 41, "latitude": 41}
        how = {
            "shape": {"type": "Point", "coordinates": [126, 41]},
            "is_point": True,
            "datum": "wgs84",
            "source": "surveyed",
        }
        Outline.objects.get_or_create(estate=one, defaults=place | how | {"measured_on": date(2025, 1, 1)})


@pytest.mark.parametrize("name", ASKING)
def test_a_file_with_much_in_it_costs_what_one_with_little_costs(play: Play, name: str) -> None:
    client = look(play, name)
    grow(play, 0)
    few = cost(client, the_file(play))
    text = plain(read(client, the_file(play)))
    for turn in range(1, 6):
        grow(play, turn)
    assert cost(client, the_file(play)) == few <= QUERIES
    told = plain(read(client, the_file(play)))
    assert (text.count("公示期，已取下"), told.count("公示期，已取下")) == (1, 6)
    assert f"{Unit.objects.filter(estate=play.area.estate).count()} 套" in told
    assert "同社区的" in told
    if name == "county_officer":
        for page, words in (
            (text, ("在办的事 2 件", "近来办结的（1）")),
            (told, ("在办的事 7 件", "近来办结的（5）")),
        ):
            assert all(one in page for one in words)
        assert (text.count("预警："), told.count("预警：")) == (1, 6)
