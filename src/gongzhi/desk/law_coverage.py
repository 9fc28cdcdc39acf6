"""条款落实: the 290 provisions, what realises each and how many tests prove it, whose names the command line tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from gongzhi.law import coverage as provisions
from gongzhi.law import reading
from gongzhi.law.coverage import Coverage, Covered, Provision
from gongzhi.law.reading import packs
from gongzhi.law.value import Value
from gongzhi.procedures import catalogue
from gongzhi.values.citations import Citation

STATES = {
    "": "全部",
    "proved": "已证明",
    "realised": "已落实",
    "stated": "已载入",
    "none": "未落实",
}
TAGS = {"proved": "done", "realised": "done", "stated": "warn", "none": ""}


@dataclass(frozen=True, slots=True)
class By:
    """What realises or states a provision: in words, and the key of the law where it is one."""

    words: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One provision of the list. `proofs`: how many tests prove it."""

    item: Covered
    state: str
    by: tuple[By, ...]
    proofs: int

    @property
    def title(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def tag(self) -> str:
        """How the state is shown."""
        return TAGS[self.state]


@dataclass(frozen=True, slots=True)
class Cited:
    """An article, with the address of its provisions; "" where the text is not among the five."""

    instrument: str
    article: str
    href: str


@dataclass(frozen=True, slots=True)
class Point:
    """A provision in our own words, with its text and where it stands in the list."""

    id: str
    instrument: str
    article: str
    summary: str
    href: str


@cache
def covered() -> Coverage:
    """Read once a process: neither the packs nor the code change under it."""
    return provisions.coverage()


def state_of(item: Covered) -> str:
    """proved, realised, stated (in a pack, and nothing comes of it yet) or none."""
    if item.proved_by:
        return "proved"
    return "realised" if item.realised_by else "stated" if item.stated_by else "none"


@cache
def sources() -> Mapping[str, str]:
    """The five texts whose provisions are numbered: prefix → title."""
    texts = {code: text.title for pack in packs().values() for code, text in pack.instruments.items()}
    found = dict.fromkeys(one.id.partition("-")[0] for one in provisions.provisions())
    return {code: texts.get(code, code) for code in found}


def lines(source: str, state: str, name: str) -> list[Line]:
    """The provisions asked for, in the order of the catalogue."""
    return [
        _line(item)
        for item in covered().items
        if (not source or item.provision.id.startswith(f"{source}-"))
        and (not state or state_of(item) == state)
        and (not name or _is_named(item.provision, name))
    ]


def _is_named(provision: Provision, name: str) -> bool:
    """By a word of it, its number, or the article it stands in (`第10条` finds 第10条第1项 too)."""
    return name in provision.summary or name.upper() in provision.id or provision.article.startswith(name)


def _address(**asked: str) -> str:
    return f"{reverse('law-coverage')}?{urlencode({name: said for name, said in asked.items() if said})}"


def cited(citation: Citation) -> Cited:
    """An article with the address of its provisions."""
    source = _source_of(citation.instrument)
    href = _address(source=source, q=citation.article) if source else ""
    return Cited(citation.instrument, citation.article, href)


def _source_of(title: str) -> str:
    return next((code for code, known in sources().items() if known == title), "")


def points(value: Value) -> list[Point]:
    """The provisions a value names, and all of an article it cites without naming one there."""
    items = value.value if isinstance(value.value, tuple) else ()
    own = {item["provision"] for item in items if isinstance(item, Mapping) and "provision" in item}
    wanted = own | set(value.provisions)
    for citation in value.citations:
        cited_there = {one.id for one in provisions.provisions() if _stands_in(one, citation)}
        wanted |= (cited_there & wanted) or cited_there
    return [_point(one) for one in provisions.provisions() if one.id in wanted]


def _stands_in(provision: Provision, citation: Citation) -> bool:
    source = sources()[provision.id.partition("-")[0]]
    whole = citation.article
    return bool(whole) and source == citation.instrument and provision.article.startswith(whole)


def _point(one: Provision) -> Point:
    title = sources()[one.id.partition("-")[0]]
    return Point(one.id, title, one.article, one.summary, _address(q=one.id))


def _line(item: Covered) -> Line:
    by = tuple(dict.fromkeys(map(_by, item.realised_by or item.stated_by)))
    return Line(item, state_of(item), by, len(item.proved_by))


def _by(name: str) -> By:
    """`pack:2206:exit.leave_within` is the key with its title; a text is its title; else the name itself."""
    kind, _, rest = name.partition(":")
    code, _, key = rest.partition(":")
    if kind != "pack":
        return By(_step(name))
    known = reading.keys().get(key)
    if known is not None:
        return By(known.title, key)
    text = packs()[code].instruments.get(key)
    return By(f"《{text.title}》") if text is not None else By(_family(key), key)


def _step(name: str) -> str:
    """A procedure, or the step, variant or standing act of it, by its title."""
    code, _, part = name.partition(".")
    procedure = catalogue.find(code)
    titles = {step.code: step.title for step in procedure.steps}
    titles |= {variant.code: variant.title for variant in procedure.variants}
    titles |= {act: own.spec.title for act, own in procedure.standing.items()}
    return f"{procedure.title}：{titles[part]}" if titles.get(part) else procedure.title


def _family(key: str) -> str:
    known = reading.keys().get(f"{key.partition('.')[0]}.*")
    return known.title if known is not None else key


def counts(found: Sequence[Covered]) -> Mapping[str, int]:
    """How many stand in each state."""
    states = [state_of(item) for item in found]
    return {"": len(states), **{state: states.count(state) for state in TAGS}}
