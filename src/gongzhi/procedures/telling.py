"""What others in a case have to know, though it asks nothing of them: time that stands still, a receipt."""

from collections.abc import Iterable
from uuid import UUID

from gongzhi.acts.door import present_act
from gongzhi.acts.events import raise_event
from gongzhi.values.exchange import CaseTold

from .models import Party, Task
from .view import CaseView


def tell(case: CaseView, title: str, body: str, organisations: Iterable[UUID | None]) -> None:
    """Tell some bodies of what the act now inside the door did."""
    told = tuple(dict.fromkeys(one for one in organisations if one is not None))
    if told:
        raise_event(CaseTold(case.id, f"told:{present_act().act_id}", title, body, told))


def tell_everybody(case: CaseView, title: str, body: str) -> None:
    """Tell the parties of a case and of what is above and below it, who opened it, and who has something open there."""
    root = case.row.root_id
    parties = Party.objects.filter(case__root_id=root, void_at=None)
    tasks = Task.objects.filter(case__root_id=root, open=True)
    held = [
        *parties.values_list("organisation_id", "person_id"),
        *tasks.values_list("organisation_id", "person_id"),
    ]
    people = tuple(dict.fromkeys(person for _, person in held if person is not None))
    bodies = dict.fromkeys([case.row.opened_by_id, *(organisation for organisation, _ in held)])
    told = tuple(one for one in bodies if one is not None)
    raise_event(CaseTold(case.id, f"told:{present_act().act_id}", title, body, told, people))
