"""The rows of the exit ledger: one an exit, every figure read from its tree and from the registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

from gongzhi.law import queries as law
from gongzhi.procedures.models import Case
from gongzhi.procedures.trees import read_trees
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Engagement, Mode, Organisation, Post
from gongzhi.registry.roles import PROVIDER, SUCCESSOR
from gongzhi.values.exchange import VoteTold
from gongzhi.values.identifiers import mask_name
from gongzhi.values.money import yuan
from gongzhi.values.periods import local_day
from gongzhi.values.wording import minute_words

from . import grounds
from .departing import left_at, recorded
from .handover_facts import NONE, NOTHING_OPEN
from .ledger import HANDOVER, SETTLEMENT, STAGES, STOPPED
from .ledger_registers import Registers
from .models import Claim
from .models.claims import THINGS, ClaimKind
from .settled_until import rest_of_exit

CATEGORIES = {"normal": "正常退出", "forced": "强制解聘退出"}
CHOSEN = {"contract": "选聘", "self_managed": "自行管理", "dismiss": "解聘"}
STEPS_OF_CLAIMS = {
    "open": "未了结",
    "demand": "已催告",
    "mediation": "调解中",
    "suit": "已起诉",
    "judgment": "已判决",
    "paid": "已了结",
}
MINUTE = timedelta(minutes=1)
#: What stands for the words of the confirmation where the reader does not see what was said.
NOT_TOLD = "交接确认书载有遗留问题，内容不公开"

#: Areas are told to two decimals, however many an engine puts behind a sum.
CENTIARE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice of the exit: from when, to which day, taken down when.

    Of one whose round is void (`is_void`) the day is the one on which it really ended: its days were never full.
    """

    title: str
    from_at: datetime
    until_on: date | None
    ended_at: datetime | None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """The settlement: from, to, its cost, and irregular money confirmed or reported, in cents."""

    from_at: datetime
    to_at: datetime | None
    total_cents: int | None
    irregular_cents: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One exit as the ledger shows it. Areas in square metres, sums in cents, `unmanaged_minutes` to the minute.

    `area` is that of all `units`, `households` are the dwellings among them.
    `late`: how many open tasks of its tree are overdue; claims are none.
    """

    case: UUID
    number: str
    estate: UUID | None
    estate_name: str
    area: Decimal
    units: int
    unknown_areas: int
    households: int
    provider: str
    credit_code: str
    leader: str
    category: str
    ground: str
    ground_title: str
    stage: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    ended_why: str
    told_at: datetime | None
    planned_on: date | None
    votes: tuple[str, ...]
    filed: dict[str, datetime]
    notices: tuple[Posted, ...]
    settlement: Settled | None
    handed_over_at: datetime | None
    left_at: datetime | None
    taken_over_at: datetime | None
    unmanaged_minutes: int
    successor: str
    open_issues: tuple[str, ...]
    violations: tuple[str, ...]
    measures: tuple[str, ...]
    late: int

    @property
    def stage_title(self) -> str:
        """The stage in words."""
        return STAGES[self.stage]

    @property
    def stage_words(self) -> str:
        """The same, and why it was stopped where it was."""
        why = self.ended_why if self.stage == STOPPED else ""
        return f"{self.stage_title}（{why}）" if why else self.stage_title

    @property
    def category_title(self) -> str:
        """Whether it is a normal or a forced exit, in words."""
        return CATEGORIES[self.category]


def rows_of(cases: Sequence[Case], at: datetime, *, masked: bool = False) -> list[LedgerRow]:
    """The rows of these exits (with their `stage`), as of `at`. The number of queries hardly grows with the exits.

    `masked`: without people's names and what was said, as who reads only the course of cases sees them.
    """
    with law.pinned():
        registers = Registers(cases, at)
        return [_Row(view, registers, at, masked).built() for view in read_trees(cases)]


class _Row:
    """One row in the making."""

    def __init__(self, view: CaseView, registers: Registers, at: datetime, masked: bool) -> None:
        self.view, self.registers, self.at, self.masked = view, registers, at, masked
        self.row: Any = view.row
        self.provider = view.organisation(PROVIDER.code)
        self.settling = self._child(SETTLEMENT)
        self.handing = self._child(HANDOVER)
        self.claims: list[Claim] = registers.claims[view.id]

    def _child(self, procedure: str) -> CaseView | None:
        found = [child for child in self.view.children.values() if child.row.procedure == procedure]
        return found[-1] if found else None

    def built(self) -> LedgerRow:
        """The whole row."""
        from .procedures import ProviderExit as Exit

        row, units = self.row, self.registers.units.get(self.row.estate_id, {})
        taken = self.view.heard(Exit.takeover)
        successor = self.view.organisation(SUCCESSOR.code)
        minutes = unmanaged_minutes(
            self.registers.engagements[row.estate_id], row.opened_at, row.ended_at or self.at, self.at
        )
        return LedgerRow(
            case=row.pk,
            number=row.number,
            estate=row.estate_id,
            estate_name=row.estate.name if row.estate is not None else "",
            area=(units.get("area") or Decimal(0)).quantize(CENTIARE),
            units=units.get("units", 0),
            unknown_areas=units.get("unknown", 0),
            households=units.get("dwellings", 0),
            provider=self.provider.name if self.provider is not None else "",
            credit_code=self.provider.uscc if self.provider is not None else "",
            leader=self._leader(self.provider),
            category="forced" if row.variant in grounds.FORCED_CODES else "normal",
            ground=row.variant,
            ground_title=grounds.TITLES.get(row.variant, row.variant),
            stage=row.stage,
            opened_at=row.opened_at,
            ended_at=row.ended_at,
            outcome=row.outcome,
            ended_why="" if self.masked else row.ended_why,
            told_at=self._told_at(),
            planned_on=row.towards_on,
            votes=tuple(self._votes()),
            filed=self._filed(),
            notices=tuple(self._notices()),
            settlement=self._settlement(),
            handed_over_at=self.view.instant("handover.confirmed"),
            left_at=left_at(self.view),
            taken_over_at=taken.taken_over_at if taken is not None else None,
            unmanaged_minutes=minutes,
            successor=successor.name if successor is not None else "",
            open_issues=tuple(self._open_issues()),
            violations=tuple(self._violations(minutes)),
            measures=tuple(self._measures()),
            late=self.registers.late.get(row.pk, 0),
        )

    def _leader(self, provider: Organisation | None) -> str:
        """Who led the provider's project on the day the exit began; else its legal representative."""
        held = self.registers.leaders[provider.pk] if provider is not None else []
        on = self.row.law_on
        there = [one for one in held if one.from_on <= on and (one.to_on is None or one.to_on >= on)]
        there = [one for one in there if one.estate_id in (None, self.row.estate_id)]
        there.sort(key=lambda one: (one.post != Post.PROVIDER_LEADER, one.estate_id is None))
        name = there[0].person.name if there else ""
        return mask_name(name) if self.masked and name else name

    def _told_at(self) -> datetime | None:
        """When the first application or notice between the parties arrived; an authority's letter is none."""
        said = [step for step in self.view.declared if step.kind == "submit"]
        arrived = [self.view.instant(f"{step.code}.arrived") for step in said]
        return min((instant for instant in arrived if instant is not None), default=None)

    def _votes(self) -> Iterable[str]:
        from .procedures import ProviderExit as Exit

        for step in (Exit.decision, Exit.hiring):
            told = self.view.result(step) if self.view.is_done(step) else None
            if isinstance(told, VoteTold):
                chosen = f"（{CHOSEN.get(told.mode, told.mode)}）" if told.passed and told.mode else ""
                yield f"{step.title}：{'通过' if told.passed else '未通过'}{chosen}"

    def _filed(self) -> dict[str, datetime]:
        """When street and county were first sent what is filed with them."""
        found: dict[str, datetime] = {}
        for step in self.view.declared:
            live = self.view.live_round(step) if step.kind == "file" else None
            for said in self.view.round_view(live).acts("send") if live is not None else ():
                level, sent_at = said.task.split(":")[1], datetime.fromisoformat(str(said.facts["sent_at"]))
                found[level] = min(sent_at, found.get(level, sent_at))
        return {level: found[level] for level in ("subdistrict", "county") if level in found}

    def _notices(self) -> Iterable[Posted]:
        for row in self.registers.notices[self.view.id]:
            if row.replaced_by_id is None:
                is_void = row.is_void or row.round.void_at is not None
                until = row.until_on
                if is_void and row.ended_at is not None:
                    until = min(until or date.max, local_day(row.ended_at))
                yield Posted(row.title, row.posted_at, until, row.ended_at, is_void)

    def _settlement(self) -> Settled | None:
        if self.settling is None:
            return None
        row = self.settling.row
        found = sum(claim.amount_cents or 0 for claim in self.claims if claim.kind == ClaimKind.MONEY)
        return Settled(row.opened_at, row.ended_at, self.registers.plans.get(row.pk), found)

    def _open_issues(self) -> Iterable[str]:
        from .procedures import Handover
        from .procedures import ProviderExit as Exit

        said: Any = self.handing.heard(Handover.confirmation) if self.handing is not None else None
        if said is not None and said.open_issues != NONE:
            told = NOT_TOLD if self.masked else f"{said.open_issues}（{said.resolution}）"
            yield f"{told}{self._brought()}"
        left = self.view.heard(Exit.departure)
        if left is not None and left.rest == "open":
            yield "清算截止日以后的收支尚未结清"
        yield from self._recorded()
        waiting = [claim for claim in self.claims if claim.closed_at is None]
        prepaid = sum(claim.amount_cents or 0 for claim in waiting if claim.kind == ClaimKind.PREPAID)
        if prepaid:
            yield f"{ClaimKind.PREPAID.label}{yuan(prepaid)}待结清"
        owed = [claim for claim in waiting if claim.kind != ClaimKind.PREPAID]
        if owed:
            yield f"未了结的追偿事项{len(owed)}项"

    def _recorded(self) -> Iterable[str]:
        """Of a departure that others recorded: what the provider owes still, and when nobody served."""
        from .procedures import ProviderExit as Exit

        found = self.view.live_round(Exit.departure)
        left = recorded(self.view.round_view(found)) if found is not None else None
        if left is None:
            return
        if left.owed.strip().rstrip("。.") not in ("", *NOTHING_OPEN):
            told = NOT_TOLD if self.masked else left.owed.strip().rstrip("。")
            yield f"离场时尚未交还、移交：{told}"
        if self.view.heard(Exit.departure) is None and rest_of_exit(self.view) is not None:
            yield "清算截止日以后的收支没有说明是否结清"
        taken = self.view.heard(Exit.takeover)
        if taken is not None and not left.is_day and left.at < taken.taken_over_at:
            yield f"{minute_words(left.at)}离场至{minute_words(taken.taken_over_at)}接管无人服务"

    def _brought(self) -> str:
        """That what the lists named as missing has come in, where all of it has; "" otherwise."""
        things = [claim for claim in self.claims if claim.kind == ClaimKind.ITEM]
        if not things or any(claim.closed_at is None for claim in things):
            return ""
        return f"；其中缺失的资料资产{len(things)}项已全部了结"

    def _violations(self, minutes: int) -> Iterable[str]:
        """What was unlawful: irregular money that was confirmed; prepaid money not settled yet is an open issue.

        An exit that was stopped found no ground.
        """
        if self.row.variant in grounds.FORCED_CODES and self.row.stage != STOPPED:
            yield grounds.TITLES[self.row.variant]
        irregular = sum(claim.amount_cents or 0 for claim in self.claims if claim.kind == ClaimKind.MONEY)
        if irregular:
            yield f"{ClaimKind.MONEY.label}{yuan(irregular)}"
        things = [claim for claim in self.claims if claim.kind in THINGS]
        if things:
            yield f"缺失的资料资产{len(things)}项"
        if self.view.instant("refund_overdue") is not None:
            yield "违规资金逾期未退还"
        if minutes:
            yield f"出现无人在管{hours(minutes)}"

    def _measures(self) -> Iterable[str]:
        for paper in self.registers.papers[self.view.id]:
            yield f"{paper.paper.title}（{paper.number}）"
        for claim in self.claims:
            if claim.stage != "open":
                what = claim.item.label if claim.item is not None else yuan(claim.amount_cents or 0)
                yield f"追偿{ClaimKind(claim.kind).label}（{what}）：{STEPS_OF_CLAIMS.get(claim.stage, claim.stage)}"


def unmanaged_minutes(rows: Sequence[Engagement], since: datetime, until: datetime, at: datetime) -> int:
    """Whole minutes in which nobody managed the estate: stretches that touch the time from `since` to `until`.

    A stretch counts from `since` at the earliest and to its own end, or to `at` while it lasts. 《民法典》第950条.
    """
    ends = [following.from_at for _, following in pairwise(rows)] + [at]
    found = timedelta()
    for row, end in zip(rows, ends, strict=True) if rows else ():
        if row.mode == Mode.UNMANAGED and row.from_at <= until:
            found += max(min(end, at) - max(row.from_at, since), timedelta())
    return found // MINUTE


def in_hours(minutes: int) -> Decimal:
    """Minutes as hours with two places, for a sheet."""
    return (Decimal(minutes) / 60).quantize(CENTIARE)


def hours(minutes: int) -> str:
    """Minutes as a clerk reads them: `12小时30分`."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}小时{rest}分" if rest else f"{whole}小时"
