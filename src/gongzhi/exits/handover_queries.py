"""Reads of a handover: the situation its rules look at, what it gives."""

from datetime import datetime

from django.db.models import QuerySet

from gongzhi.procedures.holders import hold
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Unit
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.exchange import HandoverTold
from gongzhi.values.now import ZONE

from .handover_situation import HandoverSituation
from .models import FEES, OneSidedInventory, PrepaidFee
from .parties import RECEIVER

LISTS = ("documents", "assets", "extra", "joint_check")


def handover_situation(case: CaseView, at: datetime) -> HandoverSituation:
    """A handover as its rules see it."""
    done = [case.instant(f"{step}.listed") for step in LISTS]
    known = [instant.astimezone(ZONE) for instant in done if instant is not None]
    receiver = hold(case, RECEIVER, at)
    sides = (case.organisation(PROVIDER.code), receiver.organisation)
    return HandoverSituation(
        at=at,
        today=case.local_day(at),
        opened_at=case.row.opened_at,
        lists_done_at=max(known) if known else None,
        has_receiver=not receiver.vacant,
        missing=tuple(missing_items(case).values_list("label", flat=True)),
        extra={item.code: (item.state, item.condition) for item in _items(case, "extra")},
        behind=_behind(case),
        unsigned=tuple(unsigned_lists(case)),
        units=frozenset(Unit.objects.filter(estate=case.row.estate).values_list("id", flat=True)),
        parties=frozenset(side.pk for side in sides if side is not None),
    )


def _items(case: CaseView, step: str) -> QuerySet[Item]:
    return Item.objects.filter(case=case.row, round__step__code=step, round__void_at=None)


def missing_items(case: CaseView) -> QuerySet[Item]:
    """What is missing on any list of the handover and has not come in."""
    rows = Item.objects.filter(case=case.row, round__void_at=None, state="missing", made_up_at=None)
    return rows.order_by("round__opened_at", "round", "position")


def _behind(case: CaseView) -> dict[str, int]:
    """How many rows stand behind each further item that is more than a line of a list."""
    prepaid = PrepaidFee.objects.filter(case=case.row)
    return {
        "meters": case.row.readings.count(),
        "prepaid": prepaid.filter(kind__in=FEES).count(),
        "deposits": prepaid.exclude(kind__in=FEES).count(),
        "lifts": case.row.lifts.count(),
    }


def unsigned_lists(case: CaseView) -> list[str]:
    """Titles of the lists that somebody refused to sign, or that were filled without the giver."""
    titles = []
    for step in case.declared:
        found = case.live_round(step) if step.code in LISTS else None
        if found is None:
            continue
        one_sided = OneSidedInventory.objects.filter(round_id=found.id).exists()
        if one_sided or case.outcome_of(step) == "refused":
            titles.append(step.title)
    return titles


def was_unsigned(case: CaseView) -> bool:
    """Whether a list stands without the provider's hand."""
    return bool(unsigned_lists(case))


def handover_told(case: CaseView) -> HandoverTold:
    """What a handover gives to the exit: what is missing, and who refused to sign."""
    refused = [
        str(act.facts["refused_by"])
        for act in case.row.said.filter(name="record_refusal", round__void_at=None).order_by("at")
    ]
    return HandoverTold(missing_items(case).count(), tuple(refused))
