"""The fonts of documents: Noto Serif SC and Noto Sans SC from a package; a site may add its licensed ones.

FONTS_ROOT names a folder of a site's own fonts (仿宋, 小标宋, 黑体, 楷体): where they are there, they come first.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from PIL import ImageFont

#: What each part of a document is set in, best first. GB/T 9704-2012 5.2.2, 7.2.4, 7.3.1, 7.3.3, 7.5.
_WISHES: dict[str, tuple[str, ...]] = {
    "text": ("FangSong_GB2312", "FangSong", "FZFangSong-Z02", "FZFangSong-Z02S"),
    "title": ("FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S"),
    "heading": ("SimHei", "FZHei-B01", "FZHei-B01S", "Noto Sans SC"),
    "kai": ("KaiTi_GB2312", "KaiTi", "FZKai-Z03", "FZKai-Z03S"),
    "song": ("SimSun", "FZShuSong-Z01", "FZShuSong-Z01S"),
}
_ALWAYS = "Noto Serif SC"
#: Parts whose own type is heavier than what stands in for it: the stand-in is set bolder.
_HEAVY = {"title": _ALWAYS, "heading": "Noto Sans SC"}


def font_folders() -> list[Path]:
    """Where fonts are looked for; the system's own are not, so that every machine makes the same document."""
    own = getattr(settings, "FONTS_ROOT", "")
    packaged = pylopdf_fonts_zh_cn.serif_path().parent
    return [Path(own), packaged] if own else [packaged]


@cache
def families() -> dict[str, list[str]]:
    """The font families of each part of a document that are there, best first, never none."""
    there = set(typst.Fonts(include_system_fonts=False, font_paths=font_folders()).families())
    return {part: [*(name for name in names if name in there), _ALWAYS] for part, names in _WISHES.items()}


def lighter() -> list[str]:
    """The parts that are set in a stand-in lighter than their own type."""
    return [part for part, stand_in in _HEAVY.items() if families()[part][0] == stand_in]


# On pictures ------------------------------------------------------------------------------------------------------

#: No font has it: what a sign without a picture of its own looks like. In its place stands 〓, as printers do.
_NO_SIGN, _UNKNOWN = "\U0010ffff", "〓"


@dataclass(frozen=True)
class PictureFont:
    """Noto Sans SC in a size, for words on a photograph; the packaged one, so that every machine draws the same."""

    face: ImageFont.FreeTypeFont
    size: int

    def width(self, text: str) -> int:
        """How wide the text is, in pixels."""
        return int(self.face.getlength(self.known(text)))

    def known(self, text: str) -> str:
        """The text as it can be drawn."""
        return "".join(sign if _has_sign(sign) else _UNKNOWN for sign in text)


@cache
def picture_font(size: int) -> PictureFont:
    """The font in a size."""
    path = str(pylopdf_fonts_zh_cn.sans_path())
    return PictureFont(ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC), size)


@cache
def _has_sign(sign: str) -> bool:
    face = picture_font(24).face
    return sign.isspace() or bytes(face.getmask(sign)) != bytes(face.getmask(_NO_SIGN))
