"""Effects of an exit: who follows, the change of manager.

They run inside the door, keyword-only, with the root of the tree locked.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import present_act
from gongzhi.procedures import engine
from gongzhi.procedures.declare import Step
from gongzhi.procedures.parties import pass_on
from gongzhi.procedures.standing import Reason
from gongzhi.procedures.view import SKIPPED, CaseView
from gongzhi.registry.engagements import write_contract_end, write_engagement
from gongzhi.registry.models import ContractKind, Mode, Organisation, ServiceContract
from gongzhi.registry.roles import SUCCESSOR
from gongzhi.values.refusals import NotPossible

from ..facts import InterimNamed, SuccessorNamed, SuccessorReplaced, TakeOver
from ..ground_queries import contract_ends, contract_of, goes_on
from ..urgent import may_come_early
from .binding import bind_party
from .interim import restore_interim


def name_successor(
    *, case: CaseView, round_id: Any, facts: SuccessorNamed | InterimNamed, by: Actor, at: datetime
) -> None:
    """Bind who follows. 《民法典》第278条, 第950条; 《白山市…管理办法》第21条."""
    bind_party(case, SUCCESSOR.code, facts.organisation, round_id, at)


def change_manager(*, case: CaseView, round_id: Any, facts: TakeOver, by: Actor, at: datetime) -> None:
    """From the minute of the takeover the successor manages the estate; no hour lies between.

    《民法典》第949、950条.
    """
    from ..procedures import ProviderExit as Exit

    named = case.heard(Exit.successor) or case.heard(Exit.interim)
    successor = case.organisation(SUCCESSOR.code)
    if named is None or successor is None or case.row.estate is None:
        raise NotPossible("还没有确定接替单位，请先确定接替单位再办理进场。")
    mode = Mode(named.mode)
    if isinstance(named, InterimNamed) and not may_come_early(case):
        _end_contract(case)
        return  # it has served since it came in need: the register says so already
    signed_on = facts.contract_signed_on or _named_on(case)
    contract = _sign(case, named, successor, signed_on) if isinstance(named, SuccessorNamed) else None
    write_engagement(
        estate=case.row.estate,
        from_at=facts.taken_over_at,
        mode=mode,
        organisation=successor if mode is not Mode.SELF_MANAGED else None,
        contract=contract,
        paper_id=present_act().act_id,
        paper_title=f"{case.row.number}进场确认",
        until_on=named.until_on if isinstance(named, InterimNamed) else None,
    )
    _end_contract(case)


def _end_contract(case: CaseView) -> None:
    """The provider's contract is over on the day the exit says, where the register says a later one or none."""
    row, ends_on = contract_of(case), contract_ends(case)
    if row is None or ends_on is None or ends_on < row.starts_on:
        return
    if row.ends_on is None or row.ends_on > ends_on:
        write_contract_end(row, ends_on)


def _named_on(case: CaseView) -> date:
    """The day who follows was named, as the owners had decided: no contract with it is older."""
    from ..procedures import ProviderExit as Exit

    named_at = case.instant(f"{Exit.successor.code}.submitted")
    return case.local_day(named_at) if named_at is not None else case.row.law_on


def _sign(
    case: CaseView, named: SuccessorNamed, successor: Organisation, signed_on: date
) -> ServiceContract | None:
    """The contract the owners decided on; none where they manage themselves."""
    if named.mode != "contract" or case.row.estate is None:
        return None
    return ServiceContract.objects.create(
        estate=case.row.estate,
        provider=successor,
        kind=ContractKind.SERVICE,
        signed_on=signed_on,
        starts_on=named.starts_on,
        ends_on=named.contract_ends_on,
    )


def amend_application(*, case: CaseView, round_id: Any, facts: Reason, by: Actor, at: datetime) -> None:
    """Another exit date is another paper: it goes back and has to arrive again. 《民法典》第137条."""
    (step,) = application_undone(case).values()
    engine.go_back(case, step, f"变更申请：{facts.reason}", at)


def application_undone(case: CaseView) -> Mapping[str, Step[Any]]:
    """The paper of the provider that names the day it leaves on. 《民法典》第137条."""
    from ..procedures import ProviderExit as Exit

    if case.is_done(Exit.agreement):
        raise NotPossible("退出协议已经达成，不能再变更申请；如需变更请双方重新协商后更正协议。")
    told: tuple[Step[Any], ...] = (Exit.application, Exit.ending)
    step = next((one for one in told if case.heard(one) is not None), None)
    if step is None:
        raise NotPossible("本案没有物业服务人可以变更日期的申请或者通知，请核对情形。")
    _demand_unconfirmed(case)
    return {"": step}


def amend_notice(*, case: CaseView, round_id: Any, facts: Reason, by: Actor, at: datetime) -> None:
    """The owners name another day: the notice has to arrive again, and counts anew. 《民法典》第137、946条."""
    (step,) = notice_undone(case).values()
    engine.go_back(case, step, f"变更通知：{facts.reason}", at)


def notice_undone(case: CaseView) -> Mapping[str, Step[Any]]:
    """The owners' notice that ends the contract. 《民法典》第137、946条."""
    from ..procedures import ProviderExit as Exit

    if case.heard(Exit.notice) is None:
        raise NotPossible("业主方还没有发出终止合同的通知，无需变更。")
    _demand_unconfirmed(case)
    return {"": Exit.notice}


def replace_successor(
    *, case: CaseView, round_id: Any, facts: SuccessorReplaced, by: Actor, at: datetime
) -> None:
    """Who was to follow does not: the owners are asked once more, or it is named anew as they decided.

    《民法典》第278条第1款第4项.
    """
    from ..procedures import ProviderExit as Exit

    found = successor_undone(case)
    if facts.anew == "vote" and VOTED_ANEW not in found:
        raise NotPossible(_why_not_voted_anew(case))
    if facts.anew == "entry" and ENTERED_ANEW not in found:
        raise NotPossible(_why_not_entered_anew(case))
    step = Exit.hiring if facts.anew == "vote" else Exit.successor
    engine.go_back(case, step, f"另定接替单位：{facts.reason}", at)
    restore_interim(case, at)
    pass_on(case, at)


def _why_not_voted_anew(case: CaseView) -> str:
    """What there is to do instead of voting anew on who follows."""
    if goes_on(case):
        return "业主还没有决定由谁接替，不用另定，请先办理业主共同决定。"
    return (
        "业主没有同意解聘，原物业服务人继续履行合同，不用另定接替单位；要再次提议的，请在本案结束后另行立案。"
    )


def _why_not_entered_anew(case: CaseView) -> str:
    """What there is to do instead of naming anew what was never named."""
    from ..procedures import ProviderExit as Exit

    if case.outcome_of(Exit.successor) == SKIPPED and VOTED_ANEW in successor_undone(case):
        return "表决没有决定由谁接替，没有可以重新填写的接替单位，请选择“由业主重新表决”。"
    return "还没有填写接替单位，请直接办理“确定接替单位”。"


#: The choices of where it is done anew.
VOTED_ANEW, ENTERED_ANEW = "由业主重新表决", "表决结果不变、重新填写接替单位和日期"


def successor_undone(case: CaseView) -> Mapping[str, Step[Any]]:
    """The vote, or what was entered of it, as far as either is there. 《民法典》第278条第1款第4项.

    A vote that did not pass is none that settles anything: the owners may be asked again. Where they kept the provider
    nobody follows, and nothing is asked.
    """
    from ..procedures import ProviderExit as Exit

    found: dict[str, Step[Any]] = {}
    if case.outcome_of(Exit.hiring) and goes_on(case):
        found[VOTED_ANEW] = Exit.hiring
    if case.heard(Exit.successor) is not None:
        found[ENTERED_ANEW] = Exit.successor
    return found


def _demand_unconfirmed(case: CaseView) -> None:
    if case.instant("handover.confirmed") is not None:
        raise NotPossible("交接已经确认，不能再变更终止日期；双方另有约定的写入交接遗留问题。")
