"""Which papers a case makes of itself: declared with the steps, filled from what was said, printed for who may read.

A step names the papers of its own procedure (`makes=`), its kind adds those that every step of the kind has. A paper
may be made several times over: once for each recipient, each objection. What is listed costs no query beyond the
reading of the case; a paper is filled only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from gongzhi.papers.contents.content import Content
from gongzhi.papers.documents import Document as Form
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import ROLES
from gongzhi.values.refusals import NotFound, NotPossible

from .terms import RoundView, Said

if TYPE_CHECKING:
    from .declare import Step
    from .models import Round
    from .view import CaseView

#: Room for what is not registered: visible, and never filled with a guess.
UNKNOWN = "（未登记）"
NO_DOCUMENT = "这件案件现在没有这份文书，请从案件的文书清单中打开。"


@dataclass(frozen=True)
class Copy:
    """One paper that can be made now. `said_at`: when what it says was said, None while it is a preview.

    `key` tells apart the papers one document makes (`county`, `2`), `of` says so in words. `past`: the round it is kept
    of, which is void, and `past_why` by what; 0 where it tells of what counts. `to_fill`: a form that is written on by
    hand; until what it says was said it is no piece of the file.
    """

    key: str = ""
    of: str = ""
    said_at: datetime | None = None
    past: int = 0
    past_why: str = ""
    to_fill: bool = False


@dataclass(frozen=True)
class Source:
    """What a paper is filled from: the case, the step and its round that counts, which copy, as of when."""

    case: CaseView
    step: Step[Any] | None
    round: RoundView | None
    copy: Copy
    at: datetime
    #: The address the door is reached at, for what is printed as a code; "" where nobody said.
    site: str = ""

    @property
    def view(self) -> RoundView:
        """The round of a step's paper."""
        assert self.round is not None
        return self.round

    @property
    def made_at(self) -> datetime:
        """The instant the paper bears: when it was said; of a preview, now."""
        return self.copy.said_at or self.at


Fill = Callable[[Source], "Content | Form | None"]
Copies = Callable[[Source], Sequence[Copy]]


def once_said(source: Source) -> Sequence[Copy]:
    """One paper as soon as the step's main act was said."""
    said = source.view.last(source.step.main_act) if source.step is not None and source.round else None
    return (Copy(said_at=said.at),) if said is not None else ()


def drafted(source: Source) -> Sequence[Copy]:
    """The same; while the main act can still be said, a preview to be read and signed by hand."""
    waits = source.step is not None and source.case.open_round(source.step) is not None
    return once_said(source) or ((Copy(),) if waits else ())


def always(source: Source) -> Sequence[Copy]:
    """One paper of the case, as it stands."""
    return (Copy(said_at=source.case.row.ended_at or source.at),)


@dataclass(frozen=True)
class Document:
    """A paper a declaration says it makes. `fill` answers None where there is nothing to say (yet).

    `is_public`: who reads the case without what was said in it may read this paper all the same.
    `signed_by`: whose seal is laid over it, where it has one.
    `author`: who answers for it, where that is not whoever said what it tells.
    `titled`: what it is called, where that depends on what it is made of.
    `is_filed`: it goes into the volume; False for what is the same paper in another size.
    `is_kept`: a letter of one side, which stays in the words it was sent with whatever moves afterwards.
    `named_by_step`: its title says which paper it is only beside that of its step.
    """

    code: str
    title: str
    fill: Fill
    copies: Copies = once_said
    is_public: bool = False
    signed_by: Callable[[Source], Organisation | None] | None = None
    is_filed: bool = True
    author: Callable[[Source], str] | None = None
    titled: Callable[[Source], str] | None = None
    named_by_step: bool = False
    is_kept: bool = False

    def title_of(self, source: Source) -> str:
        """What it is called, made of this."""
        return self.titled(source) if self.titled is not None else self.title


@dataclass(frozen=True)
class Made:
    """One paper of a case: its document with the source it is filled from."""

    document: Document
    source: Source

    @property
    def code(self) -> str:
        """How it is asked for: `application.exit_application`, `filing.filing_form.county`, `case_cover`; of a void
        round `application.exit_application.round1`.
        """
        step, copy = self.source.step.code if self.source.step is not None else "", self.source.copy
        past = f"round{copy.past}" if copy.past else ""
        return ".".join(filter(None, (step, self.document.code, copy.key, past)))

    @property
    def title(self) -> str:
        """Its title, with what tells it from others of its kind."""
        of, title = self.source.copy.of, self.document.title_of(self.source)
        return f"{title}（{of}）" if of else title

    @property
    def is_preview(self) -> bool:
        """Whether what it says is not yet said or signed."""
        return self.source.copy.said_at is None

    @property
    def is_past(self) -> bool:
        """Whether its round is void: it shows what was, not what is."""
        return self.source.copy.past > 0

    def form(self) -> Form:
        """The paper: as it was sent, else filled; NotPossible where there is nothing to say."""
        from .past_papers import words_kept

        kept = words_kept(self) if self.document.is_kept else None
        return kept if kept is not None else self.form_now()

    def form_now(self) -> Form:
        """The paper, filled from what the case says now; NotPossible where there is nothing to say."""
        found = self.document.fill(self.source)
        if found is None:
            raise NotPossible(f"“{self.title}”现在还没有可写的内容，请办理有关步骤后再打印。")
        return found.form() if isinstance(found, Content) else found

    def told(self) -> dict[str, Any]:
        """As the case shows it; where its files are is for the doors to say."""
        return {
            "code": self.code,
            "title": self.title,
            "step": self.source.step.code if self.source.step is not None else "",
            "step_title": self.source.step.title if self.source.step is not None else "",
            "is_preview": self.is_preview,
            "said_at": None if self.is_preview else self.source.copy.said_at,
            "is_past": self.is_past,
            "past_why": self.source.copy.past_why,
        }


#: What stands behind every page of what is not yet said or signed, of a form to write on, of what a void round made.
PREVIEW, TO_FILL, PAST = "预览", "空白表", "历史文书"


def mark_of(made: Made) -> str:
    """The mark of a paper; "" of one that tells of what counts."""
    if made.is_preview:
        return TO_FILL if made.source.copy.to_fill else PREVIEW
    return PAST if made.is_past else ""


def papers_made(case: CaseView, at: datetime, *, masked: bool, site: str = "") -> Iterator[Made]:
    """The papers that can be made now, in the order of the steps, those of the case as a whole, then those of void
    rounds; `masked` leaves out all that is not public, the view's insight what is a body's own.
    """
    from .insight import shows_made
    from .past_papers import papers_kept

    found = list(_declared(case, at, site))
    for made in (*found, *papers_kept(case, at, site, found)):
        if (made.document.is_public or not masked) and shows_made(case, made):
            yield made


def papers_by_step(case: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The papers of what counts, step by step in their order under its title; those of the whole case under 全案."""
    told = [paper for paper in case["documents"] if not paper["is_past"]]
    return [(title or "全案", list(each)) for title, each in groupby(told, key=lambda one: one["step_title"])]


def paper_made(case: CaseView, code: str, at: datetime, *, masked: bool, site: str = "") -> Made:
    """One of them by its code; NotFound where there is none, or the reader may not know of it."""
    for made in papers_made(case, at, masked=masked, site=site):
        if made.code == code:
            return made
    raise NotFound(NO_DOCUMENT)


def _declared(case: CaseView, at: datetime, site: str) -> Iterator[Made]:
    from .archive import OF_EVERY_CASE

    for step, found in case.live_rounds():
        yield from papers_of(case, step, found, at, site=site)
    for document in (*case.declaration.makes, *OF_EVERY_CASE):
        yield from _copies(document, Source(case, None, None, Copy(), at, site))


def papers_of(
    case: CaseView, step: Step[Any], found: Round, at: datetime, *, site: str = ""
) -> Iterator[Made]:
    """The papers one round of a step makes."""
    view = case.round_view(found)
    for document in step.documents():
        yield from _copies(document, Source(case, step, view, Copy(), at, site))


def _copies(document: Document, source: Source) -> Iterator[Made]:
    for copy in document.copies(source):
        yield Made(document, replace(source, copy=copy))


# Whose it is --------------------------------------------------------------------------------------------------------


def act_of(made: Made) -> Said | None:
    """The act a paper of a step tells of; None of a form that is still to be sent.

    Of several at one instant the step's main act, where the paper is of that; else the last.
    """
    step, case, copy = made.source.step, made.source.case, made.source.copy
    views = (case.round_view(found) for found in case.rounds(step)) if step is not None else ()
    of = copy.key if copy.key in ROLES else ""
    said = [one for view in views for one in reversed(view.said) if one.at == copy.said_at]
    if step is not None and made.document.copies in (once_said, drafted):
        said.sort(key=lambda one: one.act != step.main_act)
    return next((one for one in said if not of or of in one.task.split(":")), None)


def author_of(made: Made) -> str:
    """责任者: whoever the paper says answers for it, else whose act it tells of."""
    from .forms import name_of

    if made.document.author is not None:
        return made.document.author(made.source)
    said = act_of(made)
    return name_of(said) if said is not None else ""


def heard(source: Source) -> Any:
    """What the step's main act said, as its facts."""
    from .hearing import heard_in

    return heard_in(source.view, cast("Step[Any]", source.step))
