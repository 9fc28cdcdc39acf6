"""Authorities, communities, companies and their people, county by county."""

from typing import NamedTuple

from gongzhi.acts.actor import Actor
from gongzhi.law.models import Jurisdiction
from gongzhi.registry.models import OF_ONE_ESTATE, Organisation, OrganisationKind, Post

from .names import MARK
from .plan import COUNTIES, County
from .world import World

KIND = OrganisationKind


class Staff(NamedTuple):
    """One post of a body, and how the account is called after it."""

    post: Post
    role: str
    title: str


_OFFICE = (
    Staff(Post.OFFICER, "officer", "经办人"),
    Staff(Post.REVIEWER, "reviewer", "审核人员"),
    Staff(Post.LEADER, "leader", "分管领导"),
    Staff(Post.CLERK, "clerk", "文书"),
)
STAFF = {
    KIND.PROPERTY_AUTHORITY: _OFFICE,
    KIND.SUBDISTRICT_OFFICE: _OFFICE,
    KIND.RESIDENTS_COMMITTEE: (
        Staff(Post.COMMUNITY_WORKER, "worker", "社区工作者"),
        Staff(Post.COMMUNITY_HEAD, "head", "社区负责人"),
    ),
    KIND.PROVIDER: (Staff(Post.PROVIDER_LEGAL_REPRESENTATIVE, "legal", "法定代表人"),),
    KIND.THIRD_PARTY_FIRM: (
        Staff(Post.FIRM_ACCOUNTANT, "accountant1", "签字会计师"),
        Staff(Post.FIRM_ACCOUNTANT, "accountant2", "签字会计师"),
    ),
}
#: Bodies that every county has, and those of one county that has all the others too.
CORE = (*STAFF, KIND.DEVELOPER)
EVERYWHERE = (KIND.ENFORCEMENT_BUREAU, KIND.COURT, KIND.BANK, KIND.MEDIATION_COMMITTEE)


def build_bodies(world: World) -> None:
    """Every body of every county, the cities' bureaus first; and the two who keep and read the system."""
    _build_system(world)
    for city in dict.fromkeys(county.city for county in COUNTIES):
        _build_bureau(world, Jurisdiction.objects.get(pk=city), f"city{city}")
    for county in COUNTIES:
        _build_county(world, county)


def _build_system(world: World) -> None:
    for post in (Post.ADMINISTRATOR, Post.AUDITOR):
        person = world.person()
        world.open_account(person, world.appoint(person, post), post.value, str(post.label))


def _build_bureau(world: World, place: Jurisdiction, called: str) -> None:
    name = f"{MARK}{place.name}住房和城乡建设局"
    _build_authority(world, KIND.PROPERTY_AUTHORITY, name, place, called)


def _build_authority(
    world: World, kind: OrganisationKind, name: str, place: Jurisdiction, called: str
) -> None:
    sign = f"{MARK}{place.name[:2]}" + ("建" if kind == KIND.PROPERTY_AUTHORITY else "办")
    made = world.register(kind, name, place.code, document_code=sign, phone_supervision="12345")
    _staff(world, made, called)


def _build_county(world: World, county: County) -> None:
    place = Jurisdiction.objects.get(pk=county.code)
    if county.has_bureau:
        _build_bureau(world, place, f"{county.key}-county")
    for number, code in enumerate(county.subdistricts, start=1):
        street = Jurisdiction.objects.get(pk=code)
        name = f"{street.name}办事处" if street.name.endswith("街道") else f"{street.name}人民政府"
        _build_authority(
            world, KIND.SUBDISTRICT_OFFICE, f"{MARK}{name}", street, f"{county.key}-street{number}"
        )
    for number, code in enumerate(county.communities, start=1):
        made = world.register(KIND.RESIDENTS_COMMITTEE, _community_name(code), code)
        _staff(world, made, f"{county.key}-community{number}")
    _build_companies(world, county)
    _build_others(world, county, place.name)


def _community_name(code: str) -> str:
    name = Jurisdiction.objects.get(pk=code).name
    return f"{MARK}{name.removesuffix('居民委员会').removesuffix('居委会')}居民委员会"


def _build_companies(world: World, county: County) -> None:
    for turn, word in enumerate(county.providers):
        made = world.register(KIND.PROVIDER, f"{MARK}{word}物业服务有限公司", county.code, turn=turn)
        _staff(world, made, f"{county.key}-provider{turn + 1}")
    firm = world.register(KIND.THIRD_PARTY_FIRM, f"{MARK}{county.mark}会计师事务所", county.code)
    _staff(world, firm, f"{county.key}-firm")
    _represent(world, world.register(KIND.DEVELOPER, f"{MARK}{county.mark}置业有限公司", county.code))


def _build_others(world: World, county: County, name: str) -> None:
    """Courts, bureaus, banks …: all kinds in the first county, some in the others."""
    all_kinds = [kind for kind in KIND if kind not in CORE and kind not in OF_ONE_ESTATE]
    for kind in all_kinds if county is COUNTIES[0] else EVERYWHERE:
        _represent(world, world.register(kind, f"{MARK}{name}{kind.label}", county.code))


def _staff(world: World, organisation: Organisation, called: str) -> None:
    """The people of a body that takes part in cases."""
    for post, role, title in STAFF[OrganisationKind(organisation.kind)]:
        world.staff(organisation, post, f"{called}-{role}", title)


def _represent(world: World, organisation: Organisation) -> None:
    """Somebody speaks for a body that only looks on."""
    world.appoint(world.person(), Post.REPRESENTATIVE, organisation_id=organisation.pk)


def officer_of(world: World, code: str) -> Actor:
    """The officer of the bureau whose territory a city or county is."""
    called = next((f"{county.key}-county" for county in COUNTIES if county.code == code), f"city{code}")
    return world.known[f"{called}-officer"].actor


def leader_of(world: World, code: str) -> Actor:
    """Who leads the same bureau."""
    called = next((f"{county.key}-county" for county in COUNTIES if county.code == code), f"city{code}")
    return world.known[f"{called}-leader"].actor
