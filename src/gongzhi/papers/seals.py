"""The picture of an organisation's seal, laid over name and date where the organisation has one.

A picture proves nothing by itself: what counts is the wet seal or a reliable electronic signature
(《电子签名法》第13、14条); it is printed so that a copy looks like its original.
"""

import io
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from gongzhi.values.refusals import Invalid

#: Bounds of a seal's drawing: 国务院 印章规定; units below an authority, companies and social bodies at most 45 mm.
_LARGEST = 45.0
_SMALLEST = 38.0
_SIDES_AGREE = 0.05
_DOTS = 4000


@dataclass(frozen=True, slots=True)
class Seal:
    """A PNG with a transparent ground, and how wide it is printed."""

    image: bytes
    millimetres: float = 42.0


def seal_from(image: bytes, *, millimetres: float = 42.0) -> Seal:
    """The seal of an uploaded picture: round (as high as wide), see-through, of a lawful width. `Invalid` if not."""
    if not _SMALLEST <= millimetres <= _LARGEST:
        raise Invalid(f"印章直径应在{_SMALLEST:.0f}至{_LARGEST:.0f}毫米之间，请核对后重新填写。")
    try:
        with Image.open(io.BytesIO(image), formats=["PNG"]) as picture:
            width, height, bands = *picture.size, picture.getbands()
    except (UnidentifiedImageError, OSError) as wrong:
        raise Invalid("印章图片应为PNG格式，请转换后重新上传。") from wrong
    if max(width, height) > _DOTS or abs(width - height) > width * _SIDES_AGREE:
        raise Invalid("印章图片应为正方形，边长不超过4000像素，请裁剪后重新上传。")
    if "A" not in bands:
        raise Invalid("印章图片应为透明底，否则会遮住署名和日期，请处理后重新上传。")
    return Seal(image, millimetres)
