"""Notices whose wording the case knows: it is offered to who posts, and printed on the poster."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongzhi.notices.papers import Words
from gongzhi.notices.publish import Publish
from gongzhi.procedures.view import CaseView

#: The acts in which a notice is worded.
WORDED = ("post", "replace")


class WordedPublish(Publish):
    """A public notice that `words` puts into words from the case: title, sentences, facts, tables."""

    def __init__(self, title: str, *, words: Words, **rest: Any) -> None:
        super().__init__(title, **rest)
        self.words = words

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """What the form of an act begins with: the wording as the case has it, to be read and put right."""
        found = self.words(case, at) if act in WORDED else None
        if found is None:
            return super().begins_with(case, act, at, task)
        return {"title": found.title, "body": found.body}
