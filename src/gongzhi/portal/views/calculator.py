"""期限计算器, without signing in: everything stands in the address, so that a date can be linked."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from gongzhi.registry.queries import day_of
from gongzhi.values.refusals import Refusal

from .. import calculating
from ..pages import instant, show

TABS = {"free": "按天数算", "key": "按规定算"}


def calculator(request: HttpRequest) -> HttpResponse:
    """A date of so many days, or of one period of the law at a place, with its working."""
    at, kind = instant(), request.GET.get("kind", "free")
    told: dict[str, Any] = {"tabs": TABS, "kind": kind if kind in TABS else "free", "at": at}
    told |= _by_key(request, told) if told["kind"] == "key" else _free(request, told)
    return show(request, "calculator.html", told, status=400 if told.get("refused") else 200)


def _free(request: HttpRequest, told: dict[str, Any]) -> dict[str, Any]:
    asked = "start" in request.GET
    form = calculating.AskedFree(request.GET if asked else None, initial={"start": day_of(told["at"])})
    if not asked or not form.is_valid():
        return {"form": form}
    return {"form": form} | _answered(lambda: calculating.answer_free(form, told["at"]))


def _by_key(request: HttpRequest, told: dict[str, Any]) -> dict[str, Any]:
    known = calculating.places()
    place = request.GET.get("place", "")
    if place not in dict(known):
        return {"places": known, "place": ""}
    on, asked = day_of(told["at"]), "start" in request.GET
    found = calculating.counted_values(place, on)
    form = calculating.AskedKey(place, found, request.GET if asked else None, initial={"start": on})
    shown = {"form": form, "places": known, "place": place, "place_name": dict(known)[place]}
    if not asked or not form.is_valid():
        return shown
    return shown | _answered(lambda: calculating.answer_key(form, found, told["at"]))


def _answered(answer: Any) -> dict[str, Any]:
    """The answer, or the sentence that says why there is none."""
    try:
        return {"answered": answer()}
    except Refusal as refused:
        return {"refused": refused.sentence}
    except (OverflowError, ValueError):
        return {"refused": "这个日期太远，不能计算，请核对后重试。"}
