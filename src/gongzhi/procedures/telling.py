"""What others in a case have to know, though it asks nothing of them: a halt, a receipt, a going back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongzhi.acts.door import present_act
from gongzhi.acts.events import raise_event
from gongzhi.values.exchange import CaseTold

from .models import CaseAct, Party, Round, Task

if TYPE_CHECKING:
    from .declare import Step
    from .view import CaseView

#: Organisation and person of somebody who is told; one of them is None.
Held = tuple[UUID | None, UUID | None]


def tell(
    case: CaseView, title: str, body: str, organisations: Iterable[UUID | None], *, key: str = "told"
) -> None:
    """Tell some bodies of what the act now inside the door did; `key` tells it from what else the same act tells."""
    told = tuple(dict.fromkeys(one for one in organisations if one is not None))
    if told:
        raise_event(CaseTold(case.id, f"{key}:{present_act().act_id}", title, body, told))


def tell_everybody(
    case: CaseView, title: str, body: str, *, also: Iterable[Held] = (), key: str = "told"
) -> None:
    """Tell the parties of a case and of what is above and below it, who opened it, and who has something open there.

    `also`: others who are concerned. `key` tells it from what else the same act tells.
    """
    root = case.row.root_id
    parties = Party.objects.filter(case__root_id=root, void_at=None)
    tasks = Task.objects.filter(case__root_id=root, open=True)
    held: list[Held] = [
        *parties.values_list("organisation_id", "person_id"),
        *tasks.values_list("organisation_id", "person_id"),
        *also,
    ]
    people = tuple(
        dict.fromkeys(person for body_id, person in held if person is not None and body_id is None)
    )
    bodies = dict.fromkeys([case.row.opened_by_id, *(organisation for organisation, _ in held)])
    told = tuple(one for one in bodies if one is not None)
    raise_event(CaseTold(case.id, f"{key}:{present_act().act_id}", title, body, told, people))


def tell_of_going_back(
    case: CaseView, target: Step[Any], why: str, lines: Sequence[str], concerned: Iterable[Held]
) -> None:
    """Tell everybody who had to do with what is void by now: what it is, why, by whom, and what comes next.

    `lines`: what is void, in words; `concerned`: from `held_in`, read before it was void.
    """
    by = present_body()
    said = "\n".join(
        (
            f"原因：{why}{f'（由{by}办理）' if by else ''}",
            *lines,
            f"接下来：先重新办理“{target.title}”，其后的步骤再依次办理；已收到的作废文书和表格不再作数，请注明作废后另存。",
        )
    )
    title = f"{case.row.number}退回到“{target.title}”，有步骤作废"
    tell_everybody(case, title, said, also=concerned, key=f"back:{target.code}")


def present_body() -> str:
    """The body whose act is inside the door; "" of a person and of the clock."""
    rows = CaseAct.objects.filter(pk=present_act().act_id, organisation__isnull=False)
    return rows.values_list("organisation__name", flat=True).first() or ""


def held_in(case: CaseView, rounds: Iterable[Round]) -> list[Held]:
    """Who said something in these rounds or had a task there, in the cases below them too."""
    known = list(rounds)
    ids = [found.id for found in known]
    tasks = Task.objects.filter(round__in=ids).values_list("organisation_id", "person_id")
    acts = CaseAct.objects.filter(round__in=ids)
    said = acts.values_list("organisation_id", "person_id")
    # who acts for a body is told as the body
    held: list[Held] = [*tasks, *((body, None if body is not None else person) for body, person in said)]
    for found in known:
        child = case.child_of(found.id)
        if child is not None:
            held += held_in(child, [one for _, one in child.live_rounds()])
    return list(dict.fromkeys(held))
