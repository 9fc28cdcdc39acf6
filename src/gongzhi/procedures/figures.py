"""Closing figures: what was compiled is kept with its digest, linked to what the place reported before."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongzhi.acts.canonical import digest
from gongzhi.values.refusals import NotPossible

from .models import ClosedFigures
from .view import CaseView


def close(
    case: CaseView,
    round_id: UUID,
    name: str,
    span: tuple[date, date],
    figures: Mapping[str, Any],
    at: datetime,
) -> ClosedFigures:
    """Keep the figures of the case's place for a span of days, both included. Inside the door, root locked."""
    place = case.row.jurisdiction_id
    if place is None:
        raise NotPossible("只有按区划办理的案件才编制数字，请核对办理对象。")
    last = newest(name, place)
    row = ClosedFigures(
        name=name,
        jurisdiction_id=place,
        case=case.row,
        round_id=round_id,
        from_on=span[0],
        to_on=span[1],
        figures=dict(figures),
        previous=last.digest if last is not None else "",
        made_at=at,
    )
    row.digest = digest_of(row)
    row.save(force_insert=True)
    return row


def newest(name: str, place: str) -> ClosedFigures | None:
    """The last one of a place, also where its round was taken back: the links go on from it."""
    rows = ClosedFigures.objects.filter(name=name, jurisdiction_id=place)
    return rows.order_by("-made_at", "-id").first()


def digest_of(row: ClosedFigures) -> str:
    """What binds the figures to their place, their days and those before them."""
    span = [str(row.from_on), str(row.to_on)]
    return digest([row.previous, row.name, row.jurisdiction_id, *span, row.figures])


def findings() -> Iterator[str]:
    """One sentence for each whose digest, or link, is not what it must be."""
    links: dict[tuple[str, str], str] = {}
    for row in ClosedFigures.objects.order_by("made_at", "id").iterator():
        place = (row.name, row.jurisdiction_id)
        if row.digest != digest_of(row):
            yield f"{row.jurisdiction_id}的{row.from_on}至{row.to_on}数字与摘要不符。"
        if row.previous != links.get(place, ""):
            yield f"{row.jurisdiction_id}的{row.from_on}至{row.to_on}数字没有接在前一份之后。"
        links[place] = row.digest
