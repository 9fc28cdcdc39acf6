"""The demonstration cities: what `gongzhi demo` builds, and who may sign in to them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """One account to try: what to type, and whom it stands for."""

    name: str
    password: str
    stands_for: str


def build(*, at: datetime, estates: int | None = None) -> None:
    """Build the cities as of `at`, by actions only; `estates` more than the default makes them larger."""


def accounts() -> tuple[DemonstrationAccount, ...]:
    """Whom one can sign in as."""
    return ()
