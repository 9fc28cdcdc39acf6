"""The copy that is shown: the picture, and a band at its foot with when, where, what, who and which case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageDraw

from gongzhi.papers.fonts import PictureFont, picture_font
from gongzhi.values.now import ZONE

from . import grid
from .opening import LARGE, encoded, opened, upright
from .rule import AS_RECEIVED, OFF_SITE

#: Narrower pictures stand in the middle of a sheet of this width, so that the words of the band have room.
LEAST_WIDTH = 640
_BAND, _WORDS, _SHEET, _COVER = (28, 35, 33), (255, 253, 249), (244, 241, 233), (0, 0, 0)
_LINES_A_WIDTH = 38


@dataclass(frozen=True, slots=True)
class Marks:
    """What is burned into the copy."""

    shot_at: datetime | None
    sent_at: datetime
    on_site: bool
    place: str
    subject: str
    taken_by: str
    case_number: str
    #: Where in the place, as far as somebody said.
    spot: str = ""

    def lines(self) -> list[str]:
        """The band's lines: times; estate, spot and matter; who and which case. `practice.md` 5."""
        who = "拍摄人" if self.on_site else "提供人"
        return [
            when(self.shot_at, self.sent_at, on_site=self.on_site),
            "　".join(filter(None, (self.place, self.spot and f"地点：{self.spot}", self.subject))),
            f"{who}：{self.taken_by or '未登记'}　案号：{self.case_number}",
        ]


def when(shot_at: datetime | None, sent_at: datetime, *, on_site: bool) -> str:
    """Both times in words: when it was taken, as far as it says, and when it came."""
    received = f"收到：{_minute(sent_at)}"
    if shot_at is not None:
        return f"拍摄：{_minute(shot_at)}　{received}"
    return f"{received}（{AS_RECEIVED}）" if on_site else f"{received}（拍摄时间不详）"


def _minute(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def drawn(content: bytes, marks: Marks, covered: Iterable[int] = ()) -> bytes:
    """The copy as JPEG: the same bytes for the same picture, marks and cells."""
    picture = upright(opened(content), LARGE)
    _cover(picture, covered)
    width = max(picture.width, LEAST_WIDTH)
    band = _Band(width, marks)
    sheet = Image.new("RGB", (width, picture.height + band.height), _SHEET)
    sheet.paste(picture, ((width - picture.width) // 2, 0))
    band.draw(sheet, picture.height)
    return encoded(sheet)


def _cover(picture: Image.Image, covered: Iterable[int]) -> None:
    """Paint the cells over: what lay below is gone from the copy."""
    for left, top, right, bottom in grid.boxes(*picture.size, covered):
        picture.paste(_COVER, (left, top, right, bottom))


class _Band:
    """The words at the foot, broken to the width."""

    def __init__(self, width: int, marks: Marks) -> None:
        size = max(width // _LINES_A_WIDTH, 16)
        self.width, self.edge, self.step = width, size * 2 // 3, size * 3 // 2
        self.font = picture_font(size)
        self.tag = "" if marks.on_site else OFF_SITE
        self.tag_width = self.font.width(self.tag) + size if self.tag else 0
        first, *rest = marks.lines()
        self.lines = [
            *_broken(first, self.font, width - 2 * self.edge - self.tag_width),
            *(part for line in rest for part in _broken(line, self.font, width - 2 * self.edge)),
        ]

    @property
    def height(self) -> int:
        """With an edge above and below."""
        return len(self.lines) * self.step + 2 * self.edge

    def draw(self, sheet: Image.Image, top: int) -> None:
        """Dark, so that it is told from any picture; 非现场拍摄 framed at the right."""
        pen = ImageDraw.Draw(sheet)
        pen.rectangle((0, top, self.width, top + self.height), fill=_BAND)
        for number, line in enumerate(self.lines):
            at = (self.edge, top + self.edge + number * self.step)
            self.font.draw(pen, at, line, _WORDS)
        if self.tag:
            left = self.width - self.edge - self.tag_width
            box = (left, top + self.edge // 2, self.width - self.edge, top + self.edge + self.step)
            pen.rectangle(box, fill=_WORDS)
            at = (left + self.font.size // 2, top + self.edge)
            pen.text(at, self.tag, font=self.font.face, fill=_BAND)


def _broken(line: str, font: PictureFont, width: int) -> list[str]:
    """The line in pieces that fit; Chinese is broken anywhere."""
    if font.width(line) <= width:
        return [line]
    pieces, piece = [], ""
    for sign in line:
        if piece and font.width(piece + sign) > width:
            pieces.append(piece)
            piece = ""
        piece += sign if piece or sign != "　" else ""
    return [*pieces, piece]
