"""Finding the header: anywhere among the first rows, in one row or two, its columns in any order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .columns import Kind, bare_title_key, title_key
from .formats import refused
from .words import words_of

#: The column that a file of errors has beside those of the table.
REASONS = "错误原因"


@dataclass(slots=True)
class Header:
    """Where the header stands and what it says. `places`: the column's name → its position in a row."""

    first: int
    last: int
    places: dict[str, int]
    #: The positions above which anything is written.
    titled: set[int] = field(default_factory=set)
    #: Where an earlier file of errors has its reasons.
    reasons: int | None = None
    twice: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def score(self) -> int:
        """How many columns were found."""
        return len(self.places)


def find_header(kind: Kind, rows: Sequence[tuple[int, Sequence[Any]]]) -> Header | None:
    """The row, or the two rows, in which most columns are named; None where nothing like a header is there."""
    titles = {title: column.name for column in kind.columns for title in column.titles()}
    best: Header | None = None
    for depth in (1, 2):  # two rows are taken for one header only where one row says less
        for place, (number, row) in enumerate(rows[: len(rows) - depth + 1]):
            below = rows[place + 1][1] if depth > 1 else None
            found = _read(titles, row, below, number, number + depth - 1)
            if found.score > (best.score if best else 1):
                best = found
    return best


def _read(
    titles: Mapping[str, str], row: Sequence[Any], below: Sequence[Any] | None, first: int, last: int
) -> Header:
    found, group = Header(first, last, {}), ""
    for position, cell in enumerate(row):
        words, lower = words_of(cell), None
        if below is not None:
            lower = words_of(below[position]) if position < len(below) else ""
            group = words or group  # a title over several columns stands above the first of them
            words = words or (group if lower else "")
        if words or lower:
            found.titled.add(position)
        spellings = _spellings(words, lower)
        name = next((titles[one] for one in spellings if one in titles), None)
        if words == REASONS:
            found.reasons = position
        elif name is None:
            found.unknown += [words] if words else []
        elif name in found.places:
            found.twice.append(words)
        else:
            found.places[name] = position
    return found


def _spellings(above: str, below: str | None) -> Iterable[str]:
    """What a column may be called; of two rows: both together, else the lower, else the upper one."""
    words = [above] if below is None or above == below or not below else [above + below, below, above]
    return [spelling for one in words if one for spelling in (title_key(one), bare_title_key(one))]


def check_header(kind: Kind, header: Header | None, of_file: str = "") -> Header:
    """The header, if every column that is needed is there once; `of_file` says how the file was read, where that may
    be why there is none.
    """
    if header is None:
        listed = "、".join(column.title for column in kind.columns if column.needed)
        raise refused(
            f"{of_file}没有找到“{kind.title}”表的表头，请在第一行写明各列名称（{listed}），或者下载模板填写。"
        )
    if header.twice:
        raise refused(f"“{header.twice[0]}”列出现两次，请删去一列后再导入。")
    missing = [c.title for c in kind.columns if c.needed and c.name not in header.places]
    if missing:
        listed = "、".join(f"“{title}”" for title in missing)
        raise refused(f"缺少{listed}列，请补上后再导入，或者下载模板填写。")
    return header
