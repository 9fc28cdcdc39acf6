"""One notice: its wording, how long it hangs, its poster."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gongzhi.notices.presenting import proof_of
from gongzhi.values.refusals import Invalid

from .. import posters, reading, speaking
from ..pages import instant, qr_picture, show, whole_address


def notice_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A notice, how long it hangs, how to object, and the proof of its wording."""
    notice, at = reading.notice_named(notice_id), instant()
    told = reading.card(notice, at) | {"proof": proof_of(notice)}
    code = notice.estate.community or notice.estate.county if notice.estate is not None else notice.community
    shown = {
        "notice": told,
        "crumbs": reading.crumbs_of(code),
        "objectors": speaking.objectors(notice),
        "qr": qr_picture(whole_address(request, told["verify"])),
        "at": at,
    }
    return show(request, "one_notice.html", shown)


def poster(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The poster, A4 or A3; anybody may print what hangs."""
    notice, at = reading.notice_named(notice_id), instant()
    paper = request.GET.get("paper", "a4")
    if paper not in ("a4", "a3"):
        raise Invalid("纸张只有A4和A3两种，请选择其中一种。")
    address = whole_address(request, reading.verify_path(notice))
    content = posters.poster_of(notice, "a3" if paper == "a3" else "a4", address, at)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="gongshi-{paper}.pdf"'
    return answer
