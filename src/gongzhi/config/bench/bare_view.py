"""What the pages are measured beside: a bare view of fifty rows, behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import URLPattern, URLResolver, path

from gongzhi.config.urls import urlpatterns as own
from gongzhi.procedures.models import Task

ROWS = 50
ADDRESS = "/bare/"
PAGE = """<!doctype html><html><head><title>bare</title></head><body><table>
{% for task in tasks %}<tr><td>{{ task.due_at|date:"Y-m-d H:i" }}</td><td>{{ task.title }}</td>
<td>{{ task.case.estate.name }}</td><td>{{ task.organisation.name }}</td></tr>{% endfor %}
</table></body></html>"""


def bare(request: HttpRequest) -> HttpResponse:
    """Fifty tasks in a table, and nothing else."""
    rows = Task.objects.select_related("case__estate", "round__step", "organisation", "person")
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"tasks": rows.order_by("-pk")[:ROWS]}, request))


urlpatterns: list[URLPattern | URLResolver] = [path(ADDRESS.lstrip("/"), bare), *own]
