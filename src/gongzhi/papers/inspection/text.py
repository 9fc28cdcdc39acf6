"""Plain text and CSV: readable characters only, and nothing a program would carry out."""

import re

from gongzhi.papers.limits import Limits

from .refuse import check_size, refused

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(
    r"<\s{0,20}(script|svg|html|iframe|object|embed|body|!doctype|\?xml|\?php)\b", re.IGNORECASE
)
#: Every repetition is bounded: a hostile text must not make the search slow.
#: A spreadsheet's call of another program: =cmd|'/c calc'!A0
_CALL = re.compile(
    r"""(?:^|[,;\t"'])[ \t]{0,20}[=+\-@][ \t]{0,20}[^\s,;|]{1,60}\|[^\n]{0,200}!""", re.MULTILINE
)
UNREADABLE = "认不出这个文件的格式，请上传PDF、JPEG、PNG、DOCX、XLSX、CSV或TXT文件。"


def inspect(content: bytes, bounds: Limits) -> None:
    """Refuse what is no text, or text that is a page, a script or a call of a program."""
    words = _decoded(content)
    check_size(len(content), bounds.text, "文本")
    if _MARKUP.search(words) or words.startswith("#!"):
        raise refused("不接收网页、脚本和矢量图文件，请另存为PDF后再上传。")
    if _CALL.search(words):
        raise refused("表格里有会启动程序的公式，请删去以等号开头的可疑单元格后再上传。")


def _decoded(content: bytes) -> str:
    """UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030 as Chinese spreadsheets still write."""
    for encoding in _encodings(content):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(words):
            raise refused(UNREADABLE)
        return words
    raise refused(UNREADABLE)


def _encodings(content: bytes) -> tuple[str, ...]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")
