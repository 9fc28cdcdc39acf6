"""Row *case*: the page of a case with 5 and with 50 tasks, beside a bare view of fifty rows."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from gongzhi.papers.actions import store_upload
from gongzhi.papers.render import render_pdf
from gongzhi.procedures.models import Task
from gongzhi.registry.models import Estate, Post

from . import place
from .bare_view import ADDRESS
from .figures import Figure, median, seconds

LIMIT, QUERIES = 3.0, 25.0
TASKS = (5, 50)
TIMES = 40
PASSWORD = "measured-only-1234"


def measure() -> list[Figure]:
    """Two cases of one place; each page by turns with the bare view, the medians compared."""
    built = place.build()
    estates = place.add_estates(built, len(TASKS))
    cases = [ready_case(built, estate, number) for estate, number in zip(estates, TASKS, strict=True)]
    with override_settings(ROOT_URLCONF="gongzhi.config.bench.bare_view", ALLOWED_HOSTS=["testserver"]):
        client = _signed_in(str(Post.COMMUNITY_HEAD))
        pages = {number: f"/cases/{case}/" for number, case in zip(TASKS, cases, strict=True)}
        return [figure for number, path in pages.items() for figure in _figures(client, number, path)]


def _figures(client: Client, number: int, path: str) -> list[Figure]:
    page, bare = _get(client, path), _get(client, ADDRESS)
    page(), bare()
    pairs = [(seconds(page), seconds(bare)) for _ in range(TIMES)]
    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    with CaptureQueriesContext(connection) as caught:
        page()
    beside = f"{ours * 1e3:.1f} ms beside {theirs * 1e3:.1f} ms for 50 bare rows"
    what = f"page of a case with {number} tasks"
    return [
        Figure("case", f"{what}: beside a bare view", ours / theirs, LIMIT, "×", beside),
        Figure("case", f"{what}: queries", float(len(caught)), QUERIES, "", "whatever its tasks"),
    ]


def _get(client: Client, path: str) -> Callable[[], object]:
    def get() -> object:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer

    return get


def ready_case(built: place.Place, estate: Estate, number: int = 0) -> UUID:
    """An exit that was applied for, with so many open tasks at least."""
    case = place.open_exit(built, estate, _paper(built))
    like = Task.objects.filter(case=case, open=True).order_by("opened_at").first()
    assert like is not None
    fields = {
        field.attname: getattr(like, field.attname) for field in Task._meta.fields if field.name != "id"
    }
    more = number - Task.objects.filter(case=case).count()
    Task.objects.bulk_create([Task(**fields | {"name": f"example:{turn}"}) for turn in range(more)])
    return case


def _paper(built: place.Place) -> dict[str, str]:
    content = render_pdf("letter", {"title": "示例申请", "paragraphs": ["示例"]}, at=place.NOW)
    stored = store_upload(by=built.provider_actor, at=place.NOW, upload=BytesIO(content), name="示例.pdf")
    return {"file": str(stored.value["id"]), "kind": "exit_application"}


def _signed_in(post: str) -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"username": f"bench-{post}", "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client
