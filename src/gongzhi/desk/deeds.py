"""One act as somebody may say it on a page: its form, the papers the law asks for with it, what was kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from gongzhi.accounts.unsent import BY
from gongzhi.acts.facts import Facts
from gongzhi.papers.models import File
from gongzhi.papers.photographs.rule import Way
from gongzhi.procedures.terms import ActSpec
from gongzhi.procedures.undone import Undone
from gongzhi.ui.forms import FactsForm, form_of
from gongzhi.ui.forms.facts_form import ADD, Paper, paper_name, shot_name
from gongzhi.ui.forms.fields import Choices
from gongzhi.ui.forms.reading import fields_of
from gongzhi.values.ids import new_id

from .drafts import About, Kept

#: Fields of the page beside those of the facts.
KEY, EXPECTS, DO, KEEP, MORE = "form-key", "form-expects", "form-do", "keep", "more"
#: `form-do=back`: keep the answer as it is and ask the question before.
BACK = "back"
#: What one was asked once more, and confirms by sending the form again.
CONFIRMED = "form-confirmed"
#: `form-do=find:FIELD`: keep the form and look for what a reference may refer to.
FIND = "find:"
#: Which question a screen asked, where the form is asked one by one.
ASKED = "form-question"
_OWN = ("csrfmiddlewaretoken", KEY, EXPECTS, DO, BY, ASKED, CONFIRMED)
#: Paper → id and name of each file that is stored: one of a paper, several of a photograph.
Files = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Deed:
    """An act on a task, on a case, on a case that is not there yet, or one that needs no case.

    `address` takes it, `version` is what was read.
    `prefix` tells its fields from those of other forms of the page.
    """

    spec: ActSpec
    about: About
    address: str
    prefix: str
    papers: Sequence[Mapping[str, Any]] = ()
    choices: Mapping[str, Choices] = field(default_factory=dict)
    version: int | None = None
    initial: Facts | Mapping[str, Any] | None = None
    #: Field → another one, and the answers to that which make it be asked for; beside what its class says.
    needed: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    #: Field → what the law says of it beforehand.
    known: Mapping[str, str] = field(default_factory=dict)
    #: What falls with it beside its own step.
    undone: Sequence[Undone] = ()

    @property
    def has_fields(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self.spec.facts.model_fields or self.papers)

    @property
    def secrets(self) -> frozenset[str]:
        """The fields of passwords: they enter no draft."""
        asked = fields_of(self.spec.facts)
        return frozenset(f"{self.prefix}-{ask.name}" for ask in asked if ask.is_secret)

    @property
    def has_pictures(self) -> bool:
        """Whether photographs may come with it."""
        return any(map(is_photograph, self.papers))

    @property
    def paper_codes(self) -> list[str]:
        """The papers the law asks for."""
        return [str(paper["code"]) for paper in self.papers]

    def kept_name(self, code: str) -> str:
        """The hidden field that says which file is stored already for a paper."""
        return f"{self.prefix}-kept-{code}"

    def gone_name(self, code: str) -> str:
        """The field that takes stored photographs away again."""
        return f"{self.kept_name(code)}-gone"

    def file_name(self, code: str) -> str:
        """The field a file comes in."""
        return f"{self.prefix}-{paper_name(code)}"

    def shot_names(self, code: str) -> list[tuple[Way, str]]:
        """The fields a photograph comes in, by its way."""
        return [(way, shot_name(self.file_name(code), way)) for way in Way]

    def amended(self, draft: Kept | None) -> Kept | None:
        """A draft with what was chosen elsewhere since it was kept."""
        return draft

    def kept_ids(self, said: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Paper → ids of the files that are stored already and were not taken away, as the form sent them."""
        found = {}
        for code in self.paper_codes:
            gone = said.get(self.gone_name(code), ())
            sent = dict.fromkeys(said.get(self.kept_name(code), ()))
            found[code] = [one for one in sent if is_id(one) and one not in gone]
        return {code: ids for code, ids in found.items() if ids}

    def form(self, data: Any = None, kept: Files | None = None) -> FactsForm:
        """Its form; `kept`: what is stored already."""
        papers = [self._paper(paper, (kept or {}).get(str(paper["code"]), ())) for paper in self.papers]
        form = form_of(
            self.spec.facts,
            data=data,
            initial=self.initial,
            choices=self.choices,
            papers=papers,
            prefix=self.prefix,
        )
        form.foretell(self.known)
        for name, (other, answers) in self.needed.items():
            form.need_when(name, other, answers)
        return form

    def _paper(self, asked: Mapping[str, Any], stored: Sequence[tuple[str, str]]) -> Paper:
        code, shot = str(asked["code"]), is_photograph(asked)
        return Paper(
            code,
            str(asked["label"]),
            is_required=bool(asked.get("required", True)),
            hint=str(asked.get("hint", "")),
            kept=stored[-1] if stored and not shot else None,
            is_photograph=shot,
            pictures=tuple(stored) if shot else (),
            gone=self.gone_name(code),
            takes_scans=bool(asked.get("scans")),
        )


@dataclass(frozen=True)
class Shown:
    """A deed with its form, as a page shows it. `key` makes a form that was sent twice count once."""

    deed: Deed
    form: FactsForm
    key: str
    kept: Files = field(default_factory=dict)
    kept_at: datetime | None = None
    version: int | None = None

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields nobody fills in."""
        files = [(self.deed.kept_name(code), one[0]) for code, each in self.kept.items() for one in each]
        version = [(EXPECTS, str(self.version))] if self.version is not None else []
        return [(KEY, self.key), *version, *files]

    def again(self, version: int | None) -> Shown:
        """The same form with a new key, for what others changed meanwhile was shown to its reader."""
        return replace(self, key=new_key(), version=version)


def is_photograph(asked: Mapping[str, Any]) -> bool:
    """Whether what an act asks for is taken with a camera."""
    return bool(asked.get("photograph"))


def new_key() -> str:
    """A key for one sending."""
    return f"desk-{new_id()}"


def shown(deeds: Sequence[Deed], drafts: Mapping[str, Kept], account_id: UUID) -> list[Shown]:
    """Each deed with its form, begun anew or as it was kept."""
    found = [deed.kept_ids(drafts[deed.about.name].said) for deed in deeds if deed.about.name in drafts]
    names = names_of([one for each in found for ids in each.values() for one in ids], account_id)
    return [_shown(deed, deed.amended(drafts.get(deed.about.name)), names) for deed in deeds]


def _shown(deed: Deed, draft: Kept | None, names: Mapping[str, str]) -> Shown:
    if draft is None:
        return Shown(deed, deed.form(), new_key(), version=deed.version)
    stored = named(deed.kept_ids(draft.said), names)
    form = deed.form(as_sent(deed, draft.said), stored)
    return Shown(deed, form, new_key(), stored, draft.kept_at, deed.version)


def as_sent(deed: Deed, said: Mapping[str, Sequence[str]]) -> QueryDict:
    """A draft as if it were sent, asking for a row that no list has: what is shown is not judged."""
    data = QueryDict(mutable=True)
    for name, values in said.items():
        data.setlist(name, list(values))
    data[f"{deed.prefix}-{ADD}"] = "-"
    return data


def said_in(data: QueryDict, deed: Deed, kept: Files) -> dict[str, list[str]]:
    """What a draft keeps of a request: its fields, and the files that are stored."""
    own = {*_OWN, f"{deed.prefix}-{ADD}", *deed.secrets}
    own |= {name for code in deed.paper_codes for name in (deed.kept_name(code), deed.gone_name(code))}
    said = {name: [str(one) for one in data.getlist(name)] for name in data if name not in own}
    return said | {deed.kept_name(code): [one[0] for one in each] for code, each in kept.items()}


def named(kept: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Stored files with their names; those that are not the account's own are left out."""
    found = {code: [(one, names[one]) for one in ids if one in names] for code, ids in kept.items()}
    return {code: each for code, each in found.items() if each}


def names_of(file_ids: Sequence[str], account_id: UUID) -> dict[str, str]:
    """The names of files the account stored itself, by id."""
    if not file_ids:
        return {}
    rows = File.objects.filter(pk__in=file_ids, uploaded_by_account=account_id)
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def is_id(text: str) -> bool:
    """Whether it can be an id at all."""
    try:
        return bool(UUID(text))
    except ValueError:
        return False
