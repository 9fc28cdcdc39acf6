"""Review: approve, return for correction, refuse, each with reasons; others may have to sign what was approved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from pydantic import Field

from gongzhi.acts.facts import Facts
from gongzhi.registry.roles import ROLES, Role

from ..declare import Step
from ..signed import PLATFORM, SIGNS, Way
from ..terms import ActSpec, RoundView, TaskSpec

F = TypeVar("F", bound=Facts)


class Reasons(Facts):
    """Why, in words the other side can act on."""

    reason: str = Field(title="理由", min_length=2, max_length=1000)


class Signature(Facts):
    """Who signs and how, in which capacity, by which authority: persons sign, not roles."""

    signed_way: Way = PLATFORM
    signer: str = Field(title="签字人", min_length=1, max_length=50, json_schema_extra=SIGNS)
    capacity: str = Field(title="身份", min_length=1, max_length=50)
    authority: str = Field(title="授权依据", default="", max_length=100)


class Review(Step[F]):
    """A decision on what another said. Outcomes: `approve` (and countersigned), `return`, `refuse`.

    `acknowledge` and `witness` are keys of the law: who has to be present at it, and who witnesses it.
    """

    kind = "review"
    task_names = ("decide", "countersign:*", "acknowledge:*")
    main_act = "approve"
    outcomes = ("approve", "return", "refuse")
    positive = ("approve",)
    leads_to: ClassVar[Mapping[str, str]] = {"decline": "refuse"}
    correctable = ("approve", "countersign", "acknowledge")

    def __init__(
        self,
        title: str,
        *,
        by: Role,
        facts: type[F],
        countersign: Role | Sequence[Role] = (),
        acknowledge: str = "",
        witness: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(title, by=by, facts=facts, **rest)
        self.acknowledge, self.witness = acknowledge, witness
        self.countersign: tuple[Role, ...] = (
            (countersign,) if isinstance(countersign, Role) else tuple(countersign)
        )

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """`decide`; after an approval one `countersign` for each who must sign."""
        specs = [TaskSpec("decide", self.title, self.by, ("approve", "return", "refuse"))]
        if view.last("approve"):
            specs += [
                TaskSpec(f"countersign:{role.code}", f"会签{self.title}", role, ("countersign", "decline"))
                for role in self.countersign
            ]
            specs += self._acknowledgements(view)
        return specs

    def _acknowledgements(self, view: RoundView) -> list[TaskSpec]:
        """Those the law wants present, and who witnesses, sign that they were; who is silent holds nothing up."""
        asked = dict.fromkeys(view.case.law.named(self.witness), "见证")
        asked = dict.fromkeys(view.case.law.named(self.acknowledge), "确认在场") | asked
        return [
            TaskSpec(
                f"acknowledge:{code}", f"{what}：{self.title}", ROLES[code], ("acknowledge",), holds=False
            )
            for code, what in asked.items()
        ]

    def act_specs(self) -> dict[str, ActSpec]:
        """`approve` with the declared facts; `return`, `refuse`, `decline` with reasons; `countersign`."""
        specs = [
            ActSpec("approve", "同意", self.facts),
            ActSpec("return", "退回修改", Reasons),
            ActSpec("refuse", "不同意", Reasons),
        ]
        if self.countersign:
            specs += [ActSpec("countersign", "会签", Signature), ActSpec("decline", "拒签", Reasons)]
        if self.acknowledge or self.witness:
            specs.append(ActSpec("acknowledge", "确认在场", Signature))
        return {spec.name: spec for spec in specs}

    def outcome(self, view: RoundView) -> str | None:
        """The decision, once everybody who must sign has signed; a declined signature is a refusal."""
        if view.last("return"):
            return "return"
        if view.last("refuse", "decline"):
            return "refuse"
        if view.last("approve") and len(view.acts("countersign")) == len(self.countersign):
            return "approve"
        return None

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """The declared mark, at the last signature."""
        last = view.last("approve", "countersign")
        return {self.marks: last.at} if self.marks and last and self.outcome(view) == "approve" else {}

    def keys(self) -> tuple[str, ...]:
        """What it asks the pack for."""
        return (self.acknowledge, self.witness)
