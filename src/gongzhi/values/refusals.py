"""The three refusals. Each carries one Chinese sentence that says what to do next."""

from collections.abc import Iterable

from .citations import Citation


class Refusal(Exception):
    """A change that is not made. `sentence` is shown to the user as it stands; each article is cited once."""

    code = "refused"

    def __init__(self, sentence: str, *, citations: Iterable[Citation] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.citations = tuple(dict.fromkeys(citations))


class NotAllowed(Refusal):
    """This person may not do this; the sentence names who may."""

    code = "not-allowed"


class NotPossible(Refusal):
    """It cannot happen now: the state or the time is wrong; the sentence names what is missing."""

    code = "not-possible"


class RuleBroken(Refusal):
    """The law does not allow it; the citations name the article."""

    code = "rule-broken"


class Invalid(Refusal):
    """What was sent cannot be read: a missing field, a wrong form. `fields` maps a field to its sentence."""

    code = "invalid"

    def __init__(self, sentence: str, *, fields: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = fields or {}


class Conflict(Refusal):
    """Somebody else was quicker; the sentence says who and when, so that the reader can look again."""

    code = "conflict"


class AlreadyTaken(Conflict):
    """What a field says is another's already; nobody was quicker. `fields` maps the field to its sentence."""

    def __init__(self, sentence: str, *fields: str) -> None:
        super().__init__(sentence)
        self.fields = dict.fromkeys(fields, sentence)


class NotFound(Refusal):
    """There is no such thing, or it is not visible to the one who asks."""

    code = "not-found"
