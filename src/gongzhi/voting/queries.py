"""What a joint decision gives to the procedure that asked for it."""

from datetime import datetime

from gongzhi.procedures.view import CaseView
from gongzhi.values.exchange import VoteTold

from .models import Result


def matter(case: CaseView, at: datetime) -> str:
    """What the owners are asked, as the procedure that asks said it; "" where nobody did."""
    return str(case.row.takes.get("matter", ""))


def told(case: CaseView) -> VoteTold:
    """Whether it passed and what was chosen; no recorded result counts as not passed."""
    row = Result.objects.filter(case=case.row, round__void_at=None).order_by("-recorded_at").first()
    if row is None:
        return VoteTold(passed=False)
    return VoteTold(row.passed, row.chosen, row.organisation_id)
