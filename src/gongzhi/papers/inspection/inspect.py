"""Telling a file by its content, then handing it to the inspection of its kind."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from gongzhi.papers.limits import Limits, limits
from gongzhi.papers.media import ENDINGS, MediaType

from . import images, office, pdf, text
from .refuse import refused

ARCHIVE = "不接收压缩包，请解压后把里面的文件逐个上传。"
OLD_OFFICE = "不接收旧版或加密的Office文件，请另存为不带密码的docx、xlsx或PDF后再上传。"
PICTURE = "不接收这种图片格式，请转存为JPEG或PNG后再上传。"
PROGRAM = "不接收程序文件，请只上传PDF、JPEG、PNG、DOCX、XLSX、CSV或TXT文件。"
RECORDING = "不接收音视频文件，请上传截图或文字说明，原始录音录像自行留存备查。"

#: Signatures of what is told apart only to say what to do instead.
_TURNED_AWAY: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"PK\x05\x06", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"ID3", RECORDING),
    (b"OggS", RECORDING),
)

_Inspection = Callable[[bytes, Limits], MediaType]
_INSPECTIONS: tuple[tuple[bytes, _Inspection], ...] = (
    (b"%PDF-", pdf.inspect),
    (b"\xff\xd8\xff", images.inspect_jpeg),
    (b"\x89PNG\r\n\x1a\n", images.inspect_png),
    (b"PK\x03\x04", office.inspect),
)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may come in: its type by content, and its name made safe."""

    media_type: MediaType
    name: str


def inspect(content: bytes, name: str) -> Inspected:
    """Tell what the file is; raises `Invalid` with one sentence when it may not come in. `content` is whole."""
    if not content:
        raise refused("这个文件是空的，请选择有内容的文件后再上传。")
    media_type = _type_of(content, name)
    return Inspected(media_type, safe_name(name, media_type))


def _type_of(content: bytes, name: str) -> MediaType:
    bounds = limits()
    for start, inspection in _INSPECTIONS:
        if content.startswith(start):
            return inspection(content, bounds)
    _turn_away(content)
    is_csv = name.lower().endswith(".csv")
    text.inspect(content, bounds)
    return MediaType.CSV if is_csv else MediaType.TEXT


def _turn_away(content: bytes) -> None:
    """Say what to do instead, for the kinds clerks do try."""
    for start, sentence in _TURNED_AWAY:
        if content.startswith(start) and not (start == b"BM" and _is_plain(content)):
            raise refused(sentence)
    if content[4:8] == b"ftyp":
        raise refused(PICTURE if content[8:12] in (b"heic", b"heix", b"mif1", b"avif") else RECORDING)
    if content[:4] == b"RIFF":
        raise refused(PICTURE if content[8:12] == b"WEBP" else RECORDING)


def _is_plain(content: bytes) -> bool:
    return b"\x00" not in content[:64]


def safe_name(name: str, media_type: MediaType) -> str:
    """The name without folders and invisible characters, ended as its content demands. At most 120 characters."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    shown = re.sub(r"\s+", " ", shown).strip().rstrip(".")
    stem, dot, ending = shown.rpartition(".")
    if f".{ending.lower()}" in ENDINGS[media_type] and dot:
        return f"{stem.strip(' .')[:110] or '文件'}.{ending.lower()}"
    return f"{shown.strip(' .')[:110] or '文件'}{ENDINGS[media_type][0]}"
