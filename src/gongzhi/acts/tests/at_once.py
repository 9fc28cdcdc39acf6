"""Several at once, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

#: A race that hangs for so long is a deadlock.
PATIENCE = 30


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Begin all at the same moment; returns what each answered or raised, in their order."""
    start, told = threading.Barrier(len(works)), dict[int, Any]()

    def run(place: int, work: Callable[[], Any]) -> None:
        start.wait(PATIENCE)
        try:
            told[place] = work()
        except Exception as failed:  # noqa: BLE001  what it raised is what it answered
            told[place] = failed
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return [told[place] for place in range(len(works))]
