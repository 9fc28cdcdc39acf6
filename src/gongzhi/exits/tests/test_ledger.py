"""The county's exit ledger: one row an exit, its figures derived, its columns those of the offices, page by page."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongzhi.acts.door import SYSTEM
from gongzhi.exits.ledger import Asked, ledger_at, ledger_of, territory_of
from gongzhi.exits.ledger_rows import NOT_TOLD, LedgerRow, hours, rows_of
from gongzhi.exits.ledger_sheet import COLUMNS, IN_FILE, cells, harmless, workbook
from gongzhi.exits.models import Claim
from gongzhi.exits.tests.play import Play, application, at
from gongzhi.notices.models import Notice
from gongzhi.procedures.models import Case
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.registry import actions
from gongzhi.registry.engagements import write_engagement
from gongzhi.registry.facts import SignContract
from gongzhi.registry.models import Appointment, Mode
from gongzhi.registry.tests.cast import add_estate, build_cast
from gongzhi.values.refusals import NotAllowed

COUNTY = "220602"


def row(play: Play) -> LedgerRow:
    """The one exit of the county, as of now."""
    (found,) = rows_of(list(ledger_at(COUNTY, Asked())), play.now)
    return found


def opened(play: Play) -> Play:
    """Told on 2 March, filed with both, posted for seven days."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    return play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")


def whole(play: Play) -> Play:
    """From the application to the departure on 30 June 2026, 11:35."""
    opened(play).vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").hand_over()
    return play.take_over().go(minutes=5).leave()


# One row ------------------------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-007")
def test_an_exit_from_its_first_paper_to_its_last_stands_in_one_row(play: Play) -> None:
    found = row(whole(play))
    assert (found.estate_name, found.households) == ("示例白山一号小区", 5)
    # 100.00 + 90.25 + 120.00 + 75.00 + 110.00 + 55.00 + 30.00
    assert (str(found.area), found.unknown_areas) == ("580.25", 0)
    assert found.provider == "示例白山甲物业有限公司"
    assert found.leader == "示例白山物业项目"
    assert (found.category_title, found.ground_title) == ("正常退出", "物业服务人因自身原因提前退出")
    assert (found.told_at, found.planned_on) == (at("2026-03-02 09:00"), date(2026, 6, 30))
    assert found.votes == ("业主共同决定由谁接替：通过（选聘）",)
    assert found.filed == {"subdistrict": at("2026-03-02 09:00"), "county": at("2026-03-02 09:00")}
    assert next((one.title, one.until_on) for one in found.notices) == ("示例公示", date(2026, 3, 9))
    # those of its settlement are notices of the exit as well
    assert len(found.notices) == Notice.objects.filter(case__root_id=play.root).count() > 1
    assert found.settlement is not None
    assert (found.settlement.total_cents, found.settlement.irregular_cents) == (1_000_000, 0)
    assert found.handed_over_at is not None
    assert found.left_at == play.now
    assert found.successor == "示例白山乙物业有限公司"
    assert found.unmanaged_minutes == 0
    assert (found.stage, found.violations) == ("left", ())


def test_what_was_missing_and_has_come_in_is_said_to_have(play: Play) -> None:
    """The confirmation stays as it was signed; the row says what became of it, and of none that there is none."""
    opened(play).vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").hand_over(missing=("drawings",))
    assert row(play).open_issues == ("示例：有缺失项目（示例：限期补交）", "未了结的追偿事项1项")
    item = str(Claim.objects.get(kind="item").item_id)
    said = {"item": item, "made_up_on": "2026-06-30", "state": "original"}
    play.stand("other_provider_leader", "exit", "make_up", **said)
    came_in = "；其中缺失的资料资产1项已全部了结"
    assert row(play).open_issues == (f"示例：有缺失项目（示例：限期补交）{came_in}",)
    (masked,) = rows_of(list(ledger_at(COUNTY, Asked())), play.now, masked=True)
    assert masked.open_issues == (f"{NOT_TOLD}{came_in}",)


def test_a_handover_without_an_open_issue_has_none_in_the_ledger(play: Play) -> None:
    assert row(whole(play)).open_issues == ()


def test_a_void_notice_is_said_to_be_void_and_until_when_it_really_hung(play: Play) -> None:
    """Its planned days were never full: neither the page nor the file gives them as what was done."""
    play.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    play.go(days=2).stand("provider_leader", "exit", "amend", reason="示例改期")
    told = "示例公示（作废）：2026-03-02至2026-03-04"
    found = row(play)
    assert cells(found)[COLUMNS.index("公示起止")] == told
    (_, written) = load_workbook(BytesIO(workbook([found]))).active.iter_rows(values_only=True)
    assert written[IN_FILE.index("公示起止")] == told


def test_the_stage_is_the_furthest_the_exit_has_come(play: Play) -> None:
    play.apply("2026-06-30")
    stages = [row(play).stage]
    play.arrive().file_with("subdistrict", "county").post("provider_leader", "exit.publicity")
    stages.append(row(play).stage)
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    stages.append(row(play).stage)
    play.settle()
    stages.append(row(play).stage)
    play.until("2026-06-30 09:00").hand_over()
    stages.append(row(play).stage)
    play.take_over()
    stages.append(row(play).stage)
    assert stages == ["begun", "told", "settling", "handing_over", "handed_over", "taken_over"]


def test_unmanaged_time_is_counted_to_the_minute_from_who_managed_the_estate(play: Play) -> None:
    """Nobody from 3 May 22:10 to 5 May 07:40: 33 hours and 30 minutes, through the night and Labour Day."""
    opened(play)
    estate = play.area.estate
    write_engagement_now(play, "2026-05-03 22:10", mode=Mode.UNMANAGED, reason="示例弃管")
    write_engagement_now(
        play,
        "2026-05-05 07:40",
        mode=Mode.COMMUNITY_CUSTODY,
        organisation=play.area.organisations["community"],
        paper_title="示例托管决定",
    )
    play.until("2026-05-06 09:00")
    found = row(play)
    assert found.unmanaged_minutes == 33 * 60 + 30
    assert hours(found.unmanaged_minutes) == "33小时30分"
    assert found.violations == ("出现无人在管33小时30分",)
    assert estate.engagements.count() == 3


def test_while_nobody_manages_the_minutes_run_on(play: Play) -> None:
    opened(play)
    write_engagement_now(play, "2026-05-03 22:10", mode=Mode.UNMANAGED, reason="示例弃管")
    assert row(play.until("2026-05-03 22:10")).unmanaged_minutes == 0
    assert row(play.until("2026-05-04 00:00")).unmanaged_minutes == 110


def write_engagement_now(play: Play, when: str, **more: Any) -> None:
    """A change of manager outside the case, written where events are allowed."""
    from gongzhi.acts.door import Request, enter
    from gongzhi.acts.roots import Root

    def body() -> dict[str, Any]:
        write_engagement(estate=play.area.estate, from_at=at(when), **more)
        return {}

    request = Request("example.engage", Root("estate", play.area.estate.pk), SYSTEM, at(when), {})
    enter(request, may=lambda: None, body=body)


def test_irregular_money_is_a_violation_and_what_was_done_about_it_a_measure(play: Play) -> None:
    opened(play).vote().name_successor("2026-06-30").agree("2026-06-30").settle(irregular_cents=123_450)
    play.do(
        "committee_head",
        "settlement.findings.submit",
        "submit",
        amount_cents=123_450,
        basis="示例依据",
        account="示例账户",
    )
    found = row(play)
    assert found.settlement is not None
    assert found.settlement.irregular_cents == 123_450
    assert found.violations == ("违规资金1,234.50元",)
    assert found.measures == ()
    assert found.open_issues == ("未了结的追偿事项1项",)
    # prepaid money that is merely not settled yet is nobody's wrong: it stands among what is open
    money = Claim.objects.get(kind="money")
    owed = {"case": money.case, "round": money.round, "debtor": money.debtor, "opened_at": play.now}
    prepaid = Claim.objects.create(kind="prepaid", amount_cents=68_000, **owed)
    found = row(play)
    assert found.violations == ("违规资金1,234.50元",)
    assert found.open_issues == ("未服务期间的预收费用和押金680.00元待结清", "未了结的追偿事项1项")
    assert found.settlement is not None
    assert found.settlement.irregular_cents == 123_450
    prepaid.stage, prepaid.closed_at = "paid", play.now
    prepaid.save()
    assert row(play).open_issues == ("未了结的追偿事项1项",)


def test_a_forced_exit_is_told_by_the_owners_notice_and_not_by_the_countys_letter(play: Play) -> None:
    """Found and urged on 2 March 2026; the owners' notice arrives on 3 March at 10:00, to end on 31 May."""
    play.classify("grade_d")
    play.urge()
    found = row(play)
    assert (found.category_title, found.stage, found.told_at) == ("强制解聘退出", "begun", None)
    assert found.violations == ("年度物业服务质量评价不合格",)
    assert [one.split("（")[0] for one in found.measures] == ["督促启动解聘程序的函"]
    play.vote("dismiss").tell_end("2026-05-31", papers=())
    play.until("2026-03-03 10:00").reach("exit.notice.receive", "provider_leader")
    found = row(play)
    # the settlement begins with the notice
    assert (found.stage, found.told_at) == ("settling", at("2026-03-03 10:00"))
    assert found.votes == ("业主共同决定是否解聘：通过（解聘）",)
    # sixty days from 3 March: 2 May; the notice says 31 May
    assert found.planned_on == date(2026, 5, 31)


# Which rows ---------------------------------------------------------------------------------------------------------


def more_exits(play: Play, count: int) -> None:
    """Other estates of the community whose provider goes, one a minute."""
    provider = play.area.organisations["provider"]
    leader = Appointment.objects.get(pk=play.cast["provider_leader"].appointment_id)
    leader.estate = None
    leader.save()
    for number in range(count):
        estate = add_estate(
            f"示例{number:02}号小区",
            play.area.spec.community,
            mode=Mode.CONTRACT,
            managed_from_at=at("2025-01-01 09:00"),
            organisation_id=provider.pk,
            paper_title="示例合同",
        )
        facts = SignContract(
            estate_id=estate.pk,
            provider_id=provider.pk,
            signed_on=date(2025, 1, 1),
            starts_on=date(2025, 1, 1),
        )
        actions.sign_contract(by=SYSTEM, at=at("2025-01-01 09:00"), facts=facts)
        play.go(minutes=1)
        open_case(
            by=play.actor("provider_legal_representative"),
            at=play.now,
            procedure="exit",
            variant="provider_early",
            subject=Subject(estate=estate),
            facts=application("2026-06-30"),
            papers=play.papers("provider_legal_representative", "exit_application"),
        )


def numbers(rows: Any) -> list[str]:
    return sorted(one.estate.name for one in rows)


def test_a_ledger_is_asked_by_place_period_ground_and_stage(play: Play) -> None:
    more_exits(play, 2)
    play.apply("2026-06-30").arrive()
    assert len(ledger_at(COUNTY, Asked())) == 3
    assert len(ledger_at(COUNTY, Asked(jurisdiction=play.area.spec.community))) == 3
    assert not ledger_at(COUNTY, Asked(jurisdiction="220602002")).exists()
    assert numbers(ledger_at(COUNTY, Asked(stage="told"))) == ["示例白山一号小区"]
    assert len(ledger_at(COUNTY, Asked(ground="provider_early"))) == 3
    assert not ledger_at(COUNTY, Asked(ground="grade_d")).exists()
    assert not ledger_at(COUNTY, Asked(to_on=date(2026, 3, 1))).exists()
    assert len(ledger_at(COUNTY, Asked(from_on=date(2026, 3, 2), to_on=date(2026, 3, 2)))) == 3


def test_an_exit_that_ended_stands_in_the_periods_it_ran_in(play: Play) -> None:
    play.apply("2026-06-30")
    play.until("2026-04-10 12:00").stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    assert ledger_at(COUNTY, Asked(from_on=date(2026, 4, 10), to_on=date(2026, 4, 30))).exists()
    assert not ledger_at(COUNTY, Asked(from_on=date(2026, 4, 11))).exists()
    assert row(play).stage == "stopped"


def test_street_county_and_city_see_their_own_and_nobody_else_sees_any(db: None) -> None:
    cast = build_cast(at("2026-03-02 09:00"), areas=("zhuji",))
    home, away = (Play(cast, cast.areas[key], cast.at) for key in ("baishan", "zhuji"))
    home.apply("2026-12-31")
    for name in ("subdistrict_officer", "county_officer", "city_officer"):
        seen = {}
        for play in (home, away):
            appointment = Appointment.objects.get(pk=play.actor(name).appointment_id)
            seen[play.area.spec.key] = ledger_of(territory_of(appointment), Asked()).count()
        assert seen == {"baishan": 1, "zhuji": 0}
    for name in ("community_worker", "provider_leader", "committee_head", "owner"):
        appointment = Appointment.objects.get(pk=home.actor(name).appointment_id)
        with pytest.raises(NotAllowed, match="退出台账"):
            territory_of(appointment)


def test_more_exits_cost_hardly_a_query_more(play: Play) -> None:
    """The trees and the registers are read for all rows at once; only votes that were held are asked one by one."""
    play.apply("2026-06-30").arrive()
    few = len(queries_of(play))
    more_exits(play, 4)
    assert len(queries_of(play)) == few


def queries_of(play: Play) -> Any:
    with CaptureQueriesContext(connection) as queries:
        rows_of(list(ledger_at(COUNTY, Asked())), play.now)
    return queries


# As a sheet ---------------------------------------------------------------------------------------------------------


def sheet_of(play: Play) -> list[list[Any]]:
    content = workbook(rows_of(list(ledger_at(COUNTY, Asked())), play.now))
    page = load_workbook(BytesIO(content), read_only=False).active
    assert page is not None
    return [[cell.value for cell in line] for line in page.iter_rows()]


def test_the_sheet_has_one_thing_a_column_numbers_as_numbers_and_days_as_days(play: Play) -> None:
    head, line = sheet_of(whole(play))
    assert head == list(IN_FILE)
    told = dict(zip(head, line, strict=True))
    assert (told["面积（㎡）"], told["户数（住宅）"]) == (580.25, 5)
    assert (
        told["申请/通知到达日"]
        == told["街道备案日"]
        == told["县级备案日"]
        == datetime.fromisoformat("2026-03-02")
    )
    assert told["离场日"] == told["交接日"] == datetime.fromisoformat("2026-06-30")
    assert (told["清算金额（元）"], told["问题资金（元）"]) == (10_000, 0)
    assert told["无人在管（小时）"] == 0
    assert (told["阶段"], told["逾期待办（项）"]) == ("已离场", None)
    assert told["卷号"].startswith("物业服务人退出〔2026〕220602-")


def test_sums_and_areas_are_shown_with_two_places_and_the_head_stays(play: Play) -> None:
    content = workbook([row(whole(play))])
    page: Any = load_workbook(BytesIO(content)).active
    shown = {name: page.cell(2, place + 1).number_format for place, name in enumerate(IN_FILE)}
    assert shown["清算金额（元）"] == shown["面积（㎡）"] == "#,##0.00"
    assert shown["离场日"] == "yyyy-mm-dd"
    assert page.freeze_panes == "B2"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+8613900000000", "'+8613900000000"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("示例=1", "示例=1"),
        ("示\x0b例", "示例"),
        ("", ""),
    ],
)
def test_nothing_in_a_sheet_is_a_formula(text: str, kept: str) -> None:
    assert harmless(text) == kept


def test_a_name_that_is_a_formula_stays_a_text(play: Play) -> None:
    play.area.estate.name = '=HYPERLINK("http://example.invalid")'
    play.area.estate.save()
    play.apply("2026-06-30")
    content = workbook(rows_of(list(ledger_at(COUNTY, Asked())), play.now))
    page = load_workbook(BytesIO(content)).active
    assert page is not None
    cell = page["A2"]
    assert (cell.data_type, cell.value) == ("s", '\'=HYPERLINK("http://example.invalid")')


def test_every_column_has_its_cell(play: Play) -> None:
    play.apply("2026-06-30")
    assert len(cells(row(play))) == len(COLUMNS) == 18


def test_the_case_number_is_the_file_number(play: Play) -> None:
    play.apply("2026-06-30")
    assert row(play).number == Case.objects.get(pk=play.root).number
    assert isinstance(row(play).opened_at, datetime)
