"""The only place that reads the wall clock. A rehearsal or a demonstration moves it by an offset on file."""

import json
import os
import time
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def _offset() -> timedelta:
    """How far a rehearsal's clock is moved; nothing in live use."""
    named = os.environ.get("GONGZHI_CLOCK_FILE", "")
    if not named:
        return timedelta()
    try:
        stands = os.stat(named)
        return _read_offset(named, stands.st_ino, stands.st_mtime_ns, stands.st_size)
    except FileNotFoundError:
        return timedelta()


@lru_cache(maxsize=4)
def _read_offset(named: str, *version: int) -> timedelta:
    """What stands on file, read once for each version of it: every new row asks what time it is."""
    return timedelta(seconds=float(json.loads(Path(named).read_text())["offset_seconds"]))


def now() -> datetime:
    """The present instant in Asia/Shanghai, to the second's fraction."""
    return datetime.now(ZONE) + _offset()


def unmoved() -> datetime:
    """The instant outside of any rehearsal: sessions, lock-outs and the codes of a telephone go by it."""
    return datetime.now(ZONE)


def microseconds() -> int:
    """The unmoved instant in microseconds since 1970; identifiers are made of it."""
    return time.time_ns() // 1000


def is_moved() -> bool:
    """Whether this process runs on a clock that was moved (shown on every page as 演练中，时间已调整)."""
    return abs(_offset()) > timedelta(seconds=1)


def move_to(instant: datetime) -> timedelta:
    """Set the rehearsal's clock to `instant`; returns the offset. Only where GONGZHI_CLOCK_FILE is set."""
    named = os.environ["GONGZHI_CLOCK_FILE"]
    offset = instant - datetime.now(ZONE)
    path = Path(named)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps({"offset_seconds": offset.total_seconds()}))
    temporary.replace(path)
    return offset
