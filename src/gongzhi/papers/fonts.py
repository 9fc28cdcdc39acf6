"""The fonts of documents: Noto Serif SC and Noto Sans SC from a package; a site may add its licensed ones.

FONTS_ROOT names a folder of a site's own fonts (仿宋, 小标宋, 黑体, 楷体): where they are there, they come first. Any
other font of that folder is asked for what those lack, before the faces of Taiwan and Japan are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import pylopdf_fonts_jp
import pylopdf_fonts_zh_cn
import pylopdf_fonts_zh_tw
import typst
from django.conf import settings
from PIL import ImageDraw, ImageFont

#: What each part of a document is set in, best first. GB/T 9704-2012 5.2.2, 7.2.4, 7.3.1, 7.3.3, 7.5.
_WISHES: dict[str, tuple[str, ...]] = {
    "text": ("FangSong_GB2312", "FangSong", "FZFangSong-Z02", "FZFangSong-Z02S"),
    "title": ("FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S"),
    "heading": ("SimHei", "FZHei-B01", "FZHei-B01S", "Noto Sans SC"),
    "kai": ("KaiTi_GB2312", "KaiTi", "FZKai-Z03", "FZKai-Z03S"),
    "song": ("SimSun", "FZShuSong-Z01", "FZShuSong-Z01S"),
}
_ALWAYS = "Noto Serif SC"
#: Asked in this order for what all others lack: some 2 000 signs of names, few of them in 通用规范汉字表.
_LAST = ("Noto Sans SC", "Noto Serif TC", "Noto Serif JP", "Noto Sans TC", "Noto Sans JP")
_PACKAGES = (pylopdf_fonts_zh_cn, pylopdf_fonts_zh_tw, pylopdf_fonts_jp)
#: What the type of each part is called. GB/T 9704-2012.
_CALLED = {"text": "仿宋", "title": "小标宋", "heading": "黑体", "kai": "楷体", "song": "宋体"}
#: Parts whose own type is heavier than what stands in for it: the stand-in is set bolder.
_HEAVY = {"title": _ALWAYS, "heading": "Noto Sans SC"}


def font_folders() -> list[Path]:
    """Where fonts are looked for; the system's own are not, so that every machine makes the same document."""
    return [*_own_folder(), *(package.serif_path().parent for package in _PACKAGES)]


@cache
def families() -> dict[str, list[str]]:
    """The families of each part of a document that are there, best first; what one part's have, each part's have."""
    there, own = _families(font_folders()), _families(_own_folder())
    return {
        part: list(dict.fromkeys((*(name for name in names if name in there), _ALWAYS, *own, *_LAST)))
        for part, names in _WISHES.items()
    }


def lighter() -> list[str]:
    """The parts that are set in a stand-in lighter than their own type."""
    return [part for part, stand_in in _HEAVY.items() if families()[part][0] == stand_in]


def fonts_in_words() -> str:
    """Which type is set in what: 仿宋、小标宋、楷体、宋体由 Noto Serif SC 代替；黑体由 Noto Sans SC 代替."""
    sets: dict[str, list[str]] = {}
    for part, called in _CALLED.items():
        first = families()[part][0]
        stands_in = first in (_ALWAYS, *_LAST)
        sets.setdefault(f"由 {first} 代替" if stands_in else f"用 {first}", []).append(called)
    return "；".join(f"{'、'.join(called)}{by}" for by, called in sets.items())


def _own_folder() -> list[Path]:
    return [Path(settings.FONTS_ROOT)] if settings.FONTS_ROOT else []


def _families(folders: list[Path]) -> list[str]:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return fonts.families() if folders else []


def code_of(sign: str) -> str:
    """What stands in a paper or on a picture for a sign that no font has: 〔U+2A6A5〕."""
    return f"〔U+{ord(sign):04X}〕"


# On pictures ------------------------------------------------------------------------------------------------------

#: No font has it: what a sign without a picture of its own looks like.
_NO_SIGN = "\U0010ffff"
#: The packaged ones only, so that every machine draws the same.
_FACES = tuple(str(package.sans_path()) for package in _PACKAGES)


@dataclass(frozen=True)
class PictureFont:
    """Noto Sans SC in a size, for words on a photograph; other packaged faces for what it lacks."""

    faces: tuple[ImageFont.FreeTypeFont, ...]
    size: int

    @property
    def face(self) -> ImageFont.FreeTypeFont:
        """The one that has nearly everything."""
        return self.faces[0]

    def width(self, text: str) -> int:
        """How wide the text is, in pixels."""
        return int(sum(face.getlength(part) for face, part in self._parts(text)))

    def known(self, text: str) -> str:
        """The text as it is drawn: a sign that no face has is its code."""
        return "".join(sign if _face_of(sign) is not None else code_of(sign) for sign in text)

    def draw(
        self, pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, fill: int | tuple[int, int, int]
    ) -> None:
        """Write the text; `at` is its top left."""
        left, top = float(at[0]), at[1]
        for face, part in self._parts(text):
            pen.text((left, top), part, font=face, fill=fill)
            left += face.getlength(part)

    def _parts(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        for number, signs in groupby(self.known(text), key=lambda sign: _face_of(sign) or 0):
            yield self.faces[number], "".join(signs)


@cache
def picture_font(size: int) -> PictureFont:
    """The font in a size."""
    return PictureFont(tuple(_face(path, size) for path in _FACES), size)


def _face(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _face_of(sign: str) -> int | None:
    """Which of the faces has the sign; None where none has."""
    if sign.isspace():
        return 0
    faces = picture_font(24).faces
    return next((n for n, face in enumerate(faces) if _drawn(face, sign) != _drawn(face, _NO_SIGN)), None)


def _drawn(face: ImageFont.FreeTypeFont, sign: str) -> bytes:
    return bytes(face.getmask(sign))
