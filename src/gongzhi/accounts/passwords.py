"""What is kept of a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.hashers import make_password

_SHARED: ContextVar[dict[str, str] | None] = ContextVar("shared passwords", default=None)


def hashed(password: str) -> str:
    """The slow hash of a password, each under a salt of its own."""
    shared = _SHARED.get()
    if shared is None:
        return make_password(password)
    if password not in shared:
        shared[password] = make_password(password)
    return shared[password]


@contextmanager
def known_to_all() -> Iterator[None]:
    """Within it a password that several accounts share is hashed once: that of a demonstration is no secret."""
    mark = _SHARED.set({})
    try:
        yield
    finally:
        _SHARED.reset(mark)
