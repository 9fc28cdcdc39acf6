"""Names of a package's own: who is who stays in the registers; no name, identity or telephone number leaves them."""

import re
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from gongzhi.registry.models import Post

from .shape import PersonPart

MARK = "示例"
#: Somebody put in because nobody holds the post in the registers.
STAND_IN = f"{MARK}补设"
_IN_BRACKETS = re.compile(r"（[^）]*）")


class Masks:
    """Each person one number and one name, by the first capacity they are met in: 示例业主0001."""

    def __init__(self) -> None:
        self.known: dict[UUID, PersonPart] = {}
        self.counted: Counter[str] = Counter()

    def number_of(self, person_id: UUID, post: Post) -> int:
        """The person's number; met for the first time, the person gets a name after the post."""
        if person_id not in self.known:
            self.known[person_id] = PersonPart(number=len(self.known) + 1, name=self._name(post))
        return self.known[person_id].number

    def _name(self, post: Post) -> str:
        word = word_of(post)
        self.counted[word] += 1
        return f"{MARK}{word}{self.counted[word]:04d}"

    def people(self) -> Iterable[PersonPart]:
        """Everybody met."""
        return self.known.values()


def word_of(post: Post) -> str:
    """分管领导 for 分管（值班）领导."""
    return _IN_BRACKETS.sub("", str(post.label))
