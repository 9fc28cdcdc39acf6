"""The papers every case has: its course, its cover, the inventory of what is in it, the note at its end. 一案一卷."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import pikepdf

from gongzhi.papers.bundle import contents_digest
from gongzhi.papers.contents.archive import (
    CaseContents,
    CaseCover,
    CaseTimeline,
    ClosingNote,
    Filed,
    Happened,
)
from gongzhi.papers.contents.content import Content
from gongzhi.papers.documents import Document as Form
from gongzhi.papers.media import MediaType
from gongzhi.papers.models import File
from gongzhi.papers.queries import content_of
from gongzhi.papers.render import render
from gongzhi.registry.roles import ROLES
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound, NotPossible

from .documents import UNKNOWN, Copy, Document, Made, Source, always, papers_made
from .forms import name_of, title_of_use
from .holders import hold
from .models import CaseAct, IssuedPaper, PaperUse
from .terms import Said
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


# What the file holds: what was brought and issued, and what the platform made of what was said ----------------------


@dataclass(frozen=True)
class Leaf:
    """One piece of the file, as the inventory lists it and the bundle holds it."""

    title: str
    author: str
    at: datetime
    pages: int
    digest: str
    number: str = ""
    note: str = ""
    kept: Kept | None = None
    made: Made | None = None
    form: Form | None = None


def leaves_of(case: CaseView, at: datetime) -> list[Leaf]:
    """Every piece of the file in its order: files, and final papers made of the case; not the volume's own four."""
    files = [_of_file(one) for one in kept_of(case)]
    made = [leaf for one in _made(case, at) if (leaf := _of_paper(one)) is not None]
    return sorted((*files, *made), key=lambda one: (one.at, one.title))


def _of_file(one: Kept) -> Leaf:
    pages = pages_of(one.file)
    return Leaf(one.title, one.author, one.at, pages, one.file.digest, one.number, one.note, kept=one)


def _of_paper(made: Made) -> Leaf | None:
    """A paper of a step, or of the case as a whole; None where it has nothing to say."""
    form = form_of(made)
    if form is None:
        return None
    pages, digest = _set(form, made.source.made_at)
    return Leaf(
        made.title, _said_by(made), made.source.made_at, pages, digest, note=MADE, made=made, form=form
    )


def form_of(made: Made) -> Form | None:
    """The paper, or nothing where it has nothing to say yet."""
    try:
        return made.form()
    except NotPossible:
        return None


@lru_cache(maxsize=512)
def _set(form: Form, at: datetime) -> tuple[int, str]:
    """Pages and digest of a paper as it is set: the same paper is set to the same bytes."""
    content = render(form, at=at)
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages), hashlib.sha256(content).hexdigest()


def _made(case: CaseView, at: datetime) -> Iterator[Made]:
    own = {document.code for document in OF_EVERY_CASE}
    for made in papers_made(case, at, masked=False):
        is_said = made.source.step is None or _act_of(made) is not None
        is_filed = made.document.is_filed and made.document.code not in own
        if not made.is_preview and is_said and is_filed:
            yield made


def _act_of(made: Made) -> Said | None:
    """The act a paper of a step tells of; None of a form that is still to be sent."""
    step, case, copy = made.source.step, made.source.case, made.source.copy
    views = (case.round_view(found) for found in case.rounds(step)) if step is not None else ()
    of = copy.key if copy.key in ROLES else ""
    said = (one for view in views for one in reversed(view.said) if one.at == copy.said_at)
    return next((one for one in said if not of or of in one.task.split(":")), None)


def _said_by(made: Made) -> str:
    """Whose act the paper tells of; a paper of the case as a whole is nobody's."""
    said = _act_of(made)
    return name_of(said) if said is not None else ""


#: What the inventory notes of a paper that was made of what was said.
MADE = "平台生成"


# The four papers ----------------------------------------------------------------------------------------------------


def cover(source: Source) -> Content:
    """案卷封面. How long it is kept is the place's to say; else it is written in when the volume is filed."""
    case, row = source.case, source.case.row
    leaves = leaves_of(case, source.at)
    about = row.estate or row.organisation or row.jurisdiction
    parties = row.parties.filter(void_at=None).select_related("organisation", "person")
    return CaseCover(
        archive=archive_of(case, source.at),
        title=title_of(case),
        number=row.number,
        subject=about.name if about is not None else UNKNOWN,
        parties=tuple(dict.fromkeys(str((one.organisation or one.person).name) for one in parties)),  # type: ignore[union-attr]
        opened_on=_day(row.opened_at),
        closed_on=_day(row.ended_at) if row.ended_at is not None else None,
        outcome=row.ended_why,
        keep=_keep(case),
        pieces=len(leaves),
        pages=sum(one.pages for one in leaves),
    )


def archive_of(case: CaseView, at: datetime) -> str:
    """立卷单位: who filed it away, closed it or opened it, where that is no party; else the organ that may end it."""
    parties = {one.organisation_id for one in case.row.parties.all()}
    acts = case.row.said.exclude(organisation=None).select_related("organisation").order_by("seq")
    filed = acts.filter(name="archive").last()
    closed = acts.filter(at=case.row.ended_at).last() if case.row.ended_at is not None else None
    bodies = (*(act.organisation for act in (filed, closed) if act is not None), case.row.opened_by)
    found = next((one for one in bodies if one is not None and one.pk not in parties), None)
    if found is not None:
        return found.name
    overseers = (hold(case, role, at) for role in case.declaration.overseers)
    return next((one.organisation.name for one in overseers if one.organisation is not None), UNKNOWN)


#: The place's key of how long a file is kept, and the room to write where it says nothing.
RETENTION, TO_WRITE = "archive.retention", "　　　　　　（本地未设定，归档时填写）"


def _keep(case: CaseView) -> str:
    """保管期限, of the procedure where the place tells them apart."""
    try:
        told: Any = case.law.value(RETENTION).value
    except NotFound:
        return TO_WRITE
    found = told.get(case.row.procedure) if isinstance(told, Mapping) else told
    return str(found) if found else TO_WRITE


def inventory(source: Source) -> Content | None:
    """卷内目录: every piece of the file with its pages, counted on."""
    lines, page = [], 1
    for one in leaves_of(source.case, source.at):
        pages = str(page) if one.pages == 1 else f"{page}-{page + one.pages - 1}"
        lines.append(
            Filed(
                number=one.number,
                author=one.author,
                title=one.title,
                made_on=_day(one.at),
                pages=pages,
                note=one.note,
            )
        )
        page += one.pages
    if not lines:
        return None
    return CaseContents(case=title_of(source.case), number=source.case.row.number, filed=tuple(lines))


def closing_note(source: Source) -> Content:
    """备考表: two sign; who they are is known when they do. The digest is that of the pieces the inventory lists."""
    leaves = leaves_of(source.case, source.at)
    voided = [one for one in leaves if one.note and one.note != MADE]
    return ClosingNote(
        case=title_of(source.case),
        number=source.case.row.number,
        pieces=len(leaves),
        pages=sum(one.pages for one in leaves),
        remarks=tuple(f"{one.number}{one.title}{one.note}。" for one in voided),
        digest=contents_digest(one.digest for one in leaves),
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
    events.sort(key=lambda one: one.at)
    return CaseTimeline(case=title_of(case), number=case.row.number, events=tuple(events), made_at=at)


#: Who opened a case that a step of another asked for: the row keeps who opened the tree.
BY_PARENT = "系统（随上级办件开始）"


def _opened_by(case: CaseView) -> str:
    if case.row.parent_id is not None:
        return BY_PARENT
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
    """There is a list as soon as there is a piece."""
    made = next(_made_by_steps(source), None)
    return _closed(source) if made is not None or source.case.is_filed else ()


def _made_by_steps(source: Source) -> Iterator[Copy]:
    """The final papers of the steps, without asking for those of the case as a whole."""
    case = source.case
    for step in case.declared:
        found = case.live_round(step)
        view = case.round_view(found) if found is not None else None
        for document in step.documents() if view is not None else ():
            copies = document.copies(Source(case, step, view, Copy(), source.at))
            yield from (copy for copy in copies if copy.said_at is not None)


OF_EVERY_CASE = (
    Document("case_cover", "案卷封面", cover, _closed),
    Document("case_contents", "卷内目录", inventory, _filed),
    Document("closing_note", "卷内备考表", closing_note, _closed),
    Document("case_timeline", "案件办理经过", _timeline, always),
)
