"""Whose manager is going: when its contract ends and by what, who follows, what binds until then. For every panel.

《民法典》第946条至第950条.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from gongzhi.procedures.models import Case
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Mode
from gongzhi.registry.roles import PROVIDER, SUCCESSOR
from gongzhi.ui.parts.managers import Leaving

from . import ground_queries
from .rules import gap_before
from .watch_queries import EXIT

DUTY = "接管以前，原物业服务人继续提供物业服务（《民法典》第950条）"


def leavings(estates: Collection[UUID], at: datetime) -> dict[UUID, Leaving]:
    """Estate → what its running exit says, where it says anything that binds or was told to the other side."""
    running = Case.objects.filter(procedure=EXIT, parent=None, ended_at=None, estate__in=estates)
    found = {row.estate_id: _leaving(CaseView(row), at) for row in running.select_related("estate")}
    return {estate: one for estate, one in found.items() if estate is not None and one is not None}


def _leaving(case: CaseView, at: datetime) -> Leaving | None:
    provider, how = case.organisation(PROVIDER.code), _how_far(case)
    if provider is None or not how:
        return None
    ends_on, contract = ground_queries.contract_ends(case), ground_queries.contract_of(case)
    who, mode, starts_on, words = _follower(case, ends_on, at)
    return Leaving(
        organisation=provider.pk,
        contract=contract.pk if contract is not None else None,
        ends_on=ends_on,
        ended_by=ground_queries.ended_by(case) if ends_on is not None else "",
        words=f"{how}，{words}",
        duty=DUTY,
        follower=who,
        follower_mode=mode,
        follows_on=starts_on,
    )


def _how_far(case: CaseView) -> str:
    """How far the exit is; "" while nothing was told to the other side, or the owners have not decided."""
    from .procedures import ProviderExit as Exit

    application = case.heard(Exit.application)
    if ground_queries.contract_ends(case) is not None:
        return "退出办理中"
    if application is not None and case.instant("application.arrived") is not None:
        return f"已申请{application.exit_on}退出，退出协议还没有达成，合同继续履行"
    if ground_queries.is_dismissed(case):
        return "业主已经共同决定解聘或者另聘，终止合同的通知还没有送达"
    return ""


def _follower(case: CaseView, ends_on: date | None, at: datetime) -> tuple[str, str, date | None, str]:
    """Who follows, in what way, from which planned day, and the same in words, with the days between."""
    from .procedures import ProviderExit as Exit

    follower = case.organisation(SUCCESSOR.code)
    named, interim = case.heard(Exit.successor), case.heard(Exit.interim)
    if follower is not None and named is not None:
        mode = Mode(named.mode)
        who = follower.name if mode is Mode.CONTRACT else mode.label
        words = (
            f"由{follower.name if mode is Mode.CONTRACT else '业主自行管理'}接替，计划{named.starts_on}进场"
        )
        if named.starts_on < case.local_day(at):
            words += "，还没有进场"
        gap = gap_before(case.law, named.starts_on, ends_on, None)
        return who, str(mode.label), named.starts_on, words + (f"，合同终止后空{gap.days}日" if gap else "")
    if follower is not None and interim is not None:
        label = str(Mode(interim.mode).label)
        return follower.name, label, None, f"由{follower.name}临时接管（{label}），期限至{interim.until_on}"
    return "", "", None, "接替单位还没有确定"
