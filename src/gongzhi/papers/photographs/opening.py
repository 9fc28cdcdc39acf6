"""A picture unfolded within bounds: upright, in plain colours, without anything it said of itself."""

import io
import struct
import zlib

from PIL import Image, JpegImagePlugin, PngImagePlugin

from gongzhi.papers.inspection.refuse import broken, refused
from gongzhi.papers.limits import Limits, limits
from gongzhi.papers.media import MediaType

_UNREADABLE = (
    *(
        OSError,
        SyntaxError,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        struct.error,
        zlib.error,
    ),
    *(EOFError, MemoryError, OverflowError),
)
_WHITE = (255, 255, 255)
PICTURES = (MediaType.JPEG, MediaType.PNG)
_JPEG, _QUALITY = b"\xff\xd8\xff", 85
#: The longest side of a picture on a page, of a picture beside its caption.
LARGE, PRINTED, SMALL = 1600, 900, 360
_ORIENTATION = 0x0112
_Turn = Image.Transpose
#: How a picture is set upright, by what its camera wrote of the way it was held.
_TURNS = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
_ON_ITS_SIDE = (5, 6, 7, 8)


def opened(content: bytes) -> Image.Image:
    """The picture, nothing of it unfolded yet. `Invalid` where it is no JPEG or PNG."""
    try:
        stream = io.BytesIO(content)
        if content.startswith(_JPEG):
            return JpegImagePlugin.JpegImageFile(stream)
        return PngImagePlugin.PngImageFile(stream)
    except _UNREADABLE as wrong:
        raise broken("图片") from wrong


def demand_photograph(content: bytes, media_type: MediaType) -> None:
    """Refuse what cannot be shown: no picture, broken, too small to see anything, or one that unfolds too far."""
    if media_type not in PICTURES:
        raise refused("这里只收照片，请现场拍照，或者从相册选JPEG、PNG图片。")
    picture = opened(content)
    demand_bounds(picture, limits())
    upright(picture, SMALL)


def demand_bounds(picture: Image.Image, bounds: Limits) -> None:
    """Only what unfolds line by line, a baseline JPEG, may be as large as any picture."""
    width, height = picture.size
    at_once = picture.format != "JPEG" or bool(picture.info.get("progressive"))
    if at_once and width * height > bounds.photo_at_once:
        raise refused(f"照片尺寸过大（{width}×{height}像素），请用手机相机重新拍照，或者缩小后再上传。")
    if min(width, height) < bounds.photo_least:
        raise refused(f"照片太小（{width}×{height}像素），看不清，请重新拍照后再上传。")


def upright(picture: Image.Image, longest: int) -> Image.Image:
    """The picture as it was held, at most `longest` on its long side, unfolded no further than that needs."""
    (width, height), turn = picture.size, _TURNS.get(_held(picture))
    long = max(width, height)
    try:
        picture.draft("RGB", (max(width * longest // long, 1), max(height * longest // long, 1)))
        picture.load()
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
        plain = _plain(picture)
    except _UNREADABLE as wrong:
        raise broken("图片") from wrong
    return plain if turn is None else plain.transpose(turn)


def _plain(picture: Image.Image) -> Image.Image:
    """In red, green and blue; what is see-through lies on white. Nothing else of it is kept."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", seen.size, (*_WHITE, 255)), seen)
    bare = Image.new("RGB", picture.size)
    bare.paste(picture.convert("RGB"))
    return bare


def _held(picture: Image.Image) -> int:
    """How the camera was held, as it wrote it; upright where it wrote nothing that can be read."""
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except _UNREADABLE:
        return 1


def size_of(picture: Image.Image) -> tuple[int, int]:
    """Width and height as it was held."""
    width, height = picture.size
    return (height, width) if _held(picture) in _ON_ITS_SIDE else (width, height)


def preview(content: bytes, longest: int) -> bytes:
    """A smaller JPEG of a picture that is kept, to be looked at on a page."""
    return encoded(upright(opened(content), longest))


def encoded(picture: Image.Image) -> bytes:
    """As JPEG: the same bytes for the same pixels, without what cameras write beside them."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
