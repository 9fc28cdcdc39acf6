"""Checklist: a list from the pack, item by item; two parties sign, a witness signs; a refusal to sign is recorded."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import CharField, UUIDField
from pydantic import AwareDatetime, Field, ValidationInfo, field_validator, model_validator

from gongzhi.acts.facts import PEOPLE, Facts, needed_when
from gongzhi.acts.kept import Kept, insert, save
from gongzhi.papers.kinds import PaperKind
from gongzhi.registry.roles import Role
from gongzhi.values.refusals import Invalid, NotPossible

from ..declare import Step
from ..forms import REFUSAL
from ..models import Item
from ..refusing import refused_side, unsigned
from ..terms import ActSpec, Condition, Pictures, RoundView, TaskSpec
from ..view import CaseView
from .review import Reasons, Signature

#: What is told of an item, and is told again in the next round.
_TOLD = ("state", "quantity", "condition", "reason", "make_up_on", "said_at")
#: The act in which one item is told.
RECORD = "record"
OF_AN_ITEM = Pictures(PaperKind.PHOTO, PaperKind.PHOTO.label, "看得出这一项和它的状况")
ON_THE_SPOT = Pictures(PaperKind.PHOTO, PaperKind.PHOTO.label, "看得出地点和在场的人")
_ITEM = Kept(
    lambda round, code: Item.objects.filter(round=round, code=code),
    round=UUIDField(),
    code=CharField(),
)
#: The task in which the receiver fills the list without the giver.
ONE_SIDED = "fill:one_sided"
#: The acts with which it is said that a side does not sign: by itself, or by whoever records it.
WOULD_NOT = ("record_refusal", "decline")
#: What the task of recording a refusal says beside its title.
ONLY_REFUSED = "有人拒绝签字时才办"
NO_LIST = Condition(lambda case: False, "当地规定没有这份清单")


class ItemSaid(Facts):
    """One line of the list as it was found."""

    code: str = Field(title="项目", min_length=1, max_length=64)
    state: Literal["original", "sealed_copy", "present", "missing"] = Field(title="状态")
    label: str = Field(title="名称（清单以外的项目）", default="", max_length=200)
    quantity: int | None = Field(title="份数", default=None, ge=0, le=1_000_000)
    condition: str = Field(title="状况", default="", max_length=300)
    reason: str = Field(
        title="缺失原因",
        default="",
        max_length=300,
        validate_default=True,
        json_schema_extra=needed_when("state", "missing"),
    )
    make_up_on: date | None = Field(
        title="补交期限",
        default=None,
        validate_default=True,
        json_schema_extra=needed_when("state", "missing"),
    )

    @field_validator("reason", "make_up_on")
    @classmethod
    def _missing_has_both(cls, value: Any, info: ValidationInfo) -> Any:
        """Each says at its own place that it is wanting."""
        if info.data.get("state") == "missing" and not value:
            raise ValueError("缺失的项目要写明")
        return value


class Filled(Facts):
    """The list is complete as far as it goes."""

    remark: str = Field(title="备注", default="", max_length=500)


class Refusal(Facts):
    """Somebody will not sign: who, why, before whom. Two people record it."""

    refused_by: str = Field(title="拒签人", min_length=1, max_length=50)
    reason: str = Field(title="拒签理由", min_length=1, max_length=300)
    recorders: tuple[str, ...] = Field(title="记录人", min_length=2, json_schema_extra=PEOPLE)
    witness: str = Field(title="见证人", default="", max_length=50)
    refused_at: AwareDatetime | None = Field(
        title="拒签时间", description="不填的，文书上写登记时间", default=None
    )
    place: str = Field(title="拒签地点", default="", max_length=200)
    party: str = Field(
        title="拒签方",
        description="两方都没有签字的，须写明是哪一方；两方都拒签的，分别记录",
        default="",
        max_length=32,
    )

    @model_validator(mode="after")
    def _different_people(self) -> "Refusal":
        if len(set(self.recorders)) < len(self.recorders) or self.witness in self.recorders:
            raise ValueError("记录人和见证人要是不同的人，请改正")
        return self


def demand_unsigned(view: RoundView, sides: Sequence[Role], refusal: Refusal, at: datetime) -> None:
    """Refuse to record a refusal of a side that has signed, of one that cannot be told, or one that is yet to come."""
    if refusal.refused_at is not None and refusal.refused_at > at:
        raise NotPossible("拒签时间不能晚于现在，请核对后填写。")
    left = unsigned(view.said, sides)
    side = next((one for one in sides if one.code == refusal.party), None)
    if refusal.party and side is None:
        names = "或".join(f"{one.title}（{one.code}）" for one in sides)
        raise Invalid(f"拒签方只能是{names}，请改正。", fields={"party": "不在可选范围内"})
    if not left or (side is not None and side not in left):
        who = side.title if side is not None else "各方"
        raise NotPossible(f"{who}已经签字，不能记录拒签，请核对拒签方。")
    if side is None and len(left) > 1:
        names = "、".join(one.title for one in left)
        raise Invalid(f"{names}都还没有签字，请写明拒签方。", fields={"party": "请选择"})


def sides_to_choose(sides: Sequence[Role], view: RoundView | None) -> list[tuple[str, str]]:
    """Whose signature a refusal may stand for; of one side alone nothing has to be chosen."""
    left = unsigned(view.said, sides) if view is not None else list(sides)
    if view is not None and len(left) == 1:
        return [("", left[0].title)]
    blank = [("", "请选择")] if view is not None else []
    return [*blank, *((side.code, side.title) for side in left)]


def _demand_its_name(row: Item | None, said: ItemSaid) -> None:
    """Refuse what is beyond the list without a name, and another name for what has one: its acts would be renamed."""
    if row is None and not said.label:
        raise Invalid("清单以外的项目要写明名称。", fields={"label": "不能为空"})
    if row is not None and said.label not in ("", row.label):
        raise Invalid(
            f"“{row.label}”已有名称，不再写名称，请把名称留空；要登记另一项的，按清单以外的项目另行登记。",
            fields={"label": "清单上的项目不写名称，请留空"},
        )


class Checklist(Step[Filled]):
    """A list handed over. Outcomes: `done` (all signed), `refused` (a refusal stands in place of a signature)."""

    kind = "checklist"
    task_names = ("wait", "fill", "fill:one_sided", "sign:*", "witness:*", "refusal")
    main_act = "fill"
    outcomes = ("done", "refused", "return")
    returns = ("return",)
    lists_items = True
    own_documents = (REFUSAL,)

    def __init__(
        self,
        title: str,
        *,
        by: Role,
        items: str,
        to: Role,
        witness: Role | Sequence[Role] = (),
        **rest: Any,
    ) -> None:
        super().__init__(title, by=by, facts=Filled, **rest)
        self.items, self.to = items, to
        #: Whose signature a refusal may stand for.
        self.sides: tuple[Role, ...] = (by, to)
        self.witness: tuple[Role, ...] = (witness,) if isinstance(witness, Role) else tuple(witness)

    def wanted(self, case: CaseView) -> Condition | None:
        """Skipped where the law has no such list."""
        return super().wanted(case) if case.law.is_wanted(self.items) else NO_LIST

    def opened(self, view: RoundView, at: datetime) -> None:
        """Lay out the list the law asks for, with what an earlier round had told of each item."""
        rows = [
            Item(round_id=view.id, case=view.case.row, code=item["code"], label=item["label"])
            for item in view.case.law.listed(self.items)
        ]
        known = {row.code: row for row in rows}
        for old in self._told_before(view):
            row = known.setdefault(old.code, Item(round_id=view.id, case=view.case.row, code=old.code))
            for name in ("label", *_TOLD):
                setattr(row, name, getattr(old, name))
        for position, row in enumerate(known.values(), 1):
            row.position = position
        Item.objects.bulk_create(known.values())

    def _told_before(self, view: RoundView) -> list[Item]:
        earlier = [found for found in view.case.rounds(self) if found.id != view.id]
        if not earlier or not view.case.law.is_set(self.items):
            return []
        return list(Item.objects.filter(round=earlier[-1]).exclude(state="").order_by("position"))

    def recount(self, view: RoundView, at: datetime) -> None:
        """The place has set its list by now: lay it out."""
        if not Item.objects.filter(round_id=view.id).exists():
            self.opened(view, at)

    def _signers(self) -> list[tuple[str, Role]]:
        return [
            (f"sign:{self.by.code}", self.by),
            (f"sign:{self.to.code}", self.to),
            *((f"witness:{role.code}", role) for role in self.witness),
        ]

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """`fill` by the giver; then a signature of each side and of each witness.

        A giver who does not come is no way to stop a handover: the receiver may fill the list one-sidedly. What was
        so counted in his default he cannot send back to himself: he signs, or declines with his reason.
        """
        if not view.case.law.is_set(self.items):
            return [TaskSpec("wait", self.title, self.by, (), waits_for=self.items)]
        fills = [
            TaskSpec("fill", f"填写{self.title}", self.by, (RECORD, "fill")),
            TaskSpec(
                ONE_SIDED,
                f"单方清点{self.title}",
                self.to,
                (RECORD, "fill"),
                instead=True,
                note="移交方不到场或者不填写时才办",
            ),
        ]
        filled = view.last("fill")
        specs = [spec for spec in fills if filled is None or spec.name == filled.task]
        if filled is not None:
            for name, role in self._signers():
                title = f"{'见证' if name.startswith('witness') else '签收'}{self.title}"
                alone = filled.task == ONE_SIDED and name == f"sign:{self.by.code}"
                specs.append(
                    TaskSpec(name, title, role, ("sign", "decline") if alone else ("sign", "return"))
                )
        if filled is not None and unsigned(view.said, self.sides):
            specs.append(
                TaskSpec(
                    "refusal",
                    f"记录{self.title}拒签情况",
                    self._recorder(),
                    ("record_refusal",),
                    instead=True,
                    note=ONLY_REFUSED,
                )
            )
        return specs

    def _recorder(self) -> Role:
        """Who records that somebody will not sign: the first witness, else the receiver."""
        return self.witness[0] if self.witness else self.to

    def act_specs(self) -> dict[str, ActSpec]:
        """`record` (an item, as often as needed), `fill`, `sign`, `decline`, `return`, `record_refusal`."""
        specs = (
            ActSpec(RECORD, "登记一项", ItemSaid, finishes=False, pictures=OF_AN_ITEM),
            ActSpec("fill", "清单填写完毕", Filled, pictures=ON_THE_SPOT),
            ActSpec("sign", "签字确认", Signature),
            ActSpec("decline", "拒签", Reasons),
            ActSpec("return", "退回重填", Reasons),
            ActSpec("record_refusal", "记录拒签", Refusal, finishes=False, pictures=ON_THE_SPOT),
        )
        return {spec.name: spec for spec in specs}

    def item_of(self, act: str, facts: Mapping[str, Any]) -> str:
        """The item that was told."""
        return str(facts["code"]) if act == RECORD else ""

    def codes_of(self, act: str, view: RoundView | None = None) -> dict[str, list[tuple[str, str]]]:
        """Whose signature a refusal stands for: who has signed is no choice any more."""
        return {"party": sides_to_choose(self.sides, view)} if act == "record_refusal" else {}

    def outcome(self, view: RoundView) -> str | None:
        """Done when everybody signed; a recorded refusal stands in place of that party's signature, not a witness's.

        Who signs after his refusal was recorded has signed.
        """
        if view.last("return"):
            return "return"
        signed = {said.task for said in view.acts("sign")}
        missing = [name for name, _ in self._signers() if name not in signed]
        if not view.last("fill") or not missing:
            return "done" if view.last("fill") else None
        would_not = [refused_side(view, said, self.sides) for said in view.acts("record_refusal")]
        refused = {f"sign:{side.code}" for side in would_not if side is not None}
        refused |= {said.task for said in view.acts("decline")}
        return "refused" if refused.issuperset(missing) else None

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """The list is filled before it is closed; one filled by both sides is filled once."""
        if act == "fill":
            if view.last("fill"):
                raise NotPossible("清单已经填写完毕，请各方签字。")
            empty = Item.objects.filter(round_id=view.id, state="").order_by("position")
            labels = [item.label for item in empty]
            if labels:
                raise NotPossible(f"还有{len(labels)}项没有登记：{'、'.join(labels)}，请逐项登记后再提交。")
        if act == RECORD and view.last("fill"):
            raise NotPossible("清单已经填写完毕，如需改动请签字方先退回重填。")
        if isinstance(facts, Refusal):
            demand_unsigned(view, self.sides, facts, at)
        if isinstance(facts, ItemSaid):
            if facts.make_up_on is not None and facts.make_up_on < view.case.local_day(at):
                raise NotPossible("补交期限不能早于今天，请改填今天或者以后的日期。")
            _demand_its_name(_ITEM.first(round=view.id, code=facts.code), facts)

    def record(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Keep the item's row: what others rely on now."""
        if not isinstance(facts, ItemSaid):
            return
        row = _ITEM.first(round=view.id, code=facts.code)
        new = row is None
        if row is None:
            position = Item.objects.filter(round_id=view.id).count() + 1
            row = Item(case=view.case.row, round_id=view.id, code=facts.code, position=position)
            row.label = facts.label
        for name, value in facts.model_dump(exclude={"code", "label"}).items():
            setattr(row, name, value)
        row.said_at = at
        insert(row) if new else save(row)

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """The declared mark when the last has signed or refused."""
        last = view.last("sign", *WOULD_NOT)
        return {self.marks: last.at} if self.marks and last and self.outcome(view) else {}

    def keys(self) -> tuple[str, ...]:
        """What it asks the pack for."""
        return (self.items,)
