"""Watches: a case ahead of a date; its rungs once and in order; a date that moves; a place with a list of its own."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.law.actions import set_local_value
from gongzhi.law.facts import SetLocalValue
from gongzhi.messages.models import Message
from gongzhi.procedures import tick, watching
from gongzhi.procedures.declare import Ahead, Procedure
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.models import Case, Rung
from gongzhi.procedures.terms import NamedDate, ahead
from gongzhi.procedures.tests.stage import Stage, Word, at
from gongzhi.procedures.view import CaseView
from gongzhi.procedures.watching import watched_on
from gongzhi.registry import actions
from gongzhi.registry.facts import EndContract, SignContract
from gongzhi.registry.models import ServiceContract
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible

KEY = "watch.contract_end"
END = NamedDate("contract_end", "合同到期日", watched_on)


def standing(at: datetime) -> QuerySet[ServiceContract]:
    """Contracts that none follows."""
    later = ServiceContract.objects.filter(estate=OuterRef("estate_id"), starts_on__gt=OuterRef("starts_on"))
    return ServiceContract.objects.filter(~Exists(later))


def why_gone(case: CaseView, at: datetime) -> str:
    return "已有新合同"


class Watch(Procedure):
    """A contract's end, as a watch of its own."""

    code, title = "example_watch", "示例到期预警"
    parties = (PROVIDER,)
    outcomes = ("done", "gone", "moved", "ended")
    overseers = (SUBDISTRICT,)
    opens = Ahead(KEY, of=standing, date="ends_on", about="estate", gone=why_gone)
    dates = (END,)
    answer = Submit(
        "示例答复",
        by=SUBDISTRICT,
        facts=Word,
        due=ahead(KEY, of=END, tells=(OWNERS, PROVIDER, COMMUNITY), at_last=(COUNTY,)),
    )


@pytest.fixture
def watch(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The cast's contract ends on Thursday 31 December 2026. The law knows no list; offices look 180 days ahead.

    The watches of the product stand aside.
    """
    monkeypatch.setattr(watching, "watches", lambda: iter([(Watch, Watch.opens)]))
    return stage.declare(Watch)


def run(*instants: str) -> None:
    """The minute's jobs at these instants."""
    for instant in instants:
        tick.follow_dates(at(instant))
        watching.open_due(at(instant))
        tick.fire_due(at(instant))


def the_case() -> Case:
    return Case.objects.get(procedure="example_watch")


def fired(case: Case | None = None) -> list[str]:
    rows = Rung.objects.filter(clock__case=case or the_case(), done_at__isnull=False)
    return [f"{rung.name} {_day(rung.done_at)}" for rung in rows.order_by("due_at")]


def waiting() -> list[str]:
    rows = Rung.objects.filter(done_at=None, dropped_at=None).order_by("due_at")
    return [f"{rung.name} {_day(rung.due_at)}" for rung in rows]


def _day(instant: datetime | None) -> str:
    assert instant is not None
    return f"{instant.astimezone(ZONE):%Y-%m-%d}"


def messages(stage: Stage, name: str) -> list[list[str]]:
    rows = Message.objects.filter(organisation=stage.cast.organisations[name], key__startswith="clocks:")
    return [row.body.splitlines() for row in rows.order_by("created_at", "id")]


def sign(stage: Stage, starts_on: str, ends_on: str) -> Any:
    facts = SignContract(
        estate_id=stage.cast.estate.pk,
        provider_id=stage.cast.organisations["provider"].pk,
        signed_on=date(2026, 1, 5),
        starts_on=date.fromisoformat(starts_on),
        ends_on=date.fromisoformat(ends_on),
    )
    return actions.sign_contract(by=SYSTEM, at=stage.now, facts=facts).value["contract_id"]


def ends(stage: Stage, ends_on: str) -> None:
    facts = EndContract(contract_id=stage.cast.home.contract_id, ends_on=date.fromisoformat(ends_on))
    actions.end_contract(by=SYSTEM, at=stage.now, facts=facts)


def set_list(
    *periods: str, code: str = "2206", on: str = "2025-01-01", now: str = "2025-01-01 09:00"
) -> None:
    facts = SetLocalValue(
        jurisdiction=code,
        key=KEY,
        value=list(periods),
        authority="示例主管部门",
        instrument="示例通知",
        set_on=date.fromisoformat(on),
    )
    set_local_value(by=SYSTEM, at=at(now), facts=facts)


# Opening ------------------------------------------------------------------------------------------------------------


def test_a_case_opens_on_the_180th_day_before_and_not_a_day_earlier(watch: Stage) -> None:
    """31 December 2026 less 180 days: 4 July 2026, a Saturday; what looks ahead never rolls."""
    run("2026-07-03 23:59")
    assert not Case.objects.filter(procedure="example_watch").exists()
    run("2026-07-04 00:00")
    case = the_case()
    assert (case.estate, case.towards_on, case.watched) == (
        watch.cast.estate,
        date(2026, 12, 31),
        watch.cast.home.contract_id,
    )
    assert (case.city, case.community) == ("2206", "220602001001")
    assert case.parties.get().organisation == watch.cast.organisations["provider"]


def test_each_rung_stands_at_its_day_whatever_holiday_it_is(watch: Stage) -> None:
    """−90: 2 October, in the National Day week; −60: 1 November, a Sunday; −30: 1 December, a Tuesday."""
    run("2026-07-04 00:00")
    assert fired() == ["ahead:P180D 2026-07-04"]
    assert waiting() == [
        "ahead:P90D 2026-10-02",
        "ahead:P60D 2026-11-01",
        "ahead:P30D 2026-12-01",
        "overdue 2027-01-01",
    ]


def test_each_rung_fires_exactly_once_in_order(watch: Stage) -> None:
    run("2026-07-04 00:00", "2026-07-04 00:01", "2026-10-01 23:59", "2026-10-02 00:00", "2026-10-02 00:01")
    run("2026-11-01 00:00", "2026-12-01 00:00", "2026-12-31 23:59", "2027-01-01 00:00", "2027-01-02 00:00")
    assert fired() == [
        "ahead:P180D 2026-07-04",
        "ahead:P90D 2026-10-02",
        "ahead:P60D 2026-11-01",
        "ahead:P30D 2026-12-01",
        "overdue 2027-01-01",
    ]
    assert len(messages(watch, "committee")) == 5


def test_who_is_named_is_told_at_each_rung_and_the_county_from_the_last_on(watch: Stage) -> None:
    run("2026-07-04 00:00", "2026-10-02 00:00", "2026-11-01 00:00")
    assert messages(watch, "county") == []
    run("2026-12-01 00:00", "2027-01-01 00:00")
    for name in ("committee", "provider", "community", "subdistrict"):
        assert len(messages(watch, name)) == 5
    assert messages(watch, "county") == [
        ["示例答复：距2026年12月31日（周四）还有30天"],
        ["示例答复：已到期（2026年12月31日（周四）24:00）"],
    ]
    assert messages(watch, "city") == []


def test_after_a_pause_of_a_hundred_days_it_catches_up_once_with_one_message(watch: Stage) -> None:
    """From 4 July the worker stands still until 12 October: 100 days; the rung of 2 October is done then, once."""
    run("2026-07-04 00:00", "2026-10-12 00:00", "2026-10-12 00:01")
    assert fired() == ["ahead:P180D 2026-07-04", "ahead:P90D 2026-10-12"]
    assert messages(watch, "community")[1:] == [["示例答复：距2026年12月31日（周四）还有80天"]]


def test_a_pause_over_several_rungs_is_one_message_a_holder(watch: Stage) -> None:
    """Nobody ticked before 11 November: the case opens and three rungs fire together; 50 days are left."""
    run("2026-11-11 08:00", "2026-11-11 08:01")
    assert fired() == [f"ahead:P{n}D 2026-11-11" for n in (180, 90, 60)]
    (lines,) = messages(watch, "provider")
    assert lines == ["示例答复：距2026年12月31日（周四）还有50天"]
    assert messages(watch, "county") == []


def test_a_date_that_passed_in_the_pause_is_still_told(watch: Stage) -> None:
    run("2027-01-20 00:00")
    assert [one.split()[0] for one in fired()] == [*(f"ahead:P{n}D" for n in (180, 90, 60, 30)), "overdue"]
    assert messages(watch, "county")[0][0].startswith("示例答复：2026年12月31日（周四）已过20天")


def test_the_task_is_dated_by_the_day_itself(watch: Stage) -> None:
    run("2026-07-04 00:00")
    (task,) = CaseView(the_case()).open_tasks()
    assert task.due_at == at("2027-01-01 00:00")
    assert task.organisation == watch.cast.organisations["subdistrict"]


def test_what_was_concluded_is_not_opened_again(watch: Stage) -> None:
    run("2026-07-04 00:00")
    watch.root = the_case().pk
    watch.until("2026-07-05 09:00").do("subdistrict_officer", "answer.submit")
    run("2026-07-05 09:01", "2026-12-01 00:00")
    assert (the_case().outcome, fired()) == ("done", ["ahead:P180D 2026-07-04"])
    assert waiting() == []


def test_a_watched_date_is_not_extended(watch: Stage) -> None:
    run("2026-07-04 00:00")
    watch.root = the_case().pk
    (clock,) = CaseView(the_case()).clocks
    with pytest.raises(NotPossible, match="不能“延长期限”"):
        watch.until("2026-07-05 09:00").stand(
            "subdistrict_leader",
            "extend",
            clock=clock.pk,
            period="P10D",
            reason="示例原因",
            citation="示例依据",
        )


def test_a_watch_is_not_opened_by_hand(watch: Stage) -> None:
    with pytest.raises(NotPossible, match="由系统按期自动开始"):
        watch.open("example_watch", "subdistrict_officer")


# A date that moves --------------------------------------------------------------------------------------------------


def test_a_contract_prolonged_within_sight_moves_its_rungs_with_the_reason(watch: Stage) -> None:
    """To 31 January 2027: −60 is 2 December, −30 is 1 January 2027; −180 (4 August) was told already."""
    run("2026-07-04 00:00", "2026-10-02 00:00")
    ends(watch, "2027-01-31")
    run("2026-10-10 00:00")
    case = the_case()
    assert (case.towards_on, case.ended_at) == (date(2027, 1, 31), None)
    assert waiting() == [
        "ahead:P90D 2026-11-02",
        "ahead:P60D 2026-12-02",
        "ahead:P30D 2027-01-01",
        "overdue 2027-02-01",
    ]
    assert fired() == ["ahead:P180D 2026-07-04", "ahead:P90D 2026-10-02"]
    move = CaseView(case).clocks[0].moves.get()
    assert move.why == "日期由2026-12-31改为2027-01-31"


def test_a_contract_shortened_tells_at_once_what_is_past_and_was_not_told(watch: Stage) -> None:
    """To 30 November on 10 October: −90 (1 September) and −60 (1 October) are past, −30 is 31 October."""
    run("2026-07-04 00:00")
    ends(watch, "2026-11-30")
    run("2026-10-10 00:00")
    assert fired() == ["ahead:P180D 2026-07-04", "ahead:P90D 2026-10-10", "ahead:P60D 2026-10-10"]
    assert waiting() == ["ahead:P30D 2026-10-31", "overdue 2026-12-01"]


def test_a_contract_prolonged_out_of_sight_ends_the_watch_and_is_watched_again_in_time(watch: Stage) -> None:
    """To 31 December 2029; 180 days before is 4 July 2029."""
    run("2026-07-04 00:00")
    ends(watch, "2029-12-31")
    run("2026-07-06 00:00", "2026-10-02 00:00")
    old = the_case()
    assert (old.outcome, old.ended_why) == ("moved", "日期由2026-12-31改为2029-12-31，到时另行预警")
    assert fired(old) == ["ahead:P180D 2026-07-04"]
    assert waiting() == []
    run("2029-07-03 00:00", "2029-07-04 00:00")
    assert Case.objects.filter(procedure="example_watch", ended_at=None).get().towards_on == date(
        2029, 12, 31
    )


def test_a_date_that_came_back_is_watched_again(watch: Stage) -> None:
    run("2026-07-04 00:00")
    ends(watch, "2029-12-31")
    run("2026-07-06 00:00")
    ends(watch, "2026-12-31")
    run("2026-07-07 00:00", "2026-07-07 00:01")
    assert sorted(Case.objects.filter(procedure="example_watch").values_list("outcome", flat=True)) == [
        "",
        "moved",
    ]


def test_a_contract_that_is_replaced_ends_the_watch_with_the_reason(watch: Stage) -> None:
    run("2026-07-04 00:00")
    sign(watch, "2027-01-01", "2029-12-31")
    run("2026-07-05 00:00", "2026-10-02 00:00")
    assert (the_case().outcome, the_case().ended_why) == ("gone", "已有新合同")
    assert waiting() == []
    # nobody is told of a rung; who takes part learns that the watch has ended
    assert Message.objects.filter(key__startswith=f"ended:{the_case().pk}").count() == 1


def test_no_rung_of_an_old_date_fires_when_an_act_comes_before_the_tick(watch: Stage) -> None:
    """The worker stands still; the contract is prolonged; somebody acts after the old rung's day."""
    run("2026-07-04 00:00")
    ends(watch, "2027-01-31")
    watch.root = the_case().pk
    watch.until("2026-10-03 09:00").stand(
        "subdistrict_leader", "suspend", reason="示例原因", citation="示例依据"
    )
    assert fired() == ["ahead:P180D 2026-07-04"]
    assert the_case().towards_on == date(2027, 1, 31)


# Places -------------------------------------------------------------------------------------------------------------


def test_a_place_may_look_less_far_ahead(watch: Stage) -> None:
    """−45: 16 November 2026."""
    set_list("P45D", "P10D")
    run("2026-11-15 23:59")
    assert not Case.objects.filter(procedure="example_watch").exists()
    run("2026-11-16 00:00")
    assert waiting() == ["ahead:P10D 2026-12-21", "overdue 2027-01-01"]


def test_a_place_may_look_further_ahead(watch: Stage) -> None:
    """Twelve months before 31 December 2026: 31 December 2025, which is past; −300 days: 6 March 2026."""
    set_list("P300D")
    run("2026-03-05 23:59")
    assert not Case.objects.filter(procedure="example_watch").exists()
    run("2026-03-06 00:00")
    assert fired() == ["ahead:P300D 2026-03-06"]


def test_a_list_that_is_set_while_a_watch_runs_counts_for_it(watch: Stage) -> None:
    """What was told stays told; −120 is 2 September, −15 is 16 December."""
    run("2026-07-04 00:00")
    set_list("P120D", "P15D", on="2026-07-10", now="2026-07-10 09:00")
    run("2026-07-10 09:01")
    assert fired() == ["ahead:P180D 2026-07-04"]
    assert waiting() == ["ahead:P120D 2026-09-02", "ahead:P15D 2026-12-16", "overdue 2027-01-01"]
    acts = Act.objects.filter(name="procedures.watch").count()
    run("2026-07-10 09:02")
    assert (acts, Act.objects.filter(name="procedures.watch").count()) == (1, 1)


def test_another_list_from_tomorrow_leaves_a_running_watch_alone(watch: Stage) -> None:
    set_list("P180D", "P90D")
    run("2026-07-04 00:00")
    set_list("P15D", on="2026-07-11", now="2026-07-10 09:00")
    run("2026-07-12 00:00")
    assert waiting() == ["ahead:P90D 2026-10-02", "overdue 2027-01-01"]


# Never twice, and at no more cost than what is due ------------------------------------------------------------------


def test_the_same_date_is_watched_once_by_constraint(watch: Stage) -> None:
    run("2026-07-04 00:00")
    case = the_case()
    twin = Case(
        **{
            name: getattr(case, name)
            for name in ("procedure", "version", "watched", "towards_on", "law_on", "opened_at")
        },
        estate=case.estate,
        number="示例重复",
    )
    twin.root = twin
    with pytest.raises(IntegrityError, match="watch"), transaction.atomic():
        twin.save(force_insert=True)


def test_two_ticks_at_once_open_one_case(watch: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second worker has looked before the first has written: the constraint decides, and nothing is broken."""
    rows = list(standing(at("2026-07-04 00:00")).filter(pk=watch.cast.home.contract_id))
    run("2026-07-04 00:00")
    monkeypatch.setattr(watching, "_unwatched", lambda *_: iter(rows))
    assert watching.open_due(at("2026-07-04 00:00")) == 0
    assert Case.objects.filter(procedure="example_watch").count() == 1


@pytest.mark.parametrize("contracts", [10, 100])
def test_what_is_not_due_costs_nothing(watch: Stage, contracts: int, django_assert_num_queries: Any) -> None:
    """The same queries for ten contracts and for a hundred: one look for moved dates, one for dates in sight."""
    run("2026-07-04 00:00")
    one = ServiceContract.objects.get(pk=watch.cast.home.contract_id)
    ServiceContract.objects.bulk_create(
        ServiceContract(
            estate=watch.cast.bare_estate,
            provider=one.provider,
            kind=one.kind,
            signed_on=one.signed_on,
            starts_on=date(2026, 1, 1),
            ends_on=date(2028, 1, 1),
        )
        for _ in range(contracts)
    )
    run("2026-07-04 00:01")
    with django_assert_num_queries(4):  # the law's revision twice, and one query each
        tick.follow_dates(at("2026-07-04 00:02"))
        watching.open_due(at("2026-07-04 00:02"))
