"""The law as one case sees it: at its place, as of the day its root was opened, with its contract's terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property

from gongzhi.law import queries as law
from gongzhi.law.queries import Value
from gongzhi.law.schema import Mode
from gongzhi.values.citations import Citation
from gongzhi.values.periods import Rule
from gongzhi.values.refusals import NotFound

if TYPE_CHECKING:
    from .models import Case


class CaseLaw:
    """Asks the law for one place and day; every answer is read once. Only texts that decide are asked."""

    def __init__(self, code: str, on: date, terms: Callable[[], Mapping[str, Any]] = dict) -> None:
        self.code, self.on, self._terms = code, on, terms
        self._read: dict[str, Value] = {}

    @cached_property
    def terms(self) -> Mapping[str, Any]:
        """The contract's own terms by key; read when the law is first asked."""
        return dict(self._terms())

    def value(self, key: str) -> Value:
        """The value of a key with its citations; undefined and null are values too.

        The contract is read only where the law lets its terms prevail.
        """
        if key not in self._read:
            found = law.value_of(key, self.code, self.on)
            if found.mode is Mode.CONTRACT and key in self.terms:
                found = law.value_of(key, self.code, self.on, contract=self.terms)
            self._read[key] = found
        return self._read[key]

    def optional(self, key: str) -> list[Any]:
        """A list the kernel asks for of every step; a key no text knows is no requirement."""
        try:
            return self.items(key)
        except NotFound:
            return []

    def is_wanted(self, key: str) -> bool:
        """Whether anybody up the chain defines the key, and does not switch it off."""
        value = self.value(key)
        return bool(value.is_defined and value.value is not False)

    def is_set(self, key: str) -> bool:
        """Whether the key has a value (null means: to be set locally)."""
        return bool(self.value(key).is_set)

    def is_period(self, key: str) -> bool:
        """Whether the key can be counted: a word (合理期限) cannot, a person sets the date."""
        value = self.value(key)
        return bool(value.is_set and value.is_counted)

    def items(self, key: str) -> list[Any]:
        """A list's items; empty where nobody defines it. NotPossible where it must be set locally first."""
        value = self.value(key)
        if not value.is_defined:
            return []
        return list(self.need(key))

    def listed(self, key: str) -> list[Any]:
        """A list's items; empty where nobody defines it, or where the place has still to set it."""
        return list(self.value(key).value or ())

    def named(self, key: str) -> tuple[str, ...]:
        """The codes a key names, several or one; none without a key, or where no text of the place says any."""
        told = self.value(key).value if key else None
        return (told,) if isinstance(told, str) else tuple(told or ())

    def need(self, key: str) -> Any:
        """The value; raises NotPossible with *本地未设定* where the local body has to set it first."""
        return self.value(key).demand().value

    def rule(self, key: str) -> Rule:
        """The period of a key as a rule of counting."""
        return self.value(key).rule

    def cites(self, *keys: str) -> tuple[Citation, ...]:
        """The articles behind the keys, each once."""
        return tuple(dict.fromkeys(citation for key in keys for citation in self.value(key).citations))

    def cites_known(self, *keys: str) -> tuple[Citation, ...]:
        """The articles behind those of the keys that some text knows."""
        found: list[Citation] = []
        for key in filter(None, keys):
            try:
                found += self.cites(key)
            except NotFound:
                continue
        return tuple(dict.fromkeys(found))

    def set_by(self, key: str) -> str:
        """Whose a value is that no text gives: who set it here and when, else 办公惯例; "" where a text does."""
        value = self.value(key)
        if value.set_here:
            return value.set_here[0]
        return "办公惯例" if value.evidence == "PRACTICE" else ""

    def articles(self, ids: Iterable[str]) -> tuple[Citation, ...]:
        """The articles of numbered provisions, those whose text decides here."""
        return law.articles_at(ids, self.code, self.on)


#: What says where a case is, the smallest first.
PLACES = ("law_at", "community", "subdistrict", "county", "city", "jurisdiction_id")


def place_of(case: Case) -> str:
    """The smallest division a case was in when it was opened: a boundary that moves moves no law under it."""
    return next((str(code) for name in PLACES if (code := getattr(case, name))), "")


def required_papers(law: CaseLaw, procedure: str, step: str, act: str) -> list[Any]:
    """What the place asks for with an act: key `papers.<procedure>.<step>.<act>`; nobody defines it: nothing."""
    return law.optional(f"papers.{procedure}.{step}.{act}")
