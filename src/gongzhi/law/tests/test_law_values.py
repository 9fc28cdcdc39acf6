"""What the law says in the four pilot areas, read off the sources by hand."""

from datetime import date
from fractions import Fraction

import pytest

from gongzhi.law import reading
from gongzhi.law.schema import Status
from gongzhi.law.shipped import packaged_book
from gongzhi.law.value import item_words, money_words, part_words, share_words, value_words, words

ON = date(2026, 3, 2)


def shown(key, at):
    """As `gongzhi law show` asks."""
    return packaged_book().value_of(key, at, ON, deciding=False)


@pytest.mark.proves(
    "BS-039 BS-041 BS-043 BS-046 BS-056 BS-058 BS-077 BS-079 BS-090 BS-104 BS-108 BS-116 BS-117 ZJ-017 ZJ-050 SL-011"
)
@pytest.mark.parametrize(
    ("key", "at", "value", "unit", "inherited_from", "article"),
    [
        ("exit.provider_notice_before", "220600", 90, "D", "CN", "第947条"),
        ("exit.provider_notice_before", "330681", 90, "D", "330681", "第7项"),
        ("exit.provider_notice_before", "330600", 90, "D", "3306", "第34条"),
        ("exit.provider_notice_before", "140522", 90, "D", "CN", "第947条"),
        ("exit.provider_early_exit_notice_before", "2206", 90, "D", "2206", "第12条"),
        ("exit.indefinite_notice_before", "220382", 60, "D", "CN", "第948条"),
        ("dismissal.owner_notice_before", "220602", 60, "D", "CN", "第946条"),
        ("dismissal.owner_notice_before", "330681", 60, "D", "3306", "第34条"),
        ("exit.decision_meeting_before_expiry", "330681", 90, "D", "3306", "第34条"),
        ("exit.leave_within", "2206", 30, "D", "2206", "第20条第1款"),
        ("exit.leave_within", "330681", "reasonable", None, "CN", "第949条"),
        ("exit.leave_within", "140522", "reasonable", None, "CN", "第949条"),
        ("exit.leave_after_confirmation", "220681", 3, "D", "2206", "第20条第2款"),
        ("notice.vote_result_days", "2206", 7, "D", "2206", "第11条"),
        ("notice.vote_result_days", "330681", 5, "WD", "3306", "第9条"),
        ("notice.exit_days", "2206", 7, "D", "2206", "第12条"),
        ("notice.settlement_report_days", "2206", 7, "D", "2206", "第15条"),
        ("notice.apportionment_days", "2206", 7, "D", "2206", "第13条第2项"),
        ("settlement.refund_within", "2206", 15, "D", "2206", "第15条"),
        ("handover.inspection_deadline", "330681", 15, "D", "330681", "第17项"),
        ("emergency.designate_within", "2206", 24, "h", "2206", "第23条"),
        ("emergency.inspect_within", "2206", 10, "D", "2206", "第30条第2款"),
        ("emergency.transition_within", "2206", 30, "D", "2206", "第32条"),
        ("credit.ban_awards", "2206", 1, "Y", "2206", "第35条第2项"),
        ("credit.negative_publish", "2206", 2, "Y", "2206", "第35条第1项"),
        ("credit.ban_new_projects", "220382", 1, "Y", "220382", "二（三）"),
        ("contract.filing_within", "330681", 30, "D", "3306", "第30条"),
        ("committee.reelection_before", "330681", 60, "D", "3306", "第24条"),
        ("committee.reelection_before", "330000", 2, "M", "33", "第15条"),
        ("committee.reelection_before", "140522", 3, "M", "CN", "第47条"),
        ("committee.agenda_notice", "330681", 3, "D", "33", "第14条"),
        ("assembly.notice_before", "140522", 15, "D", "CN", "第14条"),
    ],
)
def test_a_period_is_what_the_source_says(key, at, value, unit, inherited_from, article):
    found = shown(key, at)
    assert (found.value, found.unit, found.inherited_from) == (value, unit, inherited_from)
    assert found.citations[0].article == article


@pytest.mark.parametrize(
    ("key", "at"),
    [
        ("exit.provider_early_exit_notice_before", "330681"),
        ("exit.provider_early_exit_notice_before", "140522"),
        ("exit.leave_after_confirmation", "330681"),
        ("notice.exit_days", "330681"),
        ("settlement.third_party_required", "330681"),
        ("settlement.third_party_required", "140522"),
        ("settlement.third_party_required", "220382"),
        ("exit.filed_with", "140522"),
        ("emergency.fee_order", "330681"),
        ("emergency.designate_within", "220382"),
        ("joint_meeting.frequency", "330681"),
        ("deposit.performance", "3306"),
    ],
)
def test_what_nobody_requires_there_is_undefined(key, at):
    assert not shown(key, at).is_defined


@pytest.mark.proves("BS-007 ZJ-007")
@pytest.mark.parametrize(
    ("key", "at"),
    [
        ("emergency.max_duration", "2206"),
        ("objection.window", "2206"),
        ("objection.reply_within", "2206"),
        ("exit.ledger_report_frequency", "2206"),
        ("notice.advance_plan_days", "2206"),
        ("notice.vote_result_days", "140522"),
        ("revenue.publish_frequency", "140522"),
        ("leading_group.meeting_frequency", "330681"),
        ("platform.coverage_base", "220382"),
        ("ladder.remind_before", "140522"),
    ],
)
def test_what_the_text_leaves_open_must_be_set_locally(key, at):
    value = shown(key, at)
    assert value.is_defined
    assert not value.is_set
    assert value.local_allowed
    assert value.evidence == "NOT-FOUND"


@pytest.mark.proves(
    "BS-042 BS-045 BS-047 BS-051 BS-052 BS-053 BS-054 BS-055",
    "BS-071 BS-072 BS-073 BS-074 BS-076 BS-101 BS-102 ZJ-003 ZJ-018 ZJ-026",
)
@pytest.mark.parametrize(
    ("key", "at", "codes"),
    [
        ("exit.filed_with", "2206", ("subdistrict", "county")),
        ("exit.filed_with", "330681", ("county", "subdistrict", "community")),
        ("exit.filed_with", "3306", ("county", "subdistrict", "community")),
        ("settlement.cost_order", "2206", ("public_revenue", "owners_by_building_area", "community_advance")),
        ("emergency.fee_order", "2206", ("public_revenue", "owners_by_building_area")),
        (
            "settlement.report_parts",
            "2206",
            ("public_revenue", "collected_fees", "maintenance_fund", "premises_facilities", "utilities"),
        ),
        ("settlement.advance_filed_with", "2206", ("subdistrict",)),
        ("handover.confirmation_filed_with", "2206", ("subdistrict", "county")),
        ("handover.supervisors", "2206", ("subdistrict", "county")),
        ("handover.assets", "2206", ("premises", "facilities", "money", "other_property")),
        ("handover.assets", "140522", ("premises", "facilities")),
        ("handover.documents", "140522", ("drawings", "technical", "warranty", "other")),
        ("contract.filed_with", "330681", ("county", "subdistrict")),
        ("mediation.levels", "330681", ("community", "subdistrict", "city")),
        ("vote.special_matters", "2206", ("raise_fund", "rebuild", "common_parts")),
    ],
)
def test_a_list_is_what_the_source_says(key, at, codes):
    assert shown(key, at).codes == codes


@pytest.mark.proves("BS-063 BS-064 BS-065 BS-066 BS-067 BS-068 BS-069")
def test_baishans_seven_groups_of_documents_add_to_the_four_of_the_nation():
    value = shown("handover.documents", "2206")
    of_baishan = [item for item in value.value if item.get("provision", "").startswith("BS-")]
    assert [item["provision"] for item in of_baishan] == [
        "BS-063",
        "BS-064",
        "BS-069",
        "BS-065",
        "BS-066",
        "BS-067",
        "BS-068",
    ]
    assert set(shown("handover.documents", "CN").codes) <= set(value.codes)


def test_zhejiangs_six_groups_reach_zhuji():
    assert set(shown("handover.documents", "330681").codes) == {
        "drawings",
        "facility_list",
        "technical",
        "warranty",
        "owner_register",
        "other",
    }


@pytest.mark.proves(
    "BS-023 BS-024 BS-025 BS-026 BS-027 BS-029 BS-030 BS-031 BS-032 BS-033 BS-034 BS-035 BS-036 BS-037"
)
def test_baishan_has_its_seven_normal_and_nine_forced_grounds():
    grounds = shown("exit.grounds", "2206").value
    of_baishan = [item for item in grounds if item.get("provision", "").startswith("BS-")]
    assert sum(item["category"] == "normal" for item in of_baishan) == 7
    assert sum(item["category"] == "forced" for item in of_baishan) == 9
    assert {item["provision"] for item in of_baishan} == {
        f"BS-0{n}" for n in (*range(23, 28), *range(29, 38))
    }


@pytest.mark.parametrize("at", ["2206", "220382", "330681", "140522"])
def test_the_votes_of_owners_are_the_same_everywhere_and_bind_before_any_draft(at):
    for deciding in (True, False):
        asked = [
            packaged_book().value_of(key, at, ON, deciding=deciding)
            for key in ("vote.participation", "vote.approval_ordinary", "vote.approval_special")
        ]
        assert [(value.fraction, value.comparator) for value in asked] == [
            (Fraction(2, 3), ">="), (Fraction(1, 2), ">"), (Fraction(3, 4), ">="),
        ]  # fmt: skip


@pytest.mark.proves("JL-032")
def test_a_joint_meeting_is_held_once_in_each_quarter_in_all_of_jilin():
    for at in ("22", "2206", "220602", "220382"):
        value = packaged_book().value_of("joint_meeting.frequency", at, ON)
        assert value.value == {"at_least": 1, "per": "quarter"}
        assert value.inherited_from == "22"


@pytest.mark.proves("ZJ-027")
def test_zhujis_deposit_has_a_floor_and_a_cap():
    value = shown("deposit.performance", "330681")
    assert (value.value["min_rate"], value.value["max_total"]) == ("5/100", 300000)
    assert value.value["min_required"] == "min(5% × annual_receivable_fee, 300000)"
    assert "ZJ-D5" in value.flags


@pytest.mark.proves("BS-120")
def test_the_fine_of_baishan_is_shown_but_not_taken():
    value = shown("revenue.misuse_fine", "2206")
    assert value.inherited_from == "CN"
    assert any(other.startswith("《白山市物业服务人退出及应急服务管理办法》第37条") for other in value.others)
    assert "T3" in value.flags


@pytest.mark.proves("BS-123")
def test_nothing_of_baishan_decides_before_it_is_adopted():
    early = packaged_book().value_of("exit.provider_early_exit_notice_before", "2206", ON)
    assert not early.is_defined
    assert any("未载文号和发布日期" in warning for warning in early.warnings)
    assert packaged_book().value_of("exit.leave_within", "2206", ON).value == "reasonable"


def test_the_statuses_are_shown_with_their_warnings():
    assert shown("exit.leave_within", "2206").status is Status.UNDATED
    assert shown("exit.provider_notice_before", "330681").status is Status.DRAFT
    assert "draft" in shown("credit.ban_new_projects", "220382").flags
    running = packaged_book().value_of("rectification.grounds", "140522", date(2024, 8, 1))
    assert running.status is Status.CAMPAIGN
    assert "campaign_ended" in shown("rectification.grounds", "140522").flags
    assert not packaged_book().value_of("rectification.grounds", "140522", ON).is_defined


@pytest.mark.parametrize(
    ("key", "at", "flag"),
    [
        ("exit.leave_within", "2206", "BS-D4"),
        ("exit.leave_after_confirmation", "2206", "BS-D4"),
        ("credit.negative_publish", "2206", "BS-D1"),
        ("emergency.max_duration", "2206", "BS-D6"),
        ("exit.provider_notice_before", "2206", "inherited_unverified"),
        ("exit.provider_notice_before", "140522", "inherited_unverified"),
        ("committee.reelection_before", "140522", "unverified"),
        ("provider.filing", "330681", "T6"),
        ("committee.member_suspend", "220382", "T5"),
    ],
)
def test_what_a_lawyer_should_see_is_said(key, at, flag):
    assert flag in shown(key, at).flags


def test_a_defect_of_one_place_is_not_said_at_another():
    assert "BS-D4" not in shown("exit.leave_within", "140522").flags


def test_a_contract_may_shorten_leaving_but_not_the_ninety_days_of_baishan():
    terms = {"exit.leave_within": "P10D", "exit.provider_early_exit_notice_before": "P30D"}
    leave = packaged_book().value_of("exit.leave_within", "2206", ON, contract=terms, deciding=False)
    early = packaged_book().value_of(
        "exit.provider_early_exit_notice_before", "2206", ON, contract=terms, deciding=False
    )
    assert (leave.value, early.value) == (10, 90)


def test_a_community_of_baishan_asks_the_city():
    community = next(
        code
        for code, row in reading.packaged_divisions().items()
        if row.level == "community" and code.startswith("2206")
    )
    assert shown("notice.exit_days", community).inherited_from == "2206"


def test_the_fine_of_baishan_is_told_in_words():
    other = shown("revenue.misuse_fine", "2206").others[0]
    assert other.endswith("第37条：最低倍数：1倍；最高倍数：2倍；机关：街道（乡镇）")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("3/100", "3%"),
        ("5/10000", "0.05%"),
        ("7/1000", "0.7%"),
        ("3/10", "30%"),
        ("2/3", "2/3"),
        ("1/2", "1/2"),
    ],
)
def test_a_share_in_tenths_or_finer_is_read_in_per_cent(raw, expected):
    assert share_words(raw) == expected


def test_money_is_read_in_ten_thousands_where_it_is_whole():
    told = [money_words(yuan) for yuan in (0, 200, 5000, 10000, 15000, 300000)]
    assert told == ["0元", "200元", "5000元", "1万元", "15000元", "30万元"]


def test_a_record_inside_a_record_a_length_and_a_bound_are_read():
    value = {"special": {"fraction": "3/4", "comparator": ">=", "of": "participating"}, "free": "P1M"}
    assert value_words(value, None) == "特别事项同意：比例不低于3/4，基数参与表决的；免费期：1个月"
    assert value_words({"at_least": 1, "per": "quarter"}, None) == "每季度至少1次"
    assert value_words(["subdistrict", {"code": "x", "label": "甲"}], None) == "街道（乡镇）、甲"


def test_a_code_may_mean_something_else_under_one_key():
    assert (item_words("unit", "fund.small_scope"), part_words("unit")) == ("单元", "单位")
    assert (item_words("handover"), item_words("handover", "inspection.steps")) == ("交接", "办理交接")


def test_words_of_one_key_are_of_a_key_that_is_there():
    assert set(words().keys) | set(words().counted) <= set(reading.keys())
    assert set(words().units) <= set(words().parts)
