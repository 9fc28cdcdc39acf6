"""A rehearsal as the pages of the real system tell of it."""

from dataclasses import dataclass
from datetime import datetime

from gongzhi.registry.models import Appointment

from .folder import Cell, Folder, Step
from .housing import cells_of, ends_at, step_shown

WORDS: dict[Step, str] = {
    "waiting": "准备中",
    "building": "准备中",
    "starting": "准备中",
    "ready": "可以演练",
    "failed": "未能建立",
    "clearing": "正在删除",
    "gone": "已删除",
}
ICONS: dict[str, str] = {
    "准备中": "hourglass-low",
    "可以演练": "circle-check",
    "未能建立": "alert-circle",
    "正在删除": "trash",
    "已删除": "trash",
}
NOW: dict[Step, str] = {
    "waiting": "排队等候",
    "building": "正在建立数据库，带入小区的登记数据",
    "starting": "正在启动演练的网站",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One rehearsal: what it is, how far it is, and what may be done with it."""

    cell: Cell
    began_at: datetime
    ends_at: datetime
    step: Step
    words: str
    icon: str
    doing: str
    why: str

    @property
    def is_waiting(self) -> bool:
        """Whether it is on its way."""
        return self.step in ("waiting", "building", "starting", "clearing")

    @property
    def is_ready(self) -> bool:
        """Whether one may go in."""
        return self.step == "ready"

    @property
    def is_gone(self) -> bool:
        """Whether it was deleted."""
        return self.step == "gone"

    @property
    def may_discard(self) -> bool:
        """Whether there is something to throw away."""
        return self.step not in ("clearing", "gone")


def told(folder: Folder, cell: Cell) -> Told:
    """One of them."""
    step = step_shown(folder)
    words = WORDS[step]
    return Told(
        cell=cell,
        began_at=datetime.fromisoformat(cell.at),
        ends_at=ends_at(cell),
        step=step,
        words=words,
        icon=ICONS[words],
        doing=NOW.get(step, ""),
        why=folder.state.why,
    )


def told_all(seat: Appointment) -> list[Told]:
    """Those of the seat's organisation, the newest first."""
    return [told(folder, cell) for folder, cell in cells_of(seat)]
