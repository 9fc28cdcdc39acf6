"""The county's exit ledger (退出台账): which exits stand in it for whom, and at which stage each of them is.

《白山市物业服务人退出及应急服务管理办法》第5条第2项; `practice.md` 9. Every figure is derived; none is kept.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value, When

from gongzhi.procedures.models import Case, Mark, Task
from gongzhi.registry.models import Appointment, Organisation, OrganisationKind
from gongzhi.registry.territory import within
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotAllowed

from . import grounds
from .readers import is_auditor

EXIT, SETTLEMENT, HANDOVER = "exit", "settlement", "handover"
READERS = (OrganisationKind.PROPERTY_AUTHORITY, OrganisationKind.SUBDISTRICT_OFFICE)
#: Asked for like a stage: whatever has not ended.
RUNNING = "running"
#: Ended without coming to an end of its own (opened by mistake, withdrawn): an exit that was none.
STOPPED = "stopped"
#: The furthest an exit has come, from the end backwards.
STAGES = {
    "stopped": "终止",
    "ended": "已办结",
    "left": "已离场",
    "taken_over": "已接管",
    "handed_over": "已交接",
    "handing_over": "交接中",
    "settling": "清算中",
    "told": "申请（通知）已到达",
    "begun": "已立案",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which exits: of a place, running on a day of the period, on a ground, at a stage. Days included; "" is any.

    `category`: normal or forced, without those that were stopped; `late_at`: those in which a task is overdue at the
    instant; `counted`: none that was stopped.
    """

    jurisdiction: str = ""
    from_on: date | None = None
    to_on: date | None = None
    ground: str = ""
    stage: str = ""
    category: str = ""
    late_at: datetime | None = None
    counted: bool = False


def ledger_seen(appointment: Appointment, asked: Asked) -> QuerySet[Case]:
    """The exits in the ledger of whoever looks: of its territory, of all places for an auditor."""
    if is_auditor(appointment):
        return filtered(Case.objects.all(), asked)
    return ledger_of(territory_of(appointment), asked)


def territory_of(appointment: Appointment) -> Organisation:
    """The authority whose ledger it is: street, county or city. NotAllowed for anybody else."""
    organisation = appointment.organisation
    if organisation is None or organisation.kind not in READERS:
        raise NotAllowed("您无权查看退出台账，应由街道办事处（乡镇人民政府）和物业主管部门查看。")
    return organisation


def ledger_of(organisation: Organisation, asked: Asked) -> QuerySet[Case]:
    """The exits of its territory, each with its `stage`."""
    return filtered(Case.objects.filter(within(organisation)), asked)


def ledger_at(code: str, asked: Asked) -> QuerySet[Case]:
    """The exits of a county, by its code."""
    return filtered(Case.objects.filter(county=code), asked)


def filtered(rows: QuerySet[Case], asked: Asked) -> QuerySet[Case]:
    """Root cases of exits as they were asked for."""
    rows = rows.filter(procedure=EXIT, parent=None).annotate(stage=_stage())
    if asked.jurisdiction:
        levels = ("city", "county", "subdistrict", "community")
        place = Q()
        for level in levels:
            place |= Q(**{level: asked.jurisdiction})
        rows = rows.filter(place)
    if asked.from_on is not None:
        rows = rows.filter(Q(ended_at=None) | Q(ended_at__gte=midnight(asked.from_on)))
    if asked.to_on is not None:
        rows = rows.filter(opened_at__lt=midnight(asked.to_on + timedelta(days=1)))
    if asked.counted or asked.category:
        rows = rows.exclude(stage=STOPPED)
    if asked.category:
        forced = Q(variant__in=grounds.FORCED_CODES)
        rows = rows.filter(forced if asked.category == "forced" else ~forced)
    if asked.late_at is not None:
        rows = rows.filter(is_late(asked.late_at))
    if asked.stage == RUNNING:
        rows = rows.filter(ended_at=None)
    equal = {"variant": asked.ground, "stage": asked.stage if asked.stage != RUNNING else ""}
    return rows.filter(**{name: value for name, value in equal.items() if value}).select_related("estate")


def is_late(at: datetime) -> Exists:
    """Whether a task of the tree is overdue at the instant."""
    return Exists(Task.objects.filter(case__root=OuterRef("pk"), open=True, due_at__lte=at))


def midnight(on: date) -> datetime:
    """The beginning of a day."""
    return datetime.combine(on, time(), ZONE)


def _stage() -> Choose:
    """The stage in one expression, so that a page can be asked for by it."""
    reached = {
        STOPPED: Q(outcome__in=("ended", "withdrawn")) & ~Q(_has("left")),
        "ended": Q(ended_at__isnull=False),
        "left": _has("left"),
        "taken_over": _has("taken_over"),
        "handed_over": _has("confirmed", case__procedure=HANDOVER),
        "handing_over": _runs(HANDOVER),
        "settling": _runs(SETTLEMENT),
        "told": _has("arrived", case=OuterRef("pk"), round__step__kind="submit"),
    }
    whens = [When(Q(condition), then=Value(stage)) for stage, condition in reached.items()]
    return Choose(*whens, default=Value("begun"), output_field=CharField())


def _has(name: str, **more: Any) -> Exists:
    """Whether a mark of a round that counts is set in the tree."""
    return Exists(Mark.objects.filter(case__root=OuterRef("pk"), name=name, round__void_at=None, **more))


def _runs(procedure: str) -> Exists:
    """Whether a child of that procedure was opened and counts."""
    return Exists(Case.objects.filter(root=OuterRef("pk"), procedure=procedure, round__void_at=None))
