"""Acts of nobody in particular, for tests of the door."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, Request, enter
from gongzhi.acts.roots import Root
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)


def somebody() -> Actor:
    """An account in an appointment."""
    return Actor(new_id(), new_id(), new_id())


def a_case() -> Root:
    """The root of a case that nothing has happened in."""
    return Root("case", new_id())


def let_in() -> None:
    """Everybody may."""


def nothing() -> dict[str, Any]:
    """It can, it is lawful, and nothing is written."""
    return {}


def act(
    root: Root,
    by: Actor | None = None,
    *,
    may: Callable[[], None] = let_in,
    body: Callable[[], dict[str, Any]] = nothing,
    said: dict[str, Any] | None = None,
    at: datetime = AT,
    **more: Any,
) -> Answer:
    """Go through the door once."""
    request = Request("example.act", root, by or somebody(), at, said or {}, **more)
    return enter(request, may=may, body=body)
