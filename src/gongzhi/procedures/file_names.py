"""What the file of a paper is called when it is saved: estate, paper and number of the case tell it from all others."""

import re

from .documents import Made
from .forms import estate_of

#: Bytes of a name that every file system and mail program keeps whole. Ours to choose, not law.
LONGEST = 120
#: What no file system or header takes in a name, and blanks.
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f/\\:*?\"<>|;_\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff]+")


def file_name(made: Made, ending: str) -> str:
    """示例花园_书面退出申请_物业服务人退出〔2026〕220602-16.pdf; too long a name loses the ends of its words."""
    step = made.source.step
    title = f"{step.title}{made.title}" if made.document.named_by_step and step is not None else made.title
    words = [_safe(estate_of(made.source)), _safe(title), _safe(made.source.case.row.number)]
    while len((name := "_".join(filter(None, words)) + ending).encode()) > LONGEST:
        longest = max((0, 1), key=lambda n: len(words[n].encode()))
        words[longest] = words[longest][:-1]
    return name


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text).strip("-.")
