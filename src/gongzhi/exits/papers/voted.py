"""What the owners decided, as the papers of an exit tell it: read from the paper of the joint decision below."""

from __future__ import annotations

from datetime import datetime

from gongzhi.papers.contents.figures import VoteResult
from gongzhi.procedures.filings import made_below
from gongzhi.procedures.view import CaseView


def decided(case: CaseView, at: datetime) -> VoteResult | None:
    """The result of the vote on the provider; None before it was recorded, or where none was asked for."""
    from ..procedures import ProviderExit as Exit

    for made in made_below(case, Exit.decision, at):
        content = made.document.fill(made.source)
        if isinstance(content, VoteResult):
            return content
    return None
