"""The poster of a notice, A4 or A3, for anybody while it hangs."""

from datetime import datetime

from gongzhi.notices.models import Notice
from gongzhi.notices.offering import step_of
from gongzhi.notices.papers import Sheet, poster, wording_of
from gongzhi.papers.render import render
from gongzhi.procedures.view import CaseView
from gongzhi.values.refusals import NotPossible


def poster_of(notice: Notice, paper: Sheet, address: str, at: datetime) -> bytes:
    """The PDF. NotPossible once it was taken down, and while the place has not said how long it hangs."""
    if notice.ended_at is not None:
        raise NotPossible("这份公示已经取下，不能再打印张贴，请打印现在挂着的公示。")
    said = wording_of(step_of(notice), CaseView(notice.case), at)
    return render(poster(notice, at=at, paper=paper, address=address, wording=said).form(), at=at)
