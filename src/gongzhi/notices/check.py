"""What `gongzhi check` asks of this room: each notice says what it said, and hangs as long as the law has it hang."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from gongzhi.acts.canonical import digest
from gongzhi.acts.models import Entry
from gongzhi.law import queries as law
from gongzhi.procedures import catalogue
from gongzhi.procedures.view import CaseView

from .counting import counting
from .models import Notice, Objection
from .publish import Publish
from .rows import PERIOD, period, wording


def findings(at: datetime) -> Iterator[str]:
    """One Chinese sentence for each thing that is not as it must be, as of `at`."""
    with law.pinned():
        rows = Notice.objects.select_related("case__parent__case", "round__step").order_by("id")
        for notice in rows.iterator(chunk_size=500):
            yield from _of(notice)
    unanswered = Objection.objects.filter(
        round__closed_at__gt=F("entered_at"), replied_at=None, round__outcome="done"
    )
    for objection in unanswered.select_related("notice"):
        yield f"{objection.notice.number}已经办结，第{objection.turn}项异议却没有答复。"


def _of(notice: Notice) -> Iterator[str]:
    if notice.digest != digest(wording(notice)):
        yield f"{notice.number}的内容与张贴时的摘要不符。"
    entries = Entry.objects.filter(subject_id=notice.pk)
    if not entries.filter(kind="notice", digest=notice.digest).exists():
        yield f"{notice.number}没有写入公开日志。"
    last = entries.filter(kind=PERIOD).order_by("-at", "-id").first()
    if last is None or last.digest != digest(period(notice)):
        yield f"{notice.number}的公示期与公开日志不符。"
    known = catalogue.is_declared(notice.case.procedure, notice.case.version)
    if notice.ended_at is None and known and not _is_counted(notice):
        yield f"{notice.number}的公示截止日与重新计算的结果不符。"


def _is_counted(notice: Notice) -> bool:
    """Whether the last day of a hanging notice is the one the law gives now."""
    case = CaseView(notice.case)
    step = case.declaration.step(notice.round.step.code)
    if not isinstance(step, Publish):
        return False
    answer = counting(step, case, notice.counted_from)
    return (notice.until_on, notice.until_at) == ((answer.due_on, answer.due_at) if answer else (None, None))
