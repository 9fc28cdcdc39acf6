"""What is asked of a password, and what is kept of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import MinimumLengthValidator

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


class LongEnough(MinimumLengthValidator):
    """At least `min_length` signs, said in Chinese: the framework's newer sentence is not translated yet."""

    def get_error_message(self) -> str:
        """What is wrong with one that is too short."""
        return f"密码太短，至少要 {self.min_length} 个字符，请换一个。"

    def get_help_text(self) -> str:
        """What is asked for."""
        return f"密码至少要 {self.min_length} 个字符。"
