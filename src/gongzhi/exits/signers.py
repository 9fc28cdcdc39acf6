"""Who may sign for a body: its registered head as such, anybody else by what the body has put on record."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures.terms import ActSpec, Scan
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Appointment, Organisation, Post
from gongzhi.registry.queries import in_force

from .handover_facts import SignerAuthorised
from .models import SignerAuthority

#: Whose name alone binds a body.
HEADS = (Post.PROVIDER_LEGAL_REPRESENTATIVE, Post.COMMITTEE_HEAD, Post.COMMUNITY_HEAD, Post.LEADER)

#: A power is the head's to give: who registers one for somebody else's hand brings the paper. 《民法典》第165条.
AUTHORISE = ActSpec(
    "authorise_signer",
    "登记签字权限",
    SignerAuthorised,
    scan=Scan(
        PaperKind.POWER_OF_ATTORNEY.value,
        "授权委托书扫描件",
        "登记代理人的才附：法定代表人（负责人）本人登记的不用附，其他人登记的附已签字盖章的原件扫描件，图片或 PDF",
    ),
)


def heads_of(organisation: UUID | None, on: date) -> dict[str, str]:
    """Name → post of those who head a body on a day, as they are registered."""
    held = Appointment.objects.filter(in_force(on), organisation=organisation, post__in=HEADS)
    rows = held.order_by("from_on", "id").values_list("person__name", "post") if organisation else []
    return {name: str(Post(post).label) for name, post in rows}


def leads(held: Appointment, on: date) -> bool:
    """Whether who acts in an appointment heads its body on a day, in whichever of their posts they act."""
    posts = Appointment.objects.filter(in_force(on), organisation=held.organisation_id, person=held.person_id)
    return held.organisation_id is not None and posts.filter(post__in=HEADS).exists()


def authority_of(case: CaseView, organisation: Organisation | None, signer: str) -> SignerAuthority | None:
    """What was put on record last for a signer, anywhere in the tree: a power given for the agreement stays one."""
    rows = SignerAuthority.objects.filter(
        case__root=case.row.root_id, organisation=organisation, signer=signer
    )
    return rows.order_by("from_on", "id").last()


def may_sign(case: CaseView, organisation: Organisation | None, signer: str, on: date) -> bool:
    """Whether somebody signs for a body on a day: its head, or by an authority on record that runs."""
    if organisation is None:
        return False
    if signer in heads_of(organisation.pk, on):
        return True
    running = Q(to_on=None) | Q(to_on__gte=on)
    held = SignerAuthority.objects.filter(
        running, case__root=case.row.root_id, organisation=organisation, signer=signer, from_on__lte=on
    )
    return held.exists()
