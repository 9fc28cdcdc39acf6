"""Who acts: ids only, so that the door needs no registry."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in one appointment. All None is the system's own clock."""

    account_id: UUID | None = None
    appointment_id: UUID | None = None
    person_id: UUID | None = None

    @property
    def is_system(self) -> bool:
        """Whether nobody but the clock acts."""
        return self.account_id is None


SYSTEM = Actor()
