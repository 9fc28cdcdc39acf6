"""Reads of a handover: the situation its rules look at, what it gives."""

from datetime import datetime

from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.values.exchange import HandoverTold
from gongzhi.values.now import ZONE

from .handover_situation import HandoverSituation


def handover_situation(case: CaseView, at: datetime) -> HandoverSituation:
    """A handover as its rules see it."""
    done = [case.instant(path) for path in ("documents.listed", "assets.listed")]
    known = [instant.astimezone(ZONE) for instant in done if instant is not None]
    return HandoverSituation(at=at, lists_done_at=max(known) if known else None, opened_at=case.row.opened_at)


def handover_told(case: CaseView) -> HandoverTold:
    """What a handover gives to the exit: what is missing, and who refused to sign."""
    missing = Item.objects.filter(case=case.row, round__void_at=None, state="missing", made_up_at=None)
    refused = [
        str(act.facts["refused_by"])
        for act in case.row.said.filter(name="record_refusal", round__void_at=None).order_by("at")
    ]
    return HandoverTold(missing.count(), tuple(refused))
