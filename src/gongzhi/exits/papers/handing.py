"""Papers of a handover: lists, readings, the confirmation, powers of attorney, who would not sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, cast

from gongzhi.papers.contents.agreements import PowerOfAttorney
from gongzhi.papers.contents.content import Content, Person
from gongzhi.papers.contents.handover import (
    AssetList,
    DocumentList,
    HandoverConfirmation,
    Item,
    MeterSheet,
    OpenIssue,
    Reading,
)
from gongzhi.papers.contents.records import Picture, RefusalRecord
from gongzhi.papers.documents import Document as Form
from gongzhi.procedures.documents import UNKNOWN, Copy, Document, Source, heard
from gongzhi.procedures.forms import (
    REFUSAL,
    chosen,
    estate_of,
    name_of,
    refusal_record,
    unsigned_words,
)
from gongzhi.procedures.item_pictures import by_item, pictures_of_step
from gongzhi.procedures.models import CaseAct
from gongzhi.procedures.models import Item as Row
from gongzhi.procedures.terms import RoundView
from gongzhi.registry.models import Post
from gongzhi.registry.roles import COMMUNITY, COUNTY, PROVIDER, ROLES, SUBDISTRICT
from gongzhi.values.now import ZONE

from .. import handover_facts
from ..models import Medium, OneSidedInventory, SignerAuthority
from ..parties import RECEIVER
from .sources import acting_for, code_of, holder_of_post, items, named, signer

State = Literal["original", "sealed_copy", "present", "missing"]
#: Told of before it was said: 待登记.
WAITING = "待登记"


def _plan(source: Source) -> handover_facts.HandoverPlan | None:
    from ..procedures import Handover

    return source.case.heard(Handover.plan)


def _place(source: Source) -> str:
    plan = _plan(source)
    return plan.place if plan is not None else UNKNOWN


def _when(source: Source) -> datetime:
    """When the list was closed; before that, when the handover is to begin."""
    filled, plan = source.view.last("fill"), _plan(source)
    if filled is not None:
        return filled.at
    return plan.starts_at if plan is not None else source.at


def _items(source: Source) -> tuple[Item, ...]:
    rows = Row.objects.filter(round_id=source.view.id).order_by("position")
    assert source.step is not None
    shown = by_item(pictures_of_step(source.step, source.case.id))
    return tuple(
        _item(row, source.step.title, "、".join(one.number for one in shown.get(row.code, ())))
        for row in rows
    )


def _item(row: Row, group: str, pictures: str) -> Item:
    count = str(row.quantity) if row.quantity is not None else "—"
    if not row.state:
        return Item(group=group, name=row.label, count=count, state="missing", reason=WAITING)
    made_up = f"；已于{row.made_up_at.astimezone(ZONE).date()}补交" if row.made_up_at is not None else ""
    return Item(
        group=group,
        name=row.label,
        count=count,
        state=cast(State, row.state),
        reason=f"{row.reason}{made_up}" if row.state == "missing" else "",
        bring_by_on=row.make_up_on if row.state == "missing" else None,
        condition=row.condition,
        picture=pictures,
    )


def refusals_of(view: RoundView) -> tuple[str, ...]:
    """Who would not sign, and how a list was filled without the giver."""
    told = [
        f"{unsigned_words(said.facts['refused_by'], said.facts['reason'])}；"
        f"记录人：{'、'.join(said.facts['recorders'])}。"
        for said in view.acts("record_refusal")
    ]
    one = OneSidedInventory.objects.filter(round_id=view.id).first()
    if one is not None:
        told.append(
            f"本清单由接收方单方清点，原因：{one.why}；到场工作人员：{one.official}、{one.second_official}；"
            f"见证人：{one.witness}；录像：{one.video}"
            + (f"；公证书：{one.notary}" if one.notary else "")
            + "。"
        )
    return tuple(told)


def _listed(source: Source, kind: type[DocumentList] | type[AssetList]) -> Content | None:
    told = _items(source)
    if not told:
        return None
    return kind(
        number=source.case.row.number,
        estate=estate_of(source),
        giver=named(source, PROVIDER),
        receiver=named(source, RECEIVER),
        receiver_capacity=acting_for(source, RECEIVER),
        witness=named(source, COMMUNITY),
        at=_when(source),
        place=_place(source),
        items=told,
        refusals=refusals_of(source.view),
    )


def document_list(source: Source) -> Content | None:
    """资料移交清单."""
    return _listed(source, DocumentList)


def asset_list(source: Source) -> Content | None:
    """资产移交清单."""
    return _listed(source, AssetList)


def further_list(source: Source) -> Form | None:
    """A list beside documents and assets, named as its step is."""
    found = _listed(source, AssetList)
    if found is None or source.step is None:
        return None
    return found.form().model_copy(update={"title": f"{estate_of(source)}{source.step.title}"})


def listed_copy(source: Source) -> Sequence[Copy]:
    """A preview while items are still told; once the list is closed it is printed for the hands."""
    filled = source.view.last("fill")
    if filled is not None:
        return [Copy(said_at=filled.at)]
    return [Copy()] if source.view.acts("record") else []


# Readings -----------------------------------------------------------------------------------------------------------


def _readings(source: Source) -> tuple[Reading, ...]:
    rows = source.case.row.readings.order_by("read_at", "medium", "meter")
    return tuple(
        Reading(
            meter=f"{Medium(row.medium).label}表",
            number=row.meter,
            place="",
            reading=f"{row.reading.normalize():,f}",
            unit="",
            picture=row.photo,
        )
        for row in rows
    )


def meter_sheet(source: Source) -> Content | None:
    """读数表. Where a meter hangs and in which unit it counts is not registered, and left empty."""
    rows = _readings(source)
    last = source.case.row.readings.order_by("-read_at").first()
    if last is None:
        return None
    return MeterSheet(
        number=source.case.row.number,
        estate=estate_of(source),
        read_at=last.read_at,
        giver=named(source, PROVIDER),
        receiver=named(source, RECEIVER),
        witness=named(source, COMMUNITY),
        readings=rows,
    )


def _when_read(source: Source) -> Sequence[Copy]:
    """A preview until the handover is confirmed: readings may still come."""
    from ..procedures import Handover

    read = [act for act in source.case.acts_of(None) if act.name == "record_reading"]
    confirmed = source.case.live_round(Handover.confirmation)
    return [Copy(said_at=confirmed.closed_at if confirmed is not None else None)] if read else []


# The confirmation ---------------------------------------------------------------------------------------------------


def confirmation(source: Source) -> Content:
    """《物业项目交接确认书》, to the minute."""
    said: handover_facts.HandoverConfirmation = heard(source)
    signed = source.view.last("countersign")
    return HandoverConfirmation(
        number=source.case.row.number,
        estate=estate_of(source),
        giver=named(source, PROVIDER),
        giver_signer=signer(source, PROVIDER, signed),
        receiver=named(source, RECEIVER),
        receiver_signer=signer(source, RECEIVER, None, said.signer),
        confirmed_at=said.confirmed_at,
        place=_place(source),
        handed_over=tuple(items(said.content)) or (said.content,),
        readings=_readings(source),
        issues=_issues(source, said),
        refusals=tuple(filter(None, (said.refusals, *refusals_of(source.view)))),
        witness=Person(name=UNKNOWN, unit=named(source, COMMUNITY)),
        supervisors=_supervisors(source),
        copies="移交方、接收方各执一份，另报" + "、".join(_filed_with(source)) + "。",
    )


#: Nobody is asked apart who is to solve it: how it is solved says by whom.
BY_SOLUTION = "见解决方式"


def _issues(source: Source, said: handover_facts.HandoverConfirmation) -> tuple[OpenIssue, ...]:
    if said.open_issues == handover_facts.NONE:
        return ()
    return (
        OpenIssue(what=said.open_issues, solution=said.resolution, by=BY_SOLUTION, by_on=said.resolve_by),
    )


def _supervisors(source: Source) -> tuple[Person, ...]:
    """Who signed that they were present; who has not yet is named with room to sign."""
    codes = source.case.law.listed("handover.supervisors") or [SUBDISTRICT.code, COUNTY.code]
    found = []
    for code in codes:
        said = source.view.done(f"acknowledge:{code}")
        name = str(said.facts.get("signer", "")) if said is not None else ""
        capacity = str(said.facts.get("capacity", "")) if said is not None else ""
        found.append(Person(name=name or UNKNOWN, unit=named(source, ROLES[code]), capacity=capacity))
    return tuple(found)


def _filed_with(source: Source) -> list[str]:
    codes = source.case.law.listed("handover.confirmation_filed_with")
    return [f"{named(source, ROLES[code])}备案" for code in codes] or [f"备案机关{UNKNOWN}"]


# Who signs, and who would not ---------------------------------------------------------------------------------------


def each_power(source: Source) -> Sequence[Copy]:
    """One power of attorney for each signer who shows one; a head needs none to sign for what it heads."""
    said = [act for act in source.case.acts_of(None) if act.name == "authorise_signer"]
    return [
        Copy(str(n), str(act.facts["signer"]), act.at)
        for n, act in enumerate(said, start=1)
        if act.facts["basis"] == "power_of_attorney" and act.facts["signer"] != _head(act)
    ]


def _head(act: CaseAct) -> str:
    """Who heads the body on whose behalf it was said, by name."""
    return holder_of_post(act.organisation, Post.PROVIDER_LEGAL_REPRESENTATIVE, act.at)


def power_of_attorney(source: Source) -> Content | None:
    """授权委托书 of a signer as it was registered. 《民法典》第165条."""
    said = [act for act in source.case.acts_of(None) if act.name == "authorise_signer"]
    act = said[int(source.copy.key) - 1]
    rows = SignerAuthority.objects.filter(case=source.case.row, signer=act.facts["signer"])
    row = rows.filter(organisation=act.organisation_id).select_related("organisation").last()
    if row is None or row.to_on is None:
        return None
    representative = holder_of_post(row.organisation, Post.PROVIDER_LEGAL_REPRESENTATIVE, act.at)
    return PowerOfAttorney(
        principal=row.organisation.name,
        principal_code=code_of(row.organisation),
        representative="" if representative == UNKNOWN else representative,
        agent=Person(name=row.signer, id_last_four=row.id_last_four),
        matter=row.matter,
        scope=tuple(items(row.scope)) or (row.scope,),
        from_on=row.from_on,
        to_on=row.to_on,
        made_on=act.at.astimezone(ZONE).date(),
    )


def refusal_at_handover(source: Source) -> Content:
    """拒签情况说明, at the place of the handover, with the video of a one-sided inventory."""
    found = cast(RefusalRecord, refusal_record(source))
    one = OneSidedInventory.objects.filter(round_id=source.view.id).first()
    said = chosen(source, "record_refusal")
    pictures = (
        (Picture(number=one.video, what="单方清点录像", taken_by="、".join(said.facts["recorders"])),)
        if one
        else ()
    )
    return found.model_copy(update={"place": _place(source), "pictures": pictures})


def _counted_by(source: Source) -> str:
    """Who filled the list: the giver, or the receiver where it was counted one-sidedly."""
    return name_of(source.view.last("fill"))


def both_sides(source: Source) -> str:
    """Who gives and who takes: both answer for what was found on the spot."""
    return "、".join(dict.fromkeys((named(source, PROVIDER), named(source, RECEIVER))))


def _step_title(source: Source) -> str:
    return source.step.title if source.step is not None else ""


def lists_served(source: Source) -> tuple[str, ...]:
    """What is served on a side that did not sign: the lists, as the receiver named them."""
    said: handover_facts.InventoryServed = heard(source)
    return tuple(items(said.lists))


DOCUMENTS = Document("document_list", "资料移交清单", document_list, listed_copy, author=_counted_by)
ASSETS = Document("asset_list", "资产移交清单", asset_list, listed_copy, author=_counted_by)
FURTHER = Document(
    "further_list", "交接清单", further_list, listed_copy, author=_counted_by, titled=_step_title
)
METERS = Document("meter_sheet", "水电气热读数表", meter_sheet, _when_read, author=both_sides)
CONFIRMATION = Document("handover_confirmation", "物业项目交接确认书", confirmation)
POWER = Document("power_of_attorney", "授权委托书", power_of_attorney, each_power)
REFUSED = replace(REFUSAL, fill=refusal_at_handover)
