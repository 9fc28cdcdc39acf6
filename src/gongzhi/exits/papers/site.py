"""现场交接记录: when and where, who was there as what, what was found in order, who would not sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongzhi.papers.contents.content import Content, Person, day, instant, sentence
from gongzhi.papers.contents.records import Picture, SiteRecord
from gongzhi.procedures.documents import UNKNOWN, Copy, Document, Source
from gongzhi.procedures.forms import by_whom, estate_of, name_of, refused_when
from gongzhi.procedures.item_pictures import pictures_of_step
from gongzhi.procedures.kinds.checklist import ONE_SIDED, WOULD_NOT
from gongzhi.procedures.models import Item
from gongzhi.procedures.refusing import unsigned
from gongzhi.procedures.signed import PLATFORM, WAY
from gongzhi.procedures.terms import RoundView, Said
from gongzhi.registry.roles import ROLES
from gongzhi.values.now import ZONE

from ..handover_facts import NONE, LiftTold
from ..late_items import was_missing
from ..models import Medium, OneSidedInventory
from ..parties import RECEIVER
from .handing import both_sides, refusals_of, rounds_of, side_words
from .sources import signer

#: The acts with which somebody signs on the spot.
_SIGNED = ("sign", "countersign", "acknowledge")
_ROLES = {**ROLES, RECEIVER.code: RECEIVER}


@dataclass(frozen=True)
class _Spot:
    """The days of which it is known that the sides met: the planned one and that of the confirmation.

    A list may be filled in weeks before: what is earlier than the first of the two was not on the spot.
    """

    days: frozenset[date]

    def has(self, at: datetime) -> bool:
        """Whether it was on one of the days."""
        return at.astimezone(ZONE).date() in self.days

    def begun(self, at: datetime) -> bool:
        """Whether it was not before the first of them."""
        return at.astimezone(ZONE).date() >= min(self.days, default=date.min)


def _spot(source: Source) -> _Spot:
    from ..procedures import Handover

    plan, confirmed = source.case.heard(Handover.plan), source.case.heard(Handover.confirmation)
    hours = (
        plan.starts_at if plan is not None else None,
        confirmed.confirmed_at if confirmed is not None else None,
    )
    return _Spot(frozenset(hour.astimezone(ZONE).date() for hour in hours if hour is not None))


def site_record(source: Source) -> Content | None:
    """What was said on the spot, put together; who wrote it down is room to write."""
    from ..procedures import Handover

    plan, confirmed = source.case.heard(Handover.plan), source.case.heard(Handover.confirmation)
    spot = _spot(source)
    seen = tuple(words for _, words in sorted(_seen(source, spot), key=lambda one: one[0]))
    present, elsewhere = _signers(source, spot)
    if not seen:
        return None
    return SiteRecord(
        occasion="现场交接",
        number=source.case.row.number,
        estate=estate_of(source),
        place=plan.place if plan is not None else UNKNOWN,
        from_at=_from(source, spot),
        to_at=max(_hours(source, spot)) if confirmed is not None else None,
        present=(*present, *(Person(name=UNKNOWN),) * (2 - len(present))),
        elsewhere=elsewhere,
        observations=seen,
        pictures=tuple(_pictures(source)),
        refusals=tuple(
            told for step, view in rounds_of(source) for told in refusals_of(step, view, step.title)
        ),
    )


def _from(source: Source, spot: _Spot) -> datetime | None:
    """The first hour of what was done there; where only the confirmation tells of its day, the planned one of that day.

    Room to write where neither is known.
    """
    from ..procedures import Handover

    plan, confirmed = source.case.heard(Handover.plan), source.case.heard(Handover.confirmation)
    hours = list(_hours(source, spot))
    if confirmed is None:
        return min(hours, default=None)
    ends = confirmed.confirmed_at
    hours.remove(ends)
    done = [hour for hour in hours if hour <= ends]
    if plan is not None and len(spot.days) == 1 and plan.starts_at <= ends:
        done = done or [plan.starts_at]
    return min(done, default=None)


def _hours(source: Source, spot: _Spot) -> Iterator[datetime]:
    """The hours of what it contains, from the first day: lists closed or signed, meters read, refusals, the end."""
    for step, view in rounds_of(source):
        filled = view.last("fill") if step.lists_items else None
        signed = [said for said in view.acts("sign") if _on_platform(said) and spot.has(said.at)]
        declined = [said for said in view.acts("decline") if spot.has(said.at)]
        told = [said.at for said in (*signed, *declined, *filter(None, (filled,)))]
        told += [refused_when(said) for said in view.acts("record_refusal")]
        yield from (hour for hour in told if spot.begun(hour))
    yield from (at for at, _ in (*_read(source), *_confirmed(source)) if spot.begun(at))


# Who was there ------------------------------------------------------------------------------------------------------


def _signers(source: Source, spot: _Spot) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Who was there: who signed on its days, witnessed or recorded a refusal; then who signed at another time.

    Each once. Who is named with a body in one place and without in another has one line, with the body. How those who
    were there signed stands on what they signed.
    """
    found = [one for step, view in rounds_of(source) for one in _in_round(source, step, view, spot)]
    units: dict[str, str] = {}
    for one, _ in found:
        if one.unit:
            units.setdefault(one.name, one.unit)
    there: dict[tuple[str, str], Person] = {}
    others: dict[tuple[str, str], Person] = {}
    for one, was_there in found:
        unit, told = one.unit or units.get(one.name, ""), there if was_there else others
        added = _added(told.get((one.name, unit)), one)
        told[one.name, unit] = one.model_copy(update={"unit": unit, "signed": ""} | added)
        if not was_there:
            how = "通过平台签字" if one.signed_at is not None else "纸质签字"
            others[one.name, unit] = others[one.name, unit].model_copy(update={"signed": how})
    return tuple(there.values()), tuple(one for key, one in others.items() if key not in there)


def _added(known: Person | None, one: Person) -> dict[str, str]:
    """What an earlier mention of somebody adds: as what else they were there, the end of the card's number."""
    if known is None:
        return {}
    capacities = dict.fromkeys(filter(None, (*known.capacity.split("、"), *one.capacity.split("、"))))
    return {"capacity": "、".join(capacities), "id_last_four": known.id_last_four or one.id_last_four}


def _on_platform(said: Said) -> bool:
    return bool(said.facts.get(WAY) == PLATFORM)


def _in_round(source: Source, step: Any, view: RoundView, spot: _Spot) -> Iterator[tuple[Person, bool]]:
    """Each with whether he was there. Of a hand on paper the day of its scan is told, which may be a later one."""

    def was_there(said: Said) -> bool:
        return spot.has(said.at) if _on_platform(said) else spot.begun(said.at)

    for said in view.acts(*_SIGNED):
        role = _ROLES.get(said.task.partition(":")[2])
        if role is not None:
            yield signer(source, role, said), was_there(said)
    approved = view.last("approve")
    if approved is not None and "signer" in approved.facts:
        yield signer(source, step.by, approved), was_there(approved)
    for said in view.acts("record_refusal"):
        if spot.begun(refused_when(said)):
            yield from ((one, True) for one in _at_refusal(said))
    one = OneSidedInventory.objects.filter(round_id=view.id).first()
    if one is not None:
        for name in (one.official, one.second_official):
            yield Person(name=name, capacity="到场工作人员"), True
        yield Person(name=one.witness, capacity="见证人"), True


def _at_refusal(said: Said) -> Iterator[Person]:
    """Who recorded it and who witnessed; whoever would not sign need not have been there."""
    yield from (Person(name=str(name), capacity="拒签记录人") for name in said.facts["recorders"])
    if said.facts.get("witness"):
        yield Person(name=str(said.facts["witness"]), capacity="见证人")


# What was found, each with its time ---------------------------------------------------------------------------------


def _seen(source: Source, spot: _Spot) -> Iterator[tuple[datetime, str]]:
    for step, view in rounds_of(source):
        if step.lists_items:
            yield from _listed(step, view, spot)
    yield from _read(source)
    yield from _lifts(source)
    yield from _defects(source)
    yield from _confirmed(source)


def _listed(step: Any, view: RoundView, spot: _Spot) -> Iterator[tuple[datetime, str]]:
    """A list that was closed, counted there or filled in at another time: how many items, and which are missing."""
    filled = view.last("fill")
    if filled is None:
        return
    rows = list(Item.objects.filter(round_id=view.id).order_by("position"))
    missing = "、".join(row.label for row in rows if was_missing(row, filled.at))
    lacks = f"，缺失：{missing}" if missing else "，没有缺失"
    done = "清点完毕" if filled.task == ONE_SIDED or spot.has(filled.at) else "填写完毕"
    yield filled.at, f"{instant(filled.at)}，{step.title}{done}，共{len(rows)}项{lacks}。"
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
    """What the confirmation says of the end, by whom it was confirmed, and which side would not sign it."""
    from ..procedures import Handover

    said = source.case.heard(Handover.confirmation)
    if said is None:
        return
    issues = "" if said.open_issues == NONE else f"存在问题：{sentence(said.open_issues)}"
    solved = "" if said.resolution == NONE else f"解决方式：{sentence(said.resolution)}"
    yield (
        said.confirmed_at,
        f"{instant(said.confirmed_at)}，{_by_whom_confirmed(source)}：{sentence(said.content)}{issues}{solved}",
    )


def _by_whom_confirmed(source: Source) -> str:
    """双方确认交接; of one alone its name, and that the other would not where it said so or that was recorded."""
    from ..procedures import Handover

    found = source.case.live_round(Handover.confirmation)
    assert found is not None
    view = source.case.round_view(found)
    left = unsigned(view.said, Handover.confirmation.sides)
    if not left:
        return "双方确认交接"
    others = "、".join(side_words(side) for side in left)
    would_not = f"，{others}没有在{Handover.confirmation.title}上签字" if view.acts(*WOULD_NOT) else ""
    return f"接收方{name_of(view.last('approve'))}确认交接{would_not}"


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
