"""What the file of a paper is called when it is saved: no two papers of a case are called the same."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from .documents import Made, papers_made
from .forms import estate_of
from .view import CaseView

#: Bytes of a name that every file system and mail program keeps whole, ending included. Ours to choose, not law.
LONGEST = 180
#: The longest ending a paper has; and bytes of a word that are never cut away.
_ENDING, _LEAST = len(".docx"), 12
#: Ends a word that lost its own end.
_CUT = "…"
#: What no file system or header takes in a name, and blanks.
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f/\\:*?\"<>|;_\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff]+")


def file_name(made: Made, ending: str) -> str:
    """示例花园_书面退出申请_物业服务人退出〔2026〕220602-16.pdf, with what tells it from its like: for whom, which
    turn, which round; too long a name loses the ends of its words, the paper's own title last, never its number.
    """
    return file_names(made.source.case, made.source.at)[made.code] + ending


def file_names(case: CaseView, at: datetime) -> dict[str, str]:
    """Code of each paper the case makes → its name without an ending. The same case gives the same names."""
    shared, names, taken = _shared(case), dict[str, str](), set[str]()
    for made in papers_made(case, at, masked=False):
        name, turn = _name(made, shared), 1
        while name in taken:
            turn += 1
            name = _name(made, shared, f"第{turn}份")
        taken.add(name)
        names[made.code] = name
    return names


def _shared(case: CaseView) -> frozenset[str]:
    """The titles that more than one step of the procedure gives a paper: they say which only beside their step."""
    every = (*((step, one) for step in case.declaration.steps for one in step.documents()),)
    counted = Counter(one.title for _, one in every) + Counter(one.title for one in case.declaration.makes)
    return frozenset(title for title, count in counted.items() if count > 1)


def _name(made: Made, shared: Collection[str], turn: str = "") -> str:
    """Estate, paper, what tells it apart, number. `turn`: where even that is the same."""
    step, document = made.source.step, made.document
    title, before = document.title_of(made.source), ""
    if step is not None and (document.named_by_step or document.title in shared):
        before = _before(step.title, title)
    words = [_safe(estate_of(made.source)), _safe(before), _safe(title), _safe(_apart(made))]
    last = [turn, _safe(made.source.case.row.number)]
    while any(words) and len(_whole(words, last).encode()) > LONGEST - _ENDING:
        place = _longest(words)
        kept = words[place].removesuffix(_CUT)[:-1]
        words[place] = kept and kept + _CUT
    return _whole(words, last)


def _whole(words: Sequence[str], last: Sequence[str]) -> str:
    """Its words as one name: what stands before the paper's own title is one word with it."""
    estate, before, title, apart = words
    return "_".join(filter(None, [estate, before + title, apart, *last]))


def _before(step: str, title: str) -> str:
    """退出申请备案, 备案表 → 退出申请, for 退出申请备案表: what both say is said once."""
    both = next(n for n in range(len(title), -1, -1) if step.endswith(title[:n]))
    return "" if title.startswith(step) else step[: len(step) - both]


def _apart(made: Made) -> str:
    """What tells a paper from others of its kind: for whom or of what, which one of them, which round that is void."""
    copy = made.source.copy
    number = f"第{copy.key}份" if copy.key.isdecimal() and copy.key not in copy.of else ""
    turn = f"第{copy.past}轮"
    past = "" if not copy.past else "历史" if turn in copy.of else f"{turn}历史"
    return "-".join(filter(None, (copy.of, number, past)))


def _longest(words: list[str]) -> int:
    """Which word loses its end: the longer of estate and step; when they are short, of the paper's own title and what
    tells it apart: a name says to the last which paper it is.
    """
    first = max((0, 1), key=lambda n: len(words[n].encode()))
    if len(words[first].encode()) > _LEAST:
        return first
    return max((2, 3), key=lambda n: len(words[n].encode())) if any(words[2:]) else first


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text).strip("-.")
