"""The grounds of exit and what stands around them, read off the sources by hand."""

from datetime import date

import pytest

from gongzhi.law.schema import Key
from gongzhi.law.shipped import packaged_book

ON = date(2026, 3, 2)

#: 《白山市物业服务人退出及应急服务管理办法》第9条: code, item.
NORMAL = [
    ("term_expired", "第9条第1项"),
    ("dismissed_at_term", "第9条第1项"),
    ("indefinite_ended", "第9条第1项"),
    ("dismissed_in_term", "第9条第2项"),
    ("provider_early", "第9条第3项"),
    ("preliminary_replaced", "第9条第4项"),
    ("other_lawful", "第9条第5项"),
]
#: 第10条: code, item, provision, the papers that prove it, whether recorded facts suffice.
FORCED = [
    ("grade_d", "第10条第1项", "BS-029", ["grade_result"], True),
    ("blacklisted", "第10条第2项", "BS-030", ["blacklist_decision"], True),
    ("repeated_penalties", "第10条第3项", "BS-031", ["penalty_decisions"], True),
    ("misuse_of_money", "第10条第4项", "BS-032", ["misuse_finding"], False),
    ("cutting_supply", "第10条第5项", "BS-033", ["site_record"], False),
    ("major_incident", "第10条第6项", "BS-034", ["responsibility_finding"], False),
    ("refusing_disclosure", "第10条第7项", "BS-035", ["order_to_correct", "not_corrected"], False),
    ("total_subcontract", "第10条第8项", "BS-036", ["breach_finding"], False),
    ("other_forced", "第10条第9项", "BS-037", ["stated_basis"], False),
]


def shown(key, at):
    return packaged_book().value_of(key, at, ON, deciding=False)


def grounds(at, category):
    return {one["code"]: one for one in shown("exit.grounds", at).value if one["category"] == category}


@pytest.mark.proves("BS-022 BS-023 BS-024 BS-025 BS-026 BS-027")
def test_the_first_normal_ground_of_baishan_is_three():
    mine = {code: one["article"] for code, one in grounds("2206", "normal").items() if "provision" in one}
    assert mine == dict(NORMAL)


@pytest.mark.proves("BS-028 BS-029 BS-030 BS-031 BS-032 BS-033 BS-034 BS-035 BS-036 BS-037")
def test_the_nine_forced_grounds_name_their_papers():
    found = [
        (
            code,
            one["article"],
            one["provision"],
            [paper["code"] for paper in one["evidence"]],
            one["follows_from_facts"],
        )
        for code, one in grounds("2206", "forced").items()
    ]
    assert found == FORCED


def test_the_ground_that_needs_an_order_first_says_so():
    needing = [code for code, one in grounds("2206", "forced").items() if one.get("precondition")]
    assert needing == list(shown("exit.ground_needs_precondition", "2206").value) == ["refusing_disclosure"]


def test_a_provider_that_does_not_renew_is_the_civil_codes_own_ground():
    assert grounds("140522", "normal")["provider_not_renewing"]["article"] == "第947条"
    assert grounds("2206", "normal")["provider_not_renewing"]["article"] == "第947条"


@pytest.mark.proves("BS-031")
@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("forced_exit.penalty_window_kind", "rolling", "yearly"),
        ("forced_exit.penalty_scope", "project", "estate"),
        ("forced_exit.penalty_counted_on", "decided", "filed"),
        ("forced_exit.penalty_counts_not_final", True, "no"),
    ],
)
def test_what_the_counting_of_penalties_leaves_open_is_decided_locally(key, good, bad):
    value = shown(key, "2206")
    assert value.is_defined
    assert not value.is_set
    assert value.local_allowed
    assert packaged_book().key(key).accepts(good, None)
    assert not packaged_book().key(key).accepts(bad, None)
    assert not shown(key, "330681").is_defined


@pytest.mark.proves("ZJ-017 ZJ-018")
@pytest.mark.parametrize(
    ("at", "recipients"),
    [
        ("140522", ("owners",)),
        ("2206", ("owners",)),
        ("3306", ("owners", "county", "subdistrict", "community")),
        ("330681", ("owners", "county", "subdistrict", "community")),
    ],
)
def test_whom_a_notice_of_not_renewing_reaches(at, recipients):
    assert shown("exit.provider_notice_recipients", at).value == recipients


def test_the_three_that_zhuji_names_beside_the_committee():
    mine = packaged_book().packs["330681"].params["exit.provider_notice_recipients"]
    assert mine.value == ["county", "subdistrict", "community"]
    assert mine.cites[0].where == "第7项"


@pytest.mark.proves("YC-017")
def test_the_way_to_court_is_yangchengs_and_each_step_needs_the_one_before():
    steps = shown("exit.court_route", "140522")
    assert [(one["code"], one["after"]) for one in steps.value] == [
        ("lawsuit", "joint_decision"),
        ("court_enforcement", "judgment"),
        ("dishonest_list", "enforcement_case"),
    ]
    assert "campaign_ended" in steps.flags
    assert not shown("exit.court_route", "2206").is_defined


@pytest.mark.proves("BS-060 BS-013")
def test_who_may_receive_at_handover():
    baishan = {one["code"]: one["role"] for one in shown("handover.receivers", "2206").value}
    assert baishan == {
        "owners_committee": "owners",
        "self_managing_owners": "owners",
        "designee": "",
        "successor": "successor",
        "community": "community",
    }
    assert [one["code"] for one in shown("handover.receivers", "140522").value] == [
        "owners_committee",
        "self_managing_owners",
        "designee",
    ]


@pytest.mark.parametrize(
    "key",
    [
        "handover.extra_items",
        "handover.signers_authority",
        "handover.item_states",
        "settlement.scope_limited_steps",
        "exit.agreement_contents",
        "notice.contents",
        "service.order",
        "emergency.verification_fields",
    ],
)
def test_office_practice_is_shown_as_such(key):
    value = shown(key, "2206")
    assert value.is_set
    assert value.local_allowed
    assert (value.evidence, "practice" in value.flags) == ("PRACTICE", True)


def test_of_the_extra_items_only_two_are_law():
    items = shown("handover.extra_items", "140522").value
    assert {one["code"]: one["article"] for one in items if one["basis"] == "law"} == {
        "prepaid": "《最高人民法院关于审理物业服务纠纷案件适用法律若干问题的解释》第3条",
        "owner_register": "《中华人民共和国个人信息保护法》第13条、第23条、第47条",
    }


@pytest.mark.parametrize(
    ("key", "usual"),
    [
        ("watch.contract_end", ("P180D", "P90D", "P60D", "P30D")),
        ("watch.notice", ("P180D", "P90D", "P60D", "P30D")),
        ("watch.committee_term", ("P180D", "P90D", "P60D", "P30D")),
        ("watch.emergency_term", ("P30D", "P15D", "P7D")),
    ],
)
def test_what_is_usual_is_a_proposal_and_no_value(key, usual):
    value = shown(key, "2206")
    assert value.is_defined
    assert not value.is_set
    assert value.local_allowed
    assert value.usual == usual
    assert packaged_book().key(key).accepts(["P45D", "P1M"], None)
    assert not packaged_book().key(key).accepts(["45"], None)


def test_what_is_usual_must_be_of_the_keys_kind():
    with pytest.raises(ValueError, match="usual 与"):
        Key(title="预警", kind="list", of="period", usual=["soon"])
    with pytest.raises(ValueError, match="只有列表"):
        Key(title="预警", kind="period", of="period")
