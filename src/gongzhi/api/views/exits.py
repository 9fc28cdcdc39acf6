"""What the recorded conduct of an estate's provider could be a ground of."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from gongzhi.exits.conduct_queries import exit_proposals
from gongzhi.registry.models import Post
from gongzhi.registry.territory import visible_estates
from gongzhi.values.refusals import NotFound

from ..auth import caller_of
from ..schemas.basics import PROBLEMS
from ..schemas.exits import ExitProposals

NO_ESTATE = "没有这个小区，或者不在您的范围内，请核对编号。"
router = Router(tags=["退出"])


@router.get(
    "/estates/{estate_id}/exit-proposals",
    response={200: ExitProposals, **PROBLEMS},
    summary="由登记事实得出的强制解聘提示",
)
def get_exit_proposals(request: HttpRequest, estate_id: UUID) -> Any:
    """Penalties, grades and lists, counted in every reading the place has left open. A hint: it decides nothing.

    For offices, committees and the provider; an owner reads what is published.
    """
    caller = caller_of(request)
    held = caller.official
    found = visible_estates(held, caller.at).filter(pk=estate_id).first()
    if found is None or (held.organisation is None and held.post != Post.AUDITOR):
        raise NotFound(NO_ESTATE)
    return exit_proposals(found, caller.at)
