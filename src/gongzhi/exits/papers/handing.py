"""Papers of a handover: lists, readings, the confirmation, powers of attorney, who would not sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, cast

from gongzhi.papers.contents.agreements import PowerOfAttorney
from gongzhi.papers.contents.content import Content, Person, sentence
from gongzhi.papers.contents.handover import (
    AssetList,
    DocumentList,
    Item,
    MeterSheet,
    Reading,
)
from gongzhi.papers.contents.prepaid import Beforehand, PrepaidList
from gongzhi.papers.contents.records import Picture, RefusalRecord
from gongzhi.papers.documents import Document as Form
from gongzhi.procedures.declare import Step
from gongzhi.procedures.documents import UNKNOWN, Copies, Copy, Document, Source, heard
from gongzhi.procedures.forms import (
    REFUSAL,
    estate_of,
    name_of,
    refusal_record,
    refused_when,
    signed_words,
    unsigned_words,
)
from gongzhi.procedures.item_pictures import by_item, pictures_of_step
from gongzhi.procedures.models import Item as Row
from gongzhi.procedures.refusing import refused_side, signature_of, signed_after
from gongzhi.procedures.terms import RoundView, Said
from gongzhi.registry.models import Post
from gongzhi.registry.roles import COMMUNITY, PROVIDER, Role
from gongzhi.values.now import ZONE
from gongzhi.values.text import by_number
from gongzhi.values.wording import date_words, instant_words

from .. import handover_facts
from ..late_items import was_missing
from ..models import Medium, OneSidedInventory, PrepaidFee, PrepaidKind, SignerAuthority
from ..parties import RECEIVER
from ..prepaid import months, months_words
from .sources import acting_for, body, code_of, holder_of_post, holders_of_post, items, named, signer

State = Literal["original", "sealed_copy", "present", "missing"]
Side = Literal["移交方", "接收方"]


def rounds_of(source: Source) -> Iterator[tuple[Step[Any], RoundView]]:
    """The steps of the handover with the round of each that counts."""
    for step in source.case.declared:
        found = source.case.live_round(step)
        if found is not None:
            yield step, source.case.round_view(found)


def _plan(source: Source) -> handover_facts.HandoverPlan | None:
    from ..procedures import Handover

    return source.case.heard(Handover.plan)


def place_of(source: Source) -> str:
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
    at = _when(source)
    return tuple(_item(row, "、".join(one.number for one in shown.get(row.code, ())), at) for row in rows)


def _item(row: Row, pictures: str, at: datetime) -> Item:
    """A line of the list as it was closed. A number told of what is missing is how many there should be."""
    if not row.state:
        return Item(name=row.label, state="untold")
    is_missing = was_missing(row, at)
    count = str(row.quantity) if row.quantity is not None else ""
    return Item(
        name=row.label,
        count=f"应交{count}份" if count and is_missing else count,
        state="missing" if is_missing else cast(State, row.state),
        reason=row.reason if is_missing else "",
        bring_by_on=row.make_up_on if is_missing else None,
        condition=row.condition,
        picture=pictures,
    )


def refusals_of(step: Step[Any], view: RoundView, title: str = "") -> tuple[str, ...]:
    """Who would not sign, and how a list was filled without the giver; `title` says of which list on another paper.

    Of who signed after all, that he did. How a side refused the confirmation itself, that says in its own words.
    """
    told = [
        f"{title and f'{title}：'}{unsigned_words(said.facts['refused_by'], said.facts['reason'])}；"
        f"{_told_when(said)}记录人：{'、'.join(said.facts['recorders'])}{_after_all(step, view, said)}。"
        for said in view.acts("record_refusal")
    ]
    if step.lists_items or title:
        told += [
            f"{title and f'{title}：'}{name_of(said)}拒绝签字，理由：{sentence(str(said.facts['reason']))}"
            for said in view.acts("decline")
        ]
    one = OneSidedInventory.objects.filter(round_id=view.id).first()
    if one is not None:
        told.append(
            f"{title or '本清单'}由接收方单方清点，原因：{one.why}；"
            f"到场工作人员：{one.official}、{one.second_official}；见证人：{one.witness}；录像：{one.video}"
            + (f"；公证书：{one.notary}" if one.notary else "")
            + "。"
        )
    return tuple(told)


def _told_when(refusal: Said) -> str:
    """When and where it was, as far as that was told."""
    hour = f"时间：{instant_words(refused_when(refusal))}；" if refusal.facts.get("refused_at") else ""
    place = str(refusal.facts.get("place", ""))
    return hour + (f"地点：{place}；" if place else "")


def _after_all(step: Step[Any], view: RoundView, refusal: Said) -> str:
    signed = signed_after(view, refusal, getattr(step, "sides", ()))
    return f"；{signed_words(signed)}" if signed is not None else ""


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
        at_is="entered" if source.view.last("fill") is not None else "planned",
        place=place_of(source),
        items=told,
        unsigned=_unsigned(source),
        refusals=_refused(source),
        giver_signer=_signed(source, PROVIDER, "sign"),
        receiver_signer=_signed(source, RECEIVER, "sign"),
        witness_signer=_signed(source, COMMUNITY, "witness"),
        more_witnesses=tuple(_more_witnesses(source)),
    )


def _more_witnesses(source: Source) -> Iterator[Person]:
    """Whom the list has witness it beside the community, with room to sign; left out where there is nobody to."""
    for role in getattr(source.step, "witness", ()):
        said = source.view.done(f"witness:{role.code}")
        if role is not COMMUNITY and (said is not None or body(source, role) is not None):
            yield signer(source, role, said if said is not None and said.act == "sign" else None)


def _unsigned(source: Source) -> tuple[Side, ...]:
    """Who would not sign, as was recorded or as the side said itself; who was not asked yet has room to sign."""
    view, sides = source.view, getattr(source.step, "sides", ())
    silent = {refused_side(view, said, sides) for said in view.acts("record_refusal")}
    declined = {said.task for said in view.acts("decline")}
    silent |= {side for side in sides if f"sign:{side.code}" in declined}
    return tuple(
        side_words(side) for side in sides if side in silent and signature_of(view.said, side) is None
    )


def side_words(side: Role) -> Side:
    """What a side of a handover is called on its papers."""
    return "移交方" if side is PROVIDER else "接收方"


def _refused(source: Source) -> tuple[str, ...]:
    return refusals_of(source.step, source.view) if source.step is not None else ()


def _signed(source: Source, role: Role, task: str) -> Person | None:
    """Who signed the list for a role; None where nobody has yet, or somebody would not."""
    said = source.view.done(f"{task}:{role.code}")
    return signer(source, role, said) if said is not None and said.act == "sign" else None


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


def readings_of(source: Source) -> tuple[Reading, ...]:
    rows = source.case.row.readings.order_by("read_at", "medium", "meter")
    return tuple(
        Reading(
            meter=f"{Medium(row.medium).label}表",
            number=row.meter,
            reading=f"{row.reading.normalize():,f}",
            read_at=instant_words(row.read_at),
            picture=row.photo,
        )
        for row in rows
    )


def meter_sheet(source: Source) -> Content | None:
    """读数表. Where a meter hangs and in which unit it counts is not registered, and is left out.

    A kind of which nothing was read is named: whether the estate has such a meter is not known.
    """
    rows = readings_of(source)
    read = set(source.case.row.readings.values_list("medium", flat=True))
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
        unread=tuple(f"{kind.label}表" for kind in Medium if kind not in read),
    )


# What was paid beforehand --------------------------------------------------------------------------------------------


def beforehand_of(source: Source) -> tuple[Beforehand, ...]:
    rows = source.case.row.prepaid.select_related("unit__building")
    kinds = list(PrepaidKind)

    def place(row: PrepaidFee) -> tuple[object, ...]:
        unit = row.unit
        rank = kinds.index(PrepaidKind(row.kind))
        return by_number(unit.building.name), by_number(unit.label), rank, row.from_on

    return tuple(
        Beforehand(
            unit=f"{row.unit.building.name}{row.unit.label}",
            kind=row.get_kind_display(),
            paid_cents=row.paid_cents,
            period=_period(row),
            served_to=row.served_to,
            refund_cents=row.refund_cents,
            settled=_settled(row),
        )
        for row in sorted(rows, key=place)
    )


def _period(row: PrepaidFee) -> str:
    if row.to_on is None:
        return date_words(row.from_on)
    length = months_words(months(row.from_on, row.to_on))
    return f"{date_words(row.from_on)}至{date_words(row.to_on)}，{length}"


def _settled(row: PrepaidFee) -> str:
    if row.settled_on is None:
        return ""
    return f"{date_words(row.settled_on)}{handover_facts.SETTLED[row.settled_by]}，凭证{row.voucher}"


def prepaid_list(source: Source) -> Content | None:
    """预收费用和押金清单. 《最高人民法院关于审理物业服务纠纷案件适用法律若干问题的解释》第3条."""
    paid = beforehand_of(source)
    if not paid:
        return None
    return PrepaidList(
        number=source.case.row.number,
        estate=estate_of(source),
        giver=named(source, PROVIDER),
        receiver=named(source, RECEIVER),
        witness=named(source, COMMUNITY),
        paid=paid,
    )


def _once_told(act: str) -> Copies:
    """A preview until the handover is confirmed: more may still be told with the same act."""

    def copies(source: Source) -> Sequence[Copy]:
        from ..procedures import Handover

        told = [said for said in source.case.acts_of(None) if said.name == act]
        confirmed = source.case.live_round(Handover.confirmation)
        return [Copy(said_at=confirmed.closed_at if confirmed is not None else None)] if told else []

    return copies


# Who signs, and who would not ---------------------------------------------------------------------------------------


def each_power(source: Source) -> Sequence[Copy]:
    """One power of attorney for each signer who shows one; a head needs none to sign for what it heads."""
    said = [act for act in source.case.acts_of(None) if act.name == "authorise_signer"]
    powers = [(n, act) for n, act in enumerate(said, start=1) if act.facts["basis"] == "power_of_attorney"]
    head = holders_of_post((act.organisation_id for _, act in powers), Post.PROVIDER_LEGAL_REPRESENTATIVE)
    return [
        Copy(str(n), str(act.facts["signer"]), act.at)
        for n, act in powers
        if act.facts["signer"] != head(act.organisation_id, act.at)
    ]


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
    """拒签情况说明, with its photographs, the video of a one-sided inventory and who told of it.

    Who filmed is not asked, so that nobody is said to have.
    """
    found = cast(RefusalRecord, refusal_record(source))
    one = OneSidedInventory.objects.filter(round_id=source.view.id).first()
    pictures = (Picture(number=one.video, what="单方清点录像", given_by=_counted_by(source)),) if one else ()
    return found.model_copy(update={"pictures": (*found.pictures, *pictures)})


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
METERS = Document(
    "meter_sheet", "水电气热读数表", meter_sheet, _once_told("record_reading"), author=both_sides
)
PREPAID = Document(
    "prepaid_list", "预收费用和押金清单", prepaid_list, _once_told("record_prepaid"), author=both_sides
)
POWER = Document("power_of_attorney", "授权委托书", power_of_attorney, each_power)
REFUSED = replace(REFUSAL, fill=refusal_at_handover)
