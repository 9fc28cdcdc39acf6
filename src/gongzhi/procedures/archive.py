"""The papers every case has: its course, its cover, the inventory of what is in it, the note at its end. 一案一卷."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import pikepdf

from gongzhi.papers.contents.archive import (
    CaseContents,
    CaseCover,
    CaseTimeline,
    ClosingNote,
    Filed,
    Happened,
)
from gongzhi.papers.contents.content import Content
from gongzhi.papers.media import MediaType
from gongzhi.papers.models import File
from gongzhi.papers.queries import content_of
from gongzhi.values.now import ZONE

from .documents import UNKNOWN, Copy, Document, Source, always
from .forms import title_of_use
from .models import CaseAct, IssuedPaper, PaperUse
from .view import CaseView


@dataclass(frozen=True)
class Kept:
    """One file of a case: brought with an act, or issued in it. Of a photograph it is the marked copy."""

    file: File
    title: str
    author: str
    on: date
    at: datetime
    number: str = ""
    note: str = ""
    original: File | None = None


def kept_of(case: CaseView) -> list[Kept]:
    """Every file of a case, in the order in which it came to the file."""
    uses = PaperUse.objects.filter(case=case.row)
    uses = uses.select_related("file", "copy__file", "act__organisation", "act__person")
    issued = IssuedPaper.objects.filter(case=case.row).select_related(
        "paper__file", "paper__organisation", "number"
    )
    found = [_brought(use) for use in uses] + [_issued(paper) for paper in issued]
    return sorted((one for one in found if one is not None), key=lambda one: (one.at, one.title))


def _brought(use: PaperUse) -> Kept:
    act, title = use.act, title_of_use(use)
    if use.copy is None:
        return Kept(use.file, title, _by(act), _day(act.at), act.at)
    return Kept(use.copy.file, title, _by(act), _day(act.at), act.at, original=use.file)


def _issued(one: IssuedPaper) -> Kept | None:
    if one.paper.file is None:
        return None
    author = one.paper.organisation.name if one.paper.organisation is not None else ""
    note = "作废" if one.number.voided_at is not None else "已被替换" if one.replaced_at is not None else ""
    return Kept(
        one.paper.file, one.paper.title, author, _day(one.signed_at), one.signed_at, one.number.text, note
    )


def _by(act: CaseAct) -> str:
    if act.organisation is not None:
        return act.organisation.name
    return act.person.name if act.person is not None else "系统"


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def pages_of(file: File) -> int:
    """How many pages a file has: those of a PDF, one of anything else."""
    if file.media_type != MediaType.PDF:
        return 1
    with pikepdf.open(io.BytesIO(content_of(file))) as document:
        return len(document.pages)


def title_of(case: CaseView) -> str:
    """题名: what it is about and which procedure."""
    row = case.row
    about = row.estate or row.organisation or row.jurisdiction
    return f"{about.name if about is not None else ''}{case.declaration.title}"


# The four papers ----------------------------------------------------------------------------------------------------


def cover(source: Source) -> Content:
    """案卷封面. How long it is kept is for the archive to say."""
    case, row = source.case, source.case.row
    kept = kept_of(case)
    about = row.estate or row.organisation or row.jurisdiction
    parties = row.parties.filter(void_at=None).select_related("organisation", "person")
    return CaseCover(
        archive=f"立卷单位{UNKNOWN}",
        title=title_of(case),
        number=row.number,
        subject=about.name if about is not None else UNKNOWN,
        parties=tuple(dict.fromkeys(str((one.organisation or one.person).name) for one in parties)),  # type: ignore[union-attr]
        opened_on=_day(row.opened_at),
        closed_on=_day(row.ended_at) if row.ended_at is not None else None,
        outcome=row.ended_why,
        keep=UNKNOWN,
        pieces=len(kept),
        pages=sum(pages_of(one.file) for one in kept),
    )


def inventory(source: Source) -> Content | None:
    """卷内目录: every file with its pages, counted on."""
    lines, page = [], 1
    for one in kept_of(source.case):
        count = pages_of(one.file)
        pages = str(page) if count == 1 else f"{page}-{page + count - 1}"
        lines.append(
            Filed(
                number=one.number,
                author=one.author,
                title=one.title,
                made_on=one.on,
                pages=pages,
                note=one.note,
            )
        )
        page += count
    if not lines:
        return None
    return CaseContents(case=title_of(source.case), number=source.case.row.number, filed=tuple(lines))


def closing_note(source: Source) -> Content:
    """备考表: two sign; who they are is known when they do."""
    kept = kept_of(source.case)
    voided = [one for one in kept if one.note]
    return ClosingNote(
        case=title_of(source.case),
        number=source.case.row.number,
        pieces=len(kept),
        pages=sum(pages_of(one.file) for one in kept),
        remarks=tuple(f"{one.number}{one.title}{one.note}。" for one in voided),
        made_by=" ",
        checked_by=" ",
        made_on=_day(source.made_at),
    )


def timeline(case: CaseView, at: datetime) -> CaseTimeline:
    """办理经过: every act of the case with who and which papers. Call it for who may read what was said."""
    acts = case.row.said.select_related("organisation", "person", "round__step", "task").order_by("seq")
    papers: dict[UUID, list[str]] = {}
    for use in PaperUse.objects.filter(case=case.row).select_related("file").order_by("id"):
        papers.setdefault(use.act_id, []).append(title_of_use(use))
    steps = {step.code: step for step in case.declaration.steps}
    standing = {name: one.spec.title for name, one in case.declaration.standing.items()}
    opened = Happened(at=case.row.opened_at, what="立案", by=_opened_by(case))
    events = [opened]
    for act in acts:
        step = steps.get(act.round.step.code) if act.round is not None else None
        title = _act_title(act, step, standing)
        events.append(Happened(at=act.at, what=title, by=_by(act), paper="、".join(papers.get(act.pk, ()))))
    if case.row.ended_at is not None:
        events.append(Happened(at=case.row.ended_at, what=f"结案：{case.row.ended_why}"))
    return CaseTimeline(case=title_of(case), number=case.row.number, events=tuple(events), made_at=at)


def _opened_by(case: CaseView) -> str:
    return case.row.opened_by.name if case.row.opened_by is not None else ""


def _act_title(act: CaseAct, step: object, standing: dict[str, str]) -> str:
    from .declare import Step
    from .standing_acts import BASE

    if isinstance(step, Step):
        specs = step.act_specs() | {name: spec for name, (spec, _) in step.standing_specs().items()}
        spec = specs.get(act.name)
        return f"{step.title}：{spec.title if spec is not None else act.name}"
    own = standing.get(act.name)
    return own or (BASE[act.name].title if act.name in BASE else act.name)


def _timeline(source: Source) -> Content:
    return timeline(source.case, source.made_at)


def _closed(source: Source) -> Sequence[Copy]:
    """Final once the case has ended."""
    return [Copy(said_at=source.case.row.ended_at)]


def _filed(source: Source) -> Sequence[Copy]:
    """There is a list as soon as there is a file."""
    return _closed(source) if source.case.is_filed else ()


OF_EVERY_CASE = (
    Document("case_cover", "案卷封面", cover, _closed),
    Document("case_contents", "卷内目录", inventory, _filed),
    Document("closing_note", "卷内备考表", closing_note, _closed),
    Document("case_timeline", "案件办理经过", _timeline, always),
)
