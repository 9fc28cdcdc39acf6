"""Drafting defects and tensions: complete by a list typed from the catalogue, and said where they matter."""

from datetime import date

import pytest

from gongzhi.law import reading
from gongzhi.law.remarks import Remark
from gongzhi.law.shipped import packaged_book
from gongzhi.values.refusals import NotPossible

BOOK = packaged_book()
REMARKS = {remark.id: remark for remark in reading.remarks()}
#: A day on which 阳城's campaign ran and every text that speaks can be heard.
WHEN = date(2024, 8, 1)

#: The catalogue's own, then what the second reading added.
DEFECTS = """
BS-D1 BS-D2 BS-D3 BS-D4 BS-D5 BS-D6 BS-D7 BS-D8 ZJ-D1 ZJ-D2 ZJ-D3 ZJ-D4 ZJ-D5 SL-D1 SL-D2 SL-D3 SL-D4 SL-D5 SL-D6
SL-D7 JL-D1 JL-D2 YC-D1 YC-D2 YC-D3 YC-D4
BS-D0 BS-D9 BS-D10 BS-D11 BS-D12 BS-D13 BS-D14 BS-D15 BS-D16 BS-D17 BS-D18 BS-D19 BS-D20 BS-D21 BS-D22 BS-D23 BS-D24
BS-D25 BS-D26 BS-D27 BS-D28 ZJ-D6 ZJ-D7 ZJ-D8 ZJ-D9 ZJ-D10 ZJ-D11 ZJ-D12 SL-D0 SL-D8 SL-D9 SL-D10 SL-D11 SL-D12 SL-D13
JL-D3 YC-D5 YC-D6 YC-D7 YC-D8 YC-D9
"""
#: What pulls against superior law: where it is said, and for which provision of the sources.
TENSIONS = {
    "T1": ("exit.grounds", "2206", "BS-028"),
    "T2": ("exit.leave_within", "2206", "BS-077"),
    "T3": ("revenue.misuse_fine", "2206", "BS-120"),
    "T4": ("settlement.cost_order", "2206", "BS-045"),
    "T5": ("committee.member_suspend", "220382", "SL-014"),
    "T6": ("provider.filing", "330681", "ZJ-015"),
    "T7": ("unserved.arrears_measures", "22", "JL-018"),
    "T8": ("vote.participation", "330681", ""),
    "T9": ("emergency.labour_offset", "22", "JL-008"),
    "T10": ("credit.ban_new_projects", "220382", "SL-011"),
    "T11": ("emergency.fee_collectors", "2206", "BS-102"),
    "T12": ("settlement.cost_order", "2206", "BS-047"),
    "T13": ("credit.list_term", "2206", "BS-117"),
    "T14": ("committee.unlawful_decision_steps", "330681", "ZJ-044"),
    "T15": ("deposit.held_by", "330681", "ZJ-028"),
    "T16": ("credit.ban_new_projects", "220382", "SL-022"),
    "T17": ("emergency.triggers", "2206", "BS-084"),
    "T18": ("handover.documents", "2206", "BS-065"),
    "T19": ("campaign.tasks", "220382", "SL-015"),
    "T20": ("committee.fallback", "330681", "ZJ-034"),
}
#: The 33 misreadings that change behaviour: what shows that each is put right (a remark at a key, or a value).
ERRATA = {
    1: ("status", "2206", "BS-D0"),
    3: ("leading_group.meeting_frequency", "330681", "ZJ-D11"),
    4: ("settlement.cost_order", "2206", "T12"),
    5: ("emergency.fee_order", "2206", "T11"),
    6: ("handover.required_after_settlement", "2206", "BS-D10"),
    8: ("exit.provider_early_exit_notice_before", "2206", "BS-D26"),
    10: ("committee.fallback", "2206", "BS-D24"),
    11: ("exit.grounds", "2206", "BS-D25"),
    12: ("forced_exit.urged_by", "2206", "T1"),
    13: ("deposit.performance", "330681", "ZJ-D5"),
    15: ("committee.fallback", "330681", "T20"),
    16: ("committee.unlawful_decision_steps", "330681", "T14"),
    17: ("inspection.problems_published", "330681", "ZJ-D9"),
    18: ("campaign.groups", "220382", "SL-D7"),
    19: ("campaign.tasks", "220382", "SL-D7"),
    20: ("campaign.tasks", "220382", "SL-D8"),
    21: ("platform.coverage_target", "220382", "SL-D9"),
    22: ("credit.ban_new_projects", "220382", "T16"),
    23: ("unserved.arrears_measures", "22", "JL-D2"),
    24: ("epidemic.measures", "22", "JL-D1"),
    25: ("exit.court_route", "140522", "YC-D7"),
    28: ("credit.list_term", "2206", "BS-D23"),
    29: ("emergency.max_duration", "2206", "BS-D6"),
    30: ("emergency.clock_starts_at", "2206", "BS-D14"),
}


def flags(key, at):
    return BOOK.value_of(key, at, WHEN, deciding=False).flags


def test_no_defect_is_missing_and_none_is_there_that_nobody_listed():
    kept = {one for one in REMARKS if "-D" in one}
    assert kept == set(DEFECTS.split())
    assert {one for one in REMARKS if "-D" not in one} == set(TENSIONS)


@pytest.mark.parametrize("remark", [one for one in REMARKS.values() if one.keys], ids=lambda one: one.id)
def test_a_remark_is_said_at_each_of_its_keys_wherever_its_text_speaks(remark):
    silent = [
        (key, place)
        for key in remark.keys
        for place in remark.packs
        if key in BOOK.packs[place].params and remark.id not in flags(key, place)
    ]
    assert silent == []
    assert any(
        key in BOOK.packs[place].params for key in remark.keys for place in remark.packs or BOOK.packs
    ), "said nowhere"


def test_every_remark_hangs_on_a_key():
    assert [one.id for one in REMARKS.values() if not one.keys] == []


@pytest.mark.parametrize(("tension", "where"), TENSIONS.items())
def test_a_tension_is_said_beside_the_value_and_names_its_provision(tension, where):
    key, place, provision = where
    assert tension in flags(key, place)
    assert not provision or provision in REMARKS[tension].provisions


@pytest.mark.parametrize(("row", "where"), ERRATA.items())
def test_what_the_second_reading_put_right_is_said(row, where):
    key, place, remark = where
    assert remark in flags(key, place)


def test_the_second_reading_changed_these_values():
    def value(key, at):
        return BOOK.value_of(key, at, WHEN, deciding=False)

    # 2: at least once in each calendar period, never an interval
    for key, at, per in [
        ("joint_meeting.frequency", "22", "quarter"),
        ("revenue.publish_frequency", "330681", "year"),
        ("fund.bank_assessment_frequency", "220382", "year"),
        ("credit.list_review_frequency", "220382", "year"),
    ]:
        assert value(key, at).value == {"at_least": 1, "per": per}
    # 7: three grounds where the catalogue had one
    first = [one["code"] for one in value("exit.grounds", "2206").value if one.get("provision") == "BS-023"]
    assert first == ["term_expired", "dismissed_at_term", "indefinite_ended"]
    # 9: a notice counts from arrival
    assert value("service.notice_effective_at", "CN").value == "arrival"
    # 14: a grade is asked for before delivery only, never when owners hire
    assert "前期" in value("tender.preliminary_grade_min", "330681").title
    # 26: training, not drills
    assert "培训" in value("emergency.training_frequency", "2206").title
    # 27: the first limb of BS-114 is not article 950
    assert (
        "期满前"
        in next(one for one in reading.read_yaml(reading.PROVISIONS / "BS.yaml") if one["id"] == "BS-114")[
            "summary"
        ]
    )
    # 31, 32: no emergency rule, no exit notice where the text has none
    assert not value("emergency.provider_source", "330681").is_defined
    assert not value("notice.exit_days", "330681").is_defined
    # 33: the order comes first, the duty to publish is a standing one
    assert value("exit.ground_needs_precondition", "2206").value == ("refusing_disclosure",)


def test_what_is_said_beside_a_value_ends_once() -> None:
    said = {
        sentence
        for code in BOOK.packs
        for key in BOOK.named
        for sentence in BOOK.value_of(key, code, WHEN, deciding=False).warnings
    }
    assert len(said) > 50
    assert [one for one in said if not one.endswith("。") or one.endswith("。。")] == []
    assert REMARKS["BS-D12"].sentence == "第11条写满七日而第12条写不少于七日；均作下限（BS-D12）。"
    assert (
        Remark(id="X-D1", text="没有写明。", reading="由本地设定。").sentence
        == "没有写明；由本地设定（X-D1）。"
    )


def test_a_sentence_within_brackets_has_no_full_stop_of_its_own() -> None:
    value = next(
        found
        for code in BOOK.packs
        for key in BOOK.named
        if not (found := BOOK.value_of(key, code, date(2026, 3, 2))).is_defined and found.warnings
    )
    with pytest.raises(NotPossible) as refused:
        value.demand()
    assert refused.value.sentence.endswith("）。")
    assert "。）" not in refused.value.sentence
