"""Divisions, adoptions and local values through the door."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from gongzhi.acts.door import SYSTEM, Actor
from gongzhi.acts.policies import POLICIES, Policy
from gongzhi.law import queries
from gongzhi.law.actions import adopt_instrument, load_divisions, set_local_value
from gongzhi.law.facts import AdoptInstrument, DivisionRow, LoadDivisions, SetLocalValue
from gongzhi.law.layers import Setting
from gongzhi.law.models import Jurisdiction, LawRevision, LocalSetting
from gongzhi.law.weighing import far_from
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible, RuleBroken

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
TODAY = AT.date()
KEY = "objection.reply_within"
SOMEBODY = Actor(account_id=UUID(int=1))


@pytest.fixture(autouse=True)
def _everyone_may(monkeypatch):
    for name in ("system_administrator", "authority_over_jurisdiction"):
        monkeypatch.setitem(POLICIES, name, Policy("测试", lambda **_: None))


@pytest.fixture
def divisions():
    load_divisions(by=SYSTEM, at=AT, facts=LoadDivisions())


def local(key=KEY, value="P5WD", set_on=TODAY, at=AT, place="220600", **more):
    facts = SetLocalValue(
        jurisdiction=place,
        key=key,
        value=value,
        authority="某市住建局",
        instrument="某建〔2026〕3号",
        set_on=set_on,
        **more,
    )
    return set_local_value(by=SYSTEM, at=at, facts=facts)


def adopt(instrument="BS", place="2206", adopted_on=TODAY):
    facts = AdoptInstrument(
        jurisdiction=place,
        instrument=instrument,
        number="某建〔2026〕1号",
        adopted_on=adopted_on,
        authority="某市住建局",
    )
    return adopt_instrument(by=SYSTEM, at=AT, facts=facts)


def test_the_packaged_divisions_are_taken_in_once(divisions):
    assert Jurisdiction.objects.count() == 1881
    assert Jurisdiction.objects.get(pk="220602").parent_id == "2206"
    again = load_divisions(by=SYSTEM, at=AT, facts=LoadDivisions())
    assert again.value == {"created": 0, "changed": 0}


def test_a_division_that_changed_its_name_is_renamed(divisions):
    row = DivisionRow(code="220602", parent="2206", level="county", name="浑江新区")
    assert load_divisions(by=SYSTEM, at=AT, facts=LoadDivisions(rows=(row,))).value == {
        "created": 0,
        "changed": 1,
    }
    assert Jurisdiction.objects.get(pk="220602").name == "浑江新区"


@pytest.mark.parametrize(
    "rows",
    [
        [("999901", "9999", "county")],
        [("220699", "2206", "county"), ("220699", "2206", "county")],
        [("220699", "220602", "city")],
        [("98", "22", "province")],
    ],
)
def test_one_wrong_row_and_nothing_is_written(divisions, rows):
    facts = LoadDivisions(
        rows=(
            DivisionRow(code="220698", parent="2206", level="county", name="好县"),
            *(
                DivisionRow(code=code, parent=parent, level=level, name="坏县")
                for code, parent, level in rows
            ),
        )
    )
    with pytest.raises(Invalid, match="没有导入任何一行"):
        load_divisions(by=SYSTEM, at=AT, facts=facts)
    assert Jurisdiction.objects.count() == 1881


def test_who_may_not_is_refused_at_the_door(divisions, monkeypatch):
    def nobody(**_):
        raise NotAllowed("您无权办理，应由本级主管部门办理。")

    monkeypatch.setitem(POLICIES, "authority_over_jurisdiction", Policy("测试", nobody))
    with pytest.raises(NotAllowed):
        local()
    assert not LocalSetting.objects.exists()


def test_adopting_the_text_makes_it_decide_at_once(divisions):
    assert not queries.value_of("notice.exit_days", "220602", TODAY).is_defined
    adopt()
    assert queries.value_of("notice.exit_days", "220602", TODAY).value == 7
    assert not queries.value_of("notice.exit_days", "220602", TODAY - timedelta(days=1)).is_defined


def test_a_text_recorded_late_does_not_reach_back_to_cases_opened_before(divisions):
    """The text says it holds since 1 February; it is recorded on 2 March."""
    opened_on = date(2026, 2, 20)
    assert queries.value_of("exit.leave_within", "220602", opened_on).value == "reasonable"
    answer = adopt(adopted_on=date(2026, 2, 1)).value
    assert answer["decides_from"] == "2026-03-02"
    assert queries.value_of("exit.leave_within", "220602", opened_on).value == "reasonable"
    assert not queries.value_of("notice.exit_days", "220602", opened_on).is_defined
    assert queries.value_of("exit.leave_within", "220602", TODAY).value == 30
    shown = queries.value_of("notice.exit_days", "220602", opened_on, deciding=False)
    assert (shown.value, shown.status) == (7, "undated")


@pytest.mark.parametrize(
    ("instrument", "place", "adopted_on", "refusal"),
    [
        ("CIVIL", "2206", TODAY, NotPossible),
        ("NONE", "2206", TODAY, NotFound),
        ("BS", "330681", TODAY, NotPossible),
        ("BS", "22", TODAY, NotPossible),
        ("BS", "2206", TODAY + timedelta(days=1), NotPossible),
        ("BS", "999999", TODAY, NotFound),
    ],
)
def test_only_a_waiting_text_of_the_place_is_adopted_from_its_day(
    divisions, instrument, place, adopted_on, refusal
):
    with pytest.raises(refusal):
        adopt(instrument, place, adopted_on)


def test_a_text_is_adopted_once(divisions):
    adopt()
    with pytest.raises(NotPossible, match="已经采用"):
        adopt()


def test_a_hole_is_filled_and_seen_at_once(divisions):
    adopt()
    assert not queries.value_of(KEY, "220602", TODAY).is_set
    assert local().value["words"] == "5个工作日"
    value = queries.value_of(KEY, "220602", TODAY)
    assert (value.value, value.unit, value.source) == (5, "WD", "local")
    assert "某市住建局" in value.note


def test_a_number_with_its_unit_is_read_too(divisions):
    local(value=10, unit="D")
    value = queries.value_of(KEY, "2206", TODAY, deciding=False)
    assert (value.value, value.unit) == (10, "D")


def test_a_change_takes_effect_tomorrow_at_the_earliest(divisions):
    local()
    with pytest.raises(NotPossible, match="明天"):
        local(value="P7WD")
    tomorrow = TODAY + timedelta(days=1)
    local(value="P7WD", set_on=tomorrow)
    assert queries.value_of(KEY, "2206", TODAY, deciding=False).value == 5
    assert queries.value_of(KEY, "2206", tomorrow, deciding=False).value == 7


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"value": "five days"}, Invalid),
        ({"value": 5, "unit": "W"}, Invalid),
        ({"value": None}, Invalid),
        ({"value": "P0D"}, Invalid),
        ({"key": "objection.reply"}, NotFound),
        ({"key": "notice.exit_days", "value": "P9D"}, RuleBroken),
        ({"key": "vote.participation", "value": "1/2"}, RuleBroken),
        ({"place": "330681"}, NotPossible),
        ({"set_on": TODAY + timedelta(days=30)}, NotPossible),
    ],
)
def test_a_wrong_setting_is_refused_and_changes_nothing(divisions, given, refusal):
    with pytest.raises(refusal):
        local(**given)
    assert not LocalSetting.objects.exists()


def test_before_divisions_are_loaded_a_place_cannot_be_set():
    with pytest.raises(NotFound, match="先导入行政区划"):
        local()


def test_a_value_not_yet_in_force_is_put_right_and_both_stay_recorded(divisions):
    local()
    later = TODAY + timedelta(days=1)
    local(value="P10WD", set_on=later)
    local(value="P8WD", set_on=later, at=AT + timedelta(minutes=1))
    found = [queries.value_of(KEY, "2206", day, deciding=False).value for day in (TODAY, later)]
    assert found == [5, 8]
    assert [row.value for row in LocalSetting.objects.filter(set_on=later).order_by("at")] == [10, 8]


def test_settings_are_written_once(divisions):
    local()
    for change in (lambda: LocalSetting.objects.update(value=1), lambda: LocalSetting.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_book_is_the_same_until_something_changes(divisions, django_assert_num_queries):
    first = queries.book()
    with django_assert_num_queries(1):
        assert queries.book() is first
    local()
    assert queries.book() is not first


def test_inside_a_pin_asking_costs_no_query_and_a_change_is_still_seen(divisions, django_assert_num_queries):
    with queries.pinned() as pinned:
        with django_assert_num_queries(0):
            assert queries.value_of("vote.participation", "2206", TODAY).value == "2/3"
            assert queries.book() is pinned
        local()
        assert queries.value_of(KEY, "2206", TODAY, deciding=False).value == 5


def test_a_revision_that_was_just_read_is_not_asked_for_again(divisions, django_assert_num_queries):
    first, read = queries.book(), LawRevision.objects.get().token
    with django_assert_num_queries(0), queries.pinned(read) as pinned:
        assert pinned is first
    local()
    with queries.pinned(LawRevision.objects.get().token) as pinned:
        assert pinned is not first
        with queries.pinned(read) as inner:  # whoever asks within has the law of who asks around it
            assert inner is pinned
    assert queries.book() is pinned


def test_a_setting_that_is_rolled_back_is_forgotten(divisions):
    with transaction.atomic():
        local()
        assert queries.value_of(KEY, "2206", TODAY, deciding=False).is_set
        transaction.set_rollback(True)
    assert not queries.value_of(KEY, "2206", TODAY, deciding=False).is_set


def test_a_new_street_resolves_through_its_stored_parent(divisions):
    row = DivisionRow(code="220602099", parent="220602", level="street", name="试点街道")
    load_divisions(by=SYSTEM, at=AT, facts=LoadDivisions(rows=(row,)))
    assert (
        queries.value_of("notice.exit_days", "220602099", date(2026, 3, 2), deciding=False).inherited_from
        == "2206"
    )


@pytest.mark.parametrize(("value", "unit"), [(999999999, "D"), ("P99999D", ""), ("P99Y", "")])
def test_a_slip_of_the_keyboard_does_not_become_the_law_of_a_place(divisions, value, unit):
    with pytest.raises(Invalid, match="太长，不像是办事的期限"):
        local(value=value, unit=unit)
    assert not LocalSetting.objects.exists()


def test_nor_does_one_in_a_list_of_periods(divisions):
    with pytest.raises(Invalid, match="99999年太长，不像是办事的期限"):
        local(key="watch.notice", value=["P30D", "P99999Y"])
    assert not LocalSetting.objects.exists()


def test_a_point_of_a_list_of_periods_is_there_once(divisions):
    with pytest.raises(Invalid, match="30日写了不止一次"):
        local(key="watch.notice", value=["P30D", "P30D"])
    assert not LocalSetting.objects.exists()


@pytest.mark.parametrize("authority", ["张三", "无", "none", "某某"])
def test_who_is_no_body_sets_and_adopts_nothing(divisions, authority):
    facts = SetLocalValue(
        jurisdiction="2206",
        key=KEY,
        value="P5WD",
        authority=authority,
        instrument="某建〔2026〕3号",
        set_on=TODAY,
    )
    with pytest.raises(Invalid, match="不是单位名称"):
        set_local_value(by=SOMEBODY, at=AT, facts=facts)
    text = AdoptInstrument(
        jurisdiction="2206", instrument="BS", number="某建〔2026〕1号", adopted_on=TODAY, authority=authority
    )
    with pytest.raises(Invalid, match="不是单位名称"):
        adopt_instrument(by=SOMEBODY, at=AT, facts=text)
    assert not LocalSetting.objects.exists()


@pytest.mark.parametrize("setters", [["某区住建局", "某市住建局"], []])
def test_only_who_may_set_for_the_place_is_named_as_setting(divisions, monkeypatch, setters):
    asked = []
    monkeypatch.setattr("gongzhi.law.sources._setters", lambda code: asked.append(code) or setters)
    facts = SetLocalValue(
        jurisdiction="220602",
        key=KEY,
        value="P5WD",
        authority="某区民政局",
        instrument="某建〔2026〕3号",
        set_on=TODAY,
    )
    with pytest.raises(
        Invalid, match=r"不能为浑江区设定，请由浑江区或者上级的物业主管部门、人民政府设定"
    ) as no:
        set_local_value(by=SOMEBODY, at=AT, facts=facts)
    assert set(no.value.fields) == {"authority"}
    assert ("、".join(setters) or "请先登记单位") in no.value.sentence
    assert not LocalSetting.objects.exists()
    if setters:
        set_local_value(by=SOMEBODY, at=AT, facts=facts.model_copy(update={"authority": setters[0]}))
        assert LocalSetting.objects.count() == 1
    assert set(asked) == {"220602"}


@pytest.mark.parametrize("paper", ["无", "none", "暂无文件", "（无）", "3号", "通知文件", "----------"])
def test_what_is_no_paper_sets_and_adopts_nothing(divisions, monkeypatch, paper):
    monkeypatch.setattr("gongzhi.law.sources._setters", lambda code: ["某市住建局"])
    facts = SetLocalValue(
        jurisdiction="2206", key=KEY, value="P5WD", authority="某市住建局", instrument=paper, set_on=TODAY
    )
    with pytest.raises(Invalid, match="不是文件名称或者文号"):
        set_local_value(by=SOMEBODY, at=AT, facts=facts)
    text = AdoptInstrument(
        jurisdiction="2206", instrument="BS", number=paper, adopted_on=TODAY, authority="某市住建局"
    )
    with pytest.raises(Invalid, match="不是文件名称或者文号"):
        adopt_instrument(by=SOMEBODY, at=AT, facts=text)


def test_a_value_far_from_what_is_known_is_told_with_its_factor(divisions):
    local()
    made = Setting("2206", KEY, 999, "D", TODAY + timedelta(days=1), "某市住建局")
    assert far_from(queries.book(), made, TODAY) == ("现在的值（5个工作日）的143倍",)
    assert far_from(queries.book(), replace(made, value=10), TODAY) == ()
    hole = Setting("2206", "exit.filing_within", 999, "D", TODAY, "某市住建局")
    assert far_from(queries.book(), hole, TODAY)
    assert far_from(queries.book(), replace(hole, value=5, unit="WD"), TODAY) == ()


def test_what_was_set_for_a_later_day_is_known_today(divisions):
    local()
    local(value="P9D", set_on=TODAY + timedelta(days=3))
    (later,) = queries.book().settings_to_come(KEY, "220602", TODAY)
    assert (later.value, later.unit) == (9, "D")
    assert queries.book().settings_to_come(KEY, "220602", TODAY + timedelta(days=3)) == []
    assert queries.book().settings_to_come(KEY, "330681", TODAY) == []
