"""Opening a case: which procedure, about what, in which case of the law, then its first act's form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongzhi.acts.door import Answer
from gongzhi.law import queries as law
from gongzhi.procedures import catalogue
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.entering import plain
from gongzhi.procedures.opening import open_case
from gongzhi.procedures.subjects import Subject
from gongzhi.registry.queries import day_of
from gongzhi.registry.roles import Place
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound, NotPossible

from ..beginners import demand_ever
from ..beginning import (
    ENTERED,
    Begun,
    Stop,
    estate_seen,
    name_of,
    offered_at,
    offered_procedures,
    read_way,
    stop_at,
    subject_of,
    subjects_for,
    unsent_of,
    variants_at,
    with_refusals,
    with_running,
)
from ..deeds import Deed
from ..saying import Sending, about_opening
from .acting import actor_in, answer, own_id

#: In the address of a procedure without variants.
NONE = "-"


@seated
def choose_procedure(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What can be opened; with an estate in the address, what about it."""
    if named := request.GET.get("estate", ""):
        estate = estate_seen(named, seat.official, seat.at)
        place, by = Place(estate, day_of(seat.at)), actor_in(request, seat)
        told = {"estate": estate, "offered": offered_at(place, by, seat.at)}
        return render(request, "desk/open/at_estate.html", told)
    unsent = unsent_of(own_id(request), seat.official, seat.at)
    procedures = offered_procedures(seat.official, actor_in(request, seat), seat.at)
    told = {"procedures": procedures, "unsent": unsent}
    return render(request, "desk/open/procedures.html", told)


@seated
def choose_subject(request: HttpRequest, seat: Seat, procedure: str) -> HttpResponse:
    """What the case is to be about."""
    declared = _openable(procedure)
    demand_ever(declared, seat.official)
    asked = request.GET.get("q", "").strip()[:50]
    found, more = subjects_for(declared.subject, seat.official, asked, seat.at)
    found = with_running(declared, found)
    subjects = with_refusals(declared, found, actor_in(request, seat), seat.at)
    told = {"declared": declared, "subjects": subjects, "has_more": more, "asked": asked}
    return render(request, "desk/open/subjects.html", told)


@seated
def choose_variant(request: HttpRequest, seat: Seat, procedure: str, subject: str) -> HttpResponse:
    """The variants the law of the place lists, each with its article; those it does not, and why."""
    declared = _openable(procedure)
    about = subject_of(declared, subject, seat.official, seat.at)
    demand_ever(declared, seat.official)
    if not declared.variants:
        return redirect("open-form", procedure=procedure, subject=subject, variant=NONE)
    if stop := stop_at(declared, about, seat.at):
        return _stopped(request, declared, about, stop)
    listed, left, cites = variants_at(declared, about, actor_in(request, seat), seat.at)
    told = {
        "declared": declared,
        "about_name": name_of(about),
        "mine": [one for one in listed if one.may],
        "others": [one for one in listed if not one.may],
        "left": left,
        "cites": cites,
        "entered": ENTERED,
        "has_entry": any(one.enters for one in listed),
    }
    return render(request, "desk/open/variants.html", told | {"subject": subject})


@seated
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, seat: Seat, procedure: str, subject: str, variant: str) -> HttpResponse:
    """The form of the act the case begins with."""
    declared, by = _openable(procedure), actor_in(request, seat)
    code, is_entered = read_way(variant)
    about = subject_of(declared, subject, seat.official, seat.at)
    if request.method == "GET" and (stop := stop_at(declared, about, seat.at)):
        demand_ever(declared, seat.official)
        return _stopped(request, declared, about, stop)
    with law.pinned():
        begun = Begun.of(declared, about, code, by, seat.at, is_entered=is_entered)
        address = reverse("open-form", args=[procedure, subject, variant])
        deed: Deed = begun.deed(about_opening(procedure, subject, variant), address)
        if request.method == "GET":
            begun.demand_may(by, seat.at)

    def carry(sent: Sending) -> Answer:
        facts: Any = sent.facts if begun.has_act else None
        if is_entered:
            facts = plain(sent.facts, begun.step.facts)
        return open_case(
            by=by,
            at=seat.at,
            procedure=procedure,
            subject=about,
            variant=code,
            facts=facts,
            papers=sent.papers,
            key=sent.key,
        )

    page = {"title": begun.title, "of": declared.title, "declared": declared, "about_name": name_of(about)}
    return answer(request, seat, deed, carry, page | {"subject": subject, "variant": begun.variant_title})


def _stopped(request: HttpRequest, declared: type[Procedure], about: Subject, stop: Stop) -> HttpResponse:
    """Why nothing begins there, before a form is filled in, and where to go on."""
    told = {"declared": declared, "about": about, "about_name": name_of(about), "stop": stop}
    return render(request, "desk/open/variants.html", told)


def _openable(code: str) -> Any:
    """A procedure somebody may open."""
    declared = next((one for one in catalogue.current() if one.code == code), None)
    if declared is None:
        raise NotFound("没有这个办理事项，请重新选择。")
    if declared.child_only or declared.opens is not None:
        raise NotPossible(f"{declared.title}由系统自动开始，不能单独立案。")
    return declared
