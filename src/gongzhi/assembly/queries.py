"""What is watched in this room, and what its rules look at."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import COMMITTEES, CommitteeTerm, ContractKind, Estate, ServiceContract
from gongzhi.registry.queries import CommitteeState, committee_standing, day_of

from .situations import TermSituation


def terms_watched(at: datetime) -> QuerySet[CommitteeTerm]:
    """The last term of each committee, or interim committee, that exists."""
    today = day_of(at)
    later = CommitteeTerm.objects.filter(
        committee=OuterRef("committee_id"), starts_on__gt=OuterRef("starts_on")
    )
    exists = Q(committee__to_on=None) | Q(committee__to_on__gte=today)
    rows = CommitteeTerm.objects.filter(exists, committee__kind__in=COMMITTEES)
    return rows.filter(~Exists(later), committee__estate__isnull=False)


def why_term_gone(case: CaseView, at: datetime) -> str:
    """Why a term's end is watched no longer."""
    term = watched_term(case)
    if term is None:
        return "任期记录已不存在"
    later = CommitteeTerm.objects.filter(committee=term.committee_id, starts_on__gt=term.starts_on)
    following = later.order_by("starts_on").first()
    if following is not None:
        return f"已换届，新一届任期自{following.starts_on}起"
    return f"{term.committee.name}已终止"


def watched_term(case: CaseView) -> CommitteeTerm | None:
    """The term a watch looks at."""
    rows = CommitteeTerm.objects.select_related("committee")
    return rows.filter(pk=case.row.watched).first() if case.row.watched else None


def term_situation(case: CaseView, at: datetime) -> TermSituation:
    """A committee's term as its rules see it."""
    today, estate = case.local_day(at), case.row.estate
    assert estate is not None
    standing = committee_standing(estate, today)
    return TermSituation(
        today=today,
        ends_on=case.row.towards_on,
        seats=standing.seats,
        filled=standing.filled,
        is_below_half=standing.state == CommitteeState.BELOW_HALF,
        is_seal_lost=standing.is_seal_lost,
        has_interim=standing.interim is not None,
        contract_until=contract_until(estate, today),
    )


def contract_until(estate: Estate, on: date) -> date | None:
    """The last day of the longest contract that runs on a day; None where none has an end."""
    rows = ServiceContract.objects.filter(estate=estate, starts_on__lte=on, ends_on__gte=on)
    newest = rows.exclude(kind=ContractKind.EMERGENCY).order_by("-ends_on").first()
    return newest.ends_on if newest is not None else None
