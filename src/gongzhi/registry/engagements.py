"""The one way a manager of the day is written: by `begin_engagement`, and by the exits of providers."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from gongzhi.acts.events import raise_event
from gongzhi.values.exchange import EstateUnserved, ManagerChanged
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, NotPossible

from .models import (
    BY_AN_ORGANISATION,
    MANAGERS,
    MEANWHILE,
    Engagement,
    Estate,
    Mode,
    Organisation,
    ServiceContract,
)
from .queries import day_of, newest_engagement

CONTRACTED = (Mode.CONTRACT, Mode.EMERGENCY)


def write_engagement(
    *,
    estate: Estate,
    from_at: datetime,
    mode: Mode,
    organisation: Organisation | None = None,
    contract: ServiceContract | None = None,
    paper_id: UUID | None = None,
    paper_title: str = "",
    reason: str = "",
    until_on: date | None = None,
) -> Engagement:
    """From `from_at` the estate is managed so; the newest row before it ends there. Raises ManagerChanged.

    `until_on`: the last day somebody who serves meanwhile was asked for. 《白山市…管理办法》第27条.

    Refuses (NotPossible) a second change on one day, a time before the newest row, a manager that cannot be one,
    and a change without its paper. 《民法典》第949、950条; 《白山市物业服务人退出及应急服务管理办法》第3条.
    """
    _check_manager(mode, organisation, day_of(from_at))
    _check_contract(estate, mode, organisation, contract)
    _check_paper(mode, paper_title, reason)
    _check_until(mode, until_on, day_of(from_at))
    _check_time(newest_engagement(estate), from_at)
    row = Engagement(
        estate=estate,
        from_at=from_at,
        from_on=day_of(from_at),
        mode=mode,
        organisation=organisation,
        contract=contract,
        paper_id=paper_id,
        paper_title=paper_title,
        reason=reason,
        until_on=until_on,
    )
    _save(row)
    raise_event(ManagerChanged(estate.pk, from_at, mode.value, organisation.pk if organisation else None))
    if mode == Mode.UNMANAGED:
        raise_event(EstateUnserved(estate.pk, from_at, reason))
    return row


def cannot_manage(mode: Mode, who: str = "所选单位") -> str:
    """Why a body that is no property manager does not manage so, in one sentence everywhere. 《民法典》第937条."""
    return f"{who}不是物业服务人，不能以{mode.label}方式管理，请另选单位。"


def check_first_manager(
    *, mode: Mode, organisation: Organisation | None, on: date, paper_title: str, reason: str
) -> None:
    """Refuse (NotPossible) who cannot manage an estate from its registration on, as `write_engagement` would."""
    _check_manager(mode, organisation, on)
    _check_paper(mode, paper_title, reason)


def write_contract_end(contract: ServiceContract, ends_on: date) -> None:
    """Set a contract's last day, included; NotPossible before its first."""
    if ends_on < contract.starts_on:
        raise NotPossible(f"合同自{contract.starts_on}起，终止日期不能更早，请核对。")
    contract.ends_on = ends_on
    contract.save(update_fields=["ends_on"])


def _save(row: Engagement) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as quicker:
        raise Conflict(f"他人刚为{row.estate.name}登记了{row.from_on}的管理人，请刷新后再办。") from quicker


def _check_time(newest: Engagement | None, from_at: datetime) -> None:
    if newest is None:
        return
    since = f"{newest.from_at.astimezone(ZONE):%Y-%m-%d %H:%M}"
    if day_of(from_at) == newest.from_on:
        raise NotPossible(
            f"{newest.from_on}已登记过一次管理变更（{Mode(newest.mode).label}），一天只能变更一次，"
            f"请把起始时间改为次日或者以后。"
        )
    if from_at < newest.from_at:
        raise NotPossible(f"最近一次管理变更自{since}起，新的起始时间不能早于它，请核对时间。")


def _check_manager(mode: Mode, organisation: Organisation | None, on: date) -> None:
    if mode not in BY_AN_ORGANISATION:
        if organisation is not None:
            raise NotPossible(f"{mode.label}不填写管理单位，请去掉管理单位。")
        return
    if organisation is None:
        raise NotPossible(f"{mode.label}须填写管理单位，请选择单位。")
    if mode in CONTRACTED and organisation.kind not in MANAGERS:
        raise NotPossible(cannot_manage(mode, f"“{organisation.name}”"))
    if organisation.to_on is not None and organisation.to_on < on:
        raise NotPossible(f"“{organisation.name}”已于{organisation.to_on}终止，请另选单位。")


def _check_contract(
    estate: Estate, mode: Mode, organisation: Organisation | None, contract: ServiceContract | None
) -> None:
    if contract is None:
        return
    if mode not in CONTRACTED:
        raise NotPossible(f"{mode.label}不填写物业服务合同，请去掉合同。")
    if contract.estate_id != estate.pk or organisation is None or contract.provider_id != organisation.pk:
        raise NotPossible("所选合同不是这个小区与该单位签订的，请另选合同。")


def _check_until(mode: Mode, until_on: date | None, on: date) -> None:
    if until_on is None:
        return
    if mode not in MEANWHILE:
        raise NotPossible(f"{mode.label}不填写服务期限，请去掉服务期限；合同期限写在物业服务合同里。")
    if until_on < on:
        raise NotPossible(f"服务期限（{until_on}）不能早于起始日期{on}，请核对。")


def _check_paper(mode: Mode, paper_title: str, reason: str) -> None:
    if mode == Mode.UNMANAGED:
        if not reason:
            raise NotPossible("登记无人在管须写明原因，请补填原因。")
    elif not paper_title:
        raise NotPossible(f"登记{mode.label}须有依据文书（合同、决定书或者协议），请补填文书名称。")
