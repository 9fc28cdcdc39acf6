"""Reads of an exit: the situations its rules look at, the predicates of its declarations, what its children give."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Min

from gongzhi.procedures.kinds.obeying import Obeyed
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.queries import committee_standing, engageable, is_unmanaged
from gongzhi.registry.roles import PROVIDER, SUCCESSOR
from gongzhi.values.exchange import HandoverTold, SettlementTold
from gongzhi.values.wording import date_words

from . import ground_queries, grounds
from .conduct_queries import entries_of
from .conduct_rules import Entry
from .handover_queries import missing_items
from .models import Claim, ClaimKind, Holdout
from .orders import came_in
from .situations import ExitSituation


def exit_situation(case: CaseView, at: datetime) -> ExitSituation:
    """An exit as its rules see it."""
    from .procedures import ProviderExit as Exit

    told = case.result(Exit.settlement)
    application = case.heard(Exit.application)
    provider, successor = case.organisation(PROVIDER.code), case.organisation(SUCCESSOR.code)
    standing = (
        committee_standing(case.row.estate, case.local_day(at)) if case.row.estate is not None else None
    )
    committee = (standing.committee or standing.interim) if standing is not None else None
    ends_on = ground_queries.contract_ends(case)
    holdout = open_holdout(case) if ends_on is not None else None
    handed_over_at = case.instant("handover.confirmed")
    below = case.child(Exit.handover.code) if handed_over_at is not None else None
    interim = case.heard(Exit.interim) if case.heard(Exit.successor) is None else None
    return ExitSituation(
        at=at,
        today=case.local_day(at),
        said_exit_on=application.exit_on if application is not None else None,
        arrived_at=case.instant("application.arrived"),
        vote=ground_queries.who_follows(case),
        successor=successor.pk if successor is not None else None,
        provider=provider.pk if provider is not None else None,
        committee=committee.pk if committee is not None else None,
        managers=engageable(),
        handed_over_at=handed_over_at,
        handed_over_named=_handed_over_named(below),
        lacking=_lacking(below),
        handover_decided=bool(case.outcome_of(Exit.handover)),
        interim_from=interim.from_at if interim is not None else None,
        interim_until=interim.until_on if interim is not None else None,
        interim_numbers=_replaced_numbers(case),
        taken_over_at=case.instant("takeover.taken_over"),
        is_unserved=bool(interim and case.row.estate and is_unmanaged(case.row.estate, at)),
        irregular_cents=told.irregular_cents if isinstance(told, SettlementTold) else 0,
        settled_to=told.reached_on if isinstance(told, SettlementTold) else None,
        variant=case.variant,
        contract=ground_queries.contract_as_it_stands(case),
        serves_since=ground_queries.serves_since(case),
        decision=ground_queries.decision(case),
        contract_end=ends_on,
        told_at=ground_queries.told_at(case),
        told_ends_on=ground_queries.said_end(case),
        completes_since=ground_queries.completes_since(case),
        leave_counted=ground_queries.leave_counted(case),
        holdout=holdout.stage if holdout is not None else "",
        holdout_on=(holdout.stage_on or holdout.found_on) if holdout is not None else None,
        conduct=recorded_conduct(case, at),
    )


def _handed_over_named(below: CaseView | None) -> datetime | None:
    """The hour of the handover as its confirmation says it. 《白山市…管理办法》第19条."""
    from .procedures import Handover

    said = below.heard(Handover.confirmation) if below is not None else None
    return said.confirmed_at if said is not None else None


def _lacking(below: CaseView | None) -> tuple[tuple[str, str, str], ...]:
    """What the lists of a handover still have as missing: list, code, label."""
    rows = missing_items(below) if below is not None else Item.objects.none()
    return tuple(rows.values_list("round__step__code", "code", "label"))


def _replaced_numbers(case: CaseView) -> tuple[str, ...]:
    """The numbers of the decisions on who serves meanwhile that count no more."""
    from .procedures import ProviderExit as Exit

    void = [case.round_view(one) for one in case.rounds(Exit.interim) if one.void_at is not None]
    said = (view.last(Exit.interim.main_act) for view in void)
    return tuple(act.facts["number"] for act in said if act is not None and act.facts.get("number"))


def recorded_conduct(case: CaseView, at: datetime) -> tuple[Entry, ...]:
    """What is recorded of the provider; nothing once a forced ground was found, or where the case is on none."""
    from .procedures import ProviderExit as Exit

    provider, estate = case.organisation(PROVIDER.code), case.row.estate
    if case.variant not in grounds.FORCED_CODES or case.is_done(Exit.classification):
        return ()
    return entries_of(estate, provider, case.local_day(at)) if provider and estate else ()


def open_holdout(case: CaseView) -> Holdout | None:
    """The refusal to leave that is still open; None where there is none."""
    return Holdout.objects.filter(case=case.row, closed_at=None).first()


def nobody_took_over(case: CaseView) -> bool:
    """Whether who follows may still be another."""
    return case.instant("takeover.taken_over") is None


def nobody_left(case: CaseView) -> bool:
    """Whether the provider is not known to be out."""
    return case.instant("departure.left") is None


def exit_terms(case: CaseView) -> Mapping[str, Any]:
    """What prevails where the law lets contracts prevail: the contract, the exit agreement, a reasonable day set.

    《民法典》第946、947、949条.
    """
    return ground_queries.agreed_terms(case) | ground_queries.leave_term(case)


def money_confirmed(case: CaseView) -> bool:
    """Whether the settlement confirmed irregular money."""
    from .procedures import ProviderExit as Exit

    told = case.result(Exit.settlement)
    return isinstance(told, SettlementTold) and told.irregular_cents > 0


def items_missing(case: CaseView) -> bool:
    """Whether the handover left items missing."""
    from .procedures import ProviderExit as Exit

    told = case.result(Exit.handover)
    return isinstance(told, HandoverTold) and told.missing > 0


def items_came_in(case: CaseView) -> Obeyed | None:
    """When the last of the items the handover left missing came in; None while one is missing."""
    from .procedures import ProviderExit as Exit

    below = case.child(Exit.handover.code)
    return came_in(Item.objects.filter(case=below.id, round__void_at=None)) if below is not None else None


def items_owed(case: CaseView) -> str:
    """What the lists of the handover name as missing and nobody has brought, a line each; "" where there is none."""
    from .procedures import ProviderExit as Exit

    below = case.child(Exit.handover.code)
    rows = missing_items(below) if below is not None else Item.objects.none()
    titles = {step.code: step.title for step in below.declared} if below is not None else {}
    told = rows.values_list("label", "round__step__code", "make_up_on")
    return "\n".join(_owed(label, titles.get(step, ""), until) for label, step, until in told)


def _owed(label: str, listed: str, until: date | None) -> str:
    by = f"，补交期限{date_words(until)}" if until is not None else ""
    return f"{label}（{listed}{by}）"


def make_up_by(case: CaseView) -> date | None:
    """By when the first of the items that are still missing was to come in; None where none is."""
    owed = Claim.objects.filter(case=case.row.root_id, kind=ClaimKind.ITEM, closed_at=None)
    first: date | None = owed.filter(round__void_at=None).aggregate(first=Min("due_on"))["first"]
    return first
