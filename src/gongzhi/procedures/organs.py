"""Whose tasks pass on, and when: after a change at an estate, and at midnight, when terms and appointments end."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from gongzhi.acts.kept import insert_all
from gongzhi.registry.models import Appointment, CommitteeCondition, CommitteeTerm, Estate, Organisation
from gongzhi.values.now import ZONE

from .models import Beat, Recheck
from .tick import beat, pass_on

SWEPT = "organs"
BATCH = 500


def note_change(estate_id: UUID, at: datetime) -> None:
    """Let the next tick look whose the open tasks of an estate are now. Within the act that changed the organ."""
    insert_all([Recheck(estate_id=estate_id, asked_at=at)], ignore_conflicts=True)


def follow(at: datetime) -> int:
    """Pass on what changed hands by an act, or by a day that ended, since the last time; returns how many tasks."""
    today = at.astimezone(ZONE).date()
    last = Beat.objects.filter(name=SWEPT).first()
    since = last.at.astimezone(ZONE).date() if last is not None else today - timedelta(days=1)
    passed = 0
    if since < today:
        estates = sorted(changed_between(since, today))
        for start in range(0, len(estates), BATCH):
            passed += pass_on(estates[start : start + BATCH], at)
        beat(SWEPT, at)
    asked = list(Recheck.objects.values_list("estate_id", "asked_at")[:BATCH])
    passed += pass_on([estate for estate, _ in asked], at) if asked else 0
    for estate, asked_at in asked:
        Recheck.objects.filter(estate_id=estate, asked_at=asked_at).delete()
    return passed


def changed_between(after: date, to: date) -> set[UUID]:
    """The estates at which an organ began or ended by the calendar alone, on a day after `after` up to `to`."""
    window = (after + timedelta(days=1), to)
    ended = (after, to - timedelta(days=1))  # whose last day is past
    dates = Q(from_on__range=window) | Q(to_on__range=ended)
    of_committees = CommitteeTerm.objects.filter(Q(starts_on__range=window) | Q(ends_on__range=ended))
    found = set(of_committees.values_list("committee__estate_id", flat=True))
    conditions = CommitteeCondition.objects.filter(dates)
    found |= set(conditions.values_list("committee__estate_id", flat=True))
    seats = Appointment.objects.filter(dates, organisation__estate__isnull=False)
    found |= set(seats.values_list("organisation__estate_id", flat=True))
    bodies = Organisation.objects.filter(dates)
    found |= set(bodies.filter(estate__isnull=False).values_list("estate_id", flat=True))
    for body in bodies.filter(estate=None):
        found |= set(_estates_of(body))
    return {estate for estate in found if estate is not None}


def _estates_of(body: Organisation) -> list[UUID]:
    """The estates in an organ's territory."""
    code = body.jurisdiction_code
    levels = Q(city=code) | Q(county=code) | Q(subdistrict=code) | Q(community=code)
    return list(Estate.objects.filter(levels).values_list("id", flat=True))
