"""现场交接记录: when and where, who was there as what, what was found in order, who would not sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from gongzhi.papers.contents.content import Content, Person, day, instant, sentence
from gongzhi.papers.contents.records import Picture, SiteRecord
from gongzhi.procedures.documents import UNKNOWN, Copy, Document, Source
from gongzhi.procedures.forms import by_whom, estate_of, refused_when
from gongzhi.procedures.item_pictures import pictures_of_step
from gongzhi.procedures.kinds.checklist import WOULD_NOT
from gongzhi.procedures.models import Item
from gongzhi.procedures.terms import RoundView, Said
from gongzhi.registry.roles import ROLES

from ..handover_facts import NONE, LiftTold
from ..late_items import was_missing
from ..models import Medium, OneSidedInventory
from ..parties import RECEIVER
from .handing import both_sides, refusals_of, rounds_of
from .sources import signer

#: The acts with which somebody signs on the spot.
_SIGNED = ("sign", "countersign", "acknowledge")
_ROLES = {**ROLES, RECEIVER.code: RECEIVER}


def site_record(source: Source) -> Content | None:
    """What was said on the spot, put together; who wrote it down is room to write."""
    from ..procedures import Handover

    plan, confirmed = source.case.heard(Handover.plan), source.case.heard(Handover.confirmation)
    seen = tuple(words for _, words in sorted(_seen(source), key=lambda one: one[0]))
    hours = sorted(_hours(source))
    present = tuple(_present(source))
    if not seen:
        return None
    return SiteRecord(
        occasion="现场交接",
        number=source.case.row.number,
        estate=estate_of(source),
        place=plan.place if plan is not None else UNKNOWN,
        from_at=hours[0] if hours else None,
        to_at=hours[-1] if confirmed is not None else None,
        present=(*present, *(Person(name=UNKNOWN),) * (2 - len(present))),
        observations=seen,
        pictures=tuple(_pictures(source)),
        refusals=tuple(
            told for step, view in rounds_of(source) for told in refusals_of(step, view, step.title)
        ),
    )


def _hours(source: Source) -> Iterator[datetime]:
    """The hours of what the record contains: lists closed, meters read, refusals, the confirmation."""
    for step, view in rounds_of(source):
        filled = view.last("fill") if step.lists_items else None
        if filled is not None:
            yield filled.at
        yield from (refused_when(said) for said in view.acts(*WOULD_NOT))
    yield from (at for at, _ in (*_read(source), *_confirmed(source)))


# Who was there ------------------------------------------------------------------------------------------------------


def _present(source: Source) -> Iterable[Person]:
    """Everybody who signed, witnessed or recorded a refusal, and the officials of a one-sided inventory; each once.

    Who is named with a body in one place and without in another has one line, with the body. How they signed stands
    on what they signed.
    """
    people = [one for step, view in rounds_of(source) for one in _in_round(source, step, view)]
    units: dict[str, str] = {}
    for one in people:
        if one.unit:
            units.setdefault(one.name, one.unit)
    told: dict[tuple[str, str], Person] = {}
    for one in people:
        unit = one.unit or units.get(one.name, "")
        known = told.get((one.name, unit))
        told[one.name, unit] = one.model_copy(update={"unit": unit, "signed": ""} | _added(known, one))
    return told.values()


def _added(known: Person | None, one: Person) -> dict[str, str]:
    """What an earlier mention of somebody adds: as what else they were there, the end of the card's number."""
    if known is None:
        return {}
    capacities = dict.fromkeys(filter(None, (*known.capacity.split("、"), *one.capacity.split("、"))))
    return {"capacity": "、".join(capacities), "id_last_four": known.id_last_four or one.id_last_four}


def _in_round(source: Source, step: Any, view: RoundView) -> Iterator[Person]:
    for said in view.acts(*_SIGNED):
        role = _ROLES.get(said.task.partition(":")[2])
        if role is not None:
            yield signer(source, role, said)
    approved = view.last("approve")
    if approved is not None and "signer" in approved.facts:
        yield signer(source, step.by, approved)
    for said in view.acts("record_refusal"):
        yield from _at_refusal(said)
    one = OneSidedInventory.objects.filter(round_id=view.id).first()
    if one is not None:
        yield from (
            Person(name=name, capacity="到场工作人员") for name in (one.official, one.second_official)
        )
        yield Person(name=one.witness, capacity="见证人")


def _at_refusal(said: Said) -> Iterator[Person]:
    """Who recorded it and who witnessed; whoever would not sign need not have been there."""
    yield from (Person(name=str(name), capacity="拒签记录人") for name in said.facts["recorders"])
    if said.facts.get("witness"):
        yield Person(name=str(said.facts["witness"]), capacity="见证人")


# What was found, each with its time ---------------------------------------------------------------------------------


def _seen(source: Source) -> Iterator[tuple[datetime, str]]:
    for step, view in rounds_of(source):
        if step.lists_items:
            yield from _listed(step, view)
    yield from _read(source)
    yield from _lifts(source)
    yield from _defects(source)
    yield from _confirmed(source)


def _listed(step: Any, view: RoundView) -> Iterator[tuple[datetime, str]]:
    """A list that was closed: how many items, and which are missing."""
    filled = view.last("fill")
    if filled is None:
        return
    rows = list(Item.objects.filter(round_id=view.id).order_by("position"))
    missing = "、".join(row.label for row in rows if was_missing(row, filled.at))
    lacks = f"，缺失：{missing}" if missing else "，没有缺失"
    yield filled.at, f"{instant(filled.at)}，{step.title}清点完毕，共{len(rows)}项{lacks}。"
    for row in rows:
        if row.condition and row.condition != NONE:
            yield row.said_at or filled.at, f"{step.title}“{row.label}”状况：{sentence(row.condition)}"


def _read(source: Source) -> Iterator[tuple[datetime, str]]:
    for row in source.case.row.readings.order_by("read_at", "medium", "meter"):
        photo = f"，照片{row.photo}" if row.photo else ""
        number = f"{row.reading.normalize():,f}"
        yield (
            row.read_at,
            f"{instant(row.read_at)}，{Medium(row.medium).label}表{row.meter}读数{number}{photo}。",
        )


def _lifts(source: Source) -> Iterator[tuple[datetime, str]]:
    for act in source.case.acts_of(None):
        if act.name == "record_lift":
            said = LiftTold.model_validate(act.facts)
            told = f"电梯{said.lift}（使用登记证{said.registration}），维保单位{said.maintainer}"
            yield act.at, f"{told}，救援电话{said.rescue_phone}。"


def _defects(source: Source) -> Iterator[tuple[datetime, str]]:
    for row in source.case.row.defects.select_related("assessor").order_by("found_at", "id"):
        by = f"，{row.assessor.name}查验" if row.assessor is not None else ""
        until = f"，{day(row.repair_by)}前修复" if row.repair_by is not None else ""
        whose = f"责任归属：{row.get_whose_display()}（{row.basis}）"
        yield row.found_at, f"缺陷：{row.place}，{row.what}；{whose}{by}{until}。"


def _confirmed(source: Source) -> Iterator[tuple[datetime, str]]:
    """What the confirmation says of the end."""
    from ..procedures import Handover

    said = source.case.heard(Handover.confirmation)
    if said is None:
        return
    issues = "" if said.open_issues == NONE else f"存在问题：{sentence(said.open_issues)}"
    solved = "" if said.resolution == NONE else f"解决方式：{sentence(said.resolution)}"
    yield (
        said.confirmed_at,
        f"{instant(said.confirmed_at)}，确认交接：{sentence(said.content)}{issues}{solved}",
    )


def _pictures(source: Source) -> Iterator[Picture]:
    """The photographs of the lists, by the numbers the lists print."""
    for step, view in rounds_of(source):
        if not step.lists_items:
            continue
        labels = dict(Item.objects.filter(round_id=view.id).values_list("code", "label"))
        for one in pictures_of_step(step, source.case.id):
            copy = one.use.copy
            if copy is not None and one.item in labels:
                photo = copy.photograph
                yield Picture(
                    number=one.number,
                    what=f"{step.title}：{labels[one.item]}",
                    taken_at=photo.shot_at,
                    received_at=photo.sent_at,
                    on_site=photo.on_site,
                    **by_whom(copy),
                )


def _once_counted(source: Source) -> Sequence[Copy]:
    """From the first list that was closed on; a preview until the handover is confirmed."""
    from ..procedures import Handover

    filled = [view for step, view in rounds_of(source) if step.lists_items and view.last("fill") is not None]
    confirmed = source.case.live_round(Handover.confirmation)
    return [Copy(said_at=confirmed.closed_at if confirmed is not None else None)] if filled else []


SITE = Document("site_record", "现场交接记录", site_record, _once_counted, author=both_sides)
