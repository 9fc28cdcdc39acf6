"""Putting right what was said."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from gongzhi.acts.door import Answer
from gongzhi.law import queries as law
from gongzhi.procedures.hearing import CORRECT
from gongzhi.procedures.presenting import ReadView
from gongzhi.procedures.queries import case_seen
from gongzhi.procedures.standing import perform_on_case
from gongzhi.ui.seat import Seat, seated

from ..corrections import correcting_deed, demand, told_as
from ..saying import Sending
from .acting import actor_in, answer, version_of

#: What throws away what was typed, and what the form says while that is in its fields.
DROPS = "恢复现在有效的内容"
TYPED = f"不是现在有效的内容；要从现在有效的内容改起，请按“{DROPS}”。"
NOTE = "下面是现在有效的内容，改动要更正的几项，写明原因。原来的内容不会删去，会划线保留在办件里。"


@seated
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, seat: Seat, case_id: UUID, act_id: UUID) -> HttpResponse:
    """Say anew what was said wrongly, and why."""
    row, by = case_seen(case_id, seat.official), actor_in(request, seat)
    with law.pinned():
        view = ReadView(row)
        told = told_as(view, act_id)
        deed = correcting_deed(view, told, version_of(row))
        if request.method == "GET":
            demand(view, told, by, seat.at)

    def carry(sent: Sending) -> Answer:
        return perform_on_case(
            by=by,
            at=seat.at,
            case_id=case_id,
            act=CORRECT,
            facts=told.correction(sent.facts),
            key=sent.key,
            expects=sent.expects,
        )

    what = told.step.title if told.said.act == told.step.main_act else f"{told.step.title}的{told.spec.title}"
    page = {"title": f"更正{what}", "of": "", "row": row}
    page |= {"note": NOTE, "typed": TYPED, "drops": DROPS}
    return answer(request, seat, deed, carry, page)
