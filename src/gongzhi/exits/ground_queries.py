"""Reads of the grounds of an exit: the contract's state, what the owners decided, when the contract ends.

What is asked of the law here is asked with the contract's own terms alone: the terms of the whole case rest on the
contract's end, and so on this.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, UUIDField

from gongzhi.acts.kept import Kept
from gongzhi.procedures import completing
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.models import CaseAct
from gongzhi.procedures.reads import ends_done
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import ContractTerm, Engagement, ServiceContract
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.exchange import DISMISS, HIRE, VoteAsked, VoteTold

from . import grounds
from .counting import earliest_after
from .ground_facts import LeaveDate
from .ground_rules import GROUNDS, INDEFINITE_NOTICE, LEAVE_WITHIN, notice_key
from .grounds import Contract

SET_LEAVE_DATE = "set_leave_date"
REPLACE_SUCCESSOR = "replace_successor"
_CONTRACT = Kept(
    lambda estate, provider, on: ServiceContract.objects.filter(
        estate=estate, provider=provider, starts_on__lte=on
    ).order_by("-starts_on", "-id")[:1],
    estate=UUIDField(),
    provider=UUIDField(),
    on=DateField(),
)
_SERVED = Kept(
    lambda estate, provider: (
        Engagement.objects.filter(estate=estate, organisation=provider)
        .order_by("from_on")
        .values_list("from_on", flat=True)[:1]
    ),
    estate=UUIDField(),
    provider=UUIDField(),
)
_TERMS = Kept(
    lambda contract: ContractTerm.objects.filter(contract=contract).values_list("key", "value"),
    contract=UUIDField(),
)


# The contract -------------------------------------------------------------------------------------------------------


def contract_of(case: CaseView) -> ServiceContract | None:
    """The contract under which the provider of the case manages the estate: the newest begun by the opening."""
    provider = case.organisation(PROVIDER.code)
    if provider is None or case.row.estate_id is None:
        return None
    return _CONTRACT.first(estate=case.row.estate_id, provider=provider.pk, on=case.row.law_on)


def contract_as_it_stands(case: CaseView) -> Contract:
    """Its kind and last day."""
    row = contract_of(case)
    return Contract(row.kind, row.ends_on) if row is not None else grounds.NOTHING_KNOWN


def serves_since(case: CaseView) -> date | None:
    """The first day the provider served here: by its contract or by the record of managers, whichever is earlier."""
    provider, row = case.organisation(PROVIDER.code), contract_of(case)
    if provider is None or case.row.estate_id is None:
        return None
    days = list(_SERVED.rows(estate=case.row.estate_id, provider=provider.pk))
    return min([*days, *([row.starts_on] if row is not None else [])], default=None)


def contract_terms(case: CaseView) -> dict[str, Any]:
    """What the contract itself says under keys of the law."""
    row = contract_of(case)
    return dict(_TERMS.rows(contract=row.pk)) if row is not None else {}


def law_of_contract(case: CaseView) -> CaseLaw:
    """The law as the provider's contract may have other terms of it."""
    return CaseLaw(case.place_code, case.row.law_on, lambda: contract_terms(case))


def evidence(case: CaseView) -> Sequence[Mapping[str, Any]]:
    """The papers that the place's list of grounds asks for this one. 《白山市…管理办法》第9、10条."""
    items = case.law.listed(GROUNDS)
    return [paper for item in items if item["code"] == case.variant for paper in item.get("evidence", ())]


def evidence_of_notice(case: CaseView) -> Sequence[Mapping[str, Any]]:
    """The same for the owners' notice; of a forced ground it was given with the classification."""
    return () if case.variant in grounds.FORCED_CODES else evidence(case)


# What the owners decided --------------------------------------------------------------------------------------------


def asks_to_dismiss(case: CaseView) -> VoteAsked:
    """What the owners are asked about the provider; they may say in the same vote who follows."""
    if case.variant == grounds.PRELIMINARY:
        return VoteAsked(DISMISS, "选聘新物业服务人，终止前期物业服务合同")
    return VoteAsked(
        DISMISS, "解聘物业服务人，并可同时决定由谁接替", dismisses=True, answer_on=_answer_on(case)
    )


def _answer_on(case: CaseView) -> date | None:
    """The day by which the county's letter asks to be told; None where it names none or there is no letter."""
    from .procedures import ProviderExit as Exit

    said = case.heard(Exit.urging) if case.is_done(Exit.urging) else None
    return said.answer_by_on if said is not None else None


def asks_to_hire(case: CaseView) -> VoteAsked:
    """What the owners are asked: whom to hire, or to manage themselves."""
    return VoteAsked(HIRE, "选聘新物业服务人或者决定自行管理")


def decision(case: CaseView) -> VoteTold | None:
    """What the owners decided about the provider; None before they did, or where the ground asks for no vote."""
    from .procedures import ProviderExit as Exit

    told = case.result(Exit.decision) if case.is_done(Exit.decision) else None
    return told if isinstance(told, VoteTold) else None


def is_dismissed(case: CaseView) -> bool:
    """Whether the vote ends the contract: not where it keeps the provider, a preliminary one only by another hired."""
    told = decision(case)
    if told is None or not told.passed or _is_same(case, told):
        return False
    return case.variant != grounds.PRELIMINARY or told.mode == "contract"


def goes_on(case: CaseView) -> bool:
    """Whether the exit goes on; where the vote failed the provider stays."""
    return decision(case) is None or is_dismissed(case)


def _is_same(case: CaseView, told: VoteTold) -> bool:
    provider: Any = case.organisation(PROVIDER.code)
    return provider is not None and told.organisation_id == provider.pk


def _follows(case: CaseView, told: Any) -> bool:
    """Whether a vote says who follows."""
    if not isinstance(told, VoteTold) or not told.passed:
        return False
    return told.mode == "self_managed" or (told.mode == "contract" and not _is_same(case, told))


def who_follows(case: CaseView) -> VoteTold | None:
    """The vote that says who follows: the later one on hiring, else the one that dismissed; else what was told last."""
    from .procedures import ProviderExit as Exit

    hired = case.result(Exit.hiring)
    dismissed = case.result(Exit.decision) if not _is_asked_anew(case) else None
    for told in (hired, dismissed):
        if _follows(case, told):
            return told if isinstance(told, VoteTold) else None
    return hired if isinstance(hired, VoteTold) else None


def _is_asked_anew(case: CaseView) -> bool:
    """Whether the owners are asked once more who follows: what they said of it when they dismissed is overtaken."""
    from .procedures import ProviderExit as Exit

    found = case.live_round(Exit.decision)
    decided_at = found.closed_at if found is not None else None
    return decided_at is not None and any(
        act.name == REPLACE_SUCCESSOR and act.facts["anew"] == "vote" and act.at >= decided_at
        for act in case.acts_of(None)
    )


def is_followed(case: CaseView) -> bool:
    """Whether the exit goes on and the owners decided who follows."""
    return goes_on(case) and _follows(case, who_follows(case))


def is_not_followed(case: CaseView) -> bool:
    """Whether the exit goes on though the owners did not decide who follows."""
    return goes_on(case) and not _follows(case, who_follows(case))


def ends_as(case: CaseView) -> tuple[str, str]:
    """All steps decided: done, unless the owners voted the dismissal down."""
    if goes_on(case):
        return ends_done(case)
    return "not_dismissed", "业主共同决定没有通过，原物业服务人继续履行合同"


# When the contract ends ---------------------------------------------------------------------------------------------


def said_end(case: CaseView) -> date | None:
    """The day on which the contract ends, as the paper that ends it names it."""
    return _ending(case)[1]


def ended_by(case: CaseView) -> str:
    """What that paper is called; "" where there is none."""
    return _ending(case)[0]


def _ending(case: CaseView) -> tuple[str, date | None]:
    from .procedures import ProviderExit as Exit

    for step in (Exit.agreement, Exit.notice, Exit.ending, Exit.basis):
        heard: Any = case.heard(step)
        if heard is not None:
            return step.title, heard.ends_on
    expired, left = case.heard(Exit.expiry), case.heard(Exit.non_renewal)
    if expired is not None:
        return "合同期满", expired.contract_ended_on
    return (Exit.non_renewal.title, left.contract_ends_on) if left is not None else ("", None)


def told_at(case: CaseView) -> datetime | None:
    """When the notice that ends the contract arrived."""
    return case.instant("notice.arrived") or case.instant("ending.arrived")


def completes_since(case: CaseView) -> date | None:
    """When the notice that is being completed was first sent; None where none is (`procedures.completing`)."""
    from .procedures import ProviderExit as Exit

    steps = (Exit.application, Exit.non_renewal, Exit.ending, Exit.notice)
    found = (completing.completes_since(case, step) for step in steps)
    first = next((one for one in found if one is not None), None)
    return case.local_day(first) if first is not None else None


def contract_ends(case: CaseView) -> date | None:
    """When the contract ends: as agreed, or as told once it has arrived, but not before the notice had its time.

    《民法典》第137、940、946、948条. Without an agreement an early exit ends no contract.
    """
    from .procedures import ProviderExit as Exit

    told = (Exit.agreement, Exit.notice, Exit.ending, Exit.basis, Exit.expiry, Exit.non_renewal)
    if not any(case.is_done(step) for step in told):
        return None
    said, arrived, key = said_end(case), told_at(case), notice_key(case.variant)
    if said is None or arrived is None or not key:
        return said
    law = law_of_contract(case)
    earliest = earliest_after(law, key, arrived) if law.is_period(key) else None
    return max(said, earliest) if earliest is not None else said


def term_end(case: CaseView) -> date | None:
    """The last day of the term, for the grounds that watch it; known before anything was said."""
    if case.variant not in (grounds.AT_TERM, grounds.NOT_RENEWING):
        return None
    return contract_as_it_stands(case).ends_on


def renewal_end(case: CaseView) -> date | None:
    """The same where the provider does not renew, so that the owners have to hire."""
    return term_end(case) if case.variant == grounds.NOT_RENEWING else None


def dismissal_told(case: CaseView) -> datetime | None:
    """When a dismissal arrived at the provider."""
    return told_at(case) if case.variant in grounds.DISMISSALS else None


def indefinite_told(case: CaseView) -> datetime | None:
    """When the end of an indefinite contract was told to the other side."""
    return told_at(case) if notice_key(case.variant) == INDEFINITE_NOTICE else None


# The reasonable day -------------------------------------------------------------------------------------------------


def agreed_terms(case: CaseView) -> dict[str, Any]:
    """What the contract, and above it the exit agreement, says under keys of the law."""
    from .procedures import ProviderExit as Exit

    terms, agreement = contract_terms(case), case.heard(Exit.agreement)
    if agreement is not None and agreement.leave_within_days:
        terms[LEAVE_WITHIN] = {"value": agreement.leave_within_days, "unit": "D"}
    return terms


def _leave_act(case: CaseView) -> CaseAct | None:
    acts = [act for act in case.acts_of(None) if act.name == SET_LEAVE_DATE]
    return acts[-1] if acts else None


def leave_counted(case: CaseView) -> str:
    """The time to leave as it is counted apart from a person's day, in words; "" where it is not, or none was set."""
    return _leave_period(case) if _leave_act(case) is not None else ""


def _leave_period(case: CaseView) -> str:
    value = CaseLaw(case.place_code, case.row.law_on, lambda: agreed_terms(case)).value(LEAVE_WITHIN)
    return str(value.period) if value.is_counted else ""


def leave_is_for_a_person(case: CaseView) -> bool:
    """Whether the contract has its end, and neither law nor contract nor agreement counts the time to leave after it.

    《民法典》第949条第1款: a reasonable time.
    """
    return contract_ends(case) is not None and not _leave_period(case)


def leave_term(case: CaseView) -> dict[str, Any]:
    """The day a person set, as days after the contract's end, and who set it."""
    act, ends_on = _leave_act(case), contract_ends(case)
    if act is None or ends_on is None:
        return {}
    said = LeaveDate.model_validate(act.facts)
    if said.leave_on <= ends_on:
        return {}
    who = act.organisation.name if act.organisation is not None else "经办人"
    note = f"离场日期{said.leave_on}由{who}于{case.local_day(act.at)}确定：{said.reason}"
    return {LEAVE_WITHIN: {"value": (said.leave_on - ends_on).days, "unit": "D", "note": note}}
