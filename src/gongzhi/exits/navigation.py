"""The room's entries in the navigation, under 退出管理."""

from gongzhi.registry.models import MANAGERS, OF_ONE_ESTATE, TERRITORIAL, OrganisationKind, Post
from gongzhi.ui.navigation import Entry, offer

SECTION = "退出管理"
_OFFICES = frozenset(map(str, (Post.OFFICER, Post.LEADER, Post.REVIEWER, Post.CLERK, Post.AUDITOR)))
_LOCAL = _OFFICES | {str(Post.COMMUNITY_WORKER), str(Post.COMMUNITY_HEAD)}
_PARTIES = _LOCAL | {
    str(Post.COMMITTEE_HEAD),
    str(Post.COMMITTEE_MEMBER),
    str(Post.PROVIDER_LEADER),
    str(Post.PROVIDER_LEGAL_REPRESENTATIVE),
}
_AUTHORITIES = frozenset(map(str, (OrganisationKind.PROPERTY_AUTHORITY, OrganisationKind.SUBDISTRICT_OFFICE)))
_REPORTERS = frozenset({str(OrganisationKind.PROPERTY_AUTHORITY)})
_TERRITORIAL = frozenset(map(str, TERRITORIAL))
_TAKING_PART = frozenset(map(str, (*TERRITORIAL, *OF_ONE_ESTATE, *MANAGERS)))


def offer_entries() -> None:
    """Each to whom its page is open."""
    offer(
        Entry("退出台账", "exits-ledger", "list-check", SECTION, _OFFICES, kinds=_AUTHORITIES, order=110),
        Entry(
            "台账上报",
            "exits-reports",
            "upload",
            SECTION,
            _OFFICES,
            kinds=_REPORTERS,
            below=("/exits/reports/",),
            order=120,
        ),
        Entry(
            "将到期",
            "exits-watches",
            "hourglass-low",
            SECTION,
            _PARTIES,
            kinds=_TAKING_PART,
            order=130,
        ),
        Entry(
            "追偿事项",
            "exits-claims",
            "coins",
            SECTION,
            _PARTIES,
            kinds=_TAKING_PART,
            below=("/exits/holdouts/",),
            order=140,
        ),
        Entry(
            "处罚评价名单",
            "exits-conduct",
            "gavel",
            SECTION,
            _PARTIES,
            kinds=_TAKING_PART,
            below=("/exits/conduct/", "/exits/hints/"),
            order=150,
        ),
        Entry("管理人变更", "exits-managers", "history", SECTION, _LOCAL, kinds=_TERRITORIAL, order=160),
    )
