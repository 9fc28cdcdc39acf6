"""条款落实: the 290 provisions, what realises each and which named test proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gongzhi.law import coverage as provisions
from gongzhi.law import reading
from gongzhi.law.coverage import Coverage, Covered
from gongzhi.law.reading import packs
from gongzhi.procedures import catalogue

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
    """One provision of the list. `proofs`: test as a sentence, and where it stands."""

    item: Covered
    state: str
    by: tuple[By, ...]
    proofs: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def tag(self) -> str:
        """How the state is shown."""
        return TAGS[self.state]


@cache
def covered() -> Coverage:
    """Read once a process: neither the packs nor the code change under it."""
    return provisions.coverage()


def state_of(item: Covered) -> str:
    """proved, realised, stated (in a pack, and nothing comes of it yet) or none."""
    if item.proved_by:
        return "proved"
    return "realised" if item.realised_by else "stated" if item.stated_by else "none"


def sources() -> dict[str, str]:
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
        and (not name or name in item.provision.summary or name.upper() in item.provision.id)
    ]


def _line(item: Covered) -> Line:
    by = tuple(dict.fromkeys(map(_by, item.realised_by or item.stated_by)))
    return Line(item, state_of(item), by, tuple(map(_proof, item.proved_by)))


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


def _proof(name: str) -> tuple[str, str]:
    """The test's name as the sentence it is, and its file."""
    file, _, test = name.partition("::")
    return test.rpartition("::")[2].removeprefix("test_").replace("_", " "), file


def counts(found: Sequence[Covered]) -> Mapping[str, int]:
    """How many stand in each state."""
    states = [state_of(item) for item in found]
    return {"": len(states), **{state: states.count(state) for state in TAGS}}
