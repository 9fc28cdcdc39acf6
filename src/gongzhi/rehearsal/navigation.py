"""The room's entries: 演练 in the real system, 演练台 in a cell."""

from django.conf import settings

from gongzhi.ui.navigation import Entry, offer

from .policies import POSTS


def offer_entries() -> None:
    """One of the two."""
    if settings.CELL is not None:
        offer(Entry("演练台", "rehearsal-stage", "player-play", order=5, below=("/rehearsal/",)))
    else:
        entry = Entry("演练", "rehearsals", "player-play", section="依据与工具", order=210, posts=POSTS)
        offer(entry)
