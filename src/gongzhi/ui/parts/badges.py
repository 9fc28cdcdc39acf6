"""Who (role badge), by which article (citation chip), with what proof (proof badge)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongzhi.registry.models import OrganisationKind
from gongzhi.registry.roles import CITY, COMMUNITY, COUNTY, FIRM, PROVIDER, ROLES, SUBDISTRICT, SUCCESSOR
from gongzhi.values.citations import Citation

#: A long name is said on a chip by its place and its kind: 白山市…管理办法 is 白山办法; the whole name stays beside it.
_LONG = re.compile(
    r"(?P<place>.{2,4}?)(?:省|市|县|区|自治州).{3,}(?P<kind>办法|条例|规定|细则|方案|意见|通知|规则)"
)
_STATE = "中华人民共和国"
#: Disc and style, by role.
DISCS = {
    **dict.fromkeys((CITY.code, COUNTY.code, SUBDISTRICT.code), ("政", "gov")),
    COMMUNITY.code: ("居", "com"),
    **dict.fromkeys((PROVIDER.code, SUCCESSOR.code), ("企", "firm")),
    FIRM.code: ("三", "third"),
}
#: Of organisations that are no authority.
KINDS = {
    OrganisationKind.RESIDENTS_COMMITTEE: DISCS[COMMUNITY.code],
    **dict.fromkeys(
        (
            OrganisationKind.PROVIDER,
            OrganisationKind.OTHER_MANAGER,
            OrganisationKind.DEVELOPER,
            OrganisationKind.UTILITY_COMPANY,
            OrganisationKind.SPECIALIST_COMPANY,
            OrganisationKind.STATE_COMPANY,
            OrganisationKind.PLATFORM_COMPANY,
            OrganisationKind.BANK,
        ),
        DISCS[PROVIDER.code],
    ),
    OrganisationKind.THIRD_PARTY_FIRM: DISCS[FIRM.code],
    **dict.fromkeys(
        (
            OrganisationKind.OWNERS_COMMITTEE,
            OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE,
            OrganisationKind.PREPARATION_GROUP,
            OrganisationKind.REELECTION_GROUP,
        ),
        ("业", "own"),
    ),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A disc with one character, its style, and the name that always follows."""

    disc: str
    style: str
    name: str


def role_badge(role: str, name: str = "") -> Badge:
    """The badge of a role's code; the role's own title where no name is given."""
    disc, style = DISCS.get(role, ("业", "own"))
    known = ROLES.get(role)
    return Badge(disc, style, name or (known.title if known is not None else role))


def organisation_badge(kind: str, name: str) -> Badge:
    """The badge of an organisation by its kind; whatever is not listed is an authority."""
    disc, style = {str(known): badge for known, badge in KINDS.items()}.get(kind, ("政", "gov"))
    return Badge(disc, style, name)


def holder_badge(role: str, kind: str, name: str) -> Badge:
    """The badge of who holds a task: a body's by its kind, whatever it acts as; by its role where no body is known."""
    return organisation_badge(kind, name) if kind else role_badge(role, name)


@dataclass(frozen=True, slots=True)
class Cite:
    """An article on a chip. `state`: "" as the text has it, `local` set by the place, `draft` not in force."""

    words: str
    whole: str
    state: str = ""
    href: str = ""


@lru_cache(maxsize=4096)
def citation(instrument: str, article: str, state: str = "", href: str = "") -> Cite:
    """One article; `whole` is its full name, for the screen reader and the pointer."""
    return Cite(
        f"{short_name(instrument)} {article}".strip(), str(Citation(instrument, article)), state, href
    )


def short_name(instrument: str) -> str:
    """民法典, 白山办法; a short name stays as it is."""
    bare = instrument.strip("《》").removeprefix(_STATE)
    long = _LONG.fullmatch(bare)
    return f"{long['place']}{long['kind']}" if long is not None else bare


def cites(citations: Iterable[Mapping[str, Any] | Citation]) -> list[Cite]:
    """Articles as facts hold them (`instrument`, `article`), or as citations; each once."""
    if isinstance(citations, tuple) and all(isinstance(one, Citation) for one in citations):
        return list(_alike(citations))
    return list(_each_once(citations))


@lru_cache(maxsize=4096)
def _alike(citations: tuple[Citation, ...]) -> tuple[Cite, ...]:
    return _each_once(citations)


def _each_once(citations: Iterable[Mapping[str, Any] | Citation]) -> tuple[Cite, ...]:
    made = (
        citation(one.instrument, one.article)
        if isinstance(one, Citation)
        else citation(one["instrument"], one["article"], str(one.get("state", "")))
        for one in citations
    )
    return tuple(dict.fromkeys(made))


@dataclass(frozen=True, slots=True)
class Proof:
    """What can be proved, in plain words."""

    words: str
    good: bool
    href: str = ""

    @property
    def icon(self) -> str:
        """A shield."""
        return "shield-check" if self.good else "shield-x"


def proof(words: str, good: bool = True, href: str = "") -> Proof:
    """A proof badge: 公示已留证, 照片缺 1 日."""
    return Proof(words, good, href)
