"""What is known of a table while, and after, it is checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.registry.queries import day_of
from gongzhi.values.refusals import Invalid

from . import limits
from .columns import Kind
from .plans import Plan
from .reading import Progress, Table, nobody_watches


@dataclass(slots=True)
class Check:
    """A table under check: by whom, when. Nothing is written while it lasts."""

    table: Table
    by: Actor
    at: datetime
    progress: Progress = nobody_watches

    def column(self, name: str) -> list[Any]:
        """The values of a column, in the order of the rows."""
        return self.table.values[name]

    def row(self, number: int) -> dict[str, Any]:
        """The values of a row."""
        return {name: values[number] for name, values in self.table.values.items()}

    def wrong(self, row: int, says: str) -> None:
        """Something is wrong with a row."""
        self.table.wrong(row, says)

    def warn(self, row: int, says: str) -> None:
        """Something about a row should be looked at; it hinders nothing."""
        self.table.warnings.append(f"第{self.table.lines[row]}行{says}。")

    def refuse_future(self, *names: str) -> None:
        """What has happened lies not ahead: a date after today is a slip of the pen."""
        today = day_of(self.at)
        for name in names:
            title = self.table.kind.column(name).title
            for row, on in enumerate(self.table.values[name]):
                if on is not None and on > today:
                    self.wrong(row, f"“{title}”{on}晚于今天，请核对")

    def line(self, row: int) -> int:
        """The number of a row as a spreadsheet shows it."""
        return self.table.lines[row]

    def good(self) -> Iterator[int]:
        """The rows nothing is wrong with so far."""
        return self.table.good()


@dataclass(slots=True)
class Checked:
    """A table that was checked: how many rows, how many of them new, the same or wrong, and what would be done."""

    table: Table
    plan: Plan
    digest: str
    #: The sheet that was named, "" where none was.
    sheet: str = ""

    @property
    def kind(self) -> Kind:
        """The kind of table."""
        return self.table.kind

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong with any row."""
        return not self.table.faults

    def errors(self) -> Iterator[tuple[int, str]]:
        """Each wrong row: its number in the file, and why."""
        for row in sorted(self.table.faults):
            yield self.table.lines[row], "；".join(self.table.faults[row])

    def refusal(self) -> "FaultyTable":
        """The refusal of the whole table."""
        return FaultyTable(self)


class FaultyTable(Invalid):
    """A table with wrong rows: nothing of it was taken in. `fields` has the first rows at fault by their number."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        told = dict(_first(checked.errors()))
        line, says = next(iter(told.items()))
        super().__init__(
            f"“{checked.kind.title}”表有{len(checked.table.faults)}行有误，没有登记任何一行，"
            f"请按错误原因改正后重新导入（如第{line}行：{says}）。",
            fields={f"rows.{line}": says for line, says in told.items()},
        )


def _first(errors: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for count, error in enumerate(errors):
        if count == limits.TOLD:
            return
        yield error
