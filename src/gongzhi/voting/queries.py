"""What a joint decision gives to the procedure that asked for it."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import UUIDField

from gongzhi.acts.kept import Kept
from gongzhi.procedures.reads import ends_done
from gongzhi.procedures.view import CaseView
from gongzhi.registry.queries import engageable, head_count, unit_totals
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.exchange import DISMISS, HIRE, VoteTold

from .models import Result
from .situations import VoteSituation

#: What a vote comes to that did not pass.
FAILED = "failed"
_RESULT = Kept(
    lambda case: Result.objects.filter(case=case, round__void_at=None).order_by("-recorded_at")[:1],
    case=UUIDField(),
)


def vote_situation(case: CaseView, at: datetime) -> VoteSituation:
    """What is asked, by whose exit, and who could vote as the register has it."""
    asked = asked_in(case)
    leaving = case.root.organisation(PROVIDER.code) if asked in (DISMISS, HIRE) else None
    owners, area = who_could_vote(case, at)
    return VoteSituation(
        at=at,
        today=case.local_day(at),
        begun_on=case.local_day(case.root.row.opened_at),
        asked=asked,
        leaving=leaving.pk if leaving is not None else None,
        managers=engageable(),
        owners=owners,
        area=area,
    )


def asked_in(case: CaseView) -> str:
    """The matter of 《民法典》第278条 that another case asks; "" of a decision that was opened on its own."""
    return str(case.row.takes.get("matter", ""))


def asks_who_follows(case: CaseView) -> bool:
    """Whether the owners are asked whom to hire: dismissing alone is then no answer. 《民法典》第278条第1款第4项."""
    return asked_in(case) == HIRE


def answer_on(case: CaseView) -> date | None:
    """The day by which an authority's letter asks to be told what came of it; None where none does."""
    named = case.row.takes.get("answer_on")
    return date.fromisoformat(str(named)) if named else None


def who_could_vote(case: CaseView, at: datetime) -> tuple[int | None, Decimal | None]:
    """Owners and exclusive area as the register has them; None where it does not know them whole."""
    estate = case.row.estate_id
    if estate is None:
        return None, None
    totals = unit_totals(estate)
    known = totals.units and not totals.exclusive_unknown
    area = totals.exclusive_area.quantize(Decimal("0.01")) if known else None
    return head_count(estate, case.local_day(at)) or None, area


def told(case: CaseView) -> VoteTold:
    """Whether it passed and what was chosen; no recorded result counts as not passed."""
    row = _RESULT.first(case=case.id)
    if row is None:
        return VoteTold(passed=False)
    return VoteTold(row.passed, row.chosen, row.organisation_id)


def ends_as(case: CaseView) -> tuple[str, str]:
    """Gone through, unless the vote did not pass: it settles nothing. 《民法典》第278条."""
    return ends_done(case) if told(case).passed else (FAILED, "业主共同决定未通过")
