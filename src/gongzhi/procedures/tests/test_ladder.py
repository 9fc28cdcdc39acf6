"""The ladder: remind → overdue → next level → consequence; once, in order, whoever fires it and whenever."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from gongzhi.acts.models import Act
from gongzhi.law.queries import book
from gongzhi.messages.models import Message
from gongzhi.procedures import engine, tick
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.models import Case, Rung
from gongzhi.procedures.terms import within
from gongzhi.procedures.tests.stage import UNDEFINED, Law, Stage, Word, at, period
from gongzhi.registry.roles import COMMUNITY, COUNTY, PROVIDER
from gongzhi.values.now import ZONE


class Watched(Procedure):
    """A deadline with a consequence, which starts another clock."""

    code, title = "watched", "示例督办"
    parties = (PROVIDER,)
    start = Submit("起点", by=PROVIDER, facts=Word)
    work = Submit(
        "办理",
        by=COMMUNITY,
        after=start,
        facts=Word,
        due=within("w.work", of="start.submitted", on_missed="missed"),
    )
    order = Submit(
        "责令", by=COUNTY, after=work.at("missed"), facts=Word, due=within("w.order", of="work.missed")
    )
    later = Submit(
        "以后",
        by=COUNTY,
        after=work,
        facts=Word,
        due=within("w.later", of="start.submitted", on_missed="too_late"),
    )


@pytest.fixture
def watched(stage: Stage, law: Law) -> Stage:
    """Begun on 2 March 2026; ten days: 12 March, to 24:00. Reminded three days before, the next level a day after."""
    law["w.work"], law["w.order"], law["w.later"] = period("10D"), UNDEFINED, UNDEFINED
    stage.declare(Watched).open("watched", word="示例")
    return stage


def local(rung: Rung) -> datetime:
    assert rung.done_at is not None
    return rung.done_at.astimezone(ZONE)


def fired(stage: Stage) -> list[str]:
    rows = Rung.objects.filter(clock__case__root_id=stage.root, done_at__isnull=False)
    return [f"{rung.name} {local(rung):%m-%d}" for rung in rows.order_by("done_at", "due_at", "name")]


def run(stage: Stage, *days: str) -> None:
    for day in days:
        tick.fire_due(at(f"2026-{day} 00:00"))


def to(name: str, stage: Stage) -> list[Message]:
    rows = Message.objects.filter(organisation=stage.cast.organisations[name], key__startswith="clocks:")
    return list(rows.order_by("created_at"))


def test_each_rung_fires_at_its_hour_and_once(watched: Stage) -> None:
    run(watched, "03-09", "03-10", "03-11", "03-12", "03-13", "03-13", "03-14", "03-15")
    assert fired(watched) == ["remind 03-10", "consequence 03-13", "overdue 03-13", "superior 03-14"]


def test_each_rung_keeps_when_it_was_due_and_when_it_was_done(watched: Stage) -> None:
    run(watched, "03-20")
    kept = {rung.name: (rung.due_at, rung.done_at) for rung in Rung.objects.all()}
    done = at("2026-03-20 00:00")
    assert kept == {
        "remind": (at("2026-03-10 00:00"), done),
        "overdue": (at("2026-03-13 00:00"), done),
        "consequence": (at("2026-03-13 00:00"), done),
        "superior": (at("2026-03-14 00:00"), done),
    }


def test_after_a_pause_it_catches_up_once_in_order_with_one_message_a_holder(watched: Stage) -> None:
    run(watched, "03-20", "03-20", "03-21")
    answer = Act.objects.get(name="procedures.tick").answer
    assert answer["rungs"] == ["w.work:remind", "w.work:overdue", "w.work:consequence", "w.work:superior"]
    (message,) = to("community", watched)
    assert message.body.splitlines() == [
        "办理：即将到期（2026年3月12日（周四）24:00）",
        "办理：已到期（2026年3月12日（周四）24:00）",
        "办理：到期未办（2026年3月12日（周四）24:00）",
        "办理：逾期未办，报告上级（2026年3月12日（周四）24:00）",
    ]
    assert len(to("subdistrict", watched)) == 1
    assert to("provider", watched) == []


def test_the_consequence_opens_what_waits_for_it_and_starts_its_clock(watched: Stage, law: Law) -> None:
    run(watched, "03-13")
    assert watched.case().marks["work.missed"] == at("2026-03-13 00:00")
    assert watched.tasks() == ["order.submit", "work.submit"]


def test_what_comes_due_by_the_consequence_is_caught_up_with_it(stage: Stage, law: Law) -> None:
    law["w.work"], law["w.order"], law["w.later"] = period("10D"), period("3D"), UNDEFINED
    stage.declare(Watched).open("watched", word="示例")
    run(stage, "03-30")
    assert stage.clock("w.order").anchor_at == at("2026-03-13 00:00")
    rungs = Act.objects.get(name="procedures.tick").answer["rungs"]
    assert rungs[4:] == ["w.order:overdue", "w.order:superior"]  # its reminder's hour was over
    assert len(to("city", stage)) == 1


def test_a_consequence_waits_for_the_step_it_belongs_to(stage: Stage, law: Law) -> None:
    law["w.work"], law["w.order"], law["w.later"] = UNDEFINED, UNDEFINED, period("5D")
    stage.declare(Watched).open("watched", word="示例")
    run(stage, "03-08")
    assert "later.too_late" not in stage.case().marks
    stage.until("2026-03-09 09:00").do("community_worker", "work.submit")
    assert stage.case().marks["later.too_late"] == at("2026-03-08 00:00")


def test_the_door_fires_what_is_due_before_it_lets_anybody_act(watched: Stage) -> None:
    """No worker ran. The step is done on the 14th, after its time: it was missed all the same."""
    watched.until("2026-03-14 09:00").do("community_worker", "work.submit")
    assert watched.case().marks["work.missed"] == at("2026-03-13 00:00")
    assert fired(watched) == ["remind 03-14", "consequence 03-14", "overdue 03-14", "superior 03-14"]


def test_where_nothing_is_due_the_door_asks_that_with_the_case(watched: Stage) -> None:
    """And whether it ever stood still; the law's revision with the task's place: no statements of their own."""
    book()
    watched.until("2026-03-04 09:00")
    said: list[str] = []

    def keep(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(keep):
        watched.do("community_worker", "work.submit")
    own = tuple(
        f'SELECT "{table}"' for table in ("procedures_rung", "procedures_suspension", "law_lawrevision")
    )
    assert [sql for sql in said if sql.startswith(own)] == []
    assert any('"law_lawrevision"' in sql for sql in said)
    assert any('"procedures_rung"' in sql and '"procedures_suspension"' in sql for sql in said)


def test_what_was_done_in_time_climbs_no_further(watched: Stage) -> None:
    watched.until("2026-03-11 09:00").do("community_worker", "work.submit")
    run(watched, "03-20")
    assert fired(watched) == ["remind 03-11"]
    assert "work.missed" not in watched.case().marks


def test_an_extended_deadline_is_watched_anew_and_its_old_rungs_are_dropped(stage: Stage, law: Law) -> None:
    law["w.work"], law["w.order"], law["w.later"] = period("10D"), UNDEFINED, UNDEFINED

    class Overseen(Watched):
        code, title = "overseen", "示例监督"
        overseers = (COUNTY,)
        start = Submit("起点", by=PROVIDER, facts=Word)
        work = Submit(
            "办理",
            by=COMMUNITY,
            after=start,
            facts=Word,
            due=within("w.work", of="start.submitted", on_missed="m"),
        )

    stage.declare(Overseen).open("overseen", word="示例")
    clock = stage.clock("w.work")
    stage.stand(
        "county_leader", "extend", clock=str(clock.id), period="P10D", reason="示例", citation="示例依据"
    )
    run(stage, "03-15")
    assert fired(stage) == []
    run(stage, "03-23")
    assert stage.case().marks["work.m"] == at("2026-03-23 00:00")


def test_the_next_level_of_the_community_is_the_street_and_above_the_city_is_nobody(watched: Stage) -> None:
    from gongzhi.procedures.holders import superior

    case, bodies = watched.case(), watched.cast.organisations
    order = ["community", "subdistrict", "county", "city"]
    for lower, higher in pairwise(order):
        found = superior(case, bodies[lower].pk, watched.now)
        assert found is not None
        assert found.organisation == bodies[higher]
    assert superior(case, bodies["city"].pk, watched.now) is None
    told = superior(case, bodies["provider"].pk, watched.now)
    assert told is not None
    assert told.organisation == bodies["subdistrict"]


def test_a_rung_cannot_be_laid_twice(watched: Stage) -> None:
    rung = Rung.objects.filter(name="overdue").get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rung.objects.create(clock=rung.clock, name="overdue", due_at=rung.due_at)


def test_one_tree_that_fails_holds_up_no_other(
    watched: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = watched.root
    watched.open("watched", word="示例")
    advance = engine.advance

    def fail(case: object, *args: object, **more: object) -> None:
        if getattr(case, "row", Case()).root_id == broken:
            raise RuntimeError("broken")
        advance(case, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "advance", fail)
    with pytest.raises(tick.Trouble, match="1 trees"):
        run(watched, "03-13")
    assert "missed" in watched.case().marks
    monkeypatch.setattr(engine, "advance", advance)
    run(watched, "03-13")
    assert "missed" in Case.objects.get(pk=broken).marks.values_list("name", flat=True)


def test_a_day_later_the_next_level_is_told_whatever_the_hour(watched: Stage) -> None:
    due = watched.clock("w.work").due_at
    assert due is not None
    assert Rung.objects.get(name="superior").due_at - due == timedelta(days=1)
