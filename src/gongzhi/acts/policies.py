"""Who may: policies are named where an action is declared and bound in the registry, which knows people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .actor import Actor


class May(Protocol):
    """Raises `NotAllowed` with a sentence that names who may; else returns."""

    def __call__(self, *, by: Actor, facts: Any, at: datetime) -> None:
        """Check one act."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A bound policy: who may, in Chinese, and the check."""

    says: str
    check: May


POLICIES: dict[str, Policy] = {}


def binds(name: str, *, says: str) -> Callable[[May], May]:
    """Bind a named policy to its check. A name is bound once."""

    def bind(check: May) -> May:
        if name in POLICIES:
            raise ValueError(f"policy {name} is bound twice")
        POLICIES[name] = Policy(says, check)
        return check

    return bind


def policy(name: str) -> Policy:
    """The bound policy; KeyError names one that was never bound (looked for at start-up)."""
    return POLICIES[name]
