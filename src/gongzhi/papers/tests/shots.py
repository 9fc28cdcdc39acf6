"""Photographs as telephones make them, drawn here: their sides and corners are told apart by colour."""

import io
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

RED, GREEN, BLUE, GREY = (200, 30, 30), (30, 160, 30), (30, 30, 200), (128, 128, 128)
#: Where it was taken and with what: nothing of it may come out again.
PLACE, DEVICE = "SecretPlaceDatum", "SecretPhone-9"


def picture(width: int = 800, height: int = 600) -> Image.Image:
    """Red, green, blue and grey quarters: upper left, upper right, lower left, lower right."""
    made = Image.new("RGB", (width, height), GREY)
    half = (width // 2, height // 2)
    made.paste(RED, (0, 0, *half))
    made.paste(GREEN, (half[0], 0, width, half[1]))
    made.paste(BLUE, (0, half[1], half[0], height))
    return made


def exif(taken: str = "", offset: str = "", orientation: int = 1) -> Image.Exif:
    """What a camera writes beside a picture."""
    said = Image.Exif()
    said[Base.Model], said[Base.Orientation] = DEVICE, orientation
    said.get_ifd(IFD.GPSInfo)[GPS.GPSMapDatum] = PLACE
    own = said.get_ifd(IFD.Exif)
    if taken:
        own[Base.DateTimeOriginal] = taken
    if offset:
        own[Base.OffsetTimeOriginal] = offset
    return said


def jpeg(made: Image.Image | None = None, **said: Any) -> bytes:
    """As JPEG; with what its camera writes, where anything is said."""
    out = io.BytesIO()
    progressive = said.pop("progressive", False)
    (made or picture()).save(out, "JPEG", quality=90, exif=exif(**said), progressive=progressive)
    return out.getvalue()


def png(made: Image.Image | None = None) -> bytes:
    """As PNG."""
    out = io.BytesIO()
    (made or picture()).save(out, "PNG")
    return out.getvalue()


def read(content: bytes) -> Image.Image:
    """The pixels of a picture."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def is_near(found: Any, wanted: tuple[int, int, int]) -> bool:
    """Whether a pixel is that colour, as far as JPEG keeps colours."""
    return all(abs(a - b) < 24 for a, b in zip(found, wanted, strict=True))
