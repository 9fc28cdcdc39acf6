"""What a change is locked by and recorded under: the root case of a tree, or else an organisation, an estate …"""

import uuid
from dataclasses import dataclass
from typing import Literal

RootKind = Literal["case", "organisation", "estate", "jurisdiction", "person", "account", "system"]
_NAMES = uuid.UUID("6f6e677a-6869-7000-8000-676f6e677a68")


@dataclass(frozen=True, slots=True)
class Root:
    """One chain of history and the lock of everything recorded in it."""

    kind: RootKind
    id: uuid.UUID

    @classmethod
    def of_code(cls, code: str) -> "Root":
        """The root of a jurisdiction, from its code."""
        return cls("jurisdiction", uuid.uuid5(_NAMES, code))


SYSTEM_ROOT = Root("system", uuid.uuid5(_NAMES, "system"))
