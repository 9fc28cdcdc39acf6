"""The same answers as lines a person reads."""

from datetime import date

from gongzhi.values.now import ZONE
from gongzhi.values.terms import Direction, DueDate

from .coverage import Coverage, Covered
from .schema import Status
from .value import Value, value_words

_STATUS = {
    Status.IN_FORCE: "现行有效",
    Status.UNDATED: "未载日期，仅供演练",
    Status.DRAFT: "征求意见稿，仅供演练",
    Status.CAMPAIGN: "专项行动",
    Status.EXPIRED: "已失效",
    Status.STUB: "文本未找到",
    Status.UNDEFINED: "此处不要求",
}


def show_lines(value: Value, on: date) -> list[str]:
    """One value."""
    lines = [f"{value.title}（{value.key}），{on}"]
    if not value.is_defined:
        return [*lines, "此地的规定没有这一项，不要求办理。", *_remarks(value)]
    bound = {"<": "低于", "<=": "不超过", ">": "超过", ">=": "不低于"}.get(value.comparator or "", "")
    lines.append(f"规定：{bound}{value_words(value.value, value.unit)}")
    if value.direction is Direction.BEFORE:
        lines.append("算法：自事件之日向前倒推，不顺延")
    lines.append(f"依据：{value.cited or '本地设定'}")
    lines.append(f"出自：{value.inherited_from}，{_STATUS[value.status]}（证据 {value.evidence}）")
    if value.note:
        lines.append(f"说明：{value.note}")
    return [*lines, *_remarks(value)]


def _remarks(value: Value) -> list[str]:
    others = [f"另有：{other}" for other in value.others]
    return [*others, *(f"注意：{warning}" for warning in value.warnings)]


def due_lines(value: Value, reckoned: DueDate) -> list[str]:
    """One due date with its working."""
    lines = [f"{value.title}：{value_words(value.value, value.unit)}", *reckoned.working, *value.set_here]
    if reckoned.due_on is None and reckoned.due_at is not None:
        lines.append(f"截止时间：{reckoned.due_at.astimezone(ZONE):%Y-%m-%d %H:%M}")
    elif reckoned.due_on is not None:
        name = "最迟到达日" if value.direction is Direction.BEFORE else "截止日期"
        lines.append(f"{name}：{reckoned.due_on}{'' if reckoned.exact else '（暂定）'}")
    if reckoned.advised_on is not None:
        lines.append(f"建议送达日：{reckoned.advised_on}")
    lines.append(f"依据：{value.cited}")
    return [*lines, *(f"注意：{warning}" for warning in [*reckoned.warnings, *value.warnings])]


def _stated(item: Covered) -> str:
    """Data that nothing comes of yet, or not even that."""
    return "已载入" if item.stated_by else "未落实"


def coverage_lines(covered: Coverage) -> list[str]:
    """Every provision with its state, and the sums."""
    lines = []
    for item in covered.items:
        state = "已证明" if item.proved_by else "已落实" if item.realised_by else _stated(item)
        lines.append(f"{item.provision.id}  {state}  {item.provision.summary}")
    total = len(covered.items)
    neither = sum(not (item.realised_by or item.proved_by) for item in covered.items)
    sums = (
        f"共{total}条：已载入{covered.stated}条，已落实{covered.realised}条，"
        f"已证明{covered.proved}条，既未落实也未证明{neither}条"
    )
    return [*lines, sums]
