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


class MayEver(Protocol):
    """Whether whoever acts may do such a thing at all, somewhere: asked before anything is said."""

    def __call__(self, *, by: Actor, at: datetime) -> bool:
        """Look at the post alone."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A bound policy: who may, in Chinese, and the check. `ever` rules posts out; the check alone lets an act pass."""

    says: str
    check: May
    ever: MayEver | None = None

    def may_ever(self, by: Actor, at: datetime) -> bool:
        """Whether an act of this kind is worth offering: no post that passes the check is ruled out."""
        return self.ever is None or self.ever(by=by, at=at)


POLICIES: dict[str, Policy] = {}


def binds(name: str, *, says: str, ever: MayEver | None = None) -> Callable[[May], May]:
    """Bind a named policy to its check. A name is bound once."""

    def bind(check: May) -> May:
        if name in POLICIES:
            raise ValueError(f"policy {name} is bound twice")
        POLICIES[name] = Policy(says, check, ever)
        return check

    return bind


def policy(name: str) -> Policy:
    """The bound policy; KeyError names one that was never bound (looked for at start-up)."""
    return POLICIES[name]
