"""Which signs no font has. The typesetter itself is asked, so that its papers and what is said of them agree."""

import json
import re
import unicodedata
from collections.abc import Iterable

import typst

from .fonts import code_of, families
from .typesetting import typeset

#: Noto Serif SC has all of these; no paper waits for the question.
_ALWAYS_THERE = re.compile(r"[\x00-\x7f\u3000\u4e00-\u9fff]+")
_HEAD = '#set text(font: json(bytes(sys.inputs.fonts)), fallback: sys.inputs.fallback == "yes")\n'
_MISSING = re.compile(r"the text `\"(?P<text>.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
#: So many are asked about at once.
_AT_ONCE = 1_000
#: Says which form of the sign before it is meant; where a font has one form alone, that.
_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: What was asked before, sign → whether some font has it.
_ASKED: dict[str, bool] = {}


def lacking(text: str) -> tuple[str, ...]:
    """The signs of the text that no font has, each once, in the order in which they come."""
    signs = dict.fromkeys(_ALWAYS_THERE.sub("", text))
    _ask([sign for sign in signs if sign not in _ASKED])
    return tuple(sign for sign in signs if not _ASKED[sign])


def lacking_in_words(texts: Iterable[str]) -> str:
    """What is told to who typed them; "" where every sign can be printed."""
    signs = lacking("\n".join(texts))
    named = "、".join(f"“{sign}”字（U+{ord(sign):04X}）" for sign in signs)
    return f"{named}字库里没有，文书上以编码代替，请手工填写。" if signs else ""


def missed(wrong: typst.TypstError) -> str:
    """The signs a compilation stopped at; "" where it stopped for something else.

    It names what stands together, a letter and its marks: of these the ones that are surely there are not meant.
    """
    texts = _MISSING.findall(str(getattr(wrong, "diagnostic", wrong)))
    return _ALWAYS_THERE.sub("", _ESCAPED.sub(lambda code: chr(int(code[1], 16)), "".join(texts)))


def coded(text: str, signs: Iterable[str]) -> str:
    """The text with each of the signs as its code."""
    return text.translate({ord(sign): code_of(sign) for sign in signs})


def _ask(signs: list[str]) -> None:
    kinds = {sign: unicodedata.category(sign) for sign in signs}
    # A private sign means what its own font says and nothing else: a site's, never that of a font for formulas.
    private = [sign for sign, kind in kinds.items() if kind == "Co"]
    # Where a mark is not made for the letter below it, the typesetter takes the letter away and says nothing.
    marks = [sign for sign, kind in kinds.items() if kind[0] == "M" and not _VARIANT.match(sign)]
    others = [sign for sign in signs if sign not in private and sign not in marks]
    lack = {*marks, *_lack(private, "no"), *_lack(others, "yes")}
    _ASKED.update({sign: sign not in lack for sign in signs})


def _lack(signs: list[str], fallback: str) -> set[str]:
    """Those that the typesetter misses: of each place in its source it tells one, so each sign has its own."""
    given = {"fonts": json.dumps(families()["text"]), "fallback": fallback}
    lack = set[str]()
    for first in range(0, len(signs), _AT_ONCE):
        some = signs[first : first + _AT_ONCE]
        source = _HEAD + "\n\n".join(f'#"\\u{{{ord(sign):x}}}"' for sign in some)
        try:
            typeset(source.encode(), given, made_at=0)
        except typst.TypstError as wrong:
            named = set(missed(wrong)) & set(some)
            if not named:
                raise
            lack |= named
    return lack
