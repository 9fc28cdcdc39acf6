"""Pages for everybody: a notice, and who manages an estate."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.notices.presenting import public_notice, public_notices, told_notice
from gongzhi.registry.models import Estate
from gongzhi.registry.presenting import told_manager_on, told_managers
from gongzhi.registry.queries import day_of
from gongzhi.values.now import now
from gongzhi.values.refusals import NotFound

SHOWN = 20


def notice_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A notice, how long it hangs, and the proof of its wording."""
    return render(request, "desk/notice.html", {"notice": public_notice(notice_id, now())})


def manager_page(request: HttpRequest, estate_id: UUID) -> HttpResponse:
    """Who manages the estate today, who did before, and its notices."""
    estate, at = Estate.objects.filter(pk=estate_id).first(), now()
    if estate is None:
        raise NotFound("没有这个小区，请核对地址。")
    notices = [told_notice(row, at) for row in public_notices(estate.pk)[:SHOWN]]
    manager = told_manager_on(estate, day_of(at))
    told = {"manager": manager, "managers": told_managers(estate), "notices": notices}
    return render(request, "desk/manager.html", told)
