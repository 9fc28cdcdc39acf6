"""Copying an estate into a cell, and throwing the copy away. Both are recorded with the estate; neither changes it."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gongzhi.acts.door import Actor, action
from gongzhi.acts.roots import Root
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.models import Estate
from gongzhi.registry.packages import write_package
from gongzhi.registry.queries import estate_of
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible

from .facts import BeginRehearsal, DiscardRehearsal
from .folder import Cell, lay_down
from .housing import demand_room, folder_with, real_seconds

NOBODY = "命令行"


def _root_of_estate(facts: BeginRehearsal) -> Root:
    return Root("estate", facts.estate_id)


def _root_of_cell(facts: DiscardRehearsal) -> Root:
    cell = folder_with(facts.rehearsal_id).cell
    assert cell is not None
    return Root("estate", UUID(cell.estate_id))


@action(
    "rehearsal.begin",
    title="建立演练",
    facts=BeginRehearsal,
    root=_root_of_estate,
    may="rehearser_of_estate",
)
def begin(*, by: Actor, at: datetime, facts: BeginRehearsal) -> dict[str, Any]:
    """Write the estate's package into a folder of its own; the keeper builds the cell. `rehearsal_id`.

    Names, identity and telephone numbers stay behind: 《个人信息保护法》第6条.
    """
    if settings.CELL is not None:
        raise NotPossible("这里已经是演练，不能在演练里再建演练，请回到正式系统。")
    demand_room()
    estate = estate_of(facts.estate_id)
    cell = _cell(estate, by, at, facts)
    package = write_package(estate, at=at).text()
    # nothing lies on the disk of a copy that was not recorded
    transaction.on_commit(lambda: lay_down(settings.DATA, cell, package))
    return {"rehearsal_id": cell.id}


def _cell(estate: Estate, by: Actor, at: datetime, facts: BeginRehearsal) -> Cell:
    held = None if by.is_system else appointment_of(by, at)
    organisation = held.organisation if held is not None else None
    real = real_seconds()
    return Cell(
        id=str(new_id()),
        estate_id=str(estate.pk),
        estate=estate.name,
        organisation_id=str(organisation.pk) if organisation is not None else "",
        organisation=organisation.name if organisation is not None else NOBODY,
        by=held.person.name if held is not None else NOBODY,
        at=at.astimezone(ZONE).isoformat(),
        began=real,
        offset=at.timestamp() - real,
        with_drafts=facts.with_drafts,
        secret=secrets.token_urlsafe(32),
    )


@action(
    "rehearsal.discard",
    title="丢弃演练",
    facts=DiscardRehearsal,
    root=_root_of_cell,
    may="rehearser",
)
def discard(*, by: Actor, at: datetime, facts: DiscardRehearsal) -> dict[str, Any]:
    """Have the copy stopped and deleted, with all that was played in it."""
    folder = folder_with(facts.rehearsal_id)
    if folder.state.step in ("clearing", "gone"):
        raise NotPossible("这个演练已经丢弃，无须再办。")
    who = NOBODY if by.is_system else appointment_of(by, at).person.name
    transaction.on_commit(lambda: folder.write_wish("away", who))
    return {"rehearsal_id": folder.id}
