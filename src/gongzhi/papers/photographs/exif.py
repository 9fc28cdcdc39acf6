"""What a picture says of itself: when it was taken. Where, and with which telephone, is nobody's business."""

import re
import struct
from datetime import datetime, tzinfo
from typing import Any

from PIL import Image
from PIL.ExifTags import IFD, Base

from gongzhi.values.now import ZONE

_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"[+-]\d\d:\d\d")
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    struct.error,
)


def shot_at(picture: Image.Image) -> datetime | None:
    """DateTimeOriginal with its offset; without one it is the time of Asia/Shanghai. None where it says nothing."""
    try:
        said = picture.getexif().get_ifd(IFD.Exif)
        return _instant(said.get(Base.DateTimeOriginal), said.get(Base.OffsetTimeOriginal))
    except _UNREADABLE:
        return None


def _instant(time: Any, offset: Any) -> datetime | None:
    found = _TIME.match(time.strip()) if isinstance(time, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(offset))


def _zone(offset: Any) -> tzinfo:
    found = _OFFSET.match(offset.strip()) if isinstance(offset, str) else None
    told = datetime.strptime(found[0], "%z").tzinfo if found is not None else None
    return told or ZONE
