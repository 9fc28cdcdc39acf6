"""What is watched in this room: contracts that end, services meanwhile that end, exits without a successor.

And what the rules look at.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gongzhi.procedures.models import Case, Party
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import MEANWHILE, ContractKind, Engagement, Mode, ServiceContract
from gongzhi.registry.queries import committee_standing, day_of, manager_at
from gongzhi.registry.roles import SUCCESSOR

from . import ground_queries
from .watch_situation import WatchSituation

EXIT = "exit"


# Contracts ----------------------------------------------------------------------------------------------------------


def contracts_watched(at: datetime) -> QuerySet[ServiceContract]:
    """Contracts by which an estate is managed at the instant, with an end, and with none that goes on after it.

    Nor one whose provider is on its way out: an exit that knows its day sees to the contract's end itself.
    """
    newest = Engagement.objects.filter(estate=OuterRef("estate_id"), from_at__lte=at).order_by("-from_at")
    rows = ServiceContract.objects.filter(kind__in=(ContractKind.PRELIMINARY, ContractKind.SERVICE))
    rows = rows.filter(ends_on__isnull=False).annotate(manager=Subquery(newest.values("organisation_id")[:1]))
    leaving = _on_the_way_out(OuterRef("estate_id"))
    return rows.filter(~Exists(_that_follow(OuterRef)), ~Exists(leaving), manager=F("provider_id"))


def _on_the_way_out(estate: Any) -> QuerySet[Case]:
    """The running exit of an estate whose day is known."""
    return Case.objects.filter(
        procedure=EXIT, parent=None, ended_at=None, towards_on__isnull=False, estate=estate
    )


def _that_follow(of: Any) -> QuerySet[ServiceContract]:
    """Contracts of the estate that begin later and go on longer; an emergency's is no successor."""
    longer = Q(ends_on=None) | Q(ends_on__gt=of("ends_on"))
    rows = ServiceContract.objects.exclude(kind=ContractKind.EMERGENCY)
    return rows.filter(longer, estate=of("estate_id"), starts_on__gt=of("starts_on"))


def why_contract_gone(case: CaseView, at: datetime) -> str:
    """Why a contract's end is watched no longer."""
    contract = watched_contract(case)
    if contract is None or contract.ends_on is None:
        return "合同不再有到期日"
    following = _that_follow(lambda name: getattr(contract, name)).order_by("starts_on").first()
    if following is not None:
        return f"已登记新的物业服务合同，自{following.starts_on}起"
    leaving = _on_the_way_out(contract.estate_id).first()
    if leaving is not None:
        return f"合同的终止已在办理：{leaving.number}"
    return "该小区已不由合同的物业服务人管理"


def watched_contract(case: CaseView) -> ServiceContract | None:
    """The contract a watch looks at."""
    return ServiceContract.objects.filter(pk=case.row.watched).first() if case.row.watched else None


def watched_terms(case: CaseView) -> Mapping[str, Any]:
    """What the contract says where the law lets contracts prevail. 《民法典》第946、947条."""
    contract = watched_contract(case)
    return dict(contract.terms.values_list("key", "value")) if contract is not None else {}


# Who serves meanwhile ----------------------------------------------------------------------------------------------


def interims_watched(at: datetime) -> QuerySet[Engagement]:
    """Who serves an estate meanwhile at the instant, each with `serves_until`, the last day it was asked for."""
    newest = Engagement.objects.filter(estate=OuterRef("estate_id"), from_at__lte=at).order_by("-from_at")
    rows = Engagement.objects.filter(mode__in=MEANWHILE, pk=Subquery(newest.values("pk")[:1]))
    rows = rows.annotate(serves_until=Coalesce("until_on", "contract__ends_on"))
    return rows.filter(serves_until__isnull=False)


def why_interim_gone(case: CaseView, at: datetime) -> str:
    """Why the end of a service meanwhile is watched no longer."""
    now = manager_at(case.row.estate_id, at) if case.row.estate_id is not None else None
    if now is None or now.pk == case.row.watched:
        return "临时接管不再有期限"
    who = now.organisation.name if now.organisation is not None else ""
    return (
        f"自{day_of(now.from_at)}起已由{who}{Mode(now.mode).label}"
        if who
        else f"自{day_of(now.from_at)}起已{Mode(now.mode).label}"
    )


# Exits --------------------------------------------------------------------------------------------------------------


def exits_watched(at: datetime) -> QuerySet[Case]:
    """Running exits whose day is known and whose successor is not."""
    named = Party.objects.filter(case=OuterRef("pk"), role=SUCCESSOR.code, void_at=None)
    rows = Case.objects.filter(procedure=EXIT, parent=None, ended_at=None, towards_on__isnull=False)
    return rows.filter(~Exists(named))


def why_exit_gone(case: CaseView, at: datetime) -> str:
    """Why an exit is watched no longer."""
    row = Case.objects.filter(pk=case.row.watched).first() if case.row.watched else None
    if row is None or row.ended_at is not None:
        return f"退出案件已结束（{row.ended_why if row is not None else ''}）"
    named = row.parties.filter(role=SUCCESSOR.code, void_at=None).select_related("organisation").first()
    if named is not None and named.organisation is not None:
        return f"接替单位已确定：{named.organisation.name}"
    return "退出申请或者通知已退回，计划退出日期待重新确定"


def planned_exit(case: CaseView) -> date | None:
    """The day the provider is to leave: when its contract ends, else as its application or the term says."""
    from .procedures import ProviderExit as Exit

    application = case.heard(Exit.application)
    planned = application.exit_on if application is not None else None
    return ground_queries.contract_ends(case) or planned or ground_queries.term_end(case)


# What the rules look at ---------------------------------------------------------------------------------------------


def watch_situation(case: CaseView, at: datetime) -> WatchSituation:
    """A watched date, who stands on the owners' side, and whether the provider is leaving already."""
    today, estate = case.local_day(at), case.row.estate
    standing = committee_standing(estate, today) if estate is not None else None
    running = Case.objects.filter(procedure=EXIT, parent=None, ended_at=None, estate=estate)
    return WatchSituation(
        today=today,
        on=case.row.towards_on,
        may_decide=standing is not None and standing.may_decide,
        owners=f"业主方（业主委员会{standing.state.label}）" if standing is not None else "业主方",
        exit_running=running.exists(),
    )
