"""Tables of a case: what units paid, or paid beforehand, comes in as one file, whole or not at all."""

import csv
import io
import re
from base64 import b64decode
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gongzhi.exits.models import CostShare, PrepaidFee
from gongzhi.exits.tests.looking import look, plain, read, rows_in, see
from gongzhi.exits.tests.play import Play, at
from gongzhi.procedures.models import CaseAct
from gongzhi.registry.models import Unit
from gongzhi.registry.tests.cast import build_cast
from gongzhi.registry.tests.tables import sheet, text
from gongzhi.values.refusals import NotPossible

HEAD = "committee_head"
PAID = ("楼栋", "房号", "金额（元）", "缴纳日期")
BEFORE = ("楼栋", "房号", "类别", "已缴（元）", "预缴期间起", "预缴期间止", "服务至")


@pytest.fixture
def collecting(paged: Play) -> Play:
    """5 802.50 yuan fall on 580.25 m²: ten yuan a square metre. Thursday 19 March 2026."""
    play = paged
    play.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity").agree("2026-07-31")
    play.ask_books().give_books().compare(580_250).fund(580_250, 0)
    play.go(hours=1).post(HEAD, "settlement.apportionment")
    return play.until("2026-03-19 09:00").take_down(HEAD, "settlement.apportionment")


@pytest.fixture
def handing(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """阳城: the lists are open. Wednesday 29 April 2026."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("yangcheng",))
    play = Play(cast, cast.areas["yangcheng"], now)
    settings.FILES_ROOT = tmp_path
    for place in ("ui.seat", "ui.shell", "api.auth"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    play.apply("2026-04-30").arrive().vote().name_successor("2026-04-30").agree("2026-04-30")
    return play.until("2026-04-29 09:00").plan(starts_at=play.now.isoformat())


def page_of(play: Play, procedure: str, code: str) -> str:
    return f"/cases/{play.case(procedure).id}/tables/{code}/"


def send(client: Client, path: str, do: str, content: bytes, name: str = "缴费.csv", key: str = "k1") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(path, {"table-file": file, "form-do": do, "form-key": key})


def words(answer: HttpResponse) -> str:
    return " ".join(plain(answer.content.decode()).split())


def paid() -> dict[str, int]:
    return {one.label: one.paid_cents for one in CostShare.objects.order_by("label") if one.paid_cents}


def test_a_table_of_payments_is_checked_first_and_then_comes_in_whole(collecting: Play) -> None:
    client, path = look(collecting, HEAD), page_of(collecting, "settlement", "payments")
    rooms = [share.label for share in CostShare.objects.order_by("label")[:2]]
    good = sheet(PAID, *((share_of(room), room, 500, "2026-03-19") for room in rooms))
    told = words(send(client, path, "check", good, "缴费.xlsx"))
    assert "核对通过，还没有登记" in told
    assert "可以登记合计 1,000.00 元" in told
    assert paid() == {}
    told = words(send(client, path, "import", good, "缴费.xlsx"))
    assert "整个文件已经登记，记入办件经过" in told
    assert paid() == dict.fromkeys(rooms, 50_000)
    assert CaseAct.objects.get(name="record_payments").facts["rows"][0]["amount_cents"] == 50_000
    # the same file once more changes nothing: an office sends its growing list again
    told = words(send(client, path, "import", good, "缴费.xlsx", key="k2"))
    assert "都已登记，而且相同" in told
    assert paid() == dict.fromkeys(rooms, 50_000)


def share_of(room: str) -> str:
    """The building of a room."""
    return CostShare.objects.get(label=room).building


def test_one_wrong_row_keeps_all_out_and_each_is_told_why(collecting: Play) -> None:
    client, path = look(collecting, HEAD), page_of(collecting, "settlement", "payments")
    room = CostShare.objects.order_by("label")[0]
    bad = text(
        PAID,
        (room.building, room.label, "100", "2026-03-19"),
        (room.building, "9999", "100", "2026-03-19"),
        (room.building, room.label, "1,000,000", "2026-03-18"),
        (room.building, room.label, "12,5", "2026-03-18"),
        (room.building, room.label, "100", "2026-03-20"),
        (room.building, room.label, "100.00", "2026-03-19"),
    )
    for do, status in (("check", 200), ("import", 400)):
        answer = send(client, path, do, bad)
        told = words(answer)
        assert answer.status_code == status
        assert "有 5 行有误，什么都没有登记" in told
        assert f"第 3 行 本小区没有登记房屋“{room.building}9999”" in told
        assert "第 4 行 这套房屋还应缴" in told
        assert "第 5 行 “金额（元）”应为金额数字，单位为元，现为“12,5”" in told
        assert "第 6 行 缴纳日期不能晚于今天" in told
        assert "第 7 行 与第2行重复" in told
    found = re.search(r'href="data:text/csv;base64,([^"]+)"', answer.content.decode())
    assert found is not None
    rows = list(csv.reader(io.StringIO(b64decode(unescape(found[1])).decode("utf-8-sig"))))
    assert rows[0][-1] == "错误原因"
    assert paid() == {}


def test_the_page_holds_shares_and_payments_against_the_whole(collecting: Play) -> None:
    client, path = look(collecting, HEAD), page_of(collecting, "settlement", "payments")
    room = CostShare.objects.order_by("label")[0]
    send(client, path, "import", text(PAID, (room.building, room.label, "100", "2026-03-19")))
    rows = rows_in(read(client, path), "收缴和垫付")
    assert [row[0] for row in rows] == ["应缴", "已缴", "尚欠"]
    assert "5,802.50" in rows[0][1]
    assert "与分摊总额相符" in rows[0][2]
    assert ("100.00" in rows[1][1], "5,702.50" in rows[2][1]) == (True, True)
    form = words(client.get(f"/cases/{collecting.case('settlement').id}/acts/record_payment/"))
    assert "应缴合计5,802.50元，已缴100.00元，尚欠5,702.50元" in form
    case = read(client, f"/cases/{collecting.case('settlement').id}/")
    assert path in case


def test_who_may_not_tell_payments_sees_the_balance_and_brings_nothing(collecting: Play) -> None:
    path = page_of(collecting, "settlement", "payments")
    client = look(collecting, "provider_leader")
    told = read(client, path)
    assert "“登记多户缴费”应由" in told
    assert "table-file" not in told
    assert send(client, path, "import", text(PAID)).status_code == 403
    assert look(collecting, HEAD).get(page_of(collecting, "settlement", "prepaid")).status_code == 404


def test_a_template_comes_in_two_formats(collecting: Play) -> None:
    client, path = look(collecting, HEAD), page_of(collecting, "settlement", "payments")
    found = client.get(f"{path}template.csv")
    rows = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert rows[0] == ["楼栋", "单元", "房号", "金额（元）", "缴纳日期"]
    assert client.get(f"{path}template.xlsx").status_code == 200
    assert client.get(f"{path}template.pdf").status_code == 404


def test_what_was_paid_beforehand_comes_in_as_a_table(handing: Play) -> None:
    client, path = look(handing, "provider_leader@yangcheng"), page_of(handing, "handover", "prepaid")
    building = handing.area.estate.buildings.get(units__label="101").name
    fee = (building, "101", "物业费", 1200, "2026-01-01", "2026-12-31", "2026-04-30")
    deposit = (building, "101", "门禁卡押金", 50, "2025-06-01", "", "")
    half = (building, "101", "停车费", 600, "2026-01-01", "2026-12-31", "")
    answer = send(client, path, "import", sheet(BEFORE, fee, deposit, half), "预收.xlsx")
    assert "第 4 行 预收费用要写明预缴期间和服务至哪一天" in words(answer)
    assert not PrepaidFee.objects.exists()
    told = words(send(client, path, "import", sheet(BEFORE, fee, deposit), "预收.xlsx"))
    assert "整个文件已经登记" in told
    found = {row.kind: row.refund_cents for row in PrepaidFee.objects.all()}
    assert found == {
        "property_fee": 80_000,
        "card_deposit": 5_000,
    }  # eight of twelve months, all of the deposit
    rows = rows_in(read(client, path), "预收费用和押金")
    assert [row[:2] for row in rows] == [["物业费", "1"], ["门禁卡押金", "1"]]
    other = (building, "101", "物业费", 1300, "2026-01-01", "2026-12-31", "2026-04-30")
    told = words(send(client, path, "check", sheet(BEFORE, other), "预收.xlsx"))
    assert "这笔已经登记，金额或者期间与表中不同" in told
    shown = plain(see(handing, "provider_leader@yangcheng", f"/cases/{handing.case('handover').row.pk}/"))
    assert "应退1,200.00元×(8)÷(12)，取整到分，为800.00元" in shown
    assert "押金全额退还" in shown


SETTLED = ("楼栋", "房号", "类别", "预缴期间起", "处理方式", "退还或转移日期", "凭证号")


def _prepaid(play: Play) -> list[PrepaidFee]:
    """Two rooms had paid for the year, one of them a second year too."""
    unit = {label: Unit.objects.get(estate=play.area.estate, label=label) for label in ("101", "102")}
    year = {"kind": "property_fee", "paid_cents": 120_000, "served_to": "2026-04-30"}
    for label, begins in (("101", 2026), ("101", 2027), ("102", 2026)):
        said = year | {"from_on": f"{begins}-01-01", "to_on": f"{begins}-12-31", "unit": str(unit[label].pk)}
        play.stand("provider_leader", "handover", "record_prepaid", **said)
    return list(PrepaidFee.objects.order_by("unit__label", "from_on"))


def test_many_refunds_are_settled_by_one_table_with_one_date_and_one_voucher(handing: Play) -> None:
    play, name = handing, "other_provider_leader@yangcheng"
    fees, client, path = _prepaid(play), look(play, name), page_of(play, "handover", "settled")
    building = fees[0].unit.building.name
    case = read(client, f"/cases/{play.case('handover').id}/")
    assert "还有 3 笔没有退还或转移" in plain(case)
    assert path in case
    begun = list(csv.reader(io.StringIO(client.get(f"{path}template.csv").content.decode("utf-8-sig"))))
    assert [row[2:5] for row in begun[1:]] == [
        ["101", "物业费", "2026-01-01"],
        ["101", "物业费", "2027-01-01"],
        ["102", "物业费", "2026-01-01"],
    ]
    one = ("退还业主", "2026-04-29", "示例凭证12号")
    wrong = text(SETTLED, (building, "101", "物业费", "", *one), (building, "103", "物业费", "", *one))
    told = words(send(client, path, "import", wrong))
    assert "有几笔没有处理，请填预缴期间起" in told
    assert "没有这个类别的未处理的预收费用" in told or "没有登记房屋" in told
    late = text(SETTLED, (building, "102", "物业费", "", "退还业主", "2026-05-29", "示例凭证12号"))
    assert "退还或转移的日期不能晚于今天" in words(send(client, path, "import", late))
    assert not PrepaidFee.objects.exclude(settled_on=None).exists()
    right = text(SETTLED, *((building, row.unit.label, "物业费", row.from_on, *one) for row in fees))
    # eight of twelve months of 1 200 yuan twice, and a year not begun
    assert "可以登记合计 2,800.00" in words(send(client, path, "check", right))
    assert "整个文件已经登记" in words(send(client, path, "import", right, key="k2"))
    assert set(PrepaidFee.objects.values_list("settled_by", "voucher")) == {("refund", "示例凭证12号")}
    said = CaseAct.objects.get(name="settle_prepaid_table")
    assert len(said.facts["rows"]) == 3
    assert "没有要登记的" in plain(send(client, path, "import", right, key="k3").content.decode())
    assert "没有退还或转移" not in read(client, f"/cases/{play.case('handover').id}/")
    masked = look(play, "owner@yangcheng").get(path)
    assert masked.status_code in (403, 404)


def test_a_refund_is_settled_once_however_it_is_told(handing: Play) -> None:
    fees = _prepaid(handing)
    row = {"settled_by": "refund", "settled_on": "2026-04-29", "voucher": "示例凭证"}
    twice = [row | {"prepaid": str(fees[0].pk)}] * 2
    with pytest.raises(NotPossible, match="没有这笔未处理的预收费用"):
        handing.stand("other_provider_leader", "handover", "settle_prepaid_table", rows=twice)
    assert not PrepaidFee.objects.exclude(settled_on=None).exists()
