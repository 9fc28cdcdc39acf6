"""What a rule answers: the outcome, the figures it rests on and the articles applied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .citations import Citation
from .refusals import NotPossible, RuleBroken


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decision:
    """A rule's answer. `sentence` says, when it is refused, what to do next; `figures` are shown as worked.

    `citations` are of an article that says so: what is good practice, set by the place or a slip of the pen has none.
    """

    allowed: bool
    sentence: str = ""
    figures: Mapping[str, str] = field(default_factory=_nothing)
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()

    def demand(self) -> "Decision":
        """Return itself when allowed; else raise `RuleBroken` with the citations, `NotPossible` where none says so."""
        if not self.allowed and not self.citations:
            raise NotPossible(self.sentence)
        if not self.allowed:
            raise RuleBroken(self.sentence, citations=self.citations)
        return self


def allow(
    *,
    figures: Mapping[str, str] | None = None,
    citations: tuple[Citation, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Decision:
    """The rule holds."""
    return Decision(True, "", figures or _nothing(), citations, warnings)


def refuse(
    sentence: str, *, figures: Mapping[str, str] | None = None, citations: tuple[Citation, ...] = ()
) -> Decision:
    """The rule does not hold; `sentence` is what the clerk reads, `citations` the articles that say so, if any does."""
    return Decision(False, sentence, figures or _nothing(), citations)
