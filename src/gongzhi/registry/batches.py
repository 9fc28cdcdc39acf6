"""Faults of a batch, told by row number in one sentence; nothing of a batch with a fault is written."""

from gongzhi.values.refusals import Invalid

#: So many faults, and so many row numbers, are told in the sentence; `fields` has all of them.
TOLD = 5
LISTED = 50


class RowFaults:
    """Collects what is wrong with which row; rows are counted from 1 in sentences."""

    def __init__(self) -> None:
        self._faults: dict[int, list[str]] = {}

    def add(self, row: int, fault: str) -> None:
        """Row counted from 0."""
        self._faults.setdefault(row, []).append(fault.rstrip("。"))

    def refuse_if_any(self) -> None:
        """Raise `Invalid` that lists every row at fault and says the first few faults."""
        if not self._faults:
            return
        rows = sorted(self._faults)
        told = "；".join(f"第{row + 1}行{'，'.join(self._faults[row])}" for row in rows[:TOLD])
        raise Invalid(
            f"{_numbers(rows)}有误，整批都没有登记，请改正后整批重新提交：{told}。",
            fields={f"rows.{row}": "；".join(faults) for row, faults in self._faults.items()},
        )


def _numbers(rows: list[int]) -> str:
    """第3、17行, or the first fifty 等60行."""
    listed = "、".join(str(row + 1) for row in rows[:LISTED])
    return f"第{listed}行" if len(rows) <= LISTED else f"第{listed}等{len(rows)}行"
