"""What came of a table: counts, what to look at, what is wrong, and the file of errors as a link that keeps nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from gongzhi.papers.signs import lacking_in_words
from gongzhi.registry.tables import limits
from gongzhi.registry.tables.checking import Checked
from gongzhi.registry.tables.columns import Kind
from gongzhi.registry.tables.faulty import error_file
from gongzhi.registry.tables.formats import MEDIA_TYPES
from gongzhi.registry.tables.importing import Taken

from .forms import error_name

#: Bytes of a file of errors that a page carries itself; a larger one is asked for with the table once more.
LINKED = limits.MEBIBYTE


@dataclass(frozen=True, slots=True)
class Linked:
    """A file within the page: its name and a `data:` address."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Told:
    """A table that was checked, or taken in: what its rows are, and what is said of single ones."""

    kind: Kind
    rows: int
    new: int
    same: int
    changed: int
    wrong: int = 0
    errors: Sequence[tuple[int, str]] = ()
    warnings: Sequence[str] = ()
    more_warnings: int = 0
    file: Linked | None = None
    sheet: str = ""
    is_taken: bool = False
    is_replayed: bool = False
    #: Title and words of what the rows add up to.
    sums: Sequence[tuple[str, str]] = ()
    #: The record of an import; None where nothing was written.
    act_id: UUID | None = None

    @property
    def more_errors(self) -> int:
        """How many wrong rows are not told one by one."""
        return self.wrong - len(self.errors)

    @property
    def has_nothing_new(self) -> bool:
        """Whether everything is registered as it stands there."""
        return not (self.wrong or self.new or self.changed)


def checked_told(checked: Checked, name: str, size: int) -> Told:
    """A check; `size`: bytes of the file, for the errors of a large one are not made beforehand."""
    plan, warnings = checked.plan, [*unprinted(checked), *checked.table.warnings]
    return Told(
        kind=checked.kind,
        rows=len(checked.table),
        new=plan.new,
        same=plan.same,
        changed=plan.changed,
        wrong=len(checked.table.faults),
        errors=tuple(islice(checked.errors(), limits.TOLD)),
        warnings=warnings[: limits.TOLD],
        more_warnings=max(len(warnings) - limits.TOLD, 0),
        file=_linked(checked, name) if not checked.is_good and size <= LINKED else None,
        sheet=checked.sheet,
    )


def unprinted(checked: Checked | None) -> list[str]:
    """That papers cannot print some of its signs, which stops nothing; of a table taken in before nothing is said."""
    if checked is None:
        return []
    cells = {cell for column in checked.table.values.values() for cell in column if isinstance(cell, str)}
    words = lacking_in_words(sorted(cells))
    return [words] if words else []


def _linked(checked: Checked, name: str) -> Linked | None:
    """The file of errors as a link; None where it is too large for a page."""
    content, format_ = error_file(checked), checked.table.source.format
    if len(content) > LINKED:
        return None
    href = f"data:{MEDIA_TYPES[format_]};base64,{b64encode(content).decode()}"
    return Linked(error_name(checked.kind, name, format_), href)


def taken_told(kind: Kind, taken: Taken) -> Told:
    """An import; who did not have it checked before reads here what a check would have told."""
    warnings = [*unprinted(taken.checked), *taken.warnings]
    return Told(
        kind=kind,
        rows=taken.rows,
        new=taken.new,
        same=taken.same,
        changed=taken.changed,
        warnings=warnings[: limits.TOLD],
        more_warnings=max(len(warnings) - limits.TOLD, 0),
        is_taken=True,
        is_replayed=taken.replayed,
        act_id=taken.act_id,
    )
