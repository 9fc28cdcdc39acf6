"""The bundle of a case: every file of it and of the cases below it, every paper that is made of it, its course."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import IO, Any

from gongzhi.papers.bundle import Enclosed, write_bundle
from gongzhi.papers.contents.archive import CaseTimeline, Happened
from gongzhi.papers.documents import Document as Form
from gongzhi.papers.media import ENDINGS, MediaType
from gongzhi.papers.models import File
from gongzhi.papers.queries import content_of
from gongzhi.papers.render import render
from gongzhi.values.refusals import NotFound

from .archive import OF_EVERY_CASE, Leaf, form_of, kept_of, leaves_of, timeline, title_of
from .documents import Made, mark_of, papers_made
from .models import Case
from .picturing import sees_originals
from .queries import Reader, visible_cases
from .readview import StillView
from .view import CaseView

WHOLE_ONLY = "没有可以导出的案卷，或者您无权导出，应由参与办理的单位导出。"


def bundle_case(out: IO[bytes], row: Case, reader: Reader, at: datetime) -> str:
    """Write the bundle of a visible case to `out`; answers the digest of its manifest.

    NotFound for who reads the case without what was said. A case below that the reader does not see is left out.
    """
    if reader.masked:
        raise NotFound(WHOLE_ONLY)
    cases: list[CaseView] = [StillView(one, insight=reader.insight) for one in cases_below(row, reader)]
    head = cases[0]
    told = {"number": row.number, "title": title_of(head), "cases": [case.row.number for case in cases]}
    whole = sees_originals(reader.appointment)
    pieces = (
        replace(piece, folder=case.row.number if case is not head else "")
        for case in cases
        for piece in _pieces(case, at, originals=whole)
    )
    return write_bundle(out, case=told, pieces=pieces, timeline=_course(cases, at), at=at)


def cases_below(row: Case, reader: Reader) -> list[Case]:
    """The case and every case below it that the reader sees, from the top down."""
    seen = visible_cases(reader.appointment).filter(root_id=row.root_id)
    rows = seen.select_related("estate", "organisation", "jurisdiction", "opened_by", "parent__case")
    every = list(rows.distinct().order_by("opened_at", "id"))
    found, known = [row], {row.pk}
    for one in every:
        if one.parent is not None and one.parent.case_id in known and one.pk not in known:
            known.add(one.pk)
            found.append(one)
    return found


def _pieces(case: CaseView, at: datetime, *, originals: bool) -> Iterator[Enclosed]:
    """What the inventory lists, in its order and with its place in it; then the four papers of the volume itself.

    These stand there once the case has ended, marked as a preview where something is still waited for.
    """
    for place, leaf in enumerate(leaves_of(case, at), start=1):
        yield _listed(case, place, leaf)
    for kept in kept_of(case) if originals else ():
        if kept.original is not None:
            read = partial(content_of, kept.original)
            said = {"case": case.row.number, "author": kept.author}
            title, was = f"{kept.title}（原件）", kept.original.name
            yield Enclosed(title, _ending(kept.original), read, kept.at, said, uploaded_as=was)
    own = {document.code for document in OF_EVERY_CASE}
    for made in papers_made(case, at, masked=False):
        running = made.is_preview and case.row.ended_at is None
        form = None if running or made.document.code not in own else form_of(made)
        if form is not None:
            yield _printed(case, made, form, {}, made.title)


def _listed(case: CaseView, place: int, leaf: Leaf) -> Enclosed:
    """A piece of the inventory; of a photograph the marked copy."""
    told = {"place": place, "document_number": leaf.number, "author": leaf.author, "note": leaf.note}
    if leaf.kept is None:
        assert leaf.made is not None
        assert leaf.form is not None
        return _printed(case, leaf.made, leaf.form, told, leaf.title)
    kept, said = leaf.kept, {"case": case.row.number, **told}
    if kept.original is not None:
        said |= {"original_sha256": kept.original.digest}
    read = partial(content_of, kept.file)
    ending, was = _ending(kept.file), kept.uploaded_as
    return Enclosed(kept.title, ending, read, kept.at, said, number=leaf.number, uploaded_as=was)


def _ending(file: File) -> str:
    """What its content demands, whatever it was called."""
    return ENDINGS[MediaType(file.media_type)][0]


def _printed(case: CaseView, made: Made, form: Form, told: Mapping[str, Any], title: str) -> Enclosed:
    """A paper that is made of the case; `title` as the inventory has it."""
    at = made.source.made_at
    said = {"case": case.row.number, "document": made.code, **told}
    read, number = _rendered(form, at, mark_of(made)), str(told.get("document_number", ""))
    return Enclosed(title, ".pdf", read, at, said, number=number)


def _rendered(form: Form, at: datetime, mark: str) -> Callable[[], bytes]:
    return lambda: render(form, at=at, mark=mark)


def _course(cases: list[CaseView], at: datetime) -> CaseTimeline:
    """What happened in all of them, in its order."""
    head = timeline(cases[0], at)
    rest: list[Happened] = []
    for case in cases[1:]:
        own = timeline(case, at)
        rest += [
            one.model_copy(update={"what": f"{case.declaration.title}　{one.what}"}) for one in own.events
        ]
    events = sorted((*head.events, *rest), key=lambda one: one.at)
    return head.model_copy(update={"events": tuple(events)})
