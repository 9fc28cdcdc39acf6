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
from django.db.models import OuterRef, Subquery

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
from gongzhi.papers.contents.handover import STATES
from gongzhi.papers.documents import Cover, Poster
from gongzhi.papers.documents import Document as Form
from gongzhi.papers.media import MediaType
from gongzhi.papers.models import File
from gongzhi.papers.queries import content_of
from gongzhi.papers.render import render
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.roles import OWNERS, ROLES
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound, NotPossible
from gongzhi.values.wording import minute_words

from .corrected import Before
from .declare import Procedure
from .documents import (
    PAST,
    UNKNOWN,
    Copy,
    Document,
    Made,
    Source,
    act_of,
    always,
    author_of,
    mark_of,
    papers_made,
    papers_of,
)
from .entering import TITLE as ENTERED
from .entering import handed_by, is_entered
from .forms import title_of_use
from .hearing import nameless
from .holders import COMPOSED, hold
from .insight import shows_act, shows_issued
from .issued import fell_with_case
from .models import CaseAct, IssuedPaper, PaperUse, Task
from .presenting import spec_of_act
from .reads import ends_done
from .service import handed_at
from .signed import numbered
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
    #: What its sender called the file; "" for what was issued here.
    uploaded_as: str = ""


def kept_of(case: CaseView) -> list[Kept]:
    """Every file of a case, in the order in which it came to the file."""
    uses = numbered(PaperUse.objects.filter(case=case.row))
    uses = uses.select_related(
        "file", "copy__file", "act__organisation", "act__person", "act__task__organisation"
    )
    issued = IssuedPaper.objects.filter(case=case.row).select_related(
        "paper__file", "paper__organisation", "number"
    )
    found: list[Kept | None] = [_brought(use) for use in uses if shows_act(case, use.act)]
    found += [_issued(paper) for paper in issued if _is_shown(case, paper)]
    return sorted((one for one in found if one is not None), key=lambda one: (one.at, one.title))


def _is_shown(case: CaseView, paper: IssuedPaper) -> bool:
    every = ((step, found) for step in case.declared for found in case.rounds(step))
    return all(shows_issued(case, step, found) for step, found in every if found.id == paper.round_id)


def _brought(use: PaperUse) -> Kept:
    act, title = use.act, title_of_use(use)
    author, on, note = _by(act), _day(act.at), ""
    if is_entered(act.facts) and act.task is not None and act.task.organisation is not None:
        # whose paper it is answers for it; who took it in and entered it is said beside
        note = f"{author}{ENTERED}"
        author, on = act.task.organisation.name, _day(handed_at(act.facts) or act.at)
    shown, original = (use.file, None) if use.copy is None else (use.copy.file, use.file)
    return Kept(shown, title, author, on, act.at, note=note, original=original, uploaded_as=use.file.name)


def _issued(one: IssuedPaper) -> Kept | None:
    if one.paper.file is None:
        return None
    author = one.paper.organisation.name if one.paper.organisation is not None else ""
    note = "作废" if one.number.voided_at is not None else "已被替换" if one.replaced_at is not None else ""
    if note == "已被替换" and fell_with_case(one):
        note = "随案件终止作废"
    return Kept(
        one.paper.file, one.paper.title, author, _day(one.signed_at), one.signed_at, one.number.text, note
    )


def _by(act: CaseAct) -> str:
    if act.organisation is not None:
        return act.organisation.name
    return nameless(act).get("person") or (act.person.name if act.person is not None else "系统")


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
    #: The day of the paper, where it is not that on which it came to the file.
    on: date | None = None
    kept: Kept | None = None
    made: Made | None = None
    form: Form | None = None


def leaves_of(case: CaseView, at: datetime) -> list[Leaf]:
    """Every piece of the file in its order: files, and final papers made of the case; not the volume's own four.

    Every paper is set for its pages and digest: of a case that nobody changes they are gone through once.
    """
    return case.once(f"leaves {at.isoformat()}", lambda: _leaves_of(case, at))


def _leaves_of(case: CaseView, at: datetime) -> list[Leaf]:
    files = [_of_file(one) for one in kept_of(case)]
    made = [leaf for one in _made(case, at) if (leaf := _of_paper(one)) is not None]
    return sorted((*files, *made), key=lambda one: (one.at, one.title))


def _of_file(one: Kept) -> Leaf:
    pages = pages_of(one.file)
    return Leaf(one.title, one.author, one.at, pages, one.file.digest, one.number, one.note, one.on, kept=one)


def _of_paper(made: Made) -> Leaf | None:
    """A paper of a step, or of the case as a whole; None where it has nothing to say."""
    form = form_of(made)
    if form is None:
        return None
    at = made.source.made_at
    pages, digest = _set(form, at, mark_of(made))
    number = _number_on(form, made.source)
    note = PAST if made.is_past else MADE
    return Leaf(
        _title_on(form, made), author_of(made), at, pages, digest, number, note=note, made=made, form=form
    )


def _title_on(form: Form, made: Made) -> str:
    """题名: what the paper itself is headed, and what tells it from others; a cover is headed as what it covers."""
    of = made.source.copy.of
    if isinstance(form, Cover):
        return made.title
    if isinstance(form, Poster):
        return f"{form.title}（{'，'.join(filter(None, ('张贴件', of)))}）"
    return f"{form.title}（{of}）" if of else form.title


def _number_on(form: Form, source: Source) -> str:
    """文号: the number the paper bears, where that is one of its own and not the case's."""
    return "" if form.number in (source.case.row.number, UNKNOWN) else form.number


def form_of(made: Made) -> Form | None:
    """The paper, or nothing where it has nothing to say yet."""
    try:
        return made.form()
    except NotPossible:
        return None


@lru_cache(maxsize=512)
def _set(form: Form, at: datetime, mark: str) -> tuple[int, str]:
    """Pages and digest of a paper as it is set: the same paper is set to the same bytes."""
    content = render(form, at=at, mark=mark)
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages), hashlib.sha256(content).hexdigest()


def _made(case: CaseView, at: datetime) -> Iterator[Made]:
    own = {document.code for document in OF_EVERY_CASE}
    for made in papers_made(case, at, masked=False):
        is_said = made.source.step is None or act_of(made) is not None
        is_filed = made.document.is_filed and made.document.code not in own
        if not made.is_preview and is_said and is_filed:
            yield made


#: What the inventory notes of a paper that was made of what was said.
MADE = "平台生成"


# The four papers ----------------------------------------------------------------------------------------------------


def cover(source: Source) -> Content:
    """案卷封面. How long it is kept is the place's to say; else it is written in when the volume is filed."""
    case, row = source.case, source.case.row
    leaves = leaves_of(case, source.at)
    about = row.estate or row.organisation or row.jurisdiction
    return CaseCover(
        archive=archive_of(case, source.at),
        title=title_of(case),
        number=row.number,
        subject=about.name if about is not None else UNKNOWN,
        parties=_parties(case),
        opened_on=_day(row.opened_at),
        closed_on=_day(row.ended_at) if row.ended_at is not None else None,
        outcome=_outcome(case),
        keep=_keep(case),
        pieces=len(leaves),
        pages=sum(one.pages for one in leaves),
    )


def _outcome(case: CaseView) -> str:
    """处理结果: why it ended; where something is still waited for, not all of it is done, and what that is."""
    row, left = case.row, awaited(case)
    if row.ended_at is None or not left:
        return row.ended_why
    why = "已结案" if (row.outcome, row.ended_why) == ends_done(case) else row.ended_why
    return f"{why}，尚待：{'；'.join(left)}"


def _still_to_come(case: CaseView) -> tuple[str, ...]:
    left = awaited(case) if case.row.ended_at is not None else ()
    return (f"本案结案时尚待：{'；'.join(left)}，收到后补入本卷。",) if left else ()


def awaited(case: CaseView) -> tuple[str, ...]:
    """What somebody still has to do in a case, each once with who: 交接确认书备案回执（示例街道办事处）."""
    who: dict[str, list[str]] = {}
    for task in _waiting(case):
        holder = task.organisation or task.person
        who.setdefault(task.title, []).append(holder.name if holder is not None else UNKNOWN)
    return tuple(f"{title}（{'、'.join(dict.fromkeys(names))}）" for title, names in who.items())


def _waiting(case: CaseView) -> list[Task]:
    """Its open tasks, but for what is done only where others do not do theirs: nobody waits for that."""
    every = (task for tasks in case.tasks.values() for task in tasks.values())
    return [task for task in every if task.open and not task.instead]


def _parties(case: CaseView) -> tuple[str, ...]:
    """当事人: who was bound as one, and who had something to do in the case as one."""
    row = case.row
    bound = row.parties.filter(void_at=None).select_related("organisation", "person")
    acted = row.tasks.filter(void_at=None, vacant=False, round__void_at=None).order_by("opened_at", "id")
    found = [
        *((one.role, one.organisation or one.person) for one in bound),
        *(
            (one.role, one.organisation or one.person)
            for one in acted.select_related("organisation", "person")
        ),
    ]
    sides = [*_PARTIES, *COMPOSED]
    told = [(role, holder.name) for role, holder in found if role in sides and holder is not None]
    return tuple(dict.fromkeys(name for _, name in sorted(told, key=lambda one: sides.index(one[0]))))


#: The roles of those whom a case is about, in the order in which they are named.
_PARTIES = (*(role.code for role in ROLES.values() if role.kind == "party"), OWNERS.code)


def archive_of(case: CaseView, at: datetime) -> str:
    """立卷单位: whom the procedure names, else of the organs that may end the case the first that did anything in
    it; the first of all where none of them did.
    """
    declared = case.declaration
    keepers = (declared.volume_by,) if declared.volume_by is not None else declared.overseers
    held = (hold(case, role, case.row.ended_at or at).organisation for role in keepers)
    bodies = [one for one in held if one is not None]
    acted = {act.organisation_id for act in case.row.said.all()} if len(bodies) > 1 else set()
    return next((one.name for one in [*(one for one in bodies if one.pk in acted), *bodies]), UNKNOWN)


#: The place's key of how long a file is kept, and the room to write where it says nothing.
RETENTION, TO_WRITE = "archive.retention", "（本地未设定，归档时填写）"


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
                made_on=one.on or _day(one.at),
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
        remarks=(
            *(f"{one.number}{one.title}{one.note}。" for one in voided),
            *source.case.declaration.reads.notes(source.case, source.made_at),
            *_still_to_come(source.case),
        ),
        digest=contents_digest(one.digest for one in leaves),
        made_by=" ",
        checked_by=" ",
        made_on=_day(source.made_at),
    )


def timeline(case: CaseView, at: datetime) -> CaseTimeline:
    """办理经过: every act of the case with who and which papers. Call it for who may read what was said."""
    post = Appointment.objects.filter(pk=OuterRef("appointment_id")).values("post")[:1]
    acts = case.row.said.select_related("organisation", "person", "round__step", "task").order_by("seq")
    papers: dict[UUID, list[str]] = {}
    for use in numbered(PaperUse.objects.filter(case=case.row)).select_related("file").order_by("id"):
        papers.setdefault(use.act_id, []).append(title_of_use(use))
    labels: dict[tuple[UUID | None, str], str] = {
        (item.round_id, item.code): item.label for item in case.row.items.all()
    }
    events = [Happened(at=case.row.opened_at, what="立案", by=_opened_by(case))]
    said = Before(case.declaration)
    for act in acts.annotate(post=Subquery(post)):
        changed = said.follow(act)
        if not shows_act(case, act):
            continue
        what = _act_title(act, case.declaration, labels) + changed
        events.append(Happened(at=act.at, what=what, by=_hand(act), paper="、".join(papers.get(act.pk, ()))))
    if case.row.ended_at is not None:
        events.append(Happened(at=case.row.ended_at, what=f"结案：{case.row.ended_why}"))
    events.sort(key=lambda one: one.at)
    return CaseTimeline(case=title_of(case), number=case.row.number, events=tuple(events), made_at=at)


def _hand(act: CaseAct) -> str:
    """The body, the person and the post: persons act, not bodies."""
    body, person, post = act.organisation, act.person, getattr(act, "post", None)
    if person is None:
        return _by(act)
    held = f"（{Post(post).label}）" if post else ""
    signer = str(act.facts.get("signer", ""))
    signed = f"，签字人{signer}" if signer and signer != person.name else ""
    return " ".join(filter(None, (body.name if body is not None else "", f"{person.name}{held}{signed}")))


#: Who opened a case that a step of another asked for: the row keeps who opened the tree.
BY_PARENT = "系统（随上级办件开始）"


def _opened_by(case: CaseView) -> str:
    if case.row.parent_id is not None:
        return BY_PARENT
    first = case.row.said.filter(at=case.row.opened_at).select_related("organisation").order_by("seq").first()
    if first is not None and first.organisation is not None and is_entered(first.facts):
        return first.organisation.name
    return case.row.opened_by.name if case.row.opened_by is not None else ""


def _act_title(act: CaseAct, declared: type[Procedure], labels: Mapping[tuple[UUID | None, str], str]) -> str:
    """Step and act, and of an item of a list which one and how it was found."""
    step = next((one for one in declared.steps if act.round and one.code == act.round.step.code), None)
    spec = spec_of_act(declared, step.code if step is not None else "", act.name)
    title = spec.title if spec is not None else act.name
    if is_entered(act.facts):
        handed = handed_at(act.facts)
        when = f"于{minute_words(handed)}" if handed is not None else ""
        title = f"{ENTERED}（{handed_by(act.facts)}{when}递交纸质件）"
    if step is None:
        return title
    code = step.item_of(act.name, act.facts)
    if not code:
        return f"{step.title}：{title}"
    label = str(act.facts.get("label", "")) or labels.get((act.round_id, code), code)
    found = STATES.get(str(act.facts.get("state", "")), "")
    return f"{step.title}：{title}“{label}”" + (f"（{found}）" if found else "")


def _timeline(source: Source) -> Content:
    """As of now, also of a case that has ended: what comes after its end stands in it too."""
    return timeline(source.case, source.at)


def _closed(source: Source) -> Sequence[Copy]:
    """Final once the case has ended and nothing is waited for any longer: what still comes changes them."""
    ended_at = source.case.row.ended_at
    return [Copy(said_at=ended_at if ended_at is not None and not _waiting(source.case) else None)]


def _filed(source: Source) -> Sequence[Copy]:
    """There is a list as soon as there is a piece."""
    made = next(_made_by_steps(source), None)
    return _closed(source) if made is not None or source.case.is_filed else ()


def _made_by_steps(source: Source) -> Iterator[Copy]:
    """The final papers of the steps, without asking for those of the case as a whole."""
    case = source.case
    for step, found in case.live_rounds():
        made = papers_of(case, step, found, source.at)
        yield from (one.source.copy for one in made if not one.is_preview)


OF_EVERY_CASE = (
    Document("case_cover", "案卷封面", cover, _closed),
    Document("case_contents", "卷内目录", inventory, _filed),
    Document("closing_note", "卷内备考表", closing_note, _closed),
    Document("case_timeline", "案件办理经过", _timeline, always),
)
