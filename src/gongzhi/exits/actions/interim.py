"""Who serves meanwhile: named without a vote, named anew, on site before the handover."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import present_act
from gongzhi.procedures import engine
from gongzhi.procedures.declare import Step
from gongzhi.procedures.parties import bind_party, pass_on
from gongzhi.procedures.standing import Reason
from gongzhi.procedures.undoing import end
from gongzhi.procedures.view import CaseView
from gongzhi.registry.engagements import write_engagement
from gongzhi.registry.models import Mode, Organisation
from gongzhi.registry.roles import SUCCESSOR
from gongzhi.values.refusals import NotPossible

from ..facts import EnteredMeanwhile
from ..urgent import awaited_vote, may_come_early, serves_meanwhile


def begin_without_vote(*, case: CaseView, round_id: Any, facts: Reason, by: Actor, at: datetime) -> None:
    """The street waits for no vote: that ends, and whom it names serves meanwhile. 《白山市…管理办法》第21条.

    The owners may vote all the same, see `replace_successor`.
    """
    waiting = awaited_vote(case)
    if waiting is None:
        raise NotPossible("现在没有在等业主决定由谁接替，请直接办理“指定临时接管”。")
    end(waiting, "ended", f"业主尚未决定，街道先行指定临时接管：{facts.reason}", at)


def enter_early(*, case: CaseView, round_id: Any, facts: EnteredMeanwhile, by: Actor, at: datetime) -> None:
    """From that minute it manages the estate; settlement, lists and its entry go on in their steps.

    《白山市…管理办法》第21条; 《民法典》第950条.
    """
    named, body = serves_meanwhile(case), case.organisation(SUCCESSOR.code)
    if named is None or body is None or case.row.estate is None:
        raise NotPossible("还没有指定临时接管单位，或者已经办理进场，请核对办件。")
    if not may_come_early(case):
        raise NotPossible("该单位已经登记为现在的管理单位，不用重复登记。")
    write_engagement(
        estate=case.row.estate,
        from_at=facts.entered_at,
        mode=Mode(named.mode),
        organisation=body,
        paper_id=present_act().act_id,
        paper_title=f"{case.row.number}指定临时接管决定书",
        until_on=named.until_on,
    )


def restore_interim(case: CaseView, at: datetime) -> None:
    """Whom the street named follows while nobody else does: its decision stands though the owners vote anew.

    《白山市…管理办法》第21条; 《民法典》第278条第1款第4项.
    """
    from ..procedures import ProviderExit as Exit

    named, found = case.heard(Exit.interim), case.live_round(Exit.interim)
    if named is None or found is None or case.organisation(SUCCESSOR.code) is not None:
        return
    body = Organisation.objects.filter(pk=named.organisation, to_on=None).first()
    if body is not None:
        bind_party(case, SUCCESSOR.code, body, at=at, round_id=found.id)


def replace_interim(*, case: CaseView, round_id: Any, facts: Reason, by: Actor, at: datetime) -> None:
    """Who was to serve meanwhile does not: the street names another. 《白山市…管理办法》第21条."""
    (step,) = interim_undone(case).values()
    engine.go_back(case, step, f"另行指定临时接管：{facts.reason}", at)
    pass_on(case, at)


def interim_undone(case: CaseView) -> Mapping[str, Step[Any]]:
    """Whom the street had named. 《白山市…管理办法》第21条."""
    from ..procedures import ProviderExit as Exit

    if case.heard(Exit.interim) is None:
        raise NotPossible("还没有指定临时接管单位，请直接办理“指定临时接管”。")
    return {"": Exit.interim}
