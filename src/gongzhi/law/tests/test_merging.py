"""Modes, rank, statuses: each alone, in invented packs."""

from datetime import date
from fractions import Fraction

import pytest

from gongzhi.law.layers import Adopted
from gongzhi.law.schema import Status
from gongzhi.values.periods import Direction, Period, Roll, Unit
from gongzhi.values.refusals import NotFound, NotPossible

from .books import ON, book, pack, param, text

LAW = {"LAW": text(rank="law", title="某法")}


def cn(**params):
    return pack("CN", None, LAW, **params)


def city(status="in_force", rank="normative_document", **params):
    more = {"to": date(2025, 12, 31)} if status == "campaign" else {}
    return pack("9001", "90", {"CITY": text(status, rank, title="某市办法", **more)}, **params)


def test_the_nearest_text_replaces_the_one_above():
    law = book(
        cn(leave__within=param(60, "LAW 第1条", unit="D")),
        city(leave__within=param(30, "CITY 第2条", unit="D")),
    )
    value = law.value_of("leave.within", "900101", ON)
    assert (value.value, value.unit, value.inherited_from) == (30, "D", "9001")
    assert [c.as_json() for c in value.citations] == [{"instrument": "某市办法", "article": "第2条"}]
    assert law.value_of("leave.within", "90", ON).inherited_from == "CN"


def test_a_locked_value_is_kept_and_the_other_one_is_said():
    law = book(
        cn(vote__share=param("2/3", "LAW 第1条", "locked")), city(vote__share=param("1/2", "CITY 第2条"))
    )
    value = law.value_of("vote.share", "9001", ON)
    assert value.fraction == Fraction(2, 3)
    assert value.others == ("《某市办法》第2条：1/2",)
    assert "不许下级另定" in value.warnings[0]


@pytest.mark.parametrize(
    ("mode", "child", "kept"), [("floor", 5, 7), ("floor", 9, 9), ("ceiling", 9, 7), ("ceiling", 5, 5)]
)
def test_a_lower_text_may_only_be_stricter_than_a_bound(mode, child, kept):
    law = book(
        cn(notice__days=param(7, "LAW 第1条", mode, unit="D")),
        city(notice__days=param(child, "CITY 第2条", unit="D")),
    )
    assert law.value_of("notice.days", "9001", ON).value == kept


def test_a_text_of_higher_rank_may_lower_the_floor_of_a_lower_one():
    guide = pack(
        "CN", None, {"GUIDE": text(title="指导规则")}, notice__days=param(7, "GUIDE 第1条", "floor", unit="D")
    )
    law = book(guide, city(rank="local_regulation", notice__days=param(5, "CITY 第2条", unit="D")))
    assert law.value_of("notice.days", "9001", ON).value == 5


def test_a_bound_stays_a_bound_for_those_further_below():
    county = pack(
        "900101", "9001", {"CO": text(title="某县细则")}, notice__days=param(6, "CO 第1条", unit="D")
    )
    law = book(
        cn(notice__days=param(5, "LAW 第1条", "floor", unit="D")),
        city(notice__days=param(7, "CITY 第2条", unit="D")),
        county,
    )
    assert law.value_of("notice.days", "900101", ON).value == 7


def test_periods_of_other_units_are_never_compared_as_numbers():
    law = book(
        cn(notice__days=param(7, "LAW 第1条", "floor", unit="D")),
        city(notice__days=param(5, "CITY 第2条", unit="WD")),
    )
    value = law.value_of("notice.days", "9001", ON)
    assert (value.value, value.unit) == (5, "WD")
    assert value.others == ("《某法》第1条：7日",)
    assert "不能直接比较" in value.warnings[0]


def test_lists_unite_by_code_and_nothing_is_taken_away():
    above = [{"code": "drawings", "label": "图纸"}, {"code": "warranty", "label": "保修"}]
    below = [{"code": "drawings", "label": "竣工图"}, {"code": "register", "label": "名册"}]
    law = book(
        cn(papers__list=param(above, "LAW 第1条", "union")),
        city(papers__list=param(below, "CITY 第2条", "union")),
    )
    value = law.value_of("papers.list", "9001", ON)
    assert value.codes == ("drawings", "warranty", "register")
    assert value.value[0]["label"] == "竣工图"
    assert [c.instrument for c in value.citations] == ["某市办法", "某法"]


def test_a_fine_of_a_normative_document_is_not_taken():
    law = book(cn(fine__max=param(100, "LAW 第1条")), city(fine__max=param(200, "CITY 第2条")))
    value = law.value_of("fine.max", "9001", ON)
    assert value.value == 100
    assert "不得设定罚款" in value.warnings[0]
    regulation = city(rank="local_regulation", fine__max=param(200, "CITY 第2条"))
    assert (
        book(cn(fine__max=param(100, "LAW 第1条")), regulation).value_of("fine.max", "9001", ON).value == 200
    )


@pytest.mark.parametrize("status", ["draft", "undated", "stub", "expired", "campaign"])
def test_a_text_that_does_not_decide_is_passed_over(status):
    law = book(
        cn(leave__within=param(60, "LAW 第1条", unit="D")),
        city(status, leave__within=param(30, "CITY 第2条", unit="D")),
    )
    assert law.value_of("leave.within", "9001", ON).value == 60


@pytest.mark.parametrize("status", ["draft", "undated"])
def test_a_waiting_text_is_shown_with_its_status(status):
    law = book(
        cn(leave__within=param(60, "LAW 第1条", unit="D")),
        city(status, leave__within=param(30, "CITY 第2条", unit="D")),
    )
    value = law.value_of("leave.within", "9001", ON, deciding=False)
    assert (value.value, value.status) == (30, Status(status))
    assert status in value.flags


def test_a_waiting_text_is_named_beside_the_value_that_decides():
    law = book(
        cn(leave__within=param(60, "LAW 第1条", unit="D")),
        city("draft", leave__within=param(30, "CITY 第2条", unit="D")),
    )
    assert any("征求意见稿" in warning for warning in law.value_of("leave.within", "9001", ON).warnings)


def test_a_campaign_decides_while_it_runs_and_is_only_remembered_afterwards():
    law = book(
        cn(leave__within=param(60, "LAW 第1条", unit="D")),
        city("campaign", leave__within=param(30, "CITY 第2条", unit="D")),
    )
    assert law.value_of("leave.within", "9001", date(2025, 12, 31)).value == 30
    assert law.value_of("leave.within", "9001", date(2026, 1, 1)).value == 60
    shown = law.value_of("leave.within", "9001", date(2026, 1, 1), deciding=False)
    assert shown.value == 60
    assert "campaign_ended" in shown.flags
    assert shown.warnings == ("《某市办法》：专项行动已于2025-12-31结束，不再作为依据。",)


def test_an_adopted_text_decides_from_its_day_at_the_place_and_below():
    packs = (
        cn(leave__within=param(60, "LAW 第1条", unit="D")),
        city("undated", leave__within=param(30, "CITY 第2条", unit="D")),
    )
    law = book(*packs, adoptions=[Adopted("9001", "CITY", date(2026, 3, 2), "某建〔2026〕1号")])
    assert law.value_of("leave.within", "900101", date(2026, 3, 1)).value == 60
    adopted = law.value_of("leave.within", "900101", date(2026, 3, 2))
    assert (adopted.value, adopted.status, adopted.flags) == (30, Status.IN_FORCE, ())
    county_only = book(*packs, adoptions=[Adopted("900101", "CITY", date(2026, 3, 2), "某建〔2026〕1号")])
    assert county_only.value_of("leave.within", "900101", ON).value == 30
    assert county_only.value_of("leave.within", "9001", ON).value == 60


def test_a_text_is_not_there_before_its_day():
    late = pack(
        "9001",
        "90",
        {"CITY": text(title="某市办法", **{"from": date(2026, 4, 1)})},
        leave__within=param(30, "CITY 第2条", unit="D"),
    )
    law = book(cn(leave__within=param(60, "LAW 第1条", unit="D")), late)
    assert law.value_of("leave.within", "9001", date(2026, 3, 31), deciding=False).value == 60
    assert law.value_of("leave.within", "9001", date(2026, 4, 1)).value == 30


def test_undefined_is_not_required_and_null_must_be_set_locally():
    hole = {"value": None, "local": "allowed", "cites": ["CITY 第3条"], "evidence": "NOT-FOUND"}
    law = book(cn(), city(notice__days=hole))
    undefined = law.value_of("notice.days", "90", ON)
    assert (undefined.is_defined, undefined.is_set, undefined.status) == (False, False, Status.UNDEFINED)
    null = law.value_of("notice.days", "900101", ON)
    assert (null.is_defined, null.is_set) == (True, False)
    with pytest.raises(NotPossible, match="本地未设定") as refused:
        law.rule_of("notice.days", "900101", ON)
    assert str(refused.value.citations[0]) == "《某市办法》第3条"
    with pytest.raises(NotPossible, match="没有“公示期”"):
        law.rule_of("notice.days", "90", ON)
    assert [value.key for value in law.holes("900101", ON)] == ["notice.days"]


def test_a_period_without_a_number_asks_for_a_person():
    law = book(cn(leave__within=param("reasonable", "LAW 第1条", "contract_overridable")))
    value = law.value_of("leave.within", "9001", ON)
    assert value.is_set
    assert not value.is_counted
    with pytest.raises(NotPossible, match="写明理由"):
        law.rule_of("leave.within", "9001", ON)


def test_how_a_period_is_counted_follows_from_what_it_is():
    law = book(
        cn(
            leave__within=param(3, "LAW 第1条", unit="D"),
            notice__before=param(90, "LAW 第1条", unit="D"),
            notice__days=param(7, "LAW 第1条", unit="D", roll="none"),
        )
    )
    forward = law.rule_of("leave.within", "9001", ON)
    assert (forward.period, forward.roll, forward.count_first_day) == (
        Period(3, Unit.DAYS),
        Roll.NEXT_WORKDAY,
        False,
    )
    backward = law.rule_of("notice.before", "9001", ON)
    assert (backward.direction, backward.roll) == (Direction.BEFORE, Roll.NONE)
    assert law.rule_of("notice.days", "9001", ON).roll is Roll.NONE


def test_hours_never_roll():
    law = book(cn(leave__within=param(24, "LAW 第1条", unit="h")))
    assert law.rule_of("leave.within", "9001", ON).roll is Roll.NONE


def test_a_frequency_is_at_least_so_many_in_each_calendar_period():
    law = book(cn(meeting__frequency=param({"at_least": 1, "per": "quarter"}, "LAW 第1条")))
    assert law.value_of("meeting.frequency", "9001", ON).value == {"at_least": 1, "per": "quarter"}


def test_the_contract_prevails_only_where_the_law_lets_it():
    law = book(
        cn(
            leave__within=param(30, "LAW 第1条", "contract_overridable", unit="D"),
            notice__before=param(90, "LAW 第2条", unit="D"),
        )
    )
    terms = {"leave.within": "P15D", "notice.before": "P10D"}
    agreed = law.value_of("leave.within", "9001", ON, contract=terms)
    assert (agreed.value, agreed.unit, agreed.source) == (15, "D", "contract")
    assert agreed.others == ("合同没有约定时为30日",)
    assert law.value_of("notice.before", "9001", ON, contract=terms).value == 90
    assert law.value_of("leave.within", "9001", ON).value == 30


def test_a_missing_text_in_between_makes_what_is_inherited_unverified():
    stub = pack("90", "CN", {"REG": text("stub", "local_regulation", title="某省条例")})
    law = book(
        cn(leave__within=param(60, "LAW 第1条", unit="D"), vote__share=param("2/3", "LAW 第2条", "locked")),
        stub,
    )
    assert "inherited_unverified" in law.value_of("leave.within", "900101", ON).flags
    assert "inherited_unverified" not in law.value_of("vote.share", "900101", ON).flags
    assert "inherited_unverified" not in law.value_of("leave.within", "CN", ON).flags


def test_doubtful_evidence_is_said():
    law = book(cn(leave__within={**param(60, "LAW 第1条", unit="D"), "evidence": "GK"}))
    value = law.value_of("leave.within", "9001", ON)
    assert (value.evidence, value.flags) == ("GK", ("unverified",))


@pytest.mark.parametrize("written", ["9001", "900100", "CN-9001", "900100000", "900100000000", " 9001 "])
def test_a_code_may_be_written_with_trailing_zeros(written):
    assert book(cn()).place(written) == "9001"


def test_a_street_resolves_to_the_nearest_place_with_a_pack():
    law = book(cn(), city(leave__within=param(30, "CITY 第2条", unit="D")))
    assert law.value_of("leave.within", "900101001", ON).inherited_from == "9001"


def test_an_unknown_code_or_key_is_named_with_what_to_do():
    with pytest.raises(NotFound, match="没有代码为“8001”"):
        book(cn()).place("8001")
    with pytest.raises(NotFound, match=r"是否要查：notice\.days"):
        book(cn()).value_of("notice.dayz", "9001", ON)


def test_a_name_in_a_known_family_that_nobody_defines_is_not_required():
    assert not book(cn()).value_of("papers.exit.application.submit", "9001", ON).is_defined
