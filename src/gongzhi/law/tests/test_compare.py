"""`gongzhi law diff`, `gongzhi law lint`: on the command line, as a clerk or a lawyer runs them."""

import io
import json
from datetime import date

import pytest

from gongzhi.law import command, queries, reading, shipped
from gongzhi.law.compare import of_pack
from gongzhi.law.faults import Law, read_pack

ON = "2026-03-02"
BAISHAN = (reading.PACKS / "2206.yaml").read_text(encoding="utf-8")
LEAVE = "exit.leave_after_confirmation: {value: 3,"


@pytest.fixture(autouse=True)
def _packaged(monkeypatch):
    """No database: the law as it is shipped."""
    monkeypatch.setattr(queries, "available_book", shipped.packaged_book)


@pytest.fixture
def changed(tmp_path):
    """A copy of a shipped pack with one thing changed."""

    def write(old, new, code="2206"):
        text = (reading.PACKS / f"{code}.yaml").read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / f"{code}.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return str(path)

    return write


def run(*argv):
    out, err = io.StringIO(), io.StringIO()
    status = command.main(argv, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


def answer(*argv):
    status, out, err = run(*argv, "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


def test_two_places_differ_where_their_texts_differ():
    found = answer("diff", "220600", "330681", "--on", ON)
    assert (found["left"], found["right"], found["on"]) == ("2206", "330681", ON)
    items = {one["key"]: one for one in found["items"]}
    leave = items["exit.leave_within"]
    assert (leave["left"]["value"], leave["left"]["unit"], leave["right"]["value"]) == (30, "D", "reasonable")
    assert leave["left"]["citations"][0]["article"] == "第20条第1款"
    assert items["deposit.performance"]["left"]["is_defined"] is False
    assert "vote.participation" not in items  # the same everywhere


def test_the_same_value_under_another_text_is_told_apart():
    items = {one["key"]: one for one in answer("diff", "2206", "330681", "--on", ON)["items"]}
    assert (
        items["exit.provider_notice_before"]["in_value"] is False
    )  # ninety days, once by the Code, once by the draft
    assert items["exit.leave_within"]["in_value"] is True


def test_a_place_does_not_differ_from_itself_nor_from_what_inherits_all():
    assert answer("diff", "2206", "CN-220600", "--on", ON)["items"] == []
    assert answer("diff", "2206", "220602", "--on", ON)["items"] == []


def test_the_date_matters():
    while_it_ran = {one["key"] for one in answer("diff", "140522", "14", "--on", "2024-08-01")["items"]}
    after = {one["key"] for one in answer("diff", "140522", "14", "--on", ON)["items"]}
    assert "revenue.use" in while_it_ran
    assert "revenue.use" not in after


def test_a_changed_pack_says_what_changes_for_whom(changed):
    found = answer("diff", changed(LEAVE, LEAVE.replace("3,", "5,")), "--on", ON)
    assert found["code"] == "2206"
    (item,) = found["items"]
    assert (item["key"], item["places"]) == ("exit.leave_after_confirmation", ["2206"])
    assert (item["before"]["value"], item["after"]["value"]) == (3, 5)


def test_a_change_of_a_city_reaches_the_county_below_unless_its_own_text_says_otherwise(changed):
    meeting, notice = "exit.decision_meeting_before_expiry:\n    ", "exit.provider_notice_before:\n    "
    path = changed(f"{meeting}{{value: 90,", f"{meeting}{{value: 120,", "3306")
    (item,) = answer("diff", path, "--on", ON)["items"]
    assert item["places"] == ["3306", "330681"]
    path = changed(f"{notice}{{value: 90,", f"{notice}{{value: 100,", "3306")
    (item,) = answer("diff", path, "--on", ON)["items"]
    assert item["places"] == ["3306"]


def test_a_raised_floor_reaches_every_place_below(changed):
    floor = "assembly.notice_before:\n    {value: "
    path = changed(f"{floor}15, unit: D, mode: floor", f"{floor}20, unit: D, mode: floor", "CN")
    items = [
        one for one in answer("diff", path, "--on", ON)["items"] if one["key"] == "assembly.notice_before"
    ]
    assert {place for one in items for place in one["places"]} == set(reading.packs())
    assert {one["after"]["value"] for one in items} == {20}


def test_a_text_that_becomes_valid_changes_every_value_it_gives(changed):
    path = changed("    status: undated\n", "    status: in_force\n    from: 2026-01-01\n")
    items = {one["key"]: one for one in answer("diff", path, "--on", ON)["items"]}
    notice = items["notice.exit_days"]
    assert (notice["before"]["status"], notice["after"]["status"]) == ("undated", "in_force")
    assert "vote.participation" not in items


def test_an_unchanged_pack_changes_nothing(changed):
    assert answer("diff", changed("name: 白山市", "name: 白山市"), "--on", ON)["items"] == []


def test_a_key_taken_out_is_no_longer_required(tmp_path):
    path = tmp_path / "2206.yaml"
    lines = [line for line in BAISHAN.splitlines() if not line.strip().startswith("exit.leave_complete:")]
    path.write_text("\n".join(lines), encoding="utf-8")
    pack, _ = read_pack(path)
    (item,) = of_pack(Law.shipped(), pack, shipped.packaged_book(), date(2026, 3, 2))
    assert (item.key, item.left.value, item.right.is_defined) == ("exit.leave_complete", True, False)
    assert item.sentence.endswith("→ 不要求")


def test_what_a_person_reads(changed):
    status, out, _ = run("diff", changed(LEAVE, LEAVE.replace("3,", "5,")), "--on", ON)
    head, line = out.strip().splitlines()
    assert status == 0
    assert head == "白山市（2206）的改动，2026-03-02：1项发生变化，其下没有法规包的区划随之变化"
    assert line.startswith(
        "白山市：签订交接确认书后离场期限（exit.leave_after_confirmation）：3日（undated，"
    )
    assert "→ 5日（undated，" in line


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["diff", "2206", "999999"], "没有代码为“999999”的行政区划"),
        (["diff", "2206", "3306", "14"], "请写两个区划代码，或者一个法规包文件"),
        (["diff", "nowhere.yaml"], "没有文件“nowhere.yaml”"),
        (["lint", "nowhere.yaml"], "没有文件“nowhere.yaml”"),
        (["diff", "2206", "3306", "--on", "someday"], "日期“someday”读不懂"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(argv, says):
    status, out, err = run(*argv)
    assert (status, out) == (2, "")
    assert err.startswith(says)
    assert err.count("\n") == 1


def test_a_faulty_pack_is_not_compared(changed):
    status, _, err = run("diff", changed("unit: h", "unit: x"))
    assert status == 2
    assert err.startswith("2206.yaml：emergency.designate_within：值不是期限")


def test_lint_of_what_is_shipped_finds_no_fault_and_lists_the_rest():
    found = answer("lint")
    assert found["faults"] == []
    assert {"YC-D2", "BS-D4"} <= {defect for one in found["findings"] for defect in one["defects"]}
    assert "exit.leave_within" not in found["unasked"]
    assert set(found["unasked"]) < set(reading.keys())


def test_lint_of_a_file_tells_its_faults_and_exits_with_one(changed):
    status, out, _ = run("lint", changed("unit: h", "unit: x"), "--json")
    found = json.loads(out)
    assert status == 1
    assert [(one["file"], one["key"]) for one in found["faults"]] == [
        ("2206.yaml", "emergency.designate_within")
    ]
    assert {one["code"] for one in found["findings"]} == {"2206"}


def test_lint_of_a_file_that_is_no_pack(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("code: [1", encoding="utf-8")
    status, out, _ = run("lint", str(path))
    assert status == 1
    assert out.startswith("错误  x.yaml：第")


def test_a_campaign_whose_phases_were_put_in_order_has_one_oddity_less(changed):
    path = changed('from: "2024-05-21", to: "2024-10-31"', 'from: "2024-05-21", to: "2024-09-30"', "140522")
    before = {defect for one in answer("lint")["findings"] for defect in one["defects"]}
    after = {defect for one in answer("lint", path)["findings"] for defect in one["defects"]}
    assert "YC-D2" in before
    assert "YC-D2" not in after
    assert "YC-D1" in after
