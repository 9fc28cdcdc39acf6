"""What a reference of a form may refer to, where only its own room knows: rooms offer it at the start."""

from collections.abc import Callable, Iterable

from gongzhi.procedures.models import Case

#: The case a form belongs to → id and name of each thing.
Look = Callable[[Case], Iterable[tuple[str, str]]]
_LOOKS: dict[str, Look] = {}


def offer(name: str, look: Look) -> None:
    """Say what a field of that name may refer to. Call it in `AppConfig.ready`."""
    _LOOKS[name] = look


def look_of(name: str) -> Look | None:
    """Who answers for a field of that name."""
    return _LOOKS.get(name)
