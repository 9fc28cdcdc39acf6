"""What stands above all five sources, typed from the laws; and that no parameter of the catalogue was left out."""

from datetime import date

import pytest

from gongzhi.law import reading
from gongzhi.law.coverage import stated_by_packs
from gongzhi.law.shipped import packaged_book
from gongzhi.law.value import code_of

ON = date(2026, 3, 2)

CIVIL = "中华人民共和国民法典"
PENALTY = "中华人民共和国行政处罚法"
ENFORCE = "中华人民共和国行政强制法"
CIVPROC = "中华人民共和国民事诉讼法"
PIPL = "中华人民共和国个人信息保护法"
INTOWN = "最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释"
INTSVC = "最高人民法院关于审理物业服务纠纷案件适用法律若干问题的解释"

PERIODS = [
    ("exit.indefinite_notice_before", 60, "D", CIVIL, "第948条"),
    ("vote.revocation_claim_within", 1, "Y", INTOWN, "第12条"),
    ("committee.filing_within", 30, "D", "物业管理条例", "第16条"),
    ("penalty.not_found_within", 2, "Y", PENALTY, "第36条"),
    ("penalty.not_found_within_serious", 5, "Y", PENALTY, "第36条"),
    ("penalty.decide_within", 90, "D", PENALTY, "第60条"),
    # 第85条: 五日、七日 of this law are working days; 九十日、十五日 are not
    ("penalty.serve_within", 7, "WD", PENALTY, "第61条"),
    ("penalty.hearing_request_within", 5, "WD", PENALTY, "第64条第1项"),
    ("penalty.hearing_notice_before", 7, "WD", PENALTY, "第64条第2项"),
    ("penalty.pay_within", 15, "D", PENALTY, "第67条"),
    # 《行政强制法》第69条: up to ten days are working days
    ("enforce.demand_before_court", 10, "WD", ENFORCE, "第54条"),
    ("enforce.court_application_within", 3, "M", ENFORCE, "第53条"),
    ("remedy.review_within", 60, "D", "中华人民共和国行政复议法", "第20条"),
    ("remedy.suit_within", 6, "M", "中华人民共和国行政诉讼法", "第46条"),
    ("service.public_notice_after", 30, "D", CIVPROC, "第95条"),
    ("mediation.court_confirmation_within", 30, "D", CIVPROC, "第205条"),
    ("petition.reply_within", 15, "D", "信访工作条例", "第23条"),
    ("petition.conclude_within", 60, "D", "信访工作条例", "第34条"),
    ("petition.extension_max", 30, "D", "信访工作条例", "第34条"),
    ("petition.review_within", 30, "D", "信访工作条例", "第35条"),
    ("petition.recheck_within", 30, "D", "信访工作条例", "第36条"),
    ("fund.transfer_within", 30, "D", "住宅专项维修资金管理办法", "第15条"),
    ("assembly.group_within", 60, "D", "业主大会和业主委员会指导规则", "第9条"),
    ("committee.first_meeting_within", 7, "D", "业主大会和业主委员会指导规则", "第32条"),
    ("handover.inspection_documents_before", 20, "D", "物业承接查验办法", "第14条"),
]
OTHERS = [
    ("service.continue_until_takeover", True, CIVIL, "第950条"),
    ("service.notice_effective_at", "arrival", CIVIL, "第137条"),
    ("service.public_notice_effective_at", "posted", CIVIL, "第139条"),
    ("owners.business_use_consent", "unanimous_of_interested", CIVIL, "第279条"),
    ("vote.decision_binds", True, CIVIL, "第280条"),
    ("revenue.belongs_to_owners", True, CIVIL, "第282条"),
    ("owners.apportionment", "exclusive_area", CIVIL, "第283条"),
    ("contract.form", "written", CIVIL, "第938条"),
    ("contract.preliminary_ends", "new_contract_effective", CIVIL, "第940条"),
    ("fee.cutting_supply_forbidden", True, CIVIL, "第944条"),
    ("fee.prepaid_refund_after_end", True, INTSVC, "第3条"),
    ("vote.area_order", ("registered", "surveyed", "contract"), INTOWN, "第8条"),
    (
        "penalty.basis_ranks",
        ("law", "state_council_regulation", "local_regulation", "rule"),
        PENALTY,
        "第16条",
    ),
    ("penalty.subdistrict_basis", "published_provincial_decision", PENALTY, "第24条"),
    ("penalty.several_rules", "higher_fine", PENALTY, "第29条"),
    ("penalty.officers_min", 2, PENALTY, "第42条"),
    ("penalty.no_decision_without", ("prior_notice", "defence_heard"), PENALTY, "第62条"),
    ("penalty.late_fee_daily", "3/100", PENALTY, "第72条"),
    ("penalty.late_fee_cap", "amount_of_fine", PENALTY, "第72条"),
    ("penalty.late_fee_paused_by", ("reconsideration", "litigation"), PENALTY, "第73条"),
    ("service.receipt_required", True, CIVPROC, "第87条"),
    ("privacy.publish_needs_consent", True, PIPL, "第25条"),
    ("privacy.provide_needs_consent", True, PIPL, "第23条"),
    ("esign.equals_seal", True, "中华人民共和国电子签名法", "第14条"),
    ("assembly.special_meeting_share", "1/5", "物业管理条例", "第13条"),
]
LISTS = [
    ("vote.matters", 9, "第278条第1款"),
    ("penalty.legal_review_when", 4, "第58条"),
    ("penalty.decision_fields", 6, "第59条"),
    ("penalty.hearing_when", 6, "第63条"),
    ("penalty.leniency", 3, "第33条"),
    ("privacy.grounds", 7, "第13条"),
    ("privacy.delete_when", 5, "第47条"),
    ("esign.excluded", 3, "第3条"),
    ("esign.reliable_when", 4, "第13条"),
    ("disclosure.items", 8, "第943条"),
    ("owners.may_stop", 6, "第286条"),
    ("fund.not_payable", 4, "第25条"),
    ("fund.published_items", 4, "第30条"),
    ("inspection.steps", 7, "第13条"),
    ("paper.kinds", 15, "第8条"),
]

#: Every provision that has a figure, a list or a word in the catalogue's column of parameters.
WITH_PARAMETERS = [
    "BS-001",
    "BS-003",
    "BS-007",
    "BS-008",
    "BS-010",
    "BS-013",
    "BS-022",
    "BS-023",
    "BS-024",
    "BS-025",
    "BS-026",
    "BS-027",
    "BS-028",
    "BS-029",
    "BS-030",
    "BS-031",
    "BS-035",
    "BS-039",
    "BS-040",
    "BS-041",
    "BS-042",
    "BS-043",
    "BS-044",
    "BS-045",
    "BS-046",
    "BS-047",
    "BS-048",
    "BS-056",
    "BS-057",
    "BS-058",
    "BS-060",
    "BS-061",
    "BS-062",
    "BS-070",
    "BS-075",
    "BS-076",
    "BS-077",
    "BS-079",
    "BS-081",
    "BS-087",
    "BS-089",
    "BS-090",
    "BS-092",
    "BS-094",
    "BS-098",
    "BS-099",
    "BS-100",
    "BS-101",
    "BS-102",
    "BS-103",
    "BS-104",
    "BS-106",
    "BS-108",
    "BS-115",
    "BS-116",
    "BS-117",
    "BS-119",
    "BS-120",
    "BS-122",
    "BS-123",
    "ZJ-003",
    "ZJ-006",
    "ZJ-007",
    "ZJ-011",
    "ZJ-012",
    "ZJ-013",
    "ZJ-015",
    "ZJ-017",
    "ZJ-018",
    "ZJ-021",
    "ZJ-022",
    "ZJ-025",
    "ZJ-026",
    "ZJ-027",
    "ZJ-028",
    "ZJ-029",
    "ZJ-032",
    "ZJ-034",
    "ZJ-035",
    "ZJ-036",
    "ZJ-038",
    "ZJ-042",
    "ZJ-044",
    "ZJ-048",
    "ZJ-050",
    "ZJ-052",
    "ZJ-058",
    "ZJ-059",
    "ZJ-060",
    "ZJ-062",
    "SL-002",
    "SL-003",
    "SL-005",
    "SL-006",
    "SL-008",
    "SL-011",
    "SL-012",
    "SL-014",
    "SL-016",
    "SL-018",
    "SL-019",
    "SL-021",
    "SL-022",
    "SL-101",
    "SL-106",
    "SL-108",
    "SL-109",
    "SL-119",
    "JL-003",
    "JL-005",
    "JL-006",
    "JL-007",
    "JL-008",
    "JL-009",
    "JL-010",
    "JL-011",
    "JL-012",
    "JL-013",
    "JL-014",
    "JL-015",
    "JL-016",
    "JL-017",
    "JL-018",
    "JL-022",
    "JL-032",
    "YC-002",
    "YC-004",
    "YC-005",
    "YC-006",
    "YC-007",
    "YC-008",
    "YC-009",
    "YC-012",
    "YC-013",
    "YC-014",
    "YC-018",
]


@pytest.mark.parametrize(("key", "value", "unit", "instrument", "article"), PERIODS)
def test_a_period_of_superior_law_is_what_the_law_says(key, value, unit, instrument, article):
    found = packaged_book().value_of(key, "CN", ON)
    assert (found.value, found.unit) == (value, unit)
    assert (found.citations[0].instrument, found.citations[0].article) == (instrument, article)


@pytest.mark.parametrize(("key", "value", "instrument", "article"), OTHERS)
def test_a_rule_of_superior_law_is_what_the_law_says(key, value, instrument, article):
    found = packaged_book().value_of(key, "CN", ON)
    assert found.value == value
    assert (found.citations[0].instrument, found.citations[0].article) == (instrument, article)


@pytest.mark.parametrize(("key", "number", "article"), LISTS)
def test_a_list_of_superior_law_is_whole(key, number, article):
    found = packaged_book().value_of(key, "CN", ON)
    assert len({code_of(item) for item in found.value}) == number
    assert found.citations[0].article == article


@pytest.mark.parametrize(
    "key",
    [
        "service.public_notice_effective_at",
        "owners.exclusive_parking",
        "fund.investment",
        "remedy.reviewed_by",
    ],
)
def test_what_was_not_verified_says_so(key):
    assert "unverified" in packaged_book().value_of(key, "CN", ON).flags


@pytest.mark.parametrize("place", ["2206", "220382", "330681", "140522"])
def test_the_ways_of_penalty_cannot_be_shortened_below(place):
    for key in ("penalty.hearing_request_within", "penalty.pay_within", "penalty.officers_min"):
        assert packaged_book().value_of(key, place, ON, deciding=False).inherited_from == "CN"
        assert packaged_book().value_of(key, place, ON).mode == "locked"


@pytest.mark.parametrize("provision", WITH_PARAMETERS)
def test_every_parameter_of_the_catalogue_stands_in_a_pack(provision):
    assert stated_by_packs(reading.packs())[provision]
