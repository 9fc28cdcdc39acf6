"""How large an uploaded file may be. The one place; a site changes single figures by the setting FILE_LIMITS."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, images in pixels. Technical bounds of this system, no statutory figures."""

    pdf: int = 50 * MEBIBYTE
    image: int = 30 * MEBIBYTE
    office: int = 30 * MEBIBYTE
    text: int = 10 * MEBIBYTE
    #: The pixels an image may declare: above the largest telephone cameras, far below what exhausts memory.
    pixels: int = 220_000_000
    #: Of a photograph that cannot be unfolded line by line (PNG, progressive JPEG), and its least side.
    photo_at_once: int = 50_000_000
    photo_least: int = 160
    #: The memory one compressed stream of a PDF may unfold to.
    pdf_stream: int = 64 * MEBIBYTE
    pdf_objects: int = 500_000
    #: Parts of a docx or xlsx: how many, how large together, and how far one may unfold.
    office_parts: int = 5_000
    office_unpacked: int = 300 * MEBIBYTE
    office_ratio: int = 250

    @property
    def largest(self) -> int:
        """No file of any kind is larger than this."""
        return max(self.pdf, self.image, self.office, self.text)


def limits() -> Limits:
    """The figures in force at this site."""
    changed: dict[str, Any] = getattr(settings, "FILE_LIMITS", {})
    return replace(Limits(), **changed)
