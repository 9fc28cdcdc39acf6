"""The demonstration cities: all that is to be seen is there, nothing is broken, and nobody in it is real."""

import json
from collections import Counter
from datetime import datetime

import pytest
from django.db import transaction

from gongzhi.accounts.actions import authenticate_token
from gongzhi.accounts.models import Account
from gongzhi.config import demonstration
from gongzhi.config.upkeep import checks
from gongzhi.exits.conduct_queries import exit_proposals
from gongzhi.exits.models import AdvanceOffset, Claim, CommunityAdvance, Holdout, OneSidedInventory
from gongzhi.law import queries as law
from gongzhi.law.models import Jurisdiction
from gongzhi.notices.models import Notice, Objection
from gongzhi.procedures.documents import papers_made
from gongzhi.procedures.models import Case, CaseAct, Clock, Item, Mark, Suspension, Task
from gongzhi.procedures.readview import StillView
from gongzhi.registry.models import (
    Appointment,
    Estate,
    Mode,
    Organisation,
    OrganisationKind,
    Ownership,
    Person,
    Post,
    ServiceContract,
    Unit,
    UnitUse,
)
from gongzhi.registry.personal import read_number
from gongzhi.registry.queries import CommitteeState, committee_state, manager_at
from gongzhi.registry.seeds.plan import COUNTIES, ESTATES, estate_plans
from gongzhi.registry.seeds.units import layout_of
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import date_words

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demonstration")]
#: Saturday; whoever applied in the last ninety days is due in a year whose holidays nobody knows yet.
AT = datetime(2026, 11, 21, 10, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def cities(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cities with few units an estate, built once and taken back at the end."""
    from django.test import override_settings

    data = tmp_path_factory.mktemp("demonstration")
    folders = override_settings(DATA=data, FILES_ROOT=data / "files")
    with django_db_blocker.unblock(), folders, transaction.atomic():
        demonstration.build(at=AT, small=True)
        yield data
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _built(cities):
    """Every test reads the same cities."""


def test_orders_of_the_demonstration_name_where_and_how_long_one_may_appeal():
    drafts = CaseAct.objects.filter(name="draft", facts__has_key="remedy")
    assert drafts.exists()
    for said in drafts:
        remedy = said.facts["remedy"]
        for words in ("人民政府申请行政复议", "人民法院提起行政诉讼", "60日内", "6个月内"):
            assert words in remedy


# How large ----------------------------------------------------------------------------------------------------------


def test_the_usual_size_is_that_of_a_pilot():
    plans = list(estate_plans(None))
    assert len(plans) >= 24
    assert sum(layout_of(number).units for number, _ in enumerate(plans)) >= 6000
    assert Organisation.objects.count() >= 40


def test_it_can_be_made_larger():
    plans = list(estate_plans(200))
    assert len(plans) == len({plan.key for plan in plans}) == 200
    names = [(plan.county, plan.community, plan.name) for plan in plans]
    assert len(set(names)) == 200


def test_it_stands_in_the_four_pilot_areas_on_real_divisions():
    assert Jurisdiction.objects.count() == 1881
    counties = set(Estate.objects.values_list("county", flat=True))
    assert {"220602", "220605", "220621", "220681", "330681", "220382", "140522"} == counties


# Who and what -------------------------------------------------------------------------------------------------------


def test_every_kind_of_body_and_every_post_is_there():
    assert set(Organisation.objects.values_list("kind", flat=True)) == set(OrganisationKind)
    assert set(Appointment.objects.values_list("post", flat=True)) == set(Post)


def test_nobody_is_real():
    assert [person.name for person in Person.objects.all() if not person.name.startswith("示例")] == []
    assert [name for name in Organisation.objects.values_list("name", flat=True) if "示例" not in name] == []
    assert [name for name in Estate.objects.values_list("name", flat=True) if "示例" not in name] == []
    numbers = [(read_number(one, "id_number"), read_number(one, "phone")) for one in Person.objects.all()]
    assert {(number[:6], phone[:7]) for number, phone in numbers} == {("999999", "1390000")}


def test_both_areas_of_every_unit_have_source_and_date_but_for_one_estate():
    assert not Unit.objects.filter(exclusive_area=None).exists()
    unknown = Unit.objects.filter(building_area=None)
    assert set(unknown.values_list("estate__name", flat=True)) == {"示例铁路新村"}
    assert set(Unit.objects.values_list("use", flat=True)) == set(UnitUse)


def test_units_are_unsold_shared_and_several_of_one_hand():
    unsold = Unit.objects.filter(is_sold=False)
    assert unsold.exists()
    kinds = Ownership.objects.filter(unit__in=unsold).values_list("organisation__kind", flat=True)
    assert set(kinds) == {OrganisationKind.DEVELOPER}
    assert Ownership.objects.filter(denominator=2).exists()
    held = Counter(Ownership.objects.values_list("person_id", "estate_id"))
    assert max(held.values()) > 1


def test_a_committee_is_found_in_every_state():
    states = {committee_state(estate, AT.date()) for estate in Estate.objects.all()}
    assert states == set(CommitteeState)


def test_an_estate_is_managed_in_every_way():
    managers = [manager_at(estate, AT) for estate in Estate.objects.all()]
    assert {row.mode for row in managers} == set(Mode)
    kinds = set(ServiceContract.objects.values_list("kind", flat=True))
    assert kinds == {"preliminary", "service", "emergency"}
    going_on = ServiceContract.objects.filter(ends_on__lt=AT.date(), engagements=None)
    assert going_on.exists()


# The law ------------------------------------------------------------------------------------------------------------


def test_the_city_adopted_its_text_and_elsewhere_drafts_stay_drafts():
    assert law.value_of("exit.provider_early_exit_notice_before", "220602", AT.date()).is_set
    draft = law.value_of("provider.filing", "330681", AT.date(), deciding=False)
    assert draft.status == "draft"
    assert not law.value_of("provider.filing", "330681", AT.date()).is_set


def test_one_county_set_what_its_neighbour_left_open():
    assert law.value_of("notice.advance_plan_days", "220602", AT.date()).is_set
    assert not law.value_of("notice.advance_plan_days", "220681", AT.date()).is_set
    notice = Notice.objects.get(estate__name="示例望江名邸", title__contains="垫付")
    assert (notice.until_on, notice.working) == (None, ["本地未设定公示期限"])


# Cases --------------------------------------------------------------------------------------------------------------


def exit_of(name: str) -> Case:
    """The exit at an estate."""
    return Case.objects.get(estate__name=f"示例{name}", procedure="exit")


def open_paths(name: str) -> set[str]:
    """The open tasks of an estate's exit and its children, without those that hold nothing up."""
    rows = Task.objects.filter(case__root=exit_of(name), open=True, holds=True)
    found = rows.values_list("case__procedure", "round__step__code", "name")
    return {f"{procedure}.{step}.{task}" for procedure, step, task in found}


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("青山雅居", "exit.application.receive"),
        ("浑江明珠", "exit.agreement.decide"),
        ("松韵家园", "settlement.scope.submit"),
        ("长白山水城", "exit.publicity.take_down"),
        ("林海人家", "exit.publicity.take_down"),
        ("星泰雅园", "exit.publicity.reply:1"),
        ("铁路新村", "settlement.funding.submit"),
        ("东兴华府", "settlement.apportionment.take_down"),
        ("金山花园", "settlement.advance_notice.take_down"),
        ("红旗馨苑", "settlement.report.submit"),
        ("江畔公馆", "settlement.report_notice.reply:1"),
        ("北山福第", "exit.refund.submit"),
        ("和谐家园", "handover.documents.fill"),
        ("春江花月", "handover.assets.fill"),
        ("龙山湖畔", "exit.departure.submit"),
        ("世纪雅苑", "exit.order.serve"),
        ("孙家堡嘉苑", "exit.application.submit"),
        ("建国花苑", "exit.agreement.decide"),
        ("西施故里", "exit.agreement.decide"),
        ("五泄江南", "handover.assets.fill"),
        ("辽河左岸", "handover.plan.submit"),
        ("获泽人家", "exit.takeover.submit"),
    ],
)
def test_an_exit_waits_at_every_stage(name, task):
    assert task in open_paths(name)


@pytest.mark.parametrize(
    ("name", "outcome", "mode"),
    [
        ("阳光水岸", "done", Mode.CONTRACT),
        ("双山名苑", "done", Mode.CONTRACT),
        ("矿务新居", "done", Mode.EMERGENCY),
        ("枫桥书院", "done", Mode.SELF_MANAGED),
        ("鸭绿江畔", "withdrawn", Mode.CONTRACT),
        ("猫耳山庄", "refused", Mode.CONTRACT),
    ],
)
def test_exits_have_ended_in_every_way(name, outcome, mode):
    case = exit_of(name)
    assert case.outcome == outcome
    assert manager_at(case.estate, AT).mode == mode


@pytest.mark.parametrize(
    ("variant", "county", "task"),
    [
        ("grade_d", "220681", "exit.result_notice.take_down"),
        ("blacklisted", "220681", "joint_decision.record.submit"),
        ("repeated_penalties", "220605", "exit.urging.sign_off"),
        ("misuse_of_money", "220602", ""),
        ("cutting_supply", "220681", "joint_decision.record.submit"),
        ("major_incident", "220681", ""),
        ("refusing_disclosure", "220605", "exit.notice.receive"),
        ("total_subcontract", "220681", "settlement.scope.submit"),
        ("other_forced", "220605", "exit.urging.draft"),
        ("term_expired", "220681", "joint_decision.record.submit"),
        ("dismissed_at_term", "330681", "handover.plan.submit"),
        ("provider_not_renewing", "330681", "joint_decision.record.submit"),
        ("indefinite_ended", "220605", "settlement.scope.submit"),
        ("dismissed_in_term", "140522", "handover.plan.submit"),
        ("preliminary_replaced", "220382", "handover.plan.submit"),
        ("other_lawful", "220605", "joint_decision.record.submit"),
    ],
)
def test_each_ground_of_exit_is_told_once_where_its_rules_are(variant, county, task):
    case = Case.objects.get(procedure="exit", variant=variant)
    assert case.county == county
    assert not task or task in open_paths(case.estate.name.removeprefix("示例"))


def test_a_dismissal_was_carried_out_and_one_was_voted_down():
    ended = {case.variant: case.outcome for case in Case.objects.filter(procedure="exit", parent=None)}
    assert (ended["misuse_of_money"], ended["major_incident"]) == ("done", "not_dismissed")


def test_three_penalties_are_counted_and_decide_nothing():
    told = exit_proposals(exit_of("湾沟福苑").estate, AT)["proposals"]
    found = next(one for one in told if one["ground"] == "repeated_penalties")
    assert (found["state"], len(found["unset"]), len(found["readings"])) == ("met", 0, 1)


def test_a_reasonable_day_was_set_and_the_owners_sue():
    case = exit_of("南关新居")
    clock = Clock.objects.get(case=case, key="exit.leave_within")
    assert any("街道" in line or "人民政府" in line for line in clock.working)
    assert Holdout.objects.get(case=case).stage == "lawsuit"


def test_at_the_first_estate_of_each_area_nothing_runs():
    firsts = [plan.name for plan in ESTATES[: sum(county.is_pilot for county in COUNTIES)]]
    estates = Estate.objects.filter(name__in=[f"示例{name}" for name in firsts])
    assert len(estates) == 4
    assert not Case.objects.filter(estate__in=estates).exists()
    assert {committee_state(estate, AT.date()) for estate in estates} == {CommitteeState.IN_OFFICE}


def test_a_notice_was_torn_and_hangs_again():
    notice = Notice.objects.get(case=exit_of("林海人家"))
    assert notice.interruptions.get().again_at is not None
    assert notice.ended_at is None


def test_objections_are_open_answered_adopted_and_not():
    found = Objection.objects.values_list("notice__estate__name", "adopted")
    assert {("示例星泰雅园", None), ("示例通沟丽景", True), ("示例通沟丽景", False)} <= set(found)


def test_the_community_bridges_what_stays_unpaid():
    assert CommunityAdvance.objects.filter(plan__case__root=exit_of("金山花园")).exists()


def test_part_of_what_was_bridged_came_back():
    assert AdvanceOffset.objects.filter(plan__case__root=exit_of("金山花园"), source="debtor_paid").exists()


def test_refused_books_are_claimed_and_the_county_drafts_its_order():
    claims = Claim.objects.filter(case=exit_of("江畔公馆"), kind="book")
    assert sorted(claims.values_list("item__code", flat=True)) == ["public_revenue", "utilities"]
    assert "settlement.books_order.check" in open_paths("江畔公馆")


def test_goods_were_counted_without_the_provider_and_what_is_missing_is_claimed():
    root = exit_of("世纪雅苑")
    counted = OneSidedInventory.objects.get(round__step__case__root=root)
    assert counted.round.step.code == "assets"
    assert CaseAct.objects.filter(
        case__root=root, round__step__code="inventory_served", name="prove"
    ).exists()
    kinds = set(Claim.objects.filter(case=root, closed_at=None).values_list("kind", flat=True))
    assert kinds == {"item", "prepaid"}


def test_who_serves_from_when_is_the_minute_of_the_confirmation():
    for act in CaseAct.objects.filter(name="submit", round__step__code="takeover"):
        confirmed = CaseAct.objects.get(case__root=act.case, round__step__code="confirmation", name="approve")
        assert act.facts["taken_over_at"] == confirmed.facts["confirmed_at"], act.case


def test_what_is_missing_is_promised_by_one_day_and_ordered_by_its_name():
    root = exit_of("世纪雅苑")
    missing = Item.objects.filter(case__root=root, state="missing")
    promised = CaseAct.objects.get(case__root=root, round__step__code="confirmation", name="approve")
    assert {str(item.make_up_on) for item in missing} == {promised.facts["resolve_by"]}
    draft = CaseAct.objects.get(case=root, round__step__code="order", name="draft")
    item = missing.get(made_up_at=None)
    # it begins with what the lists say
    assert draft.facts["items"] == f"{item.label}（资料移交清单，补交期限{date_words(item.make_up_on)}）"
    assert "第五十八条" in draft.facts["basis"]


def test_the_contract_of_who_follows_is_signed_after_the_owners_decided():
    case = exit_of("世纪雅苑")
    contract = ServiceContract.objects.filter(estate=case.estate).order_by("starts_on").last()
    decided = CaseAct.objects.get(case=case, round__step__code="successor", name="submit")
    assert contract.signed_on == decided.at.astimezone(ZONE).date() > case.law_on


def test_each_objection_has_an_answer_of_its_own():
    found = Objection.objects.filter(notice__estate__name="示例通沟丽景").values_list("finding", flat=True)
    assert len(set(found)) == 2


def test_an_answer_before_the_agreement_rests_on_none():
    agreed = CaseAct.objects.filter(case=exit_of("通沟丽景"), round__step__code="agreement")
    findings = Objection.objects.filter(notice__estate__name="示例通沟丽景").values_list("finding", flat=True)
    assert agreed.exists() or not [one for one in findings if "协议已" in one]


def test_a_receipt_names_who_signed_for_it():
    for act in CaseAct.objects.filter(name="receive").exclude(person=None).select_related("person"):
        assert act.facts["received_by"] == act.person.name, act.case


def test_a_report_is_signed_by_accountants_of_the_firm_that_made_it():
    for act in CaseAct.objects.filter(name="submit", round__step__code="report"):
        if "accountants" in act.facts:
            rows = Appointment.objects.filter(organisation=act.organisation_id, post=Post.FIRM_ACCOUNTANT)
            assert set(act.facts["accountants"]) <= set(rows.values_list("person__name", flat=True))


def test_who_left_the_counting_signed_the_other_lists_before():
    root = exit_of("世纪雅苑")
    alone = CaseAct.objects.get(case__root=root, name="fill", round__step__code="assets")
    signed = CaseAct.objects.filter(
        case__root=root, name="sign", round__step__code__in=("documents", "extra")
    )
    assert {act.at < alone.at for act in signed} == {True}


def test_one_refund_is_late_and_was_demanded():
    clock = Clock.objects.get(case=exit_of("北山福第"), key="settlement.refund_within")
    assert clock.due_at < AT
    assert set(clock.rungs.exclude(done_at=None).values_list("name", flat=True)) >= {"overdue", "superior"}
    assert Claim.objects.get(case=exit_of("北山福第"), kind="money").stage == "demand"
    report = CaseAct.objects.get(case__root=exit_of("北山福第"), round__step__code="report", name="submit")
    (wrong,) = [part["finding"] for part in report.facts["parts"] if part["irregular_cents"]]
    assert "停车" in wrong
    assert "已存入" not in wrong


def test_one_case_is_suspended_and_one_notice_of_ninety_days_has_run_out():
    assert Suspension.objects.get(to_at=None).case == exit_of("江源国际")
    assert Mark.objects.filter(case=exit_of("建国花苑"), name="agreement_failed").exists()


def test_two_clocks_run_for_leaving_and_nobody_has_left():
    clocks = Clock.objects.filter(case=exit_of("龙山湖畔"), step__code="departure", met_at=None)
    assert len({clock.due_on for clock in clocks}) == 2


def test_a_refusal_to_sign_and_missing_items_are_on_record():
    assert CaseAct.objects.filter(case__root=exit_of("春江花月"), name="record_refusal").exists()
    items = Item.objects.filter(case__root=exit_of("世纪雅苑"), round__void_at=None)
    assert items.filter(state="missing").exists()
    assert items.exclude(made_up_at=None).exists()


def test_the_community_witnesses_every_confirmation_that_was_signed():
    """《白山市…管理办法》第16条; where no text names a witness, nobody is asked."""
    asked = Task.objects.filter(case__procedure="handover", name="acknowledge:community")
    assert asked.exists()
    assert not asked.filter(open=True).exists()


def test_an_order_goes_through_three_hands():
    acts = CaseAct.objects.filter(case=exit_of("世纪雅苑"), name__in=("draft", "check", "sign_off"))
    assert len({act.person_id for act in acts}) == 3


def test_a_due_date_of_next_year_is_provisional_where_a_holiday_could_move_it():
    clock = Clock.objects.get(case=exit_of("浑江明珠"), key="exit.provider_early_exit_notice_before")
    # 19 October 2026 + 90 days: 12 in October, 30 in November, 31 in December = 73, 17 in January
    # a Sunday, and this period is not put off: whatever the year's calendar will say, the day stands
    assert (str(clock.due_on), clock.exact) == ("2027-01-17", True)
    assert Clock.objects.filter(exact=False, due_on__year=2027).exists()


def test_nothing_is_said_to_happen_after_the_present():
    assert not CaseAct.objects.filter(at__gt=AT).exists()
    assert not Account.objects.filter(created_at__gt=AT).exists()


def test_nothing_is_broken():
    assert {title: list(findings(AT)) for title, findings in checks().items() if list(findings(AT))} == {}


def test_it_is_not_built_beside_anything_that_is_registered():
    with pytest.raises(NotPossible, match="另用一个空数据库"):
        demonstration.build(at=AT, small=True)


# Accounts -----------------------------------------------------------------------------------------------------------


def test_one_can_sign_in_in_every_post_of_the_first_area(cities):
    told = demonstration.accounts()
    assert {account.name for account in told} == {row["name"] for row in _kept(cities)}
    with_password = [account for account in told if account.password]
    for account in with_password:
        assert Account.objects.get(username=account.name).check_password(account.password), account.name
    assert len(with_password) >= 20


def test_a_program_can_act_in_every_post_of_every_area():
    for area in [county.key for county in COUNTIES if county.is_pilot]:
        names = {account.name for account in demonstration.accounts() if account.name.startswith(f"{area}-")}
        assert {f"{area}-county-leader", f"{area}-01-leader", f"{area}-01-head", f"{area}-01-owner"} <= names
    for account in demonstration.accounts():
        token = authenticate_token(account.token, AT)
        assert token is not None, account.name
        held = Appointment.objects.get(pk=token.appointment_id)
        assert held.person.account_id == token.account_id


def test_the_tokens_are_kept_where_only_their_owner_reads(cities):
    assert (cities / demonstration.KEPT).stat().st_mode & 0o077 == 0


def _kept(cities):
    return json.loads((cities / demonstration.KEPT).read_text("utf-8"))


# Papers -------------------------------------------------------------------------------------------------------------


def test_every_paper_that_a_case_offers_can_be_made():
    """Nothing on its page leads to a refusal, but for a notice whose days the place has yet to set."""
    made, refused = 0, []
    with law.pinned():
        for row in Case.objects.select_related("estate", "organisation", "jurisdiction", "opened_by"):
            for paper in papers_made(StillView(row), AT, masked=False):
                try:
                    paper.form()
                    made += 1
                except NotPossible as why:
                    refused.append((paper.code, why.sentence))
    assert made > 500
    assert {sentence[:10] for _, sentence in refused} <= {"本地还没有设定公示多"}, refused
