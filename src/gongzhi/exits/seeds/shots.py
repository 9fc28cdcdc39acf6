"""Photographs of the demonstration: a sheet on a board on a wall, drawn, evidently invented."""

from datetime import datetime
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
_SIZE = (1200, 900)


def shot(title: str, place: str, at: datetime) -> bytes:
    """A JPEG with the time it was taken, as a telephone makes it."""
    made = Image.new("RGB", _SIZE, _WALL)
    pen = ImageDraw.Draw(made)
    for row in range(0, _SIZE[1], 60):
        for left in range(-60 * (row // 60 % 2), _SIZE[0], 120):
            pen.rectangle((left, row, left + 116, row + 56), fill=_BRICK)
    pen.rectangle((210, 120, 990, 800), fill=_BOARD)
    pen.rectangle((360, 170, 840, 760), fill=_SHEET)
    _words(pen, title, place)
    said = Image.Exif()
    own = said.get_ifd(0x8769)
    own[Base.DateTimeOriginal] = at.astimezone(ZONE).strftime("%Y:%m:%d %H:%M:%S")
    own[Base.OffsetTimeOriginal] = "+08:00"
    out = BytesIO()
    made.save(out, "JPEG", quality=80, exif=said)
    return out.getvalue()


def _words(pen: ImageDraw.ImageDraw, title: str, place: str) -> None:
    """The heading and grey lines for the text; the place on the board."""
    for number, part in enumerate((title[:12], title[12:24])):
        pen.text((384, 200 + 48 * number), part, font=picture_font(36).face, fill=_INK)
    for line in range(310, 720, 34):
        pen.line((390, line, 810 if line < 690 else 600, line), fill=_INK, width=3)
    pen.text((230, 132), f"公告栏（示例）{place}", font=picture_font(26).face, fill=_SHEET)
