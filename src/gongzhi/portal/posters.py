"""The poster of a notice, A4 or A3, for anybody while it hangs."""

from collections.abc import Callable
from datetime import datetime

from gongzhi.notices.counting import to_be_hung
from gongzhi.notices.models import Notice
from gongzhi.notices.offering import step_of
from gongzhi.notices.papers import Sheet, poster, wording_of
from gongzhi.papers.render import render
from gongzhi.procedures.view import CaseView
from gongzhi.values.refusals import NotPossible


def poster_of(notice: Notice, paper: Sheet, address: Callable[[Notice], str], at: datetime) -> bytes:
    """The PDF; `address` says what the code opens. One that was torn is printed as it hangs from today.

    NotPossible once it was taken down.
    """
    if notice.ended_at is not None:
        over = "作废" if notice.is_void else "取下"
        raise NotPossible(f"这份公示已经{over}，不能再打印张贴，请打印现在挂着的公示。")
    case, step = CaseView(notice.case), step_of(notice)
    hung = to_be_hung(notice, step, case, at)
    said = wording_of(step, case, at)
    return render(poster(hung, at=at, paper=paper, address=address(hung), wording=said).form(), at=at)
