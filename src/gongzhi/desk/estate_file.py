"""One estate as one file: who manages it, its units, its owners' side, contracts, cases, notices, papers.

Names stand masked for whoever need not know them; what belongs to a case is shown only where the reader sees that case.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from gongzhi.law.models import Jurisdiction
from gongzhi.notices.presenting import notices_of_estate
from gongzhi.procedures.forms import title_of_use
from gongzhi.procedures.insight import papers_shown, uses_shown
from gongzhi.procedures.models import Case, IssuedPaper, PaperUse, Task
from gongzhi.procedures.presenting import title_of
from gongzhi.procedures.queries import listed_cases, reader_of, visible_cases
from gongzhi.procedures.signed import numbered
from gongzhi.registry.models import Appointment, AreaSource, ContractKind, Estate, Post, ServiceContract, Unit
from gongzhi.registry.presenting import told_manager_of, told_managers
from gongzhi.registry.queries import CommitteeState, UnitTotals, day_of, head_count, outlines_around
from gongzhi.registry.roles import OWNERS, Place
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


def estate_file(place: Place, cases: Sequence[Any], appointment: Appointment, at: datetime) -> dict[str, Any]:
    """Everything the page shows of a visible estate today. `cases`: from `cases_at`. Call it within `law.pinned()`."""
    estate = place.estate
    near = near_days(estate.community or estate.county, place.on)
    managers = told_managers(estate, place.managers)
    buildings, contracts = _buildings(estate), _contracts_of(estate)
    outlines = _outlines(estate, appointment, at)
    leavings = leavings_of([estate.pk], at)
    return {
        "estate": estate,
        "near": near,
        "crumbs": [name for level in LEVELS if (name := getattr(estate, f"{level}_name", None))],
        "remarks": remarks_on(place, appointment, at),
        "map": estate_map(estate, outlines, _address),
        "outline": next((row for row in outlines if row.estate_id == estate.pk), None),
        "manager": told_manager_of(place, contracts),
        "managers": managers,
        "totals": _totals(buildings),
        "owners": head_count(estate, place.on),
        "buildings": buildings,
        "committee": _committee(place, appointment, at, near, cases),
        "leavings": leavings,
        "contracts": _contracts(contracts, at, near, cases, leavings.get(estate.pk)),
        "cases": _open_cases(cases),
        "ended": _ended(cases),
        **_notices(estate, at),
        **_papers(visible_cases(appointment).filter(estate=estate), appointment),
    }


#: The divisions an estate lies in, the largest first.
LEVELS = ("city", "county", "subdistrict", "community")


def with_crumbs(estates: QuerySet[Estate]) -> QuerySet[Estate]:
    """Each with the names of the divisions it lies in: `city_name` and so on."""
    names = {
        f"{level}_name": Subquery(Jurisdiction.objects.filter(pk=OuterRef(level)).values("name")[:1])
        for level in LEVELS
    }
    return estates.annotate(**names)


def _outlines(estate: Estate, appointment: Appointment, at: datetime) -> list[Any]:
    """Its own and those around, each with whether the reader sees that estate: `is_seen`."""
    seen = visible_estates(appointment, at).filter(pk=OuterRef("estate_id"))
    return list(outlines_around(estate).annotate(is_seen=Exists(seen)))


def _address(row: Any) -> str:
    """Where a neighbour on the map leads: its file for who sees it, else what the public sees."""
    return reverse("estate" if row.is_seen else "manager", args=[row.estate_id])


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


def _totals(buildings: Sequence[Mapping[str, Any]]) -> UnitTotals:
    """The sums of all buildings: every unit stands in one."""

    def over(name: str) -> Any:
        return sum(row[name] or 0 for row in buildings)

    return UnitTotals(
        units=over("units"),
        unsold=over("unsold"),
        exclusive_area=Decimal(over("exclusive")),
        exclusive_unknown=over("exclusive_unknown"),
        building_area=Decimal(over("building")),
        building_unknown=over("building_unknown"),
    )


def _sources(row: dict[str, Any], kind: str) -> str:
    """登记 60, 实测 2: where the areas come from."""
    counts = [(source.label, row[f"{kind}_{source.value}"]) for source in AreaSource]
    return "，".join(f"{label} {count}" for label, count in counts if count)


# The owners' side and contracts -------------------------------------------------------------------------------------


def _end_of(day: date) -> datetime:
    """The exclusive end of a day."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE)


def _committee(
    place: Place, reader: Appointment, at: datetime, near: int, cases: Sequence[Any]
) -> dict[str, Any]:
    """The committee's state with what it means, its term and members, and who acts for the owners today."""
    found, holder = place.standing, place.holder_of(OWNERS)
    term = found.term
    return {
        "standing": found,
        "title": found.state.label,
        "meaning": MEANINGS[found.state],
        "name": found.interim or found.committee,
        "holder": holder,
        "term": term,
        "chip": countdown(_end_of(term.ends_on), at, near) if term is not None else None,
        "done": _passed(term.starts_on, term.ends_on, place.on) if term is not None else 0,
        "members": _members(place.members, reader, at),
        "watches": _watched(cases).get(term.pk, []) if term is not None else [],
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


def _contracts_of(estate: Estate) -> list[ServiceContract]:
    """Newest first."""
    rows = ServiceContract.objects.filter(estate=estate).select_related("provider")
    return list(rows.order_by("-starts_on", "id"))


def _contracts(
    rows: Sequence[ServiceContract], at: datetime, near: int, cases: Sequence[Any], leaving: Leaving | None
) -> list[dict[str, Any]]:
    """Contracts, with how long they still run and which cases watch their end."""
    watches = _watched(cases)
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


# Cases, notices, papers ---------------------------------------------------------------------------------------------


def cases_at(estate: Estate, appointment: Appointment) -> list[Any]:
    """Every case that runs there or still owes something by a day, and the newest that ended, newest first, whether
    or not the reader sees it.

    Each with `is_seen`, whether it stands in the reader's list (`is_listed`), and when its tree is `due_at` next, or
    what outlives it (`owed_at`).
    """
    listed = listed_cases(appointment).filter(estate=estate)
    newest = listed.filter(ended_at__isnull=False).order_by("-ended_at", "-id")[:ENDED]
    waiting = Task.objects.filter(case__root=OuterRef("root_id"), open=True, due_at__isnull=False)
    owed = Task.objects.filter(open=True, instead=False, due_at__isnull=False, case__ended_at__isnull=False)
    below = Q(case=OuterRef("pk")) | Q(case__root=OuterRef("pk"))
    counts = Q(ended_at=None) | Q(pk__in=newest.values("pk")) | Q(pk__in=owed.values("case__root"))
    rows = Case.objects.filter(counts, estate=estate).annotate(
        is_seen=Exists(visible_cases(appointment).filter(pk=OuterRef("pk"))),
        is_listed=Exists(listed_cases(appointment).filter(pk=OuterRef("pk"))),
        due_at=Subquery(waiting.order_by("due_at").values("due_at")[:1]),
        owed_at=Subquery(owed.filter(below).order_by("due_at").values("due_at")[:1]),
    )
    return list(rows.order_by("-opened_at", "-id"))


def _watched(cases: Sequence[Any]) -> dict[UUID, list[tuple[Case, str]]]:
    """Row → the running cases that look ahead to its date, oldest first."""
    found: dict[UUID, list[tuple[Case, str]]] = {}
    for case in reversed(cases):
        if case.is_seen and case.ended_at is None and case.watched is not None:
            found.setdefault(case.watched, []).append((case, title_of(case)))
    return found


def _open_cases(cases: Sequence[Any]) -> list[dict[str, Any]]:
    """Running cases, and those that are over but for what is still owed by a day, the soonest due first."""
    rows = [case for case in cases if case.is_listed and (case.ended_at is None or case.owed_at)][:CASES]
    told = [
        {
            "case": case,
            "title": title_of(case),
            "due_at": case.owed_at if case.ended_at is not None else case.due_at,
            "owes": case.ended_at is not None,
        }
        for case in rows
    ]
    return sorted(told, key=lambda one: (one["due_at"] is None, one["due_at"] or 0))


def _ended(cases: Sequence[Any]) -> list[tuple[Case, str]]:
    rows = [case for case in cases if case.is_listed and case.ended_at is not None and not case.owed_at]
    return [
        (case, title_of(case)) for case in sorted(rows, key=lambda one: (one.ended_at, one.pk), reverse=True)
    ]


def _notices(estate: Estate, at: datetime) -> dict[str, Any]:
    """What hangs now, and what hung before."""
    told = notices_of_estate(estate.pk, at, NOTICES)
    up = [one for one in told if one["state"] in ("hanging", "interrupted")]
    return {"hanging": up, "past": [one for one in told if one not in up]}


def _papers(seen: QuerySet[Case], appointment: Appointment) -> dict[str, Any]:
    """The newest papers of the cases the reader reads unmasked."""
    if reader_of(appointment).masked:
        return {"masked": True, "papers": []}
    used = numbered(PaperUse.objects.filter(case__in=seen)).select_related("act", "case", "copy", "file")
    used = used.order_by("-act__at", "-id")
    issued = IssuedPaper.objects.filter(case__in=seen, paper__file__isnull=False)
    issued = issued.select_related("paper", "number", "case").order_by("-signed_at", "-id")
    rows = [
        *map(_used, islice(uses_shown(used.iterator(), appointment), PAPERS)),
        *map(_issued, islice(papers_shown(issued.iterator(), appointment), PAPERS)),
    ]
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
