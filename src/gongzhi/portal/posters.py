"""The poster of a notice, A4 or A3, for anybody while it hangs."""

from datetime import datetime

from gongzhi.notices.models import Notice
from gongzhi.notices.papers import Sheet, poster
from gongzhi.papers.render import render
from gongzhi.values.refusals import NotPossible


def poster_of(notice: Notice, paper: Sheet, address: str, at: datetime) -> bytes:
    """The PDF. NotPossible once it was taken down, and while the place has not said how long it hangs."""
    if notice.ended_at is not None:
        raise NotPossible("这份公示已经取下，不能再打印张贴，请打印现在挂着的公示。")
    return render(poster(notice, at=at, paper=paper, address=address).form(), at=at)
