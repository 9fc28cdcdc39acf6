"""An exit played by the cast, act by act; every scenario starts from one of these scenes."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf

from gongzhi.acts.door import SYSTEM, Actor, Answer
from gongzhi.exits.rules import AGREEMENT
from gongzhi.exits.tests.grounds import Grounds
from gongzhi.exits.tests.handing import Handing, scan_of, signature
from gongzhi.exits.tests.settling import Settling
from gongzhi.law.actions import adopt_instrument, set_local_value
from gongzhi.law.facts import AdoptInstrument, SetLocalValue
from gongzhi.papers.actions import store_upload
from gongzhi.procedures.models import Case, Task
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.procedures.perform import perform
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.tests.stage import agreed
from gongzhi.procedures.view import CaseView
from gongzhi.registry.tests.cast import Area, Cast
from gongzhi.values.now import ZONE


def _blank_page() -> bytes:
    """A whole PDF of one empty page."""
    document, out = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.save(out)
    return out.getvalue()


PDF = _blank_page()


def at(text: str) -> datetime:
    """An instant in Asia/Shanghai from `2026-03-02 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def adopt_baishan() -> None:
    """The city gives its text a number and a date: from then on it decides."""
    facts = AdoptInstrument(
        jurisdiction="2206",
        instrument="BS",
        number="示例建发〔2025〕1号",
        adopted_on=date(2025, 1, 1),
        authority="示例白山市住房和城乡建设局",
    )
    adopt_instrument(by=SYSTEM, at=at("2025-01-01 09:00"), facts=facts)


def set_here(
    key: str, value: Any, code: str = "2206", unit: str = "", set_on: date = date(2025, 1, 1)
) -> None:
    """The place fills what the law leaves open."""
    facts = SetLocalValue(
        jurisdiction=code,
        key=key,
        value=value,
        unit=unit,
        authority="示例主管部门",
        instrument="示例通知",
        set_on=set_on,
    )
    set_local_value(by=SYSTEM, at=at(f"{set_on} 09:00"), facts=facts)


@dataclass
class Play(Settling, Handing, Grounds):
    """One exit on its way. `now` is the present; `go(days=…)` lets time pass."""

    cast: Cast
    area: Area
    now: datetime
    root: UUID | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    def go(self, **by: int) -> "Play":
        """Let time pass."""
        self.now += timedelta(**by)
        return self

    def until(self, text: str) -> "Play":
        """Let time pass until an instant."""
        self.now = at(text)
        return self

    def actor(self, name: str) -> Actor:
        """One of the cast of this area."""
        return self.area.actors[name]

    # Acts -------------------------------------------------------------------------------------------------------

    def file(self, name: str, kind: str) -> dict[str, str]:
        """Upload a paper; returns it as an act takes it."""
        answer = store_upload(by=self.actor(name), at=self.now, upload=BytesIO(PDF), name=f"{kind}.pdf")
        return {"file": str(answer.value["id"]), "kind": kind}

    def papers(self, name: str, *kinds: str) -> list[dict[str, str]]:
        """Several papers."""
        return [self.file(name, kind) for kind in kinds]

    def case(self, procedure: str = "exit") -> CaseView:
        """The root, or its newest child of a procedure."""
        row = (
            Case.objects.filter(root_id=self.root, procedure=procedure).order_by("-opened_at", "-id").first()
        )
        assert row is not None, f"no {procedure} in the tree"
        return CaseView(row)

    def task(self, path: str) -> Task:
        """The newest open task of `procedure.step.task`."""
        procedure, step, name = path.split(".", 2)
        found = Task.objects.filter(
            case__root_id=self.root,
            case__procedure=procedure,
            round__step__code=step,
            name=name,
            open=True,
        )
        task = found.order_by("-opened_at", "-id").first()
        assert task is not None, f"no open task {path}; open: {self.open_tasks()}"
        return task

    def open_tasks(self) -> list[str]:
        """What is open, as paths."""
        rows = Task.objects.filter(case__root_id=self.root, open=True).order_by("opened_at", "id")
        found = rows.values_list("case__procedure", "round__step__code", "name")
        return sorted(f"{procedure}.{step}.{name}" for procedure, step, name in found)

    def do(self, name: str, path: str, act: str, papers: tuple[str, ...] = (), **facts: Any) -> Answer:
        """Perform an act on a task."""
        return perform(
            by=self.actor(name),
            at=self.now,
            task_id=self.task(path).id,
            act=act,
            facts=agreed(act) | facts,
            papers=self.papers(name, *papers, *scan_of(facts)),
        )

    def stand(self, name: str, procedure: str, act: str, at_step: str = "", **facts: Any) -> Answer:
        """A standing act of a case."""
        return perform_on_case(
            by=self.actor(name),
            at=self.now,
            case_id=self.case(procedure).id,
            act=act,
            facts=facts,
            papers=self.papers(name, *scan_of(facts)),
            step=at_step,
        )

    # Scenes -----------------------------------------------------------------------------------------------------

    def apply(self, exit_on: str, name: str = "provider_leader", **more: Any) -> "Play":
        """The provider applies."""
        answer = open_case(
            by=self.actor(name),
            at=self.now,
            procedure="exit",
            variant="provider_early",
            subject=Subject(estate=self.area.estate),
            facts=application(exit_on) | more,
            papers=self.papers(name, "exit_application"),
        )
        self.root = UUID(answer.value["case"])
        return self

    def arrive(self, name: str = "committee_head") -> "Play":
        """The owners' side takes it in."""
        self.do(
            name,
            "exit.application.receive",
            "receive",
            arrived_at=self.now.isoformat(),
            received_by="示例签收人",
        )
        return self

    def file_with(self, *roles: str) -> "Play":
        """The filings are sent."""
        for role in roles:
            self.do(
                "provider_leader",
                f"exit.filing.send:{role}",
                "send",
                sent_at=self.now.isoformat(),
                method="platform",
                proof="示例报送凭证",
            )
        return self

    def post(self, name: str, path: str) -> "Play":
        """A notice is posted."""
        self.do(
            name,
            f"{path}.post",
            "post",
            title="示例公示",
            body="示例公示内容",
            places=["小区东门"],
            posted_at=self.now.isoformat(),
            posted_by=["示例甲", "示例乙"],
        )
        return self

    def take_down(self, name: str, path: str) -> "Play":
        """A notice is taken down."""
        self.do(
            name,
            f"{path}.take_down",
            "take_down",
            taken_down_at=self.now.isoformat(),
            taken_down_by=["示例甲", "示例乙"],
            no_picture="示例原因",
        )
        return self

    def agree(self, ends_on: str, papers: tuple[str, ...] = ("exit_agreement",), **more: Any) -> "Play":
        """Both sides agree, by the owners' decision where no text gives it to the committee."""
        if not self.case().law.is_wanted(AGREEMENT):
            decision = {"decided_on": str(self.case().local_day(self.now)), "decided_by": "示例业主大会决议"}
            more = decision | more
        self.do(
            "committee_head",
            "exit.agreement.decide",
            "approve",
            papers,
            ends_on=ends_on,
            settlement="示例清算安排",
            prepaid="示例预收处理",
            breach="示例违约责任",
            **({"fees_until": ends_on, **self.as_head("committee_head", "业委会主任")} | more),
        )
        signed = self.as_head("provider_legal_representative", "法定代表人")
        self.do("provider_leader", "exit.agreement.countersign:provider", "countersign", **signed)
        return self

    def as_head(self, name: str, capacity: str) -> dict[str, str]:
        """The registered head of a body signs: no power is needed."""
        return signature(self.area.people[name].name) | {"capacity": capacity}

    def vote(
        self, chosen: str = "contract", organisation: str = "other_provider", heads_for: int = 4
    ) -> "Play":
        """The owners vote on who follows."""
        self.do(
            "committee_head",
            "joint_decision.record.submit",
            "submit",
            voted_on=str(self.now.date()),
            not_passed=heads_for < 3,
            heads_total=6,
            heads_voted=5,
            heads_for=heads_for,
            area_total="452.50",
            area_voted="400.00",
            area_for="300.00",
            chosen=chosen,
            organisation=str(self.area.organisations[organisation].pk) if chosen == "contract" else None,
            present="示例街道到场人员",
        )
        return self

    def name_successor(self, starts_on: str) -> "Play":
        """The owners' side names whom the vote chose."""
        self.do(
            "committee_head",
            "exit.successor.submit",
            "submit",
            mode="contract",
            organisation=str(self.area.organisations["other_provider"].pk),
            starts_on=starts_on,
        )
        return self

    def take_over(self, name: str = "other_provider_leader") -> "Play":
        """The successor is on site."""
        self.do(
            name,
            "exit.takeover.submit",
            "submit",
            taken_over_at=self.now.isoformat(),
            leader="示例负责人",
            staff=8,
            stands="示例岗位交接",
        )
        return self

    def leave(self, receiver: str = "other_provider_leader") -> "Play":
        """The provider is out, and whoever received confirms it."""
        self.do("provider_leader", "exit.departure.submit", "submit", **departure(self.now))
        self.do(receiver, "exit.departure.confirm_left", "confirm_left", checked="示例核对情况")
        return self


def application(exit_on: str) -> dict[str, Any]:
    """A whole application."""
    return {
        "exit_on": exit_on,
        "reason": "示例经营原因",
        "handover_plan": "示例交接安排",
        "contact": "示例联系人 13900000000",
        "staff_until_takeover": "示例人员安排",
        "serves_until_takeover": True,
    }


def departure(left_at: datetime) -> dict[str, Any]:
    """A whole departure."""
    return {
        "left_at": left_at.isoformat(),
        "people_and_goods_out": True,
        "rooms_returned": True,
        "data_handed_over": True,
        "rest": "settled",
    }
