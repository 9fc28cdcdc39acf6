"""The fifty keys by which places differ, at all five places of the sources: typed from the texts, not from the packs.

A row: key, kind, and for each place what holds there. `NOTHING`: nobody up the chain defines it. `hole`: the text
leaves it open and the place must set it. Lists are given by the codes of their items, in order.
"""

from datetime import date
from typing import Any, NamedTuple

import pytest

from gongzhi.law.schema import Kind
from gongzhi.law.shipped import packaged_book
from gongzhi.law.value import code_of, frozen

ON = date(2026, 3, 2)
#: 阳城's campaign ran from May to October 2024.
WHILE_IT_RAN = date(2024, 8, 1)

JILIN, BAISHAN, SHUANGLIAO, ZHUJI, YANGCHENG = PLACES = ("22", "2206", "220382", "330681", "140522")
TITLES = {
    "CIVIL": "中华人民共和国民法典",
    "REG": "物业管理条例",
    "FUND": "住宅专项维修资金管理办法",
    "GUIDE": "业主大会和业主委员会指导规则",
    "INSPECT": "物业承接查验办法",
    "ZHEJIANG": "浙江省物业管理条例",
    "SHAOXING": "绍兴市物业管理条例",
    "JL": "关于加强无物业小区管理的指导意见",
    "BS": "白山市物业服务人退出及应急服务管理办法",
    "SL": "双辽市物业行业整治工作方案",
    "ZJ": "关于进一步加强住宅小区物业管理工作的实施意见（试行）",
    "YC": "整治物业服务不履约不到位、侵占业主利益等问题和建立完善物业企业退出机制专项行动方案",
}


class Said(NamedTuple):
    """A value with its unit and the text and article it stands in."""

    value: Any
    unit: str | None
    cite: str


NOTHING = None


def hole(cite: str = "") -> Said:
    """Required, and left open."""
    return Said(None, None, cite)


def days(number: int, cite: str) -> Said:
    return Said(number, "D", cite)


def everywhere(said: Said | None, **but: Said | None) -> dict[str, Said | None]:
    """The same at all five, but for those named by their province's first letters."""
    names = {
        "jilin": JILIN,
        "baishan": BAISHAN,
        "shuangliao": SHUANGLIAO,
        "zhuji": ZHUJI,
        "yangcheng": YANGCHENG,
    }
    return {**dict.fromkeys(PLACES, said), **{names[name]: one for name, one in but.items()}}


def only(**said: Said | None) -> dict[str, Said | None]:
    return everywhere(NOTHING, **said)


VOTE = {
    "measures": ("exclusive_area", "heads"),
    "participation": {"fraction": "2/3", "comparator": ">=", "of": "total"},
    "ordinary": {"fraction": "1/2", "comparator": ">", "of": "participating"},
    "special": {
        "fraction": "3/4",
        "comparator": ">=",
        "of": "participating",
        "matters": ("raise_fund", "rebuild", "common_parts"),
    },
}
FINE = {"person": {"min": 1000, "max": 10000}, "unit": {"min": 50000, "max": 200000}}
DOCUMENTS = ("drawings", "technical", "warranty", "other")
SANCTIONS = ("order", "circular", "fine", "no_fee_after_end", "damages")
REVENUE = ("maintenance_fund", "assembly_decision")

TABLE: list[tuple[int, str, str, dict[str, Said | None]]] = [
    (1, "exit.provider_notice_before", "period", everywhere(days(90, "CIVIL 第947条"), zhuji=days(90, "ZJ 第7项"))),
    (2, "exit.provider_early_exit_notice_before", "period", only(baishan=days(90, "BS 第12条"))),
    (3, "dismissal.owner_notice_before", "period", everywhere(
        days(60, "CIVIL 第946条"), zhuji=days(60, "SHAOXING 第34条"))),
    (4, "exit.decision_meeting_before_expiry", "period", only(zhuji=days(90, "SHAOXING 第34条"))),
    (5, "exit.leave_within", "period", everywhere(
        Said("reasonable", None, "CIVIL 第949条"),
        baishan=days(30, "BS 第20条第1款"), yangcheng=Said("reasonable", None, "YC 三（一）"))),
    (6, "exit.leave_after_confirmation", "period", only(baishan=days(3, "BS 第20条第2款"))),
    (7, "notice.vote_result_days", "period", everywhere(
        hole(), baishan=days(7, "BS 第11条"), zhuji=Said(5, "WD", "SHAOXING 第9条"))),
    (8, "notice.exit_days", "period", only(baishan=days(7, "BS 第12条"))),
    (9, "notice.settlement_report_days", "period", only(baishan=days(7, "BS 第15条"))),
    (9, "notice.apportionment_days", "period", only(baishan=days(7, "BS 第13条第2项"))),
    (10, "settlement.third_party_required", "flag", only(baishan=Said(True, None, "BS 第13条"))),
    (11, "settlement.refund_within", "period", only(baishan=days(15, "BS 第15条"))),
    (12, "handover.documents", "list", everywhere(
        Said(DOCUMENTS, None, "REG 第29条"),
        baishan=Said((*DOCUMENTS, "owner_register", "premises_ledgers", "money_vouchers", "utility_agreements"), None,
                     "BS 第17条"),
        zhuji=Said((*DOCUMENTS, "facility_list", "owner_register"), None, "ZHEJIANG 第25条"))),
    (13, "handover.confirmation_doc", "choice", only(
        baishan=Said("物业项目交接确认书", None, "BS 第19条"),
        zhuji=Said("电梯、消防、监控等设施设备共同确认书", None, "SHAOXING 第35条"))),
    (14, "handover.inspection_deadline", "period", everywhere(
        days(15, "INSPECT 第10条"), zhuji=days(15, "ZJ 第17项"))),
    (15, "emergency.designate_within", "period", only(baishan=Said(24, "h", "BS 第23条"))),
    (16, "emergency.inspect_within", "period", only(baishan=days(10, "BS 第30条第2款"))),
    (17, "emergency.transition_within", "period", only(baishan=days(30, "BS 第32条"))),
    (18, "emergency.max_duration", "period", only(baishan=hole("BS 第27条"))),
    (19, "emergency.provider_source", "list", only(
        baishan=Said(("subdistrict_reserve", "market_company", "public_welfare_posts", "volunteers"), None,
                     "BS 第22条"),
        shuangliao=Said(("subdistrict_team", "state_company"), None, "SL 二（七）"))),
    (20, "emergency.fee_order", "list", only(
        baishan=Said(("public_revenue", "owners_by_building_area"), None, "BS 第29条第1项"))),
    (21, "credit.ban_new_projects", "period", only(shuangliao=Said(1, "Y", "SL 二（三）"))),
    (22, "credit.ban_awards", "period", only(baishan=Said(1, "Y", "BS 第35条第2项"))),
    (23, "credit.negative_publish", "period", only(baishan=Said(2, "Y", "BS 第35条第1项"))),
    (24, "credit.scheme", "list", {
        JILIN: Said(("joint_mechanism", "red_black_list"), None, "JL 七（三）"),
        BAISHAN: Said(("joint_mechanism", "red_black_list", "service_quality_grade", "provincial_blacklist",
                       "city_blacklist", "leader_file"), None, "BS 第10条第1项"),
        SHUANGLIAO: Said(("joint_mechanism", "red_black_list", "credit_grade"), None, "SL 二（三）"),
        ZHUJI: Said(("joint_mechanism", "credit_points", "credit_grade"), None, "ZJ 第10项"),
        YANGCHENG: Said(("joint_mechanism",), None, "REG 第32条")}),
    (25, "forced_exit.penalty_count", "number", only(baishan=Said(3, "次", "BS 第10条第3项"))),
    (26, "provider.filing", "record", only(
        shuangliao=Said({"authority": "subdistrict", "moment": "after_business_licence", "blocking": False}, None,
                        "SL 二（三）"),
        zhuji=Said({"authority": "county", "moment": "before_service", "blocking": True}, None, "ZJ 第7项"))),
    (27, "contract.filing_within", "period", only(zhuji=days(30, "SHAOXING 第30条"))),
    (28, "contract.term_limit", "choice", only(zhuji=Said("committee_term", None, "ZJ 第9项"))),
    (29, "deposit.performance", "record", only(zhuji=Said(
        {"min_rate": "5/100", "base": "annual_receivable_fee",
         "min_required": "min(5% × annual_receivable_fee, 300000)", "min_cap": 300000, "max_total": 300000},
        "CNY", "ZJ 第9项"))),
    (30, "assembly.first_meeting_trigger", "list", everywhere(
        Said(("delivered_area",), None, "GUIDE 第8条"),
        zhuji=Said(("sold_delivered_area", "two_years"), None, "ZHEJIANG 第8条"))),
    (31, "assembly.vote", "record", everywhere(Said(VOTE, None, "CIVIL 第278条"))),
    (32, "assembly.notice_before", "period", everywhere(days(15, "REG 第14条"), zhuji=days(15, "ZHEJIANG 第8条"))),
    (33, "committee.size", "record", everywhere(
        Said({"min": 5, "max": 11, "odd": True}, None, "GUIDE 第31条"),
        zhuji=Said({"min": 5, "max": 11, "odd": True}, None, "SHAOXING 第18条"))),
    (33, "committee.term", "record", everywhere(
        Said({"max_years": 5}, None, "GUIDE 第32条"),
        zhuji=Said({"min_years": 3, "max_years": 5}, None, "SHAOXING 第24条"))),
    (34, "committee.reelection_before", "period", everywhere(
        Said(3, "M", "GUIDE 第47条"), zhuji=days(60, "SHAOXING 第24条"))),
    (35, "committee.agenda_notice", "period", everywhere(
        days(7, "GUIDE 第37条至第41条"), zhuji=days(3, "ZHEJIANG 第14条"))),
    (36, "committee.member_suspend", "record", only(shuangliao=Said(
        {"by": "subdistrict", "ground": "negative_list", "bound": "may", "then": "special_assembly"}, None,
        "SL 二（四）"))),
    (37, "committee.fallback", "record", only(
        baishan=Said({"body": "community", "bound": "shall", "when": "no_assembly_or_committee",
                      "matters": ("settlement", "handover", "notices")}, None, "BS 第7条第2项"),
        shuangliao=Said({"body": "subdistrict", "bound": "shall", "when": "substandard", "then": "re_elect"}, None,
                        "SL 任务清单第10项"),
        zhuji=Said({"body": "interim_management_committee", "bound": "shall", "when": "assembly_without_committee",
                    "until": "committee_elected"}, None, "ZJ 第12项"),
        yangcheng=Said({"body": "interim_management_committee", "bound": "named"}, None, "YC 三（一）"))),
    (38, "fund.emergency_reserve", "record", only(
        zhuji=Said({"share": "5/100", "of": "首期维修资金", "at_once": "1/2"}, None, "SHAOXING 第51条"))),
    (39, "fund.topup_below", "fraction", everywhere(Said("3/10", None, "FUND 第17条"))),
    (40, "fund.bank_selection", "choice", everywhere(
        Said("one_commercial_bank", None, "FUND 第10条至第11条"), shuangliao=Said("tender", None, "SL 二（一）"))),
    (41, "revenue.publish_frequency", "frequency", everywhere(
        hole("CIVIL 第943条"), zhuji=Said({"at_least": 1, "per": "year"}, None, "ZJ 第15项"))),
    (42, "revenue.use", "list", everywhere(
        Said(REVENUE, None, "REG 第54条"),
        baishan=Said((*REVENUE, "settlement_cost", "emergency_fee"), None, "BS 第13条第1项"),
        zhuji=Said((*REVENUE, "committee_staff"), None, "ZJ 第14项"),
        yangcheng=Said((*REVENUE, "contract_or_assembly"), None, "YC 三（二）"))),
    (43, "revenue.misuse_fine", "record", everywhere(
        Said(FINE, "CNY", "REG 第63条"), zhuji=Said(FINE, "CNY", "SHAOXING 第53条至第57条"))),
    (44, "handover.refusal_sanction", "list", everywhere(
        Said(SANCTIONS, None, "REG 第58条"),
        baishan=Said((*SANCTIONS, "penalty_by_law", "credit_entry"), None, "BS 第34条"),
        zhuji=Said((*SANCTIONS, "refund_overdue_fee", "penalty_by_law", "credit_entry"), None, "ZJ 第7项"),
        yangcheng=Said((*SANCTIONS, "lawsuit", "court_enforcement", "dishonest_list"), None, "YC 四（二）"))),
    (45, "joint_meeting.frequency", "frequency", only(
        jilin=Said({"at_least": 1, "per": "quarter"}, None, "JL 七（一）"),
        baishan=Said({"at_least": 1, "per": "quarter"}, None, "JL 七（一）"),
        shuangliao=Said({"at_least": 1, "per": "quarter"}, None, "JL 七（一）"))),
    (46, "tenure.free_trial", "record", only(
        **dict.fromkeys(("jilin", "baishan", "shuangliao"), Said(
            {"free": "P1M", "trial_min": "P3M", "trial_max": "P6M", "form": "先尝后买"}, None, "JL 三（六）")))),
    (47, "platform.coverage_target", "record", only(
        shuangliao=Said({"share": "1/2", "comparator": ">=", "by": "2024年12月"}, None, "SL 任务清单第6项"))),
    (48, "mediation.levels", "list", only(
        baishan=Said(("community", "subdistrict"), None, "BS 第6条第1项"),
        shuangliao=Said(("dispute_team",), None, "SL 二（六）"),
        zhuji=Said(("community", "subdistrict", "city"), None, "ZJ 第2项"))),
    (49, "wall_posting", "list", only(
        baishan=Said(("wall",), None, "BS 第7条第4项"),
        shuangliao=Said(("wall", "platform"), None, "SL 任务清单第19项"),
        zhuji=Said(("wall", "platform", "group", "web"), None, "ZJ 第8项"),
        yangcheng=Said(("wall",), None, "YC 三（二）"))),
    (50, "status", "choice", {
        JILIN: Said("in_force", None, "JL"), BAISHAN: Said("undated", None, "BS 第40条"),
        SHUANGLIAO: Said("draft", None, "SL"), ZHUJI: Said("draft", None, "ZJ"),
        YANGCHENG: Said("campaign", None, "YC")}),
]  # fmt: skip
CASES = [(key, at, said) for _, key, _, places in TABLE for at, said in places.items()]


def test_all_fifty_rows_stand_here_with_every_place():
    assert sorted({number for number, *_ in TABLE}) == list(range(1, 51))
    assert all(tuple(places) == PLACES for *_, places in TABLE)


@pytest.mark.parametrize(("key", "kind"), [(key, kind) for _, key, kind, _ in TABLE])
def test_the_key_is_of_its_kind(key, kind):
    assert packaged_book().keys[key].kind is Kind(kind)


@pytest.mark.proves(
    "SL-002 SL-014 SL-106 SL-119 ZJ-015 ZJ-021 ZJ-025 ZJ-034 ZJ-042 JL-010 YC-007 YC-009 YC-010"
)
@pytest.mark.parametrize(("key", "at", "said"), CASES, ids=[f"{key}@{at}" for key, at, _ in CASES])
def test_each_key_says_there_what_its_text_says(key, at, said):
    found = packaged_book().value_of(key, at, WHILE_IT_RAN if at == YANGCHENG else ON, deciding=False)
    if said is NOTHING:
        assert not found.is_defined
        return
    assert (plain(found.value), found.unit) == (said.value, said.unit)
    if said.value is None:
        assert found.is_defined
        assert found.local_allowed
    if said.cite:
        instrument, _, article = said.cite.partition(" ")
        first = found.citations[0]
        assert (first.instrument, first.article) == (TITLES[instrument], article)


def plain(value: Any) -> Any:
    """Lists of items by their codes, everything else as it is."""
    if isinstance(value, tuple):
        return tuple(code_of(item) for item in value)
    return frozen(value)
