"""Binding a party for the rest of a tree."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.procedures import parties
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Organisation
from gongzhi.values.refusals import NotPossible


def bind_party(case: CaseView, role: str, organisation_id: UUID, round_id: Any, at: datetime) -> None:
    """Bind a party for the rest of the tree; a new round binds anew. 《白山市…管理办法》第13条; 《民法典》第949条."""
    organisation = Organisation.objects.filter(pk=organisation_id, to_on=None).first()
    if organisation is None:
        raise NotPossible("没有找到所填的单位，或者它已终止，请先登记单位。")
    parties.bind_party(case, role, organisation, at=at, round_id=round_id)
