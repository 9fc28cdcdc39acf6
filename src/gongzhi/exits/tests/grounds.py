"""Scenes of the grounds: how an exit begins, is voted on and is told, on every ground but the early exit."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from gongzhi.acts.door import SYSTEM
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.registry import actions as registry
from gongzhi.registry.facts import SignContract
from gongzhi.registry.models import ContractKind
from gongzhi.values.now import ZONE

#: What each ground of 白山's text asks for as evidence, as the pack names it.
EVIDENCE = {
    "grade_d": ("grade_result",),
    "blacklisted": ("blacklist_decision",),
    "repeated_penalties": ("penalty_decisions",),
    "misuse_of_money": ("misuse_finding",),
    "cutting_supply": ("site_record",),
    "major_incident": ("responsibility_finding",),
    "refusing_disclosure": ("order_to_correct", "not_corrected"),
    "total_subcontract": ("breach_finding",),
    "other_forced": ("stated_basis",),
}


class Grounds:
    """The scenes; mixed into a play."""

    def begin(self: Any, variant: str, name: str, papers: tuple[str, ...] = (), **facts: Any) -> Any:
        """Somebody opens an exit on a ground, with the act it begins with."""
        answer = open_case(
            by=self.actor(name),
            at=self.now,
            procedure="exit",
            variant=variant,
            subject=Subject(estate=self.area.estate),
            facts=facts,
            papers=self.papers(name, *papers),
        )
        self.root = UUID(answer.value["case"])
        return answer.value["warnings"]

    def contract(
        self: Any, ends_on: str | None, kind: str = "service", terms: dict[str, Any] | None = None
    ) -> Self:
        """The provider's contract that counts: signed in June 2025, until a day, with terms of its own."""
        facts = SignContract(
            estate_id=self.area.estate.pk,
            provider_id=self.area.organisations["provider"].pk,
            kind=ContractKind(kind),
            signed_on=date(2025, 5, 20),
            starts_on=date(2025, 6, 1),
            ends_on=date.fromisoformat(ends_on) if ends_on else None,
            terms=terms or {},
        )
        registry.sign_contract(by=SYSTEM, at=datetime(2025, 6, 1, 9, tzinfo=ZONE), facts=facts)
        return self  # type: ignore[no-any-return]

    # The provider --------------------------------------------------------------------------------------------------

    def not_renew(self: Any, contract_ends_on: str, name: str = "provider_leader") -> Any:
        """The provider tells that it will not renew; the warnings."""
        said = leaving() | {"contract_ends_on": contract_ends_on}
        return self.begin("provider_not_renewing", name, **said)

    def end_indefinite(
        self: Any,
        ends_on: str,
        served_on: bool | None = True,
        papers: tuple[str, ...] = ("termination_notice",),
    ) -> Any:
        """The provider ends an indefinite contract."""
        said = leaving() | {"ends_on": ends_on, "served_on": served_on}
        return self.begin("indefinite_ended", "provider_leader", papers, **said)

    # The owners ----------------------------------------------------------------------------------------------------

    def expire(
        self: Any,
        ended_on: str,
        *,
        renewed: bool = False,
        served_on: bool = False,
        name: str = "committee_head",
    ) -> Any:
        """The owners' side says that the term is over."""
        return self.begin(
            "term_expired",
            name,
            ("service_contract",),
            contract_ended_on=ended_on,
            renewal_decided=renewed,
            served_on=served_on,
            remark="示例：期满前未召开业主大会",
        )

    def move(self: Any, variant: str, name: str = "committee_head", **more: Any) -> Any:
        """The owners are to decide on the provider."""
        said = {"reason": "示例提议理由", "basis": "示例合同第八条", "moved_by": "示例业主委员会"}
        return self.begin(variant, name, **said, **more)

    def tell_end(
        self: Any,
        ends_on: str,
        papers: tuple[str, ...] = ("vote_result",),
        name: str = "committee_head",
    ) -> Any:
        """The owners write to the provider that the contract ends; the warnings."""
        answer = self.do(
            name,
            "exit.notice.submit",
            "submit",
            papers,
            ends_on=ends_on,
            basis="示例表决结果",
            hand_over="示例移交内容",
            contact="示例联系人",
        )
        return answer.value["warnings"] if hasattr(answer, "value") else answer["warnings"]

    def reach(self: Any, path: str, name: str) -> Self:
        """The other side takes a notice in now."""
        self.do(name, path, "receive", arrived_at=self.now.isoformat(), received_by="示例签收人")
        return self  # type: ignore[no-any-return]

    def publish_result(self: Any, until: str) -> Self:
        """The result is posted now and taken down on a day, and filed where the place asks for it."""
        self.post("committee_head", "exit.result_notice")
        self.file_result()
        self.until(until).take_down("committee_head", "exit.result_notice")
        return self  # type: ignore[no-any-return]

    def file_result(self: Any) -> None:
        """The result is sent to those the place names."""
        for path in [task for task in self.open_tasks() if task.startswith("exit.result_filing.send:")]:
            self.do("committee_head", path, "send", **sent(self.now))

    # The county ----------------------------------------------------------------------------------------------------

    def classify(
        self: Any,
        variant: str,
        papers: tuple[str, ...] | None = None,
        name: str = "county_officer",
        **more: Any,
    ) -> Any:
        """The county finds a forced ground, with the evidence it rests on."""
        said = {
            "found_on": str(self.now.date()),
            "facts_found": "示例查明事实",
            "basis": "示例条款",
            "evidence": "示例证据来源",
        }
        return self.begin(variant, name, EVIDENCE[variant] if papers is None else papers, **(said | more))

    def urge(self: Any, **more: Any) -> Self:
        """The letter to the owners' assembly goes its way, by three people, and is served."""
        draft = {"facts_found": "示例查明事实", "basis": "示例条款", "request": "请依法启动解聘程序"}
        self.do("county_officer", "exit.urging.draft", "draft", **draft, contact="示例联系人", **more)
        self.do("county_reviewer", "exit.urging.check", "check", opinion="同意")
        self.do("county_leader", "exit.urging.sign_off", "sign_off", opinion="同意")
        self.do("county_officer", "exit.urging.seal", "seal", copies=3, keeper="示例用印人")
        self.go(hours=2)
        self.do(
            "county_officer",
            "exit.urging.serve",
            "serve",
            arrived_at=self.now.isoformat(),
            method="direct",
            may_receive=True,
            received_by="示例签收人",
            address="示例小区业主委员会办公室",
            servers=["示例甲", "示例乙"],
        )
        return self  # type: ignore[no-any-return]

    # To the end ----------------------------------------------------------------------------------------------------

    def close(self: Any, receiver: str = "other_provider_leader") -> Self:
        """From the settlement (where there is one) to the departure, and the last filings; it ends there and then."""
        if any(task.startswith("settlement.") for task in self.open_tasks()):
            self.settle()
        self.hand_over(receiver)
        self.take_over(receiver).go(minutes=5).leave(receiver)
        for path in [
            task for task in self.open_tasks() if ".filing.send:" in task or ".copies.send:" in task
        ]:
            self.do(
                receiver if path.startswith("handover") else "provider_leader", path, "send", **sent(self.now)
            )
        return self  # type: ignore[no-any-return]


def leaving() -> dict[str, Any]:
    """What a provider says that leaves."""
    return {
        "reason": "示例原因",
        "handover_plan": "示例交接安排",
        "contact": "示例联系人 13900000000",
        "serves_until_takeover": True,
    }


def sent(at: datetime) -> dict[str, str]:
    """A filing that was sent."""
    return {"sent_at": at.isoformat(), "method": "platform", "proof": "示例报送凭证"}
