"""Files that are two things at once: a picture that is also an archive, a PDF that is also a page."""

import io
import re
import zipfile

from .refuse import refused

#: Long enough that the pixels of a large photograph do not spell them by chance.
_OTHER = re.compile(
    rb"%PDF-\d\.\d|<script[\s>/]|<svg\s(xmlns|onload)|<html[\s>]|<!doctype\s+html|<iframe\s|<\?php\s",
    re.IGNORECASE,
)
HIDDEN = "这个文件里夹带了别的内容，请重新拍照、扫描或另存后再上传。"


def refuse_hidden_archive(content: bytes) -> None:
    """Refuse an archive appended to another file."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refused(HIDDEN)


def refuse_hidden_page(content: bytes) -> None:
    """Refuse a PDF, a script or a page inside a file that is none."""
    if _OTHER.search(content):
        raise refused(HIDDEN)
