"""A form that was sent: its papers are stored first, then it is kept, judged or carried out. Nothing typed is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongzhi.accounts import unsent
from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, carried_out
from gongzhi.acts.facts import Facts
from gongzhi.papers.actions import store_upload
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.signs import lacking_in_words
from gongzhi.ui.forms.facts_form import paper_name
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.values.refusals import AlreadyTaken, Conflict, Invalid, Refusal

from . import drafts
from .deeds import (
    BACK,
    DO,
    EXPECTS,
    FIND,
    KEEP,
    KEY,
    MORE,
    Deed,
    Files,
    Shown,
    is_photograph,
    named,
    names_of,
    new_key,
    said_in,
)

#: With one sending, of one kind; what does not fit goes with the next.
MOST_PICTURES = 9


@dataclass(frozen=True)
class Sending:
    """What goes through the door: facts, papers, the form's key, the version its reader saw."""

    facts: Facts
    papers: list[dict[str, str]]
    key: str
    expects: int | None


#: Why a form waits that was carried out before and says something else now.
SENT_BEFORE = {
    "title": "这份表提交过了",
    "icon": "circle-check",
    "sentence": "这份表之前已经提交并且记下了，现在填的与那次不同，要另外再报一次请再按一次提交。",
    "cites": [],
    "fields": [],
}
Carry = Callable[[Sending], Answer]


class AskFirst(Exception):
    """Raised by what carries a form out before it does anything: what its reader is asked once more."""

    def __init__(self, asks: Any) -> None:
        super().__init__()
        self.asks = asks


@dataclass(frozen=True)
class Outcome:
    """What came of a form: an answer; or the form again, with its status and why."""

    shown: Shown
    answer: Answer | None = None
    kept: bool = False
    status: int = 200
    refusal: Mapping[str, Any] | None = None
    conflict: bool = False
    asks: Any = None


def take(request: HttpRequest, deed: Deed, by: Actor, at: datetime, carry: Carry) -> Outcome:
    """Take a form in. Whatever is not carried out is kept as a draft.

    A form that was carried out before and comes back unfit to be sent, or to be put aside, is answered with what came
    of it then: it begins nothing anew.
    """
    assert by.account_id is not None
    files, wrong = store_files(request, deed, request.POST.get(KEY, ""), by, at)
    form = deed.form(request.POST, files)
    form.excused = frozenset(wrong)  # that it could not come in says enough
    key, expects = request.POST.get(KEY) or new_key(), _number(request.POST.get(EXPECTS))
    page = Shown(deed, form, key, files, version=expects)
    wanted = request.POST.get(DO, "")
    wants_draft = wanted in (KEEP, MORE, BACK) or wanted.startswith(FIND)
    will_send = not wants_draft and not form.asks_for_a_row and form.is_valid() and not wrong
    if not will_send and (before := carried_out(by, request.POST.get(KEY, ""))) is not None:
        return Outcome(page, before)
    if wants_draft or form.asks_for_a_row:
        kept = drafts.keep(by.account_id, deed.about, said_in(request.POST, deed, files), at)
        return _not_stored(page, wrong) if wrong else Outcome(page, kept=wants_draft and kept)
    if will_send:
        outcome = _carry(page, Sending(form.facts(), sent_papers(deed, files), key, expects), carry)
    else:
        for code, sentence in wrong.items():
            form.add_error(paper_name(code), sentence)
        outcome = Outcome(page, status=STATUS["invalid"])
    if outcome.answer is not None:
        drafts.drop(by.account_id, deed.about)
        drafts.sweep(at)
    else:
        if outcome.conflict and carried_out(by, key) is not None:
            outcome = replace(outcome, shown=page.again(expects), refusal=SENT_BEFORE)
        drafts.keep(by.account_id, deed.about, said_in(request.POST, deed, files), at)
    return outcome


def _not_stored(page: Shown, wrong: Mapping[str, str]) -> Outcome:
    """A draft of which some file could not come in: only that is said, the rest is kept and not judged."""
    page.form.is_silent = True
    for code, sentence in wrong.items():
        page.form.add_error(paper_name(code), sentence)
    return Outcome(page, status=STATUS["invalid"])


def put_back(request: HttpRequest, deed: Deed, by: Actor, at: datetime) -> None:
    """Keep as a draft what this account had sent to this address when its session was over."""
    said = unsent.take(request)
    if said is not None and by.account_id is not None:
        stored = deed.kept_ids(dict(said.lists()))
        kept = {code: [(file_id, "") for file_id in ids] for code, ids in stored.items()}
        drafts.keep(by.account_id, deed.about, said_in(said, deed, kept), at)


def _carry(page: Shown, sending: Sending, carry: Carry) -> Outcome:
    try:
        return Outcome(page, _told_of_signs(carry(sending), sending.facts))
    except AskFirst as first:
        return Outcome(page, asks=first.asks)
    except (Invalid, AlreadyTaken) as wrong:
        page.form.refuse(wrong)
        return Outcome(page, status=STATUS[wrong.code])
    except Refusal as refused:
        conflict = isinstance(refused, Conflict)
        told = refusal_shown(refused)
        return Outcome(page, status=STATUS[refused.code], refusal=told, conflict=conflict)


def _told_of_signs(answer: Answer, facts: Facts) -> Answer:
    """What was said is carried out; that papers cannot print one of its signs is told once, with what was done."""
    words = lacking_in_words((facts.model_dump_json(),))
    warnings = [*answer.value.get("warnings", ()), words]
    return replace(answer, value=answer.value | {"warnings": warnings}) if words else answer


# Papers -------------------------------------------------------------------------------------------------------------


def store_files(
    request: HttpRequest, deed: Deed, key: str, by: Actor, at: datetime
) -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
    """Paper → the stored files (new, or from before); paper → why a file may not come in. `key`: of the sending."""
    assert by.account_id is not None
    before = deed.kept_ids(dict(request.POST.lists()))
    names = names_of([one for ids in before.values() for one in ids], by.account_id)
    files, wrong = named(before, names), dict[str, str]()
    for asked in deed.papers:
        code, shot = str(asked["code"]), is_photograph(asked)
        sent = _sent(request, deed, code, is_shot=shot)
        if shot and len(sent) + len(files.get(code, ())) > MOST_PICTURES:
            wrong[code] = f"一次最多附{MOST_PICTURES}张照片，多出的没有存，请提交后再补。"
            sent = sent[: max(MOST_PICTURES - len(files.get(code, ())), 0)]
        for way, upload in sent:
            try:
                stored = _stored(upload, key, way, by, at, takes_scans=bool(asked.get("scans")))
            except Invalid as refused:
                wrong[code] = refused.sentence
                continue
            files[code] = [*dict.fromkeys([*files.get(code, ()), stored])] if shot else [stored]
    return files, wrong


def _sent(
    request: HttpRequest, deed: Deed, code: str, *, is_shot: bool
) -> list[tuple[Way | None, UploadedFile[Any]]]:
    """The files that came for a paper: one, or of a photograph several, each by its way."""
    if is_shot:
        return [(way, one) for way, name in deed.shot_names(code) for one in request.FILES.getlist(name)]
    upload = request.FILES.get(deed.file_name(code))
    return [(None, upload)] if upload is not None else []


def _stored(
    upload: UploadedFile[Any], key: str, way: Way | None, by: Actor, at: datetime, *, takes_scans: bool
) -> tuple[str, str]:
    """The same bytes under the same form's key are one row, so that a form sent twice says the same twice."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    once = "-".join(filter(None, (key[:60], way, digest.hexdigest()[:40]))) if key else ""
    name = upload.name or ""
    value = store_upload(
        by=by, at=at, upload=upload, name=name, key=once, way=way, takes_scans=takes_scans
    ).value
    return str(value["id"]), str(value["name"])


def sent_papers(deed: Deed, files: Files) -> list[dict[str, str]]:
    """Stored files as the papers of an act, each called what the form calls it: a file may have any name."""
    called = {str(asked["code"]): str(asked["label"]) for asked in deed.papers}
    return [
        {"file": one[0], "kind": code, "title": called.get(code, "")}
        for code, each in files.items()
        for one in each
    ]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def about_task(task_id: UUID, act: str, case_id: UUID) -> drafts.About:
    """The draft of an act on a task."""
    return drafts.About(f"task/{task_id}/{act}", case_id, task_id)


def about_case(case_id: UUID, act: str, step: str) -> drafts.About:
    """The draft of an act on a case."""
    return drafts.About(f"case/{case_id}/{act}/{step}", case_id)


def about_action(name: str, given: str) -> drafts.About:
    """The draft of an act that needs no case; `given`: what its address settles already."""
    return drafts.About(f"act/{name}?{given}"[:200])


def about_opening(procedure: str, subject: str, variant: str) -> drafts.About:
    """The draft of a case that is not there yet."""
    return drafts.About(f"open/{procedure}/{subject}/{variant}")
