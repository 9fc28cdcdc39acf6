"""Which rows somebody may take out: the territories asked for, within what the appointment sees."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gongzhi.acts.actor import Actor
from gongzhi.acts.policies import policy
from gongzhi.law.models import Jurisdiction
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.divisions import COLUMNS, cities_under, division
from gongzhi.registry.models import Estate
from gongzhi.registry.territory import visible_estates
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound

from .places import AtCode, AtEstate


@dataclass(frozen=True, slots=True)
class Scope:
    """The territories of an export, by whom and when. `unmasked`: personal numbers in the clear."""

    places: tuple[Jurisdiction, ...]
    by: Actor
    at: datetime
    may: str
    unmasked: bool = False

    def within(self) -> Q:
        """The condition that a placed row lies in one of the territories."""
        found = Q()
        for place in self.places:
            found |= (
                Q(**{COLUMNS[place.level]: place.code}) if place.level in COLUMNS else _in_province(place)
            )
        return found

    def estates(self) -> QuerySet[Estate]:
        """The estates there in which the policy lets the exporter act; NotAllowed where it lets none."""
        rows = Estate.objects.filter(self.within())
        if not self.by.is_system:
            rows = rows.filter(pk__in=visible_estates(appointment_of(self.by, self.at), self.at).values("pk"))
            rows = self._permitted(rows)
        if not rows.exists():
            raise NotFound("所选地区没有可以导出的小区，请核对区划代码。")
        return rows.order_by("community", "name", "id")

    def _permitted(self, rows: QuerySet[Estate]) -> QuerySet[Estate]:
        """All of them where the policy covers the territories, else those of which it says so one by one."""
        refusals = [
            refused
            for place in self.places
            if (refused := self._refusal(AtCode(jurisdiction_code=place.code)))
        ]
        if not refusals:
            return rows
        ids = rows.values_list("pk", flat=True)
        may = [pk for pk in ids if self._refusal(AtEstate(estate_id=pk)) is None]
        if not may:
            raise refusals[0]
        return rows.filter(pk__in=may)

    def _refusal(self, facts: AtCode | AtEstate) -> NotAllowed | None:
        try:
            policy(self.may).check(by=self.by, facts=facts, at=self.at)
        except NotAllowed as refused:
            return refused
        return None


def _in_province(place: Jurisdiction) -> Q:
    return Q(city__in=cities_under(place.code))


def places_of(codes: list[str] | tuple[str, ...]) -> tuple[Jurisdiction, ...]:
    """The divisions of the codes; NotFound for an unknown one."""
    if not codes:
        raise Invalid("请写明导出哪个地区，例如220602。", fields={"at": "不能为空"})
    return tuple(division(code) for code in dict.fromkeys(codes))
