"""What a checked table comes to: acts, each with its rows, to be carried out in this order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gongzhi.acts.door import Answer
from gongzhi.acts.facts import Facts
from gongzhi.acts.roots import Root


@dataclass(frozen=True, slots=True)
class Step:
    """One act. Its facts are made when its turn comes, so that those of a whole city are never there at once.

    `action` takes `by`, `at`, `facts` and `key`: an action of the register, or an act of a case.
    """

    action: Callable[..., Answer]
    facts: Callable[[], Facts]
    root: Root
    #: The rows of the table that `rows.0`, `rows.1` … of its facts come from; of an act for one row, that row.
    rows: Sequence[int]


@dataclass(slots=True)
class Plan:
    """The acts, and how many rows are new, registered already as they are, or registered otherwise and changed."""

    steps: list[Step] = field(default_factory=list)
    new: int = 0
    same: int = 0
    changed: int = 0
    #: The one act is the record of the import itself.
    is_one_act: bool = False
