"""An act that needs no case as a form: its references as choices, what the address settles filled in already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from gongzhi.acts.facts import Facts
from gongzhi.law import queries as law
from gongzhi.law.schema import Mode
from gongzhi.procedures.terms import ActSpec
from gongzhi.registry.models import Estate
from gongzhi.registry.queries import day_of
from gongzhi.ui.forms import FactsForm
from gongzhi.ui.forms.facts_form import RowForm
from gongzhi.ui.forms.reading import fields_of

from ..deeds import FIND, Deed, Files
from ..drafts import Kept
from ..saying import about_action
from .offering import address, short
from .referring import Offer, asked_in, offer_of, referred_by
from .registers import Asking
from .widgets import Picked, field_of_key

PREFIX = "act"
#: What is chosen on the page one looks things up in comes back as `pick=field:id`.
PICK = "pick"
Sent = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class ActionDeed(Deed):
    """An act without a case. `own`: fields in the place of those its class would give; `picked`: path → id."""

    searched: frozenset[str] = frozenset()
    own: Mapping[str, forms.Field] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    picked: Mapping[str, str] = field(default_factory=dict)
    began: Mapping[str, Any] = field(default_factory=dict)
    #: Begun empty although a draft is kept: it may be about somebody else.
    is_afresh: bool = False

    def amended(self, draft: Kept | None) -> Kept | None:
        """The draft with what was picked since; none where the form is to begin empty."""
        if self.is_afresh:
            return None
        if draft is None or not self.picked:
            return draft
        chosen = {f"{self.prefix}-{path}": [value] for path, value in self.picked.items()}
        return replace(draft, said={**draft.said, **chosen})

    def form(self, data: Any = None, kept: Files | None = None) -> FactsForm:
        """The form of the facts, with the fields and buttons of these pages."""
        made = super().form(data, kept)
        made.initial.update(self.began)
        made.initial.update({path: value for path, value in self.picked.items() if "-" not in path})
        for name, own in self.own.items():
            made.fields[name] = own
        for one in _with_rows(made):
            self._let_look(one)
            self._hide(one)
        return made

    def _hide(self, made: RowForm) -> None:
        """Put away, at the end, what is not asked for: a reference that may be left out and has nothing to choose."""
        nothing = {
            name for name, choices in self.choices.items() if not choices and name not in self.searched
        }
        for name in [name for name in made.fields if name in nothing | self.hidden]:
            if name in self.hidden or not made.fields[name].required:
                shown = made.fields.pop(name)
                shown.widget = forms.HiddenInput()
                made.fields[name] = shown

    def _let_look(self, made: RowForm) -> None:
        """Give the references that have a page to look in their button."""
        place = (made.prefix or "").removeprefix(self.prefix).removeprefix("-")
        for name in self.searched & made.fields.keys():
            shown = made.fields[name]
            assert isinstance(shown, forms.ChoiceField)
            shown.widget = Picked(f"{place}-{name}" if place else name)
            shown.choices = [("", "还没有选"), *self.choices[name]]


def _with_rows(made: FactsForm) -> Iterator[RowForm]:
    yield made
    for rows in made.rowsets:
        yield from rows.rows


def deed_of(asking: Asking, sent: Sent, picked: Mapping[str, str]) -> ActionDeed:
    """The act as a form. `sent`: form field → what was sent, or kept, of it."""
    kind, given = asking.act.facts, dict(asking.given)
    offer = offer_of(asking, _held(kind, given, sent, picked))
    return ActionDeed(
        spec=ActSpec(asking.act.name, asking.act.title, kind),
        about=about_action(asking.act.name, urlencode(sorted(given.items()))),
        address=address(asking.act, given),
        prefix=PREFIX,
        choices=offer.choices,
        searched=offer.searched,
        began=_begun(kind, given, offer),
        picked=picked,
        **_of_its_own(asking),
    )


def _held(
    kind: type[Facts], given: Mapping[str, str], sent: Sent, picked: Mapping[str, str]
) -> dict[str, list[str]]:
    """Field → what the forms hold of it: settled by the address, sent in any row, or picked."""
    names = {ask.name for ask in asked_in(kind) if referred_by(ask) is not None}
    found: dict[str, list[str]] = {name: [given[name]] if name in given else [] for name in names}
    for path, values in [*sent.items(), *((path, [value]) for path, value in picked.items())]:
        name = path.rpartition("-")[2]
        if name in found:
            found[name] += [value for value in values if value]
    return found


def _begun(kind: type[Facts], given: Mapping[str, str], offer: Offer) -> dict[str, str]:
    """What the address settles; and a reference that must be made and can be made to one thing only."""
    begun = dict(given)
    for ask in fields_of(kind):
        choices = offer.choices.get(ask.name, ())
        if ask.is_required and len(choices) == 1 and ask.name not in offer.searched:
            begun.setdefault(ask.name, choices[0][0])
    return begun


# Fields that depend on the law --------------------------------------------------------------------------------------


def _of_its_own(asking: Asking) -> dict[str, Any]:
    """The fields whose shape the law decides: a value by its key, the terms a contract may set."""
    fields = asking.act.facts.model_fields
    if {"key", "value", "unit"} <= fields.keys() and asking.given.get("key"):
        about = law.book().key(asking.given["key"])
        common = {
            "label": fields["value"].title,
            "required": True,
            "error_messages": {"required": "请填写“值”。"},
        }
        return {
            "own": {"value": field_of_key(about, common, _present(asking, asking.given["key"]))},
            "hidden": frozenset({"unit"}),
        }
    if "terms" in fields:
        return {"own": {"terms": TermsField(_terms(asking), required=False, label=fields["terms"].title)}}
    return {}


def _present(asking: Asking, key: str) -> Any:
    """What a list of periods begins with: what is there, else what offices do meanwhile."""
    place = asking.given.get("jurisdiction", "")
    if not law.book().key(key).of or not place:
        return None
    value = law.book().value_of(key, place, day_of(asking.at), deciding=False)
    return value.value if value.is_set else value.usual


def _terms(asking: Asking) -> list[tuple[str, str]]:
    """Key and title of what the law of the estate lets a contract agree."""
    estate_id = asking.given_id("estate_id")
    estate = Estate.objects.filter(pk=estate_id).first() if estate_id is not None else None
    code = estate.community if estate is not None else _place_of(asking)
    values = law.book().values_at(code, day_of(asking.at)) if code else ()
    return [(one.key, one.title) for one in values if one.mode is Mode.CONTRACT and one.is_counted]


def _place_of(asking: Asking) -> str:
    return asking.held.organisation.jurisdiction_code if asking.held.organisation is not None else ""


class TermsWidget(forms.MultiWidget):
    """A number of days for each key a contract may set."""

    template_name = "desk/administration/_terms.html"

    def __init__(self, terms: Sequence[tuple[str, str]]) -> None:
        box = {"inputmode": "numeric", "class": "short"}
        super().__init__([forms.TextInput(attrs={**box, "aria-label": title}) for _, title in terms])
        self.titles = [title for _, title in terms]

    def decompress(self, value: Any) -> list[Any]:
        """Nothing is filled in beforehand."""
        return [None for _ in self.widgets]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each with its title."""
        told: dict[str, Any] = super().get_context(name, value, attrs)
        told["terms"] = list(zip(self.titles, told["widget"]["subwidgets"], strict=True))
        return told


class TermsField(forms.MultiValueField):
    """What a contract agrees under the keys where the law lets contracts prevail, in days."""

    def __init__(self, terms: Sequence[tuple[str, str]], **more: Any) -> None:
        self.keys = [key for key, _ in terms]
        numbers = [
            forms.IntegerField(
                min_value=1,
                required=False,
                error_messages=dict.fromkeys(("invalid", "min_value"), f"“{title}”请填不小于 1 的整数。"),
            )
            for _, title in terms
        ]
        super().__init__(numbers, widget=TermsWidget(terms), require_all_fields=False, **more)

    def compress(self, data_list: list[Any]) -> dict[str, str]:
        """Key → period, for those that were filled in."""
        return {key: f"P{days}D" for key, days in zip(self.keys, data_list, strict=False) if days}


# Looking for something ----------------------------------------------------------------------------------------------


def find_address(asking: Asking, path: str) -> str:
    """Where one looks for what a field may refer to."""
    asked = urlencode({short(name): value for name, value in asking.given.items()})
    return reverse("action-find", args=[asking.act.name, path]) + (f"?{asked}" if asked else "")


def picked_address(asking: Asking, path: str, found: str) -> str:
    """Back to the form, with what was found."""
    given = {short(name): value for name, value in asking.given.items()}
    return f"{reverse('action', args=[asking.act.name])}?{urlencode({**given, PICK: f'{path}:{found}'})}"


def picked_in(text: str) -> dict[str, str]:
    """Path → id, of the address."""
    path, mark, found = text.partition(":")
    return {path: found} if mark and len(text) < LONGEST else {}


LONGEST = 150
__all__ = ["FIND", "PREFIX", "ActionDeed", "deed_of", "find_address", "picked_address", "picked_in"]
