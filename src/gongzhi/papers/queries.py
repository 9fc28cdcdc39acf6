"""Reading files. Whether somebody may read one is asked before, by the case that uses it."""

from collections.abc import Sequence
from uuid import UUID

from gongzhi.values.refusals import NotPossible

from .models import File, Photograph
from .photographs.opening import LARGE, PICTURES, PRINTED, SMALL, preview
from .storage import read


def content_of(file: File) -> bytes:
    """The file's bytes, verified against its digest. NotPossible when lost or damaged."""
    return read(file.digest)


def preview_of(file: File, size: str = "small") -> bytes:
    """A picture made smaller, without what its camera wrote beside it. NotPossible for what is no picture."""
    return _smaller(file, LARGE if size == "large" else SMALL)


def _smaller(file: File, longest: int) -> bytes:
    if file.media_type not in PICTURES:
        raise NotPossible("这份文件不是图片，没有缩略图，请直接打开文件。")
    return preview(read(file.digest), longest)


def printed_of(file: File) -> bytes:
    """A picture as it is printed in a paper, half a page wide. NotPossible for what is no picture."""
    return _smaller(file, PRINTED)


def number_off_site(files: Sequence[UUID]) -> int:
    """How many of these files are photographs that were not taken on the spot."""
    return Photograph.objects.filter(file__in=files, on_site=False).count()


def headers_of(file: File) -> dict[str, str]:
    """How the bytes are sent: as the type they were inspected as, never run, never guessed."""
    return {
        "Content-Type": file.media_type,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
        "ETag": f'"{file.digest}"',
    }
