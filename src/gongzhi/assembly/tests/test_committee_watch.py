"""A committee's term is watched before it runs out; its re-election begins in the time the place has."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.exits.tests.play import Play, at
from gongzhi.messages.models import Message
from gongzhi.procedures import organs, tick, watching
from gongzhi.procedures.models import Case, Clock, Rung
from gongzhi.registry import actions
from gongzhi.registry.facts import CommitteeSeat, EndAppointment, FormCommittee
from gongzhi.registry.models import Appointment, CommitteeTerm, Estate, OrganisationKind, ServiceContract
from gongzhi.registry.queries import CommitteeState, committee_state
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible, RuleBroken

LAW = "committee.reelection_before"


def run(*instants: str) -> None:
    """The minute's jobs."""
    for instant in instants:
        organs.follow(at(instant))
        tick.follow_dates(at(instant))
        watching.open_due(at(instant))
        tick.fire_due(at(instant))


def scene(key: str = "baishan") -> Play:
    """The committee of the area's estate is in office to the end of 2026, a Thursday."""
    cast = build_cast(at("2026-03-02 09:00"), areas=(key,))
    area = cast.areas[key]
    term = CommitteeTerm.objects.filter(committee=area.organisations["committee"])
    term.update(ends_on=date(2026, 12, 31))
    return Play(cast, area, at("2026-03-02 09:00"))


@pytest.fixture
def play(db: None) -> Play:
    return scene()


def the_case(estate: Estate | None = None) -> Case:
    rows = Case.objects.filter(procedure="committee_watch")
    return (rows.filter(estate=estate) if estate is not None else rows).latest("opened_at")


def watched(play: Play, instant: str = "2026-07-04 00:00") -> Play:
    run(instant)
    play.root = the_case(play.area.estate).pk
    return play.until(instant)


def told(play: Play, name: str) -> list[str]:
    rows = Message.objects.filter(organisation=play.area.organisations[name], key__startswith="clocks:")
    lines = [line for row in rows.order_by("created_at", "id") for line in row.body.splitlines()]
    return [line for line in lines if line.startswith("换届结果")]


def re_elect(play: Play, starts_on: str, ends_on: str, kind: Any = OrganisationKind.OWNERS_COMMITTEE) -> None:
    people = [play.area.people[name].pk for name in ("owner", "co_owner", "committee_member")]
    facts = FormCommittee(
        estate_id=play.area.estate.pk,
        kind=kind,
        name="示例新一届委员会",
        starts_on=date.fromisoformat(starts_on),
        ends_on=date.fromisoformat(ends_on),
        seats=5,
        members=[CommitteeSeat(person_id=one, is_head=n == 0) for n, one in enumerate(people)],
        paper_title="示例备案证明",
    )
    actions.form_committee(by=SYSTEM, at=play.now, facts=facts)


def starts(play: Play, on: str) -> Any:
    answer = play.do(
        "subdistrict_officer",
        "committee_watch.restart.submit",
        "submit",
        started_on=on,
        body="示例换届改选小组七人",
        told="示例公告",
    )
    return answer.value["warnings"]


def concludes(play: Play, result: str) -> None:
    play.do(
        "subdistrict_officer",
        "committee_watch.conclusion.submit",
        "submit",
        result=result,
        keeps="示例社区",
        remark="示例说明",
    )


def test_a_term_is_watched_at_four_rungs_and_the_county_learns_of_the_last(play: Play) -> None:
    """−180: 4 July. −90: 2 October, in the National Day week. −60: 1 November. −30: 1 December 2026."""
    run("2026-07-03 23:59")
    assert not Case.objects.filter(procedure="committee_watch").exists()
    run("2026-07-04 00:00", "2026-10-02 00:00", "2026-11-01 00:00", "2026-12-01 00:00", "2027-01-01 00:00")
    case = the_case()
    assert (case.estate, case.towards_on) == (play.area.estate, date(2026, 12, 31))
    rows = Rung.objects.filter(clock__case=case, clock__key="watch.committee_term").order_by("due_at")
    assert [
        f"{row.name} {row.done_at.astimezone(ZONE):%m-%d}" for row in rows if row.done_at is not None
    ] == [
        "ahead:P180D 07-04",
        "ahead:P90D 10-02",
        "ahead:P60D 11-01",
        "ahead:P30D 12-01",
        "overdue 01-01",
    ]
    whole = [f"换届结果：距2026年12月31日（周四）还有{n}天" for n in (180, 90, 60, 30)]
    whole.append("换届结果：已到期（2026年12月31日（周四）24:00）")
    assert told(play, "committee") == told(play, "community") == told(play, "subdistrict") == whole
    assert told(play, "county") == whole[-2:]
    assert told(play, "provider") == told(play, "city") == []


@pytest.mark.proves("SL-013 SL-112")
@pytest.mark.parametrize("key", ["baishan", "shuangliao"])
def test_by_the_national_guidance_a_re_election_begins_three_months_before(db: None, key: str) -> None:
    """31 December less three months: there is no 31 September, so 30 September 2026, a Wednesday."""
    play = watched(scene(key))
    clock = Clock.objects.get(case=play.root, key=LAW)
    assert (clock.due_on, clock.advised_on) == (date(2026, 9, 30), date(2026, 9, 30))
    task = play.task("committee_watch.restart.submit")
    assert (task.organisation, task.due_at) == (
        play.area.organisations["subdistrict"],
        at("2026-10-01 00:00"),
    )
    starts(play.until("2026-09-20 09:00"), "2026-09-18")
    clock.refresh_from_db()
    assert clock.met_at == at("2026-09-20 09:00")


def test_in_zhuji_sixty_days_before(db: None) -> None:
    """绍兴's sixty days: 1 November 2026, a Sunday; advised on Friday 30 October."""
    play = watched(scene("zhuji"))
    clock = Clock.objects.get(case=play.root, key=LAW)
    assert (clock.due_on, clock.advised_on) == (date(2026, 11, 1), date(2026, 10, 30))


def test_a_re_election_begun_late_is_taken_down_and_said_to_be_late(play: Play) -> None:
    watched(play)
    with pytest.raises(RuleBroken, match="不能晚于今天"):
        starts(play.until("2026-10-05 09:00"), "2026-10-06")
    warnings = starts(play, "2026-10-05")
    assert warnings == ["换届应最迟于2026-09-30启动，已迟延"]


def test_a_contract_longer_than_the_term_is_said(play: Play) -> None:
    ServiceContract.objects.filter(pk=play.area.contract_id).update(ends_on=date(2028, 12, 31))
    watched(play)
    (warning,) = starts(play, "2026-07-03")
    assert warning == "现行物业服务合同至2028-12-31，长于业主委员会任期（至2026-12-31）"


def test_too_few_members_are_said(play: Play) -> None:
    """Five seats, of which three are filled; one leaves: two."""
    watched(play)
    held = Appointment.objects.get(pk=play.cast["second_member"].appointment_id)
    ends = EndAppointment(appointment_id=held.pk, to_on=date(2026, 7, 10))
    actions.end_appointment(by=SYSTEM, at=at("2026-07-10 09:00"), facts=ends)
    warnings = starts(play.until("2026-07-20 09:00"), "2026-07-18")
    assert warnings == [
        "业主委员会应有5人、在任2人，不足半数，不能作出决定，由街道组织换届",
    ]


def test_a_new_term_ends_the_watch(play: Play) -> None:
    watched(play)
    re_elect(play.until("2026-12-10 09:00"), "2027-01-01", "2031-12-31")
    run("2026-12-10 09:01", "2027-01-01 00:00")
    assert (the_case().outcome, the_case().ended_why) == ("gone", "已换届，新一届任期自2027-01-01起")
    assert Case.objects.filter(procedure="committee_watch").count() == 1


def test_a_term_that_ran_out_stays_open_until_the_street_says_what_came_of_it(play: Play) -> None:
    watched(play)
    with pytest.raises(NotPossible, match="任期到2026-12-31才届满"):
        concludes(play, "not_elected")
    run("2027-01-01 00:00", "2027-01-01 00:01")
    assert committee_state(play.area.estate, date(2027, 1, 1)) == CommitteeState.EXPIRED
    assert the_case().ended_at is None
    with pytest.raises(NotPossible, match="物业管理委员会还没有登记"):
        concludes(play.until("2027-01-08 09:00"), "interim")
    warnings = starts(play, "2027-01-07")
    assert warnings[1] == "任期已经届满：原业主委员会只保管资料、印章，不得召集会议决定选聘、解聘"
    concludes(play, "not_elected")
    assert the_case().outcome == "done"
    run("2027-01-09 00:00")
    assert Case.objects.filter(procedure="committee_watch").count() == 1


def test_an_expired_term_is_found_when_the_watch_comes_late(play: Play) -> None:
    """Nobody ticked before 15 January 2027: everything is told once, in one message."""
    run("2027-01-15 00:00", "2027-01-15 00:01")
    rows = Message.objects.filter(
        organisation=play.area.organisations["community"], key__startswith="clocks:", case=the_case()
    )
    assert rows.count() == 1
    assert told(play, "community") == [
        "换届结果：2026年12月31日（周四）已过15天",
        "换届结果：已到期（2026年12月31日（周四）24:00）",
    ]


def test_an_interim_committee_is_watched_too(play: Play) -> None:
    """It is to stand to 30 June 2027; 180 days before is 1 January 2027."""
    re_elect(
        play.until("2026-07-01 09:00"),
        "2026-07-01",
        "2027-06-30",
        kind=OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE,
    )
    run("2027-01-01 00:00")
    assert date(2027, 6, 30) in set(Case.objects.values_list("towards_on", flat=True))


@pytest.mark.parametrize("terms", [10, 100])
def test_terms_that_are_far_away_cost_no_query_more(
    play: Play, terms: int, django_assert_num_queries: Any
) -> None:
    watched(play)
    committee = play.area.organisations["committee"]
    CommitteeTerm.objects.bulk_create(
        CommitteeTerm(
            committee=committee,
            starts_on=date(2015, 1, 1) + timedelta(days=n),
            ends_on=date(2031, 1, 1),
            seats=5,
            paper_title="示例",
        )
        for n in range(terms)
    )
    run("2026-07-04 00:01")
    with django_assert_num_queries(10):  # the law's revision twice; two queries for each of the four watches
        tick.follow_dates(at("2026-07-04 00:02"))
        watching.open_due(at("2026-07-04 00:02"))
