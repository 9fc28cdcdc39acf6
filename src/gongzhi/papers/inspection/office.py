"""DOCX and XLSX: a container that is looked through part by part; no macros, no objects, no links that fetch."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from gongzhi.papers.limits import Limits
from gongzhi.papers.media import MediaType

from .polyglots import HIDDEN
from .refuse import broken, check_size, refused
from .xml_parts import UnsafePartError, read_part

MACROS = "这个Office文件含有宏，请另存为不带宏的docx、xlsx或PDF后再上传。"
OBJECTS = "这个Office文件里嵌有其他文件或控件，请删去或改为图片后再上传。"
LINKS = "这个Office文件链接了外部内容，请把链接的内容粘贴进来（或另存为PDF）后再上传。"
UNKNOWN = "不接收压缩包和这种Office文件，请另存为docx、xlsx或PDF后再上传。"
LOCKED = "这个文件加了密码，请去掉密码后再上传。"
TOO_BIG = "这个Office文件解开后过大，请拆分或另存为PDF后再上传。"

_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": MediaType.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": MediaType.XLSX,
}
_XML = (".xml", ".rels", ".vml")
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".odttf")
_PRINTER = re.compile(r"(xl|word)/printerSettings/[^/]+\.bin", re.IGNORECASE)
_MACRO_PARTS = re.compile(r"vba|macrosheets|dialogsheets", re.IGNORECASE)
_OBJECT_PARTS = re.compile(r"/(embeddings|activex|ctrlprops)/|oleobject", re.IGNORECASE)
_LINK_PARTS = re.compile(r"/(externallinks|connections\.xml|querytables)(/|$)", re.IGNORECASE)
_FOLLOWED = re.compile(r"(https?://|mailto:|tel:|#)", re.IGNORECASE)
_CALLS = re.compile(r"\s*((DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\b|QUOTE\s+\d)", re.IGNORECASE)


def inspect(content: bytes, bounds: Limits) -> MediaType:
    """A docx or xlsx that holds only its own words, figures and pictures."""
    check_size(len(content), bounds.office, "Office")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_container(content, package, bounds)
            return _check_parts(package)
    except UnsafePartError as wrong:
        raise refused(HIDDEN) from wrong
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as wrong:
        raise broken("Office") from wrong


def _check_container(content: bytes, package: zipfile.ZipFile, bounds: Limits) -> None:
    """The outside of it: nothing before or behind, no part twice, none locked, none that unfolds without end."""
    parts = package.infolist()
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise refused(LOCKED)
    starts = min((part.header_offset for part in parts), default=1)
    ends = content.rfind(b"PK\x05\x06") + 22
    if starts or package.comment or ends != len(content) or len(set(names)) != len(names):
        raise refused(HIDDEN)
    if any(name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts for name in names):
        raise refused(HIDDEN)
    _check_unfolding(parts, bounds)


def _check_unfolding(parts: list[zipfile.ZipInfo], bounds: Limits) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > bounds.office_parts or total > bounds.office_unpacked:
        raise refused(TOO_BIG)
    for part in parts:
        if part.file_size > 1024 * 1024 and part.file_size > part.compress_size * bounds.office_ratio:
            raise refused(TOO_BIG)


def _check_parts(package: zipfile.ZipFile) -> MediaType:
    if "[Content_Types].xml" not in package.namelist():
        raise refused(UNKNOWN)
    kind = _kind(package)
    for part in package.infolist():
        if not part.is_dir():
            _check_name("/" + part.filename)
    for name in (n for n in package.namelist() if n.lower().endswith(_XML)):
        _check_xml(name, package.read(name))
    return kind


def _kind(package: zipfile.ZipFile) -> MediaType:
    """What the package says its main part is."""
    declared = [a.get("ContentType", "") for _, a in read_part(package.read("[Content_Types].xml")).elements]
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in declared):
        raise refused(MACROS)
    kinds = {_MAIN[kind] for kind in declared if kind in _MAIN}
    if len(kinds) != 1:
        raise refused(UNKNOWN)
    return kinds.pop()


def _check_name(name: str) -> None:
    if _MACRO_PARTS.search(name):
        raise refused(MACROS)
    if _OBJECT_PARTS.search(name):
        raise refused(OBJECTS)
    if _LINK_PARTS.search(name):
        raise refused(LINKS)
    if not name.lower().endswith(_XML + _MEDIA) and not _PRINTER.fullmatch(name[1:]):
        raise refused(OBJECTS)


def _check_xml(name: str, content: bytes) -> None:
    part = read_part(content)
    if name.lower().endswith(".rels"):
        if any(_fetches(attributes) for _, attributes in part.elements):
            raise refused(LINKS)
    elif any(_CALLS.match(words) for words in (*part.instructions, *_simple(part.elements))):
        raise refused(LINKS)


def _fetches(relation: dict[str, str]) -> bool:
    """Whether opening the document would fetch something; a link that a reader must follow is no such thing."""
    if relation.get("TargetMode", "").lower() != "external":
        return False
    is_link = relation.get("Type", "").endswith("/hyperlink")
    return not (is_link and _FOLLOWED.match(relation.get("Target", "")))


def _simple(elements: list[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """The instructions of simple fields, which stand in an attribute."""
    return (value for tag, attributes in elements if tag == "fldSimple" for value in attributes.values())
