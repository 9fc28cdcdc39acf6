"""The only place that reads the wall clock. A rehearsal or a demonstration moves it by an offset on file."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def _offset() -> timedelta:
    """How far a rehearsal's clock is moved; nothing in live use."""
    named = os.environ.get("GONGZHI_CLOCK_FILE", "")
    if not named:
        return timedelta()
    try:
        return timedelta(seconds=float(json.loads(Path(named).read_text())["offset_seconds"]))
    except FileNotFoundError:
        return timedelta()


def now() -> datetime:
    """The present instant in Asia/Shanghai, to the second's fraction."""
    return datetime.now(ZONE) + _offset()


def unmoved() -> datetime:
    """The instant outside of any rehearsal: sessions, lock-outs and the codes of a telephone go by it."""
    return datetime.now(ZONE)


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
