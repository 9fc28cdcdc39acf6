"""The 290 provisions, what realises them, and the tests that prove them."""

from collections import Counter

import pytest

from gongzhi.law import coverage as room
from gongzhi.law.coverage import (
    also_realised,
    coverage,
    proved_by_tests,
    provisions,
    seen_to_fail,
    test_roots,
)

test_roots.__test__ = False

MARKED = """
import pytest
pytestmark = pytest.mark.proves("BS-001")

@pytest.mark.proves("BS-041", "BS-042 BS-043")
def test_one():
    pass

class TestTwo:
    @pytest.mark.proves("ZJ-017")
    async def test_inside(self):
        pass

@pytest.mark.proves("SL-001")
def helper():
    pass
"""


def test_all_290_are_there_once_under_their_numbers():
    ids = [provision.id for provision in provisions()]
    assert len(ids) == len(set(ids)) == 290
    assert Counter(one[:2] for one in ids) == {"BS": 123, "ZJ": 62, "SL": 45, "JL": 38, "YC": 22}
    assert "SL-104" not in ids  # the task list has no row 4


def test_each_is_summed_up_under_its_article():
    assert all(one.summary and one.article and one.kind for one in provisions())


def test_a_parameter_and_an_item_of_a_list_realise_their_provisions():
    items = {item.provision.id: item for item in coverage(roots=[]).items}
    assert "pack:2206:exit.provider_early_exit_notice_before" in items["BS-041"].realised_by
    assert "pack:2206:handover.documents" in items["BS-065"].realised_by
    assert "pack:2206:BS" in items["BS-123"].realised_by
    assert items["BS-004"].realised_by == ()


def test_a_value_that_nobody_asks_for_is_stated_and_realises_nothing(monkeypatch):
    monkeypatch.setattr(room, "_TELLERS", [])
    monkeypatch.setattr(room, "asked_keys", lambda _: frozenset({"handover.documents"}))
    items = {item.provision.id: item for item in coverage(roots=[]).items}
    assert "pack:2206:emergency.designate_within" in items["BS-090"].stated_by
    assert items["BS-090"].realised_by == ()
    assert items["BS-065"].realised_by == ("pack:2206:handover.documents",)
    assert items["BS-025"].realised_by == ("pack:2206:papers.exit.agreement.approve",)


def test_a_text_as_a_whole_realises_its_scope_and_date_but_no_target(monkeypatch):
    monkeypatch.setattr(room, "_TELLERS", [])
    items = {item.provision.id: item for item in coverage(roots=[]).items}
    assert items["BS-123"].realised_by == ("pack:2206:BS",)
    assert items["ZJ-001"].stated_by == ("pack:330681:ZJ",)
    assert items["ZJ-001"].realised_by == ()


def test_marks_are_read_from_the_source_of_tests(tmp_path):
    (tmp_path / "test_marked.py").write_text(MARKED, encoding="utf-8")
    proved = proved_by_tests([tmp_path])
    name = f"{tmp_path.name}/test_marked.py"
    assert proved["BS-041"] == proved["BS-042"] == proved["BS-043"] == [f"{name}::test_one"]
    assert proved["ZJ-017"] == [f"{name}::TestTwo::test_inside"]
    assert set(proved["BS-001"]) == {f"{name}::test_one", f"{name}::TestTwo::test_inside"}
    assert "SL-001" not in proved


def test_a_number_that_is_in_no_catalogue_is_an_error():
    with pytest.raises(ValueError, match="BS-999"):
        coverage({"BS-999": ["procedure:exit"]}, roots=[])


def test_the_sums_follow_from_the_items():
    covered = coverage({"BS-004": ["procedure:exit"]}, roots=[])
    assert covered.realised == sum(bool(item.realised_by) for item in covered.items)
    assert covered.proved == 0
    assert covered.stated == sum(bool(item.stated_by) for item in covered.items)
    assert covered.as_json()["total"] == 290


def test_a_room_above_says_what_it_realises(monkeypatch):
    monkeypatch.setattr(room, "_TELLERS", [])
    also_realised(lambda: {"BS-004": ["procedure:exit.filing"]})
    items = {item.provision.id: item for item in coverage(roots=[]).items}
    assert items["BS-004"].realised_by == ("procedure:exit.filing",)


def test_a_mark_proves_nothing_until_its_test_was_seen_to_fail(tmp_path):
    (tmp_path / "test_marked.py").write_text(MARKED, encoding="utf-8")
    here = f"{tmp_path.name}/test_marked.py"
    seen = {
        "BS-041": f"{here}::test_one[home]",
        "BS-042": f"{here}::test_gone",
        "BS-043": "tests/test_b.py::test_one",
    }
    assert seen_to_fail({}, [tmp_path]) == {}
    assert seen_to_fail(seen, [tmp_path]) == {"BS-041": [f"{here}::test_one"]}
