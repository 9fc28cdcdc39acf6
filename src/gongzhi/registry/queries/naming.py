"""Looking for an estate or an organisation by what somebody types: the same on every page that has a field for it."""

from django.db.models import Q

#: So much of what was typed is looked for as pinyin.
LONGEST = 50


def named(text: str, of: str = "") -> Q:
    """Whose name holds every word of the text, or is spelt like it. `of`: the way to the row, as `estate__`."""
    words = text.split()
    found = Q()
    for word in words:
        found &= Q(**{f"{of}name__contains": word})
    return found | spelt(text, of) if words else found


def spelt(text: str, of: str = "") -> Q:
    """Whose pinyin or its initials hold the text, from the beginning of any sign of the name on; none for signs.

    幸福小区 by `xfxq`, `xq`, `xingfu`, `xiao qu` and `xiaoq`, not by `ing`.
    """
    letters = "".join(text.split()).lower()[:LONGEST]
    if not (letters.isascii() and letters.isalnum()):
        return Q(**{f"{of}pk__in": ()})
    spelling = "(^| )" + " ?".join(letters)
    return Q(**{f"{of}initials__contains": letters}) | Q(**{f"{of}pinyin__regex": spelling})
