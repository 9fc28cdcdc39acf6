"""What the owners decided, as the papers of an exit tell it: read from the paper of the joint decision below."""

from __future__ import annotations

from datetime import datetime

from gongzhi.notices.papers import notice_of, posted_fields
from gongzhi.papers.contents.content import Content
from gongzhi.papers.contents.figures import Vote, VoteResult, VoteResultNotice
from gongzhi.procedures.documents import Document, Source
from gongzhi.procedures.forms import made_below
from gongzhi.procedures.view import CaseView


def decided(case: CaseView, at: datetime) -> VoteResult | None:
    """The result of the vote on the provider; None before it was recorded, or where none was asked for."""
    from ..procedures import ProviderExit as Exit

    for made in made_below(case, Exit.decision, at):
        content = made.document.fill(made.source)
        if isinstance(content, VoteResult):
            return content
    return None


def result_notice(source: Source) -> Content | None:
    """表决结果公示: both measures, ballots, thresholds, passed or not. NotPossible where the place has set no days."""
    found, notice = decided(source.case, source.made_at), notice_of(source)
    if found is None or notice is None:
        return None
    posted = posted_fields(notice, at=source.made_at)  # without the code: that stands for the posted wording
    return VoteResultNotice(**posted, **{name: getattr(found, name) for name in Vote.model_fields})


RESULT_NOTICE = Document("vote_result_notice", "表决结果公示", result_notice, is_public=True)
