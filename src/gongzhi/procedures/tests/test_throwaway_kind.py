"""A new kind needs no change in door, tick or models: here is one, made for this test alone, and it runs."""

import ast
import inspect
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gongzhi.acts import chains
from gongzhi.acts.models import Chain
from gongzhi.procedures import checks, engine, firing, perform, reassign, standing, tick, undoing
from gongzhi.procedures import kinds as all_kinds
from gongzhi.procedures.declare import Procedure, Step
from gongzhi.procedures.models import CaseAct
from gongzhi.procedures.terms import ActSpec, RoundView, TaskSpec, within
from gongzhi.procedures.tests.stage import Law, Stage, Word, at, declared, period
from gongzhi.registry.roles import COMMUNITY, OWNERS, PROVIDER, Role
from gongzhi.values.refusals import NotAllowed, NotFound, NotPossible


class Relay(Step[Word]):
    """A baton that passes from hand to hand; whoever drops it sends it back to the start."""

    kind = "relay"
    main_act = "run"
    outcomes = ("done", "dropped")
    returns = ("dropped",)

    def __init__(self, title: str, *, hands: tuple[Role, ...], **rest: Any) -> None:
        super().__init__(title, by=hands[0], facts=Word, **rest)
        self.hands = hands

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        legs = len(view.acts("run")) + 1
        return [
            TaskSpec(f"leg:{turn}", f"第{turn}棒", role, ("run", "drop"))
            for turn, role in enumerate(self.hands[:legs], start=1)
        ]

    def act_specs(self) -> dict[str, ActSpec]:
        return {"run": ActSpec("run", "跑", Word), "drop": ActSpec("drop", "掉棒", Word)}

    def outcome(self, view: RoundView) -> str | None:
        if view.last("drop"):
            return "dropped"
        return "done" if len(view.acts("run")) == len(self.hands) else None

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        return {f"leg_{turn}": said.at for turn, said in enumerate(view.acts("run"), start=1)}

    def mark_names(self) -> tuple[str, ...]:
        return (*super().mark_names(), *(f"leg_{turn + 1}" for turn in range(len(self.hands))))


class Race(Procedure):
    """A race of one relay, for which a time is set from its first leg on."""

    code, title, subject = "race", "示例接力", "estate"
    parties = (PROVIDER,)
    relay = Relay(
        "接力",
        hands=(PROVIDER, OWNERS, COMMUNITY),
        due=within("race.time", of="relay.leg_1", on_missed="slow"),
    )


@pytest.fixture
def race(stage: Stage, law: Law) -> Stage:
    law["race.time"] = period("3D")
    return stage.declare(Race).open("race")


def test_its_declaration_is_sound(law: Law) -> None:
    with declared(Race):
        assert list(checks.findings(Race)) == ["race.relay asks for race.time, which is no key of the law"]


def test_it_runs_from_hand_to_hand_to_its_end(race: Stage) -> None:
    assert race.tasks() == ["relay.leg:1"]
    race.do("provider_leader", "relay.leg:1", "run")
    assert race.tasks() == ["relay.leg:2"]
    with pytest.raises(NotAllowed, match="应由示例白山一号小区业主委员会办理"):
        race.do("provider_leader", "relay.leg:2", "run")
    race.do("committee_head", "relay.leg:2", "run")
    race.do("community_worker", "relay.leg:3", "run", word="到了")
    case = race.case()
    assert (case.row.outcome, case.outcome_of(Race.relay), case.said(Race.relay).word) == (
        "done",
        "done",
        "到了",
    )


def test_it_goes_back_by_its_own_outcome(race: Stage) -> None:
    race.do("provider_leader", "relay.leg:1", "run")
    race.do("committee_head", "relay.leg:2", "drop")
    assert race.tasks() == ["relay.leg:1"]
    assert [bool(found.void_at) for found in race.case().rounds(Race.relay)] == [True, False]


def test_the_tick_watches_its_clock(race: Stage) -> None:
    race.do("provider_leader", "relay.leg:1", "run")
    # 2 March + 3 days: Thursday 5 March 2026, to 24:00
    assert race.clock("race.time").due_at == at("2026-03-06 00:00")
    assert tick.fire_due(at("2026-03-05 23:59")) == 1  # the reminder of three days
    assert tick.fire_due(at("2026-03-06 00:00")) == 2
    assert race.case().marks["slow"] == at("2026-03-06 00:00")


def test_acts_and_tasks_it_does_not_know_are_refused(race: Stage) -> None:
    with pytest.raises(NotFound, match="没有这个操作（fly），可用的有：跑、掉棒"):
        race.do("provider_leader", "relay.leg:1", "fly")
    race.do("provider_leader", "relay.leg:1", "run")
    with pytest.raises(NotPossible, match="不能重复办理"):
        race.do("provider_leader", "relay.leg:1", "run")


def test_its_acts_stand_in_the_chain(race: Stage) -> None:
    race.do("provider_leader", "relay.leg:1", "run")
    chain = Chain.objects.get(pk=race.root)
    assert list(chain.acts.order_by("seq").values_list("name", flat=True)) == ["race.open", "race.relay.run"]
    assert list(chains.broken_links(chain)) == []
    assert CaseAct.objects.get().facts_class.endswith("stage.Word/1")


@pytest.mark.parametrize("module", [engine, firing, perform, reassign, standing, tick, undoing])
def test_door_engine_and_tick_ask_no_step_what_it_is(module: Any) -> None:
    """No isinstance of a step, no kind's name, no import of a kind."""
    source = Path(inspect.getfile(module)).read_text("utf-8")
    names = {name.lower() for name in all_kinds.__all__} | {"publish"}
    tree = ast.parse(source)
    asked = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "isinstance"]
    steps = [node for node in asked if "step" in ast.dump(node).lower()]
    words = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names
    }
    imports = [ast.dump(node) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert (steps, words) == ([], set())
    assert not any("kinds" in dumped for dumped in imports)
    assert "step.kind" not in source
