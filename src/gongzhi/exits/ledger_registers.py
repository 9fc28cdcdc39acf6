"""What the rows of the exit ledger need beside the trees, read for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from gongzhi.notices.models import Notice
from gongzhi.procedures.models import Case, IssuedPaper, Task
from gongzhi.registry.models import Appointment, Engagement, Post, Unit, UnitUse
from gongzhi.registry.roles import PROVIDER

from .models import Claim, CostPlan


class Registers:
    """Units, managers, notices, cost plans, claims, papers, late tasks and leaders, by case, estate or organisation."""

    def __init__(self, cases: Sequence[Case], at: datetime) -> None:
        roots = [case.pk for case in cases]
        estates = {case.estate_id for case in cases if case.estate_id is not None}
        self.units = self._units(estates)
        self.engagements = _grouped(
            Engagement.objects.filter(estate__in=estates).order_by("from_at"), "estate_id"
        )
        notices = (
            Notice.objects.filter(case__root__in=roots).select_related("case", "round").order_by("posted_at")
        )
        #: By root: those of its settlement and of its votes are notices of the exit as well.
        self.notices = defaultdict(list)
        for notice in notices:
            self.notices[notice.case.root_id].append(notice)
        self.plans = dict(
            CostPlan.objects.filter(case__root__in=roots, round__void_at=None).values_list(
                "case", "total_cents"
            )
        )
        claims = Claim.objects.filter(case__in=roots, round__void_at=None).select_related("item")
        self.claims = _grouped(claims.order_by("opened_at", "id"), "case_id")
        papers = IssuedPaper.objects.filter(case__root__in=roots, replaced_at=None)
        self.papers = defaultdict(list)
        for paper in papers.select_related("case", "number__organisation", "paper").order_by("signed_at"):
            self.papers[paper.case.root_id].append(paper)
        late = Task.objects.filter(case__root__in=roots, open=True, due_at__lte=at).order_by()
        self.late = dict(late.values_list("case__root").annotate(Count("pk")))
        self.leaders = self._leaders(roots)

    def _units(self, estates: set[UUID]) -> dict[UUID, dict[str, Any]]:
        rows = Unit.objects.filter(estate__in=estates).values("estate_id")
        told = rows.annotate(
            area=Sum("building_area"),
            unknown=Count("pk", filter=Q(building_area=None)),
            units=Count("pk"),
            dwellings=Count("pk", filter=Q(use=UnitUse.DWELLING)),
        )
        return {row["estate_id"]: dict(row) for row in told}

    def _leaders(self, roots: list[UUID]) -> dict[UUID, list[Appointment]]:
        posts = (Post.PROVIDER_LEADER, Post.PROVIDER_LEGAL_REPRESENTATIVE)
        held = Appointment.objects.filter(
            post__in=posts, organisation__party__case__in=roots, organisation__party__role=PROVIDER.code
        )
        return _grouped(held.select_related("person").order_by("-from_on").distinct(), "organisation_id")


def _grouped(rows: Iterable[Any], name: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
