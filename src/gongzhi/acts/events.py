"""Events between rooms: raised inside the transaction, handled only where `config/wiring.py` binds them."""

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any

Handler = Callable[[Any, datetime], None]

_HANDLERS: dict[type, list[Handler]] = defaultdict(list)
_RAISED: ContextVar[list[object] | None] = ContextVar("raised", default=None)


def bind_handler(event: type, handler: Handler) -> None:
    """Let `handler(event, at)` run in the transaction of every act that raises the event."""
    if handler not in _HANDLERS[event]:
        _HANDLERS[event].append(handler)


def raise_event(event: object) -> None:
    """Raise an event from within the door; outside it this is a programming error."""
    raised = _RAISED.get()
    if raised is None:
        raise RuntimeError("events are raised inside the door only")
    raised.append(event)


def handle_all(raised: list[object], at: datetime) -> None:
    """Run the handlers of everything raised, and of what they raise in turn."""
    while raised:
        event = raised.pop(0)
        for handler in _HANDLERS[type(event)]:
            handler(event, at)


def collecting() -> Any:
    """Start collecting; returns the token and the list."""
    raised: list[object] = []
    return _RAISED.set(raised), raised


def stop_collecting(token: Any) -> None:
    """Stop collecting."""
    _RAISED.reset(token)
