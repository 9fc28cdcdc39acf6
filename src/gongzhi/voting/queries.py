"""What a joint decision gives to the procedure that asked for it."""

from datetime import datetime
from decimal import Decimal

from django.db.models import UUIDField

from gongzhi.acts.kept import Kept
from gongzhi.procedures.declare import ends_done
from gongzhi.procedures.view import CaseView
from gongzhi.registry.queries import engageable, head_count, unit_totals
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.exchange import DISMISS, HIRE, VoteTold

from .models import Result
from .situations import VoteSituation

_RESULT = Kept(
    lambda case: Result.objects.filter(case=case, round__void_at=None).order_by("-recorded_at")[:1],
    case=UUIDField(),
)


def vote_situation(case: CaseView, at: datetime) -> VoteSituation:
    """What is asked, by whose exit, and who could vote as the register has it."""
    asked = str(case.row.takes.get("matter", ""))
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


def known_before(case: CaseView, at: datetime) -> dict[str, str]:
    """What is known of the form before it is filled in: who follows is no question of dismissing."""
    asked = str(case.row.takes.get("matter", ""))
    return {"chosen": "本次表决的是由谁接替的，不能选“只解聘”"} if asked == HIRE else {}


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
    """Gone through either way; a vote that did not pass is not said to have settled anything. 《民法典》第278条."""
    outcome, why = ends_done(case)
    return (outcome, why) if told(case).passed else (outcome, "业主共同决定未通过")
