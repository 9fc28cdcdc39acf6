"""Who is invented so that every chair of a rehearsal can be sat in: a post nobody holds would stop the play."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.registry.models import MANAGERS, OrganisationKind, Post

from .masking import STAND_IN, word_of
from .shape import BodyPart, Package

_OFFICE = (Post.OFFICER, Post.REVIEWER, Post.LEADER, Post.CLERK)
_MANAGER = (Post.PROVIDER_LEGAL_REPRESENTATIVE, Post.PROVIDER_LEADER)
#: The posts that procedures hand their tasks to, body by body; a post named twice is held by two.
NEEDED: dict[OrganisationKind, tuple[Post, ...]] = {
    OrganisationKind.PROPERTY_AUTHORITY: _OFFICE,
    OrganisationKind.SUBDISTRICT_OFFICE: _OFFICE,
    OrganisationKind.RESIDENTS_COMMITTEE: (Post.COMMUNITY_WORKER, Post.COMMUNITY_HEAD),
    OrganisationKind.THIRD_PARTY_FIRM: (Post.FIRM_ACCOUNTANT, Post.FIRM_ACCOUNTANT),
    **dict.fromkeys(MANAGERS, _MANAGER),
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who holds a post in a body of the package, as its leader at the estate where told."""

    name: str
    post: Post
    body: str
    at_estate: bool = False


def stand_ins(package: Package) -> Iterator[StandIn]:
    """Who is missing."""
    held = Counter((seat.body, seat.post) for seat in package.seats)
    manager = package.engagements[-1].body
    named: Counter[str] = Counter()
    for body in package.bodies:
        for post in _missing(body, held):
            word = word_of(post)
            named[word] += 1
            is_leader_here = post == Post.PROVIDER_LEADER and body.key == manager
            yield StandIn(f"{STAND_IN}{word}{named[word]:04d}", post, body.key, is_leader_here)


def _missing(body: BodyPart, held: "Counter[tuple[str, Post]]") -> Iterator[Post]:
    """The needed posts of a body that stands, less those that are held."""
    if body.to_on is not None:
        return
    for post, wanted in Counter(NEEDED.get(body.kind, ())).items():
        yield from [post] * (wanted - held[body.key, post])
