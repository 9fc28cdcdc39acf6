"""Row *door*: performing a step through the door, beside the same row writes in plain SQL in one transaction."""

from contextlib import closing
from functools import partial
from io import BytesIO
from uuid import UUID

from gongzhi.papers.actions import store_upload
from gongzhi.papers.render import render_pdf
from gongzhi.procedures.models import Task
from gongzhi.procedures.perform import perform

from . import place, scratch
from .figures import Figure, median, seconds

LIMIT = 4.0
SENT = {"method": "platform", "proof": "示例凭证", "sent_at": place.NOW.isoformat()}
TAKEN = {"received_by": "示例签收人", "arrived_at": place.NOW.isoformat()}


def measure(cases: int) -> list[Figure]:
    """Two acts on each of `cases` exits: one that adds a task, and one that closes a step and opens three."""
    found = place.build()
    paper = _paper(found)
    roots = [place.open_exit(found, estate, paper) for estate in place.add_estates(found, cases)]
    sending = _row(found, roots, "send:county", "send", SENT, "filing sent")
    arriving = _row(found, roots, "receive", "receive", TAKEN, "application arrived: three steps open")
    return [sending, arriving]


def prepared_exit(found: place.Place) -> UUID:
    """One exit that waits to be taken in."""
    (estate,) = place.add_estates(found, 1)
    return place.open_exit(found, estate, _paper(found))


def _paper(found: place.Place) -> dict[str, str]:
    content = render_pdf("letter", {"title": "示例申请", "paragraphs": ["示例"]}, at=place.NOW)
    answer = store_upload(by=found.provider_actor, at=place.NOW, upload=BytesIO(content), name="示例.pdf")
    return {"file": str(answer.value["id"]), "kind": "exit_application"}


def _row(
    found: place.Place, roots: list[UUID], task: str, act: str, said: dict[str, str], what: str
) -> Figure:
    """The same acts in two copies of one database by turns: one through the door, the writes of the next alone.

    By turns, so that both find the disk and the processor as the other found them. The act whose writes are kept is
    not timed: what looks at its statements would be timed with it.
    """
    name = f"bench_{act}"
    scratch.copy_aside(name)
    scratch.connect_durably()
    by = found.provider_actor if act == "send" else found.community_actor
    through: list[float] = []
    plain: list[float] = []
    writes: list[scratch.Write] = []
    with closing(scratch.beside(name)) as other:
        for number, root in enumerate(roots):
            todo = Task.objects.get(case_id=root, name=task, open=True)
            doing = partial(perform, by=by, at=place.NOW, task_id=todo.id, act=act, facts=said)
            if number % 2 == 0:
                through.append(seconds(doing))
                continue
            writes = []
            with scratch.writes_of(writes):
                doing()
            plain.append(seconds(partial(scratch.replay, other, writes)))
    ratio = median(through) / median(plain)
    beside = f"{len(writes)} row writes: {median(through) * 1e3:.2f} ms / {median(plain) * 1e3:.2f} ms"
    return Figure("door", what, ratio, LIMIT, "×", beside)
