"""The room's pages: who reads which, and that each stands without a row to show."""

import pytest
from django.test import Client

from gongzhi.exits.tests.looking import look, plain, read
from gongzhi.exits.tests.play import Play

CITY = {"city_officer"}
COUNTY = {"county_officer", "county_reviewer", "county_leader"}
STREET = {"subdistrict_officer", "subdistrict_reviewer", "subdistrict_leader", "subdistrict_clerk"}
COMMUNITY = {"community_worker", "community_head"}
PARTIES = {
    *("provider_leader", "provider_legal_representative", "other_provider_leader"),
    *("committee_head", "committee_member", "second_member"),
}
KEEPERS = CITY | COUNTY | STREET
#: Page → who of the home area reads it; the auditor reads all but the forms.
READ_BY = {
    "/exits/": CITY | COUNTY | STREET,
    "/exits/ledger.xlsx": CITY | COUNTY | STREET,
    "/exits/reports/": CITY | COUNTY,
    "/exits/reports.xlsx": CITY | COUNTY,
    "/exits/claims/": CITY | COUNTY | STREET | COMMUNITY | PARTIES,
    "/exits/claims.xlsx": CITY | COUNTY | STREET | COMMUNITY | PARTIES,
    "/exits/holdouts/": CITY | COUNTY | STREET | COMMUNITY | PARTIES,
    "/exits/holdouts.xlsx": CITY | COUNTY | STREET | COMMUNITY | PARTIES,
    "/exits/watches/": CITY | COUNTY | STREET | COMMUNITY | PARTIES,
    "/exits/watches.xlsx": CITY | COUNTY | STREET | COMMUNITY | PARTIES,
    "/exits/conduct/": CITY | COUNTY | STREET | COMMUNITY | PARTIES,
    "/exits/conduct.xlsx": CITY | COUNTY | STREET | COMMUNITY | PARTIES,
    "/exits/managers/": CITY | COUNTY | STREET | COMMUNITY,
    "/exits/managers.xlsx": CITY | COUNTY | STREET | COMMUNITY,
    "/exits/conduct/new/": KEEPERS,
}
ENTRIES = {
    "退出台账": "/exits/",
    "台账上报": "/exits/reports/",
    "将到期": "/exits/watches/",
    "追偿事项": "/exits/claims/",
    "处罚评价名单": "/exits/conduct/",
    "管理人变更": "/exits/managers/",
}


def test_who_reads_which_page_and_only_they_are_shown_its_entry(paged: Play) -> None:
    """Everybody of the cast × every page; the navigation offers exactly what opens."""
    wrong = {}
    for name, actor in paged.cast.actors.items():
        if actor.appointment_id is None or name == "administrator":
            continue
        client = look(paged, name)
        for path, may in READ_BY.items():
            expected = 200 if name in may or (name == "auditor" and path != "/exits/conduct/new/") else 403
            found = client.get(path).status_code
            if found != expected:
                wrong[name, path] = (expected, found)
        text = read(client, "/cases/")
        nav = text.split("主导航")[1].split("</nav>")[0]
        offered = {title for title in ENTRIES if title in nav}
        opening = {title for title, path in ENTRIES.items() if name in READ_BY[path] or name == "auditor"}
        if offered != opening:
            wrong[name, "navigation"] = (opening, offered)
    assert wrong == {}


def test_the_administrator_and_strangers_are_kept_out(paged: Play) -> None:
    client = look(paged, "administrator")
    for path in READ_BY:
        assert "系统管理员不查看业务数据" in read(client, path, 403)
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={path}")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/exits/", "辖区内没有退出案件"),
        ("/exits/?overdue=1", "这个筛选下没有退出案件"),
        ("/exits/reports/", "还没有到上报的时候"),
        ("/exits/claims/", "没有未了结的追偿事项"),
        ("/exits/claims/?state=closed", "还没有了结的追偿事项"),
        ("/exits/claims/?kind=money", "这个筛选下没有追偿事项"),
        ("/exits/holdouts/", "没有拒不退出的物业服务人"),
        ("/exits/holdouts/?state=closed", "没有已退出的记录"),
        ("/exits/watches/", "没有将到期的事"),
        ("/exits/conduct/", "没有这样的记录"),
        ("/exits/managers/", "辖区内没有变更管理人的小区"),
        ("/exits/managers/?gaps=1", "这个筛选下没有变更"),
    ],
)
def test_a_page_without_a_row_says_what_is_true_and_what_comes(paged: Play, path: str, told: str) -> None:
    assert told in plain(read(look(paged, "county_officer"), path))


@pytest.mark.parametrize(
    "path",
    [
        "/exits/?place=%00&ground=x&stage=x&period=2026Q9&from=x&to=x",
        "/exits/claims/?state=x&kind=x&place=x&debtor=x",
        "/exits/watches/?kind=x&place=x",
        "/exits/conduct/?state=x&kind=x&provider=x&estate=x",
        "/exits/managers/?period=x&place=x",
        "/exits/reports/?place=x",
        "/exits/conduct/new/?q=%00",
    ],
)
def test_what_nobody_knows_in_an_address_is_left_out(paged: Play, path: str) -> None:
    read(look(paged, "county_officer"), path)


def test_a_page_to_go_on_after_that_is_gone_is_said(paged: Play) -> None:
    client, nothing = look(paged, "county_officer"), paged.area.estate.pk
    for path in ("/exits/", "/exits/claims/", "/exits/watches/", "/exits/conduct/", "/exits/managers/"):
        assert "从第一页重新开始" in read(client, f"{path}?after={nothing}", 400)


def test_the_stylesheet_names_no_colour_of_its_own(paged: Play) -> None:
    answer = Client().get("/exits/pages.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    text = answer.content.decode()
    assert "#" not in text
    assert "rgb" not in text
