"""One notice: its wording, how long it hangs, its poster."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gongzhi.notices.models import Notice
from gongzhi.notices.pictures import NO_PICTURE, shown_picture
from gongzhi.notices.presenting import proof_of, replaced_notice
from gongzhi.papers.codes import verify_path
from gongzhi.papers.queries import content_of, headers_of
from gongzhi.values.refusals import Invalid, NotFound

from .. import posters, reading, speaking
from ..objecting import Hearing
from ..pages import instant, qr_picture, show, whole_address


def notice_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A notice, how long it hangs, how to object, and the proof of its wording."""
    notice, at = reading.notice_named(notice_id), instant()
    told = reading.card(notice, at) | {"proof": proof_of(notice), "replaces": replaced_notice(notice)}
    code = notice.estate.community or notice.estate.county if notice.estate is not None else notice.community
    shown = {
        "notice": told,
        "crumbs": reading.crumbs_of(code),
        "objectors": speaking.objectors(notice),
        "ways": speaking.ways_of(notice, at),
        "annexes": reading.told_annexes(notice),
        "closed": Hearing(notice, at).closed,
        "qr": qr_picture(whole_address(request, told["verify"])),
        "at": at,
    }
    return show(request, "one_notice.html", shown)


def picture(request: HttpRequest, notice_id: UUID, picture_id: UUID) -> HttpResponse:
    """A photograph that was let out; once it was taken back nobody gets it here, whatever a browser has kept."""
    shown = shown_picture(picture_id)
    if shown.notice_id != notice_id:
        raise NotFound(NO_PICTURE)
    headers = headers_of(shown.file) | {"Cache-Control": "public, no-cache"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content_of(shown.file), headers=headers)


def poster(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The poster, A4 or A3; anybody may print what hangs."""
    notice, at = reading.notice_named(notice_id), instant()
    paper = request.GET.get("paper", "a4")
    if paper not in ("a4", "a3"):
        raise Invalid("纸张只有A4和A3两种，请选择其中一种。")

    def address(hung: Notice) -> str:
        return whole_address(request, verify_path(hung.pk, hung.digest, hung.until_on))

    content = posters.poster_of(notice, "a3" if paper == "a3" else "a4", address, at)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="gongshi-{paper}.pdf"'
    return answer
