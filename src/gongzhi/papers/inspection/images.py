"""Pictures: their declared size is read, their pixels never are."""

import io
import struct
import zlib
from typing import IO

from PIL import JpegImagePlugin, PngImagePlugin

from gongzhi.papers.limits import Limits
from gongzhi.papers.media import MediaType

from .polyglots import HIDDEN, refuse_hidden_archive, refuse_hidden_page
from .refuse import broken, check_size, refused

_UNREADABLE = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, struct.error, zlib.error)
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def inspect_jpeg(content: bytes, bounds: Limits) -> MediaType:
    """A JPEG, as telephones make them: a preview or a short film after its end is kept, an archive is not."""
    _check(content, bounds)
    try:
        size = JpegImagePlugin.JpegImageFile(_stream(content)).size
    except _UNREADABLE as wrong:
        raise broken("图片") from wrong
    if b"\xff\xd9" not in content:
        raise broken("图片")
    _check_pixels(size, bounds)
    return MediaType.JPEG


def inspect_png(content: bytes, bounds: Limits) -> MediaType:
    """A PNG that ends where it says."""
    _check(content, bounds)
    try:
        picture = PngImagePlugin.PngImageFile(_stream(content))
        size = picture.size
        picture.verify()
    except _UNREADABLE as wrong:
        raise broken("图片") from wrong
    _check_pixels(size, bounds)
    if not content.endswith(_PNG_END):
        raise refused(HIDDEN) if _PNG_END in content else broken("图片")
    return MediaType.PNG


def _stream(content: bytes) -> IO[bytes]:
    return io.BytesIO(content)


def _check(content: bytes, bounds: Limits) -> None:
    check_size(len(content), bounds.image, "图片")
    refuse_hidden_archive(content)
    refuse_hidden_page(content)


def _check_pixels(size: tuple[int, int], bounds: Limits) -> None:
    width, height = size
    if width * height > bounds.pixels:
        raise refused(f"图片尺寸过大（{width}×{height}像素），请缩小后再上传。")
