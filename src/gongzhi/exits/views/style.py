"""The room's stylesheet; it names the tokens of `ui` and no colour of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control


@cache_control(max_age=3600, public=True)
def style(request: HttpRequest) -> HttpResponse:
    """Wide registers, the readings of a count, the marks of a watch."""
    return render(request, "exits/pages.css", content_type="text/css; charset=utf-8")
