"""What a joint decision gives to the procedure that asked for it."""

from datetime import datetime

from django.db.models import UUIDField

from gongzhi.acts.kept import Kept
from gongzhi.procedures.view import CaseView
from gongzhi.values.exchange import VoteTold

from .models import Result

_RESULT = Kept(
    lambda case: Result.objects.filter(case=case, round__void_at=None).order_by("-recorded_at")[:1],
    case=UUIDField(),
)


def matter(case: CaseView, at: datetime) -> str:
    """What the owners are asked, as the procedure that asks said it; "" where nobody did."""
    return str(case.row.takes.get("matter", ""))


def told(case: CaseView) -> VoteTold:
    """Whether it passed and what was chosen; no recorded result counts as not passed."""
    row = _RESULT.first(case=case.id)
    if row is None:
        return VoteTold(passed=False)
    return VoteTold(row.passed, row.chosen, row.organisation_id)
