"""What a file is, by its content; what is no table is refused in one sentence that says what to do."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum

from gongzhi.values.refusals import Invalid

from . import limits


class Format(StrEnum):
    """How a table is kept in a file."""

    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv",
}
_OLE, _ZIP, _PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK", b"%PDF"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml")
SAVE_AS = "请另存为xlsx或者csv后再导入"
CHUNK = limits.MEBIBYTE


def refused(sentence: str, field: str = "file") -> Invalid:
    """A refusal of the file as a whole; `field`: what was sent with it and is to be put right."""
    return Invalid(sentence, fields={field: sentence})


def format_of(content: bytes) -> Format:
    """xlsx or csv; everything else is refused, and so is what would unfold without end."""
    if not content:
        raise refused("文件是空的，请核对后重新导入。")
    if len(content) > limits.FILE:
        raise refused(f"文件不能超过{limits.FILE // limits.MEBIBYTE}MB，请拆成几个文件后分别导入。")
    if content.startswith(_OLE):
        locked = _ENCRYPTED in content
        raise refused(f"表格设了密码，{_NO_PASSWORD}" if locked else f"这是旧版xls文件，{SAVE_AS}。")
    if content.startswith(_PDF) or content.startswith(_PICTURES):
        raise refused(f"这不是表格文件，而是PDF或者图片，{SAVE_AS}。")
    if content.startswith(_ZIP):
        check_package(content)
        return Format.XLSX
    if content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        raise refused(f"这是网页格式的表格，{SAVE_AS}。")
    return Format.CSV


_NO_PASSWORD = "请去掉密码后再导入。"
BROKEN = "表格文件已损坏或不完整，请用表格软件打开另存后再导入。"
TOO_BIG = "表格展开后过大，请删去多余的工作表和格式，或者拆成几个文件后再导入。"


def check_package(content: bytes) -> None:
    """A zip that is an xlsx, none of whose parts is locked or unfolds beyond the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            _check_kind(package, names)
            _check_sizes(package.infolist())
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as wrong:
        raise refused(BROKEN) from wrong


def _check_kind(package: zipfile.ZipFile, names: set[str]) -> None:
    if any(part.flag_bits & 0x1 for part in package.infolist()):
        raise refused(f"表格设了密码，{_NO_PASSWORD}")
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise refused(f"这是xlsb文件，{SAVE_AS}。")
    if "mimetype" in names or "content.xml" in names:
        raise refused(f"这是ods等其他格式的文件，{SAVE_AS}。")
    if "word/document.xml" in names:
        raise refused(f"这是Word文档，不是表格，{SAVE_AS}。")
    raise refused("这是压缩包，请解压后导入其中的xlsx或者csv文件。")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
        raise refused(TOO_BIG)
    for part in parts:
        if part.file_size > max(limits.SMALL, part.compress_size * limits.RATIO):
            raise refused(TOO_BIG)


def chunks_of(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part, unpacked piece by piece; never more of it than it says it holds."""
    with package.open(name) as part:
        while piece := part.read(CHUNK):
            yield piece
