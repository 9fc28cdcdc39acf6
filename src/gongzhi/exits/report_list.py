"""Reports of counties as a reader sees them: which periods, how far each is, its figures beside those before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.procedures import figures
from gongzhi.procedures.models import Case, ClosedFigures, Mark, Task
from gongzhi.procedures.queries import visible_cases
from gongzhi.procedures.terms import UNSET
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Appointment, OrganisationKind
from gongzhi.ui.parts.figures import money
from gongzhi.values.refusals import NotAllowed, NotFound

from .ledger import STAGES
from .ledger_rows import CATEGORIES, hours
from .readers import is_auditor
from .report_figures import LEVELLED, MEDIANS
from .report_queries import NAME, span_of

LEVELS = {
    "city": "市级",
    "county": "县级",
    "subdistrict": "街道（乡镇）",
    "community": "社区",
    "owners": "业主方",
    "provider": "物业服务人",
    "person": "个人",
    "other": "其他单位",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its name, what it is called, its unit, and how it comes about."""

    name: str
    title: str
    unit: str
    says: str


FIGURES = (
    Figure("left", "离场", "件", "离场时间在报告期内的退出案件"),
    Figure("left_with_successor", "离场时已有接替", "件", "其中离场时接替单位已经进场，中间没有间隔"),
    Figure(
        "median_days_notice_to_departure",
        "通知到离场",
        "日",
        "离场案件从申请（通知）到达到离场的天数，取中位数",
    ),
    Figure("unmanaged_minutes", "无人在管", "", "涉及的小区在报告期内无人管理的时间，逐小区相加"),
    Figure("notices_interrupted", "公示中断", "次", "报告期内发现的公示中断"),
    Figure("objections", "收到异议", "件", "报告期内对公示提出的异议"),
    Figure("objections_replied", "已书面答复", "件", "其中已经书面答复的"),
    Figure("median_hours_to_reply", "答复用时", "小时", "已答复异议从提出到答复的整小时数，取中位数"),
    Figure("money_found_cents", "查实违规资金", "", "报告期内查实的违规资金，逐笔相加"),
    Figure("money_refunded_cents", "已退还", "", "报告期内退还的违规资金，逐笔相加"),
    Figure("money_overdue_cents", "逾期未退", "", "期末已过退还期限仍未退还的违规资金"),
    Figure("items_missing", "缺失资料资产", "项", "报告期内登记缺失的账簿、资料和资产"),
    Figure("items_still_missing", "期末仍缺失", "项", "期末仍未补交的账簿、资料和资产"),
    Figure("overdue_tasks", "期末逾期事项", "项", "期末已过期限仍未办的事项，按承办层级"),
)
BY_NAME = {figure.name: figure for figure in FIGURES}


def reports_seen(appointment: Appointment) -> QuerySet[Case]:
    """The reports of the counties one sees; a street's own ledger is read, not reported by it."""
    body = appointment.organisation
    if not is_auditor(appointment) and (body is None or body.kind != OrganisationKind.PROPERTY_AUTHORITY):
        raise NotAllowed("您无权查看退出台账上报，应由县（市、区）和市物业主管部门查看。")
    rows = visible_cases(appointment).filter(procedure=NAME, parent=None)
    return rows.select_related("jurisdiction")


def report_seen(appointment: Appointment, case_id: UUID) -> Case:
    """One of them; NotFound otherwise."""
    try:
        found = reports_seen(appointment).filter(pk=case_id).first()
    except NotAllowed:
        found = None
    if found is None:
        raise NotFound("没有这份上报，或者不在您的范围内，请从列表中打开。")
    return found


def told_reports(rows: Sequence[Case]) -> list[dict[str, Any]]:
    """Reports in a list: place, days, how far each is, whom it waits for, its closed figures."""
    closed, received, tasks = _closed(rows), _received(rows), _waiting(rows)
    return [
        {
            "case": row.pk,
            "number": row.number,
            "county": row.jurisdiction.name if row.jurisdiction is not None else "",
            "code": row.jurisdiction_id,
            "period": "" if row.period == UNSET else row.period,
            "span": span_of(CaseView(row)),
            "state": _state(row, row.pk in closed, row.pk in received),
            "waits_for": tasks[row.pk],
            "figures": closed[row.pk].figures if row.pk in closed else None,
        }
        for row in rows
    ]


def _state(row: Case, is_closed: bool, is_received: bool) -> str:
    if row.period == UNSET:
        return "本地未设定上报频次"
    if is_received:
        return "市已收到"
    if row.ended_at is not None:
        return "已结束"
    return "已编制，待上报签收" if is_closed else "待编制"


def _closed(rows: Sequence[Case]) -> dict[UUID, ClosedFigures]:
    """Case → the figures that count."""
    found = ClosedFigures.objects.filter(case__in=[row.pk for row in rows], name=NAME, round__void_at=None)
    return {one.case_id: one for one in found.order_by("made_at")}


def _received(rows: Sequence[Case]) -> set[UUID]:
    marks = Mark.objects.filter(case__in=[row.pk for row in rows], name="received", round__void_at=None)
    return set(marks.values_list("case_id", flat=True))


def _waiting(rows: Sequence[Case]) -> dict[UUID, list[dict[str, Any]]]:
    tasks = Task.objects.filter(case__in=[row.pk for row in rows], open=True).select_related("organisation")
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for task in tasks.order_by("sort_at", "id"):
        holder = task.organisation.name if task.organisation is not None else ""
        found[task.case_id].append({"title": task.title, "holder": holder, "due_at": task.due_at})
    return found


# One report ---------------------------------------------------------------------------------------------------------


def figures_kept(case: Case) -> list[ClosedFigures]:
    """Everything that was compiled for a report, the newest first; earlier ones were sent back."""
    rows = ClosedFigures.objects.filter(case=case, name=NAME).select_related("round", "jurisdiction")
    return list(rows.order_by("-made_at", "-id"))


def before(row: ClosedFigures) -> ClosedFigures | None:
    """The figures of the days right before, of the same place; those that count."""
    rows = ClosedFigures.objects.filter(
        name=row.name,
        jurisdiction=row.jurisdiction_id,
        to_on=row.from_on - timedelta(days=1),
        round__void_at=None,
    )
    return rows.order_by("-made_at").first()


def told_figures(row: ClosedFigures, last: ClosedFigures | None) -> list[dict[str, Any]]:
    """Each figure in words, beside that of the days before, with the difference where numbers can be taken off."""
    return [_told(figure, row.figures, last.figures if last is not None else None) for figure in FIGURES]


def _told(figure: Figure, now: Mapping[str, Any], then: Mapping[str, Any] | None) -> dict[str, Any]:
    value, earlier = now.get(figure.name), then.get(figure.name) if then is not None else None
    return {
        "name": figure.name,
        "title": figure.title,
        "says": figure.says,
        "value": _amount(value),
        "earlier": _amount(earlier),
        "words": words_of(figure, value),
        "before": words_of(figure, earlier) if then is not None else "",
        "difference": _difference(figure, value, earlier) if then is not None else "",
        "rows": len(now["behind"][figure.name]),
        "levels": _levels(value) if figure.name == LEVELLED else [],
    }


def words_of(figure: Figure, value: Any) -> str:
    """12 件, 33小时30分, 1,234.50 元; 无 where there is nothing."""
    amount = _amount(value)
    if amount == "":
        return "无"
    if figure.name.endswith("_cents"):
        return money(amount)
    return hours(int(amount)) if figure.name.endswith("_minutes") else f"{amount} {figure.unit}"


def _amount(value: Any) -> int | str:
    """A number; the sum of levels; a median as the text it was closed as."""
    if isinstance(value, Mapping):
        return sum(value.values())
    return value if isinstance(value, int | str) else ""


def _difference(figure: Figure, now: Any, then: Any) -> str:
    first, second = _amount(now), _amount(then)
    if figure.name in MEDIANS or isinstance(first, str) or isinstance(second, str):
        return ""
    if first == second:
        return "持平"
    return f"{'多' if first > second else '少'} {words_of(figure, abs(first - second))}"


def _levels(value: Any) -> list[tuple[str, str, int]]:
    return [(code, LEVELS.get(code, code), number) for code, number in (value or {}).items()]


def stage_table(row: ClosedFigures) -> list[dict[str, Any]]:
    """Exits by category, each with its stages and numbers, and their sum."""
    return [
        {
            "category": category,
            "title": CATEGORIES.get(category, category),
            "stages": [(stage, STAGES.get(stage, stage), number) for stage, number in found.items()],
            "sum": sum(found.values()),
        }
        for category, found in row.figures["by_category_and_stage"].items()
    ]


def rows_behind(row: ClosedFigures, name: str, level: str = "") -> list[dict[str, Any]]:
    """What a figure was counted from; of one level where it is named."""
    found = row.figures["behind"].get(name, [])
    if name in MEDIANS:
        found = sorted(found, key=lambda one: int(one["amount"]))
    kept = [one for one in found if not level or one.get("level") == level]
    return [one | {"words": words_of(BY_NAME[name], int(one["amount"]))} for one in kept]


def exits_behind(row: ClosedFigures, category: str = "", stage: str = "") -> list[dict[str, Any]]:
    """The exits of the report, of a category and at a stage where they are named, as they stood."""
    return [
        one
        | {
            "category_title": CATEGORIES.get(one["category"], one["category"]),
            "stage_title": STAGES.get(one["stage"], one["stage"]),
            "unmanaged": hours(int(one["unmanaged_minutes"])),
        }
        for one in row.figures["exits"]
        if (not category or one["category"] == category) and (not stage or one["stage"] == stage)
    ]


def is_whole(row: ClosedFigures) -> bool:
    """Whether the figures are what was closed."""
    return row.digest == figures.digest_of(row)
