"""退出台账 as a page: the offices' columns word for word, the file the same, every total the length of its list."""

import re
from datetime import date
from io import BytesIO
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongzhi.exits.ledger_rows import NOT_TOLD
from gongzhi.exits.ledger_sheet import COLUMNS, IN_FILE
from gongzhi.exits.report_figures import figures_of
from gongzhi.exits.tests.looking import addresses, look, numbers_in, plain, read, rows_in
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_ledger import more_exits, whole
from gongzhi.registry.models import Appointment


def file_rows(client: Client, asked: str = "") -> list[list[str]]:
    """The sheet's rows with blanks made one, as the page's are."""
    answer = client.get(f"/exits/ledger.xlsx{asked}")
    assert "attachment" in answer["Content-Disposition"]
    sheet: Any = load_workbook(BytesIO(answer.content)).active
    return [[" ".join(str(cell.value or "").split()) for cell in line] for line in sheet.iter_rows()]


def page_rows(text: str) -> list[list[str]]:
    """The rows of the ledger; the first column without its marks, days within their sentences."""
    rows = rows_in(text, "一行一件")
    return [[row[0].split(" ")[0], *row[1:]] for row in rows]


def test_an_exit_stands_in_the_offices_columns_word_for_word(paged: Play) -> None:
    """Told on 2 March, posted to 9 March, settled for 10,000 yuan, gone on 30 June: 120 days, nobody's hour between."""
    client = look(whole(paged), "county_officer")
    text = read(client, "/exits/")
    provider = paged.area.organisations["provider"]
    leader = Appointment.objects.get(pk=paged.cast["provider_leader"].appointment_id).person.name
    (row,) = page_rows(text)
    told = dict(zip(COLUMNS, row, strict=True))
    assert told["项目"] == "示例白山一号小区"
    assert told["面积/户数"] == "580.25㎡（7套）/住宅5户"
    assert told["企业+代码+负责人"] == f"{provider.name} {provider.uscc} {leader}"
    assert told["退出类别/情形"] == "正常退出/物业服务人因自身原因提前退出"
    assert (told["申请/通知到达日"], told["计划退出日"]) == ("2026-03-02", "2026-06-30")
    assert told["表决结果"] == "业主共同决定由谁接替：通过（选聘）"
    assert told["两级备案日"] == "街道2026-03-02；县级2026-03-02"
    marked = client.get("/exits/").content.decode()
    assert '街道<span class="num">2026-03-02</span>；县级<span class="num">2026-03-02</span>' in marked
    assert told["公示起止"].startswith("示例公示：2026-03-02至2026-03-09")
    assert told["清算起止/金额/问题资金"].endswith("/10,000.00元/0.00元")
    assert told["交接日"] == told["离场日"] == "2026-06-30"
    assert (told["无人在管小时"], told["接替人"]) == ("0小时", "示例白山乙物业有限公司")
    assert told["卷号"] == paged.case().row.number
    assert addresses(text, "示例白山一号小区") == [f"/cases/{paged.root}/"]
    head, line = file_rows(client)
    assert head == list(IN_FILE)
    filed = dict(zip(head, line, strict=True))
    assert filed["项目"] == told["项目"]
    assert (filed["企业"], filed["统一社会信用代码"], filed["负责人"]) == (
        provider.name,
        provider.uscc,
        leader,
    )
    assert (filed["阶段"], filed["卷号"]) == ("已离场", told["卷号"])
    assert (filed["面积（㎡）"], filed["户数（住宅）"], filed["清算金额（元）"]) == ("580.25", "5", "10000")
    auditor = page_rows(read(look(paged, "auditor"), "/exits/"))
    hidden = dict(zip(COLUMNS, auditor[0], strict=True))
    assert (
        hidden["企业+代码+负责人"] == f"{provider.name} {provider.uscc} {leader[0]}{'*' * (len(leader) - 1)}"
    )
    assert NOT_TOLD not in hidden["遗留问题"]  # none was told
    assert hidden | {"企业+代码+负责人": "", "遗留问题": ""} == told | {
        "企业+代码+负责人": "",
        "遗留问题": "",
    }


def test_every_total_opens_a_list_of_its_length_and_the_file_is_what_is_seen(paged: Play) -> None:
    """Two leave of themselves, a third is found on a forced ground: 3 = 2 + 1, none of them late yet."""
    more_exits(paged, 2)
    paged.classify("grade_d")
    client = look(paged, "county_officer")
    text = read(client, "/exits/")
    assert "3 件退出在办，没有逾期待办" in plain(text)
    for words, number in (
        ("正常退出 2", 2),
        ("强制解聘退出 1", 1),
        ("有逾期待办 0", 0),
        ("在办 3", 3),
        ("已立案", 3),
    ):
        (address,) = addresses(text, words)
        assert numbers_in(plain(words))[-1:] in ([number], [])
        listed = page_rows(read(client, address)) if number else []
        assert len(listed) == number
        in_file = file_rows(client, f"?{address.partition('?')[2]}")[1:]
        assert [(line[0], line[-1]) for line in in_file] == [(row[0], row[-1]) for row in listed]
    assert "这个筛选下没有退出案件" in read(client, "/exits/?stage=left")
    assert len(page_rows(read(client, "/exits/?place=220602001&period=2026Q1&ground=provider_early"))) == 2
    assert "这个筛选下没有退出案件" in read(client, "/exits/?period=2025")
    assert "这个筛选下没有退出案件" in read(client, "/exits/?place=220602002")


def test_the_city_adds_its_counties_up(paged: Play) -> None:
    paged.apply("2026-06-30").arrive()
    client = look(paged, "city_officer")
    text = read(client, "/exits/")
    assert "1 件退出在办，没有逾期待办" in plain(text)
    assert "本地未设定“退出台账上报频次”" in text
    assert [name for code, name in offered(text, "place")] != []
    assert len(page_rows(read(client, "/exits/?place=220602"))) == 1
    assert "这个筛选下没有退出案件" in read(client, "/exits/?place=220605")
    # ninety days from 2 March the agreement is due: on 30 June it is overdue, and nothing else is
    late = read(look(paged.go(days=120), "city_officer"), "/exits/?overdue=1")
    assert "1 件退出在办，其中 1 件有逾期待办" in plain(late)
    assert rows_in(late, "一行一件")[0][0] == "示例白山一号小区 申请（通知）已到达 逾期待办 1 项"
    sheet = file_rows(look(paged, "city_officer"), "?overdue=1")
    assert sheet[1][1:3] == ["申请（通知）已到达", "1"]


def offered(text: str, name: str) -> list[tuple[str, str]]:
    """The choices of a filter."""

    inside = text.split(f'<select name="{name}">')[1].split("</select>")[0]
    found: list[tuple[str, str]] = re.findall(r'<option value="(\d+)"[^>]*>([^<]+)', inside)
    return found


def test_the_ledger_goes_on_by_keys(paged: Play, monkeypatch: Any) -> None:
    monkeypatch.setattr("gongzhi.exits.keyset.SHOWN", 2)
    more_exits(paged, 3)
    client = look(paged, "subdistrict_officer")
    first = read(client, "/exits/")
    (forward,) = addresses(first, "下一页")
    second = read(client, forward)
    assert [row[0] for row in page_rows(first) + page_rows(second)] == [
        "示例02号小区",
        "示例01号小区",
        "示例00号小区",
    ]
    assert addresses(second, "下一页") == []


def test_more_exits_cost_no_query_more(paged: Play) -> None:
    paged.apply("2026-06-30").arrive()
    client = look(paged, "county_officer")
    client.get("/exits/")
    few = queries_of(client, "/exits/")
    more_exits(paged, 4)
    assert queries_of(client, "/exits/") == few


def queries_of(client: Client, path: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_page_says_that_there_is_more_beside_and_is_printed_across_the_paper(paged: Play) -> None:
    paged.apply("2026-06-30").arrive()
    text = read(look(paged, "county_officer"), "/exits/")
    assert "共 18 列，一屏放不下的向右移动查看" in text
    assert '<table class="t cards many">' in text
    style = Client().get("/exits/pages.css").content.decode()
    assert "@page many { size: A4 landscape" in style
    assert "html:has(.many) { page: many; }" in style


def test_an_exit_ended_as_opened_by_mistake_is_stopped_and_counted_nowhere(paged: Play) -> None:
    paged.classify("grade_d")
    paged.stand("county_leader", "exit", "end", reason="示例：误立案")
    client = look(paged, "county_officer")
    text = read(client, "/exits/")
    ((first, *cells),) = rows_in(text, "一行一件")
    assert first == "示例白山一号小区 终止（示例：误立案）"
    assert cells[COLUMNS.index("违规") - 1] == ""
    assert "强制解聘退出 0" in plain(text)
    assert "终止 1" in plain(text)
    auditor = rows_in(read(look(paged, "auditor"), "/exits/"), "一行一件")
    assert auditor[0][0] == "示例白山一号小区 终止"
    assert "这个筛选下没有退出案件" in read(client, "/exits/?category=forced")
    assert len(page_rows(read(client, "/exits/?stage=stopped"))) == 1
    _, line = file_rows(client)
    assert line[1] == "终止（示例：误立案）"
    assert line[IN_FILE.index("违规")] == ""
    figures = figures_of("220602", date(2026, 1, 1), date(2026, 3, 31), paged.now)
    assert (figures["exits"], figures["by_category_and_stage"]) == ([], {})
