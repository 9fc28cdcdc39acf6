"""Photographs of the demonstration: a sheet on a board on a wall, drawn, evidently invented."""

from datetime import datetime
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw
from PIL.ExifTags import Base

from gongzhi.papers.fonts import picture_font
from gongzhi.values.now import ZONE

#: The kinds of paper that are photographs.
SHOTS = frozenset({"photo_start", "photo_during", "photo_end", "photo"})
_WALL, _BRICK, _BOARD, _SHEET, _INK = (
    (196, 178, 158),
    (182, 160, 138),
    (92, 110, 104),
    (250, 248, 240),
    (60, 60, 60),
)
#: Small, as a telephone sends where it has little network.
_SIZE = (800, 600)


def shot(title: str, place: str, at: datetime) -> bytes:
    """A JPEG with the time it was taken, as a telephone makes it."""
    made = _board().copy()
    _words(ImageDraw.Draw(made), title, place)
    said = Image.Exif()
    own = said.get_ifd(0x8769)
    own[Base.DateTimeOriginal] = at.astimezone(ZONE).strftime("%Y:%m:%d %H:%M:%S")
    own[Base.OffsetTimeOriginal] = "+08:00"
    out = BytesIO()
    made.save(out, "JPEG", quality=80, exif=said)
    return out.getvalue()


@cache
def _board() -> Image.Image:
    """The wall, the board and the sheet on it; grey lines for the text."""
    made = Image.new("RGB", _SIZE, _WALL)
    pen = ImageDraw.Draw(made)
    for row in range(0, _SIZE[1], 40):
        for left in range(-40 * (row // 40 % 2), _SIZE[0], 80):
            pen.rectangle((left, row, left + 77, row + 37), fill=_BRICK)
    pen.rectangle((140, 80, 660, 533), fill=_BOARD)
    pen.rectangle((240, 113, 560, 507), fill=_SHEET)
    for line in range(207, 480, 23):
        pen.line((260, line, 540 if line < 460 else 400, line), fill=_INK, width=2)
    return made


def _words(pen: ImageDraw.ImageDraw, title: str, place: str) -> None:
    """The heading; the place on the board."""
    for number, part in enumerate((title[:12], title[12:24])):
        pen.text((256, 133 + 32 * number), part, font=picture_font(24).face, fill=_INK)
    pen.text((153, 88), f"公告栏（示例）{place}", font=picture_font(18).face, fill=_SHEET)
