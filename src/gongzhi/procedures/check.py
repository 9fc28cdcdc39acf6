"""What `gongzhi check` asks of the kernel: copies agree with what they copy, and every act stands in the chain."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, F, Q

from gongzhi.acts.canonical import digest
from gongzhi.acts.door import said_digest
from gongzhi.acts.models import Act, Entry
from gongzhi.law import queries as law

from . import catalogue, figures
from .attach import Paper, papers_json
from .clocks import due_of
from .issued import PAPER, STANDING, standing, stands_unmarked, wording
from .models import (
    Case,
    CaseAct,
    CaseStep,
    Clock,
    IssuedPaper,
    Mark,
    PaperUse,
    PastPaper,
    Recheck,
    Round,
    Task,
)
from .moving import codes_of
from .view import CaseView

BATCH = 200


def findings(at: datetime) -> Iterator[str]:
    """One Chinese sentence for each thing that is not as it must be, as of `at`."""
    with law.pinned():
        cases = (
            Case.objects.select_related("parent__case", "estate").order_by("id").iterator(chunk_size=BATCH)
        )
        while batch := list(islice(cases, BATCH)):
            for row in batch:
                yield from of_case(row)
            yield from _unrecorded(batch)
    yield from _wrong_steps()
    yield from _wrong_tasks()
    yield from _wrong_papers()
    yield from _altered()
    yield from figures.findings()


# One case against itself --------------------------------------------------------------------------------------------


def of_case(row: Case) -> Iterator[str]:
    """A case whose copies or marks do not agree with what was said."""
    case = CaseView(row)
    if not catalogue.is_declared(row.procedure, row.version):
        yield f"{row.number}的程序{row.procedure}第{row.version}版不再声明，案件无法办理。"
        return
    yield from _tree(case)
    yield from _deadlines(case)
    if row.ended_at is None:
        yield from _place(case)
        yield from _marks(case)
        yield from _date(case)


def _tree(case: CaseView) -> Iterator[str]:
    row, parent = case.row, case.parent
    if parent is None and row.root_id != row.id:
        yield f"{row.number}没有上级，却不是自己的根案件。"
    if parent is not None and (parent.row.root_id, parent.row.law_on) != (row.root_id, row.law_on):
        yield f"{row.number}与上级案件的根或适用法律日期不同。"
    if parent is not None and parent.row.ended_at is not None and row.ended_at is None:
        yield f"{row.number}的上级案件已结束，它却还在办理。"


def _place(case: CaseView) -> Iterator[str]:
    """A case lies where its estate does, unless the next tick has still to move it."""
    row, waits = case.row, Recheck.objects.filter(estate=case.row.estate_id)
    if row.estate is not None and codes_of(row) != codes_of(row.estate) and not waits.exists():
        yield f"{row.number}所在的区划与小区的区划不同。"


def _deadlines(case: CaseView) -> Iterator[str]:
    clocks = list(case.row.clocks.all())
    steps = {found.id: found.step_id for step in case.declared for found in case.rounds(step)}
    for task in case.open_tasks():
        if task.due_at != due_of(task, steps[task.round_id], clocks):
            yield f"{case.row.number}的任务“{task.title}”的截止时间与期限不符。"
    if case.row.ended_at is not None and any(not (clock.met_at or clock.stopped_at) for clock in clocks):
        yield f"{case.row.number}已结束，期限却还在计时。"


def _marks(case: CaseView) -> Iterator[str]:
    for step in case.declared:
        found = case.live_round(step)
        if found is None:
            continue
        kept = case.mark_rows.get(found.id, {})
        for name, instant in step.marks_of(case.round_view(found)).items():
            if kept.get(name) != instant:
                yield f"{case.row.number}的标记{step.code}.{name}与办理记录不符。"


def _date(case: CaseView) -> Iterator[str]:
    """The date a case moves towards, beside it, is the one its declaration reads."""
    towards = case.declaration.towards
    found = towards.read(case) if towards is not None else None
    on = case.local_day(found) if isinstance(found, datetime) else found
    if towards is not None and on != case.row.towards_on:
        yield f"{case.row.number}的{towards.title}应为{on}，登记为{case.row.towards_on}。"


# Acts and the chain -------------------------------------------------------------------------------------------------


def _unrecorded(batch: list[Case]) -> Iterator[str]:
    """What was said in these cases stands in the record, word for word."""
    acts = CaseAct.objects.filter(case__in=batch).select_related("case").order_by("seq")
    said = list(acts.prefetch_related("papers"))
    records = Act.objects.in_bulk([act.id for act in said])
    for act in said:
        record = records.get(act.id)
        where = f"{act.case.number}第{act.seq}环的“{act.name}”"
        if record is None or (record.chain_id, record.seq) != (act.case.root_id, act.seq):
            yield f"{where}不在办理记录的链上。"
        elif record.said_digest != _digest(act, record):
            yield f"{where}的内容与办理记录的摘要不符。"


def _digest(act: CaseAct, record: Act) -> str:
    """What the record's digest was taken of, built from the rows."""
    papers = [Paper(file=use.file_id, kind=use.kind, title=use.title) for use in act.papers.all()]
    told: dict[str, Any] = {"facts": act.facts, "papers": papers_json(papers)}
    if record.name.endswith(".open"):
        case = act.case
        subject = str(case.estate_id or case.organisation_id or case.jurisdiction_id)
        told |= {"procedure": case.procedure, "variant": case.variant, "subject": subject}
    return said_digest(record.name, record.subject_id, told, personal=True)


# Rows against rows --------------------------------------------------------------------------------------------------


def _wrong_steps() -> Iterator[str]:
    live = Count("rounds", filter=Q(rounds__void_at=None))
    for step in CaseStep.objects.annotate(live=live).filter(live__gt=1).select_related("case"):
        yield f"{step.case.number}的步骤{step.code}同时有{step.live}个有效轮次。"
    closed = Round.objects.filter(closed_at__isnull=False, void_at=None).exclude(outcome=F("step__outcome"))
    for found in closed.select_related("step__case"):
        yield f"{found.step.case.number}的步骤{found.step.code}与它的轮次结果不同。"
    for mark in Mark.objects.exclude(case=F("round__step__case")).select_related("case"):
        yield f"{mark.case.number}的标记{mark.name}属于另一案件。"


def _wrong_tasks() -> Iterator[str]:
    done = Task.objects.filter(done_at__isnull=False, said=None).select_related("case")
    for task in done:
        yield f"{task.case.number}的任务“{task.title}”已办结，却没有办理记录。"
    stray = Task.objects.filter(open=True, holds=True).exclude(round__void_at=None, round__closed_at=None)
    for task in stray.select_related("case"):
        yield f"{task.case.number}的任务“{task.title}”所在的轮次已经结束，它却还待办。"
    for clock in Clock.objects.exclude(case=F("step__case")).select_related("case"):
        yield f"{clock.case.number}的期限{clock.key}属于另一案件。"


def _wrong_papers() -> Iterator[str]:
    for use in PaperUse.objects.exclude(case=F("act__case")).select_related("case"):
        yield f"{use.case.number}的材料《{use.title}》属于另一案件的办理记录。"
    papers = IssuedPaper.objects.filter(
        round__void_at__isnull=False, replaced_at=None, number__voided_at=None
    )
    for paper in papers.select_related("case", "number", "round__step"):
        if stands_unmarked(paper):
            continue
        yield f"{paper.case.number}的{paper.number}所在的轮次已作废，却没有标明已替换。"
    rows = IssuedPaper.objects.select_related("case", "number", "paper__file").order_by("id")
    for paper in rows.iterator(chunk_size=500):
        yield from _unproved(paper)


def _altered() -> Iterator[str]:
    """A paper of a void round is kept in the words it had."""
    rows = PastPaper.objects.select_related("case").order_by("id")
    for row in rows.iterator(chunk_size=BATCH):
        if row.digest != digest(row.words):
            yield f"{row.case.number}的历史文书《{row.title}》与留存时的摘要不符。"


def _unproved(paper: IssuedPaper) -> Iterator[str]:
    """What the public log does not hold of an issued paper."""
    if paper.digest != digest(wording(paper)):
        yield f"{paper.case.number}的{paper.number}内容与签发时的摘要不符。"
    entries = Entry.objects.filter(subject_id=paper.pk)
    if not entries.filter(kind=PAPER, digest=paper.digest).exists():
        yield f"{paper.case.number}的{paper.number}没有写入公开日志。"
    last = entries.filter(kind=STANDING).order_by("-at", "-id").first()
    if last is None or last.digest != digest(standing(paper)):
        yield f"{paper.case.number}的{paper.number}的状态与公开日志不符。"
