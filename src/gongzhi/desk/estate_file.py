"""One estate as one file: who manages it, its units, its owners' side, contracts, cases, notices, papers.

Names stand masked for whoever need not know them; what belongs to a case is shown only where the reader sees that case.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.urls import reverse

from gongzhi.law.models import Jurisdiction
from gongzhi.notices.presenting import public_notices, told_notice
from gongzhi.procedures.forms import title_of_use
from gongzhi.procedures.models import Case, IssuedPaper, PaperUse, Task
from gongzhi.procedures.presenting import title_of
from gongzhi.procedures.queries import listed_cases, reader_of, visible_cases
from gongzhi.registry.models import Appointment, AreaSource, ContractKind, Estate, Post, ServiceContract, Unit
from gongzhi.registry.presenting import told_manager_on, told_managers
from gongzhi.registry.queries import (
    CommitteeState,
    committee_standing,
    day_of,
    head_count,
    members_of,
    outline_of,
    unit_totals,
)
from gongzhi.registry.roles import OWNERS, holder_of
from gongzhi.registry.territory import visible_estates
from gongzhi.ui.nearness import near_days
from gongzhi.ui.parts.chip import countdown
from gongzhi.ui.parts.estatemap import estate_map
from gongzhi.ui.parts.managers import Leaving, leavings_of
from gongzhi.ui.remarks import remarks_on
from gongzhi.values.now import ZONE

from .administration.seeing import appointments_seen, name_for

#: Rows of a panel; the rest is one link away.
CASES, NOTICES, PAPERS, ENDED = 30, 40, 20, 5
MEANINGS = {
    CommitteeState.NOT_FORMED: "没有选举产生业主委员会，业主一方的事由下面写明的单位代办。",
    CommitteeState.IN_OFFICE: "可以在职权内代表业主办理；选聘、解聘物业服务人仍由业主共同决定。",
    CommitteeState.EXPIRED: "任期已过而没有换届，只保管资料、印章并接收文书，不再作出决定。",
    CommitteeState.BELOW_HALF: "在任成员不到半数，不能形成决定。",
    CommitteeState.REFUSING: "已记录为拒不履行职责。",
    CommitteeState.INTERIM: "由物业管理委员会代行，至业主委员会选出为止。",
}


def estate_file(estate: Estate, appointment: Appointment, at: datetime) -> dict[str, Any]:
    """Everything the page shows of a visible estate."""
    today = day_of(at)
    place = estate.community or estate.county
    near = near_days(place, today)
    seen = visible_cases(appointment).filter(estate=estate)
    leavings = leavings_of([estate.pk], at)
    return {
        "estate": estate,
        "near": near,
        "crumbs": _crumbs(estate),
        "remarks": remarks_on(estate, appointment, at),
        "map": estate_map(estate, _address_of(estate, appointment, at)),
        "outline": outline_of(estate),
        "manager": told_manager_on(estate, today),
        "managers": told_managers(estate),
        "totals": unit_totals(estate),
        "owners": head_count(estate, today),
        "buildings": _buildings(estate),
        "committee": _committee(estate, appointment, at, near, seen),
        "leavings": leavings,
        "contracts": _contracts(estate, at, near, seen, leavings.get(estate.pk)),
        "cases": _open_cases(listed_cases(appointment).filter(estate=estate)),
        "ended": _ended(listed_cases(appointment).filter(estate=estate)),
        **_notices(estate, at),
        **_papers(seen, appointment),
    }


def _address_of(estate: Estate, appointment: Appointment, at: datetime) -> Callable[[UUID], str]:
    """Where a neighbour on the map leads: its file for who sees it, else what the public sees."""
    around = visible_estates(appointment, at).filter(community=estate.community)
    seen = set(around.values_list("pk", flat=True))
    return lambda pk: reverse("estate" if pk in seen else "manager", args=[pk])


def _crumbs(estate: Estate) -> list[str]:
    codes = (estate.city, estate.county, estate.subdistrict, estate.community)
    names = dict(Jurisdiction.objects.filter(pk__in=codes).values_list("code", "name"))
    return [names[code] for code in codes if code in names]


# Units --------------------------------------------------------------------------------------------------------------


def _buildings(estate: Estate) -> list[dict[str, Any]]:
    """Each building's units and both areas, with where the areas come from and how many nobody knows."""
    sums: dict[str, Any] = {
        f"{kind}_{source.value}": Count("id", filter=Q(**{f"{kind}_source": source.value}))
        for kind in ("exclusive", "building")
        for source in AreaSource
    }
    rows = Unit.objects.filter(estate=estate).order_by().values("building__name", "building__floors")
    found = rows.annotate(
        units=Count("id"),
        dwellings=Count("id", filter=Q(use="dwelling")),
        unsold=Count("id", filter=Q(is_sold=False)),
        exclusive=Sum("exclusive_area"),
        exclusive_unknown=Count("id", filter=Q(exclusive_area__isnull=True)),
        building=Sum("building_area"),
        building_unknown=Count("id", filter=Q(building_area__isnull=True)),
        **sums,
    )
    return [_building({**row}) for row in sorted(found, key=lambda row: _in_order(row["building__name"]))]


def _in_order(name: str) -> tuple[int, str]:
    """2号楼 before 10号楼."""
    digits = "".join(sign for sign in name if sign.isdigit())
    return (int(digits) if digits else 10**9, name)


def _building(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["building__name"],
        "floors": row["building__floors"],
        **{name: row[name] for name in ("units", "dwellings", "unsold", "exclusive", "exclusive_unknown")},
        **{name: row[name] for name in ("building", "building_unknown")},
        "exclusive_from": _sources(row, "exclusive"),
        "building_from": _sources(row, "building"),
    }


def _sources(row: dict[str, Any], kind: str) -> str:
    """登记 60, 实测 2: where the areas come from."""
    counts = [(source.label, row[f"{kind}_{source.value}"]) for source in AreaSource]
    return "，".join(f"{label} {count}" for label, count in counts if count)


# The owners' side and contracts -------------------------------------------------------------------------------------


def _end_of(day: date) -> datetime:
    """The exclusive end of a day."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE)


def _committee(
    estate: Estate, reader: Appointment, at: datetime, near: int, seen: QuerySet[Case]
) -> dict[str, Any]:
    """The committee's state with what it means, its term and members, and who acts for the owners today."""
    today = day_of(at)
    found, holder = committee_standing(estate, today), holder_of(OWNERS, estate, today)
    members = members_of(found.committee, today) if found.committee is not None else []
    term = found.term
    return {
        "standing": found,
        "title": found.state.label,
        "meaning": MEANINGS[found.state],
        "name": found.interim or found.committee,
        "holder": holder,
        "term": term,
        "chip": countdown(_end_of(term.ends_on), at, near) if term is not None else None,
        "done": _passed(term.starts_on, term.ends_on, today) if term is not None else 0,
        "members": _members(members, reader, at),
        "watches": _watches(seen, [term.pk] if term is not None else []),
    }


def _members(members: Sequence[Appointment], reader: Appointment, at: datetime) -> list[tuple[str, str]]:
    """Name and post of each, by the rule of 人员与任职."""
    seen = set(
        appointments_seen(reader, at).filter(pk__in=[one.pk for one in members]).values_list("pk", flat=True)
    )
    return [(name_for(one.person, one.pk in seen), str(Post(one.post).label)) for one in members]


def _passed(start: date, end: date, today: date) -> int:
    """Percent of a term that has passed, for the drawing."""
    whole = max((end - start).days, 1)
    return round(min(max((today - start).days, 0), whole) * 100 / whole)


def _contracts(
    estate: Estate, at: datetime, near: int, seen: QuerySet[Case], leaving: Leaving | None
) -> list[dict[str, Any]]:
    """Contracts, newest first, with how long they still run and which cases watch their end."""
    rows = list(
        ServiceContract.objects.filter(estate=estate).select_related("provider").order_by("-starts_on", "id")
    )
    watches = _watched(seen, [row.pk for row in rows])
    return [
        _contract(row, leaving if leaving is not None and leaving.contract == row.pk else None, at, near)
        | {"watches": watches.get(row.pk, [])}
        for row in rows
    ]


def _contract(row: ServiceContract, leaving: Leaving | None, at: datetime, near: int) -> dict[str, Any]:
    """One contract; where it was ended by agreement or notice since, it ends as that says."""
    ended = leaving.until(day_of(at)) if leaving is not None else ""
    ends_on = leaving.ends_on if leaving is not None and leaving.ends_on is not None else row.ends_on
    is_over = ends_on is not None and ends_on < day_of(at)
    chip = countdown(_end_of(ends_on), at, near) if ends_on is not None and not is_over else None
    return {
        "contract": row,
        "kind": ContractKind(row.kind).label,
        "is_over": is_over,
        "ended": ended,
        "chip": chip,
    }


def _watches(seen: QuerySet[Case], rows: list[UUID]) -> list[tuple[Case, str]]:
    return [pair for pairs in _watched(seen, rows).values() for pair in pairs]


def _watched(seen: QuerySet[Case], rows: list[UUID]) -> dict[UUID, list[tuple[Case, str]]]:
    """Row → the running cases that look ahead to its date."""
    found: dict[UUID, list[tuple[Case, str]]] = {}
    for case in seen.filter(watched__in=rows, ended_at=None).order_by("opened_at") if rows else ():
        assert case.watched is not None
        found.setdefault(case.watched, []).append((case, title_of(case)))
    return found


# Cases, notices, papers ---------------------------------------------------------------------------------------------


def _open_cases(rows: QuerySet[Case]) -> list[dict[str, Any]]:
    """Running cases, the soonest due first."""
    cases = list(rows.filter(ended_at=None).order_by("-opened_at", "-id")[:CASES])
    waiting = Task.objects.filter(case__root__in=[case.root_id for case in cases], open=True)
    due = dict(waiting.order_by().values_list("case__root").annotate(Min("due_at")))
    told = [{"case": case, "title": title_of(case), "due_at": due.get(case.root_id)} for case in cases]
    return sorted(told, key=lambda one: (one["due_at"] is None, one["due_at"] or 0))


def _ended(rows: QuerySet[Case]) -> list[tuple[Case, str]]:
    found = rows.filter(ended_at__isnull=False).order_by("-ended_at", "-id")[:ENDED]
    return [(case, title_of(case)) for case in found]


def _notices(estate: Estate, at: datetime) -> dict[str, Any]:
    """What hangs now, and what hung before."""
    told = [told_notice(row, at) for row in public_notices(estate.pk)[:NOTICES]]
    up = [one for one in told if one["state"] in ("hanging", "interrupted")]
    return {"hanging": up, "past": [one for one in told if one not in up]}


def _papers(seen: QuerySet[Case], appointment: Appointment) -> dict[str, Any]:
    """The newest papers of the cases the reader reads unmasked."""
    if reader_of(appointment).masked:
        return {"masked": True, "papers": []}
    used = PaperUse.objects.filter(case__in=seen).select_related("act", "case", "copy", "file")
    used = used.order_by("-act__at", "-id")
    issued = IssuedPaper.objects.filter(case__in=seen, paper__file__isnull=False)
    issued = issued.select_related("paper", "number", "case").order_by("-signed_at", "-id")
    rows = [*map(_used, used[:PAPERS]), *map(_issued, issued[:PAPERS])]
    return {"masked": False, "papers": _newest(rows)}


def _used(row: PaperUse) -> dict[str, Any]:
    file = row.copy.file_id if row.copy is not None else row.file_id
    return {"title": title_of_use(row), "number": "", "file": file, "at": row.act.at, "case": row.case}


def _issued(row: IssuedPaper) -> dict[str, Any]:
    paper = {"title": row.paper.title, "number": str(row.number), "file": row.paper.file_id}
    return paper | {"at": row.signed_at, "case": row.case}


def _newest(rows: Iterable[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Each file once, newest first."""
    found: dict[Any, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["at"], reverse=True):
        found.setdefault(row["file"], row)
    return list(found.values())[:PAPERS]
