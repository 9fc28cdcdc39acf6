"""Recorded conduct as pages: listed, recorded and corrected by form; the hint with every reading side by side."""

from typing import Any

from gongzhi.desk.tests.browsing import upload
from gongzhi.exits.conduct_queries import SENTENCE
from gongzhi.exits.models import Conduct
from gongzhi.exits.tests.looking import addresses, look, plain, read, rows_in, sheet_in
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_conduct import record
from gongzhi.exits.tests.test_ledger_page import queries_of
from gongzhi.registry.models import Appointment, Post


def the_form(play: Play) -> str:
    """Where a row about the home provider is recorded."""
    return f"/exits/conduct/new/{play.area.organisations['provider'].pk}/"


def said(play: Play, **more: Any) -> dict[str, Any]:
    """What an officer fills in."""
    return {
        "kind": "penalty",
        "organisation_id": str(play.area.organisations["provider"].pk),
        "estate_id": str(play.area.estate.pk),
        "authority_id": str(play.area.organisations["county"].pk),
        "document_number": "示例罚〔2026〕8号",
        "decided_on": "2026-02-02",
        "form-key": "exits-example",
    } | more


def test_a_row_is_recorded_once_however_often_it_is_sent_and_its_paper_opens(paged: Play) -> None:
    client = look(paged, "county_officer")
    assert the_form(paged) in read(client, "/exits/conduct/new/?q=甲物业")
    assert "没有找到" in read(client, "/exits/conduct/new/?q=查无此名")
    form = read(client, the_form(paged))
    assert "示例白山甲物业有限公司" in form
    assert 'name="paper_id"' not in form
    for _ in range(2):
        answer = client.post(the_form(paged), said(paged) | {"paper-source": upload()})
        assert answer.status_code == 302, answer.content.decode()
    row = Conduct.objects.get()
    assert answer["Location"] == f"/exits/conduct/{row.pk}/"
    text = read(client, f"/exits/conduct/{row.pk}/")
    assert "已登记" in text
    assert "行政处罚，有效" in plain(text)
    ((number, kind, about, estate, decided, course, state),) = rows_in(read(client, "/exits/conduct/"))
    assert number == "示例罚〔2026〕8号 示例浑江区住房和城乡建设局" or number.startswith("示例罚〔2026〕8号")
    assert (kind, about) == ("行政处罚", "示例白山甲物业有限公司")
    assert (estate, decided) == ("示例白山一号小区", "2026-02-02 周一")
    assert course == "送达日期不明 尚未终局"
    assert state == "有效"
    (told,) = sheet_in(client, "/exits/conduct.xlsx")
    assert (told["文号"], told["决定"], told["送达"], told["终局"]) == (
        "示例罚〔2026〕8号",
        "2026-02-02",
        "",
        "",
    )
    assert (told["涉及项目负责人"], told["状态"]) == ("", "有效")
    assert sheet_in(client, "/exits/conduct.xlsx?state=revoked") == []
    paper = f"/exits/conduct/{row.pk}/paper/"
    for name in ("county_officer", "subdistrict_officer", "committee_head", "provider_leader"):
        assert look(paged, name).get(paper).content.startswith(b"%PDF")
    assert look(paged, "auditor").get(paper).status_code == 404
    assert look(paged, "owner").get(paper).status_code == 403


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(paged: Play) -> None:
    client = look(paged, "county_officer")
    wrong = said(paged, decided_on="2026-03-09") | {"paper-source": upload("示例决定书.pdf")}
    answer = client.post(the_form(paged), wrong)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "决定日期不能晚于今天" in text
    assert "示例罚〔2026〕8号" in text
    assert "已存：示例决定书.pdf" in text
    kept = text.split('name="kept-paper" value="')[1].split('"')[0]
    answer = client.post(the_form(paged), said(paged, **{"kept-paper": kept, "form-key": "exits-second"}))
    assert answer.status_code == 302
    assert str(Conduct.objects.get().paper_id) == kept
    answer = client.post(the_form(paged), said(paged, kind="grade", **{"form-key": "exits-third"}))
    assert answer.status_code == 400
    assert "评价要填等级" in answer.content.decode()
    twice = client.post(the_form(paged), said(paged, **{"form-key": "exits-fourth"}))
    assert "已经登记过" in twice.content.decode()
    assert Conduct.objects.count() == 1


def test_a_row_is_corrected_by_revoking_it_and_recording_another(paged: Play) -> None:
    row = record(paged, estate_id=str(paged.area.estate.pk))
    client = look(paged, "county_officer")
    page = f"/exits/conduct/{row}/"
    assert client.post(f"{page}final/", {"final_on": "2026-03-01"})["Location"] == page
    assert "2026-03-01 周日" in read(client, page)
    answer = client.post(f"{page}revoke/", {"revoked_on": "2026-01-01", "reason": "示例原因"})
    assert answer.status_code == 409
    assert "撤销日期应在决定日期以后" in answer.content.decode()
    assert (
        client.post(f"{page}revoke/", {"revoked_on": "2026-03-02", "reason": "示例原因"})["Location"] == page
    )
    text = read(client, page)
    assert "示例原因" in text
    (again,) = addresses(text, "重新登记")
    assert 'value="2026-02-02"' in read(client, again)
    assert "没有有效的处罚、评价和名单记录" in plain(read(client, "/exits/conduct/"))
    assert len(rows_in(read(client, "/exits/conduct/?state=revoked"))) == 1


def test_who_may_record_and_correct(paged: Play) -> None:
    row = record(paged)
    for name in ("community_head", "committee_head", "provider_leader", "auditor"):
        client = look(paged, name)
        assert "应由当地县" in read(client, the_form(paged), 403)
        assert "应由当地县" in read(client, f"/exits/conduct/{row}/revoke/", 403)
        text = read(client, f"/exits/conduct/{row}/")
        assert (
            "撤销记录"
            not in text.split("<h1>")[1].split("</main>")[0].split('class="actions"')[1].split("</div>")[0]
        )
    street = look(paged, "subdistrict_officer")
    assert "应由当地县" in read(street, f"/exits/conduct/{row}/revoke/", 403)
    own = str(paged.area.organisations["subdistrict"].pk)
    assert street.post(the_form(paged), said(paged, authority_id=own)).status_code == 302
    other = street.post(the_form(paged), said(paged, **{"form-key": "exits-other"}))
    assert other.status_code == 400  # the county is not offered to a street
    assert "不在您的范围内" in read(look(paged, "other_provider_leader"), f"/exits/conduct/{row}/", 404)


def test_a_person_is_never_named_and_more_rows_cost_no_query_more(paged: Play) -> None:
    leader = Appointment.objects.get(
        post=Post.PROVIDER_LEADER, organisation=paged.area.organisations["provider"], estate=paged.area.estate
    )
    record(paged, organisation_id=None, person_id=str(leader.person_id))
    client = look(paged, "committee_head")
    text = read(client, "/exits/conduct/")
    assert "项目负责人（不公开姓名）" in text
    assert leader.person.name not in text
    few = queries_of(client, "/exits/conduct/")
    for _ in range(4):
        record(paged)
    assert queries_of(client, "/exits/conduct/") == few
    assert len(rows_in(read(client, "/exits/conduct/"))) == 5
    provider = paged.area.organisations["provider"].pk
    assert len(rows_in(read(client, f"/exits/conduct/?provider={provider}&kind=penalty"))) == 5


# The hint -----------------------------------------------------------------------------------------------------------


def test_every_reading_stands_beside_the_others_with_its_rows(paged: Play) -> None:
    """10 November, 20 January, 20 February: three in any year, two in 2026, one of them final, two at this estate."""
    here = str(paged.area.estate.pk)
    record(paged, decided_on="2025-11-10", final_on="2026-01-10", estate_id=here)
    record(paged, decided_on="2026-01-20", estate_id=here)
    record(paged, decided_on="2026-02-20")
    client = look(paged, "county_officer")
    text = read(client, f"/exits/hints/{here}/")
    told = plain(text)
    assert SENTENCE in told
    rows = {row[0]: row[1:] for row in rows_in(text, "每一种算法")}
    assert rows["全公司 按决定日"] == [
        "3 次 达到 2025-11-10 至 2026-11-10 第 1、2、3 条",
        "1 次 2025-11-10 至 2026-11-10 第 1 条",
        "2 次 2026-01-01 至 2026-12-31 第 2、3 条",
        "1 次 2025-01-01 至 2025-12-31 第 1 条",
    ]
    assert rows["本小区 按决定日"][0] == "2 次 2025-11-10 至 2026-11-10 第 1、2 条"
    assert rows["项目负责人个人 按决定日"] == ["0 次"] * 4
    assert rows["全公司 按送达日"] == ["0 次"] * 4
    assert "共 12 × 4 种算法，2 种达到次数" in told
    assert told.count("本地未设定") == 4
    assert addresses(text, "按强制解聘情形立案") == [f"/open/exit/{here}/"]
    file = read(client, f"/estates/{here}/")
    assert addresses(file, "看每一种算法") == [f"/exits/hints/{here}/"]


def test_the_file_of_an_estate_says_nothing_where_there_is_nothing_to_look_at(paged: Play) -> None:
    here = paged.area.estate.pk
    record(paged, decided_on="2026-01-20")
    assert "提示" not in plain(read(look(paged, "county_officer"), f"/estates/{here}/"))
    text = plain(read(look(paged, "subdistrict_officer"), f"/exits/hints/{here}/"))
    assert "由县级物业主管部门认定情形" in text
    assert "按强制解聘情形立案" not in text


def test_an_owner_is_shown_no_hint(paged: Play) -> None:
    here = paged.area.estate.pk
    for day in ("2026-01-05", "2026-01-20", "2026-02-20"):
        record(paged, decided_on=day)
    for name in ("owner", "tenant"):
        client = look(paged, name)
        assert "不在您的范围内" in read(client, f"/exits/hints/{here}/", 404)
        assert "看每一种算法" not in read(client, f"/estates/{here}/")
    assert "看每一种算法" in read(look(paged, "provider_leader"), f"/estates/{here}/")


def test_where_an_exit_runs_the_hint_leads_to_it(paged: Play) -> None:
    paged.apply("2026-06-30")
    text = read(look(paged, "county_officer"), f"/exits/hints/{paged.area.estate.pk}/")
    assert addresses(text, paged.case().row.number) == [f"/cases/{paged.root}/"]
